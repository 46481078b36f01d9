//! What must not be read before its time: hidden notes, ballots, answers, taps. Each is read here by those alone who may,
//! and by everybody else only as a count.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Author, Ballot, EventId, HiddenNote, Meeting, ParticipantId, Picture, PollAnswer, RoundId, Section};

/// What must not be read before its time. Never part of the log, never part of a view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) notes: BTreeMap<Section, Vec<HiddenNote>>,
    pub(crate) ballots: BTreeMap<RoundId, BTreeMap<ParticipantId, Ballot>>,
    pub(crate) poll: BTreeMap<ParticipantId, PollAnswer>,
    pub(crate) recollections: Vec<(crate::Recollection, bool)>,
    pub(crate) confided: BTreeMap<ParticipantId, String>,
    pub(crate) moving_on: BTreeMap<ParticipantId, (Section, Picture)>,
    pub(crate) found_new: BTreeSet<(EventId, ParticipantId)>,
    pub(crate) numbers: BTreeMap<ParticipantId, BTreeMap<crate::Overwritten, u64>>,
}

impl Meeting {
    /// Returns how many notes of a section are hidden, and how many people wrote them.
    #[must_use]
    pub fn hidden_notes(&self, section: Section) -> (u32, u32) {
        let notes = self.hidden.notes.get(&section).map_or(&[][..], Vec::as_slice);
        let mut authors: Vec<_> = notes.iter().map(|note| note.author).collect();
        authors.sort();
        authors.dedup();
        (count(notes.len()), count(authors.len()))
    }

    /// Returns the hidden notes of one author: the only way a hidden note is ever read before the reveal.
    #[must_use]
    pub fn own_notes(&self, author: Author) -> Vec<HiddenNote> {
        self.hidden.notes.values().flatten().filter(|note| note.author == author).cloned().collect()
    }

    /// Returns what people remember, for the facilitator alone: the author is left out of every view. The flag says
    /// whether it was taken into the timeline.
    pub fn recollections(&self) -> impl Iterator<Item = (&crate::Recollection, bool)> {
        self.hidden.recollections.iter().map(|(recollection, taken)| (recollection, *taken))
    }

    /// Returns what people find hard to talk about, in the order of the words and not of the people.
    #[must_use]
    pub fn confided(&self) -> Vec<&str> {
        let mut texts: Vec<_> = self.hidden.confided.values().map(String::as_str).collect();
        texts.sort_unstable();
        texts
    }

    /// Returns what one participant confided.
    #[must_use]
    pub fn own_confidence(&self, id: ParticipantId) -> Option<&str> {
        self.hidden.confided.get(&id).map(String::as_str)
    }

    /// Returns how many of those present think that it is time to leave what is on the stage.
    #[must_use]
    pub fn moving_on(&self) -> u32 {
        count(self.present().filter(|person| self.is_moving_on(person.id)).count())
    }

    /// Returns whether this participant thinks so.
    #[must_use]
    pub fn is_moving_on(&self, id: ParticipantId) -> bool {
        self.hidden.moving_on.get(&id).copied() == self.section().map(|section| (section, self.stage.picture))
    }

    /// Returns to how many an event was new.
    #[must_use]
    pub fn found_new(&self, event: EventId) -> u32 {
        let now = count(self.hidden.found_new.iter().filter(|(other, _)| *other == event).count());
        self.novelty.get(&event).copied().unwrap_or(0).max(now)
    }

    /// Returns whether this participant said that an event was new.
    #[must_use]
    pub fn has_found_new(&self, event: EventId, id: ParticipantId) -> bool {
        self.hidden.found_new.contains(&(event, id))
    }

    /// Returns the ballot of one voter in an open round.
    #[must_use]
    pub fn own_ballot(&self, round: RoundId, voter: ParticipantId) -> Option<&Ballot> {
        self.hidden.ballots.get(&round)?.get(&voter)
    }

    /// Returns the poll answer of one participant.
    #[must_use]
    pub fn own_poll_answer(&self, voter: ParticipantId) -> Option<&PollAnswer> {
        self.hidden.poll.get(&voter)
    }

    /// Returns how many have answered the exit poll while it is open.
    #[must_use]
    pub fn poll_answers(&self) -> u32 {
        count(self.hidden.poll.len())
    }

    /// Returns how many of those who may vote have done so in an open round.
    #[must_use]
    pub fn voted(&self, round: RoundId) -> u32 {
        let ballots = self.hidden.ballots.get(&round);
        count(self.present().filter(|voter| ballots.is_some_and(|ballots| ballots.contains_key(&voter.id))).count())
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
