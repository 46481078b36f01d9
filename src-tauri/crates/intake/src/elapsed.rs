//! Times that are counted from another event: "T+15m", "+00:15", "15 minutes later".

use crate::clock::{Habits, digits};

/// A time as the distance from another event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Elapsed {
    pub(crate) seconds: i64,
    pub(crate) since: Since,
}

/// Where a distance is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// The moment that the text calls zero.
    Zero,
    /// The event before.
    Before,
}

/// Reads an elapsed time that begins `s`, with the length of its brackets.
pub(crate) fn elapsed_at(s: &str, habits: Habits) -> Option<(Elapsed, usize)> {
    let body = s.trim_start_matches(['*', '`', '[', '(']);
    let opened = s.len() - body.len();
    let (elapsed, len) = from_zero(body, habits).or_else(|| later(body))?;
    let rest = &body[len..];
    let closers = rest.len() - rest.trim_start_matches(['*', '`', ']', ')', ':']).len();
    let boundary = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '.'));
    boundary.then_some((elapsed, opened + len + if opened > 0 { closers } else { 0 }))
}

/// Reads `T+15m` anywhere and `+00:15` where the list is written so.
fn from_zero(s: &str, habits: Habits) -> Option<(Elapsed, usize)> {
    let named = s.strip_prefix(['T', 't']).map(|rest| rest.trim_start_matches(' '));
    let rest = match named {
        Some(rest) => rest,
        None if habits.elapsed => s,
        None => return None,
    };
    let Some(sign) = rest.chars().next().filter(|c| matches!(c, '+' | '-' | '−')) else {
        let zero =
            named?.strip_prefix('0').filter(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '.'))?;
        return Some((Elapsed { seconds: 0, since: Since::Zero }, s.len() - zero.len()));
    };
    let body = rest[sign.len_utf8()..].trim_start_matches(' ');
    let (seconds, len) = span_at(body, named.is_some())?;
    let seconds = if sign == '+' { seconds } else { -seconds };
    Some((Elapsed { seconds, since: Since::Zero }, s.len() - body.len() + len))
}

/// Whether a line is led by a plus and a span, as in a list of elapsed times.
pub(crate) fn is_plus(lead: &str) -> bool {
    lead.strip_prefix('+').is_some_and(|rest| span_at(rest, false).is_some())
}

/// Reads the `+5m` that is glued to a clock, in seconds; a number without a unit is an offset.
pub(crate) fn span_behind_plus(s: &str) -> Option<(i64, usize)> {
    let body = s.strip_prefix('+').filter(|body| digits(body) > 0)?;
    let unit = body[digits(body)..].starts_with(|c: char| c.is_ascii_alphabetic());
    let (seconds, len) = unit.then(|| span_at(body, false)).flatten()?;
    let ends = !body[len..].starts_with(|c: char| c.is_alphanumeric());
    ends.then_some((seconds, len + 1))
}

/// Reads "15 minutes later".
fn later(s: &str) -> Option<(Elapsed, usize)> {
    if digits(s) == 0 {
        return None;
    }
    let (seconds, len) = span_at(s, false)?;
    let rest = s[len..].strip_prefix(" later").filter(|rest| !rest.starts_with(char::is_alphanumeric))?;
    // "00:05 minutes later" counts in a way that only its author knows.
    (!s[..len].contains(':')).then_some((Elapsed { seconds, since: Since::Before }, s.len() - rest.len()))
}

/// Reads `1h20m`, `15 min`, `0:15`, `00:15:30` as seconds; a bare number is minutes where `bare` allows it.
fn span_at(s: &str, bare: bool) -> Option<(i64, usize)> {
    let number = |s: &str| s[..digits(s)].parse::<i64>().ok().filter(|_| digits(s) <= 4);
    let first = number(s)?;
    let mut at = digits(s);
    if s[at..].starts_with(':') && digits(&s[at + 1..]) == 2 {
        let second = number(&s[at + 1..])?;
        at += 3;
        if s[at..].starts_with(':') && digits(&s[at + 1..]) == 2 {
            return Some((first * 3600 + second * 60 + number(&s[at + 1..])?, at + 3));
        }
        return Some((first * 3600 + second * 60, at));
    }
    let (mut total, mut end, mut rest) = (0, 0, s);
    while let Some(count) = number(rest) {
        let body = rest[digits(rest)..].trim_start_matches(' ');
        let word = body.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match body[..word].to_ascii_lowercase().as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "d" | "day" | "days" => 86_400,
            _ => break,
        };
        total += count * unit;
        end = s.len() - body.len() + word;
        rest = s[end..].trim_start_matches(' ');
    }
    match end {
        0 => bare.then_some((first * 60, at)),
        end => Some((total, end)),
    }
}
