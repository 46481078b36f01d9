//! The incident: what broke, how bad it was, and who answered. Its milestones stand in `milestones`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Milestone, MilestoneTime};

/// How bad it was, by the definitions in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Severity {
    /// Production down, data loss or a security breach.
    Sev1,
    /// A major feature broken or a significant share of users affected.
    Sev2,
    /// A non-critical feature broken or a small share affected.
    Sev3,
    /// Minor or cosmetic.
    Sev4,
}

impl Severity {
    /// Returns the short name that stands in the record.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sev1 => "SEV1",
            Self::Sev2 => "SEV2",
            Self::Sev3 => "SEV3",
            Self::Sev4 => "SEV4",
        }
    }

    /// Returns the definition Debrief ships; the text in force is kept with each record.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Sev1 => "Production down, data lost or a security breach. Wake anyone, now.",
            Self::Sev2 => "A major feature broken, or a significant share of users affected. Page on-call now.",
            Self::Sev3 => "A non-critical feature broken, or a small share affected. Fix the next business day.",
            Self::Sev4 => "Minor or cosmetic. Into the backlog.",
        }
    }
}

/// Why the post-mortem is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum IncidentKind {
    /// Users or customers were affected.
    CustomerImpacting,
    /// It almost happened.
    NearMiss,
    /// It happens again and again.
    RecurringPattern,
    /// Nothing bad, much to learn.
    LearningOpportunity,
}

impl IncidentKind {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CustomerImpacting => "customer-impacting",
            Self::NearMiss => "near miss",
            Self::RecurringPattern => "recurring pattern",
            Self::LearningOpportunity => "learning opportunity",
        }
    }
}

/// Who or what noticed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum DetectionSource {
    /// A monitor.
    Alert,
    /// A user or customer.
    UserReport,
    /// Somebody on the staff.
    Staff,
    /// A partner or supplier.
    ThirdParty,
}

impl DetectionSource {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Alert => "Alert",
            Self::UserReport => "User report",
            Self::Staff => "Noticed by staff",
            Self::ThirdParty => "Third party",
        }
    }
}

/// How the effect on users was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum MitigationKind {
    /// A feature flag was switched off.
    FeatureFlagOff,
    /// An earlier version was put back.
    Rollback,
    /// Traffic was sent elsewhere.
    TrafficRedirect,
    /// More capacity was added.
    ScaleUp,
    /// New code was shipped.
    Hotfix,
    /// Something was restarted.
    Restart,
    /// Something else.
    Other,
}

impl MitigationKind {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FeatureFlagOff => "Feature flag off",
            Self::Rollback => "Rollback",
            Self::TrafficRedirect => "Traffic redirect",
            Self::ScaleUp => "Scale up",
            Self::Hotfix => "Hotfix",
            Self::Restart => "Restart",
            Self::Other => "Other",
        }
    }
}

/// A prose field of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum TextField {
    /// What the post-mortem is called.
    Title,
    /// What such a document is called: post-mortem, incident review, learning review.
    DocumentLabel,
    /// Who looks after the record.
    Owner,
    /// Two to three sentences: what broke, what caused it, how it was resolved.
    Summary,
    /// What a reader from elsewhere must know first.
    Background,
    /// Who was affected.
    ImpactWho,
    /// How many, or what share.
    ImpactShare,
    /// The error rate.
    ImpactErrorRate,
    /// Data lost or damaged.
    ImpactDataLoss,
    /// Support cases.
    ImpactSupportCases,
    /// What set it off.
    Trigger,
    /// How it was noticed, in words.
    Detection,
    /// What ended the effect for the time being.
    TemporaryFix,
    /// What removed the cause.
    PermanentFix,
    /// Why there is no action item, when there is none.
    NoActionsReason,
}

/// A field of the record that holds several short entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ListField {
    /// The services affected.
    Services,
    /// The three things to take away.
    Takeaways,
    /// What is still unclear.
    OpenQuestions,
    /// What surprised the room.
    Surprises,
    /// Who else should hear this.
    ShareWith,
    /// Statements of a systemic condition.
    RootCauses,
    /// Links to graphs, tickets, dashboards.
    SupportingMaterial,
    /// Incidents of the past that were like this one.
    SimilarIncidents,
    /// Who is invited to the meeting, by name.
    Invited,
}

/// A part somebody played in the incident or plays in the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Role {
    /// Coordinated the response.
    IncidentCommander,
    /// Led the investigation.
    TechnicalLead,
    /// Kept others informed.
    CommunicationsLead,
    /// Wrote the timeline while it burned.
    Scribe,
    /// Worked on it.
    Responder,
    /// Leads the meeting.
    Facilitator,
    /// Helps to lead the meeting.
    CoFacilitator,
    /// Types what the room says.
    NoteTaker,
}

impl Role {
    /// The roles of the incident, as against those of the meeting.
    pub const OF_THE_INCIDENT: [Self; 5] =
        [Self::IncidentCommander, Self::TechnicalLead, Self::CommunicationsLead, Self::Scribe, Self::Responder];

    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::IncidentCommander => "Incident commander",
            Self::TechnicalLead => "Technical lead",
            Self::CommunicationsLead => "Communications lead",
            Self::Scribe => "Scribe",
            Self::Responder => "Responder",
            Self::Facilitator => "Facilitator",
            Self::CoFacilitator => "Co-facilitator",
            Self::NoteTaker => "Note-taker",
        }
    }
}

/// The answers about the facilitator's neutrality; absent until given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Neutrality {
    /// Did the facilitator lead the incident?
    pub led_the_incident: Option<bool>,
    /// Did the facilitator make a critical decision in it?
    pub made_critical_decision: Option<bool>,
    /// Has the facilitator line authority over those present?
    pub has_line_authority: Option<bool>,
    /// Has somebody else present authority over the responders, and what was arranged?
    pub authority_present: String,
}

impl Neutrality {
    /// Returns whether the three questions about the facilitator have been answered.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.led_the_incident.is_some() && self.made_critical_decision.is_some() && self.has_line_authority.is_some()
    }

    /// Returns whether every answer speaks for neutrality.
    #[must_use]
    pub fn is_neutral(&self) -> bool {
        [self.led_the_incident, self.made_critical_decision, self.has_line_authority] == [Some(false); 3]
    }
}

/// What is known about the incident itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The zone that times are shown in.
    pub zone: Tz,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// The definition in force when the severity was set.
    pub severity_definition: String,
    /// Why the post-mortem is held.
    pub kind: Option<IncidentKind>,
    /// Who or what noticed first.
    pub detected_by: Option<DetectionSource>,
    /// How the effect was ended.
    pub mitigated_by: Option<MitigationKind>,
    /// Prose.
    pub texts: BTreeMap<TextField, String>,
    /// Short entries.
    pub lists: BTreeMap<ListField, Vec<String>>,
    /// Who played which part; several names where several did.
    pub roles: BTreeMap<Role, Vec<String>>,
    /// When things were reached.
    pub milestones: BTreeMap<Milestone, MilestoneTime>,
    /// Every time stakeholders were told, ascending.
    pub stakeholders_told: Vec<DateTime<Utc>>,
    /// Whether the facilitator is neutral.
    pub neutrality: Neutrality,
}

impl Incident {
    /// Starts with nothing known but the zone.
    #[must_use]
    pub const fn new(zone: Tz) -> Self {
        Self {
            zone,
            severity: None,
            severity_definition: String::new(),
            kind: None,
            detected_by: None,
            mitigated_by: None,
            texts: BTreeMap::new(),
            lists: BTreeMap::new(),
            roles: BTreeMap::new(),
            milestones: BTreeMap::new(),
            stakeholders_told: Vec::new(),
            neutrality: Neutrality {
                led_the_incident: None,
                made_critical_decision: None,
                has_line_authority: None,
                authority_present: String::new(),
            },
        }
    }

    /// Returns a text, empty when nothing was written.
    #[must_use]
    pub fn text(&self, field: TextField) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// Returns a list, empty when nothing was written.
    #[must_use]
    pub fn list(&self, field: ListField) -> &[String] {
        self.lists.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Returns the names in a role.
    #[must_use]
    pub fn names(&self, role: Role) -> &[String] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }
}
