//! Lines that say something about the lines below them: a date, a zone, the subject of a section.

use super::Walk;
use crate::clock::Habits;
use crate::date::{date_at, dates_in};
use crate::entry::{Entry, Item};
use crate::lines::{Dressed, Marker, is_bold, undress};
use crate::mentions;
use crate::report::Says;
use crate::stamp::Stamp;
use crate::topic::Topic;
use crate::zone::{coast_alone, declared_in};

impl Walk<'_> {
    /// A line that begins with a date and has no clock.
    pub(super) fn dated(&mut self, at: usize, dressed: &Dressed<'_>, stamp: Stamp, rest: &str) {
        let source = &self.sources[at];
        let zone = declared_in(rest, true).or_else(|| coast_alone(rest));
        let item =
            dressed.marker == Marker::Bullet && if rest.is_empty() { self.told_below(at) } else { zone.is_none() };
        let titled = dressed.marker == Marker::Heading || is_bold(dressed.body) || rest.is_empty() || zone.is_some();
        let titled = titled && !item;
        let begins = dressed.body.len() - rest.len();
        let separated =
            dressed.body.get(..begins).is_some_and(|start| start.trim_end().ends_with([':', '-', '–', '—', '|', ']']));
        match stamp.date {
            Some(date) if titled => {
                self.close();
                let says = if zone.is_some() { Says::DateAndZone } else { Says::Date };
                self.layout.heading(source, says);
                self.layout.items.push(Item::Date { line: source.number, date });
                self.layout.items.extend(zone.map(|zone| Item::Zone { line: source.number, zone }));
            }
            Some(date)
                if date.is_calendar()
                    && (separated || dressed.marker == Marker::Bullet || self.follows_dated(at, dressed))
                    && !self.is_wrapped(at, dressed, &stamp, rest) =>
            {
                let (stamp, rest) = over_days(dressed.body, stamp, rest);
                self.push(Entry::new(source.number, Some(stamp), rest), dressed);
            }
            _ => self.untimed(at, dressed),
        }
    }

    /// Whether the line above is an event that begins with its own date, as this one does.
    fn follows_dated(&self, at: usize, dressed: &Dressed<'_>) -> bool {
        let item = self.open.and_then(|open| self.layout.items.get(open.item));
        matches!(item, Some(Item::Entry(entry)) if !entry.message
            && entry.continued.last().unwrap_or(&entry.line) + 1 == self.sources[at].number
            && dressed.marker == Marker::None
            && entry.stamp.as_ref().is_some_and(|stamp| stamp.date.is_some_and(|date| date.is_calendar())))
    }

    /// Whether the text of a list item stands on the lines below it.
    fn told_below(&self, at: usize) -> bool {
        let indent = undress(&self.sources[at].text).indent;
        self.sources.get(at + 1).is_some_and(|next| {
            let below = undress(&next.text);
            !next.is_blank() && below.marker == Marker::None && below.indent > indent && self.stamp(&below).is_none()
        })
    }

    /// Begins a section, of which a deeper one is a part.
    pub(super) fn enter(&mut self, dressed: &Dressed<'_>) {
        let level = dressed.whole.bytes().take_while(|b| matches!(b, b'#' | b'=')).count();
        let level = if level == 0 { 7 } else { level };
        let topic = Topic::of(dressed.body);
        let (above, from) = self.topic;
        if level <= from || (topic != Topic::Other && above != Topic::Timeline) {
            self.topic = (topic, level);
        }
        self.layout.items.push(Item::Section(self.topic.0));
    }

    /// Takes a date or a zone from a line that has no event.
    pub(super) fn declares(&mut self, at: usize, dressed: &Dressed<'_>, title: bool) -> bool {
        let source = &self.sources[at];
        let dates = dates_in(dressed.body);
        self.layout.mentions.extend(dates.iter().copied());
        self.layout.years.extend(mentions::years_in(dressed.body, title || at < 3));
        if !self.has_entries() {
            let zones = mentions::zones_beside_clocks(dressed.body);
            self.layout.spoken_zones.extend(zones.into_iter().map(|zone| (source.number, zone)));
        }
        let titled =
            title || dressed.whole.starts_with("--- ") || (dressed.body.ends_with(':') && dressed.body.len() < 80);
        let zone = declared_in(dressed.body, titled || (self.open.is_none() && dressed.body.len() < 80));
        let single = dates.first().copied().filter(|first| dates.iter().all(|other| other.day == first.day));
        let usual = dressed.body.contains("therwise") || dressed.body.to_lowercase().contains("all events");
        let date = single.filter(|_| titled || zone.is_some() || (usual && !self.has_entries()));
        if date.is_none() && zone.is_none() {
            let told = mentions::date_of_incident(dressed.body).map(|date| (date, true));
            // A report inside an update: its list belongs to the day that its first sentence names.
            if let Some((date, _)) = told.filter(|_| self.has_entries() && self.list_follows(at)) {
                self.layout.items.push(Item::Date { line: source.number, date });
            }
            let labelled = || (single, mentions::is_label(dressed.body));
            let (date, label) = told.map_or_else(labelled, |(date, label)| (Some(date), label));
            if let Some(date) = date.filter(|_| !mentions::is_other_row(dressed.whole)) {
                let list = if self.has_entries() { &mut self.behind } else { &mut self.before };
                list.push((at, date, label));
            }
            return false;
        }
        self.close();
        if title {
            self.enter(dressed);
        }
        let says = match (date.is_some(), zone.is_some()) {
            (true, true) => Says::DateAndZone,
            (true, false) => Says::Date,
            (false, _) => Says::Zone,
        };
        self.layout.heading(source, says);
        self.layout.items.extend(date.map(|date| match usual {
            true => Item::Usual { line: source.number, date },
            false => Item::Date { line: source.number, date },
        }));
        self.layout.items.extend(zone.map(|zone| Item::Zone { line: source.number, zone }));
        true
    }

    /// Whether a line such as "Breakdown of events:" and a clock without a date stand a few lines below.
    fn list_follows(&self, at: usize) -> bool {
        let mut begun = false;
        for line in self.sources[at + 1..].iter().filter(|line| !line.is_blank()).take(6) {
            let dressed = undress(&line.text);
            match self.stamp(&dressed) {
                Some((stamp, _)) => return begun && stamp.clock.is_some() && stamp.date.is_none(),
                None => begun |= dressed.body.ends_with(':') || dressed.marker == Marker::Heading,
            }
        }
        false
    }

    /// A sentence that tells when and adds "(all times in UTC)" does both.
    pub(super) fn declares_everywhere(&mut self, line: usize, rest: &str) {
        if let Some(at) = memchr::memmem::find(rest.as_bytes(), b"ll times")
            && let Some(zone) = declared_in(&rest[rest.floor_char_boundary(at.saturating_sub(4))..], false)
        {
            self.layout.items.push(Item::Zone { line, zone });
        }
    }
}

/// Reads the "to 1/30/2019" that makes a range of the day that begins `body`.
fn over_days<'b>(body: &str, stamp: Stamp, rest: &'b str) -> (Stamp, &'b str) {
    let behind = ["to ", "until ", "till "].iter().find_map(|word| rest.strip_prefix(word));
    let last = behind.and_then(|behind| Some((behind, date_at(behind, Habits::default())?)));
    match last {
        Some((behind, (date, len))) if date.is_calendar() && behind[len..].starts_with([' ', ',', ':']) => {
            let text = behind[len..].trim_start_matches([' ', ',', ':', '-', '–', '—']);
            let range = body[..body.len() - behind.len() + len].to_owned();
            (Stamp { range: Some(range), ..stamp }, text)
        }
        _ => (stamp, rest),
    }
}
