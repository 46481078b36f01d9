//! Action items: proposals, the vote with all that happens to phones meanwhile, the commitment.

use chrono::{Days, NaiveDate};
use meeting::{
    ActionChange, ActionId, ActionItem, Addresses, Ballot, Edit, NextStep, Outcome, Proposal, ProposalChange, Request,
    Round, RoundId, RoundKind, Section,
};

use super::{Play, Step};
use crate::phone::Task;
use crate::sample::{BALLOT_BY_HAND, BALLOTS, COMMITMENTS, Commitment, Dots, NOT_CHOSEN, PROPOSALS, Target};
use crate::{RehearsalError, sample};

/// The place of the phone that loses its stream while the room votes.
const SLEEPER: usize = 1;
/// Of so many phones one falls asleep after it has voted, and comes back at once.
const SLEEPS_AGAIN: usize = 4;
/// How many action items are chosen.
const SEATS: u8 = 3;
/// Who asks the owners when a proposal was chosen that the sample knows no owner for.
const ASKS_THE_OWNERS: &str = "Jonas Reuter";

impl<F: FnMut(Step)> Play<'_, F> {
    pub(super) async fn action_items(&mut self) -> Result<(), RehearsalError> {
        self.enter(Section::ActionItems).await?;
        self.sweep().await?;
        self.propose().await?;
        self.link().await?;
        self.vote().await?;
        self.settle().await?;
        self.commit().await?;
        self.set_down(Section::ActionItems).await
    }

    /// Says what the proposals address.
    async fn link(&mut self) -> Result<(), RehearsalError> {
        self.step("What the proposals address is noted");
        for commitment in &COMMITMENTS {
            let meeting = self.meeting()?;
            let known =
                |text: &str| meeting.options().find(|proposal| proposal.text == text).map(|proposal| proposal.id);
            let Some(proposal) = known(PROPOSALS[commitment.proposal].2) else { continue };
            let change = ProposalChange::Addresses(self.target(commitment.addresses)?);
            self.edit(Edit::Proposal { proposal, change }).await?;
        }
        Ok(())
    }

    fn target(&self, target: Target) -> Result<Option<Addresses>, RehearsalError> {
        let meeting = self.meeting()?;
        Ok(match target {
            Target::Factor(place) => {
                let text = sample::FACTORS[place].text;
                let factor = meeting.factors.iter().find(|factor| factor.text == text);
                factor.map(|factor| Addresses::Factor { factor: factor.id })
            }
            Target::Event(place) => {
                let text = sample::TIMELINE[place].text;
                let event = meeting.timeline.iter().find(|event| event.text == text);
                event.map(|event| Addresses::Event { event: event.id })
            }
            Target::Why(chain, step) => {
                let answer = sample::CHAINS[chain].steps[step].answer;
                let id = self.chain_at(chain);
                let chain = meeting.chains.iter().find(|chain| Some(chain.id) == id);
                let step = chain.and_then(|chain| chain.steps.iter().find(|step| step.answer == answer));
                chain.zip(step).map(|(chain, step)| Addresses::Why { chain: chain.id, step: step.id })
            }
        })
    }

    /// Holds the vote: some change their ballot, one abstains, one loses the stream, one has no phone.
    async fn vote(&mut self) -> Result<(), RehearsalError> {
        self.step("The vote is opened");
        self.next_is(|next| next == NextStep::OpenVote)?;
        let meeting = self.ask(Request::OpenVote { seats: SEATS, budget: None }).await?;
        let round = meeting.open_round().map(|round| round.id).ok_or_else(|| self.astray("no vote is open"))?;

        let sleeper = SLEEPER % self.phones.len();
        self.step("A phone votes and loses its connection");
        let doing = self.doing.clone();
        let phone = &mut self.phones[sleeper];
        let before = phone.until(&doing, |seen| matches!(seen.view.task, Task::Vote { .. })).await?.own.participant;
        let cast = phone.vote(round, &by_text(BALLOTS[sleeper % BALLOTS.len()].1), &doing).await?;
        phone.fall_asleep();

        self.step("The others vote; some change their ballot, one abstains, some fall asleep");
        self.everybody(move |place, mut phone, doing| async move {
            if place != sleeper {
                let (first, last) = BALLOTS[place % BALLOTS.len()];
                if let Some(first) = first {
                    phone.vote(round, &by_text(first), &doing).await?;
                }
                let cast = phone.vote(round, &by_text(last), &doing).await?;
                if place % SLEEPS_AGAIN == 0 {
                    phone.fall_asleep();
                    let own = phone.come_in(&doing).await?.own;
                    if own.ballot != Some(cast) {
                        let found = "a phone came back without its ballot".to_owned();
                        return Err(RehearsalError::Astray { doing, found });
                    }
                }
            }
            Ok(phone)
        })
        .await?;
        self.by_hand(round, &by_text(BALLOT_BY_HAND)).await?;

        self.step("The lost phone comes back as the same person");
        let doing = self.doing.clone();
        let own = self.phones[sleeper].come_in(&doing).await?.own;
        if own.participant != before || own.ballot != Some(cast) {
            return Err(self.astray("the phone came back as somebody else, or without its ballot"));
        }
        self.close(round).await
    }

    /// Enters the ballot of somebody without a phone, given by the wording of the proposals.
    async fn by_hand(&mut self, round: RoundId, choice: &[(&str, u8)]) -> Result<(), RehearsalError> {
        let Some(voter) = self.without_a_phone else { return Ok(()) };
        self.step(format!("The ballot of {} is entered at the console", sample::WITHOUT_A_PHONE));
        let meeting = self.meeting()?;
        let budget = meeting.open_round().map_or(0, |round| round.budget.dots);
        let options = || meeting.open_round().into_iter().flat_map(|round| &round.options);
        let place =
            |text: &str| options().find(|id| meeting.proposal(**id).is_some_and(|proposal| proposal.text == text));
        let mut left = budget;
        let mut dots = Vec::new();
        for (proposal, wanted) in choice.iter().filter_map(|(text, dots)| Some((*place(text)?, *dots))) {
            let given = wanted.min(left);
            left -= given;
            if given > 0 {
                dots.push((proposal, given));
            }
        }
        self.ask(Request::EnterBallot { round, voter, ballot: Ballot { revision: 1, dots } }).await?;
        Ok(())
    }

    /// Closes a round when everybody of the rehearsal has voted.
    async fn close(&mut self, round: RoundId) -> Result<(), RehearsalError> {
        let all = self.phones.len() + usize::from(self.without_a_phone.is_some());
        let all = u32::try_from(all).unwrap_or(u32::MAX);
        self.meeting_until(|meeting| meeting.voted(round) >= all).await?;
        self.step("The vote is closed");
        self.next_is(|next| next == NextStep::CloseVote { round })?;
        self.ask(Request::CloseVote { round }).await?;
        self.everybody(|_, mut phone, doing| async move {
            phone.until(&doing, |seen| matches!(seen.view.task, Task::Result {})).await?;
            Ok(phone)
        })
        .await
    }

    /// Settles a tie at the line: by a run-off first, then by the room's decision.
    async fn settle(&mut self) -> Result<(), RehearsalError> {
        while let Some(tied) = self.meeting()?.tied_round().cloned() {
            match tied.kind {
                RoundKind::Full => self.run_off(&tied).await?,
                RoundKind::RunOff { .. } => self.let_the_room_decide(&tied).await?,
            }
        }
        Ok(())
    }

    async fn run_off(&mut self, tied: &Round) -> Result<(), RehearsalError> {
        self.step("A run-off between those tied");
        let meeting = self.ask(Request::OpenRunOff { of: tied.id }).await?;
        let round = meeting.open_round().map(|round| round.id).ok_or_else(|| self.astray("no vote is open"))?;
        self.everybody(|place, mut phone, doing| async move {
            let mut favourites = favourites();
            favourites.rotate_left(place % COMMITMENTS.len());
            phone.vote(round, &favourites, &doing).await?;
            Ok(phone)
        })
        .await?;
        self.by_hand(round, &favourites()).await?;
        self.close(round).await
    }

    async fn let_the_room_decide(&mut self, tied: &Round) -> Result<(), RehearsalError> {
        self.step("The room decides between those tied");
        let Some(Outcome::Tied { contenders, seats, .. }) = tied.result.as_ref().map(|result| &result.outcome) else {
            return Err(self.astray("the tie is gone"));
        };
        let chosen = contenders.iter().copied().take(usize::from(*seats)).collect();
        self.ask(Request::SettleTie { round: tied.id, chosen }).await?;
        Ok(())
    }

    async fn commit(&mut self) -> Result<(), RehearsalError> {
        self.step("What was chosen is committed");
        self.next_is(|next| next == NextStep::CommitChosen)?;
        let meeting = self.ask(Request::CommitChosen {}).await?;
        let started = meeting.held.started.ok_or_else(|| self.astray("the meeting has not begun"))?;
        let today = started.with_timezone(&meeting.incident.zone).date_naive();
        for action in &meeting.actions {
            self.step(format!("Owner, date and criterion: {}", action.task));
            self.complete(action, today).await?;
        }
        let chosen = |proposal: &Proposal| meeting.actions.iter().any(|action| action.proposal == proposal.id);
        for proposal in meeting.options().filter(|proposal| !chosen(proposal)) {
            let known = NOT_CHOSEN.iter().find(|(place, _)| PROPOSALS[*place].2 == proposal.text);
            let Some((_, reason)) = known else { continue };
            let change = ProposalChange::NotChosenBecause((*reason).to_owned());
            self.edit(Edit::Proposal { proposal: proposal.id, change }).await?;
        }
        Ok(())
    }

    async fn complete(&mut self, action: &ActionItem, today: NaiveDate) -> Result<(), RehearsalError> {
        let known = COMMITMENTS.iter().find(|commitment| PROPOSALS[commitment.proposal].2 == action.task);
        for change in known.map_or_else(|| unknown(today), |commitment| completed(commitment, today)) {
            self.change(action.id, change).await?;
        }
        Ok(())
    }

    async fn change(&mut self, action: ActionId, change: ActionChange) -> Result<(), RehearsalError> {
        self.edit(Edit::Action { action, change }).await.map(drop)
    }
}

fn completed(commitment: &Commitment, today: NaiveDate) -> Vec<ActionChange> {
    vec![
        ActionChange::Owner(commitment.owner.into()),
        ActionChange::Due(today.checked_add_days(Days::new(commitment.due_in_days))),
        ActionChange::Criterion(commitment.criterion.into()),
        ActionChange::Ticket(commitment.ticket.into()),
    ]
}

/// What a proposal gets that people beyond the simulated ones have voted in.
fn unknown(today: NaiveDate) -> Vec<ActionChange> {
    vec![ActionChange::Owner(ASKS_THE_OWNERS.into()), ActionChange::ConfirmBy(today.checked_add_days(Days::new(7)))]
}

/// Gives the dots of a ballot by the wording of the proposals.
fn by_text(dots: Dots) -> Vec<(&'static str, u8)> {
    dots.iter().map(|(place, dots)| (PROPOSALS[*place].2, *dots)).collect()
}

/// Returns all proposals with one dot, those that win in the sample first.
fn favourites() -> Vec<(&'static str, u8)> {
    let winners = COMMITMENTS.iter().map(|commitment| commitment.proposal);
    winners.chain(0..PROPOSALS.len()).map(|place| (PROPOSALS[place].2, 1)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::net::{IpAddr, Ipv4Addr};

    use live::Live;
    use meeting::{ParticipantId, ProposalId, Rule};
    use room::{Page, Room};

    use super::*;

    const PAGE: Page = Page { html: b"", script: b"", recollect: b"", style: b"", calendar: |_, _| None };

    /// Six proposals of which people without a phone have given each the same, so that three seats end in a tie.
    async fn tie<F: FnMut(Step)>(play: &mut Play<'_, F>, room: &Room) -> (Round, Vec<ParticipantId>) {
        play.join(&room.url(), 2).await.unwrap();
        play.ask(Request::StartMeeting {}).await.unwrap();
        play.ask(Request::EnterSection { section: Section::ActionItems }).await.unwrap();
        for (category, priority, text) in &PROPOSALS[5..11] {
            let (category, priority) = (*category, *priority);
            play.ask(Request::AddProposal { text: (*text).into(), category, priority, addresses: None }).await.unwrap();
        }
        let mut voters = Vec::new();
        for name in ["Ada", "Ben", "Cleo", "Dan"] {
            let meeting = play.ask(Request::Register { name: name.into() }).await.unwrap();
            voters.push(meeting.present().last().unwrap().id);
        }
        let meeting = play.ask(Request::OpenVote { seats: SEATS, budget: None }).await.unwrap();
        let round = meeting.open_round().unwrap().clone();
        for (voter, options) in voters.iter().zip(round.options.chunks(3)) {
            enter(play, round.id, *voter, options).await;
        }
        let meeting = play.ask(Request::CloseVote { round: round.id }).await.unwrap();
        (meeting.tied_round().unwrap().clone(), voters)
    }

    async fn enter<F: FnMut(Step)>(play: &mut Play<'_, F>, round: RoundId, voter: ParticipantId, given: &[ProposalId]) {
        let ballot = Ballot { revision: 1, dots: given.iter().map(|option| (*option, 1)).collect() };
        play.ask(Request::EnterBallot { round, voter, ballot }).await.unwrap();
    }

    async fn scenario() -> (tempfile::TempDir, Live, Room) {
        let folder = tempfile::tempdir().unwrap();
        let live = Live::start(folder.path()).unwrap();
        crate::begin(&live).await.unwrap();
        let room = Room::open(live.clone(), IpAddr::V4(Ipv4Addr::LOCALHOST), PAGE).await.unwrap();
        (folder, live, room)
    }

    fn chosen(meeting: &meeting::Meeting) -> (Vec<&str>, Rule) {
        let (chosen, rule) = meeting.chosen().unwrap();
        (chosen.iter().map(|id| meeting.proposal(*id).unwrap().text.as_str()).collect(), rule)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_tie_at_the_line_goes_to_a_run_off_on_the_phones() {
        let (_folder, live, room) = scenario().await;
        let mut play = Play::new(&live, 0, drop);
        tie(&mut play, &room).await;
        play.settle().await.unwrap();
        let meeting = play.meeting().unwrap();
        // The first phone and the person without one prefer the winner of the sample, the second phone the third.
        assert_eq!(chosen(&meeting), (vec![PROPOSALS[7].2, PROPOSALS[10].2], Rule::RunOff));
        assert_eq!(meeting.rounds[1].result.as_ref().unwrap().ballots, 3);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_run_off_that_ends_in_a_tie_is_left_to_the_room_and_still_gives_complete_actions() {
        let (_folder, live, room) = scenario().await;
        let mut play = Play::new(&live, 0, drop);
        let (tied, voters) = tie(&mut play, &room).await;
        let meeting = play.ask(Request::OpenRunOff { of: tied.id }).await.unwrap();
        let run_off = meeting.open_round().unwrap().clone();
        for (voter, option) in voters.iter().zip(&run_off.options) {
            enter(&mut play, run_off.id, *voter, &[*option]).await;
        }
        play.ask(Request::CloseVote { round: run_off.id }).await.unwrap();
        play.settle().await.unwrap();
        assert_eq!(chosen(&play.meeting().unwrap()), (PROPOSALS[5..8].iter().map(|it| it.2).collect(), Rule::Room));

        play.commit().await.unwrap();
        let meeting = play.meeting().unwrap();
        assert!(meeting.actions.iter().all(|action| action.missing().is_empty()));
        let asked: Vec<_> = meeting.actions.iter().map(|action| action.owner.as_str()).collect();
        assert_eq!(
            asked,
            [ASKS_THE_OWNERS, ASKS_THE_OWNERS, COMMITMENTS[0].owner],
            "two that the sample does not know"
        );
    }
}
