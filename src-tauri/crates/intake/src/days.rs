//! Which day each clock belongs to: dates above and on the lines, years, midnights, and lists that run backwards.

mod noted;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::calendar::{Base, Calendar};
use crate::date::{Day, WrittenDate};
use crate::report::{Assumptions, GoingBack, LocalDate, Order, Question};
use crate::zone::WrittenZone;
use noted::Noted;

/// A line as far as its day is concerned.
pub(crate) struct Step {
    /// Dates above the line since the line before, with their line.
    pub(crate) above: Vec<(usize, WrittenDate)>,
    /// A heading stands between this line and the one before.
    pub(crate) section: bool,
    /// Here or below a clock stands that stood above already, so that the story is told a second time.
    pub(crate) retold: bool,
    pub(crate) own: Option<WrittenDate>,
    /// The clock, and whether it is the midnight at the end of the day; absent while its half of the day is asked for.
    pub(crate) time: Option<(NaiveTime, bool)>,
    pub(crate) zone: Option<WrittenZone>,
}

/// The day of a line, and how it was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Dated {
    pub(crate) date: Option<LocalDate>,
    pub(crate) doubts: Vec<Question>,
    pub(crate) how: String,
}

const DAY: i64 = 86_400;
/// Lines may be out of order by less than this before it counts as midnight.
const SLACK: i64 = 3 * 3600;

/// Up to here a step back is asked about.
const FORGOTTEN: i64 = 6 * 3600;

/// Marks the lines above which a clock stands that returns on them or below them.
///
/// Full and half hours return by chance; lines with a date of their own end what is told on one day.
pub(crate) fn mark_retold(steps: &mut [Step]) {
    let mut first: BTreeMap<NaiveTime, usize> = BTreeMap::new();
    let mut marked = 0;
    for at in 0..steps.len() {
        if steps[at].own.is_some() || !steps[at].above.is_empty() {
            first.clear();
        }
        let Some((time, _)) = steps[at].time.filter(|(time, _)| time.minute() % 30 != 0) else { continue };
        let before = *first.entry(time).or_insert(at);
        for step in &mut steps[(before + 1).max(marked)..=at] {
            step.retold |= before < at;
        }
        if before < at {
            marked = at + 1;
        }
    }
}

/// Finds the order of the lines in time by majority.
pub(crate) fn order_of(steps: &[Step]) -> Order {
    let (mut forward, mut backward) = (0, 0);
    let mut before: Option<(Option<WrittenDate>, i64, Option<i64>)> = None;
    for step in steps {
        let Some((time, _)) = step.time else { continue };
        let date = step.own.or(step.above.last().map(|(_, date)| *date));
        let here = offset(step.zone.as_ref(), None, time);
        let wall = i64::from(time.num_seconds_from_midnight());
        if let Some((last, previous, there)) = before {
            let seconds = wall - here.zip(there).map_or(0, |(here, there)| here - there);
            let direction = match (last.map(|d| d.day), date.map(|d| d.day)) {
                (Some(Day::Full(one)), Some(Day::Full(other))) if one != other => (other - one).num_days(),
                (Some(Day::Yearless { month: a, day: b }), Some(Day::Yearless { month, day }))
                    if (a, b) != (month, day) =>
                {
                    i64::from(month * 31 + day) - i64::from(a * 31 + b)
                }
                (Some(one), Some(other)) if one == other && step.own.is_some() => seconds - previous,
                // Without a date 23:50 → 00:10 goes forward, so the shorter way around the clock counts.
                _ => (seconds - previous + DAY / 2).rem_euclid(DAY) - DAY / 2,
            };
            forward += usize::from(direction > 0);
            backward += usize::from(direction < 0);
        }
        before = Some((date.or(before.and_then(|(last, ..)| last)), wall, here));
    }
    if backward > forward { Order::NewestFirst } else { Order::OldestFirst }
}

fn offset(zone: Option<&WrittenZone>, date: Option<NaiveDate>, time: NaiveTime) -> Option<i64> {
    let date = date.or_else(|| NaiveDate::from_ymd_opt(2024, 1, 1)).unwrap_or_default();
    zone?.offset_near(date.and_time(time))
}

/// Gives every line its day.
pub(crate) fn assign(
    steps: &[Step],
    order: Order,
    mentions: &[WrittenDate],
    years: &BTreeSet<i32>,
    page: Option<(usize, WrittenDate)>,
    custom: Option<bool>,
    assumptions: &Assumptions,
) -> Vec<Dated> {
    let written = steps.iter().flat_map(|step| step.above.iter().map(|(_, date)| *date).chain(step.own));
    let known: Vec<WrittenDate> = written.chain(mentions.iter().copied()).collect();
    let calendar = Calendar::new(&known, years, custom, assumptions);
    let mut walk = Walk {
        calendar,
        assumptions,
        order,
        base: Base::Unknown,
        day: 0,
        last: None,
        shaky: false,
        origin: None,
        heading: None,
        weekday: None,
        from: String::new(),
        reason: None,
        rolled: false,
        noted: None,
    };
    let found: Vec<(Base, i64, Dated)> = (0..steps.len()).map(|at| walk.step(&steps[at..])).collect();
    // The assumed date is that of the earliest event, which in a list that runs backwards is the last.
    let first = found.iter().filter(|(base, ..)| *base == Base::Unknown).map(|(_, day, _)| *day).min().unwrap_or(0);
    let assumed = match (assumptions.date, page) {
        (Some(date), _) => Some((date, "the date you gave".to_owned())),
        (None, Some((line, WrittenDate { day: Day::Full(date), .. }))) => {
            Some((date, format!("the date of the page from line {line}")))
        }
        (None, _) => None,
    };
    found.into_iter().map(|(base, day, dated)| finish(base, day - first, dated, assumed.as_ref())).collect()
}

/// Gives a line without a date the one that is assumed for the first.
fn finish(base: Base, day: i64, mut dated: Dated, assumed: Option<&(NaiveDate, String)>) -> Dated {
    if base == Base::Unknown {
        match assumed.and_then(|(date, from)| Some((shifted(*date, day)?, from))) {
            Some((date, from)) => {
                dated.date = Some(LocalDate::Full(date));
                dated.how = format!("{}{from}{}", dated.how, if day == 0 { "" } else { ", counted on" });
            }
            None => dated.doubts.push(Question::MissingDate),
        }
    }
    dated
}

fn shifted(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    match days {
        0.. => date.checked_add_days(Days::new(days.unsigned_abs())),
        _ => date.checked_sub_days(Days::new(days.unsigned_abs())),
    }
}

fn shifted_local(date: LocalDate, days: i64) -> Option<LocalDate> {
    match date {
        LocalDate::Full(date) => shifted(date, days).map(LocalDate::Full),
        LocalDate::MonthDay { month, day } => {
            // Any year that is no leap year: the last of February is told wrongly only without a year.
            let date = NaiveDate::from_ymd_opt(2023, month, day).filter(|_| days != 0);
            let moved = date.and_then(|date| shifted(date, days));
            Some(
                moved.map_or(LocalDate::MonthDay { month, day }, |d| LocalDate::MonthDay {
                    month: d.month(),
                    day: d.day(),
                }),
            )
        }
    }
}

/// A line that the next one is compared with.
#[derive(Clone, Copy)]
struct Last {
    /// Seconds of the wall clock after the base.
    wall: i64,
    /// The offset of its zone, when that is known.
    offset: Option<i64>,
    time: NaiveTime,
}

struct Walk<'a> {
    calendar: Calendar,
    assumptions: &'a Assumptions,
    order: Order,
    base: Base,
    /// Days after the base.
    day: i64,
    /// The line before.
    last: Option<Last>,
    /// The clock went back and nobody knows what it means.
    shaky: bool,
    /// The day from which "Day 2" and "Yesterday" count.
    origin: Option<Base>,
    /// The day of the last line of its own above the events.
    heading: Option<Base>,
    weekday: Option<Weekday>,
    /// Where the date came from.
    from: String,
    reason: Option<Question>,
    /// The clock has passed midnight since the last date.
    rolled: bool,
    /// The line before has its day in brackets behind the clock.
    noted: Option<Noted>,
}

impl Walk<'_> {
    /// Gives the first of the lines its day.
    fn step(&mut self, rest: &[Step]) -> (Base, i64, Dated) {
        let step = &rest[0];
        for (line, date) in &step.above {
            self.take(noted::for_all(*date));
            self.heading = Some(self.base).filter(|base| matches!(base, Base::Date(_)) && self.day == 0);
            self.from = format!("the date from line {line}");
        }
        if let Some(own) = step.own {
            self.take(own);
            "the date as written".clone_into(&mut self.from);
        } else if self.noted.is_some() {
            self.leave_note(rest);
        }
        let mut how = String::new();
        if let Some((time, at_end)) = step.time {
            self.note_time(time);
            let rolled = self.roll(time, at_end, step);
            if rolled {
                self.rolled = true;
                how = "the clock has passed midnight since ".to_owned();
            }
            let seconds = i64::from(time.num_seconds_from_midnight()) + if at_end { DAY } else { 0 };
            let shift = offset(step.zone.as_ref(), self.full(), time);
            self.last = Some(Last { wall: self.day * DAY + seconds, offset: shift, time });
        }
        let day = self.day + i64::from(step.time.is_some_and(|(_, at_end)| at_end));
        let mut doubts: Vec<Question> = self.reason.filter(|_| step.time.is_some()).into_iter().collect();
        doubts.extend((self.shaky && step.time.is_some()).then_some(Question::ClockGoesBack));
        let mut dated = Dated { date: None, doubts, how };
        match self.base {
            Base::Date(date) => {
                dated.date = shifted_local(date, day);
                dated.doubts.extend(matches!(date, LocalDate::MonthDay { .. }).then_some(Question::MissingYear));
                dated.how.push_str(&self.from);
            }
            Base::Open(question) => dated.doubts.push(question),
            Base::Unknown => {}
        }
        (self.base, day, dated)
    }

    fn full(&self) -> Option<NaiveDate> {
        match self.base {
            Base::Date(LocalDate::Full(date)) => shifted(date, self.day),
            Base::Date(LocalDate::MonthDay { .. }) | Base::Unknown | Base::Open(_) => self.assumptions.date,
        }
    }

    fn take(&mut self, date: WrittenDate) {
        self.last = None;
        self.shaky = false;
        self.reason = None;
        if let Day::Beside { days, night } = date.day {
            return self.take_note(days, night);
        }
        (self.rolled, self.noted) = (false, None);
        match date.day {
            Day::Beside { .. } => {}
            Day::Next => self.day += if self.order == Order::OldestFirst { 1 } else { -1 },
            Day::Relative(days) => {
                let origin = *self.origin.get_or_insert(self.heading.unwrap_or(self.base));
                (self.base, self.day) = (origin, days);
            }
            Day::Weekday(weekday) => self.take_weekday(weekday),
            Day::Full(_) | Day::Either { .. } | Day::Yearless { .. } | Day::YearlessEither { .. } => {
                (self.base, self.reason) = self.calendar.settle(date, self.assumptions);
                self.day = 0;
                self.weekday = None;
            }
        }
    }

    fn take_weekday(&mut self, weekday: Weekday) {
        if self.base == Base::Unknown && self.weekday.is_none() {
            // An assumed date that lies on another weekday contradicts the text; the question is then put again.
            if self.assumptions.date.is_some_and(|date| date.weekday() != weekday) && self.order == Order::OldestFirst {
                self.base = Base::Open(Question::MissingDate);
            }
            self.weekday = Some(weekday);
            return;
        }
        let here = match (self.base, self.full()) {
            (Base::Date(LocalDate::Full(_)), Some(date)) => date.weekday(),
            _ => self.weekday.unwrap_or(weekday),
        };
        let ahead = i64::from(weekday.days_since(here));
        self.day += if self.order == Order::OldestFirst || ahead == 0 { ahead } else { ahead - 7 };
        self.weekday = Some(weekday);
    }

    /// Moves to the day that the clock needs; returns whether it moved.
    fn roll(&mut self, time: NaiveTime, at_end: bool, step: &Step) -> bool {
        let Some(last) = self.last else { return false };
        let last_time = last.time;
        // Without both zones the clocks are compared as they are written.
        let shift = match (last.offset, offset(step.zone.as_ref(), self.full(), time)) {
            (Some(before), Some(now)) => now - before,
            _ => 0,
        };
        let seconds = i64::from(time.num_seconds_from_midnight()) + if at_end { DAY } else { 0 } - shift;
        let last = last.wall;
        let at = |day: i64| day * DAY + seconds;
        let near = self.day - 2..=self.day + 2;
        let fitting = match self.order {
            Order::OldestFirst => near.into_iter().find(|day| at(*day) > last - SLACK),
            Order::NewestFirst => near.into_iter().rev().find(|day| at(*day) < last + SLACK),
        };
        let moved = fitting.unwrap_or(self.day) - self.day;
        if moved == 0 {
            return false;
        }
        // Between zones the day may change either way, but then the two moments lie close together.
        let close = (at(self.day + moved) - last).abs() < 2 * SLACK && (at(self.day) - last).abs() > DAY / 2;
        let zones_differ = shift != 0 && close;
        let (earlier, later) = if self.order == Order::OldestFirst { (last_time, time) } else { (time, last_time) };
        let over_midnight = earlier.hour() >= 18 && later.hour() < 6;
        let expected = if self.order == Order::OldestFirst { 1 } else { -1 };
        let far = shift != 0 && !zones_differ;
        // A small step back is a line out of order rather than a night gone by.
        let small = (at(self.day) - last).abs() <= FORGOTTEN && !over_midnight && !zones_differ;
        let doubtful = (step.section && !over_midnight) || small || far || (moved != expected && !zones_differ);
        // A paragraph that returns to a moment told above goes back on the same day.
        let again = step.retold && step.section && !over_midnight && moved == expected;
        match self.assumptions.clock_goes_back {
            None if again => return false,
            Some(GoingBack::SameDay) if !over_midnight => return false,
            None if doubtful => {
                self.shaky = true;
                return false;
            }
            _ => self.day += if moved == expected || zones_differ { moved } else { 0 },
        }
        true
    }
}
