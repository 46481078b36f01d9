//! The record as JSON: complete, so that it can be imported again.
//!
//! `record` is for people and scripts; `log` is the post-mortem itself, event by event, and the only part that is
//! read back. What is still hidden in the meeting is in neither. `schema/debrief-record-1.json` describes the file for
//! others who read it.

use meeting::{Measure, Meeting, Milestone, Recorded, Resolved, apply};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the file says it is.
const FORMAT: &str = "debrief-record";
/// The newest version this crate writes and reads.
const VERSION: u32 = 1;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no JSON, or not of this shape.
    #[error("This is not a record that Debrief exported: {0}. Nothing was taken in.")]
    NotARecord(#[from] serde_json::Error),
    /// It says that it is something else.
    #[error("This file says it is “{0}” and not a Debrief record. Nothing was taken in.")]
    OtherFormat(String),
    /// A newer Debrief wrote it.
    #[error(
        "This record was written by a newer Debrief (version {0}). Nothing was taken in; install the newer version."
    )]
    Newer(u32),
    /// Its log has a hole or does not begin at the beginning.
    #[error("The record is incomplete: event {0} of its log is missing. Nothing was taken in.")]
    Incomplete(u64),
}

/// Writes the record as JSON, as `schema/debrief-record-1.json` describes it: two spaces to a level, with a line feed at the end.
#[must_use]
pub fn json(meeting: &Meeting) -> String {
    let incident = &meeting.incident;
    let when = |milestone| match meeting.milestone(milestone) {
        Resolved::At(at) => json!(at),
        Resolved::Unknown => Value::Null,
        Resolved::NotApplicable => json!("not applicable"),
    };
    let milestones: serde_json::Map<_, _> =
        Milestone::ALL.into_iter().map(|milestone| (milestone.word().to_owned(), when(milestone))).collect();
    let durations: serde_json::Map<_, _> =
        Measure::ALL.into_iter().map(|measure| (measure.word().to_owned(), json!(meeting.measure(measure)))).collect();
    let agenda: Vec<_> = meeting
        .agenda
        .iter()
        .map(|item| json!({ "section": item.section, "planned_ms": item.planned, "actual_ms": item.clock.spent() }))
        .collect();
    let file = json!({
        "format": FORMAT,
        "version": VERSION,
        "record": {
            "id": meeting.id,
            "status": meeting.status,
            "created": meeting.created,
            "changed": meeting.changed,
            "zone": incident.zone.name(),
            "severity": incident.severity,
            "severity_definition": incident.severity_definition,
            "kind": incident.kind,
            "detected_by": incident.detected_by,
            "mitigated_by": incident.mitigated_by,
            "texts": incident.texts,
            "lists": incident.lists,
            "roles": incident.roles,
            "neutrality": incident.neutrality,
            "milestones": milestones,
            "durations": durations,
            "stakeholders_told": incident.stakeholders_told,
            "timeline": meeting.timeline,
            "attachments": meeting.attachments,
            "found_new": meeting.timeline.iter().filter(|event| meeting.found_new(event.id) > 0).map(|event| json!({ "event": event.id, "people": meeting.found_new(event.id) })).collect::<Vec<_>>(),
            "notes": meeting.writings.iter().map(|(section, writing)| json!({ "section": section, "notes": writing.notes })).collect::<Vec<_>>(),
            "chains": meeting.chains,
            "factors": meeting.factors,
            "proposals": meeting.proposals,
            "rounds": meeting.rounds,
            "action_items": meeting.actions,
            "previous_action_items": meeting.previous,
            "parking_lot": meeting.parked,
            "decisions": meeting.decisions,
            "exit_poll": meeting.poll,
            "meeting": {
                "planned_for": meeting.planned_for,
                "started": meeting.held.started,
                "ended": meeting.held.ended,
                "ended_because": meeting.held.ended_because,
                "agenda": agenda,
                "attendees": meeting.present().count(),
                "names": meeting.present().filter_map(|person| person.name.as_ref()).collect::<Vec<_>>(),
            },
        },
        "log": meeting.recorded().collect::<Vec<_>>(),
    });
    format!("{file:#}\n")
}

/// Reads a record that [`json`] wrote.
///
/// # Errors
/// When it is no record, of a newer version, or has a hole; nothing is taken in then.
pub fn from_json(text: &str) -> Result<Meeting, ImportError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    #[derive(Deserialize)]
    struct Body {
        log: Vec<Recorded>,
    }
    let head: Head = serde_json::from_str(text)?;
    if head.format != FORMAT {
        return Err(ImportError::OtherFormat(head.format));
    }
    if head.version > VERSION {
        return Err(ImportError::Newer(head.version));
    }
    let Body { log } = serde_json::from_str(text)?;
    let mut meeting = Meeting::unwritten();
    for (expected, recorded) in (1..).zip(&log) {
        if recorded.seq != expected {
            return Err(ImportError::Incomplete(expected));
        }
        apply(&mut meeting, recorded);
    }
    let begins = log.first().is_some_and(|first| matches!(first.event, meeting::Event::Created { .. }));
    if begins { Ok(meeting) } else { Err(ImportError::Incomplete(1)) }
}
