//! The drawings of the root cause analysis, painted as the `drawing` crate laid them out.
//!
//! A drawing takes the width of the page. The largest type size at which it is one piece is taken; where even the
//! smallest is too large, it goes on in further pieces at a size that reads well.

use std::cell::RefCell;
use std::collections::HashMap;

use ::drawing::{Anchor, BoxRole, Drawing, DrawnBox, DrawnLine, DrawnText, LineRole, Page, Type, Weight};

use super::flow::{FIGURE_GAP, Flow};
use super::look::{self, BOTTOM, FULL_WIDTH, Ink, LEFT, TOP};
use super::pages::{Item, Mark, Piece, Shape, Stroke};
use super::structure::{NodeId, ROOT, Role};
use super::text::Typesetter;
use crate::blocks::{Item as Entry, Subject};
use crate::words;

/// The type sizes that are tried for a drawing in one piece, best first. Nothing is ever smaller.
const SIZES: [f32; 3] = [9.2, 8.4, 7.6];
/// The type size of a drawing in several pieces.
const IN_PARTS: f32 = 8.4;
/// The most a drawing may be high: a page with a heading and a caption above it.
const HIGHEST: f32 = BOTTOM - TOP - 76.0;

impl Flow {
    /// Lays out a drawing with its caption.
    pub(super) fn sketch(&mut self, caption: &str, subject: &Subject) {
        let drawings = self.drawings(subject);
        if drawings.is_empty() {
            return;
        }
        let before = self.gap(FIGURE_GAP);
        let outline = in_words(&subject.outline());
        for drawing in &drawings {
            let figure = self.structure.add(ROOT, Role::Figure);
            let first = drawing.part == 1;
            let alt = if first { format!("{} {outline}", drawing.alt) } else { drawing.alt.clone() };
            self.structure.nodes[figure.0].alternative = Some(alt);
            let said = if drawing.parts == 1 {
                words::line(caption)
            } else {
                format!("{} Part {} of {}.", sentence(caption), drawing.part, drawing.parts)
            };
            let before = self.caption(&said, figure, if first { before } else { FIGURE_GAP });
            let items = self.shapes(drawing, figure);
            self.pieces.push(Piece { before, height: drawing.height, items, ..Piece::default() });
        }
        self.after = FIGURE_GAP + 8.0;
    }

    /// Asks for a layout at the sizes that are allowed.
    fn drawings(&mut self, subject: &Subject) -> Vec<Drawing> {
        let ruler = Ruler { typesetter: RefCell::new(&mut self.typesetter), known: RefCell::default() };
        let measure = |words: &str, weight: Weight| ruler.measure(words, weight);
        let page = Page { width: FULL_WIDTH, height: HIGHEST };
        let laid_out = |size: f32| {
            let type_ = Type { size, measure: &measure };
            match subject {
                Subject::WhyTree(chain) => ::drawing::why_tree(chain, page, &type_),
                Subject::Fishbone { effect, factors } => ::drawing::fishbone(effect, factors, page, &type_),
            }
        };
        let whole = SIZES.into_iter().map(laid_out).find(|drawings| drawings.len() <= 1);
        whole.unwrap_or_else(|| laid_out(IN_PARTS))
    }

    fn shapes(&mut self, drawing: &Drawing, figure: NodeId) -> Vec<Item> {
        let left = drawing.boxes.iter().map(|area| area.x).fold(f32::MAX, f32::min);
        let right = drawing.boxes.iter().map(|area| area.x + area.width).fold(0.0, f32::max);
        // The layout centres what is narrow; on these pages everything starts at the left.
        let shift = if right - left < FULL_WIDTH * 0.9 { LEFT - left } else { LEFT };
        let silent = |shape| Item { mark: Mark::Artifact, shape };
        let em = drawing.texts.first().map_or(1.0, |text| text.size);
        let mut items = drawing.lines.iter().map(|line| silent(path(line, shift, em))).collect::<Vec<_>>();
        items.extend(drawing.boxes.iter().filter_map(|area| frame(area, shift, em)).map(silent));
        for text in &drawing.texts {
            let role = drawing.boxes.get(text.in_box as usize).map_or(BoxRole::Entry, |area| area.role);
            items.extend(self.drawn_text(text, role, shift, figure));
        }
        items
    }

    fn drawn_text(&mut self, text: &DrawnText, role: BoxRole, shift: f32, figure: NodeId) -> Option<Item> {
        let ink = if matches!(role, BoxRole::Symptom | BoxRole::Effect) { Ink::Paper } else { Ink::Full };
        let style = look::drawn(text.size, text.weight == Weight::SemiBold, ink);
        let setting = self.set_unbroken(&directed(&text.words, text.rtl), style);
        let line = setting.lines.first()?;
        let start = line.runs.first().map_or(0.0, |run| run.reach.start);
        let anchored = match text.anchor {
            Anchor::Left => text.x,
            Anchor::Middle => text.x - line.width / 2.0,
            Anchor::Right => text.x - line.width,
        };
        let shape = Shape::Line { x: shift + anchored - start, setting, line: 0, baseline: text.y };
        Some(Item { mark: Mark::Node(figure), shape })
    }
}

/// Returns a caption that something can be said after.
fn sentence(caption: &str) -> String {
    let caption = words::line(caption);
    if caption.is_empty() || caption.ends_with(['.', '!', '?', '…']) { caption } else { format!("{caption}.") }
}

fn path(line: &DrawnLine, shift: f32, em: f32) -> Shape {
    let (ink, thick) = match line.role {
        LineRole::Spine => (Ink::Full, 0.18),
        LineRole::Bone => (Ink::Cause, 0.12),
        LineRole::Edge => (Ink::Edge, 0.1),
        LineRole::Tick => (Ink::Edge, 0.07),
    };
    let points = line.points.iter().map(|(x, y)| (x + shift, *y)).collect();
    Shape::Path { points, stroke: Stroke { ink, thick: thick * em, dashed: false } }
}

fn frame(area: &DrawnBox, shift: f32, em: f32) -> Option<Shape> {
    let (fill, ink, thick) = match area.role {
        BoxRole::Symptom | BoxRole::Effect => (Ink::Full, Ink::Full, 0.1),
        BoxRole::Answer => (Ink::Paper, Ink::Edge, 0.08),
        BoxRole::End => (Ink::CauseGround, Ink::Cause, 0.14),
        BoxRole::Joint => (Ink::Paper, Ink::Edge, 0.08),
        BoxRole::Category => (Ink::CauseGround, Ink::Cause, 0.08),
        BoxRole::Entry => return None,
    };
    let thick = if area.fifth { 0.2 } else { thick };
    let stroke = Stroke { ink, thick: thick * em, dashed: area.role == BoxRole::Joint };
    let DrawnBox { x, y, width, height, .. } = *area;
    Some(Shape::Frame { x: x + shift, y, width, height, round: em * 0.35, fill, stroke })
}

/// Marks the direction of a line that starts with letters of the other one: it may be the second line of a paragraph.
fn directed(words: &str, rtl: bool) -> String {
    let from_the_right = words.chars().find(|c| c.is_alphabetic()).is_some_and(reads_from_the_right);
    match (rtl, from_the_right) {
        (true, false) => format!("\u{200f}{words}"),
        (false, true) => format!("\u{200e}{words}"),
        _ => words.to_owned(),
    }
}

fn reads_from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Says what stands in a drawing, for readers that cannot see it.
fn in_words(entries: &[Entry]) -> String {
    let entry = |entry: &Entry| {
        let own = entry.text.iter().map(|span| words::inside(span.words())).collect::<String>();
        let own = words::line(&own);
        if entry.children.is_empty() { own } else { format!("{own}: {}", in_words(&entry.children)) }
    };
    entries.iter().map(entry).collect::<Vec<_>>().join("; ")
}

/// Measures words. Layout asks for the same ones again and again, and Latin has widths that need no shaping.
struct Ruler<'a> {
    typesetter: RefCell<&'a mut Typesetter>,
    known: RefCell<HashMap<(String, bool), f32>>,
}

impl Ruler<'_> {
    fn measure(&self, words: &str, weight: Weight) -> f32 {
        let latin = |c: char| matches!(c, ' '..='\u{17f}' | '\u{2010}'..='\u{2044}');
        let width = |word: &str| {
            if word.chars().all(latin) { ::drawing::advance(word, weight) } else { self.shaped(word, weight) }
        };
        words.split_inclusive(' ').map(width).sum()
    }

    fn shaped(&self, word: &str, weight: Weight) -> f32 {
        let key = (word.to_owned(), weight == Weight::SemiBold);
        if let Some(width) = self.known.borrow().get(&key) {
            return *width;
        }
        const SIZE: f32 = 10.0;
        let style = look::drawn(SIZE, key.1, Ink::Full);
        let width = self.typesetter.borrow_mut().measure(word.trim_end(), style) / SIZE;
        let spaces = word.len() - word.trim_end_matches(' ').len();
        let width = width + ::drawing::advance(" ", weight) * spaces as f32;
        self.known.borrow_mut().insert(key, width);
        width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_starts_in_the_other_direction_is_marked() {
        assert_eq!(directed("pg_dump שלום", true), "\u{200f}pg_dump שלום");
        assert_eq!(directed("(שלום) said the page", false), "\u{200e}(שלום) said the page");
        assert_eq!(directed("plain", false), "plain");
        assert_eq!(directed("14:16", true), "\u{200f}14:16");
    }
}
