//! The fishbone (Ishikawa): a spine that runs to the effect, one bone per category, contributing factors along it.
//!
//! As many categories as can be read stand on a page, alternating above and below the spine. What does not fit goes on
//! the next page: first by categories, and inside a category by its entries. `ribs` says where things stand on a page;
//! this file says what goes on it.

mod ribs;

use meeting::{Factor, FactorCategory};
use ribs::Effect;

use crate::pen::{Area, PAD_X, PAD_Y, Pen, Sheet, WIDEST, finish, quoted};
use crate::{BoxRole, Drawing, Page, Type, Weight};

/// A contributing factor, or one piece of an over-long one.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) text: String,
    /// Whether it carries on the entry before it.
    pub(super) continued: bool,
}

/// A category with the entries that are still to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Rib {
    pub(super) category: FactorCategory,
    pub(super) entries: Vec<Entry>,
    /// Whether earlier entries stand on an earlier page.
    pub(super) continued: bool,
}

/// Lays out contributing factors; what does not fit on one page goes on in the next drawing.
///
/// Without a factor there is nothing to draw.
#[must_use]
pub fn fishbone(effect: &str, factors: &[Factor], page: Page, type_: &Type) -> Vec<Drawing> {
    if factors.is_empty() {
        return Vec::new();
    }
    let pen = Pen::new(page, type_);
    let effect_set = Effect::of(effect, &pen);
    let ribs = ribs_of(factors, &effect_set, &pen);
    let alt = in_a_sentence(effect, factors);
    // Too long to stand beside its causes: it is read first, on pages of its own.
    let mut sheets = if effect_set.fits(&pen) { Vec::new() } else { effect_alone(effect, &pen) };
    let mut shown = !sheets.is_empty();
    for ribs in pages(&ribs, &effect_set, &pen) {
        sheets.push(ribs::draw(&ribs, &effect_set, shown, &pen));
        shown = true;
    }
    finish(&pen, sheets, &alt)
}

pub(crate) fn in_a_sentence(effect: &str, factors: &[Factor]) -> String {
    let count = |category: &_| factors.iter().filter(|factor| factor.category == *category).count();
    let used = FactorCategory::of(factors);
    let counts: Vec<String> = used.iter().map(|category| format!("{} {}", category.word(), count(category))).collect();
    let what = if factors.len() == 1 {
        "one contributing factor".into()
    } else {
        format!("{} contributing factors", factors.len())
    };
    format!("Fishbone of {what} to {}: {}", quoted(effect), counts.join(", "))
}

fn ribs_of(factors: &[Factor], effect: &Effect, pen: &Pen) -> Vec<Rib> {
    let rib = |category: FactorCategory| {
        let of_category = factors.iter().filter(|factor| factor.category == category);
        let entries: Vec<Entry> = of_category.flat_map(|factor| entries_of(factor, effect, pen)).collect();
        (!entries.is_empty()).then_some(Rib { category, entries, continued: false })
    };
    FactorCategory::of(factors).into_iter().filter_map(rib).collect()
}

/// Splits a text that no page could hold.
fn entries_of(factor: &Factor, effect: &Effect, pen: &Pen) -> Vec<Entry> {
    let (width, most) = ribs::largest_entry(&factor.category, effect, pen);
    let pieces = |most| pen.pieces(&factor.text, Weight::Regular, width, most);
    let whole = pieces(most);
    let whole = if whole.len() == 1 { whole } else { pieces(most.saturating_sub(1).max(1)) };
    whole.into_iter().enumerate().map(|(number, text)| Entry { text, continued: number > 0 }).collect()
}

fn effect_alone(effect: &str, pen: &Pen) -> Vec<Sheet> {
    let width = pen.em(WIDEST).min(pen.page.width);
    let room = width - 2.0 * pen.em(PAD_X);
    let mut most = 1;
    while pen.box_height(most + 1) <= pen.page.height {
        most += 1;
    }
    let sheet = |text: String| {
        let mut sheet = Sheet::new();
        let lines = pen.lines(&text, Weight::SemiBold, room);
        let x = (pen.page.width - width) / 2.0;
        let number = sheet.add_box(Area { x, y: 0.0, width, height: pen.box_height(lines.len()) }, BoxRole::Effect);
        sheet.write(pen, number, &lines, (PAD_X, PAD_Y));
        sheet
    };
    pen.pieces(effect, Weight::SemiBold, room, most).into_iter().map(sheet).collect()
}

/// Shares categories out on pages: as few pages as possible, and then as evenly as possible.
fn pages(ribs: &[Rib], effect: &Effect, pen: &Pen) -> Vec<Vec<Rib>> {
    let packed = pack(ribs, ribs.len(), effect, pen);
    let even = ribs.len().div_ceil(packed.len().max(1));
    let evenly = pack(ribs, even, effect, pen);
    if evenly.len() <= packed.len() { evenly } else { packed }
}

fn pack(ribs: &[Rib], most: usize, effect: &Effect, pen: &Pen) -> Vec<Vec<Rib>> {
    let mut left: Vec<Rib> = ribs.to_vec();
    let mut pages = Vec::new();
    while !left.is_empty() {
        let fits = |count: &usize| ribs::fits(&left[..*count], effect, pen);
        if let Some(count) = (1..=most.min(left.len())).rev().find(fits) {
            pages.push(left.drain(..count).collect());
            continue;
        }
        let rib = &mut left[0];
        let count = ribs::entries_that_fit(rib, effect, pen).clamp(1, rib.entries.len());
        let rest = rib.entries.split_off(count);
        let first = rib.clone();
        if rest.is_empty() {
            left.remove(0);
        } else {
            *rib = Rib { category: rib.category.clone(), entries: rest, continued: true };
        }
        pages.push(vec![first]);
    }
    pages
}
