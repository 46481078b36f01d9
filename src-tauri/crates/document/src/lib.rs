//! The record as a document: blocks that become Markdown and PDF.
//!
//! A [`Document`] is a list of blocks that say what stands in a record. [`markdown`] and [`pdf`] write the same blocks,
//! so neither can hold a fact that the other lacks. Nothing here knows files, windows or clocks: the same document
//! gives the same bytes.

pub mod blocks;
mod markdown;
mod pdf;
mod words;

pub use blocks::{Align, Block, Column, Document, DurationBar, Fact, Item, Mark, Span, Table};
pub use markdown::markdown;
pub use pdf::{DocumentError, Pdf, pdf};
