//! What people remember before anybody asks, and what is hard to talk about.
//!
//! Both come from phones and reach the facilitator alone, without a name. A recollection can be taken into the
//! timeline; what somebody confides is read, and destroyed with everything else that is sealed when the meeting ends.

use serde::{Deserialize, Serialize};

use crate::{DraftId, ParticipantId};

/// The longest time a person may give a recollection, as free words.
pub const WHEN_LIMIT: usize = 40;

/// Something a participant remembers, or an event they miss on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recollection {
    /// Who wrote it; never shown.
    pub author: ParticipantId,
    /// The author's name for it.
    pub draft: DraftId,
    /// When it was, in the author's words: `14:20`, `shortly after the deploy`.
    pub when: String,
    /// What was seen or done.
    pub text: String,
}
