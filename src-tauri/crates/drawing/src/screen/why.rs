//! A why-chain on a screen: the symptom on top, what made it possible below.

use std::ops::Range;

use meeting::WhyChain;

use super::layout::Stack;
use super::rows::{Row, Walked};
use super::{AIR, LESS_AIR, Screen, finished};
use crate::pen::Pen;
use crate::why::in_a_sentence;
use crate::{Page, Type};

/// Which answers of a chain are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answers {
    /// Those on one page, as places in the walk.
    Part(Range<usize>),
    /// All of them if they fit, or else as many as fit of those that lead to the newest.
    Newest,
}

/// Lays out one page of a why-chain.
#[must_use]
pub fn why_screen(chain: &WhyChain, answers: &Answers, page: Page, type_: &Type) -> Screen {
    let pen = Pen::on(page, type_);
    let walked = Walked::through(chain);
    let all = walked.walk.len();
    let alt = in_a_sentence(chain);
    let fits = |stack: &Stack| stack.height <= page.height + 0.01;
    let is_whole = |rows: &[Row]| {
        let stack = Stack::of(rows, None, AIR, &pen);
        stack.whole && fits(&stack)
    };
    let (rows, goes_on) = match answers {
        Answers::Part(part) => {
            let part = part.start.min(all)..part.end.min(all);
            let goes_on = part.end < all;
            (walked.part(part.clone(), part.len() == all), goes_on)
        }
        Answers::Newest => (newest(&walked, is_whole), false),
    };
    // A text that is longer than the page gives way to the others on it.
    let less = [None].into_iter().chain((1..=12).rev().map(Some)).map(|most| (most, LESS_AIR));
    let mut tries = [(None, AIR)].into_iter().chain(less).map(|(most, air)| Stack::of(&rows, most, air, &pen));
    let stack = tries.find(fits).unwrap_or_else(|| Stack::of(&rows, Some(1), LESS_AIR, &pen));
    let whole = stack.whole && fits(&stack);
    let drawing = finished(&pen, stack.draw(goes_on, &pen), &alt);
    Screen { drawing, whole, answers: rows.iter().filter_map(|row| row.answer).collect() }
}

fn newest(walked: &Walked, is_whole: impl Fn(&[Row]) -> bool) -> Vec<Row> {
    // The tree says more than the question, which is spoken as well.
    let small = walked.walk.len() <= 12;
    for asks in [true, false].into_iter().filter(|_| small) {
        let whole = walked.part(0..walked.walk.len(), asks);
        if is_whole(&whole) {
            return whole;
        }
    }
    let Some(newest) = walked.newest() else { return walked.part(0..0, true) };
    let path = walked.path_to(newest);
    // No page holds a dozen answers.
    let hidden = (path.len().saturating_sub(12)..path.len()).find(|hidden| is_whole(&walked.branch(&path, *hidden)));
    walked.branch(&path, hidden.unwrap_or(path.len() - 1))
}
