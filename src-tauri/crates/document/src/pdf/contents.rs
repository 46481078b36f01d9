//! The contents: what follows, and on which page, in running lines.
//!
//! Page numbers are known only when everything has its place, so each entry keeps room for one.

use std::rc::Rc;

use super::flow::Flow;
use super::look::{self, FULL_WIDTH, LEFT};
use super::pages::{Item, Mark, Piece, Shape};
use super::structure::{ROOT, Role};

/// What stands between two entries.
const BETWEEN: &str = "·";
/// Space beside it.
const SPACE: f32 = 5.0;
/// Space between an entry and its page number.
const BEFORE_NUMBER: f32 = 3.5;
/// Contents of so many lines stay together.
const LINES: usize = 14;

impl Flow {
    /// Lays out the list of the headings that follow.
    pub(super) fn contents(&mut self) {
        let entries = self.headings.iter().enumerate().skip(self.laid_out);
        let entries = entries.filter(|(_, heading)| heading.level == 1);
        let entries = entries.map(|(number, heading)| (number, heading.text.clone())).collect::<Vec<_>>();
        if entries.is_empty() {
            return;
        }
        let before = self.gap(8.0);
        let rows = self.rows(&entries);
        let count = rows.len();
        for (number, items) in rows.into_iter().enumerate() {
            let keep = number + 1 < count && (count <= LINES || number < 2);
            let before = if number == 0 { before } else { 0.0 };
            self.pieces.push(Piece { before, height: look::CONTENTS.leading, keep, items, ..Piece::default() });
        }
    }

    fn rows(&mut self, entries: &[(usize, String)]) -> Vec<Vec<Item>> {
        let style = look::CONTENTS;
        let baseline = style.baseline();
        let digits = if self.headings.len() > 400 || self.pieces.len() > 4000 { "0000" } else { "00" };
        let room = self.width_of(digits) + BEFORE_NUMBER;
        let between = self.set_words(BETWEEN, style, FULL_WIDTH);
        let between_width = between.lines.first().map_or(0.0, |line| line.width);
        let node = self.structure.add(ROOT, Role::Contents);
        let (mut rows, mut row, mut x) = (Vec::new(), Vec::new(), 0.0_f32);
        for (heading, text) in entries {
            let entry = self.structure.add(node, Role::ContentsEntry);
            let link = self.structure.add(entry, Role::Link);
            let setting = Rc::new(self.typesetter.set_entry(text, style, FULL_WIDTH - room, *heading, link));
            let last = setting.lines.len().saturating_sub(1);
            for (line, width) in setting.lines.iter().map(|line| line.width).enumerate() {
                let lead = if x > 0.0 { between_width + 2.0 * SPACE } else { 0.0 };
                if x > 0.0 && (line > 0 || x + lead + width + room > FULL_WIDTH) {
                    rows.push(std::mem::take(&mut row));
                    x = 0.0;
                } else if x > 0.0 {
                    let shape = Shape::Line { setting: Rc::clone(&between), line: 0, x: LEFT + x + SPACE, baseline };
                    row.push(Item { mark: Mark::Artifact, shape });
                    x += lead;
                }
                let shape = Shape::Line { setting: Rc::clone(&setting), line, x: LEFT + x, baseline };
                row.push(Item { mark: Mark::Node(link), shape });
                x += width;
                if line == last {
                    let shape = Shape::PageOf { heading: *heading, x: LEFT + x + BEFORE_NUMBER, baseline };
                    row.push(Item { mark: Mark::Node(entry), shape });
                    x += room;
                }
            }
        }
        rows.push(row);
        rows
    }

    fn width_of(&mut self, words: &str) -> f32 {
        self.set_words(words, look::CONTENTS_NUMBER, FULL_WIDTH).lines.first().map_or(0.0, |line| line.width)
    }
}
