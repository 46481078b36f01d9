//! A hostile phone: whatever it sends is refused clearly or dropped, and changes nothing it may not change.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use fixture::raw::{self, post, request, send};
use fixture::{Scenario, ballot, code_of};
use meeting::{Request, Section};
use reqwest::StatusCode;
use room::Limits;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

const ID: &str = "request-number-1";

#[tokio::test]
async fn unreadable_and_oversized_bodies_are_refused() {
    let (mut scenario, _) = Scenario::voting(Limits::default(), 3).await;
    scenario.facilitator(Request::EnterSection { section: Section::WentPoorly }).await;
    let ada = scenario.joined().await;
    let address = scenario.room.address();
    let before = scenario.live.snapshot().revision;
    let ask = |request: &str| format!(r#"{{"id":"{ID}","request":{request}}}"#).into_bytes();
    let deep = |open: &str, close: &str| [open.repeat(5_000), close.repeat(5_000)].concat();
    for (what, body, status) in [
        ("no JSON", b"{".to_vec(), 400),
        ("nothing", b"".to_vec(), 400),
        ("a form", b"a=b".to_vec(), 400),
        ("two values", b"{}{}".to_vec(), 400),
        (
            "invalid UTF-8",
            ask("{\"type\":\"rename\",\"name\":\"\u{e9}\"}").iter().filter(|b| **b != 0xc3).copied().collect(),
            400,
        ),
        ("a bare NUL", ask("{\"type\":\"rename\",\"name\":\"\0\"}"), 400),
        ("half a surrogate", ask(r#"{"type":"rename","name":"\ud800"}"#), 400),
        ("a byte order mark", [b"\xef\xbb\xbf".to_vec(), ask("{}")].concat(), 400),
        ("deep lists", deep("[", "]").into_bytes(), 400),
        ("deep objects", ask(&deep("{\"a\":", "}"))[..14_000].to_vec(), 400),
        ("a number for an id", br#"{"id":7,"request":{"type":"rename","name":null}}"#.to_vec(), 400),
        ("an empty id", r#"{"id":"","request":{"type":"rename","name":null}}"#.into(), 400),
        ("an id of signs", r#"{"id":"';DROP TABLE notes;--","request":{"type":"rename","name":null}}"#.into(), 400),
        ("a number for a name", ask(r#"{"type":"rename","name":7}"#), 400),
        ("a list for a request", ask("[]"), 400),
        ("an unknown field", ask(r#"{"type":"rename","name":null,"admin":true}"#), 400),
        ("a field twice", ask(r#"{"type":"rename","name":null,"name":"a"}"#), 400),
        ("a facilitator's word", ask(r#"{"type":"end-meeting","reason":"because"}"#), 400),
        ("an application's word", ask(r#"{"type":"join","name":"a"}"#), 400),
        ("negative dots", ask(r#"{"type":"vote","round":1,"ballot":{"revision":1,"dots":[[1,-1]]}}"#), 400),
        ("256 dots", ask(r#"{"type":"vote","round":1,"ballot":{"revision":1,"dots":[[1,256]]}}"#), 400),
        ("half a dot", ask(r#"{"type":"vote","round":1,"ballot":{"revision":1,"dots":[[1,0.5]]}}"#), 400),
        ("endless dots", ask(r#"{"type":"vote","round":1,"ballot":{"revision":1,"dots":[[1,1e999]]}}"#), 400),
        ("a foreign round", ask(r#"{"type":"vote","round":999,"ballot":{"revision":1,"dots":[]}}"#), 409),
        ("a long name", ask(&format!(r#"{{"type":"rename","name":"{}"}}"#, "a".repeat(61))), 409),
        (
            "a draft that is a path",
            ask(r#"{"type":"write","draft":"../x","kind":{"type":"went-poorly"},"text":"a"}"#),
            409,
        ),
        (
            "a note while nobody writes",
            ask(r#"{"type":"write","draft":"d","kind":{"type":"went-poorly"},"text":"a"}"#),
            409,
        ),
        (
            "a poll that is not open",
            ask(r#"{"type":"answer-poll","answer":{"learned":true,"again":true,"candour":9,"improve":""}}"#),
            409,
        ),
        ("just too much", vec![b' '; 16 * 1024 + 1], 413),
        ("ten megabytes", vec![b' '; 10_000_000], 413),
    ] {
        let length = format!("cookie: {}\r\ncontent-length: {}\r\n", ada.cookie, body.len());
        let bytes = [request(address, "POST /api/ask", &length, "").into_bytes(), body].concat();
        let Some(answer) = send(address, bytes).await else {
            assert_eq!(status, 413, "{what}: only what is too long to be read to its end may be cut off");
            continue;
        };
        assert_eq!(answer.status, status, "{what}: {answer:?}");
        answer.assert_protected(what);
        assert!(!answer.code().is_empty(), "{what}");
    }
    assert_eq!(scenario.live.snapshot().revision, before, "nothing of it changed anything");
}

#[tokio::test]
async fn ten_megabytes_that_never_said_how_many_they_are_are_not_taken() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let address = scenario.room.address();
    for end in ["0\r\n\r\n", ""] {
        let mut stream = raw::connect(address).await;
        let more = format!("cookie: {}\r\ntransfer-encoding: chunked\r\n", ada.cookie);
        stream.write_all(request(address, "POST /api/ask", &more, "").as_bytes()).await.unwrap();
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        let mut taken = 0;
        while taken < 10_000_000 && stream.write_all(chunk.as_bytes()).await.is_ok() {
            taken += chunk.len();
        }
        let _ = stream.write_all(end.as_bytes()).await;
        assert!(taken < 5_000_000, "no more was taken than fits between two systems: {taken}");
    }
    assert_eq!(ada.state().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_request_is_refused_with_the_headers_or_dropped_and_never_answered_twice() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let address = scenario.room.address();
    let cookie = &ada.cookie;
    let rename = format!(r#"{{"id":"{ID}","request":{{"type":"rename","name":"smuggled"}}}}"#);
    let smuggled = post(address, "/api/ask", cookie, &rename);
    let host = format!("host: {address}\r\n");
    let get = |more: &str| format!("GET / HTTP/1.1\r\n{host}{more}\r\n").into_bytes();
    let ask = |more: &str, rest: &str| {
        let more = format!("cookie: {cookie}\r\n{more}");
        [request(address, "POST /api/ask", &more, ""), rest.to_owned()].concat().into_bytes()
    };
    let length = smuggled.len();
    for (what, bytes) in [
        ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("HTTP/2 outright", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("HTTP/2 by name", format!("GET / HTTP/2.0\r\n{host}\r\n").into_bytes()),
        ("HTTP/1.0", format!("GET / HTTP/1.0\r\n{host}\r\n").into_bytes()),
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec()),
        ("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        ("NULs", vec![0; 200]),
        ("a NUL in a header", get("x: a\0b\r\n")),
        ("a NUL in the target", b"GET /\0 HTTP/1.1\r\n\r\n".to_vec()),
        ("invalid UTF-8 in the target", b"GET /\xff\xfe HTTP/1.1\r\n\r\n".to_vec()),
        ("a bare carriage return", get("x: a\rb: c\r\n")),
        ("a folded header", get("x: a\r\n b\r\n")),
        ("a space before the colon", get("content-length : 5\r\n")),
        ("a header without a name", get(": a\r\n")),
        ("a header without a colon", get("abc\r\n")),
        ("a huge header", get(&format!("x: {}\r\n", "a".repeat(100_000)))),
        ("a thousand headers", get(&"x: a\r\n".repeat(1_000))),
        ("a huge target", format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(100_000)).into_bytes()),
        ("a bad target", b"GET http://[::1 HTTP/1.1\r\n\r\n".to_vec()),
        ("a negative length", ask("content-length: -1\r\n", &smuggled)),
        ("a signed length", ask("content-length: +5\r\n", &smuggled)),
        ("a length in hexadecimal", ask("content-length: 0x5\r\n", &smuggled)),
        ("an endless length", ask("content-length: 99999999999999999999\r\n", &smuggled)),
        ("two lengths", ask(&format!("content-length: 0\r\ncontent-length: {length}\r\n"), &smuggled)),
        ("two lengths in one", ask(&format!("content-length: 0, {length}\r\n"), &smuggled)),
        (
            "length before chunks",
            ask("content-length: 5\r\ntransfer-encoding: chunked\r\n", &format!("0\r\n\r\n{smuggled}")),
        ),
        (
            "chunks before length",
            ask("transfer-encoding: chunked\r\ncontent-length: 5\r\n", &format!("0\r\n\r\n{smuggled}")),
        ),
        (
            "chunks hidden by a tab",
            ask("transfer-encoding:\tchunked\r\ncontent-length: 5\r\n", &format!("0\r\n\r\n{smuggled}")),
        ),
        (
            "chunks twice",
            ask("transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n", &format!("0\r\n\r\n{smuggled}")),
        ),
        ("an unknown coding", ask("transfer-encoding: xchunked\r\n", &format!("0\r\n\r\n{smuggled}"))),
        ("a coding after chunks", ask("transfer-encoding: chunked, identity\r\n", &format!("0\r\n\r\n{smuggled}"))),
        ("bad chunks", ask("transfer-encoding: chunked\r\n", &format!("zz\r\n{smuggled}"))),
    ] {
        let mut stream = raw::connect(address).await;
        let _ = stream.write_all(&bytes).await;
        let first = raw::answer(&mut stream).await;
        if let Some(answer) = &first {
            assert!((400..500).contains(&answer.status) || answer.status == 505, "{what}: {answer:?}");
            answer.assert_protected(what);
            assert!(!answer.code().is_empty(), "{what}");
        }
        let second = raw::answer(&mut stream).await;
        assert!(second.is_none(), "{what} was taken for two requests: {first:?}, {second:?}");
    }
    assert_eq!(ada.own().await["name"], Value::Null, "nothing was smuggled in");
}

#[tokio::test]
async fn what_is_no_request_but_comes_behind_one_is_refused_with_the_headers_too() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    let mut stream = raw::connect(address).await;
    let bytes = [request(address, "GET /", "", ""), "NO REQUEST\r\n\r\n".to_owned()].concat();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    assert_eq!(raw::answer(&mut stream).await.unwrap().body, "<!doctype html>");
    let refused = raw::answer(&mut stream).await.unwrap();
    assert_eq!((refused.status, refused.headers["connection"].as_str()), (400, "close"));
    refused.assert_protected("behind a request");
    assert_eq!(raw::drain(&mut stream).await, b"");
}

#[tokio::test]
async fn requests_sent_in_one_go_are_answered_in_their_order() {
    let scenario = Scenario::open().await;
    let cookie = scenario.joined().await.cookie;
    let address = scenario.room.address();
    let rename = |number: u32| {
        let body = json!({ "id": format!("request-number-{number}"), "request": { "type": "rename", "name": format!("N{number}") } });
        post(address, "/api/ask", &cookie, &body.to_string())
    };
    let mut stream = raw::connect(address).await;
    let all: String = (0..50).map(rename).collect();
    stream.write_all(all.as_bytes()).await.unwrap();
    for number in 0..50 {
        let answer = raw::answer(&mut stream).await.unwrap();
        let state: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((answer.status, state["own"]["name"].as_str()), (200, Some(format!("N{number}").as_str())));
    }
}

#[tokio::test]
async fn script_in_every_field_comes_back_as_text_in_json_and_cannot_forge_an_event() {
    const SCRIPT: &str = "</script><img src=x onerror=alert(1)>\n\nevent: gone\ndata: {}\n\n\u{2028}";
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    scenario.facilitator(Request::EnterSection { section: Section::Timeline }).await;
    let granted = |response: reqwest::Response| {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        response.json::<Value>()
    };
    let short: String = SCRIPT.chars().take(60).collect();
    granted(ada.ask(json!({ "type": "rename", "name": short })).await).await.unwrap();
    let recollected = json!({ "type": "recollect", "draft": "d-1", "when": &short[..30], "text": SCRIPT });
    granted(ada.ask(recollected).await).await.unwrap();
    granted(ada.ask(json!({ "type": "confide", "text": SCRIPT })).await).await.unwrap();
    scenario.facilitator(Request::EnterSection { section: Section::WentPoorly }).await;
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly }).await;
    let own = granted(ada.write(SCRIPT).await).await.unwrap()["own"].clone();
    for field in [&own["name"], &own["recollections"][0]["text"], &own["confided"], &own["notes"][0]["text"]] {
        assert!(field.as_str().unwrap().starts_with("</script><img src=x onerror=alert(1)>"), "{field}");
    }
    let streamed = ada.stream(1).await;
    let events: Vec<&str> = streamed.lines().filter(|line| line.starts_with("event:")).collect();
    assert!(streamed.contains("onerror"), "{streamed}");
    assert_eq!(events, ["event: state"], "no text becomes an event of its own: {streamed}");

    for refused in [
        ada.ask(json!({ "type": SCRIPT })).await,
        ada.get("/%3Cscript%3Ealert(1)%3C/script%3E").await,
        scenario.phone().post("/api/join", &json!({ "code": SCRIPT })).await,
        scenario.phone().post("/api/join", &json!({ "id": SCRIPT, "key": scenario.key() })).await,
    ] {
        assert_eq!(refused.headers()["content-type"], "application/json");
        let body = refused.text().await.unwrap();
        assert!(!body.contains("alert"), "nothing is echoed: {body}");
    }
}

#[tokio::test]
async fn replayed_reordered_and_copied_requests_change_nothing_more() {
    let (mut scenario, round) = Scenario::voting(Limits::default(), 3).await;
    let ada = scenario.joined().await;
    let ben = scenario.joined().await;
    let thief = scenario.copied(&ada);
    let option = |index: usize| [(round.options[index].0, 1)];
    let newest = ballot("request-number-9", &round, 9, &option(2));
    assert_eq!(ada.post("/api/ask", &newest).await.status(), StatusCode::OK);
    let older = ballot("request-number-8", &round, 8, &option(0));
    assert_eq!(code_of(ada.post("/api/ask", &older).await).await, "ballot-outdated", "overtaken on its way");
    assert_eq!(thief.post("/api/ask", &newest).await.status(), StatusCode::OK, "a replay is answered");
    // The same name from another person is another request.
    let of_ben = ballot("request-number-9", &round, 1, &option(1));
    assert_eq!(ben.post("/api/ask", &of_ben).await.status(), StatusCode::OK);
    assert_eq!(ben.own().await["ballot"]["dots"], json!([[round.options[1].0, 1]]));

    // Whoever copies a token is that person, with that person's one ballot.
    let stolen = ballot("request-number-10", &round, 10, &option(0));
    assert_eq!(thief.post("/api/ask", &stolen).await.status(), StatusCode::OK);
    assert_eq!(thief.post("/api/join", &json!({ "key": scenario.key() })).await.status(), StatusCode::OK);
    assert_eq!(scenario.people(), 2);
    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let result = scenario.live.snapshot().meeting.unwrap().rounds[0].result.clone().unwrap();
    let dots: Vec<u32> = result.tally.iter().map(|option| option.dots).collect();
    assert_eq!((result.ballots, dots.iter().sum::<u32>()), (2, 2));
    assert_eq!(
        code_of(thief.post("/api/ask", &ballot("request-number-11", &round, 11, &option(0))).await).await,
        "voting-closed"
    );
}

#[tokio::test]
async fn a_cookie_of_another_room_on_the_same_computer_does_not_hide_ours() {
    let scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let address = scenario.room.address();
    let foreign = format!("debrief={}", "F".repeat(52));
    for cookies in [format!("{foreign}; {}", ada.cookie), format!("a=b; {};{foreign}", ada.cookie)] {
        let more = format!("cookie: {cookies}\r\n");
        assert_eq!(send(address, request(address, "GET /api/state", &more, "")).await.unwrap().status, 200);
    }
    for stranger in [foreign.clone(), ada.cookie.to_lowercase(), format!("x{}", ada.cookie), "debrief=".into()] {
        let more = format!("cookie: {stranger}\r\n");
        assert_eq!(send(address, request(address, "GET /api/state", &more, "")).await.unwrap().status, 401);
    }
}
