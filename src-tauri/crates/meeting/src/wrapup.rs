//! What is kept beside the sections: parking lot, decision log, exit poll.

use serde::{Deserialize, Serialize};

use crate::{DecisionId, ParkedId, Section};

/// What became of an entry of the parking lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ParkedOutcome {
    /// It became a proposal.
    Proposed,
    /// It was spoken about.
    Discussed,
    /// It goes on as an open question.
    OpenQuestion,
    /// It was let go.
    Dropped,
}

impl ParkedOutcome {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "became a proposal",
            Self::Discussed => "discussed",
            Self::OpenQuestion => "open question",
            Self::Dropped => "let go",
        }
    }
}

/// Something set down for later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Parked {
    /// Which one.
    pub id: ParkedId,
    /// What it says.
    pub text: String,
    /// Where it came up; none before the meeting.
    pub section: Option<Section>,
    /// What became of it.
    pub outcome: Option<ParkedOutcome>,
}

/// Something the room decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Decision {
    /// Which one.
    pub id: DecisionId,
    /// What was decided.
    pub text: String,
    /// Where.
    pub section: Option<Section>,
}

/// One person's answers to the exit poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PollAnswer {
    /// Learned something that changes how they work.
    pub learned: bool,
    /// Would come to another.
    pub again: bool,
    /// Could speak freely, from 1 to 5; by choice.
    pub spoke_freely: Option<u8>,
    /// One thing to improve; by choice.
    pub improve: String,
}

/// The exit poll, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PollResult {
    /// How many answered.
    pub answers: u32,
    /// How many learned something.
    pub learned: u32,
    /// How many would come again.
    pub again: u32,
    /// How often each of 1 to 5 was given; absent below five answers.
    pub spoke_freely: Option<[u32; 5]>,
    /// What to improve, in no order; empty below five answers.
    pub improve: Vec<String>,
}

/// The answers below which only totals are kept: among fewer people a distribution or a wording can be recognised.
pub const POLL_DETAIL_FROM: usize = 5;

/// Counts the exit poll; `improve` comes in the order given, which the caller has shuffled.
#[must_use]
pub fn count_poll<'a>(answers: impl ExactSizeIterator<Item = &'a PollAnswer> + Clone) -> PollResult {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let enough = answers.len() >= POLL_DETAIL_FROM;
    let mut spoke = [0; 5];
    for grade in answers.clone().filter_map(|answer| answer.spoke_freely) {
        if let Some(place) = spoke.get_mut(usize::from(grade).wrapping_sub(1)) {
            *place += 1;
        }
    }
    PollResult {
        answers: count(answers.len()),
        learned: count(answers.clone().filter(|answer| answer.learned).count()),
        again: count(answers.clone().filter(|answer| answer.again).count()),
        spoke_freely: enough.then_some(spoke),
        improve: if enough {
            answers.filter(|answer| !answer.improve.is_empty()).map(|answer| answer.improve.clone()).collect()
        } else {
            Vec::new()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(grade: u8, improve: &str) -> PollAnswer {
        PollAnswer { learned: grade > 2, again: true, spoke_freely: Some(grade), improve: improve.into() }
    }

    #[test]
    fn below_five_answers_only_totals_are_kept() {
        let four: Vec<_> = (1..=4).map(|grade| answer(grade, "shorter")).collect();
        let result = count_poll(four.iter());
        assert_eq!((result.answers, result.learned, result.again), (4, 2, 4));
        assert_eq!((result.spoke_freely, result.improve.len()), (None, 0));

        let five: Vec<_> = (1..=5).map(|grade| answer(grade, if grade == 5 { "" } else { "shorter" })).collect();
        let result = count_poll(five.iter());
        assert_eq!((result.spoke_freely, result.improve.len()), (Some([1; 5]), 4));
    }
}
