//! What a phone sees and may ask: one task at a time, nothing of others before the reveal.
//!
//! The shared part is the same for every phone and is serialised once; the personal part is small and holds only
//! what the phone itself sent.

use chrono::NaiveDate;
use meeting::{
    ActionCategory, ActionId, ActionItem, ActionState, Author, Ballot, DraftId, Edit, EventId, Meeting, Moment,
    NoteKind, ParticipantId, Picture, Poll, PollAnswer, Priority, Progress, ProposalId, Request, RoomRule, RoundId,
    RoundKind, Section, TextField, WritingState, existing, same_name,
};
use serde::{Deserialize, Serialize};

use crate::{ClockView, DutyView, PROTOCOL, StagePicture, duty_view, stage_view};

/// What a phone may ask. It has no words for what only the facilitator may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[expect(missing_docs, reason = "the fields are the words of the glossary; each variant says the rest")]
pub enum PhoneRequest {
    /// Go by another name; none takes it away.
    Rename { name: Option<String> },
    /// Write a note, or change one.
    Write { draft: DraftId, kind: NoteKind, text: String },
    /// Withdraw a note.
    Withdraw { draft: DraftId, section: Section },
    /// Tell the facilitator what one remembers, or change it; without a text it is withdrawn.
    Recollect { draft: DraftId, when: String, text: String },
    /// Tell the facilitator what is hard to talk about; without a text it is taken back.
    Confide { text: String },
    /// Cast a ballot, or change it; without dots it is an abstention.
    Vote { round: RoundId, ballot: Ballot },
    /// Answer the exit poll.
    AnswerPoll { answer: PollAnswer },
    /// Take an action item on, with a date and a criterion where they are to change.
    TakeAction { action: ActionId, due: Option<NaiveDate>, criterion: String },
    /// Say that it is time to leave what is on the stage, or take that back.
    MoveOn { on: bool },
    /// Say that an event was new, or take that back.
    FindNew { event: EventId, on: bool },
    /// As the note-taker: what the room said about an event.
    Answer { event: EventId, question: String, answer: String },
    /// As the note-taker: set something down for later.
    Park { text: String },
    /// As the note-taker: record a decision.
    RecordDecision { text: String },
    /// As the remote: do the next sensible thing; stops at a barrier.
    Next {},
    /// As the remote: go one picture back.
    Back {},
    /// As the remote: start the section's clock, or pause it.
    ToggleClock {},
}

impl From<PhoneRequest> for Request {
    fn from(request: PhoneRequest) -> Self {
        match request {
            PhoneRequest::Rename { name } => Self::Rename { name },
            PhoneRequest::Write { draft, kind, text } => Self::Write { draft, kind, text },
            PhoneRequest::Withdraw { draft, section } => Self::Withdraw { draft, section },
            PhoneRequest::Recollect { draft, when, text } => Self::Recollect { draft, when, text },
            PhoneRequest::Confide { text } => Self::Confide { text },
            PhoneRequest::Vote { round, ballot } => Self::Vote { round, ballot },
            PhoneRequest::AnswerPoll { answer } => Self::AnswerPoll { answer },
            PhoneRequest::TakeAction { action, due, criterion } => Self::TakeAction { action, due, criterion },
            PhoneRequest::MoveOn { on } => Self::MoveOn { on },
            PhoneRequest::FindNew { event, on } => Self::FindNew { event, on },
            PhoneRequest::Answer { event, question, answer } => {
                Self::Edit { edit: Edit::Answer { event, question, answer } }
            }
            PhoneRequest::Park { text } => Self::Park { text },
            PhoneRequest::RecordDecision { text } => Self::RecordDecision { text },
            PhoneRequest::Next {} => Self::Next {},
            PhoneRequest::Back {} => Self::Back {},
            PhoneRequest::ToggleClock {} => Self::ToggleClock {},
        }
    }
}

/// An option on a phone's ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneOption {
    /// Which proposal.
    pub id: ProposalId,
    /// What to do.
    pub text: String,
    /// What it does about the class.
    pub category: ActionCategory,
    /// How much it matters.
    pub priority: Priority,
}

/// What the room asks of a phone now.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[expect(missing_docs, reason = "the fields are the words of the glossary; each variant says the rest")]
pub enum PhoneTask {
    /// Nothing yet: the meeting has not begun.
    Wait {},
    /// Look at the stage; the words are repeated here.
    Look { heading: String, text: String },
    /// Write in silence.
    Write { section: Section, question: String, written: u32, of: u32 },
    /// Vote.
    Vote {
        round: RoundId,
        dots: u8,
        per_option: u8,
        options: Vec<PhoneOption>,
        run_off: bool,
        voted: u32,
        of: u32,
        closing: bool,
    },
    /// The vote is closed; look at the result.
    Result { rows: Vec<crate::ResultRow>, rule: String },
    /// Answer the exit poll.
    Poll {},
    /// The meeting is adjourned.
    Adjourned {},
    /// The meeting is over.
    Ended {},
}

/// What every phone sees.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneView {
    /// The version of the views.
    pub protocol: u32,
    /// Rises with every change.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// What the post-mortem is called.
    pub title: String,
    /// Where the meeting is.
    pub section: Option<Section>,
    /// The section's clock.
    pub clock: Option<ClockView>,
    /// What is asked.
    pub task: PhoneTask,
    /// Recollections and missing events are asked for now.
    pub recollects: bool,
    /// A sentence that blames is answered with a hint before it is sent.
    pub hints: bool,
    /// Anybody may say that it is time to move on.
    pub move_on: bool,
    /// The event on the stage, where it is asked to whom it was new.
    pub novelty: Option<EventId>,
}

/// A note of the phone's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OwnNote {
    /// The phone's name for it.
    pub draft: DraftId,
    /// What it speaks about.
    pub kind: NoteKind,
    /// What it says.
    pub text: String,
}

/// A recollection of the phone's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OwnRecollection {
    /// The phone's name for it.
    pub draft: DraftId,
    /// When it was, in one's own words.
    pub when: String,
    /// What was seen or done.
    pub text: String,
}

/// What only this phone sees: what it sent itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OwnView {
    /// Who this is.
    pub participant: ParticipantId,
    /// The name given.
    pub name: Option<String>,
    /// Notes that are still hidden.
    pub notes: Vec<OwnNote>,
    /// What was remembered.
    pub recollections: Vec<OwnRecollection>,
    /// What was confided to the facilitator.
    pub confided: Option<String>,
    /// The ballot in the open round.
    pub ballot: Option<Ballot>,
    /// The answers to the exit poll, while it is open.
    pub poll: Option<PollAnswer>,
    /// The order in which this phone lists the options, so that no option is first for everybody.
    pub order: Vec<ProposalId>,
    /// It has said that it is time to move on.
    pub moving_on: bool,
    /// It has said that the event on the stage was new.
    pub found_new: bool,
    /// What the facilitator has approved it for.
    pub duty: Option<DutyView>,
    /// Action items under this name, and those that nobody has yet.
    pub actions: Vec<OfferedAction>,
    /// The newest number that the room remembers of it; what it asks next must have a greater one.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub number: u64,
}

/// An action item that its owner reads, completes and takes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct OfferedAction {
    /// Which one.
    pub id: ActionId,
    /// What will be done.
    pub task: String,
    /// It stands under the name on this phone; otherwise nobody has it.
    pub own: bool,
    /// By when.
    pub due: Option<NaiveDate>,
    /// How it will be known that it is done.
    pub criterion: String,
    /// Its owner has taken it on.
    pub accepted: bool,
}

impl PhoneView {
    /// Says that the open vote closes in a moment.
    pub const fn say_closing(&mut self) {
        if let PhoneTask::Vote { closing, .. } = &mut self.task {
            *closing = true;
        }
    }
}

/// Builds the part that every phone sees.
#[must_use]
pub fn phone_view(meeting: &Meeting, now: Moment) -> PhoneView {
    let item = meeting.index().and_then(|index| meeting.agenda.get(index));
    let is_running = matches!(meeting.progress, Progress::InSection { .. });
    PhoneView {
        protocol: PROTOCOL,
        revision: 0,
        title: meeting.incident.text(TextField::Title).to_owned(),
        section: meeting.section(),
        clock: item.map(|item| ClockView::at(item, now)),
        task: task(meeting, now),
        recollects: meeting.asks_for_recollections(),
        hints: meeting.phone_hints,
        move_on: is_running && meeting.room_rules.contains(&RoomRule::MoveOn),
        novelty: meeting.event_on_stage().filter(|_| is_running && meeting.room_rules.contains(&RoomRule::Novelty)),
    }
}

/// Builds the part that one phone sees; none when it is not in the room.
#[must_use]
pub fn own_view(meeting: &Meeting, id: ParticipantId) -> Option<OwnView> {
    let participant = meeting.participant(id)?;
    let open = meeting.open_round();
    Some(OwnView {
        participant: id,
        name: participant.name.clone(),
        notes: meeting
            .own_notes(Author::Participant { id })
            .into_iter()
            .map(|note| OwnNote { draft: note.draft, kind: note.kind, text: note.text })
            .collect(),
        recollections: meeting
            .recollections()
            .filter(|(recollection, _)| recollection.author == id)
            .map(|(recollection, _)| OwnRecollection {
                draft: recollection.draft.clone(),
                when: recollection.when.clone(),
                text: recollection.text.clone(),
            })
            .collect(),
        confided: meeting.own_confidence(id).map(str::to_owned),
        ballot: open.and_then(|round| meeting.own_ballot(round.id, id)).cloned(),
        poll: meeting.own_poll_answer(id).cloned(),
        order: open.map(|round| rotated(&round.options, id)).unwrap_or_default(),
        moving_on: meeting.is_moving_on(id),
        found_new: meeting.event_on_stage().is_some_and(|event| meeting.has_found_new(event, id)),
        duty: participant.duty.map(|duty| duty_view(meeting, duty)),
        actions: offered(meeting, participant.name.as_deref()),
        number: meeting.newest_number(id),
    })
}

/// Lists what somebody of that name may take on while the meeting goes on.
fn offered(meeting: &Meeting, name: Option<&str>) -> Vec<OfferedAction> {
    if !matches!(meeting.progress, Progress::InSection { .. }) {
        return Vec::new();
    }
    let is_own = |action: &ActionItem| name.is_some_and(|name| same_name(&action.owner, name));
    meeting
        .actions
        .iter()
        .filter(|action| matches!(action.state, ActionState::Open | ActionState::InProgress))
        .filter(|action| action.owner.is_empty() || is_own(action))
        .map(|action| OfferedAction {
            id: action.id,
            task: action.task.clone(),
            own: !action.owner.is_empty(),
            due: action.due,
            criterion: action.criterion.clone(),
            accepted: action.accepted,
        })
        .collect()
}

/// Deals the options in an order of its own to each phone: the same at every look, first in turn for each option.
fn rotated(options: &[ProposalId], id: ParticipantId) -> Vec<ProposalId> {
    let mut order = options.to_vec();
    let by = usize::try_from(id.0).unwrap_or(0);
    if !order.is_empty() {
        let length = order.len();
        order.rotate_left(by % length);
        if (by / length) % 2 == 1 {
            order.reverse();
        }
    }
    order
}

fn task(meeting: &Meeting, now: Moment) -> PhoneTask {
    let section = match meeting.progress {
        Progress::Preparing => return PhoneTask::Wait {},
        Progress::Adjourned { .. } => return PhoneTask::Adjourned {},
        Progress::Ended => return PhoneTask::Ended {},
        Progress::InSection { .. } => meeting.section(),
    };
    if let Some(round) = meeting.open_round() {
        return PhoneTask::Vote {
            round: round.id,
            dots: round.budget.dots,
            per_option: round.budget.per_option,
            run_off: round.kind != RoundKind::Full,
            voted: meeting.voted(round.id),
            of: u32::try_from(meeting.present().count()).unwrap_or(u32::MAX),
            closing: false,
            options: round
                .options
                .iter()
                .filter_map(|id| meeting.proposal(*id))
                .map(|proposal| PhoneOption {
                    id: proposal.id,
                    text: proposal.text.clone(),
                    category: proposal.category,
                    priority: proposal.priority,
                })
                .collect(),
        };
    }
    if meeting.poll == Poll::Open {
        return PhoneTask::Poll {};
    }
    if let Some(section) = section
        && meeting.writing(section) == WritingState::Open
    {
        let (_, written) = meeting.hidden_notes(section);
        return PhoneTask::Write {
            section,
            question: section.writing_question().unwrap_or_default().to_owned(),
            written,
            of: u32::try_from(meeting.present().filter(|person| person.phone).count()).unwrap_or(u32::MAX),
        };
    }
    look(meeting, now)
}

/// Repeats the words of the stage, which the facilitator has put there for everybody.
fn look(meeting: &Meeting, now: Moment) -> PhoneTask {
    let picture = existing(meeting, meeting.stage.frozen.unwrap_or(meeting.stage.picture));
    // Both are drawn on the stage; nothing is laid out for a phone that only names them.
    let elsewhere = || PhoneTask::Look { heading: "Look at the screen".to_owned(), text: String::new() };
    if let Picture::Chain { chain, .. } = picture {
        let chain = meeting.chains.iter().find(|other| other.id == chain);
        return chain.map_or_else(elsewhere, |chain| PhoneTask::Look {
            heading: "What made this possible?".to_owned(),
            text: chain.symptom.clone(),
        });
    }
    if let Picture::Factors { .. } = picture {
        return elsewhere();
    }
    let stage = stage_view(meeting, None, now);
    let (heading, text) = match stage.picture {
        StagePicture::Result { rows, rule, .. } if matches!(picture, Picture::Result { .. }) => {
            return PhoneTask::Result { rows, rule };
        }
        StagePicture::Event { clock, text, zone, .. } => {
            (clock.map_or_else(|| "Time not known".to_owned(), |clock| format!("{clock} {zone}")), text)
        }
        StagePicture::Statement { points } => ("Blameless".to_owned(), points.join("\n")),
        StagePicture::Previous { task, .. } => ("Earlier action item".to_owned(), task),
        StagePicture::Question { question, .. } => ("Next".to_owned(), question),
        StagePicture::Evidence { event: Some(event), clock, .. } => (clock.unwrap_or_default(), event),
        _ => return elsewhere(),
    };
    PhoneTask::Look { heading, text }
}

/// How a phone gets in: with the key of the QR code or the typed code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneJoin {
    /// Names the join, so that it may be repeated when its answer was lost: 32 to 40 letters, digits or dashes, drawn
    /// by chance. It is as secret as what the answer sets: whoever repeats it comes in as the same person.
    pub id: Option<String>,
    /// The key from the QR code's fragment.
    pub key: Option<String>,
    /// The typed code; case, spaces and dashes do not matter.
    pub code: Option<String>,
    /// A name, if somebody wants to give one.
    pub name: Option<String>,
}

/// A request of a phone, named so that it may be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneAsk {
    /// Names the request: 16 to 40 letters, digits or dashes, new for each request and the same for its repeats.
    pub id: String,
    /// Rises with each request of the phone, over a reload too, and is the same for its repeats: an older change of
    /// the same note, answer or name changes nothing. What comes without one counts as new.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub number: Option<u64>,
    /// What is asked.
    pub request: PhoneRequest,
}

impl From<PhoneAsk> for Request {
    fn from(asked: PhoneAsk) -> Self {
        let request = asked.request.into();
        match asked.number {
            Some(number) => Self::Numbered { number, request: Box::new(request) },
            None => request,
        }
    }
}

/// A text that a phone asks about before it sends it, where hints are turned on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneHintAsk {
    /// The text as typed.
    pub text: String,
    /// What kind of text it is.
    pub prose: meeting::Prose,
}

/// Another way to say what was typed. It is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneHint {
    /// Why the wording closes the conversation, in one sentence.
    pub reason: String,
    /// The sentence said about the system.
    pub reword: Option<String>,
}

/// What a phone in the room is sent, at joining, at every change, and as the answer to what it asks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PhoneState {
    /// What every phone sees.
    pub view: PhoneView,
    /// What only this one sees.
    pub own: OwnView,
}
