//! Files as short texts: what came out of one, line by line, to be compared with what a person expects.
//!
//! One line per event: the instant in UTC (or `?` and the wall clock), the actor in angles, the text. Then the doubts,
//! the lines that were not understood, and the notes.

#![allow(dead_code, reason = "not every test file uses every function")]

use std::fmt::Write;
use std::ops::ControlFlow;

use intake::{Assumptions, Brought, FileError, FileReading, People, Wanted, Window, read_source};

/// Reads bytes with some answers and the names of people.
pub(crate) fn bring(bytes: &[u8], assumptions: &Assumptions, people: &People) -> Result<Brought, FileError> {
    let wanted = Wanted { assumptions, window: Window::default(), people, limit: None };
    read_source(bytes, &wanted, &mut |_| ControlFlow::Continue(()))
}

/// Reads bytes that hold a timeline.
pub(crate) fn timeline(bytes: &[u8], assumptions: &Assumptions) -> FileReading {
    match bring(bytes, assumptions, &People::default()) {
        Ok(Brought::Timeline(found)) => *found,
        other => panic!("not a timeline: {other:?}\n{:.300}", String::from_utf8_lossy(bytes)),
    }
}

/// The sentence with which bytes are refused.
pub(crate) fn refusal(bytes: &[u8]) -> String {
    match bring(bytes, &Assumptions::default(), &People::default()) {
        Err(error) => error.to_string(),
        Ok(found) => panic!("not refused: {:.300}", format!("{found:?}")),
    }
}

/// Compares a reading with what a person expects.
pub(crate) fn check(name: &str, bytes: &[u8], assumptions: &Assumptions, expected: &[&str]) {
    let found = told(&timeline(bytes, assumptions));
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found, expected, "{name}\n{}", String::from_utf8_lossy(bytes));
}

/// A reading in words.
pub(crate) fn told(found: &FileReading) -> String {
    let mut out = String::new();
    for event in &found.reading.events {
        let when = match event.at {
            Some(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
            None => format!("? {}", event.local).trim_end().to_owned(),
        };
        let actor = event.actor.as_ref().map_or(String::new(), |actor| format!(" <{actor}>"));
        let _ = writeln!(out, "{when}{actor} {}", event.text.replace('\n', " / "));
    }
    for doubt in &found.reading.doubts {
        let _ = writeln!(out, "ask {:?} {:?}", doubt.question, doubt.events);
    }
    for line in &found.reading.not_understood {
        let _ = writeln!(out, "lost {}: {} ({})", line.line, line.text, line.reason);
    }
    for note in &found.notes {
        let _ = writeln!(out, "note: {note}");
    }
    out
}

/// Assumptions with a zone; it may be empty.
pub(crate) fn in_zone(zone: &str) -> Assumptions {
    Assumptions { zone: zone.parse().ok(), ..Assumptions::default() }
}
