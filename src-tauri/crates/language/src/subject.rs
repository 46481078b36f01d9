//! Whom each verb is about: noun phrases, verb groups and the line between them.
//!
//! No parser: from a verb the sentence is read leftwards to the noun phrase that governs it. The last word of the phrase
//! decides what it is ("the on-call engineer" is a person, "the on-call rotation" is not), phrases in between ("from
//! payments", "at 14:02") are stepped over, and a verb after "and" keeps the subject of the verb before it.

use crate::lexicon::Lexicon;
use crate::token::{Marks, Token};

pub(crate) const I: u16 = 1;
pub(crate) const WE: u16 = 1 << 1;
pub(crate) const YOU: u16 = 1 << 2;
pub(crate) const SINGLE: u16 = 1 << 3;
pub(crate) const THEY: u16 = 1 << 4;
pub(crate) const NAMED: u16 = 1 << 5;
pub(crate) const ROLE: u16 = 1 << 6;
pub(crate) const ANYONE: u16 = 1 << 7;
pub(crate) const WHO: u16 = 1 << 8;
pub(crate) const TEAM: u16 = 1 << 9;
/// A word that nobody introduced, at the place of a name: a person only with a human verb.
pub(crate) const UNKNOWN: u16 = 1 << 10;
pub(crate) const THING: u16 = 1 << 11;
pub(crate) const ELIDED: u16 = 1 << 12;

/// A team whose name is also that of a thing: "Platform", "Security".
pub(crate) const BARE: u16 = 1 << 13;
/// Those for whom the system is there; what happens to them is an effect.
pub(crate) const CUSTOMER: u16 = 1 << 14;

const PEOPLE: u16 = I | WE | YOU | SINGLE | THEY | NAMED | ROLE | ANYONE;

/// Reads the letters that stand for subjects in a rule.
///
/// `i` I, `w` we, `y` you, `h` he or she, `t` they, `n` a name, `r` a role, `d` someone or nobody, `q` who, `m` a
/// team, `b` a team that may be a thing, `c` customers, `u` unknown, `s` a thing, `e` left out; `P` all people, `A` people and teams.
pub(crate) fn kinds(letters: &str) -> Result<u16, String> {
    letters.chars().try_fold(0, |all, letter| {
        let kind = match letter {
            'i' => I,
            'w' => WE,
            'y' => YOU,
            'h' => SINGLE,
            't' => THEY,
            'n' => NAMED,
            'r' => ROLE,
            'd' => ANYONE,
            'q' => WHO,
            'm' => TEAM,
            'u' => UNKNOWN,
            'b' => BARE,
            'c' => CUSTOMER,
            's' => THING,
            'e' => ELIDED,
            'P' => PEOPLE,
            'A' => PEOPLE | TEAM | WHO,
            _ => return Err(format!("no subject is called {letter:?}")),
        };
        Ok(all | kind)
    })
}

/// Writes subjects as the letters of a rule.
pub(crate) fn letters(kind: u16) -> String {
    "iwyhtnrdqmubcse".chars().filter(|letter| kinds(&letter.to_string()).is_ok_and(|bit| bit & kind != 0)).collect()
}

/// The classes of the lexicon that decide who a noun is.
pub(crate) struct Kinds {
    role: u128,
    loose_role: u128,
    person_modifier: u128,
    thing_role_modifier: u128,
    team: u128,
    bare_team: u128,
    machine_role: u128,
    customer: u128,
    anyone: u128,
    counter: u128,
    skipped: u128,
}

impl Kinds {
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        let class = |name| lexicon.class(name).unwrap_or(0);
        Self {
            role: class("role"),
            loose_role: class("loose-role"),
            person_modifier: class("person-modifier"),
            thing_role_modifier: class("thing-role-modifier"),
            team: class("teams"),
            bare_team: class("bare-team"),
            machine_role: class("machine-role"),
            customer: class("customer"),
            anyone: class("anyone"),
            counter: class("counter"),
            skipped: class("skipped"),
        }
    }

    /// Decides what each noun phrase is and gives every verb its subject.
    pub(crate) fn assign(&self, tokens: &mut [Token]) {
        for at in 0..tokens.len() {
            self.name_head(tokens, at);
        }
        for at in 0..tokens.len() {
            if tokens[at].marks.any(Marks::VERB) {
                self.read_verb(tokens, at);
            }
        }
        for token in tokens.iter_mut() {
            // A rule may ask for "whoever is meant here" without caring whether the noun or its verb says so.
            if token.subject == 0 && token.marks.any(Marks::NOUN.or(Marks::PRON)) {
                token.subject = token.kind;
            }
        }
        // What is left are auxiliaries without another verb ("who was it", "Bob is careless").
        for at in 0..tokens.len() {
            if tokens[at].marks.any(Marks::AUX.or(Marks::MODAL)) && tokens[at].subject == 0 {
                self.read_verb(tokens, at);
            }
        }
    }

    /// Sets the kind of a noun phrase on its last word.
    fn name_head(&self, tokens: &mut [Token], at: usize) {
        let token = &tokens[at];
        if token.marks.any(Marks::PRON) {
            tokens[at].kind = self.pronoun(tokens, at);
            if tokens[at].kind & PEOPLE != 0 {
                tokens[at].marks.add(Marks::PERSON);
            }
            return;
        }
        if !token.marks.any(Marks::NOUN) || tokens.get(at + 1).is_some_and(|next| next.marks.any(Marks::NOUN)) {
            return;
        }
        let start = phrase_start(tokens, at);
        let kind = self.noun(tokens, start, at);
        tokens[at].kind = kind;
        if kind & (NAMED | ROLE | ANYONE) != 0 {
            tokens[at].marks.add(Marks::PERSON);
        }
        if kind & TEAM != 0 {
            tokens[at].marks.add(Marks::TEAM);
        }
    }

    fn pronoun(&self, tokens: &[Token], at: usize) -> u16 {
        match tokens[at].word.as_str() {
            "i" | "me" | "myself" | "mine" => I,
            "we" | "us" | "ourselves" => WE,
            "you" | "yourself" | "yourselves" | "u" | "ya" | "y'all" => YOU,
            "he" | "she" | "him" | "himself" | "herself" | "her" | "hers" => SINGLE,
            "they" | "them" | "themselves" => {
                let people = tokens[..at].iter().any(|token| token.kind & (PEOPLE | TEAM | UNKNOWN) != 0);
                let things = tokens[..at].iter().any(|token| token.kind & THING != 0 && token.word.ends_with('s'));
                if things && !people { THING } else { THEY }
            }
            "who" | "whom" | "whoever" => WHO,
            _ if tokens[at].classes & self.anyone != 0 => ANYONE,
            _ => THING,
        }
    }

    fn noun(&self, tokens: &[Token], start: usize, head: usize) -> u16 {
        let token = &tokens[head];
        let modifiers = &tokens[start..head];
        let possessed = modifiers.iter().any(|word| word.word == "'s");
        let of_thing = modifiers
            .iter()
            .rev()
            .take_while(|word| word.word != "'s")
            .any(|word| word.classes & self.thing_role_modifier != 0 || word.marks.any(Marks::CODE));
        if token.marks.any(Marks::HANDLE) {
            return if token.classes & self.team != 0 { TEAM } else { NAMED };
        }
        if token.marks.any(Marks::NAME) && !possessed {
            return NAMED;
        }
        if token.classes & self.role != 0 {
            return ROLE;
        }
        if token.classes & self.loose_role != 0 {
            let described = modifiers.iter().all(|word| {
                word.classes & (self.person_modifier | self.role | self.team | self.bare_team) != 0
                    || word
                        .marks
                        .any(Marks::DET.or(Marks::POSS).or(Marks::ADJ).or(Marks::ADV).or(Marks::NUM).or(Marks::NAME))
            });
            return if described && !of_thing { ROLE } else { THING };
        }
        if token.classes & self.anyone != 0 {
            return ANYONE;
        }
        if token.classes & self.team != 0 {
            return TEAM;
        }
        if token.classes & self.customer != 0 {
            return if of_thing { THING } else { CUSTOMER };
        }
        if token.classes & self.machine_role != 0 {
            let person = modifiers.iter().any(|word| word.classes & self.person_modifier != 0) && !of_thing;
            return if person { ROLE } else { THING };
        }
        let bare = !modifiers.iter().any(|word| word.marks.any(Marks::DET.or(Marks::POSS)));
        let ours = possessed || modifiers.first().is_some_and(|word| word.marks.any(Marks::POSS));
        if token.classes & self.bare_team != 0 && (bare || ours) && head - start <= 5 {
            return BARE;
        }
        let opens = head == 0 || tokens[head - 1].marks.any(Marks::OPENER.or(Marks::STOP).or(Marks::NUM));
        let capital =
            (token.marks.any(Marks::CAPITAL) || opens) && token.classes == 0 && !token.marks.any(Marks::KNOWN_VERB);
        if capital && bare && head == start && token.word.chars().all(|c| c.is_alphabetic() || c == '-') {
            return UNKNOWN;
        }
        THING
    }

    /// Collects the verb group that ends at `verb` and its subject.
    fn read_verb(&self, tokens: &mut [Token], verb: usize) {
        let mut marks = Marks::default();
        let mut left = verb;
        let mut infinitive = false;
        while left > 0 {
            let before = &tokens[left - 1];
            if before.marks.any(Marks::TO) {
                if left > 1 && tokens[left - 2].word == "ought" || left > 2 && tokens[left - 3].word == "ought" {
                    left -= 1;
                    continue;
                }
                infinitive = true;
                left -= 1;
                break;
            }
            let group = Marks::AUX.or(Marks::MODAL).or(Marks::NOT).or(Marks::ADV);
            if !before.marks.any(group) || before.marks.any(Marks::WH.or(Marks::SUB)) {
                break;
            }
            marks.add(Marks(before.marks.0 & GROUP.0));
            left -= 1;
        }
        let (mut subject, asked) = self.governor(tokens, left, infinitive);
        if let Some(helper) = asked {
            marks.add(Marks::ASKED);
            let not = tokens[helper + 1..left].iter().any(|token| token.marks.any(Marks::NOT));
            marks.add(Marks(tokens[helper].marks.0 & GROUP.0));
            marks.add(if not { Marks::NOT } else { Marks::default() });
            tokens[helper].subject = subject;
        }
        if subject == 0 {
            subject = if self.may_lack_subject(tokens, left) { ELIDED } else { 0 };
        }
        let derived = verb_group(marks, tokens[verb].marks, infinitive);
        tokens[verb].marks.add(derived);
        tokens[verb].subject = subject;
        for token in &mut tokens[left..verb] {
            token.subject = subject;
            if token.marks.any(Marks::AUX.or(Marks::MODAL)) {
                token.marks.add(Marks(derived.0 & Marks::NEG.0));
            }
        }
    }

    /// Returns who governs a verb group that begins at `left`, and the inverted auxiliary of a question.
    fn governor(&self, tokens: &[Token], left: usize, infinitive: bool) -> (u16, Option<usize>) {
        if left == 0 {
            return (0, None);
        }
        let before = &tokens[left - 1];
        if infinitive || before.marks.any(Marks::CONJ) || before.marks.any(Marks::COMMA) {
            if before.marks.any(Marks::COMMA)
                && let Some(kind) = self.apposition(tokens, left - 1)
            {
                return (kind, None);
            }
            return (inherited(tokens, left), None);
        }
        let Some((start, kind)) = self.phrase_before(tokens, left, 0) else { return (0, None) };
        let helper =
            start.checked_sub(1).map(|at| if tokens[at].marks.any(Marks::NOT) { at.saturating_sub(1) } else { at });
        let helper = helper.filter(|at| {
            tokens[*at].marks.any(Marks::AUX.or(Marks::MODAL))
                && (tokens[*at].subject == 0 || tokens[*at].subject == ELIDED)
                && (*at == 0
                    || !tokens[*at - 1].marks.any(Marks::NOUN.or(Marks::PRON))
                    || tokens[*at - 1].marks.any(Marks::WH))
        });
        // "the engineer who deployed this skipped": the clause about the engineer ends, the sentence goes on.
        if kind & THING != 0
            && let Some(outer) = self.relative(tokens, start)
        {
            return (outer, None);
        }
        (kind, helper)
    }

    /// The noun phrase that ends before `end`, stepping over prepositional phrases; its start and kind.
    fn phrase_before(&self, tokens: &[Token], end: usize, depth: usize) -> Option<(usize, u16)> {
        let at = end.checked_sub(1)?;
        let token = &tokens[at];
        if depth > 5 {
            return None;
        }
        if token.word == ")" {
            let open = tokens[..at].iter().rposition(|token| token.word == "(")?;
            return self.phrase_before(tokens, open, depth + 1);
        }
        if token.classes & self.skipped != 0
            && at > 0
            && !token.marks.any(Marks::PRON)
            && depth == 0
            && let Some(found) = self.phrase_before(tokens, at, depth + 1)
        {
            return Some(found);
        }
        if token.marks.any(Marks::PRON) {
            if at > 1 && tokens[at - 1].word == "of" {
                let (start, kind) = self.phrase_before(tokens, at - 1, depth + 1)?;
                let counted = tokens[at - 2].classes & (self.anyone | self.counter) != 0
                    || tokens[at - 2].marks.any(Marks::NUM.or(Marks::DET));
                return Some((start, if counted { token.kind | ANYONE } else { kind }));
            }
            return Some((at, token.kind));
        }
        if !token.marks.any(Marks::NOUN.or(Marks::NUM)) {
            return None;
        }
        let start = phrase_start(tokens, at);
        let kind = if token.kind == 0 { THING } else { token.kind };
        if start >= 2
            && tokens[start - 1].marks.any(Marks::PREP)
            && let Some((outer_start, outer)) = self.phrase_before(tokens, start - 1, depth + 1)
        {
            let of = tokens[start - 1].word == "of";
            let counted = tokens[outer_start..start - 1]
                .iter()
                .any(|word| word.classes & self.counter != 0 || word.marks.any(Marks::NUM));
            // "none of the reviewers" are people, "none of the alerts" are things.
            let person = kind & (ROLE | TEAM | NAMED) != 0;
            let outer = if of && counted { if person { ROLE } else { THING } } else { outer };
            return Some((outer_start, outer));
        }
        if start >= 2
            && tokens[start - 1].marks.any(Marks::CONJ)
            && kind & THING != 0
            && tokens[start - 2].kind & (PEOPLE | TEAM) != 0
        {
            return Some((start, kind));
        }
        Some((start, kind))
    }

    /// "Bob, our DBA, forgot": the person before the first comma.
    fn apposition(&self, tokens: &[Token], comma: usize) -> Option<u16> {
        let open = tokens[..comma].iter().rposition(|token| token.marks.any(Marks::COMMA))?;
        let inside = tokens[open + 1..comma].iter();
        let has_finite = inside.clone().any(|token| token.marks.any(Marks::VERB) && !token.marks.any(Marks::ING));
        let relative = tokens.get(open + 1)?.marks.any(Marks::WH.or(Marks::DET).or(Marks::POSS).or(Marks::PREP));
        let (_, kind) = self.phrase_before(tokens, open, 0)?;
        (kind & (PEOPLE | TEAM | UNKNOWN) != 0 && (relative || !has_finite)).then_some(kind)
    }

    /// The person before "who", when the clause in between already has its verb.
    fn relative(&self, tokens: &[Token], end: usize) -> Option<u16> {
        let clause = tokens[..end].iter().rposition(|token| token.word == "whoever");
        if let Some(at) = clause.filter(|at| !tokens[*at..end].iter().any(|token| token.marks.any(Marks::STOP))) {
            return Some(tokens[at].kind);
        }
        let who = tokens[..end]
            .iter()
            .rposition(|token| token.word == "who" || token.word == "that" || token.marks.any(Marks::STOP))?;
        if who == 0 || tokens[who].marks.any(Marks::STOP) || tokens[who - 1].kind & (PEOPLE | TEAM) == 0 {
            return None;
        }
        let verbs = tokens[who..end]
            .iter()
            .filter(|token| token.marks.any(Marks::VERB) && !token.marks.any(Marks::ING))
            .count();
        (verbs == 1).then_some(tokens[who - 1].kind)
    }

    /// Whether a verb group that begins at `left` may have lost its subject, as in a chat: "forgot to renew it".
    fn may_lack_subject(&self, tokens: &[Token], left: usize) -> bool {
        left == 0 || {
            let before = &tokens[left - 1];
            before
                .marks
                .any(Marks::STOP.or(Marks::COMMA).or(Marks::CONJ).or(Marks::OPENER).or(Marks::PUNCT).or(Marks::NUM))
                || before.word == "because"
        }
    }
}

const GROUP: Marks = Marks(
    Marks::NOT.0
        | Marks::SHOULD.0
        | Marks::COULD.0
        | Marks::WOULD.0
        | Marks::MIGHT.0
        | Marks::WILL.0
        | Marks::MUST.0
        | Marks::DO.0
        | Marks::BE.0
        | Marks::HAVE.0,
);

/// Negation, perfect, passive and the like, from the auxiliaries of a group and the form of its verb.
fn verb_group(helpers: Marks, verb: Marks, infinitive: bool) -> Marks {
    let mut marks = Marks(helpers.0 & (GROUP.0 & !(Marks::DO.0 | Marks::BE.0 | Marks::HAVE.0 | Marks::NOT.0)));
    if helpers.any(Marks::NOT) {
        marks.add(Marks::NEG);
    }
    if helpers.any(Marks::HAVE) {
        marks.add(Marks::PERF);
    }
    if helpers.any(Marks::BE) {
        marks.add(if verb.any(Marks::PART) {
            Marks::PASS
        } else if verb.any(Marks::ING) {
            Marks::CONT
        } else {
            Marks::BE
        });
    }
    if infinitive {
        marks.add(Marks::INF);
    }
    marks
}

/// The subject of the verb before, for a verb after "and", a comma or "to".
fn inherited(tokens: &[Token], end: usize) -> u16 {
    tokens[..end]
        .iter()
        .rev()
        .take_while(|token| !token.marks.any(Marks::STOP))
        .find(|token| token.marks.any(Marks::VERB.or(Marks::AUX).or(Marks::MODAL)) && token.subject != 0)
        .map_or(0, |token| token.subject)
}

/// Where the noun phrase that ends at `head` begins.
pub(crate) fn phrase_start(tokens: &[Token], head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let before = &tokens[start - 1];
        let possessive = before.word == "'s";
        if before.marks.any(Marks::DET.or(Marks::POSS)) && !possessive {
            start -= 1;
            if start > 0 && tokens[start - 1].marks.any(Marks::DET) && tokens[start].marks.any(Marks::DET) {
                start -= 1;
            }
            break;
        }
        let inside = Marks::NOUN.or(Marks::ADJ).or(Marks::NUM);
        if !(possessive || before.marks.any(inside)) || before.marks.any(Marks::PRON) {
            break;
        }
        start -= 1;
    }
    start
}
