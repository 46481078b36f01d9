//! Owners of action items: they take them on over HTTP, and leave with a file for their own calendar.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use fixture::{Scenario, code_of};
use meeting::{ActionCategory, ActionChange, Edit, Priority, Request};
use reqwest::StatusCode;
use serde_json::json;

async fn committed(scenario: &mut Scenario) -> Vec<meeting::ActionId> {
    for text in ["Add a canary", "Name an owner", "Drill it"] {
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scenario.facilitator(Request::AddProposal { text: text.into(), category, priority, addresses: None }).await;
    }
    let proposals = scenario.live.snapshot().meeting.unwrap().options().map(|proposal| proposal.id).collect();
    scenario.facilitator(Request::Commit { proposals }).await;
    scenario.live.snapshot().meeting.unwrap().actions.iter().map(|action| action.id).collect()
}

#[tokio::test]
async fn an_owner_takes_an_action_on_and_a_calendar_file_with_it_that_nobody_else_gets() {
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    assert_eq!(ada.ask(json!({ "type": "rename", "name": "Ada" })).await.status(), StatusCode::OK);
    let stranger = scenario.joined().await;
    let actions = committed(&mut scenario).await;
    let offered = |own: &serde_json::Value| own["actions"].as_array().unwrap().len();
    assert_eq!(offered(&ada.own().await), 3, "what nobody has is offered to everybody");
    let calendar = format!("/action/{}/due.ics", actions[0].0);
    assert_eq!(ada.get(&calendar).await.status(), StatusCode::NOT_FOUND, "it is not hers yet");

    let take =
        json!({ "type": "take-action", "action": actions[0], "due": "2026-06-09", "criterion": "It is stopped" });
    assert_eq!(ada.ask(take).await.status(), StatusCode::OK);
    let taken = &ada.own().await["actions"][0];
    assert_eq!((&taken["own"], &taken["accepted"], &taken["due"]), (&json!(true), &json!(true), &json!("2026-06-09")));
    let file = ada.get(&calendar).await;
    assert_eq!(file.headers()["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(file.headers()["content-disposition"], "attachment; filename=\"action.ics\"");
    assert_eq!(file.text().await.unwrap(), "Add a canary by 2026-06-09");
    assert_eq!(stranger.get(&format!("/action/{}/due.ics", actions[1].0)).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_another_owns_is_neither_shown_nor_given() {
    let mut scenario = Scenario::open().await;
    let mut ada = scenario.joined().await;
    assert_eq!(ada.ask(json!({ "type": "rename", "name": "Ada" })).await.status(), StatusCode::OK);
    let actions = committed(&mut scenario).await;
    let change = ActionChange::Owner("Ines".into());
    scenario.facilitator(Request::Edit { edit: Edit::Action { action: actions[0], change } }).await;
    assert_eq!(ada.own().await["actions"].as_array().unwrap().len(), 2);
    let take = json!({ "type": "take-action", "action": actions[0], "due": null, "criterion": "" });
    assert_eq!(code_of(ada.ask(take).await).await, "taken-by-another");
}
