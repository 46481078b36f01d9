//! Dates as people write them.
//!
//! `03/04/2026` stays two dates, `6 May` stays a day without a year, and "Thursday" stays a day of some week: choosing
//! needs the rest of the text and is done in `resolve`.

mod noted;
mod numeric;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::clock::{self, Habits, digits};
use crate::names::{self, begins_name, month_at, weekday_at};
pub(crate) use noted::noted_at;
use numeric::{date, east_asian_at, is_dotted, iso_at, numeric_at, short_at, spaced_at};

/// A day as far as the words give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// A full date.
    Full(NaiveDate),
    /// A date whose day and month may be exchanged; either may be impossible.
    Either { day_first: Option<NaiveDate>, month_first: Option<NaiveDate> },
    /// Month and day without a year.
    Yearless { month: u32, day: u32 },
    /// Two numbers without a year, in an unknown order.
    YearlessEither { one: u32, other: u32 },
    /// Only a day of the week.
    Weekday(Weekday),
    /// Days after the first day of the text ("Day 2", "Yesterday").
    Relative(i64),
    /// The day after the one before ("Next day").
    Next,
    /// Days from that of the other lines, in brackets behind the clock ("21:10 (previous night)").
    Beside { days: i64, night: bool },
}

/// A day with the weekday written beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    pub(crate) day: Day,
    pub(crate) weekday: Option<Weekday>,
    /// Written with dots (`8.12.2022`), so that the day was taken to come first.
    pub(crate) dotted: bool,
}

impl WrittenDate {
    /// Whether the words name a calendar day, not one that depends on the lines around.
    pub(crate) fn is_calendar(&self) -> bool {
        !matches!(self.day, Day::Weekday(_) | Day::Relative(_) | Day::Next | Day::Beside { .. })
    }
}

impl WrittenDate {
    /// The full date, where the numbers allow one order only.
    pub(crate) fn sole(&self) -> Option<NaiveDate> {
        match self.day {
            Day::Full(date)
            | Day::Either { day_first: Some(date), month_first: None }
            | Day::Either { day_first: None, month_first: Some(date) } => Some(date),
            _ => None,
        }
    }
}

const RELATIVE: &[(&str, Day)] = &[
    ("the next day", Day::Next),
    ("next day", Day::Next),
    ("the following day", Day::Next),
    ("following day", Day::Next),
    ("the next morning", Day::Next),
    ("next morning", Day::Next),
    ("the previous night", Day::Beside { days: -1, night: true }),
    ("previous night", Day::Beside { days: -1, night: true }),
    ("the night before", Day::Beside { days: -1, night: true }),
    ("night before", Day::Beside { days: -1, night: true }),
    ("the previous evening", Day::Beside { days: -1, night: true }),
    ("previous evening", Day::Beside { days: -1, night: true }),
    ("the evening before", Day::Beside { days: -1, night: true }),
    ("the previous day", Day::Beside { days: -1, night: false }),
    ("previous day", Day::Beside { days: -1, night: false }),
    ("the day before", Day::Beside { days: -1, night: false }),
    ("day before", Day::Beside { days: -1, night: false }),
    ("today at", Day::Relative(0)),
    ("yesterday at", Day::Relative(-1)),
    ("today", Day::Relative(0)),
    ("yesterday", Day::Relative(-1)),
];

/// The words that a date may begin with, for a quick look at the first one.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    names::all().chain(RELATIVE.iter().map(|(words, _)| *words)).chain(["day"])
}

/// Reads a date that begins `s`.
pub(crate) fn date_at(s: &str, habits: Habits) -> Option<(WrittenDate, usize)> {
    if !s.starts_with(char::is_alphanumeric) {
        return None;
    }
    if s.starts_with(|c: char| c.is_ascii_digit()) {
        return calendar_at(s, habits).map(|(day, len)| with_weekday_behind(s, day, len));
    }
    if let Some((found, len)) = relative_at(s) {
        // "Day 1 (Tuesday, 5 March 2024)" says more than that it is the first.
        let body = s[len..].trim_start_matches([' ', ',', ':', '(', '-', '–', '—']);
        let said = (body.len() < s.len() - len).then(|| date_at(body, habits)).flatten();
        // "The next day" moves on by itself, and only a calendar day says more.
        let said = said.filter(|(date, _)| date.is_calendar() || (found.day != Day::Next && is_weekday(date.day)));
        return match said {
            Some((date, more)) if date.is_calendar() => Some((date, closed(s, s.len() - body.len() + more))),
            Some((_, more)) => Some((found, closed(s, s.len() - body.len() + more))),
            None => Some((found, len)),
        };
    }
    let Some((weekday, len)) = weekday_at(s) else {
        return calendar_at(s, habits).map(|(day, len)| with_weekday_behind(s, day, len));
    };
    let body = s[len..].trim_start_matches(['.', ',', ' ', '(', '-', '–']);
    let gap = s.len() - body.len();
    match calendar_at(body, habits) {
        Some((day, more)) => {
            Some((WrittenDate { day, weekday: Some(weekday), dotted: is_dotted(body, day) }, gap + more))
        }
        None => Some((WrittenDate { day: Day::Weekday(weekday), weekday: Some(weekday), dotted: false }, len)),
    }
}

fn is_weekday(day: Day) -> bool {
    matches!(day, Day::Weekday(_))
}

/// The length with the bracket that follows.
fn closed(s: &str, len: usize) -> usize {
    len + usize::from(s[len..].starts_with(')') && s[..len].contains('('))
}

/// Whether a clock follows, behind a space.
fn clocked(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|rest| clock::colon_at(rest).is_some())
}

/// Reads the weekday of `2026-05-06 (Wed)`, `2026-05-06 Wed 14:05` and `6 May, Wednesday`.
fn with_weekday_behind(s: &str, day: Day, len: usize) -> (WrittenDate, usize) {
    let dotted = is_dotted(s, day);
    let none = (WrittenDate { day, weekday: None, dotted }, len);
    let body = s[len..].trim_start_matches([' ', ',']);
    let (body, bracketed) = body.strip_prefix('(').map_or((body, false), |inner| (inner, true));
    if body.len() == s.len() - len {
        return none;
    }
    match weekday_at(body) {
        // "Sat" and "Sun" alone may be any word.
        Some((weekday, more)) if more > 4 || (bracketed && body[more..].starts_with(')')) || clocked(&body[more..]) => {
            let len = s.len() - body.len() + more;
            let date = WrittenDate { day, weekday: Some(weekday), dotted };
            (date, len + usize::from(bracketed && s[len..].starts_with(')')))
        }
        _ => none,
    }
}

fn calendar_at(s: &str, habits: Habits) -> Option<(Day, usize)> {
    if !s.starts_with(|c: char| c.is_ascii_digit()) {
        return month_day_at(s);
    }
    iso_at(s)
        .or_else(|| year_month_at(s))
        .or_else(|| numeric_at(s))
        .or_else(|| day_month_at(s))
        .or_else(|| short_at(s, habits))
        .or_else(|| east_asian_at(s))
        .or_else(|| spaced_at(s))
}

/// Reads `2018 October 21` and `2018-Oct-21`.
fn year_month_at(s: &str) -> Option<(Day, usize)> {
    let body = (digits(s) == 4).then(|| s[4..].trim_start_matches([' ', '-', '/', ',']))?;
    if body.len() == s.len() - 4 {
        return None;
    }
    let (month, len) = month_at(body)?;
    let day = body[len..].trim_start_matches([' ', '-', '/']);
    let width = digits(day);
    let glued = day.len() == body.len() - len || day[width..].starts_with(':') && digits(&day[width + 1..]) > 0;
    if !(1..=2).contains(&width) || glued {
        return None;
    }
    let rest = after_ordinal(&day[width..]);
    let day = finish(Some(s[..4].parse().ok()?), month, day[..width].parse().ok()?)?;
    Some((day, s.len() - rest.len()))
}

/// Whether the month can have the day, in a leap year if need be.
pub(crate) fn valid(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2024, month, day).is_some()
}

/// Reads `6 May 2026`, `6th of May`, `6. Mai` and `06-May-2026`.
fn day_month_at(s: &str) -> Option<(Day, usize)> {
    let width = digits(s);
    if !(1..=2).contains(&width) {
        return None;
    }
    let day = s[..width].parse().ok()?;
    let body = after_ordinal(&s[width..]).trim_start_matches(['.', ' ', '-', '/']);
    if body.len() == s.len() - width {
        // `6May` is read, `6 May` is common, and anything else that is glued is not a date.
        month_at(body)?;
    }
    let body = ["of ", "de ", "d'"].iter().find_map(|of| body.strip_prefix(of)).unwrap_or(body);
    let (month, len) = month_at(body)?;
    let rest = &body[len..];
    let (year, more) = year_at(rest);
    finish(year, month, day).map(|day| (day, s.len() - rest.len() + more))
}

/// Reads `May 6th, 2026`, `May 6` and `May-06-2026`.
fn month_day_at(s: &str) -> Option<(Day, usize)> {
    let (month, len) = month_at(s)?;
    let mark = s[len..].chars().next().filter(|c| matches!(c, '-' | '/'));
    let body = s[len..].trim_start_matches([' ', '-', '/']);
    let width = digits(body);
    if body.len() == s.len() - len || !(1..=2).contains(&width) {
        return None;
    }
    let day = body[..width].parse().ok()?;
    let rest = after_ordinal(&body[width..]);
    let year = mark.and_then(|mark| rest.strip_prefix(mark)).map_or(0, digits);
    // `May 14:23` has no day; `May 6–7` has two; `May-06-2026` and `May/06/26` have a year.
    if (year == 0 || (year != 4 && year != 2))
        && rest.starts_with([':', '.', '–', '-'])
        && digits(rest.trim_start_matches([':', '.', '–', '-'])) > 0
    {
        return None;
    }
    let (year, more) = year_at(rest);
    finish(year, month, day).map(|day| (day, s.len() - rest.len() + more))
}

fn finish(year: Option<i32>, month: u32, day: u32) -> Option<Day> {
    match year {
        Some(year) => date(year, month, day).map(Day::Full),
        None => valid(month, day).then_some(Day::Yearless { month, day }),
    }
}

fn after_ordinal(s: &str) -> &str {
    let rest = ["st", "nd", "rd", "th", "er", "º"].iter().find_map(|end| s.strip_prefix(end));
    rest.filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(s)
}

/// Reads the year behind a month and a day, with the length of what stands between.
fn year_at(s: &str) -> (Option<i32>, usize) {
    let body = s.trim_start_matches([' ', ',', '.', '-', '/']);
    let body = body.strip_prefix("de ").or_else(|| body.strip_prefix("del ")).unwrap_or(body);
    let ends = !body[digits(body)..].starts_with(char::is_alphanumeric);
    let year = (digits(body) == 4 && body.len() < s.len() && ends).then(|| body[..4].parse::<i32>().ok()).flatten();
    match year.filter(|year| (1900..2200).contains(year)) {
        Some(year) => (Some(year), s.len() - body.len() + 4),
        None => short_year_at(s),
    }
}

/// Reads the `/26` of `06/May/26`, the `-26` of `6-May-26` and the `'26` of `May 6 '26`.
fn short_year_at(s: &str) -> (Option<i32>, usize) {
    let body = s.trim_start_matches([' ', ',']);
    let two = body.strip_prefix(['\'', '’']).or_else(|| s.strip_prefix(['/', '-']));
    let Some(two) = two.filter(|two| digits(two) == 2) else { return (None, 0) };
    let glued = two[2..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '/' | '.'))
        && !two[2..].starts_with(". ");
    let year = two[..2].parse::<i32>().ok().filter(|year| !glued && (10..50).contains(year));
    year.map_or((None, 0), |year| (Some(2000 + year), s.len() - two.len() + 2))
}

/// Reads the year that stands behind the clock in `Wed May  6 14:23:05 2026`.
pub(crate) fn trailing_year(s: &str) -> Option<(i32, usize)> {
    match year_at(s) {
        (Some(year), len) => Some((year, len)),
        (None, _) => None,
    }
}

/// Completes a day that has no year.
pub(crate) fn with_year(day: Day, year: i32) -> Day {
    match day {
        Day::Yearless { month, day: number } => date(year, month, number).map_or(day, Day::Full),
        other => other,
    }
}

fn relative_at(s: &str) -> Option<(WrittenDate, usize)> {
    let found = |day, len: usize| {
        let ends = !s[len..].starts_with(char::is_alphanumeric);
        ends.then_some((WrittenDate { day, weekday: None, dotted: false }, len))
    };
    for (words, day) in RELATIVE {
        if s.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words)) {
            return found(*day, words.len());
        }
    }
    let number = s.get(..4).filter(|start| start.eq_ignore_ascii_case("day ")).map(|_| &s[4..])?;
    let width = digits(number);
    let count: i64 = number[..width].parse().ok().filter(|n| (1..100).contains(n))?;
    found(Day::Relative(count - 1), 4 + width)
}

/// The date with that month and day which lies nearest to `anchor`.
pub(crate) fn nearest(month: u32, day: u32, anchor: NaiveDate) -> Option<NaiveDate> {
    // Four years on either side always hold a 29 February.
    (-4..=4)
        .filter_map(|years| date(anchor.year() + years, month, day))
        .min_by_key(|candidate| (*candidate - anchor).num_days().abs())
}

/// Finds every calendar date in a line, for headings and sentences that carry one.
pub(crate) fn dates_in(line: &str) -> Vec<WrittenDate> {
    let mut found = Vec::new();
    let (mut skip_to, mut previous) = (0, ' ');
    for (at, c) in line.char_indices() {
        // `incident-2021-05-26` is named after its day.
        let named = matches!(previous, '-' | '_') && digits(&line[at..]) == 4 && !line.contains("://");
        let inside = previous.is_alphanumeric() || matches!(previous, '-' | '–' | '/' | '.' | '_' | ':' | '#');
        let inside = inside && !named;
        previous = c;
        if at < skip_to || inside || !c.is_alphanumeric() || (c.is_ascii_alphabetic() && !begins_name(&line[at..])) {
            continue;
        }
        if let Some((date, len)) = date_at(&line[at..], Habits::default()).filter(|(date, _)| date.is_calendar()) {
            found.push(completed(date, &line[at + len..]));
            skip_to = at + len;
        }
    }
    found
}

/// Takes the year from behind a clock: `Wed May  6 14:23:05 2026`.
fn completed(date: WrittenDate, rest: &str) -> WrittenDate {
    let clock = clock::clock_at(rest.trim_start(), Habits::default());
    let year = clock.and_then(|(_, len)| trailing_year(&rest.trim_start()[len..]));
    match year {
        Some((year, _)) if date.weekday.is_some() => WrittenDate { day: with_year(date.day, year), ..date },
        _ => date,
    }
}
