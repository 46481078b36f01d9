//! Proposals, committed action items, and those of earlier post-mortems.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{ActionId, ChainId, EventId, FactorId, PreviousId, ProposalId, StepId};

/// What an action does about the class of incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ActionCategory {
    /// Less likely.
    Prevention,
    /// Sooner noticed.
    Detection,
    /// Faster to stop.
    Mitigation,
    /// How the team works.
    Process,
}

impl ActionCategory {
    /// Every category in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Prevention, Self::Detection, Self::Mitigation, Self::Process];

    /// Returns the word the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Prevention => "Prevention",
            Self::Detection => "Detection",
            Self::Mitigation => "Mitigation",
            Self::Process => "Process",
        }
    }
}

/// How much a proposal matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Priority {
    /// Prevents this very incident.
    Must,
    /// Reduces likelihood or impact of similar ones.
    Should,
    /// A general improvement.
    NiceToHave,
}

impl Priority {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::NiceToHave => "nice to have",
        }
    }
}

/// What an action addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Addresses {
    /// A contributing factor.
    Factor {
        /// Which one.
        factor: FactorId,
    },
    /// An answer in a why-chain.
    Why {
        /// Which chain.
        chain: ChainId,
        /// Which answer.
        step: StepId,
    },
    /// An event of the timeline.
    Event {
        /// Which one.
        event: EventId,
    },
}

/// A proposed action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Proposal {
    /// Which one.
    pub id: ProposalId,
    /// What to do.
    pub text: String,
    /// What it does about the class.
    pub category: ActionCategory,
    /// How much it matters.
    pub priority: Priority,
    /// What it addresses.
    pub addresses: Option<Addresses>,
    /// The wordings that were merged into it.
    pub merged: Vec<String>,
    /// Taken off the ballot, or left out after it, with the reason.
    pub not_chosen_because: String,
    /// No longer stands for election.
    pub withdrawn: bool,
}

/// One change to a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ProposalChange {
    /// Another wording.
    Text(String),
    /// Another category.
    Category(ActionCategory),
    /// Another priority.
    Priority(Priority),
    /// What it addresses.
    Addresses(Option<Addresses>),
    /// Why it was not chosen.
    NotChosenBecause(String),
    /// Off the ballot, or back on.
    Withdrawn(bool),
}

/// Where an action item stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ActionState {
    /// Not begun.
    Open,
    /// Begun.
    InProgress,
    /// Done.
    Done,
    /// Given up.
    Dropped {
        /// Why.
        reason: String,
    },
}

impl ActionState {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in progress",
            Self::Done => "done",
            Self::Dropped { .. } => "dropped",
        }
    }
}

/// An action item the room has committed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ActionItem {
    /// Which one.
    pub id: ActionId,
    /// The proposal it came from.
    pub proposal: ProposalId,
    /// What will be done.
    pub task: String,
    /// What it does about the class.
    pub category: ActionCategory,
    /// How much it matters.
    pub priority: Priority,
    /// What it addresses.
    pub addresses: Option<Addresses>,
    /// Who: one person.
    pub owner: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// How it will be known that it is done.
    pub criterion: String,
    /// Its ticket.
    pub ticket: String,
    /// Until when the owner confirms, when something is still missing.
    pub confirm_by: Option<NaiveDate>,
    /// Where it stands.
    pub state: ActionState,
    /// Dots it won; none when it was chosen without a vote.
    pub dots: Option<u32>,
    /// People who gave it at least one dot.
    pub supporters: Option<u32>,
    /// Its owner has taken it on, on their own phone.
    #[serde(default)]
    pub accepted: bool,
    /// A new-issue page was filled in for it; the link is still to come.
    #[serde(default)]
    pub ticket_pending: bool,
}

/// Something an action item needs before the meeting may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Missing {
    /// One person who will do it.
    Owner,
    /// A date.
    Due,
    /// How it will be known that it is done.
    Criterion,
    /// A ticket.
    Ticket,
    /// The room's word: it was chosen, and is neither committed nor left out with a reason.
    Commitment,
}

impl Missing {
    /// Returns the words the surfaces use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "an owner",
            Self::Due => "a due date",
            Self::Criterion => "a success criterion",
            Self::Ticket => "a ticket",
            Self::Commitment => "to be committed, or a reason why not",
        }
    }
}

impl ActionItem {
    /// Returns what is missing; a *confirm by* date stands in for all of it but the owner to ask.
    ///
    /// What is done or dropped needs nothing any more, and a ticket that was filled in counts until its link is there.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        if matches!(self.state, ActionState::Done | ActionState::Dropped { .. }) {
            return Vec::new();
        }
        let mut missing = Vec::new();
        if self.owner.is_empty() {
            missing.push(Missing::Owner);
        }
        if self.confirm_by.is_none() {
            for (absent, what) in [
                (self.due.is_none(), Missing::Due),
                (self.criterion.is_empty(), Missing::Criterion),
                (self.ticket.is_empty() && !self.ticket_pending, Missing::Ticket),
            ] {
                if absent {
                    missing.push(what);
                }
            }
        }
        missing
    }
}

/// One change to an action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ActionChange {
    /// Another wording.
    Task(String),
    /// Another owner; empty takes it away.
    Owner(String),
    /// Another date.
    Due(Option<NaiveDate>),
    /// Another criterion; empty takes it away.
    Criterion(String),
    /// Another ticket; empty takes it away.
    Ticket(String),
    /// A new-issue page was filled in for it, or was not after all.
    TicketPending(bool),
    /// Until when the owner confirms.
    ConfirmBy(Option<NaiveDate>),
    /// Where it stands.
    State(ActionState),
}

/// What the room says about an earlier action item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum PreviousState {
    /// Not spoken about yet.
    NotReviewed,
    /// Finished.
    Done,
    /// Still open.
    StillOpen,
    /// Given up, plainly.
    Dropped,
}

impl PreviousState {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotReviewed => "not reviewed",
            Self::Done => "done",
            Self::StillOpen => "still open",
            Self::Dropped => "dropped",
        }
    }
}

/// Whether an earlier action item made a difference this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Helped {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// It cannot be told yet.
    TooEarly,
}

impl Helped {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "it helped",
            Self::No => "it did not help",
            Self::TooEarly => "too early to say",
        }
    }
}

/// An action item of an earlier post-mortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PreviousAction {
    /// Which one.
    pub id: PreviousId,
    /// What was to be done.
    pub task: String,
    /// Who took it.
    pub owner: String,
    /// Where it came from.
    pub origin: String,
    /// What the room says.
    pub state: PreviousState,
    /// Whether it made a difference.
    pub helped: Option<Helped>,
    /// What got in its way, or what it changed.
    pub remark: String,
}

/// One change to an earlier action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum PreviousChange {
    /// What the room says.
    State(PreviousState),
    /// Whether it made a difference.
    Helped(Option<Helped>),
    /// What got in its way.
    Remark(String),
}
