//! A phone that keeps a journal: it does one thing after another, repeats what is not answered, sometimes gives up.

use std::net::SocketAddr;
use std::time::Duration;

use meeting::{Ballot, DraftId, NoteKind, Round};
use rehearsal::{Phone, RehearsalError, Seen, Task};
use tokio::sync::watch;
use wire::PhoneRequest;

use super::chance::Chance;
use super::checker::ballots_of;
use super::journal::{Journal, Outcome, Wanted};
use super::scene::SECTION;

/// Requests of a hundred that are given up when their first answer does not come.
const GIVES_UP: usize = 5;

/// A participant whose every request is written down.
pub(crate) struct Voter {
    phone: Phone,
    pub(crate) journal: Journal,
    chance: Chance,
    participant: Option<meeting::ParticipantId>,
    revision: u32,
    drafts: u32,
    /// Drafts of this writing that may still be changed.
    open_drafts: Vec<String>,
    /// What did not fit while it happened.
    pub(crate) astray: Vec<String>,
}

impl Voter {
    /// Takes a phone that waits so long for one answer, and reaches the room by way of a relay if there is one.
    pub(crate) fn outside(
        url: &str,
        relay: Option<SocketAddr>,
        place: usize,
        chance: Chance,
        patience: Duration,
    ) -> Self {
        let name = format!("phone-{place}");
        let phone = Phone::outside(url, &name, "setting up").unwrap().patient_for(patience);
        let phone = if let Some(relay) = relay { phone.by_way_of(relay) } else { phone };
        Self {
            phone,
            journal: Journal::of(name),
            chance,
            participant: None,
            revision: 0,
            drafts: 0,
            open_drafts: Vec::new(),
            astray: Vec::new(),
        }
    }

    /// Comes in, for the first time or again, however often it takes.
    pub(crate) async fn come_in(&mut self) {
        loop {
            match self.phone.come_in("coming in").await {
                Ok(seen) => return self.look(&seen),
                Err(error) => self.bear(&error).await,
            }
        }
    }

    /// Compares what the room shows with what is known.
    fn look(&mut self, seen: &Seen) {
        let before = *self.participant.get_or_insert(seen.own.participant);
        if before != seen.own.participant {
            self.astray.push(format!("{before} came back as {}", seen.own.participant));
        }
        if let Task::Vote { round, .. } = seen.view.task {
            let known = ballots_of(&self.journal, round);
            if !known.contains(&seen.own.ballot.as_ref()) {
                self.astray.push(format!("{} is shown {:?}, and knows of {known:?}", before, seen.own.ballot));
            }
        }
    }

    /// Takes a failure that may pass and rests a little; anything else must not happen.
    async fn bear(&mut self, error: &RehearsalError) {
        match error {
            RehearsalError::NotReached { .. }
            | RehearsalError::TooLate { .. }
            | RehearsalError::StreamEnded { .. }
            // The owner has stopped, or the room is about to know its phones again.
            | RehearsalError::PhoneRefused { status: 401 | 410 | 500.., .. } => {}
            unexpected => self.astray.push(unexpected.to_string()),
        }
        let pause = u64::try_from(self.chance.below(20)).unwrap();
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }

    /// Casts a ballot of any shape, some of them beyond what is allowed.
    pub(crate) async fn vote(&mut self, round: &Round) {
        self.revision += 1;
        let ballot = Ballot { revision: self.revision, dots: self.dots(round) };
        let request = PhoneRequest::Vote { round: round.id, ballot: ballot.clone() };
        self.ask(Wanted::Ballot { round: round.id, ballot }, &request).await;
    }

    fn dots(&mut self, round: &Round) -> Vec<(meeting::ProposalId, u8)> {
        let mut left = round.budget.dots;
        if self.chance.in_a_hundred(10) {
            left += 1;
        }
        let mut dots = Vec::new();
        for option in &round.options {
            let most = usize::from(left.min(round.budget.per_option));
            let given = u8::try_from(self.chance.below(most + 1)).unwrap();
            left -= given;
            if given > 0 {
                dots.push((*option, given));
            }
        }
        dots
    }

    /// Writes a note, changes one, or withdraws one.
    pub(crate) async fn write(&mut self) {
        let known = (!self.open_drafts.is_empty()).then(|| self.chance.below(self.open_drafts.len()));
        let draft = match known {
            Some(place) if self.chance.in_a_hundred(25) => {
                let draft = self.open_drafts.swap_remove(place);
                let request = PhoneRequest::Withdraw { draft: DraftId(draft.clone()), section: SECTION };
                return self.ask(Wanted::Withdrawal { draft }, &request).await;
            }
            Some(place) if self.chance.in_a_hundred(40) => self.open_drafts[place].clone(),
            _ => {
                self.drafts += 1;
                self.open_drafts.push(format!("d-{}", self.drafts));
                format!("d-{}", self.drafts)
            }
        };
        let text = format!("{} {draft} wording {}", self.journal.phone, self.journal.entries.len());
        let kind = NoteKind::WentPoorly;
        let request = PhoneRequest::Write { draft: DraftId(draft.clone()), kind, text: text.clone() };
        self.ask(Wanted::Note { draft: draft.clone(), text }, &request).await;
    }

    /// Forgets the drafts of a writing that was revealed.
    pub(crate) fn forget_drafts(&mut self) {
        self.open_drafts.clear();
    }

    async fn ask(&mut self, wanted: Wanted, request: &PhoneRequest) {
        let round = if let Wanted::Ballot { round, .. } = &wanted { Some(*round) } else { None };
        let number = u64::try_from(self.journal.entries.len()).unwrap() + 1;
        let id = self.journal.invoke(wanted);
        let gives_up = self.chance.in_a_hundred(GIVES_UP);
        loop {
            self.journal.newest().attempts += 1;
            match self.phone.send_once(&id, number, request, "asking").await {
                Ok(seen) => {
                    self.journal.newest().outcome = Outcome::Acknowledged;
                    let shows_it = matches!(seen.view.task, Task::Vote { round: open, .. } if Some(open) == round);
                    if round.is_none() || shows_it {
                        self.look(&seen);
                    }
                    return;
                }
                Err(RehearsalError::PhoneRefused { status: 409, .. }) => {
                    self.journal.newest().outcome = Outcome::Refused;
                    return;
                }
                Err(error) => self.bear(&error).await,
            }
            if gives_up {
                return;
            }
        }
    }

    /// Does something `times` times in a row and tells so after each.
    pub(crate) async fn act(mut self, times: usize, round: Option<&Round>, done: &watch::Sender<usize>) -> Self {
        for _ in 0..times {
            match round {
                Some(round) => self.vote(round).await,
                None => self.write().await,
            }
            done.send_modify(|done| *done += 1);
            if self.chance.in_a_hundred(4) {
                self.phone.fall_asleep();
                self.come_in().await;
            }
        }
        self
    }
}
