//! Where the bones, entries and the effect stand on a page of a fishbone.
//!
//! Bones lean away from the effect, entries hang to the right of their bone and start where it is. The halves above and
//! below the spine are as high as their fullest category.

use meeting::FactorCategory;

use super::Rib;
use crate::pen::{Area, LINE, Line, PAD_X, PAD_Y, Pen, Sheet};
use crate::{BoxRole, LineRole, Weight};

/// How far the longest bone leans.
const LEAN: f32 = 2.4;
/// From a bone to its entries.
const TICK: f32 = 1.0;
/// Between entries, and between an entry and the head of its bone.
const ENTRY_GAP: f32 = 0.6;
/// Between the last entry and the spine.
const SPINE_GAP: f32 = 0.9;
/// Between columns, and between the last column and the effect.
const COLUMN_GAP: f32 = 1.2;
/// The narrowest and the widest entry.
const ENTRY: (f32, f32) = (9.0, 24.0);
/// How many lines of an entry are no tower; a higher one takes fewer columns.
const ENTRY_LINES: usize = 10;
/// The width the effect may take; the narrowest that makes it no tower is taken.
const EFFECT: [f32; 3] = [8.0, 10.0, 12.0];
/// How many lines of the effect are no tower, and how many are repeated on later pages.
const EFFECT_LINES: usize = 5;
/// Above and below the words of a category.
const HEAD_PAD: f32 = 0.35;
/// From the left edge of a head to its bone.
const HEAD_LEFT: f32 = 1.0;

/// The effect, set: in full, and as later pages repeat it.
pub(super) struct Effect {
    full: Vec<Line>,
    repeated: Vec<Line>,
    width: f32,
}

/// A category, set.
struct Bone {
    head: Vec<Line>,
    head_width: f32,
    head_height: f32,
    entries: Vec<Vec<Line>>,
    length: f32,
}

/// Above or below the spine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Above,
    Below,
}

/// A page, set.
struct Ribs {
    bones: Vec<Bone>,
    entry_width: f32,
    above: f32,
    below: f32,
    pitch: f32,
}

fn half(number: usize) -> Half {
    if number.is_multiple_of(2) { Half::Above } else { Half::Below }
}

impl Effect {
    pub(super) fn of(effect: &str, pen: &Pen) -> Self {
        let set = |width: f32| pen.lines(effect, Weight::SemiBold, pen.em(width - 2.0 * PAD_X));
        // On a small page the causes need the room.
        let most = EFFECT[0].max(pen.page.width / pen.em(1.0) - 22.0);
        let width = EFFECT.into_iter().find(|width| set(*width).len() <= EFFECT_LINES).unwrap_or(EFFECT[2]).min(most);
        let room = pen.em(width - 2.0 * PAD_X);
        let repeated = pen.shortened(effect, Weight::SemiBold, room, EFFECT_LINES);
        Self { full: set(width), repeated, width: pen.em(width) }
    }

    /// Returns whether it can stand beside its causes.
    pub(super) fn fits(&self, pen: &Pen) -> bool {
        pen.box_height(self.full.len()) <= pen.page.height
    }
}

/// Returns whether categories can be read on one page.
pub(super) fn fits(ribs: &[Rib], effect: &Effect, pen: &Pen) -> bool {
    // Most of a long list is not worth setting only to see that it is too long.
    let at_least = |rib: &Rib| pen.em(LINE + ENTRY_GAP) * rib.entries.len() as f32;
    ribs.iter().all(|rib| at_least(rib) <= pen.page.height)
        && set(ribs, effect, pen).is_some_and(|page| page.above + page.below <= pen.page.height + 0.01)
}

/// Returns how many entries of a category fit on a page of their own.
pub(super) fn entries_that_fit(rib: &Rib, effect: &Effect, pen: &Pen) -> usize {
    let width = entry_width(1, effect, pen);
    let mut left = pen.page.height - 2.0 * pen.em(SPINE_GAP) - head_alone(&rib.category, effect, pen);
    let fits = |entry: &&super::Entry| {
        left -= pen.em(ENTRY_GAP) + pen.height(entry_lines(entry, width, pen).len());
        left >= 0.0
    };
    rib.entries.iter().take_while(fits).count()
}

/// Returns the width and the most lines of an entry of a category that stands on a page alone.
pub(super) fn largest_entry(category: &FactorCategory, effect: &Effect, pen: &Pen) -> (f32, usize) {
    let free = pen.page.height - 2.0 * pen.em(SPINE_GAP) - head_alone(category, effect, pen) - pen.em(ENTRY_GAP);
    let mut most = 1;
    while pen.height(most + 1) <= free {
        most += 1;
    }
    (entry_width(1, effect, pen), most)
}

/// Draws a page; an effect that was shown before is repeated as a joint.
pub(super) fn draw(ribs: &[Rib], effect: &Effect, shown: bool, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::new();
    let Some(mut page) = set(ribs, effect, pen) else { return sheet };
    let lines = if shown { &effect.repeated } else { &effect.full };
    let height = pen.box_height(lines.len());
    page.balance(height, pen);
    let columns = ribs.len().div_ceil(2) as f32;
    let used = pen.em(HEAD_LEFT) + columns * page.pitch + effect.width;
    let left = ((pen.page.width - used) / 2.0).max(0.0);
    let spine = page.above;
    let end = left + used - effect.width;
    let whole = page.above + page.below;
    let y = (spine - height / 2.0).min(whole - height).max(0.0);
    let role = if shown { BoxRole::Joint } else { BoxRole::Effect };
    let area = Area { x: end, y, width: effect.width, height };
    let number = sheet.add_box(area, role);
    sheet.write(pen, number, lines, (PAD_X, PAD_Y));
    sheet.line(&[(left, spine), (end, spine)], LineRole::Spine);
    for (number, (rib, bone)) in ribs.iter().zip(&page.bones).enumerate() {
        let foot = left + pen.em(HEAD_LEFT + LEAN) + (number / 2) as f32 * page.pitch;
        page.bone(rib, bone, half(number), (foot, spine), &mut sheet, pen);
    }
    sheet
}

fn entry_width(columns: usize, effect: &Effect, pen: &Pen) -> f32 {
    let room = pen.page.width - effect.width - pen.em(HEAD_LEFT);
    (room / columns as f32 - pen.em(LEAN + TICK + COLUMN_GAP)).min(pen.em(ENTRY.1))
}

/// Returns how wide a column of bones is.
fn pitch(entry_width: f32, pen: &Pen) -> f32 {
    entry_width + pen.em(LEAN + TICK + COLUMN_GAP)
}

fn head(category: &FactorCategory, continued: bool, pitch: f32, pen: &Pen) -> Vec<Line> {
    let word = category.word();
    let word = if continued { format!("{word}, continued") } else { word.to_owned() };
    pen.lines(&word, Weight::SemiBold, pitch - pen.em(2.0 * PAD_X + 0.5))
}

fn head_height(lines: usize, pen: &Pen) -> f32 {
    pen.height(lines) + 2.0 * pen.em(HEAD_PAD)
}

/// Returns the most that the head of a category takes on a page of its own.
fn head_alone(category: &FactorCategory, effect: &Effect, pen: &Pen) -> f32 {
    let pitch = pitch(entry_width(1, effect, pen), pen);
    head_height(head(category, true, pitch, pen).len(), pen)
}

fn entry_lines(entry: &super::Entry, width: f32, pen: &Pen) -> Vec<Line> {
    let mut lines = if entry.continued { pen.lines("continued", Weight::SemiBold, width) } else { Vec::new() };
    lines.extend(pen.lines(&entry.text, Weight::Regular, width));
    lines
}

fn set(ribs: &[Rib], effect: &Effect, pen: &Pen) -> Option<Ribs> {
    let columns = ribs.len().div_ceil(2).max(1);
    let entry_width = entry_width(columns, effect, pen);
    if columns > 1 && entry_width < pen.em(ENTRY.0) {
        return None;
    }
    let pitch = pitch(entry_width, pen);
    let bones: Vec<Bone> = ribs.iter().map(|rib| set_bone(rib, entry_width, pitch, pen)).collect();
    let tower = |lines: &Vec<Line>| lines.len() > ENTRY_LINES;
    if columns > 1 && bones.iter().flat_map(|bone| &bone.entries).any(tower) {
        return None;
    }
    let longest = |side: Half| {
        let of_side = bones.iter().enumerate().filter(|(number, _)| half(*number) == side);
        of_side.map(|(_, bone)| bone.length).fold(pen.em(SPINE_GAP), f32::max)
    };
    let (above, below) = (longest(Half::Above), longest(Half::Below));
    Some(Ribs { above, below, entry_width, pitch, bones })
}

fn set_bone(rib: &Rib, entry_width: f32, pitch: f32, pen: &Pen) -> Bone {
    let head = head(&rib.category, rib.continued, pitch, pen);
    let widest = head.iter().map(|line| pen.width(&line.words, line.weight)).fold(0.0, f32::max);
    let entries: Vec<_> = rib.entries.iter().map(|entry| entry_lines(entry, entry_width, pen)).collect();
    let listed: f32 = entries.iter().map(|lines| pen.em(ENTRY_GAP) + pen.height(lines.len())).sum();
    let head_height = head_height(head.len(), pen);
    let length = head_height + listed + pen.em(SPINE_GAP);
    Bone { head, head_width: widest + pen.em(2.0 * PAD_X), head_height, entries, length }
}

impl Ribs {
    /// Makes room for an effect that is higher than the bones, with the spine at its middle where the page allows it.
    fn balance(&mut self, height: f32, pen: &Pen) {
        let middle = height / 2.0;
        let (above, below) = (self.above.max(middle), self.below.max(middle));
        if above + below <= pen.page.height {
            (self.above, self.below) = (above, below);
        } else {
            self.above = self.above.max(height - self.below);
        }
    }

    fn bone(&self, rib: &Rib, bone: &Bone, half: Half, foot: (f32, f32), sheet: &mut Sheet, pen: &Pen) {
        let (length, way) = match half {
            Half::Above => (self.above, -1.0),
            Half::Below => (self.below, 1.0),
        };
        let slope = pen.em(LEAN) / self.above.max(self.below);
        let at = |y: f32| foot.0 - (y - foot.1).abs() * slope;
        let tip = foot.1 + way * length;
        let head_top = if half == Half::Above { tip } else { tip - bone.head_height };
        let role = if rib.continued { BoxRole::Joint } else { BoxRole::Category };
        let x = at(tip) - pen.em(HEAD_LEFT);
        let area = Area { x, y: head_top, width: bone.head_width, height: bone.head_height };
        let number = sheet.add_box(area, role);
        sheet.write(pen, number, &bone.head, (PAD_X, HEAD_PAD));
        let neck = foot.1 + way * (length - bone.head_height);
        sheet.line(&[(at(neck), neck), foot], LineRole::Bone);
        let gap = pen.em(ENTRY_GAP);
        let mut y = match half {
            Half::Above => neck + gap,
            // Entries stand at the head of their bone on both sides.
            Half::Below => tip - bone.length + pen.em(SPINE_GAP),
        };
        for lines in &bone.entries {
            let height = pen.height(lines.len());
            let x = at(y).max(at(y + height)) + pen.em(TICK);
            let middle = y + pen.height(1) * 0.52;
            sheet.line(&[(at(middle), middle), (x - pen.em(0.25), middle)], LineRole::Tick);
            let number = sheet.add_box(Area { x, y, width: self.entry_width, height }, BoxRole::Entry);
            sheet.write(pen, number, lines, (0.0, 0.0));
            y += height + gap;
        }
    }
}
