//! The two drawings of the root cause analysis: the why tree and the fishbone.
//!
//! A drawing is laid out once, here, and painted by others: the stage builds SVG from its boxes, lines and texts, the
//! PDF paints them as vectors, and the Markdown record carries the same order of thought as Mermaid text. Nothing here
//! knows a colour or a file. Type never shrinks: what does not fit on a page at the size asked for goes on in the next
//! drawing, where the answer it hangs on is repeated as a joint.
//!
//! A screen that is read from afar holds a handful of lines, so `screen` draws both for it in a way of their own.
//!
//! [`why_tree`] and [`fishbone`] are the doors, [`why_screen`] and [`fish_screen`] those of the screen; [`Drawing`] is
//! what comes out. Text is broken into lines in `wrap`, where `breaks` allows it, and measured by whoever calls, or by
//! [`advance`] when the caller has nothing better.

mod advance;
mod breaks;
mod fishbone;
mod mermaid;
mod pen;
mod screen;
mod why;
mod wrap;

pub use advance::advance;
pub use breaks::unspaced_words;
pub use fishbone::fishbone;
pub use mermaid::{mermaid_fishbone, mermaid_why};
pub use screen::{Answers, Screen, fish_screen, why_screen};
use serde::Serialize;
pub use why::why_tree;

/// The room a drawing may take, in the units of whoever paints it.
///
/// A page of less than 20 × 14 times the type size is taken as that large, because no drawing can be read in less.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// From the left to the right edge.
    pub width: f32,
    /// The most a drawing may be high.
    pub height: f32,
}

/// How texts are set.
#[derive(Clone, Copy)]
pub struct Type<'a> {
    /// The size of every text, in the units of the page.
    pub size: f32,
    /// Returns the width of words at size 1.
    pub measure: &'a dyn Fn(&str, Weight) -> f32,
}

impl Type<'static> {
    /// Sets texts in the product's own family, measured by its advance widths.
    #[must_use]
    pub fn of_size(size: f32) -> Self {
        Self { size, measure: &advance }
    }
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Weight {
    /// What people wrote.
    Regular,
    /// Headings, and what the drawing itself says.
    SemiBold,
}

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum BoxRole {
    /// Where a why-chain starts.
    Symptom,
    /// An answer that is asked about further, or still open.
    Answer,
    /// An answer that says what the chain ends at.
    End,
    /// A category of contributing factors.
    Category,
    /// A contributing factor; painted without a frame.
    Entry,
    /// What the contributing factors led to.
    Effect,
    /// What another drawing shows: repeated so that this one can go on from it, or counted.
    Joint,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum LineRole {
    /// From an answer to what made it possible.
    Edge,
    /// The line of the fishbone that runs to the effect.
    Spine,
    /// From a category to the spine.
    Bone,
    /// From a bone to an entry.
    Tick,
}

/// Which point of a text its x names; left and right are those of the page in every script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A rectangle with words in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DrawnBox {
    /// Its number within the drawing, in the order of thought.
    pub id: u32,
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
    /// What it stands for.
    pub role: BoxRole,
    /// Whether it is the fifth answer of its branch, which a text in it says too.
    pub fifth: bool,
}

/// A line through two or more points.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DrawnLine {
    /// Its corners, as x and y.
    pub points: Vec<(f32, f32)>,
    /// What it stands for.
    pub role: LineRole,
}

/// One line of words; never to be wrapped again.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DrawnText {
    /// Where its anchor stands.
    pub x: f32,
    /// Where its baseline runs.
    pub y: f32,
    /// The type size.
    pub size: f32,
    /// How heavy it is.
    pub weight: Weight,
    /// Which point of it `x` names.
    pub anchor: Anchor,
    /// Whether its paragraph reads from right to left; the words themselves stand in the order they were typed in.
    pub rtl: bool,
    /// The words, as they were typed.
    pub words: String,
    /// The box it stands in.
    #[serde(rename = "box")]
    pub in_box: u32,
}

/// A page of shapes, in the order of thought: parents before children, siblings as they were written.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Drawing {
    /// The width of the page; what is narrower stands in its middle.
    pub width: f32,
    /// What the shapes need; at most the height of the page.
    pub height: f32,
    /// Which part of the whole it is, from 1.
    pub part: u32,
    /// How many parts there are.
    pub parts: u32,
    /// The boxes.
    pub boxes: Vec<DrawnBox>,
    /// The lines; painted first, so that boxes lie on them.
    pub lines: Vec<DrawnLine>,
    /// The texts, in reading order.
    pub texts: Vec<DrawnText>,
    /// One sentence for people who do not see it.
    pub alt: String,
}
