//! What is missing: for the meeting, and for publishing the record.

use serde::{Deserialize, Serialize};

use crate::{ListField, Meeting, Milestone, Resolved, Role, TextField};

/// Something that is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum MissingFact {
    /// A title.
    Title,
    /// When it happened.
    Date,
    /// A severity.
    Severity,
    /// A summary.
    Summary,
    /// What it meant for users.
    Impact,
    /// A timeline.
    Timeline,
    /// Three events to walk through.
    KeyEvents,
    /// When impact started and when it was mitigated or resolved.
    Milestones,
    /// A facilitator.
    Facilitator,
    /// The answers about neutrality.
    Neutrality,
    /// A note-taker.
    NoteTaker,
    /// Everybody who is named in the incident is invited.
    Invited,
    /// A contributing factor.
    Factor,
    /// Something that went well or poorly.
    Notes,
    /// An action with owner, due date and criterion, or the sentence why there is none.
    Action,
}

impl MissingFact {
    /// Returns the words the checklist uses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Date => "Date of the incident",
            Self::Severity => "Severity",
            Self::Summary => "Summary",
            Self::Impact => "Impact",
            Self::Timeline => "Timeline",
            Self::KeyEvents => "Three key events with their time",
            Self::Milestones => "Milestones: impact started, mitigated or resolved",
            Self::Facilitator => "Facilitator",
            Self::Neutrality => "Neutrality answered",
            Self::NoteTaker => "Note-taker",
            Self::Invited => "Everyone named in the incident invited",
            Self::Factor => "A contributing factor",
            Self::Notes => "Something that went well or poorly",
            Self::Action => "An action item with owner, due date and criterion",
        }
    }
}

fn absent(checks: &[(MissingFact, bool)]) -> Vec<MissingFact> {
    checks.iter().filter(|(_, present)| !present).map(|(fact, _)| *fact).collect()
}

/// Returns what the meeting would go better with; none of it stops the meeting from starting.
#[must_use]
pub fn missing_for_meeting(meeting: &Meeting) -> Vec<MissingFact> {
    let incident = &meeting.incident;
    let known = |milestone| matches!(meeting.milestone(milestone), Resolved::At(_) | Resolved::NotApplicable);
    absent(&[
        (MissingFact::Timeline, !meeting.timeline.is_empty()),
        (
            MissingFact::Milestones,
            known(Milestone::ImpactStarted) && (known(Milestone::Mitigated) || known(Milestone::Resolved)),
        ),
        (MissingFact::Severity, incident.severity.is_some()),
        (MissingFact::Impact, has_impact(meeting)),
        (MissingFact::Facilitator, !incident.names(Role::Facilitator).is_empty()),
        (MissingFact::Neutrality, incident.neutrality.is_answered()),
        (MissingFact::NoteTaker, !incident.names(Role::NoteTaker).is_empty()),
        (MissingFact::Invited, !incident.list(ListField::Invited).is_empty() && uninvited(meeting).is_empty()),
    ])
}

/// Returns who acted in the incident, by its roles or its timeline, and is not on the list of those invited.
#[must_use]
pub fn uninvited(meeting: &Meeting) -> Vec<String> {
    let incident = &meeting.incident;
    let in_roles = Role::OF_THE_INCIDENT.into_iter().flat_map(|role| incident.names(role));
    let acting = meeting.timeline.iter().filter_map(|event| event.actor_name.as_ref());
    let meeting_roles = [Role::Facilitator, Role::CoFacilitator, Role::NoteTaker];
    let known: Vec<&str> = incident
        .list(ListField::Invited)
        .iter()
        .map(|entry| name_and_address(entry).0)
        .chain(meeting_roles.into_iter().flat_map(|role| incident.names(role)).map(String::as_str))
        .collect();
    let mut missing: Vec<String> = Vec::new();
    for name in in_roles.chain(acting) {
        if !known.iter().any(|other| same_name(other, name)) && !missing.iter().any(|other| same_name(other, name)) {
            missing.push(name.clone());
        }
    }
    missing
}

/// Splits an entry of the list of those invited, `Ada Park <ada@example.org>`, into name and mail address.
///
/// An address alone stands for both.
#[must_use]
pub fn name_and_address(entry: &str) -> (&str, Option<&str>) {
    let entry = entry.trim();
    if let Some((name, rest)) = entry.split_once('<')
        && let Some(address) = rest.strip_suffix('>')
        && address.contains('@')
    {
        let name = name.trim().trim_matches('"').trim();
        return (if name.is_empty() { address } else { name }, Some(address));
    }
    (entry, (entry.contains('@') && !entry.contains(char::is_whitespace)).then_some(entry))
}

/// What stands in a field that was a name until the name was removed. It is nobody's name.
pub const NAME_REMOVED: &str = "name removed";

/// Compares names as people write them; a mail address is compared by what stands before its `@`.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    if [a, b].contains(&NAME_REMOVED) {
        return false;
    }
    let told = |name: &str| {
        let name = name.split_once('@').map_or(name, |(before, _)| before);
        name.trim().to_lowercase().replace(['.', '_', '-'], " ")
    };
    told(a) == told(b)
}

/// Returns what a record lacks before it may be published; publishing anyway is a choice.
#[must_use]
pub fn missing_for_publishing(meeting: &Meeting) -> Vec<MissingFact> {
    let incident = &meeting.incident;
    let timed = meeting.walk().filter(|event| event.at.is_some()).count();
    let complete =
        |action: &crate::ActionItem| !action.owner.is_empty() && action.due.is_some() && !action.criterion.is_empty();
    absent(&[
        (MissingFact::Title, !incident.text(TextField::Title).is_empty()),
        (MissingFact::Date, meeting.timeline.iter().any(|event| event.at.is_some())),
        (MissingFact::Severity, incident.severity.is_some()),
        (MissingFact::Summary, !incident.text(TextField::Summary).is_empty()),
        (MissingFact::Impact, has_impact(meeting)),
        (MissingFact::KeyEvents, timed >= 3),
        (MissingFact::Factor, !meeting.factors.is_empty()),
        (
            MissingFact::Notes,
            [crate::Section::WentWell, crate::Section::WentPoorly]
                .into_iter()
                .any(|section| meeting.shown_notes(section).next().is_some()),
        ),
        (
            MissingFact::Action,
            meeting.actions.iter().any(complete) || !incident.text(TextField::NoActionsReason).is_empty(),
        ),
    ])
}

fn has_impact(meeting: &Meeting) -> bool {
    let incident = &meeting.incident;
    [
        TextField::ImpactWho,
        TextField::ImpactShare,
        TextField::ImpactErrorRate,
        TextField::ImpactDataLoss,
        TextField::ImpactSupportCases,
    ]
    .into_iter()
    .any(|field| !incident.text(field).is_empty())
        && !incident.list(ListField::Services).is_empty()
}

/// Returns what speaks against the facilitator's neutrality, as sentences: the answers given, and the facilitator's
/// name among the incident's roles or the actors of the timeline.
#[must_use]
pub fn conflicts(meeting: &Meeting) -> Vec<String> {
    let incident = &meeting.incident;
    let mut conflicts = Vec::new();
    for name in incident.names(Role::Facilitator) {
        for role in Role::OF_THE_INCIDENT {
            if incident.names(role).iter().any(|other| same_name(other, name)) {
                conflicts.push(format!("{name} was {} in this incident.", role.word().to_lowercase()));
            }
        }
        if meeting.timeline.iter().any(|event| event.actor_name.as_deref().is_some_and(|other| same_name(other, name)))
        {
            conflicts.push(format!("{name} acts in the timeline."));
        }
    }
    let neutrality = &incident.neutrality;
    for (answer, sentence) in [
        (neutrality.led_the_incident, "The facilitator led this incident."),
        (neutrality.made_critical_decision, "The facilitator made a critical decision in it."),
        (neutrality.has_line_authority, "The facilitator has line authority over people in the room."),
    ] {
        if answer == Some(true) {
            conflicts.push(sentence.to_owned());
        }
    }
    conflicts
}
