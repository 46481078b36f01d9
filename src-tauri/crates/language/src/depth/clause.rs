//! Which part of an answer gives the cause: in "X because Y" and in "Y, so X" it is Y.

use crate::token::{Marks, Token};

/// How much the part counts that is not the cause.
const ASIDE: f32 = 0.2;

/// A stretch of words and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clause {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) share: f32,
}

/// Cuts the words of one sentence into clauses, none of them empty.
pub(super) fn clauses(tokens: &[Token]) -> Vec<Clause> {
    let count = tokens.len();
    let consequence = (1..count).find(|at| leads_to_effect(tokens, *at)).unwrap_or(count);
    let mut found = Vec::new();
    match (0..consequence).find(|at| leads_to_cause(tokens, *at)) {
        Some(0) => {
            let end = (1..consequence).find(|at| tokens[*at].marks.any(Marks::COMMA)).unwrap_or(consequence);
            found.push(Clause { from: 0, to: end, share: 1.0 });
            found.push(Clause { from: end, to: consequence, share: ASIDE });
        }
        Some(at) => {
            found.push(Clause { from: 0, to: at, share: ASIDE });
            found.push(Clause { from: at + 1, to: consequence, share: 1.0 });
        }
        None => found.push(Clause { from: 0, to: consequence, share: 1.0 }),
    }
    found.push(Clause { from: consequence, to: count, share: ASIDE });
    found.retain(|clause| clause.from < clause.to);
    found
}

fn leads_to_effect(tokens: &[Token], at: usize) -> bool {
    let after_mark = tokens[at - 1].marks.any(Marks::PUNCT);
    match tokens[at].word.as_str() {
        "so" => after_mark && tokens.get(at + 1).is_some_and(|next| next.word != "that"),
        "therefore" | "hence" | "thus" => true,
        "→" => true,
        ">" => matches!(tokens[at - 1].word.as_str(), "-" | "="),
        "and" => tokens.get(at + 1).is_some_and(|next| matches!(next.word.as_str(), "so" | "therefore" | "thus")),
        _ => false,
    }
}

fn leads_to_cause(tokens: &[Token], at: usize) -> bool {
    let verb_follows = || {
        let rest = &tokens[at + 1..];
        rest.iter().take(14).any(|token| token.marks.any(Marks::VERB.or(Marks::AUX).or(Marks::MODAL)))
    };
    let after_comma = at > 0 && tokens[at - 1].marks.any(Marks::COMMA);
    match tokens[at].word.as_str() {
        "because" | "cos" | "cuz" | "coz" | "bc" | "because-of" | "due-to" => true,
        "by" => at > 0 && tokens[at - 1].word == "caused",
        "to" => at > 0 && matches!(tokens[at - 1].word.as_str(), "owing" | "thanks"),
        "as" => at > 2 && verb_follows() && (after_comma || opens_clause(tokens, at + 1)) && !compares(tokens, at),
        "since" => at > 2 && verb_follows() && (after_comma || opens_clause(tokens, at + 1)) && !is_date(tokens, at),
        _ => false,
    }
}

fn opens_clause(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.marks.any(Marks::PRON.or(Marks::DET)) || token.word == "there")
}

fn compares(tokens: &[Token], at: usize) -> bool {
    let before = tokens[at - 1].word.as_str();
    matches!(before, "same" | "such" | "as" | "much" | "long" | "soon" | "far" | "well" | "known" | "so" | "just")
}

/// "Since March", "since the reorg": a time, not a cause.
fn is_date(tokens: &[Token], at: usize) -> bool {
    let next = &tokens[at + 1..];
    let verb = Marks::VERB.or(Marks::AUX).or(Marks::MODAL);
    next.first().is_none_or(|token| token.marks.any(Marks::NUM) || matches!(token.word.as_str(), "last" | "then"))
        || !next.iter().take(8).any(|token| token.marks.any(verb))
}
