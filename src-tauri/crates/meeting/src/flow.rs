//! The next sensible thing: what one key does at any point of the meeting.
//!
//! *Next* walks through the pictures of a section and then into the next section. Where the way on cannot be taken
//! back it names a barrier instead, and only the barrier's own key goes through.

use serde::{Deserialize, Serialize};

use crate::{Meeting, Outcome, Picture, Poll, Progress, RoundId, Section, WritingState, existing, pictures};

/// What *next* would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum NextStep {
    /// Begin the meeting.
    Start,
    /// Put the next picture on the stage.
    Show {
        /// Which one.
        picture: Picture,
    },
    /// Let the room write.
    OpenWriting {
        /// In which section.
        section: Section,
    },
    /// A barrier: reveal what was written.
    Reveal {
        /// In which section.
        section: Section,
    },
    /// Open the vote.
    OpenVote,
    /// A barrier: close the vote.
    CloseVote {
        /// Which round.
        round: RoundId,
    },
    /// A tie stands in the way: hold a run-off or let the room decide.
    SettleTie {
        /// Of which round.
        round: RoundId,
    },
    /// Commit what was chosen.
    CommitChosen,
    /// Open the exit poll.
    OpenPoll,
    /// Go on to a section.
    Enter {
        /// Its place on the agenda.
        index: usize,
        /// Which one.
        section: Section,
    },
    /// Go on with an adjourned meeting.
    Resume,
    /// A barrier: end the meeting.
    End,
    /// Nothing is left to do.
    Nothing,
}

/// Returns what *next* would do now.
#[must_use]
pub fn next_step(meeting: &Meeting) -> NextStep {
    let index = match meeting.progress {
        Progress::Preparing => return NextStep::Start,
        Progress::Adjourned { .. } => return NextStep::Resume,
        Progress::Ended => return NextStep::Nothing,
        Progress::InSection { index } => index,
    };
    let Some(section) = meeting.agenda.get(index).map(|item| item.section) else { return NextStep::Nothing };
    let picture = existing(meeting, meeting.stage.picture);
    let has_phones = meeting.present().any(|participant| participant.phone);

    if let Some(round) = meeting.open_round().filter(|_| section == Section::ActionItems) {
        return match picture {
            Picture::Voting { .. } => NextStep::CloseVote { round: round.id },
            _ => NextStep::Show { picture: Picture::Voting { round: round.id } },
        };
    }
    if picture == (Picture::Question { section }) {
        match meeting.writing(section) {
            WritingState::Open => return NextStep::Reveal { section },
            WritingState::Closed if has_phones => return NextStep::OpenWriting { section },
            WritingState::Closed | WritingState::Revealed { .. } => {}
        }
    }
    if picture == Picture::Poll && meeting.poll == Poll::Closed && has_phones {
        return NextStep::OpenPoll;
    }
    if section == Section::ActionItems
        && let Some(step) = settle_votes(meeting, picture)
    {
        return step;
    }
    if let Some(next) = neighbour(meeting, section, picture, 1) {
        return NextStep::Show { picture: next };
    }
    match meeting.agenda.iter().enumerate().skip(index + 1).find(|(_, item)| !item.dropped) {
        Some((index, item)) => NextStep::Enter { index, section: item.section },
        None => NextStep::End,
    }
}

/// After the last proposal comes the vote, after a tie its settling, after the choice the commitment.
fn settle_votes(meeting: &Meeting, picture: Picture) -> Option<NextStep> {
    let committed = !meeting.actions.is_empty();
    match picture {
        Picture::Result { .. } if !committed => {
            let last = meeting.rounds.last()?;
            Some(match last.result.as_ref()?.outcome {
                Outcome::Tied { .. } => NextStep::SettleTie { round: last.id },
                Outcome::Chosen { ref chosen, .. } if chosen.is_empty() => return None,
                Outcome::Chosen { .. } => NextStep::CommitChosen,
            })
        }
        Picture::Proposals { .. } if meeting.rounds.is_empty() && !committed => {
            let is_last = neighbour(meeting, Section::ActionItems, picture, 1).is_none();
            (is_last && meeting.options().count() > 1).then_some(NextStep::OpenVote)
        }
        _ => None,
    }
}

/// Returns the picture a number of places after (or before) another in its section.
pub(crate) fn neighbour(meeting: &Meeting, section: Section, picture: Picture, by: isize) -> Option<Picture> {
    let all = pictures(meeting, section);
    let place = all.iter().position(|other| *other == picture)?;
    all.get(place.checked_add_signed(by)?).copied()
}
