//! The parts of a text: events as written, and what stands between them.

use meeting::timeline::EventKind;

use crate::actor;
use crate::date::WrittenDate;
use crate::lines::{Source, plain};
use crate::report::{Heading, Line, Says};
use crate::stamp::Stamp;
use crate::zone::WrittenZone;

/// An event as written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entry {
    pub(crate) line: usize,
    pub(crate) continued: Vec<usize>,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) actor: Option<String>,
    pub(crate) text: String,
    /// The kind that a column names, with its words.
    pub(crate) kind: Option<(EventKind, String)>,
    /// A message of a chat, whose lines are always in order.
    pub(crate) message: bool,
}

impl Entry {
    /// An event whose actor is found at the start of its text.
    pub(crate) fn new(line: usize, stamp: Option<Stamp>, text: &str) -> Entry {
        let (actor, text) = actor::split_actor(text);
        Entry { actor, ..Entry::told(line, stamp, &text) }
    }

    /// An event whose actor is known.
    pub(crate) fn by(line: usize, stamp: Option<Stamp>, actor: String, text: &str) -> Entry {
        Entry { actor: Some(actor), ..Entry::told(line, stamp, text) }
    }

    fn told(line: usize, stamp: Option<Stamp>, text: &str) -> Entry {
        let mut text = plain(text);
        if let Some(range) = stamp.as_ref().and_then(|stamp| stamp.range.as_ref()).filter(|_| !text.is_empty()) {
            text = format!("{range} {text}");
        }
        Entry { line, stamp, text, ..Entry::default() }
    }
}

/// A part of the text that matters for time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    Entry(Box<Entry>),
    /// A date for what follows.
    Date {
        line: usize,
        date: WrittenDate,
    },
    /// A zone for what follows.
    Zone {
        line: usize,
        zone: WrittenZone,
    },
    /// A heading without a date: what follows may start over.
    Section,
}

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Layout {
    pub(crate) items: Vec<Item>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) not_understood: Vec<Line>,
    /// Dates in sentences, which may tell a missing year.
    pub(crate) mentions: Vec<WrittenDate>,
}

impl Layout {
    /// Notes a line that is no event but says something.
    pub(crate) fn heading(&mut self, line: &Source, says: Says) {
        self.headings.push(Heading { line: line.number, text: line.text.clone(), says });
    }
}
