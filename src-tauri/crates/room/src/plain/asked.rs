//! What a form asks for, in the words of the meeting, and the few words with which a granted one is answered.

use meeting::text::{NOTE_LIMIT, PROPOSAL_LIMIT};
use meeting::{Ballot, DraftId, NoteKind, PollAnswer, ProposalId, Request, RoundId, Section};
use sha2::{Digest as _, Sha256};
use wire::{Failure, PhoneState};

use super::form::Form;

/// What is asked.
pub(super) enum Asked {
    /// To see the page, with a note in its field.
    Show,
    /// Nothing that is still to be done: to be let in, by somebody who is in.
    Nothing,
    /// To change something.
    Of(Request, Said),
}

/// What the page says once after something was granted. It stands in the address, and holds nothing that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Sent,
    Changed,
    Withdrawn,
    Voted,
    Abstained,
}

impl Said {
    const ALL: [(Self, &str); 5] = [
        (Self::Sent, "sent"),
        (Self::Changed, "changed"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Voted, "voted"),
        (Self::Abstained, "abstained"),
    ];

    pub(super) fn read(query: Option<&str>) -> Self {
        let said = query.and_then(|query| query.strip_prefix("said="));
        Self::ALL.iter().find(|(_, word)| Some(*word) == said).map_or(Self::Nothing, |(said, _)| *said)
    }

    pub(super) fn query(self) -> String {
        Self::ALL.iter().find(|(said, _)| *said == self).map(|(_, word)| format!("?said={word}")).unwrap_or_default()
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Sent => "Sent ✓",
            Self::Changed => "Changed ✓",
            Self::Withdrawn => "Withdrawn. Nobody has seen it.",
            Self::Voted => "Sent ✓ You can change your dots until the vote is closed.",
            Self::Abstained => "You abstained ✓ It counts as a vote, and you can still give dots.",
        }
    }
}

impl Asked {
    /// Reads what somebody in the room asks for; whoever is not asks for nothing.
    pub(super) fn read(form: &Form, phone: Option<&PhoneState>) -> Result<Self, Failure> {
        let Some(phone) = phone else { return Ok(Self::Nothing) };
        match form.text("do") {
            "note" => note(form),
            "withdraw" => {
                let section = form.word::<Section>("section").ok_or_else(unreadable)?;
                let draft = DraftId(form.text("draft").to_owned());
                Ok(Self::Of(Request::Withdraw { draft, section }, Said::Withdrawn))
            }
            "vote" => {
                let dots = dots(form)?;
                if dots.is_empty() {
                    return Err(Failure::new("no-dots", "No dots are placed yet.", "Place some, or press Abstain."));
                }
                ballot(form, phone, dots, Said::Voted)
            }
            "abstain" => ballot(form, phone, Vec::new(), Said::Abstained),
            "poll" => poll(form),
            "edit" => Ok(Self::Show),
            _ => Ok(Self::Nothing),
        }
    }
}

fn unreadable() -> Failure {
    Failure::new("bad-request", "This form is not readable. Nothing was sent.", "Open the page again.")
}

fn note(form: &Form) -> Result<Asked, Failure> {
    let section = form.word::<Section>("section").ok_or_else(unreadable)?;
    let kind = kind(form, section).ok_or_else(unreadable)?;
    let text = form.text("text").to_owned();
    // What is changed has a name already. What is new is named after the form and what it says, so that sending it
    // twice is sending it once, and going back in the browser and writing something else is another note.
    let (draft, said) = match form.text("draft") {
        "" => {
            let digest =
                Sha256::new().chain_update(form.text("name")).chain_update(format!("{kind:?}{text}")).finalize();
            (digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect(), Said::Sent)
        }
        draft => (draft.to_owned(), Said::Changed),
    };
    Ok(Asked::Of(Request::Write { draft: DraftId(draft), kind, text }, said))
}

fn kind(form: &Form, section: Section) -> Option<NoteKind> {
    match section {
        Section::WentWell if form.text("kind") == "lucky" => Some(NoteKind::Lucky),
        Section::WentWell => Some(NoteKind::WentWell),
        Section::WentPoorly => Some(NoteKind::WentPoorly),
        Section::RootCauses => Some(NoteKind::Cause),
        Section::ActionItems => {
            Some(NoteKind::Proposal { category: form.word("category")?, priority: form.word("priority")? })
        }
        Section::Opening | Section::Timeline | Section::WrapUp => None,
    }
}

/// The longest note of a section, in characters.
pub(super) const fn longest(section: Section) -> usize {
    if matches!(section, Section::ActionItems) { PROPOSAL_LIMIT } else { NOTE_LIMIT }
}

fn dots(form: &Form) -> Result<Vec<(ProposalId, u8)>, Failure> {
    let mut dots = Vec::new();
    for (option, typed) in form.beginning("dots-") {
        let option = ProposalId(option.parse().map_err(|_| unreadable())?);
        let count: u8 = match typed.trim() {
            "" => 0,
            typed => typed.parse().map_err(|_| {
                Failure::new("out-of-range", "Dots are whole numbers such as 0, 1 or 2.", "Look at the fields again.")
            })?,
        };
        if count > 0 {
            dots.push((option, count));
        }
    }
    Ok(dots)
}

/// A ballot that follows the one that is kept: what was pressed last counts.
fn ballot(form: &Form, phone: &PhoneState, dots: Vec<(ProposalId, u8)>, said: Said) -> Result<Asked, Failure> {
    let round = RoundId(form.text("round").parse().map_err(|_| unreadable())?);
    let revision = phone.own.ballot.as_ref().map_or(0, |ballot| ballot.revision).saturating_add(1);
    Ok(Asked::Of(Request::Vote { round, ballot: Ballot { revision, dots } }, said))
}

fn poll(form: &Form) -> Result<Asked, Failure> {
    let yes = |field: &str| match form.text(field) {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => {
            let sentence = "Say yes or no to the first two questions. The other two are by choice.";
            Err(Failure::new("empty", sentence, ""))
        }
    };
    let answer = PollAnswer {
        learned: yes("learned")?,
        again: yes("again")?,
        spoke_freely: form.text("freely").parse().ok(),
        improve: form.text("improve").to_owned(),
    };
    Ok(Asked::Of(Request::AnswerPoll { answer }, Said::Sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_in_the_address_is_read_back_and_others_say_nothing() {
        for (said, _) in Said::ALL {
            let query = said.query();
            assert_eq!(Said::read(query.strip_prefix('?')), said);
            assert!(!said.words().is_empty());
        }
        for other in [None, Some(""), Some("said=<b>"), Some("said=")] {
            assert_eq!(Said::read(other), Said::Nothing, "{other:?}");
        }
    }
}
