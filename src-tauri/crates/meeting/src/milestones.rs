//! The milestones of an incident and the durations between them.
//!
//! Unknown is never zero: a milestone nobody recorded makes its durations *not recorded*, and an end before its
//! start is said loudly instead of being turned into a number.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{EventId, Meeting, Millis};

/// A point of the incident that durations are measured between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Milestone {
    /// Users were first affected.
    ImpactStarted,
    /// The first alert or report.
    Detected,
    /// Somebody responded.
    Acknowledged,
    /// It was called an incident.
    Declared,
    /// Users were no longer affected.
    Mitigated,
    /// The cause was fixed and the all-clear given.
    Resolved,
}

impl Milestone {
    /// Every milestone in the order in which they usually come.
    pub const ALL: [Self; 6] =
        [Self::ImpactStarted, Self::Detected, Self::Acknowledged, Self::Declared, Self::Mitigated, Self::Resolved];

    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ImpactStarted => "Impact started",
            Self::Detected => "Detected",
            Self::Acknowledged => "Acknowledged",
            Self::Declared => "Declared",
            Self::Mitigated => "Mitigated",
            Self::Resolved => "Resolved",
        }
    }
}

/// When a milestone was reached, as far as that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum MilestoneTime {
    /// Nobody recorded it.
    #[default]
    Unknown,
    /// It has no meaning for this incident.
    NotApplicable,
    /// At this instant.
    At {
        /// The instant.
        at: DateTime<Utc>,
    },
    /// At the time of an event of the timeline, and moving with it.
    Event {
        /// The event.
        event: EventId,
    },
}

/// A duration between two milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Measure {
    /// From impact to the first alert or report.
    TimeToDetect,
    /// From detection to somebody responding.
    TimeToAcknowledge,
    /// From impact to users no longer being affected.
    TimeToMitigate,
    /// From impact to the all-clear.
    TimeToResolve,
}

impl Measure {
    /// Every measure in the order of the record.
    pub const ALL: [Self; 4] = [Self::TimeToDetect, Self::TimeToAcknowledge, Self::TimeToMitigate, Self::TimeToResolve];

    /// Returns the words the surfaces and the record use; the means (MTTD and so on) are for several incidents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TimeToDetect => "Time to detect",
            Self::TimeToAcknowledge => "Time to acknowledge",
            Self::TimeToMitigate => "Time to mitigate",
            Self::TimeToResolve => "Time to resolve",
        }
    }

    /// Returns from which milestone to which it runs.
    #[must_use]
    pub const fn ends(self) -> (Milestone, Milestone) {
        match self {
            Self::TimeToDetect => (Milestone::ImpactStarted, Milestone::Detected),
            Self::TimeToAcknowledge => (Milestone::Detected, Milestone::Acknowledged),
            Self::TimeToMitigate => (Milestone::ImpactStarted, Milestone::Mitigated),
            Self::TimeToResolve => (Milestone::ImpactStarted, Milestone::Resolved),
        }
    }
}

/// What can be said about a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum DurationStatus {
    /// Both ends are known.
    Recorded {
        /// How long it took.
        millis: Millis,
    },
    /// An end is not known yet.
    Pending,
    /// An end has no meaning for this incident.
    NotApplicable,
    /// The end lies before the start: one of the two is wrong.
    Invalid,
}

/// Returns the duration between two milestone times whose events have been looked up.
#[must_use]
pub fn duration(start: Resolved, end: Resolved) -> DurationStatus {
    match (start, end) {
        (Resolved::NotApplicable, _) | (_, Resolved::NotApplicable) => DurationStatus::NotApplicable,
        (Resolved::Unknown, _) | (_, Resolved::Unknown) => DurationStatus::Pending,
        (Resolved::At(start), Resolved::At(end)) => u64::try_from((end - start).num_milliseconds())
            .map_or(DurationStatus::Invalid, |millis| DurationStatus::Recorded { millis: Millis(millis) }),
    }
}

/// A milestone time whose event has been looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// Nobody recorded it.
    Unknown,
    /// It has no meaning here.
    NotApplicable,
    /// At this instant.
    At(DateTime<Utc>),
}

impl Meeting {
    /// Returns when a milestone was reached, its event looked up.
    #[must_use]
    pub fn milestone(&self, milestone: Milestone) -> Resolved {
        match self.incident.milestones.get(&milestone).copied().unwrap_or_default() {
            MilestoneTime::Unknown => Resolved::Unknown,
            MilestoneTime::NotApplicable => Resolved::NotApplicable,
            MilestoneTime::At { at } => Resolved::At(at),
            MilestoneTime::Event { event } => self
                .timeline
                .iter()
                .find(|other| other.id == event)
                .and_then(|event| event.at)
                .map_or(Resolved::Unknown, Resolved::At),
        }
    }

    /// Returns what can be said about a duration.
    #[must_use]
    pub fn measure(&self, measure: Measure) -> DurationStatus {
        let (start, end) = measure.ends();
        duration(self.milestone(start), self.milestone(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_its_start_is_invalid_and_unknown_is_never_zero() {
        let at = |minute: i64| Resolved::At(DateTime::from_timestamp(minute * 60, 0).unwrap_or_default());
        for (start, end, expected) in [
            (at(0), at(9), DurationStatus::Recorded { millis: Millis::minutes(9) }),
            (at(3), at(3), DurationStatus::Recorded { millis: Millis::ZERO }),
            (at(9), at(0), DurationStatus::Invalid),
            (Resolved::Unknown, at(0), DurationStatus::Pending),
            (at(0), Resolved::Unknown, DurationStatus::Pending),
            (Resolved::Unknown, Resolved::NotApplicable, DurationStatus::NotApplicable),
        ] {
            assert_eq!(duration(start, end), expected, "{start:?} to {end:?}");
        }
    }
}
