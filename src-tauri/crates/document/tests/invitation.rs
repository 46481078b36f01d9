//! The invitation: what it says, what it keeps to itself, and that calendars can read it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use chrono::DateTime;
use document::{calendar, invitation, markdown};
use meeting::{
    AgendaItem, EventId, EventKind, ListField, Meeting, Precision, TextField, TimelineEvent, default_agenda,
};

fn meeting() -> Meeting {
    let mut meeting = Meeting::unwritten();
    meeting.id = meeting::PostMortemId("pm-1".into());
    meeting.incident.zone = chrono_tz::Europe::Berlin;
    meeting.incident.texts.insert(TextField::Title, "Checkout | slow".into());
    meeting.incident.lists.insert(ListField::Invited, vec!["Ada Park <ada@example.org>".into(), "Ben".into()]);
    meeting.agenda = default_agenda().into_iter().map(AgendaItem::new).collect();
    meeting.timeline.push(TimelineEvent {
        id: EventId(1),
        at: DateTime::from_timestamp(1_778_069_100, 0),
        precision: Precision::Exact,
        kind: EventKind::Action,
        text: "restarted the workers".into(),
        actor_name: Some("Quentin Private".into()),
        actor_role: None,
        known_then: None,
        key: true,
        public: true,
        answers: Vec::new(),
    });
    meeting
}

#[test]
fn the_invitation_asks_for_lines_the_timeline_reader_understands_and_names_nobody_who_acted() {
    let text = markdown(&invitation(&meeting()));
    // 1778069100 is 6 May 2026 12:05 UTC, 14:05 in Berlin.
    assert!(text.contains("`2026-05-06 14:05 Europe/Berlin: what you saw"), "{text}");
    assert!(text.contains("6. Action items, 15 min"), "{text}");
    assert!(text.contains("date to follow"), "{text}");
    for kept in ["Quentin", "restarted", "ada@example.org"] {
        assert!(!text.contains(kept), "{kept} is not for everybody: {text}");
    }
}

#[test]
fn the_calendar_file_holds_the_date_the_length_and_who_has_an_address() {
    let mut meeting = meeting();
    let sent = DateTime::from_timestamp(1_778_000_000, 0).unwrap();
    assert_eq!(calendar(&meeting, sent), None, "without a date there is nothing to enter");
    meeting.planned_for = DateTime::from_timestamp(1_778_151_600, 0);
    let file = calendar(&meeting, sent).unwrap();
    // Lines are folded at 75 octets (RFC 5545, 3.1); unfold before reading.
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    let file = file.replace("\r\n ", "");
    let lines: Vec<&str> = file.split("\r\n").collect();
    assert_eq!(lines.first(), Some(&"BEGIN:VCALENDAR"));
    for line in [
        "DTSTART:20260507T110000Z",
        "DTEND:20260507T122000Z",
        "UID:pm-1@debrief",
        "SUMMARY:Post-mortem: Checkout | slow",
    ] {
        assert!(lines.contains(&line), "{line} in {file}");
    }
    assert!(file.contains("mailto:ada@example.org") && !file.contains("Ben"), "{file}");
    assert_eq!(calendar(&meeting, sent).unwrap().replace("\r\n ", ""), file, "same input, same bytes");
}
