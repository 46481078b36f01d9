//! Staying somebody: across an absence, in two tabs, and when answers are lost.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use std::time::Duration;

use fixture::raw::{self, post};
use fixture::{Scenario, ballot, code_of};
use meeting::{Request, Section};
use reqwest::StatusCode;
use room::Limits;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

#[tokio::test]
async fn a_phone_is_the_same_person_with_the_same_words_after_the_room_was_opened_again() {
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    scenario.facilitator(Request::EnterSection { section: Section::WentPoorly }).await;
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly }).await;
    assert_eq!(ada.write("The alert came late.").await.status(), StatusCode::OK);
    let before = ada.own().await;
    assert_eq!(before["notes"][0]["text"], "The alert came late.");
    let way_in = |scenario: &Scenario| {
        let room = &scenario.room;
        (room.address(), room.code().to_owned(), room.long_code().to_owned(), scenario.key())
    };
    let (address, way) = (scenario.room.address(), way_in(&scenario));

    let scenario = scenario.reopen().await;
    assert_eq!(way_in(&scenario), way, "the same port, the same codes, the same key");
    assert_eq!(ada.own().await, before);
    assert!(ada.stream(1).await.contains("The alert came late."));
    scenario.room.close().await;
    assert!(TcpStream::connect(address).await.is_err(), "the port is closed");
}

#[tokio::test]
async fn a_port_that_another_program_has_taken_is_replaced() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    let Scenario { live, room, .. } = scenario;
    room.close().await;
    let taken = tokio::net::TcpListener::bind(address).await.unwrap();
    let room = room::Room::open(live, fixture::LOOPBACK, fixture::PAGE).await.unwrap();
    assert_ne!(room.address().port(), address.port());
    drop(taken);
}

#[tokio::test]
async fn two_tabs_are_one_person_and_both_hear_of_every_change() {
    let scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    let other = scenario.copied(&ada);
    let named = |sent: &str| sent.contains("\"name\":\"Ada\"");
    let first = ada.clone();
    let tabs = tokio::spawn(async move { tokio::join!(first.stream_until(named), other.stream_until(named)) });
    scenario.room.connected().wait_for(|count| *count == 2).await.unwrap();
    assert_eq!(ada.ask(json!({ "type": "rename", "name": "Ada" })).await.status(), StatusCode::OK);
    tabs.await.unwrap();
    assert_eq!(scenario.people(), 1);
}

#[tokio::test]
async fn connected_phones_are_counted_while_their_stream_lasts() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let mut connected = scenario.room.connected();
    let stream = ada.get("/api/stream").await;
    connected.wait_for(|count| *count == 1).await.unwrap();
    drop(stream);
    connected.wait_for(|count| *count == 0).await.unwrap();
}

#[tokio::test]
async fn one_person_follows_six_streams_and_the_oldest_ends_for_the_seventh() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let ben = scenario.joined().await;
    let mut of_ben = ben.get("/api/stream").await;
    of_ben.chunk().await.unwrap().unwrap();
    let mut streams = Vec::new();
    for _ in 0..7 {
        let mut stream = ada.get("/api/stream").await;
        stream.chunk().await.unwrap().unwrap();
        streams.push(stream);
    }
    assert_eq!(streams[0].chunk().await.unwrap(), None, "the oldest has ended");
    scenario.room.connected().wait_for(|count| *count == 7).await.unwrap();
    assert_eq!(ada.post("/api/join", &json!({})).await.status(), StatusCode::OK);
    let renamed = json!({ "id": "request-number-1", "request": { "type": "rename", "name": "Ada" } });
    assert_eq!(ada.post("/api/ask", &renamed).await.status(), StatusCode::OK);
    for stream in &mut streams[1..] {
        let bytes = stream.chunk().await.unwrap().expect("the others go on");
        assert!(String::from_utf8_lossy(&bytes).contains("\"name\":\"Ada\""));
    }
    assert!(of_ben.chunk().await.unwrap().is_some(), "another person's is not touched");
}

/// How many answers are lost.
const LOST_ANSWERS: u32 = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_whose_answer_was_lost_is_repeated_without_harm() {
    const PHONES: u32 = 20;
    let (mut scenario, round) = Scenario::voting(Limits::default(), 3).await;
    let mut voting = Vec::new();
    for number in 0..PHONES {
        let (phone, round, address) = (scenario.joined().await, round.clone(), scenario.room.address());
        voting.push(tokio::spawn(async move {
            for revision in 1..=LOST_ANSWERS / PHONES {
                let option = round.options[(revision % 3) as usize].0;
                let id = format!("request-{number:04}-{revision:08}");
                let vote = ballot(&id, &round, revision, &[(option, 1)]);
                let mut lost = raw::connect(address).await;
                lost.write_all(post(address, "/api/ask", &phone.cookie, &vote.to_string()).as_bytes()).await.unwrap();
                drop(lost);
                let repeated = phone.post("/api/ask", &vote).await;
                assert_eq!(repeated.status(), StatusCode::OK, "revision {revision}");
                let own = &repeated.json::<Value>().await.unwrap()["own"]["ballot"];
                assert_eq!(own["revision"], revision, "neither lost nor overtaken");
            }
            let fresh = ballot("a-fresh-request-name", &round, 1, &[(round.options[0].0, 1)]);
            assert_eq!(code_of(phone.post("/api/ask", &fresh).await).await, "ballot-outdated", "which a repeat is not");
        }));
    }
    for phone in voting {
        phone.await.unwrap();
    }
    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let result = scenario.live.snapshot().meeting.unwrap().rounds[0].result.clone().unwrap();
    let dots: u32 = result.tally.iter().map(|option| option.dots).sum();
    assert_eq!((result.ballots, dots), (PHONES, PHONES), "one ballot each, with one dot");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_ballots_at_once_from_one_person_end_as_one_within_the_limit() {
    let (mut scenario, round) = Scenario::voting(Limits::default(), 6).await;
    let phone = scenario.joined().await;
    let limit = u32::from(round.budget.dots);
    let options: Vec<u32> = round.options.iter().map(|option| option.0).collect();
    let mut attempts = tokio::task::JoinSet::new();
    for number in 0..200_u32 {
        let dots: Vec<(u32, u8)> = match number % 4 {
            // Within the limit, on other options each time, so that ballots that were added up would exceed it.
            0 => (0..limit).map(|dot| (options[((number / 4 + dot) % 6) as usize], 1)).collect(),
            1 => options.iter().map(|option| (*option, 1)).collect(),
            2 => vec![(options[0], round.budget.per_option + 1)],
            _ => vec![(options[0], 1); usize::from(round.budget.dots) + 1],
        };
        let vote = ballot(&format!("request-number-{number:04}"), &round, number + 1, &dots);
        let phone = phone.clone();
        attempts.spawn(async move { phone.post("/api/ask", &vote).await.status() });
    }
    let statuses = attempts.join_all().await;
    let granted = statuses.iter().filter(|status| **status == StatusCode::OK).count();
    assert!((1..=50).contains(&granted), "{granted} of the fifty that keep to the limit");
    assert!(statuses.iter().all(|status| [StatusCode::OK, StatusCode::CONFLICT].contains(status)), "{statuses:?}");

    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let result = scenario.live.snapshot().meeting.unwrap().rounds[0].result.clone().unwrap();
    let dots: u32 = result.tally.iter().map(|option| option.dots).sum();
    assert_eq!((result.ballots, dots), (1, limit), "exactly one ballot, and all of it within the limit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_closes_is_closed_within_a_second_whoever_is_connected() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    let mut cookies = Vec::new();
    for _ in 0..50 {
        cookies.push(scenario.joined().await.cookie);
    }
    let mut connections = Vec::new();
    for (number, cookie) in cookies.iter().enumerate() {
        let mut follows = raw::connect(address).await;
        let more = format!("cookie: {cookie}\r\n");
        follows.write_all(raw::request(address, "GET /api/stream", &more, "").as_bytes()).await.unwrap();
        let mut half_open = raw::connect(address).await;
        half_open.write_all(if number % 2 == 0 { b"" } else { b"GET / HTTP/1.1\r\nhost" }).await.unwrap();
        connections.extend([follows, half_open]);
    }
    scenario.room.connected().wait_for(|count| *count == 50).await.unwrap();
    let other_interface = TcpStream::connect(("127.0.0.2", address.port())).await;
    assert!(other_interface.is_err(), "it listens on the chosen address alone");

    let all_closed = async {
        scenario.room.close().await;
        assert!(TcpStream::connect(address).await.is_err());
        let mut farewells = 0;
        for connection in &mut connections {
            let sent = String::from_utf8(raw::drain(connection).await).unwrap();
            farewells += usize::from(sent.matches("event: state").count() == 2 && sent.ends_with("0\r\n\r\n"));
        }
        farewells
    };
    // A second, and some more for a busy machine.
    let farewells = tokio::time::timeout(Duration::from_secs(3), all_closed).await.expect("closed in time");
    assert_eq!(farewells, 50, "every phone heard the last state, and that it was the last");
}

#[tokio::test]
async fn a_room_that_is_dropped_closes_its_port_and_connections() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    let ada = scenario.joined().await;
    let stream = tokio::spawn(async move { ada.stream(usize::MAX).await });
    scenario.room.connected().wait_for(|count| *count == 1).await.unwrap();
    let Scenario { room, live, .. } = scenario;
    drop(room);
    stream.await.unwrap();
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    drop(live);
}
