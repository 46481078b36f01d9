//! Whom each verb is about: verb groups, and the line from a verb to the noun phrase that governs it.
//!
//! No parser: from a verb the sentence is read leftwards to its subject. Phrases in between ("from payments", "at
//! 14:02") are stepped over, and a verb after "and" keeps the subject of the verb before it.

use crate::subject::{ANYONE, ELIDED, Kinds, NAMED, PEOPLE, ROLE, TEAM, THING, UNKNOWN, phrase_start};
use crate::token::{Marks, Token};

impl Kinds {
    /// Decides what each noun phrase is and gives every verb its subject.
    pub(crate) fn assign(&self, tokens: &mut [Token]) {
        for at in 0..tokens.len() {
            self.name_head(tokens, at);
        }
        for at in 0..tokens.len() {
            self.name_apposed(tokens, at);
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
