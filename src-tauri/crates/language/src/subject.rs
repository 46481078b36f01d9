//! Who or what a noun phrase or a pronoun is: a person, a team, a customer, a thing.
//!
//! The last word of the phrase decides ("the on-call engineer" is a person, "the on-call rotation" is not), with the
//! words before it as help where the last word can be either ("the site operator", "the Kubernetes operator").

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

pub(crate) const PEOPLE: u16 = I | WE | YOU | SINGLE | THEY | NAMED | ROLE | ANYONE;

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
    dual_role: u128,
    component: u128,
    humane: u128,
    software: u128,
    customer: u128,
    product_area: u128,
    human_act: u128,
    pub(crate) anyone: u128,
    pub(crate) counter: u128,
    pub(crate) skipped: u128,
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
            dual_role: class("dual-role"),
            component: class("component"),
            humane: class("humane"),
            software: class("software"),
            customer: class("customer"),
            product_area: class("product-area"),
            human_act: class("human-act"),
            anyone: class("anyone"),
            counter: class("counter"),
            skipped: class("skipped"),
        }
    }

    /// Sets the kind of a noun phrase on its last word.
    pub(crate) fn name_head(&self, tokens: &mut [Token], at: usize) {
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
        let numbered = token.marks.any(Marks::CAPITAL) && token.classes == 0;
        if numbered && modifiers.last().is_some_and(|word| word.classes & self.team != 0) {
            return TEAM;
        }
        if token.marks.any(Marks::NAME) && !possessed {
            return NAMED;
        }
        // "Chef broke the run list" is about software, "the chef" is not.
        if head == start && token.classes & self.software != 0 && token.marks.any(Marks::CAPITAL) {
            return THING;
        }
        if token.classes & self.dual_role != 0 {
            return if self.is_machinery(tokens, start, head) { THING } else { ROLE };
        }
        if token.classes & self.role != 0 {
            return ROLE;
        }
        if token.classes & self.loose_role != 0 {
            // "The client's admin": whose admin it is does not matter.
            let own = modifiers.iter().rposition(|word| word.word == "'s").map_or(0, |at| at + 1);
            let described = modifiers[own..].iter().all(|word| {
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
            return if of_thing { THING } else { TEAM };
        }
        if token.classes & self.customer != 0 {
            return if of_thing { THING } else { CUSTOMER };
        }
        if token.classes & self.machine_role != 0 {
            let person = modifiers.iter().any(|word| word.classes & self.person_modifier != 0) && !of_thing
                || is_on_duty(tokens, head);
            return if person { ROLE } else { THING };
        }
        let bare = !modifiers.iter().any(|word| word.marks.any(Marks::DET.or(Marks::POSS)));
        let ours = possessed || modifiers.first().is_some_and(|word| word.marks.any(Marks::POSS));
        let product = token.classes & self.product_area != 0;
        if product && !self.acts_as_people_do(tokens, head) {
            return THING;
        }
        if token.classes & self.bare_team != 0 && (bare || ours) && head - start <= 5 {
            return BARE;
        }
        let opens = head == 0 || tokens[head - 1].marks.any(Marks::OPENER.or(Marks::STOP).or(Marks::NUM));
        let capital =
            (token.marks.any(Marks::CAPITAL) || opens) && token.classes == 0 && !token.marks.any(Marks::KNOWN_VERB);
        if capital
            && bare
            && head == start
            && self.acts_as_people_do(tokens, head)
            && token.word.chars().all(|c| c.is_alphabetic() || c == '-')
        {
            return UNKNOWN;
        }
        THING
    }

    /// Whether a word that is a trade as well as a part of a system means the part: its neighbours are other parts,
    /// and nothing around it belongs to people.
    fn is_machinery(&self, tokens: &[Token], start: usize, head: usize) -> bool {
        let modifiers = &tokens[start..head];
        if is_on_duty(tokens, head) || modifiers.iter().any(|word| word.classes & self.person_modifier != 0) {
            return false;
        }
        let clause = tokens[..head].iter().rposition(|word| word.marks.any(Marks::STOP)).map_or(0, |at| at + 1);
        let around = || tokens[clause..].iter().enumerate().filter(|(at, _)| clause + at != head);
        let its = |word: &Token| matches!(word.word.as_str(), "its" | "itself");
        let humane = around().any(|(_, word)| word.classes & self.humane != 0);
        !humane
            && around().any(|(_, word)| word.classes & self.component != 0 || word.marks.any(Marks::CODE) || its(word))
    }

    /// "Watson, the log shipper, misread the traces": what is said in between makes a thing of a name.
    pub(crate) fn name_apposed(&self, tokens: &mut [Token], at: usize) {
        let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.marks.any(Marks::COMMA));
        let opens = tokens.get(at + 2).is_some_and(|token| token.marks.any(Marks::DET.or(Marks::POSS)));
        if tokens[at].kind & (NAMED | UNKNOWN) == 0 || !is_comma(at + 1) || !opens {
            return;
        }
        let noun = Marks::NOUN.or(Marks::ADJ).or(Marks::NUM);
        let end = (at + 3..tokens.len()).find(|next| !tokens[*next].marks.any(noun)).unwrap_or(tokens.len());
        if is_comma(end) && tokens[end - 1].kind & THING != 0 && tokens[end - 1].classes & self.component != 0 {
            tokens[at].kind = THING;
            tokens[at].marks.remove(Marks::NAME.or(Marks::PERSON));
        }
    }

    /// Whether the verb after a noun is one that no service could be the subject of: "Checkout was slow" is about a
    /// service, "Checkout refused to tell us" about those who work on it.
    fn acts_as_people_do(&self, tokens: &[Token], head: usize) -> bool {
        let group = Marks::ADV.or(Marks::AUX).or(Marks::MODAL).or(Marks::NOT);
        let mut after =
            tokens[head + 1..].iter().skip_while(|word| word.marks.any(group) && word.classes & self.human_act == 0);
        let Some(next) = after.next() else { return false };
        let mut theirs = || next.marks.any(Marks::KNOWN_VERB) && after.next().is_some_and(|word| word.word == "their");
        next.classes & self.human_act != 0 || next.word == "'s" || theirs()
    }
}

/// "The controller on duty" has a shift, and a program has none.
fn is_on_duty(tokens: &[Token], head: usize) -> bool {
    let after = |at: usize| tokens.get(head + at).map_or("", |word| word.word.as_str());
    after(1) == "on-call"
        || matches!(after(1), "on" | "from") && matches!(after(2), "duty" | "shift" | "watch" | "call" | "site")
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
