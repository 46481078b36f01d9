//! What a phone sees that the facilitator has approved for a duty: the script and the way on, or what to take notes of.

use meeting::{Duty, EventId, Meeting, NextStep, Progress, next_step};
use serde::Serialize;

use crate::incident::timeline_view;
use crate::{Script, script};

/// A phone's duty, and what it needs for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DutyView {
    /// Which duty.
    pub duty: Duty,
    /// What to say in this section; for the remote.
    pub script: Option<Script>,
    /// What the next key does; for the remote.
    pub next: Option<NextStep>,
    /// The section's clock is running.
    pub is_timed: bool,
    /// The event that the room speaks about; for the note-taker.
    pub event: Option<DutyEvent>,
    /// How many entries the parking lot and the decision log hold, so that a note-taker sees them arrive.
    pub parked: u32,
    /// See `parked`.
    pub decided: u32,
}

/// The event that the room speaks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DutyEvent {
    /// Which one.
    pub id: EventId,
    /// `14:23`; empty when not known.
    pub clock: String,
    /// What happened.
    pub text: String,
    /// What is asked about it, each with what was typed so far.
    pub questions: Vec<(String, String)>,
}

/// Builds what a duty needs.
pub(crate) fn duty_view(meeting: &Meeting, duty: Duty) -> DutyView {
    let is_running = matches!(meeting.progress, Progress::InSection { .. });
    let is_remote = duty == Duty::Remote;
    let item = meeting.index().and_then(|index| meeting.agenda.get(index));
    DutyView {
        duty,
        script: meeting.section().filter(|_| is_remote && is_running).map(script::script),
        next: (is_remote && is_running).then(|| next_step(meeting)),
        is_timed: item.is_some_and(|item| item.clock.is_running()),
        event: if is_remote || !is_running { None } else { event(meeting) },
        parked: crate::stage::count(meeting.parked.len()),
        decided: crate::stage::count(meeting.decisions.len()),
    }
}

fn event(meeting: &Meeting) -> Option<DutyEvent> {
    let id = meeting.event_on_stage()?;
    let shown = timeline_view(meeting).into_iter().find(|view| view.event.id == id)?;
    let mut questions: Vec<String> = shown.silence_question.into_iter().chain([shown.question.to_owned()]).collect();
    questions.extend(shown.event.answers.iter().map(|answer| answer.question.clone()));
    let mut asked: Vec<(String, String)> = Vec::new();
    for question in questions {
        if !asked.iter().any(|(other, _)| *other == question) {
            let answer = shown.event.answers.iter().find(|answer| answer.question == question);
            asked.push((question, answer.map(|answer| answer.answer.clone()).unwrap_or_default()));
        }
    }
    Some(DutyEvent { id, clock: shown.clock, text: shown.event.text, questions: asked })
}
