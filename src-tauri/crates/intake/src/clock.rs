//! Clock times as people write them.
//!
//! Reads the digits and nothing else: which day and which zone a clock belongs to is for `resolve`. Shapes that could
//! as well be a version, a price or a year (`14.05`, `0847`) are read only where the whole list is written that way.

use chrono::NaiveTime;

use crate::elapsed;

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Am,
    Pm,
}

/// A clock time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) second: Option<u32>,
    pub(crate) milli: u32,
    pub(crate) half: Option<Half>,
    /// Written with a leading zero, without punctuation or by a program, as only 24-hour clocks are.
    pub(crate) padded: bool,
}

impl Clock {
    /// The time of day, and whether it is the midnight at the end of the day (`24:00`).
    pub(crate) fn time(&self) -> Option<(NaiveTime, bool)> {
        let hour = match (self.half, self.hour) {
            (None, 24) if self.minute == 0 => return Some((NaiveTime::MIN, true)),
            (None, hour) => hour,
            // "13:55 PM" counts 24 hours and says so twice.
            (Some(Half::Pm), 13..24) => self.hour,
            (Some(_), 0 | 13..) => return None,
            (Some(Half::Am), hour) => hour % 12,
            (Some(Half::Pm), hour) => hour % 12 + 12,
        };
        // A leap second is told as the last ordinary one.
        let second = self.second.unwrap_or(0).min(59);
        Some((NaiveTime::from_hms_milli_opt(hour, self.minute, second, self.milli)?, false))
    }

    /// Whether the hour may belong to a 12-hour clock whose half is not written.
    pub(crate) fn may_be_half(&self) -> bool {
        self.half.is_none() && !self.padded && (1..=12).contains(&self.hour)
    }
}

/// How the clocks of a text are written, as far as that decides what a clock is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Habits {
    /// `14.05` is a clock.
    pub(crate) dotted: bool,
    /// `0847` is a clock.
    pub(crate) bare: bool,
    /// `+00:15` is the time since the beginning.
    pub(crate) elapsed: bool,
}

impl Habits {
    /// Learns the habits of a text from what begins its lines.
    pub(crate) fn of<'a>(leads: impl Iterator<Item = &'a str>) -> Habits {
        let (mut colons, mut dotted, mut bare, mut plus) = (0, Vec::new(), Vec::new(), 0);
        for lead in leads {
            plus += usize::from(elapsed::is_plus(lead));
            if !lead.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            colons += usize::from(colon_at(lead).is_some());
            dotted.extend(dotted_at(lead).map(|(clock, _)| clock));
            bare.extend(bare_at(lead).map(|(clock, _)| clock));
        }
        // Without this a list of years (2019, 2020, …) is a list of evening times.
        let more_than_years = bare.iter().any(|c| !matches!(c.hour, 19 | 20));
        let many = |clocks: &[Clock]| clocks.len() > 1 && clocks.len() > colons;
        Habits { dotted: many(&dotted) && !all_dates(&dotted), bare: many(&bare) && more_than_years, elapsed: plus > 1 }
    }
}

/// Whether dotted clocks could all be days and months, with nothing that speaks for clocks.
fn all_dates(clocks: &[Clock]) -> bool {
    let dates = clocks.iter().all(|c| (1..=12).contains(&c.minute) && c.hour > 0);
    let one_hour = clocks.windows(2).any(|pair| pair[0].hour == pair[1].hour && pair[0].minute != pair[1].minute);
    dates && !one_hour
}

/// Reads a clock time that begins `s`, with its `am`, `pm`, `h` or `Uhr`.
pub(crate) fn clock_at(s: &str, habits: Habits) -> Option<(Clock, usize)> {
    let (mut clock, mut len) = colon_at(s)
        .or_else(|| letter_at(s))
        .or_else(|| japanese_at(s))
        .or_else(|| dotted_at(s).filter(|(_, len)| habits.dotted || half_at(&s[*len..]).is_some()))
        .or_else(|| bare_at(s).filter(|(_, len)| habits.bare || means_clock(&s[*len..])))
        .or_else(|| hour_at(s))?;
    if let Some((half, more)) = half_at(&s[len..]) {
        clock.half = Some(half);
        len += more;
    } else {
        len += suffix_at(&s[len..]);
    }
    let rest = &s[len..];
    let glued = rest.starts_with(|c: char| (c.is_alphanumeric() && !is_east_asian(c)) || c == '%' || c == '_')
        && !rest.starts_with('Z')
        && !rest.starts_with("ish");
    if glued || is_duration(rest) || clock.time().is_none() {
        return None;
    }
    Some((clock, len))
}

pub(crate) fn colon_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    if !(1..=2).contains(&hours) || !s[hours..].starts_with(':') || digits(&s[hours + 1..]) != 2 {
        return None;
    }
    let mut len = hours + 3;
    let (mut second, mut milli) = (None, 0);
    if s[len..].starts_with(':') && digits(&s[len + 1..]) == 2 {
        second = s[len + 1..len + 3].parse().ok();
        len += 3;
        if s[len..].starts_with(['.', ',']) && digits(&s[len + 1..]) > 0 {
            let fraction = digits(&s[len + 1..]);
            milli = thousandths(&s[len + 1..len + 1 + fraction]);
            len += 1 + fraction;
        }
    }
    // `10:20:` may end a stamp; `10:20:3` is something else, such as an address.
    if s[len..].starts_with(':') && digits(&s[len + 1..]) > 0 {
        return None;
    }
    let clock = clock(&s[..hours], &s[hours + 1..hours + 3], second, s.starts_with('0'))?;
    Some((Clock { milli, ..clock }, len))
}

/// The first three decimals of a second.
fn thousandths(fraction: &str) -> u32 {
    fraction.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

fn dotted_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    if !(1..=2).contains(&hours) || !s[hours..].starts_with('.') || digits(&s[hours + 1..]) != 2 {
        return None;
    }
    let len = hours + 3;
    if s[len..].starts_with('.') && s[len + 1..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    clock(&s[..hours], &s[hours + 1..len], None, s.starts_with('0')).map(|clock| (clock, len))
}

fn bare_at(s: &str) -> Option<(Clock, usize)> {
    let len = digits(s);
    let dated = s[len..].starts_with(['-', '/', '.']) && digits(&s[len + 1..]) > 0;
    match len {
        4 if !dated => clock(&s[..2], &s[2..4], None, true).map(|clock| (clock, 4)),
        6 if !dated => clock(&s[..2], &s[2..4], s[4..6].parse().ok(), true).map(|clock| (clock, 6)),
        _ => None,
    }
}

/// Reads `14時23分` and `14時`.
fn japanese_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    let rest = s.get(hours..).filter(|_| (1..=2).contains(&hours))?.strip_prefix('時')?;
    let minutes = digits(rest);
    match rest[minutes..].strip_prefix('分') {
        Some(after) => clock(&s[..hours], &rest[..minutes], None, true).map(|clock| (clock, s.len() - after.len())),
        None => clock(&s[..hours], "0", None, true).map(|clock| (clock, s.len() - rest.len())),
    }
}

/// Reads `14h23` and `14h`.
fn letter_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    if !(1..=2).contains(&hours) || !s[hours..].starts_with(['h', 'H']) || digits(&s[hours + 1..]) != 2 {
        return None;
    }
    clock(&s[..hours], &s[hours + 1..hours + 3], None, true).map(|clock| (clock, hours + 3))
}

/// Reads `2pm`, an hour that only its half makes a clock.
fn hour_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    let halved = half_at(&s[hours..]).is_some_and(|(_, len)| s[hours..hours + len].trim().len() > 1);
    if !(1..=2).contains(&hours) || !halved {
        return None;
    }
    clock(&s[..hours], "0", None, false).map(|clock| (clock, hours))
}

fn clock(hour: &str, minute: &str, second: Option<u32>, padded: bool) -> Option<Clock> {
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    let fits = hour <= 24 && minute < 60 && second.unwrap_or(0) <= 60;
    fits.then_some(Clock { hour, minute, second, milli: 0, half: None, padded })
}

/// Reads ` PM`, `p.m.` or `am` after the digits.
fn half_at(s: &str) -> Option<(Half, usize)> {
    let body = s.trim_start_matches(' ');
    let space = s.len() - body.len();
    if !body.starts_with(['a', 'p', 'A', 'P']) {
        return None;
    }
    for (word, half) in [
        ("a.m.", Half::Am),
        ("p.m.", Half::Pm),
        ("a.m", Half::Am),
        ("p.m", Half::Pm),
        ("am", Half::Am),
        ("pm", Half::Pm),
        ("a", Half::Am),
        ("p", Half::Pm),
    ] {
        let found = body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if found
            && (word.len() > 1 || space == 0)
            && space < 3
            && !body[word.len()..].starts_with(char::is_alphanumeric)
        {
            return Some((half, space + word.len()));
        }
    }
    None
}

/// Length of a word that only says that the digits were a clock.
fn suffix_at(s: &str) -> usize {
    let body = s.trim_start_matches(' ');
    let word = ["hrs", "Uhr", "h"].iter().find_map(|word| body.strip_prefix(word));
    word.filter(|rest| !rest.starts_with(char::is_alphanumeric)).map_or(0, |rest| s.len() - rest.len())
}

fn means_clock(rest: &str) -> bool {
    let word = rest.trim_start_matches(' ');
    ["Z", "UTC", "GMT", "hrs", "Uhr", "CET", "CEST"]
        .iter()
        .any(|suffix| word.strip_prefix(suffix).is_some_and(|after| !after.starts_with(char::is_alphanumeric)))
        || rest.starts_with('h') && !rest[1..].starts_with(char::is_alphanumeric)
}

/// Whether a letter belongs to a script that puts no space behind a clock.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether the words behind say that the digits are a length of time.
fn is_duration(rest: &str) -> bool {
    let word = rest.trim_start_matches(' ');
    let short = word.strip_prefix("min").is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    short
        || rest.starts_with('間')
        || ["minute", "mins", "hours", "hrs later", "elapsed", "later", "seconds", "remaining", "ratio", "odds"]
            .iter()
            .any(|unit| word.starts_with(unit))
}

pub(crate) fn digits(s: &str) -> usize {
    s.bytes().take_while(u8::is_ascii_digit).count()
}
