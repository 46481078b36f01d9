//! The meeting without scripts: forms and cookies as a browser sends them, over real sockets.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use std::collections::HashMap;

use fixture::raw::{request, send};
use fixture::{Scenario, cookie_of};
use meeting::{ActionCategory, Edit, Priority, Request, RoomRule, Section};
use reqwest::{Client, StatusCode, header};

/// A browser without scripts: it follows links back to the page, keeps cookies, and sends the fields of its forms.
struct Browser {
    http: Client,
    base: String,
}

/// A page as it came.
struct Shown {
    status: StatusCode,
    html: String,
}

impl Shown {
    /// Returns the forms of the page, each as what stands between its tags.
    fn forms(&self) -> Vec<&str> {
        self.html.split("<form ").skip(1).map(|form| form.split("</form>").next().unwrap()).collect()
    }

    /// Returns the hidden fields of the first form that has a button for `act`.
    fn hidden(&self, act: &str) -> HashMap<String, String> {
        let button = format!("value=\"{act}\"");
        let form = self.forms().into_iter().find(|form| form.contains(&button));
        let form = form.unwrap_or_else(|| panic!("no form to {act}: {}", self.html));
        let hidden = form.split("<input type=\"hidden\" name=\"").skip(1);
        hidden
            .map(|field| {
                let (name, rest) = field.split_once("\" value=\"").unwrap();
                (name.to_owned(), rest.split_once('"').unwrap().0.to_owned())
            })
            .collect()
    }

    fn refreshes(&self) -> bool {
        self.html.contains("http-equiv=\"refresh\" content=\"15; url=/plain\"")
    }

    #[track_caller]
    fn assert_says(&self, words: &str) {
        assert!(self.html.contains(words), "{words:?} is not in {}", self.html);
    }

    #[track_caller]
    fn assert_silent_about(&self, words: &str) {
        assert!(!self.html.contains(words), "{words:?} is in {}", self.html);
    }
}

impl Browser {
    fn of(scenario: &Scenario) -> Self {
        let base = format!("http://{}", scenario.room.address());
        Self { http: Client::builder().cookie_store(true).build().unwrap(), base }
    }

    async fn joined(scenario: &Scenario, name: &str) -> Self {
        let browser = Self::of(scenario);
        let shown = browser.open().await;
        let shown = browser.send(&shown, "join", &[("code", scenario.room.code()), ("name", name)]).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.html);
        browser
    }

    async fn open(&self) -> Shown {
        shown(self.http.get(format!("{}/plain", self.base)).send().await.unwrap()).await
    }

    /// Sends a form of a page as a browser does, and follows the way back.
    async fn send(&self, page: &Shown, act: &str, typed: &[(&str, &str)]) -> Shown {
        let fields = encoded(&page.hidden(act), act, typed);
        self.post(fields, Some(self.base.clone())).await
    }

    async fn post(&self, fields: String, origin: Option<String>) -> Shown {
        let mut request = self.http.post(format!("{}/plain", self.base)).header(header::CONTENT_TYPE, FORM);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        shown(request.body(fields).send().await.unwrap()).await
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn shown(answer: reqwest::Response) -> Shown {
    let status = answer.status();
    Shown { status, html: answer.text().await.unwrap() }
}

fn encoded(hidden: &HashMap<String, String>, act: &str, typed: &[(&str, &str)]) -> String {
    let mut fields = form_urlencoded::Serializer::new(String::new());
    fields.extend_pairs(hidden).extend_pairs(typed).append_pair("do", act);
    fields.finish()
}

async fn writing(section: Section) -> Scenario {
    let mut scenario = Scenario::open().await;
    scenario.facilitator(Request::EnterSection { section }).await;
    scenario.facilitator(Request::OpenWriting { section }).await;
    scenario
}

#[tokio::test]
async fn a_person_without_scripts_joins_writes_withdraws_votes_and_comes_back() {
    let mut scenario = Scenario::open().await;
    let browser = Browser::of(&scenario);
    let first = browser.open().await;
    first.assert_says("type the code that stands beside it");
    assert!(!first.html.contains("<script") && !first.refreshes(), "a page with fields stands still");
    let wrong = browser.send(&first, "join", &[("code", "222222"), ("name", "Ada")]).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    wrong.assert_says("This code does not open the room.");
    wrong.assert_says("value=\"Ada\"");
    let code = scenario.room.code().to_lowercase();
    let inside = browser.send(&wrong, "join", &[("code", &code), ("name", "Ada")]).await;
    inside.assert_says("You are here as <bdi>Ada</bdi>");
    assert!(inside.refreshes(), "where nothing is typed it looks again by itself");
    assert_eq!(scenario.people(), 1);

    scenario.facilitator(Request::EnterSection { section: Section::WentPoorly }).await;
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly }).await;
    let page = browser.open().await;
    page.assert_says("What made this hard to notice, to understand, to stop?");
    page.assert_says("0 of 1 have written");
    assert!(!page.refreshes());
    let empty = browser.send(&page, "note", &[("text", "  ")]).await;
    assert_eq!(empty.status, StatusCode::CONFLICT);
    empty.assert_says("There is nothing in it yet.");
    let sent = browser.send(&page, "note", &[("text", "The alert\r\ncame late.")]).await;
    sent.assert_says("Sent ✓");
    sent.assert_says("The alert\ncame late.");
    let again = browser.send(&page, "note", &[("text", "The alert\r\ncame late.")]).await;
    assert_eq!(again.forms().len(), 2, "sent twice it is one note: {}", again.html);
    let other = browser.send(&page, "note", &[("text", "Two rotations")]).await;
    assert_eq!(other.forms().len(), 3, "what is typed after going back is another note: {}", other.html);

    let editing = browser.send(&other, "edit", &[]).await;
    editing.assert_says("Change what you sent");
    editing.assert_says("<textarea id=\"text\" name=\"text\" rows=\"4\" maxlength=\"1000\">\nThe alert\ncame late.");
    let changed = browser.send(&editing, "note", &[("text", "The alert came at 14:16.")]).await;
    changed.assert_says("Changed ✓");
    changed.assert_silent_about("came late");
    let withdrawn = browser.send(&changed, "withdraw", &[]).await;
    withdrawn.assert_says("Withdrawn. Nobody has seen it.");
    withdrawn.assert_silent_about("14:16");
    withdrawn.assert_says("Two rotations");

    let scenario = scenario.reopen().await;
    let back = browser.open().await;
    back.assert_says("Two rotations");
    let kept = browser.send(&page, "note", &[("text", "Written before the room was opened again")]).await;
    kept.assert_says("Sent ✓");
    assert_eq!(scenario.people(), 1);
}

#[tokio::test]
async fn dots_are_given_within_the_limits_changed_abstained_from_and_counted_after_the_close() {
    let mut scenario = Scenario::open().await;
    for text in ["Add an alert", "Write a runbook"] {
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scenario.facilitator(Request::AddProposal { text: text.into(), category, priority, addresses: None }).await;
    }
    scenario.facilitator(Request::OpenVote { seats: 3, budget: None }).await;
    let round = scenario.live.snapshot().meeting.unwrap().open_round().unwrap().clone();
    let fields: Vec<String> = round.options.iter().map(|option| format!("dots-{option}")).collect();
    let browser = Browser::joined(&scenario, "").await;
    let page = browser.open().await;
    page.assert_says("Your vote is secret.");
    page.assert_says(&format!("max=\"{}\"", round.budget.per_option));
    assert!(!page.refreshes());

    let vote = async |dots: &[&str]| {
        let typed: Vec<(&str, &str)> = fields.iter().map(String::as_str).zip(dots.iter().copied()).collect();
        browser.send(&page, "vote", &typed).await
    };
    let over = round.budget.per_option + 1;
    for (dots, says) in [
        (["9", ""], "At most"),
        ([over.to_string().as_str(), "0"], "At most"),
        (["", "0"], "No dots are placed yet."),
        (["one", "0"], "whole numbers"),
        (["-1", "0"], "whole numbers"),
    ] {
        let refused = vote(&dots).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{dots:?}");
        refused.assert_says(says);
        refused.assert_says(&format!("value=\"{}\"", dots[0]));
    }
    vote(&["1", "0"]).await.assert_says("Sent ✓ You can change your dots");
    vote(&["0", "1"]).await.assert_says("Sent ✓");
    let abstained = browser.send(&page, "abstain", &[]).await;
    abstained.assert_says("You abstained ✓");
    vote(&["0", "1"]).await.assert_says("Your dots have arrived.");

    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let result = browser.open().await;
    result.assert_says("How the room voted");
    result.assert_says("1 dot from 1 person");
    assert!(result.refreshes());
    let late = vote(&["1", "0"]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_says("The vote is closed.");
    let result = scenario.live.snapshot().meeting.unwrap().rounds[0].result.clone().unwrap();
    let dots: Vec<u32> = result.tally.iter().map(|line| line.dots).collect();
    assert_eq!((result.ballots, dots.iter().sum::<u32>()), (1, 1), "{dots:?}");
}

#[tokio::test]
async fn proposals_luck_and_the_exit_poll_are_sent_by_forms_too() {
    let mut scenario = writing(Section::WentWell).await;
    let browser = Browser::joined(&scenario, "Ada").await;
    let page = browser.open().await;
    let sent = browser.send(&page, "note", &[("text", "An old config was open"), ("kind", "lucky")]).await;
    sent.assert_says("Where we got lucky · An old config was open");
    scenario.facilitator(Request::EnterSection { section: Section::ActionItems }).await;
    scenario.facilitator(Request::OpenWriting { section: Section::ActionItems }).await;
    let page = browser.open().await;
    let typed = [("text", "Alert at 80 %"), ("category", "detection"), ("priority", "nice-to-have")];
    browser.send(&page, "note", &typed).await.assert_says("Nice to have · detection · Alert at 80 %");
    let long = "x".repeat(301);
    let typed = [("text", long.as_str()), ("category", "detection"), ("priority", "must")];
    let refused = browser.send(&page, "note", &typed).await;
    refused.assert_says("300 fit");
    refused.assert_says(&long);

    scenario.facilitator(Request::EnterSection { section: Section::WrapUp }).await;
    scenario.facilitator(Request::OpenPoll {}).await;
    let page = browser.open().await;
    let half = browser.send(&page, "poll", &[("learned", "yes"), ("improve", "More time")]).await;
    half.assert_says("Say yes or no to the first two questions.");
    half.assert_says("More time");
    let all = [("learned", "yes"), ("again", "no"), ("freely", "4"), ("improve", "More time")];
    let sent = browser.send(&page, "poll", &all).await;
    sent.assert_says("Sent ✓");
    for chosen in ["name=\"learned\" value=\"yes\" checked", "name=\"freely\" value=\"4\" checked", "More time"] {
        sent.assert_says(chosen);
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_whatever_it_carries() {
    let scenario = writing(Section::WentPoorly).await;
    let (ada, eve) = (Browser::joined(&scenario, "Ada").await, Browser::joined(&scenario, "Eve").await);
    let (page, foreign) = (ada.open().await, eve.open().await);
    let note = |hidden: &HashMap<String, String>| encoded(hidden, "note", &[("text", "xyzzy")]);
    let own = page.hidden("note");
    let ours = ada.base.clone();

    for origin in ["http://evil.example", "null", "", &ours.replace("http:", "https:"), &format!("{ours}/")] {
        let refused = ada.post(note(&own), Some(origin.to_owned())).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{origin:?}");
        refused.assert_says("foreign-origin");
    }
    let without = |token: Option<&str>| {
        let mut hidden = own.clone();
        hidden.remove("form");
        hidden.extend(token.map(|token| ("form".to_owned(), token.to_owned())));
        note(&hidden)
    };
    let join_page = Browser::of(&scenario).open().await;
    for token in
        [None, Some(""), Some("0"), Some(&foreign.hidden("note")["form"]), Some(&join_page.hidden("join")["form"])]
    {
        for origin in [None, Some(ours.clone())] {
            let refused = ada.post(without(token), origin).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{token:?}");
            refused.assert_says("This page has grown old");
            refused.assert_silent_about("xyzzy");
        }
    }
    // What another site can make a browser send comes without the cookie.
    let bare = Client::new().post(format!("{ours}/plain")).header(header::CONTENT_TYPE, FORM).body(note(&own));
    assert_eq!(bare.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    ada.open().await.assert_silent_about("xyzzy");
    let (state, json) = (scenario.joined().await, serde_json::json!({}));
    assert_eq!(state.post("/plain", &json).await.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "no JSON here");

    // A browser that sends no origin with a form is known by the token alone.
    let old = ada.post(note(&own), None).await;
    assert_eq!(old.status, StatusCode::OK);
    old.assert_says("Sent ✓");
}

#[tokio::test]
async fn forms_are_taken_at_one_address_alone_and_a_foreign_join_lets_nobody_in() {
    let scenario = Scenario::open().await;
    let browser = Browser::of(&scenario);
    let page = browser.open().await;
    let fields = encoded(&page.hidden("join"), "join", &[("code", scenario.room.code())]);
    for path in ["/", "/plain/", "/plain.css", "/api/join", "/api/ask"] {
        let post = browser.http.post(format!("{}{path}", browser.base)).header(header::CONTENT_TYPE, FORM);
        let refused = post.header(header::ORIGIN, &browser.base).body(fields.clone()).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path}");
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        let address = scenario.room.address();
        let bytes = format!(
            "{method} /plain HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncontent-length: 0\r\n\r\n"
        );
        assert_eq!(send(address, bytes).await.unwrap().status, 403, "{method}");
    }
    // A page that has learned the code makes somebody's browser join: it has no token for that browser.
    let victim = Browser::of(&scenario);
    victim.open().await;
    assert_eq!(victim.post(fields, None).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scenario.people(), 0);
}

#[tokio::test]
async fn a_code_is_guessed_no_more_often_by_forms_and_locked_joining_is_locked_here_too() {
    let mut scenario = Scenario::open().await;
    let browser = Browser::of(&scenario);
    let page = browser.open().await;
    let guess = async || browser.send(&page, "join", &[("code", "222222")]).await.status;
    for attempt in 0..6 {
        assert_eq!(guess().await, StatusCode::FORBIDDEN, "{attempt}");
    }
    assert_eq!(guess().await, StatusCode::TOO_MANY_REQUESTS, "a phone pays for itself, as with scripts");
    let other = Browser::joined(&scenario, "Ben").await;
    let edit = Edit::RoomRule { rule: RoomRule::JoiningLocked, on: true };
    scenario.facilitator(Request::Edit { edit }).await;
    let late = Browser::of(&scenario);
    let refused = late.send(&late.open().await, "join", &[("code", scenario.room.code())]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.assert_says("The facilitator has locked joining.");
    other.open().await.assert_says("You are here as");
}

#[tokio::test]
async fn a_join_that_is_sent_twice_is_one_person_and_the_cookies_stay_on_this_site() {
    let scenario = Scenario::open().await;
    let bare = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let base = format!("http://{}", scenario.room.address());
    let page = bare.get(format!("{base}/plain")).send().await.unwrap();
    let mark = cookie_of(&page);
    assert!(page.headers()["set-cookie"].to_str().unwrap().ends_with("HttpOnly; SameSite=Lax"));
    let page = shown(page).await;
    let fields = encoded(&page.hidden("join"), "join", &[("code", scenario.room.code()), ("name", "Ada")]);
    let join = async || {
        let post = bare.post(format!("{base}/plain")).header(header::CONTENT_TYPE, FORM).header(header::COOKIE, &mark);
        post.body(fields.clone()).send().await.unwrap()
    };
    let (first, second) = (join().await, join().await);
    for answer in [&first, &second] {
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], "/plain");
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    }
    assert_eq!(cookie_of(&first), cookie_of(&second));
    assert_eq!(scenario.people(), 1);
}

#[tokio::test]
async fn hostile_text_comes_back_as_text_in_every_field() {
    let hostile = "\"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>&lt;'{{";
    let mut scenario = writing(Section::WentPoorly).await;
    scenario
        .facilitator(Request::Edit { edit: Edit::Text { field: meeting::TextField::Title, text: hostile.into() } })
        .await;
    let browser = Browser::of(&scenario);
    let page = browser.open().await;
    let refused = browser.send(&page, "join", &[("code", hostile), ("name", hostile)]).await;
    let name: String = hostile.chars().take(60).collect();
    let inside = browser.send(&page, "join", &[("code", scenario.room.code()), ("name", &name)]).await;
    let long = hostile.repeat(20);
    let kept = browser.send(&inside, "note", &[("text", &long), ("section", hostile), ("draft", hostile)]).await;
    let sent = browser.send(&inside, "note", &[("text", hostile)]).await;
    let editing = browser.send(&sent, "edit", &[]).await;
    scenario.facilitator(Request::EnterSection { section: Section::ActionItems }).await;
    for _ in 0..2 {
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scenario.facilitator(Request::AddProposal { text: hostile.into(), category, priority, addresses: None }).await;
    }
    scenario.facilitator(Request::OpenVote { seats: 3, budget: None }).await;
    let vote = browser.open().await;
    let option = scenario.live.snapshot().meeting.unwrap().open_round().unwrap().options[0];
    let voted = browser.send(&vote, "vote", &[(&format!("dots-{option}"), hostile)]).await;
    let round = scenario.live.snapshot().meeting.unwrap().open_round().unwrap().id;
    scenario.facilitator(Request::CloseVote { round }).await;
    let result = browser.open().await;
    for (what, page) in [
        ("a refused join", &refused),
        ("the first page inside", &inside),
        ("a refused note", &kept),
        ("a sent note", &sent),
        ("a note in its field", &editing),
        ("the ballot", &vote),
        ("a refused ballot", &voted),
        ("the result", &result),
    ] {
        for markup in ["<script", "<img", "\"><script", "</textarea><img", "{{alert"] {
            page.assert_silent_about(markup);
        }
        page.assert_says("&quot;&gt;&lt;script&gt;alert(1)");
        assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{what}");
    }
}

#[tokio::test]
async fn the_page_carries_the_headers_in_every_state_and_greedy_forms_are_refused() {
    let scenario = Scenario::open().await;
    let address = scenario.room.address();
    let close = "connection: close\r\n";
    let post = |body: &str, kind: &str| {
        let more = format!("content-length: {}\r\n{close}", body.len());
        request(address, "POST /plain", &more, body).replace("application/json", kind)
    };
    for (status, bytes) in [
        (200, request(address, "GET /plain", close, "")),
        (200, request(address, "GET /plain?said=sent", close, "")),
        (200, request(address, "GET /plain.css", close, "")),
        (200, request(address, "GET /plain.js", close, "")),
        (403, post("do=join", FORM)),
        (415, post("do=join", "multipart/form-data; boundary=a")),
        (415, post("do=join", "text/plain")),
        (413, post(&"x".repeat(16 * 1024 + 1), FORM)),
        (405, request(address, "OPTIONS /plain", close, "")),
    ] {
        let what: String = bytes.chars().take(200).collect();
        let answer = send(address, &bytes).await.unwrap_or_else(|| panic!("dropped: {what}"));
        assert_eq!(answer.status, status, "{what}");
        answer.assert_protected(&what);
    }
}

#[test]
fn the_colours_of_the_page_are_those_of_the_interface() {
    let read = |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (style, tokens) = (read("src/plain/plain.css"), read("../../../ui/shared/tokens.css"));
    let colours: Vec<&str> = style.lines().map(str::trim).filter(|line| line.starts_with("--")).collect();
    assert!(colours.len() >= 20, "{colours:?}");
    for colour in colours {
        assert!(tokens.contains(colour), "{colour} is no colour of the interface");
    }
}
