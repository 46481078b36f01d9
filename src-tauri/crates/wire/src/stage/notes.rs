//! What people have written on the stage, a page at a time, and how the writing goes.

use meeting::{Meeting, NoteKind, Section, WritingState, paging};

use super::{StageNote, StagePicture, StageProposal, WritingView, count};

/// Returns how the writing of a section goes.
#[must_use]
pub(crate) fn writing_view(meeting: &Meeting, section: Section) -> WritingView {
    match meeting.writing(section) {
        WritingState::Closed => WritingView::Closed,
        WritingState::Open => {
            let (notes, written) = meeting.hidden_notes(section);
            WritingView::Open { written, of: count(meeting.present().filter(|person| person.phone).count()), notes }
        }
        WritingState::Revealed { writers } => {
            let shown = match section {
                Section::ActionItems => meeting.options().count(),
                _ => meeting.shown_notes(section).count(),
            };
            WritingView::Revealed { notes: count(shown), writers }
        }
    }
}

pub(super) fn notes_picture(meeting: &Meeting, section: Section, page: u32) -> StagePicture {
    let notes: Vec<_> = meeting.shown_notes(section).collect();
    let pages = paging::pages(notes.iter().map(|note| note.text.as_str()));
    let range = pages.get(usize::try_from(page).unwrap_or(0)).cloned().unwrap_or(0..0);
    StagePicture::Notes {
        section,
        from: count(range.start + 1),
        to: count(range.end),
        total: count(notes.len()),
        notes: notes
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|note| StageNote {
                text: note.text.clone(),
                lucky: note.kind == NoteKind::Lucky,
                merged: count(note.merged.len()),
            })
            .collect(),
    }
}

pub(super) fn proposals_picture(meeting: &Meeting, page: u32) -> StagePicture {
    let options: Vec<_> = meeting.options().collect();
    let pages = paging::pages(options.iter().map(|proposal| proposal.text.as_str()));
    let range = pages.get(usize::try_from(page).unwrap_or(0)).cloned().unwrap_or(0..0);
    StagePicture::Proposals {
        from: count(range.start + 1),
        to: count(range.end),
        total: count(options.len()),
        proposals: options
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|proposal| StageProposal {
                text: proposal.text.clone(),
                category: proposal.category.word().to_lowercase(),
                priority: proposal.priority,
            })
            .collect(),
    }
}
