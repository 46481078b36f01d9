//! The course of the meeting: sections, pictures, clocks, the end.

use super::{Chance, Decided, committing, voting, writing};
use crate::flow::neighbour;
use crate::text::{FIELD_LIMIT, optional};
use crate::{Event, Meeting, NextStep, PaceChange, Poll, Progress, Refusal, Section, existing, next_step, pictures};

pub(super) fn in_progress(meeting: &Meeting) -> Result<usize, Refusal> {
    match meeting.progress {
        Progress::InSection { index } => Ok(index),
        Progress::Preparing | Progress::Adjourned { .. } | Progress::Ended => Err(Refusal::NotInProgress),
    }
}

pub(super) fn start(meeting: &Meeting) -> Result<Decided, Refusal> {
    if meeting.progress != Progress::Preparing {
        return Err(Refusal::AlreadyStarted);
    }
    Ok(Event::MeetingStarted {}.into())
}

pub(super) fn next(meeting: &Meeting) -> Result<Decided, Refusal> {
    let barrier = |what: &str, key: &str| Err(Refusal::Barrier { what: what.into(), key: key.into() });
    match next_step(meeting) {
        NextStep::Start => start(meeting),
        NextStep::Show { picture } => Ok(Event::PictureShown { picture }.into()),
        NextStep::OpenWriting { section } => writing::open(meeting, section),
        NextStep::OpenVote => voting::open(meeting, 3, None),
        NextStep::CommitChosen => committing::commit_chosen(meeting),
        NextStep::OpenPoll => voting::open_poll(meeting),
        NextStep::Enter { index, .. } => Ok(Event::SectionEntered { index }.into()),
        NextStep::Resume => resume(meeting),
        NextStep::Reveal { .. } => barrier("The next step reveals what was written.", "R"),
        NextStep::CloseVote { .. } => barrier("The next step closes the vote.", "C"),
        NextStep::SettleTie { .. } => Err(Refusal::TieOpen),
        NextStep::End => barrier("The next step ends the meeting.", "E"),
        NextStep::Nothing => Err(Refusal::EndOfTheAgenda),
    }
}

pub(super) fn back(meeting: &Meeting) -> Result<Decided, Refusal> {
    let index = in_progress(meeting)?;
    let section = meeting.section().ok_or(Refusal::NotOnTheAgenda)?;
    let picture = existing(meeting, meeting.stage.picture);
    if let Some(before) = neighbour(meeting, section, picture, -1) {
        return Ok(Event::PictureShown { picture: before }.into());
    }
    let earlier = meeting.agenda.iter().take(index).rposition(|item| !item.dropped);
    let index = earlier.ok_or(Refusal::EndOfTheAgenda)?;
    let before = meeting.agenda.get(index).map(|item| item.section).ok_or(Refusal::EndOfTheAgenda)?;
    let mut events = vec![Event::SectionEntered { index }];
    events.extend(pictures(meeting, before).last().map(|last| Event::PictureShown { picture: *last }));
    Ok(events.into())
}

pub(super) fn enter(meeting: &Meeting, section: Section) -> Result<Decided, Refusal> {
    let here = in_progress(meeting)?;
    let index = meeting.agenda.iter().position(|item| item.section == section).ok_or(Refusal::NotOnTheAgenda)?;
    if index == here {
        return Ok(Decided::default());
    }
    Ok(Event::SectionEntered { index }.into())
}

pub(super) fn toggle_clock(meeting: &Meeting) -> Result<Decided, Refusal> {
    let index = in_progress(meeting)?;
    let running = meeting.agenda.get(index).is_some_and(|item| item.clock.is_running());
    // After an interruption the meeting's own clock stands still although the section's was never touched.
    Ok(if running { Event::ClockPaused {} } else { Event::ClockStarted {} }.into())
}

pub(super) fn add_minutes(meeting: &Meeting, minutes: i32) -> Result<Decided, Refusal> {
    in_progress(meeting)?;
    if minutes == 0 || minutes.unsigned_abs() > 180 {
        return Err(Refusal::OutOfRange);
    }
    Ok(Event::MinutesAdded { minutes }.into())
}

/// Only sections to come can give time, and none falls under a minute.
pub(super) fn change_pace(meeting: &Meeting, change: &PaceChange) -> Result<Decided, Refusal> {
    let here = in_progress(meeting)?;
    let is_to_come = |section: Section| meeting.agenda.iter().skip(here + 1).any(|item| item.section == section);
    let sound = match change {
        PaceChange::Shorten { minutes } => {
            !minutes.is_empty() && minutes.iter().all(|to| (1..=180).contains(&to.minutes) && is_to_come(to.section))
        }
        PaceChange::Drop { section } => {
            is_to_come(*section) && !matches!(section, Section::ActionItems | Section::WrapUp)
        }
        PaceChange::Extend { minutes } => (1..=180).contains(minutes),
    };
    if sound { Ok(Event::PaceChanged { change: change.clone() }.into()) } else { Err(Refusal::OutOfRange) }
}

pub(super) fn resume(meeting: &Meeting) -> Result<Decided, Refusal> {
    match meeting.progress {
        Progress::Adjourned { .. } => Ok(Event::Resumed {}.into()),
        Progress::Preparing | Progress::InSection { .. } | Progress::Ended => Err(Refusal::NotInProgress),
    }
}

/// Ends the meeting; with gaps in the action items only for a written reason.
pub(super) fn end(meeting: &Meeting, reason: &str, chance: Chance) -> Result<Decided, Refusal> {
    if !matches!(meeting.progress, Progress::InSection { .. } | Progress::Adjourned { .. }) {
        return Err(Refusal::NotInProgress);
    }
    if meeting.open_round().is_some() {
        return Err(Refusal::VotingOpen);
    }
    let reason = optional(reason, FIELD_LIMIT)?;
    let unread = crate::Section::ALL.into_iter().find(|section| meeting.hidden_notes(*section).0 > 0);
    if let Some(section) = unread.filter(|_| reason.is_empty()) {
        return Err(Refusal::StillHidden { section });
    }
    let gaps = committing::gaps(meeting);
    if !gaps.is_empty() && reason.is_empty() {
        return Err(Refusal::Incomplete { gaps });
    }
    let mut events = Vec::new();
    if meeting.poll == Poll::Open {
        events.extend(voting::close_poll(meeting, chance)?.events);
    }
    let counts: Vec<_> =
        meeting.timeline.iter().map(|event| (event.id, meeting.found_new(event.id))).filter(|(_, n)| *n > 0).collect();
    if !counts.is_empty() {
        events.push(Event::NoveltyCounted { counts });
    }
    events.push(Event::MeetingEnded { reason });
    Ok(events.into())
}
