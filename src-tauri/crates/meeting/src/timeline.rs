//! The timeline: what happened, when, and how well the time is known.
//!
//! Times are instants in UTC; the zone they are shown in belongs to the incident. Reading timelines out of text is
//! the work of `intake`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::EventId;

/// What sort of thing an event of the timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum EventKind {
    /// What set the incident off.
    Trigger,
    /// A deployment, a configuration or a flag that changed.
    Change,
    /// The first time anybody or anything noticed.
    Detection,
    /// A monitor or pager that fired.
    Alert,
    /// What somebody saw.
    Observation,
    /// What somebody thought might be the reason.
    Hypothesis,
    /// A choice between ways to go on.
    Decision,
    /// Something that was done.
    Action,
    /// Somebody else was called in.
    Escalation,
    /// News given to others.
    Communication,
    /// What ended the effect on users.
    Mitigation,
    /// What came of an action.
    Result,
    /// The return to normal.
    Recovery,
}

impl EventKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::Trigger,
        Self::Change,
        Self::Detection,
        Self::Alert,
        Self::Observation,
        Self::Hypothesis,
        Self::Decision,
        Self::Action,
        Self::Escalation,
        Self::Communication,
        Self::Mitigation,
        Self::Result,
        Self::Recovery,
    ];

    /// Returns the word the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Trigger => "Trigger",
            Self::Change => "Change",
            Self::Detection => "Detection",
            Self::Alert => "Alert",
            Self::Observation => "Observation",
            Self::Hypothesis => "Hypothesis",
            Self::Decision => "Decision",
            Self::Action => "Action",
            Self::Escalation => "Escalation",
            Self::Communication => "Communication",
            Self::Mitigation => "Mitigation",
            Self::Result => "Result",
            Self::Recovery => "Recovery",
        }
    }

    /// Returns the question to ask about an event of this kind, about the system and never about a culprit.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::Trigger | Self::Change => "What did this change, and what was expected of it?",
            Self::Detection | Self::Alert => "What did the alert say, and who was it made for?",
            Self::Observation => "What could be seen, and on which screen?",
            Self::Hypothesis => "What made this the likely explanation then?",
            Self::Decision => "What led to this, and what else was possible?",
            Self::Action => "What was expected to happen?",
            Self::Escalation => "What made it the moment to ask, and how was it known whom?",
            Self::Communication => "How did the news reach the people who needed it?",
            Self::Mitigation => "What made this possible, and what would have made it possible sooner?",
            Self::Result | Self::Recovery => "How could you tell?",
        }
    }
}

/// How well the time of an event is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Precision {
    /// As written, to the minute or better.
    Exact,
    /// The text says "about", "around" or "~".
    About,
    /// No time is known.
    Unknown,
}

/// An event before the meeting has given it an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NewEvent {
    /// When it happened; absent when the text did not settle it.
    pub at: Option<DateTime<Utc>>,
    /// How well that is known.
    pub precision: Precision,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// What happened, in the past tense.
    pub text: String,
    /// Who acted, by name; private.
    pub actor_name: Option<String>,
    /// Who acted, by role; may be published.
    pub actor_role: Option<String>,
    /// What was known at that minute.
    pub known_then: Option<String>,
    /// Walked through in the meeting.
    pub key: bool,
}

/// An event of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TimelineEvent {
    /// Which one.
    pub id: EventId,
    /// When it happened; absent when not known.
    pub at: Option<DateTime<Utc>>,
    /// How well that is known.
    pub precision: Precision,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// What happened.
    pub text: String,
    /// Who acted, by name; private, never on the stage or a phone.
    pub actor_name: Option<String>,
    /// Who acted, by role.
    pub actor_role: Option<String>,
    /// What was known at that minute.
    pub known_then: Option<String>,
    /// Walked through in the meeting.
    pub key: bool,
    /// May stand in the public edition.
    pub public: bool,
    /// What the room said about it.
    pub answers: Vec<Answer>,
}

/// A question asked about an event and what the room answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Answer {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// One change to an event of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum EventChange {
    /// Another time; none when it is not known after all.
    At(Option<DateTime<Utc>>),
    /// Another precision.
    Precision(Precision),
    /// Another kind.
    Kind(EventKind),
    /// Another wording.
    Text(String),
    /// Another name; empty takes it away.
    ActorName(String),
    /// Another role; empty takes it away.
    ActorRole(String),
    /// What was known then; empty takes it away.
    KnownThen(String),
    /// Whether it is walked through.
    Key(bool),
    /// Whether it may be published.
    Public(bool),
}

/// Puts events in the order of their time; those without one keep their place after the event before them.
pub fn sort(events: &mut Vec<TimelineEvent>) {
    let mut groups: Vec<Vec<TimelineEvent>> = Vec::new();
    for event in events.drain(..) {
        match groups.last_mut() {
            Some(group) if event.at.is_none() => group.push(event),
            _ => groups.push(vec![event]),
        }
    }
    groups.sort_by_key(|group| group.first().and_then(|event| event.at));
    events.extend(groups.into_iter().flatten());
}

/// The shortest silence worth a question.
const SILENCE: chrono::TimeDelta = chrono::TimeDelta::minutes(5);

/// Returns the silences that stand out: for each, the place of the time that ended it, and how long it was.
///
/// A silence stands out when it lasts five minutes or more and three times the median distance between the times,
/// which must be in ascending order.
#[must_use]
pub fn silences(times: &[DateTime<Utc>]) -> Vec<(usize, crate::Millis)> {
    let mut distances: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let unsorted = distances.clone();
    distances.sort_unstable();
    let Some(median) = distances.get(distances.len() / 2).copied() else { return Vec::new() };
    (1..)
        .zip(unsorted)
        .filter(|(_, distance)| *distance >= SILENCE && *distance >= median * 3)
        .map(|(place, distance)| (place, crate::Millis(distance.num_milliseconds().unsigned_abs())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_stands_out_against_the_pace_of_the_rest() {
        let times = |minutes: &[i64]| -> Vec<_> {
            minutes.iter().filter_map(|minute| DateTime::from_timestamp(minute * 60, 0)).collect()
        };
        assert_eq!(silences(&times(&[0, 1, 3, 12, 14])), [(3, crate::Millis::minutes(9))]);
        assert_eq!(silences(&times(&[0, 1, 2, 6])), [], "four minutes are no silence");
        assert_eq!(silences(&times(&[0, 20, 40, 60])), [], "twenty minutes are the pace of this one");
        assert_eq!(silences(&times(&[0])), []);
    }
}
