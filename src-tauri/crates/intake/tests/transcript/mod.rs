//! Readings as short texts, so that a fixture is what was pasted and what a person would say it means.
//!
//! One line per event: the instant in UTC (or `?` and the wall clock), `~` when it is about, the actor in angles, the
//! text. Then the doubts with their events, and the lines that were not understood.

use std::fmt::Write;

use intake::{Assumptions, Reading, read};
use meeting::timeline::Precision;

/// Reads `text` and compares what came out, line by line, with what a person expects.
pub(crate) fn check(name: &str, text: &str, assumptions: &Assumptions, expected: &[&str]) {
    let reading = read(text, assumptions).unwrap_or_else(|refused| panic!("{name}: {refused}"));
    let found = transcript(&reading);
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found, expected, "{name}\n{text}");
}

fn transcript(reading: &Reading) -> String {
    let mut out = String::new();
    for event in &reading.events {
        let when = match (event.at, event.precision) {
            (Some(at), _) => {
                at.format(if event.local.seconds { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%d %H:%M" }).to_string()
            }
            (None, Precision::Unknown) if event.local.to_string().is_empty() => "?".to_owned(),
            (None, _) => format!("? {}", event.local),
        };
        let about = if event.precision == Precision::About { " ~" } else { "" };
        let actor = event.actor.as_ref().map_or(String::new(), |actor| format!(" <{actor}>"));
        let _ = writeln!(out, "{when}{about}{actor} {}", event.text.replace('\n', " / "));
    }
    for doubt in &reading.doubts {
        let _ = writeln!(out, "ask {:?} {:?}", doubt.question, doubt.events);
    }
    for line in &reading.not_understood {
        let _ = writeln!(out, "lost {}: {}", line.line, line.text.trim());
    }
    out
}

/// Assumptions with a zone and a date; either may be empty.
pub(crate) fn given(zone: &str, date: &str) -> Assumptions {
    Assumptions { zone: zone.parse().ok(), date: date.parse().ok(), ..Assumptions::default() }
}
