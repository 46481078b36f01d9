//! What the reader hands back: events, doubts, and the lines that told it nothing.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use meeting::timeline::{EventKind, Precision};
use serde::{Deserialize, Serialize, Serializer};

use crate::milestone::MilestoneGuess;

/// What the person has answered so far; nothing at first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Assumptions {
    /// The zone of the times whose zone the text does not say.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub zone: Option<Tz>,
    /// The day of the earliest event, where the text has no date; also gives the year where only that is missing.
    pub date: Option<NaiveDate>,
    /// Whether `03/04` is the third of April.
    pub day_first: Option<bool>,
    /// How hours from 1 to 12 without "am" or "pm" are meant.
    pub unmarked_hours: Option<UnmarkedHours>,
    /// Which of the two is meant when the clock is set back and a time exists twice.
    pub repeated: Option<Occurrence>,
    /// What it means that the clock goes back from one line to the next.
    pub clock_goes_back: Option<GoingBack>,
}

/// How an hour from 1 to 12 without "am" or "pm" is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum UnmarkedHours {
    /// As written: 2:14 is in the night.
    AsWritten,
    /// After noon: 2:14 is 14:14, and an 11:50 that stands before it is in the morning.
    AfterNoon,
}

/// One of the two passes of an hour that daylight saving repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Occurrence {
    /// Before the clock was set back.
    First,
    /// After it.
    Second,
}

/// What it means that the clock goes back where the text does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum GoingBack {
    /// Midnight has passed.
    NextDay,
    /// The lines are not in order.
    SameDay,
}

/// Everything that was found in a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Reading {
    /// The events in the order of the text.
    pub events: Vec<ReadEvent>,
    /// What only a person can answer; one answer settles all events of a doubt.
    pub doubts: Vec<Doubt>,
    /// Lines that gave a date, a zone or column names, and lines that are only drawn.
    pub headings: Vec<Heading>,
    /// Every other line, so that nothing is dropped silently.
    pub not_understood: Vec<Line>,
    /// The zone that the text states.
    pub zone: Option<ZoneFound>,
    /// The order of the lines in time.
    pub order: Order,
}

/// The order of the lines in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReadingOrder"))]
pub enum Order {
    /// Time goes on from line to line; also said of a single event.
    OldestFirst,
    /// Time goes back from line to line, as in a status page.
    NewestFirst,
}

/// An event as read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReadEvent {
    /// The line where it begins, counted from one.
    pub line: usize,
    /// The other lines that belong to it.
    pub continued: Vec<usize>,
    /// The instant, when the text and the answers leave no doubt.
    pub at: Option<DateTime<Utc>>,
    /// The wall clock as far as it is known.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub local: LocalTime,
    /// How well the time is known; `Unknown` when the line has none.
    pub precision: Precision,
    /// The suggested kind.
    pub kind: EventKind,
    /// The words that suggested the kind; empty when none did.
    pub kind_reason: String,
    /// Who is named as speaking or acting.
    pub actor: Option<String>,
    /// What happened, without time and actor.
    pub text: String,
    /// How the time was read, in a short sentence.
    pub how: String,
    /// The milestone that the words suggest.
    pub milestone: Option<MilestoneGuess>,
}

/// A wall clock time of which the date or its year may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct LocalTime {
    /// The date, complete or without its year.
    pub date: Option<LocalDate>,
    /// The clock.
    pub time: Option<NaiveTime>,
    /// Whether seconds were written.
    pub seconds: bool,
}

/// A date that may lack its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocalDate {
    /// A full date.
    Full(NaiveDate),
    /// Month and day.
    MonthDay {
        /// From 1 to 12.
        month: u32,
        /// From 1 to 31.
        day: u32,
    },
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date {
            Some(LocalDate::Full(date)) => write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())?,
            Some(LocalDate::MonthDay { month, day }) => write!(f, "--{month:02}-{day:02}")?,
            None => {}
        }
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if self.seconds {
            write!(f, ":{:02}", time.second())?;
        }
        Ok(())
    }
}

impl LocalTime {
    /// The wall clock so many seconds later.
    pub(crate) fn later(self, seconds: i64) -> LocalTime {
        let moved = self.date.zip(self.time).and_then(|(date, time)| match date {
            LocalDate::Full(date) => date.and_time(time).checked_add_signed(TimeDelta::seconds(seconds)),
            LocalDate::MonthDay { .. } => None,
        });
        let seconds = self.seconds || seconds % 60 != 0;
        moved.map_or(LocalTime::default(), |moved| LocalTime {
            date: Some(LocalDate::Full(moved.date())),
            time: Some(moved.time()),
            seconds,
        })
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A question about the times of some events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Doubt {
    /// What is asked.
    pub question: Question,
    /// The events that wait for the answer, as places in [`Reading::events`].
    pub events: Vec<usize>,
    /// The question as a person would put it.
    pub sentence: String,
    /// Likely answers, such as zone names; may be empty.
    pub choices: Vec<String>,
}

/// What the text leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReadingQuestion"))]
pub enum Question {
    /// No zone is stated.
    MissingZone,
    /// The abbreviation stands for several zones, or does not fit the season.
    AmbiguousZone,
    /// No date is stated.
    MissingDate,
    /// The date has no year.
    MissingYear,
    /// Day and month may be exchanged.
    DayMonthOrder,
    /// A 12-hour clock without "am" or "pm".
    AmPm,
    /// The clock goes back, and it may or may not be the next day.
    ClockGoesBack,
    /// The weekday does not belong to the date; the date was taken.
    WeekdayDisagrees,
    /// The clock was set forward over this time: it did not exist.
    SkippedByDaylightSaving,
    /// The clock was set back: this time existed twice.
    RepeatedByDaylightSaving,
}

/// A line that says something about the lines below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReadingHeading"))]
pub struct Heading {
    /// Counted from one.
    pub line: usize,
    /// The line as pasted.
    pub text: String,
    /// What was taken from it.
    pub says: Says,
}

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Says {
    /// The date of what follows.
    Date,
    /// The zone of the times.
    Zone,
    /// Both.
    DateAndZone,
    /// The names of columns.
    Columns,
    /// Nothing: a rule, a fence or a frame.
    Rule,
}

/// A line that is part of no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "ReadingLine"))]
pub struct Line {
    /// Counted from one.
    pub line: usize,
    /// The line as pasted.
    pub text: String,
    /// Why it was left out.
    pub reason: String,
}

/// A zone with the words that stated it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ZoneFound {
    /// The IANA name, or the offset from UTC.
    pub name: String,
    /// The words in the text.
    pub words: String,
    /// Where they stand, counted from one.
    pub line: usize,
}
