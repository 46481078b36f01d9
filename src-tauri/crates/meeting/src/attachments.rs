//! Evidence: images and excerpts of logs, attached to the incident or to an event of the timeline.
//!
//! An image lies outside the log, in the library's own store, and is named here by its digest; an excerpt is text
//! and lies in the log. Both may be shown on the stage after the event they belong to.

use serde::{Deserialize, Serialize};

use crate::{AttachmentId, EventId};

/// The largest image, in bytes.
pub const IMAGE_LIMIT: u64 = 20 * 1024 * 1024;
/// The largest side of an image, in pixels.
pub const IMAGE_SIDE_LIMIT: u32 = 20_000;
/// The most attachments of one post-mortem.
pub const ATTACHMENT_LIMIT: usize = 200;
/// The longest excerpt, in characters.
pub const EXCERPT_LIMIT: usize = 10_000;

/// How an image is encoded; the two that every reader of the record can draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ImageFormat {
    /// PNG, for screens and graphs.
    Png,
    /// JPEG, for photographs.
    Jpeg,
}

impl ImageFormat {
    /// Returns the media type under which it is served.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Returns the ending of its file.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// An image of the library: what it is, and the digest that names its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Image {
    /// How it is encoded.
    pub format: ImageFormat,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its size in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// The SHA-256 of its bytes in hexadecimal.
    pub digest: String,
}

/// What is attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Content {
    /// A graph, a screenshot, a photograph.
    Image {
        /// Which one.
        image: Image,
    },
    /// Lines of a log, set as they are.
    Excerpt {
        /// The lines.
        text: String,
    },
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Attachment {
    /// Which one.
    pub id: AttachmentId,
    /// The event it shows; none when it belongs to the incident as a whole.
    pub event: Option<EventId>,
    /// What it is.
    pub content: Content,
    /// What it shows, in a sentence; stands under it and is read out in its place.
    pub caption: String,
    /// Shown on the stage after its event.
    pub staged: bool,
    /// May stand in the public edition.
    pub public: bool,
}

/// One change to a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum AttachmentChange {
    /// What it shows.
    Caption(String),
    /// Another event, or none.
    Event(Option<EventId>),
    /// Whether it is shown on the stage.
    Staged(bool),
    /// Whether it may be published.
    Public(bool),
}
