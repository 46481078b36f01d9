//! The words that decided, as they stand in the text.

use super::cues::{Cues, Evidence, Sign};
use super::words::root;
use crate::token::{Marks, Token};

/// The most words that are quoted.
const MOST: usize = 9;
/// How many words before the cue are taken along when the clause begins there.
const BEFORE: usize = 4;

/// Quotes the words that speak most for the end: those of its strongest cue, else of its strongest word.
pub(super) fn deciding(cues: &Cues, evidence: &Evidence, end: usize, text: &[char]) -> String {
    let own = evidence.signs.iter().filter(|sign| cues.cues[sign.cue].end == end);
    let strongest = own.max_by(|one, other| cues.strength(one).total_cmp(&cues.strength(other)));
    let (clause, from, to) = match strongest {
        Some(Sign { clause, from, to, .. }) => (*clause, *from, *to),
        None => strongest_word(cues, evidence, end),
    };
    evidence.clauses.get(clause).map_or_else(String::new, |tokens| quoted(tokens, from, to, text))
}

fn strongest_word(cues: &Cues, evidence: &Evidence, end: usize) -> (usize, usize, usize) {
    let mut best = (0.0, (0, 0, 1));
    for (clause, tokens) in evidence.clauses.iter().enumerate() {
        for (at, token) in tokens.iter().enumerate() {
            let weight = cues.weights.of(&format!("word {}", root(token, &cues.lexicon)), end);
            if weight > best.0 {
                best = (weight, (clause, at, at + 1));
            }
        }
    }
    best.1
}

fn quoted(tokens: &[Token], from: usize, to: usize, text: &[char]) -> String {
    let ends = |token: &Token| token.marks.any(Marks::STOP.or(Marks::COMMA));
    let opening = tokens[..from].iter().rposition(ends).map_or(0, |at| at + 1);
    let mut from = if from - opening <= BEFORE { opening } else { from };
    while from + 1 < to && tokens[from].marks.any(Marks::PUNCT.or(Marks::SUB)) {
        from += 1;
    }
    let mut to = to.min(from + MOST);
    while to < tokens.len() && to < from + MOST && !ends(&tokens[to]) {
        to += 1;
    }
    while to > from + 1 && tokens[to - 1].marks.any(Marks::PUNCT) {
        to -= 1;
    }
    let goes_on = tokens.get(to).is_some_and(|next| !ends(next));
    let line = &text[tokens[from].start..tokens[to - 1].end];
    let words: String = line.iter().take_while(|c| **c != '\n' && **c != '\r').take(120).collect();
    format!("“{}{}”", words.trim_end(), if goes_on { "…" } else { "" })
}
