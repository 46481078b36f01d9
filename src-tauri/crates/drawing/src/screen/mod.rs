//! Both drawings for a screen that is read from the back of a room.
//!
//! Such a screen holds about ten lines of large type. Boxes are flat, stand below each other and take the whole width;
//! depth is told by a number and branches by a rail. What is on the page is chosen by whoever calls, because turning
//! pages belongs to the meeting. Type never shrinks: a text that is longer than its page ends in an ellipsis, and
//! [`Screen::whole`] says so, so that a caller with smaller sizes can try one of them.

mod fish;
mod layout;
mod rows;
mod why;

pub use fish::fish_screen;
pub use why::{Answers, why_screen};

use crate::pen::{Pen, Sheet, finish};
use crate::{Drawing, DrawnText, Weight};

/// From one baseline to the next.
const LINE: f32 = 1.2;
/// From the top of a line to its baseline.
const ASCENT: f32 = 0.95;
/// Between the frame of a box and its words, left and right.
const PAD_X: f32 = 0.45;

/// What is free above and below words.
#[derive(Debug, Clone, Copy)]
struct Air {
    /// Between the frame of a box and its words.
    pad: f32,
    /// Between boxes below each other.
    gap: f32,
    /// Between factors of a category.
    entry: f32,
    /// Between categories.
    bone: f32,
}

/// The usual, and what a page takes that is a line too long: pages are counted before anything is measured.
const AIR: Air = Air { pad: 0.18, gap: 0.34, entry: 0.18, bone: 0.3 };
const LESS_AIR: Air = Air { pad: 0.1, gap: 0.22, entry: 0.04, bone: 0.22 };
/// What a page of all categories takes when the room has made some of its own.
const NO_AIR: Air = Air { pad: 0.05, gap: 0.22, entry: 0.0, bone: 0.08 };

/// One page for a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// What is painted.
    pub drawing: Drawing,
    /// Whether every text on it is shown to its end; the name of a category may be cut where its factors stand beside it.
    pub whole: bool,
    /// The answers on it as places in the walk of the chain; of a fishbone none.
    pub answers: Vec<usize>,
}

/// Finishes a page; places are rounded, because a screen has no use for more and each of them is sent.
fn finished(pen: &Pen, sheet: Sheet, alt: &str) -> Drawing {
    let mut drawings = finish(pen, vec![sheet], alt);
    let mut drawing = drawings.swap_remove(0);
    let round = |value: &mut f32| *value = (*value * 100.0).round() / 100.0;
    for area in &mut drawing.boxes {
        [&mut area.x, &mut area.y, &mut area.width, &mut area.height].into_iter().for_each(round);
    }
    for text in &mut drawing.texts {
        [&mut text.x, &mut text.y].into_iter().for_each(round);
    }
    for (x, y) in drawing.lines.iter_mut().flat_map(|line| &mut line.points) {
        [x, y].into_iter().for_each(round);
    }
    // The line to the next page ends below the last box.
    let lowest = drawing.lines.iter().flat_map(|line| &line.points).map(|(_, y)| *y);
    drawing.height = lowest.fold(drawing.height, f32::max);
    round(&mut drawing.height);
    drawing
}

fn lines_height(lines: usize, pen: &Pen) -> f32 {
    pen.em(LINE) * lines as f32
}

/// A line of words in a box, so far from its left edge and in the line of that number.
struct Placed {
    words: String,
    weight: Weight,
    rtl: bool,
    left: f32,
    line: usize,
}

impl Placed {
    /// Turns it into a text of a box whose words start at `top` and end at `right`.
    fn text(self, left: f32, top: f32, right: f32, pen: &Pen) -> DrawnText {
        let anchor = if self.rtl { crate::Anchor::Right } else { crate::Anchor::Left };
        DrawnText {
            x: if self.rtl { right } else { left + self.left },
            y: top + lines_height(self.line, pen) + pen.em(ASCENT),
            size: pen.em(1.0),
            weight: self.weight,
            anchor,
            rtl: self.rtl,
            words: self.words,
            in_box: 0,
        }
    }
}
