//! What the facilitator sees: everything of the meeting but what is hidden even from the console.

use meeting::{
    ActionItem, Attachment, Author, Caution, ChainId, Decision, Duty, Factor, FactorId, Meeting, MinutesProposal,
    Missing, MissingFact, Moment, NextStep, Note, NoteId, PaceProposal, Parked, ParticipantId, Picture, Poll,
    PostMortemId, PreviousAction, Progress, Prompt, Proposal, ProposalId, RoomRule, Round, Section, Status, StepId,
    Unfinished, WhyChain, alike, behind, next_step, paging, why_question,
};
use serde::Serialize;

use crate::incident::{
    EventView, IncidentView, PlannedForView, RecollectionView, incident_view, planned_for_view, recollections_view,
    timeline_view,
};
use crate::stage::{count, result_rows, writing_view};
use crate::{
    ClockView, JoinView, OwnNote, PROTOCOL, Rescue, ResultRow, Script, StageView, WritingView, script, stage_view,
};

/// The console.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ConsoleView {
    /// The version of the views.
    pub protocol: u32,
    /// Rises with every change.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// Which post-mortem.
    pub id: PostMortemId,
    /// Where the record stands.
    pub status: Status,
    /// Where the meeting is.
    pub progress: Progress,
    /// The section the meeting is in.
    pub section: Option<Section>,
    /// What the next key does.
    pub next: NextStep,
    /// What undo would take back, and what redo would do again.
    pub undo: Option<String>,
    /// See `undo`.
    pub redo: Option<String>,
    /// The incident.
    pub incident: IncidentView,
    /// The timeline.
    pub timeline: Vec<EventView>,
    /// Silences and pivots of the timeline, each with its question.
    pub prompts: Vec<Prompt>,
    /// Images and excerpts of logs.
    pub attachments: Vec<Attachment>,
    /// What people remember, without their names.
    pub recollections: Vec<RecollectionView>,
    /// What people find hard to talk about; for the facilitator alone.
    pub confided: Vec<String>,
    /// When the meeting is to be held.
    pub planned_for: Option<PlannedForView>,
    /// What speaks against the date and the length of the meeting.
    pub cautions: Vec<Caution>,
    /// Minutes that would give the timeline the time it needs.
    pub minutes_proposal: Option<MinutesProposal>,
    /// Who is named in the incident and not invited.
    pub uninvited: Vec<String>,
    /// Phones are shown a hint before a sentence that blames is sent.
    pub phone_hints: bool,
    /// The rules of the room that are turned on.
    pub room_rules: Vec<RoomRule>,
    /// How many think that it is time to move on; 0 below two, so that nobody stands alone.
    pub moving_on: u32,
    /// How many said of the event on the stage that it was new to them.
    pub found_new: u32,
    /// The agenda.
    pub agenda: Vec<AgendaView>,
    /// How many minutes late the meeting will end; negative when early.
    pub behind_minutes: i32,
    /// What a late meeting can do about it, the gentlest first.
    pub pace: Vec<PaceProposal>,
    /// Silent writing, by section.
    pub writings: Vec<WritingOf>,
    /// Why-chains.
    pub chains: Vec<ChainView>,
    /// Contributing factors.
    pub factors: Vec<Factor>,
    /// The factors that no action item addresses, or no proposal before there are any.
    pub uncovered: Vec<FactorId>,
    /// Proposals, those withdrawn included.
    pub proposals: Vec<Proposal>,
    /// Proposals that seem to say the same, by their ids; none once something was voted on.
    pub proposals_alike: Vec<Vec<ProposalId>>,
    /// Rounds of voting.
    pub rounds: Vec<RoundView>,
    /// Committed action items.
    pub actions: Vec<ActionView>,
    /// Earlier action items.
    pub previous: Vec<PreviousAction>,
    /// The parking lot.
    pub parked: Vec<Parked>,
    /// The decision log.
    pub decisions: Vec<Decision>,
    /// The exit poll.
    pub poll: Poll,
    /// How many have answered the exit poll while it is open.
    pub poll_answered: u32,
    /// Those in the room.
    pub people: Vec<PersonView>,
    /// The room's server; none while it is closed.
    pub room: Option<RoomView>,
    /// What the room sees now.
    pub stage: StageView,
    /// What is on the stage, by name.
    pub picture: Picture,
    /// The stage is frozen.
    pub frozen: bool,
    /// The pictures of this section, in order.
    pub pictures: Vec<Picture>,
    /// What to say in this section.
    pub script: Option<Script>,
    /// What to say when it gets difficult.
    pub rescues: Vec<Rescue>,
    /// What the meeting would go better with.
    pub missing_for_meeting: Vec<Checked>,
    /// What the record lacks before it is published.
    pub missing_for_publishing: Vec<Checked>,
    /// Why the meeting was ended with gaps; empty when there were none.
    pub ended_because: String,
}

/// Something missing, and what to call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Checked {
    /// What.
    pub fact: MissingFact,
    /// In words.
    pub words: &'static str,
}

/// The room's server, as the shell knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RoomView {
    /// How to get in.
    pub join: JoinView,
    /// Phones that are connected now.
    pub connected: u32,
    /// The interface it listens on, in words.
    pub network: String,
    /// Every network of this computer, the likeliest first.
    pub networks: Vec<NetworkView>,
    /// A longer code that lets people in as well, while the short one is guessed at too often.
    pub long_code: Option<String>,
    /// Phones that say they were here before and wait to be let back.
    pub waiting: Vec<WaitingView>,
    /// The address has changed since the room was opened: phones need the new QR code.
    pub moved: bool,
}

/// A phone that waits to be let back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WaitingView {
    /// What stands on its screen.
    pub code: String,
    /// The name typed on it.
    pub name: Option<String>,
}

/// A network the room could be on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct NetworkView {
    /// What the system calls it.
    pub name: String,
    /// This computer's address in it.
    pub address: String,
    /// What to expect of it.
    pub words: &'static str,
    /// The room is here.
    pub chosen: bool,
}

/// A section on the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AgendaView {
    /// Which section.
    pub section: Section,
    /// In words.
    pub words: &'static str,
    /// Planned before the meeting, in minutes.
    pub planned_minutes: u32,
    /// Its clock.
    pub clock: ClockView,
    /// The meeting is here.
    pub current: bool,
    /// The meeting has gone past it.
    pub passed: bool,
    /// Left out to win time; it can still be gone to.
    pub dropped: bool,
}

/// The writing of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WritingOf {
    /// Which section.
    pub section: Section,
    /// The question put to the room.
    pub question: &'static str,
    /// How it goes.
    pub writing: WritingView,
    /// What was typed here while the room writes; still hidden.
    pub own: Vec<OwnNote>,
    /// What was revealed, notes set aside included.
    pub notes: Vec<Note>,
    /// The page of the stage each shown note is on, by its place among the shown ones.
    pub pages: Vec<u32>,
    /// Shown notes that seem to say the same, by their ids.
    pub alike: Vec<Vec<NoteId>>,
}

/// A why-chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ChainView {
    /// The chain.
    pub chain: WhyChain,
    /// Its answers in order, with their depth.
    pub walk: Vec<WalkedStep>,
    /// The question about the symptom.
    pub question: String,
    /// Why it is not finished.
    pub unfinished: Option<Unfinished>,
    /// The factors linked to it.
    pub factors: u32,
}

/// A step of a chain in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WalkedStep {
    /// Which step.
    pub step: StepId,
    /// 1 for the first answer.
    pub depth: u32,
    /// The question that leads on from it.
    pub question: String,
}

/// A round of voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RoundView {
    /// The round; its result once closed.
    pub round: Round,
    /// How many have voted, while it is open.
    pub voted: u32,
    /// Of how many.
    pub of: u32,
    /// The closed vote, best first.
    pub rows: Vec<ResultRow>,
    /// A sentence when too few voted for the vote to stay secret, or a nice-to-have stands above a must.
    pub remarks: Vec<String>,
}

/// A committed action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ActionView {
    /// The action item.
    pub action: ActionItem,
    /// What it lacks.
    pub missing: Vec<Missing>,
}

/// Somebody in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PersonView {
    /// Which one.
    pub id: ParticipantId,
    /// The name given.
    pub name: Option<String>,
    /// With a phone.
    pub phone: bool,
    /// What the phone is approved for.
    pub duty: Option<Duty>,
    /// For somebody without a phone: the ballot for the open round has been entered.
    pub ballot_entered: bool,
}

/// Builds the console.
#[must_use]
pub fn console_view(meeting: &Meeting, room: Option<RoomView>, now: Moment) -> ConsoleView {
    let (undo, redo) = meeting.undo_labels();
    let section = meeting.section();
    let index = meeting.index();
    ConsoleView {
        protocol: PROTOCOL,
        revision: 0,
        id: meeting.id.clone(),
        status: meeting.status,
        progress: meeting.progress,
        section,
        next: next_step(meeting),
        undo: undo.map(str::to_owned),
        redo: redo.map(str::to_owned),
        incident: incident_view(meeting),
        timeline: timeline_view(meeting),
        prompts: meeting::prompts(meeting),
        attachments: meeting.attachments.clone(),
        recollections: recollections_view(meeting),
        confided: meeting.confided().into_iter().map(str::to_owned).collect(),
        planned_for: planned_for_view(meeting),
        cautions: meeting::cautions(meeting),
        minutes_proposal: meeting::propose_minutes(meeting),
        uninvited: meeting::uninvited(meeting),
        phone_hints: meeting.phone_hints,
        room_rules: meeting.room_rules.iter().copied().collect(),
        moving_on: Some(meeting.moving_on()).filter(|wishes| *wishes >= 2).unwrap_or(0),
        found_new: meeting.event_on_stage().map_or(0, |event| meeting.found_new(event)),
        agenda: agenda_view(meeting, now),
        behind_minutes: index.map_or(0, |index| {
            i32::try_from(behind(&meeting.agenda, index, &meeting.clock, meeting.extended, now)).unwrap_or(i32::MAX)
        }),
        pace: meeting::pace_proposals(meeting, now),
        writings: [Section::WentWell, Section::WentPoorly, Section::RootCauses, Section::ActionItems]
            .into_iter()
            .map(|section| writing_of(meeting, section))
            .collect(),
        chains: meeting.chains.iter().map(|chain| chain_view(meeting, chain)).collect(),
        factors: meeting.factors.clone(),
        uncovered: meeting::uncovered(meeting),
        proposals: meeting.proposals.clone(),
        proposals_alike: proposals_alike(meeting),
        rounds: meeting.rounds.iter().map(|round| round_view(meeting, round)).collect(),
        actions: meeting
            .actions
            .iter()
            .map(|action| ActionView { action: action.clone(), missing: action.missing() })
            .collect(),
        previous: meeting.previous.clone(),
        parked: meeting.parked.clone(),
        decisions: meeting.decisions.clone(),
        poll: meeting.poll.clone(),
        poll_answered: meeting.poll_answers(),
        people: people_view(meeting),
        stage: stage_view(meeting, room.as_ref().map(|room| &room.join), now),
        room,
        picture: meeting::existing(meeting, meeting.stage.picture),
        frozen: meeting.stage.frozen.is_some(),
        pictures: section.map(|section| meeting::pictures(meeting, section)).unwrap_or_default(),
        script: section.map(script::script),
        rescues: script::RESCUES.to_vec(),
        missing_for_meeting: checked(meeting::missing_for_meeting(meeting)),
        missing_for_publishing: checked(meeting::missing_for_publishing(meeting)),
        ended_because: meeting.held.ended_because.clone(),
    }
}

fn checked(facts: Vec<MissingFact>) -> Vec<Checked> {
    facts.into_iter().map(|fact| Checked { fact, words: fact.word() }).collect()
}

fn agenda_view(meeting: &Meeting, now: Moment) -> Vec<AgendaView> {
    let here = meeting.index();
    meeting
        .agenda
        .iter()
        .enumerate()
        .map(|(place, item)| AgendaView {
            section: item.section,
            words: item.section.word(),
            planned_minutes: item.planned.to_minutes(),
            clock: ClockView::at(item, now),
            current: here == Some(place),
            dropped: item.dropped,
            passed: meeting.progress == Progress::Ended || here.is_some_and(|here| place < here),
        })
        .collect()
}

fn writing_of(meeting: &Meeting, section: Section) -> WritingOf {
    let shown: Vec<_> = meeting.shown_notes(section).map(|note| note.text.as_str()).collect();
    let pages = paging::pages(shown.into_iter());
    WritingOf {
        section,
        question: section.writing_question().unwrap_or_default(),
        writing: writing_view(meeting, section),
        own: meeting
            .own_notes(Author::Console)
            .into_iter()
            .filter(|note| note.kind.section() == section)
            .map(|note| OwnNote { draft: note.draft, kind: note.kind, text: note.text })
            .collect(),
        alike: notes_alike(meeting, section),
        notes: meeting.writings.get(&section).map(|writing| writing.notes.clone()).unwrap_or_default(),
        pages: (0u32..).zip(pages).flat_map(|(page, range)| range.map(move |_| page)).collect(),
    }
}

fn notes_alike(meeting: &Meeting, section: Section) -> Vec<Vec<NoteId>> {
    let notes: Vec<_> = meeting.shown_notes(section).collect();
    let texts: Vec<_> = notes.iter().map(|note| note.text.as_str()).collect();
    named(alike(&texts), |place| notes.get(place).map(|note| note.id))
}

fn proposals_alike(meeting: &Meeting) -> Vec<Vec<ProposalId>> {
    if !meeting.rounds.is_empty() {
        return Vec::new();
    }
    let options: Vec<_> = meeting.options().collect();
    let texts: Vec<_> = options.iter().map(|proposal| proposal.text.as_str()).collect();
    named(alike(&texts), |place| options.get(place).map(|proposal| proposal.id))
}

fn named<Id>(groups: Vec<Vec<usize>>, id: impl Fn(usize) -> Option<Id>) -> Vec<Vec<Id>> {
    groups.into_iter().map(|group| group.into_iter().filter_map(&id).collect()).collect()
}

fn chain_view(meeting: &Meeting, chain: &WhyChain) -> ChainView {
    let linked = |id: ChainId| meeting.factors.iter().filter(|factor| factor.chain == Some(id)).count();
    ChainView {
        walk: chain
            .walk()
            .into_iter()
            .map(|(depth, step)| WalkedStep {
                step: step.id,
                depth: count(depth),
                question: why_question(&step.answer),
            })
            .collect(),
        question: why_question(&chain.symptom),
        unfinished: chain.unfinished(),
        factors: count(linked(chain.id)),
        chain: chain.clone(),
    }
}

/// The number of ballots below which a result says too much about who gave what.
const SECRET_FROM: u32 = 4;

fn round_view(meeting: &Meeting, round: &Round) -> RoundView {
    let rows = result_rows(meeting, round);
    let of = count(meeting.present().count());
    let mut remarks = Vec::new();
    if round.result.as_ref().map_or(of, |result| result.ballots) < SECRET_FROM {
        remarks.push("With fewer than four ballots people may guess who gave what.".to_owned());
    }
    let priority = |row: &ResultRow| meeting.proposal(row.proposal).map(|proposal| proposal.priority);
    let first_nice = rows.iter().position(|row| row.dots > 0 && priority(row) == Some(meeting::Priority::NiceToHave));
    let last_must = rows.iter().rposition(|row| priority(row) == Some(meeting::Priority::Must));
    if let (Some(nice), Some(must)) = (first_nice, last_must)
        && nice < must
        && round.result.is_some()
    {
        remarks.push("A nice-to-have stands above a must. Ask the room whether it means that.".to_owned());
    }
    RoundView {
        voted: if round.result.is_none() { meeting.voted(round.id) } else { 0 },
        of,
        rows,
        remarks,
        round: round.clone(),
    }
}

fn people_view(meeting: &Meeting) -> Vec<PersonView> {
    let open = meeting.open_round().map(|round| round.id);
    meeting
        .present()
        .map(|person| PersonView {
            id: person.id,
            name: person.name.clone(),
            phone: person.phone,
            duty: person.duty,
            ballot_entered: !person.phone && open.is_some_and(|round| meeting.own_ballot(round, person.id).is_some()),
        })
        .collect()
}

/// The console window: the library, or the post-mortem that is open.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ConsoleWindow {
    /// Rises with every change for as long as the application runs.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// The post-mortem that is open; none shows the library.
    pub meeting: Option<ConsoleView>,
    /// The stage window is open.
    pub stage_open: bool,
    /// The displays of this computer; the stage goes to the second.
    pub displays: u32,
    /// Something that went wrong outside any request, as a sentence; empty when all is well.
    pub notice: String,
}

/// The stage window.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageWindow {
    /// Rises with every change for as long as the application runs.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// What is on the stage; none while no post-mortem is open.
    pub stage: Option<StageView>,
}
