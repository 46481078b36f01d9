//! The same fact said about the system.
//!
//! A template has places for parts of the sentence around the verb that the rule found; the first template whose places
//! can be filled is taken, and each class ends with one that has none. A part that names or points to a person is cut
//! before it or not used, so a rewording neither repeats a name nor adds a fact.
//!
//! `{base}` is that verb and what follows it, `{ing}` the same as a gerund, `{inf}` and `{infing}` the verb after "to",
//! `{object}` the noun phrase after the verb, `{clause}` what follows "that".

use crate::inflection;
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::subject::THING;
use crate::token::{Marks, Token};

/// The longest part that is carried over, in words.
const LONGEST: usize = 14;

/// Fills the first template that the sentence has parts for.
pub(crate) fn reword(
    templates: &[String],
    reading: &Reading,
    place: (usize, usize),
    text: &[char],
    lexicon: &Lexicon,
) -> Option<String> {
    let source = SourceWords { tokens: &reading.tokens, text, lexicon, verb: focus(reading, place) };
    templates.iter().find_map(|template| source.fill(template))
}

/// The verb a rule is about: the last in what it covered, people's verbs first.
fn focus(reading: &Reading, (start, end): (usize, usize)) -> Option<usize> {
    let verbs =
        || (start..end).rev().filter(|at| reading.tokens[*at].marks.any(Marks::VERB) && reading.tokens[*at].lemma != 0);
    let peoples = verbs().find(|at| reading.tokens[*at].subject & !THING != 0);
    // A question may end before its verb: "why did you" and then what.
    let following = || (end..reading.tokens.len().min(end + 6)).find(|at| reading.tokens[*at].marks.any(Marks::VERB));
    peoples.or_else(|| verbs().next()).or_else(following)
}

struct SourceWords<'a> {
    tokens: &'a [Token],
    text: &'a [char],
    lexicon: &'a Lexicon,
    verb: Option<usize>,
}

impl SourceWords<'_> {
    fn fill(&self, template: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}')?;
            out.push_str(before);
            out.push_str(&self.part(name)?);
            rest = tail;
        }
        out.push_str(rest);
        Some(out)
    }

    fn part(&self, name: &str) -> Option<String> {
        let verb = self.verb?;
        match name {
            "base" => self.phrase(verb, |base| base.to_owned()),
            "ing" => self.phrase(verb, inflection::gerund),
            "inf" => self.phrase(self.infinitive(verb)?, |base| base.to_owned()),
            "infing" => self.phrase(self.infinitive(verb)?, inflection::gerund),
            "object" => self.object(verb),
            "clause" => self.clause(verb),
            _ => None,
        }
    }

    fn infinitive(&self, verb: usize) -> Option<usize> {
        let to = (verb + 1..self.tokens.len().min(verb + 4)).find(|at| self.tokens[*at].marks.any(Marks::TO))?;
        (to + 1..self.tokens.len().min(to + 3)).find(|at| self.tokens[*at].lemma != 0)
    }

    /// A verb with what follows it.
    fn phrase(&self, verb: usize, form: impl Fn(&str) -> String) -> Option<String> {
        let base = self.lexicon.base(self.tokens[verb].lemma);
        if base.is_empty() || matches!(base, "be" | "have" | "do") {
            return None;
        }
        let rest = self.carried(verb + 1, self.part_end(verb + 1));
        Some(if rest.is_empty() { form(base) } else { format!("{} {rest}", form(base)) })
    }

    fn object(&self, verb: usize) -> Option<String> {
        let end = self.part_end(verb + 1);
        let first = self.tokens.get(verb + 1)?;
        let noun = first.marks.any(Marks::DET.or(Marks::POSS).or(Marks::NOUN).or(Marks::ADJ).or(Marks::NUM));
        if !noun || first.marks.any(Marks::PRON.or(Marks::TO)) {
            return None;
        }
        let joins = |token: &Token| matches!(token.word.as_str(), "of" | "for" | "in" | "on" | "from" | "to");
        let length = self.tokens[verb + 1..end]
            .iter()
            .take_while(|token| {
                token.marks.any(Marks::NOUN.or(Marks::ADJ).or(Marks::DET).or(Marks::POSS).or(Marks::NUM))
                    || joins(token)
            })
            .count();
        let carried = self.carried(verb + 1, verb + 1 + length);
        (!carried.is_empty()).then_some(carried)
    }

    fn clause(&self, verb: usize) -> Option<String> {
        let that = self.tokens.get(verb + 1).filter(|token| token.word == "that")?;
        let end = self.part_end(verb + 2);
        let whole = self.carried(verb + 2, end);
        // A clause that had to be cut says something else.
        let complete = !self.tokens[verb + 2..end].iter().any(is_person);
        (that.marks.any(Marks::SUB.or(Marks::DET)) && complete && !whole.is_empty()).then_some(whole)
    }

    /// Where the part of the sentence that begins at `from` ends.
    fn part_end(&self, from: usize) -> usize {
        let limit = self.tokens.len().min(from + LONGEST);
        (from..limit)
            .find(|at| {
                let token = &self.tokens[*at];
                let next_verb = self
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.marks.any(Marks::VERB.or(Marks::PRON).or(Marks::AUX)));
                token.marks.any(Marks::PUNCT.or(Marks::STOP).or(Marks::QUOTE))
                    || token.marks.any(Marks::SUB) && !matches!(token.word.as_str(), "before" | "after" | "until")
                    || token.marks.any(Marks::CONJ) && next_verb
            })
            .unwrap_or(limit)
    }

    /// The words from `from` to `end`, without people and without what stings.
    fn carried(&self, from: usize, end: usize) -> String {
        let sting = self.lexicon.class("sting").unwrap_or(0);
        let mut kept: Vec<(usize, String)> = Vec::new();
        let mut joint = 0;
        let mut at = from;
        while at < end {
            let token = &self.tokens[at];
            let owned = self.tokens.get(at + 1).is_some_and(|next| next.word == "'s" && next.marks.any(Marks::POSS));
            if token.marks.any(Marks::POSS)
                && !token.marks.any(Marks::PRON)
                && token.word != "'s"
                && token.word != "its"
                || is_person(token) && owned
            {
                let article = kept.last().is_some_and(|(_, word)| word == "the" || word == "a" || word == "an");
                if !article {
                    kept.push((at, "the".to_owned()));
                }
                at += if owned { 2 } else { 1 };
                continue;
            }
            if is_person(token) {
                kept.truncate(joint);
                break;
            }
            let joins = Marks::PREP.or(Marks::TO).or(Marks::SUB).or(Marks::CONJ).or(Marks::WH);
            if token.marks.any(joins) || token.word == "before" || token.word == "after" {
                joint = kept.len();
            }
            if token.classes & sting == 0 {
                kept.push((at, self.written(token)));
            }
            at += 1;
        }
        let loose =
            Marks::PREP.or(Marks::TO).or(Marks::SUB).or(Marks::CONJ).or(Marks::DET).or(Marks::AUX).or(Marks::MODAL);
        while kept.last().is_some_and(|(at, _)| {
            self.tokens[*at].marks.any(loose) && !self.tokens[*at].marks.any(Marks::PRON.or(Marks::ADV).or(Marks::VERB))
        }) {
            kept.pop();
        }
        let mut out = String::new();
        let mut last_end = usize::MAX;
        for (at, word) in kept {
            if !out.is_empty() && self.tokens[at].start != last_end {
                out.push(' ');
            }
            out.push_str(&word);
            last_end = self.tokens[at].end;
        }
        out
    }

    fn written(&self, token: &Token) -> String {
        let raw: String = self.text[token.start..token.end].iter().collect();
        let starts = token.start == self.tokens[0].start;
        if starts && !token.marks.any(Marks::CODE) && raw.chars().skip(1).all(|c| !c.is_uppercase()) {
            raw.to_lowercase()
        } else {
            raw
        }
    }
}

/// Names, handles, and words that stand for people.
fn is_person(token: &Token) -> bool {
    token.marks.any(Marks::NAME.or(Marks::HANDLE).or(Marks::PERSON).or(Marks::TEAM))
        || token.kind & crate::subject::UNKNOWN != 0
}
