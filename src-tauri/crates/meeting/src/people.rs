//! Who is in the room, and who asks.

use serde::{Deserialize, Serialize};

use crate::ParticipantId;

/// Somebody in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Which one.
    pub id: ParticipantId,
    /// The name given, if any.
    pub name: Option<String>,
    /// Joined with a phone; otherwise registered by the facilitator, who enters the ballot.
    pub phone: bool,
    /// Taken out by the facilitator.
    pub removed: bool,
    /// What the facilitator has approved this phone for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Duty>,
}

/// What a phone may do for the facilitator. Neither duty passes a barrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Duty {
    /// Types answers, decisions and entries of the parking lot.
    NoteTaker,
    /// Shows the script and the timer, and moves on and back.
    Remote,
}

impl Duty {
    /// Returns the words the surfaces use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoteTaker => "note-taker",
            Self::Remote => "remote",
        }
    }
}

/// A rule of the room that the facilitator turns on; all are off by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum RoomRule {
    /// Nobody else may join; whoever is in comes back.
    JoiningLocked,
    /// Anybody may say on the phone that it is time to move on.
    MoveOn,
    /// At each event of the timeline anybody may say that it was new to them.
    Novelty,
}

/// Who asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Actor {
    /// Whoever sits at the console.
    Facilitator,
    /// Somebody with a phone; absent while joining.
    Participant {
        /// Which one.
        id: ParticipantId,
    },
    /// Debrief itself, after a crash for instance.
    Application,
}
