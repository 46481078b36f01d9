//! The vote: what a ballot may hold, how dots are counted, and what happens at a tie.
//!
//! A ballot is a whole state: it replaces the one before it or is refused. Totals are derived from ballots when the
//! round is closed, never counted up, so that a repeated request cannot count twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ParticipantId, ProposalId, Refusal, RoundId};

/// The most action items a meeting commits to.
pub const MOST_ACTIONS: usize = 5;
/// The fewest action items a meeting commits to without giving a reason.
pub const FEWEST_ACTIONS: usize = 3;

/// What each voter may give in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Budget {
    /// Dots each.
    pub dots: u8,
    /// Dots at most on one option.
    pub per_option: u8,
}

impl Budget {
    /// Suggests a budget for a number of options: `min(5, m−1, ⌈m/3⌉+1)` dots, two at most on one option, one when
    /// there are fewer than five.
    #[must_use]
    pub fn suggested(options: usize) -> Self {
        let dots = 5.min(options.saturating_sub(1)).min(options.div_ceil(3) + 1);
        Self { dots: u8::try_from(dots).unwrap_or(5), per_option: if options < 5 { 1 } else { 2 } }
    }
}

/// What one person gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Ballot {
    /// Counts up with each change; an older one is refused.
    pub revision: u32,
    /// Dots by option; empty is an abstention.
    pub dots: Vec<(ProposalId, u8)>,
}

/// How a round came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum RoundKind {
    /// All that is proposed.
    Full,
    /// Sixty seconds, one dot, between those tied at the line of an earlier round.
    RunOff {
        /// The round that ended in the tie.
        of: RoundId,
    },
}

/// A round of voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Round {
    /// Which one.
    pub id: RoundId,
    /// How it came about.
    pub kind: RoundKind,
    /// What is voted on.
    pub options: Vec<ProposalId>,
    /// What each may give.
    pub budget: Budget,
    /// How many will be chosen, fixed before the first dot.
    pub seats: u8,
    /// Present once closed.
    pub result: Option<RoundResult>,
}

/// What an option got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OptionTally {
    /// Which option.
    pub proposal: ProposalId,
    /// Dots.
    pub dots: u32,
    /// People who gave it at least one.
    pub supporters: u32,
}

/// The rule that settled who is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Rule {
    /// No tie at the line.
    Dots,
    /// A tie at the line went to the option with more supporters.
    Supporters,
    /// All tied at the line were taken, the total staying at five or fewer.
    TakeAll,
    /// A run-off.
    RunOff,
    /// The room decided.
    Room,
}

impl Rule {
    /// Returns the sentence that stands in the record.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Dots => "Chosen by dots.",
            Self::Supporters => "A tie at the line went to the proposal with more supporters.",
            Self::TakeAll => "All tied at the line were taken; the total stays at five or fewer.",
            Self::RunOff => "A tie at the line was settled by a run-off with one dot each.",
            Self::Room => "The room decided without counting.",
        }
    }
}

/// What a closed round settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Outcome {
    /// Settled.
    Chosen {
        /// Best first.
        chosen: Vec<ProposalId>,
        /// By which rule.
        rule: Rule,
    },
    /// A tie at the line that dots and supporters do not settle.
    Tied {
        /// Above the line in any case.
        certain: Vec<ProposalId>,
        /// Tied for what is left.
        contenders: Vec<ProposalId>,
        /// How many of them can be taken.
        seats: u8,
    },
}

/// A closed round, without any trace of who gave what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RoundResult {
    /// Options, best first.
    pub tally: Vec<OptionTally>,
    /// Ballots counted, abstentions among them.
    pub ballots: u32,
    /// Ballots without a dot.
    pub abstentions: u32,
    /// Ballots entered at the console for people without a phone.
    pub by_hand: u32,
    /// How many could have voted.
    pub voters: u32,
    /// What it settled.
    pub outcome: Outcome,
}

impl Round {
    /// Checks a ballot against the budget and the options.
    ///
    /// # Errors
    /// `UnknownOption`, `TooManyDots` or `TooManyOnOne`; nothing of the ballot is kept then.
    pub fn check(&self, ballot: &Ballot) -> Result<(), Refusal> {
        let mut sum = 0u32;
        let mut seen = BTreeMap::new();
        for (option, dots) in &ballot.dots {
            if !self.options.contains(option) || seen.insert(*option, ()).is_some() {
                return Err(Refusal::UnknownOption);
            }
            if *dots > self.budget.per_option {
                return Err(Refusal::TooManyOnOne { limit: self.budget.per_option });
            }
            sum += u32::from(*dots);
        }
        if sum > u32::from(self.budget.dots) {
            return Err(Refusal::TooManyDots { limit: self.budget.dots });
        }
        Ok(())
    }

    /// Counts the ballots and settles what can be settled without the room.
    ///
    /// `voters` holds everybody who may vote, with whether they have a phone; ballots of others are not counted.
    #[must_use]
    pub fn count(
        &self,
        ballots: &BTreeMap<ParticipantId, Ballot>,
        voters: &BTreeMap<ParticipantId, bool>,
    ) -> RoundResult {
        let counted: Vec<_> = ballots.iter().filter(|(voter, _)| voters.contains_key(voter)).collect();
        let mut tally: Vec<OptionTally> = self
            .options
            .iter()
            .map(|&proposal| {
                let given = counted.iter().map(|(_, ballot)| {
                    ballot
                        .dots
                        .iter()
                        .filter(|(option, _)| *option == proposal)
                        .map(|(_, dots)| u32::from(*dots))
                        .sum::<u32>()
                });
                let (dots, supporters) =
                    given.fold((0, 0), |(all, people), dots| (all + dots, people + u32::from(dots > 0)));
                OptionTally { proposal, dots, supporters }
            })
            .collect();
        tally.sort_by_key(|option| (std::cmp::Reverse((option.dots, option.supporters)), option.proposal));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        RoundResult {
            outcome: settle(&tally, usize::from(self.seats), self.kind),
            ballots: count(counted.len()),
            abstentions: count(counted.iter().filter(|(_, b)| b.dots.iter().all(|(_, dots)| *dots == 0)).count()),
            by_hand: count(counted.iter().filter(|(voter, _)| voters.get(voter) == Some(&false)).count()),
            voters: count(voters.len()),
            tally,
        }
    }
}

/// Chooses by dots; at a tie by supporters, then takes all while the total stays at five or fewer.
///
/// A run-off fills the seats of the round before it, so *take all* does not apply there. What got no dot is never
/// chosen.
fn settle(tally: &[OptionTally], seats: usize, kind: RoundKind) -> Outcome {
    let supported: Vec<_> = tally.iter().filter(|option| option.dots > 0).copied().collect();
    let ids = |options: &[OptionTally]| options.iter().map(|option| option.proposal).collect::<Vec<_>>();
    let by_votes = match kind {
        RoundKind::Full => Rule::Dots,
        RoundKind::RunOff { .. } => Rule::RunOff,
    };
    let (Some(last_in), Some(first_out)) = (seats.checked_sub(1).and_then(|i| supported.get(i)), supported.get(seats))
    else {
        return Outcome::Chosen { chosen: ids(&supported), rule: by_votes };
    };
    if last_in.dots > first_out.dots {
        return Outcome::Chosen { chosen: ids(&supported[..seats]), rule: by_votes };
    }
    if last_in.supporters > first_out.supporters {
        return Outcome::Chosen { chosen: ids(&supported[..seats]), rule: Rule::Supporters };
    }
    let tied = |option: &OptionTally| option.dots == last_in.dots && option.supporters == last_in.supporters;
    let certain: Vec<_> = supported[..seats].iter().filter(|option| !tied(option)).copied().collect();
    let contenders: Vec<_> = supported.iter().filter(|option| tied(option)).copied().collect();
    if kind == RoundKind::Full && certain.len() + contenders.len() <= MOST_ACTIONS {
        let all = [certain, contenders].concat();
        return Outcome::Chosen { chosen: ids(&all), rule: Rule::TakeAll };
    }
    Outcome::Tied {
        seats: u8::try_from(seats - certain.len()).unwrap_or(u8::MAX),
        certain: ids(&certain),
        contenders: ids(&contenders),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round(options: u32, dots: u8, per_option: u8, seats: u8) -> Round {
        Round {
            id: RoundId(1),
            kind: RoundKind::Full,
            options: (1..=options).map(ProposalId).collect(),
            budget: Budget { dots, per_option },
            seats,
            result: None,
        }
    }

    fn ballots(given: &[&[(u32, u8)]]) -> (BTreeMap<ParticipantId, Ballot>, BTreeMap<ParticipantId, bool>) {
        let ballots = (1u32..).zip(given).map(|(voter, dots)| {
            (
                ParticipantId(voter),
                Ballot { revision: 1, dots: dots.iter().map(|(p, d)| (ProposalId(*p), *d)).collect() },
            )
        });
        let voters = (1u32..).zip(given).map(|(voter, _)| (ParticipantId(voter), true));
        (ballots.collect(), voters.collect())
    }

    #[test]
    fn the_suggested_budget_follows_the_number_of_options() {
        for (options, dots, per_option) in
            [(2, 1, 1), (3, 2, 1), (4, 3, 1), (5, 3, 2), (6, 3, 2), (7, 4, 2), (9, 4, 2), (12, 5, 2), (40, 5, 2)]
        {
            assert_eq!(Budget::suggested(options), Budget { dots, per_option }, "{options} options");
        }
    }

    #[test]
    fn a_ballot_beyond_the_limit_is_refused_as_a_whole() {
        let round = round(6, 3, 2, 3);
        let ballot =
            |dots: &[(u32, u8)]| Ballot { revision: 1, dots: dots.iter().map(|(p, d)| (ProposalId(*p), *d)).collect() };
        assert_eq!(round.check(&ballot(&[(1, 2), (2, 1)])), Ok(()));
        assert_eq!(round.check(&ballot(&[])), Ok(()), "an abstention is a vote");
        assert_eq!(round.check(&ballot(&[(1, 2), (2, 2)])), Err(Refusal::TooManyDots { limit: 3 }));
        assert_eq!(round.check(&ballot(&[(1, 3)])), Err(Refusal::TooManyOnOne { limit: 2 }));
        assert_eq!(round.check(&ballot(&[(7, 1)])), Err(Refusal::UnknownOption));
        assert_eq!(round.check(&ballot(&[(1, 1), (1, 1)])), Err(Refusal::UnknownOption), "an option named twice");
    }

    #[test]
    fn the_tie_ladder_goes_from_supporters_to_take_all_to_a_run_off() {
        let chosen =
            |options: &[u32], rule| Outcome::Chosen { chosen: options.iter().map(|o| ProposalId(*o)).collect(), rule };
        let (b, v) = ballots(&[&[(1, 1), (2, 1), (3, 1)], &[(1, 1), (2, 1)], &[(1, 1)]]);
        assert_eq!(round(6, 3, 2, 2).count(&b, &v).outcome, chosen(&[1, 2], Rule::Dots));

        let (b, v) = ballots(&[&[(1, 2), (2, 1)], &[(1, 1), (2, 1)], &[(3, 2)]]);
        assert_eq!(
            round(6, 3, 2, 2).count(&b, &v).outcome,
            chosen(&[1, 2], Rule::Supporters),
            "2 and 3 have two dots each"
        );

        let (b, v) = ballots(&[&[(1, 1), (2, 1), (3, 1)]]);
        assert_eq!(round(6, 3, 2, 2).count(&b, &v).outcome, chosen(&[1, 2, 3], Rule::TakeAll));

        let (b, v) = ballots(&[&[(1, 2), (2, 1)], &[(3, 1), (4, 1), (5, 1)], &[(6, 1)]]);
        assert_eq!(
            round(6, 3, 2, 3).count(&b, &v).outcome,
            Outcome::Tied { certain: vec![ProposalId(1)], contenders: (2..=6).map(ProposalId).collect(), seats: 2 }
        );
    }

    #[test]
    fn ballots_of_people_who_were_removed_are_not_counted() {
        let (b, mut v) = ballots(&[&[(1, 1)], &[(1, 1)]]);
        v.remove(&ParticipantId(2));
        let result = round(3, 2, 1, 1).count(&b, &v);
        assert_eq!((result.ballots, result.voters, result.tally[0].dots), (1, 1, 1));
    }

    proptest! {
        #[test]
        fn counting_never_invents_a_dot_and_never_seats_too_many(
            given in prop::collection::vec(prop::collection::vec((1u32..9, 0u8..3), 0..4), 0..30),
            seats in 1u8..=5,
        ) {
            let round = round(8, 5, 2, seats);
            let given: Vec<Vec<_>> = given.into_iter().map(|dots| dots.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()).collect();
            let slices: Vec<&[(u32, u8)]> = given.iter().map(Vec::as_slice).collect();
            let (ballots, voters) = ballots(&slices);
            for ballot in ballots.values() {
                let sum: u32 = ballot.dots.iter().map(|(_, d)| u32::from(*d)).sum();
                prop_assert_eq!(round.check(ballot).is_ok(), sum <= 5);
            }
            let result = round.count(&ballots, &voters);
            let cast: u32 = given.iter().flatten().map(|(_, dots)| u32::from(*dots)).sum();
            prop_assert_eq!(result.tally.iter().map(|option| option.dots).sum::<u32>(), cast);
            prop_assert!(result.tally.is_sorted_by(|a, b| a.dots >= b.dots));
            match result.outcome {
                Outcome::Chosen { chosen, rule } => {
                    let most = if rule == Rule::TakeAll { MOST_ACTIONS } else { usize::from(seats) };
                    prop_assert!(chosen.len() <= most);
                }
                Outcome::Tied { certain, contenders, seats: left } => {
                    prop_assert_eq!(certain.len() + usize::from(left), usize::from(seats));
                    prop_assert!(contenders.len() > usize::from(left));
                }
            }
        }
    }
}
