//! Where the boxes of a why tree would stand on an endless page.

use super::nodes::{COLUMN_GAP, GAP, INDENT, RAIL_GAP, Tree, widest};
use crate::pen::Pen;

/// How the answers below an answer stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    /// Beside each other; a single one straight below.
    Beside,
    /// Below each other, on a rail.
    Stacked,
}

/// What a box and all below it need.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    /// The width, where answers stand beside each other.
    beside: f32,
    /// The width, where they stand on rails.
    stacked: f32,
    /// How many rails stand in each other.
    rails: f32,
    /// How many branches end below.
    leaves: f32,
}

/// A box in its place.
pub(super) struct Spot {
    pub(super) node: usize,
    pub(super) x: f32,
    pub(super) width: f32,
    /// Its own height.
    pub(super) height: f32,
    /// Its height with all below it; infinite where there is no room for that.
    pub(super) whole: f32,
    pub(super) below: Below,
    pub(super) children: Vec<Spot>,
}

/// Where a box stands in room that is wider than it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Middle,
    Left,
}

/// The planner: what every node needs is the same on every page.
pub(super) struct Plan<'a> {
    tree: &'a Tree,
    pen: &'a Pen<'a>,
    needs: Vec<Need>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(tree: &'a Tree, pen: &'a Pen<'a>) -> Self {
        let mut plan = Self { tree, pen, needs: vec![Need::default(); tree.nodes.len()] };
        for node in (0..tree.nodes.len()).rev() {
            plan.needs[node] = plan.need(node, &tree.nodes[node].children);
        }
        plan
    }

    /// Plans a page that starts with an answer and those of its children that are still to come.
    pub(super) fn page(&self, node: usize, children: &[usize]) -> Spot {
        self.branch(node, children, (0.0, self.pen.page.width), Side::Middle)
    }

    fn need(&self, node: usize, children: &[usize]) -> Need {
        let least = self.tree.nodes[node].least;
        let of = || children.iter().map(|child| self.needs[*child]);
        let widest = |width: fn(Need) -> f32| of().map(width).fold(0.0, f32::max);
        match children.len() {
            0 => Need { beside: least, stacked: least, rails: 0.0, leaves: 1.0 },
            1 => {
                let only = self.needs[children[0]];
                Need { beside: least.max(only.beside), stacked: least.max(only.stacked), ..only }
            }
            _ => Need {
                beside: least.max(self.with_gaps(of().map(|need| need.beside))),
                stacked: least.max(self.pen.em(INDENT) + widest(|need| need.stacked)),
                rails: 1.0 + widest(|need| need.rails),
                leaves: of().map(|need| need.leaves).sum(),
            },
        }
    }

    fn with_gaps(&self, widths: impl ExactSizeIterator<Item = f32>) -> f32 {
        let gaps = widths.len().saturating_sub(1) as f32 * self.pen.em(COLUMN_GAP);
        gaps + widths.sum::<f32>()
    }

    fn branch(&self, node: usize, children: &[usize], room: (f32, f32), side: Side) -> Spot {
        match children {
            [] => self.leaf(node, room, side),
            [only] => self.chain(node, *only, room, side),
            _ => match self.columns(children, room.1) {
                Some(widths) if side == Side::Middle => self.beside(node, children, room, &widths),
                _ => self.stacked(node, children, room, side),
            },
        }
    }

    /// Returns whether a box can be read in some width, give or take what adding up loses.
    fn has_room(&self, node: usize, width: f32) -> bool {
        self.tree.nodes[node].least <= width + self.pen.em(0.01)
    }

    fn leaf(&self, node: usize, (x, room): (f32, f32), side: Side) -> Spot {
        let width = room.min(widest(self.pen));
        let x = if side == Side::Middle { x + (room - width) / 2.0 } else { x };
        let height = self.pen.box_height(self.tree.nodes[node].lines(width, self.pen).len());
        Spot { node, x, width, height, whole: height, below: Below::Beside, children: Vec::new() }
    }

    fn chain(&self, node: usize, child: usize, room: (f32, f32), side: Side) -> Spot {
        if !self.has_room(child, room.1) {
            return Spot { whole: f32::INFINITY, ..self.leaf(node, room, side) };
        }
        let child = self.branch(child, &self.tree.nodes[child].children, room, side);
        let height = self.pen.box_height(self.tree.nodes[node].lines(child.width, self.pen).len());
        let whole = height + self.pen.em(GAP) + child.whole;
        Spot { node, x: child.x, width: child.width, height, whole, below: Below::Beside, children: vec![child] }
    }

    /// Returns the widths of columns, if all of them can be read beside each other.
    fn columns(&self, children: &[usize], room: f32) -> Option<Vec<f32>> {
        let needs = || children.iter().map(|child| self.needs[*child]);
        let widest = widest(self.pen);
        let free = |narrow: fn(Need) -> f32| room - self.with_gaps(needs().map(narrow));
        let beside = free(|need| need.beside);
        if beside >= 0.0 {
            let leaves: f32 = needs().map(|need| need.leaves).sum();
            let width = |need: Need| {
                let most = widest * need.leaves + self.pen.em(COLUMN_GAP) * (need.leaves - 1.0);
                (need.beside + beside * need.leaves / leaves).min(most).max(need.beside)
            };
            return Some(needs().map(width).collect());
        }
        let stacked = free(|need| need.stacked);
        let width = |need: Need| {
            let most = widest + self.pen.em(INDENT) * need.rails;
            (need.stacked + stacked / children.len() as f32).min(most).max(need.stacked)
        };
        (stacked >= 0.0).then(|| needs().map(width).collect())
    }

    fn beside(&self, node: usize, children: &[usize], (x, room): (f32, f32), widths: &[f32]) -> Spot {
        let all = self.with_gaps(widths.iter().copied());
        let mut left = x + (room - all) / 2.0;
        let mut spots = Vec::with_capacity(children.len());
        for (child, width) in children.iter().zip(widths) {
            spots.push(self.branch(*child, &self.tree.nodes[*child].children, (left, *width), Side::Middle));
            left += width + self.pen.em(COLUMN_GAP);
        }
        let left = spots.first().map_or(x, |spot| spot.x);
        let right = spots.last().map_or(x, |spot| spot.x + spot.width);
        let centre = f32::midpoint(left, right);
        let width = widest(self.pen).min(room);
        let x = (centre - width / 2.0).min(x + room - width).max(x);
        let height = self.pen.box_height(self.tree.nodes[node].lines(width, self.pen).len());
        let whole = height + self.pen.em(GAP) + spots.iter().map(|spot| spot.whole).fold(0.0, f32::max);
        Spot { node, x, width, height, whole, below: Below::Beside, children: spots }
    }

    fn stacked(&self, node: usize, children: &[usize], (x, room): (f32, f32), side: Side) -> Spot {
        let indent = self.pen.em(INDENT);
        let (x, room) = if side == Side::Middle {
            let rails = self.need(node, children).rails;
            let used = room.min(widest(self.pen) + rails * indent);
            (x + (room - used) / 2.0, used)
        } else {
            (x, room)
        };
        let own = self.leaf(node, (x, room), Side::Left);
        let inner = (x + indent, room - indent);
        if !children.iter().all(|child| self.has_room(*child, inner.1)) {
            return Spot { whole: f32::INFINITY, ..own };
        }
        let plan = |child: &usize| self.branch(*child, &self.tree.nodes[*child].children, inner, Side::Left);
        let children: Vec<Spot> = children.iter().map(plan).collect();
        let whole = own.height + children.iter().map(|spot| self.pen.em(RAIL_GAP) + spot.whole).sum::<f32>();
        Spot { whole, below: Below::Stacked, children, ..own }
    }
}
