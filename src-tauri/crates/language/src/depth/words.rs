//! What single words of a clause say: their roots, neighbours, classes, and whether something is said to be missing.
//!
//! These features carry learned weights only. A root stands for all forms of a word, so that "reviews", "reviewed" and
//! "review" are learned together; a name or a number says nothing of its own.

use std::collections::{BTreeMap, HashMap};

use crate::lexicon::Lexicon;
use crate::subject;
use crate::token::{Marks, Token};

/// How many words after a "no" or "without" are said not to be there.
const REACH: usize = 4;

/// Whether a feature is one of many for a text, so that long texts must not count more than short ones.
pub(super) fn is_many(feature: &str) -> bool {
    ["word ", "pair ", "none ", "class ", "field "].iter().any(|kind| feature.starts_with(kind))
}

/// Fields of meaning: the root of a word → the fields that it belongs to.
pub(super) type Fields = HashMap<String, Vec<String>>;

/// Reads the fields from their file.
pub(super) fn read_fields(text: &str) -> Result<Fields, String> {
    let written: BTreeMap<String, String> = toml::from_str(text).map_err(|error| format!("fields: {error}"))?;
    let mut fields = Fields::new();
    for (field, words) in &written {
        words.split_whitespace().for_each(|word| fields.entry(word.to_owned()).or_default().push(field.clone()));
    }
    Ok(fields)
}

/// Calls `found` with every feature of the words of a clause.
pub(super) fn features(tokens: &[Token], lexicon: &Lexicon, fields: &Fields, mut found: impl FnMut(String)) {
    let mut before = "^".to_owned();
    let mut absent = 0;
    for token in tokens {
        if token.marks.any(Marks::PUNCT) {
            if token.marks.any(Marks::STOP) {
                absent = 0;
                "^".clone_into(&mut before);
            }
            if matches!(token.word.as_str(), "?" | "…") {
                found(format!("word {}", token.word));
            }
            continue;
        }
        let root = root(token, lexicon);
        found(format!("word {root}"));
        found(format!("pair {before} {root}"));
        for field in fields.get(&root).or_else(|| fields.get(&token.word)).into_iter().flatten() {
            found(format!("field {field}"));
            if absent > 0 {
                found(format!("field no {field}"));
            }
        }
        if absent > 0 {
            found(format!("none {root}"));
            absent -= 1;
        }
        for class in lexicon.class_names(token.classes) {
            found(format!("class {class}"));
        }
        if denies(&token.word) {
            absent = REACH;
        }
        before = root;
    }
    found(format!("pair {before} $"));
}

/// Who acts in a clause, and whether that is told, usual, or did not happen.
pub(super) fn act(tokens: &[Token]) -> Option<String> {
    let acts = |token: &&Token| token.subject != 0 && token.marks.any(Marks::VERB.or(Marks::AUX).or(Marks::MODAL));
    let act = tokens.iter().find(acts)?;
    let marks = act.marks;
    let when = if marks.any(Marks::PASS) {
        "passive"
    } else if marks.any(Marks::PAST.or(Marks::PERF)) {
        "past"
    } else {
        "now"
    };
    let denied = if marks.any(Marks::NEG) { " not" } else { "" };
    Some(format!("by {} {when}{denied}", subject::letters(act.subject)))
}

fn denies(word: &str) -> bool {
    matches!(
        word,
        "no" | "not"
            | "never"
            | "without"
            | "lack"
            | "lacks"
            | "lacked"
            | "lacking"
            | "missing"
            | "insufficient"
            | "inadequate"
            | "poor"
            | "incomplete"
            | "nobody"
            | "no-one"
            | "none"
            | "nothing"
            | "unclear"
            | "few"
    )
}

/// The word without its ending, or what it stands for.
pub(super) fn root(token: &Token, lexicon: &Lexicon) -> String {
    if token.marks.any(Marks::NAME.or(Marks::HANDLE)) {
        return "<person>".to_owned();
    }
    if token.marks.any(Marks::NUM) && token.word.starts_with(|c: char| c.is_numeric()) {
        return "<number>".to_owned();
    }
    if token.lemma != 0 {
        return lexicon.base(token.lemma).to_owned();
    }
    let word = token.word.replace("isation", "ization").replace("ise", "ize");
    for (ending, instead) in [("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ly", "")] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 2) {
            return format!("{stem}{instead}");
        }
    }
    let plural = word.strip_suffix('s').filter(|stem| stem.chars().count() > 2 && !stem.ends_with(['s', 'u', 'i']));
    plural.unwrap_or(&word).to_owned()
}
