//! Folding events into the state. Nothing here can refuse: an event that names what is gone changes nothing.

use crate::{
    ActionChange, AgendaItem, DraftId, Edit, Event, EventChange, FactorChange, HiddenNote, Meeting, MilestoneTime,
    Note, NoteChange, Outcome, Picture, Poll, PreviousChange, Progress, ProposalChange, Recorded, Secret, Section,
    StepChange, WritingState, timeline,
};

/// Applies one event of the log.
pub fn apply(meeting: &mut Meeting, recorded: &Recorded) {
    if let Some(standing) = meeting.log.push(recorded) {
        let mut folded = Meeting::unwritten();
        for earlier in &standing {
            fold(&mut folded, earlier);
        }
        // Ids stay taken and secrets stay kept, whatever was undone.
        folded.next_id = folded.next_id.max(meeting.next_id);
        folded.hidden = std::mem::take(&mut meeting.hidden);
        folded.log = std::mem::take(&mut meeting.log);
        *meeting = folded;
    } else {
        fold(meeting, recorded);
        forget(meeting, &recorded.event);
    }
    meeting.changed = recorded.at.wall;
}

/// Applies one secret.
pub fn apply_secret(meeting: &mut Meeting, secret: &Secret) {
    match secret {
        Secret::NoteKept { section, note } => {
            let notes = meeting.hidden.notes.entry(*section).or_default();
            match position(notes, note.author, &note.draft).and_then(|place| notes.get_mut(place)) {
                Some(kept) => *kept = note.clone(),
                None => notes.push(note.clone()),
            }
        }
        Secret::NoteWithdrawn { section, author, draft } => {
            let notes = meeting.hidden.notes.entry(*section).or_default();
            if let Some(place) = position(notes, *author, draft) {
                notes.remove(place);
            }
        }
        Secret::BallotKept { round, voter, ballot } => {
            meeting.hidden.ballots.entry(*round).or_default().insert(*voter, ballot.clone());
        }
        Secret::PollAnswered { voter, answer } => {
            meeting.hidden.poll.insert(*voter, answer.clone());
        }
    }
}

fn position(notes: &[HiddenNote], author: crate::Author, draft: &DraftId) -> Option<usize> {
    notes.iter().position(|note| note.author == author && note.draft == *draft)
}

/// Forgets in memory what the store destroys on disk.
fn forget(meeting: &mut Meeting, event: &Event) {
    match event.breaks() {
        crate::Breaks::Nothing => {}
        crate::Breaks::Everything => meeting.hidden = crate::meeting::Hidden::default(),
        crate::Breaks::One(crate::Seal::Notes(section)) => drop(meeting.hidden.notes.remove(&section)),
        crate::Breaks::One(crate::Seal::Ballots(round)) => drop(meeting.hidden.ballots.remove(&round)),
        crate::Breaks::One(crate::Seal::Poll) => meeting.hidden.poll.clear(),
    }
}

fn fold(meeting: &mut Meeting, recorded: &Recorded) {
    let now = recorded.at;
    match &recorded.event {
        Event::Created { id, title, zone, planned } => {
            meeting.id = id.clone();
            meeting.created = now.wall;
            meeting.incident.zone = *zone;
            meeting.incident.texts.insert(crate::TextField::Title, title.clone());
            meeting.agenda = planned.iter().copied().map(AgendaItem::new).collect();
        }
        Event::Edited { edit } => fold_edit(meeting, edit),
        Event::EventsAdded { events } => {
            take_id(meeting, events.iter().map(|event| event.id.0));
            meeting.timeline.extend(events.iter().cloned());
            timeline::sort(&mut meeting.timeline);
        }
        Event::PreviousAdded { previous } => {
            take_id(meeting, [previous.id.0]);
            meeting.previous.push(previous.clone());
        }
        Event::NoteAdded { section, note } => {
            take_id(meeting, [note.id.0]);
            meeting.writings.entry(*section).or_default().notes.push(note.clone());
        }
        Event::ChainAdded { chain } => {
            take_id(meeting, [chain.id.0]);
            meeting.chains.push(chain.clone());
        }
        Event::StepAdded { chain, step } => {
            take_id(meeting, [step.id.0]);
            if let Some(chain) = meeting.chains.iter_mut().find(|other| other.id == *chain) {
                chain.steps.push(step.clone());
            }
        }
        Event::FactorAdded { factor } => {
            take_id(meeting, [factor.id.0]);
            meeting.factors.push(factor.clone());
        }
        Event::ProposalAdded { proposal } => {
            take_id(meeting, [proposal.id.0]);
            meeting.proposals.push(proposal.clone());
        }
        Event::Parked { entry } => {
            take_id(meeting, [entry.id.0]);
            meeting.parked.push(entry.clone());
        }
        Event::DecisionRecorded { decision } => {
            take_id(meeting, [decision.id.0]);
            meeting.decisions.push(decision.clone());
        }
        Event::MeetingStarted {} => {
            meeting.held.started = Some(now.wall);
            meeting.clock.start(now);
            meeting.progress = Progress::InSection { index: 0 };
            meeting.stage.picture = first_picture(meeting);
        }
        Event::SectionEntered { index } => {
            for item in &mut meeting.agenda {
                item.clock.pause(now);
            }
            meeting.progress = Progress::InSection { index: *index };
            meeting.stage.picture = first_picture(meeting);
        }
        Event::ClockStarted {} => {
            meeting.clock.start(now);
            if let Some(item) = meeting.index().and_then(|index| meeting.agenda.get_mut(index)) {
                item.clock.start(now);
            }
        }
        Event::ClockPaused {} => {
            if let Some(item) = meeting.index().and_then(|index| meeting.agenda.get_mut(index)) {
                item.clock.pause(now);
            }
        }
        Event::MinutesAdded { minutes } => {
            if let Some(item) = meeting.index().and_then(|index| meeting.agenda.get_mut(index)) {
                let change = crate::Millis::minutes(minutes.unsigned_abs());
                item.allotted = if *minutes < 0 { item.allotted.minus(change) } else { item.allotted.plus(change) };
            }
        }
        Event::Interrupted { last_seen } => pause_all(meeting, *last_seen),
        Event::Adjourned {} => {
            pause_all(meeting, now);
            if let Some(index) = meeting.index() {
                meeting.progress = Progress::Adjourned { index };
            }
        }
        Event::Resumed {} => {
            meeting.clock.start(now);
            if let Some(index) = meeting.index() {
                meeting.progress = Progress::InSection { index };
            }
        }
        Event::MeetingEnded { reason } => {
            pause_all(meeting, now);
            meeting.held.ended = Some(now.wall);
            meeting.held.ended_because.clone_from(reason);
            meeting.progress = Progress::Ended;
            meeting.stage = crate::Stage { picture: Picture::Thanks, ..crate::Stage::default() };
        }
        Event::PictureShown { picture } => meeting.stage.picture = *picture,
        Event::StageBlanked { on } => meeting.stage.blank = *on,
        Event::StageFrozen { on } => meeting.stage.frozen = on.then_some(meeting.stage.picture),
        Event::JoinCardShown { on } => meeting.stage.join_card = *on,
        Event::ParticipantJoined { participant } => {
            take_id(meeting, [participant.id.0]);
            meeting.participants.push(participant.clone());
        }
        Event::ParticipantRenamed { participant, name } => {
            if let Some(found) = meeting.participants.iter_mut().find(|other| other.id == *participant) {
                found.name.clone_from(name);
            }
        }
        Event::ParticipantRemoved { participant } => {
            if let Some(found) = meeting.participants.iter_mut().find(|other| other.id == *participant) {
                found.removed = true;
            }
        }
        Event::WritingOpened { section } => {
            meeting.writings.entry(*section).or_default().state = WritingState::Open;
        }
        Event::NotesRevealed { section, notes, proposals, writers } => {
            take_id(meeting, notes.iter().map(|note| note.id.0).chain(proposals.iter().map(|proposal| proposal.id.0)));
            let writing = meeting.writings.entry(*section).or_default();
            writing.state = WritingState::Revealed { writers: *writers };
            writing.notes.extend(notes.iter().cloned());
            meeting.proposals.extend(proposals.iter().cloned());
        }
        Event::RoundOpened { round } => {
            take_id(meeting, [round.id.0]);
            meeting.stage.picture = Picture::Voting { round: round.id };
            meeting.rounds.push(round.clone());
        }
        Event::BudgetChanged { round, budget, seats } => {
            if let Some(round) = meeting.rounds.iter_mut().find(|other| other.id == *round) {
                round.budget = *budget;
                round.seats = *seats;
            }
        }
        Event::RoundClosed { round, result } => {
            if let Some(found) = meeting.rounds.iter_mut().find(|other| other.id == *round) {
                found.result = Some(result.clone());
            }
            meeting.stage.picture = Picture::Result { round: *round };
        }
        Event::TieSettled { round, chosen, rule } => {
            if let Some(result) =
                meeting.rounds.iter_mut().find(|other| other.id == *round).and_then(|round| round.result.as_mut())
            {
                result.outcome = Outcome::Chosen { chosen: chosen.clone(), rule: *rule };
            }
        }
        Event::ActionsCommitted { actions } => {
            take_id(meeting, actions.iter().map(|action| action.id.0));
            meeting.actions.extend(actions.iter().cloned());
            meeting.stage.picture = Picture::Actions;
        }
        Event::PollOpened {} => meeting.poll = Poll::Open,
        Event::PollClosed { result } => meeting.poll = Poll::Counted { result: result.clone() },
        // The log has dealt with these.
        Event::Undone { .. } | Event::Redone { .. } => {}
    }
}

fn take_id(meeting: &mut Meeting, ids: impl IntoIterator<Item = u32>) {
    for id in ids {
        meeting.next_id = meeting.next_id.max(id + 1);
    }
}

fn first_picture(meeting: &Meeting) -> Picture {
    let first = meeting.section().map(|section| crate::pictures(meeting, section)).unwrap_or_default();
    first.first().copied().unwrap_or_default()
}

fn pause_all(meeting: &mut Meeting, at: crate::Moment) {
    meeting.clock.pause(at);
    for item in &mut meeting.agenda {
        item.clock.pause(at);
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn fold_edit(meeting: &mut Meeting, edit: &Edit) {
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
                let mut gone = vec![*step];
                while let Some(id) = gone.pop() {
                    gone.extend(chain.steps.iter().filter(|other| other.parent == Some(id)).map(|other| other.id));
                    chain.steps.retain(|other| other.id != id);
                }
            }
        }
        Edit::Factor { factor, change } => {
            if let Some(found) = meeting.factors.iter_mut().find(|other| other.id == *factor) {
                match change {
                    FactorChange::Text(text) => found.text.clone_from(text),
                    FactorChange::Category(category) => found.category = *category,
                    FactorChange::Chain(chain) => found.chain = *chain,
                    FactorChange::Event(event) => found.event = *event,
                }
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
                    ActionChange::Task(task) => found.task.clone_from(task),
                    ActionChange::Owner(owner) => found.owner.clone_from(owner),
                    ActionChange::Due(due) => found.due = *due,
                    ActionChange::Criterion(criterion) => found.criterion.clone_from(criterion),
                    ActionChange::Ticket(ticket) => found.ticket.clone_from(ticket),
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
