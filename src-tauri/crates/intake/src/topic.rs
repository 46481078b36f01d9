//! What a section of a document is about, as far as that decides whether its times are events.

/// The subject of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Topic {
    /// What happened, in order.
    Timeline,
    /// What is to be done: its dates lie in the future.
    Plans,
    /// Anything else.
    #[default]
    Other,
}

const TIMELINE: &[&str] = &[
    "timeline",
    "time line",
    "chronolog",
    "sequence of events",
    "course of events",
    "event log",
    "incident log",
    "zeitleiste",
    "zeitverlauf",
    "verlauf",
];
const PLANS: &[&str] = &[
    "action item",
    "action plan",
    "actionable",
    "actions to",
    "follow-up",
    "follow up",
    "followup",
    "next step",
    "remediation item",
    "remediation plan",
    "corrective",
    "to do",
    "todo",
    "recommendation",
    "future work",
    "maßnahmen",
];

impl Topic {
    /// Reads the subject from the title of a section.
    pub(crate) fn of(title: &str) -> Topic {
        let lower = title.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        match () {
            () if says(TIMELINE) => Topic::Timeline,
            () if says(PLANS) || lower.trim_matches(['*', ' ', ':']) == "actions" => Topic::Plans,
            () => Topic::Other,
        }
    }
}
