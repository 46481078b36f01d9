//! Which column of a table holds the time, the text, the actor; and how a row becomes an entry.

use std::borrow::Cow;

use crate::clock::Habits;
use crate::date::dates_in;
use crate::entry::Entry;
use crate::kind;
use crate::lines::plain;
use crate::moment::{self, Moment};
use crate::rank;
use crate::stamp::{Stamp, stamp_at};
use crate::zone::{self, WrittenZone};

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
enum Role {
    /// A time; of several the one of the lowest rank is read.
    Time {
        zone: Option<WrittenZone>,
        rank: u8,
    },
    Date,
    Zone,
    Actor,
    Kind,
    Text,
    Other,
}

/// Words in the titles of columns of times, those that speak of the event before those that speak of its entry.
const TIME: &[&str] = &[
    "occurred, displayed",
    "start, started, begin, began, beginn, debut, début, inicio, triggered, detected",
    "time, times, timestamp, when, ts, datetime, at, zeit, uhrzeit, zeitpunkt, zeitstempel, heure, horodatage, hora, \
     fechahora, clock, epoch, wann, quand, cuando, cuándo",
    "created, posted, sent, logged, reported, published, opened, erstellt, créé, creado",
    "updated, modified, changed, received, aktualisiert",
];
const NO_TIME: &str = "duration, elapsed, end, ended, to, until, since, dauer, due, deadline, zone, by, ende, fin, durée, \
    duración, resolution, spent";
const DATE: &str = "date, day, datum, tag, jour, fecha, día, dia";
const ZONE: &str = "timezone, tz, zone, zeitzone, fuseau, huso";
const ACTOR: &str = "who, actor, author, owner, user, person, by, username, sender, responder, wer, speaker, name, reporter, \
    assignee, agent, from, autor, verfasser, benutzer, bearbeiter, qui, auteur, utilisateur, quién, quien, usuario, \
    responsable, nombre";
const KIND: &str = "kind, type, category, status, state, art, typ, kategorie, catégorie, tipo, categoría";
const TEXT: &str = "event, description, what, details, detail, message, text, action, note, notes, summary, comment, \
    comments, activity, entry, was, ereignis, update, happened, events, content, body, title, subject, log, headline, \
    beschreibung, nachricht, meldung, bemerkung, vorgang, kommentar, événement, evenement, quoi, détails, commentaire, \
    remarque, évènement, evento, descripción, descripcion, mensaje, qué, comentario, detalle, nota, acción, accion";

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
        let timed = columns.roles.iter().any(|role| matches!(role, Role::Time { .. } | Role::Date));
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
        roles[time] = Role::Time { zone: zone::in_title(&names[time]), rank: 0 };
        Some(Columns { names, roles })
    }

    /// Finds the columns of a table without titles by cells that hold a time and nothing else.
    pub(crate) fn from_whole_cells(rows: &[Vec<String>], habits: Habits) -> Option<Columns> {
        let width = rows.iter().map(Vec::len).max().filter(|width| (2..200).contains(width))?;
        let share = |column: usize, fits: fn(&Stamp) -> bool| {
            let read =
                |row: &&Vec<String>| row.get(column).and_then(|cell| whole(cell, habits)).is_some_and(|s| fits(&s));
            rows.iter().filter(read).count() * 5 >= rows.len() * 4
        };
        let time = (0..width).find(|column| share(*column, |stamp| stamp.clock.is_some()))?;
        let mut roles = vec![Role::Other; width];
        roles[time] = Role::Time { zone: None, rank: 0 };
        let dated = share(time, |stamp| stamp.date.is_some());
        let date = (0..width).find(|column| share(*column, |stamp| stamp.clock.is_none() && stamp.date.is_some()));
        if let Some(date) = date.filter(|_| !dated) {
            roles[date] = Role::Date;
        }
        Some(Columns { names: vec![String::new(); width], roles })
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.roles.len()
    }

    /// How the clocks of the rows are written.
    pub(crate) fn habits(&self, rows: &[Vec<String>]) -> Habits {
        Habits::of(rows.iter().filter_map(|row| row.get(self.time_column(row)?)).map(String::as_str))
    }

    /// Whether a row holds anything besides its time and its actor.
    pub(crate) fn has_text<S: AsRef<str>>(&self, row: &[S]) -> bool {
        row.iter().enumerate().any(|(at, cell)| {
            let role = self.roles.get(at).unwrap_or(&Role::Other);
            matches!(role, Role::Text | Role::Other | Role::Kind) && !cell.as_ref().trim().is_empty()
        })
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
    pub(crate) fn lone_date<S: AsRef<str>>(row: &[S], habits: Habits) -> Option<Stamp> {
        let mut filled = row.iter().map(AsRef::as_ref).filter(|cell| !cell.trim().is_empty());
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

    /// The column to read the time from: the one in UTC where there are several, then the one that speaks of the event.
    fn time_column<S: AsRef<str>>(&self, row: &[S]) -> Option<usize> {
        let filled = |at: usize| row.get(at).is_some_and(|cell| !cell.as_ref().trim().is_empty());
        let times = self.roles.iter().enumerate().filter_map(|(at, role)| match role {
            Role::Time { zone, rank } if filled(at) => {
                Some((!zone.as_ref().is_some_and(WrittenZone::is_utc), *rank, at))
            }
            _ => None,
        });
        times.min().map(|(.., at)| at)
    }

    fn cell<'r, S: AsRef<str>>(&self, row: &'r [S], wanted: &Role) -> &'r str {
        let at = self.roles.iter().position(|role| role == wanted);
        at.and_then(|at| row.get(at)).map_or("", |cell| cell.as_ref().trim())
    }

    fn zone_of(&self, column: Option<usize>) -> Option<&WrittenZone> {
        match &self.roles[column?] {
            Role::Time { zone, .. } => zone.as_ref(),
            _ => None,
        }
    }

    /// Where a row lies in time, the common forms without a detour.
    pub(crate) fn moment<S: AsRef<str>>(&self, row: &[S], habits: Habits) -> Option<Moment> {
        let time = self.time_column(row);
        let cell = time.map_or("", |at| row[at].as_ref().trim());
        let found = if self.cell(row, &Role::Zone).is_empty() && !cell.is_empty() {
            let date = self.cell(row, &Role::Date);
            let dated = |cell: &str| (!date.is_empty()).then(|| moment::quick(&format!("{date} {cell}"))).flatten();
            moment::quick(cell).or_else(|| dated(cell))
        } else {
            None
        };
        let offset = |at: i64| {
            let wall = chrono::DateTime::from_timestamp(at, 0).map(|at| at.naive_utc());
            at - self.zone_of(time).zip(wall).and_then(|(zone, wall)| zone.offset_near(wall)).unwrap_or(0)
        };
        match found {
            Some(Moment::Local(at)) if self.zone_of(time).is_some() => Some(Moment::At(offset(at))),
            Some(Moment::Swapped { day_first, month_first }) => {
                Some(Moment::Swapped { day_first: day_first.map(offset), month_first: month_first.map(offset) })
            }
            Some(found) => Some(found),
            None => rank::of_stamp(&self.stamp(row, habits)?.0),
        }
    }

    fn stamp<S: AsRef<str>>(&self, row: &[S], habits: Habits) -> Option<(Stamp, String)> {
        let time = self.time_column(row);
        let cell = time.map_or("", |at| row[at].as_ref().trim());
        let (cell, was) = in_words(cell, habits);
        let mut words = cell.clone().into_owned();
        let zone = self.cell(row, &Role::Zone);
        if !(zone.is_empty() || cell.is_empty()) {
            words = format!("{words} {zone}");
        }
        let date = self.cell(row, &Role::Date);
        let dated = date.is_empty() || stamp_at(&cell, habits).is_some_and(|(stamp, _)| stamp.date.is_some());
        if !dated {
            words = format!("{} {words}", in_words(date, habits).0).trim().to_owned();
        }
        let (mut stamp, len) = stamp_at(words.trim(), habits)?;
        let rest = words.trim()[len..].to_owned();
        if stamp.zone.is_none() {
            stamp.zone = self.zone_of(time).cloned();
        }
        let others = self.roles.iter().enumerate();
        let others = others.filter(|(at, role)| matches!(role, Role::Time { .. }) && Some(*at) != time);
        let also: Vec<String> = was
            .into_iter()
            .chain(
                others
                    .filter_map(|(at, _)| row.get(at).map(|cell| (at, cell.as_ref().trim())))
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|(at, cell)| format!("{cell} in column “{}”", self.names[at].trim())),
            )
            .collect();
        if !also.is_empty() {
            stamp.also = Some(also.join(", "));
        }
        Some((stamp, rest))
    }
}

/// A cell as words: what a program wrote as a number is written as a time, and kept beside it.
fn in_words(cell: &str, habits: Habits) -> (Cow<'_, str>, Option<String>) {
    match moment::as_words(cell).filter(|_| !habits.dotted) {
        Some((words, was)) => (Cow::Owned(words), Some(was)),
        None => (Cow::Borrowed(cell), None),
    }
}

/// The stamp that fills a cell.
fn whole(cell: &str, habits: Habits) -> Option<Stamp> {
    let (cell, _) = in_words(cell.trim(), habits);
    stamp_at(&cell, habits).filter(|(_, length)| *length == cell.len()).map(|(stamp, _)| stamp)
}

fn clocked(cell: &str, habits: Habits) -> bool {
    stamp_at(cell.trim(), habits).is_some_and(|(stamp, _)| stamp.clock.is_some())
}

fn role_of(title: &str) -> Role {
    let lower = spaced(title).to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &str| list.split(", ").any(|known| words.contains(&known));
    let time = TIME.iter().position(|list| has(list)).and_then(|rank| u8::try_from(rank).ok());
    let zone = || zone::in_title(title);
    match time {
        _ if has(ZONE) || lower.contains("time zone") => Role::Zone,
        // "What changed" asks for a text.
        Some(rank) if !has(NO_TIME) && !has("what, was, quoi, qué") => Role::Time { zone: zone(), rank },
        _ if has(DATE) && !has(NO_TIME) => Role::Date,
        _ if has(TEXT) => Role::Text,
        _ if has(ACTOR) => Role::Actor,
        _ if has(KIND) => Role::Kind,
        _ if words.len() == 1 && zone().is_some() => Role::Time { zone: zone(), rank: 2 },
        _ => Role::Other,
    }
}

/// Parts `createdAt` into its words.
fn spaced(title: &str) -> String {
    let mut spaced = String::with_capacity(title.len() + 2);
    let mut small = false;
    for c in title.chars() {
        if small && c.is_uppercase() {
            spaced.push(' ');
        }
        small = c.is_lowercase();
        spaced.push(c);
    }
    spaced
}
