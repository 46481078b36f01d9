//! What is typed or chosen: the facts of the record.

use chrono_tz::Tz;

use super::Decided;
use crate::apply::fold_edit;
use crate::text::{FIELD_LIMIT, MOST_PARTICIPANTS, NAME_LIMIT, NOTE_LIMIT, PROPOSAL_LIMIT, optional, required};
use crate::{
    ActionCategory, ActionChange, ActionState, Addresses, AttachmentChange, ChainId, Decision, DecisionId, Edit, Event,
    EventChange, EventId, FactorChange, Meeting, Milestone, MilestoneTime, NewEvent, NoteChange, Parked, ParkedId,
    Planned, PostMortemId, PreviousAction, PreviousChange, PreviousId, PreviousState, Priority, Progress, Proposal,
    ProposalChange, ProposalId, Refusal, Section, StepChange, StepId, TextField, TimelineEvent,
};

/// The most entries of a list field, and the most events one request may add.
const MANY: usize = 5_000;

pub(super) fn create(id: &PostMortemId, title: &str, zone: Tz, planned: &[Planned]) -> Result<Decided, Refusal> {
    check_agenda(planned)?;
    Ok(Event::Created { id: id.clone(), title: optional(title, PROPOSAL_LIMIT)?, zone, planned: planned.to_vec() }
        .into())
}

fn check_agenda(planned: &[Planned]) -> Result<(), Refusal> {
    let once =
        |planned: &Planned, all: &[Planned]| all.iter().filter(|other| other.section == planned.section).count() == 1;
    let sound = !planned.is_empty() && planned.iter().all(|p| (1..=180).contains(&p.minutes) && once(p, planned));
    if sound { Ok(()) } else { Err(Refusal::BadAgenda) }
}

pub(super) fn add_events(meeting: &Meeting, events: &[NewEvent]) -> Result<Decided, Refusal> {
    if events.is_empty() {
        return Err(Refusal::Empty);
    }
    if events.len() + meeting.timeline.len() > MANY {
        return Err(Refusal::TooLong { limit: MANY, length: events.len() + meeting.timeline.len() });
    }
    let named = |text: &Option<String>, limit| -> Result<Option<String>, Refusal> {
        let text = optional(text.as_deref().unwrap_or_default(), limit)?;
        Ok((!text.is_empty()).then_some(text))
    };
    let events = (meeting.fresh()..)
        .zip(events)
        .map(|(id, event)| {
            Ok(TimelineEvent {
                id: EventId(id),
                at: event.at,
                precision: event.precision,
                kind: event.kind,
                text: required(&event.text, FIELD_LIMIT)?,
                actor_name: named(&event.actor_name, NAME_LIMIT)?,
                actor_role: named(&event.actor_role, NAME_LIMIT)?,
                known_then: named(&event.known_then, FIELD_LIMIT)?,
                key: event.key,
                public: true,
                answers: Vec::new(),
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    Ok(Event::EventsAdded { events }.into())
}

pub(super) fn add_previous(meeting: &Meeting, task: &str, owner: &str, origin: &str) -> Result<Decided, Refusal> {
    let previous = PreviousAction {
        id: PreviousId(meeting.fresh()),
        task: required(task, PROPOSAL_LIMIT)?,
        owner: optional(owner, NAME_LIMIT)?,
        origin: optional(origin, PROPOSAL_LIMIT)?,
        state: PreviousState::NotReviewed,
        helped: None,
        remark: String::new(),
    };
    Ok(Event::PreviousAdded { previous }.into())
}

pub(super) fn add_proposal(
    meeting: &Meeting,
    text: &str,
    category: ActionCategory,
    priority: Priority,
    addresses: Option<Addresses>,
) -> Result<Decided, Refusal> {
    if meeting.open_round().is_some() {
        return Err(Refusal::VotingOpen);
    }
    let proposal = Proposal {
        id: ProposalId(meeting.fresh()),
        text: required(text, PROPOSAL_LIMIT)?,
        category,
        priority,
        addresses,
        merged: Vec::new(),
        not_chosen_because: String::new(),
        withdrawn: false,
    };
    Ok(Event::ProposalAdded { proposal }.into())
}

pub(super) fn park(meeting: &Meeting, text: &str) -> Result<Decided, Refusal> {
    let text = required(text, NOTE_LIMIT)?;
    let entry = Parked { id: ParkedId(meeting.fresh()), text, section: meeting.section(), outcome: None };
    Ok(Event::Parked { entry }.into())
}

pub(super) fn record_decision(meeting: &Meeting, text: &str) -> Result<Decided, Refusal> {
    let text = required(text, NOTE_LIMIT)?;
    let decision = Decision { id: DecisionId(meeting.fresh()), text, section: meeting.section() };
    Ok(Event::DecisionRecorded { decision }.into())
}

/// Checks several edits, each on what those before it leave, and puts them into one act.
pub(super) fn edit_all(meeting: &Meeting, edits: &[Edit]) -> Result<Decided, Refusal> {
    if edits.is_empty() {
        return Err(Refusal::Empty);
    }
    if edits.len() > MANY {
        return Err(Refusal::TooLong { limit: MANY, length: edits.len() });
    }
    let mut next = meeting.clone();
    let mut all = Decided::default();
    for one in edits {
        let decided = edit(&next, one)?;
        for event in &decided.events {
            if let Event::Edited { edit } = event {
                fold_edit(&mut next, edit);
            }
        }
        all.events.extend(decided.events);
    }
    Ok(all)
}

/// Checks an edit and cleans its text. What names something that is gone is refused, so that the log holds no edit
/// without an effect.
pub(super) fn edit(meeting: &Meeting, edit: &Edit) -> Result<Decided, Refusal> {
    let there = |found: bool| if found { Ok(()) } else { Err(Refusal::NotFound) };
    let chain_is_there = |chain: &ChainId| meeting.chains.iter().any(|other| other.id == *chain);
    let step_is_there = |chain: &ChainId, step: &StepId| {
        meeting.chains.iter().any(|other| other.id == *chain && other.steps.iter().any(|other| other.id == *step))
    };
    let mut edit = edit.clone();
    match &mut edit {
        Edit::Text { field, text } => {
            let limit = if *field == TextField::Title { PROPOSAL_LIMIT } else { FIELD_LIMIT };
            *text = optional(text, limit)?;
        }
        Edit::List { items, .. } => *items = list(items, FIELD_LIMIT)?,
        Edit::Severity { severity, definition } => {
            *definition = optional(definition, FIELD_LIMIT)?;
            if definition.is_empty() {
                *definition = severity.map_or("", crate::Severity::definition).to_owned();
            }
        }
        Edit::Role { names, .. } => *names = list(names, NAME_LIMIT)?,
        Edit::Milestone { milestone, time } => check_milestone(meeting, *milestone, *time)?,
        Edit::Neutrality { answers } => answers.authority_present = optional(&answers.authority_present, FIELD_LIMIT)?,
        Edit::Agenda { planned } => {
            if meeting.progress != Progress::Preparing {
                return Err(Refusal::AlreadyStarted);
            }
            check_agenda(planned)?;
        }
        Edit::Event { event, change } => {
            there(meeting.timeline.iter().any(|other| other.id == *event))?;
            match change {
                EventChange::Text(text) => *text = required(text, FIELD_LIMIT)?,
                EventChange::ActorName(text) | EventChange::ActorRole(text) => *text = optional(text, NAME_LIMIT)?,
                EventChange::KnownThen(text) => *text = optional(text, FIELD_LIMIT)?,
                EventChange::At(_)
                | EventChange::Precision(_)
                | EventChange::Kind(_)
                | EventChange::Key(_)
                | EventChange::Public(_) => {}
            }
        }
        Edit::RemoveEvent { event } => there(meeting.timeline.iter().any(|other| other.id == *event))?,
        Edit::Answer { event, question, answer } => {
            there(meeting.timeline.iter().any(|other| other.id == *event))?;
            *question = required(question, NOTE_LIMIT)?;
            *answer = optional(answer, FIELD_LIMIT)?;
        }
        Edit::Note { section, note, change } => {
            there(has_note(meeting, *section, *note))?;
            if let NoteChange::Text(text) = change {
                *text = required(text, NOTE_LIMIT)?;
            }
        }
        Edit::MergeNotes { section, into, from, text } => {
            there(!from.is_empty() && !from.contains(into))?;
            there([*into].iter().chain(from.iter()).all(|note| has_note(meeting, *section, *note)))?;
            *text = required(text, NOTE_LIMIT)?;
        }
        Edit::Symptom { chain, symptom } => {
            there(chain_is_there(chain))?;
            *symptom = required(symptom, NOTE_LIMIT)?;
        }
        Edit::RemoveChain { chain } => there(chain_is_there(chain))?,
        Edit::MoveStep { chain, step, to, parent, before } => {
            super::causes::check_move(meeting, *chain, *step, *to, *parent, *before)?;
        }
        Edit::PlaceChain { chain, before } => {
            there(chain_is_there(chain) && before.as_ref().is_none_or(chain_is_there))?;
        }
        Edit::Step { chain, step, change } => {
            there(step_is_there(chain, step))?;
            match change {
                StepChange::Answer(text) => *text = required(text, NOTE_LIMIT)?,
                StepChange::Evidence(text) => *text = optional(text, FIELD_LIMIT)?,
                StepChange::EndsAt(_) => {}
            }
        }
        Edit::RemoveStep { chain, step } => there(step_is_there(chain, step))?,
        Edit::Factor { factor, change } => {
            there(meeting.factors.iter().any(|other| other.id == *factor))?;
            match change {
                FactorChange::Text(text) => *text = required(text, NOTE_LIMIT)?,
                FactorChange::Category(category) => {
                    *category = category.among(meeting.factors.iter().filter(|other| other.id != *factor))?;
                }
                FactorChange::Chain(_) | FactorChange::Event(_) => {}
            }
        }
        Edit::RenameCategory { from, to } => {
            there(meeting.factors.iter().any(|factor| factor.category == *from))?;
            *to = to.among(meeting.factors.iter().filter(|factor| factor.category != *from))?;
        }
        Edit::RemoveFactor { factor } => there(meeting.factors.iter().any(|other| other.id == *factor))?,
        Edit::Proposal { proposal, change } => {
            there(meeting.proposal(*proposal).is_some())?;
            check_ballot_stands(meeting, *proposal, change)?;
            match change {
                ProposalChange::Text(text) => *text = required(text, PROPOSAL_LIMIT)?,
                ProposalChange::NotChosenBecause(text) => *text = optional(text, FIELD_LIMIT)?,
                ProposalChange::Category(_)
                | ProposalChange::Priority(_)
                | ProposalChange::Addresses(_)
                | ProposalChange::Withdrawn(_) => {}
            }
        }
        Edit::MergeProposals { into, from, text } => {
            if !meeting.rounds.is_empty() {
                return Err(Refusal::VotingOpen);
            }
            there(!from.is_empty() && !from.contains(into))?;
            there([*into].iter().chain(from.iter()).all(|proposal| meeting.proposal(*proposal).is_some()))?;
            *text = required(text, PROPOSAL_LIMIT)?;
        }
        Edit::Action { action, change } => {
            there(meeting.actions.iter().any(|other| other.id == *action))?;
            match change {
                ActionChange::Task(text) => *text = required(text, PROPOSAL_LIMIT)?,
                ActionChange::Owner(text) => *text = optional(text, NAME_LIMIT)?,
                ActionChange::Criterion(text) | ActionChange::Ticket(text) => *text = optional(text, FIELD_LIMIT)?,
                ActionChange::State(ActionState::Dropped { reason }) => *reason = required(reason, FIELD_LIMIT)?,
                ActionChange::State(_)
                | ActionChange::Due(_)
                | ActionChange::ConfirmBy(_)
                | ActionChange::TicketPending(_) => {}
            }
        }
        Edit::Previous { previous, change } => {
            there(meeting.previous.iter().any(|other| other.id == *previous))?;
            if let PreviousChange::Remark(text) = change {
                *text = optional(text, FIELD_LIMIT)?;
            }
        }
        Edit::RemovePrevious { previous } => there(meeting.previous.iter().any(|other| other.id == *previous))?,
        Edit::ParkedOutcome { parked, .. } | Edit::RemoveParked { parked } => {
            there(meeting.parked.iter().any(|other| other.id == *parked))?;
        }
        Edit::StakeholdersTold { times } => {
            if times.len() > MANY {
                return Err(Refusal::TooLong { limit: MANY, length: times.len() });
            }
        }
        Edit::Attachment { attachment, change } => {
            there(meeting.attachments.iter().any(|other| other.id == *attachment))?;
            match change {
                AttachmentChange::Caption(text) => *text = optional(text, NOTE_LIMIT)?,
                AttachmentChange::Event(event) => {
                    there(event.is_none_or(|event| meeting.timeline.iter().any(|other| other.id == event)))?;
                }
                AttachmentChange::Staged(_) | AttachmentChange::Public(_) => {}
            }
        }
        Edit::RemoveAttachment { attachment } => {
            there(meeting.attachments.iter().any(|other| other.id == *attachment))?;
        }
        Edit::ParticipantLimit { limit } => {
            let most = u32::try_from(MOST_PARTICIPANTS).unwrap_or(u32::MAX);
            if !(1..=most).contains(limit) {
                return Err(Refusal::OutOfRange);
            }
        }
        Edit::Kind { .. }
        | Edit::DetectedBy { .. }
        | Edit::MitigatedBy { .. }
        | Edit::Zone { .. }
        | Edit::PlannedFor { .. }
        | Edit::PhoneHints { .. }
        | Edit::RoomRule { .. } => {}
        Edit::Status { status } => super::closing::check(meeting, *status)?,
    }
    Ok(super::closing::with_status(meeting, edit))
}

/// A ballot names proposals by what they said when it opened, so their wording is fixed while it is open.
fn check_ballot_stands(meeting: &Meeting, proposal: ProposalId, change: &ProposalChange) -> Result<(), Refusal> {
    let on_the_ballot = meeting.open_round().is_some_and(|round| round.options.contains(&proposal));
    let harmless = matches!(change, ProposalChange::NotChosenBecause(_) | ProposalChange::Addresses(_));
    if on_the_ballot && !harmless { Err(Refusal::VotingOpen) } else { Ok(()) }
}

fn check_milestone(meeting: &Meeting, milestone: Milestone, time: MilestoneTime) -> Result<(), Refusal> {
    if let MilestoneTime::Event { event } = time {
        let found = meeting.timeline.iter().find(|other| other.id == event).ok_or(Refusal::NotFound)?;
        if found.at.is_none() {
            return Err(Refusal::UntimedMilestone { milestone });
        }
    }
    Ok(())
}

fn has_note(meeting: &Meeting, section: Section, note: crate::NoteId) -> bool {
    meeting.writings.get(&section).is_some_and(|writing| writing.notes.iter().any(|other| other.id == note))
}

fn list(items: &[String], limit: usize) -> Result<Vec<String>, Refusal> {
    if items.len() > MANY {
        return Err(Refusal::TooLong { limit: MANY, length: items.len() });
    }
    let cleaned = items.iter().map(|item| optional(item, limit)).collect::<Result<Vec<_>, _>>()?;
    Ok(cleaned.into_iter().filter(|item| !item.is_empty()).collect())
}
