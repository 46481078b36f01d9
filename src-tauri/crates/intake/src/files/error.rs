//! Why a file was refused as a whole: what happened, where, that nothing was taken in, and what to do.

use super::json::DEEPEST;
use super::{LARGEST_ENTRY, MOST_COLUMNS};
use crate::{Error, LARGEST_TEXT};

/// Why a file was refused; nothing of it was taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The disk or the network did not give the bytes.
    #[error(
        "The file could not be read to its end: {0}. Nothing was taken in. Copy it to this computer and try again."
    )]
    Unreadable(String),
    /// The person stopped it.
    #[error("Reading was stopped. Nothing was taken in.")]
    Stopped,
    /// There is nothing in it.
    #[error("The file is empty. Nothing was taken in. Export it again.")]
    Empty,
    /// Its first bytes say that it is no text.
    #[error("This is {what}. Nothing was taken in. {advice}")]
    NoText {
        /// What it is, with its article.
        what: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// A byte that no text holds.
    #[error(
        "Line {line} holds a zero byte, so this is no text file or a damaged one. Nothing was taken in. Export it again as text, CSV or JSON."
    )]
    ZeroByte {
        /// Counted from one.
        line: usize,
    },
    /// Bytes that are no letters in the encoding of the file.
    #[error("Line {line} is not valid {encoding}. Nothing was taken in. Save the file as UTF-8 and choose it again.")]
    NotEncoded {
        /// Counted from one.
        line: usize,
        /// The encoding that the rest of the file is in.
        encoding: &'static str,
    },
    /// The JSON cannot be read from here on.
    #[error(
        "Line {line}, column {column}: the JSON cannot be read ({what}). {readable} events stand before it, but nothing was taken in. Export the file again or repair that line."
    )]
    Broken {
        /// Counted from one.
        line: usize,
        /// Counted from one, in bytes.
        column: usize,
        /// What the parser expected.
        what: String,
        /// How many events could be read before.
        readable: usize,
    },
    /// The JSON ends in the middle.
    #[error(
        "The file ends at line {line} in the middle of the JSON. {readable} events stand before it, but nothing was taken in. Export or copy the file again."
    )]
    CutOff {
        /// Counted from one.
        line: usize,
        /// How many events could be read before.
        readable: usize,
    },
    /// Objects within objects, too many.
    #[error(
        "At line {line} the JSON is nested deeper than {} levels. Nothing was taken in. Export only the list of events.",
        DEEPEST
    )]
    TooDeep {
        /// Counted from one.
        line: usize,
    },
    /// One entry is larger than [`LARGEST_ENTRY`].
    #[error(
        "The entry that begins at line {line} is larger than {} bytes. Nothing was taken in. Shorten or remove it and choose the file again.",
        LARGEST_ENTRY
    )]
    EntryTooLarge {
        /// Counted from one.
        line: usize,
    },
    /// A quote that is never closed.
    #[error(
        "The quote that opens at line {line} is never closed. {readable} events stand before it, but nothing was taken in. Close the quote or remove it."
    )]
    OpenQuote {
        /// Counted from one.
        line: usize,
        /// How many events could be read before.
        readable: usize,
    },
    /// A row has more columns than [`MOST_COLUMNS`].
    #[error(
        "Line {line} has more than {} columns. Nothing was taken in. Keep the columns with time, text and actor.",
        MOST_COLUMNS
    )]
    TooManyColumns {
        /// Counted from one.
        line: usize,
    },
    /// No entry has a time.
    #[error(
        "None of the {entries} entries has a time and a text under a name that is known. Nothing was taken in. Name the fields “time” and “text”, or paste the timeline."
    )]
    NoTimes {
        /// How many were looked at.
        entries: usize,
    },
    /// A text that is no table and no JSON, and larger than [`LARGEST_TEXT`].
    #[error(
        "This is text without columns, and more than the {} bytes that are read at once. Nothing was taken in. Keep the part that holds the timeline.",
        LARGEST_TEXT
    )]
    LongText,
    /// The text was refused by the reader of pasted text.
    #[error(transparent)]
    Text(#[from] Error),
}
