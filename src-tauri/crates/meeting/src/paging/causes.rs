//! What of a why-chain and of the contributing factors stands on which page of the stage.
//!
//! Pages are part of the meeting, because *next* turns them; where each word stands is laid out later, by whoever knows
//! the font. So lines are counted here by widths that are a hair larger than those of the product's own family. The
//! lengths below are those of a screen of 16:10 at the middle type size, in hundredths of that size; tests of the layout
//! hold both to each other.

use std::ops::Range;

use crate::{ChainEnd, Factor, FactorCategory, StepId, WhyChain, WhyStep};

/// The width of a page, and what of it is left for the words of a symptom, an answer, and a factor below its category.
const WIDTH: usize = 2_400;
const SYMPTOM_WIDTH: usize = WIDTH - 90;
const ANSWER_WIDTH: usize = WIDTH - 205;
const FACTOR_WIDTH: usize = WIDTH - 300;
/// What a factor beside its category loses to the fish, with the frame of the widest category.
const FISH: usize = 345;
/// What the words of a category take at most; longer ones are cut beside their factors.
const HEAD: usize = 1_110;
/// What a rail takes, on which answers stand that share what they hang on.
const RAIL: usize = 130;
/// More rails than this stand closer to each other.
const MOST_RAILS: usize = 3;
/// What the depth of the tenth answer takes more than that of the ninth.
const SECOND_DIGIT: usize = 65;
/// Between an answer and what it ends at.
const BEFORE_END: usize = 60;
/// Semi-bold words are wider, by this many hundredths.
const BOLDER: usize = 106;
/// A line, the frame of a box, and what is free between two boxes.
const LINE: usize = 120;
const FRAME: usize = 36;
const GAP: usize = 36;
/// The height of a page.
const PAGE: usize = 1_310;
/// The lines of a symptom that is shown in full.
const SYMPTOM_LINES: usize = 3;
/// Lines of the words that count the other categories, unless the room has made some of its own.
const INDEX_LINES: usize = 2;

/// A page of the contributing factors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorPage {
    /// All categories at once.
    All,
    /// Some factors of one category, as places among its factors.
    Of {
        /// The category.
        category: FactorCategory,
        /// Which of its factors.
        places: Range<usize>,
    },
}

/// Returns the answers of each page as places in the walk; one page when all of them fit.
#[must_use]
pub fn chain_pages(chain: &WhyChain) -> Vec<Range<usize>> {
    let walk = chain.walk();
    let costs: Vec<usize> = walk
        .iter()
        .map(|(depth, step)| {
            let rails = rails_above(chain, step).min(MOST_RAILS);
            let number = if *depth > 9 { SECOND_DIGIT } else { 0 };
            answer_height(&step.answer, step.ends_at, ANSWER_WIDTH - number - RAIL * rails)
        })
        .collect();
    let symptom = LINE * lines(&chain.symptom, SYMPTOM_WIDTH * 100 / BOLDER).min(SYMPTOM_LINES) + FRAME;
    // The question below the last answer stands beside nothing else.
    if symptom + costs.iter().sum::<usize>() + box_height(1) <= PAGE {
        return std::iter::once(0..walk.len()).collect();
    }
    let mut pages: Vec<Range<usize>> = Vec::new();
    // What the page repeats, so that answers have something to hang on.
    let mut repeated: Vec<Option<StepId>> = Vec::new();
    let mut left = 0;
    for (place, ((_, step), cost)) in walk.iter().zip(&costs).enumerate() {
        let on_page = |page: &Range<usize>| walk[page.clone()].iter().any(|(_, other)| Some(other.id) == step.parent);
        let hangs = pages.last().is_some_and(on_page) || repeated.contains(&step.parent);
        let needed = cost + if hangs { 0 } else { box_height(1) };
        match pages.last_mut() {
            Some(page) if needed <= left => {
                page.end = place + 1;
                left -= needed;
            }
            _ => {
                let room = if pages.is_empty() { PAGE - symptom } else { PAGE - LINE - FRAME };
                repeated = vec![None];
                let joint = if step.parent.is_some() { box_height(1) } else { 0 };
                left = room.saturating_sub(cost + joint);
                pages.push(place..place + 1);
            }
        }
        repeated.push(step.parent);
    }
    pages
}

/// Returns the pages of the contributing factors; the first one always shows all categories.
#[must_use]
pub fn factor_pages(factors: &[Factor]) -> Vec<FactorPage> {
    let of = |category: &FactorCategory| {
        let category = category.clone();
        factors.iter().filter(move |factor| factor.category == category)
    };
    let used = FactorCategory::of(factors);
    let widest = used.iter().map(|category| width(category.word()) * BOLDER / 100).max().unwrap_or(0).min(HEAD);
    let beside = |category| {
        let room = WIDTH - FISH - widest;
        let heights = of(category).map(|factor| LINE * lines(&factor.text, room) + GAP / 2);
        heights.sum::<usize>().max(LINE + FRAME) + GAP
    };
    let mut pages = vec![FactorPage::All];
    if used.iter().map(beside).sum::<usize>() + LINE + FRAME <= PAGE {
        return pages;
    }
    // A category is not torn from its number.
    let counted: Vec<_> = used.iter().map(|other| (other, format!("{}_{}", other.word(), of(other).count()))).collect();
    let index = |category: &FactorCategory| {
        let others = counted.iter().filter(|(other, _)| *other != category);
        let others: Vec<_> = others.map(|(_, words)| words.as_str()).collect();
        lines(&format!("Also: {}", others.join(", ")), SYMPTOM_WIDTH).max(INDEX_LINES)
    };
    for category in &used {
        let room = PAGE.saturating_sub(box_height(1) + box_height(index(category)));
        let mut left = 0;
        for (place, factor) in of(category).enumerate() {
            let needed = LINE * lines(&factor.text, FACTOR_WIDTH) + GAP;
            match pages.last_mut() {
                Some(FactorPage::Of { category: same, places }) if same == category && needed <= left => {
                    places.end = place + 1;
                    left -= needed;
                }
                _ => {
                    pages.push(FactorPage::Of { category: category.clone(), places: place..place + 1 });
                    left = room.saturating_sub(needed);
                }
            }
        }
    }
    pages
}

/// Returns how many of the answers above one, and of the symptom, have more than one cause.
fn rails_above(chain: &WhyChain, step: &WhyStep) -> usize {
    let (mut rails, mut parent) = (0, step.parent);
    // A chain has no circles, and should one ever be stored, the count still ends.
    for _ in 0..=chain.steps.len() {
        rails += usize::from(chain.steps.iter().filter(|other| other.parent == parent).count() > 1);
        let Some(above) = parent.and_then(|id| chain.steps.iter().find(|other| other.id == id)) else { break };
        parent = above.parent;
    }
    rails
}

fn box_height(lines: usize) -> usize {
    LINE * lines + FRAME + GAP
}

fn answer_height(answer: &str, ends_at: Option<ChainEnd>, room: usize) -> usize {
    let (mut lines, used) = set(answer, room);
    // The room is told of an end that a group could change, and of no other.
    if let Some(end) = ends_at.filter(|end| end.is_systemic()) {
        let end = width(&format!("ends at {}", end.word())) * BOLDER / 100;
        lines += usize::from(used + BEFORE_END + end > room) + usize::from(end > room);
    }
    box_height(lines)
}

/// Returns how many lines a text takes in so much room.
fn lines(text: &str, room: usize) -> usize {
    set(text, room).0
}

/// Returns how many lines a text takes, and the width of the last.
fn set(text: &str, room: usize) -> (usize, usize) {
    let paragraphs = text.lines().map(|paragraph| set_paragraph(paragraph, room));
    let (lines, used) = paragraphs.fold((0, 0), |(lines, _), (more, used)| (lines + more, used));
    (lines.max(1), used)
}

fn set_paragraph(paragraph: &str, room: usize) -> (usize, usize) {
    let (mut lines, mut used) = (1, 0);
    for word in paragraph.split_whitespace() {
        let space = if used > 0 { width(" ") } else { 0 };
        let whole = width(word);
        if whole <= room && used + space + whole <= room {
            used += space + whole;
            continue;
        }
        // Words without end, and scripts without spaces, break between letters.
        let breaks = whole > room || word.chars().any(is_square);
        if used > 0 && !breaks {
            (lines, used) = (lines + 1, whole);
            continue;
        }
        used += space;
        for letter in word.chars() {
            let own = letter_width(letter);
            if used + own > room {
                (lines, used) = (lines + 1, 0);
            }
            used += own;
        }
    }
    (lines, used)
}

/// The widths of the printable letters of ASCII.
#[rustfmt::skip]
const ASCII: [u8; 95] = [
    28, 29, 31, 66, 60, 92, 74, 16, 30, 30, 49, 61, 21, 37, 21, 39, 65, 41, 55, 58, 62, 59, 60, 51,
    62, 60, 21, 21, 56, 63, 56, 48, 78, 63, 62, 65, 67, 57, 56, 70, 70, 40, 52, 64, 55, 83, 70, 72,
    60, 73, 62, 60, 56, 69, 60, 86, 63, 58, 61, 32, 39, 35, 56, 38, 25, 53, 57, 49, 57, 54, 32, 56,
    55, 26, 25, 50, 27, 85, 55, 55, 57, 58, 35, 48, 33, 54, 47, 69, 49, 45, 46, 35, 24, 35, 56,
];
/// The width of other letters, unless they are set in squares.
const OTHER: usize = 64;

fn width(words: &str) -> usize {
    words.chars().map(letter_width).sum()
}

/// Returns the width of a letter in hundredths of the type size.
#[must_use]
pub fn letter_width(letter: char) -> usize {
    let place = (letter as usize).checked_sub(0x20);
    match place.and_then(|place| ASCII.get(place)) {
        Some(width) => usize::from(*width),
        None if is_square(letter) => 100,
        None => OTHER,
    }
}

/// Returns whether a letter is as wide as it is high: Chinese, Japanese, Korean, emoji.
const fn is_square(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115F}' | '\u{2190}'..='\u{2BFF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FFEF}' | '\u{1F000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChainId, FactorId};

    /// Builds a chain of steps by the number of their parent; 0 is the symptom.
    fn chain(parents: &[u32], answer: &str) -> WhyChain {
        let step = |(id, parent): (u32, &u32)| WhyStep {
            id: StepId(id),
            parent: (*parent > 0).then_some(StepId(*parent)),
            answer: answer.to_owned(),
            evidence: String::new(),
            ends_at: None,
        };
        WhyChain {
            id: ChainId(1),
            symptom: "It was slow".into(),
            steps: (1..).zip(parents).map(step).collect(),
            event: None,
        }
    }

    fn factors(counts: &[usize], text: &str) -> Vec<Factor> {
        let of = |(count, category): (&usize, FactorCategory)| {
            let factor = Factor { id: FactorId(1), category, text: text.to_owned(), chain: None, event: None };
            vec![factor; *count]
        };
        counts.iter().zip(FactorCategory::BUILT_IN).flat_map(of).collect()
    }

    #[test]
    fn a_chain_of_five_short_answers_is_one_page() {
        assert_eq!(chain_pages(&chain(&[], "")), vec![0..0; 1]);
        assert_eq!(chain_pages(&chain(&[0, 1, 2, 3, 4], "It was not tested")), vec![0..5; 1]);
    }

    #[test]
    fn answers_that_are_too_many_have_pages_that_hold_each_of_them_once() {
        let text = "Replication had stopped; rebuilding it was manual and hardly documented";
        let pages = chain_pages(&chain(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], text));
        assert_eq!(pages, [0..3, 3..6, 6..9, 9..12, 12..13], "two lines each, and from the second page a joint");
    }

    #[test]
    fn an_answer_that_hangs_on_an_earlier_page_needs_room_for_what_it_hangs_on() {
        let straight = chain_pages(&chain(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "short"));
        assert_eq!(straight, [0..6, 6..11, 11..12]);
        let branching = chain_pages(&chain(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 2, 10, 11], "short"));
        assert_eq!(branching, [0..6, 6..10, 10..12], "the tenth hangs on the second, which is repeated");
    }

    #[test]
    fn lines_are_counted_by_the_width_of_letters() {
        assert_eq!(lines("", 1_000), 1);
        assert_eq!(lines("one\ntwo", 1_000), 2);
        assert_eq!(lines(&"数".repeat(10), 1_000), 1);
        assert_eq!(lines(&"数".repeat(11), 1_000), 2);
        assert_eq!(lines(&"W".repeat(11), 1_000), 1, "11 × 0.86");
        assert_eq!(lines(&"W".repeat(12), 1_000), 2);
        assert_eq!(lines("mmmmm mmmmm mmmmm", 1_000), 2, "5 × 0.85, twice beside each other");
    }

    #[test]
    fn few_factors_are_one_page_and_many_have_a_page_for_each_category_after_that() {
        assert_eq!(factor_pages(&[]), [FactorPage::All]);
        assert_eq!(factor_pages(&factors(&[1, 1, 1, 1, 1], "Two rotations")), [FactorPage::All]);
        let of = |category, places| FactorPage::Of { category, places };
        let pages = factor_pages(&factors(&[6, 1], "One pool for reads and writes, as ever"));
        let expected = [
            FactorPage::All,
            of(FactorCategory::Technical, 0..5),
            of(FactorCategory::Technical, 5..6),
            of(FactorCategory::Process, 0..1),
        ];
        assert_eq!(pages, expected);
    }
}
