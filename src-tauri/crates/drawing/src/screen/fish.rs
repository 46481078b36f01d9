//! The fishbone on a screen, turned so that it can be read: the spine runs down to the effect, every category is a bone.

use std::ops::Range;

use meeting::{
    Factor, FactorCategory,
    paging::{FactorPage, factor_pages},
};

use super::{AIR, ASCENT, Air, LESS_AIR, LINE, NO_AIR, PAD_X, Placed, Screen, finished, lines_height};
use crate::fishbone::in_a_sentence;
use crate::pen::{Area, Line, Pen, Sheet};
use crate::{BoxRole, LineRole, Page, Type, Weight};

/// Where the spine runs.
const SPINE: f32 = 0.7;
/// Where heads of bones start, and how much a bone falls on its way to the spine.
const HEAD: f32 = 1.6;
const LEAN: f32 = 0.7;
/// From the head of a bone to its factors, and from the rail that they hang on.
const TICK: f32 = 0.9;
/// What letters such as g reach below a line; a factor has no frame that leaves room for it.
const DESCENDERS: f32 = 0.03;
/// The widest head of a bone that has its factors beside it.
const WIDEST_HEAD: f32 = 12.0;
/// The most lines of the effect below its causes.
const EFFECT_LINES: usize = 2;

/// A category with those of its factors that are shown.
struct Bone {
    head: String,
    entries: Vec<Vec<Line>>,
}

/// A page, set.
struct Fish {
    bones: Vec<Bone>,
    /// Where factors start: beside the heads or below them.
    entries_at: f32,
    below: bool,
    /// What the spine runs to.
    tail: (BoxRole, Vec<Line>),
    air: Air,
    height: f32,
    whole: bool,
}

/// Lays out one page of the contributing factors.
#[must_use]
pub fn fish_screen(effect: &str, factors: &[Factor], shown: &FactorPage, page: Page, type_: &Type) -> Screen {
    let pen = Pen::on(page, type_);
    let fish = match shown {
        FactorPage::All => all(effect, factors, &pen),
        FactorPage::Of { category, places } => one(effect, factors, category, places, &pen),
    };
    let whole = fish.whole && fish.height <= page.height + 0.01;
    let drawing = finished(&pen, fish.draw(&pen), &in_a_sentence(effect, factors));
    Screen { drawing, whole, answers: Vec::new() }
}

fn of<'a>(factors: &'a [Factor], category: &FactorCategory) -> Vec<&'a str> {
    factors.iter().filter(|factor| factor.category == *category).map(|factor| factor.text.as_str()).collect()
}

/// Shows all factors; where they have pages of their own, as many as can be shown in full, or else how many they are.
fn all(effect: &str, factors: &[Factor], pen: &Pen) -> Fish {
    let used = FactorCategory::of(factors);
    let groups: Vec<(&FactorCategory, Vec<&str>)> =
        used.iter().map(|category| (category, of(factors, category))).collect();
    let counts: Vec<usize> = groups.iter().map(|(_, texts)| texts.len()).collect();
    let fits = |fish: &Fish| fish.height <= pen.page.height + 0.01;
    let tails: Vec<_> = (1..=EFFECT_LINES).rev().map(|most| effect_lines(effect, most, pen)).collect();
    if factor_pages(factors).len() == 1 {
        let most = [usize::MAX, 3, 2].into_iter();
        let airs =
            most.flat_map(|most| tails.iter().flat_map(move |tail| [AIR, LESS_AIR].map(|air| (most, tail, air))));
        let mut tries = airs.map(|(most, tail, air)| overview(&groups, &counts, tail, (most, air), pen));
        return tries
            .find(fits)
            .unwrap_or_else(|| overview(&groups, &counts, &tails[tails.len() - 1], (1, LESS_AIR), pen));
    }
    // More than the page has lines need not be tried.
    let most = (1..factors.len()).take_while(|lines| lines_height(*lines, pen) < pen.page.height).count();
    let shares = (groups.len()..=most.max(groups.len())).rev().map(|total| shares(&counts, total));
    let tails = &tails;
    let airs = [AIR, LESS_AIR].map(|air| (usize::MAX, air));
    let shares = shares.flat_map(|shares| tails.iter().map(move |tail| (shares.clone(), tail)));
    let shares = shares.flat_map(|(shares, tail)| airs.map(|air| (shares.clone(), tail, air)));
    let mut tries = shares.map(|(shares, tail, air)| overview(&groups, &shares, tail, air, pen));
    let least = &tails[tails.len() - 1];
    let counts = [(&tails[0], AIR), (least, LESS_AIR), (least, NO_AIR)];
    let mut counts = counts.into_iter().map(|(tail, air)| counted(&groups, tail, air, pen));
    tries.find(fits).or_else(|| counts.find(fits)).unwrap_or_else(|| counted(&groups, least, NO_AIR, pen))
}

/// Says of each category how many factors it has.
fn counted(groups: &[(&FactorCategory, Vec<&str>)], tail: &[Line], air: Air, pen: &Pen) -> Fish {
    let words = |count: usize| if count == 1 { "1 factor".to_owned() } else { format!("{count} factors") };
    let words: Vec<String> = groups.iter().map(|(_, texts)| words(texts.len())).collect();
    let groups: Vec<(&FactorCategory, Vec<&str>)> =
        groups.iter().zip(&words).map(|((category, _), words)| (*category, vec![words.as_str()])).collect();
    let fish = overview(&groups, &vec![1; groups.len()], tail, (1, air), pen);
    Fish { whole: false, ..fish }
}

/// Gives places in turn, so that no category takes them all; each has one at least.
fn shares(counts: &[usize], total: usize) -> Vec<usize> {
    let mut given: Vec<usize> = counts.iter().map(|count| 1.min(*count)).collect();
    let mut left = total.saturating_sub(given.iter().sum());
    while left > 0 && given != counts {
        for (given, count) in given.iter_mut().zip(counts) {
            if left > 0 && *given < *count {
                *given += 1;
                left -= 1;
            }
        }
    }
    given
}

/// Shows the first so many factors of each category, with at most so many lines each.
fn overview(
    groups: &[(&FactorCategory, Vec<&str>)],
    given: &[usize],
    tail: &[Line],
    (most, air): (usize, Air),
    pen: &Pen,
) -> Fish {
    let hides = groups.iter().zip(given).any(|((_, texts), given)| *given < texts.len());
    let head = |((category, texts), given): (&(&FactorCategory, Vec<&str>), &usize)| {
        head_of(category, (*given < texts.len()).then_some(texts.len()), pen)
    };
    let heads: Vec<String> = groups.iter().zip(given).map(head).collect();
    let entries_at = pen.em(HEAD + TICK) + heads.iter().map(|head| head_width(head, false, pen)).fold(0.0, f32::max);
    let room = pen.page.width - entries_at;
    let mut whole = !hides;
    let mut bones = Vec::new();
    for (((_, texts), given), head) in groups.iter().zip(given).zip(heads) {
        let mut entries = Vec::new();
        for text in texts.iter().take(*given) {
            let (lines, is_whole) = pen.balanced(text, Weight::Regular, room, most);
            whole &= is_whole;
            entries.push(lines);
        }
        bones.push(Bone { head, entries });
    }
    Fish { whole, ..Fish::of(bones, entries_at, false, (BoxRole::Effect, tail.to_vec()), air, pen) }
}

fn one(effect: &str, factors: &[Factor], category: &FactorCategory, places: &Range<usize>, pen: &Pen) -> Fish {
    let texts = of(factors, category);
    let (from, to) = (places.start.min(texts.len()), places.end.min(texts.len()));
    let head = if to - from == texts.len() {
        category.word().to_owned()
    } else if to - from == 1 {
        format!("{}, {to} of {}", category.word(), texts.len())
    } else {
        format!("{}, {}–{to} of {}", category.word(), from + 1, texts.len())
    };
    let others: Vec<String> = FactorCategory::of(factors)
        .iter()
        .filter(|other| *other != category)
        // A category is not torn from its number.
        .map(|other| format!("{}\u{a0}{}", other.word(), of(factors, other).len()))
        .collect();
    let entries_at = pen.em(HEAD + PAD_X + TICK);
    let room = pen.page.width - entries_at;
    let tail = if others.is_empty() {
        (BoxRole::Effect, effect_lines(effect, 1, pen))
    } else {
        let also = format!("Also: {}", others.join(", "));
        (BoxRole::Joint, pen.balanced(&also, Weight::Regular, pen.page.width - 2.0 * pen.em(PAD_X), usize::MAX).0)
    };
    let set = |(most, air): (usize, Air)| {
        let (entries, whole): (Vec<_>, Vec<_>) =
            texts[from..to].iter().map(|text| pen.balanced(text, Weight::Regular, room, most)).unzip();
        let bone = Bone { head: head.clone(), entries };
        let fish = Fish::of(vec![bone], entries_at, true, tail.clone(), air, pen);
        Fish { whole: whole.into_iter().all(|whole| whole), ..fish }
    };
    let less = [usize::MAX].into_iter().chain((1..=12).rev()).map(|most| (most, LESS_AIR));
    let mut tries = [(usize::MAX, AIR)].into_iter().chain(less).map(set);
    tries.find(|fish| fish.height <= pen.page.height + 0.01).unwrap_or_else(|| set((1, LESS_AIR)))
}

fn effect_lines(effect: &str, most: usize, pen: &Pen) -> Vec<Line> {
    pen.balanced(effect, Weight::SemiBold, pen.page.width - 2.0 * pen.em(PAD_X), most).0
}

/// Returns a head that has its factors beside it: the name is cut rather than the number of those that are not shown.
fn head_of(category: &FactorCategory, count: Option<usize>, pen: &Pen) -> String {
    let count = count.map(|count| format!(" {count}")).unwrap_or_default();
    let room = pen.em(WIDEST_HEAD - 2.0 * PAD_X) - pen.width(&count, Weight::SemiBold);
    let name = pen.shortened(category.word(), Weight::SemiBold, room / 1.01, 1);
    name.into_iter().map(|line| line.words).collect::<String>() + &count
}

/// Returns the width of a head; beside its factors a long one is cut, so that they have room.
fn head_width(head: &str, below: bool, pen: &Pen) -> f32 {
    let most = pen.page.width - pen.em(HEAD);
    // A hair more than its words, so that they are not broken.
    let wanted = pen.width(head, Weight::SemiBold) * 1.01 + 2.0 * pen.em(PAD_X);
    wanted.min(if below { most } else { most.min(pen.em(WIDEST_HEAD)) })
}

fn box_height(lines: usize, air: Air, pen: &Pen) -> f32 {
    lines_height(lines, pen) + 2.0 * pen.em(air.pad)
}

impl Bone {
    fn entries_height(&self, air: Air, pen: &Pen) -> f32 {
        let gaps = pen.em(air.entry) * self.entries.len().saturating_sub(1) as f32;
        self.entries.iter().map(|lines| lines_height(lines.len(), pen)).sum::<f32>() + gaps
    }

    /// Returns its height: factors stand beside the head, or below it.
    fn height(&self, below: bool, air: Air, pen: &Pen) -> f32 {
        let head = box_height(1, air, pen);
        if below {
            head + pen.em(air.gap) + self.entries_height(air, pen)
        } else {
            head.max(self.entries_height(air, pen) + pen.em(air.pad))
        }
    }
}

impl Fish {
    fn of(bones: Vec<Bone>, entries_at: f32, below: bool, tail: (BoxRole, Vec<Line>), air: Air, pen: &Pen) -> Self {
        let listed: f32 = bones.iter().map(|bone| bone.height(below, air, pen) + pen.em(air.bone)).sum();
        let listed = listed + if below { pen.em(air.gap) } else { 0.0 };
        let height = listed + box_height(tail.1.len(), air, pen);
        Self { bones, entries_at, below, tail, air, height, whole: true }
    }

    fn draw(self, pen: &Pen) -> Sheet {
        let mut sheet = Sheet::new();
        let spine = pen.em(SPINE);
        let mut y = 0.0;
        let mut first = 0.0;
        for (number, bone) in self.bones.iter().enumerate() {
            let middle = y + pen.em(self.air.pad + LINE / 2.0);
            sheet.line(&[(pen.em(HEAD), middle), (spine, middle + pen.em(LEAN))], LineRole::Bone);
            if number == 0 {
                first = middle + pen.em(LEAN);
            }
            self.bone(bone, y, &mut sheet, pen);
            y += bone.height(self.below, self.air, pen) + pen.em(self.air.bone);
        }
        y += if self.below { pen.em(self.air.gap) } else { 0.0 };
        sheet.line(&[(spine, first), (spine, y)], LineRole::Spine);
        let (role, lines) = self.tail;
        let widest = lines.iter().map(|line| pen.width(&line.words, line.weight)).fold(0.0, f32::max);
        let width = (widest * 1.01 + 2.0 * pen.em(PAD_X)).min(pen.page.width);
        let number = sheet.add_box(Area { x: 0.0, y, width, height: box_height(lines.len(), self.air, pen) }, role);
        write(&mut sheet, number, lines, (PAD_X, self.air.pad), pen);
        sheet
    }

    fn bone(&self, bone: &Bone, top: f32, sheet: &mut Sheet, pen: &Pen) {
        let x = pen.em(HEAD);
        let area =
            Area { x, y: top, width: head_width(&bone.head, self.below, pen), height: box_height(1, self.air, pen) };
        let number = sheet.add_box(area, BoxRole::Category);
        let head = pen.shortened(&bone.head, Weight::SemiBold, area.width - 2.0 * pen.em(PAD_X) + pen.em(0.05), 1);
        write(sheet, number, head, (PAD_X, self.air.pad), pen);
        let middle = |y: f32| y + pen.em(ASCENT - 0.34);
        let mut y = if self.below { top + area.height + pen.em(self.air.gap) } else { top + pen.em(self.air.pad) };
        let rail = if self.below { x + pen.em(PAD_X) } else { self.entries_at - pen.em(TICK / 2.0) };
        let start = if self.below { (rail, top + area.height) } else { (x + area.width, middle(y)) };
        for (place, lines) in bone.entries.iter().enumerate() {
            let height = lines_height(lines.len(), pen);
            let to = (self.entries_at - pen.em(0.25), middle(y));
            if place == 0 && !self.below {
                sheet.line(&[start, to], LineRole::Tick);
            } else {
                let from = if self.below { start.1 } else { start.1.min(to.1) };
                sheet.line(&[(rail, from), (rail, to.1), to], LineRole::Tick);
            }
            let width = pen.page.width - self.entries_at;
            let area = Area { x: self.entries_at, y, width, height: height + pen.em(DESCENDERS) };
            let number = sheet.add_box(area, BoxRole::Entry);
            write(sheet, number, lines.clone(), (0.0, 0.0), pen);
            y += height + pen.em(self.air.entry);
        }
    }
}

fn write(sheet: &mut Sheet, number: usize, lines: Vec<Line>, pad: (f32, f32), pen: &Pen) {
    let area = sheet.box_mut(number);
    let (left, top, right) = (area.x + pen.em(pad.0), area.y + pen.em(pad.1), area.x + area.width - pen.em(pad.0));
    let id = area.id;
    for (line, set) in lines.into_iter().enumerate() {
        let placed = Placed { words: set.words, weight: set.weight, rtl: set.rtl, left: 0.0, line };
        let mut text = placed.text(left, top, right, pen);
        text.in_box = id;
        sheet.write_at(number, text);
    }
}
