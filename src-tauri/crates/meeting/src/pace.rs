//! Winning minutes back: what a late meeting can do, as proposals that are taken with one key and undone with one.
//!
//! A proposal gives away minutes of sections that are still to come, never of the action items and the wrap-up, and of
//! the root cause analysis only when nothing else is left. Nothing happens by itself.

use serde::{Deserialize, Serialize};

use crate::{Meeting, Millis, Moment, Planned, Section, WritingState, behind};

/// From how many minutes on it is worth doing something.
const LATE_FROM: u32 = 3;
/// No section is shortened below this many minutes.
const LEAST: u32 = 5;
/// Root cause analysis keeps at least this many.
const LEAST_FOR_CAUSES: u32 = 10;

/// A way to end on time, or to agree on a later end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum PaceChange {
    /// Sections to come have fewer minutes.
    Shorten {
        /// What each of them has then.
        minutes: Vec<Planned>,
    },
    /// A section is left out; it can still be gone to.
    Drop {
        /// Which one.
        section: Section,
    },
    /// The room stays longer; the later end is the plan from then on.
    Extend {
        /// How many minutes; 1 to 180.
        minutes: u32,
    },
}

/// A change with what it means, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PaceProposal {
    /// What it does.
    pub change: PaceChange,
    /// In words: `Shorten what went well to 7 min and what went poorly to 11 min.`
    pub sentence: String,
}

/// Returns what a late meeting can do, the gentlest first; nothing while it is less than three minutes late.
#[must_use]
pub fn pace_proposals(meeting: &Meeting, now: Moment) -> Vec<PaceProposal> {
    let Some(here) = meeting.index() else { return Vec::new() };
    let late = u32::try_from(behind(&meeting.agenda, here, &meeting.clock, meeting.extended, now)).unwrap_or(0);
    if late < LATE_FROM {
        return Vec::new();
    }
    let later = late.div_ceil(5) * 5;
    let extend = PaceProposal {
        change: PaceChange::Extend { minutes: later },
        sentence: format!("Ask the room to stay {later} min longer."),
    };
    [shorten(meeting, here, late), drop_one(meeting, here, late), Some(extend)].into_iter().flatten().collect()
}

/// Sections to come with the minutes each has and the least it keeps.
fn to_come(meeting: &Meeting, here: usize) -> impl Iterator<Item = (Section, u32)> {
    let later = meeting.agenda.iter().skip(here + 1).filter(|item| !item.dropped);
    later.map(|item| (item.section, item.allotted.to_minutes()))
}

fn shorten(meeting: &Meeting, here: usize, late: u32) -> Option<PaceProposal> {
    let givers = |wanted: &[Section]| -> Vec<(Section, u32, u32)> {
        to_come(meeting, here)
            .filter(|(section, _)| wanted.contains(section))
            .map(|(section, minutes)| {
                let least = if section == Section::RootCauses { LEAST_FOR_CAUSES } else { LEAST };
                (section, minutes, minutes.saturating_sub(least))
            })
            .filter(|(.., spare)| *spare > 0)
            .collect()
    };
    let spare = |givers: &[(Section, u32, u32)]| givers.iter().map(|(.., spare)| spare).sum::<u32>();
    let mut chosen = givers(&[Section::Timeline, Section::WentWell, Section::WentPoorly]);
    if spare(&chosen) < late {
        chosen.extend(givers(&[Section::RootCauses]));
    }
    let all = spare(&chosen);
    if all == 0 {
        return None;
    }
    let mut left = late.min(all);
    let mut minutes = Vec::new();
    let mut rest = all;
    for (section, has, spare) in chosen {
        // In proportion to what each can spare; what rounding leaves over falls to those after it.
        let gives = (left * spare).div_ceil(rest).min(spare).min(left);
        rest -= spare;
        left -= gives;
        if gives > 0 {
            minutes.push(Planned { section, minutes: has - gives });
        }
    }
    let words: Vec<String> =
        minutes.iter().map(|to| format!("{} to {} min", to.section.word().to_lowercase(), to.minutes)).collect();
    let gain = late.min(all);
    let still = if gain < late { format!("; {} min late remain", late - gain) } else { String::new() };
    Some(PaceProposal {
        sentence: format!("Shorten {}{still}.", words.join(" and ")),
        change: PaceChange::Shorten { minutes },
    })
}

/// What went well is the one section a late meeting can do without, as long as nobody has begun to write.
fn drop_one(meeting: &Meeting, here: usize, late: u32) -> Option<PaceProposal> {
    let (section, minutes) = to_come(meeting, here)
        .find(|(section, _)| *section == Section::WentWell && meeting.writing(*section) == WritingState::Closed)?;
    let won = if minutes >= late { "the meeting ends on time".to_owned() } else { format!("{minutes} min are won") };
    Some(PaceProposal {
        sentence: format!("Leave out {}: {won}.", section.word().to_lowercase()),
        change: PaceChange::Drop { section },
    })
}

/// Applies a change to the agenda.
pub(crate) fn change_pace(meeting: &mut Meeting, change: &PaceChange) {
    match change {
        PaceChange::Shorten { minutes } => {
            for to in minutes {
                for item in meeting.agenda.iter_mut().filter(|item| item.section == to.section) {
                    item.allotted = Millis::minutes(to.minutes);
                }
            }
        }
        PaceChange::Drop { section } => {
            for item in meeting.agenda.iter_mut().filter(|item| item.section == *section) {
                item.dropped = true;
            }
        }
        PaceChange::Extend { minutes } => meeting.extended = meeting.extended.plus(Millis::minutes(*minutes)),
    }
}
