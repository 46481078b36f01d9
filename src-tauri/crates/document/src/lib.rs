//! The record as a document: blocks that become Markdown and PDF.
//!
//! A [`Document`] is a list of blocks that say what stands in a record. [`markdown`] and [`pdf`] write the same blocks,
//! so neither can hold a fact that the other lacks. [`record`] decides what of a meeting stands in a document,
//! [`invitation`] what is sent out before it. Nothing here knows files, windows or clocks: the same document gives the
//! same bytes.

pub mod blocks;
mod invitation;
mod json;
mod markdown;
mod pdf;
mod record;
mod ticket;
mod words;

pub use blocks::{Align, Block, Column, Document, DurationBar, Fact, Item, Mark, Span, Table};
pub use invitation::{calendar, invitation};
pub use json::{ImportError, from_json, json};
pub use markdown::markdown;
pub use pdf::{DocumentError, Pdf, pdf};
pub use record::record;
pub use ticket::{TicketError, new_issue_page};
