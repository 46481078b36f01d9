//! What the facilitator sees: everything of the meeting but what is hidden even from the console.

mod parts;
mod windows;

use meeting::{
    Attachment, Caution, Decision, Factor, FactorId, Meeting, MinutesProposal, MissingFact, Moment, NextStep,
    PaceProposal, Parked, Picture, Poll, PostMortemId, PreviousAction, Progress, Prompt, Proposal, ProposalId,
    RoomRule, Section, Status, behind, next_step,
};
use serde::Serialize;

pub use parts::{ActionView, AgendaView, ChainView, PersonView, RoundView, WalkedStep, WritingOf};
pub use windows::{ConsoleWindow, NetworkView, RoomView, StageWindow, WaitingView};

use self::parts::{agenda_view, chain_view, people_view, proposals_alike, round_view, writing_of};
use crate::incident::{
    EventView, IncidentView, PlannedForView, RecollectionView, incident_view, planned_for_view, recollections_view,
    timeline_view,
};
use crate::{PROTOCOL, Rescue, Script, StageView, script, stage_view};

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
