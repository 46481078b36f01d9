//! Why a request was not granted, in sentences a person can act on.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Milestone, Missing};

/// A refusal changes nothing; what was there before is still there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing was typed.
    #[error("There is nothing in it yet. Type something first.")]
    Empty,
    /// The text does not fit.
    #[error("It has {length} characters; {limit} fit. Shorten it, or split it in two.")]
    TooLong {
        /// How many fit.
        limit: usize,
        /// How many there are.
        length: usize,
    },
    /// What is to be changed is not there any more.
    #[error("This is no longer there; somebody may have removed it.")]
    NotFound,
    /// A participant asked for what only the facilitator may do.
    #[error("Only the facilitator can do this.")]
    FacilitatorOnly,
    /// Whoever asks was taken out of the room or never joined.
    #[error("You are not in this meeting any more. Ask the facilitator to let you in again.")]
    NotInTheRoom,
    /// An answer was to hang below itself.
    #[error("An answer cannot hang below itself. Choose another place for it.")]
    BelowItself,
    /// A chain was to be split at its only first answer.
    #[error("This is the only first answer; without it no chain would be left. Split at a later one.")]
    NothingToSplit,
    /// The room is full.
    #[error("The room is full: {limit} people have joined.")]
    RoomFull {
        /// How many fit.
        limit: usize,
    },
    /// Nobody else may join.
    #[error("The facilitator has locked joining. Ask to be let in; whoever was here before can come back.")]
    JoiningLocked,
    /// A rule of the room that is off.
    #[error("The facilitator has not turned this on.")]
    NotTurnedOn,
    /// The meeting is not in progress.
    #[error("The meeting is not in progress.")]
    NotInProgress,
    /// The meeting is already in progress.
    #[error("The meeting has already started.")]
    AlreadyStarted,
    /// The section is not on the agenda.
    #[error("This section is not on the agenda.")]
    NotOnTheAgenda,
    /// The agenda is not usable.
    #[error("An agenda needs at least one section, each once, with 1 to 180 minutes.")]
    BadAgenda,
    /// Nobody writes in that section now.
    #[error("Writing is not open in this section now. What you typed is still in the field.")]
    WritingClosed,
    /// Somebody has written as much as is kept.
    #[error("{limit} notes from one person are kept in a section. Withdraw one first.")]
    TooManyNotes {
        /// How many are kept.
        limit: usize,
    },
    /// An image is larger than is kept.
    #[error("An image may have 20 MB and 20,000 pixels a side. Make it smaller and attach it again.")]
    ImageTooLarge,
    /// As much is attached as is kept.
    #[error("{limit} pieces of evidence are kept. Remove one first.")]
    TooManyAttachments {
        /// How many are kept.
        limit: usize,
    },
    /// A fishbone has as many categories as can be read.
    #[error("A fishbone has {limit} categories of your own at most. Use one of them, or give one up first.")]
    TooManyCategories {
        /// How many there may be.
        limit: usize,
    },
    /// A draft's name is not usable.
    #[error("This page is out of date. Reload it; what you typed is kept.")]
    BadDraft,
    /// No vote is open.
    #[error("The vote is closed.")]
    VotingClosed,
    /// A vote is open and something else must wait for its end.
    #[error("A vote is open. Close it first.")]
    VotingOpen,
    /// A vote was asked for while proposals are still being written.
    #[error("Proposals are still being written. Reveal them first, so that all of them stand on the ballot.")]
    WritingOpen,
    /// Fewer than two options.
    #[error("A vote needs at least two proposals.")]
    TooFewOptions,
    /// A number of seats or dots that cannot be.
    #[error("Choose three to five action items, and at least one dot each.")]
    BadBudget,
    /// The first dot has been cast.
    #[error("Somebody has voted already; the number of dots is fixed now.")]
    BudgetFixed,
    /// A ballot names an option that is not in this round, or one twice.
    #[error("The ballot names something that is not voted on. Reload the page.")]
    UnknownOption,
    /// A ballot with too many dots.
    #[error("Each person has {limit} dots. Take one back first.")]
    TooManyDots {
        /// How many there are.
        limit: u8,
    },
    /// A ballot with too many dots on one option.
    #[error("At most {limit} dots go on one proposal.")]
    TooManyOnOne {
        /// How many may.
        limit: u8,
    },
    /// A newer ballot of the same person is kept.
    #[error("A newer ballot of yours is already kept.")]
    BallotOutdated {
        /// Its revision.
        kept: u32,
    },
    /// The facilitator entered a ballot for somebody who has a phone.
    #[error("This person votes on their own phone.")]
    VotesByPhone,
    /// A vote ended in a tie that must be settled first.
    #[error("The vote ended in a tie. Hold a run-off, or let the room decide.")]
    TieOpen,
    /// No more than five may be committed.
    #[error("At most five action items are committed; more are not done.")]
    TooManyActions,
    /// A record closes when every action item is done or dropped.
    #[error("{}. A record closes when each of them is done or dropped.", open_actions(.open))]
    ActionsOpen {
        /// How many are not.
        open: usize,
    },
    /// Only somebody with a name can own an action item.
    #[error("An owner has a name. Say who you are, then take it on.")]
    NameNeeded,
    /// The action item has another owner.
    #[error("This is {owner}’s. Ask the facilitator if that should change.")]
    TakenByAnother {
        /// Who has it.
        owner: String,
    },
    /// The meeting would end with gaps.
    #[error("Before the meeting ends: {}. Fill it in, set a date to confirm by, or give the reason for ending anyway.", list_gaps(.gaps))]
    Incomplete {
        /// What is missing, by action.
        gaps: Vec<Gap>,
    },
    /// The meeting would end with notes that nobody has read.
    #[error("What was written in “{}” was never revealed and would be lost. Reveal it first, or give the reason for ending anyway.", .section.word())]
    StillHidden {
        /// In which section.
        section: crate::Section,
    },
    /// A milestone points at an event without a time.
    #[error("The event has no time, so it cannot mark {}.", .milestone.word().to_lowercase())]
    UntimedMilestone {
        /// Which one.
        milestone: Milestone,
    },
    /// The next step cannot be taken back, so it is not taken in passing.
    #[error("{what} It cannot be taken back. Press {key} to do it.")]
    Barrier {
        /// What would happen.
        what: String,
        /// The key that does it.
        key: String,
    },
    /// Nothing to take back.
    #[error("There is nothing to undo: revealing notes and closing a vote cannot be taken back.")]
    NothingToUndo,
    /// Nothing to do again.
    #[error("There is nothing to redo.")]
    NothingToRedo,
    /// The first or last step has been reached.
    #[error("This is the last step in this direction.")]
    EndOfTheAgenda,
    /// A number outside its range.
    #[error("The answer is outside its range.")]
    OutOfRange,
    /// The exit poll is not open.
    #[error("The exit poll is not open.")]
    PollClosed,
}

/// What one action item, or the whole list, lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Gap {
    /// The action item's task; empty for the whole list.
    pub task: String,
    /// What it lacks; empty when it is the number that is wrong.
    pub missing: Vec<Missing>,
}

fn open_actions(open: &usize) -> String {
    if *open == 1 { "One action item is still open".to_owned() } else { format!("{open} action items are still open") }
}

fn list_gaps(gaps: &[Gap]) -> String {
    let sentences: Vec<_> = gaps
        .iter()
        .map(|gap| {
            if gap.task.is_empty() {
                "three to five action items are to be committed".to_owned()
            } else {
                let missing: Vec<_> = gap.missing.iter().map(|missing| missing.word()).collect();
                format!("“{}” needs {}", gap.task, missing.join(", "))
            }
        })
        .collect();
    sentences.join("; ")
}

impl Refusal {
    /// Returns the stable code by which surfaces and tests know it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too-long",
            Self::NotFound => "not-found",
            Self::FacilitatorOnly => "facilitator-only",
            Self::NotInTheRoom => "not-in-the-room",
            Self::BelowItself => "below-itself",
            Self::NothingToSplit => "nothing-to-split",
            Self::RoomFull { .. } => "room-full",
            Self::JoiningLocked => "joining-locked",
            Self::NotTurnedOn => "not-turned-on",
            Self::NotInProgress => "not-in-progress",
            Self::AlreadyStarted => "already-started",
            Self::NotOnTheAgenda => "not-on-the-agenda",
            Self::BadAgenda => "bad-agenda",
            Self::WritingClosed => "writing-closed",
            Self::TooManyNotes { .. } => "too-many-notes",
            Self::ImageTooLarge => "image-too-large",
            Self::TooManyAttachments { .. } => "too-many-attachments",
            Self::TooManyCategories { .. } => "too-many-categories",
            Self::BadDraft => "bad-draft",
            Self::VotingClosed => "voting-closed",
            Self::VotingOpen => "voting-open",
            Self::WritingOpen => "writing-open",
            Self::TooFewOptions => "too-few-options",
            Self::BadBudget => "bad-budget",
            Self::BudgetFixed => "budget-fixed",
            Self::UnknownOption => "unknown-option",
            Self::TooManyDots { .. } => "too-many-dots",
            Self::TooManyOnOne { .. } => "too-many-on-one",
            Self::BallotOutdated { .. } => "ballot-outdated",
            Self::VotesByPhone => "votes-by-phone",
            Self::TieOpen => "tie-open",
            Self::TooManyActions => "too-many-actions",
            Self::ActionsOpen { .. } => "actions-open",
            Self::NameNeeded => "name-needed",
            Self::TakenByAnother { .. } => "taken-by-another",
            Self::Incomplete { .. } => "incomplete",
            Self::StillHidden { .. } => "still-hidden",
            Self::UntimedMilestone { .. } => "untimed-milestone",
            Self::Barrier { .. } => "barrier",
            Self::NothingToUndo => "nothing-to-undo",
            Self::NothingToRedo => "nothing-to-redo",
            Self::EndOfTheAgenda => "end-of-the-agenda",
            Self::OutOfRange => "out-of-range",
            Self::PollClosed => "poll-closed",
        }
    }
}
