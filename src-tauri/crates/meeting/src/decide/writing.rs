//! Silent writing, the reveal, and notes typed at the console.

use super::{Chance, Decided};
use crate::text::{NOTE_LIMIT, NOTES_PER_PERSON, PROPOSAL_LIMIT, required};
use crate::{
    Author, DraftId, Event, HiddenNote, Meeting, Note, NoteId, NoteKind, Progress, Proposal, ProposalId, Refusal,
    Secret, Section, WritingState,
};

pub(super) fn open(meeting: &Meeting, section: Section) -> Result<Decided, Refusal> {
    super::running::in_progress(meeting)?;
    if section.writing_question().is_none() || !meeting.agenda.iter().any(|item| item.section == section) {
        return Err(Refusal::NotOnTheAgenda);
    }
    if meeting.writing(section) == WritingState::Open {
        return Ok(Decided::default());
    }
    Ok(Event::WritingOpened { section }.into())
}

pub(super) fn write(
    meeting: &Meeting,
    author: Author,
    draft: &DraftId,
    kind: NoteKind,
    text: &str,
) -> Result<Decided, Refusal> {
    let section = kind.section();
    if meeting.writing(section) != WritingState::Open {
        return Err(Refusal::WritingClosed);
    }
    let text = required(text, limit(kind))?;
    check_draft(draft)?;
    let own = meeting.own_notes(author);
    let in_section = own.iter().filter(|note| note.kind.section() == section);
    if in_section.clone().count() >= NOTES_PER_PERSON && !in_section.clone().any(|note| note.draft == *draft) {
        return Err(Refusal::TooManyNotes { limit: NOTES_PER_PERSON });
    }
    Ok(Secret::NoteKept { section, note: HiddenNote { author, draft: draft.clone(), kind, text } }.into())
}

pub(super) fn check_draft(draft: &DraftId) -> Result<(), Refusal> {
    let known = draft.0.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if draft.0.is_empty() || draft.0.len() > 40 || !known { Err(Refusal::BadDraft) } else { Ok(()) }
}

pub(super) fn withdraw(
    meeting: &Meeting,
    author: Author,
    draft: &DraftId,
    section: Section,
) -> Result<Decided, Refusal> {
    if meeting.writing(section) != WritingState::Open {
        return Err(Refusal::WritingClosed);
    }
    // Withdrawing what is not there is the repeat of a request whose answer was lost.
    Ok(Secret::NoteWithdrawn { section, author, draft: draft.clone() }.into())
}

/// A note typed at the console waits for the reveal while the room writes, and is seen at once otherwise.
pub(super) fn add_note(meeting: &Meeting, kind: NoteKind, text: &str) -> Result<Decided, Refusal> {
    let section = kind.section();
    // What was still hidden when the meeting ended is gone, and nothing will be revealed any more.
    if meeting.writing(section) == WritingState::Open && meeting.progress != Progress::Ended {
        let own = meeting.own_notes(Author::Console);
        let draft =
            (1..).map(|n| DraftId(format!("console-{n}"))).find(|draft| !own.iter().any(|note| note.draft == *draft));
        return write(meeting, Author::Console, &draft.ok_or(Refusal::BadDraft)?, kind, text);
    }
    let text = required(text, limit(kind))?;
    if let NoteKind::Proposal { category, priority } = kind {
        return super::record::add_proposal(meeting, &text, category, priority, None);
    }
    let note = Note { id: NoteId(meeting.fresh()), kind, text, merged: Vec::new(), set_aside: false, discussed: false };
    Ok(Event::NoteAdded { section, note }.into())
}

pub(super) fn reveal(meeting: &Meeting, section: Section, chance: Chance) -> Result<Decided, Refusal> {
    if meeting.writing(section) != WritingState::Open {
        return Err(Refusal::WritingClosed);
    }
    let (_, writers) = meeting.hidden_notes(section);
    let mut hidden: Vec<_> = meeting.hidden.notes.get(&section).cloned().unwrap_or_default();
    // A note of somebody who was taken out goes with them.
    hidden.retain(|note| match note.author {
        Author::Participant { id } => meeting.participant(id).is_some(),
        Author::Console => true,
    });
    // An empty reveal ends a writing in which nobody had anything to say, so that *next* leads on.
    chance.shuffle(&mut hidden);
    let mut notes = Vec::new();
    let mut proposals = Vec::new();
    for (id, HiddenNote { kind, text, .. }) in (meeting.fresh()..).zip(hidden) {
        if let NoteKind::Proposal { category, priority } = kind {
            proposals.push(Proposal {
                id: ProposalId(id),
                text,
                category,
                priority,
                addresses: None,
                merged: Vec::new(),
                not_chosen_because: String::new(),
                withdrawn: false,
            });
        } else {
            notes.push(Note { id: NoteId(id), kind, text, merged: Vec::new(), set_aside: false, discussed: false });
        }
    }
    Ok(Event::NotesRevealed { section, notes, proposals, writers }.into())
}

pub(super) const fn limit(kind: NoteKind) -> usize {
    match kind {
        NoteKind::Proposal { .. } => PROPOSAL_LIMIT,
        NoteKind::WentWell | NoteKind::Lucky | NoteKind::WentPoorly | NoteKind::Cause => NOTE_LIMIT,
    }
}
