//! Where the boxes of a page stand below each other, and the lines between them.

use super::rows::{Row, SYMPTOM_LINES};
use super::{Air, LINE, PAD_X, Placed, lines_height};
use crate::pen::{Area, Line, Pen, Sheet};
use crate::{BoxRole, LineRole, Weight};

/// How far a rail stands in, and how far all of them together.
const RAIL: f32 = 1.3;
const RAILS: f32 = 3.9;
/// Between an answer and what counts the causes beside it.
const BESIDE: f32 = 0.8;
/// Between an answer and what it ends at.
const BEFORE_END: f32 = 0.6;
/// The narrowest room for words; with more rails than that boxes stay as wide.
const NARROWEST: f32 = 6.0;

/// A row, set.
struct SetRow {
    x: f32,
    width: f32,
    height: f32,
    /// From its left edge to its words.
    words_at: f32,
    texts: Vec<Placed>,
    whole: bool,
    beside: Option<Beside>,
}

/// What counts the causes beside an answer: a box of its own, right of the answer or, without room there, above it.
struct Beside {
    words: String,
    x: f32,
    width: f32,
    above: bool,
}

/// A page of rows, set.
pub(super) struct Stack<'a> {
    rows: &'a [Row],
    set: Vec<SetRow>,
    air: Air,
    pub(super) height: f32,
    /// Whether every text is shown to its end; what is only repeated does not count.
    pub(super) whole: bool,
}

impl<'a> Stack<'a> {
    /// Sets rows, with at most so many lines for each answer.
    pub(super) fn of(rows: &'a [Row], most: Option<usize>, air: Air, pen: &Pen) -> Self {
        let levels = rows.iter().map(|row| row.level).max().unwrap_or(0).max(1) as f32;
        let rail = pen.em(RAIL).min(pen.em(RAILS) / levels);
        let mut set: Vec<SetRow> = rows.iter().map(|row| set_row(row, rail * row.level as f32, most, pen)).collect();
        set.iter_mut().for_each(|row| row.height += 2.0 * pen.em(air.pad));
        let above = set.iter().filter(|row| row.beside.as_ref().is_some_and(|beside| beside.above)).count();
        let gaps = pen.em(air.gap) * (set.len() + above).saturating_sub(1) as f32;
        let gaps = gaps + (lines_height(1, pen) + 2.0 * pen.em(air.pad)) * above as f32;
        let height = set.iter().map(|row| row.height).sum::<f32>() + gaps;
        let shown = |row: &&Row| {
            row.role != BoxRole::Joint && (row.role != BoxRole::Symptom || row.most == Some(SYMPTOM_LINES))
        };
        let whole = rows.iter().zip(&set).filter(|(row, _)| shown(row)).all(|(_, set)| set.whole);
        Self { rows, set, air, height, whole }
    }

    /// Draws it; `goes_on` says that the next page starts below.
    pub(super) fn draw(self, goes_on: bool, pen: &Pen) -> Sheet {
        let mut sheet = Sheet::new();
        let mut y = 0.0;
        let (mut x, mut bottom) = (0.0, 0.0);
        let mut numbers: Vec<usize> = Vec::with_capacity(self.set.len());
        for (row, set) in self.rows.iter().zip(self.set) {
            if let Some(beside) = &set.beside {
                let height = lines_height(1, pen) + 2.0 * pen.em(self.air.pad);
                counted(&mut sheet, row.parent.map_or(0, |parent| numbers[parent]), beside, (y, height), pen);
                y += if beside.above { height + pen.em(self.air.gap) } else { 0.0 };
            }
            let area = Area { x: set.x, y, width: set.width, height: set.height };
            let number = sheet.add_box(area, row.role);
            numbers.push(number);
            sheet.box_mut(number).fifth = row.fifth;
            if let Some(parent) = row.parent {
                let middle = y + pen.em(self.air.pad + LINE / 2.0);
                edge(&mut sheet, numbers[parent], area, middle, pen);
            }
            let top = y + pen.em(self.air.pad);
            let right = area.x + area.width - pen.em(PAD_X);
            if let Some(depth) = row.depth {
                let depth =
                    Placed { words: depth.to_string(), weight: Weight::SemiBold, rtl: false, left: 0.0, line: 0 };
                write(&mut sheet, number, depth.text(area.x + pen.em(PAD_X), top, right, pen));
            }
            for text in set.texts {
                write(&mut sheet, number, text.text(area.x + set.words_at, top, right, pen));
            }
            (x, bottom) = (area.x, y + area.height);
            y = bottom + pen.em(self.air.gap);
        }
        if goes_on && bottom + pen.em(self.air.gap) <= pen.page.height {
            let x = x + below(pen);
            sheet.line(&[(x, bottom), (x, bottom + pen.em(self.air.gap))], LineRole::Edge);
        }
        sheet
    }
}

fn write(sheet: &mut Sheet, number: usize, mut text: crate::DrawnText) {
    text.in_box = sheet.box_mut(number).id;
    sheet.write_at(number, text);
}

/// Where a line leaves a box to the one below: in the middle of its number.
fn below(pen: &Pen) -> f32 {
    pen.em(PAD_X + 0.3)
}

fn edge(sheet: &mut Sheet, parent: usize, child: Area, middle: f32, pen: &Pen) {
    let above = sheet.box_mut(parent);
    let (left, bottom) = (above.x, above.y + above.height);
    let inset = child.x - left;
    if inset < pen.em(0.01) {
        let x = left + below(pen);
        sheet.line(&[(x, bottom), (x, child.y)], LineRole::Edge);
    } else {
        let x = left + inset.min(2.0 * below(pen)) / 2.0;
        sheet.line(&[(x, bottom), (x, middle), (child.x, middle)], LineRole::Edge);
    }
}

/// Returns where the words that say what an answer ends at stand, if there is room for them after its last word.
fn after_words(row: &Row, end: &[Line], most: Option<usize>, room: f32, pen: &Pen) -> Option<f32> {
    let [end] = end else { return None };
    let lines = pen.lines(&row.text, weight(row.role), room);
    let last = lines.last().filter(|last| !last.rtl && most.is_none_or(|most| lines.len() <= most))?;
    let after = pen.width(&last.words, last.weight) + pen.em(BEFORE_END);
    (after + pen.width(&end.words, end.weight) <= room * 0.998).then_some(after)
}

/// Finds the longest words that fit right of an answer, or else the shortest, above it.
fn counted_beside(row: &Row, (left, right): (f32, f32), pen: &Pen) -> Option<Beside> {
    let width = |words: &String| pen.width(words, Weight::Regular) * 1.002 + 2.0 * pen.em(PAD_X);
    let fits = |words: &&String| right + pen.em(BESIDE) + width(words) <= pen.page.width;
    let beside = row.beside.iter().find(fits);
    let words = beside.or(row.beside.last())?;
    let x = if beside.is_some() { right + pen.em(BESIDE) } else { left + pen.em(RAIL) };
    Some(Beside { words: words.clone(), x, width: width(words).min(pen.page.width - x), above: beside.is_none() })
}

/// Puts the box that counts what is not shown, with a line from the answer that all of it hangs on.
fn counted(sheet: &mut Sheet, parent: usize, beside: &Beside, (y, height): (f32, f32), pen: &Pen) {
    let above = sheet.box_mut(parent);
    let (left, right, bottom, top) = (above.x, above.x + above.width, above.y + above.height, above.y);
    let area = Area { x: beside.x, y, width: beside.width, height };
    let middle = (area.x + pen.em(PAD_X + 0.3), y + height / 2.0);
    if beside.above {
        let x = left + below(pen);
        sheet.line(&[(x, bottom), (x, middle.1), (area.x, middle.1)], LineRole::Edge);
    } else if middle.0 < right - pen.em(0.2) {
        sheet.line(&[(middle.0, bottom), (middle.0, y)], LineRole::Edge);
    } else {
        let from = f32::midpoint(top, bottom);
        sheet.line(&[(right, from), (middle.0, from), (middle.0, y)], LineRole::Edge);
    }
    let number = sheet.add_box(area, BoxRole::Joint);
    let words = Placed { words: beside.words.clone(), weight: Weight::Regular, rtl: false, left: 0.0, line: 0 };
    let pad = (height - lines_height(1, pen)) / 2.0;
    write(sheet, number, words.text(area.x + pen.em(PAD_X), y + pad, area.x + area.width, pen));
}

fn weight(role: BoxRole) -> Weight {
    match role {
        BoxRole::Symptom | BoxRole::Entry => Weight::SemiBold,
        _ => Weight::Regular,
    }
}

fn set_row(row: &Row, x: f32, most: Option<usize>, pen: &Pen) -> SetRow {
    let number = row.depth.map_or(0.0, |depth| pen.width(&depth.to_string(), Weight::SemiBold) + pen.em(0.5));
    let words_at = pen.em(PAD_X) + number.max(if number > 0.0 { pen.em(1.15) } else { 0.0 });
    let room = (pen.page.width - x - words_at - pen.em(PAD_X)).max(pen.em(NARROWEST));
    let most = if row.answer.is_some() { most } else { row.most };
    let end = row.end.map(|end| pen.lines(&format!("ends at {end}"), Weight::SemiBold, room)).unwrap_or_default();
    let after = after_words(row, &end, most, room, pen);
    let (lines, whole) = match after {
        Some(_) => (pen.lines(&row.text, weight(row.role), room), true),
        None => pen.balanced(&row.text, weight(row.role), room, most.unwrap_or(usize::MAX)),
    };
    let mut texts: Vec<Placed> = Vec::new();
    let place =
        |set: Line, left: f32, line: usize| Placed { words: set.words, weight: set.weight, rtl: set.rtl, left, line };
    for (line, set) in lines.into_iter().enumerate() {
        texts.push(place(set, 0.0, line));
    }
    let below = texts.len();
    let (left, line) = after.map_or((0.0, below), |after| (after, below - 1));
    for (more, set) in end.into_iter().enumerate() {
        texts.push(place(set, left, line + more));
    }
    let widest = texts.iter().map(|text| text.left + pen.width(&text.words, text.weight)).fold(0.0, f32::max);
    let lines = texts.last().map_or(1, |text| text.line + 1);
    // A hair more than the words, because painters round where adding up does not.
    let width = (words_at + widest * 1.002 + pen.em(PAD_X)).min(words_at + room + pen.em(PAD_X));
    let beside = counted_beside(row, (x, x + width), pen);
    SetRow { x, width, height: lines_height(lines, pen), words_at, texts, whole, beside }
}
