//! The root cause analysis on the stage, laid out for a screen.
//!
//! A drawing is made for each of the three type sizes, because a size belongs to a projector and not to the meeting.
//! The room is that of a screen of 16:10 without the footer, in hundredths of its height; a wider screen leaves a
//! margin. At the large size a page that was filled for the middle one may be drawn a size below it, never smaller
//! than the middle.

use drawing::{Answers, Page, Screen, Type, fish_screen, why_screen};
use meeting::paging::{FactorPage, chain_pages, factor_pages};
use meeting::{ChainEnd, ChainId, FactorCategory, Meeting, TextField, WhyChain};

use super::{DrawnSizes, StageFactors, StagePicture, StageWhy, count};

/// The room of a drawing.
const ROOM: Page = Page { width: 144.0, height: 79.0 };
/// The type sizes to try for each size of the stage, best first.
const SMALL: &[f32] = &[4.5];
const MIDDLE: &[f32] = &[6.0];
const LARGE: &[f32] = &[8.0, 7.0, 6.0];

/// Shows a page of a chain, or how it goes on at its newest answer, with the symptom always above it.
pub(super) fn chain_picture(meeting: &Meeting, id: ChainId, page: Option<u32>) -> StagePicture {
    let place = meeting.chains.iter().position(|chain| chain.id == id);
    let Some((place, chain)) = place.and_then(|place| Some((place, meeting.chains.get(place)?))) else {
        return factors_picture(meeting, 0);
    };
    let chain = for_the_room(chain);
    let walk = chain.walk();
    let pages = chain_pages(&chain);
    let part = page.and_then(|page| pages.get(usize::try_from(page).ok()?).cloned());
    let answers = part.clone().map_or(Answers::Newest, Answers::Part);
    let at = |sizes| sized(sizes, |type_| why_screen(&chain, &answers, ROOM, type_));
    let middle = at(MIDDLE);
    let position = match part {
        Some(part) if part.len() < walk.len() => Some(part_words("answer", part.start + 1, part.end, walk.len())),
        // How many of them are seen depends on the size of the type.
        None if middle.answers.len() < walk.len() => Some(format!("{} answers", walk.len())),
        _ => None,
    };
    let steps = middle.answers.iter().filter_map(|place| walk.get(*place)).map(|(depth, step)| StageWhy {
        depth: count(*depth),
        answer: step.answer.clone(),
        ends_at: step.ends_at.map(ChainEnd::word).map(str::to_owned),
    });
    StagePicture::Chain {
        symptom: chain.symptom.clone(),
        steps: steps.collect(),
        total: count(walk.len()),
        number: count(place + 1),
        of: count(meeting.chains.len()),
        position,
        drawn: DrawnSizes { s: at(SMALL).drawing, m: middle.drawing, l: at(LARGE).drawing },
    }
}

/// That a chain ends at a person is for the facilitator to ask on about, not for the room to read.
fn for_the_room(chain: &WhyChain) -> WhyChain {
    let mut chain = chain.clone();
    for step in &mut chain.steps {
        step.ends_at = step.ends_at.filter(|end| end.is_systemic());
    }
    chain
}

/// Shows all categories, or the factors of one.
pub(super) fn factors_picture(meeting: &Meeting, page: u32) -> StagePicture {
    let factors = &meeting.factors;
    let pages = factor_pages(factors);
    let place = usize::try_from(page).unwrap_or(usize::MAX).min(pages.len() - 1);
    let shown = pages.get(place).cloned().unwrap_or(FactorPage::All);
    let groups = FactorCategory::of(factors).into_iter().map(|category| {
        let of = factors.iter().filter(|factor| factor.category == category).map(|factor| factor.text.clone());
        let factors = match &shown {
            FactorPage::All => of.collect(),
            FactorPage::Of { category: one, places } if *one == category => {
                of.skip(places.start).take(places.len()).collect()
            }
            FactorPage::Of { .. } => Vec::new(),
        };
        StageFactors { category: category.word().to_owned(), factors }
    });
    let effect = meeting.incident.text(TextField::Title);
    let at = |sizes| sized(sizes, |type_| fish_screen(effect, factors, &shown, ROOM, type_)).drawing;
    StagePicture::Factors {
        categories: groups.filter(|group| !group.factors.is_empty()).collect(),
        total: count(factors.len()),
        position: (pages.len() > 1).then(|| format!("page {} of {}", place + 1, pages.len())),
        drawn: (!factors.is_empty()).then(|| DrawnSizes { s: at(SMALL), m: at(MIDDLE), l: at(LARGE) }),
    }
}

/// Takes the first size at which every text is shown to its end, or else the last.
fn sized(sizes: &[f32], draw: impl Fn(&Type) -> Screen) -> Screen {
    let mut drawn = draw(&Type::of_size(sizes[0]));
    for size in &sizes[1..] {
        if drawn.whole {
            break;
        }
        drawn = draw(&Type::of_size(*size));
    }
    drawn
}

fn part_words(noun: &str, from: usize, to: usize, of: usize) -> String {
    if from == to { format!("{noun} {to} of {of}") } else { format!("{noun}s {from}–{to} of {of}") }
}
