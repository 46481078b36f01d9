//! What is sent to whom: no note before the reveal, no total before the vote is closed, nothing of others.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use fixture::{Scenario, ballot, code_of};
use meeting::{Request, Section};
use reqwest::{Response, StatusCode};
use room::Limits;
use serde_json::{Value, json};

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
    let (mut scenario, round) = Scenario::voting(Limits::default(), 3).await;
    let ada = scenario.joined().await;
    let ben = scenario.joined().await;
    let watching = tokio::spawn(async move { (ben.stream(2).await, ben) });
    let first = ballot("request-number-1", &round, 1, &[(round.options[1].0, 1)]);
    assert_eq!(ada.post("/api/ask", &first).await.status(), StatusCode::OK);
    let (sent, ben) = watching.await.unwrap();
    assert!(sent.contains("\"voted\":1,\"of\":2"), "the number of ballots is sent: {sent}");
    for total in ["tally", "supporters", "\"rows\"", "result"] {
        assert!(!sent.contains(total), "{total} in {sent}");
    }
    scenario.facilitator(Request::CloseVote { round: round.id }).await;
    let revealed = ben.state().await.text().await.unwrap();
    let revealed: Value = serde_json::from_str(&revealed).unwrap();
    let first = &revealed["view"]["task"]["rows"][0];
    assert_eq!((&first["dots"], &first["supporters"]), (&json!(1), &json!(1)), "{revealed}");
    assert!(first["text"].as_str().unwrap().starts_with("1 "), "the second proposal: {revealed}");
}

#[tokio::test]
async fn a_ballot_is_taken_as_a_whole_and_once() {
    let (mut scenario, round) = Scenario::voting(Limits::default(), 3).await;
    let ada = scenario.joined().await;
    let vote = |id: &str, revision: u32, dots: &[(u32, u8)]| ballot(id, &round, revision, dots);
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
