//! Lines of logs whose time is not the first thing on them: behind a level, an address, a key or a letter.
//!
//! A log is written by a program, so that only its own forms of a time are believed: a full date with a clock, or the
//! month and day of a line whose first letter is its level.

use crate::clock::{Habits, digits};
use crate::date::Day;
use crate::stamp::{Stamp, stamp_at};

/// What a line of a log begins with where it tells how bad it is.
const LEVELS: &[&str] = &[
    "trace",
    "debug",
    "info",
    "information",
    "notice",
    "warn",
    "warning",
    "error",
    "err",
    "fatal",
    "critical",
    "crit",
    "alert",
    "emergency",
    "severe",
    "panic",
];
/// What a program calls the time of a line.
const KEYS: &[&str] = &["time", "ts", "timestamp", "@timestamp", "datetime", "date", "t", "at"];

/// Reads the time of a line of a log, with the words around it.
pub(super) fn logged(body: &str, habits: Habits) -> Option<(Stamp, String)> {
    // Most lines begin with neither.
    let first = body.bytes().next()?;
    if !(first.is_ascii_alphanumeric() || matches!(first, b'[' | b'@' | b'"' | b'<')) || !body.contains(':') {
        return None;
    }
    keyed(body)
        .or_else(|| behind_level(body))
        .or_else(|| requested(body))
        .or_else(|| lettered(body, habits))
        .or_else(|| committed(body))
}

/// Reads `ERROR 2026-05-06T14:14:05Z failed` and `[warn] [2026-05-06 14:14:05,123] failed`.
fn behind_level(body: &str) -> Option<(Stamp, String)> {
    let bare = body.trim_start_matches(['[', '<']);
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let level = &bare[..letters];
    if !LEVELS.iter().any(|known| known.eq_ignore_ascii_case(level)) {
        return None;
    }
    let behind = bare[letters..].trim_start_matches([']', '>', ':', ' ', '\t', '|', '-']);
    let (stamp, rest) = full(behind)?;
    Some((stamp, format!("{level} {rest}")))
}

/// Reads `time="2026-05-06T14:14:05Z" level=error msg="failed"` and `ts=1778077385.123 caller=main.go`.
fn keyed(body: &str) -> Option<(Stamp, String)> {
    let (key, value) = body.split_once('=').filter(|(key, _)| KEYS.contains(key))?;
    let (value, rest) = match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => value.split_once(' ').filter(|(value, _)| !value.is_empty())?,
    };
    let (stamp, len) = stamp_at(value, Habits::default())?;
    let whole = len == value.len() && is_full(&stamp);
    (whole && rest.contains('=') && !key.is_empty()).then(|| (stamp, rest.trim().to_owned()))
}

/// Reads `10.0.0.1 - - [06/May/2026:14:14:05 +0000] "GET / HTTP/1.1" 502`, as web servers log requests.
fn requested(body: &str) -> Option<(Stamp, String)> {
    let client = body.split(' ').next().filter(|client| client.contains(['.', ':']))?;
    let near = &body[..body.floor_char_boundary(160)];
    let at = near.find(" [")? + 1;
    let (stamp, rest) = full(&body[at..]).filter(|(stamp, _)| stamp.zone.is_some())?;
    Some((stamp, format!("{client} {rest}")))
}

/// Reads the `E0506 14:14:07.123456   1 main.go:14] failed` of programs that put month and day behind the level.
fn lettered(body: &str, habits: Habits) -> Option<(Stamp, String)> {
    let rest = body.strip_prefix(['I', 'W', 'E', 'F'])?;
    if digits(rest) != 4 || !rest[4..].starts_with(' ') {
        return None;
    }
    let (clock, len) = stamp_at(rest[5..].trim_start(), habits)?;
    let text = rest[5..].trim_start()[len..].trim();
    let seconds = clock.clock.is_some_and(|clock| clock.second.is_some());
    let (month, day) = (rest[..2].parse().ok()?, rest[2..4].parse().ok()?);
    let date = crate::date::WrittenDate { day: Day::Yearless { month, day }, weekday: None, dotted: false };
    let fits = seconds && clock.date.is_none() && crate::date::valid(month, day);
    fits.then(|| (Stamp { date: Some(date), ..clock }, format!("{} {text}", &body[..1])))
}

/// Reads `3f2a1bc 2026-05-06 14:14:05 +0200 Roll back`, as versions are listed on one line each.
fn committed(body: &str) -> Option<(Stamp, String)> {
    let (hash, behind) = body.split_once(' ')?;
    let hex = hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !hex || !(7..=40).contains(&hash.len()) || hash.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (stamp, rest) = full(behind)?;
    Some((stamp, format!("{hash} {rest}")))
}

/// Reads a full date with a clock, and what follows.
fn full(words: &str) -> Option<(Stamp, &str)> {
    let (stamp, len) = stamp_at(&words[..words.floor_char_boundary(120)], Habits::default())?;
    is_full(&stamp).then(|| (stamp, words[len..].trim()))
}

fn is_full(stamp: &Stamp) -> bool {
    stamp.clock.is_some() && stamp.date.is_some_and(|date| matches!(date.day, Day::Full(_)))
}
