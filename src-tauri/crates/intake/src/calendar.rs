//! What the dates of a text tell about each other: the year that some lack, and whether the day comes first.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::date::{Day, WrittenDate, nearest, valid};
use crate::report::{Assumptions, LocalDate, Question};

/// Where the days of the following lines are counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Base {
    Unknown,
    Date(LocalDate),
    Open(Question),
}

/// Whether the day comes first, where the two numbers allow one order only.
fn only_order(one: u32, other: u32) -> Option<bool> {
    match (valid(other, one), valid(one, other)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// What the text as a whole tells about its dates.
pub(crate) struct Calendar {
    day_first: Option<bool>,
    /// Months come first here by custom, so that dots need not mean that the day does.
    dots_doubted: bool,
    /// The earliest and the latest full date: what both of them agree on, those between do too.
    known: Option<(NaiveDate, NaiveDate)>,
    /// The only year that a title or a sentence names.
    year: Option<i32>,
}

impl Calendar {
    /// `custom` is the order that is the custom where the zones of the text are used.
    pub(crate) fn new(
        dates: &[WrittenDate],
        years: &BTreeSet<i32>,
        custom: Option<bool>,
        assumptions: &Assumptions,
    ) -> Calendar {
        let known = dates.iter().filter_map(|date| match date.day {
            Day::Full(date) => Some(date),
            _ => None,
        });
        let shown = dates.iter().filter_map(|date| match date.day {
            Day::Either { day_first: Some(_), month_first: None } => Some(true),
            Day::Either { day_first: None, month_first: Some(_) } => Some(false),
            Day::YearlessEither { one, other } => only_order(one, other),
            Day::Full(full) if date.dotted && full.day() > 12 => Some(true),
            _ => None,
        });
        let shown: Vec<bool> = shown.collect();
        let agreed = shown.first().copied().filter(|first| shown.iter().all(|other| other == first));
        let known = known.fold(None, |span: Option<(NaiveDate, NaiveDate)>, date| {
            Some(span.map_or((date, date), |(first, last)| (first.min(date), last.max(date))))
        });
        // A date that stands elsewhere in full, or the answer, is one of the two.
        let certain: Vec<NaiveDate> = dates
            .iter()
            .filter(|date| !(date.dotted && custom == Some(false)))
            .filter_map(|date| match date.day {
                Day::Full(date) => Some(date),
                _ => None,
            })
            .chain(assumptions.date)
            .collect();
        let agreed = agreed.or_else(|| {
            let mut votes = dates.iter().filter_map(|date| match date.day {
                Day::Either { day_first: Some(one), month_first: Some(other) } => {
                    let (one, other) = (certain.contains(&one), certain.contains(&other));
                    (one != other).then_some(one)
                }
                Day::YearlessEither { one, other } => {
                    let is = |month, day| certain.iter().any(|date| (date.month(), date.day()) == (month, day));
                    let (day_first, month_first) = (is(other, one), is(one, other));
                    (day_first != month_first).then_some(day_first)
                }
                _ => None,
            });
            let first = votes.next()?;
            votes.all(|vote| vote == first).then_some(first)
        });
        let sole = years.first().copied().filter(|_| years.len() == 1);
        let told = agreed.or(assumptions.day_first);
        Calendar {
            day_first: told.or(custom),
            dots_doubted: custom == Some(false) && told != Some(true),
            known,
            year: sole,
        }
    }

    /// Settles a calendar date, with what is to be asked beside it.
    pub(crate) fn settle(&self, written: WrittenDate, assumptions: &Assumptions) -> (Base, Option<Question>) {
        let full = |date: NaiveDate| {
            let disagrees = written.weekday.is_some_and(|weekday| weekday != date.weekday());
            (Base::Date(LocalDate::Full(date)), disagrees.then_some(Question::WeekdayDisagrees))
        };
        match written.day {
            Day::Full(date) if written.dotted && date.day() <= 12 && self.dots_doubted => {
                (Base::Open(Question::DayMonthOrder), None)
            }
            Day::Full(date) => full(date),
            Day::Either { day_first, month_first } => match (day_first, month_first, self.day_first) {
                (Some(one), None, _) | (Some(one), Some(_), Some(true)) => full(one),
                (None, Some(other), _) | (Some(_), Some(other), Some(false)) => full(other),
                (Some(one), Some(other), None) => match written.weekday {
                    Some(weekday) if one.weekday() == weekday && other.weekday() != weekday => full(one),
                    Some(weekday) if other.weekday() == weekday && one.weekday() != weekday => full(other),
                    _ => (Base::Open(Question::DayMonthOrder), None),
                },
                (None, None, _) => (Base::Open(Question::MissingDate), None),
            },
            Day::Yearless { month, day } => self
                .with_year(month, day, assumptions)
                .map_or_else(|| (Base::Date(LocalDate::MonthDay { month, day }), None), full),
            Day::YearlessEither { one, other } => match self.day_first.or_else(|| only_order(one, other)) {
                Some(day_first) => {
                    // The order of the other dates does not fit this one.
                    let day_first = only_order(one, other).unwrap_or(day_first);
                    let (month, day) = if day_first { (other, one) } else { (one, other) };
                    self.settle(WrittenDate { day: Day::Yearless { month, day }, ..written }, assumptions)
                }
                None => (Base::Open(Question::DayMonthOrder), None),
            },
            Day::Weekday(_) | Day::Relative(_) | Day::Next | Day::Beside { .. } => (Base::Unknown, None),
        }
    }

    /// The year that every full date of the text agrees on, or that of the assumed date.
    fn with_year(&self, month: u32, day: u32, assumptions: &Assumptions) -> Option<NaiveDate> {
        let near =
            |anchor: NaiveDate| nearest(month, day, anchor).filter(|date| (*date - anchor).num_days().abs() <= 150);
        let known = self.known.and_then(|(first, last)| near(first).filter(|date| near(last) == Some(*date)));
        known.or_else(|| nearest(month, day, assumptions.date?)).or_else(|| {
            let agrees =
                self.known.is_none_or(|(first, last)| Some(first.year()) == self.year && first.year() == last.year());
            NaiveDate::from_ymd_opt(self.year.filter(|_| agrees)?, month, day)
        })
    }
}
