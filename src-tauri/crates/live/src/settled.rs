//! Answers to phones of which the library keeps nothing: refusals, and grants that changed nothing.
//!
//! A connection that broke may deliver a request minutes after its repeat was refused, when a vote has been reopened
//! for instance. Whoever was told no must be able to rely on it, and a repeat must be answered as the first time. Only
//! this run remembers: no connection outlives it.

use std::collections::{HashMap, VecDeque};

use meeting::Refusal;
use store::RequestDigest;

/// Answers that are remembered. Whoever floods the room with requests to displace those of others gains a copy that is
/// decided anew, no more.
const KEPT: usize = 4_096;

/// The newest of these answers.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    answers: HashMap<RequestDigest, Result<(), Refusal>>,
    oldest_first: VecDeque<RequestDigest>,
}

impl Settled {
    /// Returns how a request was answered before.
    pub(crate) fn before(&self, request: RequestDigest) -> Option<&Result<(), Refusal>> {
        self.answers.get(&request)
    }

    /// Remembers an answer.
    pub(crate) fn keep(&mut self, request: RequestDigest, answer: Result<(), Refusal>) {
        if self.oldest_first.len() >= KEPT
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.answers.remove(&oldest);
        }
        if self.answers.insert(request, answer).is_none() {
            self.oldest_first.push_back(request);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_answers_give_way_and_the_newest_stay() {
        let mut settled = Settled::default();
        let request = |number: usize| RequestDigest::of(&number.to_string());
        for number in 0..=KEPT {
            settled.keep(request(number), Err(Refusal::VotingClosed));
        }
        assert_eq!(settled.before(request(0)), None);
        assert_eq!(settled.before(request(1)), Some(&Err(Refusal::VotingClosed)));
        assert_eq!(settled.before(request(KEPT)), Some(&Err(Refusal::VotingClosed)));
        assert_eq!(settled.answers.len(), KEPT);
    }
}
