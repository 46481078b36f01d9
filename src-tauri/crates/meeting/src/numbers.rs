//! Numbers on what phones overwrite, so that an older change that arrives late changes nothing.
//!
//! A phone numbers what it asks, rising from one request to the next and over a reload. Of each thing it may overwrite
//! the meeting remembers the newest number, also when the thing was withdrawn. Numbers are secrets of the same seal as
//! what they belong to and are destroyed with it: they tell who had a hand in which draft. Ballots carry a number of
//! their own, see [`Ballot`](crate::Ballot).

use serde::{Deserialize, Serialize};

use crate::text::NOTES_PER_PERSON;
use crate::{
    ActionId, Actor, Chance, Decided, DraftId, EventId, Meeting, ParticipantId, Progress, Refusal, Request, Seal,
    Secret, Section,
};

/// Things of one person that may be numbered: more than anybody writes and withdraws, and a bound for a hostile phone.
const NUMBERED_PER_PERSON: usize = 10 * NOTES_PER_PERSON;

/// What a request of a phone overwrites.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are the words of the glossary; each variant says the rest")]
pub enum Overwritten {
    /// A note before the reveal.
    Note { section: Section, draft: DraftId },
    /// Something remembered.
    Recollection { draft: DraftId },
    /// What was confided to the facilitator.
    Confidence {},
    /// The answer to the exit poll.
    PollAnswer {},
    /// Whether it is time to move on.
    MoveOn {},
    /// Whether an event was new.
    FoundNew { event: EventId },
    /// How an owner took an action item on.
    Action { action: ActionId },
    /// The name somebody goes by.
    Name {},
}

impl Overwritten {
    fn by(request: &Request) -> Option<Self> {
        match request {
            Request::Write { draft, kind, .. } => Some(Self::Note { section: kind.section(), draft: draft.clone() }),
            Request::Withdraw { draft, section } => Some(Self::Note { section: *section, draft: draft.clone() }),
            Request::Recollect { draft, .. } => Some(Self::Recollection { draft: draft.clone() }),
            Request::Confide { .. } => Some(Self::Confidence {}),
            Request::AnswerPoll { .. } => Some(Self::PollAnswer {}),
            Request::MoveOn { .. } => Some(Self::MoveOn {}),
            Request::FindNew { event, .. } => Some(Self::FoundNew { event: *event }),
            Request::TakeAction { action, .. } => Some(Self::Action { action: *action }),
            Request::Rename { .. } => Some(Self::Name {}),
            _ => None,
        }
    }

    /// Returns the seal under which its number lies.
    #[must_use]
    pub const fn seal(&self) -> Seal {
        match self {
            Self::Note { section, .. } => Seal::Notes(*section),
            Self::Recollection { .. } | Self::Confidence {} => Seal::Recollections,
            Self::PollAnswer {} => Seal::Poll,
            Self::MoveOn {} | Self::FoundNew { .. } | Self::Action { .. } | Self::Name {} => Seal::Taps,
        }
    }
}

/// Decides what a phone asks under a number. What is as old as what was kept, or older, is granted and changes nothing.
pub(crate) fn decide_numbered(
    meeting: &Meeting,
    by: ParticipantId,
    number: u64,
    request: &Request,
    chance: Chance,
) -> Result<Decided, Refusal> {
    let mut decided = crate::decide(meeting, request, Actor::Participant { id: by }, chance)?;
    let Some(what) = Overwritten::by(request) else { return Ok(decided) };
    // The end has broken every seal, and nothing would ever break one made after it.
    if meeting.progress == Progress::Ended {
        return Ok(decided);
    }
    let known = meeting.hidden.numbers.get(&by);
    match known.and_then(|numbers| numbers.get(&what)) {
        Some(kept) if *kept >= number => return Ok(Decided::default()),
        Some(_) => {}
        None if known.is_some_and(|numbers| numbers.len() >= NUMBERED_PER_PERSON) => {
            return Err(Refusal::TooManyNotes { limit: NOTES_PER_PERSON });
        }
        None => {}
    }
    decided.secrets.push(Secret::Numbered { by, what, number });
    Ok(decided)
}

impl Meeting {
    /// Returns the newest number that is remembered of a participant; 0 without any. The next one must be above it.
    #[must_use]
    pub fn newest_number(&self, of: ParticipantId) -> u64 {
        self.hidden.numbers.get(&of).and_then(|numbers| numbers.values().max()).copied().unwrap_or(0)
    }
}
