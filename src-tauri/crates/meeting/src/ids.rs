//! Identifiers: one newtype per thing, so that a chain is never mistaken for a factor.
//!
//! Numbers are handed out by the meeting in ascending order and never used twice, not even after an undo.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        pub struct $name(pub u32);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id! {
    /// An event of the timeline.
    EventId;
    /// A note that has been revealed.
    NoteId;
    /// A why-chain.
    ChainId;
    /// One answer in a why-chain.
    StepId;
    /// A contributing factor.
    FactorId;
    /// A proposed action, as voted on.
    ProposalId;
    /// A committed action item.
    ActionId;
    /// An action item of an earlier post-mortem.
    PreviousId;
    /// A round of voting.
    RoundId;
    /// Somebody in the room, with or without a phone.
    ParticipantId;
    /// An entry of the parking lot.
    ParkedId;
    /// An entry of the decision log.
    DecisionId;
    /// A piece of evidence.
    AttachmentId;
    /// One act of the facilitator: what a single undo takes back.
    ActId;
}

/// A post-mortem: short, unique, fit for a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PostMortemId(pub String);

impl std::fmt::Display for PostMortemId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A note before the reveal, named by the phone that wrote it so that a repeated request changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DraftId(pub String);
