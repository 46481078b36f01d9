//! The why tree: chains of causes, indented, with lines that show what hangs below what.

use super::flow::{FIGURE_GAP, Flow, area};
use super::look::{self, Ink, LEFT, TEXT_WIDTH};
use super::pages::{Item, Mark};
use super::structure::{NodeId, ROOT, Role};
use crate::blocks::Item as Step;

/// How far a step lies to the right of the one it explains.
const INDENT: f32 = 22.0;
/// From the start of a step's words to the line that goes down from it.
const STEM: f32 = 5.0;
/// Space between two steps.
const GAP: f32 = 3.5;
/// Thickness of the connecting lines.
const THICK: f32 = 0.9;
/// Width of the tree; wider than running text because deep steps are narrow.
const WIDTH: f32 = TEXT_WIDTH * 1.25;
/// Levels that are indented; deeper steps stand under each other, so that words always have room.
const DEEPEST: usize = 11;

/// Where a step hangs.
struct Branch {
    depth: usize,
    /// Whether more steps follow on each level above, so that the line of that level goes on.
    open: Vec<bool>,
}

impl Flow {
    /// Lays out why-chains with their caption.
    pub(super) fn tree(&mut self, caption: &str, roots: &[Step]) {
        if roots.is_empty() {
            return;
        }
        let before = self.gap(FIGURE_GAP);
        let list = self.structure.add(ROOT, Role::List { ordered: false });
        let before = self.caption(caption, list, before);
        for (number, root) in roots.iter().enumerate() {
            let before = if number == 0 { before } else { GAP * 2.5 };
            self.step(root, list, &Branch { depth: 0, open: Vec::new() }, before);
        }
        self.after = FIGURE_GAP;
    }

    fn step(&mut self, step: &Step, list: NodeId, branch: &Branch, before: f32) {
        let node = self.structure.add(list, Role::ListItem);
        let body = self.structure.add(node, Role::ListBody);
        let x = LEFT + branch.depth as f32 * INDENT;
        let style = look::BODY;
        let setting = self.set(&step.text, style, WIDTH - branch.depth as f32 * INDENT, body);
        let first = self.pieces.len();
        // The first step is kept with its first cause: a question without its answer helps nobody.
        self.lines(&setting, x, before, Mark::Node(body), branch.depth == 0 && !step.children.is_empty());
        for (number, piece) in self.pieces[first..].iter_mut().enumerate() {
            let lines = connectors(branch, number == 0, piece.before, piece.height);
            piece.items.splice(0..0, lines);
        }
        if step.children.is_empty() {
            return;
        }
        let below = self.structure.add(body, Role::List { ordered: false });
        let depth = (branch.depth + 1).min(DEEPEST);
        let count = step.children.len();
        for (number, child) in step.children.iter().enumerate() {
            let mut open = branch.open.clone();
            open.truncate(depth - 1);
            open.push(number + 1 < count);
            self.step(child, below, &Branch { depth, open }, GAP);
        }
    }
}

/// Returns the lines left of a piece of a step: those of the levels above that go on, and its own corner.
fn connectors(branch: &Branch, first: bool, before: f32, height: f32) -> Vec<Item> {
    let mut lines = Vec::new();
    for (level, open) in branch.open.iter().enumerate() {
        let x = LEFT + level as f32 * INDENT + STEM;
        let own = level + 1 == branch.depth;
        let middle = height / 2.0 + 1.0;
        if *open {
            lines.push(area(x, -before, THICK, before + height, Ink::Line));
        } else if own && first {
            lines.push(area(x, -before, THICK, before + middle, Ink::Line));
        }
        if own && first {
            lines.push(area(x, middle - THICK, INDENT - STEM - 4.0, THICK, Ink::Line));
        }
    }
    lines
}
