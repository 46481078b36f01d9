//! What stands in each box of a why tree.
//!
//! A text that no page could hold is split into pieces that hang below each other, so that everything after this may
//! take for granted that a box fits on a page, even below a joint.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use meeting::{StepId, WhyChain, WhyStep};

use crate::pen::{LINE, Line, PAD_X, PAD_Y, Pen, WIDEST};
use crate::{BoxRole, Weight};

/// The narrowest box: some 24 letters a line.
const NARROWEST: f32 = 12.0;
/// More lines than this make a box look like a column of a newspaper; a wider one is looked for.
const HIGHEST: usize = 8;
/// The depth that is marked.
const FIFTH: usize = 5;
/// Between a box and the boxes below it.
pub(super) const GAP: f32 = 1.3;
/// Between boxes on the same rail.
pub(super) const RAIL_GAP: f32 = 0.8;
/// How far boxes on a rail stand in.
pub(super) const INDENT: f32 = 2.2;
/// Between columns.
pub(super) const COLUMN_GAP: f32 = 1.4;

/// One box, or one piece of an over-long one.
pub(super) struct Node {
    text: String,
    pub(super) role: BoxRole,
    pub(super) fifth: bool,
    continued: bool,
    end: Option<&'static str>,
    pub(super) children: Vec<usize>,
    /// The narrowest width at which it can be read.
    pub(super) least: f32,
    /// Lines by the width of the box, in tenths of a unit: joints and later pages set the same text again.
    set: RefCell<HashMap<i32, Rc<Vec<Line>>>>,
}

/// All boxes; the first is the symptom, parents come before their children.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn of(chain: &WhyChain, pen: &Pen) -> Self {
        let mut tree = Self { nodes: Vec::with_capacity(chain.steps.len() + 1) };
        let mut below: HashMap<Option<StepId>, Vec<&WhyStep>> = HashMap::new();
        for step in &chain.steps {
            below.entry(step.parent).or_default().push(step);
        }
        let symptom = tree.hang(None, &chain.symptom, BoxRole::Symptom, None, false, pen);
        // A stack of its own, because a chain may be deeper than that of the thread.
        let mut open: Vec<(usize, usize, &WhyStep)> = Vec::new();
        let push = |open: &mut Vec<_>, at: usize, depth: usize, parent: Option<StepId>| {
            let steps = below.get(&parent).map_or(&[][..], Vec::as_slice);
            open.extend(steps.iter().rev().map(|step| (at, depth, *step)));
        };
        push(&mut open, symptom, 1, None);
        while let Some((parent, depth, step)) = open.pop() {
            let role = if step.ends_at.is_some() { BoxRole::End } else { BoxRole::Answer };
            let end = step.ends_at.map(meeting::ChainEnd::word);
            let at = tree.hang(Some(parent), &step.answer, role, end, depth == FIFTH, pen);
            push(&mut open, at, depth + 1, Some(step.id));
        }
        tree
    }

    /// Adds a text below a node, in as many pieces as it needs, and returns the last one.
    fn hang(
        &mut self,
        parent: Option<usize>,
        text: &str,
        role: BoxRole,
        end: Option<&'static str>,
        fifth: bool,
        pen: &Pen,
    ) -> usize {
        let mut at = parent;
        let (pieces, most) = fitting_pieces(text, role, end, fifth, pen);
        let last = pieces.len() - 1;
        for (number, text) in pieces.into_iter().enumerate() {
            let end = end.filter(|_| number == last);
            let mut node = Node {
                text,
                role: if role == BoxRole::End && number < last { BoxRole::Answer } else { role },
                fifth: fifth && number == 0,
                continued: number > 0,
                end,
                children: Vec::new(),
                least: 0.0,
                set: RefCell::default(),
            };
            node.least = node.narrowest(most, pen);
            self.nodes.push(node);
            let new = self.nodes.len() - 1;
            if let Some(parent) = at {
                self.nodes[parent].children.push(new);
            }
            at = Some(new);
        }
        at.unwrap_or(0)
    }
}

/// Returns the pieces of a text, and the most lines that a box may have on this page, with all that stands in it.
fn fitting_pieces(
    text: &str,
    role: BoxRole,
    end: Option<&'static str>,
    fifth: bool,
    pen: &Pen,
) -> (Vec<String>, usize) {
    let free = pen.page.height - joint_height(pen) - pen.em(GAP) - pen.em(LINE) - 2.0 * pen.em(PAD_Y);
    let mut most = 1;
    while pen.height(most + 1) <= free {
        most += 1;
    }
    let narrow = pen.em(NARROWEST - 2.0 * PAD_X);
    let end = end.map_or(0, |end| end_lines(end, narrow, pen).len());
    let pieces = |most: usize| pen.pieces(text, weight(role), widest(pen) - 2.0 * pen.em(PAD_X), most);
    let whole = pieces(most.saturating_sub(end + usize::from(fifth)));
    // The first piece may be marked as the fifth answer; each of the others says that it goes on.
    let whole = if whole.len() == 1 { whole } else { pieces(most.saturating_sub(end + 1)) };
    (whole, most)
}

/// Returns the widest a box may be; on a narrow page a rail must still fit beside it.
pub(super) fn widest(pen: &Pen) -> f32 {
    pen.em(WIDEST).min(pen.page.width - pen.em(INDENT))
}

/// Returns the most lines of a repeated answer.
fn joint_lines(pen: &Pen) -> usize {
    if pen.page.height < pen.em(18.0) { 1 } else { 2 }
}

/// Returns the height of a joint with the words that say where it comes from and where it goes on.
fn joint_height(pen: &Pen) -> f32 {
    pen.box_height(joint_lines(pen) + 2)
}

fn weight(role: BoxRole) -> Weight {
    if role == BoxRole::Symptom { Weight::SemiBold } else { Weight::Regular }
}

fn end_lines(end: &str, room: f32, pen: &Pen) -> Vec<Line> {
    pen.lines(&format!("ends at {end}"), Weight::SemiBold, room)
}

impl Node {
    /// Returns the smallest of a few widths at which the box is neither higher than the page nor a tower.
    fn narrowest(&self, most: usize, pen: &Pen) -> f32 {
        let widths = [NARROWEST, 16.0, 20.0, 24.0].map(|times| pen.em(times)).into_iter();
        let widest = widest(pen);
        widths
            .filter(|width| *width < widest)
            .find(|width| self.lines(*width, pen).len() <= HIGHEST.min(most))
            .unwrap_or(widest)
    }

    /// Returns what stands in its box.
    pub(super) fn lines(&self, width: f32, pen: &Pen) -> Rc<Vec<Line>> {
        #[expect(clippy::cast_possible_truncation, reason = "a float that is too large becomes the largest number")]
        let key = (width * 10.0) as i32;
        if let Some(lines) = self.set.borrow().get(&key) {
            return Rc::clone(lines);
        }
        let room = width - 2.0 * pen.em(PAD_X);
        let mut lines = Vec::new();
        if self.continued {
            lines.extend(pen.lines("continued", Weight::SemiBold, room));
        }
        if self.fifth {
            lines.extend(pen.lines("fifth answer", Weight::SemiBold, room));
        }
        lines.extend(pen.lines(&self.text, weight(self.role), room));
        if let Some(end) = self.end {
            lines.extend(end_lines(end, room, pen));
        }
        let lines = Rc::new(lines);
        self.set.borrow_mut().insert(key, Rc::clone(&lines));
        lines
    }

    /// Returns what stands in its box where it is repeated.
    pub(super) fn joint(&self, from: usize, width: f32, pen: &Pen) -> Vec<Line> {
        let room = width - 2.0 * pen.em(PAD_X);
        let mut lines = pen.lines(&format!("from part {from}"), Weight::SemiBold, room);
        lines.extend(pen.shortened(&self.text, weight(self.role), room, joint_lines(pen)));
        lines
    }
}
