//! Thousands of requests through a relay that spoils them, while the room restarts, rounds close and are taken back.
//!
//! A run is made of episodes, each with a library of its own. An episode alternates between silent writing and votes;
//! after each, every journal is held against what the room made of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use meeting::{Request, Round};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::chance::Chance;
use super::checker::{check_notes, check_round};
use super::journal::{Journal, Outcome};
use super::relay::{Injected, Relay};
use super::scene::{SECTION, Scene};
use super::voter::Voter;

const PHONES: usize = 16;
/// Requests of one phone in one round of writing or voting.
const TURNS: usize = 8;
/// Rounds of writing and as many of voting in an episode.
const ROUNDS: usize = 4;
/// Requests of a hundred that meet a fault.
const SHARE: usize = 30;
/// How long a phone waits for one answer. The relay never takes so long; a busy machine may, which is one more fault.
const PATIENCE: Duration = Duration::from_secs(3);
/// Nothing waits longer than this for anything.
const BOUND: Duration = Duration::from_secs(60);

/// What happens in the middle of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Nothing,
    /// The server is stopped before its owner.
    Restart,
    /// The owner of the meeting stops first, so that the room is there and answers nothing.
    RestartOwnerFirst,
    Drop,
    /// The vote is taken back and done again.
    UndoAndRedo,
    /// It is closed or revealed while phones still send.
    End,
    /// It is closed or revealed, and taken back, at the same moment.
    EndAgainstUndo,
}

const TURNS_OF_FATE: [Turn; 7] = [
    Turn::Nothing,
    Turn::Restart,
    Turn::RestartOwnerFirst,
    Turn::Drop,
    Turn::UndoAndRedo,
    Turn::End,
    Turn::EndAgainstUndo,
];

#[derive(Debug, Default)]
struct Report {
    operations: usize,
    attempts: usize,
    acknowledged: usize,
    refused: usize,
    unknown: usize,
    ballots_counted: usize,
    notes_revealed: usize,
    injected: Injected,
    turns: BTreeMap<Turn, usize>,
    violations: Vec<String>,
}

struct Episode {
    scene: Scene,
    relay: Relay,
    voters: Vec<Voter>,
    chance: Chance,
    report: Report,
}

impl Episode {
    async fn open(chance: Chance) -> Self {
        let scene = Scene::open().await;
        let relay = Relay::open(scene.room().address(), chance.branch(1), SHARE).await;
        let url = scene.room().url();
        let mut coming = JoinSet::new();
        for place in 0..PHONES {
            let mut voter = Voter::outside(&url, Some(relay.address), place, chance.branch(100 + place), PATIENCE);
            coming.spawn(async move {
                voter.come_in().await;
                voter
            });
        }
        let voters = coming.join_all().await;
        let present = scene.meeting().present().count();
        let mut episode = Self { scene, relay, voters, chance: chance.branch(2), report: Report::default() };
        if present != PHONES {
            episode.report.violations.push(format!("{PHONES} phones joined, and {present} people are in the room"));
        }
        episode
    }

    fn journals(&self) -> Vec<Journal> {
        self.voters.iter().map(|voter| voter.journal.clone()).collect()
    }

    /// Lets every phone act, and something happen in their midst.
    async fn act(&mut self, round: Option<&Round>) {
        let done = watch::Sender::new(0);
        let (mut acting, shared) = (JoinSet::new(), round.cloned().map(Arc::new));
        for voter in std::mem::take(&mut self.voters) {
            let (done, round) = (done.clone(), shared.clone());
            acting.spawn(async move { voter.act(TURNS, round.as_deref(), &done).await });
        }
        let at = 1 + self.chance.below(PHONES * TURNS * 3 / 4);
        done.subscribe().wait_for(|done| *done >= at).await.unwrap();
        let turn = TURNS_OF_FATE[self.chance.below(TURNS_OF_FATE.len())];
        let end = round.map_or(Request::Reveal { section: SECTION }, |round| Request::CloseVote { round: round.id });
        self.take(turn, end.clone(), &done).await;
        self.voters = acting.join_all().await;
        self.relay.settled().await;
        // Refused where it has ended in their midst.
        let _ = self.scene.facilitator(end).await;
    }

    async fn take(&mut self, turn: Turn, end: Request, done: &watch::Sender<usize>) {
        *self.report.turns.entry(turn).or_default() += 1;
        match turn {
            Turn::Nothing => {}
            Turn::Restart => self.scene.restart(false).await,
            Turn::RestartOwnerFirst => self.scene.restart(true).await,
            Turn::Drop => self.relay.drop_all(),
            Turn::End => drop(self.scene.facilitator(end).await.unwrap()),
            Turn::UndoAndRedo | Turn::EndAgainstUndo => {
                let is_undone = if turn == Turn::UndoAndRedo {
                    self.scene.facilitator(Request::Undo {}).await.unwrap();
                    true
                } else {
                    let both = (self.scene.ask("end", end), self.scene.ask("undo", Request::Undo {}));
                    let (ended, undone) = tokio::join!(both.0, both.1);
                    assert!(ended.is_ok() != undone.is_ok(), "one came first: {ended:?}, {undone:?}");
                    undone.is_ok()
                };
                if is_undone {
                    let refused_some = (*done.borrow() + PHONES / 2).min(PHONES * TURNS);
                    done.subscribe().wait_for(|done| *done >= refused_some).await.unwrap();
                    self.scene.facilitator(Request::Redo {}).await.unwrap();
                }
            }
        }
    }

    async fn write(&mut self) {
        self.scene.facilitator(Request::OpenWriting { section: SECTION }).await.unwrap();
        self.act(None).await;
        let journals = self.journals();
        for found in check_notes(&self.scene.revealed(), &journals) {
            let history = journals.iter().filter_map(|journal| journal.history_of(&found));
            self.report.violations.push(format!("{found:?}: {:?}", history.collect::<Vec<_>>()));
        }
        self.voters.iter_mut().for_each(Voter::forget_drafts);
    }

    async fn vote(&mut self) {
        let round = self.scene.open_vote().await;
        self.act(Some(&round)).await;
        let closed = self.scene.meeting().rounds.iter().find(|other| other.id == round.id).unwrap().clone();
        self.report.ballots_counted += usize::try_from(closed.result.as_ref().unwrap().ballots).unwrap();
        let found = check_round(&closed, &self.journals());
        self.report.violations.extend(found.into_iter().map(|found| format!("{found:?} in {closed:?}")));
    }

    fn finish(mut self) -> Report {
        let journals = self.journals();
        let count = |outcome| journals.iter().map(|journal| journal.count(outcome)).sum();
        self.report.operations = journals.iter().map(|journal| journal.entries.len()).sum();
        self.report.attempts =
            journals.iter().flat_map(|journal| &journal.entries).map(|it| usize::try_from(it.attempts).unwrap()).sum();
        self.report.acknowledged = count(Outcome::Acknowledged);
        self.report.refused = count(Outcome::Refused);
        self.report.unknown = count(Outcome::Unknown);
        self.report.notes_revealed = self.scene.revealed().len();
        self.report.injected = self.relay.injected();
        self.report.violations.extend(self.voters.into_iter().flat_map(|voter| voter.astray));
        self.report
    }
}

impl Report {
    fn add(&mut self, other: Self) {
        self.operations += other.operations;
        self.attempts += other.attempts;
        self.acknowledged += other.acknowledged;
        self.refused += other.refused;
        self.unknown += other.unknown;
        self.ballots_counted += other.ballots_counted;
        self.notes_revealed += other.notes_revealed;
        other.injected.into_iter().for_each(|(fault, times)| *self.injected.entry(fault).or_default() += times);
        other.turns.into_iter().for_each(|(turn, times)| *self.turns.entry(turn).or_default() += times);
        self.violations.extend(other.violations);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_on_the_way_every_acknowledged_request_counts_exactly_once() {
    let chance = Chance::from_the_surroundings("storm");
    let wanted = if std::env::var_os("DEBRIEF_LONG").is_some() { 100_000 } else { 3_000 };
    let began = Instant::now();
    let mut all = Report::default();
    for episode in 0.. {
        let mut under_way = Episode::open(chance.branch(10_000 + episode)).await;
        let rounds = async {
            for _ in 0..ROUNDS {
                under_way.write().await;
                under_way.vote().await;
            }
        };
        tokio::time::timeout(BOUND, rounds).await.expect("nobody waits for ever");
        all.add(under_way.finish());
        if !all.violations.is_empty() || all.operations >= wanted {
            break;
        }
    }
    println!("{all:#?}\nin {:.1?}", began.elapsed());
    assert_eq!(all.violations, [""; 0]);
    assert!(all.operations >= wanted && all.injected.len() >= 9, "the faults were met: {:?}", all.injected);
    assert!(all.ballots_counted > 0 && all.notes_revealed > 0 && all.refused > 0);
}
