//! What every request must name and every answer carries, on every route and every way to fail.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use fixture::raw::{self, post, request, send};
use fixture::{PAGE, Scenario};
use meeting::Request;
use reqwest::{Client, StatusCode, header};
use serde_json::json;

/// Every route with the method it answers to, but for the page without scripts, which `plain.rs` looks at.
const ROUTES: [(&str, &str); 12] = [
    ("GET", "/"),
    ("GET", "/phone.js"),
    ("GET", "/recollect.js"),
    ("GET", "/phone.css"),
    ("GET", "/plain.css"),
    ("GET", "/plain.js"),
    ("GET", "/favicon.ico"),
    ("GET", "/api/state"),
    ("GET", "/api/stream"),
    ("POST", "/api/join"),
    ("POST", "/api/ask"),
    ("POST", "/api/hint"),
];

#[tokio::test]
async fn only_the_address_that_was_shown_is_answered_however_it_is_named() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    let (ip, port) = (address.ip(), address.port());
    let get = |target: &str, hosts: &[&str]| {
        let hosts: String = hosts.iter().map(|host| format!("host: {host}\r\n")).collect();
        send(address, format!("GET {target} HTTP/1.1\r\n{hosts}\r\n"))
    };
    let shown = address.to_string();
    let named = format!("localhost:{port}");
    for host in [&shown, &named] {
        assert_eq!(get("/", &[host]).await.unwrap().status, 200, "{host}");
        assert_eq!(get(&format!("http://{host}/"), &[host]).await.unwrap().status, 200, "{host}");
    }

    for foreign in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("{ip}"),
        format!("{ip}:"),
        format!("{ip}:80"),
        format!("{ip}:0{port}"),
        format!("{ip}.:{port}"),
        format!("127.1:{port}"),
        format!("127.0.0.2:{port}"),
        format!("2130706433:{port}"),
        format!("0x7f000001:{port}"),
        format!("0.0.0.0:{port}"),
        format!("[::1]:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        format!("localhost.:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("{ip}.evil.example:{port}"),
        format!("user@{shown}"),
        format!("{shown}@evil.example"),
        format!("{shown}, evil.example"),
        format!("http://{shown}"),
        format!("{shown}/"),
        format!("{shown}#"),
        "null".to_owned(),
        String::new(),
    ] {
        let answer = get("/", &[&foreign]).await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (421, "wrong-host"), "{foreign:?}");
        answer.assert_protected(&foreign);
    }

    for target in [
        "http://evil.example/".to_owned(),
        format!("http://{ip}:80/"),
        format!("http://user@{shown}/"),
        format!("http://user:word@{shown}/"),
        format!("https://{shown}/"),
    ] {
        let answer = get(&target, &[&shown]).await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (421, "wrong-host"), "{target}");
        answer.assert_protected(&target);
    }

    for (hosts, name) in [
        (&[][..], "none"),
        (&[shown.as_str(), "evil.example"][..], "ours first"),
        (&["evil.example", shown.as_str()][..], "ours last"),
        (&[shown.as_str(), shown.as_str()][..], "ours twice"),
    ] {
        let answer = get("/", hosts).await.unwrap();
        assert_eq!((answer.status, answer.code().as_str()), (400, "wrong-host"), "{name}");
        answer.assert_protected(name);
    }
}

#[tokio::test]
async fn a_change_needs_our_origin_and_our_header_on_every_route_and_method() {
    let scenario = Scenario::open().await;
    let cookie = scenario.joined().await.cookie;
    let address = scenario.room.address();
    let ours = format!("http://{address}");
    let port = address.port();
    let cases: Vec<(Vec<String>, bool)> = vec![
        (vec![], true),
        (vec![ours.clone()], false),
        (vec!["http://evil.example".into()], true),
        (vec!["null".into()], true),
        (vec![ours.to_uppercase()], true),
        (vec![format!("https://{address}")], true),
        (vec![format!("{ours}/")], true),
        (vec![format!("http://127.0.0.1:{}", port ^ 1)], true),
        (vec![format!("http://localhost.evil.example:{port}")], true),
        (vec![ours.clone(), "http://evil.example".into()], true),
    ];
    for (method, path) in
        ROUTES.iter().flat_map(|(_, path)| ["POST", "PUT", "DELETE", "PATCH", "NONSENSE"].map(|method| (method, path)))
    {
        for (origins, own_header) in &cases {
            let origins: String = origins.iter().map(|origin| format!("origin: {origin}\r\n")).collect();
            let own = if *own_header { "x-debrief: 1\r\n" } else { "" };
            let more = format!("{origins}{own}cookie: {cookie}\r\ncontent-length: 0\r\nconnection: close\r\n");
            let bytes = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\n{more}\r\n");
            let answer = send(address, &bytes).await.unwrap();
            assert_eq!((answer.status, answer.code().as_str()), (403, "foreign-origin"), "{bytes}");
            answer.assert_protected(&bytes);
        }
    }
    assert_eq!(scenario.people(), 1);
}

#[tokio::test]
async fn methods_that_a_route_does_not_answer_to_are_refused_with_those_it_does() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    for (answered, path) in ROUTES {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "NONSENSE"] {
            if method == answered || (method, answered) == ("HEAD", "GET") {
                continue;
            }
            let line = if method == "CONNECT" { format!("CONNECT {address}") } else { format!("{method} {path}") };
            let more = "access-control-request-method: POST\r\ncontent-length: 0\r\nconnection: close\r\n";
            let answer = send(address, request(address, &line, more, "")).await.unwrap();
            answer.assert_protected(&line);
            if method == "CONNECT" {
                assert_eq!(answer.status, 404, "{line}");
                continue;
            }
            assert_eq!(answer.status, 405, "{line}");
            let allowed = if answered == "GET" { "GET,HEAD" } else { "POST" };
            assert_eq!(answer.headers.get("allow").map(String::as_str), Some(allowed), "{line}");
            assert!(!answer.body.contains("access-control"), "nothing is echoed: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn head_is_answered_as_get_is_without_the_body() {
    let scenario = Scenario::open().await;
    let cookie = scenario.joined().await.cookie;
    let address = scenario.room.address();
    for (_, path) in ROUTES.iter().filter(|(method, _)| *method == "GET") {
        let more = format!("cookie: {cookie}\r\nconnection: close\r\n");
        let mut stream = raw::connect(address).await;
        let head = request(address, &format!("HEAD {path}"), &more, "");
        tokio::io::AsyncWriteExt::write_all(&mut stream, head.as_bytes()).await.unwrap();
        let sent = String::from_utf8(raw::drain(&mut stream).await).unwrap();
        assert!(sent.starts_with("HTTP/1.1 20") && sent.ends_with("\r\n\r\n"), "{path}: {sent}");
        assert_eq!(sent.matches("\r\n\r\n").count(), 1, "{path}: {sent}");
    }
    assert_eq!(*scenario.room.connected().borrow(), 0, "a stream that is only asked about is not followed");
}

#[tokio::test]
async fn every_route_and_every_way_to_fail_carries_the_headers() {
    let scenario = Scenario::open().await;
    let cookie = scenario.joined().await.cookie;
    let address = scenario.room.address();
    let close = "connection: close\r\n";
    let mut asked: Vec<(u16, String)> = vec![
        (404, request(address, "GET /nowhere", close, "")),
        (404, request(address, "GET /../etc/passwd", close, "")),
        (404, request(address, "GET /%2e%2e/%2e%2e/etc/passwd", close, "")),
        (404, request(address, "GET //phone.js", close, "")),
        (404, request(address, "GET /api/", close, "")),
        (404, request(address, "OPTIONS *", close, "")),
        (505, format!("GET / HTTP/1.0\r\nhost: {address}\r\n\r\n")),
        (411, request(address, "POST /api/ask", "transfer-encoding: chunked\r\n", "0\r\n\r\n")),
        (413, post(address, "/api/ask", &cookie, &" ".repeat(16 * 1024 + 1))),
        (400, post(address, "/api/ask", &cookie, "{")),
        (400, post(address, "/api/join", "", "{")),
        (400, post(address, "/api/hint", &cookie, "{")),
        (403, post(address, "/api/join", "", r#"{"code":"222222"}"#)),
        (401, post(address, "/api/ask", "debrief=stranger", "{}")),
        (401, post(address, "/api/hint", "", "{}")),
        (
            409,
            post(
                address,
                "/api/ask",
                &cookie,
                &format!(
                    r#"{{"id":"{}","request":{{"type":"vote","round":9,"ballot":{{"revision":1,"dots":[]}}}}}}"#,
                    "x".repeat(16)
                ),
            ),
        ),
        (415, post(address, "/api/ask", &cookie, "{}").replace("application/json", "text/plain")),
    ];
    for (method, path) in ROUTES {
        let (status, more) = match (method, path) {
            (_, "/favicon.ico") => (204, close.to_owned()),
            ("GET", "/api/state" | "/api/stream") => {
                asked.push((401, request(address, &format!("GET {path}"), close, "")));
                (200, format!("cookie: {cookie}\r\n{close}"))
            }
            ("GET", _) => (200, close.to_owned()),
            _ => continue,
        };
        asked.push((status, request(address, &format!("{method} {path}"), &more, "")));
    }
    let granted = [("/api/join", "{}"), ("/api/hint", r#"{"text":"a","prose":"note"}"#)];
    asked.extend(granted.map(|(path, body)| (200, post(address, path, &cookie, body))));
    for (status, bytes) in asked {
        let what: String = bytes.chars().take(400).collect();
        let answer = send(address, &bytes).await.unwrap_or_else(|| panic!("dropped: {what}"));
        assert_eq!(answer.status, status, "{what}: {answer:?}");
        answer.assert_protected(&what);
        if status >= 400 {
            assert!(!answer.code().is_empty(), "{what}");
            assert_eq!(answer.headers["content-type"], "application/json", "{what}");
        }
    }
}

#[tokio::test]
async fn every_answer_says_what_it_is() {
    let scenario = Scenario::open().await;
    let phone = scenario.joined().await;
    for (path, expected) in [
        ("/", "text/html; charset=utf-8"),
        ("/plain", "text/html; charset=utf-8"),
        ("/phone.js", "text/javascript; charset=utf-8"),
        ("/recollect.js", "text/javascript; charset=utf-8"),
        ("/plain.js", "text/javascript; charset=utf-8"),
        ("/phone.css", "text/css; charset=utf-8"),
        ("/plain.css", "text/css; charset=utf-8"),
        ("/api/state", "application/json"),
        ("/api/stream", "text/event-stream"),
    ] {
        let answer = phone.get(path).await;
        assert_eq!(
            (answer.status(), &answer.headers()["content-type"]),
            (StatusCode::OK, &header::HeaderValue::from_static(expected)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn whoever_was_taken_out_is_answered_nowhere_and_the_others_are() {
    let mut scenario = Scenario::open().await;
    let (out, other) = (scenario.joined().await, scenario.joined().await);
    let participant = scenario.live.snapshot().meeting.unwrap().participants[0].id;
    scenario.facilitator(Request::Remove { participant }).await;
    let asks = [
        ("/api/hint", json!({ "text": "a", "prose": "note" })),
        ("/api/ask", json!({ "id": "x".repeat(16), "request": { "type": "rename", "name": "Ada" } })),
    ];
    for (path, body) in &asks {
        assert_eq!(out.post(path, body).await.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(other.post(path, body).await.status(), StatusCode::OK, "{path}");
    }
    assert_eq!(out.state().await.status(), StatusCode::UNAUTHORIZED);
    let streamed = out.stream_until(|sent| sent.contains("event: gone")).await;
    assert!(!streamed.contains("event: state"), "{streamed}");
}

#[tokio::test]
async fn the_end_of_the_meeting_ends_every_session() {
    let mut scenario = Scenario::open().await;
    let phone = scenario.joined().await;
    let id = scenario.live.snapshot().meeting.unwrap().id.clone();
    scenario.facilitator(Request::EndMeeting { reason: "It is late".into() }).await;
    // Until the post-mortem is closed, phones that are still there may read the farewell.
    scenario.live.close().await.unwrap();
    scenario.live.open(id).await.unwrap();
    let scenario = scenario.reopen().await;
    let mut back = scenario.copied(&phone);
    back.base = format!("http://{}", scenario.room.address());
    assert_eq!(back.state().await.status(), StatusCode::UNAUTHORIZED);
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
