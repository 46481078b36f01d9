//! What is the same for every post-mortem of a library: where tickets are filed, and where records are published.

use serde::{Deserialize, Serialize};

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

impl TicketTemplate {
    /// The text that a template starts with.
    pub const BODY: &str =
        "{task}\n\nDone when: {criterion}\nOwner: {owner}\nDue: {due}\n\nAddresses: {addresses}\nFrom: {incident}\n";
}
