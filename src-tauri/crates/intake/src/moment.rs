//! Times as programs write them: seconds since 1970, the days of a spreadsheet, ISO 8601, and dates with slashes.
//!
//! Two uses. [`as_words`] turns a number into words that `stamp` reads, so that a number means the same everywhere.
//! [`quick`] reads the common forms without allocating; it only ranks the rows of large files, and whatever it does not
//! know is left to `stamp`. It must never disagree with `stamp` (a property of the tests).

use chrono::{DateTime, NaiveDate};

/// What a time comes to, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// An instant.
    At(i64),
    /// A wall clock, as if it were in UTC.
    Local(i64),
    /// A wall clock whose day and month may be exchanged; either may be impossible.
    Swapped { day_first: Option<i64>, month_first: Option<i64> },
}

/// 1980 and 2100: what is outside is no time of an incident.
const EARLIEST: i64 = 315_532_800;
const LATEST: i64 = 4_102_444_800;
/// From 1970 to 2100 in the days of a spreadsheet.
const SERIAL: std::ops::Range<i64> = 25_569..73_051;
const DAY: i64 = 86_400;

/// Seconds since 1970, when the number is as large as seconds, milli-, micro- or nanoseconds of our time.
pub(crate) fn epoch(number: i64) -> Option<i64> {
    [1, 1_000, 1_000_000, 1_000_000_000]
        .into_iter()
        .map(|unit| number.div_euclid(unit))
        .find(|seconds| (EARLIEST..LATEST).contains(seconds))
}

/// Reads a number of our time that begins a line and is parted from its text, in seconds since 1970, with its length.
pub(crate) fn epoch_at(s: &str) -> Option<(i64, usize)> {
    let whole = s.bytes().take_while(u8::is_ascii_digit).count();
    let fraction = s[whole..].strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let len = whole + if fraction > 0 { fraction + 1 } else { 0 };
    let parted = s[len..].starts_with([' ', '\t', ']', ':', ',', '|', ')']);
    let at = matches!(whole, 10 | 13 | 16).then(|| s[..whole].parse().ok()).flatten().and_then(epoch)?;
    parted.then_some((at, len))
}

/// Splits `45356,586` into its whole part and its digits behind the mark.
fn number(cell: &[u8]) -> Option<(i64, &[u8])> {
    let end = cell.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(cell.len());
    let fraction = match cell.get(end) {
        None => &cell[end..],
        Some(b'.' | b',') => &cell[end + 1..],
        Some(_) => return None,
    };
    if !(1..=19).contains(&end) || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let whole =
        cell[..end].iter().try_fold(0_i64, |sum, byte| sum.checked_mul(10)?.checked_add(i64::from(byte - b'0')))?;
    Some((whole, fraction))
}

/// The fraction of a day in seconds, rounded: a spreadsheet stores no more than that exactly.
fn part_of_day(fraction: &[u8]) -> i64 {
    let (mut sum, mut unit) = (0, 1);
    for byte in fraction.iter().take(9) {
        sum = sum * 10 + i64::from(byte - b'0');
        unit *= 10;
    }
    (sum * DAY + unit / 2) / unit
}

/// What a number in a column of times, or of dates, stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numeric {
    Instant(i64),
    Day(i64),
    DayAndClock(i64),
    Clock(i64),
}

fn numeric(cell: &[u8]) -> Option<Numeric> {
    let (whole, fraction) = number(cell)?;
    if let Some(seconds) = epoch(whole) {
        return Some(Numeric::Instant(seconds));
    }
    match whole {
        0 if !fraction.is_empty() => Some(Numeric::Clock(part_of_day(fraction) % DAY)),
        days if SERIAL.contains(&days) && fraction.is_empty() => Some(Numeric::Day((days - SERIAL.start) * DAY)),
        days if SERIAL.contains(&days) => {
            Some(Numeric::DayAndClock((days - SERIAL.start) * DAY + part_of_day(fraction)))
        }
        _ => None,
    }
}

/// Writes a number of seconds, or of their thousandths, since 1970 as a time, with what the number was.
pub(crate) fn since_1970(cell: &str) -> Option<(String, String)> {
    let instant = matches!(numeric(cell.trim().as_bytes()), Some(Numeric::Instant(_)));
    instant.then(|| as_words(cell)).flatten()
}

/// Writes a number in a cell as a date, a clock or both, with what the number was.
pub(crate) fn as_words(cell: &str) -> Option<(String, String)> {
    let cell = cell.trim();
    let write = |seconds: i64, pattern: &str| {
        DateTime::from_timestamp(seconds, 0).map(|at| at.naive_utc().format(pattern).to_string())
    };
    let sheet = || format!("{cell}, the days of a spreadsheet");
    match numeric(cell.as_bytes())? {
        Numeric::Instant(at) => Some((write(at, "%Y-%m-%dT%H:%M:%SZ")?, format!("{cell}, the time since 1970"))),
        Numeric::Day(at) => Some((write(at, "%Y-%m-%d")?, sheet())),
        Numeric::DayAndClock(at) => Some((write(at, "%Y-%m-%dT%H:%M:%S")?, sheet())),
        Numeric::Clock(at) => Some((write(at, "%H:%M:%S")?, sheet())),
    }
}

/// Reads a whole cell when it is in one of the common forms.
pub(crate) fn quick(cell: &str) -> Option<Moment> {
    let bytes = cell.trim_ascii().as_bytes();
    if let Some(found) = iso(bytes) {
        return Some(found);
    }
    match numeric(bytes) {
        Some(Numeric::Instant(at)) => Some(Moment::At(at)),
        Some(Numeric::DayAndClock(at)) => Some(Moment::Local(at)),
        Some(Numeric::Day(_) | Numeric::Clock(_)) => None,
        None => slashed(bytes),
    }
}

fn two(bytes: &[u8], at: usize) -> Option<i64> {
    match bytes.get(at..at + 2)? {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Some(i64::from(a - b'0') * 10 + i64::from(b - b'0')),
        _ => None,
    }
}

fn four(bytes: &[u8], at: usize) -> Option<i64> {
    Some(two(bytes, at)? * 100 + two(bytes, at + 2)?)
}

fn iso(b: &[u8]) -> Option<Moment> {
    let year = four(b, 0)?;
    if b.get(4) != Some(&b'-') || b.get(7) != Some(&b'-') || !matches!(b.get(10)?, b'T' | b' ') {
        return None;
    }
    let days = days(year, two(b, 5)?, two(b, 8)?)?;
    let (seconds, rest) = clock(&b[11..])?;
    let local = days * DAY + seconds;
    match rest {
        [] => Some(Moment::Local(local)),
        b"Z" | b" UTC" | b" Z" => Some(Moment::At(local)),
        [sign @ (b'+' | b'-'), offset @ ..] => {
            let (hours, minutes) = match offset.len() {
                2 => (two(offset, 0)?, 0),
                4 => (two(offset, 0)?, two(offset, 2)?),
                5 if offset[2] == b':' => (two(offset, 0)?, two(offset, 3)?),
                _ => return None,
            };
            // What is behind a dash may be the end of a range; only what `stamp` surely takes for an offset is read.
            let sure = hours <= 14 && minutes < 60 && (*sign == b'+' || b[10] == b'T' && b.get(16) == Some(&b':'));
            let shift = (hours * 60 + minutes) * 60;
            sure.then_some(Moment::At(if *sign == b'+' { local - shift } else { local + shift }))
        }
        _ => None,
    }
}

/// Reads `14:23`, `14:23:05` and `14:23:05.123` in 24 hours, and returns what stands behind.
fn clock(b: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, minute) = (two(b, 0)?, two(b, 3)?);
    if b.get(2) != Some(&b':') || hour > 23 || minute > 59 {
        return None;
    }
    let minutes = (hour * 60 + minute) * 60;
    if b.get(5) != Some(&b':') {
        return Some((minutes, &b[5..]));
    }
    let second = two(b, 6).filter(|second| *second < 60)?;
    let mut rest = &b[8..];
    if let [b'.' | b',', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        rest = &fraction[digits..];
    }
    Some((minutes + second, rest))
}

fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let year = i32::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    let date = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    Some(i64::from(date.to_epoch_days()))
}

/// Reads `06/05/2026 14:23`, `6.5.2026, 14:23:05` and `5/6/2026 2:23 PM`.
fn slashed(b: &[u8]) -> Option<Moment> {
    let (one, b) = short(b)?;
    let mark = *b.first().filter(|mark| matches!(mark, b'/' | b'.' | b'-'))?;
    let (other, b) = short(&b[1..])?;
    let year = four(b, 1).filter(|_| b[0] == mark)?;
    let b = b[5..].strip_prefix(b",").unwrap_or(&b[5..]).strip_prefix(b" ")?;
    let single = b.get(1) == Some(&b':');
    let padded = if single { [b"0", b].concat() } else { Vec::new() };
    let (seconds, rest) = clock(if single { &padded } else { b })?;
    let hour = seconds / 3600;
    let half = match rest {
        // An hour of one digit may be on a 12-hour clock, which takes the other rows to know.
        [] if !single => 0,
        b" AM" | b" am" | b"AM" | b"am" if (1..=12).contains(&hour) => -(hour / 12) * 12,
        b" PM" | b" pm" | b"PM" | b"pm" if (1..=12).contains(&hour) => (1 - hour / 12) * 12,
        _ => return None,
    };
    let seconds = seconds + half * 3600;
    let at = |day, month| days(year, month, day).map(|days| days * DAY + seconds);
    match (mark, at(one, other), at(other, one)) {
        (b'.', Some(day_first), _) => Some(Moment::Local(day_first)),
        (_, Some(one), Some(other)) if one == other => Some(Moment::Local(one)),
        (_, None, None) => None,
        (_, day_first, month_first) => Some(Moment::Swapped { day_first, month_first }),
    }
}

fn short(b: &[u8]) -> Option<(i64, &[u8])> {
    let digit = |at: usize| b.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| i64::from(byte - b'0'));
    match (digit(0)?, digit(1)) {
        (one, Some(other)) => Some((one * 10 + other, &b[2..])),
        (one, None) => Some((one, &b[1..])),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clock::Habits;
    use crate::rank;
    use crate::stamp::stamp_at;

    fn words(cell: &str) -> Option<String> {
        as_words(cell).map(|(words, _)| words)
    }

    #[test]
    fn numbers_are_told_by_their_size() {
        // 2026-05-06T14:23:05Z is 1 778 077 385 seconds after 1970.
        for cell in ["1778077385", "1778077385.000200", "1778077385123", "1778077385123456", "1778077385123456789"] {
            assert_eq!(words(cell).as_deref(), Some("2026-05-06T14:23:05Z"), "{cell}");
        }
        // 45 356 days after the last of 1899 is 5 March 2024; 0.586 of a day is 14 h 3 min 50.4 s.
        assert_eq!(words("45356.586").as_deref(), Some("2024-03-05T14:03:50"));
        assert_eq!(words("45356,586").as_deref(), Some("2024-03-05T14:03:50"));
        assert_eq!(words("45356").as_deref(), Some("2024-03-05"));
        assert_eq!(words("0.586").as_deref(), Some("14:03:50"));
        for cell in ["12", "2026", "99999999999999999999", "1e9", "", "14.05", "-45356"] {
            assert_eq!(as_words(cell), None, "{cell}");
        }
    }

    #[test]
    fn common_forms_are_read_quickly_and_others_are_left_alone() {
        let at = 1_778_077_385;
        assert_eq!(quick("2026-05-06T14:23:05Z"), Some(Moment::At(at)));
        assert_eq!(quick("2026-05-06T16:23:05.123+02:00"), Some(Moment::At(at)));
        assert_eq!(quick("2026-05-06T09:23:05-0500"), Some(Moment::At(at)));
        assert_eq!(quick("2026-05-06 14:23:05"), Some(Moment::Local(at)));
        assert_eq!(quick("06.05.2026 14:23:05"), Some(Moment::Local(at)));
        let april = 1_775_226_180;
        let march = 1_772_634_180;
        // 03/04/2026 14:23 is 3 April or 4 March.
        let swapped = Moment::Swapped { day_first: Some(april), month_first: Some(march) };
        assert_eq!(quick("03/04/2026 14:23"), Some(swapped));
        assert_eq!(quick("3/4/2026, 2:23 PM"), Some(swapped));
        assert_eq!(
            quick("13/05/2026 14:23").map(|m| matches!(m, Moment::Swapped { month_first: None, .. })),
            Some(true)
        );
        for cell in
            ["14:23", "3/4/2026 2:23", "yesterday", "2026-05-06T24:00Z", "2026-02-30T10:00Z", "May 6, 2026 14:23"]
        {
            assert_eq!(quick(cell), None, "{cell}");
        }
    }

    /// What the reader of stamps makes of a cell, which is the meaning.
    fn slowly(cell: &str) -> Option<Moment> {
        let cell = words(cell).unwrap_or_else(|| cell.trim().to_owned());
        let (stamp, length) = stamp_at(&cell, Habits::default())?;
        rank::of_stamp(&stamp).filter(|_| length == cell.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_quick_reading_never_disagrees_with_the_slow_one(
            date in "(20[12][0-9]-[01][0-9]-[0-3][0-9]|[0-3]?[0-9]([/.-])[01]?[0-9][/.-]20[12][0-9]|[1-9][0-9]{4,18})",
            middle in "(T| |, |\\.|,)?",
            clock in "([0-2]?[0-9]:[0-5][0-9](:[0-6][0-9](\\.[0-9]{1,6})?)?|[0-9]{1,6})?",
            end in "(Z| UTC| AM|PM| pm|[+-][01][0-9]:?[0-5][0-9]|[+-][01][0-9])?",
        ) {
            let cell = format!("{date}{middle}{clock}{end}");
            if let Some(quickly) = quick(&cell) {
                prop_assert_eq!(Some(quickly), slowly(&cell), "{}", cell);
            }
        }
    }
}
