//! The day that words behind a clock give: "21:10 (previous night)", "at 2:40 am the next day".
//!
//! It speaks of its own line, so that it is counted from the day of the lines that have no such words.

use super::{Day, WrittenDate, date_at};
use crate::clock::Habits;

const NOTES: &[(&str, i64, bool)] = &[
    ("night before", -1, true),
    ("evening before", -1, true),
    ("day before", -1, false),
    ("previous night", -1, true),
    ("previous evening", -1, true),
    ("previous day", -1, false),
    ("prior night", -1, true),
    ("prior evening", -1, true),
    ("prior day", -1, false),
    ("prev. night", -1, true),
    ("prev. evening", -1, true),
    ("prev. day", -1, false),
    ("prev night", -1, true),
    ("prev evening", -1, true),
    ("prev day", -1, false),
    ("following day", 1, false),
    ("following morning", 1, false),
    ("next day", 1, false),
    ("next morning", 1, false),
    ("vortag", -1, false),
    ("am vortag", -1, false),
    ("folgetag", 1, false),
    ("nächster tag", 1, false),
    ("la veille", -1, false),
    ("veille", -1, false),
    ("le lendemain", 1, false),
    ("lendemain", 1, false),
    ("día anterior", -1, false),
    ("día siguiente", 1, false),
];

/// Reads such words at the start of `s`, with their length: those that fill a bracket, or "the next day" of a sentence.
pub(crate) fn noted_at(s: &str, bracketed: bool) -> Option<(WrittenDate, usize)> {
    if !s.starts_with(char::is_alphabetic) {
        return None;
    }
    if !bracketed {
        return spoken_at(s);
    }
    let end = s.bytes().take(30).position(|b| matches!(b, b')' | b']'))?;
    let words = s.get(..end)?.to_lowercase();
    let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("on the ")).unwrap_or(&words);
    let (_, days, night) = NOTES.iter().find(|(note, ..)| *note == bare)?;
    Some((beside(*days, *night), end))
}

fn spoken_at(s: &str) -> Option<(WrittenDate, usize)> {
    let body = s.strip_prefix("on ").unwrap_or(s).strip_prefix("the ")?;
    let (note, days, night) = NOTES.iter().find(|(note, ..)| body.starts_with(note))?;
    let rest = &body[note.len()..];
    // "The following day, Tuesday 6 January" says which.
    if date_at(rest.trim_start_matches([' ', ',', '(']), Habits::default()).is_some() {
        return None;
    }
    // "At 3:00 the night before the launch" counts from the launch.
    let ends = rest.is_empty() || rest.starts_with(['.', ',', ';', ':', ')']);
    (ends || *days > 0 && rest.starts_with(' ')).then(|| (beside(*days, *night), s.len() - rest.len()))
}

fn beside(days: i64, night: bool) -> WrittenDate {
    WrittenDate { day: Day::Beside { days, night }, weekday: None, dotted: false }
}
