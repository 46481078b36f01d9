//! Which events look like milestones.

use meeting::Milestone;
use serde::{Deserialize, Serialize};

use crate::kind::Words;
use crate::phrases::MILESTONES;
use crate::report::ReadEvent;

/// What an event marks on the way of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Mark {
    /// A milestone was reached.
    Reached {
        /// Which one.
        milestone: Milestone,
    },
    /// News was given; may occur many times.
    StakeholdersTold,
}

/// A mark with the words that suggest it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MilestoneGuess {
    /// What the event marks.
    pub mark: Mark,
    /// The words in the text of the event.
    pub words: String,
}

/// Suggests milestones, as places in `events`, in the order of time.
///
/// Each is suggested at most once, except that stakeholders may be told many times. The first event that fits is taken,
/// and for *resolved* the last: an incident is often called resolved too early.
pub fn suggest_milestones(events: &[ReadEvent]) -> Vec<(usize, MilestoneGuess)> {
    let mut places: Vec<usize> = (0..events.len()).collect();
    let times: Vec<_> = events.iter().map(|event| event.at).collect();
    if times.iter().all(Option::is_some) {
        places.sort_by_key(|at| times[*at]);
    } else if runs_backwards(events) {
        places.reverse();
    }
    let texts: Vec<(usize, Words<'_>)> = places.into_iter().map(|at| (at, Words::new(&events[at].text))).collect();
    let mut found = Vec::new();
    for (mark, phrases) in MILESTONES {
        let mut fitting = texts.iter().enumerate().filter_map(|(rank, (at, text))| {
            let words = text.first_of(phrases)?.to_owned();
            Some((rank, *at, MilestoneGuess { mark: *mark, words }))
        });
        match mark {
            Mark::StakeholdersTold => found.extend(fitting),
            Mark::Reached { milestone: Milestone::Resolved } => found.extend(fitting.next_back()),
            Mark::Reached { .. } => found.extend(fitting.next()),
        }
    }
    found.sort_by_key(|(rank, ..)| *rank);
    found.into_iter().map(|(_, at, guess)| (at, guess)).collect()
}

/// Whether the known wall clocks go back from the first event to the last.
fn runs_backwards(events: &[ReadEvent]) -> bool {
    let clock = |event: &ReadEvent| event.local.time;
    let first = events.iter().find_map(clock);
    let last = events.iter().rev().find_map(clock);
    first > last
}
