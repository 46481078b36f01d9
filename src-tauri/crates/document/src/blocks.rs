//! The blocks a record is made of.
//!
//! A document says what stands in it and in which order, never how it looks: both outputs are made from the same
//! blocks, so they cannot tell different facts. What a meeting contributes to a document is decided by whoever builds
//! it; how blocks become text is in `markdown`, how they become pages in `pdf`.

use chrono::{DateTime, Utc};
use serde::Serialize;

pub use crate::subject::Subject;

/// Describes a whole record: what a reader sees on every page, what a catalogue needs, and the blocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// The headline of the record.
    pub title: String,
    /// The kind of record above the headline, such as *Post-mortem*.
    pub label: String,
    /// Which edition this is, such as *internal edition*; it stands in the running header. May be empty.
    pub edition: String,
    /// The BCP 47 tag of the language that the record is written in. It also chooses between the Han variants.
    pub language: String,
    /// One line about the content, for the properties of the PDF. May be empty.
    pub subject: String,
    /// Keywords for the properties of the PDF.
    pub keywords: Vec<String>,
    /// When the record was made. It never comes from the clock of the machine: the same record gives the same bytes.
    pub created: DateTime<Utc>,
    /// The right half of the running header, such as the date of publication. May be empty.
    pub header_right: String,
    /// The left half of the footer, such as *Times in UTC*. May be empty.
    pub footer_left: String,
    /// What stands in the record, in reading order.
    pub blocks: Vec<Block>,
}

/// One thing in the flow of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Block {
    /// A heading; the anchor that links point to is made from its text.
    Heading {
        /// 1 for a section, 2 and 3 below it. Other levels are read as the nearest of these.
        level: u8,
        /// The words of the heading, in one line.
        text: String,
    },
    /// Running text. A line feed in it starts a new line.
    Paragraph(Vec<Span>),
    /// A remark in small soft text under the block before it.
    Note(Vec<Span>),
    /// The facts of the cover, up to four beside each other.
    Facts(Vec<Fact>),
    /// A bulleted or numbered list.
    List {
        /// Whether the items of this list and of those inside it are numbered.
        ordered: bool,
        /// The items, in order.
        items: Vec<Item>,
    },
    /// A table with a header row.
    Table(Table),
    /// Durations of an incident, drawn to scale.
    Durations(DurationBar),
    /// A drawing of the root cause analysis: vectors in the PDF; Mermaid and the same words as a list in Markdown.
    Drawing {
        /// What the drawing shows.
        caption: String,
        /// What is drawn.
        subject: Subject,
    },
    /// An image with what it shows.
    Figure(Figure),
    /// Text that is set as it is, line by line: an excerpt of a log.
    Excerpt {
        /// What the excerpt shows.
        caption: String,
        /// The lines.
        text: String,
    },
    /// A list of the headings of level 1 that follow it, with links and page numbers.
    Contents,
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Words that carry weight.
    Strong(String),
    /// Words that are stressed.
    Emphasis(String),
    /// Something to be read literally: a command, a metric, an identifier.
    Code(String),
    /// Words that lead somewhere.
    Link {
        /// The words to read.
        text: String,
        /// Where they lead. Only `http`, `https` and `mailto` addresses become active; others are printed.
        url: String,
    },
}

/// One fact of the cover.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// What the fact is called, such as *Severity*.
    pub label: String,
    /// The fact itself.
    pub value: Vec<Span>,
}

/// An image of the record. Its bytes are asked for when a PDF is made; a document only names them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its file beside the Markdown; made by the program, never typed.
    pub name: String,
    /// Which image of the library it is.
    pub image: meeting::Image,
    /// What stands under it.
    pub caption: String,
    /// What it shows, for readers that cannot see it.
    pub alt: String,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The words of the item.
    pub text: Vec<Span>,
    /// What hangs below it.
    pub children: Vec<Item>,
}

/// A table with a header row that is repeated on every page it reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// The columns, from the start of the line to its end.
    pub columns: Vec<Column>,
    /// Rows of cells. A row with fewer cells than columns is filled with empty ones; further cells are left out.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// What the table shows.
    pub caption: Option<String>,
}

/// The head of a table's column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// The words of the header cell.
    pub title: String,
    /// The width in relation to the other columns; only the proportions matter. What is not above zero counts as 1.
    pub share: f32,
    /// To which side the cells lean.
    pub align: Align,
}

/// To which side of its column a cell leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Align {
    /// To where reading starts.
    Start,
    /// To the middle.
    Center,
    /// To where reading ends; for counts.
    End,
}

/// Moments of an incident on a bar that is drawn to scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DurationBar {
    /// The moments in the order of time.
    pub marks: Vec<Mark>,
    /// What the bar shows.
    pub caption: String,
}

/// One moment on a duration bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// What happened, such as *detected*.
    pub label: String,
    /// The time of day as it is shown, such as *14:16*.
    pub clock: String,
    /// Seconds since the first mark.
    pub seconds: i64,
    /// The time since the first mark in words, such as *2 min*.
    pub duration: Option<String>,
}

impl Span {
    /// Makes plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Makes words that carry weight.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong(text.into())
    }

    /// Makes words that are stressed.
    pub fn emphasis(text: impl Into<String>) -> Self {
        Self::Emphasis(text.into())
    }

    /// Makes something to be read literally.
    pub fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }

    /// Makes words that lead to `url`.
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self::Link { text: text.into(), url: url.into() }
    }

    /// Returns the words without their style. The address of a link is not part of them.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Emphasis(text)
            | Self::Code(text)
            | Self::Link { text, .. } => text,
        }
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl Block {
    /// Makes a heading of `level` 1 to 3.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// Makes a paragraph of plain words.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Span::text(text)])
    }

    /// Makes a remark of plain words.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Note(vec![Span::text(text)])
    }

    /// Makes a bulleted list.
    pub fn bullets(items: impl IntoIterator<Item = Item>) -> Self {
        Self::List { ordered: false, items: items.into_iter().collect() }
    }

    /// Makes a numbered list.
    pub fn numbered(items: impl IntoIterator<Item = Item>) -> Self {
        Self::List { ordered: true, items: items.into_iter().collect() }
    }
}

impl Item {
    /// Makes an item with nothing below it.
    pub fn new(text: Vec<Span>) -> Self {
        Self { text, children: Vec::new() }
    }

    /// Makes an item of plain words with nothing below it.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(vec![Span::text(text)])
    }

    /// Hangs `children` below the item.
    #[must_use]
    pub fn with(mut self, children: impl IntoIterator<Item = Item>) -> Self {
        self.children.extend(children);
        self
    }
}

impl Fact {
    /// Makes a fact whose value is plain words.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: vec![Span::text(value)] }
    }
}

impl Column {
    /// Makes a column that leans to where reading starts.
    pub fn new(title: impl Into<String>, share: f32) -> Self {
        Self { title: title.into(), share, align: Align::Start }
    }

    /// Leans the column to where reading ends; for counts.
    #[must_use]
    pub fn end(mut self) -> Self {
        self.align = Align::End;
        self
    }
}

impl Mark {
    /// Makes a moment `seconds` after the first mark.
    pub fn new(label: impl Into<String>, clock: impl Into<String>, seconds: i64) -> Self {
        Self { label: label.into(), clock: clock.into(), seconds, duration: None }
    }

    /// Adds the time since the first mark in words.
    #[must_use]
    pub fn after(mut self, duration: impl Into<String>) -> Self {
        self.duration = Some(duration.into());
        self
    }
}
