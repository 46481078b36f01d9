//! The time of a post above its text, which is none of the events that the text tells.

use super::Walk;
use crate::date::{Day, WrittenDate, nearest};
use crate::entry::{Entry, Item, Spoken};
use crate::stamp::{Stamp, stamp_at};

impl Walk<'_> {
    /// Takes out the time of a post on a line of its own above the text, where the text goes on with an earlier day
    /// and with clocks in order.
    pub(super) fn set_byline_aside(&mut self) {
        const TOP: usize = 12;
        let items = &self.layout.items;
        let Some(first) = items.iter().position(|item| matches!(item, Item::Entry(_))) else { return };
        let Some(entry) = items[first].entry().filter(|entry| entry.actor.is_none()) else { return };
        let place = self.place_of(entry.line);
        let line = self.sources[place].text.trim();
        let alone = stamp_at(line, self.habits).is_some_and(|(stamp, len)| stamp.clock.is_some() && len == line.len());
        let posted = date_of(entry).and_then(|date| date.sole()).filter(|_| alone && place < TOP);
        let rest = &items[first + 1..];
        let next = rest.iter().position(|item| matches!(item, Item::Entry(_))).unwrap_or(rest.len());
        let told = rest.iter().take(next + 1).find_map(|item| match item {
            Item::Date { date, .. } => Some(*date),
            Item::Entry(entry) => date_of(entry),
            Item::Usual { .. } | Item::Zone { .. } | Item::Section(_) => None,
        });
        let (Some(posted), Some(told)) = (posted, told) else { return };
        let told = match told.day {
            Day::Yearless { month, day } => nearest(month, day, posted),
            _ => told.sole(),
        };
        let earlier = told.is_some_and(|told| told < posted && (posted - told).num_days() < 90);
        let others = || rest.iter().skip(next + 1).filter_map(Item::entry);
        let listed = others().filter(|entry| entry.spoken == Spoken::No).filter_map(|entry| {
            let clock = entry.stamp.as_ref().and_then(|stamp| stamp.clock)?;
            clock.time().map(|(time, _)| time)
        });
        let listed: Vec<_> = listed.collect();
        if earlier && listed.len() > 1 && listed.is_sorted() && !others().any(|entry| date_of(entry).is_some()) {
            let aside: Vec<bool> = (0..items.len()).map(|at| at == first).collect();
            self.set_aside(&aside);
            self.before.retain(|(at, ..)| *at != place);
        }
    }
}

fn date_of(entry: &Entry) -> Option<WrittenDate> {
    entry.stamp.as_ref().and_then(|Stamp { date, .. }| *date).filter(WrittenDate::is_calendar)
}
