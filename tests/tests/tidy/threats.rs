//! The table of threats names tests that exist, and each row has some or says that it is not met.

use std::collections::BTreeSet;

use crate::assert_kept;
use crate::files::{self, root};
use crate::manifests::members;
use crate::rust::Words;

const TABLE: &str = "src-tauri/THREATS.md";
const ROWS: &str = "src-tauri/ASVS.md";
const DETAILS: &str = "src-tauri/crates/room/THREATS.md";

#[test]
fn every_test_that_the_threats_name_exists() {
    let tests = names_of_functions();
    let titles: String =
        files::all().iter().filter(|file| file.name().ends_with(".test.ts")).map(|it| it.text()).collect();
    let mut broken = Vec::new();
    for path in [TABLE, DETAILS, ROWS] {
        for word in in_backticks(&read(path)) {
            let is_there = if let Some(title) = word.strip_prefix('"') {
                titles.contains(title.trim_end_matches('"'))
            } else if word.contains('/') && word.contains('.') {
                root().join(&word).is_file() || !word.contains("tests") && !word.starts_with("ui/")
            } else if let Some(beginning) = word.strip_suffix('…') {
                tests.iter().any(|name| name.starts_with(beginning))
            } else {
                !is_a_sentence(&word) || tests.contains(&word)
            };
            if !is_there {
                broken.push(format!("{path}: {word}"));
            }
        }
    }
    assert_kept("There is no such test; was it renamed?", &broken);
}

#[test]
fn every_threat_has_tests_or_says_that_it_is_not_met() {
    let table = read(TABLE);
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| line.starts_with("| S")).map(|line| line.split(" | ").collect()).collect();
    let numbers: Vec<String> = rows.iter().map(|row| row[0].trim_start_matches("| ").to_owned()).collect();
    assert_eq!(numbers, (1..=16).map(|number| format!("S{number}")).collect::<Vec<_>>());
    let broken: Vec<String> = rows
        .iter()
        .filter(|row| row.len() != 4 || !row[3].contains('`') && !row[2].contains("**Not met"))
        .map(|row| row[0].to_owned())
        .collect();
    assert_kept("A row has what is done, and its tests:", &broken);
}

#[test]
fn the_rows_of_the_standard_are_counted_right_and_those_that_are_met_have_tests() {
    let text = read(ROWS);
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>())
        .filter(|row| row.len() == 4 && row[0].starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    for (how, words) in [
        ("met", "met"),
        ("does not apply", "does not apply"),
        ("cannot be met", "cannot be met over"),
        ("not met", "**not met"),
    ] {
        let told = text.lines().find(|line| line.starts_with(&format!("| {how}"))).unwrap();
        let count = rows.iter().filter(|row| row[2].starts_with(words)).count();
        assert!(told.ends_with(&format!("| {count} |")), "{told} but there are {count}");
    }
    let broken: Vec<String> = rows
        .iter()
        .filter(|row| row[2].starts_with("met") && !row[3].contains('`'))
        .map(|row| row[0].to_owned())
        .collect();
    assert_kept("What is met has a test:", &broken);
    assert_eq!(rows.len(), 70);
}

/// A log is a file that nobody thinks of when something must be forgotten, so there is none.
#[test]
fn nothing_writes_a_log() {
    let mut broken = Vec::new();
    for member in members().values().filter(|member| !["xtask", "checks"].contains(&member.name.as_str())) {
        let loggers = ["log", "tracing", "env_logger", "tracing-subscriber", "simplelog", "flexi_logger"];
        let known = loggers.iter().filter(|logger| member.dependencies().contains(**logger));
        broken.extend(known.map(|logger| format!("{} depends on {logger}", member.name)));
        // The command line speaks to whoever called it.
        let sources = member.sources().into_iter().filter(|file| {
            file.path.contains("/src/") && !file.path.contains("/cli/") && !file.path.contains("/examples/")
        });
        for file in sources {
            let words = Words::of(&file.text());
            let said = ["println", "eprintln", "print", "eprint"].iter().filter(|it| words.name(it));
            broken.extend(said.map(|it| format!("{} uses {it}!", file.path)));
        }
    }
    assert_kept("What is said on a terminal may end in a log:", &broken);
}

/// `PreEscaped` is the only way to put a text into a page of the room without encoding it.
#[test]
fn nothing_takes_the_encoding_away_from_a_page_of_the_room() {
    let broken: Vec<String> = files::rust_in("src-tauri")
        .filter(|file| Words::of(&file.text()).name("PreEscaped"))
        .map(|file| file.path.clone())
        .collect();
    assert_kept("A text becomes markup by being encoded:", &broken);
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn in_backticks(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_a_sentence(word: &str) -> bool {
    word.matches('_').count() > 2 && word.chars().all(|letter| letter == '_' || letter.is_ascii_alphanumeric())
}

fn names_of_functions() -> BTreeSet<String> {
    let sources = files::all().iter().filter(|file| file.extension() == "rs");
    let texts: Vec<String> = sources.map(files::Listed::text).collect();
    let named = texts.iter().flat_map(|text| text.split("fn ").skip(1));
    named.filter_map(|rest| rest.split(['(', '<']).next()).map(str::to_owned).collect()
}
