//! Silent writing: everybody at once on the phones, the reveal, the notes page by page.

use meeting::{Edit, NextStep, NoteChange, NoteKind, Picture, Request, Section, paging};

use super::{Play, Step};
use crate::phone::Task;
use crate::sample::{FIRST_THOUGHTS, Merge};
use crate::{RehearsalError, sample};

type Written = (NoteKind, &'static str);

impl<F: FnMut(Step)> Play<'_, F> {
    /// Plays a section of notes: writing, reveal, merging, and one page after the other.
    pub(super) async fn notes(
        &mut self,
        section: Section,
        notes: &[Written],
        merge: Option<&Merge>,
    ) -> Result<(), RehearsalError> {
        self.enter(section).await?;
        self.write_and_reveal(section, notes).await?;
        if let Some(merge) = merge {
            self.merge(section, merge).await?;
        }
        while let NextStep::Show { picture: Picture::Notes { page, .. } } = meeting::next_step(&*self.meeting()?) {
            self.step(format!("Page {} of the notes", page + 1));
            self.ask(Request::Next {}).await?;
            self.discuss(section, page).await?;
        }
        Ok(())
    }

    /// Lets the phones write what is dealt to them; the last note is spoken by somebody without a phone and typed.
    pub(super) async fn write_and_reveal(&mut self, section: Section, notes: &[Written]) -> Result<(), RehearsalError> {
        self.step(format!("Everybody writes: {}", section.writing_question().unwrap_or_default()));
        self.next_is(|next| next == NextStep::OpenWriting { section })?;
        self.ask(Request::Next {}).await?;
        let Some(((kind, spoken), dealt)) = notes.split_last() else { return Ok(()) };
        self.ask(Request::AddNote { kind: *kind, text: (*spoken).to_owned() }).await?;

        let hands = deal(dealt, self.phones.len());
        let kind_of = dealt.first().copied();
        self.everybody(move |place, mut phone, doing| {
            let hand = hands.get(place).cloned().unwrap_or_default();
            async move {
                phone
                    .until(&doing, |seen| matches!(seen.view.task, Task::Write { section: open } if open == section))
                    .await?;
                if hand.is_empty()
                    && let Some((kind, _)) = kind_of
                {
                    // Whoever has nothing to add begins something all the same, and leaves it.
                    phone.write("thought", kind, FIRST_THOUGHTS[1], &doing).await?;
                    phone.withdraw("thought", section, &doing).await?;
                }
                for (number, (kind, text)) in hand.iter().enumerate() {
                    let draft = format!("note-{number}");
                    if place == 0 && number == 0 {
                        // Somebody changes the wording, and thinks better of a second note.
                        phone.write(&draft, *kind, FIRST_THOUGHTS[0], &doing).await?;
                        phone.write("second-thought", *kind, FIRST_THOUGHTS[1], &doing).await?;
                        phone.withdraw("second-thought", section, &doing).await?;
                    }
                    phone.write(&draft, *kind, text, &doing).await?;
                }
                phone.until(&doing, |seen| seen.own.notes.len() == hand.len()).await?;
                Ok(phone)
            }
        })
        .await?;
        let all = u32::try_from(notes.len()).unwrap_or(u32::MAX);
        self.meeting_until(|meeting| meeting.hidden_notes(section).0 >= all).await?;

        self.step("The notes are revealed");
        self.next_is(|next| next == NextStep::Reveal { section })?;
        self.ask(Request::Reveal { section }).await?;
        self.everybody(|_, mut phone, doing| async move {
            phone.until(&doing, |seen| matches!(seen.view.task, Task::Look {}) && seen.own.notes.is_empty()).await?;
            Ok(phone)
        })
        .await
    }

    async fn merge(&mut self, section: Section, merge: &Merge) -> Result<(), RehearsalError> {
        self.step(format!("Two notes become one: {}", merge.text));
        let meeting = self.meeting()?;
        let find = |text: &str| meeting.shown_notes(section).find(|note| note.text == text).map(|note| note.id);
        let (Some(into), Some(from)) = (find(merge.from[0]), find(merge.from[1])) else {
            return Err(self.astray("a note that was to be merged is gone"));
        };
        self.edit(Edit::MergeNotes { section, into, from: vec![from], text: merge.text.into() }).await?;
        Ok(())
    }

    /// Marks what stands on a page as spoken about.
    async fn discuss(&mut self, section: Section, page: u32) -> Result<(), RehearsalError> {
        let meeting = self.meeting()?;
        let pages = paging::pages(meeting.shown_notes(section).map(|note| note.text.as_str()));
        let on_page = usize::try_from(page).ok().and_then(|page| pages.get(page).cloned()).unwrap_or_default();
        for note in meeting.shown_notes(section).skip(on_page.start).take(on_page.len()) {
            self.edit(Edit::Note { section, note: note.id, change: NoteChange::Discussed(true) }).await?;
        }
        Ok(())
    }

    /// Writes, reveals and shows the proposals, and says what those that will be chosen address.
    pub(super) async fn propose(&mut self) -> Result<(), RehearsalError> {
        let proposals =
            sample::PROPOSALS.map(|(category, priority, text)| (NoteKind::Proposal { category, priority }, text));
        self.write_and_reveal(Section::ActionItems, &proposals).await?;
        while let Some(Picture::Proposals { page }) = self.next_picture().await? {
            self.step(format!("Page {} of the proposals", page + 1));
        }
        Ok(())
    }
}

/// Deals notes in turn.
fn deal(notes: &[Written], phones: usize) -> Vec<Vec<Written>> {
    (0..phones).map(|place| notes.iter().skip(place).step_by(phones).copied().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_is_dealt_once_whatever_the_number_of_phones() {
        let notes = sample::CAUSES.map(|text| (NoteKind::Cause, text));
        for phones in [1, 2, 5, 9] {
            let mut dealt: Vec<_> = deal(&notes, phones).concat().into_iter().map(|(_, text)| text).collect();
            dealt.sort_unstable();
            let mut all = sample::CAUSES;
            all.sort_unstable();
            assert_eq!(dealt, all, "{phones} phones");
        }
    }
}
