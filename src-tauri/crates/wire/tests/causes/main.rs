//! The root cause analysis on the stage: what is on which page, and that the gallery shows what is really sent.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

#[path = "../../../drawing/examples/svg/outage.rs"]
mod outage;
mod scenes;

use std::path::Path;

use meeting::{ChainEnd, Meeting, Millis, Moment, Picture};
use outage::{chain, factors, outage};
use scenes::{of_chain, of_factors};
use serde_json::Value;

const GALLERY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/gallery/causes.json");

fn now() -> Moment {
    Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis(0), boot: 1 }
}

/// Returns a picture as the stage receives it.
fn picture(mut meeting: Meeting, picture: Picture) -> Value {
    meeting.stage.picture = picture;
    serde_json::to_value(wire::stage_view(&meeting, None, now()).picture).unwrap()
}

fn words(picture: &Value, size: &str) -> Vec<String> {
    let texts = picture["drawn"][size]["texts"].as_array().unwrap();
    texts.iter().map(|text| text["words"].as_str().unwrap().to_owned()).collect()
}

fn answers(picture: &Value) -> Vec<&str> {
    picture["steps"].as_array().unwrap().iter().map(|step| step["answer"].as_str().unwrap()).collect()
}

/// `DEBRIEF_WRITE=1 cargo test -p wire --test causes` writes the file anew.
#[test]
fn the_gallery_shows_what_the_stage_is_sent() {
    let lines: Vec<String> = scenes::scenes().iter().map(|(name, picture)| format!("{:?}: {picture}", name)).collect();
    let json = format!("{{\n{}\n}}\n", lines.join(",\n"));
    if std::env::var_os("DEBRIEF_WRITE").is_some() {
        std::fs::write(GALLERY, &json).unwrap();
    }
    let kept = std::fs::read_to_string(Path::new(GALLERY)).unwrap_or_default();
    assert!(kept == json, "ui/gallery/causes.json is not what the stage is sent: DEBRIEF_WRITE=1 writes it anew");
}

#[test]
fn a_chain_that_fits_is_shown_whole_and_one_that_does_not_is_followed_to_its_newest_answer() {
    let five: Vec<_> = (1..=5).map(|at| (at, at - 1, "It was not tested", None)).collect();
    let whole = of_chain(&chain("It was slow", &five), None);
    assert_eq!((answers(&whole).len(), &whole["position"]), (5, &Value::Null));
    let newest = of_chain(&outage(), None);
    let shown = answers(&newest);
    assert_eq!(shown.last().copied(), Some("Nobody owned the backups, so restoring was never tested"));
    assert_eq!(newest["position"], "13 answers");
    assert_eq!(words(&newest, "m")[0], "GitLab.com was down for 18 hours", "the symptom stays above");
}

#[test]
fn every_answer_is_on_one_page_in_the_order_of_thought() {
    let chain = outage();
    let pages = meeting::paging::chain_pages(&chain).len();
    let mut read = Vec::new();
    for page in 0..u32::try_from(pages).unwrap() {
        let picture = of_chain(&chain, Some(page));
        read.extend(answers(&picture).into_iter().map(str::to_owned));
        let to = read.len();
        assert!(picture["position"].as_str().unwrap().ends_with(&format!("{to} of 13")), "{}", picture["position"]);
    }
    let walk: Vec<_> = chain.walk().into_iter().map(|(_, step)| step.answer.clone()).collect();
    assert_eq!(read, walk);
}

#[test]
fn the_room_does_not_read_that_a_chain_ends_at_a_person() {
    let picture = of_chain(&chain("It was slow", &[(1, 0, "Somebody typed it", Some(ChainEnd::Person))]), None);
    assert!(!picture.to_string().contains("a person"));
    assert!(words(&picture, "m").contains(&"What made that possible?".to_owned()), "it is asked about further");
}

#[test]
fn factors_that_are_too_many_have_pages_that_hold_each_of_them_once() {
    let all = factors(40);
    let pages = meeting::paging::factor_pages(&all).len();
    let mut read = Vec::new();
    for page in 1..u32::try_from(pages).unwrap() {
        let picture = of_factors("It was slow", all.clone(), page);
        assert_eq!(picture["position"], format!("page {} of {pages}", page + 1));
        for group in picture["categories"].as_array().unwrap() {
            read.extend(group["factors"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()));
        }
    }
    let mut expected: Vec<_> = all.iter().collect();
    expected.sort_by_key(|factor| factor.category.clone());
    assert_eq!(read, expected.into_iter().map(|factor| factor.text.clone()).collect::<Vec<_>>());
    let overview = of_factors("It was slow", all, 0);
    assert_eq!(
        words(&overview, "m")[..2],
        ["Technical", "13 factors"],
        "so many that none can be read beside the others"
    );
}

#[test]
fn nothing_drawn_for_the_middle_and_large_stage_is_smaller_than_six_hundredths_of_its_height() {
    for (name, picture) in scenes::scenes() {
        for (size, least) in [("s", 4.5), ("m", 6.0), ("l", 6.0)] {
            let Some(texts) = picture["drawn"][size]["texts"].as_array() else { continue };
            let smallest = texts.iter().map(|text| text["size"].as_f64().unwrap()).fold(f64::MAX, f64::min);
            assert!(smallest >= least, "{name} at {size}: {smallest}");
        }
    }
}
