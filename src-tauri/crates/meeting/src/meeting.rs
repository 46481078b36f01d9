//! The state of a post-mortem: everything the log says, folded.
//!
//! Nothing here changes state; that is the work of `apply`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hidden::Hidden;
use crate::undo::Log;
use crate::{
    ActionItem, AgendaItem, Clock, Decision, Factor, Incident, Milestone, Note, Outcome, Parked, Participant,
    ParticipantId, Picture, PollResult, PostMortemId, PreviousAction, Proposal, ProposalId, Resolved, Round, RoundKind,
    Section, TimelineEvent, WhyChain, Writing, WritingState,
};

/// Where the record stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Status {
    /// Being written.
    #[default]
    Draft,
    /// Being read before it is published.
    InReview,
    /// Published.
    Published,
    /// Every action item is done or dropped.
    Closed,
}

impl Status {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Published => "Published",
            Self::Closed => "Closed",
        }
    }
}

/// Where the meeting is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Progress {
    /// Not begun.
    #[default]
    Preparing,
    /// In a section, by its place on the agenda.
    InSection {
        /// From 0.
        index: usize,
    },
    /// Broken off in a section until another day.
    Adjourned {
        /// From 0.
        index: usize,
    },
    /// Over.
    Ended,
}

/// The exit poll.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Poll {
    /// Not opened.
    #[default]
    Closed,
    /// Being answered.
    Open,
    /// Counted.
    Counted {
        /// What it gave.
        result: PollResult,
    },
}

/// What the facilitator did to the stage, apart from what is on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stage {
    /// What is on it.
    pub picture: Picture,
    /// Dark.
    pub blank: bool,
    /// The picture it was frozen at.
    pub frozen: Option<Picture>,
    /// The join card lies over it.
    pub join_card: bool,
}

/// When the meeting was held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// When it began.
    pub started: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended: Option<DateTime<Utc>>,
    /// Why it was ended with gaps; empty when there were none.
    pub ended_because: String,
}

/// A post-mortem: its incident, its meeting, its record.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Which one.
    pub id: PostMortemId,
    /// When it was begun.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// Where the record stands.
    pub status: Status,
    /// What is known about the incident.
    pub incident: Incident,
    /// What happened, in the order of time.
    pub timeline: Vec<TimelineEvent>,
    /// Images and excerpts of logs.
    pub attachments: Vec<crate::Attachment>,
    /// The sections in their order.
    pub agenda: Vec<AgendaItem>,
    /// Where the meeting is.
    pub progress: Progress,
    /// The time of the meeting as a whole.
    pub clock: Clock,
    /// The minutes that the room agreed to stay longer.
    pub extended: crate::Millis,
    /// When it was held.
    pub held: Held,
    /// When it is to be held.
    pub planned_for: Option<DateTime<Utc>>,
    /// Whether phones are shown a hint before a sentence that blames is sent.
    pub phone_hints: bool,
    /// How many people may be in the room.
    pub participant_limit: usize,
    /// The rules of the room that are turned on.
    pub room_rules: BTreeSet<crate::RoomRule>,
    /// How many said of which event that it was new to them, once the meeting has ended.
    pub novelty: BTreeMap<crate::EventId, u32>,
    /// Everybody who joined or was registered, those removed included.
    pub participants: Vec<Participant>,
    /// Silent writing by section.
    pub writings: BTreeMap<Section, Writing>,
    /// Why-chains.
    pub chains: Vec<WhyChain>,
    /// Contributing factors.
    pub factors: Vec<Factor>,
    /// Proposed actions, those withdrawn included.
    pub proposals: Vec<Proposal>,
    /// Rounds of voting, oldest first.
    pub rounds: Vec<Round>,
    /// Committed action items, best first.
    pub actions: Vec<ActionItem>,
    /// Action items of earlier post-mortems.
    pub previous: Vec<PreviousAction>,
    /// The parking lot.
    pub parked: Vec<Parked>,
    /// The decision log.
    pub decisions: Vec<Decision>,
    /// The exit poll.
    pub poll: Poll,
    /// The stage.
    pub stage: Stage,
    pub(crate) hidden: Hidden,
    pub(crate) next_id: u32,
    pub(crate) log: Log,
}

impl Meeting {
    /// Returns the post-mortem of which nothing is known yet; the first event of its log must be `Created`.
    #[must_use]
    pub fn unwritten() -> Self {
        Self {
            id: PostMortemId(String::new()),
            created: DateTime::UNIX_EPOCH,
            changed: DateTime::UNIX_EPOCH,
            status: Status::Draft,
            incident: Incident::new(chrono_tz::UTC),
            timeline: Vec::new(),
            attachments: Vec::new(),
            agenda: Vec::new(),
            progress: Progress::Preparing,
            clock: Clock::default(),
            extended: crate::Millis::ZERO,
            held: Held::default(),
            planned_for: None,
            phone_hints: false,
            participant_limit: crate::text::PARTICIPANT_LIMIT,
            room_rules: BTreeSet::new(),
            novelty: BTreeMap::new(),
            participants: Vec::new(),
            writings: BTreeMap::new(),
            chains: Vec::new(),
            factors: Vec::new(),
            proposals: Vec::new(),
            rounds: Vec::new(),
            actions: Vec::new(),
            previous: Vec::new(),
            parked: Vec::new(),
            decisions: Vec::new(),
            poll: Poll::Closed,
            stage: Stage::default(),
            hidden: Hidden::default(),
            next_id: 1,
            log: Log::default(),
        }
    }

    /// Returns the number of the newest event of the log; 0 when there is none.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.log.last_seq()
    }

    /// Returns the log: every event since the post-mortem was begun, what was undone included.
    pub fn recorded(&self) -> impl Iterator<Item = &crate::Recorded> {
        self.log.recorded()
    }

    /// Returns when the newest event of the log was recorded.
    #[must_use]
    pub fn last_moment(&self) -> Option<crate::Moment> {
        self.log.newest().map(|recorded| recorded.at)
    }

    /// Returns where on the agenda the meeting is, adjourned meetings included.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        match self.progress {
            Progress::InSection { index } | Progress::Adjourned { index } => Some(index),
            Progress::Preparing | Progress::Ended => None,
        }
    }

    /// Returns the section the meeting is in.
    #[must_use]
    pub fn section(&self) -> Option<Section> {
        self.index().and_then(|index| self.agenda.get(index)).map(|item| item.section)
    }

    /// Returns whether any clock is running.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.clock.is_running() || self.agenda.iter().any(|item| item.clock.is_running())
    }

    /// Returns the events that are walked through: the key events, or all when none is marked.
    pub fn walk(&self) -> impl Iterator<Item = &TimelineEvent> {
        let any_key = self.timeline.iter().any(|event| event.key);
        self.timeline.iter().filter(move |event| event.key || !any_key)
    }

    /// Returns the silences among events that stand out, by the place of the event that ended each.
    ///
    /// Once users were no longer affected nobody was in a hurry: what follows the mitigation is no silence.
    #[must_use]
    pub fn silences(&self, events: &[&TimelineEvent]) -> Vec<(usize, crate::Millis)> {
        let mitigated = match self.milestone(Milestone::Mitigated) {
            Resolved::At(at) => Some(at),
            Resolved::Unknown | Resolved::NotApplicable => None,
        };
        let timed: Vec<_> = events
            .iter()
            .enumerate()
            .filter_map(|(place, event)| Some((place, event.at?)))
            .filter(|(_, at)| mitigated.is_none_or(|mitigated| *at <= mitigated))
            .collect();
        let times: Vec<_> = timed.iter().map(|(_, at)| *at).collect();
        crate::timeline::silences(&times)
            .into_iter()
            .filter_map(|(end, length)| Some((timed.get(end)?.0, length)))
            .collect()
    }

    /// Returns the revealed notes of a section that may be shown.
    pub fn shown_notes(&self, section: Section) -> impl Iterator<Item = &Note> {
        self.writings.get(&section).into_iter().flat_map(|writing| &writing.notes).filter(|note| !note.set_aside)
    }

    /// Returns how the writing of a section stands.
    #[must_use]
    pub fn writing(&self, section: Section) -> WritingState {
        self.writings.get(&section).map(|writing| writing.state).unwrap_or_default()
    }

    /// Returns the proposals that stand for election.
    pub fn options(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter().filter(|proposal| !proposal.withdrawn)
    }

    /// Returns a proposal.
    #[must_use]
    pub fn proposal(&self, id: ProposalId) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.id == id)
    }

    /// Returns the round that is open.
    #[must_use]
    pub fn open_round(&self) -> Option<&Round> {
        self.rounds.iter().find(|round| round.result.is_none())
    }

    /// Returns those in the room: joined or registered, and not removed.
    pub fn present(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(|participant| !participant.removed)
    }

    /// Returns a participant who is in the room.
    #[must_use]
    pub fn participant(&self, id: ParticipantId) -> Option<&Participant> {
        self.present().find(|participant| participant.id == id)
    }

    /// Returns whether recollections are asked for: before the meeting, and while the room walks the timeline.
    #[must_use]
    pub fn asks_for_recollections(&self) -> bool {
        match self.progress {
            Progress::Preparing => true,
            Progress::InSection { .. } => self.section() == Some(Section::Timeline),
            Progress::Adjourned { .. } | Progress::Ended => false,
        }
    }

    /// Returns the event that the stage walks through now.
    #[must_use]
    pub fn event_on_stage(&self) -> Option<crate::EventId> {
        match self.stage.picture {
            Picture::Event { event } => Some(event),
            _ => None,
        }
    }

    /// Returns the evidence of an event that is shown on the stage.
    pub fn staged_evidence(&self, event: crate::EventId) -> impl Iterator<Item = &crate::Attachment> {
        self.attachments.iter().filter(move |attachment| attachment.event == Some(event) && attachment.staged)
    }

    /// Returns what the votes have chosen, run-offs and the room's decision included; none while a tie is open or
    /// nothing was voted on.
    #[must_use]
    pub fn chosen(&self) -> Option<(Vec<ProposalId>, crate::Rule)> {
        let last = self.rounds.iter().rev().find(|round| round.result.is_some())?;
        let Outcome::Chosen { chosen, rule } = &last.result.as_ref()?.outcome else { return None };
        let before = match last.kind {
            RoundKind::Full => Vec::new(),
            RoundKind::RunOff { of } => {
                match self.rounds.iter().find(|round| round.id == of).and_then(|round| round.result.as_ref())?.outcome {
                    Outcome::Tied { ref certain, .. } => certain.clone(),
                    Outcome::Chosen { .. } => Vec::new(),
                }
            }
        };
        Some(([before, chosen.clone()].concat(), *rule))
    }

    /// Returns the last closed round that ended in a tie nobody has settled yet.
    #[must_use]
    pub fn tied_round(&self) -> Option<&Round> {
        let last = self.rounds.last()?;
        matches!(last.result.as_ref()?.outcome, Outcome::Tied { .. }).then_some(last)
    }

    /// Returns what the last act was called that an undo would take back, and what a redo would bring again.
    #[must_use]
    pub fn undo_labels(&self) -> (Option<&'static str>, Option<&'static str>) {
        self.log.labels()
    }
}
