//! Action items and timeline as CSV (RFC 4180), for a spreadsheet.
//!
//! The file begins with a byte order mark: without one, the most common spreadsheet takes UTF-8 for something else and
//! breaks every name with an accent, while other readers skip it. A cell that a spreadsheet would take for a formula gets
//! an apostrophe in front.

use chrono::SecondsFormat;
use meeting::{ActionState, Meeting, Milestone, MilestoneTime, Times};

use crate::record::addressed;

/// Writes the committed action items, one a line, best first.
#[must_use]
pub fn actions_csv(meeting: &Meeting) -> String {
    let head = [
        "Rank",
        "Action item",
        "Category",
        "Priority",
        "Owner",
        "Due",
        "Confirm by",
        "Done when",
        "Addresses",
        "Ticket",
        "State",
        "Reason",
        "Dots",
        "Supporters",
    ];
    let rows = (1..).zip(&meeting.actions).map(|(rank, action)| {
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
        let reason = match &action.state {
            ActionState::Dropped { reason } => reason.clone(),
            ActionState::Open | ActionState::InProgress | ActionState::Done => String::new(),
        };
        [
            u32::to_string(&rank),
            action.task.clone(),
            action.category.word().to_owned(),
            action.priority.word().to_owned(),
            action.owner.clone(),
            date(action.due),
            date(action.confirm_by),
            action.criterion.clone(),
            action.addresses.and_then(|addresses| addressed(meeting, addresses)).unwrap_or_default(),
            action.ticket.clone(),
            action.state.word().to_owned(),
            reason,
            count(action.dots),
            count(action.supporters),
        ]
    });
    written(head, rows)
}

/// Writes the timeline, one event a line, with its instants in UTC and on the clock of the record's zone.
#[must_use]
pub fn timeline_csv(meeting: &Meeting) -> String {
    let times = Times::of(meeting);
    let zone = meeting.incident.zone.name();
    let local = format!("Time in {zone}");
    let head = [
        "Time in UTC",
        local.as_str(),
        "Precision",
        "Kind",
        "What happened",
        "Role",
        "Name",
        "Known then",
        "Milestone",
        "Key event",
        "Public",
    ];
    let rows = meeting.timeline.iter().map(|event| {
        let said = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let precision = match event.precision {
            meeting::Precision::Exact => "exact",
            meeting::Precision::About => "about",
            meeting::Precision::Unknown => "unknown",
        };
        let marked = MilestoneTime::Event { event: event.id };
        let milestones = Milestone::ALL.into_iter().filter(|it| meeting.incident.milestones.get(it) == Some(&marked));
        [
            event.at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default(),
            event.at.map(|at| times.wall(at).replace('T', " ")).unwrap_or_default(),
            precision.to_owned(),
            event.kind.word().to_owned(),
            event.text.clone(),
            event.actor_role.clone().unwrap_or_default(),
            event.actor_name.clone().unwrap_or_default(),
            event.known_then.clone().unwrap_or_default(),
            milestones.map(Milestone::word).collect::<Vec<_>>().join(", "),
            said(event.key),
            said(event.public),
        ]
    });
    written(head, rows)
}

fn written<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut text = "\u{feff}".to_owned();
    let lines = std::iter::once(head.map(str::to_owned)).chain(rows);
    // Writing into memory with rows of one length cannot fail.
    for line in lines {
        let _ = writer.write_record(line.iter().map(|cell| harmless(cell)));
    }
    text.push_str(&String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()));
    text
}

/// Returns a cell that no spreadsheet takes for a formula.
///
/// The signs are those of the OWASP list, with the full-width forms that some editions read as the same, and wherever
/// white space stands before them.
fn harmless(cell: &str) -> String {
    let first = cell.trim_start().chars().next();
    let formula = first.is_some_and(|c| "=+-@＝＋－＠".contains(c)) || cell.starts_with(['\t', '\r', '\n']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}
