//! The record: a meeting, as a document. The one place where it is decided what stands in a record and in which
//! order; both outputs are made from its blocks.
//!
//! A reader who stops after the first page knows what happened, why, and what will change: cover facts, summary,
//! durations, takeaways and action items come first. Missing facts read *not recorded*; empty optional sections are
//! left out. What is still hidden in the meeting is not reachable from here.

mod cover;
mod history;
mod learning;
mod material;
mod meeting_part;
mod outcome;
mod timeline;

use chrono::{DateTime, Utc};
use meeting::{ListField, Meeting, Status, TextField, Times};
use serde::{Deserialize, Serialize};

use crate::{Block, Document, Item, Span};

pub(crate) use outcome::{addressed, due};

/// What stands for a fact nobody recorded.
pub(crate) const NOT_RECORDED: &str = "not recorded";

/// For whom a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edition {
    /// For the organisation: everything.
    Internal,
    /// For people outside.
    Public,
}

impl Edition {
    /// Returns the words that stand in the record.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal edition",
            Self::Public => "public edition",
        }
    }
}

/// Builds the internal edition of the record, at any moment of the meeting.
#[must_use]
pub fn record(meeting: &Meeting) -> Document {
    build(meeting, Edition::Internal)
}

/// Builds an edition from what the meeting holds. For the public edition that is a copy which holds nothing private; the
/// edition only decides whether an absent fact is worth a word.
pub(crate) fn build(meeting: &Meeting, edition: Edition) -> Document {
    let times = Times::of(meeting);
    let mut blocks = Vec::new();
    cover::cover(meeting, &times, &mut blocks);
    outcome::at_a_glance(meeting, edition, &mut blocks);
    blocks.push(Block::heading(2, "Contents"));
    blocks.push(Block::Contents);
    cover::incident(meeting, &times, &mut blocks);
    timeline::timeline(meeting, &times, &mut blocks);
    learning::notes(meeting, &mut blocks);
    learning::causes(meeting, &times, &mut blocks);
    outcome::actions(meeting, &mut blocks);
    outcome::vote(meeting, &mut blocks);
    outcome::previous(meeting, &mut blocks);
    meeting_part::aside(meeting, &mut blocks);
    material::material(meeting, &times, &|_| true, &mut blocks);
    meeting_part::meeting_part(meeting, &times, &mut blocks);
    history::history(meeting, &times, &mut blocks);
    let title = meeting.incident.text(TextField::Title);
    Document {
        title: if title.is_empty() { "Untitled post-mortem".to_owned() } else { title.to_owned() },
        label: label(meeting).to_owned(),
        edition: edition.word().to_owned(),
        language: "en".to_owned(),
        subject: meeting.incident.text(TextField::Summary).to_owned(),
        keywords: meeting.incident.list(ListField::Services).to_vec(),
        created: meeting.changed,
        header_right: header(meeting, &times),
        footer_left: format!("Times in {}", times.zone_words(first_time(meeting))),
        blocks,
    }
}

/// Returns what such a document is called.
pub(crate) fn label(meeting: &Meeting) -> &str {
    match meeting.incident.text(TextField::DocumentLabel) {
        "" => "Post-mortem",
        label => label,
    }
}

fn header(meeting: &Meeting, times: &Times) -> String {
    let date = times.date(meeting.changed);
    match meeting.status {
        Status::Draft => format!("Draft of {date}"),
        Status::InReview => format!("In review, {date}"),
        Status::Published => format!("Published {date}"),
        Status::Closed => format!("Closed {date}"),
    }
}

/// Returns the time of the first event whose time is known.
pub(crate) fn first_time(meeting: &Meeting) -> Option<DateTime<Utc>> {
    meeting.timeline.iter().find_map(|event| event.at)
}

/// Returns a text, or *not recorded*.
pub(crate) fn or_not_recorded(text: &str) -> String {
    if text.is_empty() { NOT_RECORDED.to_owned() } else { text.to_owned() }
}

/// Adds a heading and its paragraphs when there is something to say.
pub(crate) fn prose(heading: &str, level: u8, text: &str, blocks: &mut Vec<Block>) {
    if text.is_empty() {
        return;
    }
    blocks.push(Block::heading(level, heading));
    blocks.extend(text.split("\n\n").filter(|part| !part.trim().is_empty()).map(Block::paragraph));
}

/// Adds a heading and a list when there is something on it.
pub(crate) fn list(heading: &str, level: u8, ordered: bool, items: &[String], blocks: &mut Vec<Block>) {
    if !items.is_empty() {
        blocks.push(Block::heading(level, heading));
        blocks.push(Block::List { ordered, items: items.iter().map(|item| leaf(item)).collect() });
    }
}

/// Makes an item with nothing below it.
pub(crate) fn leaf(text: &str) -> Item {
    Item { text: vec![linked(text)], children: Vec::new() }
}

/// Makes a link of what is an address as a whole, and plain words of anything else.
pub(crate) fn linked(text: &str) -> Span {
    let is_address =
        (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace);
    if is_address { Span::link(text, text) } else { Span::text(text) }
}

/// Makes a link of an address that stands at the end of its line, as in *Dashboard: https://…*.
pub(crate) fn with_address(text: &str) -> Item {
    match text.trim().rsplit_once(char::is_whitespace) {
        Some((before, address)) => match linked(address) {
            link @ Span::Link { .. } => Item::new(vec![Span::text(format!("{before} ")), link]),
            _ => leaf(text),
        },
        None => leaf(text),
    }
}
