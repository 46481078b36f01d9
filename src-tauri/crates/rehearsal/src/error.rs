//! Why a rehearsal stopped, in sentences that name the step.

use live::LiveError;

/// Why a rehearsal stopped. The post-mortem is kept as far as it got.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// A meeting without anybody who writes or votes.
    #[error("A rehearsal needs at least one phone.")]
    NoPhones,
    /// What is open is not the sample, or its meeting has begun.
    #[error("A rehearsal needs the sample incident with its meeting not begun. Nothing was changed; begin a new one.")]
    NotFresh,
    /// The owner of the meeting said no.
    #[error("The rehearsal stopped at “{doing}”: {error}")]
    Refused {
        /// What was being done.
        doing: String,
        /// What the owner said.
        error: LiveError,
    },
    /// The room said no to a phone.
    #[error("The rehearsal stopped at “{doing}”: the room refused with {status}: {answer}")]
    PhoneRefused {
        /// What was being done.
        doing: String,
        /// The status of the answer.
        status: u16,
        /// Its sentence.
        answer: String,
    },
    /// The room could not be reached.
    #[error("The rehearsal stopped at “{doing}”: a phone did not reach the room: {error}")]
    NotReached {
        /// What was being done.
        doing: String,
        /// What the network said.
        error: reqwest::Error,
    },
    /// What was waited for did not come.
    #[error("The rehearsal stopped at “{doing}”: nothing came for {seconds} seconds.")]
    TooLate {
        /// What was being done.
        doing: String,
        /// How long it was waited.
        seconds: u64,
    },
    /// A phone's stream ended although the phone was in the room.
    #[error("The rehearsal stopped at “{doing}”: the room ended a phone's stream.")]
    StreamEnded {
        /// What was being done.
        doing: String,
    },
    /// The meeting is not where the rehearsal left it.
    #[error("The rehearsal stopped at “{doing}”: {found}. Is somebody else leading the meeting?")]
    Astray {
        /// What was being done.
        doing: String,
        /// What was found.
        found: String,
    },
}
