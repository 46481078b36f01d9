//! Reads every journal and what came of the meeting, and says what does not fit.
//!
//! A state that was acknowledged counts until a newer one is acknowledged. One whose answer never came may stand in
//! its place or not; one that was refused must not. So each phone leaves a few readings, mostly one, and the tally
//! must be the sum of one reading per phone. Ballots are whole states, so that nothing else needs to be known.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use meeting::{Ballot, ProposalId, Round, RoundId};

use super::journal::{Entry, Journal, Outcome, Wanted};

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A ballot was acknowledged that gives more than there is.
    Overspent {
        phone: String,
        ballot: Ballot,
    },
    /// More dots were counted than the ballots counted can hold.
    OverTheLimit {
        round: RoundId,
    },
    /// More ballots were counted than phones can have given.
    BallotsDoubledOrInvented {
        counted: usize,
        at_most: usize,
    },
    /// Fewer ballots were counted than were acknowledged.
    BallotsLost {
        counted: usize,
        at_least: usize,
    },
    /// The numbers of ballots fit, and what they hold does not: an older state counted, or one that nobody sent.
    NoReadingFits {
        round: RoundId,
    },
    NoteLost {
        phone: String,
        draft: String,
    },
    NoteDoubled {
        phone: String,
        draft: String,
    },
    /// A wording was revealed that had been replaced, withdrawn or refused.
    NoteOutdated {
        phone: String,
        draft: String,
        text: String,
    },
    NoteInvented {
        text: String,
    },
}

/// Returns the states that may be the last of those asked for: the newest acknowledged one and every later one whose
/// answer never came; nothing at all when none was acknowledged.
fn readings<'a, T: PartialEq>(asked: impl Iterator<Item = (&'a Entry, Option<T>)>) -> Vec<Option<T>> {
    let mut readings = vec![None];
    for (entry, state) in asked {
        match entry.outcome {
            Outcome::Acknowledged => readings = vec![state],
            Outcome::Unknown if !readings.contains(&state) => readings.push(state),
            Outcome::Unknown | Outcome::Refused => {}
        }
    }
    readings
}

/// Returns the ballots of one phone that may count in a round.
pub(crate) fn ballots_of(journal: &Journal, round: RoundId) -> Vec<Option<&Ballot>> {
    readings(journal.entries.iter().filter_map(|entry| match &entry.wanted {
        Wanted::Ballot { round: other, ballot } if *other == round => Some((entry, Some(ballot))),
        _ => None,
    }))
}

/// Checks a closed round.
pub(crate) fn check_round(round: &Round, journals: &[Journal]) -> Vec<Violation> {
    let result = round.result.as_ref().expect("the round is closed");
    let mut found = overspent(round, journals);
    let counted = usize::try_from(result.ballots).unwrap();
    let dots: u32 = result.tally.iter().map(|option| option.dots).sum();
    let over = |option: &meeting::OptionTally| {
        option.dots > option.supporters * u32::from(round.budget.per_option) || option.supporters > result.ballots
    };
    if dots > result.ballots * u32::from(round.budget.dots) || result.tally.iter().any(over) {
        found.push(Violation::OverTheLimit { round: round.id });
    }
    let readings: Vec<_> = journals.iter().map(|journal| ballots_of(journal, round.id)).collect();
    let at_least = readings.iter().filter(|readings| !readings.contains(&None)).count();
    let at_most = readings.iter().filter(|readings| readings.iter().any(Option::is_some)).count();
    if counted > at_most {
        found.push(Violation::BallotsDoubledOrInvented { counted, at_most });
    } else if counted < at_least {
        found.push(Violation::BallotsLost { counted, at_least });
    } else {
        let mut left = Left::of(round);
        let (certain, open): (Vec<_>, Vec<_>) = readings.into_iter().partition(|readings| readings.len() == 1);
        let fits = certain.into_iter().all(|only| left.take(only[0])) && left.fits(&open, &mut HashSet::new());
        if !fits {
            found.push(Violation::NoReadingFits { round: round.id });
        }
    }
    found
}

fn overspent(round: &Round, journals: &[Journal]) -> Vec<Violation> {
    let mut found = Vec::new();
    for journal in journals {
        for entry in journal.entries.iter().filter(|entry| entry.outcome == Outcome::Acknowledged) {
            if let Wanted::Ballot { round: other, ballot } = &entry.wanted
                && *other == round.id
                && round.check(ballot).is_err()
            {
                found.push(Violation::Overspent { phone: journal.phone.clone(), ballot: ballot.clone() });
            }
        }
    }
    found
}

/// What of a tally is not accounted for yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Left {
    ballots: u32,
    abstentions: u32,
    /// Dots and supporters by option.
    options: BTreeMap<ProposalId, (u32, u32)>,
}

impl Left {
    fn of(round: &Round) -> Self {
        let result = round.result.as_ref().expect("the round is closed");
        let options = result.tally.iter().map(|option| (option.proposal, (option.dots, option.supporters))).collect();
        Self { ballots: result.ballots, abstentions: result.abstentions, options }
    }

    /// Takes a ballot off; says whether it was there.
    fn take(&mut self, ballot: Option<&Ballot>) -> bool {
        let Some(ballot) = ballot else { return true };
        let less = |from: &mut u32, by: u32| from.checked_sub(by).map(|left| *from = left).is_some();
        let given = || ballot.dots.iter().filter(|(_, dots)| *dots > 0);
        less(&mut self.ballots, 1)
            && (given().next().is_some() || less(&mut self.abstentions, 1))
            && given().all(|(option, dots)| {
                let place = self.options.get_mut(option);
                place.is_some_and(|place| less(&mut place.0, u32::from(*dots)) && less(&mut place.1, 1))
            })
    }

    fn is_all_taken(&self) -> bool {
        self.ballots == 0 && self.abstentions == 0 && self.options.values().all(|left| *left == (0, 0))
    }

    /// Looks for one reading per phone that takes everything off; `tried` holds what was found to lead nowhere.
    fn fits(&self, open: &[Vec<Option<&Ballot>>], tried: &mut HashSet<(usize, Self)>) -> bool {
        let Some((first, rest)) = open.split_first() else { return self.is_all_taken() };
        if tried.contains(&(open.len(), self.clone())) {
            return false;
        }
        let fits = first.iter().any(|reading| {
            let mut left = self.clone();
            left.take(*reading) && left.fits(rest, tried)
        });
        if !fits {
            tried.insert((open.len(), self.clone()));
        }
        fits
    }
}

/// Checks all that was revealed so far.
pub(crate) fn check_notes(revealed: &[String], journals: &[Journal]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    for journal in journals {
        let mut drafts: BTreeMap<&str, Vec<(&Entry, Option<&str>)>> = BTreeMap::new();
        for entry in &journal.entries {
            match &entry.wanted {
                Wanted::Note { draft, text } => drafts.entry(draft).or_default().push((entry, Some(text))),
                Wanted::Withdrawal { draft } => drafts.entry(draft).or_default().push((entry, None)),
                Wanted::Ballot { .. } => {}
            }
        }
        for (draft, asked) in drafts {
            let wordings: BTreeSet<&str> = asked.iter().filter_map(|(_, text)| *text).collect();
            let readings = readings(asked.into_iter());
            let shown: Vec<_> = revealed.iter().filter(|text| wordings.contains(text.as_str())).collect();
            let (phone, draft) = (journal.phone.clone(), draft.to_owned());
            match shown.as_slice() {
                [] if !readings.contains(&None) => found.push(Violation::NoteLost { phone, draft }),
                [] => {}
                [only] if readings.contains(&Some(only.as_str())) => {}
                [only] => found.push(Violation::NoteOutdated { phone, draft, text: (*only).clone() }),
                _ => found.push(Violation::NoteDoubled { phone, draft }),
            }
            known.extend(wordings);
        }
    }
    let invented = revealed.iter().filter(|text| !known.contains(text.as_str()));
    found.extend(invented.map(|text| Violation::NoteInvented { text: text.clone() }));
    found
}
