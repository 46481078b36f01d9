//! Depth of a why-chain: at what does its last answer end?
//!
//! A chain that ends at a person, a slip or the unknown is not finished, and one that ends at a process, a policy, a
//! shortage or an organisational condition names something a group can change. This says which of them an answer
//! speaks of, and quotes the words that decided it; a facilitator can then agree or say otherwise.
//!
//! An answer is cut into the part that gives the cause and the rest (`clause`); cues (`cues`, with their patterns in
//! `rules/en/depth.toml` and `depth-unfinished.toml`) speak for one end each; words, pairs of words and fields of meaning
//! (`words`, `rules/en/depth-fields.toml`) are counted; and learned weights (`weights`, `rules/en/depth-weights.txt`) say
//! how much each tells. The example `depth_train` learns them, `depth` scores a corpus. Nothing here understands a sentence.

mod clause;
mod cues;
mod quote;
mod weights;
mod words;

use meeting::ChainEnd;
use serde::Serialize;

use crate::Names;
use cues::{Cues, Evidence};

/// Every end, in the order in which the weights count them.
pub const ENDS: [ChainEnd; 8] = [
    ChainEnd::Process,
    ChainEnd::Policy,
    ChainEnd::Resource,
    ChainEnd::Organisation,
    ChainEnd::Technical,
    ChainEnd::Person,
    ChainEnd::HumanError,
    ChainEnd::Unknown,
];

/// Longer answers are read up to here, in Unicode scalar values; an answer in a chain is a note.
const LONGEST: usize = 4_000;

/// What an answer ends at, and why it is read like this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EndSuggestion {
    /// What the answer points at.
    pub ends_at: ChainEnd,
    /// One plain sentence that quotes the words that decided it.
    pub reason: String,
}

/// Says where the last answer of a why-chain ends.
#[must_use]
pub fn chain_end(text: &str, names: &Names) -> EndSuggestion {
    let characters: Vec<char> = text.chars().take(LONGEST).collect();
    if !characters.iter().any(|c| c.is_alphanumeric()) {
        return EndSuggestion { ends_at: ChainEnd::Unknown, reason: "There is no answer yet.".to_owned() };
    }
    let cues = cues::english();
    let evidence = cues.read(&characters, names);
    let sums = sums(cues, &evidence);
    let best = (0..ENDS.len()).fold(0, |best, at| if sums[at] > sums[best] { at } else { best });
    let ends_at = ENDS[best];
    EndSuggestion { ends_at, reason: reason(ends_at, &quote::deciding(cues, &evidence, best, &characters)) }
}

/// The features of an answer with how much each counts, and what the cues say without learned weights.
///
/// For those who tune the rules: the example `depth_train` learns the weights from them.
#[must_use]
pub fn end_features(text: &str, names: &Names) -> (Vec<(String, f32)>, [f32; 8]) {
    let characters: Vec<char> = text.chars().take(LONGEST).collect();
    let cues = cues::english();
    let evidence = cues.read(&characters, names);
    let prior = cues.prior(&evidence);
    (evidence.features.into_iter().collect(), prior)
}

fn sums(cues: &Cues, evidence: &Evidence) -> [f32; 8] {
    let mut sums = cues.prior(evidence);
    for (feature, value) in &evidence.features {
        cues.weights.add(feature, *value, &mut sums);
    }
    cues.weights.add_bias(&mut sums);
    sums
}

fn reason(end: ChainEnd, quoted: &str) -> String {
    match end {
        ChainEnd::Process => format!("It speaks of how the work is done: {quoted}."),
        ChainEnd::Policy => format!("It speaks of a rule, of what is allowed or demanded: {quoted}."),
        ChainEnd::Resource => format!("It speaks of time, people or money that is short: {quoted}."),
        ChainEnd::Organisation => format!("It speaks of ownership, priorities or what passes between teams: {quoted}."),
        ChainEnd::Technical => format!("It names a property of the system, not yet what let it be so: {quoted}."),
        ChainEnd::Person => format!("It names what somebody did or did not do: {quoted}."),
        ChainEnd::HumanError => format!("It gives a slip as the cause: {quoted}."),
        ChainEnd::Unknown => format!("It says that the cause is not known: {quoted}."),
    }
}
