//! The room over real sockets: getting in, what is sent, what is refused.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use std::net::IpAddr;

use live::{Ask, Live};
use meeting::{ActionCategory, Actor, Priority, Request, Section, default_agenda};
use reqwest::{Client, Response, StatusCode, header};
use room::{Page, Room};
use serde_json::{Value, json};

const PAGE: Page = Page { html: b"<!doctype html>", script: b"0", recollect: b"1", style: b"" };
const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

struct Scenario {
    _folder: tempfile::TempDir,
    live: Live,
    room: Room,
    asked: u32,
}

impl Scenario {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let live = Live::start(folder.path()).unwrap();
        live.create("Checkout", chrono_tz::UTC, default_agenda()).await.unwrap();
        let room = Room::open(live.clone(), LOOPBACK, PAGE).await.unwrap();
        let mut scenario = Self { _folder: folder, live, room, asked: 0 };
        scenario.facilitator(Request::StartMeeting {}).await;
        scenario
    }

    async fn facilitator(&mut self, request: Request) {
        self.asked += 1;
        let ask = Ask { id: format!("console-{}", self.asked), by: Actor::Facilitator, request, token: None };
        self.live.ask(ask).await.unwrap();
    }

    fn phone(&self) -> Phone {
        let base = format!("http://{}", self.room.address());
        Phone { http: Client::builder().cookie_store(true).build().unwrap(), base, asked: 0 }
    }

    async fn joined(&self) -> Phone {
        let phone = self.phone();
        let key = self.room.url().split_once('#').unwrap().1.to_owned();
        assert_eq!(phone.post("/api/join", &json!({ "key": key })).await.status(), StatusCode::OK);
        phone
    }
}

struct Phone {
    http: Client,
    base: String,
    asked: u32,
}

impl Phone {
    async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.http.post(format!("{}{path}", self.base));
        request.header("origin", &self.base).header("x-debrief", "1").json(body).send().await.unwrap()
    }

    async fn ask(&mut self, request: Value) -> Response {
        self.asked += 1;
        self.post("/api/ask", &json!({ "id": format!("request-number-{}", self.asked), "request": request })).await
    }

    async fn write(&mut self, text: &str) -> Response {
        let kind = json!({ "type": "went-poorly" });
        self.ask(json!({ "type": "write", "draft": format!("d-{}", self.asked), "kind": kind, "text": text })).await
    }

    async fn state(&self) -> Response {
        self.http.get(format!("{}/api/state", self.base)).send().await.unwrap()
    }

    /// Reads the stream until it has sent as many states, and returns their bytes.
    async fn stream(&self, states: usize) -> String {
        let mut response = self.http.get(format!("{}/api/stream", self.base)).send().await.unwrap();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.unwrap() {
            bytes.extend_from_slice(&chunk);
            if String::from_utf8_lossy(&bytes).matches("event: state").count() >= states && bytes.ends_with(b"\n\n") {
                break;
            }
        }
        String::from_utf8(bytes).unwrap()
    }
}

async fn code_of(response: Response) -> String {
    response.json::<Value>().await.unwrap()["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_phone_joins_by_key_or_typed_code_and_not_otherwise() {
    let scenario = Scenario::open().await;
    scenario.joined().await;
    let typed = scenario
        .phone()
        .post("/api/join", &json!({ "code": scenario.room.code().to_lowercase(), "name": "Ada" }))
        .await;
    assert_eq!(typed.status(), StatusCode::OK);
    let cookie = typed.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert_eq!(typed.json::<Value>().await.unwrap()["own"]["name"], "Ada");

    let stranger = scenario.phone();
    assert_eq!(code_of(stranger.post("/api/join", &json!({ "code": "222222" })).await).await, "wrong-code");
    assert_eq!(code_of(stranger.post("/api/join", &json!({})).await).await, "wrong-code");
    assert_eq!(code_of(stranger.state().await).await, "not-joined");
}

#[tokio::test]
async fn a_join_whose_answer_was_lost_lets_the_same_person_in_when_it_is_repeated() {
    let scenario = Scenario::open().await;
    let body = json!({ "id": "4f1d0c6be0a94b7bb5d1f6c2a7e83d90", "code": scenario.room.code(), "name": "Ada" });
    let cookie = |response: &Response| response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    let lost = scenario.phone().post("/api/join", &body).await;
    let lost_cookie = cookie(&lost);
    let before = lost.json::<Value>().await.unwrap()["own"]["participant"].clone();

    // The phone never saw the answer, so that it has no cookie.
    let mut phone = scenario.phone();
    let repeated = phone.post("/api/join", &body).await;
    assert_eq!(repeated.status(), StatusCode::OK);
    assert_eq!(cookie(&repeated), lost_cookie, "both answers open the same place");
    assert_eq!(repeated.json::<Value>().await.unwrap()["own"]["participant"], before);
    assert_eq!(phone.ask(json!({ "type": "rename", "name": "Bo" })).await.status(), StatusCode::OK);
    assert_eq!(scenario.live.snapshot().meeting.unwrap().participants.len(), 1, "nobody joined twice");
}

#[tokio::test]
async fn a_repeated_join_needs_the_key_or_the_code_as_well_as_its_own_name() {
    let scenario = Scenario::open().await;
    let id = "4f1d0c6be0a94b7bb5d1f6c2a7e83d90";
    let join = |body: Value| {
        let phone = scenario.phone();
        async move { phone.post("/api/join", &body).await }
    };
    assert_eq!(join(json!({ "id": id, "code": scenario.room.code() })).await.status(), StatusCode::OK);
    assert_eq!(code_of(join(json!({ "id": id })).await).await, "wrong-code");
    for short in ["", "1234567890123456", "4f1d0c6be0a94b7bb5d1f6c2a7e83d9 "] {
        let refused = join(json!({ "id": short, "code": scenario.room.code() })).await;
        assert_eq!(code_of(refused).await, "bad-request", "{short:?} could be guessed, or is no name");
    }
    let other = json!({ "id": "4f1d0c6be0a94b7bb5d1f6c2a7e83d91", "code": scenario.room.code() });
    assert_eq!(join(other).await.status(), StatusCode::OK);
    assert_eq!(scenario.live.snapshot().meeting.unwrap().participants.len(), 2, "another name is another person");
}

#[tokio::test]
async fn requests_from_elsewhere_are_refused_and_every_answer_carries_the_headers() {
    let scenario = Scenario::open().await;
    let phone = scenario.joined().await;
    let get = |path: &str| phone.http.get(format!("{}{path}", phone.base));
    let rebound = get("/").header(header::HOST, "evil.example:80").send().await.unwrap();
    assert_eq!(rebound.status(), StatusCode::MISDIRECTED_REQUEST);

    let body = json!({ "id": "request-number-1", "request": { "type": "rename", "name": null } });
    let post = || phone.http.post(format!("{}/api/ask", phone.base)).json(&body);
    for foreign in [
        post().header("x-debrief", "1"),
        post().header("origin", &phone.base),
        post().header("origin", "http://evil.example").header("x-debrief", "1"),
        post().header("origin", "null").header("x-debrief", "1"),
    ] {
        assert_eq!(code_of(foreign.send().await.unwrap()).await, "foreign-origin");
    }

    for answer in [get("/").send().await.unwrap(), get("/nowhere").send().await.unwrap(), rebound, phone.state().await]
    {
        let headers = answer.headers();
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(
                headers.get(name).map(|value| value.to_str().unwrap()),
                Some(value),
                "{name} of {}",
                answer.url()
            );
        }
        assert!(!headers.contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn bytes_sent_before_the_reveal_hold_no_note_of_another() {
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    let ben = scenario.joined().await;
    scenario.facilitator(Request::EnterSection { section: Section::WentPoorly }).await;
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly }).await;
    let watching = tokio::spawn(async move { ben.stream(2).await });
    assert_eq!(ada.write("xyzzy the dashboard").await.status(), StatusCode::OK);
    let sent_to_ben = watching.await.unwrap();
    assert!(sent_to_ben.contains("\"written\":1"), "the count is sent: {sent_to_ben}");
    assert!(!sent_to_ben.contains("xyzzy"), "{sent_to_ben}");
    let sent_to_ada = ada.state().await.text().await.unwrap();
    assert!(sent_to_ada.contains("xyzzy the dashboard"), "her own note comes back to her");
}

#[tokio::test]
async fn bytes_sent_before_a_vote_is_closed_hold_no_total() {
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    let ben = scenario.joined().await;
    for text in ["One", "Two", "Three"] {
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scenario.facilitator(Request::AddProposal { text: text.into(), category, priority, addresses: None }).await;
    }
    scenario.facilitator(Request::OpenVote { seats: 3, budget: None }).await;
    let round = scenario.live.snapshot().meeting.unwrap().open_round().unwrap().clone();
    let watching = tokio::spawn(async move { (ben.stream(2).await, ben) });
    let ballot = json!({ "revision": 1, "dots": [[round.options[1].0, 1]] });
    assert_eq!(
        ada.ask(json!({ "type": "vote", "round": round.id.0, "ballot": ballot })).await.status(),
        StatusCode::OK
    );
    let (sent, ben) = watching.await.unwrap();
    assert!(sent.contains("\"voted\":1,\"of\":2"), "the number of ballots is sent: {sent}");
    for total in ["tally", "supporters", "\"rows\"", "result"] {
        assert!(!sent.contains(total), "{total} in {sent}");
    }
    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let revealed = ben.state().await.text().await.unwrap();
    assert!(revealed.contains("\"text\":\"Two\",\"dots\":1,\"supporters\":1"), "{revealed}");
}

#[tokio::test]
async fn a_ballot_is_taken_as_a_whole_and_once() {
    let mut scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    for text in ["One", "Two", "Three"] {
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scenario.facilitator(Request::AddProposal { text: text.into(), category, priority, addresses: None }).await;
    }
    scenario.facilitator(Request::OpenVote { seats: 3, budget: None }).await;
    let round = scenario.live.snapshot().meeting.unwrap().open_round().unwrap().clone();
    let vote = |id: &str, revision: u32, dots: &[(u32, u8)]| {
        let ballot = json!({ "revision": revision, "dots": dots });
        json!({ "id": id, "request": { "type": "vote", "round": round.id.0, "ballot": ballot } })
    };
    let options: Vec<u32> = round.options.iter().map(|option| option.0).collect();
    let first = vote("request-number-1", 1, &[(options[0], 1)]);
    assert_eq!(ada.post("/api/ask", &first).await.status(), StatusCode::OK);
    assert_eq!(ada.post("/api/ask", &first).await.status(), StatusCode::OK, "a repeat is answered");
    for (id, revision, dots, code) in [
        ("request-number-2", 2, vec![(options[0], 1), (options[1], 1), (options[2], 1)], "too-many-dots"),
        ("request-number-3", 2, vec![(options[0], 2)], "too-many-on-one"),
        ("request-number-4", 2, vec![(9_999, 1)], "unknown-option"),
        ("request-number-5", 1, vec![(options[1], 1)], "ballot-outdated"),
    ] {
        assert_eq!(code_of(ada.post("/api/ask", &vote(id, revision, &dots)).await).await, code);
    }
    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let result = scenario.live.snapshot().meeting.unwrap().rounds[0].result.clone().unwrap();
    assert_eq!((result.ballots, result.tally[0].dots, result.tally[1].dots), (1, 1, 0));
}

#[tokio::test]
async fn the_page_comes_compressed_to_whoever_can_read_that() {
    let scenario = Scenario::open().await;
    let page = format!("http://{}/", scenario.room.address());
    let plain = Client::new().get(&page).send().await.unwrap();
    assert_eq!(plain.bytes().await.unwrap(), PAGE.html);
    let compressed =
        Client::new().get(&page).header(header::ACCEPT_ENCODING, "br;q=1.0, gzip;q=0.8").send().await.unwrap();
    assert_eq!(compressed.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(compressed.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(compressed.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]));
}

#[tokio::test]
async fn the_second_script_is_served_as_the_first_one_is_and_under_every_query() {
    let scenario = Scenario::open().await;
    // The page asks under another address each time it tries again.
    for (path, bytes) in
        [("phone.js", PAGE.script), ("recollect.js", PAGE.recollect), ("recollect.js?2", PAGE.recollect)]
    {
        let address = format!("http://{}/{path}", scenario.room.address());
        let plain = Client::new().get(&address).send().await.unwrap();
        assert_eq!(plain.status(), StatusCode::OK, "{path}");
        assert_eq!(plain.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8", "{path}");
        assert_eq!(plain.headers()[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(plain.bytes().await.unwrap(), bytes, "{path}");
        let compressed = Client::new().get(&address).header(header::ACCEPT_ENCODING, "gzip").send().await.unwrap();
        assert_eq!(compressed.headers()[header::CONTENT_ENCODING], "gzip", "{path}");
    }
}

#[tokio::test]
async fn what_somebody_remembers_or_confides_comes_back_to_that_phone_alone() {
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    let ben = scenario.joined().await;
    scenario.facilitator(Request::EnterSection { section: Section::Timeline }).await;
    let watching = tokio::spawn(async move { ben.stream(3).await });
    let remembered = json!({ "type": "recollect", "draft": "d-1", "when": "14:20", "text": "xyzzy the graph" });
    assert_eq!(ada.ask(remembered).await.status(), StatusCode::OK);
    assert_eq!(ada.ask(json!({ "type": "confide", "text": "plugh the pager" })).await.status(), StatusCode::OK);
    let sent_to_ben = watching.await.unwrap();
    assert!(!sent_to_ben.contains("xyzzy") && !sent_to_ben.contains("plugh"), "{sent_to_ben}");
    let own = ada.state().await.json::<Value>().await.unwrap()["own"].clone();
    assert_eq!(own["recollections"][0]["when"], "14:20");
    assert_eq!(own["confided"], "plugh the pager");
}

#[tokio::test]
async fn unreadable_and_oversized_bodies_are_refused() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let send = |body: Vec<u8>, kind: &str| {
        let request =
            ada.http.post(format!("{}/api/ask", ada.base)).header("origin", &ada.base).header("x-debrief", "1");
        request.header(header::CONTENT_TYPE, kind).body(body).send()
    };
    let status = |response: Response| response.status();
    assert_eq!(status(send(b"{".to_vec(), "application/json").await.unwrap()), StatusCode::BAD_REQUEST);
    assert_eq!(status(send(b"a=b".to_vec(), "text/plain").await.unwrap()), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(status(send(vec![b' '; 17 * 1024], "application/json").await.unwrap()), StatusCode::PAYLOAD_TOO_LARGE);
    let administrate = json!({ "type": "end-meeting", "reason": "because" });
    let body = json!({ "id": "request-number-9", "request": administrate });
    assert_eq!(ada.post("/api/ask", &body).await.status(), StatusCode::BAD_REQUEST, "a phone has no word for it");
}

#[tokio::test]
async fn a_phone_is_the_same_person_after_the_room_was_opened_again() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let before: Value = ada.state().await.json().await.unwrap();
    let Scenario { _folder, live, room, .. } = scenario;
    let (address, code) = (room.address(), room.code().to_owned());
    room.close().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "the port is closed");

    let room = Room::open(live, LOOPBACK, PAGE).await.unwrap();
    assert_eq!((room.address(), room.code()), (address, code.as_str()), "the same port and the same code");
    let after: Value = ada.state().await.json().await.unwrap();
    assert_eq!(after["own"]["participant"], before["own"]["participant"]);
}

#[tokio::test]
async fn connected_phones_are_counted_while_their_stream_lasts() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let mut connected = scenario.room.connected();
    let stream = ada.http.get(format!("{}/api/stream", ada.base)).send().await.unwrap();
    connected.wait_for(|count| *count == 1).await.unwrap();
    drop(stream);
    connected.wait_for(|count| *count == 0).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_is_given_only_where_it_is_turned_on_and_only_to_those_in_the_room() {
    let mut scenario = Scenario::open().await;
    let asked = json!({ "text": "Bob should have checked the disk.", "prose": "note" });
    let stranger = scenario.phone().post("/api/hint", &asked).await;
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
    let phone = scenario.joined().await;
    let hint = |answer: Response| async { answer.json::<Value>().await.unwrap() };
    assert_eq!(hint(phone.post("/api/hint", &asked).await).await, Value::Null, "candour comes first: off by default");
    scenario.facilitator(Request::Edit { edit: meeting::Edit::PhoneHints { on: true } }).await;
    let given = hint(phone.post("/api/hint", &asked).await).await;
    assert!(given["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{given}");
    assert!(!given["reword"].as_str().unwrap_or_default().contains("Bob"), "a rewording names nobody: {given}");
    let plain = json!({ "text": "The disk was full.", "prose": "note" });
    assert_eq!(hint(phone.post("/api/hint", &plain).await).await, Value::Null);
    assert_eq!(phone.post("/api/hint", &json!({ "text": 7 })).await.status(), StatusCode::BAD_REQUEST);
}
