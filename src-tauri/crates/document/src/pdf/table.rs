//! Tables: a head that is repeated on every page, quiet rules, rows that stay whole.

use std::rc::Rc;

use super::flow::{FIGURE_GAP, Flow, rule, stack};
use super::look::{self, BOTTOM, FULL_WIDTH, Ink, LEFT, TOP};
use super::pages::{Header, Item, Mark, Piece, Shape};
use super::structure::{NodeId, ROOT, Role};
use super::text::Setting;
use crate::blocks::{Span, Table};
use crate::words;

/// Space between two columns.
const GUTTER: f32 = 12.0;
/// Space above and below the words of a cell.
const PADDING: f32 = 5.5;

/// The tallest head that is repeated on every page.
const TALLEST_HEAD: f32 = (BOTTOM - TOP) / 4.0;

/// A row of more lines may go on on the next page.
const WHOLE: usize = 16;
/// How many of its lines then stay together at least, at both ends.
const TOGETHER: usize = 3;

/// A column at its place on the page.
struct Lane {
    x: f32,
    width: f32,
}

impl Flow {
    /// Lays out a table.
    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let before = self.gap(FIGURE_GAP);
        let lanes = self.lanes(table);
        let node = self.structure.add(ROOT, Role::Table);
        let before = self.caption(table.caption.as_deref().unwrap_or_default(), node, before);
        let header = self.table_head(table, &lanes, node, before);
        let count = table.rows.len();
        for (number, row) in table.rows.iter().enumerate() {
            let row = self.table_row(table, row, &lanes, node);
            let last = number + 1 == count;
            self.row_pieces(&row, &lanes, &header, last);
        }
        self.after = FIGURE_GAP;
    }

    /// Lays out what is said above a table or a tree, and returns the space that is left to keep below it.
    pub(super) fn caption(&mut self, caption: &str, owner: NodeId, before: f32) -> f32 {
        if words::line(caption).is_empty() {
            return before;
        }
        let node = self.structure.add(owner, Role::Caption);
        let setting = self.set_words(caption, look::NOTE, FULL_WIDTH);
        self.lines(&setting, LEFT, before, Mark::Node(node), true);
        5.0
    }

    /// Shares the width among the columns; none becomes narrower than its longest word if that can be helped.
    fn lanes(&mut self, table: &Table) -> Vec<Lane> {
        let share = |share: f32| if share.is_finite() && share > 0.0 { share } else { 1.0 };
        let total = table.columns.iter().map(|column| share(column.share)).sum::<f32>();
        let gutters = (table.columns.len() - 1) as f32 * GUTTER;
        let room = (FULL_WIDTH - gutters).max(FULL_WIDTH * 0.2);
        let mut widths = table.columns.iter().map(|c| room * share(c.share) / total).collect::<Vec<_>>();
        // A header word that is broken in the middle looks like a mistake: such columns borrow from the widest.
        for (number, column) in table.columns.iter().enumerate() {
            let needed = self.longest_word(&column.title);
            let missing = needed - widths[number];
            let widest = (0..widths.len()).max_by(|a, b| widths[*a].total_cmp(&widths[*b])).unwrap_or(number);
            if missing > 0.0 && widest != number && widths[widest] - missing > room / 4.0 {
                widths[number] += missing;
                widths[widest] -= missing;
            }
        }
        let mut x = LEFT;
        let lane = |width| {
            let lane = Lane { x, width };
            x += width + GUTTER;
            lane
        };
        widths.into_iter().map(lane).collect()
    }

    fn longest_word(&mut self, text: &str) -> f32 {
        let mut longest: f32 = 0.0;
        for word in text.split_whitespace() {
            let set = self.set_words(word, look::TABLE_HEAD, FULL_WIDTH);
            longest = longest.max(set.lines.first().map_or(0.0, |line| line.width + 0.5));
        }
        longest
    }

    fn table_head(&mut self, table: &Table, lanes: &[Lane], node: NodeId, before: f32) -> Rc<Header> {
        let row = self.structure.add(node, Role::TableRow);
        let mut cells = Vec::new();
        for (column, lane) in table.columns.iter().zip(lanes) {
            let cell = self.structure.add(row, Role::HeaderCell);
            let style = look::TABLE_HEAD.leaning(column.align);
            cells.push((self.set_words(&column.title, style, lane.width), cell));
        }
        let lines = cells.iter().map(|(setting, _)| setting.lines.len()).max().unwrap_or(0);
        let height = lines as f32 * look::TABLE_HEAD.leading + 8.0;
        if height > TALLEST_HEAD {
            // Such a head would leave no room for rows if it came again on every page.
            self.pieces.push(Piece { before, keep: true, ..Piece::default() });
            let none = Rc::new(Header { height: 0.0, items: Vec::new() });
            self.row_pieces(&cells, lanes, &none, true);
            return none;
        }
        let mut items = Vec::new();
        for ((setting, cell), lane) in cells.iter().zip(lanes) {
            let lower = lines - setting.lines.len();
            let y = lower as f32 * look::TABLE_HEAD.leading;
            stack(setting, lane.x, y, Mark::Node(*cell), &mut items);
        }
        items.push(rule(height - 0.9, Ink::Full));
        let repeated = items.iter().map(|item| Item { mark: Mark::Artifact, shape: item.shape.clone() }).collect();
        self.pieces.push(Piece { before, height, keep: true, items, ..Piece::default() });
        Rc::new(Header { height, items: repeated })
    }

    fn table_row(
        &mut self,
        table: &Table,
        cells: &[Vec<Span>],
        lanes: &[Lane],
        node: NodeId,
    ) -> Vec<(Rc<Setting>, NodeId)> {
        let row = self.structure.add(node, Role::TableRow);
        let mut settings = Vec::new();
        for (number, (column, lane)) in table.columns.iter().zip(lanes).enumerate() {
            let cell = self.structure.add(row, Role::Cell);
            let spans = cells.get(number).map_or(&[][..], Vec::as_slice);
            let style = look::TABLE_CELL.leaning(column.align);
            settings.push((self.set(spans, style, lane.width, cell), cell));
        }
        settings
    }

    /// Makes one piece of a row, or one for every line of a row that is too tall to be moved as a whole.
    fn row_pieces(&mut self, row: &[(Rc<Setting>, NodeId)], lanes: &[Lane], header: &Rc<Header>, last: bool) {
        let lines = row.iter().map(|(setting, _)| visible_lines(setting)).max().unwrap_or(0).max(1);
        // The head takes two rows with it: a page that ends in a single one looks like a mistake.
        let with_next = !last && self.pieces.last().is_some_and(|piece| piece.keep && piece.header.is_none());
        if lines <= WHOLE {
            let piece = row_piece(row, lanes, header, 0..lines, (PADDING, PADDING));
            self.pieces.push(Piece { keep: with_next, ..piece });
            return;
        }
        for line in 0..lines {
            let above = if line == 0 { PADDING } else { 0.0 };
            let below = if line + 1 == lines { PADDING } else { 0.0 };
            let piece = row_piece(row, lanes, header, line..line + 1, (above, below));
            let keep = line + 1 < lines && (line + 1 < TOGETHER || line + TOGETHER >= lines);
            self.pieces.push(Piece { keep, ..piece });
        }
    }
}

/// Makes a piece of some lines of a row, with so much space above and below them.
fn row_piece(
    row: &[(Rc<Setting>, NodeId)],
    lanes: &[Lane],
    header: &Rc<Header>,
    lines: std::ops::Range<usize>,
    (above, below): (f32, f32),
) -> Piece {
    let leading = look::TABLE_CELL.leading;
    let mut items = Vec::new();
    for ((setting, cell), lane) in row.iter().zip(lanes) {
        for line in lines.start..lines.end.min(visible_lines(setting)) {
            let baseline = above + (line - lines.start) as f32 * leading + setting.style.baseline();
            let shape = Shape::Line { setting: Rc::clone(setting), line, x: lane.x, baseline };
            items.push(Item { mark: Mark::Node(*cell), shape });
        }
    }
    let height = lines.len() as f32 * leading + above + below;
    if below > 0.0 {
        items.push(rule(height - 0.3, Ink::Line));
    }
    Piece { height, items, header: Some(Rc::clone(header)), ..Piece::default() }
}

fn visible_lines(setting: &Setting) -> usize {
    if setting.text.is_empty() { 0 } else { setting.lines.len() }
}
