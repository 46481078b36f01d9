//! Lines whose day stands in brackets behind the clock, and the way back to the day of the other lines.

use chrono::{NaiveTime, Timelike};

use super::{SLACK, Step, Walk};
use crate::calendar::Base;
use crate::date::{Day, WrittenDate};
use crate::report::Order;

/// The last line with such words.
#[derive(Clone, Copy)]
pub(super) struct Noted {
    /// The day of the lines without them.
    plain: (Base, i64),
    days: i64,
    night: bool,
    time: Option<NaiveTime>,
}

impl Walk<'_> {
    /// Moves to the day that the words mean.
    pub(super) fn take_note(&mut self, days: i64, night: bool) {
        let plain = self.noted.map_or((self.base, self.day), |noted| noted.plain);
        // Over midnight already, "next day" may mean the day that has begun or the one behind it.
        self.shaky |= days > 0 && self.noted.is_none() && self.rolled && self.day > 0;
        (self.base, self.day) = (plain.0, plain.1 + days);
        self.noted = Some(Noted { plain, days, night, time: None });
    }

    /// Notes the clock of a line with such words: half past midnight is on either day of a "previous night".
    pub(super) fn note_time(&mut self, time: NaiveTime) {
        let Some(noted) = &mut self.noted else { return };
        noted.time = Some(time);
        self.shaky |= noted.night && time.hour() < 12;
    }

    /// Goes back to the day of the lines without such words, where the line belongs there; `rest` begins with the line.
    pub(super) fn leave_note(&mut self, rest: &[Step]) {
        let Some((time, _)) = rest.first().and_then(|step| step.time) else { return };
        let Some(noted) = self.noted.take() else { return };
        // What comes after "(next day)" goes on from there.
        if (noted.days > 0) == (self.order == Order::OldestFirst) {
            return;
        }
        let goes_on = noted.time.is_some_and(|before| time >= before) && self.order == Order::OldestFirst;
        // The same evening, as the morning shows that follows.
        if goes_on && falls_back(rest) {
            return;
        }
        (self.base, self.day) = noted.plain;
        self.last = None;
        let evening = noted.night && time.hour() >= 18;
        self.shaky = goes_on && (evening || !matches!(noted.plain.0, Base::Date(_)));
    }
}

/// The day of a heading, which holds for all lines below it.
pub(super) fn for_all(date: WrittenDate) -> WrittenDate {
    match date.day {
        Day::Beside { days, .. } => WrittenDate { day: Day::Relative(days), ..date },
        _ => date,
    }
}

/// Whether the clocks fall back below the first of them, before a line has a day of its own.
fn falls_back(steps: &[Step]) -> bool {
    let plain =
        steps.iter().enumerate().take_while(|(at, step)| *at == 0 || (step.own.is_none() && step.above.is_empty()));
    let clocks: Vec<i64> =
        plain.filter_map(|(_, step)| step.time).map(|(time, _)| i64::from(time.num_seconds_from_midnight())).collect();
    clocks.windows(2).any(|pair| pair[1] < pair[0] - SLACK)
}
