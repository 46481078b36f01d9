//! From a wall clock to an instant: which zone holds for a line, and what daylight saving does to it.

use chrono::offset::LocalResult;
use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::entry::{Entry, Item};
use crate::report::{Assumptions, Occurrence, Question, ZoneFound};
use crate::stamp::Stamp;
use crate::zone::{WrittenZone, Zone, name_of};

/// The zone of a line, and the line that states it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stated {
    pub(crate) zone: WrittenZone,
    pub(crate) line: usize,
}

/// Finds the zone of every entry, in the order of the text.
///
/// What the line says comes first, then the heading above. A zone that only some lines name is carried to the others
/// when it is the only one in the text and is written as a word; the `Z` of a machine's log speaks for its line alone.
pub(crate) fn of_entries(items: &[Item], spoken: &[(usize, WrittenZone)]) -> Vec<Option<Stated>> {
    let entries = || items.iter().filter_map(entry_of);
    let stated: Vec<Stated> = items.iter().filter_map(stated_by).collect();
    let spoken = spoken.iter().map(|(line, zone)| Stated { zone: zone.clone(), line: *line });
    let own: Vec<Stated> = entries().filter_map(own_zone).collect();
    // A summary may retell in another zone what the list tells in its own.
    let spoken: Vec<Stated> = if own.is_empty() { spoken.collect() } else { Vec::new() };
    let sole = |all: &[Stated]| {
        all.first().filter(|first| all.iter().all(|other| other.zone.zone == first.zone.zone)).cloned()
    };
    let carried = match (sole(&stated), stated.is_empty()) {
        (Some(below), _) => Some(below),
        (None, true) => sole(&own).or_else(|| sole(&spoken)).filter(|first| first.zone.worded),
        (None, false) => None,
    };
    let mut above: Option<Stated> = None;
    let mut found = Vec::new();
    for item in items {
        above = stated_by(item).or(above);
        if let Some(entry) = entry_of(item) {
            let carried = || carried.clone().filter(|_| !names_unknown_zone(entry));
            found.push(own_zone(entry).or_else(|| above.clone()).or_else(carried));
        }
    }
    found
}

/// Whether an abbreviated place that is not known stands behind the clock: "3:55 PM QX time"; its zone is no other's.
fn names_unknown_zone(entry: &Entry) -> bool {
    let clocked = entry.stamp.as_ref().is_some_and(|stamp| stamp.clock.is_some());
    let place = entry.text.split_once(" time ").map_or("", |(place, _)| place);
    clocked && place.len() == 2 && place.bytes().all(|b| b.is_ascii_uppercase())
}

/// The zone that the text as a whole states.
pub(crate) fn of_text(items: &[Item], entries: &[Option<Stated>]) -> Option<ZoneFound> {
    let stated = items.iter().find_map(stated_by).or_else(|| {
        let first = entries.iter().flatten().next()?;
        entries.iter().flatten().all(|other| other.zone.zone == first.zone.zone).then(|| first.clone())
    })?;
    Some(ZoneFound { name: name_of(&stated.zone), words: stated.zone.words.to_string(), line: stated.line })
}

/// Whether the day comes first in `03/04` by the custom of the places whose zones the text names; `None` where they
/// differ or say nothing.
pub(crate) fn day_first(entries: &[Option<Stated>]) -> Option<bool> {
    let mut customs = entries.iter().flatten().filter_map(|stated| match &stated.zone.zone {
        Zone::Named(home) | Zone::Seasonal { home, .. } => custom_of(*home),
        Zone::Fixed(_) | Zone::OneOf(_) => None,
    });
    let first = customs.next()?;
    customs.all(|custom| custom == first).then_some(first)
}

fn custom_of(home: Tz) -> Option<bool> {
    const MONTH_FIRST: &[Tz] = &[
        Tz::America__New_York,
        Tz::America__Chicago,
        Tz::America__Denver,
        Tz::America__Los_Angeles,
        Tz::America__Anchorage,
        Tz::America__Phoenix,
    ];
    // Only names of cities and of zones that no other continent shares.
    let day_first = ["Europe/", "Australia/", "Pacific/Auckland"].iter().any(|place| home.name().starts_with(place));
    if MONTH_FIRST.contains(&home) { Some(false) } else { day_first.then_some(true) }
}

fn entry_of(item: &Item) -> Option<&Entry> {
    match item {
        Item::Entry(entry) => Some(entry),
        Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
    }
}

fn stated_by(item: &Item) -> Option<Stated> {
    match item {
        Item::Zone { line, zone } => Some(Stated { zone: zone.clone(), line: *line }),
        Item::Entry(_) | Item::Date { .. } | Item::Usual { .. } | Item::Section(_) => None,
    }
}

fn own_zone(entry: &Entry) -> Option<Stated> {
    let zone = entry.stamp.as_ref()?.zone.clone()?;
    Some(Stated { zone, line: entry.line })
}

/// What a wall clock comes to.
pub(crate) enum Instant {
    At(DateTime<Utc>),
    Open(Question),
}

/// Turns a wall clock into an instant.
///
/// `pass` says which of two passes is meant where the order of the lines shows it.
pub(crate) fn instant(
    local: NaiveDateTime,
    stated: Option<&Stated>,
    assumptions: &Assumptions,
    pass: Option<Occurrence>,
) -> Instant {
    let pass = assumptions.repeated.or(pass);
    let words = stated.map_or("", |stated| &*stated.zone.words);
    match stated.map(|stated| &stated.zone.zone) {
        None => match assumptions.zone {
            Some(tz) => in_place(local, tz, pass),
            None => Instant::Open(Question::MissingZone),
        },
        Some(Zone::Fixed(offset)) => with_offset(local, *offset),
        Some(Zone::Named(tz)) => in_place(local, *tz, pass),
        Some(Zone::Seasonal { offset, home }) => {
            if in_season(local, *offset, *home) {
                return with_offset(local, *offset);
            }
            match assumptions.zone.filter(|tz| tz == home || has_offset(local, *tz, *offset)) {
                Some(tz) => in_place(local, tz, pass),
                // Out of season they are rather China's and Bangladesh's.
                None if matches!(words, "CST" | "BST") => Instant::Open(Question::AmbiguousZone),
                None => with_offset(local, *offset),
            }
        }
        Some(Zone::OneOf(candidates)) => match assumptions.zone {
            Some(tz) if candidates.contains(&tz) => in_place(local, tz, pass),
            _ => Instant::Open(Question::AmbiguousZone),
        },
    }
}

/// Whether a line gives the same moment in another zone, and that comes to another instant on every day around.
pub(crate) fn contradicted(at: DateTime<Utc>, wall: NaiveDateTime, stamp: &Option<Stamp>) -> bool {
    let again = stamp.iter().flat_map(|stamp| &stamp.again);
    again.filter_map(|(clock, zone)| Some((clock.time()?.0, zone))).any(|(time, zone)| {
        let days = (-1..=1).filter_map(|days| wall.date().checked_add_signed(TimeDelta::days(days)));
        let mut instants = days.flat_map(|day| every_instant(day.and_time(time), &zone.zone));
        let seconds = time.second() == 0;
        !instants.any(|other| if seconds { (other - at).num_seconds().abs() < 60 } else { other == at })
    })
}

/// The instant that an ambiguous zone and the same moment in a certain one have in common.
pub(crate) fn settled_by_other(
    wall: NaiveDateTime,
    stated: Option<&Stated>,
    stamp: &Option<Stamp>,
) -> Option<DateTime<Utc>> {
    let possible = every_instant(wall, &stated?.zone.zone);
    let (clock, zone) = stamp.as_ref()?.again.iter().find(|(_, zone)| matches!(zone.zone, Zone::Fixed(_)))?;
    let (time, _) = clock.time()?;
    let days = (-1..=1).filter_map(|days| wall.date().checked_add_signed(TimeDelta::days(days)));
    let certain: Vec<_> = days.flat_map(|day| every_instant(day.and_time(time), &zone.zone)).collect();
    possible.into_iter().find(|at| certain.iter().any(|other| (*at - other).num_seconds().abs() < 60))
}

/// Every instant that a wall clock may mean in a zone; an abbreviation is also taken for its place.
fn every_instant(local: NaiveDateTime, zone: &Zone) -> Vec<DateTime<Utc>> {
    let of = |tz: &Tz| match tz.from_local_datetime(&local) {
        LocalResult::Single(at) => vec![at.to_utc()],
        LocalResult::Ambiguous(one, other) => vec![one.to_utc(), other.to_utc()],
        LocalResult::None => Vec::new(),
    };
    let fixed = |offset: &FixedOffset| offset.from_local_datetime(&local).single().map(|at| at.to_utc());
    match zone {
        Zone::Fixed(offset) => fixed(offset).into_iter().collect(),
        Zone::Named(tz) => of(tz),
        Zone::Seasonal { offset, home } => fixed(offset).into_iter().chain(of(home)).collect(),
        Zone::OneOf(places) => places.iter().flat_map(of).collect(),
    }
}

/// Whether a line has an abbreviation that its place does not use at that time of the year.
pub(crate) fn is_out_of_season(wall: NaiveDateTime, stated: Option<&Stated>) -> bool {
    matches!(stated.map(|stated| &stated.zone.zone),
        Some(Zone::Seasonal { offset, home }) if !in_season(wall, *offset, *home))
}

/// Likely answers to the question which zone is meant.
pub(crate) fn choices(stated: Option<&Stated>) -> Vec<String> {
    match stated.map(|stated| &stated.zone.zone) {
        Some(Zone::OneOf(candidates)) => candidates.iter().map(|tz| tz.name().to_owned()).collect(),
        Some(Zone::Seasonal { offset, home }) => {
            // The names of fixed zones count westwards.
            let hours = -offset.local_minus_utc() / 3600;
            vec![home.name().to_owned(), format!("Etc/GMT{hours:+}")]
        }
        _ => Vec::new(),
    }
}

fn with_offset(local: NaiveDateTime, offset: FixedOffset) -> Instant {
    match offset.from_local_datetime(&local).single() {
        Some(at) => Instant::At(at.with_timezone(&Utc)),
        None => Instant::Open(Question::MissingDate),
    }
}

fn in_place(local: NaiveDateTime, tz: Tz, pass: Option<Occurrence>) -> Instant {
    match (tz.from_local_datetime(&local), pass) {
        (LocalResult::Single(at), _) | (LocalResult::Ambiguous(at, _), Some(Occurrence::First)) => {
            Instant::At(at.with_timezone(&Utc))
        }
        (LocalResult::Ambiguous(_, at), Some(Occurrence::Second)) => Instant::At(at.with_timezone(&Utc)),
        (LocalResult::Ambiguous(..), None) => Instant::Open(Question::RepeatedByDaylightSaving),
        (LocalResult::None, _) => Instant::Open(Question::SkippedByDaylightSaving),
    }
}

/// Whether the place uses the offset at that time.
fn in_season(local: NaiveDateTime, offset: FixedOffset, home: Tz) -> bool {
    let Some(at) = offset.from_local_datetime(&local).single() else { return false };
    home.offset_from_utc_datetime(&at.naive_utc()).fix() == offset
}

fn has_offset(local: NaiveDateTime, tz: Tz, offset: FixedOffset) -> bool {
    in_season(local, offset, tz)
}

/// Which pass of a repeated hour each wall clock is in, as far as the order shows it.
///
/// When the clock goes back inside the hour that exists twice, what is earlier in time is the first pass.
pub(crate) fn passes(locals: &[Option<(NaiveDateTime, Tz)>]) -> Vec<Option<Occurrence>> {
    let repeated =
        |(local, tz): &(NaiveDateTime, Tz)| matches!(tz.from_local_datetime(local), LocalResult::Ambiguous(..));
    let twice: Vec<(usize, NaiveDateTime)> = locals
        .iter()
        .enumerate()
        .filter_map(|(at, local)| local.filter(repeated).map(|(local, _)| (at, local)))
        .collect();
    let drops: Vec<usize> = (1..twice.len()).filter(|at| twice[*at].1 < twice[*at - 1].1).collect();
    let mut passes = vec![None; locals.len()];
    if let [drop] = drops[..] {
        for (place, (at, _)) in twice.iter().enumerate() {
            passes[*at] = Some(if place < drop { Occurrence::First } else { Occurrence::Second });
        }
    }
    passes
}
