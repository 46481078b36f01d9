//! What the console sees before a meeting is open: the library, and what a pasted timeline was understood as.

use chrono::{DateTime, Utc};
use meeting::{PostMortemId, Retention, Severity, Status};
use serde::{Deserialize, Serialize};

/// A post-mortem in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct LibraryEntry {
    /// Which one.
    pub id: PostMortemId,
    /// What it is called.
    pub title: String,
    /// Where the record stands.
    pub status: Status,
    /// Where the meeting stands, in a word: *preparing*, *in progress*, *adjourned*, *held*.
    pub progress: String,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// The services affected.
    pub services: Vec<String>,
    /// The time of the first event.
    pub happened: Option<DateTime<Utc>>,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// Committed action items that are not done or dropped.
    pub open_actions: u32,
    /// Committed action items.
    pub actions: u32,
}

/// The library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct LibraryView {
    /// Newest first.
    pub entries: Vec<LibraryEntry>,
    /// Where the library lies.
    pub folder: String,
    /// How long records are kept.
    pub retention: Retention,
    /// Those that were not changed for so long that they are due to be deleted.
    pub due: Vec<PostMortemId>,
    /// A sentence about something that was found at the start, a damaged file for instance; empty when all is well.
    pub notice: String,
}

/// Where somebody is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct NameFound {
    /// The post-mortems that name the person, or may.
    pub records: Vec<NamedIn>,
    /// The templates that do, by name.
    pub templates: Vec<String>,
}

/// A place where a word may be a name and may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct UnclearPlace {
    /// Tells it from others, in the whole library, as long as nothing is changed.
    pub key: String,
    /// The words around it.
    pub excerpt: String,
}

/// A post-mortem that names somebody, or may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct NamedIn {
    /// Which one.
    pub id: PostMortemId,
    /// What it is called.
    pub title: String,
    /// Where its log names the person for sure, each in its sentence.
    pub sure: Vec<String>,
    /// Where a word may be the name and may not.
    pub unclear: Vec<UnclearPlace>,
    /// The meeting has not ended: what is still hidden cannot be searched.
    pub still_hidden: bool,
}
