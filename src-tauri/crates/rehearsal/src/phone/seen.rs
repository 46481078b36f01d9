//! What the room sends a phone, as far as a simulated one acts on it.
//!
//! These are types of their own and not those of `wire`, so that a change of the protocol is noticed here as a page
//! loaded before would notice it.

use meeting::{Ballot, ParticipantId, PollAnswer, ProposalId, RoundId, Section};
use serde::Deserialize;
use serde_json::Value;

/// What a phone was sent.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    /// What every phone is sent.
    pub view: SeenView,
    /// What only this one is sent.
    pub own: SeenOwn,
}

/// The part that is the same for every phone.
#[derive(Debug, Clone, Deserialize)]
pub struct SeenView {
    /// Rises with every change.
    pub revision: u64,
    /// What is asked.
    pub task: Task,
}

/// What the room asks of the phone, as far as it acts on it.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of `wire::PhoneTask`, which explains them")]
pub enum Task {
    Wait {},
    Look {},
    Write { section: Section },
    Vote { round: RoundId, dots: u8, per_option: u8, options: Vec<Offered> },
    Result {},
    Poll {},
    Adjourned {},
    Ended {},
}

/// A proposal on the ballot.
#[derive(Debug, Clone, Deserialize)]
pub struct Offered {
    /// Which one.
    pub id: ProposalId,
    /// What to do.
    pub text: String,
}

/// What only this phone is sent.
#[derive(Debug, Clone, Deserialize)]
pub struct SeenOwn {
    /// Who this is.
    pub participant: ParticipantId,
    /// Its notes that are still hidden.
    pub notes: Vec<Value>,
    /// Its ballot in the open round.
    pub ballot: Option<Ballot>,
    /// Its answers to the exit poll.
    pub poll: Option<PollAnswer>,
    /// The newest number that the room remembers of what it sent.
    pub number: u64,
}
