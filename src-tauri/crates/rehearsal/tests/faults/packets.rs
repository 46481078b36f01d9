//! Packets that are lost, doubled and out of order, as on a crowded Wi-Fi, with the system's own TCP on both ends.
//!
//! The test runs itself again in a network of its own. There the room and its phones live in two further networks,
//! each with one Ethernet device whose other end is held here: every frame between them passes [`spoil`]. Where the
//! system does not allow this, the test says so and passes.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use meeting::Round;
use nix::sched::{CloneFlags, unshare};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tun_rs::{DeviceBuilder, Layer, SyncDevice};

use super::chance::Chance;
use super::checker::check_round;
use super::journal::Outcome;
use super::scene::Scene;
use super::voter::Voter;

/// Says that this is the run within.
const WITHIN: &str = "DEBRIEF_NETWORK_OF_ITS_OWN";
const ROOM: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 1);
const PHONES_AT: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 2);
/// Of a hundred packets, in each direction.
const LOST: usize = 30;
const DOUBLED: usize = 5;
const OUT_OF_ORDER: usize = 10;
/// How much later a packet out of order arrives.
const LATER: Duration = Duration::from_millis(20);

const PHONES: usize = 6;
const BALLOTS: usize = 6;
/// As long as the page waits for an answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// All of it must be through by then: TCP doubles its pauses with every loss.
const BOUND: Duration = Duration::from_secs(120);

#[test]
fn a_third_of_all_packets_may_be_lost_and_every_ballot_counts_exactly_once() {
    if std::env::var_os(WITHIN).is_some() {
        return within();
    }
    let name = "packets::a_third_of_all_packets_may_be_lost_and_every_ballot_counts_exactly_once";
    let program = std::env::current_exe().unwrap();
    for apart in [&["--net"][..], &["--user", "--map-root-user", "--net"]] {
        let allowed = Command::new("unshare").args(apart).arg("true").output();
        if allowed.is_ok_and(|output| output.status.success()) {
            let mut again = Command::new("unshare");
            again.args(apart).arg(&program).args([name, "--exact", "--nocapture"]).env(WITHIN, "1");
            let output = again.output().unwrap();
            print!("{}", String::from_utf8_lossy(&output.stdout));
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            return;
        }
    }
    println!("SKIPPED: this system does not let the test have a network of its own (`unshare --net` is refused).");
}

/// Leaves the network of the process for one of its own, in which a device is all there is.
fn alone_with_a_device(address: Ipv4Addr) -> io::Result<SyncDevice> {
    unshare(CloneFlags::CLONE_NEWNET)?;
    DeviceBuilder::new().name("air").layer(Layer::L2).ipv4(address, 24, None).mtu(1_500).build_sync()
}

fn within() {
    let chance = Chance::from_the_surroundings("packets");
    let began = Instant::now();
    let (device, room_device) = channel();
    let (tell_vote, vote) = channel();
    let (all_voted, closing) = tokio::sync::oneshot::channel();
    let room = thread::spawn(move || {
        // Every thread that this one starts is in the same network.
        let built = alone_with_a_device(ROOM);
        let is_built = built.is_ok();
        device.send(built).unwrap();
        is_built.then(|| Builder::new_current_thread().enable_all().build().unwrap().block_on(host(tell_vote, closing)))
    });
    let (device, phones_device) = channel();
    let chance_of_phones = chance.branch(1);
    let phones = thread::spawn(move || {
        let built = alone_with_a_device(PHONES_AT);
        let is_built = built.is_ok();
        device.send(built).unwrap();
        let (url, round) = vote.recv().ok().filter(|_| is_built)?;
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Some(runtime.block_on(vote_all(&url, &round, &chance_of_phones)))
    });
    let (room_device, phones_device) = match (room_device.recv().unwrap(), phones_device.recv().unwrap()) {
        (Ok(room), Ok(phones)) => (Arc::new(room), Arc::new(phones)),
        (Err(error), _) | (_, Err(error)) => {
            return println!("SKIPPED: this system does not let the test have a network device of its own: {error}");
        }
    };
    let spoilt = Arc::new(Spoilt::default());
    spoil(room_device.clone(), phones_device.clone(), chance.branch(2), spoilt.clone());
    spoil(phones_device, room_device, chance.branch(3), spoilt.clone());

    let voters = phones.join().unwrap().unwrap();
    all_voted.send(()).unwrap();
    let (closed, present) = room.join().unwrap().unwrap();
    let elapsed = began.elapsed();

    let journals: Vec<_> = voters.iter().map(|voter| voter.journal.clone()).collect();
    let acknowledged: usize = journals.iter().map(|journal| journal.count(Outcome::Acknowledged)).sum();
    let attempts: u32 = journals.iter().flat_map(|journal| &journal.entries).map(|entry| entry.attempts).sum();
    println!("{acknowledged} ballots acknowledged in {attempts} attempts and {elapsed:.1?}; {spoilt:?}");
    assert_eq!(check_round(&closed, &journals), []);
    assert_eq!(voters.into_iter().flat_map(|voter| voter.astray).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(present, PHONES, "the same people came back");
    assert!(acknowledged > 0 && elapsed < BOUND, "{elapsed:?}");
    assert!(spoilt.lost.load(Ordering::Relaxed) > 0 && spoilt.late.load(Ordering::Relaxed) > 0, "{spoilt:?}");
}

/// Holds the vote until all phones have voted; returns the closed round, and how many people are in the room.
async fn host(tell_vote: Sender<(String, Round)>, closing: tokio::sync::oneshot::Receiver<()>) -> (Round, usize) {
    let mut scene = Scene::open_on(IpAddr::V4(ROOM)).await;
    let round = scene.open_vote().await;
    tell_vote.send((scene.room().url(), round.clone())).unwrap();
    closing.await.unwrap();
    (scene.close_vote(round.id).await, scene.meeting().present().count())
}

async fn vote_all(url: &str, round: &Round, chance: &Chance) -> Vec<Voter> {
    let (done, round) = (tokio::sync::watch::Sender::new(0), Arc::new(round.clone()));
    let mut voting = JoinSet::new();
    for place in 0..PHONES {
        let mut voter = Voter::outside(url, None, place, chance.branch(place), PATIENCE);
        let (done, round) = (done.clone(), round.clone());
        voting.spawn(async move {
            voter.come_in().await;
            voter.act(BALLOTS, Some(&round), &done).await
        });
    }
    tokio::time::timeout(BOUND, voting.join_all()).await.expect("all ballots are through in time")
}

/// What became of the packets.
#[derive(Debug, Default)]
struct Spoilt {
    passed: AtomicUsize,
    lost: AtomicUsize,
    doubled: AtomicUsize,
    late: AtomicUsize,
}

/// Carries the frames of one direction, as long as the process lives.
fn spoil(from: Arc<SyncDevice>, to: Arc<SyncDevice>, mut chance: Chance, spoilt: Arc<Spoilt>) {
    let (late, waiting) = channel();
    let late_to = to.clone();
    thread::spawn(move || deliver_late(&waiting, &late_to));
    thread::spawn(move || {
        let mut frame = [0; 2_048];
        while let Ok(length) = from.recv(&mut frame) {
            if chance.in_a_hundred(LOST) {
                spoilt.lost.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            if chance.in_a_hundred(OUT_OF_ORDER) {
                spoilt.late.fetch_add(1, Ordering::Relaxed);
                late.send((Instant::now() + LATER, frame[..length].to_vec())).unwrap();
                continue;
            }
            spoilt.passed.fetch_add(1, Ordering::Relaxed);
            // A device that takes nothing at the moment has lost one more packet.
            let _ = to.send(&frame[..length]);
            if chance.in_a_hundred(DOUBLED) {
                spoilt.doubled.fetch_add(1, Ordering::Relaxed);
                let _ = to.send(&frame[..length]);
            }
        }
    });
}

/// Delivers each frame when it is due; all are late by the same time, so that they are due in the order they came.
fn deliver_late(waiting: &Receiver<(Instant, Vec<u8>)>, to: &SyncDevice) {
    while let Ok((due, frame)) = waiting.recv() {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let _ = to.send(&frame);
    }
}
