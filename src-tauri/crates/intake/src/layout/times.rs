//! Where the time of a line stands: in front, behind the text, inside it, or counted from another event.

use super::{Walk, told};
use crate::chat;
use crate::clock::{self, Habits};
use crate::elapsed::{Elapsed, Since};
use crate::entry::Entry;
use crate::inner;
use crate::lines::{Dressed, Marker, Source, undress};
use crate::stamp::{Stamp, stamp_at};
use crate::topic::Topic;

impl Walk<'_> {
    pub(super) fn stamp<'b>(&self, dressed: &Dressed<'b>) -> Option<(Stamp, &'b str)> {
        let read = |body: &'b str| stamp_at(body, self.habits).map(|(stamp, len)| (stamp, &body[len..]));
        read(dressed.body)
            .or_else(|| (dressed.body.len() < dressed.whole.len()).then(|| read(dressed.whole)).flatten())
            .or_else(|| read(without_picture(dressed.body)?))
            .or_else(|| read(without_count(dressed.body)?))
            .or_else(|| posted_in_brackets(dressed.body, self.habits))
    }

    /// Whether a line that begins with a time belongs to something else.
    pub(super) fn only_tells(&self, at: usize, dressed: &Dressed<'_>, stamp: &Stamp, rest: &str) -> bool {
        let deeper = self.open.is_some_and(|open| dressed.indent > open.indent && open.marker != Marker::None);
        // Below a time on a line of its own the text has begun, even when it begins with another time.
        let below = self.open.is_some_and(|open| open.alone && self.is_empty(open));
        let aside =
            (dressed.marker == Marker::None && (self.posted || below)) || (dressed.marker == Marker::Bullet && deeper);
        self.is_wrapped(at, dressed, stamp, rest) || (aside && !rest.is_empty() && told::lead(dressed.body).is_some())
    }

    /// Reads `Start: 2015/02/02 06:55 text`, where the line below begins with such a time and has no label.
    pub(super) fn labelled_first<'b>(&self, at: usize, dressed: &Dressed<'b>) -> Option<(Stamp, &'b str)> {
        let (label, behind) = dressed.body.split_once(": ").filter(|(label, _)| chat::is_moment(label))?;
        let full = |stamp: &Stamp| stamp.clock.is_some() && stamp.date.is_some_and(|date| date.is_calendar());
        let below = undress(&self.sources.get(at + 1)?.text);
        self.stamp(&below).filter(|(stamp, rest)| full(stamp) && !rest.is_empty())?;
        let behind = behind.trim_start_matches([' ', '*', '_']);
        let (stamp, len) = stamp_at(behind, self.habits).filter(|(stamp, _)| full(stamp))?;
        (!behind[len..].is_empty() && !label.is_empty()).then_some((stamp, &behind[len..]))
    }

    /// Whether a sentence of the line above goes on here and happens to be broken before its time.
    pub(super) fn is_wrapped(&self, at: usize, dressed: &Dressed<'_>, stamp: &Stamp, rest: &str) -> bool {
        const GOES_ON: &[&str] = &[
            "at",
            "from",
            "between",
            "until",
            "by",
            "on",
            "around",
            "about",
            "to",
            "and",
            "approximately",
            "since",
            "after",
            "before",
            "the",
            "till",
            "roughly",
            "um",
            "gegen",
            "bis",
            "of",
            "an",
            "was",
            "is",
            "were",
            "than",
            "its",
            "their",
        ];
        // What ends a line of prose, but also an item of a list ("Alice logged in with").
        const OPENS_CLAUSE: &[&str] = &[
            "that", "which", "when", "where", "while", "because", "if", "with", "for", "as", "be", "been", "has",
            "had", "have", "or", "but", "whether", "until",
        ];
        let above = at.checked_sub(1).map(|above| self.sources[above].text.trim_end());
        let last = above.and_then(|above| above.rsplit(' ').next()).unwrap_or_default();
        dressed.marker == Marker::None
            && !self.blank_before
            && !stamp.bracketed
            && !rest.is_empty()
            && ((GOES_ON.contains(&last.to_lowercase().as_str()) && !self.is_next_item(at, dressed, rest))
                || (OPENS_CLAUSE.contains(&last) && !self.is_item(at - 1))
                || self.runs_on(at, stamp, rest))
    }

    /// Whether a line goes on with a list as the line above does: a clock, a mark, and the text.
    fn is_next_item(&self, at: usize, dressed: &Dressed<'_>, rest: &str) -> bool {
        let marked = |body: &str, rest: &str| {
            let stamped = body.get(..body.len().saturating_sub(rest.len())).unwrap_or_default();
            stamped.trim_end().ends_with(['-', '–', '—', ':', '|'])
        };
        let above = undress(&self.sources[at - 1].text);
        let listed = self.stamp(&above).is_some_and(|(stamp, rest)| stamp.clock.is_some() && marked(above.body, rest));
        listed && above.indent == dressed.indent && marked(dressed.body, rest)
    }

    /// Whether a line has the form of a list: a mark or a clock in front.
    fn is_item(&self, at: usize) -> bool {
        let dressed = undress(&self.sources[at].text);
        dressed.marker != Marker::None || self.stamp(&dressed).is_some_and(|(stamp, _)| stamp.clock.is_some())
    }

    /// Whether the line above breaks off like a line of prose, and no line around it begins with a clock.
    fn runs_on(&self, at: usize, stamp: &Stamp, rest: &str) -> bool {
        const BROKEN: usize = 50;
        const NEAR: usize = 12;
        let prose = |line: &Source| undress(&line.text).marker == Marker::None;
        let breaks = self.sources[at - 1].text.trim_end();
        let broken = breaks.len() >= BROKEN && breaks.ends_with(|c: char| c.is_lowercase() || c == ',');
        if stamp.date.is_some() || !broken || !rest.starts_with(char::is_lowercase) || !prose(&self.sources[at - 1]) {
            return false;
        }
        let clocked = |line: &Source| self.stamp(&undress(&line.text)).is_some_and(|(stamp, _)| stamp.clock.is_some());
        let written = |line: &&Source| !line.is_blank();
        let above = self.sources[..at].iter().rev().take_while(written).take(NEAR);
        let below = self.sources[at + 1..].iter().take_while(written).take(NEAR);
        !above.chain(below).any(clocked)
    }

    /// A line that tells how long after something else it was.
    pub(super) fn elapsed(&mut self, at: usize, dressed: &Dressed<'_>, elapsed: Elapsed, rest: &str) {
        // "2 days later, 09:00" is not so many hours later, and the day it is counted from may be any above.
        let days = elapsed.since == Since::Before && elapsed.seconds >= 86_400 && elapsed.seconds % 86_400 == 0;
        let behind = rest.trim_start_matches([',', ':', ' ', '-', '–', '—', '(']);
        if days && stamp_at(behind, self.habits).is_some_and(|(stamp, _)| stamp.clock.is_some()) {
            return self.push(Entry::new(self.sources[at].number, None, dressed.body), dressed);
        }
        // "T+15m (14:20 UTC)" gives the clock as well.
        let with_clock = stamp_at(rest, self.habits).filter(|(stamp, _)| stamp.clock.is_some());
        let (stamp, rest) = match with_clock {
            Some((stamp, len)) => (stamp, &rest[len..]),
            None => (Stamp::default(), rest),
        };
        let rest = rest.trim_start_matches([':', '-', '–', '—', ' ', '|', '.', ',']);
        let stamp = Stamp { elapsed: Some(elapsed), ..stamp };
        self.push(Entry::new(self.sources[at].number, Some(stamp), rest), dressed);
    }

    /// The time at the end of a line or in the middle of a list item, where the list is one of events.
    pub(super) fn told_inside<'b>(&self, at: usize, dressed: &Dressed<'b>) -> Option<(Stamp, &'b str)> {
        let listed = dressed.marker == Marker::Bullet
            && !self.in_message()
            && match self.open {
                Some(open) => open.marker == Marker::Bullet && dressed.indent <= open.indent,
                None => self.topic.0 == Topic::Timeline,
            };
        let ends = (self.trailing[at] || listed).then(|| inner::at_end(dressed.body, self.habits)).flatten();
        ends.or_else(|| listed.then(|| inner::within(dressed.body, self.habits)).flatten())
    }
}

/// Reads the `[Posted 7:20am PDT 26 April 2012] text` of a message that is quoted with its time.
fn posted_in_brackets(body: &str, habits: Habits) -> Option<(Stamp, &str)> {
    const LABELS: &[&str] = &["posted", "updated", "update", "edited", "added", "sent"];
    let (inner, text) = body.strip_prefix('[')?.split_once(']')?;
    let label = LABELS.iter().find(|label| inner.get(..label.len()).is_some_and(|s| s.eq_ignore_ascii_case(label)))?;
    let words = inner[label.len()..].strip_prefix([' ', ':'])?.trim_start_matches([' ', ':']);
    let words = words.strip_prefix("on ").unwrap_or(words);
    let (stamp, len) = stamp_at(words, habits).filter(|(stamp, _)| stamp.clock.is_some())?;
    let text = text.trim_start_matches([' ', ':', '-', '–', '—']);
    (len == words.len() && text.starts_with(char::is_alphanumeric)).then_some((stamp, text))
}

/// The line without the "Step 1" or "Event 3:" that counts its items.
fn without_count(body: &str) -> Option<&str> {
    const COUNTED: &[&str] =
        &["Step ", "Phase ", "Event ", "Item ", "Entry ", "Update ", "Update #", "No. ", "Nr. ", "#"];
    let body = body.trim_start_matches(['*', '_']);
    let rest = COUNTED.iter().find_map(|word| {
        let said = body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        said.then(|| &body[word.len()..])
    })?;
    let number = clock::digits(rest);
    let behind = rest.get(number..).filter(|_| (1..=3).contains(&number))?;
    let dressed = behind.trim_start_matches(['*', '_', ':', ' ', '-', '–', '—', '.', ')', ',']);
    let parted = dressed.len() < behind.len() && !behind.starts_with(['.', '-']) || behind.starts_with(" - ");
    (parted && dressed.starts_with(|c: char| c == '(' || c == '[' || c.is_ascii_digit())).then_some(dressed)
}

/// The line without the emoji that it begins with.
fn without_picture(body: &str) -> Option<&str> {
    if body.starts_with(|c: char| c.is_alphanumeric() || (c.is_ascii() && c != ':')) {
        return None;
    }
    let rest = match body.strip_prefix(':') {
        Some(code) => code.split_once(": ").filter(|(name, _)| !name.contains(' '))?.1,
        None => body.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_ascii()),
    };
    (rest.len() < body.len()).then(|| rest.trim_start())
}
