//! The front matter of a page: `key: value` between two rules, which describes the document or the incident.

use super::Walk;
use crate::clock::{Clock, Habits};
use crate::date::{Day, dates_in};
use crate::entry::{Entry, Item};
use crate::lines::Source;
use crate::report::Says;
use crate::stamp::{Stamp, stamp_at};

/// What the front matter of a post has and that of a record of incidents has not; a post is written days later.
const OF_POSTS: &[&str] = &[
    "author",
    "authors",
    "tags",
    "category",
    "categories",
    "layout",
    "slug",
    "published",
    "publishdate",
    "lastmod",
    "updated",
    "draft",
    "image",
    "cover",
    "keywords",
    "excerpt",
    "hidesidebar",
];

/// What the key of a field has that tells when the incident was.
const OF_INCIDENTS: &[&str] = &[
    "detected",
    "started",
    "start",
    "began",
    "occurred",
    "happened",
    "resolved",
    "mitigated",
    "recovered",
    "restored",
    "ended",
    "incident",
    "outage",
    "impact",
];

impl Walk<'_> {
    /// A line of the front matter.
    pub(super) fn front_line(&mut self, at: usize, body: &str) {
        let dates = dates_in(body);
        self.layout.mentions.extend(dates.iter().copied());
        let key = body.split([':', '=']).next().unwrap_or_default().trim().to_lowercase();
        self.posted_page |= OF_POSTS.contains(&key.as_str());
        if let ("date", [date]) = (key.as_str(), dates.as_slice()) {
            self.layout.page = Some((self.sources[at].number, *date));
        }
        if is_of_incident(&key) {
            self.front_fields.extend(field_at(body, self.habits).map(|stamp| (at, stamp)));
        }
        self.loose.push(at);
    }

    /// Takes day and zone from a field that gives a moment of the list in full: `detected_at: 2026-09-09T18:40-03:00`.
    ///
    /// A field whose clock is not in the list may be in another zone, and says nothing.
    pub(super) fn adopt_front(&mut self) {
        let fields = std::mem::take(&mut self.front_fields);
        let items = &self.layout.items;
        let entries = || items.iter().filter_map(Item::entry);
        let place = items.iter().position(|item| matches!(item, Item::Entry(_)));
        let (Some(place), false) = (place, fields.is_empty()) else { return };
        let dated = |entry: &Entry| entry.stamp.as_ref().is_some_and(|stamp| stamp.date.is_some());
        let days = items.iter().any(|item| matches!(item, Item::Date { .. } | Item::Usual { .. }));
        let zoned = entries().any(|entry| entry.stamp.as_ref().is_some_and(|stamp| stamp.zone.is_some()))
            || items.iter().any(|item| matches!(item, Item::Zone { .. }));
        // Over midnight the day of a field need not be that of the first line.
        let clocks: Vec<(u32, u32)> = entries().filter_map(|entry| minute(entry.stamp.as_ref()?)).collect();
        let in_order = clocks.is_sorted();
        let found = fields.iter().find(|(_, stamp)| minute(stamp).is_some_and(|minute| clocks.contains(&minute)));
        let Some((at, stamp)) = found else { return };
        let line = self.sources[*at].number;
        let date = stamp.date.filter(|_| in_order && !days && !entries().any(dated));
        let zone = stamp.zone.clone().filter(|_| !zoned);
        let says = match (date.is_some(), zone.is_some()) {
            (true, true) => Says::DateAndZone,
            (true, false) => Says::Date,
            (false, true) => Says::Zone,
            (false, false) => return,
        };
        let added =
            date.map(|date| Item::Date { line, date }).into_iter().chain(zone.map(|zone| Item::Zone { line, zone }));
        self.layout.items.splice(place..place, added);
        self.layout.not_understood.retain(|lost| lost.line != line);
        self.layout.heading(&self.sources[*at], says);
    }
}

fn minute(stamp: &Stamp) -> Option<(u32, u32)> {
    stamp.clock.filter(|clock| clock.half.is_none()).map(|Clock { hour, minute, .. }| (hour, minute))
}

/// Whether a key speaks of the incident: `detected_at`, `incidentStart`.
fn is_of_incident(key: &str) -> bool {
    OF_INCIDENTS.iter().any(|word| key.contains(word))
}

/// Reads the value of a field that is a day with its clock and nothing else.
fn field_at(body: &str, habits: Habits) -> Option<Stamp> {
    let value = body.split_once([':', '='])?.1.trim().trim_matches(['"', '\'']);
    let (stamp, len) = stamp_at(value, habits)?;
    let full = stamp.clock.is_some() && stamp.date.is_some_and(|date| matches!(date.day, Day::Full(_)));
    (full && len == value.len()).then_some(stamp)
}

/// The number of lines that the front matter of a page takes at the top of a text.
pub(super) fn front_matter(sources: &[Source]) -> usize {
    let Some(rule) = sources.first().map(|line| line.text.trim_end()).filter(|rule| matches!(*rule, "---" | "+++"))
    else {
        return 0;
    };
    let is_rule = |line: &Source| line.text.trim_end() == rule;
    let end = sources.iter().take(60).skip(1).position(is_rule).map_or(0, |end| end + 1);
    let keyed = |line: &Source| {
        line.is_blank() || line.text.starts_with([' ', '-', '\t', '+', ']']) || line.text.contains([':', '='])
    };
    if sources[..end].iter().all(keyed) { end } else { 0 }
}
