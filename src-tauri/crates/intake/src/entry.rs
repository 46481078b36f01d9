//! The parts of a text: events as written, and what stands between them.

use std::collections::BTreeSet;

use meeting::timeline::EventKind;

use crate::actor;
use crate::date::WrittenDate;
use crate::lines::{Source, plain};
use crate::report::{Heading, Line, Says};
use crate::stamp::Stamp;
use crate::topic::Topic;
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
    /// A sentence of a paragraph, not an item of a list.
    pub(crate) spoken: Spoken,
}

/// Whether a time was told in a sentence of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Spoken {
    /// It stands in a list, a table or a chat.
    #[default]
    No,
    /// The sentence begins with it.
    First,
    /// The sentence names it on the way.
    InPassing,
    /// It stands in a block of code, as a quoted log does.
    Quoted,
    /// It stands in a field beside a description.
    Field,
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
    /// A date for every line that has none of its own ("unless otherwise noted").
    Usual {
        line: usize,
        date: WrittenDate,
    },
    /// A zone for what follows.
    Zone {
        line: usize,
        zone: WrittenZone,
    },
    /// A heading: what follows may start over.
    Section(Topic),
}

impl Item {
    /// The event, if it is one.
    pub(crate) fn entry(&self) -> Option<&Entry> {
        match self {
            Item::Entry(entry) => Some(entry),
            Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
        }
    }
}

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Layout {
    pub(crate) items: Vec<Item>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) not_understood: Vec<Line>,
    /// Dates in sentences, which may tell a missing year.
    pub(crate) mentions: Vec<WrittenDate>,
    /// Years that a title or "March 2026" names.
    pub(crate) years: BTreeSet<i32>,
    /// The only date of the page, above its text, with its line: where no line says another day, it is that of the events.
    pub(crate) page: Option<(usize, WrittenDate)>,
    /// Something in the text shows that it counts 24 hours.
    pub(crate) counts_24: bool,
    /// Zones beside clocks in sentences that became no events, with their lines.
    pub(crate) spoken_zones: Vec<(usize, WrittenZone)>,
}

impl Layout {
    /// Gives the lines of a page that was read without its tags back as they were pasted.
    ///
    /// Several parts of a page may stand on one line; it is told once, and a line of nothing but tags is a drawn one.
    pub(crate) fn as_pasted(&mut self, sources: &[Source]) {
        let text = |line: usize| sources[line - 1].text.clone();
        let entries = self.items.iter_mut().filter_map(|item| match item {
            Item::Entry(entry) => Some(entry),
            Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
        });
        let entries: Vec<&mut Box<Entry>> = entries.collect();
        let mut seen: BTreeSet<usize> = entries.iter().map(|entry| entry.line).collect();
        for entry in entries {
            entry.continued.retain(|line| seen.insert(*line));
        }
        self.headings.retain_mut(|heading| {
            heading.text = text(heading.line);
            seen.insert(heading.line)
        });
        self.not_understood.retain_mut(|lost| {
            lost.text = text(lost.line);
            seen.insert(lost.line)
        });
        for line in sources.iter().filter(|line| !line.is_blank() && !seen.contains(&line.number)) {
            self.headings.push(Heading { line: line.number, text: line.text.clone(), says: Says::Rule });
        }
    }

    /// Notes a line that is no event but says something.
    pub(crate) fn heading(&mut self, line: &Source, says: Says) {
        self.headings.push(Heading { line: line.number, text: line.text.clone(), says });
    }
}
