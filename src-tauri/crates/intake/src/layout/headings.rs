//! Lines that say something about the lines below them: a date, a zone, the subject of a section.

use super::Walk;
use crate::date::dates_in;
use crate::entry::{Entry, Item};
use crate::lines::{Dressed, Marker, Source, is_bold, undress};
use crate::mentions;
use crate::report::Says;
use crate::stamp::Stamp;
use crate::topic::Topic;
use crate::zone::declared_in;

impl Walk<'_> {
    /// A line that begins with a date and has no clock.
    pub(super) fn dated(&mut self, at: usize, dressed: &Dressed<'_>, stamp: Stamp, rest: &str) {
        let source = &self.sources[at];
        let zone = declared_in(rest, true);
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
            Some(date) if date.is_calendar() && (separated || dressed.marker == Marker::Bullet) => {
                self.push(Entry::new(source.number, Some(stamp), rest), dressed);
            }
            _ => self.untimed(at, dressed),
        }
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
            let zones = mentions::zones_behind_clocks(dressed.body);
            self.layout.spoken_zones.extend(zones.into_iter().map(|zone| (source.number, zone)));
        }
        let titled =
            title || dressed.whole.starts_with("--- ") || (dressed.body.ends_with(':') && dressed.body.len() < 80);
        let zone = declared_in(dressed.body, titled || (self.open.is_none() && dressed.body.len() < 80));
        let single = dates.first().copied().filter(|_| dates.len() == 1);
        let usual = dressed.body.contains("therwise") || dressed.body.to_lowercase().contains("all events");
        let date = single.filter(|_| titled || zone.is_some() || (usual && !self.has_entries()));
        if date.is_none() && zone.is_none() {
            let told = mentions::date_of_incident(dressed.body).map(|date| (date, true));
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

    /// A sentence that tells when and adds "(all times in UTC)" does both.
    pub(super) fn declares_everywhere(&mut self, line: usize, rest: &str) {
        if let Some(at) = rest.find("ll times")
            && let Some(zone) = declared_in(&rest[rest.floor_char_boundary(at.saturating_sub(4))..], false)
        {
            self.layout.items.push(Item::Zone { line, zone });
        }
    }
}

/// The number of lines that the front matter of a page takes at the top of a text.
pub(super) fn front_matter(sources: &[Source]) -> usize {
    let is_rule = |line: &Source| line.text.trim_end() == "---";
    if !sources.first().is_some_and(is_rule) {
        return 0;
    }
    let end = sources.iter().take(60).skip(1).position(is_rule).map_or(0, |end| end + 1);
    let keyed = |line: &Source| line.is_blank() || line.text.starts_with([' ', '-', '\t']) || line.text.contains(':');
    if sources[..end].iter().all(keyed) { end } else { 0 }
}
