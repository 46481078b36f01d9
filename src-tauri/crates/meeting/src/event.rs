//! What has happened: the facts of the log, and the secrets kept apart from it.
//!
//! The stored form of an event is a file format. Changes are additive: a field that is added has a default, a
//! variant is never renamed.

#![expect(missing_docs, reason = "the fields of an event are the words of the glossary; each variant says the rest")]

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    ActId, ActionChange, ActionId, ActionItem, Actor, Attachment, AttachmentChange, AttachmentId, Author, Ballot,
    Budget, ChainId, Decision, DetectionSource, DraftId, Duty, EventChange, EventId, Factor, FactorCategory,
    FactorChange, FactorId, HiddenNote, IncidentKind, ListField, Milestone, MilestoneTime, MitigationKind, Moment,
    Neutrality, Note, NoteChange, NoteId, PaceChange, Parked, ParkedId, ParkedOutcome, Participant, ParticipantId,
    Picture, Planned, PollAnswer, PollResult, PostMortemId, PreviousAction, PreviousChange, PreviousId, Proposal,
    ProposalChange, ProposalId, Recollection, Role, RoomRule, Round, RoundId, RoundResult, Section, Severity, Status,
    StepChange, StepId, TextField, TimelineEvent, WhyChain, WhyStep,
};

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its number, from 1.
    pub seq: u64,
    /// The act it belongs to: what one undo takes back.
    pub act: ActId,
    /// Who asked for it.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// What happened.
    pub event: Event,
}

/// A fact about the record that was typed or chosen, and replaces what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Edit {
    /// A prose field.
    Text { field: TextField, text: String },
    /// A field of short entries.
    List { list: ListField, items: Vec<String> },
    /// The severity, with the definition in force.
    Severity { severity: Option<Severity>, definition: String },
    /// Why the post-mortem is held.
    Kind { kind: Option<IncidentKind> },
    /// Who or what noticed first.
    DetectedBy { source: Option<DetectionSource> },
    /// How the effect was ended.
    MitigatedBy { mitigation: Option<MitigationKind> },
    /// The zone that times are shown in, by its IANA name.
    Zone {
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        zone: Tz,
    },
    /// Who played a part.
    Role { role: Role, names: Vec<String> },
    /// When the meeting is to be held.
    PlannedFor { at: Option<DateTime<Utc>> },
    /// Whether phones are shown a hint before a sentence that blames is sent.
    PhoneHints { on: bool },
    /// How many people may be in the room.
    ParticipantLimit { limit: u32 },
    /// A rule of the room.
    RoomRule { rule: RoomRule, on: bool },
    /// A piece of evidence.
    Attachment { attachment: AttachmentId, change: AttachmentChange },
    /// A piece of evidence goes.
    RemoveAttachment { attachment: AttachmentId },
    /// When a milestone was reached.
    Milestone { milestone: Milestone, time: MilestoneTime },
    /// Every time stakeholders were told.
    StakeholdersTold { times: Vec<DateTime<Utc>> },
    /// Whether the facilitator is neutral.
    Neutrality { answers: Neutrality },
    /// Sections, order and minutes; before the meeting only.
    Agenda { planned: Vec<Planned> },
    /// An event of the timeline.
    Event { event: EventId, change: EventChange },
    /// An event of the timeline goes.
    RemoveEvent { event: EventId },
    /// What the room said about an event; an empty answer takes it away.
    Answer { event: EventId, question: String, answer: String },
    /// A revealed note.
    Note { section: Section, note: NoteId, change: NoteChange },
    /// Several notes become one.
    MergeNotes { section: Section, into: NoteId, from: Vec<NoteId>, text: String },
    /// Where a chain starts.
    Symptom { chain: ChainId, symptom: String },
    /// A chain goes.
    RemoveChain { chain: ChainId },
    /// An answer in a chain.
    Step { chain: ChainId, step: StepId, change: StepChange },
    /// An answer goes, with all that hangs on it.
    RemoveStep { chain: ChainId, step: StepId },
    /// An answer goes, with all that hangs on it, below another answer or another symptom, before a sibling or last.
    MoveStep { chain: ChainId, step: StepId, to: ChainId, parent: Option<StepId>, before: Option<StepId> },
    /// A chain stands before another one, or last.
    PlaceChain { chain: ChainId, before: Option<ChainId> },
    /// A contributing factor.
    Factor { factor: FactorId, change: FactorChange },
    /// All factors of a category go to another one, or to one of a new name.
    RenameCategory { from: FactorCategory, to: FactorCategory },
    /// A factor goes.
    RemoveFactor { factor: FactorId },
    /// A proposal.
    Proposal { proposal: ProposalId, change: ProposalChange },
    /// Several proposals become one.
    MergeProposals { into: ProposalId, from: Vec<ProposalId>, text: String },
    /// A committed action item.
    Action { action: ActionId, change: ActionChange },
    /// An action item of an earlier post-mortem.
    Previous { previous: PreviousId, change: PreviousChange },
    /// An earlier action item goes from the list.
    RemovePrevious { previous: PreviousId },
    /// What became of an entry of the parking lot.
    ParkedOutcome { parked: ParkedId, outcome: Option<ParkedOutcome> },
    /// An entry of the parking lot goes.
    RemoveParked { parked: ParkedId },
    /// Where the record stands.
    Status { status: Status },
}

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// The post-mortem was begun.
    Created { id: PostMortemId, title: String, zone: Tz, planned: Vec<Planned> },
    /// A fact of the record was replaced.
    Edited { edit: Edit },
    /// Events joined the timeline.
    EventsAdded { events: Vec<TimelineEvent> },
    /// Evidence was attached.
    Attached { attachment: Attachment },
    /// An earlier action item was taken in.
    PreviousAdded { previous: PreviousAction },
    /// A note was spoken and typed at the console.
    NoteAdded { section: Section, note: Note },
    /// A why-chain was begun.
    ChainAdded { chain: WhyChain },
    /// An answer was given.
    StepAdded { chain: ChainId, step: WhyStep },
    /// An answer became the first one of a chain of its own, whose symptom is what it answered.
    ChainSplit { chain: ChainId, step: StepId, into: ChainId, symptom: String },
    /// A chain was hung below an answer of another one, or its symptom; its own symptom became the answer `step`.
    ChainsJoined { into: ChainId, under: Option<StepId>, from: ChainId, step: StepId },
    /// A factor was named.
    FactorAdded { factor: Factor },
    /// A proposal was spoken and typed at the console.
    ProposalAdded { proposal: Proposal },
    /// Something was set down for later.
    Parked { entry: Parked },
    /// The room decided something.
    DecisionRecorded { decision: Decision },
    /// The meeting began.
    MeetingStarted {},
    /// A section began.
    SectionEntered { index: usize },
    /// The section's clock was started.
    ClockStarted {},
    /// The section's clock was paused.
    ClockPaused {},
    /// The section was given more time, or less.
    MinutesAdded { minutes: i32 },
    /// Sections to come were shortened or left out, or the room agreed to stay longer.
    PaceChanged { change: PaceChange },
    /// The application went away while clocks ran; they stopped when it was last seen.
    Interrupted { last_seen: Moment },
    /// The meeting was broken off until another day.
    Adjourned {},
    /// It goes on.
    Resumed {},
    /// The meeting ended.
    MeetingEnded { reason: String },
    /// Something was put on the stage.
    PictureShown { picture: Picture },
    /// The stage went dark, or light again.
    StageBlanked { on: bool },
    /// The stage was frozen, or set free.
    StageFrozen { on: bool },
    /// The join card was laid over the stage, or taken away.
    JoinCardShown { on: bool },
    /// Somebody joined.
    ParticipantJoined { participant: Participant },
    /// Somebody goes by another name.
    ParticipantRenamed { participant: ParticipantId, name: Option<String> },
    /// Somebody was taken out.
    ParticipantRemoved { participant: ParticipantId },
    /// A phone was approved for a duty, or relieved of it.
    DutyGiven { participant: ParticipantId, duty: Option<Duty> },
    /// Somebody came back with another phone, or with one that had forgotten who it was.
    ParticipantReturned { participant: ParticipantId },
    /// How many said of which event that it was new to them.
    NoveltyCounted { counts: Vec<(EventId, u32)> },
    /// Silent writing began.
    WritingOpened { section: Section },
    /// What was written was revealed, shuffled, with fresh ids and without authors or times.
    NotesRevealed { section: Section, notes: Vec<Note>, proposals: Vec<Proposal>, writers: u32 },
    /// A vote was opened.
    RoundOpened { round: Round },
    /// Dots or seats were changed before the first dot.
    BudgetChanged { round: RoundId, budget: Budget, seats: u8 },
    /// A vote was closed and counted.
    RoundClosed { round: RoundId, result: RoundResult },
    /// A tie was settled outside the count, by the room or a run-off.
    TieSettled { round: RoundId, chosen: Vec<ProposalId>, rule: crate::Rule },
    /// Proposals became action items.
    ActionsCommitted { actions: Vec<ActionItem> },
    /// Somebody took an action item on; an empty criterion and no date leave what was there.
    ActionTaken { action: ActionId, owner: String, due: Option<NaiveDate>, criterion: String },
    /// The exit poll was opened.
    PollOpened {},
    /// The exit poll was closed and counted.
    PollClosed { result: PollResult },
    /// Somebody's name was taken out of the log in this many places; what came before reads as if it had never stood there.
    NameRemoved { places: u32 },
    /// An act was taken back.
    Undone { act: ActId },
    /// An act that had been taken back was done again.
    Redone { act: ActId },
}

/// Something that must not be readable before its time, and must be gone after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Secret {
    /// A note was written or changed.
    NoteKept { section: Section, note: HiddenNote },
    /// A note was withdrawn.
    NoteWithdrawn { section: Section, author: Author, draft: DraftId },
    /// Somebody remembers something.
    RecollectionKept { recollection: Recollection },
    /// A recollection was withdrawn.
    RecollectionWithdrawn { author: ParticipantId, draft: DraftId },
    /// A recollection was taken into the timeline.
    RecollectionTaken { draft: DraftId },
    /// Somebody said what is hard to talk about; an empty text takes it back.
    Confided { author: ParticipantId, text: String },
    /// A ballot was cast or changed.
    BallotKept { round: RoundId, voter: ParticipantId, ballot: Ballot },
    /// The exit poll was answered.
    PollAnswered { voter: ParticipantId, answer: PollAnswer },
    /// Somebody thinks that it is time to leave what is on the stage, or no longer does.
    MoveOnWished { by: ParticipantId, section: Section, picture: Picture, on: bool },
    /// An event was new to somebody, or was not after all.
    FoundNew { by: ParticipantId, event: EventId, on: bool },
    /// A phone has overwritten something under this number.
    Numbered { by: ParticipantId, what: crate::Overwritten, number: u64 },
}

/// What keeps secrets of one kind together; broken as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seal {
    /// The notes of a section.
    Notes(Section),
    /// The ballots of a round.
    Ballots(RoundId),
    /// The exit poll.
    Poll,
    /// What people remember and confide; it opens to the facilitator alone and ends with the meeting.
    Recollections,
    /// Taps that are only ever counted: time to move on, new to me.
    Taps,
}

/// Which seals an event breaks; what lay under them is destroyed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// None.
    Nothing,
    /// One.
    One(Seal),
    /// All of them.
    Everything,
}

impl Secret {
    /// Returns the seal it lies under.
    #[must_use]
    pub const fn seal(&self) -> Seal {
        match self {
            Self::NoteKept { section, .. } | Self::NoteWithdrawn { section, .. } => Seal::Notes(*section),
            Self::BallotKept { round, .. } => Seal::Ballots(*round),
            Self::PollAnswered { .. } => Seal::Poll,
            Self::RecollectionKept { .. }
            | Self::RecollectionWithdrawn { .. }
            | Self::RecollectionTaken { .. }
            | Self::Confided { .. } => Seal::Recollections,
            Self::MoveOnWished { .. } | Self::FoundNew { .. } => Seal::Taps,
            Self::Numbered { what, .. } => what.seal(),
        }
    }
}

/// How an event stands to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// It can be taken back.
    Can,
    /// It is no act of its own: others' doing, the stage, or navigation.
    Passes,
    /// It cannot be taken back, nor can what came before it.
    Barrier,
}

impl Event {
    /// Returns how the event stands to undo.
    #[must_use]
    pub const fn undo(&self) -> Undo {
        match self {
            Self::NotesRevealed { .. }
            | Self::RoundClosed { .. }
            | Self::MeetingEnded { .. }
            | Self::PollClosed { .. } => Undo::Barrier,
            Self::Created { .. }
            | Self::ParticipantJoined { .. }
            | Self::ParticipantRenamed { .. }
            | Self::ParticipantReturned { .. }
            | Self::Interrupted { .. }
            | Self::PictureShown { .. }
            | Self::StageBlanked { .. }
            | Self::StageFrozen { .. }
            | Self::JoinCardShown { .. }
            | Self::NameRemoved { .. }
            | Self::Undone { .. }
            | Self::Redone { .. } => Undo::Passes,
            _ => Undo::Can,
        }
    }

    /// Returns which seals the event breaks.
    #[must_use]
    pub const fn breaks(&self) -> Breaks {
        match self {
            Self::NotesRevealed { section, .. } => Breaks::One(Seal::Notes(*section)),
            Self::RoundClosed { round, .. } => Breaks::One(Seal::Ballots(*round)),
            Self::PollClosed { .. } => Breaks::One(Seal::Poll),
            Self::MeetingEnded { .. } => Breaks::Everything,
            _ => Breaks::Nothing,
        }
    }

    /// Says what the event did, as *undo* would name it.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Created { .. } => "new post-mortem",
            Self::Edited { edit } => edit.label(),
            Self::EventsAdded { .. } => "add to the timeline",
            Self::Attached { .. } => "attach evidence",
            Self::PreviousAdded { .. } => "add an earlier action item",
            Self::NoteAdded { .. } => "add a note",
            Self::ChainAdded { .. } => "begin a why-chain",
            Self::StepAdded { .. } => "add a why",
            Self::ChainSplit { .. } => "split the chain",
            Self::ChainsJoined { .. } => "join the chains",
            Self::FactorAdded { .. } => "add a factor",
            Self::ProposalAdded { .. } => "add a proposal",
            Self::Parked { .. } => "park it",
            Self::DecisionRecorded { .. } => "record a decision",
            Self::MeetingStarted {} => "start the meeting",
            Self::SectionEntered { .. } => "change the section",
            Self::ClockStarted {} => "start the timer",
            Self::ClockPaused {} => "pause the timer",
            Self::MinutesAdded { .. } => "change the minutes",
            Self::PaceChanged { .. } => "change the pace",
            Self::Interrupted { .. } => "interruption",
            Self::Adjourned {} => "adjourn",
            Self::Resumed {} => "resume",
            Self::MeetingEnded { .. } => "end the meeting",
            Self::PictureShown { .. } => "show on the stage",
            Self::StageBlanked { .. } => "black",
            Self::StageFrozen { .. } => "freeze",
            Self::JoinCardShown { .. } => "join card",
            Self::ParticipantJoined { .. } => "join",
            Self::ParticipantRenamed { .. } => "rename",
            Self::ParticipantRemoved { .. } => "remove a participant",
            Self::DutyGiven { .. } => "approve a phone",
            Self::ParticipantReturned { .. } => "return",
            Self::NoveltyCounted { .. } => "count what was new",
            Self::WritingOpened { .. } => "open the writing",
            Self::NotesRevealed { .. } => "reveal the notes",
            Self::RoundOpened { .. } => "open the vote",
            Self::BudgetChanged { .. } => "change the dots",
            Self::RoundClosed { .. } => "close the vote",
            Self::TieSettled { .. } => "settle the tie",
            Self::ActionsCommitted { .. } => "commit action items",
            Self::ActionTaken { .. } => "take an action item",
            Self::PollOpened {} => "open the exit poll",
            Self::PollClosed { .. } => "close the exit poll",
            Self::NameRemoved { .. } => "remove a name",
            Self::Undone { .. } => "undo",
            Self::Redone { .. } => "redo",
        }
    }
}

impl Edit {
    /// Says what the edit changed, as *undo* would name it.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Text { .. } | Self::List { .. } => "text",
            Self::Severity { .. } => "severity",
            Self::Kind { .. } => "kind of incident",
            Self::DetectedBy { .. } => "detection",
            Self::MitigatedBy { .. } => "mitigation",
            Self::Zone { .. } => "time zone",
            Self::Role { .. } => "role",
            Self::PlannedFor { .. } => "date of the meeting",
            Self::PhoneHints { .. } => "hints on phones",
            Self::ParticipantLimit { .. } => "size of the room",
            Self::RoomRule { .. } => "rule of the room",
            Self::Attachment { .. } => "evidence",
            Self::RemoveAttachment { .. } => "remove evidence",
            Self::Milestone { .. } | Self::StakeholdersTold { .. } => "milestone",
            Self::Neutrality { .. } => "neutrality",
            Self::Agenda { .. } => "agenda",
            Self::Event { .. } => "event",
            Self::RemoveEvent { .. } => "remove an event",
            Self::Answer { .. } => "answer",
            Self::Note { .. } => "note",
            Self::MergeNotes { .. } => "merge notes",
            Self::Symptom { .. } => "symptom",
            Self::RemoveChain { .. } => "remove a chain",
            Self::Step { .. } => "why",
            Self::RemoveStep { .. } => "remove a why",
            Self::MoveStep { .. } => "move a why",
            Self::PlaceChain { .. } => "move a chain",
            Self::Factor { .. } => "factor",
            Self::RenameCategory { .. } => "rename a category",
            Self::RemoveFactor { .. } => "remove a factor",
            Self::Proposal { .. } => "proposal",
            Self::MergeProposals { .. } => "merge proposals",
            Self::Action { .. } => "action item",
            Self::Previous { .. } => "earlier action item",
            Self::RemovePrevious { .. } => "remove an earlier action item",
            Self::ParkedOutcome { .. } => "parking lot",
            Self::RemoveParked { .. } => "remove from the parking lot",
            Self::Status { .. } => "status",
        }
    }
}
