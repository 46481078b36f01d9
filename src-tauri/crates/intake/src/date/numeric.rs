//! Dates written in digits: `2026-05-06`, `06/05/2026`, `5/6`, `2026年5月6日`.

use chrono::NaiveDate;

use super::{Day, finish, valid};
use crate::clock::{self, Habits, digits};

pub(super) fn iso_at(s: &str) -> Option<(Day, usize)> {
    match digits(s) {
        8 if s[8..].starts_with('T') && digits(&s[9..]) >= 4 => Some((full(&s[..4], &s[4..6], &s[6..8])?, 8)),
        8 if s[8..].starts_with([' ', '_', '-']) && clock::colon_at(&s[9..]).is_some() => {
            Some((full(&s[..4], &s[4..6], &s[6..8])?, 8))
        }
        4 => {
            let mark = s[4..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
            let month = digits(&s[5..]);
            let after = s[5 + month..].strip_prefix(mark)?;
            let day = digits(after);
            let fits = (1..=2).contains(&month) && (1..=2).contains(&day);
            fits.then(|| full(&s[..4], &s[5..5 + month], &after[..day])).flatten().map(|d| (d, 6 + month + day))
        }
        _ => None,
    }
}

fn full(year: &str, month: &str, day: &str) -> Option<Day> {
    date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(Day::Full)
}

pub(super) fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1900..2200).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// Reads `06/05/2026`, `6.5.26` and `06-05-2026`.
pub(super) fn numeric_at(s: &str) -> Option<(Day, usize)> {
    let (one, mark, other, len) = two_numbers(s)?;
    let year = s[len..].strip_prefix(mark)?;
    let width = digits(year);
    let mut number: i32 = year[..width].parse().ok()?;
    match width {
        2 if mark != '-' => number += 2000,
        // `5-26-21` can only be the 26th of May; `26-05-21` may begin with the year.
        2 if one <= 12 && other > 12 && (10..50).contains(&number) => number += 2000,
        4 => {}
        _ => return None,
    }
    let (day_first, month_first) = (date(number, other, one), date(number, one, other));
    let day = match (mark, day_first, month_first) {
        // With dots the day comes first wherever dates are written so.
        ('.', Some(day), _) => Day::Full(day),
        (_, Some(one), Some(other)) if one == other => Day::Full(one),
        (_, None, None) => return None,
        (_, day_first, month_first) => Day::Either { day_first, month_first },
    };
    Some((day, len + 1 + width))
}

/// Whether a full date is written `8.12.2022`.
pub(super) fn is_dotted(s: &str, day: Day) -> bool {
    matches!(day, Day::Full(_)) && two_numbers(s).is_some_and(|(_, mark, ..)| mark == '.')
}

fn two_numbers(s: &str) -> Option<(u32, char, u32, usize)> {
    let first = digits(s);
    let mark = s[first..].chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let second = digits(&s[first + 1..]);
    if !(1..=2).contains(&first) || !(1..=2).contains(&second) {
        return None;
    }
    let len = first + 1 + second;
    Some((s[..first].parse().ok()?, mark, s[first + 1..len].parse().ok()?, len))
}

/// Reads `06.05.` and, only where a clock follows or the line ends, `5/6`, and only before a clock `05-06`.
pub(super) fn short_at(s: &str, habits: Habits) -> Option<(Day, usize)> {
    let (one, mark, other, len) = two_numbers(s)?;
    let rest = &s[len..];
    let clocked = || {
        let next = rest.trim_start_matches([' ', ',', '*', '`', '~']);
        next.len() < rest.len() && clock::clock_at(next, habits).is_some()
    };
    let followed = || clocked() || rest.trim().is_empty();
    let either =
        || if one == other { Day::Yearless { month: one, day: one } } else { Day::YearlessEither { one, other } };
    match mark {
        '.' if rest.starts_with(". ") || rest == "." => {
            (valid(other, one)).then_some((Day::Yearless { month: other, day: one }, len + 1))
        }
        '/' if followed() && (valid(one, other) || valid(other, one)) => Some((either(), len)),
        // "07-20 02:00"; without the zeros "7-20" is rather a span.
        '-' if len == 5 && s.as_bytes()[2] == b'-' && clocked() && (valid(one, other) || valid(other, one)) => {
            Some((either(), len))
        }
        _ => None,
    }
}

/// Reads `2026年5月6日`, `5月6日（水）` and `2026년 5월 6일`.
pub(super) fn east_asian_at(s: &str) -> Option<(Day, usize)> {
    let first = digits(s);
    let (year, body) = match s[first..].strip_prefix(['年', '년']) {
        Some(rest) => (Some(s[..first].parse().ok()?), rest.trim_start_matches(' ')),
        None => (None, s),
    };
    let month = digits(body);
    let rest = body[month..].strip_prefix(['月', '월'])?.trim_start_matches(' ');
    let day = digits(rest);
    let after = rest[day..].strip_prefix(['日', '号', '일'])?;
    let weekday = after.trim_start_matches(' ').strip_prefix(['(', '（']).and_then(|inner| {
        let end = inner.find([')', '）']).filter(|end| *end < 12)?;
        Some(inner[end..].trim_start_matches([')', '）']))
    });
    let found = finish(year, body[..month].parse().ok()?, rest[..day].parse().ok()?)?;
    Some((found, s.len() - weekday.unwrap_or(after).len()))
}

/// Reads the `2026. 5. 6.` of Korea.
pub(super) fn spaced_at(s: &str) -> Option<(Day, usize)> {
    let body = s.get(4..).filter(|_| digits(s) == 4)?.strip_prefix(". ")?;
    let month = digits(body);
    let rest = body[month..].strip_prefix(". ")?;
    let day = digits(rest);
    let after = rest[day..].strip_prefix('.')?;
    let fits = (1..=2).contains(&month) && (1..=2).contains(&day);
    let found = fits.then(|| full(&s[..4], &body[..month], &rest[..day])).flatten()?;
    Some((found, s.len() - after.len()))
}
