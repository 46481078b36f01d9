//! What of a planned why tree goes on which page.
//!
//! A page is filled from the top. An answer whose causes do not fit any more says in which part they follow; that part
//! starts with the same answer as a joint. Parts follow each other in the order of thought.

use super::nodes::{GAP, INDENT, RAIL_GAP, Tree};
use super::plan::{Below, Plan, Spot};
use crate::pen::{Area, Line, PAD_X, PAD_Y, Pen, Sheet};
use crate::{BoxRole, LineRole, Weight};

/// What starts a page.
struct Start {
    node: usize,
    /// Which of its children come first; those before stand on an earlier page.
    from: usize,
    /// The page that has shown it, and its box there; none for the symptom.
    shown: Option<(usize, usize)>,
}

/// A page that is being filled.
struct Filling<'a> {
    tree: &'a Tree,
    pen: &'a Pen<'a>,
    sheet: Sheet,
    /// Boxes that go on elsewhere, with their nodes and the first child that is missing here.
    open: Vec<(usize, usize, usize)>,
    /// The part this page goes on from, where it starts with a joint.
    joint: Option<usize>,
}

/// Fills as many pages as the tree needs.
pub(super) fn pages(tree: &Tree, pen: &Pen) -> Vec<Sheet> {
    let plan = Plan::new(tree, pen);
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut starts = vec![Start { node: 0, from: 0, shown: None }];
    while let Some(Start { node, from, shown }) = starts.pop() {
        let part = sheets.len() + 1;
        if let Some((sheet, number)) = shown {
            let width = sheets[sheet].box_mut(number).width;
            let note = note(part, width, pen);
            sheets[sheet].write(pen, number, &note, (PAD_X, PAD_Y));
        }
        let mut spot = plan.page(node, &tree.nodes[node].children[from..]);
        let joint = shown.map(|(sheet, _)| sheet + 1);
        if let Some(joint) = joint {
            let height = pen.box_height(tree.nodes[node].joint(joint, spot.width, pen).len());
            spot.whole += height - spot.height;
            spot.height = height;
        }
        let mut filling = Filling { tree, pen, sheet: Sheet::new(), open: Vec::new(), joint };
        filling.place(&spot, 0.0, from);
        let sheet = sheets.len();
        let open = filling.open.iter().rev();
        starts.extend(open.map(|(number, node, from)| Start {
            node: *node,
            from: *from,
            shown: Some((sheet, *number)),
        }));
        sheets.push(filling.sheet);
    }
    sheets
}

/// Returns the words that say where an answer goes on.
fn note(part: usize, width: f32, pen: &Pen) -> Vec<Line> {
    pen.lines(&format!("more in part {part}"), Weight::SemiBold, width - 2.0 * pen.em(PAD_X))
}

impl Filling<'_> {
    /// Places a box and what fits below it; returns where that ends.
    fn place(&mut self, spot: &Spot, y: f32, from: usize) -> f32 {
        let fits = y + spot.whole <= self.pen.page.height + 0.01;
        let room_for_note = !fits && (spot.children.is_empty() || spot.below == Below::Stacked);
        let lead = self.pen.em(if spot.below == Below::Stacked { RAIL_GAP } else { GAP });
        let height = spot.height + if room_for_note { self.note_height(spot) } else { 0.0 };
        // A part that shows a joint and nothing else would be followed by the same part for ever.
        let joint = self.joint.is_some();
        let starts = |child: &Spot, y: f32| fits || joint || self.starts(child, y + lead);
        let missing = !fits && !spot.children.iter().all(|child| starts(child, y + height));
        let nothing_fits = match spot.below {
            Below::Beside => missing,
            Below::Stacked => !spot.children.first().is_some_and(|child| starts(child, y + height)),
        };
        if !fits && (spot.children.is_empty() || nothing_fits) {
            let number = self.put(spot, y, spot.height + self.note_height(spot));
            self.open.push((number, spot.node, from));
            return y + spot.height + self.note_height(spot);
        }
        let number = self.put(spot, y, height);
        if spot.below == Below::Beside {
            return self.beside(spot, y + height);
        }
        let (bottom, placed) = self.stacked(spot, y + height, fits, usize::from(joint));
        if placed < spot.children.len() {
            // What hangs deeper goes on first, then what follows here.
            self.open.push((number, spot.node, from + placed));
        } else if room_for_note {
            self.sheet.box_mut(number).height = spot.height;
        }
        bottom
    }

    fn note_height(&self, spot: &Spot) -> f32 {
        self.pen.height(note(888, spot.width, self.pen).len())
    }

    /// Returns whether a box may start here: there is room for it, and for the words that say where it goes on.
    fn starts(&self, spot: &Spot, y: f32) -> bool {
        let last = self.tree.nodes[spot.node].children.is_empty();
        let note = if last { 0.0 } else { self.note_height(spot) };
        y + spot.height + note <= self.pen.page.height + 0.01
    }

    fn put(&mut self, spot: &Spot, y: f32, height: f32) -> usize {
        let node = &self.tree.nodes[spot.node];
        let area = Area { x: spot.x, y, width: spot.width, height };
        if let Some(joint) = self.joint.take() {
            let number = self.sheet.add_box(area, BoxRole::Joint);
            self.sheet.write(self.pen, number, &node.joint(joint, spot.width, self.pen), (PAD_X, PAD_Y));
            return number;
        }
        let number = self.sheet.add_box(area, node.role);
        self.sheet.box_mut(number).fifth = node.fifth;
        self.sheet.write(self.pen, number, &node.lines(spot.width, self.pen), (PAD_X, PAD_Y));
        number
    }

    fn beside(&mut self, spot: &Spot, bottom: f32) -> f32 {
        let y = bottom + self.pen.em(GAP);
        let middle = spot.x + spot.width / 2.0;
        let mut lowest = bottom;
        for child in &spot.children {
            let below = child.x + child.width / 2.0;
            if (below - middle).abs() < 0.01 {
                self.sheet.line(&[(middle, bottom), (middle, y)], LineRole::Edge);
            } else {
                let half = f32::midpoint(bottom, y);
                self.sheet.line(&[(middle, bottom), (middle, half), (below, half), (below, y)], LineRole::Edge);
            }
            lowest = lowest.max(self.place(child, y, 0));
        }
        lowest
    }

    /// Places boxes on a rail as long as there is room, and returns where they end and how many they are.
    fn stacked(&mut self, spot: &Spot, bottom: f32, fits: bool, at_least: usize) -> (f32, usize) {
        let rail = spot.x + self.pen.em(INDENT) / 2.0;
        let first = self.pen.em(PAD_Y) + self.pen.height(1) / 2.0;
        let inside = if fits { 0.0 } else { self.note_height(spot) };
        let mut y = bottom;
        for (placed, child) in spot.children.iter().enumerate() {
            let top = y + self.pen.em(RAIL_GAP);
            if !fits && placed >= at_least && !self.starts(child, top) {
                return (y, placed);
            }
            // From inside the box, which is painted over it: whether words are still added to it is not known yet.
            self.sheet.line(&[(rail, bottom - inside), (rail, top + first), (child.x, top + first)], LineRole::Edge);
            y = self.place(child, top, 0);
        }
        (y, spot.children.len())
    }
}
