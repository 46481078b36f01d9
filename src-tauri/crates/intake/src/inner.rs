//! Times that stand behind or inside the text of a list item: "Deployed v2 (14:05)", "went out at **14:05 UTC** to all".
//!
//! Only a list whose items have no time in front is read this way, or an item between others that have one.

use crate::chat;
use crate::clock::Habits;
use crate::lines::{Marker, Source, undress};
use crate::mentions::is_about_document;
use crate::stamp::{Stamp, stamp_at};

/// Tells for every line whether it is part of a list that carries its times at the end.
pub(crate) fn habit(sources: &[Source], habits: Habits) -> Vec<bool> {
    let mut trailing = vec![false; sources.len()];
    let apart = !sources.iter().any(|source| is_undated(source, habits));
    let mut at = 0;
    while at < sources.len() {
        let mut length = sources[at..].iter().take_while(|source| !source.is_blank()).count();
        if length == 1 && apart {
            length = fields_apart(&sources[at..], habits);
        }
        let (mut behind, mut before) = (0_usize, 0_usize);
        for source in &sources[at..at + length] {
            let dressed = undress(&source.text);
            let listed =
                dressed.marker == Marker::Bullet || dressed.body.ends_with([')', ']']) || is_labelled(dressed.body);
            if !listed || !dressed.body.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let leads = stamp_at(dressed.body, habits).is_some_and(|(stamp, _)| stamp.clock.is_some());
            before += usize::from(leads);
            let ends = !leads && at_end(dressed.body, habits).is_some();
            behind +=
                usize::from(ends && (dressed.marker == Marker::Bullet || chat::header(dressed.body, habits).is_none()));
        }
        trailing[at..at + length].fill(behind > 1 && behind > before);
        at += length.max(1);
    }
    trailing
}

/// Whether a line has a clock without its day, in front or at its end, as the lines of a list below fields do.
fn is_undated(source: &Source, habits: Habits) -> bool {
    let body = undress(&source.text).body;
    let leads = stamp_at(body, habits).map(|(stamp, _)| stamp).filter(|stamp| stamp.clock.is_some());
    let stamp = leads.or_else(|| at_end(body, habits).map(|(stamp, _)| stamp));
    stamp.is_some_and(|stamp| stamp.date.is_none())
}

/// How many lines the paragraphs take that are each a label with a day and a clock: "Resolved: 2:00 PM EST, 8/12/2022".
fn fields_apart(sources: &[Source], habits: Habits) -> usize {
    let field = |at: usize| {
        let alone = sources.get(at + 1).is_none_or(Source::is_blank);
        sources.get(at).is_some_and(|source| {
            let body = undress(&source.text).body;
            alone && is_labelled(body) && at_end(body, habits).is_some()
        })
    };
    let mut length = 1;
    while field(length - 1) && field(length + 1) {
        length += 2;
    }
    length
}

/// Whether a line is a label with its value, as in "Impact start: 14:05 UTC".
pub(crate) fn is_labelled(body: &str) -> bool {
    let label = body.split_once(": ").or_else(|| body.split_once(":** ")).map_or("", |(label, _)| label);
    (1..=5).contains(&label.split_whitespace().count())
}

/// Whether titles carry the times of the events below them: at least two do.
pub(crate) fn is_habit_of_titles(sources: &[Source], habits: Habits) -> bool {
    let timed = |source: &&Source| {
        let dressed = undress(&source.text);
        dressed.marker == Marker::Heading && at_end(dressed.body, habits).is_some()
    };
    sources.iter().filter(|source| source.text.contains(['#', '=', 'h'])).filter(timed).nth(1).is_some()
}

/// Reads the time at the end of an item and returns it with the text before.
pub(crate) fn at_end(body: &str, habits: Habits) -> Option<(Stamp, &str)> {
    let trimmed = body.trim_end_matches(['.', ' ', '*', '_', '`']);
    let near = trimmed.floor_char_boundary(trimmed.len().saturating_sub(40));
    if !trimmed[near..].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bracketed = trimmed.strip_suffix([')', ']']).map(|inner| inner.rsplit_once(['(', '[']));
    let (text, words) = match bracketed {
        Some(Some((text, words))) if whole(words, habits).is_none() => behind_colon(text.trim_end())?,
        Some(parts) => parts?,
        None => [" at ", " @ ", " - ", " – ", " — ", ", ", ": ", ":** ", "\t", " | ", " um ", " à "]
            .iter()
            .filter_map(|mark| trimmed.rsplit_once(mark))
            .min_by_key(|(text, _)| text.len())
            .filter(|(_, words)| words.len() < 60)
            .into_iter()
            .chain([" at ", " - ", " – ", " — ", ": ", ":** "].iter().filter_map(|mark| trimmed.rsplit_once(mark)))
            .find(|(_, words)| whole(words, habits).is_some())?,
    };
    let stamp = whole(words, habits)?;
    let text = text.trim_end_matches([' ', ',', '-', '–', '—', ':', '|']).trim_start_matches('*');
    // A publication date, a duration or a promise is no event.
    let lower = text.to_lowercase();
    let other = ["duration", "next", "eta", "expected", "from", "between"]
        .iter()
        .any(|word| lower.ends_with(word) || lower.starts_with(word));
    let told = text.chars().filter(|c| c.is_alphabetic()).count() > 2 && !other && !is_about_document(text);
    told.then_some((stamp, text))
}

/// The time behind the colon of a label whose script puts no space there: "復旧:7時17分 (10分)".
fn behind_colon(text: &str) -> Option<(&str, &str)> {
    text.match_indices(':').map(|(at, _)| (&text[..at], &text[at + 1..])).find(|(label, words)| {
        label.ends_with(|c: char| !c.is_ascii()) && words.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Reads words that are a time and nothing else.
fn whole(words: &str, habits: Habits) -> Option<Stamp> {
    let words = words.trim();
    let (stamp, len) = stamp_at(words, habits)?;
    (stamp.clock.is_some() && words[len..].trim_matches(['*', '`', '_']).is_empty()).then_some(stamp)
}

/// Reads the first time that a sentence tells, where a word before it says that it tells one.
pub(crate) fn first_told(body: &str, habits: Habits) -> Option<Stamp> {
    const ABOUT: &[&str] = &["around", "about", "approximately", "roughly", "circa", "~"];
    const EXACT: &[&str] = &["at", "@", "from", "between", "since", "um", "à"];
    let begins = |at: &usize| {
        let apart = body[..*at].ends_with([' ', '*', '`', '(', '[', '~']) || *at == 0;
        apart && body[*at..].starts_with(|c: char| c.is_ascii_digit())
    };
    let mut stamps = body.char_indices().map(|(at, _)| at).filter(begins).filter_map(|at| {
        let near = &body[at..body.floor_char_boundary(at + 200)];
        let (stamp, _) = stamp_at(near, habits).filter(|(stamp, _)| stamp.clock.is_some())?;
        Some((at, stamp))
    });
    let (at, stamp) = stamps.next()?;
    let word = body[..at].trim_end_matches([' ', '*', '`']).rsplit(' ').next().unwrap_or_default().to_lowercase();
    let about = ABOUT.contains(&word.as_str());
    (about || at == 0 || EXACT.contains(&word.as_str())).then_some(Stamp { about: stamp.about || about, ..stamp })
}

/// Reads the only time inside an item, which stays in the text.
pub(crate) fn within(body: &str, habits: Habits) -> Option<(Stamp, &str)> {
    let mut found = None;
    for (at, c) in body.char_indices() {
        let apart = body[..at].ends_with([' ', '*', '`', '(', '[', '~']);
        if !(c.is_ascii_digit() && apart) {
            continue;
        }
        let Some((stamp, _)) = stamp_at(&body[at..], habits).filter(|(stamp, _)| stamp.clock.is_some()) else {
            continue;
        };
        if found.is_some() {
            return None;
        }
        let before = body[..at].trim_end();
        let spoken = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let marked = before.ends_with(['*', '`']);
        let about = matches!(spoken.as_str(), "around" | "about" | "approximately" | "~" | "roughly");
        let exact = matches!(spoken.as_str(), "at" | "@" | "um" | "à");
        let stamp = Stamp { about: stamp.about || about, ..stamp };
        found = Some((marked || about || exact).then_some(stamp));
    }
    found.flatten().map(|stamp| (stamp, body))
}
