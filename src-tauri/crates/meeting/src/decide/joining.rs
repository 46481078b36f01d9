//! Who is in the room.

use super::Decided;
use crate::text::{NAME_LIMIT, PARTICIPANT_LIMIT, optional};
use crate::{Event, Meeting, Participant, ParticipantId, Progress, Refusal};

pub(super) fn join(meeting: &Meeting, name: Option<&str>, phone: bool) -> Result<Decided, Refusal> {
    if meeting.progress == Progress::Ended {
        return Err(Refusal::NotInProgress);
    }
    if meeting.present().count() >= PARTICIPANT_LIMIT {
        return Err(Refusal::RoomFull { limit: PARTICIPANT_LIMIT });
    }
    let id = ParticipantId(meeting.fresh());
    let name = cleaned(name)?;
    if !phone && name.is_none() {
        return Err(Refusal::Empty);
    }
    Ok(Event::ParticipantJoined { participant: Participant { id, name, phone, removed: false } }.into())
}

pub(super) fn rename(participant: ParticipantId, name: Option<&str>) -> Result<Decided, Refusal> {
    Ok(Event::ParticipantRenamed { participant, name: cleaned(name)? }.into())
}

pub(super) fn remove(meeting: &Meeting, participant: ParticipantId) -> Result<Decided, Refusal> {
    meeting.participant(participant).ok_or(Refusal::NotFound)?;
    Ok(Event::ParticipantRemoved { participant }.into())
}

fn cleaned(name: Option<&str>) -> Result<Option<String>, Refusal> {
    let name = optional(&name.unwrap_or_default().replace('\n', " "), NAME_LIMIT)?;
    Ok((!name.is_empty()).then_some(name))
}
