//! Evidence, and what people remember.

use super::{Decided, record};
use crate::text::{FIELD_LIMIT, NOTE_LIMIT, NOTES_PER_PERSON, optional, required};
use crate::{
    ATTACHMENT_LIMIT, Attachment, AttachmentId, Content, DraftId, EXCERPT_LIMIT, Event, EventId, IMAGE_LIMIT,
    IMAGE_SIDE_LIMIT, Image, Meeting, NewEvent, ParticipantId, Progress, Recollection, Refusal, Secret, WHEN_LIMIT,
};

pub(super) fn attach_excerpt(
    meeting: &Meeting,
    event: Option<EventId>,
    text: &str,
    caption: &str,
) -> Result<Decided, Refusal> {
    let text = required(text, EXCERPT_LIMIT)?;
    attach(meeting, event, Content::Excerpt { text }, caption)
}

pub(super) fn attach_image(
    meeting: &Meeting,
    event: Option<EventId>,
    image: &Image,
    caption: &str,
) -> Result<Decided, Refusal> {
    let side = 1..=IMAGE_SIDE_LIMIT;
    if image.bytes > IMAGE_LIMIT || !side.contains(&image.width) || !side.contains(&image.height) {
        return Err(Refusal::ImageTooLarge);
    }
    attach(meeting, event, Content::Image { image: image.clone() }, caption)
}

fn attach(meeting: &Meeting, event: Option<EventId>, content: Content, caption: &str) -> Result<Decided, Refusal> {
    if event.is_some_and(|event| !meeting.timeline.iter().any(|other| other.id == event)) {
        return Err(Refusal::NotFound);
    }
    if meeting.attachments.len() >= ATTACHMENT_LIMIT {
        return Err(Refusal::TooManyAttachments { limit: ATTACHMENT_LIMIT });
    }
    let attachment = Attachment {
        id: AttachmentId(meeting.fresh()),
        event,
        content,
        caption: optional(caption, NOTE_LIMIT)?,
        staged: event.is_some(),
        public: false,
    };
    Ok(Event::Attached { attachment }.into())
}

pub(super) fn recollect(
    meeting: &Meeting,
    author: ParticipantId,
    draft: &DraftId,
    when: &str,
    text: &str,
) -> Result<Decided, Refusal> {
    if !meeting.asks_for_recollections() {
        return Err(Refusal::WritingClosed);
    }
    super::writing::check_draft(draft)?;
    let text = optional(text, NOTE_LIMIT)?;
    if text.is_empty() {
        return Ok(Secret::RecollectionWithdrawn { author, draft: draft.clone() }.into());
    }
    let own: Vec<_> = meeting.recollections().filter(|(other, _)| other.author == author).collect();
    if own.len() >= NOTES_PER_PERSON && !own.iter().any(|(other, _)| other.draft == *draft) {
        return Err(Refusal::TooManyNotes { limit: NOTES_PER_PERSON });
    }
    let when = optional(when, WHEN_LIMIT)?;
    let recollection = Recollection { author, draft: draft.clone(), when, text };
    Ok(Secret::RecollectionKept { recollection }.into())
}

/// What is confided may come at any time before the meeting ends; then it is destroyed.
pub(super) fn confide(meeting: &Meeting, author: ParticipantId, text: &str) -> Result<Decided, Refusal> {
    if meeting.progress == Progress::Ended {
        return Err(Refusal::NotInProgress);
    }
    Ok(Secret::Confided { author, text: optional(text, NOTE_LIMIT)? }.into())
}

pub(super) fn take_recollection(meeting: &Meeting, draft: &DraftId, event: &NewEvent) -> Result<Decided, Refusal> {
    if !meeting.recollections().any(|(other, _)| other.draft == *draft) {
        return Err(Refusal::NotFound);
    }
    required(&event.text, FIELD_LIMIT)?;
    let mut decided = record::add_events(meeting, std::slice::from_ref(event))?;
    decided.secrets.push(Secret::RecollectionTaken { draft: draft.clone() });
    Ok(decided)
}
