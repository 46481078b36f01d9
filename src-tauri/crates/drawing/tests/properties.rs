//! What every drawing keeps to, whatever people type.

mod check;

use std::cell::Cell;
use std::collections::HashSet;

use check::{CATEGORIES, Drawn, chain_of, factor, factors_of, key, layout_is_sound, marked, pages, step};
use drawing::{
    BoxRole, Drawing, DrawnBox, Page, Type, Weight, advance, fishbone, mermaid_fishbone, mermaid_why, why_tree,
};
use meeting::{ChainEnd, WhyChain};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-z]{1,9}( [a-z]{1,9}){0,12}",
        1 => Just(String::new()),
        1 => "[a-zA-Z]{60,400}",
        1 => "([a-z]{1,11} ){30,60}",
        1 => "[ء-ي]{1,9}( [ء-ي]{1,9}){0,20}",
        1 => "[一-龠]{1,90}",
        1 => "[👩🏽🚒🇩🇪✈❤]{1,40}",
        1 => "(?s).{0,80}",
    ]
}

/// Steps by the place of their parent: 0 is the symptom, 1 the first step.
fn chain() -> impl Strategy<Value = WhyChain> {
    let steps = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, text(), any::<bool>()), 0..41);
    (text(), steps).prop_map(|(symptom, steps)| {
        let mut shape = Vec::new();
        for (number, (parent, bend, text, ends)) in steps.into_iter().enumerate() {
            // Half of the steps go straight on from the last one, as chains do.
            let parent = if bend < 2 { number } else { parent.index(number + 1) };
            shape.push((parent, marked(number, &text), ends.then_some(ChainEnd::Organisation)));
        }
        chain_of(&symptom, shape)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn a_why_tree_is_sound_and_shows_every_text_once_in_the_order_of_thought(
        chain in chain(), page in prop::sample::select(pages()),
    ) {
        let drawings = why_tree(&chain, page.0, &Type::of_size(page.1));
        layout_is_sound(&drawings, page);
        let drawn = Drawn::of(&drawings, Weight::Regular, &[BoxRole::Answer, BoxRole::End]);
        drawn.shows_once(chain.steps.iter().map(|step| step.answer.as_str()));
        let in_order = |first: &str, then: &str| match (drawn.place(first), drawn.place(then)) {
            (Some(first), Some(then)) => first < then,
            _ => true,
        };
        for (number, step) in chain.steps.iter().enumerate() {
            let before = |other: &&meeting::WhyStep| Some(other.id) == step.parent || other.parent == step.parent;
            for other in chain.steps[..number].iter().filter(before) {
                prop_assert!(in_order(&other.answer, &step.answer), "parents come first, siblings stay in order");
            }
        }
        let symptom = Drawn::of(&drawings, Weight::SemiBold, &[BoxRole::Symptom]);
        symptom.is_whole(&chain.symptom);
    }

    #[test]
    fn a_fishbone_is_sound_and_shows_every_text_once_in_order(
        effect in text(),
        texts in prop::collection::vec((0..CATEGORIES, text()), 1..41),
        page in prop::sample::select(pages()),
    ) {
        let mark = |(number, (category, text)): (usize, (usize, String))| (category, marked(number, &text));
        let factors = factors_of(texts.into_iter().enumerate().map(mark).collect());
        let drawings = fishbone(&effect, &factors, page.0, &Type::of_size(page.1));
        layout_is_sound(&drawings, page);
        let drawn = Drawn::of(&drawings, Weight::Regular, &[BoxRole::Entry]);
        drawn.shows_once(factors.iter().map(|factor| factor.text.as_str()));
        let mut in_order: Vec<usize> = (0..factors.len()).collect();
        in_order.sort_by_key(|number| factors[*number].category.clone());
        let places: Vec<usize> = in_order.iter().filter_map(|number| drawn.place(&factors[*number].text)).collect();
        prop_assert!(places.is_sorted(), "{:?}", places);
        Drawn::of(&drawings, Weight::SemiBold, &[BoxRole::Effect]).is_whole(&effect);
        let heads = drawings.iter().flat_map(|drawing| &drawing.boxes).filter(|area| area.role == BoxRole::Category);
        let categories = factors.iter().map(|factor| factor.category.word()).collect::<HashSet<_>>();
        prop_assert_eq!(heads.count(), categories.len(), "a category that goes on is repeated as a joint");
    }

    #[test]
    fn an_answer_added_at_the_end_moves_nothing_that_is_on_its_page(
        texts in prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,6}", 1..7),
    ) {
        let (page, size) = check::PAPER;
        let steps: Vec<_> = texts.iter().cloned().enumerate().map(|(at, text)| (at, text, None)).collect();
        let shape = |count: usize| steps[..count].to_vec();
        let before = why_tree(&chain_of("It was slow", shape(texts.len() - 1)), page, &Type::of_size(size));
        let after = why_tree(&chain_of("It was slow", shape(texts.len())), page, &Type::of_size(size));
        prop_assert_eq!(&before[0].boxes[..], &after[0].boxes[..texts.len()]);
    }

    #[test]
    fn an_entry_added_at_the_end_moves_others_only_by_what_it_needs(
        texts in prop::collection::vec((0_usize..5, "[a-z]{1,9}( [a-z]{1,9}){0,6}"), 2..11),
    ) {
        let (page, size) = check::PAPER;
        // All categories are there from the start, because a new one rightly takes a column of its own.
        let mut all: Vec<_> = (0..5).map(|category| (category, "first".to_owned())).collect();
        // Told apart by a number, so that each is found again.
        let numbered = |(number, (category, text)): (usize, (usize, String))| (category, format!("{number} {text}"));
        all.extend(texts.into_iter().enumerate().map(numbered));
        let after = fishbone("It was slow", &factors_of(all.clone()), page, &Type::of_size(size));
        all.pop();
        let before = fishbone("It was slow", &factors_of(all), page, &Type::of_size(size));
        prop_assert_eq!((before.len(), after.len()), (1, 1));
        let boxes = |drawn: &Drawing| -> Vec<(String, DrawnBox)> {
            drawn.boxes.iter().map(|area| (key(drawn, area.id), area.clone())).collect()
        };
        let (before, after) = (boxes(&before[0]), boxes(&after[0]));
        let new = after.iter().find(|(key, _)| !before.iter().any(|(old, _)| old == key)).expect("the new entry");
        let needed = new.1.height + 0.61 * size;
        let kept = after.iter().filter(|(key, _)| *key != new.0);
        for ((old, from), (key, to)) in before.iter().zip(kept) {
            prop_assert_eq!(old, key, "the order stays");
            prop_assert!((from.y - to.y).abs() <= needed, "{} moved from {} to {}", key, from.y, to.y);
            prop_assert!((from.x - to.x).abs() <= 2.5 * size, "only the lean of a bone changes");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_stays_inside_its_mermaid_label(symptom in text(), answer in "(?s).{0,60}") {
        let mermaid = mermaid_why(&chain_of(&symptom, vec![(0, answer.clone(), Some(ChainEnd::Process))]));
        let lines: Vec<&str> = mermaid.lines().collect();
        prop_assert_eq!(lines.len(), 4, "{}", &mermaid);
        prop_assert!(lines[1].starts_with("  symptom[\"") && lines[1].ends_with("\"]"));
        let label = lines[2].strip_prefix("  answer1([\"");
        let label = label.and_then(|rest| rest.strip_suffix("<br/>ends at a process\"])"));
        let label = label.expect("a label between quotes").replace("<br/>", "");
        let plain = |c: char| c.is_alphanumeric() || !c.is_ascii() || " ,.-#;".contains(c);
        prop_assert!(label.chars().all(plain), "{}", label);
    }
}

#[test]
fn a_mermaid_fishbone_has_each_category_once_and_each_factor_on_it() {
    let factors = [factor(7, 1, "No rehearsal"), factor(8, 0, "Old tool"), factor(9, 1, "No runbook")];
    let expected = "flowchart LR
  effect[\"Data were lost\"]
  category1([\"Technical\"]) --> effect
  factor2[\"Old tool\"] --- category1
  category2([\"Process\"]) --> effect
  factor1[\"No rehearsal\"] --- category2
  factor3[\"No runbook\"] --- category2
";
    assert_eq!(mermaid_fishbone("Data were lost", &factors), expected);
}

#[test]
fn a_surface_reads_roles_as_words_and_the_box_of_a_text_by_its_number() {
    let (page, size) = check::PAPER;
    let drawing = &why_tree(&chain_of("It was slow", vec![]), page, &Type::of_size(size))[0];
    let json = serde_json::to_value(drawing).expect("plain data");
    assert_eq!(json["boxes"][0]["role"], "symptom");
    assert_eq!(json["texts"][0]["box"], 0);
    assert_eq!(json["texts"][0]["words"], "It was slow");
    assert_eq!(json["texts"][0]["weight"], "semi-bold");
    assert_eq!(json["alt"], "Why-chain from “It was slow”: no answer yet.");
}

#[test]
fn chains_are_sound_sixty_steps_deep_and_sixty_causes_wide() {
    let deep = chain_of("It was slow", (0..60).map(|at| (at, format!("answer {at}"), None)).collect());
    let wide = chain_of("It was slow", (0..60).map(|at| (0, format!("answer {at}"), None)).collect());
    // Every answer has two causes, and the second goes on.
    let comb = chain_of("It was slow", (0..60).map(|at| (at / 2 * 2, format!("answer {at}"), None)).collect());
    for chain in [deep, wide, comb] {
        for page in pages() {
            let drawings = why_tree(&chain, page.0, &Type::of_size(page.1));
            layout_is_sound(&drawings, page);
            let drawn = Drawn::of(&drawings, Weight::Regular, &[BoxRole::Answer]);
            drawn.shows_once(chain.steps.iter().map(|step| step.answer.as_str()));
        }
    }
}

#[test]
fn a_text_of_ten_thousand_letters_without_a_space_is_shown_whole() {
    let endless = "x".repeat(10_000);
    for page in pages() {
        let type_ = Type::of_size(page.1);
        let chain = chain_of(&endless, vec![(0, endless.clone(), Some(ChainEnd::Process))]);
        let drawings = why_tree(&chain, page.0, &type_);
        layout_is_sound(&drawings, page);
        Drawn::of(&drawings, Weight::Regular, &[BoxRole::Answer, BoxRole::End]).is_whole(&endless);
        let drawings = fishbone(&endless, &[factor(1, 0, &endless)], page.0, &type_);
        layout_is_sound(&drawings, page);
        Drawn::of(&drawings, Weight::Regular, &[BoxRole::Entry]).is_whole(&endless);
        Drawn::of(&drawings, Weight::SemiBold, &[BoxRole::Effect]).is_whole(&endless);
    }
}

#[test]
fn an_answer_that_goes_on_says_where_and_is_the_joint_of_that_part() {
    let chain = chain_of("It was slow", (0..13).map(|at| (at, format!("answer {at}"), None)).collect());
    let (page, size) = check::STAGE;
    let drawings = why_tree(&chain, page, &Type::of_size(size));
    assert!(drawings.len() > 1, "thirteen answers do not fit on the stage at once");
    for (number, pair) in drawings.windows(2).enumerate() {
        let last = pair[0].texts.last().expect("texts");
        assert_eq!(last.words, format!("more in part {}", number + 2));
        let joint: Vec<_> = pair[1].texts.iter().filter(|text| text.in_box == 0).map(|text| &*text.words).collect();
        let repeated = pair[0].texts.iter().rev().nth(1).expect("the answer");
        assert_eq!(joint, [&format!("from part {}", number + 1), &repeated.words]);
        assert_eq!(pair[1].boxes[0].role, BoxRole::Joint);
    }
}

#[test]
fn the_fifth_answer_of_each_branch_is_marked_and_an_end_is_said_in_words() {
    let mut chain = chain_of("It was slow", (0..6).map(|at| (at, format!("answer {at}"), None)).collect());
    chain.steps.push(step(7, Some(4), "another fifth", Some(ChainEnd::Policy)));
    let (page, size) = check::PAPER;
    let drawing = &why_tree(&chain, page, &Type::of_size(size))[0];
    let fifth: Vec<_> = drawing.boxes.iter().filter(|area| area.fifth).map(|area| key(drawing, area.id)).collect();
    assert_eq!(fifth, ["fifthansweranswer4", "fifthansweranotherfifthendsatapolicy"]);
    assert_eq!(drawing.alt, "Why-chain from “It was slow”: 7 answers in 2 branches, up to 6 deep.");
}

#[test]
fn setting_twice_as_many_texts_measures_about_twice_as_many_letters() {
    let measured = |draw: &dyn Fn(&Type)| {
        let letters = Cell::new(0_usize);
        let measure = |words: &str, weight| {
            letters.set(letters.get() + words.len());
            advance(words, weight)
        };
        draw(&Type { size: 4.5, measure: &measure });
        letters.get()
    };
    let page = Page { width: 177.8, height: 100.0 };
    let answer = |at: usize| (at, format!("answer {at} says what made the one above it possible"), None);
    let chain = |count| {
        measured(&|type_| drop(why_tree(&chain_of("It was slow", (0..count).map(answer).collect()), page, type_)))
    };
    let factors = |count| {
        measured(&|type_| {
            let factors = factors_of((0..count).map(|at| (0, format!("factor {at} has something to say"))).collect());
            drop(fishbone("It was slow", &factors, page, type_));
        })
    };
    let word = |count| measured(&|type_| drop(why_tree(&chain_of(&"x".repeat(count), vec![]), page, type_)));
    for (name, small, large) in [
        ("answers", chain(150), chain(300)),
        ("factors", factors(150), factors(300)),
        ("letters of a word", word(5_000), word(10_000)),
    ] {
        assert!(large < small * 5 / 2, "{name}: {small} letters were measured, then {large}");
    }
}
