//! Folding events into the state. Nothing here can refuse: an event that names what is gone changes nothing.

mod causes;
mod edits;

pub(crate) use edits::fold_edit;

use crate::{
    AgendaItem, DraftId, Event, Factor, HiddenNote, Meeting, Outcome, Picture, Poll, Progress, Recorded, Secret,
    WritingState, timeline,
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
    // A name that goes is nobody's work on the record: how long the record is kept does not begin anew.
    if !matches!(recorded.event, Event::NameRemoved { .. }) {
        meeting.changed = recorded.at.wall;
    }
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
        Secret::RecollectionKept { recollection } => {
            let kept = &mut meeting.hidden.recollections;
            let same =
                |other: &crate::Recollection| other.author == recollection.author && other.draft == recollection.draft;
            match kept.iter_mut().find(|(other, _)| same(other)) {
                Some((before, _)) => *before = recollection.clone(),
                None => kept.push((recollection.clone(), false)),
            }
        }
        Secret::RecollectionWithdrawn { author, draft } => {
            meeting.hidden.recollections.retain(|(other, _)| other.author != *author || other.draft != *draft);
        }
        Secret::RecollectionTaken { draft } => {
            for (_, taken) in meeting.hidden.recollections.iter_mut().filter(|(other, _)| other.draft == *draft) {
                *taken = true;
            }
        }
        Secret::Confided { author, text } if text.is_empty() => drop(meeting.hidden.confided.remove(author)),
        Secret::Confided { author, text } => drop(meeting.hidden.confided.insert(*author, text.clone())),
        Secret::BallotKept { round, voter, ballot } => {
            meeting.hidden.ballots.entry(*round).or_default().insert(*voter, ballot.clone());
        }
        Secret::PollAnswered { voter, answer } => {
            meeting.hidden.poll.insert(*voter, answer.clone());
        }
        Secret::MoveOnWished { by, section, picture, on: true } => {
            meeting.hidden.moving_on.insert(*by, (*section, *picture));
        }
        Secret::MoveOnWished { by, on: false, .. } => drop(meeting.hidden.moving_on.remove(by)),
        Secret::FoundNew { by, event, on: true } => drop(meeting.hidden.found_new.insert((*event, *by))),
        Secret::FoundNew { by, event, on: false } => drop(meeting.hidden.found_new.remove(&(*event, *by))),
        Secret::Numbered { by, what, number } => {
            meeting.hidden.numbers.entry(*by).or_default().insert(what.clone(), *number);
        }
    }
}

fn position(notes: &[HiddenNote], author: crate::Author, draft: &DraftId) -> Option<usize> {
    notes.iter().position(|note| note.author == author && note.draft == *draft)
}

/// Forgets in memory what the store destroys on disk.
fn forget(meeting: &mut Meeting, event: &Event) {
    if let crate::Breaks::One(seal) = event.breaks() {
        // Not even an empty place is left: it would tell who had a hand in what was sealed.
        meeting.hidden.numbers.retain(|_, numbers| {
            numbers.retain(|what, _| what.seal() != seal);
            !numbers.is_empty()
        });
    }
    match event.breaks() {
        crate::Breaks::Nothing => {}
        crate::Breaks::Everything => meeting.hidden = crate::hidden::Hidden::default(),
        crate::Breaks::One(crate::Seal::Notes(section)) => drop(meeting.hidden.notes.remove(&section)),
        crate::Breaks::One(crate::Seal::Ballots(round)) => drop(meeting.hidden.ballots.remove(&round)),
        crate::Breaks::One(crate::Seal::Poll) => meeting.hidden.poll.clear(),
        crate::Breaks::One(crate::Seal::Recollections) => {
            meeting.hidden.recollections.clear();
            meeting.hidden.confided.clear();
        }
        crate::Breaks::One(crate::Seal::Taps) => {
            meeting.hidden.moving_on.clear();
            meeting.hidden.found_new.clear();
        }
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
        Event::Attached { attachment } => {
            take_id(meeting, [attachment.id.0]);
            meeting.attachments.push(attachment.clone());
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
        Event::ChainSplit { chain, step, into, symptom } => {
            take_id(meeting, [into.0]);
            causes::split(meeting, *chain, *step, *into, symptom);
        }
        Event::ChainsJoined { into, under, from, step } => {
            take_id(meeting, [step.0]);
            causes::join(meeting, *into, *under, *from, *step);
        }
        Event::FactorAdded { factor } => {
            take_id(meeting, [factor.id.0]);
            meeting.factors.push(Factor { category: factor.category.kept(), ..factor.clone() });
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
            if let Some(item) = meeting.agenda.get_mut(*index) {
                item.dropped = false;
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
        Event::PaceChanged { change } => crate::pace::change_pace(meeting, change),
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
        Event::DutyGiven { participant, duty } => {
            if let Some(found) = meeting.participants.iter_mut().find(|other| other.id == *participant) {
                found.duty = *duty;
            }
        }
        Event::NoveltyCounted { counts } => meeting.novelty.extend(counts.iter().copied()),
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
        Event::ActionTaken { action, owner, due, criterion } => {
            if let Some(found) = meeting.actions.iter_mut().find(|other| other.id == *action) {
                found.owner.clone_from(owner);
                found.due = due.or(found.due);
                if !criterion.is_empty() {
                    found.criterion.clone_from(criterion);
                }
                found.accepted = true;
            }
        }
        Event::PollOpened {} => meeting.poll = Poll::Open,
        Event::PollClosed { result } => meeting.poll = Poll::Counted { result: result.clone() },
        // The log has dealt with the first two; which token belongs to whom is kept beside the log.
        Event::NameRemoved { .. } | Event::Undone { .. } | Event::Redone { .. } | Event::ParticipantReturned { .. } => {
        }
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
