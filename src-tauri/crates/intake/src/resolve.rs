//! From what is written to what is meant: zones, halves of the day, days, and at last instants.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};
use meeting::timeline::Precision;

use crate::date::WrittenDate;
use crate::days::{self, Dated, Step};
use crate::elapsed::{Elapsed, Since};
use crate::entry::{Entry, Item, Layout, Spoken};
use crate::halves::{self, Hour};
use crate::kind;
use crate::report::{Assumptions, Doubt, LocalDate, LocalTime, Occurrence, Question, ReadEvent, Reading};
use crate::zone::{Zone, name_of};
use crate::zones::{self, Instant, Stated};

/// An entry with what stands above it.
struct Slot {
    entry: Entry,
    above: Vec<(usize, WrittenDate)>,
    usual: Option<(usize, WrittenDate)>,
    section: bool,
    zone: Option<Stated>,
    half_open: bool,
}

/// Gives the events of a text their instants, or the questions that are in the way.
pub(crate) fn resolve(layout: Layout, assumptions: &Assumptions) -> Reading {
    let zones = zones::of_entries(&layout.items, &layout.spoken_zones);
    let zone = zones::of_text(&layout.items, &zones);
    let custom = zones::day_first(&zones);
    let mut slots = slots(layout.items, zones);
    settle_halves(&mut slots, layout.counts_24, assumptions);
    let mut steps: Vec<Step> = slots.iter().map(step).collect();
    days::mark_retold(&mut steps);
    let order = days::order_of(&steps);
    let dated = days::assign(&steps, order, &layout.mentions, &layout.years, layout.page, custom, assumptions);
    let locals: Vec<LocalTime> = slots.iter().zip(&dated).map(|(slot, dated)| local(slot, dated)).collect();
    let passes = passes(&slots, &locals, order, assumptions);
    let elapsed: Vec<Option<Elapsed>> =
        slots.iter().map(|slot| slot.entry.stamp.as_ref().and_then(|stamp| stamp.elapsed)).collect();
    let mut doubts = Doubts::default();
    let mut events = Vec::with_capacity(slots.len());
    for (at, slot) in slots.into_iter().enumerate() {
        events.push(event(at, slot, &dated[at], locals[at], passes[at], assumptions, &mut doubts));
    }
    count_on(&mut events, &elapsed);
    let doubts = doubts.finish(&events);
    Reading { events, doubts, headings: layout.headings, not_understood: layout.not_understood, zone, order }
}

/// Gives the events that are counted from another one their instants, where that one has an instant.
fn count_on(events: &mut [ReadEvent], elapsed: &[Option<Elapsed>]) {
    let zero = events.iter().zip(elapsed).find_map(|(event, elapsed)| match elapsed {
        Some(Elapsed { seconds, since: Since::Zero }) => {
            Some((event.at? - TimeDelta::seconds(*seconds), event.clone(), *seconds))
        }
        Some(Elapsed { since: Since::Before, .. }) | None => None,
    });
    for place in 0..events.len() {
        let Some(Elapsed { seconds, since }) = elapsed[place].filter(|_| events[place].local.time.is_none()) else {
            continue;
        };
        let (from, local, words) = match since {
            Since::Zero => match &zero {
                Some((at, event, from)) => {
                    (*at, event.local.later(seconds - from), "Counted from the zero of the text.")
                }
                None => continue,
            },
            Since::Before => match place.checked_sub(1).map(|before| &events[before]) {
                Some(ReadEvent { at: Some(at), local, .. }) => {
                    (*at, local.later(seconds), "Counted from the event before.")
                }
                _ => continue,
            },
        };
        let event = &mut events[place];
        event.at = Some(from + TimeDelta::seconds(seconds));
        event.local = local;
        event.precision = if since == Since::Zero { Precision::Exact } else { Precision::About };
        words.clone_into(&mut event.how);
    }
}

fn slots(items: Vec<Item>, zones: Vec<Option<Stated>>) -> Vec<Slot> {
    let mut zones = zones.into_iter();
    let mut slots = Vec::new();
    let (mut above, mut usual, mut section) = (Vec::new(), None, false);
    for item in items {
        match item {
            Item::Date { line, date } => above.push((line, date)),
            Item::Usual { line, date } => usual = Some((line, date)),
            Item::Zone { .. } => {}
            Item::Section(_) => section = true,
            Item::Entry(entry) => {
                let zone = zones.next().flatten();
                // Below "unless otherwise noted" the clock never goes on from a line with its own date.
                let entry = *entry;
                let above = std::mem::take(&mut above);
                slots.push(Slot { entry, above, usual, section, zone, half_open: false });
                section = false;
            }
        }
    }
    slots
}

fn settle_halves(slots: &mut [Slot], counts_24: bool, assumptions: &Assumptions) {
    let mut places = Vec::new();
    let mut hours = Vec::new();
    let mut paragraph = None;
    for (at, slot) in slots.iter_mut().enumerate() {
        let utc = slot.zone.as_ref().is_some_and(|stated| stated.zone.is_utc());
        let here = (slot.entry.spoken != Spoken::No).then_some(slot.entry.line);
        let goes_on = here.is_some() && here == paragraph;
        paragraph = here;
        let dated = !slot.above.is_empty() || slot.entry.stamp.as_ref().is_some_and(|stamp| stamp.date.is_some());
        if let Some(clock) = slot.entry.stamp.as_mut().and_then(|stamp| stamp.clock.as_mut()) {
            places.push(at);
            let listed = slot.entry.spoken == Spoken::No && !slot.entry.message;
            let section = slot.section;
            hours.push(Hour { clock, message: slot.entry.message, utc, goes_on, dated, listed, section });
        }
    }
    for doubtful in halves::settle(&mut hours, counts_24, assumptions.unmarked_hours) {
        slots[places[doubtful]].half_open = true;
    }
}

fn step(slot: &Slot) -> Step {
    let stamp = slot.entry.stamp.as_ref();
    Step {
        above: if slot.above.is_empty() { slot.usual.into_iter().collect() } else { slot.above.clone() },
        // Sentences may tell again what was told before.
        section: slot.section || slot.entry.spoken != Spoken::No,
        retold: false,
        own: stamp.and_then(|stamp| stamp.date),
        time: stamp.and_then(|stamp| stamp.clock).filter(|_| !slot.half_open).and_then(|clock| clock.time()),
        zone: slot.zone.as_ref().map(|stated| stated.zone.clone()),
    }
}

fn local(slot: &Slot, dated: &Dated) -> LocalTime {
    let Some(stamp) = &slot.entry.stamp else { return LocalTime::default() };
    let time = stamp.clock.and_then(|clock| clock.time()).map(|(time, _)| time);
    let seconds = stamp.clock.is_some_and(|clock| clock.second.is_some());
    LocalTime { date: dated.date, time, seconds }
}

fn wall_clock(local: LocalTime) -> Option<NaiveDateTime> {
    match (local.date, local.time) {
        (Some(LocalDate::Full(date)), Some(time)) => Some(date.and_time(time)),
        _ => None,
    }
}

fn passes(
    slots: &[Slot],
    locals: &[LocalTime],
    order: crate::Order,
    assumptions: &Assumptions,
) -> Vec<Option<Occurrence>> {
    let mut placed: Vec<_> = slots
        .iter()
        .zip(locals)
        .map(|(slot, local)| {
            let tz = match slot.zone.as_ref().map(|stated| &stated.zone.zone) {
                Some(Zone::Named(tz)) => Some(*tz),
                None => assumptions.zone,
                Some(Zone::Fixed(_) | Zone::Seasonal { .. } | Zone::OneOf(_)) => None,
            };
            wall_clock(*local).zip(tz)
        })
        .collect();
    if order == crate::Order::OldestFirst {
        return zones::passes(&placed);
    }
    placed.reverse();
    let mut passes = zones::passes(&placed);
    passes.reverse();
    passes
}

fn event(
    at: usize,
    slot: Slot,
    dated: &Dated,
    local: LocalTime,
    pass: Option<Occurrence>,
    assumptions: &Assumptions,
    doubts: &mut Doubts,
) -> ReadEvent {
    let Slot { entry, zone, half_open, .. } = slot;
    let mut instant = None;
    if local.time.is_some() {
        let mut open: Vec<Question> = dated.doubts.clone();
        open.extend(half_open.then_some(Question::AmPm));
        match (wall_clock(local), &zone) {
            (Some(wall), zone) => match zones::instant(wall, zone.as_ref(), assumptions, pass) {
                Instant::At(found) => {
                    let other = zones::is_out_of_season(wall, zone.as_ref())
                        .then(|| zones::settled_by_other(wall, zone.as_ref(), &entry.stamp));
                    let found = other.flatten().unwrap_or(found);
                    instant = Some(found);
                    open.extend(zones::contradicted(found, wall, &entry.stamp).then_some(Question::AmbiguousZone));
                }
                Instant::Open(question) => match zones::settled_by_other(wall, zone.as_ref(), &entry.stamp) {
                    Some(found) if question == Question::AmbiguousZone => instant = Some(found),
                    _ => open.push(question),
                },
            },
            (None, None) if assumptions.zone.is_none() => open.push(Question::MissingZone),
            (None, Some(stated)) if matches!(stated.zone.zone, Zone::OneOf(_)) && assumptions.zone.is_none() => {
                open.push(Question::AmbiguousZone);
            }
            (None, _) => {}
        }
        if open.iter().any(|question| *question != Question::WeekdayDisagrees) {
            instant = None;
        }
        open.dedup();
        open.into_iter().for_each(|question| doubts.add(question, at, zone.as_ref()));
    }
    let stamp = entry.stamp.as_ref();
    let precision = match stamp {
        Some(stamp) if local.time.is_some() && stamp.about => Precision::About,
        Some(_) if local.time.is_some() => Precision::Exact,
        _ => Precision::Unknown,
    };
    let (kind, kind_reason) = entry.kind.clone().unwrap_or_else(|| kind::suggest(&entry.text));
    let how = how(&entry, local, dated, zone.as_ref(), assumptions);
    ReadEvent {
        line: entry.line,
        continued: entry.continued,
        at: instant,
        local,
        precision,
        kind,
        kind_reason,
        actor: entry.actor,
        text: entry.text,
        how,
        milestone: None,
    }
}

fn how(entry: &Entry, local: LocalTime, dated: &Dated, zone: Option<&Stated>, assumptions: &Assumptions) -> String {
    if local.time.is_none() {
        return if local.date.is_some() { "A date without a clock time." } else { "No time is written." }.to_owned();
    }
    let date = if dated.how.is_empty() { "no date".to_owned() } else { dated.how.clone() };
    let out_of_season =
        |stated: &Stated| wall_clock(local).is_some_and(|wall| zones::is_out_of_season(wall, Some(stated)));
    let zone = match (zone, assumptions.zone) {
        (Some(stated), _) if out_of_season(stated) => {
            format!("{} taken as {}, though it is not in use on that day", stated.zone.words, name_of(&stated.zone))
        }
        (Some(stated), _) if stated.line == entry.line => format!("{} as written", stated.zone.words),
        (Some(stated), _) => format!("{} from line {}", name_of(&stated.zone), stated.line),
        (None, Some(tz)) => format!("the zone you gave, {}", tz.name()),
        (None, None) => "no zone".to_owned(),
    };
    let stamp = entry.stamp.as_ref();
    let also =
        stamp.and_then(|stamp| stamp.also.as_ref()).map_or(String::new(), |also| format!("; also written as {also}"));
    let range = if stamp.is_some_and(|stamp| stamp.range.is_some()) { "; the start of the range" } else { "" };
    format!("Clock as written; {date}; {zone}{range}{also}.")
}

/// Doubts by kind, so that one answer settles many events.
#[derive(Default)]
struct Doubts(BTreeMap<(Question, String), (Vec<usize>, Vec<String>)>);

impl Doubts {
    fn add(&mut self, question: Question, event: usize, zone: Option<&Stated>) {
        let about_zone = question == Question::AmbiguousZone;
        let words = zone.filter(|_| about_zone).map_or(String::new(), |stated| stated.zone.words.to_string());
        let (events, choices) = self.0.entry((question, words)).or_default();
        events.push(event);
        if about_zone && choices.is_empty() {
            *choices = zones::choices(zone);
        }
    }

    fn finish(self, events: &[ReadEvent]) -> Vec<Doubt> {
        self.0
            .into_iter()
            .map(|((question, words), (places, choices))| {
                let first = places.first().map_or(LocalTime::default(), |at| events[*at].local);
                let sentence = sentence(question, &words, first, places.len());
                Doubt { question, events: places, sentence, choices }
            })
            .collect()
    }
}

fn sentence(question: Question, words: &str, first: LocalTime, count: usize) -> String {
    let events = if count == 1 { "one event".to_owned() } else { format!("{count} events") };
    match question {
        Question::MissingZone => format!("Which time zone are the times in? The text does not say it for {events}."),
        Question::AmbiguousZone => format!("Which zone does “{words}” mean? It does not settle the time of {events}."),
        Question::MissingDate => format!("On which day did it begin? The text gives no date for {events}."),
        Question::MissingYear => format!("Which year was it? The dates of {events} have none."),
        Question::DayMonthOrder => format!("Does the day or the month come first in the dates? It decides {events}."),
        Question::AmPm => format!("Before or after noon? {events} from {first} on have neither “am” nor “pm”."),
        Question::ClockGoesBack => {
            format!(
                "At {first} the clock goes back. Is that the next day, or are the lines out of order? It decides {events}."
            )
        }
        Question::WeekdayDisagrees => {
            format!("The weekday does not belong to the date at {first}; the date was taken for {events}.")
        }
        Question::SkippedByDaylightSaving => {
            format!("{first} did not exist: the clock was set forward then. Which time is meant for {events}?")
        }
        Question::RepeatedByDaylightSaving => {
            format!(
                "{first} existed twice: the clock was set back then. Is the first or the second meant for {events}?"
            )
        }
    }
}
