//! Which entries of a large file are kept: the earliest of those inside the window, and never more than fit.
//!
//! A date such as `03/04/2026` is two dates until a row further down tells. Until then the entries are chosen twice, once
//! for either order, so that what is dropped early would also be dropped by someone who had read to the end.

use std::collections::BinaryHeap;

use chrono::{DateTime, Utc};

use super::{LARGEST_TIMELINE, Window};
use crate::moment::Moment;

/// The most text that is kept, in bytes.
const MOST_TEXT: usize = 16 * 1024 * 1024;
/// How far clocks without a zone may be from UTC, in seconds: the western half of the world is behind, the other ahead.
const BEHIND: i64 = 12 * 3600;
const AHEAD: i64 = 14 * 3600;

/// The entries that are kept so far.
pub(super) struct Keep<T> {
    shelf: Shelf<T>,
    /// The same for dates whose month comes first, while nothing tells.
    other: Option<Shelf<T>>,
    day_first: Option<bool>,
    /// Whether the file itself has told the order of day and month.
    pub(super) told: Option<bool>,
    swapped: bool,
}

/// What was left out, with the times of all that was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) found: usize,
    pub(super) outside: usize,
    pub(super) beyond: usize,
    pub(super) first: Option<i64>,
    pub(super) last: Option<i64>,
}

#[derive(Clone)]
struct Shelf<T> {
    window: Window,
    limit: usize,
    heap: BinaryHeap<Kept<T>>,
    bytes: usize,
    /// The rank of the entry before, which one without a time shares.
    before: i64,
    counts: Counts,
}

#[derive(Clone)]
struct Kept<T> {
    rank: i64,
    place: usize,
    bytes: usize,
    entry: T,
}

impl<T> Ord for Kept<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.rank, self.place).cmp(&(other.rank, other.place))
    }
}

impl<T> PartialOrd for Kept<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Kept<T> {}

impl<T: Clone> Keep<T> {
    pub(super) fn new(window: Window, limit: Option<usize>, day_first: Option<bool>) -> Self {
        let limit = limit.unwrap_or(LARGEST_TIMELINE);
        let shelf =
            Shelf { window, limit, heap: BinaryHeap::new(), bytes: 0, before: i64::MIN, counts: Counts::default() };
        Keep { shelf, other: None, day_first, told: None, swapped: false }
    }

    /// Offers an entry; `make` is called only when it is kept.
    ///
    /// A wall clock must be given as an instant when its zone is known.
    pub(super) fn offer(&mut self, place: usize, moment: Option<Moment>, bytes: usize, make: impl Fn() -> T) {
        let (day_first, month_first) = match moment {
            Some(Moment::Swapped { day_first, month_first }) => {
                self.weigh(day_first, month_first);
                (day_first.or(month_first), month_first.or(day_first))
            }
            Some(Moment::At(at) | Moment::Local(at)) => (Some(at), Some(at)),
            None => (None, None),
        };
        let floating = matches!(moment, Some(Moment::Local(_) | Moment::Swapped { .. }));
        let here = if self.day_first == Some(false) { month_first } else { day_first };
        self.shelf.offer(place, here, floating, bytes, &make);
        if let Some(other) = &mut self.other {
            other.offer(place, month_first, floating, bytes, &make);
        }
    }

    /// Learns from a date what comes first.
    fn weigh(&mut self, day_first: Option<i64>, month_first: Option<i64>) {
        if self.day_first.is_none() && !self.swapped {
            self.other = Some(self.shelf.clone());
        }
        self.swapped = true;
        let tells = match (day_first, month_first) {
            (Some(_), None) => true,
            (None, Some(_)) => false,
            _ => return,
        };
        self.told.get_or_insert(tells);
        if self.day_first.is_none() {
            self.day_first = Some(tells);
            if let Some(other) = self.other.take().filter(|_| !tells) {
                self.shelf = other;
            }
        }
    }

    /// The entries in the order of the file, with their places, and what was left out.
    pub(super) fn finish(self) -> (Vec<(usize, T)>, Counts) {
        let mut counts = self.shelf.counts;
        counts.beyond = counts.found - counts.outside - self.shelf.heap.len();
        let mut kept = self.shelf.heap.into_vec();
        kept.sort_by_key(|kept| kept.place);
        (kept.into_iter().map(|kept| (kept.place, kept.entry)).collect(), counts)
    }

    /// Takes the date of a row that dates those below it.
    pub(super) fn begin_day(&mut self, moment: Option<Moment>) {
        let (day_first, month_first) = match moment {
            Some(Moment::Swapped { day_first, month_first }) => {
                self.weigh(day_first, month_first);
                (day_first.or(month_first), month_first.or(day_first))
            }
            Some(Moment::At(at) | Moment::Local(at)) => (Some(at), Some(at)),
            None => return,
        };
        let here = if self.day_first == Some(false) { month_first } else { day_first };
        self.shelf.before = here.unwrap_or(self.shelf.before);
        if let Some(other) = &mut self.other {
            other.before = month_first.unwrap_or(other.before);
        }
    }

    pub(super) fn found(&self) -> usize {
        self.shelf.counts.found
    }
}

impl<T> Shelf<T> {
    fn offer(&mut self, place: usize, at: Option<i64>, floating: bool, bytes: usize, make: &impl Fn() -> T) {
        self.counts.found += 1;
        if let Some(at) = at {
            self.counts.first = Some(self.counts.first.map_or(at, |first| first.min(at)));
            self.counts.last = Some(self.counts.last.map_or(at, |last| last.max(at)));
            self.before = at;
        }
        let rank = self.before;
        if rank != i64::MIN && !self.window.holds(rank, floating) {
            self.counts.outside += 1;
            return;
        }
        let full = self.heap.len() >= self.limit || self.bytes + bytes > MOST_TEXT;
        let latest = self.heap.peek().map(|kept| (kept.rank, kept.place));
        if full && latest.is_none_or(|latest| latest <= (rank, place)) {
            return;
        }
        self.heap.push(Kept { rank, place, bytes, entry: make() });
        self.bytes += bytes;
        while self.heap.len() > self.limit || (self.bytes > MOST_TEXT && self.heap.len() > 1) {
            let Some(dropped) = self.heap.pop() else { break };
            self.bytes -= dropped.bytes;
        }
    }
}

impl Window {
    /// Whether a moment lies inside, or may when its zone is not known.
    fn holds(&self, at: i64, floating: bool) -> bool {
        let (behind, ahead) = if floating { (BEHIND, AHEAD) } else { (0, 0) };
        let after = self.from.is_none_or(|from: DateTime<Utc>| at + behind >= from.timestamp());
        let before = self.to.is_none_or(|to: DateTime<Utc>| at - ahead <= to.timestamp());
        after && before
    }
}
