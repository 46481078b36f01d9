//! The laptop stands still with everything on it, as it does when its lid is closed, and goes on.
//!
//! The room is a process of its own that is stopped and continued by the system. What the phones send meanwhile waits
//! in the system below, or is given up and repeated as the page does it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use meeting::Ballot;
use rehearsal::{Phone, RehearsalError, Seen, Task, pause_before};
use tokio::task::JoinSet;
use wire::PhoneRequest;

use super::chance::Chance;
use super::scene::Scene;

const PHONES: usize = 40;
/// Longer than the room waits for any client, so that every limit of its own has passed when it goes on.
const FROZEN: Duration = Duration::from_secs(9);
const FROZEN_LONG: Duration = Duration::from_secs(60);
/// How long the page waits for an answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// How soon everybody must be back.
const BACK_WITHIN: Duration = Duration::from_secs(3);

/// A laptop: the room in a process that ends with this value.
struct Laptop {
    process: Child,
    orders: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Drop for Laptop {
    fn drop(&mut self) {
        // A process that has ended already is no loss.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Laptop {
    fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["frozen::the_room_of_the_laptop_that_stands_still", "--exact", "--ignored", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (orders, said) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, orders, said }
    }

    /// Returns what it says next under a name.
    fn says(&mut self, name: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "it ended before it said {name}");
            if let Some((_, rest)) = line.split_once(&format!("{name}: ")) {
                return rest.trim().to_owned();
            }
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

/// Keeps a vote open until it is told to close it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that the test below starts"]
async fn the_room_of_the_laptop_that_stands_still() {
    let mut scene = Scene::open().await;
    let round = scene.open_vote().await;
    println!("room: {}", scene.room().url());
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await.unwrap().unwrap();
    let result = scene.close_vote(round.id).await.result.unwrap();
    println!("counted: {} {}", result.ballots, scene.meeting().present().count());
}

fn has_voted(seen: &Seen) -> bool {
    seen.own.ballot.is_some()
}

/// Sends a ballot until it is answered, and sees to it that the stream shows it; returns when that was.
async fn vote(mut phone: Phone, place: usize, before: Seen, mut chance: Chance) -> (Phone, Instant) {
    let Task::Vote { round, options, .. } = before.view.task else { panic!("no vote is open") };
    let ballot = Ballot { revision: 1, dots: vec![(options[place % options.len()].id, 1)] };
    let request = PhoneRequest::Vote { round, ballot };
    for attempt in 0.. {
        match phone.send_once(&format!("request-number-{place:06}"), 1, &request, "voting").await {
            Ok(seen) => {
                assert!(has_voted(&seen));
                break;
            }
            Err(RehearsalError::TooLate { .. } | RehearsalError::NotReached { .. }) => {
                tokio::time::sleep(pause_before(attempt, chance.fraction())).await;
            }
            Err(unexpected) => panic!("{unexpected}"),
        }
    }
    let seen = match phone.until("seeing its ballot", has_voted).await {
        Ok(seen) => seen,
        Err(RehearsalError::StreamEnded { .. }) => phone.come_in("coming back").await.unwrap(),
        Err(unexpected) => panic!("{unexpected}"),
    };
    assert!(has_voted(&seen) && seen.own.participant == before.own.participant, "the same person with its ballot");
    (phone, Instant::now())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_laptop_stood_still_every_phone_is_back_soon_with_what_it_sent_meanwhile() {
    let chance = Chance::from_the_surroundings("frozen");
    let frozen = if std::env::var_os("DEBRIEF_LONG").is_some() { FROZEN_LONG } else { FROZEN };
    let mut laptop = Laptop::start();
    let url = laptop.says("room");
    let mut coming = JoinSet::new();
    for place in 0..PHONES {
        let phone = Phone::outside(&url, "", "joining").unwrap().patient_for(PATIENCE);
        coming.spawn(async move {
            let mut phone = phone;
            let seen = phone.come_in("joining").await.unwrap();
            (place, phone, seen)
        });
    }
    let phones = coming.join_all().await;
    laptop.signal("-STOP");
    let mut voting = JoinSet::new();
    for (place, phone, seen) in phones {
        voting.spawn(vote(phone, place, seen, chance.branch(place)));
    }
    // The time that passes is the fault itself.
    tokio::time::sleep(frozen).await;
    assert!(voting.try_join_next().is_none(), "nobody can be answered while it stands still");
    laptop.signal("-CONT");
    let goes_on = Instant::now();
    let (_phones, back): (Vec<_>, Vec<_>) = voting.join_all().await.into_iter().unzip();
    let mut back: Vec<_> = back.into_iter().map(|at| at.duration_since(goes_on)).collect();
    back.sort();
    println!(
        "frozen for {frozen:?}; back: first {:?}, half {:?}, last {:?}",
        back[0],
        back[PHONES / 2],
        back[PHONES - 1]
    );
    assert!(back[PHONES - 1] <= BACK_WITHIN, "{back:?}");
    laptop.orders.write_all(b"close\n").unwrap();
    assert_eq!(laptop.says("counted"), format!("{PHONES} {PHONES}"), "one ballot each, and nobody twice");
}
