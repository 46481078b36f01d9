//! Which events look like milestones.

use std::sync::LazyLock;

use meeting::Milestone;
use serde::{Deserialize, Serialize};

use crate::phrases::MILESTONES;
use crate::report::ReadEvent;
use crate::wording::Phrases;

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

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(&MILESTONES.iter().map(|(_, phrases)| *phrases).collect::<Vec<_>>()));

/// Suggests milestones, as places in `events`, in the order of time.
///
/// Each is suggested at most once, except that stakeholders may be told many times, and none before one that it
/// presupposes: what is told before the impact has begun did not detect it. The first event that fits is taken, and for
/// *resolved* the last: an incident is often called resolved too early.
pub fn suggest_milestones(events: &[ReadEvent]) -> Vec<(usize, MilestoneGuess)> {
    let mut places: Vec<usize> = (0..events.len()).collect();
    let times: Vec<_> = events.iter().map(|event| event.at).collect();
    if times.iter().all(Option::is_some) {
        places.sort_by_key(|at| times[*at]);
    } else if runs_backwards(events) {
        places.reverse();
    }
    // For every row the fitting events, by their rank in time.
    let mut fitting: Vec<Vec<(usize, MilestoneGuess)>> = vec![Vec::new(); MILESTONES.len()];
    for (rank, at) in places.iter().enumerate() {
        for (row, found) in PHRASES.all_in(&events[*at].text).into_iter().enumerate() {
            if let Some(found) = found {
                fitting[row].push((rank, MilestoneGuess { mark: MILESTONES[row].0, words: found.words.to_owned() }));
            }
        }
    }
    let mut found = Vec::new();
    let mut reached: Vec<(Milestone, usize)> = Vec::new();
    for candidates in fitting {
        let mark = candidates.first().map(|(_, guess)| guess.mark);
        match mark {
            Some(Mark::Reached { milestone }) => {
                let earliest = presupposed(milestone).iter().filter_map(|before| rank_of(&reached, *before)).max();
                let mut late = candidates.into_iter().filter(|(rank, _)| earliest.is_none_or(|first| *rank >= first));
                let best = if milestone == Milestone::Resolved { late.next_back() } else { late.next() };
                reached.extend(best.iter().map(|(rank, _)| (milestone, *rank)));
                found.extend(best);
            }
            Some(Mark::StakeholdersTold) => found.extend(candidates),
            None => {}
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(rank, guess)| (places[rank], guess)).collect()
}

fn rank_of(reached: &[(Milestone, usize)], milestone: Milestone) -> Option<usize> {
    reached.iter().find(|(other, _)| *other == milestone).map(|(_, rank)| *rank)
}

/// The milestones that come before one in every incident.
fn presupposed(milestone: Milestone) -> &'static [Milestone] {
    use Milestone::*;
    match milestone {
        ImpactStarted => &[],
        Detected => &[ImpactStarted],
        Acknowledged | Declared => &[ImpactStarted, Detected],
        Mitigated => &[ImpactStarted, Detected, Acknowledged],
        Resolved => &[ImpactStarted, Detected, Acknowledged, Declared, Mitigated],
    }
}

/// Whether the known wall clocks go back from the first event to the last.
fn runs_backwards(events: &[ReadEvent]) -> bool {
    let clock = |event: &ReadEvent| event.local.time;
    let first = events.iter().find_map(clock);
    let last = events.iter().rev().find_map(clock);
    first > last
}
