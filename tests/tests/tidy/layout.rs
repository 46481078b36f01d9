//! Where files lie, how long they are and how they begin.

use std::collections::BTreeSet;

use crate::assert_kept;
use crate::files::{self, Listed, root};
use crate::manifests::members;

/// The top level is the user's: nothing else lies there but files whose names start with a dot.
const TOP_LEVEL: &[&str] = &["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "src-tauri", "ui", "icons", "tests"];

/// Some 400 lines are meant; a file that passes this many has had time to notice.
const LONGEST_FILE_IN_LINES: usize = 600;

#[test]
fn the_top_level_holds_only_what_the_user_looks_for() {
    let entries: BTreeSet<&str> =
        files::all().iter().map(|file| file.path.split('/').next().unwrap_or_default()).collect();
    let broken: Vec<String> = entries
        .into_iter()
        .filter(|entry| !entry.starts_with('.') && !TOP_LEVEL.contains(entry))
        .map(str::to_owned)
        .collect();
    assert_kept("This belongs in a folder, or its name must start with a dot:", &broken);
}

#[test]
fn every_crate_begins_by_saying_what_it_is_for() {
    let broken: Vec<String> = members()
        .values()
        .flat_map(|member| {
            let roots = ["lib.rs", "main.rs"].map(|name| format!("{}/src/{name}", member.folder));
            let roots: Vec<String> = roots.into_iter().filter(|path| root().join(path).is_file()).collect();
            assert!(!roots.is_empty(), "{} has no source to begin with", member.name);
            roots
        })
        .filter(|path| !begins_with_a_sentence(&std::fs::read_to_string(root().join(path)).unwrap()))
        .collect();
    assert_kept("The first line is `//!` and the start of a sentence:", &broken);
}

/// A lone word is no sentence: the first paragraph has a few words and ends with a full stop.
fn begins_with_a_sentence(source: &str) -> bool {
    let header = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let paragraph = header.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    paragraph.ends_with(['.', ':']) && paragraph.split_whitespace().count() > 3
}

#[test]
fn a_header_is_a_sentence_on_the_first_line() {
    assert!(begins_with_a_sentence("//! Clocks that survive\n//! a crash.\n//!\n//! More\n"));
    for source in
        ["", "//! meeting\n", "\n//! Clocks that survive a crash.", "use std::fmt;", "// Clocks that survive a crash."]
    {
        assert!(!begins_with_a_sentence(source), "{source:?}");
    }
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let is_written_by_hand = |file: &&Listed| {
        (file.is_in("src-tauri") && !file.is_in("src-tauri/gen")
            || file.is_in("ui") && !file.is_in("ui/shared/bindings"))
            && ["rs", "ts", "svelte", "js", "css", "html", "sql", "md"].contains(&file.extension())
    };
    let broken: Vec<String> = files::all()
        .iter()
        .filter(is_written_by_hand)
        .map(|file| (file, file.text().lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE_IN_LINES)
        .map(|(file, lines)| format!("{}: {lines} lines", file.path))
        .collect();
    assert_kept("Ask what second thing the file does; the answer is usually a name:", &broken);
}

#[test]
fn the_decisions_are_numbered_without_gaps_and_listed_in_the_architecture() {
    let decisions: Vec<&Listed> = files::all()
        .iter()
        .filter(|file| file.is_in("src-tauri/decisions") && file.extension() == "md" && file.name() != "README.md")
        .collect();
    let mut broken = Vec::new();
    let mut numbers = Vec::new();
    for decision in &decisions {
        match decision.name().split_once('-').map(|(number, _)| number.parse::<usize>()) {
            Some(Ok(number)) => numbers.push(number),
            _ => broken.push(format!("{} has no number in front", decision.path)),
        }
    }
    numbers.sort_unstable();
    if numbers != (1..=numbers.len()).collect::<Vec<_>>() {
        broken.push(format!("the numbers are {numbers:?}"));
    }
    if let Ok(architecture) = std::fs::read_to_string(root().join("src-tauri/ARCHITECTURE.md")) {
        let unlisted = decisions.iter().filter(|decision| !architecture.contains(decision.name()));
        broken.extend(unlisted.map(|decision| format!("{} is not listed in src-tauri/ARCHITECTURE.md", decision.path)));
    }
    assert_kept("A decision is found by its number and from the architecture:", &broken);
}
