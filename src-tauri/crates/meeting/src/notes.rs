//! Silent writing: what is hidden, what the reveal makes of it, and the notes afterwards.
//!
//! Before the reveal a note belongs to somebody and nobody may read it. The reveal gives every note a fresh id in a
//! shuffled order and forgets whose it was. There is no type that holds both an author and a revealed note.

use serde::{Deserialize, Serialize};

use crate::{ActionCategory, DraftId, NoteId, ParticipantId, Priority, Section};

/// What a note speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum NoteKind {
    /// Something that went well.
    WentWell,
    /// Where luck, and no safeguard, helped.
    Lucky,
    /// Something that went poorly.
    WentPoorly,
    /// A condition that contributed.
    Cause,
    /// A proposed action.
    Proposal {
        /// What it does about the class of incidents.
        category: ActionCategory,
        /// How much it matters.
        priority: Priority,
    },
}

impl NoteKind {
    /// Returns the section in which such notes are written.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::WentWell | Self::Lucky => Section::WentWell,
            Self::WentPoorly => Section::WentPoorly,
            Self::Cause => Section::RootCauses,
            Self::Proposal { .. } => Section::ActionItems,
        }
    }
}

/// Whose hidden note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Author {
    /// Written on a phone.
    Participant {
        /// By whom.
        id: ParticipantId,
    },
    /// Typed at the console on behalf of the room.
    Console,
}

/// A note nobody but its author may read yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenNote {
    /// Whose it is.
    pub author: Author,
    /// The author's name for it.
    pub draft: DraftId,
    /// What it speaks about.
    pub kind: NoteKind,
    /// What it says.
    pub text: String,
}

/// A note the room may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Note {
    /// Which one.
    pub id: NoteId,
    /// What it speaks about.
    pub kind: NoteKind,
    /// What it says.
    pub text: String,
    /// The wordings that were merged into it.
    pub merged: Vec<String>,
    /// Kept off the stage by the facilitator.
    pub set_aside: bool,
    /// Spoken about.
    pub discussed: bool,
}

/// Where the writing of a section stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum WritingState {
    /// Not begun.
    #[default]
    Closed,
    /// Everybody writes; nobody reads.
    Open,
    /// Revealed.
    Revealed {
        /// How many people had written.
        writers: u32,
    },
}

/// The writing of one section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// Where it stands.
    pub state: WritingState,
    /// What was revealed so far.
    pub notes: Vec<Note>,
}

/// One change to a revealed note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum NoteChange {
    /// Another wording.
    Text(String),
    /// Kept off the stage, or back on.
    SetAside(bool),
    /// Spoken about, or not.
    Discussed(bool),
}
