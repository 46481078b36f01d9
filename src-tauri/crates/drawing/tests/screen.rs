//! What the pages for a screen that is read from afar keep to: 0 to 40 entries, whatever people type.

#[allow(dead_code, reason = "the other drawings need the rest of it")]
mod check;

use std::collections::HashSet;

use check::{CATEGORIES, chain_of, factors_of, is_sound_on};
use drawing::{Answers, BoxRole, Drawing, Page, Screen, Type, Weight, advance, fish_screen, why_screen};
use meeting::paging::{FactorPage, chain_pages, factor_pages, letter_width};
use meeting::{ChainEnd, WhyChain};
use proptest::prelude::*;

const PAGE: Page = Page { width: 144.0, height: 79.0 };
const SMALL: f32 = 4.5;
const MIDDLE: f32 = 6.0;
const LARGE: f32 = 8.0;

/// What people write in a meeting.
fn sentence() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{1,8}( [a-z]{2,9}){1,16}"
}

/// What they might write as well.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => sentence(),
        1 => Just(String::new()),
        1 => "[a-zA-Z]{60,200}",
        1 => "([a-z]{1,11} ){30,60}",
        1 => "[ء-ي]{1,9}( [ء-ي]{1,9}){0,20}",
        1 => "[一-龠]{1,90}",
        1 => "[👩🏽🚒🇩🇪✈❤]{1,20}",
        1 => "(?s).{0,80}",
    ]
}

fn chain(text: impl Strategy<Value = String>) -> impl Strategy<Value = WhyChain> {
    let steps = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, text, any::<bool>()), 0..41);
    (sentence(), steps).prop_map(|(symptom, steps)| {
        let mut shape = Vec::new();
        for (number, (parent, bend, text, ends)) in steps.into_iter().enumerate() {
            let parent = if bend < 3 { number } else { parent.index(number + 1) };
            shape.push((parent, format!("{number}§{text}"), ends.then_some(ChainEnd::Organisation)));
        }
        chain_of(&symptom, shape)
    })
}

/// Lays a page out as the stage does: at the size asked for, or at the middle one when a text would be cut.
fn screen(size: f32, draw: impl Fn(&Type) -> Screen) -> (Screen, f32) {
    let drawn = draw(&Type::of_size(size));
    if drawn.whole || size <= MIDDLE { (drawn, size) } else { (draw(&Type::of_size(MIDDLE)), MIDDLE) }
}

fn words(drawing: &Drawing, role: &[BoxRole], weight: Weight) -> Vec<String> {
    let boxes = drawing.boxes.iter().filter(|area| role.contains(&area.role));
    let of = |id: u32| drawing.texts.iter().filter(move |text| text.in_box == id && text.weight == weight);
    boxes.map(|area| of(area.id).map(|text| text.words.as_str()).collect::<Vec<_>>().concat()).collect()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn numbers(texts: &[String]) -> Vec<usize> {
    texts.iter().map(|text| text.split('§').next().and_then(|number| number.parse().ok()).expect("a number")).collect()
}

const ANSWERS: [BoxRole; 2] = [BoxRole::Answer, BoxRole::End];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_pages_of_a_why_chain_are_sound_and_show_every_answer_once_in_the_order_of_thought(
        chain in chain(anything()), size in prop::sample::select(vec![SMALL, MIDDLE, LARGE]),
    ) {
        let walk: Vec<String> = chain.walk().into_iter().map(|(_, step)| step.answer.clone()).collect();
        let mut read = Vec::new();
        for part in chain_pages(&chain) {
            let answers = Answers::Part(part.clone());
            let (screen, size) = screen(size, |type_| why_screen(&chain, &answers, PAGE, type_));
            is_sound_on(std::slice::from_ref(&screen.drawing), PAGE, size);
            prop_assert_eq!(&screen.answers, &part.collect::<Vec<_>>());
            let shown = words(&screen.drawing, &ANSWERS, Weight::Regular);
            if screen.whole {
                let expected: Vec<_> = screen.answers.iter().map(|place| without_spaces(&walk[*place])).collect();
                let tidy = |text: &String| without_spaces(&text.replace(char::is_control, ""));
                prop_assert_eq!(shown.iter().map(tidy).collect::<Vec<_>>(), expected.iter().map(tidy).collect::<Vec<_>>());
            }
            read.extend(numbers(&shown));
        }
        prop_assert_eq!(read, numbers(&walk));
    }

    #[test]
    fn no_answer_of_a_usual_length_is_cut_on_its_page(chain in chain(sentence())) {
        for part in chain_pages(&chain) {
            let screen = why_screen(&chain, &Answers::Part(part), PAGE, &Type::of_size(MIDDLE));
            prop_assert!(screen.whole, "{:#?}", screen.drawing.texts);
        }
    }

    #[test]
    fn the_newest_answer_is_shown_with_what_leads_to_it_and_the_symptom_above(
        chain in chain(anything()), size in prop::sample::select(vec![SMALL, MIDDLE, LARGE]),
    ) {
        let (screen, size) = screen(size, |type_| why_screen(&chain, &Answers::Newest, PAGE, type_));
        is_sound_on(std::slice::from_ref(&screen.drawing), PAGE, size);
        prop_assert_eq!(screen.drawing.boxes[0].role, BoxRole::Symptom);
        let walk = chain.walk();
        let Some(newest) = chain.steps.last() else { return Ok(()) };
        prop_assert!(screen.answers.iter().any(|place| walk[*place].1.id == newest.id));
        if screen.answers.len() < walk.len() {
            for pair in screen.answers.windows(2) {
                prop_assert_eq!(walk[pair[1]].1.parent, Some(walk[pair[0]].1.id), "each leads to the next");
            }
        }
    }

    #[test]
    fn an_answer_that_still_fits_moves_no_other(texts in prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,4}", 2..6)) {
        let steps: Vec<_> = texts.into_iter().enumerate().map(|(at, text)| (at, text, None)).collect();
        let draw = |count: usize| {
            let chain = chain_of("It was slow", steps[..count].to_vec());
            why_screen(&chain, &Answers::Newest, PAGE, &Type::of_size(MIDDLE)).drawing
        };
        let kept = |drawing: &Drawing| -> Vec<_> {
            drawing.boxes.iter().filter(|area| area.role != BoxRole::Entry).cloned().collect()
        };
        let (before, after) = (kept(&draw(steps.len() - 1)), kept(&draw(steps.len())));
        prop_assert_eq!(&before[..], &after[..before.len()]);
    }

    #[test]
    fn the_pages_of_a_fishbone_are_sound_and_show_every_factor_once_in_order(
        effect in anything(),
        texts in prop::collection::vec((0..CATEGORIES, anything()), 1..41),
        size in prop::sample::select(vec![SMALL, MIDDLE, LARGE]),
    ) {
        let texts = texts.into_iter().enumerate().map(|(number, (category, text))| (category, format!("{number}§{text}")));
        let factors = factors_of(texts.collect());
        let mut in_order: Vec<_> = factors.iter().collect();
        in_order.sort_by_key(|factor| factor.category.clone());
        let in_order: Vec<String> = in_order.into_iter().map(|factor| factor.text.clone()).collect();
        let pages = factor_pages(&factors);
        let mut read = Vec::new();
        for page in &pages {
            let (screen, size) = screen(size, |type_| fish_screen(&effect, &factors, page, PAGE, type_));
            is_sound_on(std::slice::from_ref(&screen.drawing), PAGE, size);
            let heads = words(&screen.drawing, &[BoxRole::Category], Weight::SemiBold);
            let used = factors.iter().map(|factor| factor.category.word()).collect::<HashSet<_>>().len();
            prop_assert_eq!(heads.len(), if *page == FactorPage::All { used } else { 1 });
            if *page != FactorPage::All || pages.len() == 1 {
                read.extend(numbers(&words(&screen.drawing, &[BoxRole::Entry], Weight::Regular)));
            }
        }
        prop_assert_eq!(read, numbers(&in_order));
    }

    #[test]
    fn no_factor_of_a_usual_length_is_cut_on_its_page(
        texts in prop::collection::vec((0..CATEGORIES, sentence()), 1..41),
    ) {
        let factors = factors_of(texts);
        let pages = factor_pages(&factors);
        for page in pages.iter().skip(usize::from(pages.len() > 1)) {
            let screen = fish_screen("It was slow", &factors, page, PAGE, &Type::of_size(MIDDLE));
            prop_assert!(screen.whole, "{:#?}", screen.drawing.texts);
        }
    }
}

#[test]
fn a_long_category_is_cut_rather_than_the_number_of_its_factors() {
    let widest = CATEGORIES - 1;
    let texts = (0..40).map(|number| (if number < 9 { 0 } else { widest }, "Short".to_owned()));
    let factors = factors_of(texts.collect());
    let drawn = fish_screen("It was slow", &factors, &FactorPage::All, PAGE, &Type::of_size(MIDDLE)).drawing;
    let heads = words(&drawn, &[BoxRole::Category], Weight::SemiBold);
    assert_eq!(heads.len(), 2);
    assert!(heads[0].starts_with("Technical"), "{heads:?}");
    assert!(heads[1].starts_with('W') && heads[1].contains('…'), "{heads:?}");
    assert!(heads[1].ends_with(" 31"), "{heads:?}");
}

#[test]
fn pages_are_counted_by_widths_that_are_those_of_the_family_or_a_hair_more() {
    for letter in ' '..='~' {
        let counted = letter_width(letter) as f32 / 100.0;
        let own = advance(letter.encode_utf8(&mut [0; 4]), Weight::Regular);
        assert!(counted >= own && counted < own + 0.011, "{letter:?}: {counted} for {own}");
    }
    assert_eq!(letter_width('数'), 100);
}

#[test]
fn causes_beside_the_way_to_the_newest_answer_are_counted() {
    let text = |at: usize| {
        format!(
            "answer {at} says what made the one above it possible, and why that one could not be noticed any sooner"
        )
    };
    // Nine first answers, and two below the last of them.
    let steps = (0..11).map(|at| (if at < 9 { 0 } else { at }, text(at), None));
    let chain = chain_of("It was slow", steps.collect());
    let screen = why_screen(&chain, &Answers::Newest, PAGE, &Type::of_size(SMALL));
    let joints = words(&screen.drawing, &[BoxRole::Joint], Weight::Regular);
    assert_eq!(joints, ["+ 8 causes"]);
    assert_eq!(screen.answers, [8, 9, 10], "all of the branch, nothing of the others");
}
