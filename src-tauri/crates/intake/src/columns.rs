//! Which column of a table holds the time, the text, the actor; and how a row becomes an entry.

use crate::clock::Habits;
use crate::date::dates_in;
use crate::entry::Entry;
use crate::kind;
use crate::lines::plain;
use crate::stamp::{Stamp, stamp_at};
use crate::zone::{self, WrittenZone};

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
enum Role {
    Time(Option<WrittenZone>),
    Date,
    Zone,
    Actor,
    Kind,
    Text,
    Other,
}

const TIME: &[&str] = &[
    "time",
    "times",
    "timestamp",
    "when",
    "ts",
    "datetime",
    "at",
    "zeit",
    "uhrzeit",
    "heure",
    "hora",
    "created",
    "occurred",
    "start",
    "started",
    "posted",
    "clock",
];
const NO_TIME: &[&str] =
    &["duration", "elapsed", "end", "ended", "to", "until", "since", "dauer", "due", "deadline", "zone"];
const DATE: &[&str] = &["date", "day", "datum", "jour", "fecha"];
const ZONE: &[&str] = &["timezone", "tz", "zone"];
const ACTOR: &[&str] = &[
    "who",
    "actor",
    "author",
    "owner",
    "user",
    "person",
    "by",
    "username",
    "sender",
    "responder",
    "wer",
    "speaker",
    "name",
];
const KIND: &[&str] = &["kind", "type", "category"];
const TEXT: &[&str] = &[
    "event",
    "description",
    "what",
    "details",
    "detail",
    "message",
    "text",
    "action",
    "note",
    "notes",
    "summary",
    "comment",
    "activity",
    "entry",
    "was",
    "ereignis",
    "update",
    "happened",
    "events",
    "content",
    "body",
];

/// The columns of a table.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    names: Vec<String>,
    roles: Vec<Role>,
}

impl Columns {
    /// Reads the columns from their titles; `None` when no title speaks of a time.
    pub(crate) fn from_titles(titles: &[String]) -> Option<Columns> {
        let roles: Vec<Role> = titles.iter().map(|title| role_of(title)).collect();
        let columns = Columns { names: titles.to_vec(), roles };
        let timed = columns.roles.iter().any(|role| matches!(role, Role::Time(_) | Role::Date));
        // A line of events is not a header, though it may hold the word "time".
        let stamped = titles.iter().any(|title| clocked(title, Habits::default()) || !dates_in(title).is_empty());
        (timed && !stamped && titles.len() > 1).then_some(columns)
    }

    /// Finds the column of times by what the rows hold.
    pub(crate) fn from_rows(titles: Option<&[String]>, rows: &[Vec<String>], habits: Habits) -> Option<Columns> {
        let width = rows.iter().map(Vec::len).max().filter(|width| *width > 1)?;
        let holds_times = |column: &usize| {
            let read = rows.iter().filter(|row| row.get(*column).is_some_and(|cell| clocked(cell, habits))).count();
            read * 2 >= rows.len()
        };
        let time = (0..width).find(holds_times)?;
        let mut names = titles.map(<[String]>::to_vec).unwrap_or_default();
        names.resize(width, String::new());
        let mut roles: Vec<Role> = names.iter().map(|name| role_of(name)).collect();
        roles[time] = Role::Time(zone::in_title(&names[time]));
        Some(Columns { names, roles })
    }

    /// Whether the column of times of a row can be read.
    pub(crate) fn has_clock(&self, row: &[String], habits: Habits) -> bool {
        self.stamp(row, habits).is_some_and(|(stamp, _)| stamp.clock.is_some())
    }

    /// Makes an entry of a row.
    pub(crate) fn entry(&self, line: usize, row: &[String], habits: Habits) -> Entry {
        let stamp = self.stamp(row, habits);
        let unread = match &stamp {
            Some((_, rest)) => rest.clone(),
            None => self.time_column(row).and_then(|at| row.get(at)).cloned().unwrap_or_default(),
        };
        let mut text = vec![plain(&unread)];
        text.extend(self.cells(row, |role| *role == Role::Text).map(|(_, cell)| plain(cell)));
        let told = text.iter().any(|part| !part.is_empty());
        for (name, cell) in self.cells(row, |role| *role == Role::Other) {
            let nameless = name.is_empty() || !told;
            text.push(if nameless { plain(cell) } else { format!("{}: {}", plain(name), plain(cell)) });
        }
        let mut kind = None;
        for (name, cell) in self.cells(row, |role| *role == Role::Kind) {
            match kind::named(cell) {
                Some(named) => kind = Some((named, cell.to_owned())),
                None => text.push(format!("{}: {}", plain(name), plain(cell))),
            }
        }
        text.retain(|part| !part.is_empty());
        let actor =
            self.cells(row, |role| *role == Role::Actor).map(|(_, cell)| plain(cell)).find(|name| !name.is_empty());
        let (stamp, text) = (stamp.map(|(stamp, _)| stamp), text.join(" · "));
        match actor {
            // A column names the actor, so that a name in the text is only talked about.
            Some(actor) => Entry { kind, ..Entry::by(line, stamp, actor, &text) },
            None => Entry { kind, ..Entry::new(line, stamp, &text) },
        }
    }

    /// The date of a row that holds nothing else.
    pub(crate) fn lone_date(row: &[String], habits: Habits) -> Option<Stamp> {
        let mut filled = row.iter().filter(|cell| !cell.trim().is_empty());
        let (only, none) = (filled.next()?, filled.next());
        let (stamp, len) = stamp_at(only.trim(), habits)?;
        (none.is_none() && stamp.clock.is_none() && len == only.trim().len()).then_some(stamp)
    }

    fn cells<'a>(
        &'a self,
        row: &'a [String],
        role: impl Fn(&Role) -> bool + 'a,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        row.iter()
            .enumerate()
            .filter(move |(at, cell)| role(self.roles.get(*at).unwrap_or(&Role::Other)) && !cell.trim().is_empty())
            .map(|(at, cell)| (self.names.get(at).map_or("", String::as_str).trim(), cell.trim()))
    }

    /// The column to read the time from: the one in UTC where there are several.
    fn time_column(&self, row: &[String]) -> Option<usize> {
        let filled = |at: usize| row.get(at).is_some_and(|cell| !cell.trim().is_empty());
        let times = || self.roles.iter().enumerate().filter(|(at, role)| matches!(role, Role::Time(_)) && filled(*at));
        let universal = times().find(|(_, role)| matches!(role, Role::Time(Some(zone)) if zone.is_utc()));
        universal.or_else(|| times().next()).map(|(at, _)| at)
    }

    fn stamp(&self, row: &[String], habits: Habits) -> Option<(Stamp, String)> {
        let of = |wanted: Role| self.roles.iter().position(|role| *role == wanted).and_then(|at| row.get(at));
        let time = self.time_column(row);
        let cell = time.map_or("", |at| row[at].trim());
        let mut words = cell.to_owned();
        if let Some(zone) = of(Role::Zone).filter(|zone| !zone.trim().is_empty() && !cell.is_empty()) {
            words = format!("{words} {}", zone.trim());
        }
        let dated = stamp_at(cell, habits).is_some_and(|(stamp, _)| stamp.date.is_some());
        if let Some(date) = of(Role::Date).filter(|date| !date.trim().is_empty() && !dated) {
            words = format!("{} {words}", date.trim()).trim().to_owned();
        }
        let (mut stamp, len) = stamp_at(words.trim(), habits)?;
        let rest = words.trim()[len..].to_owned();
        if let Some(Role::Time(Some(zone))) = time.map(|at| &self.roles[at])
            && stamp.zone.is_none()
        {
            stamp.zone = Some(zone.clone());
        }
        let others =
            self.roles.iter().enumerate().filter(|(at, role)| matches!(role, Role::Time(_)) && Some(*at) != time);
        let also: Vec<String> = others
            .filter_map(|(at, _)| row.get(at).filter(|cell| !cell.trim().is_empty()).map(|cell| (at, cell)))
            .map(|(at, cell)| format!("{} in column “{}”", cell.trim(), self.names[at].trim()))
            .collect();
        if !also.is_empty() {
            stamp.also = Some(also.join(", "));
        }
        Some((stamp, rest))
    }
}

fn clocked(cell: &str, habits: Habits) -> bool {
    stamp_at(cell.trim(), habits).is_some_and(|(stamp, _)| stamp.clock.is_some())
}

fn role_of(title: &str) -> Role {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    match () {
        () if has(ZONE) || lower.contains("time zone") => Role::Zone,
        () if has(TIME) && !has(NO_TIME) => Role::Time(zone::in_title(title)),
        () if has(DATE) && !has(NO_TIME) => Role::Date,
        () if has(TEXT) => Role::Text,
        () if has(ACTOR) => Role::Actor,
        () if has(KIND) => Role::Kind,
        () if words.len() == 1 && zone::in_title(title).is_some() => Role::Time(zone::in_title(title)),
        () => Role::Other,
    }
}
