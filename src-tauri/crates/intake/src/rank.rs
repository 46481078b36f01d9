//! Where an entry lies in time, as far as its own fields tell: enough to choose what is kept.

use chrono::{NaiveDate, NaiveTime, TimeZone, Timelike};

use crate::clock::Habits;
use crate::date::Day;
use crate::moment::{Moment, quick};
use crate::report::Assumptions;
use crate::stamp::{Stamp, stamp_at};

/// The moment that some words tell, the common forms without a detour.
pub(crate) fn of_words(words: &str) -> Option<Moment> {
    quick(words).or_else(|| of_stamp(&stamp_at(words.trim(), Habits::default())?.0))
}

/// The moment that a stamp tells when it has a full date.
pub(crate) fn of_stamp(stamp: &Stamp) -> Option<Moment> {
    let seconds = |date: NaiveDate, time: NaiveTime| {
        i64::from(date.to_epoch_days()) * 86_400 + i64::from(time.num_seconds_from_midnight())
    };
    let (time, at_end) = match stamp.clock {
        Some(clock) => clock.time()?,
        None => (NaiveTime::MIN, false),
    };
    let over = if at_end { 86_400 } else { 0 };
    let shift = |date: NaiveDate| stamp.zone.as_ref().and_then(|zone| zone.offset_near(date.and_time(time)));
    match stamp.date?.day {
        Day::Full(date) => Some(match shift(date) {
            Some(offset) => Moment::At(seconds(date, time) + over - offset),
            None => Moment::Local(seconds(date, time) + over),
        }),
        Day::Either { day_first, month_first } => {
            let at = |date: NaiveDate| seconds(date, time) + over - shift(date).unwrap_or(0);
            Some(Moment::Swapped { day_first: day_first.map(at), month_first: month_first.map(at) })
        }
        _ => None,
    }
}

/// Places a wall clock in the zone that the person gave.
pub(crate) fn anchored(moment: Moment, assumptions: &Assumptions) -> Moment {
    let Some(tz) = assumptions.zone else { return moment };
    let instant = |local: i64| {
        let wall = chrono::DateTime::from_timestamp(local, 0).map(|at| at.naive_utc());
        wall.and_then(|wall| tz.from_local_datetime(&wall).earliest()).map_or(local, |at| at.timestamp())
    };
    match moment {
        Moment::At(at) => Moment::At(at),
        Moment::Local(local) => Moment::At(instant(local)),
        Moment::Swapped { day_first, month_first } => {
            Moment::Swapped { day_first: day_first.map(instant), month_first: month_first.map(instant) }
        }
    }
}
