//! A second source beside the first: one order in time, and what may be the same event told twice.
//!
//! Nothing is dropped here. A likeness is a proposal with its reason; the person decides.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::report::Reading;

/// An event that the timeline already holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Existing<'a> {
    /// When it happened; absent when not known.
    pub at: Option<DateTime<Utc>>,
    /// What happened.
    pub text: &'a str,
}

/// Where an event of the merged timeline comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "from", content = "at", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "MergedPlace"))]
pub enum Place {
    /// A place in the events that were there.
    Existing(usize),
    /// A place in [`Reading::events`].
    New(usize),
}

/// Two events that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Likeness {
    /// The place of the event that was there.
    pub existing: usize,
    /// The place of the new one in [`Reading::events`].
    pub new: usize,
    /// Surely the same: the same instant and the same words.
    pub sure: bool,
    /// Why, in a sentence.
    pub reason: String,
}

/// Two timelines as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Merged {
    /// Every event of both, in the order of time; one without a time stays behind the one before it.
    pub order: Vec<Place>,
    /// At most one for each new event.
    pub likenesses: Vec<Likeness>,
}

/// Events further apart are not compared by their words.
const NEAR: TimeDelta = TimeDelta::minutes(10);
/// Events so close need to share fewer words.
const CLOSE: TimeDelta = TimeDelta::minutes(2);
/// How many neighbours in time an event is compared with.
const NEIGHBOURS: usize = 200;

/// Lays the events of a reading beside those that are there.
#[must_use]
pub fn merge(existing: &[Existing<'_>], reading: &Reading) -> Merged {
    let olds: Vec<Told> = existing.iter().map(|event| Told::new(event.at, event.text)).collect();
    let news: Vec<Told> = reading.events.iter().map(|event| Told::new(event.at, &event.text)).collect();
    Merged { order: in_order(&olds, &news), likenesses: likenesses(&olds, &news) }
}

/// An event with its words, prepared for comparing.
struct Told {
    at: Option<DateTime<Utc>>,
    words: String,
    parts: HashSet<u64>,
}

impl Told {
    fn new(at: Option<DateTime<Utc>>, text: &str) -> Told {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let parts = words.iter().filter(|word| word.len() > 2 || word.bytes().any(|b| b.is_ascii_digit()));
        Told { at, parts: parts.map(|word| hash(word)).collect(), words: words.join(" ") }
    }

    /// The share of words in common, of the shorter text.
    fn overlap(&self, other: &Told) -> f64 {
        let (small, large) = if self.parts.len() <= other.parts.len() { (self, other) } else { (other, self) };
        if small.parts.len() < 2 {
            return 0.0;
        }
        let common = small.parts.iter().filter(|part| large.parts.contains(part)).count();
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        // A short text inside a long one says less than two texts of one length.
        let balance = count(small.parts.len()) / count(large.parts.len());
        count(common) / count(small.parts.len()) * (0.5 + balance / 2.0)
    }
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn in_order(olds: &[Told], news: &[Told]) -> Vec<Place> {
    let keyed = |events: &[Told], place: fn(usize) -> Place| -> Vec<(DateTime<Utc>, Place)> {
        let first = events.iter().find_map(|event| event.at);
        let mut before = first.unwrap_or(DateTime::<Utc>::MAX_UTC);
        let sticky = events.iter().enumerate().map(|(at, event)| {
            before = event.at.unwrap_or(before);
            (before, place(at))
        });
        sticky.collect()
    };
    let mut all = keyed(olds, Place::Existing);
    all.extend(keyed(news, Place::New));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, place)| place).collect()
}

fn likenesses(olds: &[Told], news: &[Told]) -> Vec<Likeness> {
    let mut by_time: Vec<(DateTime<Utc>, usize)> =
        olds.iter().enumerate().filter_map(|(at, old)| Some((old.at?, at))).collect();
    by_time.sort_unstable();
    let mut by_words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, old) in olds.iter().enumerate().filter(|(_, old)| !old.words.is_empty()) {
        by_words.entry(&old.words).or_default().push(at);
    }
    let mut taken = HashSet::new();
    let mut found = Vec::new();
    for (new, told) in news.iter().enumerate() {
        let same = by_words.get(told.words.as_str()).map_or(&[][..], Vec::as_slice);
        let best = worded_alike(told, same, olds, &taken).or_else(|| close_by(told, &by_time, olds, &taken));
        if let Some((existing, sure, reason)) = best {
            taken.insert(existing);
            found.push(Likeness { existing, new, sure, reason });
        }
    }
    found
}

/// The event with the very same words that lies nearest.
fn worded_alike(told: &Told, same: &[usize], olds: &[Told], taken: &HashSet<usize>) -> Option<(usize, bool, String)> {
    let apart = |old: usize| olds[old].at.zip(told.at).map(|(one, other)| (other - one).abs());
    let free = same.iter().copied().filter(|old| !taken.contains(old));
    let old = free.take(NEIGHBOURS).min_by_key(|old| apart(*old).unwrap_or(TimeDelta::MAX))?;
    let telling = told.words.contains(' ');
    match apart(old) {
        Some(apart) if apart.is_zero() => Some((old, true, "The same instant and the same words.".to_owned())),
        Some(apart) if apart <= NEAR => Some((old, false, format!("The same words, {} apart.", length(apart)))),
        // Clocks that differ by whole quarters of an hour are one clock in two zones.
        Some(apart) if telling && apart <= TimeDelta::hours(14) && apart.num_seconds() % 900 == 0 => Some((
            old,
            false,
            format!("The same words, exactly {} apart: one of the two may be in another time zone.", length(apart)),
        )),
        Some(_) => None,
        None if telling => Some((old, false, "The same words; one of the two has no time.".to_owned())),
        None => None,
    }
}

/// The event near in time that shares the most words.
fn close_by(
    told: &Told,
    by_time: &[(DateTime<Utc>, usize)],
    olds: &[Told],
    taken: &HashSet<usize>,
) -> Option<(usize, bool, String)> {
    let at = told.at?;
    let earliest = at.checked_sub_signed(NEAR)?;
    let begin = by_time.partition_point(|(other, _)| *other < earliest);
    let near = by_time[begin..].iter().take_while(|(other, _)| *other - at <= NEAR).take(NEIGHBOURS);
    let like = near.filter(|(_, old)| !taken.contains(old)).filter_map(|(other, old)| {
        let (apart, overlap) = ((*other - at).abs(), told.overlap(&olds[*old]));
        let enough = if apart <= CLOSE { 0.5 } else { 0.75 };
        (overlap >= enough).then_some((overlap, apart, *old))
    });
    let (_, apart, old) = like.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))?;
    let when = if apart.is_zero() { "At the same instant".to_owned() } else { format!("Only {} apart", length(apart)) };
    Some((old, false, format!("{when}, and most of the words are the same.")))
}

/// `40 s`, `2 min`, `1 h 30 min`.
fn length(apart: TimeDelta) -> String {
    let (hours, minutes, seconds) = (apart.num_hours(), apart.num_minutes() % 60, apart.num_seconds() % 60);
    let parts = [(hours, "h"), (minutes, "min"), (if hours > 0 { 0 } else { seconds }, "s")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { "less than a second".to_owned() } else { parts.join(" ") }
}
