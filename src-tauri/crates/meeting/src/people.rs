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
