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
    /// A rectangle with round corners.
    Frame { x: f32, y: f32, width: f32, height: f32, round: f32, fill: Ink, stroke: Stroke },
    /// A line through points.
    Path { points: Vec<(f32, f32)>, stroke: Stroke },
    /// An image, by its number in the document.
    Image { number: usize, x: f32, y: f32, width: f32, height: f32 },
    /// The page number of a heading, starting at `x`.
    PageOf { heading: usize, x: f32, baseline: f32 },
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) ink: Ink,
    pub(super) thick: f32,
    pub(super) dashed: bool,
}

impl Shape {
    /// Moves a line of text down.
    pub(super) fn lower(&mut self, by: f32) {
        if let Self::Line { baseline, .. } | Self::PageOf { baseline, .. } = self {
            *baseline += by;
        }
    }
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
}

/// A last page that is filled less than this looks forgotten.
const POOR: f32 = 0.28;
/// How much of the space between blocks is kept at each attempt to do without a poor last page.
const TIGHTER: [f32; 3] = [0.92, 0.84, 0.76];
/// How full the page before has to stay when it gives something to a poor last page.
const RICH: f32 = 0.55;

impl Pages {
    /// Breaks `pieces` into pages. There is always at least one.
    ///
    /// Where the last page would hold next to nothing, space between blocks is taken in; where that is not enough, the
    /// page before gives it what stands at its end.
    pub(super) fn from_pieces(pieces: Vec<Piece>) -> Self {
        let usual = Spots::find(&pieces, 1.0, None);
        if usual.pages < 2 || usual.filled >= POOR {
            return Self::fill(pieces, &usual);
        }
        for gaps in TIGHTER {
            let spots = Spots::find(&pieces, gaps, None);
            if spots.pages < usual.pages {
                return Self::fill(pieces, &spots);
            }
        }
        let shared = usual.starts.iter().rev().take_while(|start| **start > 0).find_map(|start| {
            let spots = Spots::find(&pieces, 1.0, Some(*start));
            let enough = spots.pages == usual.pages && spots.filled >= POOR;
            (enough && spots.before_last >= RICH).then_some(spots)
        });
        Self::fill(pieces, &shared.unwrap_or(usual))
    }

    /// Puts pieces to where they were found to stand.
    fn fill(pieces: Vec<Piece>, spots: &Spots) -> Self {
        let mut pages = (0..spots.pages).map(|_| Page::default()).collect::<Vec<_>>();
        let mut headings = Vec::new();
        for (piece, spot) in pieces.into_iter().zip(&spots.spots) {
            let Spot { page, top, repeated } = *spot;
            if let Some(header) = piece.header.filter(|_| repeated) {
                let top = top - header.height;
                pages[page].items.extend(header.items.iter().map(|item| Placed { top, item: item.clone() }));
            }
            if let Some(number) = piece.heading {
                debug_assert_eq!(number, headings.len(), "headings are numbered in the order of the flow");
                headings.push(Place { page, top });
            }
            pages[page].items.extend(piece.items.into_iter().map(|item| Placed { top, item }));
        }
        Self { pages, headings }
    }
}

/// Where a piece comes to stand.
#[derive(Debug, Clone, Copy)]
struct Spot {
    page: usize,
    top: f32,
    /// Whether the head of its table is drawn again above it.
    repeated: bool,
}

/// Where all pieces come to stand.
#[derive(Debug)]
struct Spots {
    spots: Vec<Spot>,
    pages: usize,
    /// How much of the last page, and of the one before it, is filled.
    filled: f32,
    before_last: f32,
    /// The pieces that start a group.
    starts: Vec<usize>,
}

/// A place on the pages that moves down.
struct Pen {
    page: usize,
    y: f32,
    /// Where the page before ended.
    ended: f32,
}

impl Pen {
    fn turn(&mut self) {
        self.ended = self.y;
        self.page += 1;
        self.y = TOP;
    }
}

impl Spots {
    /// Finds places with so much of the space between blocks, and a new page before one of the pieces.
    fn find(pieces: &[Piece], gaps: f32, break_before: Option<usize>) -> Self {
        let mut pen = Pen { page: 0, y: TOP, ended: TOP };
        let (mut spots, mut starts) = (Vec::with_capacity(pieces.len()), Vec::new());
        let mut start = 0;
        while start < pieces.len() {
            let kept = pieces[start..].iter().take_while(|piece| piece.keep).count();
            let end = (start + kept + 1).min(pieces.len());
            starts.push(start);
            let group = &pieces[start..end];
            // A group that is taller than a page is placed piece by piece; nothing else can be done for it.
            let total = group.iter().map(|piece| piece.before * gaps + piece.height).sum::<f32>();
            let header = group[0].header.as_ref().map_or(0.0, |header| header.height);
            let fits_alone = total + header <= BOTTOM - TOP;
            let is_full = fits_alone && pen.y + total > BOTTOM;
            if pen.y > TOP && (is_full || break_before == Some(start)) {
                pen.turn();
            }
            spots.extend(group.iter().map(|piece| place(piece, gaps, &mut pen)));
            start = end;
        }
        let filled = |y: f32| (y - TOP) / (BOTTOM - TOP);
        Self { spots, pages: pen.page + 1, filled: filled(pen.y), before_last: filled(pen.ended), starts }
    }
}

fn place(piece: &Piece, gaps: f32, pen: &mut Pen) -> Spot {
    if pen.y > TOP && pen.y + piece.before * gaps + piece.height > BOTTOM {
        pen.turn();
    }
    let mut repeated = false;
    if pen.y > TOP {
        pen.y += piece.before * gaps;
    } else if let Some(header) = &piece.header {
        pen.y += header.height;
        repeated = true;
    }
    let top = pen.y;
    pen.y += piece.height;
    Spot { page: pen.page, top, repeated }
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
            _ => 0.0,
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

    fn spaced(before: f32, height: f32) -> Piece {
        Piece { before, ..piece(height, false) }
    }

    #[test]
    fn space_is_taken_in_where_the_last_page_would_hold_next_to_nothing() {
        let mut pieces = (0..6).map(|_| spaced(20.0, 96.0)).collect::<Vec<_>>();
        assert_eq!(Pages::from_pieces(pieces).pages.len(), 1);
        pieces = (0..6).map(|_| spaced(20.0, 100.0)).collect();
        assert_eq!(Pages::from_pieces(pieces).pages.len(), 1, "700 points stand on 698 with less space between them");
        pieces = (0..7).map(|_| spaced(20.0, 100.0)).collect();
        assert_eq!(Pages::from_pieces(pieces).pages.len(), 2, "words never come closer than lines");
    }

    #[test]
    fn a_poor_last_page_gets_what_stands_at_the_end_of_the_page_before() {
        let pieces = (0..8).map(|_| piece(80.0, false)).chain([piece(90.0, false)]).collect();
        assert_eq!(heights(&Pages::from_pieces(pieces))[1], [80.0, 80.0, 90.0]);
    }

    #[test]
    fn the_head_of_a_table_is_drawn_again_on_the_next_page_and_only_there() {
        let header = Rc::new(Header { height: 20.0, items: piece(20.0, false).items });
        let row = || Piece { header: Some(Rc::clone(&header)), ..piece(400.0, false) };
        let pages = Pages::from_pieces(vec![piece(20.0, true), row(), row()]);
        assert_eq!(heights(&pages), [vec![20.0, 400.0], vec![20.0, 400.0]]);
    }
}
