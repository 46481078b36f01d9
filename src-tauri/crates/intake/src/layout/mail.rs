//! Mails and versions pasted with their headers: the block from "From:" or "commit …" to the blank line is one event
//! with the text below it.

use super::Walk;
use crate::entry::Entry;
use crate::lines::{Dressed, Marker, undress};
use crate::stamp::{Stamp, stamp_at};

const FROM: &[&str] = &["From", "Von", "De", "Author"];
const DATE: &[&str] = &["Date", "Sent", "Datum", "Gesendet", "AuthorDate"];
const SUBJECT: &[&str] = &["Subject", "Betreff"];
/// From so many lines on a block is no longer the header of a mail.
const LONGEST: usize = 30;

impl Walk<'_> {
    /// Reads the header of a mail that begins at a line, and returns how many lines it has.
    pub(super) fn mail(&mut self, at: usize) -> usize {
        let before = self.lines_of_commit(at);
        let first = self.sources.get(at + before).and_then(|line| field(undress(&line.text).body));
        if first.is_none_or(|(name, _)| !FROM.contains(&name)) {
            return 0;
        }
        let header = self.sources[at + before..].iter().take(LONGEST).take_while(|line| !line.is_blank());
        let fields: Vec<(&str, &str)> = header.map_while(|line| field(undress(&line.text).body)).collect();
        let value = |names: &[&str]| fields.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| *value);
        let (Some(from), Some(stamp)) = (value(FROM), value(DATE).and_then(|date| self.sent(date))) else { return 0 };
        let name = from.split(['<', '[', '(']).next().unwrap_or(from).trim_matches(['"', '\'', ' ', ',']);
        let line = self.sources[at].number;
        let entry = Entry {
            line,
            continued: (1..before + fields.len()).map(|more| self.sources[at + more].number).collect(),
            stamp: Some(stamp),
            actor: Some(if name.is_empty() { from } else { name }.to_owned()),
            text: value(SUBJECT).unwrap_or_default().to_owned(),
            message: true,
            ..Entry::default()
        };
        self.author.clone_from(&entry.actor);
        self.push(entry, &Dressed { marker: Marker::None, ..undress(&self.sources[at].text) });
        before + fields.len()
    }

    /// How many lines above the author name a version: `commit 3f2a1bc`, and `Merge: …` below it.
    fn lines_of_commit(&self, at: usize) -> usize {
        let hash = self.sources[at].text.strip_prefix("commit ").map(|rest| rest.split(' ').next().unwrap_or(rest));
        if !hash.is_some_and(|hash| hash.len() > 6 && hash.bytes().all(|b| b.is_ascii_hexdigit())) {
            return 0;
        }
        1 + usize::from(self.sources.get(at + 1).is_some_and(|line| line.text.starts_with("Merge: ")))
    }

    fn sent(&self, date: &str) -> Option<Stamp> {
        let (stamp, _) = stamp_at(date, self.habits)?;
        (stamp.clock.is_some() && stamp.date.is_some_and(|date| date.is_calendar())).then_some(stamp)
    }
}

/// Reads a field of a header: its name and its value.
fn field(body: &str) -> Option<(&str, &str)> {
    let (name, value) = body.split_once(':')?;
    let name = name.trim_matches(['*', '_', ' ']);
    let plain = name.chars().all(|c| c.is_alphabetic() || c == '-') && name.starts_with(char::is_uppercase);
    (plain && name.len() < 30 && value.starts_with([' ', '*', '\t']))
        .then(|| (name, value.trim_matches(['*', ' ', '\t'])))
}
