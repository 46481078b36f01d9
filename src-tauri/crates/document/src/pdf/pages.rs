//! Breaking the flow into pages.
//!
//! Blocks hand over pieces: strips of the page that are never cut. A piece may ask to stay with the one after it, and
//! that is all this module needs to keep headings with their text, to leave no single line behind, and to hold a table
//! row together. What is in a piece is of no interest here.

use std::rc::Rc;

use super::look::Ink;
use super::look::{BOTTOM, TOP};
use super::structure::NodeId;
use super::text::Setting;

/// What the reader is told about something on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing: it decorates or repeats.
    Artifact,
    /// It is content of a node.
    Node(NodeId),
}

/// Something to draw, measured from the left edge of the page and the top of its piece.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) mark: Mark,
    pub(super) shape: Shape,
}

/// A thing that can be drawn.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// One line of a text.
    Line { setting: Rc<Setting>, line: usize, x: f32, baseline: f32 },
    /// A filled rectangle; rules are rectangles too.
    Area { x: f32, y: f32, width: f32, height: f32, ink: Ink },
    /// The page number of a heading, ending at `right`.
    PageOf { heading: usize, right: f32, baseline: f32 },
}

/// A strip of the page that is never cut.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Space above, which disappears at the top of a page.
    pub(super) before: f32,
    pub(super) height: f32,
    /// Whether the next piece stays on the same page.
    pub(super) keep: bool,
    pub(super) items: Vec<Item>,
    /// What is drawn again above this piece when it starts a page.
    pub(super) header: Option<Rc<Header>>,
    /// The heading that starts here, by its number.
    pub(super) heading: Option<usize>,
}

/// The head of a table for the pages after its first.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) height: f32,
    pub(super) items: Vec<Item>,
}

/// An item at its place on a page, measured from the top left corner.
#[derive(Debug)]
pub(super) struct Placed {
    /// How far down the page the top of the piece lies.
    pub(super) top: f32,
    pub(super) item: Item,
}

/// Everything on one page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) items: Vec<Placed>,
}

/// Where a heading came to stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// The page, counted from zero.
    pub(super) page: usize,
    /// How far down the page.
    pub(super) top: f32,
}

/// The pages of a document.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) pages: Vec<Page>,
    /// Where the headings stand, by their number.
    pub(super) headings: Vec<Place>,
    y: f32,
}

impl Pages {
    /// Breaks `pieces` into pages. There is always at least one.
    pub(super) fn from_pieces(pieces: Vec<Piece>) -> Self {
        let mut pages = Self { pages: vec![Page::default()], headings: Vec::new(), y: TOP };
        let mut group = Vec::new();
        for piece in pieces {
            let keep = piece.keep;
            group.push(piece);
            if !keep {
                pages.place_group(std::mem::take(&mut group));
            }
        }
        pages.place_group(group);
        pages
    }

    /// Places pieces that belong together: on this page if they fit, else on the next.
    ///
    /// A group that is taller than a page is placed piece by piece; nothing else can be done for it.
    fn place_group(&mut self, group: Vec<Piece>) {
        let total = group.iter().map(|piece| piece.before + piece.height).sum::<f32>();
        let header = group.first().and_then(|piece| piece.header.as_ref()).map_or(0.0, |header| header.height);
        let fits_alone = total + header <= BOTTOM - TOP;
        if self.y > TOP && fits_alone && self.y + total > BOTTOM {
            self.turn();
        }
        for piece in group {
            self.place(piece);
        }
    }

    fn place(&mut self, piece: Piece) {
        if self.y > TOP && self.y + piece.before + piece.height > BOTTOM {
            self.turn();
        }
        if self.y > TOP {
            self.y += piece.before;
        } else if let Some(header) = &piece.header {
            let top = self.y;
            self.y += header.height;
            let repeated = header.items.iter().map(|item| Placed { top, item: item.clone() });
            self.page().items.extend(repeated.collect::<Vec<_>>());
        }
        if let Some(number) = piece.heading {
            debug_assert_eq!(number, self.headings.len(), "headings are numbered in the order of the flow");
            let place = Place { page: self.pages.len() - 1, top: self.y };
            self.headings.push(place);
        }
        let top = self.y;
        self.page().items.extend(piece.items.into_iter().map(|item| Placed { top, item }));
        self.y += piece.height;
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(height: f32, keep: bool) -> Piece {
        let shape = Shape::Area { x: 0.0, y: 0.0, width: 1.0, height, ink: Ink::Full };
        Piece { height, keep, items: vec![Item { mark: Mark::Artifact, shape }], ..Piece::default() }
    }

    fn heights(pages: &Pages) -> Vec<Vec<f32>> {
        let height = |placed: &Placed| match placed.item.shape {
            Shape::Area { height, .. } => height,
            Shape::Line { .. } | Shape::PageOf { .. } => 0.0,
        };
        pages.pages.iter().map(|page| page.items.iter().map(height).collect()).collect()
    }

    #[test]
    fn a_piece_that_must_stay_with_the_next_moves_with_it() {
        let pages = Pages::from_pieces(vec![piece(600.0, false), piece(60.0, true), piece(90.0, false)]);
        assert_eq!(heights(&pages), [vec![600.0], vec![60.0, 90.0]]);
    }

    #[test]
    fn a_group_taller_than_a_page_is_still_placed_in_order() {
        let pages = Pages::from_pieces(vec![piece(500.0, true), piece(400.0, true), piece(300.0, false)]);
        assert_eq!(heights(&pages), [vec![500.0], vec![400.0], vec![300.0]]);
    }

    #[test]
    fn the_head_of_a_table_is_drawn_again_on_the_next_page_and_only_there() {
        let header = Rc::new(Header { height: 20.0, items: piece(20.0, false).items });
        let row = || Piece { header: Some(Rc::clone(&header)), ..piece(400.0, false) };
        let pages = Pages::from_pieces(vec![piece(20.0, true), row(), row()]);
        assert_eq!(heights(&pages), [vec![20.0, 400.0], vec![20.0, 400.0]]);
    }
}
