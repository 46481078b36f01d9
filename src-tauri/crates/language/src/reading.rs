//! A sentence as the rules see it: tokens with parts of speech, persons, and subjects.

use crate::Names;
use crate::lexicon::Lexicon;
use crate::subject::Kinds;
use crate::token::{Marks, Token, tokens};

/// One sentence, read.
pub(crate) struct Reading {
    pub(crate) tokens: Vec<Token>,
}

impl Reading {
    /// Reads `text[from..to]`.
    pub(crate) fn of(text: &[char], from: usize, to: usize, lexicon: &Lexicon, kinds: &Kinds, names: &Names) -> Self {
        let mut tokens = tokens(text, from, to, lexicon);
        mend_of(&mut tokens, lexicon);
        mark_names(&mut tokens, lexicon, names);
        choose_parts(&mut tokens, lexicon.class("role").unwrap_or(0));
        kinds.assign(&mut tokens);
        Self { tokens }
    }

    /// Whether a sentence part begins at this position: at the start, or after a mark or an opening word.
    pub(crate) fn begins_part(&self, at: usize) -> bool {
        let opens = Marks::PUNCT.or(Marks::NUM).or(Marks::OPENER).or(Marks::STOP);
        let openers = self.tokens[..at].iter().rev().take_while(|token| token.marks.any(opens)).count();
        openers > 0 || at == 0
    }

    /// Whether a sentence part ends at this position.
    pub(crate) fn ends_part(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.marks.any(Marks::STOP.or(Marks::COMMA).or(Marks::PUNCT)))
    }
}

/// "should of" is how people write "should have".
fn mend_of(tokens: &mut [Token], lexicon: &Lexicon) {
    for at in 1..tokens.len() {
        if tokens[at].word == "of" && tokens[at - 1].marks.any(Marks::MODAL) {
            let have = lexicon.entry("have");
            "have".clone_into(&mut tokens[at].word);
            (tokens[at].id, tokens[at].lemma, tokens[at].classes) = (have.id, have.lemma, have.classes);
            tokens[at].marks = have.marks;
        }
    }
}

/// Marks the words that name a person: those of the record, then usual given names at a likely place.
fn mark_names(tokens: &mut [Token], lexicon: &Lexicon, names: &Names) {
    let roles = lexicon.class("role").unwrap_or(0)
        | lexicon.class("loose-role").unwrap_or(0)
        | lexicon.class("teams").unwrap_or(0);
    let team = lexicon.class("teams").unwrap_or(0);
    for at in 0..tokens.len() {
        if names.ends_in_team(&tokens[..=at]) {
            tokens[at].classes |= team;
            tokens[at].marks = Marks(tokens[at].marks.0 & Marks::CAPITAL.0).or(Marks::NOUN);
            continue;
        }
        let token = &tokens[at];
        let capital = token.marks.any(Marks::CAPITAL);
        let common = token.marks.0 & !Marks::CAPITAL.0 != 0 || token.classes != 0;
        if token.marks.any(Marks::CODE.or(Marks::QUOTE)) && !names.has_person(&token.word) {
            continue;
        }
        let introduced = names.has_person(&token.word) && (!common || capital);
        let system = names.has_system(&token.word);
        if system {
            tokens[at].classes |= lexicon.class("software").unwrap_or(0);
            tokens[at].marks.add(Marks::NOUN);
            continue;
        }
        let usual = !common
            && lexicon.given_names.contains(token.word.as_str())
            && !lexicon.software.contains(token.word.as_str());
        let surname = at > 0
            && capital
            && !common
            && tokens[at - 1].marks.any(Marks::NAME)
            && tokens[at - 1].marks.any(Marks::CAPITAL);
        // "Engineer A", "Operator 2".
        let lettered = at > 0
            && tokens[at - 1].classes & roles != 0
            && token.end - token.start == 1
            && (capital || token.marks.any(Marks::NUM));
        let dotted = !common && is_account(&token.word);
        if introduced || usual || (surname && !lexicon.software.contains(token.word.as_str())) || dotted || lettered {
            let kept = Marks(tokens[at].marks.0 & (Marks::CAPITAL.0 | Marks::HANDLE.0));
            tokens[at].marks = kept.or(Marks::NOUN).or(Marks::NAME);
            tokens[at].classes &= roles;
            tokens[at].lemma = 0;
        }
    }
}

/// "jsmith", "m.garcia": an initial and a surname. Too little to go by alone, so only the dotted form counts.
fn is_account(word: &str) -> bool {
    word.split_once('.').is_some_and(|(first, last)| {
        first.chars().count() == 1
            && last.len() > 3
            && last.chars().all(char::is_alphabetic)
            && first.chars().all(char::is_alphabetic)
    })
}

/// Settles what each word is where the lexicon allows more than one.
fn choose_parts(tokens: &mut [Token], roles: u128) {
    for at in 0..tokens.len() {
        settle_apostrophe(tokens, at);
        settle_that(tokens, at);
        let marks = tokens[at].marks;
        let closed = Marks::DET.or(Marks::POSS).or(Marks::PREP).or(Marks::CONJ).or(Marks::SUB).or(Marks::AUX);
        let closed =
            closed.or(Marks::MODAL).or(Marks::NOT).or(Marks::PRON).or(Marks::PUNCT).or(Marks::WH).or(Marks::TO);
        if marks.any(closed) || marks.any(Marks::NAME.or(Marks::CODE).or(Marks::QUOTE)) {
            if marks.any(Marks::AUX) && stands_alone(tokens, at) {
                tokens[at].marks.add(Marks::VERB);
            }
            continue;
        }
        if marks.any(Marks::KNOWN_VERB) {
            let after_person = at > 0 && tokens[at - 1].classes & roles != 0 && !marks.any(Marks::ING);
            let chosen =
                if after_person && next_takes_object(tokens, at) { Marks::VERB } else { verb_or_noun(tokens, at) };
            tokens[at].marks.remove(Marks::NOUN.or(Marks::ADJ).or(Marks::VERB));
            tokens[at].marks.add(chosen);
        } else if acts(tokens, at, roles) {
            tokens[at].marks.remove(Marks::NOUN);
            tokens[at].marks.add(Marks::VERB.or(Marks::PAST).or(Marks::BASE));
        } else if !marks.any(Marks::ADV.or(Marks::ADJ).or(Marks::NUM)) {
            tokens[at].marks.add(Marks::NOUN);
        }
    }
}

/// Whether an unlisted word between a person and an object is what the person does: "the nurse override the warning".
fn acts(tokens: &[Token], at: usize, roles: u128) -> bool {
    let token = &tokens[at];
    let Some(before) = at.checked_sub(1).map(|left| &tokens[left]) else { return false };
    if before.marks.any(Marks::NOT) && at > 1 && tokens[at - 2].marks.any(Marks::DO) {
        return token.marks.0 & !Marks::NOUN.0 == 0;
    }
    let back = tokens[..at].iter().rposition(|word| !word.marks.any(Marks::ADV)).unwrap_or(0);
    let between = back + 1 < at;
    let before = &tokens[back];
    let person = before.classes & roles != 0
        || before.marks.any(Marks::NAME)
        || matches!(before.word.as_str(), "he" | "she" | "they" | "we" | "i");
    let object = Marks::DET.or(Marks::POSS).or(Marks::PRON);
    let plain = token.marks.0 & !(if between { Marks::NOUN.0 } else { 0 }) == 0 && token.classes == 0;
    person && plain && tokens.get(at + 1).is_some_and(|next| next.marks.any(object))
}

/// "do" and "have" are verbs of their own before a noun phrase.
fn stands_alone(tokens: &[Token], at: usize) -> bool {
    let main = matches!(
        tokens[at].word.as_str(),
        "did" | "does" | "do" | "done" | "doing" | "had" | "has" | "have" | "having"
    );
    main && tokens.get(at + 1).is_some_and(|next| next.marks.any(Marks::DET.or(Marks::POSS)) || next.word == "it")
        && at > 0
        && !tokens[at - 1].marks.any(Marks::WH)
}

fn verb_or_noun(tokens: &[Token], at: usize) -> Marks {
    let marks = tokens[at].marks;
    let form = |wanted: Marks| marks.any(wanted);
    let Some(mut left) = at.checked_sub(1) else {
        let next_is_verb = tokens.get(at + 1).is_some_and(|next| next.marks.any(Marks::AUX.or(Marks::MODAL)));
        let next_is_past =
            tokens.get(at + 1).is_some_and(|next| next.marks.any(Marks::PAST) && !next.marks.any(Marks::BASE));
        let next_is_verb = next_is_verb || next_is_past && marks.any(Marks::NOUN);
        let noun = next_is_verb && !form(Marks::PAST) || marks.any(Marks::NOUN) && form(Marks::S);
        return if noun { Marks::NOUN } else { Marks::VERB };
    };
    while left > 0 && tokens[left].marks.any(Marks::ADV) && !tokens[left].marks.any(Marks::NOT) {
        left -= 1;
    }
    let before = &tokens[left];
    let only_participle = form(Marks::PAST.or(Marks::PART)) && !form(Marks::BASE);
    if before.marks.any(Marks::DET.or(Marks::POSS).or(Marks::ADJ)) && !before.marks.any(Marks::PRON) {
        let followed =
            tokens.get(at + 1).is_some_and(|next| !next.marks.any(Marks::PUNCT.or(Marks::PREP).or(Marks::DET)));
        return if only_participle && followed { Marks::ADJ } else { Marks::NOUN };
    }
    if before.marks.any(Marks::WH)
        && marks.any(Marks::NOUN)
        && matches!(before.word.as_str(), "which" | "what" | "whose")
    {
        return Marks::NOUN;
    }
    if before.marks.any(Marks::AUX.or(Marks::MODAL).or(Marks::NOT).or(Marks::TO).or(Marks::WH)) {
        return Marks::VERB;
    }
    if before.marks.any(Marks::PREP) {
        let adjective =
            only_participle && tokens.get(at + 1).is_some_and(|next| next.marks.any(Marks::NOUN) || next.marks.0 == 0);
        return if form(Marks::ING) {
            Marks::VERB
        } else if adjective {
            Marks::ADJ
        } else {
            Marks::NOUN
        };
    }
    if before.marks.any(Marks::PRON) || before.marks.any(Marks::NAME) || before.word == "'s" {
        let possessed = before.word == "'s";
        return if possessed && !only_participle { Marks::NOUN } else { Marks::VERB };
    }
    if before.marks.any(Marks::NOUN) {
        let noun_too = marks.any(Marks::NOUN);
        let plural_before = before.word.ends_with('s');
        let verb = only_participle
            || form(Marks::PAST)
            || form(Marks::S) && (!noun_too || next_takes_object(tokens, at) && !is_object(tokens, at))
            || form(Marks::ING) && !noun_too
            || form(Marks::BASE)
                && (plural_before || !noun_too)
                && next_takes_object(tokens, at)
                && !is_object(tokens, at);
        return if verb { Marks::VERB } else { Marks::NOUN };
    }
    if before.marks.any(Marks::CONJ) && form(Marks::BASE.or(Marks::S)) && !form(Marks::PAST) {
        let verbs = tokens[..at].iter().any(|token| token.marks.any(Marks::VERB));
        return if verbs || !marks.any(Marks::NOUN) { Marks::VERB } else { Marks::NOUN };
    }
    Marks::VERB
}

/// Whether a verb already governs the phrase that the word at `at` may end: "overwrites Saturday's sports pages".
fn is_object(tokens: &[Token], at: usize) -> bool {
    let phrase = Marks::NOUN.or(Marks::ADJ).or(Marks::NUM).or(Marks::DET).or(Marks::POSS);
    let before = tokens[..at].iter().rev().find(|token| !token.marks.any(phrase));
    before.is_some_and(|verb| {
        verb.marks.any(Marks::VERB) && verb.marks.any(Marks::PAST.or(Marks::S)) && !verb.marks.any(Marks::AUX)
    })
}

fn next_takes_object(tokens: &[Token], at: usize) -> bool {
    let object = Marks::DET.or(Marks::POSS).or(Marks::PRON).or(Marks::TO).or(Marks::PREP).or(Marks::ADV).or(Marks::WH);
    tokens.get(at + 1).is_none_or(|next| {
        next.marks.any(object.or(Marks::PUNCT).or(Marks::SUB)) || next.marks.0 & !Marks::CAPITAL.0 == 0
    })
}

/// "'s" after a name is a possessive, "is" or "has"; the word after it tells.
fn settle_apostrophe(tokens: &mut [Token], at: usize) {
    if tokens[at].word != "'s" || at == 0 {
        return;
    }
    let after = tokens.get(at + 1).map(|next| next.marks).unwrap_or_default();
    let pronoun = tokens[at - 1].marks.any(Marks::PRON.or(Marks::WH))
        || matches!(tokens[at - 1].word.as_str(), "that" | "there" | "here");
    let participle = after.any(Marks::PART.or(Marks::ING)) && !after.any(Marks::BASE);
    let object_follows = tokens
        .get(at + 2)
        .is_some_and(|next| next.marks.any(Marks::DET.or(Marks::POSS).or(Marks::PREP).or(Marks::TO).or(Marks::ADV)));
    let verb =
        pronoun || after.any(Marks::DET.or(Marks::NOT).or(Marks::ADV).or(Marks::PREP)) || participle && object_follows;
    let has = participle && after.any(Marks::PART) && object_follows;
    tokens[at].marks = if verb { Marks::AUX.or(if has { Marks::HAVE } else { Marks::BE }) } else { Marks::POSS };
}

/// "that" is a determiner before a noun, a conjunction before a clause, a pronoun otherwise.
fn settle_that(tokens: &mut [Token], at: usize) {
    if tokens[at].word != "that"
        && tokens[at].word != "this"
        && tokens[at].word != "these"
        && tokens[at].word != "those"
    {
        return;
    }
    let next = tokens.get(at + 1).map(|next| next.marks).unwrap_or_default();
    let stand_alone = next
        .any(Marks::AUX.or(Marks::MODAL).or(Marks::PUNCT).or(Marks::PREP).or(Marks::SUB).or(Marks::WH).or(Marks::CONJ))
        || tokens.get(at + 1).is_none()
        || next.any(Marks::KNOWN_VERB) && next.any(Marks::PAST) && !next.any(Marks::BASE);
    let clause = tokens[at].word == "that" && next.any(Marks::PRON.or(Marks::DET).or(Marks::POSS).or(Marks::NAME));
    tokens[at].marks = if clause {
        Marks::SUB
    } else if stand_alone {
        Marks::PRON
    } else {
        Marks::DET
    };
}
