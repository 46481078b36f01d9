//! Mails pasted with their headers: the block from "From:" to the blank line is one event with the text below it.

use super::Walk;
use crate::entry::Entry;
use crate::lines::{Dressed, Marker, undress};
use crate::stamp::{Stamp, stamp_at};

const FROM: &[&str] = &["From", "Von", "De"];
const DATE: &[&str] = &["Date", "Sent", "Datum", "Gesendet"];
const SUBJECT: &[&str] = &["Subject", "Betreff"];
/// From so many lines on a block is no longer the header of a mail.
const LONGEST: usize = 30;

impl Walk<'_> {
    /// Reads the header of a mail that begins at a line, and returns how many lines it has.
    pub(super) fn mail(&mut self, at: usize) -> usize {
        if field(undress(&self.sources[at].text).body).is_none_or(|(name, _)| !FROM.contains(&name)) {
            return 0;
        }
        let header = self.sources[at..].iter().take(LONGEST).take_while(|line| !line.is_blank());
        let fields: Vec<(&str, &str)> = header.map_while(|line| field(undress(&line.text).body)).collect();
        let value = |names: &[&str]| fields.iter().find(|(name, _)| names.contains(name)).map(|(_, value)| *value);
        let (Some(from), Some(stamp)) = (value(FROM), value(DATE).and_then(|date| self.sent(date))) else { return 0 };
        let name = from.split(['<', '[', '(']).next().unwrap_or(from).trim_matches(['"', '\'', ' ', ',']);
        let line = self.sources[at].number;
        let entry = Entry {
            line,
            continued: (1..fields.len()).map(|more| self.sources[at + more].number).collect(),
            stamp: Some(stamp),
            actor: Some(if name.is_empty() { from } else { name }.to_owned()),
            text: value(SUBJECT).unwrap_or_default().to_owned(),
            message: true,
            ..Entry::default()
        };
        self.author.clone_from(&entry.actor);
        self.push(entry, &Dressed { marker: Marker::None, ..undress(&self.sources[at].text) });
        fields.len()
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
