//! Everything in a record that somebody has written, each with its place: for whoever reads the whole of it once more.
//!
//! What is still hidden is not reachable from here, and what was set aside is not published, so neither is listed.

use serde::{Deserialize, Serialize};

use crate::{FactorCategory, ListField, Meeting, Role, Section, TextField, Times};

/// What kind of text stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Prose {
    /// A note, a remark, a summary.
    Note,
    /// What somebody will do.
    Action,
    /// An answer in a why-chain.
    Why,
    /// An event of the timeline.
    Timeline,
}

/// A piece of prose with its place in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it stands, in words: `Timeline, 14:23`.
    pub place: String,
    /// What kind of text it is.
    pub prose: Prose,
    /// The text.
    pub text: String,
}

/// Returns everything that somebody has written into the record, in its order.
#[must_use]
pub fn written(meeting: &Meeting) -> Vec<Written> {
    let mut all = Vec::new();
    let mut add = |place: String, prose: Prose, text: &str| {
        if !text.trim().is_empty() {
            all.push(Written { place, prose, text: text.to_owned() });
        }
    };
    let incident = &meeting.incident;
    for (field, words) in FIELDS {
        add((*words).to_owned(), Prose::Note, incident.text(*field));
    }
    let times = Times::of(meeting);
    for event in &meeting.timeline {
        let place = event.at.map_or_else(|| "Timeline".to_owned(), |at| format!("Timeline, {}", times.clock(at)));
        add(place.clone(), Prose::Timeline, &event.text);
        add(format!("{place}, known then"), Prose::Note, event.known_then.as_deref().unwrap_or_default());
        for answer in &event.answers {
            add(format!("{place}, answer"), Prose::Note, &answer.answer);
        }
    }
    for section in Section::ALL {
        for note in meeting.shown_notes(section) {
            add(section.word().to_owned(), Prose::Note, &note.text);
        }
    }
    for chain in &meeting.chains {
        add("Why-chain".to_owned(), Prose::Why, &chain.symptom);
        for (depth, step) in chain.walk() {
            add(format!("Why {depth}"), Prose::Why, &step.answer);
            add(format!("Why {depth}, evidence"), Prose::Note, &step.evidence);
        }
    }
    for category in FactorCategory::of(&meeting.factors) {
        if let FactorCategory::Own(name) = category {
            add("Category of factors".to_owned(), Prose::Note, &name);
        }
    }
    for factor in &meeting.factors {
        add("Contributing factor".to_owned(), Prose::Note, &factor.text);
    }
    for action in &meeting.actions {
        add("Action item".to_owned(), Prose::Action, &action.task);
        add("Action item, criterion".to_owned(), Prose::Note, &action.criterion);
    }
    for proposal in meeting.options().filter(|proposal| !meeting.actions.iter().any(|a| a.proposal == proposal.id)) {
        add("Considered".to_owned(), Prose::Action, &proposal.text);
        add("Considered, reason".to_owned(), Prose::Note, &proposal.not_chosen_because);
    }
    for (list, words) in LISTS {
        for entry in incident.list(*list) {
            add((*words).to_owned(), Prose::Note, entry);
        }
    }
    for previous in &meeting.previous {
        add("Earlier action item, remark".to_owned(), Prose::Note, &previous.remark);
    }
    for decision in &meeting.decisions {
        add("Decision".to_owned(), Prose::Note, &decision.text);
    }
    for parked in &meeting.parked {
        add("Parking lot".to_owned(), Prose::Note, &parked.text);
    }
    all
}

const FIELDS: &[(TextField, &str)] = &[
    (TextField::Summary, "Summary"),
    (TextField::Background, "Background"),
    (TextField::ImpactWho, "Impact"),
    (TextField::ImpactDataLoss, "Impact, data loss"),
    (TextField::Trigger, "Trigger"),
    (TextField::Detection, "Detection"),
    (TextField::TemporaryFix, "Temporary fix"),
    (TextField::PermanentFix, "Permanent fix"),
    (TextField::NoActionsReason, "Why there is no action item"),
];

const LISTS: &[(ListField, &str)] = &[
    (ListField::Takeaways, "Takeaway"),
    (ListField::RootCauses, "Root cause"),
    (ListField::Surprises, "Surprise"),
    (ListField::OpenQuestions, "Open question"),
];

/// Returns the names of people that the record knows: from its roles, its timeline, the list of those invited, those
/// in the room, and the owners of action items.
#[must_use]
pub fn people_named(meeting: &Meeting) -> Vec<String> {
    let incident = &meeting.incident;
    let roles = [Role::Facilitator, Role::CoFacilitator, Role::NoteTaker];
    let mut names: Vec<String> = Role::OF_THE_INCIDENT
        .into_iter()
        .chain(roles)
        .flat_map(|role| incident.names(role))
        .chain(incident.list(ListField::Invited))
        .chain(meeting.timeline.iter().filter_map(|event| event.actor_name.as_ref()))
        .chain(meeting.participants.iter().filter_map(|participant| participant.name.as_ref()))
        .chain(meeting.actions.iter().map(|action| &action.owner))
        .filter(|name| !name.trim().is_empty() && *name != crate::NAME_REMOVED)
        .cloned()
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
