//! Who is in the room.

use super::{Chance, Decided, facilitate};
use crate::text::{NAME_LIMIT, optional};
use crate::{
    Duty, Edit, Event, EventId, Meeting, Participant, ParticipantId, Progress, Refusal, Request, RoomRule, Secret,
};

pub(super) fn join(meeting: &Meeting, name: Option<&str>, phone: bool) -> Result<Decided, Refusal> {
    if meeting.progress == Progress::Ended {
        return Err(Refusal::NotInProgress);
    }
    if phone && meeting.room_rules.contains(&RoomRule::JoiningLocked) {
        return Err(Refusal::JoiningLocked);
    }
    if meeting.present().count() >= meeting.participant_limit {
        return Err(Refusal::RoomFull { limit: meeting.participant_limit });
    }
    let id = ParticipantId(meeting.fresh());
    let name = cleaned(name)?;
    if !phone && name.is_none() {
        return Err(Refusal::Empty);
    }
    Ok(Event::ParticipantJoined { participant: Participant { id, name, phone, removed: false, duty: None } }.into())
}

pub(super) fn rename(participant: ParticipantId, name: Option<&str>) -> Result<Decided, Refusal> {
    Ok(Event::ParticipantRenamed { participant, name: cleaned(name)? }.into())
}

pub(super) fn remove(meeting: &Meeting, participant: ParticipantId) -> Result<Decided, Refusal> {
    meeting.participant(participant).ok_or(Refusal::NotFound)?;
    Ok(Event::ParticipantRemoved { participant }.into())
}

/// A participant comes back with another token. Nothing of theirs changes, and locked joining does not stop them.
pub(super) fn come_back(meeting: &Meeting, participant: ParticipantId) -> Result<Decided, Refusal> {
    meeting.participant(participant).filter(|person| person.phone).ok_or(Refusal::NotFound)?;
    Ok(Event::ParticipantReturned { participant }.into())
}

/// Only a phone can have a duty, and there is one remote at most: two hands on one clicker only confuse a room.
pub(super) fn give_duty(meeting: &Meeting, participant: ParticipantId, duty: Option<Duty>) -> Result<Decided, Refusal> {
    let person = meeting.participant(participant).filter(|person| person.phone).ok_or(Refusal::NotFound)?;
    if person.duty == duty {
        return Ok(Decided::default());
    }
    let before = meeting.present().find(|other| duty == Some(Duty::Remote) && other.duty == duty);
    let mut events: Vec<_> =
        before.map(|other| Event::DutyGiven { participant: other.id, duty: None }).into_iter().collect();
    events.push(Event::DutyGiven { participant, duty });
    Ok(events.into())
}

/// What a phone with a duty may do in the facilitator's name. *Next* stops at barriers by itself.
pub(super) fn on_duty(
    meeting: &Meeting,
    id: ParticipantId,
    request: &Request,
    chance: Chance,
) -> Result<Decided, Refusal> {
    let duty = meeting.participant(id).and_then(|person| person.duty);
    match (duty, request) {
        (
            Some(Duty::NoteTaker),
            Request::Park { .. } | Request::RecordDecision { .. } | Request::Edit { edit: Edit::Answer { .. } },
        )
        | (Some(Duty::Remote), Request::Next {} | Request::Back {} | Request::ToggleClock {}) => {
            facilitate(meeting, request, chance)
        }
        _ => Err(Refusal::FacilitatorOnly),
    }
}

pub(super) fn move_on(meeting: &Meeting, by: ParticipantId, on: bool) -> Result<Decided, Refusal> {
    super::running::in_progress(meeting)?;
    turned_on(meeting, RoomRule::MoveOn)?;
    let section = meeting.section().ok_or(Refusal::NotInProgress)?;
    Ok(Secret::MoveOnWished { by, section, picture: meeting.stage.picture, on }.into())
}

pub(super) fn find_new(meeting: &Meeting, by: ParticipantId, event: EventId, on: bool) -> Result<Decided, Refusal> {
    super::running::in_progress(meeting)?;
    turned_on(meeting, RoomRule::Novelty)?;
    if !meeting.timeline.iter().any(|other| other.id == event) {
        return Err(Refusal::NotFound);
    }
    Ok(Secret::FoundNew { by, event, on }.into())
}

fn turned_on(meeting: &Meeting, rule: RoomRule) -> Result<(), Refusal> {
    if meeting.room_rules.contains(&rule) { Ok(()) } else { Err(Refusal::NotTurnedOn) }
}

fn cleaned(name: Option<&str>) -> Result<Option<String>, Refusal> {
    let name = optional(&name.unwrap_or_default().replace('\n', " "), NAME_LIMIT)?;
    Ok((!name.is_empty()).then_some(name))
}
