//! What the timeline does not say by itself: silences that stand out and moments where the story turned, each with a
//! question about the system and never about a culprit.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{EventId, EventKind, Meeting, Milestone, Resolved, TimelineEvent, Times, duration_words};

/// What makes a place on the timeline worth a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum PromptKind {
    /// Nothing was recorded for a while before the event.
    Silence,
    /// The event is a choice between ways to go on.
    Pivot,
}

/// A place on the timeline worth a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Prompt {
    /// The event: the one that ended the silence, or the choice.
    pub event: EventId,
    /// What makes it stand out.
    pub kind: PromptKind,
    /// What stands out, in a few words: `9 min without an entry before 14:23`.
    pub what: String,
    /// The question to ask.
    pub question: String,
}

/// Returns the silences and pivots of the timeline, in its order.
#[must_use]
pub fn prompts(meeting: &Meeting) -> Vec<Prompt> {
    let times = Times::of(meeting);
    let events: Vec<&TimelineEvent> = meeting.timeline.iter().collect();
    let silences = meeting.silences(&events);
    let mut prompts = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let before = events[..place].iter().rev().find_map(|event| event.at);
        let silence = silences.iter().find(|(end, _)| *end == place);
        if let (Some((_, length)), Some(from), Some(to)) = (silence, before, event.at) {
            prompts.push(Prompt {
                event: event.id,
                kind: PromptKind::Silence,
                what: format!("{} without an entry before {}", duration_words(*length), times.clock(to)),
                question: about_silence(meeting, event.kind, from, to),
            });
        }
        if matches!(event.kind, EventKind::Decision | EventKind::Escalation | EventKind::Mitigation) {
            let at = event.at.map(|at| format!(" at {}", times.clock(at))).unwrap_or_default();
            prompts.push(Prompt {
                event: event.id,
                kind: PromptKind::Pivot,
                what: format!("{}{at}", event.kind.word()),
                question: event.kind.question().to_owned(),
            });
        }
    }
    prompts
}

/// Words the question by what the room was waiting for in that phase of the incident.
fn about_silence(meeting: &Meeting, ended_by: EventKind, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let times = Times::of(meeting);
    let (start, end) = (times.clock(from), times.clock(to));
    let reached = |milestone| matches!(meeting.milestone(milestone), Resolved::At(at) if at <= from);
    let waits_for = |milestone| matches!(meeting.milestone(milestone), Resolved::At(at) if at > from && at <= to);
    if waits_for(Milestone::Detected) {
        format!("What could have made it visible between {start} and {end}?")
    } else if reached(Milestone::Detected) && waits_for(Milestone::Acknowledged) {
        format!("What did the alert need between {start} and {end} before somebody could act on it?")
    } else if ended_by == EventKind::Escalation {
        format!("What made {end} the moment to call for help, and how was it known whom?")
    } else if reached(Milestone::Acknowledged) {
        format!("What was looked at, tried or waited for between {start} and {end}?")
    } else {
        format!("What happened between {start} and {end}?")
    }
}
