//! Clock times as people write them.
//!
//! Reads the digits and nothing else: which day and which zone a clock belongs to is for `resolve`. Shapes that could
//! as well be a version, a price or a year (`14.05`, `0847`) are read only where the whole list is written that way.

use chrono::NaiveTime;

use crate::{elapsed, moment};

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
            // "13:55 PM" and "00:30 AM" count 24 hours and say so twice.
            (Some(Half::Pm), 13..24) | (Some(Half::Am), 0) => self.hour,
            (Some(Half::Pm), 0 | 24..) | (Some(Half::Am), 13..) => return None,
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
    /// `1778077385` is the time since 1970.
    pub(crate) epoch: bool,
}

impl Habits {
    /// Learns the habits of a text from what begins its lines.
    pub(crate) fn of<'a>(leads: impl Iterator<Item = &'a str>) -> Habits {
        let (mut colons, mut dotted, mut bare, mut plus) = (0, Vec::new(), Vec::new(), 0);
        let (mut epochs, mut span) = (0, (i64::MAX, i64::MIN));
        for lead in leads {
            plus += usize::from(elapsed::is_plus(lead));
            // "kl. 14.05"
            let lead = ["kl. ", "kl ", "klo ", "ore "].iter().find_map(|word| lead.strip_prefix(word)).unwrap_or(lead);
            if !lead.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            if let Some((at, _)) = moment::epoch_at(lead) {
                epochs += 1;
                span = (span.0.min(at), span.1.max(at));
            }
            colons += usize::from(colon_at(lead).is_some());
            dotted.extend(dotted_at(lead).map(|(clock, _)| clock));
            bare.extend(bare_at(lead).map(|(clock, _)| clock));
        }
        // Without this a list of years (2019, 2020, …) is a list of evening times.
        let more_than_years = bare.iter().any(|c| !matches!(c.hour, 19 | 20));
        let many = |clocks: &[Clock]| clocks.len() > 1 && clocks.len() > colons;
        Habits {
            dotted: many(&dotted) && !all_dates(&dotted),
            bare: many(&bare) && more_than_years,
            elapsed: plus > 1,
            // Numbers of customers or tickets lie further apart than the moments of an incident.
            epoch: epochs > 1 && span.1 - span.0 < FORTNIGHT,
        }
    }
}

const FORTNIGHT: i64 = 14 * 86_400;

/// Whether dotted clocks could all be days and months, with nothing that speaks for clocks.
fn all_dates(clocks: &[Clock]) -> bool {
    let dates = clocks.iter().all(|c| (1..=12).contains(&c.minute) && c.hour > 0);
    let one_hour = clocks.windows(2).any(|pair| pair[0].hour == pair[1].hour && pair[0].minute != pair[1].minute);
    dates && !one_hour
}

/// Reads a clock time that begins `s`, with its `am`, `pm`, `h` or `Uhr`.
pub(crate) fn clock_at(s: &str, habits: Habits) -> Option<(Clock, usize)> {
    if let Some((half, len)) = half_before(s) {
        let (clock, more) = clock_at(&s[len..], habits).filter(|(clock, _)| clock.half.is_none())?;
        // Where the half stands in front, its first hour is often the zeroth: 午後0時30分.
        let hour = if (half, clock.hour) == (Half::Pm, 0) { 12 } else { clock.hour };
        let clock = Clock { half: Some(half).filter(|_| hour <= 12), hour, ..clock };
        return clock.time().map(|_| (clock, len + more));
    }
    let (mut clock, mut len) = colon_at(s)
        .or_else(|| letter_at(s))
        .or_else(|| east_asian_at(s))
        .or_else(|| dotted_at(s).filter(|(_, len)| habits.dotted || half_or_hour(&s[*len..])))
        .or_else(|| bare_at(s).filter(|(_, len)| habits.bare || means_clock(&s[*len..])))
        .or_else(|| hour_at(s))
        .or_else(|| noon_at(s))?;
    if let Some((half, more)) = half_at(&s[len..]) {
        clock.half = Some(half);
        len += more;
    } else {
        clock.padded |= hour_word(&s[len..]);
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
    // `0847:23`
    let seconds = s[len..].strip_prefix(':').filter(|rest| digits(rest) == 2 && !rest[2..].starts_with(':'));
    if let Some(clock) =
        seconds.filter(|_| len == 4).and_then(|rest| clock(&s[..2], &s[2..4], rest[..2].parse().ok(), true))
    {
        return Some((clock, 7));
    }
    match len {
        4 if !dated => clock(&s[..2], &s[2..4], None, true).map(|clock| (clock, 4)),
        6 if !dated => clock(&s[..2], &s[2..4], s[4..6].parse().ok(), true).map(|clock| (clock, 6)),
        _ => None,
    }
}

/// Reads `14時23分`, `14時` and `14시 23분`.
fn east_asian_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    let rest = s.get(hours..).filter(|_| (1..=2).contains(&hours))?.strip_prefix(['時', '时', '点', '點', '시'])?;
    let spaced = rest.strip_prefix(' ').filter(|rest| rest[digits(rest)..].starts_with('분'));
    let rest = spaced.unwrap_or(rest);
    let minutes = digits(rest);
    match rest[minutes..].strip_prefix(['分', '분']) {
        Some(after) => clock(&s[..hours], &rest[..minutes], None, true).map(|clock| (clock, s.len() - after.len())),
        None => clock(&s[..hours], "0", None, true).map(|clock| (clock, s.len() - rest.len())),
    }
}

/// Reads `14h23`, `14 h 23`, `14 heures 23` and the `14h` or `14 heures` that a colon or a dash follows.
fn letter_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    if !(1..=2).contains(&hours) {
        return None;
    }
    let spaced = s[hours..].strip_prefix(' ');
    let body = spaced.unwrap_or(&s[hours..]);
    let behind = ["heures", "heure", "h", "H"].iter().find_map(|word| body.strip_prefix(word))?;
    let minutes = if spaced.is_some() { behind.strip_prefix(' ').unwrap_or("") } else { behind };
    // "3 h 20" may be a length of time, which no colon or dash follows.
    let listed = || {
        let rest = &minutes[2..];
        let span = [" et ", " à "].iter().find_map(|word| rest.strip_prefix(word)).is_some_and(|end| digits(end) > 0);
        span || [" :", ":", " –", " —", " -"].iter().any(|mark| rest.starts_with(mark))
    };
    if digits(minutes) == 2 && (spaced.is_none() || hours == 2 || listed()) {
        let len = s.len() - minutes.len() + 2;
        return clock(&s[..hours], &minutes[..2], None, true).map(|clock| (clock, len));
    }
    // "14h" may be a length of time.
    const PARTED: &[&str] = &[":", "–", "—", " :", " -", " –", " —", " UTC", " GMT", " CET", " CEST"];
    let parted = PARTED.iter().any(|mark| behind.starts_with(mark));
    let worded = body.starts_with("heure");
    let alone = parted && (hours == 2 || worded) && digits(behind.trim_start_matches([' ', ':', '-', '–', '—'])) == 0;
    alone.then(|| clock(&s[..hours], "0", None, true)).flatten().map(|clock| (clock, s.len() - behind.len()))
}

/// Reads `2pm` and `14 Uhr`, an hour that only the word behind it makes a clock.
fn hour_at(s: &str) -> Option<(Clock, usize)> {
    let hours = digits(s);
    if (1..=2).contains(&hours) && hour_word(&s[hours..]) {
        return clock(&s[..hours], "0", None, true).map(|clock| (clock, hours));
    }
    let halved = half_at(&s[hours..]).is_some_and(|(_, len)| s[hours..hours + len].trim().len() > 1);
    if !(1..=2).contains(&hours) || !halved {
        return None;
    }
    clock(&s[..hours], "0", None, false).map(|clock| (clock, hours))
}

/// Reads "noon" and "12 noon"; midnight may be either end of a day and is left alone.
fn noon_at(s: &str) -> Option<(Clock, usize)> {
    let rest = s.strip_prefix("12 ").unwrap_or(s);
    let word = ["noon", "Noon", "midday"].iter().find_map(|word| rest.strip_prefix(word))?;
    clock("12", "00", None, true).map(|clock| (clock, s.len() - word.len()))
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

/// Reads the half of the day that stands before the clock: `오후 2:14`, `下午2:14`.
fn half_before(s: &str) -> Option<(Half, usize)> {
    const HALVES: &[(&str, Half)] = &[
        ("午前", Half::Am),
        ("午後", Half::Pm),
        ("上午", Half::Am),
        ("下午", Half::Pm),
        ("오전", Half::Am),
        ("오후", Half::Pm),
    ];
    let (word, half) = HALVES.iter().find(|(word, _)| s.starts_with(word))?;
    let rest = s[word.len()..].trim_start_matches(' ');
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some((*half, s.len() - rest.len()))
}

/// Whether "Uhr" or "uur" follows, which count 24 hours.
fn hour_word(s: &str) -> bool {
    let body = s.trim_start_matches(' ');
    let word = ["Uhr", "uur"].iter().find_map(|word| body.strip_prefix(word));
    word.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn half_or_hour(s: &str) -> bool {
    half_at(s).is_some() || hour_word(s)
}

/// Length of a word that only says that the digits were a clock.
fn suffix_at(s: &str) -> usize {
    let body = s.trim_start_matches(' ');
    let word = ["hrs", "Uhr", "uur", "noon", "h"].iter().find_map(|word| body.strip_prefix(word));
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
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
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
