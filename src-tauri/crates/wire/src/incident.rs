//! The incident, its timeline and what people bring before the meeting, as the facilitator sees them.

use std::collections::BTreeMap;

use meeting::{
    DetectionSource, DraftId, IncidentKind, ListField, Measure, Meeting, Milestone, MilestoneTime, MitigationKind,
    Neutrality, PromptKind, Resolved, Role, Severity, TextField, TimelineEvent, Times, duration_words, status_words,
};
use serde::Serialize;

/// The incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct IncidentView {
    /// Prose.
    pub texts: BTreeMap<TextField, String>,
    /// Short entries.
    pub lists: BTreeMap<ListField, Vec<String>>,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// The definition in force.
    pub severity_definition: String,
    /// Why the post-mortem is held.
    pub kind: Option<IncidentKind>,
    /// Who or what noticed first.
    pub detected_by: Option<DetectionSource>,
    /// How the effect was ended.
    pub mitigated_by: Option<MitigationKind>,
    /// The IANA name of the zone.
    pub zone: String,
    /// Who played which part.
    pub roles: BTreeMap<Role, Vec<String>>,
    /// The milestones.
    pub milestones: Vec<MilestoneView>,
    /// Every time stakeholders were told, in words.
    pub stakeholders_told: Vec<String>,
    /// The durations.
    pub measures: Vec<MeasureView>,
    /// The answers about neutrality.
    pub neutrality: Neutrality,
    /// What speaks against the facilitator's neutrality, as sentences.
    pub conflicts: Vec<String>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct MilestoneView {
    /// Which one.
    pub milestone: Milestone,
    /// In words.
    pub words: String,
    /// As entered.
    pub time: MilestoneTime,
    /// `6 May 14:14`, `not recorded` or `not applicable`.
    pub shown: String,
    /// On the wall clock of the zone, for a field of dates and times; empty when not known.
    pub wall: String,
}

/// A duration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct MeasureView {
    /// Which one.
    pub measure: Measure,
    /// In words.
    pub words: String,
    /// `9 min`, `not recorded`, ...
    pub shown: String,
    /// One of its ends must be wrong.
    pub invalid: bool,
}

/// An event of the timeline with what the console shows beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct EventView {
    /// The event.
    pub event: TimelineEvent,
    /// `14:23`; empty when not known.
    pub clock: String,
    /// `Wed 6 May`; empty when not known.
    pub day: String,
    /// On the wall clock of the zone, for a field of dates and times; empty when not known.
    pub wall: String,
    /// `+9 min since impact`.
    pub since_impact: Option<String>,
    /// The silence before it, where it stands out: `9 min`.
    pub silence: Option<String>,
    /// The question about that silence.
    pub silence_question: Option<String>,
    /// The question to ask about an event of its kind.
    pub question: &'static str,
    /// Walked through in the meeting.
    pub walked: bool,
    /// The milestones it marks.
    pub milestones: Vec<Milestone>,
}

/// Something that somebody remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RecollectionView {
    /// Names it.
    pub draft: DraftId,
    /// When it was, in the words of whoever remembers.
    pub when: String,
    /// What was seen or done.
    pub text: String,
    /// It stands on the timeline.
    pub taken: bool,
}

/// When the meeting is to be held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PlannedForView {
    /// `6 May 14:14`.
    pub shown: String,
    /// On the wall clock of the zone, for a field of dates and times.
    pub wall: String,
}

pub(crate) fn incident_view(meeting: &Meeting) -> IncidentView {
    let incident = &meeting.incident;
    let times = Times::of(meeting);
    IncidentView {
        texts: incident.texts.clone(),
        lists: incident.lists.clone(),
        severity: incident.severity,
        severity_definition: incident.severity_definition.clone(),
        kind: incident.kind,
        detected_by: incident.detected_by,
        mitigated_by: incident.mitigated_by,
        zone: incident.zone.name().to_owned(),
        roles: incident.roles.clone(),
        milestones: Milestone::ALL
            .into_iter()
            .map(|milestone| {
                let resolved = meeting.milestone(milestone);
                MilestoneView {
                    milestone,
                    words: milestone.word().to_owned(),
                    time: incident.milestones.get(&milestone).copied().unwrap_or_default(),
                    shown: match resolved {
                        Resolved::Unknown => "not recorded".to_owned(),
                        Resolved::NotApplicable => "not applicable".to_owned(),
                        Resolved::At(at) => times.day_and_clock(at),
                    },
                    wall: match resolved {
                        Resolved::Unknown | Resolved::NotApplicable => String::new(),
                        Resolved::At(at) => times.wall(at),
                    },
                }
            })
            .collect(),
        stakeholders_told: incident.stakeholders_told.iter().map(|at| times.day_and_clock(*at)).collect(),
        measures: Measure::ALL
            .into_iter()
            .map(|measure| MeasureView {
                measure,
                words: measure.word().to_owned(),
                shown: status_words(meeting.measure(measure)),
                invalid: meeting.measure(measure) == meeting::DurationStatus::Invalid,
            })
            .collect(),
        neutrality: incident.neutrality.clone(),
        conflicts: meeting::conflicts(meeting),
    }
}

pub(crate) fn timeline_view(meeting: &Meeting) -> Vec<EventView> {
    let times = Times::of(meeting);
    let all: Vec<&TimelineEvent> = meeting.timeline.iter().collect();
    let silences = meeting.silences(&all);
    let prompts = meeting::prompts(meeting);
    let walked: Vec<_> = meeting.walk().map(|event| event.id).collect();
    meeting
        .timeline
        .iter()
        .enumerate()
        .map(|(place, event)| {
            let silence = silences.iter().find(|(end, _)| *end == place).map(|(_, length)| duration_words(*length));
            EventView {
                clock: event.at.map(|at| times.clock(at)).unwrap_or_default(),
                day: event.at.map(|at| times.day(at)).unwrap_or_default(),
                wall: event.at.map(|at| times.wall(at)).unwrap_or_default(),
                since_impact: event.at.and_then(|at| times.since_impact(at)),
                silence_question: prompts
                    .iter()
                    .find(|prompt| prompt.event == event.id && prompt.kind == PromptKind::Silence)
                    .map(|prompt| prompt.question.clone()),
                silence,
                question: event.kind.question(),
                walked: walked.contains(&event.id),
                milestones: Milestone::ALL
                    .into_iter()
                    .filter(|milestone| {
                        meeting.incident.milestones.get(milestone) == Some(&MilestoneTime::Event { event: event.id })
                    })
                    .collect(),
                event: event.clone(),
            }
        })
        .collect()
}

pub(crate) fn recollections_view(meeting: &Meeting) -> Vec<RecollectionView> {
    let shown = meeting.recollections().map(|(recollection, taken)| RecollectionView {
        draft: recollection.draft.clone(),
        when: recollection.when.clone(),
        text: recollection.text.clone(),
        taken,
    });
    shown.collect()
}

pub(crate) fn planned_for_view(meeting: &Meeting) -> Option<PlannedForView> {
    let times = Times::of(meeting);
    meeting.planned_for.map(|at| PlannedForView { shown: times.day_and_clock(at), wall: times.wall(at) })
}
