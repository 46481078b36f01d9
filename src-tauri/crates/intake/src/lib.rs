//! Intake: what people paste becomes the events of a timeline, with a report of how each was read.
//!
//! The principle: a wrong instant is worse than an event without one. Where the text does not say (no zone, no date,
//! `03/04`), the instant is left open and a [`Doubt`] asks; the answer comes back as [`Assumptions`] and the same text
//! is read again. Nothing is dropped silently: every line is an event, part of one, a heading, or listed as not
//! understood.
//!
//! A text passes through `lines` (cleaning), `layout` with `stamp`, `chat` and `table` (which lines are events),
//! `resolve` with `days` and `zones` (which instant is meant) and `kind` and `milestone` (what it probably was).
//! Exports and tables of any size come in through `files`, and `merge` lays a second source beside the first.
//! The crate is pure: no clock, no sockets, no randomness, and it opens no file.

mod actor;
mod calendar;
mod chat;
mod clock;
mod columns;
mod date;
mod days;
mod elapsed;
mod entry;
mod files;
mod halves;
mod html;
mod inner;
mod kind;
mod layout;
mod lines;
mod mentions;
mod merge;
mod milestone;
mod moment;
mod names;
mod phrases;
mod rank;
mod report;
mod resolve;
mod stamp;
mod table;
mod tabular;
mod topic;
mod wording;
mod zone;
mod zones;

pub use files::{
    Brought, FileError, FileReading, Format, LARGEST_ENTRY, LARGEST_ROW, LARGEST_TIMELINE, MOST_COLUMNS, People,
    Progress, Wanted, Window, read_source,
};
pub use lines::{LARGEST_TEXT, LONGEST_LINE};
pub use merge::{Existing, Likeness, Merged, Place, merge};
pub use milestone::{Mark, MilestoneGuess, suggest_milestones};
pub use report::{
    Assumptions, Doubt, GoingBack, Heading, Line, LocalDate, LocalTime, Occurrence, Order, Question, ReadEvent,
    Reading, Says, UnmarkedHours, ZoneFound,
};

/// Why a text was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is larger than [`LARGEST_TEXT`].
    #[error(
        "The text has {bytes} bytes; at most {} are read at once. Nothing was taken in. Paste the part that holds the timeline.",
        LARGEST_TEXT
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// A line is longer than [`LONGEST_LINE`].
    #[error(
        "Line {line} has {bytes} bytes; at most {} are read. Nothing was taken in. Shorten or remove that line and paste again.",
        LONGEST_LINE
    )]
    LineTooLong {
        /// Counted from one.
        line: usize,
        /// Its size.
        bytes: usize,
    },
}

/// Reads the events of a pasted text.
///
/// The same text and the same assumptions give the same reading.
///
/// # Errors
///
/// Refuses a text or a line that is too large; nothing else fails.
pub fn read(text: &str, assumptions: &Assumptions) -> Result<Reading, Error> {
    if text.len() <= LARGEST_TEXT
        && let Some(reading) = files::read_pasted_json(text, assumptions)
    {
        return Ok(reading);
    }
    read_text(text, assumptions)
}

/// Reads a text that is no JSON.
fn read_text(text: &str, assumptions: &Assumptions) -> Result<Reading, Error> {
    let sources = lines::split(text)?;
    Ok(complete(layout::lay_out(&sources), assumptions))
}

/// Gives what was laid out its instants and its milestones.
fn complete(layout: entry::Layout, assumptions: &Assumptions) -> Reading {
    let mut reading = resolve::resolve(layout, assumptions);
    for (index, guess) in suggest_milestones(&reading.events) {
        reading.events[index].milestone.get_or_insert(guess);
    }
    reading
}
