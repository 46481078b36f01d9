//! What is the same for every post-mortem of a library: where tickets are filed, where records are published, and how long
//! they are kept.

use chrono::{DateTime, Months, Utc};
use serde::{Deserialize, Serialize};

use crate::PostMortemId;

/// A tracker whose page for a new issue takes a title and a text in its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Tracker {
    /// `https://github.com/acme/shop`
    Github,
    /// `https://gitlab.com/acme/shop`, or one's own.
    Gitlab,
    /// `https://acme.atlassian.net`, or the address of its page for a new issue with project and type chosen.
    Jira,
    /// `https://linear.app/acme/team/OPS`
    Linear,
}

/// How tickets are filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TicketTemplate {
    /// Which tracker.
    pub tracker: Tracker,
    /// The address of the project in it.
    pub address: String,
    /// The text of a ticket. What stands in braces is filled in: `{task}`, `{criterion}`, `{owner}`, `{due}`,
    /// `{addresses}`, `{incident}`.
    pub body: String,
}

/// Where and how records are published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PublishingPlan {
    /// The folder: a wiki checkout, a shared drive.
    pub folder: String,
    /// The public edition, and not the internal one.
    pub public: bool,
    /// What was published is committed, where the folder is part of a git repository.
    pub git: bool,
}

/// How long records are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Retention {
    /// After so many months without a change a record is due to be deleted; none keeps every record.
    pub months: Option<u32>,
    /// Records that are kept all the same.
    pub kept: Vec<PostMortemId>,
}

impl Retention {
    /// Returns whether a record that was last changed at `changed` is due to be deleted. Deleting it is somebody's
    /// decision and never the program's.
    #[must_use]
    pub fn is_due(&self, id: &PostMortemId, changed: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let until = self.months.and_then(|months| changed.checked_add_months(Months::new(months)));
        until.is_some_and(|until| until <= now) && !self.kept.contains(id)
    }
}

impl TicketTemplate {
    /// The text that a template starts with.
    pub const BODY: &str =
        "{task}\n\nDone when: {criterion}\nOwner: {owner}\nDue: {due}\n\nAddresses: {addresses}\nFrom: {incident}\n";
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_record_is_due_when_its_months_have_passed_since_the_last_change() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (id, changed) = (PostMortemId("pm-1".into()), at("2024-08-31T10:00:00Z"));
        let six = Retention { months: Some(6), kept: Vec::new() };
        // Six months after the 31st of August is the last day of February.
        assert!(!six.is_due(&id, changed, at("2025-02-28T09:59:59Z")));
        assert!(six.is_due(&id, changed, at("2025-02-28T10:00:00Z")));
        assert!(!Retention { kept: vec![id.clone()], ..six }.is_due(&id, changed, at("2030-01-01T00:00:00Z")));
        assert!(!Retention::default().is_due(&id, changed, at("2030-01-01T00:00:00Z")), "nothing is due by default");
        let endless = Retention { months: Some(u32::MAX), kept: Vec::new() };
        assert!(!endless.is_due(&id, changed, at("2030-01-01T00:00:00Z")));
    }
}
