//! The record as a document: blocks that become Markdown and PDF.
//!
//! A [`Document`] is a list of blocks that say what stands in a record. [`markdown`] and [`pdf`] write the same blocks,
//! so neither can hold a fact that the other lacks. [`record`] decides what of a meeting stands in a document,
//! [`public`] what of it people outside may read, [`summary`] what is pasted into a chat, [`invitation`] what is sent out
//! before it. [`json`] keeps the whole; [`actions_csv`], [`timeline_csv`] and [`due_dates`] carry a part of it elsewhere.
//! Nothing here knows files, windows or clocks: the same document gives the same bytes. Images are named in a document
//! and handed in by whoever keeps them.

pub mod blocks;
mod calendar;
mod csv;
mod due;
mod erasure;
mod image;
mod index;
mod invitation;
mod json;
mod markdown;
mod pdf;
mod plain;
mod public;
mod record;
mod subject;
mod summary;
mod ticket;
mod words;

pub use blocks::{Align, Block, Column, Document, DurationBar, Fact, Figure, Item, Mark, Span, Subject, Table};
pub use csv::{actions_csv, timeline_csv};
pub use due::{due_date, due_dates};
pub use erasure::{Erasure, Place, without_name};
pub use image::without_metadata;
pub use index::{Listed, index, is_an_index};
pub use invitation::{calendar, invitation};
pub use json::{ImportError, from_json, json};
pub use markdown::{markdown, markdown_beside};
pub use pdf::{DocumentError, Images, Pdf, no_images, pdf};
pub use plain::plain;
pub use public::{Beside, Finding, Leak, LeftOut, Public, Replaced, leaks, public};
pub use record::{Edition, record};
pub use summary::summary;
pub use ticket::{TicketError, new_issue_page};
