//! When to hold the meeting and how long, and what speaks against a plan.
//!
//! Memories fade after three days, and on the first day people are tired and facts are missing: 24 to 72 hours after
//! the resolution is the time. A room listens for 60 to 90 minutes. Nothing here stops anybody.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{Meeting, Milestone, Planned, Resolved, Section, Times};

const EARLIEST: TimeDelta = TimeDelta::hours(24);
const LATEST: TimeDelta = TimeDelta::hours(72);
const SHORTEST: u32 = 60;
const LONGEST: u32 = 90;
/// Below this many seconds for an event nobody can ask a question about it.
const HASTY: u32 = 30;
/// What an event takes when the room asks about it.
const UNHURRIED: u32 = 50;
/// No section is cut below this many minutes to make room for another.
const LEAST: u32 = 5;
/// What may give minutes away, in this order. Root cause analysis, action items and wrap-up never do.
const GIVES: [Section; 3] = [Section::WentPoorly, Section::WentWell, Section::Opening];

/// What speaks against a plan, or for a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "sentence", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Caution {
    /// The agenda is too long or too short.
    Length(String),
    /// The date is too early or too late.
    Date(String),
    /// No date is set; this is when it would be best.
    Window(String),
}

/// Returns what speaks against the date and the length of the meeting.
#[must_use]
pub fn cautions(meeting: &Meeting) -> Vec<Caution> {
    let total: u32 = meeting.agenda.iter().map(|item| item.planned.to_minutes()).sum();
    let length = match total {
        ..SHORTEST => Some(format!(
            "The agenda takes {total} min. Under {SHORTEST} min there is rarely time to get past the first why."
        )),
        SHORTEST..=LONGEST => None,
        _ => Some(format!(
            "The agenda takes {total} min. After {LONGEST} min a room stops listening: shorten it, or hold it in two \
             sittings."
        )),
    };
    let date = match (meeting.milestone(Milestone::Resolved), meeting.planned_for) {
        (Resolved::At(resolved), planned) => about_date(meeting, resolved, planned),
        (Resolved::Unknown | Resolved::NotApplicable, _) => None,
    };
    length.map(Caution::Length).into_iter().chain(date).collect()
}

fn about_date(meeting: &Meeting, resolved: DateTime<Utc>, planned: Option<DateTime<Utc>>) -> Option<Caution> {
    let times = Times::of(meeting);
    let (from, to) = (resolved + EARLIEST, resolved + LATEST);
    let window = format!("{} to {}", times.day_and_clock(from), times.day_and_clock(to));
    let Some(planned) = planned else {
        return Some(Caution::Window(format!("Best held {window}: 24 to 72 hours after the resolution.")));
    };
    if planned < resolved {
        return Some(Caution::Date("The meeting lies before the resolution of the incident.".to_owned()));
    }
    let after = crate::duration_words(crate::Millis((planned - resolved).num_milliseconds().unsigned_abs()));
    if planned < from {
        let sentence = format!(
            "The meeting is {after} after the resolution. On the first day people are tired and facts are missing; \
             {window} is better."
        );
        return Some(Caution::Date(sentence));
    }
    (planned > to).then(|| {
        Caution::Date(format!(
            "The meeting is {after} after the resolution. Memories fade after 72 hours: ask for recollections now."
        ))
    })
}

/// Minutes that would give the timeline the time it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MinutesProposal {
    /// The arithmetic and the way out, as a sentence.
    pub sentence: String,
    /// The agenda with these minutes.
    pub planned: Vec<Planned>,
}

/// Proposes minutes when there are too many events for the minutes of the timeline.
///
/// The meeting is made longer first, up to 90 minutes; only then do other sections give, and never root cause
/// analysis, action items or wrap-up. None when there is time enough, or nothing to give.
#[must_use]
pub fn propose_minutes(meeting: &Meeting) -> Option<MinutesProposal> {
    let events = u32::try_from(meeting.walk().count()).unwrap_or(u32::MAX);
    let mut planned: Vec<Planned> = meeting
        .agenda
        .iter()
        .map(|item| Planned { section: item.section, minutes: item.planned.to_minutes() })
        .collect();
    let place = planned.iter().position(|planned| planned.section == Section::Timeline)?;
    let minutes = planned[place].minutes;
    let each = (minutes * 60).checked_div(events)?;
    if each >= HASTY {
        return None;
    }
    let wanted = events.saturating_mul(UNHURRIED).div_ceil(300).saturating_mul(5).min(30).saturating_sub(minutes);
    let total: u32 = planned.iter().map(|planned| planned.minutes).sum();
    let longer = wanted.min(LONGEST.saturating_sub(total));
    let mut given = longer;
    for giver in GIVES {
        if let Some(found) = planned.iter_mut().find(|planned| planned.section == giver) {
            let gives = (wanted - given).min(found.minutes.saturating_sub(LEAST));
            found.minutes -= gives;
            given += gives;
        }
    }
    if given == 0 {
        return None;
    }
    planned[place].minutes += given;
    let total: u32 = planned.iter().map(|planned| planned.minutes).sum();
    let sentence = format!(
        "{events} events in {minutes} min are {each} s each. Mark fewer as key, or give the timeline {} min \
         ({total} min in all).",
        minutes + given
    );
    Some(MinutesProposal { sentence, planned })
}
