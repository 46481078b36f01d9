//! Clients that are slow, greedy, or many: each is stopped, and others do not notice.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use fixture::raw::{self, post, request};
use fixture::{Phone, Scenario, ballot};
use reqwest::StatusCode;
use room::Limits;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Ten seconds, which the threat table asks for, and some more for a busy machine.
const CLOSED_WITHIN: Duration = Duration::from_secs(15);

/// Short enough to wait for.
const SOON: Duration = Duration::from_millis(400);

/// Limits that nobody reaches while a test runs.
fn patient() -> Limits {
    let late = Duration::from_secs(600);
    Limits { first_byte: late, header: late, body: late, write: late, ..Limits::default() }
}

/// What a slow client does until it is closed.
#[derive(Debug, Clone, Copy)]
enum Slow {
    SaysNothing,
    StopsInTheHeader,
    DripsAHeader,
    StopsInTheBody,
    DripsABody,
    PromisesABodyAndWaits,
    RestsAfterAnAnswer,
    AsksAndNeverReads,
}

impl Slow {
    const ALL: [Self; 8] = [
        Self::SaysNothing,
        Self::StopsInTheHeader,
        Self::DripsAHeader,
        Self::StopsInTheBody,
        Self::DripsABody,
        Self::PromisesABodyAndWaits,
        Self::RestsAfterAnAnswer,
        Self::AsksAndNeverReads,
    ];

    /// Returns limits of which only the one that stops this client is ever reached.
    fn stopped_by(self) -> Limits {
        let limits = patient();
        match self {
            Self::SaysNothing => Limits { first_byte: SOON, ..limits },
            Self::StopsInTheHeader | Self::DripsAHeader | Self::RestsAfterAnAnswer => Limits { header: SOON, ..limits },
            Self::StopsInTheBody | Self::DripsABody | Self::PromisesABodyAndWaits => Limits { body: SOON, ..limits },
            Self::AsksAndNeverReads => Limits { write: SOON, ..limits },
        }
    }
}

/// Is slow, and returns how long the room put up with it and what it answered.
async fn be(slow: Slow, address: SocketAddr, cookie: &str) -> (Duration, String) {
    let begins = Instant::now();
    let closed = tokio::time::timeout(CLOSED_WITHIN * 2, until_closed(slow, address, cookie)).await;
    (begins.elapsed(), closed.unwrap_or_else(|_| panic!("{slow:?} was not closed")))
}

async fn until_closed(slow: Slow, address: SocketAddr, cookie: &str) -> String {
    let mut stream = raw::connect_small(address).await;
    let more = format!("cookie: {cookie}\r\ncontent-length: 16000\r\n");
    let with_body = request(address, "POST /api/ask", &more, "{");
    match slow {
        Slow::SaysNothing => {}
        Slow::StopsInTheHeader | Slow::DripsAHeader => stream.write_all(b"GET / HTTP/1.1\r\nhost: ").await.unwrap(),
        Slow::StopsInTheBody | Slow::DripsABody => stream.write_all(with_body.as_bytes()).await.unwrap(),
        Slow::PromisesABodyAndWaits => {
            let expects = request(address, "POST /api/ask", &format!("{more}expect: 100-continue\r\n"), "");
            stream.write_all(expects.as_bytes()).await.unwrap();
        }
        Slow::RestsAfterAnAnswer => {
            stream.write_all(request(address, "GET /", "", "").as_bytes()).await.unwrap();
            raw::answer(&mut stream).await.unwrap();
        }
        Slow::AsksAndNeverReads => {
            let asked = request(address, "GET /", "", "").repeat(100);
            raw::until_refused(&mut stream, asked.as_bytes()).await;
            return String::new();
        }
    }
    if matches!(slow, Slow::DripsAHeader | Slow::DripsABody) {
        let (mut reads, mut writes) = stream.into_split();
        let drips = async {
            while writes.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            std::future::pending::<()>().await;
        };
        let mut sent = Vec::new();
        tokio::select! {
            _ = reads.read_to_end(&mut sent) => {}
            () = drips => {}
        }
        return String::from_utf8(sent).unwrap();
    }
    let sent = raw::drain(&mut stream).await;
    String::from_utf8(sent).unwrap()
}

/// Lets all kinds of slow clients come at once, several of each, and returns what became of them.
async fn slow_clients(address: SocketAddr, cookie: String) -> Vec<(Slow, Duration)> {
    let mut clients = JoinSet::new();
    for slow in Slow::ALL.into_iter().cycle().take(Slow::ALL.len() * 4) {
        let cookie = cookie.clone();
        clients.spawn(async move { (slow, be(slow, address, &cookie).await.0) });
    }
    clients.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_clients_are_closed_within_ten_seconds_and_honest_ones_are_answered_meanwhile() {
    let scenario = Scenario::open().await;
    let mut honest = scenario.joined().await;
    let slow = slow_clients(scenario.room.address(), honest.cookie.clone());
    tokio::pin!(slow);
    let closed = loop {
        tokio::select! {
            closed = &mut slow => break closed,
            () = tokio::time::sleep(Duration::from_millis(250)) => {
                let answered = honest.ask(json!({ "type": "rename", "name": "Ada" })).await;
                assert_eq!(answered.status(), StatusCode::OK);
            }
        }
    };
    for (slow, took) in closed {
        assert!(took < CLOSED_WITHIN, "{slow:?} was borne for {took:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_limit_stops_its_clients_alone_and_says_so_where_there_is_a_request_to_answer() {
    for slow in Slow::ALL {
        let scenario = Scenario::open_within(slow.stopped_by()).await;
        let cookie = scenario.joined().await.cookie;
        let (took, sent) = be(slow, scenario.room.address(), &cookie).await;
        assert!(took >= SOON && took < CLOSED_WITHIN, "{slow:?} was borne for {took:?}");
        match slow {
            Slow::StopsInTheBody | Slow::DripsABody => {
                assert!(
                    sent.starts_with("HTTP/1.1 408 ") && sent.contains("did not arrive in time"),
                    "{slow:?}: {sent}"
                );
            }
            Slow::PromisesABodyAndWaits => {
                assert!(sent.starts_with("HTTP/1.1 100 ") && sent.contains("HTTP/1.1 408 "), "{slow:?}: {sent}");
            }
            Slow::SaysNothing
            | Slow::StopsInTheHeader
            | Slow::DripsAHeader
            | Slow::RestsAfterAnAnswer
            | Slow::AsksAndNeverReads => assert_eq!(sent, "", "{slow:?} asked nothing"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_readers_that_never_read_are_let_go_and_others_go_on() {
    const READERS: u32 = 50;
    // Long enough for an honest reader on a busy machine.
    let limits = Limits { write: Duration::from_secs(2), ..patient() };
    let (scenario, round) = Scenario::voting(limits, 20).await;
    let mut honest = scenario.joined().await;
    let address = scenario.room.address();
    let mut cookies = Vec::new();
    for _ in 0..READERS {
        cookies.push(scenario.joined().await.cookie);
    }
    let mut silent = Vec::new();
    for cookie in cookies {
        let mut stream = raw::connect_small(address).await;
        let more = format!("cookie: {cookie}\r\n");
        stream.write_all(request(address, "GET /api/stream", &more, "").as_bytes()).await.unwrap();
        silent.push(stream);
    }
    let heard = tokio::spawn(until_heard(honest.clone(), "\"name\":\"Last\""));
    let mut connected = scenario.room.connected();
    connected.wait_for(|count| *count == READERS + 1).await.unwrap();
    let mut revision = 0;
    while *connected.borrow_and_update() > 1 {
        revision += 1;
        let vote = ballot(&format!("request-number-{revision:06}"), &round, revision, &[(round.options[0].0, 1)]);
        assert_eq!(honest.post("/api/ask", &vote).await.status(), StatusCode::OK);
        assert!(revision < 10_000, "they are let go");
    }
    assert_eq!(honest.ask(json!({ "type": "rename", "name": "Last" })).await.status(), StatusCode::OK);
    heard.await.unwrap();
    for mut stream in silent {
        let held = raw::drain(&mut stream).await.len();
        assert!((1..512 * 1024).contains(&held), "what waited for one reader: {held} bytes");
    }
}

/// Follows the stream of a phone until these words come, and keeps nothing of it.
async fn until_heard(phone: Phone, words: &str) {
    let mut stream = phone.get("/api/stream").await;
    let mut tail = Vec::new();
    while !tail.windows(words.len()).any(|window| window == words.as_bytes()) {
        tail.drain(..tail.len().saturating_sub(words.len()));
        tail.extend_from_slice(&stream.chunk().await.unwrap().expect("the honest stream goes on"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_half_open_connections_do_not_keep_an_honest_phone_out() {
    let scenario = Scenario::open_within(patient()).await;
    let mut inside = scenario.joined().await;
    let address = scenario.room.address();
    let mut half_open = Vec::new();
    for number in 0..1_000 {
        let mut stream = raw::connect(address).await;
        stream.write_all([&b""[..], b"G", b"POST /api/ask HTTP/1.1\r\nhost: "][number % 3]).await.unwrap();
        half_open.push(stream);
    }
    for _ in 0..5 {
        assert_eq!(inside.ask(json!({ "type": "rename", "name": "Ada" })).await.status(), StatusCode::OK);
        let mut newcomer = scenario.joined().await;
        assert_eq!(newcomer.ask(json!({ "type": "rename", "name": "Bo" })).await.status(), StatusCode::OK);
    }
    drop(half_open);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_full_room_the_one_waited_for_the_longest_makes_room_and_streams_stay() {
    let limits = Limits { connections: 20, per_address: 20, ..patient() };
    let scenario = Scenario::open_within(limits).await;
    let address = scenario.room.address();
    let inside = scenario.joined().await;
    let mut stream = inside.get("/api/stream").await;
    stream.chunk().await.unwrap().unwrap();
    let body_never_comes = post(address, "/api/ask", &inside.cookie, "").replace("length: 0", "length: 9");
    let mut besiegers = Vec::new();
    for number in 0..200_usize {
        let mut besieger = raw::connect(address).await;
        let bytes = [&b""[..], b"GET / HTTP/1.1\r\nhost: ", body_never_comes.as_bytes()][number % 3];
        besieger.write_all(bytes).await.unwrap();
        besiegers.push(besieger);
        if number % 10 == 0 {
            // Each with a connection of its own.
            let mut honest = scenario.joined().await;
            assert_eq!(honest.ask(json!({ "type": "rename", "name": "Ada" })).await.status(), StatusCode::OK);
            let bytes = stream.chunk().await.unwrap().expect("the stream stays");
            assert!(!bytes.is_empty());
        }
    }
    let mut closed = 0;
    for besieger in &mut besiegers[..150] {
        closed += usize::from(raw::drain(besieger).await.is_empty());
    }
    assert_eq!(closed, 150, "the oldest had to go");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_with_its_share_makes_room_out_of_its_own_and_others_keep_theirs() {
    let limits = Limits { connections: 100, per_address: 10, ..patient() };
    let scenario = Scenario::open_within(limits).await;
    let address = scenario.room.address();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let mut other = socket.connect(address).await.unwrap();
    let mut crowd: Vec<TcpStream> = Vec::new();
    for _ in 0..30 {
        crowd.push(raw::connect(address).await);
    }
    for gone in &mut crowd[..20] {
        assert!(raw::drain(gone).await.is_empty());
    }
    other.write_all(request(address, "GET /", "", "").as_bytes()).await.unwrap();
    assert_eq!(raw::answer(&mut other).await.unwrap().status, 200, "older than all of them, and of another address");
}
