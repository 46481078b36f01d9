//! How much the words of a sentence weigh towards blame, beside the rules.
//!
//! A rule sees one construction; the scale sees the whole sentence. It is a sum of weights over features that a reader
//! can check in `rules/en/weights.txt`: words, pairs of words, the field. (Who governs which verb was tried as a feature
//! too; it did worse on files left out.) The example `train` learns the
//! weights from labelled sentences. A sentence that weighs too little is left alone although a rule matched it, and
//! one that weighs much is believed on the word of a faint rule.

use std::collections::{BTreeSet, HashMap};

use crate::Field;
use crate::reading::Reading;
use crate::token::{Marks, Token};

/// Learned weights, and between which sums the rules decide alone.
#[derive(Debug, Default)]
pub(crate) struct Scale {
    weights: HashMap<String, f32>,
    bias: f32,
    /// Below this no rule is believed.
    pub(crate) doubt: f32,
    /// From here on a faint rule is believed.
    pub(crate) trust: f32,
}

impl Scale {
    /// Reads lines of a weight and a feature; the three that begin with "=" are no features.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut scale = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (weight, feature) = line.split_once('\t').ok_or(format!("no feature in {line}"))?;
            let weight: f32 = weight.parse().map_err(|error| format!("{line}: {error}"))?;
            match feature {
                "= bias" => scale.bias = weight,
                "= doubt" => scale.doubt = weight,
                "= trust" => scale.trust = weight,
                _ => drop(scale.weights.insert(feature.to_owned(), weight)),
            }
        }
        Ok(scale)
    }

    /// The sum for one sentence; longer sentences have more features and do not weigh more for that alone.
    pub(crate) fn weigh(&self, reading: &Reading, field: Field) -> f32 {
        let features = features(reading, field);
        let sum: f32 = features.iter().filter_map(|feature| self.weights.get(feature)).sum();
        self.bias + sum * share(features.len())
    }
}

/// What one feature counts in a sentence that has `count` of them.
fn share(count: usize) -> f32 {
    2.0 / f32::from(u16::try_from(count.max(1)).unwrap_or(u16::MAX)).sqrt()
}

/// The features of one sentence, each once.
pub(crate) fn features(reading: &Reading, field: Field) -> BTreeSet<String> {
    let mut found = BTreeSet::from([format!("in {field:?}").to_lowercase()]);
    let spoken = reading.tokens.iter().map(spoken);
    let words: Vec<String> =
        std::iter::once("^".to_owned()).chain(spoken).chain(std::iter::once("$".to_owned())).collect();
    for (at, word) in words.iter().enumerate() {
        found.insert(word.clone());
        if let Some(next) = words.get(at + 1) {
            found.insert(format!("{word} {next}"));
        }
        if let Some(after) = words.get(at + 2) {
            found.insert(format!("{word} _ {after}"));
        }
    }
    found
}

/// The word itself, or what it stands for: a name or a number says nothing of its own.
fn spoken(token: &Token) -> String {
    let marks = token.marks;
    if marks.any(Marks::NAME.or(Marks::HANDLE)) {
        "<person>".to_owned()
    } else if marks.any(Marks::CODE.or(Marks::QUOTE)) {
        "<code>".to_owned()
    } else if marks.any(Marks::NUM) && token.word.starts_with(|c: char| c.is_numeric()) {
        "<number>".to_owned()
    } else {
        token.word.clone()
    }
}
