//! Files that people bring: exports of chats, pagers and trackers, and tables, of any size.
//!
//! The caller opens the file; this crate only reads what it is given, once, and holds a bounded part of it. `stream`
//! makes text of the bytes, `json` or `delimited` finds the entries, `keep` chooses those that are kept, and the rest of
//! the crate gives them their instants as it does for pasted text. Text without columns is read as if it were pasted.
//! Nothing is half-imported: a file is read to its end or refused with a sentence.

mod cell;
mod delimited;
mod draft;
mod error;
mod json;
mod keep;
mod lost;
mod magic;
mod names;
mod people;
mod row;
mod slack;
mod stream;

use std::collections::HashSet;
use std::io::Read;
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use error::FileError;
pub use people::People;

use crate::date::{Day, WrittenDate};
use crate::entry::{Item, Layout};
use crate::report::{Assumptions, Reading};
use crate::{Error, LARGEST_TEXT};
use delimited::Dialect;
use draft::Sink;
use json::{Found, Walk};
use keep::Counts;
use lost::Lost;
use stream::Stream;

/// How many events of a file are kept unless the caller says otherwise.
pub const LARGEST_TIMELINE: usize = 5_000;
/// The largest entry of a JSON file, in bytes.
pub const LARGEST_ENTRY: usize = 8 * 1024 * 1024;
/// The largest row of a table, in bytes.
pub const LARGEST_ROW: usize = 1024 * 1024;
/// The most columns of a table.
pub const MOST_COLUMNS: usize = 1_024;

/// How far the reading of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReadingProgress"))]
pub struct Progress {
    /// Bytes read so far.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Events found so far.
    pub events: usize,
}

/// The part of a file that is wanted: events from `from` to `to`, either of which may be open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReadingWindow"))]
pub struct Window {
    /// The first instant.
    pub from: Option<DateTime<Utc>>,
    /// The last instant.
    pub to: Option<DateTime<Utc>>,
}

/// What the caller knows and wants.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What the person has answered so far.
    pub assumptions: &'a Assumptions,
    /// The part of the file that is wanted.
    pub window: Window,
    /// The names behind the ids of a chat export.
    pub people: &'a People,
    /// How many events are kept; [`LARGEST_TIMELINE`] when the caller does not say.
    pub limit: Option<usize>,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Brought {
    /// Events.
    Timeline(Box<FileReading>),
    /// A record that Debrief exported: to be imported as such.
    Record,
    /// The list of people of a chat export: to be read with [`People::read`] and given beside the messages.
    People,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "FileFormat"))]
pub enum Format {
    /// As a person would paste it.
    Text,
    /// Columns separated by commas.
    Commas,
    /// Columns separated by semicolons.
    Semicolons,
    /// Columns separated by tabs.
    Tabs,
    /// Columns separated by pipes.
    Pipes,
    /// The messages of a Slack channel.
    Slack,
    /// The log of a PagerDuty incident.
    PagerDuty,
    /// Any other JSON.
    Json,
    /// A JSON object on every line.
    JsonLines,
}

/// The events of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FileReading {
    /// What was read, as for pasted text.
    pub reading: Reading,
    /// How the file is written.
    pub format: Format,
    /// The encoding it was read in.
    pub encoding: String,
    /// How many events the file holds.
    pub found: usize,
    /// Events that were not kept because there are too many.
    pub beyond: usize,
    /// Events outside the window.
    pub outside: usize,
    /// The earliest time of all that was found, as far as the rows tell.
    pub first: Option<DateTime<Utc>>,
    /// The latest.
    pub last: Option<DateTime<Utc>>,
    /// What the person should know, in sentences: what was left out, and what was guessed.
    pub notes: Vec<String>,
}

/// Reads the events of a file.
///
/// The same bytes and the same answers give the same reading. Memory is bounded however large the file is.
///
/// # Errors
/// When the bytes are no text, the file is broken or holds no times, or `on_progress` stops it; nothing is kept then.
pub fn read_source(
    input: impl Read,
    wanted: &Wanted<'_>,
    on_progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Brought, FileError> {
    let mut stream = Stream::open(input, on_progress)?;
    if stream.rest().trim().is_empty() && stream.ended() {
        return Err(FileError::Empty);
    }
    if is_json(stream.rest()) {
        return read_json(&mut stream, wanted);
    }
    match delimited::detect(stream.rest(), stream.ended()) {
        Some(dialect) => read_table(&mut stream, &dialect, wanted),
        None => read_text(&mut stream, wanted),
    }
}

/// Reads a pasted text as a file when it is JSON; what is none, or broken, is left to the reader of text.
pub(crate) fn read_pasted_json(text: &str, assumptions: &Assumptions) -> Option<Reading> {
    if !is_json(text) {
        return None;
    }
    let wanted = Wanted { assumptions, window: Window::default(), people: &People::default(), limit: Some(usize::MAX) };
    match read_source(text.as_bytes(), &wanted, &mut |_| ControlFlow::Continue(())) {
        Ok(Brought::Timeline(found)) => Some(found.reading),
        Ok(Brought::Record | Brought::People) | Err(_) => None,
    }
}

/// Whether a text begins as JSON does: `[14:23]` begins a line of a log.
fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let inside = text.trim_start_matches(['[', ' ', '\t', '\r', '\n']);
    match text.bytes().next() {
        Some(b'{') => matches!(text[1..].trim_start().bytes().next(), Some(b'"' | b'}') | None),
        Some(b'[') => matches!(inside.bytes().next(), Some(b'{' | b'"' | b']') | None),
        _ => false,
    }
}

fn read_json<R: Read>(stream: &mut Stream<'_, R>, wanted: &Wanted<'_>) -> Result<Brought, FileError> {
    let mut walk = Walk::new(stream, Sink::new(wanted));
    let format = match walk.run()? {
        Found::Events(format) => format,
        Found::Record => return Ok(Brought::Record),
        Found::People => return Ok(Brought::People),
    };
    let Sink { keep, lost, comings, .. } = walk.sink;
    let told = keep.told;
    let (drafts, counts) = keep.finish();
    let nameless: HashSet<&str> = drafts.iter().filter_map(|(_, draft)| draft.nameless()).collect();
    let nameless = nameless.len();
    let items = drafts.into_iter().map(|(_, draft)| draft.into_item()).collect();
    let mut notes = Vec::new();
    if comings > 0 {
        let (say, were) = if comings == 1 { ("says", "was") } else { ("say", "were") };
        notes.push(format!("{} only {say} who came or went and {were} left out.", counted(comings, "message")));
    }
    if nameless > 0 {
        let ids = if nameless == 1 { "1 id stands".to_owned() } else { format!("{nameless} ids stand") };
        notes.push(format!("{ids} for people whose names are not in the file. Add the users.json of the export."));
    }
    let layout = Layout { items, mentions: mention(told), ..Layout::default() };
    Ok(finished(stream, layout, lost, counts, format, wanted, notes))
}

fn read_table<R: Read>(
    stream: &mut Stream<'_, R>,
    dialect: &Dialect,
    wanted: &Wanted<'_>,
) -> Result<Brought, FileError> {
    let rows = delimited::read(stream, dialect, wanted)?;
    let told = rows.keep.told;
    let (pieces, counts) = rows.keep.finish();
    let items = delimited::items(pieces, dialect);
    let layout = Layout { items, headings: rows.headings, mentions: mention(told), ..Layout::default() };
    let format = match dialect.delimiter {
        b'\t' => Format::Tabs,
        b';' => Format::Semicolons,
        b'|' => Format::Pipes,
        _ => Format::Commas,
    };
    Ok(finished(stream, layout, rows.lost, counts, format, wanted, Vec::new()))
}

fn read_text<R: Read>(stream: &mut Stream<'_, R>, wanted: &Wanted<'_>) -> Result<Brought, FileError> {
    while !stream.ended() {
        if stream.rest().len() > LARGEST_TEXT {
            return Err(FileError::LongText);
        }
        stream.more()?;
    }
    let reading = match crate::read_text(stream.rest(), wanted.assumptions) {
        Err(Error::TooLarge { .. }) => return Err(FileError::LongText),
        other => other?,
    };
    let mut instants: Vec<DateTime<Utc>> = reading.events.iter().filter_map(|event| event.at).collect();
    instants.sort_unstable();
    Ok(Brought::Timeline(Box::new(FileReading {
        format: Format::Text,
        encoding: stream.encoding().to_owned(),
        found: reading.events.len(),
        beyond: 0,
        outside: 0,
        first: instants.first().copied(),
        last: instants.last().copied(),
        notes: stream.note.clone().into_iter().collect(),
        reading,
    })))
}

/// A date that shows the order of day and month, for a file whose telling row was not kept.
fn mention(told: Option<bool>) -> Vec<WrittenDate> {
    let date = chrono::NaiveDate::from_ymd_opt(2000, 12, 31);
    let day = |day_first: bool| match day_first {
        true => Day::Either { day_first: date, month_first: None },
        false => Day::Either { day_first: None, month_first: date },
    };
    told.map(|told| WrittenDate { day: day(told), weekday: None, dotted: false }).into_iter().collect()
}

fn finished<R: Read>(
    stream: &Stream<'_, R>,
    mut layout: Layout,
    lost: Lost,
    counts: Counts,
    format: Format,
    wanted: &Wanted<'_>,
    mut notes: Vec<String>,
) -> Brought {
    let kept = layout.items.iter().filter(|item| matches!(item, Item::Entry(_))).count();
    layout.not_understood = lost.lines;
    layout.not_understood.sort_by_key(|line| line.line);
    let reading = crate::complete(layout, wanted.assumptions);
    let instant = |seconds: Option<i64>| seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let (first, last) = (instant(counts.first), instant(counts.last));
    notes.extend(stream.note.clone());
    notes.extend(too_many(kept, &counts, first.zip(last), wanted));
    if lost.unlisted > 0 {
        notes.push(format!("{} more became no event and are not listed.", counted(lost.unlisted, "entry")));
    }
    Brought::Timeline(Box::new(FileReading {
        reading,
        format,
        encoding: stream.encoding().to_owned(),
        found: counts.found,
        beyond: counts.beyond,
        outside: counts.outside,
        first,
        last,
        notes,
    }))
}

/// What was left out, and what would bring it in.
fn too_many(
    kept: usize,
    counts: &Counts,
    span: Option<(DateTime<Utc>, DateTime<Utc>)>,
    wanted: &Wanted<'_>,
) -> Vec<String> {
    let mut notes = Vec::new();
    let zone = wanted.assumptions.zone.unwrap_or(chrono_tz::Tz::UTC);
    let shown = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    let span = span
        .map_or(String::new(), |(first, last)| format!(" from {} to {} {}", shown(first), shown(last), zone.name()));
    if counts.outside > 0 {
        let outside = counted(counts.outside, "event");
        notes.push(format!(
            "The file holds {}{span}; {outside} lie outside the window and were left out.",
            counted(counts.found, "event")
        ));
    }
    if counts.beyond > 0 {
        let beyond = counted(counts.beyond, "event");
        notes.push(format!(
            "The file holds {}{span}; the earliest {} were taken in and {beyond} were left out. Say from when to when the incident lasted to read that part.",
            counted(counts.found, "event"),
            grouped(kept),
        ));
    }
    notes
}

/// `1 event`, `48,211 events`.
fn counted(count: usize, noun: &str) -> String {
    let plural = match (count, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{noun}s"),
    };
    format!("{} {plural}", grouped(count))
}

fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
