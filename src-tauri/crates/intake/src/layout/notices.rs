//! Notices made of fields, and rows of a table whose lines were copied without their cells.
//!
//! "Start: May 6, 2026 14:05 UTC" and "Description: Nodes fail" a few lines apart are one event. A page that lists
//! "alpha 3/7/2026 17:20 4/7/2026 09:30 Out of memory" lost the borders of a table, and every line of it is one.

use super::{Walk, logs};
use crate::chat;
use crate::clock::Habits;
use crate::date::date_at;
use crate::entry::{Entry, Item, Spoken};
use crate::inner;
use crate::lines::{Marker, plain, undress};
use crate::report::Says;
use crate::stamp::{Stamp, stamp_at};

/// Fields that tell when it began.
const STARTS: &[&str] = &[
    "start",
    "start time",
    "start date",
    "start date/time",
    "started",
    "started at",
    "begin",
    "began",
    "beginning",
    "date/time",
    "date and time",
    "time of incident",
    "occurred",
    "occurred at",
    "detected",
    "detected at",
    "beginn",
    "störungsbeginn",
    "début",
];
/// Fields that tell what happened.
const TEXTS: &[&str] =
    &["description", "event description", "details", "message", "what happened", "beschreibung", "omschrijving"];
/// A longer block is no notice.
const LONGEST: usize = 20;
/// From so many rows on lines of one form are the rows of a table.
const ROWS: usize = 3;

impl Walk<'_> {
    /// Reads a block of fields that begins at a line, and returns how many lines it has.
    pub(super) fn notice(&mut self, at: usize) -> usize {
        if !self.blank_before || self.trailing[at] || field(&self.sources[at].text).is_none() {
            return 0;
        }
        let block = self.sources[at..].iter().take(LONGEST + 1).take_while(|line| !line.is_blank());
        let fields: Vec<(usize, &str, &str)> = block
            .enumerate()
            .map_while(|(place, line)| field(&line.text).map(|(name, value)| (at + place, name, value)))
            .collect();
        let whole = self.sources.get(at + fields.len()).is_none_or(crate::lines::Source::is_blank);
        if !whole || !(3..=LONGEST).contains(&fields.len()) {
            return 0;
        }
        let is = |names: &[&str], name: &str| names.contains(&name.to_lowercase().as_str());
        let begun = fields.iter().find_map(|(line, name, value)| {
            let (stamp, len) = stamp_at(value, self.habits).filter(|_| is(STARTS, name))?;
            let full = stamp.clock.is_some() && stamp.date.is_some_and(|date| date.is_calendar());
            (full && len == value.len()).then_some((*line, stamp))
        });
        let told = fields.iter().find(|(_, name, value)| is(TEXTS, name) && !value.is_empty());
        let (Some((line, stamp)), Some((_, _, text))) = (begun, told) else { return 0 };
        self.close();
        self.lose_loose();
        let mut entry = Entry::new(self.sources[line].number, Some(stamp), text);
        entry.spoken = Spoken::Field;
        entry.continued =
            fields.iter().filter(|field| field.0 != line).map(|field| self.sources[field.0].number).collect();
        self.layout.items.push(Item::Entry(Box::new(entry)));
        fields.len()
    }

    /// Reads rows without cells that begin at a line, and returns how many lines they have.
    pub(super) fn flattened(&mut self, at: usize) -> usize {
        if at < self.no_rows || self.in_message() {
            return 0;
        }
        let block = self.sources[at..].iter().take_while(|line| !line.is_blank());
        let rows: Vec<Row> = block.map_while(|line| row(&line.text, self.habits)).collect();
        self.no_rows = at + rows.len();
        if rows.len() < ROWS {
            return 0;
        }
        let lines = rows.len();
        let stamped = rows.into_iter().enumerate();
        let entries: Vec<Entry> = stamped
            .map(|(place, row)| {
                let text = format!("{}: {}", row.subject, row.text);
                let number = self.sources[at + place].number;
                Entry { line: number, stamp: Some(row.stamp), text: plain(&text), ..Entry::default() }
            })
            .collect();
        // The line above names the columns.
        if let Some(above) = self.loose.pop_if(|above| *above + 1 == at && !self.sources[*above].text.contains('.')) {
            self.layout.heading(&self.sources[above], Says::Columns);
        }
        self.close();
        self.lose_loose();
        self.layout.items.extend(entries.into_iter().map(|entry| Item::Entry(Box::new(entry))));
        lines
    }
}

/// Reads `Name: value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let dressed = undress(line);
    let (name, value) = dressed.body.split_once(':').filter(|_| dressed.marker == Marker::None)?;
    let name = name.trim_matches(['*', '_', ' ']);
    let short = (1..30).contains(&name.len()) && name.split(' ').count() < 5;
    let parted = value.is_empty() || value.starts_with([' ', '*', '\t']);
    (short && parted && name.starts_with(char::is_uppercase)).then(|| (name, value.trim_matches(['*', ' ', '\t'])))
}

struct Row<'a> {
    subject: &'a str,
    stamp: Stamp,
    text: &'a str,
}

/// Reads a name, a date with its clock, perhaps the date and clock of the end, and a text.
fn row(line: &str, habits: Habits) -> Option<Row<'_>> {
    // What stands before a time in a sentence.
    const SPOKEN: &[&str] = &[
        "at",
        "on",
        "by",
        "since",
        "until",
        "till",
        "from",
        "to",
        "around",
        "about",
        "of",
        "the",
        "before",
        "after",
        "and",
        "between",
        "approximately",
        "is",
        "was",
        "in",
        "for",
        "posted",
        "updated",
        "update",
    ];
    let dressed = undress(line);
    let body = dressed.body;
    // The subject is short, so that a long line is not searched.
    let near = &body[..body.floor_char_boundary(100)];
    let plain = dressed.marker == Marker::None && body.starts_with(char::is_alphabetic);
    let begins = |at: &usize| {
        let apart = near[..*at].ends_with(' ') && near[*at..].starts_with(|c: char| c.is_ascii_digit());
        apart && date_at(&near[*at..], habits).is_some_and(|(date, _)| date.is_calendar())
    };
    let at = near.char_indices().map(|(at, _)| at).find(begins).filter(|_| plain)?;
    let subject = near[..at].trim_end();
    let (stamp, len) = stamp_at(&body[at..], habits)?;
    let last = subject.rsplit(' ').next().unwrap_or_default();
    let named = !last.ends_with([':', '-', '–', '—', ',', ';', '(', '[', '!', '?']) && !subject.contains(". ");
    let told = SPOKEN.iter().any(|word| word.eq_ignore_ascii_case(last)) || subject.split(' ').count() > 10;
    let text = without_end(body[at + len..].trim_start(), habits);
    let dated = stamp.clock.is_some() && stamp.date.is_some_and(|date| date.is_calendar());
    let other = logs::logged(dressed.whole, habits).is_some()
        || chat::begins_update(body)
        || chat::named(body, habits).is_some()
        || inner::is_labelled(body) && body.find(": ").is_some_and(|colon| colon < at);
    (dated && named && !told && !other && text.starts_with(char::is_alphabetic)).then_some(Row { subject, stamp, text })
}

/// The text behind the second stamp of a row, or behind its date.
fn without_end(rest: &str, habits: Habits) -> &str {
    if let Some((_, len)) = stamp_at(rest, habits).filter(|(stamp, _)| stamp.date.is_some()) {
        return rest[len..].trim_start();
    }
    match date_at(rest, habits).filter(|(date, _)| date.is_calendar()) {
        Some((_, len)) => rest[len..].trim_start(),
        None => rest,
    }
}
