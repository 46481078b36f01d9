//! What can only be told when every line has been seen: the date of a title, sentences beside a list, lines left over.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::Walk;
use crate::clock;
use crate::date;
use crate::entry::{Entry, Item, Spoken};
use crate::lines::Source;
use crate::mentions;
use crate::names::weekday_at;
use crate::report::{Line, Says};
use crate::topic::Topic;

const NO_TIME: &str = "No time was found in this line.";
const NO_TEXT: &str = "A time without a text.";
const BESIDE: &str = "A sentence with a time, beside the list of events.";
/// From so many events on a list tells the story, and the sentences around it only retell it.
const LIST: usize = 3;

impl Walk<'_> {
    /// Settles what the lines before could not.
    pub(super) fn finish(&mut self) {
        self.set_byline_aside();
        self.set_sentences_aside();
        self.adopt_front();
        self.adopt_date();
        self.drop_empty();
        self.adopt_page_date();
        let doubtful = |item: &Item| {
            matches!(item, Item::Entry(entry)
            if entry.stamp.as_ref().and_then(|stamp| stamp.clock).is_some_and(|clock| clock.may_be_half()))
        };
        if self.layout.items.iter().any(doubtful) {
            self.layout.counts_24 = self.sources.iter().any(|line| shows_24_hours(&line.text));
        }
    }

    /// Takes out the sentences that retell what a list or a section "Timeline" tells.
    fn set_sentences_aside(&mut self) {
        let items = &self.layout.items;
        if !items.iter().any(|item| spoken(item).is_some()) {
            return;
        }
        // The updates below a report tell the story from another side.
        let updates = if self.report { self.updates } else { 0 };
        let listed = items.iter().filter(|item| is_listed(item)).count() - updates;
        let topics = topics(items);
        let told =
            items.iter().zip(&topics).filter(|(item, topic)| spoken(item).is_some() && **topic == Topic::Timeline);
        let timeline = told.count() > 1;
        let others = items.iter().any(
            |item| matches!(item, Item::Entry(entry) if entry.spoken != Spoken::InPassing && entry.stamp.is_some()),
        );
        let between = |at: usize| {
            let section = |item: &&Item| !matches!(item, Item::Section(_));
            items[..at].iter().rev().take_while(section).any(is_listed)
                && items[at..].iter().take_while(section).any(is_listed)
        };
        let clocks: BTreeSet<_> = items.iter().filter(|item| is_listed(item)).filter_map(clock_of).collect();
        let other_days = days_without_list(items);
        let closing = closing_sentences(items);
        let aside: Vec<bool> = (0..items.len())
            .map(|at| {
                let Some(entry) = spoken(&items[at]).filter(|_| !other_days[at] && !closing[at]) else { return false };
                if entry.spoken == Spoken::Field {
                    return clock_of(&items[at]).is_some_and(|clock| clocks.contains(&clock));
                }
                let elsewhere = topics[at] != Topic::Timeline && (timeline || (listed >= LIST && !between(at)));
                let quoted = entry.spoken == Spoken::Quoted && (topics[at] == Topic::Timeline || listed < LIST);
                let passing = entry.spoken == Spoken::InPassing;
                // A span that is named on the way is told only where nothing else is.
                let span = passing && others && entry.stamp.as_ref().is_some_and(|stamp| stamp.range.is_some());
                (elsewhere && !quoted) || (passing && listed > 1 && !is_certain(entry)) || span
            })
            .collect();
        self.set_aside(&aside);
    }

    pub(super) fn set_aside(&mut self, aside: &[bool]) {
        let mut kept = Vec::new();
        let mut lines = BTreeSet::new();
        for (item, aside) in std::mem::take(&mut self.layout.items).into_iter().zip(aside) {
            match item {
                Item::Entry(entry) if *aside => {
                    lines.extend([entry.line].into_iter().chain(entry.continued));
                    let stamp = entry.stamp.unwrap_or_default();
                    let first = kept.iter().all(|item| !matches!(item, Item::Entry(_)));
                    self.layout.mentions.extend(stamp.date);
                    if let Some(date) = stamp.date.filter(|date| date.is_calendar() && first) {
                        self.before.push((self.place_of(entry.line), date, false));
                    }
                    self.layout.spoken_zones.extend(stamp.zone.map(|zone| (entry.line, zone)));
                }
                other => kept.push(other),
            }
        }
        self.layout.items = kept;
        for line in lines {
            if !self.is_taken(line) {
                self.lose(line, BESIDE);
            }
        }
    }

    /// The place of the line with a number; of a page with tags several lines may have the same.
    pub(super) fn place_of(&self, number: usize) -> usize {
        self.sources.partition_point(|line| line.number < number).min(self.sources.len() - 1)
    }

    /// Whether a line is part of an event or of a heading.
    fn is_taken(&self, line: usize) -> bool {
        self.layout.headings.iter().any(|heading| heading.line == line)
            || self
                .layout
                .items
                .iter()
                .any(|item| matches!(item, Item::Entry(entry) if entry.line == line || entry.continued.contains(&line)))
    }

    /// Takes the date of the lines above the first event, when they agree on one.
    fn adopt_date(&mut self) {
        let first = self.layout.items.iter().position(|item| matches!(item, Item::Entry(_))).unwrap_or(0);
        let above = &self.layout.items[..first];
        // A weekday above the events is settled by a date with the same one, and by no other.
        let weekday = above.iter().find_map(|item| match item {
            Item::Date { date: date::WrittenDate { day: date::Day::Weekday(weekday), .. }, .. } => Some(*weekday),
            _ => None,
        });
        let known = above.iter().any(|item| match item {
            Item::Date { date, .. } => !matches!(date.day, date::Day::Weekday(_)),
            item => matches!(item, Item::Usual { .. }),
        });
        let fits = |date: &date::WrittenDate| match (weekday, date.day) {
            (Some(weekday), date::Day::Full(date)) => date.weekday() == weekday,
            (weekday, _) => weekday.is_none(),
        };
        let labelled: Vec<_> = self.before.iter().filter(|(_, _, label)| *label).copied().collect();
        let usable = |at: usize, label: bool| {
            let text = &self.sources[at].text;
            !mentions::is_about_document(text) || (label && mentions::date_of_incident(text).is_some())
        };
        let candidates = if labelled.is_empty() { self.before.clone() } else { labelled };
        let mut candidates: Vec<_> = candidates.into_iter().filter(|(at, _, label)| usable(*at, *label)).collect();
        if candidates.is_empty() && self.is_undated() {
            // A list without any date may have it below, in a footer or a closing sentence.
            candidates = self.behind.iter().filter(|(at, _, label)| usable(*at, *label)).copied().collect();
            let sure: Vec<_> = candidates.iter().filter(|(.., label)| *label).copied().collect();
            candidates = if sure.is_empty() { candidates } else { sure };
        }
        candidates.retain(|(_, date, _)| fits(date));
        candidates.dedup_by_key(|(_, date, _)| date.day);
        let place = if known { first } else { 0 };
        let posted = |(at, date, _): &(usize, date::WrittenDate, bool)| self.is_published_later(first, *at, *date);
        let known = known && !candidates.first().is_some_and(posted);
        if let ([(at, date, _)], false, true) = (candidates.as_slice(), known, self.has_entries()) {
            let source = &self.sources[*at];
            self.layout.items.insert(place, Item::Date { line: source.number, date: *date });
            self.layout.not_understood.retain(|line| line.line != source.number);
            // The line may also tell an event, in a later sentence.
            if !self.is_taken(source.number) {
                self.layout.heading(source, Says::Date);
            }
        }
    }

    /// Takes the date of the page where no other day is named: "yesterday" or a weekday would count from it.
    fn adopt_page_date(&mut self) {
        let Some((line, date)) = self.layout.page else { return };
        let other = |line: &Source| line.text.split(|c: char| !c.is_alphabetic()).any(names_other_day);
        let alone = self.layout.mentions.iter().all(|mention| mention.day == date.day)
            && !self.sources[self.front..].iter().any(other);
        if !alone || self.posted_page || !self.is_undated() || !self.has_entries() {
            self.layout.page = None;
            return;
        }
        self.layout.not_understood.retain(|lost| lost.line != line);
        self.layout.heading(&self.sources[self.place_of(line)], Says::Date);
    }

    /// Whether no line gives the events a date.
    fn is_undated(&self) -> bool {
        self.layout.items.iter().all(|item| match item {
            Item::Entry(entry) => entry.stamp.as_ref().and_then(|stamp| stamp.date).is_none_or(|date| {
                // "(previous night)" is counted from a day that stands elsewhere.
                matches!(date.day, date::Day::Beside { .. })
            }),
            Item::Date { .. } | Item::Usual { .. } => false,
            Item::Zone { .. } | Item::Section(_) => true,
        })
    }

    pub(super) fn lose_loose(&mut self) {
        for at in std::mem::take(&mut self.loose) {
            self.lose(self.sources[at].number, NO_TIME);
        }
    }

    fn lose(&mut self, number: usize, reason: &str) {
        let text = self.sources[self.place_of(number)].text.clone();
        self.layout.not_understood.push(Line { line: number, text, reason: reason.to_owned() });
    }

    /// Whether the date line above everything is later than the day a sentence names, as the day of a post is.
    fn is_published_later(&self, first: usize, at: usize, told: date::WrittenDate) -> bool {
        let above = &self.layout.items[..first];
        let line = above.iter().rposition(|item| matches!(item, Item::Date { .. } | Item::Usual { .. }));
        let Some((place, Item::Date { line, date })) = line.map(|place| (place, &above[place])) else { return false };
        let apart = above[place..].iter().any(|item| matches!(item, Item::Section(_)));
        let bare = !self.sources[self.place_of(*line)].text.trim_start().starts_with(['#', '=']);
        // "Start Date/Time: …" speaks of the incident, whatever stands between.
        let text = &self.sources[at].text;
        let below = self.sources[..at].iter().rev().find(|above| !above.is_blank());
        let titled = below.is_some_and(|above| above.number == *line) && mentions::is_title_of_incident(text);
        let begun = self.sources[at].number > *line && (mentions::is_label_of_start(text) || titled);
        match (told.sole(), date.day) {
            (Some(told), date::Day::Full(posted)) => {
                (apart || begun) && bare && told < posted && (posted - told).num_days() < 90
            }
            _ => false,
        }
    }

    /// Takes out the times below which no text came.
    fn drop_empty(&mut self) {
        let lines = |entry: &Entry| [entry.line].into_iter().chain(entry.continued.iter().copied()).collect::<Vec<_>>();
        let empty = |item: &Item| matches!(item, Item::Entry(entry) if entry.text.is_empty());
        let (dropped, kept): (Vec<Item>, Vec<Item>) =
            std::mem::take(&mut self.layout.items).into_iter().partition(empty);
        self.layout.items = kept;
        if dropped.is_empty() {
            return;
        }
        let dates = dropped.iter().filter_map(|item| match item {
            Item::Entry(entry) => entry.stamp.as_ref()?.date,
            Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
        });
        self.layout.mentions.extend(dates);
        // Another sentence of the line may have told something.
        let entries = |items: &[Item]| -> BTreeSet<usize> {
            let entry = |item: &Item| match item {
                Item::Entry(entry) => lines(entry),
                Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => Vec::new(),
            };
            items.iter().flat_map(entry).collect()
        };
        let taken = entries(&self.layout.items);
        for line in entries(&dropped).difference(&taken) {
            self.lose(*line, NO_TEXT);
        }
    }
}

/// Whether a word names a day by its place beside others.
fn names_other_day(word: &str) -> bool {
    const OTHERS: &[&str] = &["yesterday", "today", "last", "ago", "week", "weekend", "tonight"];
    OTHERS.iter().any(|other| other.eq_ignore_ascii_case(word)) || weekday_at(word).is_some_and(|(_, len)| len > 4)
}

/// Whether a line is written as people write who count 24 hours: `2018-01-18 4:19`, `10. März`, `6 mai`.
fn shows_24_hours(line: &str) -> bool {
    let beside_date = |at: usize| {
        let rest = &line[at..];
        let clock = rest.get(10..).and_then(|rest| rest.strip_prefix([' ', 'T'])).and_then(clock::colon_at);
        rest.get(4..5) == Some("-")
            && rest.get(7..8) == Some("-")
            && clock.is_some_and(|(clock, _)| clock.half.is_none())
    };
    let starts = line.match_indices("20").map(|(at, _)| at);
    starts.clone().any(beside_date)
        || mentions::names_month_elsewhere(line)
        || line.match_indices(':').any(|(at, _)| {
            let hours = line[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
            let apart = line[..at - hours].is_empty() || line[..at - hours].ends_with([' ', '(', '[', '~', '*']);
            let clock = clock::clock_at(&line[at - hours..], clock::Habits::default()).filter(|_| hours == 2 && apart);
            clock.is_some_and(|(clock, _)| clock.half.is_none() && (13..24).contains(&clock.hour))
        })
}

/// What the section of every item is about.
fn topics(items: &[Item]) -> Vec<Topic> {
    let mut topic = Topic::Other;
    let entered = items.iter().map(|item| {
        if let Item::Section(entered) = item {
            topic = *entered;
        }
        topic
    });
    entered.collect()
}

/// The items below a day of their own where no list tells that day, behind a list that tells another.
fn days_without_list(items: &[Item]) -> Vec<bool> {
    let mut found = Vec::with_capacity(items.len());
    let mut listed = false;
    for (place, part) in items.chunk_by(|_, next| !matches!(next, Item::Date { .. })).enumerate() {
        let list = part.iter().any(is_listed);
        let dated = place > 0 || matches!(part.first(), Some(Item::Date { .. }));
        let plain = !part.iter().any(|item| matches!(item, Item::Entry(entry) if entry.spoken == Spoken::Quoted));
        found.extend(std::iter::repeat_n(listed && dated && !list && plain, part.len()));
        listed |= list;
    }
    found
}

/// The sentences directly below a list that go on from it: their clock has a zone and is later than all of the list's.
fn closing_sentences(items: &[Item]) -> Vec<bool> {
    let time = |item: &Item| match item {
        Item::Entry(entry) => {
            let stamp = entry.stamp.as_ref().filter(|stamp| stamp.date.is_none() && stamp.range.is_none())?;
            stamp.clock?.time().map(|(time, _)| time)
        }
        _ => None,
    };
    let zoned =
        |item: &Item| matches!(item, Item::Entry(entry) if entry.stamp.as_ref().is_some_and(|s| s.zone.is_some()));
    let mut closing = vec![false; items.len()];
    let Some(last) = items.iter().rposition(is_listed) else { return closing };
    let listed: Option<Vec<_>> = items[..=last].iter().filter(|item| is_listed(item)).map(time).collect();
    // A list over midnight, or one that runs backwards, has no latest clock.
    let sorted = listed.filter(|listed| listed.is_sorted());
    let Some(latest) = sorted.and_then(|listed| listed.last().copied()) else { return closing };
    for (at, item) in items.iter().enumerate().skip(last + 1) {
        if matches!(item, Item::Section(_) | Item::Date { .. }) {
            break;
        }
        closing[at] = spoken(item).is_some() && zoned(item) && time(item).is_some_and(|time| time > latest);
    }
    closing
}

/// Hour and minute as an entry writes them.
fn clock_of(item: &Item) -> Option<(u32, u32)> {
    match item {
        Item::Entry(entry) => entry.stamp.as_ref()?.clock.map(|clock| (clock.hour, clock.minute)),
        Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
    }
}

fn spoken(item: &Item) -> Option<&Entry> {
    match item {
        Item::Entry(entry) if entry.spoken != Spoken::No => Some(entry),
        Item::Entry(_) | Item::Date { .. } | Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
    }
}

/// Whether an entry gives day, clock and zone.
fn is_certain(entry: &Entry) -> bool {
    entry.stamp.as_ref().is_some_and(|stamp| {
        stamp.zone.is_some() && stamp.date.is_some_and(|date| matches!(date.day, date::Day::Full(_)))
    })
}

/// Whether an item is an event of a list, with its own clock.
fn is_listed(item: &Item) -> bool {
    matches!(item, Item::Entry(entry)
        if entry.spoken == Spoken::No && entry.stamp.as_ref().is_some_and(|stamp| stamp.clock.is_some()))
}
