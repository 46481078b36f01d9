//! Rounds of voting, the commitment, and the exit poll.

use super::{Chance, Decided, running::in_progress};
use crate::text::{NOTE_LIMIT, optional};
use crate::{
    Ballot, Budget, Event, FEWEST_ACTIONS, MOST_ACTIONS, Meeting, Outcome, ParticipantId, Poll, PollAnswer, ProposalId,
    Refusal, Round, RoundId, RoundKind, Rule, Secret, Section, WritingState, count_poll,
};

pub(super) fn open(meeting: &Meeting, seats: u8, budget: Option<Budget>) -> Result<Decided, Refusal> {
    in_progress(meeting)?;
    if meeting.open_round().is_some() {
        return Err(Refusal::VotingOpen);
    }
    if meeting.writing(Section::ActionItems) == WritingState::Open {
        return Err(Refusal::WritingOpen);
    }
    let options: Vec<_> = meeting.options().map(|proposal| proposal.id).collect();
    if options.len() < 2 {
        return Err(Refusal::TooFewOptions);
    }
    let budget = budget.unwrap_or_else(|| Budget::suggested(options.len()));
    check_budget(budget, seats)?;
    let round = Round { id: RoundId(meeting.fresh()), kind: RoundKind::Full, options, budget, seats, result: None };
    Ok(Event::RoundOpened { round }.into())
}

fn check_budget(budget: Budget, seats: u8) -> Result<(), Refusal> {
    let sound = (FEWEST_ACTIONS..=MOST_ACTIONS).contains(&usize::from(seats))
        && (1..=20).contains(&budget.dots)
        && (1..=budget.dots).contains(&budget.per_option);
    if sound { Ok(()) } else { Err(Refusal::BadBudget) }
}

pub(super) fn open_run_off(meeting: &Meeting, of: RoundId) -> Result<Decided, Refusal> {
    in_progress(meeting)?;
    let tied = meeting.tied_round().filter(|round| round.id == of).ok_or(Refusal::NotFound)?;
    // One run-off is enough; when it ends in a tie again, the room decides.
    let (RoundKind::Full, Some(Outcome::Tied { contenders, seats, .. })) =
        (tied.kind, tied.result.as_ref().map(|result| &result.outcome))
    else {
        return Err(Refusal::TieOpen);
    };
    let round = Round {
        id: RoundId(meeting.fresh()),
        kind: RoundKind::RunOff { of },
        options: contenders.clone(),
        budget: Budget { dots: 1, per_option: 1 },
        seats: *seats,
        result: None,
    };
    Ok(Event::RoundOpened { round }.into())
}

pub(super) fn change_budget(meeting: &Meeting, round: RoundId, budget: Budget, seats: u8) -> Result<Decided, Refusal> {
    let open = open_round(meeting, round)?;
    if open.kind != RoundKind::Full || meeting.voted(round) > 0 {
        return Err(Refusal::BudgetFixed);
    }
    check_budget(budget, seats)?;
    Ok(Event::BudgetChanged { round, budget, seats }.into())
}

fn open_round(meeting: &Meeting, id: RoundId) -> Result<&Round, Refusal> {
    meeting.open_round().filter(|round| round.id == id).ok_or(Refusal::VotingClosed)
}

/// A ballot replaces the one before it. The same ballot again changes nothing and is no error: its answer was lost.
pub(super) fn vote(
    meeting: &Meeting,
    round: RoundId,
    voter: ParticipantId,
    ballot: &Ballot,
) -> Result<Decided, Refusal> {
    let open = open_round(meeting, round)?;
    open.check(ballot)?;
    match meeting.own_ballot(round, voter) {
        Some(kept) if kept == ballot => return Ok(Decided::default()),
        Some(kept) if kept.revision >= ballot.revision => {
            return Err(Refusal::BallotOutdated { kept: kept.revision });
        }
        _ => {}
    }
    Ok(Secret::BallotKept { round, voter, ballot: ballot.clone() }.into())
}

pub(super) fn enter_ballot(
    meeting: &Meeting,
    round: RoundId,
    voter: ParticipantId,
    ballot: &Ballot,
) -> Result<Decided, Refusal> {
    if meeting.participant(voter).ok_or(Refusal::NotFound)?.phone {
        return Err(Refusal::VotesByPhone);
    }
    vote(meeting, round, voter, ballot)
}

pub(super) fn close(meeting: &Meeting, round: RoundId) -> Result<Decided, Refusal> {
    let open = open_round(meeting, round)?;
    let ballots = meeting.hidden.ballots.get(&round).cloned().unwrap_or_default();
    let voters = meeting.present().map(|participant| (participant.id, participant.phone)).collect();
    Ok(Event::RoundClosed { round, result: open.count(&ballots, &voters) }.into())
}

/// Records what the room decided where counting could not: which of those tied take the seats that are left.
pub(super) fn settle_tie(meeting: &Meeting, round: RoundId, picked: &[ProposalId]) -> Result<Decided, Refusal> {
    let tied = meeting.tied_round().filter(|other| other.id == round).ok_or(Refusal::NotFound)?;
    let Some(Outcome::Tied { certain, contenders, seats }) = tied.result.as_ref().map(|result| &result.outcome) else {
        return Err(Refusal::NotFound);
    };
    let distinct =
        picked.iter().enumerate().all(|(place, id)| contenders.contains(id) && !picked[..place].contains(id));
    if !distinct || picked.len() > usize::from(*seats) {
        return Err(Refusal::UnknownOption);
    }
    Ok(Event::TieSettled { round, chosen: [certain.as_slice(), picked].concat(), rule: Rule::Room }.into())
}

pub(super) fn open_poll(meeting: &Meeting) -> Result<Decided, Refusal> {
    in_progress(meeting)?;
    match meeting.poll {
        Poll::Closed => Ok(Event::PollOpened {}.into()),
        Poll::Open => Ok(Decided::default()),
        Poll::Counted { .. } => Err(Refusal::PollClosed),
    }
}

pub(super) fn answer_poll(meeting: &Meeting, voter: ParticipantId, answer: &PollAnswer) -> Result<Decided, Refusal> {
    if meeting.poll != Poll::Open {
        return Err(Refusal::PollClosed);
    }
    if answer.spoke_freely.is_some_and(|grade| !(1..=5).contains(&grade)) {
        return Err(Refusal::OutOfRange);
    }
    let answer = PollAnswer { improve: optional(&answer.improve, NOTE_LIMIT)?, ..answer.clone() };
    Ok(Secret::PollAnswered { voter, answer }.into())
}

pub(super) fn close_poll(meeting: &Meeting, chance: Chance) -> Result<Decided, Refusal> {
    if meeting.poll != Poll::Open {
        return Err(Refusal::PollClosed);
    }
    let mut answers: Vec<_> = meeting.hidden.poll.values().collect();
    chance.shuffle(&mut answers);
    Ok(Event::PollClosed { result: count_poll(answers.into_iter()) }.into())
}
