//! What one phone knows of its own requests: the whole of each, and how it ended as far as the phone can tell.

use super::checker::Violation;
use meeting::{Ballot, RoundId};

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    Ballot {
        round: RoundId,
        ballot: Ballot,
    },
    /// A note, or a new wording of it. No two wordings of a run are the same.
    Note {
        draft: String,
        text: String,
    },
    Withdrawal {
        draft: String,
    },
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Granted, and the answer came.
    Acknowledged,
    /// Refused, and the answer came: it has not happened.
    Refused,
    /// Sent, and no answer came: it may have happened, or may happen yet.
    Unknown,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The name of the request.
    #[expect(dead_code, reason = "it is read in what a failed run prints")]
    pub(crate) id: String,
    pub(crate) wanted: Wanted,
    pub(crate) outcome: Outcome,
    pub(crate) attempts: u32,
}

/// The requests of one phone in the order in which it made them; it makes one at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal {
    pub(crate) phone: String,
    pub(crate) entries: Vec<Entry>,
}

impl Journal {
    pub(crate) fn of(phone: impl Into<String>) -> Self {
        Self { phone: phone.into(), entries: Vec::new() }
    }

    /// Notes a request before it is sent, so that one whose phone dies is not forgotten; returns its name.
    pub(crate) fn invoke(&mut self, wanted: Wanted) -> String {
        let id = format!("request-number-{:06}", self.entries.len());
        self.entries.push(Entry { id: id.clone(), wanted, outcome: Outcome::Unknown, attempts: 0 });
        id
    }

    pub(crate) fn newest(&mut self) -> &mut Entry {
        self.entries.last_mut().unwrap()
    }

    /// Returns what this phone asked for about the note that something is found about; none for other phones.
    pub(crate) fn history_of(&self, found: &Violation) -> Option<Vec<&Entry>> {
        let (Violation::NoteLost { phone, draft }
        | Violation::NoteDoubled { phone, draft }
        | Violation::NoteOutdated { phone, draft, .. }) = found
        else {
            return None;
        };
        let is_about = |entry: &&Entry| match &entry.wanted {
            Wanted::Note { draft: other, .. } | Wanted::Withdrawal { draft: other } => other == draft,
            Wanted::Ballot { .. } => false,
        };
        (*phone == self.phone).then(|| self.entries.iter().filter(is_about).collect())
    }

    pub(crate) fn count(&self, outcome: Outcome) -> usize {
        self.entries.iter().filter(|entry| entry.outcome == outcome).count()
    }
}
