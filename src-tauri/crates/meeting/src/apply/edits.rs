//! Folding edits: facts of the record that replace what stood there before.

use crate::{
    ActionChange, AgendaItem, AttachmentChange, Edit, EventChange, FactorChange, Meeting, MilestoneTime, Note,
    NoteChange, PreviousChange, ProposalChange, Section, StepChange, timeline,
};

pub(crate) fn fold_edit(meeting: &mut Meeting, edit: &Edit) {
    match edit {
        Edit::Text { field, text } => drop(meeting.incident.texts.insert(*field, text.clone())),
        Edit::List { list, items } => drop(meeting.incident.lists.insert(*list, items.clone())),
        Edit::Severity { severity, definition } => {
            meeting.incident.severity = *severity;
            meeting.incident.severity_definition.clone_from(definition);
        }
        Edit::Kind { kind } => meeting.incident.kind = *kind,
        Edit::DetectedBy { source } => meeting.incident.detected_by = *source,
        Edit::MitigatedBy { mitigation } => meeting.incident.mitigated_by = *mitigation,
        Edit::Zone { zone } => meeting.incident.zone = *zone,
        Edit::Role { role, names } => drop(meeting.incident.roles.insert(*role, names.clone())),
        Edit::PlannedFor { at } => meeting.planned_for = *at,
        Edit::PhoneHints { on } => meeting.phone_hints = *on,
        Edit::ParticipantLimit { limit } => meeting.participant_limit = usize::try_from(*limit).unwrap_or(usize::MAX),
        Edit::RoomRule { rule, on: true } => drop(meeting.room_rules.insert(*rule)),
        Edit::RoomRule { rule, on: false } => drop(meeting.room_rules.remove(rule)),
        Edit::Attachment { attachment, change } => {
            if let Some(found) = meeting.attachments.iter_mut().find(|other| other.id == *attachment) {
                match change {
                    AttachmentChange::Caption(caption) => found.caption.clone_from(caption),
                    AttachmentChange::Event(event) => found.event = *event,
                    AttachmentChange::Staged(staged) => found.staged = *staged,
                    AttachmentChange::Public(public) => found.public = *public,
                }
            }
        }
        Edit::RemoveAttachment { attachment } => meeting.attachments.retain(|other| other.id != *attachment),
        Edit::Milestone { milestone, time } => drop(meeting.incident.milestones.insert(*milestone, *time)),
        Edit::StakeholdersTold { times } => {
            meeting.incident.stakeholders_told.clone_from(times);
            meeting.incident.stakeholders_told.sort_unstable();
        }
        Edit::Neutrality { answers } => meeting.incident.neutrality = answers.clone(),
        Edit::Agenda { planned } => meeting.agenda = planned.iter().copied().map(AgendaItem::new).collect(),
        Edit::Event { event, change } => {
            if let Some(found) = meeting.timeline.iter_mut().find(|other| other.id == *event) {
                match change {
                    EventChange::At(at) => found.at = *at,
                    EventChange::Precision(precision) => found.precision = *precision,
                    EventChange::Kind(kind) => found.kind = *kind,
                    EventChange::Text(text) => found.text.clone_from(text),
                    EventChange::ActorName(name) => found.actor_name = some(name),
                    EventChange::ActorRole(role) => found.actor_role = some(role),
                    EventChange::KnownThen(known) => found.known_then = some(known),
                    EventChange::Key(key) => found.key = *key,
                    EventChange::Public(public) => found.public = *public,
                }
            }
            timeline::sort(&mut meeting.timeline);
        }
        Edit::RemoveEvent { event } => {
            meeting.timeline.retain(|other| other.id != *event);
            for attachment in &mut meeting.attachments {
                attachment.event = attachment.event.filter(|other| other != event);
            }
            for chain in &mut meeting.chains {
                chain.event = chain.event.filter(|other| other != event);
            }
            for time in meeting.incident.milestones.values_mut() {
                if *time == (MilestoneTime::Event { event: *event }) {
                    *time = MilestoneTime::Unknown;
                }
            }
        }
        Edit::Answer { event, question, answer } => {
            if let Some(found) = meeting.timeline.iter_mut().find(|other| other.id == *event) {
                found.answers.retain(|other| other.question != *question || !answer.is_empty());
                match found.answers.iter_mut().find(|other| other.question == *question) {
                    Some(kept) => kept.answer.clone_from(answer),
                    None if answer.is_empty() => {}
                    None => found.answers.push(crate::Answer { question: question.clone(), answer: answer.clone() }),
                }
            }
        }
        Edit::Note { section, note, change } => {
            if let Some(found) = find_note(meeting, *section, *note) {
                match change {
                    NoteChange::Text(text) => found.text.clone_from(text),
                    NoteChange::SetAside(aside) => found.set_aside = *aside,
                    NoteChange::Discussed(discussed) => found.discussed = *discussed,
                }
            }
        }
        Edit::MergeNotes { section, into, from, text } => {
            let notes = &mut meeting.writings.entry(*section).or_default().notes;
            let taken: Vec<String> = notes
                .iter()
                .filter(|note| note.id == *into || from.contains(&note.id))
                .flat_map(|note| [vec![note.text.clone()], note.merged.clone()].concat())
                .filter(|wording| wording != text)
                .collect();
            notes.retain(|note| note.id == *into || !from.contains(&note.id));
            if let Some(kept) = notes.iter_mut().find(|note| note.id == *into) {
                kept.text.clone_from(text);
                kept.merged = taken;
            }
        }
        Edit::Symptom { chain, symptom } => {
            if let Some(found) = meeting.chains.iter_mut().find(|other| other.id == *chain) {
                found.symptom.clone_from(symptom);
            }
        }
        Edit::RemoveChain { chain } => {
            meeting.chains.retain(|other| other.id != *chain);
            for factor in &mut meeting.factors {
                factor.chain = factor.chain.filter(|other| other != chain);
            }
        }
        Edit::Step { chain, step, change } => {
            let steps = meeting.chains.iter_mut().filter(|other| other.id == *chain).flat_map(|chain| &mut chain.steps);
            for found in steps.filter(|other| other.id == *step) {
                match change {
                    StepChange::Answer(answer) => found.answer.clone_from(answer),
                    StepChange::Evidence(evidence) => found.evidence.clone_from(evidence),
                    StepChange::EndsAt(end) => found.ends_at = *end,
                }
            }
        }
        Edit::RemoveStep { chain, step } => {
            if let Some(chain) = meeting.chains.iter_mut().find(|other| other.id == *chain) {
                chain.take(*step);
            }
        }
        Edit::MoveStep { chain, step, to, parent, before } => {
            super::causes::move_step(meeting, *chain, *step, *to, (*parent, *before));
        }
        Edit::PlaceChain { chain, before } => super::causes::place_chain(meeting, *chain, *before),
        Edit::Factor { factor, change } => {
            if let Some(found) = meeting.factors.iter_mut().find(|other| other.id == *factor) {
                match change {
                    FactorChange::Text(text) => found.text.clone_from(text),
                    FactorChange::Category(category) => found.category = category.kept(),
                    FactorChange::Chain(chain) => found.chain = *chain,
                    FactorChange::Event(event) => found.event = *event,
                }
            }
        }
        Edit::RenameCategory { from, to } => {
            for factor in meeting.factors.iter_mut().filter(|factor| factor.category == *from) {
                factor.category = to.kept();
            }
        }
        Edit::RemoveFactor { factor } => meeting.factors.retain(|other| other.id != *factor),
        Edit::Proposal { proposal, change } => {
            if let Some(found) = meeting.proposals.iter_mut().find(|other| other.id == *proposal) {
                match change {
                    ProposalChange::Text(text) => found.text.clone_from(text),
                    ProposalChange::Category(category) => found.category = *category,
                    ProposalChange::Priority(priority) => found.priority = *priority,
                    ProposalChange::Addresses(addresses) => found.addresses = *addresses,
                    ProposalChange::NotChosenBecause(reason) => found.not_chosen_because.clone_from(reason),
                    ProposalChange::Withdrawn(withdrawn) => found.withdrawn = *withdrawn,
                }
            }
        }
        Edit::MergeProposals { into, from, text } => {
            let taken: Vec<String> = meeting
                .proposals
                .iter()
                .filter(|proposal| proposal.id == *into || from.contains(&proposal.id))
                .flat_map(|proposal| [vec![proposal.text.clone()], proposal.merged.clone()].concat())
                .filter(|wording| wording != text)
                .collect();
            meeting.proposals.retain(|proposal| proposal.id == *into || !from.contains(&proposal.id));
            if let Some(kept) = meeting.proposals.iter_mut().find(|proposal| proposal.id == *into) {
                kept.text.clone_from(text);
                kept.merged = taken;
            }
        }
        Edit::Action { action, change } => {
            if let Some(found) = meeting.actions.iter_mut().find(|other| other.id == *action) {
                match change {
                    // Whoever took it on took on this task and no other.
                    ActionChange::Task(task) => {
                        found.task.clone_from(task);
                        found.accepted = false;
                    }
                    ActionChange::Owner(owner) => {
                        found.owner.clone_from(owner);
                        found.accepted = false;
                    }
                    ActionChange::Due(due) => found.due = *due,
                    ActionChange::Criterion(criterion) => found.criterion.clone_from(criterion),
                    ActionChange::Ticket(ticket) => {
                        found.ticket.clone_from(ticket);
                        found.ticket_pending = false;
                    }
                    ActionChange::TicketPending(pending) => found.ticket_pending = *pending,
                    ActionChange::ConfirmBy(date) => found.confirm_by = *date,
                    ActionChange::State(state) => found.state = state.clone(),
                }
            }
        }
        Edit::Previous { previous, change } => {
            if let Some(found) = meeting.previous.iter_mut().find(|other| other.id == *previous) {
                match change {
                    PreviousChange::State(state) => found.state = *state,
                    PreviousChange::Helped(helped) => found.helped = *helped,
                    PreviousChange::Remark(remark) => found.remark.clone_from(remark),
                }
            }
        }
        Edit::RemovePrevious { previous } => meeting.previous.retain(|other| other.id != *previous),
        Edit::ParkedOutcome { parked, outcome } => {
            if let Some(found) = meeting.parked.iter_mut().find(|other| other.id == *parked) {
                found.outcome = *outcome;
            }
        }
        Edit::RemoveParked { parked } => meeting.parked.retain(|other| other.id != *parked),
        Edit::Status { status } => meeting.status = *status,
    }
}

fn find_note(meeting: &mut Meeting, section: Section, note: crate::NoteId) -> Option<&mut Note> {
    meeting.writings.get_mut(&section)?.notes.iter_mut().find(|other| other.id == note)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
