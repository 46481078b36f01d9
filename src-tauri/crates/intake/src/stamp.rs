//! The time stamp that begins a line: date, clock, zone, in any order and any dress.
//!
//! Everything that is neither a date nor a clock nor a zone ends the stamp; what follows is the text of the event.

mod epoch;
mod words;

use chrono::{TimeDelta, Timelike};

use crate::clock::{Clock, Habits, clock_at, digits};
use crate::date::{Day, WrittenDate, date_at, noted_at, trailing_year, with_year};
use crate::elapsed::{self, Elapsed};
use crate::zone::{self, WrittenZone, Zone, offset_at, zone_at};
use epoch::{epoch_at, leading_epoch};
use words::{ABOUT, FILLERS, is_day_word, may_begin, word_at};

/// What a line says about when.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stamp {
    pub(crate) date: Option<WrittenDate>,
    pub(crate) clock: Option<Clock>,
    pub(crate) zone: Option<WrittenZone>,
    /// The text says "about".
    pub(crate) about: bool,
    /// The words of a range (`14:20–14:25`), of which the start was taken.
    pub(crate) range: Option<String>,
    /// The same moment written once more in another zone.
    pub(crate) also: Option<String>,
    /// The stamp stood in brackets.
    pub(crate) bracketed: bool,
    /// How long after another event it was, where the text counts so.
    pub(crate) elapsed: Option<Elapsed>,
    /// The same moment in other zones.
    pub(crate) again: Vec<(Clock, WrittenZone)>,
}

const DRESS: &[char] = &['*', '_', '`', '[', '(', '<', '"', '\''];
const CLOSERS: &[char] = &['*', '_', '`', ']', ')', '>', '"', '\''];

/// Reads the stamp at the start of `s`; the length includes the separator before the text.
pub(crate) fn stamp_at(s: &str, habits: Habits) -> Option<(Stamp, usize)> {
    if !may_begin(s) {
        return None;
    }
    if let Some(found) = epoch_at(s).or_else(|| habits.epoch.then(|| leading_epoch(s)).flatten()) {
        return Some(found);
    }
    let mut reader = Reader { s, habits, at: 0, stamp: Stamp::default(), opened: Vec::new(), clock_from: 0 };
    let mut end = None;
    while let Some(next) = reader.element() {
        end = Some((next, reader.opened.clone()));
        reader.at = next;
    }
    let (end, opened) = end?;
    if reader.stamp.clock.is_none() && reader.stamp.date.is_none_or(|d| !d.is_calendar() && !s[end..].trim().is_empty())
    {
        return None;
    }
    reader.stamp.bracketed = opened.contains(&'[');
    let length = reader.finish(end, &opened);
    Some((reader.stamp, length))
}

struct Reader<'a> {
    s: &'a str,
    habits: Habits,
    at: usize,
    stamp: Stamp,
    /// Brackets and emphasis that were opened, so that only those are closed.
    opened: Vec<char>,
    clock_from: usize,
}

impl Reader<'_> {
    /// Reads the next element and returns where it ends.
    fn element(&mut self) -> Option<usize> {
        let (before_opened, mut at, begun) = (self.opened.len(), self.at, self.at > 0);
        let mut about = false;
        let result = loop {
            let rest = &self.s[at..];
            if let Some(end) = self.value(rest) {
                break Some(at + end);
            }
            let Some(c) = rest.chars().next() else { break None };
            // `05/Mar/2024:14:05:33` and `5 March: 14:05`.
            let dated = c == ':' && begun && self.stamp.date.is_some() && self.stamp.clock.is_none();
            let opens = DRESS.contains(&c) && !(begun && matches!(c, '"' | '\''));
            if c.is_whitespace()
                || dated
                || (begun && matches!(c, ',' | '-' | '–' | '—' | '@' | '|' | '·' | 'T' | '/' | ';'))
            {
                if c == 'T' && !rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
                    break None;
                }
                at += c.len_utf8();
            } else if begun && CLOSERS.contains(&c) && self.closes(c) {
                at += 1;
            } else if opens {
                self.opened.push(c);
                at += 1;
            } else if let Some(len) = word_at(rest, ABOUT).filter(|_| self.stamp.clock.is_none()) {
                about = true;
                at += len;
            } else if let Some(len) = word_at(rest, FILLERS) {
                at += len;
            } else {
                break None;
            }
        };
        if result.is_none() {
            self.opened.truncate(before_opened);
        }
        self.stamp.about |= about && result.is_some();
        result
    }

    fn closes(&mut self, closer: char) -> bool {
        let opener = opener_of(closer);
        // Left in the list: a run such as `**` closes as many times as it opened, and order does not matter here.
        self.opened.contains(&opener)
    }

    /// Reads a value at the start of `rest` into the stamp and returns its length.
    fn value(&mut self, rest: &str) -> Option<usize> {
        if self.stamp.clock.is_some() && self.stamp.zone.is_none() {
            let near = rest.len() == self.s.len() - self.at || self.stamp.clock?.second.is_some();
            let colon = rest.get(3..4) == Some(":");
            if let Some((zone, len)) = zone_at(rest, near || colon)
                .filter(|(zone, len)| !self.is_subject(zone, rest, *len))
                .or_else(|| zone::behind_clock_at(rest, self.stamp.clock.is_some_and(|clock| clock.half.is_some())))
            {
                self.stamp.zone = Some(zone);
                let len = len + self.year(&rest[len..]);
                return Some(len + self.range(&rest[len..]));
            }
        }
        if self.stamp.clock.is_none() && self.stamp.zone.is_none() {
            // "UTC 14:05"
            let zone = zone_at(rest, false).filter(|(zone, len)| zone.worded && self.clock_follows(&rest[*len..]));
            if let Some((zone, len)) = zone {
                self.stamp.zone = Some(zone);
                return Some(len);
            }
        }
        // The `CEST` of `+0200 CEST` and of `GMT+0200 (CEST)` says nothing more.
        let offset = self.stamp.zone.as_ref().is_some_and(|zone| !zone.worded || zone.words.contains(['+', '-']));
        if let Some((_, len)) = zone_at(rest, false).filter(|_| offset) {
            return Some(len);
        }
        // A line of nothing but marks must not be looked through at each of them.
        let before = &self.s.as_bytes()[self.at..self.s.len() - rest.len()];
        let bracketed = before.iter().rev().take(3).any(|b| matches!(b, b'(' | b'['));
        if self.stamp.date.is_none()
            && self.stamp.clock.is_some()
            && let Some((date, len)) = noted_at(rest, bracketed)
        {
            self.stamp.date = Some(date);
            return Some(len);
        }
        if self.stamp.date.is_none()
            && let Some((date, len)) = date_at(rest, self.habits)
            && (self.stamp.clock.is_none() || is_day_word(rest) || (date.is_calendar() && self.belongs(rest, len)))
        {
            self.stamp.date = Some(date);
            return Some(len);
        }
        if self.stamp.clock.is_none() {
            // Behind the `T` of a compact stamp the digits need no punctuation.
            let compact = self.s[..self.s.len() - rest.len()].ends_with('T');
            let iso = self.stamp.date.is_some_and(|date| matches!(date.day, Day::Full(_)));
            let dotted = self.habits.dotted || (iso && digits(rest) == 2);
            let habits = Habits { bare: self.habits.bare || compact, dotted, ..self.habits };
            let (clock, len) = clock_at(rest, habits)?;
            self.stamp.clock = Some(clock);
            self.clock_from = self.s.len() - rest.len();
            return Some(len + self.after_clock(&rest[len..], len));
        }
        self.restated(rest)
    }

    /// Whether letters that several zones share begin the text: "08:30  IST began to check" has a gap before its text.
    fn is_subject(&self, zone: &WrittenZone, rest: &str, len: usize) -> bool {
        let gap = &self.s[self.at..self.s.len() - rest.len()];
        let goes_on = rest[len..].strip_prefix(' ').is_some_and(|text| text.starts_with(char::is_lowercase));
        matches!(zone.zone, Zone::OneOf(_)) && (gap.len() > 1 || gap.contains('\t')) && goes_on
    }

    fn clock_follows(&self, rest: &str) -> bool {
        let body = rest.trim_start_matches([' ', ':', ')', ']']);
        let clock =
            || date_at(body, self.habits).map_or(body, |(_, len)| body[len..].trim_start_matches([' ', ',', 'T']));
        body.len() < rest.len() && (clock_at(body, self.habits).is_some() || clock_at(clock(), self.habits).is_some())
    }

    /// Whether a date behind the clock is part of the stamp: "14:25 2 May nodes failing" speaks of nodes.
    fn belongs(&self, rest: &str, len: usize) -> bool {
        let gap = &self.s[self.at..self.s.len() - rest.len()];
        let after = rest[len..].trim_start();
        let sure = self.stamp.zone.is_some() || self.stamp.clock.is_some_and(|clock| clock.half.is_some());
        // "7:10 AM PST April 27 we saw …", "18:30 UTC 17th of May": behind a zone or a half no count of things is likely.
        let ordinal =
            digits(rest) > 0 && ["st", "nd", "rd", "th"].iter().any(|end| rest[digits(rest)..].starts_with(end));
        let named = sure && (rest.starts_with(char::is_uppercase) || ordinal);
        let zoned = named || self.stamp.zone.is_some() && rest.as_bytes().get(4) == Some(&b'-') && digits(rest) == 4;
        zoned
            || gap.contains([',', '(', '[', '·'])
            || gap.contains("on ")
            || after.is_empty()
            || after.starts_with([':', '–', '—', '|', ')', ']', '*', '`'])
            || after.starts_with("- ")
    }

    /// Reads what may only stand directly behind the clock.
    fn after_clock(&mut self, rest: &str, clock: usize) -> usize {
        let unsure = ["ish", "-ish", "?", "頃", "ごろ"].iter().find_map(|mark| rest.strip_prefix(mark));
        if let Some(after) = unsure {
            self.stamp.about = true;
            return rest.len() - after.len();
        }
        let more = self.and_minutes(rest);
        if more > 0 {
            return more;
        }
        // `14:20-05:00` behind an ISO date is an offset unless it makes a range that goes forward.
        let offset = offset_at(rest).filter(|_| self.stamp.date.is_some() && rest.starts_with('-'));
        let range = self.range(rest);
        if range > 0 && offset.is_none() {
            return range;
        }
        if let (Some((_, len)), Some(start)) = (offset, self.stamp.clock) {
            let iso = self.s[..self.s.len() - rest.len() - clock].ends_with('T');
            let end = clock_at(&rest[1..], self.habits).map(|(end, _)| (end.hour, end.minute));
            if iso || range == 0 || end < Some((start.hour, start.minute)) {
                self.stamp.range = None;
                self.stamp.zone = zone_at(rest, true).map(|(zone, _)| zone);
                return len;
            }
        }
        let year = self.year(rest);
        if year > 0 { year } else { range }
    }

    /// Adds the minutes of `16:28+5m` to the clock and returns their length.
    fn and_minutes(&mut self, rest: &str) -> usize {
        let Some(clock) = self.stamp.clock.filter(|clock| clock.half.is_none()) else { return 0 };
        let Some((seconds, len)) = elapsed::span_behind_plus(rest) else { return 0 };
        let later = clock.time().map(|(time, _)| time.overflowing_add_signed(TimeDelta::seconds(seconds)));
        // Past midnight the day would be another one.
        let Some((time, 0)) = later else { return 0 };
        let second = clock.second.or((time.second() > 0).then_some(0)).map(|_| time.second());
        self.stamp.clock = Some(Clock { hour: time.hour(), minute: time.minute(), second, ..clock });
        len
    }

    /// Reads the year behind the clock or the zone, as `date` prints it, and returns its length.
    fn year(&mut self, rest: &str) -> usize {
        let dated = self.stamp.date.filter(|_| self.stamp.clock.is_some());
        let (Some(date), Some((year, len))) = (dated, trailing_year(rest)) else { return 0 };
        let behind = &rest[len..];
        let zoned = || behind.strip_prefix(' ').is_some_and(|zone| zone_at(zone, false).is_some());
        if date.weekday.is_none() && !behind.starts_with([')', ']', ':']) && !behind.is_empty() && !zoned() {
            return 0;
        }
        let day = with_year(date.day, year);
        if day == date.day {
            return 0;
        }
        self.stamp.date = Some(WrittenDate { day, ..date });
        len
    }

    /// Reads ` – 14:25 UTC` behind a start and returns its length.
    fn range(&mut self, rest: &str) -> usize {
        let Some(start) = self.stamp.clock.filter(|_| self.stamp.range.is_none()) else { return 0 };
        let body = rest.trim_start_matches([' ', '*', '`']);
        let slash = rest.strip_prefix('/').filter(|_| self.stamp.zone.is_none());
        let dashes = [
            "-", "–", "—", "~", "〜", "～", "to ", "until ", "till ", "and ", "bis ", "und ", "et ", "à ", "y ", "→",
            "->",
        ];
        let dash = dashes.iter().rev().find_map(|dash| body.strip_prefix(dash)).or(slash);
        let Some(dash) = dash else {
            return 0;
        };
        let mut end = dash.trim_start_matches([' ', '*', '`', '~']);
        if let Some((_, len)) = date_at(end, self.habits).filter(|(date, _)| date.is_calendar()) {
            end = end[len..].trim_start_matches([' ', ',', 'T']);
        }
        let Some((until, len)) = clock_at(end, self.habits) else { return 0 };
        let mut length = rest.len() - end.len() + len;
        if start.half.is_none() && !start.padded && until.half.is_some() {
            let mut start = Clock { half: until.half, ..start };
            if start.time() > until.time() {
                start.half = Some(crate::clock::Half::Am);
            }
            self.stamp.clock = Some(start);
        }
        let from = self.s.len() - rest.len();
        // "9:47 AM EST – 2:00 PM EST" names its zone twice.
        let named = self.stamp.zone.clone();
        if named.is_none() || named.is_some_and(|named| self.is_named_again(from + length, &named)) {
            let zone = self.s[from + length..].trim_start_matches([' ', '(']);
            if let Some((zone, len)) = zone_at(zone, false) {
                length = self.s[from..].len() - self.s[from + length..].trim_start_matches([' ', '(']).len() + len;
                self.stamp.zone = Some(zone);
            }
        }
        let words = &self.s[self.clock_from..from + length];
        self.stamp.range = Some(words.replace(['*', '`', '('], ""));
        length
    }

    fn is_named_again(&self, at: usize, named: &WrittenZone) -> bool {
        zone_at(self.s[at..].trim_start_matches(' '), false).is_some_and(|(zone, _)| zone.zone == named.zone)
    }

    /// Reads the same moment in another zone: `14:23 UTC (07:23 PDT)`.
    fn restated(&mut self, rest: &str) -> Option<usize> {
        if self.stamp.again.len() > 3 || self.stamp.zone.is_none() {
            return None;
        }
        let (clock, len) = clock_at(rest, self.habits)?;
        let body = rest[len..].trim_start_matches(' ');
        let (zone, more) = zone_at(body, true).or_else(|| zone::behind_clock_at(body, false))?;
        let length = rest.len() - body.len() + more;
        let words = &rest[..length];
        self.stamp.also = Some(match self.stamp.also.take() {
            Some(also) => format!("{also}, {words}"),
            None => words.to_owned(),
        });
        self.stamp.again.push((clock, zone));
        Some(length)
    }

    /// Skips what closes the stamp and separates it from the text.
    fn finish(&mut self, end: usize, opened: &[char]) -> usize {
        let mut at = end;
        let mut separated = false;
        while let Some(c) = self.s[at..].chars().next() {
            let next = self.s[at + c.len_utf8()..].chars().next();
            let closes = CLOSERS.contains(&c) && opened.contains(&opener_of(c));
            // ` -5 %` and `-!-` belong to the text.
            let dash = c == '-' && !next.is_some_and(|n| n.is_ascii_digit() || n == '!');
            let mark = matches!(c, ':' | '–' | '—' | '|' | ',' | ';' | '·' | '•' | '→' | '.') || dash;
            // The address of a time that is a link.
            if self.s[..at].ends_with(']') && (self.s[at..].starts_with("(http") || self.s[at..].starts_with("(/")) {
                let Some(close) = self.s[at..].find(')') else { break };
                at += close + 1;
                continue;
            }
            // A row of colons parts; two of them begin the address `::1`.
            let address =
                self.s[at..].strip_prefix("::").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
            if address && self.s[..at].ends_with(' ') {
                break;
            }
            if self.s[at..].starts_with(":::") {
                at = self.s.len() - self.s[at..].trim_start_matches(':').len();
                separated = true;
                continue;
            }
            if self.s[at..].starts_with("(approx") {
                self.stamp.about = true;
                at += self.s[at..].find(')').map_or(0, |close| close + 1);
                continue;
            }
            if !(closes || c.is_whitespace() || mark && (!separated || next == Some(' '))) {
                break;
            }
            separated |= mark && !(c == '-' && next == Some('-'));
            at += c.len_utf8();
        }
        at
    }
}

fn opener_of(closer: char) -> char {
    match closer {
        ']' => '[',
        ')' => '(',
        '>' => '<',
        same => same,
    }
}
