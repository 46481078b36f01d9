//! Images and excerpts: what was seen, with what it shows below or above it.

use super::flow::{FIGURE_GAP, Flow, area};
use super::look::{self, BOTTOM, FULL_WIDTH, Ink, LEFT, TOP};
use super::pages::{Item, Mark, Piece, Shape, Stroke};
use super::structure::{ROOT, Role};
use crate::blocks::Figure;
use crate::words;

/// The highest an image may stand: two fit on a page.
const HIGHEST: f32 = (BOTTOM - TOP) * 0.44;
/// How many points a pixel takes at most; more would show the pixels.
const PIXEL: f32 = 0.72;
/// Between the ground of an excerpt and its lines.
const INSIDE: f32 = 8.0;
/// What stands in the place of an image that cannot be drawn.
const MISSING: &str = "This image could not be read when the document was made.";

impl Flow {
    /// Lays out an image with its caption.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let before = self.gap(FIGURE_GAP);
        let node = self.structure.add(ROOT, Role::Figure);
        self.structure.nodes[node.0].alternative = Some(words::line(&figure.alt));
        let piece = match self.images.get(&figure.image.digest) {
            Some(place) => {
                let (width, height) = size(place.width, place.height);
                let image = Shape::Image { number: place.number, x: LEFT, y: 0.0, width, height };
                let stroke = Stroke { ink: Ink::Line, thick: 0.6, dashed: false };
                let edge = Shape::Path { points: corners(width, height), stroke };
                let items =
                    vec![Item { mark: Mark::Node(node), shape: image }, Item { mark: Mark::Artifact, shape: edge }];
                Piece { before, height, items, keep: true, ..Piece::default() }
            }
            None => {
                let setting = self.set_words(MISSING, look::NOTE, FULL_WIDTH);
                let mut items = vec![area(LEFT, 0.0, FULL_WIDTH, 40.0, Ink::Sunk)];
                super::flow::stack(&setting, LEFT + INSIDE, 13.0, Mark::Node(node), &mut items);
                Piece { before, height: 40.0, items, keep: true, ..Piece::default() }
            }
        };
        self.pieces.push(piece);
        let caption = self.structure.add(node, Role::Caption);
        let setting = self.set_words(&figure.caption, look::NOTE, FULL_WIDTH);
        self.lines(&setting, LEFT, 5.0, Mark::Node(caption), false);
        self.after = FIGURE_GAP + 6.0;
    }

    /// Lays out lines as they are, on a quiet ground.
    pub(super) fn excerpt(&mut self, caption: &str, text: &str) {
        let text = words::literal(text);
        if text.is_empty() {
            return;
        }
        let before = self.gap(FIGURE_GAP);
        let node = self.structure.add(ROOT, Role::Paragraph);
        let before = self.caption(caption, node, before);
        let setting = self.set_literal(&text, look::EXCERPT, FULL_WIDTH - 2.0 * INSIDE);
        let first = self.pieces.len();
        self.lines(&setting, LEFT + INSIDE, before, Mark::Node(node), false);
        let last = self.pieces.len() - 1;
        for (number, piece) in (first..).zip(&mut self.pieces[first..]) {
            let (above, below) =
                (if number == first { INSIDE } else { 0.0 }, if number == last { INSIDE } else { 0.0 });
            piece.items.iter_mut().for_each(|item| item.shape.lower(above));
            piece.height += above + below;
            // A hair more than its height: two grounds that only touch show a line between them.
            let seam = if number == last { 0.0 } else { 0.3 };
            piece.items.insert(0, area(LEFT, 0.0, FULL_WIDTH, piece.height + seam, Ink::Sunk));
        }
        self.after = FIGURE_GAP;
    }
}

/// Returns how large an image is printed.
fn size(width: u32, height: u32) -> (f32, f32) {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let scale = PIXEL.min(FULL_WIDTH / width).min(HIGHEST / height);
    (width * scale, height * scale)
}

fn corners(width: f32, height: f32) -> Vec<(f32, f32)> {
    vec![(LEFT, 0.0), (LEFT + width, 0.0), (LEFT + width, height), (LEFT, height), (LEFT, 0.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_keeps_its_shape_and_stays_on_the_page() {
        for (width, height) in [(1, 1), (20_000, 3), (3, 20_000), (1920, 1080), (600, 400), (0, 0)] {
            let (w, h) = size(width, height);
            assert!(w <= FULL_WIDTH + 0.01 && h <= HIGHEST + 0.01, "{width} x {height} became {w} x {h}");
            let (from, to) = (width.max(1) as f32 / height.max(1) as f32, w / h);
            assert!((from / to - 1.0).abs() < 0.001, "{from} became {to}");
        }
    }
}
