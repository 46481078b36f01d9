//! Which zone a sentence, a heading or the title of a column declares for the times around it.

use std::borrow::Cow;

use super::{COASTS, WrittenZone, lookup, written, zone_at};
use crate::names::{month_at, weekday_at};

/// Finds the zone that a sentence, a heading or a column title declares for the times around it.
///
/// A zone that is merely mentioned ("users in the EST region") declares nothing: the words around it must speak of
/// times, or the zone must stand alone or in brackets in a `title`.
pub(crate) fn declared_in(line: &str, title: bool) -> Option<WrittenZone> {
    const SPEAKS_OF_TIMES: &[&str] = &[
        "all times",
        "times are",
        "times in",
        "times:",
        "times (",
        "times given",
        "times shown",
        "times below",
        "time zone",
        "timezone",
        "time-zone",
        "timestamps",
        "time in ",
        "time (",
        "timeline (",
        "timeline in",
        "zeiten in",
        "zeitzone",
        "tz:",
        "alle zeiten",
        "heures en",
        "all events",
        "all dates",
        "all entries",
        "dates and times",
    ];
    const HINTS: &[&str] = &[
        "ime",
        "IME",
        "tz:",
        "TZ:",
        "eit",
        "eures",
        "ll events",
        "ll dates",
        "ll entries",
        "ed in ",
        "wn in ",
        "en in ",
    ];
    let line = &*without_links(line);
    let hints = HINTS.iter().any(|hint| line.contains(hint));
    // A line that says nothing about times declares a zone only by standing alone.
    if !hints && !title {
        return None;
    }
    let lower = line.to_lowercase();
    let speaks = hints && SPEAKS_OF_TIMES.iter().any(|words| lower.contains(words));
    let declares = |at: usize, len: usize| {
        let (before, after) = (&line[..at], &line[at + len..]);
        let words = before.split(|c: char| !c.is_alphanumeric()).chain(after.split(|c: char| !c.is_alphanumeric()));
        // "Timeline UTC, Sep 10:" names the day as well; without the word it may be the day of anything.
        let dated = title && lower.contains("timeline");
        let alone = words.filter(|word| !word.is_empty()).all(|word| {
            ["time", "times", "timeline", "timelines", "of", "events", "incident", "in", "the", "all", "zone"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
                || (dated && is_of_date(word))
        });
        // "Berlin time" in a title speaks of times by itself.
        let timely = title && line[at..at + len].to_ascii_lowercase().ends_with(" time");
        let bracketed =
            before.ends_with(['(', '[', ' ', ',']) && before.contains(['(', '[']) && after.contains([')', ']']);
        speaks || alone || timely || (title && bracketed) || is_told_in(before)
    };
    // A declaration names few zones; a line of nothing else must not be searched again for each.
    let found = zones_in(line).take(16).find(|(at, len, _)| declares(*at, *len)).map(|(_, _, zone)| zone);
    found.or_else(|| speaks.then(|| coast_in(line)).flatten())
}

/// Whether a word may be part of a date: "Sep", "Monday", "10th", "2017".
fn is_of_date(word: &str) -> bool {
    let number = word.bytes().take_while(u8::is_ascii_digit).count();
    let ordinal = ["", "st", "nd", "rd", "th"].contains(&&word[number..]);
    let whole = |found: Option<usize>| found == Some(word.len());
    (number > 0 && ordinal) || whole(month_at(word).map(|(_, len)| len)) || whole(weekday_at(word).map(|(_, len)| len))
}

/// Reads the "(Pacific)" that is all a line says behind its date.
pub(crate) fn coast_alone(rest: &str) -> Option<WrittenZone> {
    let word =
        rest.strip_prefix('(')?.split_once(')').filter(|(_, after)| after.trim_matches([':', ' ', '*']).is_empty())?.0;
    coast_in(word).filter(|zone| &*zone.words == word.trim())
}

/// Whether the words before a zone end as in "events are documented in UTC".
fn is_told_in(before: &str) -> bool {
    const TOLD: &[&str] = &[
        "given",
        "documented",
        "recorded",
        "listed",
        "shown",
        "reported",
        "noted",
        "logged",
        "displayed",
        "expressed",
        "stated",
        "written",
        "presented",
        "quoted",
        "specified",
    ];
    let before = before.trim_end_matches(['*', '_', '(', '`']);
    let told = before.strip_suffix(" in ").or_else(|| before.strip_suffix(" in the ")).unwrap_or_default();
    TOLD.contains(&told.rsplit(' ').next().unwrap_or_default())
}

/// The line with the words of its links only.
fn without_links(line: &str) -> Cow<'_, str> {
    let mut rest = line;
    let mut bare = String::new();
    while let Some((before, behind)) = rest.split_once("](") {
        let Some((words, (_, after))) = before.rsplit_once('[').zip(behind.split_once(')')) else { break };
        bare.push_str(words.0);
        bare.push_str(words.1);
        rest = after;
    }
    if rest.len() == line.len() { Cow::Borrowed(line) } else { Cow::Owned(bare + rest) }
}

/// Reads the "Eastern" of "All times Eastern", which is a zone only beside the word "times".
fn coast_in(line: &str) -> Option<WrittenZone> {
    let found = COASTS.iter().find(|(coast, _)| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == *coast));
    found.and_then(|(coast, place)| Some(written(lookup(place)?, coast, true)))
}

/// The first zone in the title of a column that holds times.
pub(crate) fn in_title(title: &str) -> Option<WrittenZone> {
    zones_in(title).next().map(|(_, _, zone)| zone)
}

fn zones_in(line: &str) -> impl Iterator<Item = (usize, usize, WrittenZone)> {
    let mut previous = ' ';
    line.char_indices().filter_map(move |(at, c)| {
        let starts_word = c.is_ascii_alphabetic() && !previous.is_alphanumeric() && previous != '_';
        previous = c;
        let (zone, len) = starts_word.then(|| zone_at(&line[at..], false)).flatten()?;
        Some((at, len, zone))
    })
}
