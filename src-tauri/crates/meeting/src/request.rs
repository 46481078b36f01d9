//! What may be asked of a meeting, in the imperative.
//!
//! `decide` answers with events or a refusal. What a phone may ask is a smaller language of its own in `wire`; it
//! translates into these.

#![expect(missing_docs, reason = "the fields of a request are the words of the glossary; each variant says the rest")]

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    ActionCategory, ActionId, Addresses, Ballot, Budget, ChainEnd, ChainId, DraftId, Duty, Edit, EventId,
    FactorCategory, FactorId, NewEvent, NoteKind, PaceChange, ParticipantId, Picture, Planned, PollAnswer,
    PostMortemId, Priority, ProposalId, RoundId, Section, StepId,
};

/// Something asked of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Request {
    /// Begin a post-mortem.
    Create {
        id: PostMortemId,
        title: String,
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        zone: Tz,
        planned: Vec<Planned>,
    },
    /// Replace a fact of the record.
    Edit { edit: Edit },
    /// Replace several facts at once; one undo takes all of it back.
    EditAll { edits: Vec<Edit> },
    /// Add events to the timeline.
    AddEvents { events: Vec<NewEvent> },
    /// Attach lines of a log.
    AttachExcerpt { event: Option<EventId>, text: String, caption: String },
    /// Attach an image that the library already holds.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    AttachImage { event: Option<EventId>, image: crate::Image, caption: String },
    /// Take a recollection into the timeline.
    TakeRecollection { draft: DraftId, event: NewEvent },
    /// Take in an action item of an earlier post-mortem.
    AddPrevious { task: String, owner: String, origin: String },
    /// Type a note the room has spoken.
    AddNote { kind: NoteKind, text: String },
    /// Begin a why-chain.
    AddChain { symptom: String, event: Option<EventId>, factor: Option<FactorId> },
    /// Answer a why.
    AddStep { chain: ChainId, parent: Option<StepId>, answer: String, ends_at: Option<ChainEnd> },
    /// Make an answer the first one of a chain of its own.
    SplitChain { chain: ChainId, step: StepId },
    /// Hang a chain below an answer of another one, or below its symptom.
    JoinChains { into: ChainId, under: Option<StepId>, from: ChainId },
    /// Name a contributing factor.
    AddFactor { category: FactorCategory, text: String, chain: Option<ChainId>, event: Option<EventId> },
    /// Type a proposal the room has spoken.
    AddProposal { text: String, category: ActionCategory, priority: Priority, addresses: Option<Addresses> },
    /// Set something down for later.
    Park { text: String },
    /// Record a decision.
    RecordDecision { text: String },
    /// Begin the meeting.
    StartMeeting {},
    /// Do the next sensible thing; stops at a barrier.
    Next {},
    /// Go one picture back.
    Back {},
    /// Go to a section.
    EnterSection { section: Section },
    /// Put something on the stage.
    Show { picture: Picture },
    /// Start the section's clock, or pause it.
    ToggleClock {},
    /// Give the section more minutes, or fewer.
    AddMinutes { minutes: i32 },
    /// Win time: shorten sections to come, leave one out, or agree to stay longer.
    ChangePace { change: PaceChange },
    /// Break off until another day.
    Adjourn {},
    /// Go on.
    Resume {},
    /// End the meeting; with gaps only for a written reason.
    EndMeeting { reason: String },
    /// Make the stage dark, or light.
    Blank { on: bool },
    /// Freeze the stage, or set it free.
    Freeze { on: bool },
    /// Lay the join card over the stage, or take it away.
    ShowJoinCard { on: bool },
    /// Register somebody without a phone.
    Register { name: String },
    /// Take somebody out.
    Remove { participant: ParticipantId },
    /// Approve a phone for a duty, or relieve it.
    GiveDuty { participant: ParticipantId, duty: Option<Duty> },
    /// Let the room write.
    OpenWriting { section: Section },
    /// Reveal what was written.
    Reveal { section: Section },
    /// Open a vote on what is proposed; without a budget the suggested one.
    OpenVote { seats: u8, budget: Option<Budget> },
    /// Open a run-off between those tied.
    OpenRunOff { of: RoundId },
    /// Change dots or seats before the first dot.
    ChangeBudget { round: RoundId, budget: Budget, seats: u8 },
    /// Enter a ballot for somebody without a phone.
    EnterBallot { round: RoundId, voter: ParticipantId, ballot: Ballot },
    /// Close a vote.
    CloseVote { round: RoundId },
    /// Settle a tie by the room's decision.
    SettleTie { round: RoundId, chosen: Vec<ProposalId> },
    /// Commit what the vote has chosen.
    CommitChosen {},
    /// Commit these proposals by the room's decision, without a vote.
    Commit { proposals: Vec<ProposalId> },
    /// Open the exit poll.
    OpenPoll {},
    /// Take an action item on: with a date and a criterion, where they are to change.
    TakeAction { action: ActionId, due: Option<NaiveDate>, criterion: String },
    /// Close the exit poll.
    ClosePoll {},
    /// Take the last act back.
    Undo {},
    /// Do it again.
    Redo {},
    /// Stop the clocks where the application was last seen.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    Interrupt { last_seen: crate::Moment },
    /// Join with a phone.
    Join { name: Option<String> },
    /// Come back as somebody who is in the room, with another token; the facilitator has said who it is.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    Return { participant: ParticipantId },
    /// Go by another name.
    Rename { name: Option<String> },
    /// Write a note, or change one.
    Write { draft: DraftId, kind: NoteKind, text: String },
    /// Withdraw a note.
    Withdraw { draft: DraftId, section: Section },
    /// Tell the facilitator what one remembers, or change it; without a text it is withdrawn.
    Recollect { draft: DraftId, when: String, text: String },
    /// Tell the facilitator what is hard to talk about; without a text it is taken back.
    Confide { text: String },
    /// Cast a ballot, or change it.
    Vote { round: RoundId, ballot: Ballot },
    /// Answer the exit poll.
    AnswerPoll { answer: PollAnswer },
    /// Say that it is time to leave what is on the stage, or take that back.
    MoveOn { on: bool },
    /// Say that an event was new, or take that back.
    FindNew { event: EventId, on: bool },
    /// A request of a phone, with a number that rises: an older change of the same thing changes nothing.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    Numbered { number: u64, request: Box<Self> },
}
