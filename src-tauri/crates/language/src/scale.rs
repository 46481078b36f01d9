//! How much the words of a sentence weigh towards blame, beside the rules.
//!
//! A rule sees one construction; the scale sees the whole sentence. It is a sum of weights over features that a reader
//! can check in `rules/en/weights.txt`: words, pairs of words, the field, which classes of the lexicon occur (`#harm`), and
//! in which tense and voice a verb is about whom (`@n past`). A class carries what was learned of one word over to its
//! kin, which is what helps with sentences that nobody had seen. (Which verb has which subject was tried as well; it did
//! worse on files left out.) The example `train` learns the weights from labelled sentences. A sentence that weighs too
//! little is left alone although a rule matched it, and one that weighs much is believed on the word of a faint rule.

use std::collections::{BTreeSet, HashMap};

use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::subject;
use crate::token::{Marks, Token};
use crate::{Evidence, Field};

/// Learned weights, and between which sums the rules decide alone.
#[derive(Debug, Default)]
pub(crate) struct Scale {
    weights: HashMap<String, f32>,
    bias: f32,
    /// Below this not even a sure rule is believed.
    denial: f32,
    /// Below this no plain rule is believed.
    doubt: f32,
    /// From here on a faint rule is believed.
    trust: f32,
}

impl Scale {
    /// Reads lines of a weight and a feature; those that begin with "=" are no features.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut scale = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (weight, feature) = line.split_once('\t').ok_or(format!("no feature in {line}"))?;
            let weight: f32 = weight.parse().map_err(|error| format!("{line}: {error}"))?;
            match feature {
                "= bias" => scale.bias = weight,
                "= denial" => scale.denial = weight,
                "= doubt" => scale.doubt = weight,
                "= trust" => scale.trust = weight,
                _ => drop(scale.weights.insert(feature.to_owned(), weight)),
            }
        }
        Ok(scale)
    }

    /// The sum for one sentence; longer sentences have more features and do not weigh more for that alone.
    fn weigh(&self, reading: &Reading, field: Field, lexicon: &Lexicon) -> f32 {
        let features = features(reading, field, lexicon);
        let sum: f32 = features.iter().filter_map(|feature| self.weights.get(feature)).sum();
        self.bias + sum * share(features.len())
    }

    /// Whether a sentence weighs enough for what the rules say of it.
    pub(crate) fn believes(&self, evidence: Evidence, reading: &Reading, field: Field, lexicon: &Lexicon) -> bool {
        let least = match evidence {
            Evidence::None => return false,
            Evidence::Faint => self.trust,
            Evidence::Plain => self.doubt,
            Evidence::Sure => self.denial,
            Evidence::Unmistakable => return true,
        };
        self.weigh(reading, field, lexicon) >= least
    }
}

/// What one feature counts in a sentence that has `count` of them.
fn share(count: usize) -> f32 {
    2.0 / f32::from(u16::try_from(count.max(1)).unwrap_or(u16::MAX)).sqrt()
}

/// The features of one sentence, each once.
pub(crate) fn features(reading: &Reading, field: Field, lexicon: &Lexicon) -> BTreeSet<String> {
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
    for token in &reading.tokens {
        found.extend(lexicon.class_names(token.classes).map(|class| format!("#{class}")));
        if token.marks.any(Marks::VERB) && token.lemma != 0 {
            let form = form(token.marks);
            found.extend(subject::letters(token.subject).chars().map(|letter| format!("@{letter} {form}")));
        }
    }
    found
}

/// Tense, voice and negation of a verb, as far as they tell an account from a habit or a plan.
fn form(marks: Marks) -> String {
    let not = if marks.any(Marks::NEG) { "not " } else { "" };
    let tense = if marks.any(Marks::PASS) {
        "passive"
    } else if marks.any(Marks::INF) {
        "infinitive"
    } else if marks.any(Marks::PAST) {
        "past"
    } else {
        "present"
    };
    format!("{not}{tense}")
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
