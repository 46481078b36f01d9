//! Hours from 1 to 12 without "am" or "pm": taken as written only where the text shows that it counts 24 hours.

use chrono::NaiveTime;

use crate::clock::{Clock, Half};
use crate::report::UnmarkedHours;

/// A clock with what its line tells about 12-hour writing.
pub(crate) struct Hour<'a> {
    pub(crate) clock: &'a mut Clock,
    /// Messages of a chat are in order, so that the one before tells the half.
    pub(crate) message: bool,
    /// UTC is written with 24 hours.
    pub(crate) utc: bool,
    /// Told in the same paragraph as the clock before, which it goes on from.
    pub(crate) goes_on: bool,
    /// A date stands on the line or above it, so that it may begin another day.
    pub(crate) dated: bool,
    /// A line of a list, which goes on in order.
    pub(crate) listed: bool,
    /// A heading stands above it, so that the story may begin anew.
    pub(crate) section: bool,
}

/// Completes the clocks that can be completed and returns the places of those that stay in doubt.
///
/// `shown` says that something outside the clocks speaks for 24 hours; it is believed while the clocks go on in order.
pub(crate) fn settle(hours: &mut [Hour<'_>], shown: bool, answer: Option<UnmarkedHours>) -> Vec<usize> {
    let marked = hours.iter().any(|hour| hour.clock.half.is_some());
    let counts_24 =
        hours.iter().any(|h| h.clock.half.is_none() && (h.clock.padded || h.clock.hour == 0 || h.clock.hour > 12));
    // "20:50pm" counts 24 hours and says so twice; beside "2:50pm" it is rather a slip.
    let afternoons = || hours.iter().filter(|hour| hour.clock.half == Some(Half::Pm)).map(|hour| hour.clock.hour);
    if afternoons().any(|hour| hour > 12) && !afternoons().any(|hour| hour < 12) {
        return Vec::new();
    }
    let single_digit = hours.iter().any(|h| h.clock.hour < 10);
    if !marked && (counts_24 || !single_digit || (shown && in_order(hours))) {
        return Vec::new();
    }
    count_upward(hours);
    let after = marked_after(hours);
    let noon = if marked { None } else { noon_crossed(hours) };
    let mut before = None;
    let mut doubtful = Vec::new();
    for (at, hour) in hours.iter_mut().enumerate() {
        if hour.clock.may_be_half() && (marked || !hour.utc) {
            match half_between(hour, before, after[at]) {
                Some(half) => hour.clock.half = Some(half),
                None => match answer {
                    Some(UnmarkedHours::AfterNoon) => {
                        let morning = noon.is_some_and(|noon| at < noon);
                        hour.clock.half = Some(if morning { Half::Am } else { Half::Pm });
                    }
                    Some(UnmarkedHours::AsWritten) => {}
                    None => doubtful.push(at),
                },
            }
        }
        before = marked_time(hour.clock).or(before);
    }
    doubtful
}

/// Completes the lines of a list that go on from a marked one in small steps: 8:23 a.m., 8:24, 8:31.
///
/// Where one step is too long, or the next marked clock does not come after, none of them is certain.
fn count_upward(hours: &mut [Hour<'_>]) {
    let mut at = 0;
    while at < hours.len() {
        let begin = at;
        at += 1;
        let Some(from) = marked_time(hours[begin].clock).filter(|_| hours[begin].listed) else { continue };
        let run = hours[at..].iter().take_while(|hour| hour.clock.half.is_none()).count();
        let Some(halves) = upward(from, &hours[at..at + run], hours.get(at + run)) else { continue };
        for (hour, half) in hours[at..at + run].iter_mut().zip(halves) {
            hour.clock.half = Some(half);
        }
        at += run;
    }
}

/// The halves of clocks that follow a marked one, and of which a marked one or nothing comes after.
fn upward(from: NaiveTime, run: &[Hour<'_>], after: Option<&Hour<'_>>) -> Option<Vec<Half>> {
    /// A longer step may as well be one of twelve hours more.
    const STEP: i64 = 3 * 3600;
    let mut before = from;
    let mut halves = Vec::with_capacity(run.len());
    for hour in run {
        let fits = hour.listed && !hour.dated && !hour.section && hour.clock.may_be_half();
        let half = [Half::Am, Half::Pm].into_iter().filter(|_| fits).find_map(|half| {
            let (time, _) = Clock { half: Some(half), ..*hour.clock }.time()?;
            (0..=STEP).contains(&(time - before).num_seconds()).then_some((half, time))
        });
        let (half, time) = half?;
        before = time;
        halves.push(half);
    }
    let goes_on = |after: &Hour<'_>| after.dated || marked_time(after.clock).is_some_and(|time| time >= before);
    after.is_none_or(goes_on).then_some(halves)
}

/// Whether no clock as written is earlier than the one before.
fn in_order(hours: &[Hour<'_>]) -> bool {
    hours
        .windows(2)
        .all(|pair| (pair[0].clock.hour, pair[0].clock.minute) <= (pair[1].clock.hour, pair[1].clock.minute))
}

/// The first clock after noon in a list of one day such as 11:16, 11:54, 12:16, 1:52.
fn noon_crossed(hours: &[Hour<'_>]) -> Option<usize> {
    /// Earlier hours in front of noon are rather those of an afternoon.
    const MORNING: std::ops::RangeInclusive<u32> = 6..=11;
    let on_dial = |hour: &Hour<'_>| (hour.clock.hour % 12, hour.clock.minute);
    let mut drops = (1..hours.len()).filter(|at| on_dial(&hours[*at]) < on_dial(&hours[at - 1]));
    let drop = drops.next()?;
    let morning = hours[..drop].iter().all(|hour| MORNING.contains(&hour.clock.hour));
    (morning && !hours[drop].dated && drops.next().is_none()).then_some(drop)
}

/// For every clock the next marked one behind it.
fn marked_after(hours: &[Hour<'_>]) -> Vec<Option<NaiveTime>> {
    let mut next = None;
    let mut after: Vec<_> = hours
        .iter()
        .rev()
        .map(|hour| {
            let behind = next;
            next = marked_time(hour.clock).or(next);
            behind
        })
        .collect();
    after.reverse();
    after
}

fn marked_time(clock: &Clock) -> Option<NaiveTime> {
    clock.half.and_then(|_| clock.time()).map(|(time, _)| time)
}

/// The half that fits between the marked clocks around, when only one does.
fn half_between(hour: &Hour<'_>, before: Option<NaiveTime>, after: Option<NaiveTime>) -> Option<Half> {
    let before = before?;
    // "At 9:10 AM … At 9:20 …": twelve hours later would be another story.
    let soon = |half: Half| {
        let clock = Clock { half: Some(half), ..*hour.clock };
        clock.time().is_some_and(|(time, _)| (0..=3600).contains(&(time - before).num_seconds()))
    };
    if let Some(half) = [Half::Am, Half::Pm].into_iter().find(|half| hour.goes_on && soon(*half)) {
        return Some(half);
    }
    let end = NaiveTime::from_hms_opt(23, 59, 59)?;
    let (low, high) = match after {
        // What follows is said on the next day.
        Some(after) if hour.message && after < before => (before, end),
        Some(after) => (before.min(after), before.max(after)),
        None if hour.message => (before, end),
        None => return None,
    };
    let fits = |half: Half| {
        let clock = Clock { half: Some(half), ..*hour.clock };
        clock.time().is_some_and(|(time, _)| low <= time && time <= high)
    };
    match (fits(Half::Am), fits(Half::Pm)) {
        (true, false) => Some(Half::Am),
        (false, true) => Some(Half::Pm),
        _ => None,
    }
}
