//! The agenda: sections with their minutes, and how far behind the meeting is.

use serde::{Deserialize, Serialize};

use crate::{Clock, Millis, Moment};

/// A section of the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Section {
    /// The opening statement and the previous action items.
    Opening,
    /// The timeline, one event at a time.
    Timeline,
    /// What went well, and where we were lucky.
    WentWell,
    /// What went poorly.
    WentPoorly,
    /// Why-chains and contributing factors.
    RootCauses,
    /// Propose, vote, commit.
    ActionItems,
    /// Open questions, takeaways, exit poll.
    WrapUp,
}

impl Section {
    /// Every section in the default order.
    pub const ALL: [Self; 7] = [
        Self::Opening,
        Self::Timeline,
        Self::WentWell,
        Self::WentPoorly,
        Self::RootCauses,
        Self::ActionItems,
        Self::WrapUp,
    ];

    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opening => "Opening",
            Self::Timeline => "Timeline",
            Self::WentWell => "What went well",
            Self::WentPoorly => "What went poorly",
            Self::RootCauses => "Root cause analysis",
            Self::ActionItems => "Action items",
            Self::WrapUp => "Wrap-up",
        }
    }

    /// Returns the minutes of the default agenda.
    #[must_use]
    pub const fn default_minutes(self) -> u32 {
        match self {
            Self::Opening | Self::WrapUp => 5,
            Self::Timeline | Self::WentWell => 10,
            Self::WentPoorly | Self::ActionItems => 15,
            Self::RootCauses => 20,
        }
    }

    /// Returns the question put to the room in silent writing, where the section has one.
    #[must_use]
    pub const fn writing_question(self) -> Option<&'static str> {
        match self {
            Self::WentWell => Some("What kept this from being worse? What worked as designed?"),
            Self::WentPoorly => Some("What made this hard to notice, to understand, to stop?"),
            Self::RootCauses => Some("Which conditions had to come together for this to happen?"),
            Self::ActionItems => Some("What would make this less likely, sooner noticed, or faster to stop?"),
            Self::Opening | Self::Timeline | Self::WrapUp => None,
        }
    }
}

/// A section with the minutes planned for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Planned {
    /// Which section.
    pub section: Section,
    /// How many minutes; 1 to 180.
    pub minutes: u32,
}

/// A section on the agenda of this meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Which section.
    pub section: Section,
    /// What was planned before the meeting.
    pub planned: Millis,
    /// What it has now, after minutes were added or taken.
    pub allotted: Millis,
    /// What it has used.
    pub clock: Clock,
    /// Left out to win time; it can still be gone to.
    #[serde(default)]
    pub dropped: bool,
}

impl AgendaItem {
    /// Puts a section on the agenda with nothing used yet.
    #[must_use]
    pub fn new(planned: Planned) -> Self {
        let planned_time = Millis::minutes(planned.minutes);
        Self {
            section: planned.section,
            planned: planned_time,
            allotted: planned_time,
            clock: Clock::default(),
            dropped: false,
        }
    }
}

/// Returns the default agenda: seven sections, eighty minutes.
#[must_use]
pub fn default_agenda() -> Vec<Planned> {
    Section::ALL.into_iter().map(|section| Planned { section, minutes: section.default_minutes() }).collect()
}

/// Returns how many minutes the meeting will end after (positive) or before (negative) its plan.
///
/// What the current section has left, and all of the sections after it, is expected to be used; time between
/// sections counts, because the room's hour does not stop when a clock does. `extended` is what the room agreed to stay
/// longer; a section that was left out is planned and not expected.
#[must_use]
pub fn behind(agenda: &[AgendaItem], current: usize, meeting: &Clock, extended: Millis, now: Moment) -> i64 {
    let millis = |value: Millis| i64::try_from(value.0).unwrap_or(i64::MAX);
    let left_here = agenda.get(current).map_or(Millis::ZERO, |item| item.allotted.minus(item.clock.spent_at(now)));
    let after: i64 =
        agenda.iter().skip(current + 1).filter(|item| !item.dropped).map(|item| millis(item.allotted)).sum();
    let planned: i64 = agenda.iter().map(|item| millis(item.planned)).sum();
    let expected = millis(meeting.spent_at(now)) + millis(left_here) + after;
    (expected - planned - millis(extended)).div_euclid(60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: u32) -> Moment {
        Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::minutes(minutes), boot: 1 }
    }

    #[test]
    fn the_default_agenda_takes_eighty_minutes() {
        assert_eq!(default_agenda().iter().map(|planned| planned.minutes).sum::<u32>(), 80);
    }

    #[test]
    fn pace_counts_what_was_lost_before_and_between_sections() {
        let mut agenda: Vec<_> = default_agenda().into_iter().map(AgendaItem::new).collect();
        let mut meeting = Clock::default();
        meeting.start(at(0));
        agenda[0].clock.start(at(0));
        assert_eq!(behind(&agenda, 0, &meeting, Millis::ZERO, at(3)), 0, "within the opening's five minutes");
        assert_eq!(behind(&agenda, 0, &meeting, Millis::ZERO, at(8)), 3, "three over");
        agenda[0].clock.pause(at(8));
        assert_eq!(
            behind(&agenda, 1, &meeting, Millis::ZERO, at(9)),
            4,
            "and one more before the timeline's clock was started"
        );
        agenda[1].clock.start(at(9));
        agenda[1].clock.pause(at(12));
        assert_eq!(
            behind(&agenda, 2, &meeting, Millis::ZERO, at(12)),
            -3,
            "seven minutes of the timeline were given back"
        );
    }
}
