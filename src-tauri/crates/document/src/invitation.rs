//! The invitation: what is sent out before the meeting, as Markdown and as an iCalendar file.
//!
//! It says why, when and in which order, and asks people to send what they remember on a form of a few lines that the
//! timeline reader understands when it comes back. Nothing of the incident that is not known to everybody invited
//! stands in it: no names of who acted, no impact, no notes.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use meeting::{ListField, Meeting, Role, TextField, Times};

use crate::record::{first_time, label};
use crate::{Block, Document, Fact, Item, Span};

/// Builds the invitation to a meeting.
#[must_use]
pub fn invitation(meeting: &Meeting) -> Document {
    let times = Times::of(meeting);
    let incident = &meeting.incident;
    let title = incident.text(TextField::Title);
    let label = label(meeting);
    let when = meeting.planned_for.map_or_else(
        || "date to follow".to_owned(),
        |at| format!("{}, {} ({})", times.day(at), times.clock(at), times.zone_words(Some(at))),
    );
    let mut facts = vec![fact("When", &when), fact("How long", &format!("{} min", minutes(meeting)))];
    let facilitator = incident.names(Role::Facilitator).join(", ");
    if !facilitator.is_empty() {
        facts.push(fact("Facilitator", &facilitator));
    }
    if let Some(at) = first_time(meeting) {
        facts.push(fact("Incident of", &times.date(at)));
    }
    let mut blocks = vec![
        Block::Facts(facts),
        paragraph(
            "We look at what happened to understand it, not to find fault. Everybody acted sensibly on what they knew \
             at that minute; what we can change are the conditions. Different views of one event are expected and \
             welcome. Nothing said there enters a performance review.",
        ),
        heading("Agenda"),
        Block::List {
            ordered: true,
            items: meeting
                .agenda
                .iter()
                .map(|item| leaf(&format!("{}, {} min", item.section.word(), item.planned.to_minutes())))
                .collect(),
        },
        heading("Before we meet"),
    ];
    let mut before = vec![leaf("Bring the phone in your pocket: you write and vote with it, without an account.")];
    if !meeting.timeline.is_empty() {
        before.insert(0, leaf("Read the timeline. What is missing, and what looked different from where you were?"));
    }
    before.push(leaf("If something makes this one hard to talk about, tell the facilitator; it goes no further."));
    blocks.push(Block::List { ordered: false, items: before });
    blocks.push(heading("What you remember"));
    blocks.push(paragraph(
        "Answer with lines like these, one for each thing you saw, did or decided. Only the facilitator reads them; \
         what goes into the timeline is taken over without your name.",
    ));
    let day = first_time(meeting).map_or_else(|| "2026-05-06".to_owned(), |at| times.wall(at)[..10].to_owned());
    let zone = incident.zone.name();
    blocks.push(Block::List {
        ordered: false,
        items: [
            format!("{day} 14:05 {zone}: what you saw, and on which screen"),
            format!("{day} 14:20 {zone}: what you did or decided, and what you knew then"),
        ]
        .iter()
        .map(|line| Item { text: vec![Span::code(line.as_str())], children: Vec::new() })
        .collect(),
    });
    Document {
        title: if title.is_empty() { format!("Invitation to a {}", label.to_lowercase()) } else { title.to_owned() },
        label: format!("Invitation · {label}"),
        edition: String::new(),
        language: "en".to_owned(),
        subject: String::new(),
        keywords: Vec::new(),
        created: meeting.changed,
        header_right: String::new(),
        footer_left: String::new(),
        blocks,
    }
}

/// Returns the meeting as an iCalendar file (RFC 5545), with the agenda in its description; none without a date.
///
/// `sent` stamps the file; a calendar takes the newer of two files for one meeting.
#[must_use]
pub fn calendar(meeting: &Meeting, sent: DateTime<Utc>) -> Option<String> {
    let start = meeting.planned_for?;
    let title = meeting.incident.text(TextField::Title);
    let agenda: Vec<String> = meeting
        .agenda
        .iter()
        .map(|item| format!("{} min  {}", item.planned.to_minutes(), item.section.word()))
        .collect();
    let mut event = Event::new();
    event
        .uid(&format!("{}@debrief", meeting.id))
        .timestamp(sent)
        .summary(&format!("{}: {title}", label(meeting)))
        .description(&format!("We look at what happened to understand it, not to find fault.\n\n{}", agenda.join("\n")))
        .starts(start)
        .ends(start + TimeDelta::minutes(i64::from(minutes(meeting))));
    let invited = meeting.incident.list(ListField::Invited).iter();
    for address in invited.filter_map(|entry| meeting::name_and_address(entry).1) {
        event.add_multi_property("ATTENDEE", &format!("mailto:{address}"));
    }
    Some(crate::calendar::file(Calendar::new().push(event.done())))
}

fn minutes(meeting: &Meeting) -> u32 {
    meeting.agenda.iter().map(|item| item.planned.to_minutes()).sum()
}

fn fact(label: &str, value: &str) -> Fact {
    Fact { label: label.to_owned(), value: vec![Span::text(value)] }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Span::text(text)])
}

fn leaf(text: &str) -> Item {
    Item { text: vec![Span::text(text)], children: Vec::new() }
}
