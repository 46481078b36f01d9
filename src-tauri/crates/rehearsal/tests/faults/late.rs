//! A request that was given up, overtaken by newer ones, and arrives at last.
//!
//! A page that is loaded again forgets the names of what it sent, while the system below still repeats the bytes that
//! were lost on the way. Ballots, and whatever else a phone overwrites, carry a number that rises; what was refused once
//! stays refused. One thing is left, and seen by whoever wrote it: a wording that arrives only when the same section is
//! opened for writing a second time is a note of that writing, for the numbers of the first were destroyed with it.

use meeting::{Ballot, DraftId, NoteKind, Request, Section};
use rehearsal::Phone;
use wire::PhoneRequest;

use super::chance::Chance;
use super::relay::Relay;
use super::scene::{SECTION, Scene};

/// A phone that reaches the room, and the same phone by a way on which what it sends can be held back.
struct Held {
    scene: Scene,
    relay: Relay,
    phone: Phone,
}

impl Held {
    async fn joined() -> Self {
        let scene = Scene::open().await;
        let relay = Relay::open(scene.room().address(), Chance::of(1), 0).await;
        let phone = Phone::outside(&scene.room().url(), "Ada", "joining").unwrap().by_way_of(relay.address);
        let mut held = Self { scene, relay, phone };
        held.phone.come_in("joining").await.unwrap();
        held
    }

    /// Sends something whose connection breaks, and which arrives when the relay lets it go.
    async fn give_up(&self, late: &PhoneRequest) {
        self.relay.keep(true);
        self.phone.send_once("request-number-1", 1, late, "sending").await.unwrap_err();
        self.relay.kept(1).await;
        self.relay.keep(false);
    }

    /// Sends something that only arrives once `meanwhile` is done.
    async fn overtaken(&mut self, late: &PhoneRequest, meanwhile: &PhoneRequest) {
        self.give_up(late).await;
        self.phone.send_once("request-number-2", 2, meanwhile, "sending").await.unwrap();
        self.relay.let_go();
        self.relay.settled().await;
    }
}

fn write(text: &str) -> PhoneRequest {
    PhoneRequest::Write { draft: DraftId("a".into()), kind: NoteKind::WentPoorly, text: text.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_ballot_that_arrives_late_changes_nothing() {
    let mut held = Held::joined().await;
    let round = held.scene.open_vote().await;
    let ballot = |revision, option| Ballot { revision, dots: vec![(round.options[option], 1)] };
    let vote = |revision, option| PhoneRequest::Vote { round: round.id, ballot: ballot(revision, option) };
    held.overtaken(&vote(1, 0), &vote(2, 1)).await;
    let closed = held.scene.close_vote(round.id).await.result.unwrap();
    let first = &closed.tally[0];
    assert_eq!((closed.ballots, first.proposal, first.dots), (1, round.options[1], 1), "{closed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_wording_that_arrives_late_changes_nothing() {
    let mut held = Held::joined().await;
    held.scene.facilitator(Request::OpenWriting { section: SECTION }).await.unwrap();
    held.overtaken(&write("older"), &write("newer")).await;
    held.scene.facilitator(Request::Reveal { section: SECTION }).await.unwrap();
    assert_eq!(held.scene.revealed(), ["newer"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_note_stays_withdrawn_when_its_wording_arrives_late() {
    let mut held = Held::joined().await;
    held.scene.facilitator(Request::OpenWriting { section: SECTION }).await.unwrap();
    let withdrawal = PhoneRequest::Withdraw { draft: DraftId("a".into()), section: SECTION };
    held.overtaken(&write("regretted"), &withdrawal).await;
    held.scene.facilitator(Request::Reveal { section: SECTION }).await.unwrap();
    assert_eq!(held.scene.revealed(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_not_granted_when_it_arrives_once_more() {
    let mut held = Held::joined().await;
    let round = held.scene.open_vote().await;
    let ballot = Ballot { revision: 1, dots: vec![(round.options[0], 1)] };
    let vote = PhoneRequest::Vote { round: round.id, ballot };
    held.scene.facilitator(Request::Undo {}).await.unwrap();
    held.give_up(&vote).await;
    let repeat = held.phone.send_once("request-number-1", 1, &vote, "sending").await;
    assert!(repeat.is_err(), "no vote is open, and the phone is told so");
    held.scene.facilitator(Request::Redo {}).await.unwrap();
    held.relay.let_go();
    held.relay.settled().await;
    assert_eq!(held.scene.close_vote(round.id).await.result.unwrap().ballots, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_recollection_that_arrives_late_changes_nothing() {
    let mut held = Held::joined().await;
    held.scene.facilitator(Request::EnterSection { section: Section::Timeline }).await.unwrap();
    let recollect =
        |text: &str| PhoneRequest::Recollect { draft: DraftId("r".into()), when: "14:20".into(), text: text.into() };
    held.overtaken(&recollect("older"), &recollect("")).await;
    assert_eq!(held.scene.meeting().recollections().count(), 0, "it stays withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_confided_stays_taken_back_when_its_wording_arrives_late() {
    let mut held = Held::joined().await;
    let confide = |text: &str| PhoneRequest::Confide { text: text.into() };
    held.overtaken(&confide("older"), &confide("")).await;
    assert_eq!(held.scene.meeting().confided(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_is_loaded_again_is_told_the_number_it_must_exceed() {
    let mut held = Held::joined().await;
    held.scene.facilitator(Request::OpenWriting { section: SECTION }).await.unwrap();
    let seen = held.phone.send_once("request-number-1", 41, &write("before"), "sending").await.unwrap();
    assert_eq!(seen.own.number, 41);
    held.phone.send_once("request-number-2", 41, &write("as old"), "sending").await.unwrap();
    held.phone.send_once("request-number-3", 42, &write("newer"), "sending").await.unwrap();
    held.scene.facilitator(Request::Reveal { section: SECTION }).await.unwrap();
    assert_eq!(held.scene.revealed(), ["newer"]);
    let after = held.phone.send_once("request-number-4", 43, &PhoneRequest::Rename { name: None }, "sending").await;
    assert_eq!(after.unwrap().own.number, 43, "only the number of the name is left");
}
