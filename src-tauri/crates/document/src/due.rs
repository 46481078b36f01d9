//! The due dates of action items as an iCalendar file (RFC 5545).
//!
//! Each is an event that takes the whole day and no time: calendars show events everywhere and to-dos almost nowhere.
//! The identifiers stay the same, so that a newer file replaces what an older one brought in.

use chrono::Days;
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};
use meeting::{ActionId, ActionItem, ActionState, Meeting, TextField};

use crate::calendar::file;
use crate::words;

/// Writes the due dates of a record; none when no action item has a date.
#[must_use]
pub fn due_dates(meeting: &Meeting) -> Option<String> {
    let mut calendar = Calendar::new();
    for action in &meeting.actions {
        if let Some(event) = event(meeting, action) {
            calendar.push(event);
        }
    }
    (!calendar.is_empty()).then(|| file(&mut calendar))
}

/// Writes the due date of one action item, for whoever has taken it on; none when it has no date.
#[must_use]
pub fn due_date(meeting: &Meeting, action: ActionId) -> Option<String> {
    let action = meeting.actions.iter().find(|other| other.id == action)?;
    Some(file(Calendar::new().push(event(meeting, action)?)))
}

fn event(meeting: &Meeting, action: &ActionItem) -> Option<Event> {
    let (date, to_confirm) = match (action.due, action.confirm_by) {
        (Some(due), _) => (due, false),
        (None, Some(confirm)) => (confirm, true),
        (None, None) => return None,
    };
    let before = match (&action.state, to_confirm) {
        (ActionState::Done, _) => "Done",
        (ActionState::Dropped { .. }, _) => "Dropped",
        (ActionState::Open | ActionState::InProgress, false) => "Due",
        (ActionState::Open | ActionState::InProgress, true) => "Confirm",
    };
    let owner = if action.owner.is_empty() { String::new() } else { format!(" ({})", action.owner) };
    let mut lines = vec![format!("From: {}", words::line(meeting.incident.text(TextField::Title)))];
    if !action.criterion.is_empty() {
        lines.push(format!("Done when: {}", words::line(&action.criterion)));
    }
    if !action.ticket.is_empty() {
        lines.push(format!("Ticket: {}", words::line(&action.ticket)));
    }
    // A calendar keeps the file whose number is higher; minutes since the beginning only ever grow.
    let minutes = (meeting.changed - meeting.created).num_minutes();
    let mut event = Event::new();
    event
        .uid(&format!("{}-action-{}@debrief", meeting.id, action.id.0))
        .timestamp(meeting.changed)
        .sequence(u32::try_from(minutes).unwrap_or(0))
        .summary(&format!("{before}: {}{owner}", words::line(&action.task)))
        .description(&lines.join("\n"))
        .starts(date)
        .ends(date.checked_add_days(Days::new(1))?)
        .status(if matches!(action.state, ActionState::Dropped { .. }) {
            EventStatus::Cancelled
        } else {
            EventStatus::Confirmed
        });
    event.add_property("TRANSP", "TRANSPARENT");
    if words::may_be_followed(&action.ticket) {
        event.url(action.ticket.trim());
    }
    Some(event.done())
}
