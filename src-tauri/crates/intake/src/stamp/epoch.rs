//! Stamps that are numbers: seconds or milliseconds since 1970.

use super::{Stamp, stamp_at};
use crate::clock::{Habits, digits};
use crate::moment;

/// Reads seconds or milliseconds of the Unix clock that fill the whole of `s`.
pub(super) fn epoch_at(s: &str) -> Option<(Stamp, usize)> {
    if s.len() > 30 || !s.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = s.split_once('.').unwrap_or((s, ""));
    if !matches!(whole.len(), 10 | 13) || digits(whole) != whole.len() || digits(fraction) != fraction.len() {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let at = chrono::DateTime::from_timestamp(if whole.len() == 13 { number / 1000 } else { number }, 0)?;
    let words = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    stamp_at(&words, Habits::default()).map(|(stamp, _)| (stamp, s.len()))
}

/// Reads the seconds since 1970 that begin a line of a log.
pub(super) fn leading_epoch(s: &str) -> Option<(Stamp, usize)> {
    let body = s.trim_start_matches('[');
    let (at, len) = moment::epoch_at(body)?;
    let words = chrono::DateTime::from_timestamp(at, 0)?.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let rest = body[len..].trim_start_matches([']', ':', ',', '|', ')', ' ', '\t', '-']);
    stamp_at(&words, Habits::default()).map(|(stamp, _)| (stamp, s.len() - rest.len()))
}
