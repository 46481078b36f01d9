//! From blocks to pieces of the page, in reading order.
//!
//! This module knows the simple blocks: the cover, headings, paragraphs and lists. Tables, the duration bar, drawings,
//! images and contents have modules of their own. Which piece lands on which page is decided in `pages`.

use std::collections::HashMap;
use std::rc::Rc;

use super::look::{self, BOTTOM, FULL_WIDTH, HAIRLINE, Ink, LEFT, Style, TEXT_WIDTH, TOP};
use super::pages::{Item, Mark, Piece, Shape};
use super::structure::{NodeId, ROOT, Role, Structure};
use super::text::{Setting, Typesetter, UNBROKEN};
use crate::blocks::{Block, Document, Fact, Item as ListItem, Span};
use crate::words;

/// Space between two paragraphs.
const PARAGRAPH_GAP: f32 = 8.0;
/// Space around figures and tables.
pub(super) const FIGURE_GAP: f32 = 14.0;
/// How far a list is indented for each level.
const LIST_INDENT: f32 = 18.0;
/// The tallest row of facts beside each other.
const TALLEST_FACTS: f32 = (BOTTOM - TOP) / 3.0;
/// How many facts stand beside each other.
const FACTS_A_ROW: usize = 4;

/// A heading of the document, for bookmarks and contents.
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) text: String,
}

/// An image of the document: its number, and its size in pixels as it is to be seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printed {
    pub(super) number: usize,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The pieces of a document while it is laid out.
pub(super) struct Flow {
    pub(super) typesetter: Typesetter,
    pub(super) structure: Structure,
    pub(super) pieces: Vec<Piece>,
    /// Every heading of the document, known before the first is laid out.
    pub(super) headings: Vec<Heading>,
    /// The images that can be drawn, by their digest.
    pub(super) images: HashMap<String, Printed>,
    pub(super) laid_out: usize,
    /// Space that the last block wants below it.
    pub(super) after: f32,
}

impl Flow {
    /// Lays out the cover and all blocks of a document.
    pub(super) fn of(document: &Document, typesetter: Typesetter, images: HashMap<String, Printed>) -> Self {
        let headings = document.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, text } => Some(Heading { level: (*level).clamp(1, 3), text: words::line(text) }),
            _ => None,
        });
        let mut flow = Self {
            typesetter,
            structure: Structure::new(),
            pieces: Vec::new(),
            headings: headings.collect(),
            images,
            laid_out: 0,
            after: 0.0,
        };
        flow.cover(document);
        for block in &document.blocks {
            flow.block(block);
        }
        flow
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(spans) => self.paragraph(spans, look::BODY, PARAGRAPH_GAP, Role::Paragraph),
            Block::Note(spans) => {
                self.after = 0.0;
                self.paragraph(spans, look::NOTE, 5.0, Role::Note);
            }
            Block::Facts(facts) => self.facts(facts),
            Block::List { ordered, items } => {
                let before = self.gap(PARAGRAPH_GAP);
                self.list(*ordered, items, ROOT, 0.0, before);
            }
            Block::Table(table) => self.table(table),
            Block::Durations(bar) => self.durations(bar),
            Block::Drawing { caption, subject } => self.sketch(caption, subject),
            Block::Figure(figure) => self.figure(figure),
            Block::Excerpt { caption, text } => self.excerpt(caption, text),
            Block::Contents => self.contents(),
        }
    }

    /// Sets a text whose links hang below `node`.
    pub(super) fn set(&mut self, spans: &[Span], style: Style, width: f32, node: NodeId) -> Rc<Setting> {
        let structure = &mut self.structure;
        Rc::new(self.typesetter.set(spans, style, width, || structure.add_inside(node, Role::Link)))
    }

    /// Sets plain words in one or more lines.
    pub(super) fn set_words(&mut self, text: &str, style: Style, width: f32) -> Rc<Setting> {
        self.set(&[Span::Text(words::line(text))], style, width, ROOT)
    }

    /// Sets words that are one line already.
    pub(super) fn set_unbroken(&mut self, text: &str, style: Style) -> Rc<Setting> {
        self.set(&[Span::text(text)], style, UNBROKEN, ROOT)
    }

    /// Sets lines as they are.
    pub(super) fn set_literal(&mut self, text: &str, style: Style, width: f32) -> Rc<Setting> {
        Rc::new(self.typesetter.set_literal(text, style, width))
    }

    /// Returns the space above a block: `usual`, less directly under a heading, more after a figure.
    pub(super) fn gap(&mut self, usual: f32) -> f32 {
        let after = std::mem::take(&mut self.after);
        if self.pieces.last().is_some_and(|piece| piece.heading.is_some()) { usual.min(6.0) } else { usual.max(after) }
    }

    fn cover(&mut self, document: &Document) {
        if !words::line(&document.label).is_empty() {
            let node = self.structure.add(ROOT, Role::Paragraph);
            let label = self.set_words(&document.label, look::LABEL, FULL_WIDTH);
            self.lines(&label, LEFT, 0.0, Mark::Node(node), true);
        }
        let node = self.structure.add(ROOT, Role::Title);
        let title = self.set_words(&document.title, look::TITLE, FULL_WIDTH * 0.8);
        self.lines(&title, LEFT, 22.0, Mark::Node(node), true);
    }

    fn heading(&mut self, level: u8, text: &str) {
        let level = level.clamp(1, 3);
        let (style, before) = look::heading(level);
        self.after = 0.0;
        let node = self.structure.add(ROOT, Role::Heading(level));
        let setting = self.set_words(text, style, TEXT_WIDTH * 1.15);
        let first = self.pieces.len();
        self.lines(&setting, LEFT, before, Mark::Node(node), true);
        if let Some(piece) = self.pieces.get_mut(first) {
            piece.heading = Some(self.laid_out);
        }
        self.laid_out += 1;
        // Whatever comes next looks at the last piece to see that it stands under a heading.
        if self.pieces.len() == first {
            let heading = Some(self.laid_out - 1);
            self.pieces.push(Piece { heading, keep: true, ..Piece::default() });
        }
    }

    /// Lays out running text. The last two lines stay together, and so do the first two.
    pub(super) fn paragraph(&mut self, spans: &[Span], style: Style, before: f32, role: Role) {
        if spans.iter().all(|span| words::line(span.words()).is_empty()) {
            return;
        }
        let before = self.gap(before);
        let node = self.structure.add(ROOT, role);
        let width = if matches!(role, Role::Note) { TEXT_WIDTH * 1.1 } else { TEXT_WIDTH };
        let setting = self.set(spans, style, width, node);
        self.lines(&setting, LEFT, before, Mark::Node(node), false);
    }

    /// Adds a piece for every line of a setting, so that neither its first nor its last line stands alone.
    pub(super) fn lines(&mut self, setting: &Rc<Setting>, x: f32, before: f32, mark: Mark, keep: bool) {
        let count = setting.lines.len();
        for line in 0..count {
            let baseline = setting.style.baseline();
            let shape = Shape::Line { setting: Rc::clone(setting), line, x, baseline };
            let alone = line == 0 || line + 2 == count;
            self.pieces.push(Piece {
                before: if line == 0 { before } else { 0.0 },
                height: setting.style.leading,
                keep: keep || (alone && line + 1 < count),
                items: vec![Item { mark, shape }],
                ..Piece::default()
            });
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        let before = self.gap(16.0);
        let width = FULL_WIDTH / 4.0;
        let mut top_ink = Ink::Full;
        for (row, facts) in facts.chunks(FACTS_A_ROW).enumerate() {
            let mut items = vec![rule(0.0, top_ink)];
            let mut height: f32 = 0.0;
            for (column, fact) in (0_u8..).zip(facts) {
                let x = LEFT + f32::from(column) * width;
                let node = self.structure.add_inside(ROOT, Role::Paragraph);
                let label = self.set_words(&fact.label, look::FACT_LABEL, width - 12.0);
                let value = self.set(&fact.value, look::FACT_VALUE, width - 12.0, node);
                let y = stack(&label, x, 10.0, Mark::Node(node), &mut items);
                height = height.max(stack(&value, x, y + 2.0, Mark::Node(node), &mut items));
            }
            height += 11.0;
            if height > TALLEST_FACTS {
                self.long_facts(facts);
                continue;
            }
            let before = if row == 0 { before } else { 0.0 };
            self.pieces.push(Piece { before, height, items, ..Piece::default() });
            top_ink = Ink::Line;
        }
        if let Some(last) = self.pieces.last_mut().filter(|_| !facts.is_empty()) {
            last.items.push(rule(last.height, Ink::Line));
        }
        self.after = FIGURE_GAP;
    }

    /// Lays out facts that are too long to stand beside each other, each over the full width.
    fn long_facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            let node = self.structure.add(ROOT, Role::Paragraph);
            let label = self.set_words(&fact.label, look::FACT_LABEL, FULL_WIDTH);
            self.lines(&label, LEFT, 8.0, Mark::Node(node), true);
            let value = self.set(&fact.value, look::FACT_VALUE, FULL_WIDTH, node);
            self.lines(&value, LEFT, 2.0, Mark::Node(node), false);
        }
    }

    fn list(&mut self, ordered: bool, items: &[ListItem], parent: NodeId, indent: f32, before: f32) {
        let list = self.structure.add(parent, Role::List { ordered });
        for (number, item) in items.iter().enumerate() {
            let node = self.structure.add(list, Role::ListItem);
            let label_node = self.structure.add(node, Role::ListLabel);
            let body = self.structure.add(node, Role::ListBody);
            let words = if ordered { format!("{}.", number + 1) } else { "•".to_owned() };
            let label = self.set_words(&words, look::BODY, LIST_INDENT * 3.0);
            let x = LEFT + indent + LIST_INDENT;
            let setting = self.set(&item.text, look::BODY, TEXT_WIDTH - indent - LIST_INDENT, body);
            let first = self.pieces.len();
            let before = if number == 0 { before } else { 3.0 };
            self.lines(&setting, x, before, Mark::Node(body), false);
            let width = label.lines.first().map_or(0.0, |line| line.width);
            let baseline = look::BODY.baseline();
            let shape = Shape::Line { setting: label, line: 0, x: x - 6.0 - width, baseline };
            if let Some(piece) = self.pieces.get_mut(first) {
                piece.items.insert(0, Item { mark: Mark::Node(label_node), shape });
            }
            if !item.children.is_empty() {
                // Very deep lists stop moving to the right, so that words always have room.
                self.list(ordered, &item.children, body, (indent + LIST_INDENT).min(LIST_INDENT * 8.0), 3.0);
            }
        }
    }
}

/// Stacks the lines of a setting from `y` on and returns where they end.
pub(super) fn stack(setting: &Rc<Setting>, x: f32, mut y: f32, mark: Mark, items: &mut Vec<Item>) -> f32 {
    for line in 0..setting.lines.len() {
        let baseline = y + setting.style.baseline();
        let shape = Shape::Line { setting: Rc::clone(setting), line, x, baseline };
        items.push(Item { mark, shape });
        y += setting.style.leading;
    }
    y
}

/// Returns a rule over the full width.
pub(super) fn rule(y: f32, ink: Ink) -> Item {
    let height = if ink == Ink::Full { 0.9 } else { HAIRLINE };
    area(LEFT, y, FULL_WIDTH, height, ink)
}

/// Returns a filled rectangle that says nothing to a reader.
pub(super) fn area(x: f32, y: f32, width: f32, height: f32, ink: Ink) -> Item {
    Item { mark: Mark::Artifact, shape: Shape::Area { x, y, width, height, ink } }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn flow(blocks: Vec<Block>) -> Flow {
        let document = Document {
            title: "T".into(),
            label: String::new(),
            edition: String::new(),
            language: "en".into(),
            subject: String::new(),
            keywords: Vec::new(),
            created: DateTime::UNIX_EPOCH,
            header_right: String::new(),
            footer_left: String::new(),
            blocks,
        };
        Flow::of(&document, Typesetter::new("en", ""), HashMap::new())
    }

    fn keeps(flow: &Flow) -> Vec<bool> {
        // The first piece is the title.
        flow.pieces[1..].iter().map(|piece| piece.keep).collect()
    }

    #[test]
    fn neither_the_first_nor_the_last_line_of_a_paragraph_stands_alone() {
        let four_lines = Block::paragraph("one\ntwo\nthree\nfour");
        let three_lines = Block::paragraph("one\ntwo\nthree");
        assert_eq!(keeps(&flow(vec![four_lines])), [true, false, true, false]);
        assert_eq!(keeps(&flow(vec![three_lines])), [true, true, false]);
    }

    #[test]
    fn a_heading_stays_with_the_first_two_lines_below_it() {
        let blocks = vec![Block::heading(1, "Timeline"), Block::paragraph("one\ntwo\nthree\nfour")];
        assert_eq!(keeps(&flow(blocks)), [true, true, false, true, false]);
    }

    #[test]
    fn a_full_line_of_running_text_holds_sixty_to_seventy_five_characters() {
        let text = "The alert fired two minutes after the first customer saw an error, and the engineer on call looked at \
                    the dashboard of the connection pool, which showed an average over five minutes and therefore \
                    nothing at all that would have told anybody what was about to happen to the checkout.";
        let flow = flow(vec![Block::paragraph(text)]);
        let lines = flow.pieces[1..flow.pieces.len() - 1].iter().map(|piece| match &piece.items[0].shape {
            Shape::Line { setting, line, .. } => {
                let clusters = setting.lines[*line].runs.iter().flat_map(|run| &run.clusters);
                // The space at which a line was broken is not seen.
                clusters.map(|cluster| &setting.text[cluster.words.clone()]).collect::<String>().trim_end().len()
            }
            _ => 0,
        });
        let lines = lines.collect::<Vec<_>>();
        assert!(lines.len() >= 3 && lines.iter().all(|count| (60..=75).contains(count)), "{lines:?}");
    }
}
