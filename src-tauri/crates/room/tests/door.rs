//! Getting in: by key, by code, again, in spite of pranksters, and not while it is locked.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod fixture;

use fixture::{Scenario, code_of, cookie_of};
use meeting::{Edit, ParticipantId, Request, RoomRule};
use reqwest::{Client, StatusCode, header};
use serde_json::{Value, json};

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
    let long = scenario.phone().post("/api/join", &json!({ "code": scenario.room.long_code() })).await;
    assert_eq!(long.status(), StatusCode::OK);

    let stranger = scenario.phone();
    for wrong in [
        json!({ "code": "222222" }),
        json!({ "code": "2222222222" }),
        json!({ "code": "" }),
        json!({ "key": "A".repeat(26) }),
        json!({ "key": scenario.room.code() }),
        json!({}),
    ] {
        assert_eq!(code_of(stranger.post("/api/join", &wrong).await).await, "wrong-code", "{wrong}");
    }
    assert_eq!(code_of(stranger.state().await).await, "not-joined");
    assert_eq!(scenario.people(), 3);
    let (page, key) = (scenario.phone().base, scenario.key());
    assert_eq!(scenario.room.url(), format!("{page}/#{key}"), "what follows the # is never sent");
    assert_eq!(stranger.get(&format!("/{key}")).await.status(), StatusCode::NOT_FOUND, "nor would it be taken there");
}

#[tokio::test]
async fn a_join_whose_answer_was_lost_lets_the_same_person_in_when_it_is_repeated() {
    let scenario = Scenario::open().await;
    let body = json!({ "id": "4f1d0c6be0a94b7bb5d1f6c2a7e83d90", "code": scenario.room.code(), "name": "Ada" });
    let lost = scenario.phone().post("/api/join", &body).await;
    let lost_cookie = cookie_of(&lost);
    let before = lost.json::<Value>().await.unwrap()["own"]["participant"].clone();

    // The phone never saw the answer, so that it has no cookie.
    let mut phone = scenario.phone();
    let repeated = phone.post("/api/join", &body).await;
    assert_eq!(repeated.status(), StatusCode::OK);
    assert_eq!(cookie_of(&repeated), lost_cookie, "both answers open the same place");
    assert_eq!(repeated.json::<Value>().await.unwrap()["own"]["participant"], before);
    assert_eq!(phone.ask(json!({ "type": "rename", "name": "Bo" })).await.status(), StatusCode::OK);
    assert_eq!(scenario.people(), 1, "nobody joined twice");
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
    assert_eq!(scenario.people(), 2, "another name is another person");
}

#[tokio::test]
async fn a_prankster_behind_the_same_address_stops_nobody_who_loads_the_page_scans_the_code_or_types_the_long_one() {
    let scenario = Scenario::open().await;
    let prankster = Client::new();
    let join = format!("http://{}/api/join", scenario.room.address());
    let guess = || {
        let request = prankster.post(&join).header("origin", join.trim_end_matches("/api/join"));
        request.header("x-debrief", "1").json(&json!({ "code": "WRNGXX" })).send()
    };
    let mut compared = 0;
    while guess().await.unwrap().status() == StatusCode::FORBIDDEN {
        compared += 1;
        assert!(compared < 100, "guessing is stopped");
    }
    assert_eq!(guess().await.unwrap().status(), StatusCode::TOO_MANY_REQUESTS);

    let phone = scenario.phone();
    assert_eq!(phone.get("/").await.status(), StatusCode::OK);
    let typed = phone.post("/api/join", &json!({ "code": scenario.room.code() })).await;
    assert_eq!(typed.status(), StatusCode::OK, "a phone that has loaded the page pays for itself");

    let bare = scenario.phone().post("/api/join", &json!({ "code": scenario.room.code() })).await;
    assert_eq!(code_of(bare).await, "too-many-tries", "even the right code tells nothing now");
    for way in [json!({ "key": scenario.key() }), json!({ "code": scenario.room.long_code() })] {
        assert_eq!(scenario.phone().post("/api/join", &way).await.status(), StatusCode::OK, "{way}");
    }
    assert!(scenario.room.takes_short_codes());
}

#[tokio::test]
async fn the_mark_of_a_phone_is_given_once_and_forged_ones_count_for_nothing() {
    let scenario = Scenario::open().await;
    let phone = scenario.phone();
    let mark = cookie_of(&phone.get("/").await);
    assert!(mark.starts_with("debrief-mark="), "{mark}");
    assert!(!phone.get("/").await.headers().contains_key(header::SET_COOKIE), "it has one");
    let forged = format!("debrief-mark={}", "0".repeat(48));
    let page = phone.base.clone();
    let answer = Client::new().get(&page).header(header::COOKIE, forged).send().await.unwrap();
    assert!(cookie_of(&answer).starts_with("debrief-mark="), "a forged one is replaced");
}

async fn lock(scenario: &mut Scenario, on: bool) {
    let edit = Edit::RoomRule { rule: RoomRule::JoiningLocked, on };
    scenario.facilitator(Request::Edit { edit }).await;
}

#[tokio::test]
async fn locked_joining_keeps_newcomers_out_and_lets_those_who_have_joined_come_back() {
    let mut scenario = Scenario::open().await;
    let ada = scenario.joined().await;
    let id = "4f1d0c6be0a94b7bb5d1f6c2a7e83d90";
    let lost = json!({ "id": id, "key": scenario.key(), "name": "Bo" });
    assert_eq!(scenario.phone().post("/api/join", &lost).await.status(), StatusCode::OK);

    lock(&mut scenario, true).await;
    for newcomer in [
        json!({ "key": scenario.key() }),
        json!({ "code": scenario.room.code() }),
        json!({ "code": scenario.room.long_code() }),
        json!({ "code": "222222" }),
        json!({ "id": "4f1d0c6be0a94b7bb5d1f6c2a7e83d91", "key": scenario.key() }),
    ] {
        let refused = scenario.phone().post("/api/join", &newcomer).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        let failure: Value = refused.json().await.unwrap();
        assert_eq!(failure["code"], "joining-locked", "{newcomer}");
        assert!(failure["message"].as_str().unwrap().ends_with('.'), "{failure}");
    }
    assert_eq!(ada.state().await.status(), StatusCode::OK);
    assert!(ada.stream(1).await.contains("event: state"));
    assert_eq!(ada.post("/api/join", &json!({ "key": scenario.key() })).await.status(), StatusCode::OK);
    assert_eq!(scenario.phone().post("/api/join", &lost).await.status(), StatusCode::OK, "the answer was lost");
    assert_eq!(code_of(scenario.phone().post("/api/join", &json!({ "id": id })).await).await, "wrong-code");
    assert_eq!(scenario.people(), 2);

    lock(&mut scenario, false).await;
    scenario.joined().await;
    assert_eq!(scenario.people(), 3);
}

const FORGETFUL: &str = "9f1d0c6be0a94b7bb5d1f6c2a7e83d90";

#[tokio::test]
async fn a_phone_that_forgot_who_it_was_is_let_back_by_the_facilitator_also_while_joining_is_locked() {
    let mut scenario = Scenario::open().await;
    let before = scenario.joined().await;
    let ada = before.state().await.json::<Value>().await.unwrap()["own"]["participant"].clone();
    let participant: ParticipantId = serde_json::from_value(ada.clone()).unwrap();
    lock(&mut scenario, true).await;

    let forgetful = scenario.phone();
    let ask = json!({ "id": FORGETFUL, "code": scenario.room.code(), "name": "Ada" });
    let first = forgetful.post("/api/return", &ask).await.json::<Value>().await.unwrap();
    let again = forgetful.post("/api/return", &ask).await.json::<Value>().await.unwrap();
    assert_eq!(first, again, "asking again is how it waits");
    let code = first["waiting"].as_str().unwrap().to_owned();
    assert_eq!(code.len(), 3);
    let waiting = scenario.room.waiting().borrow().clone();
    assert_eq!(
        waiting.iter().map(|one| (one.code.as_str(), one.name.as_deref())).collect::<Vec<_>>(),
        [(code.as_str(), Some("Ada"))]
    );
    assert_eq!(code_of(forgetful.state().await).await, "not-joined", "a typed name opens nothing");

    assert!(scenario.room.let_back("???", participant).await.is_err());
    assert!(scenario.room.let_back(&code, ParticipantId(9_999)).await.is_err());
    scenario.room.let_back(&code, participant).await.unwrap();
    let back = forgetful.post("/api/return", &ask).await.json::<Value>().await.unwrap();
    assert_eq!(back["own"]["participant"], ada);
    assert_eq!(code_of(before.state().await).await, "not-joined", "one person has one phone");
    assert!(scenario.room.waiting().borrow().is_empty());
    assert_eq!(scenario.people(), 1);
}

#[tokio::test]
async fn a_phone_that_is_turned_away_hears_it_and_a_list_of_pranksters_has_an_end() {
    let scenario = Scenario::open().await;
    let wait = |id: String| {
        let (phone, code) = (scenario.phone(), scenario.room.code().to_owned());
        async move { phone.post("/api/return", &json!({ "id": id, "code": code })).await }
    };
    let waiting = wait(FORGETFUL.into()).await.json::<Value>().await.unwrap();
    scenario.room.turn_away(waiting["waiting"].as_str().unwrap());
    assert_eq!(code_of(wait(FORGETFUL.into()).await).await, "turned-away");
    assert!(!scenario.room.waiting().borrow()[0].is_undecided());

    let mut refused = 0;
    for number in 0..40 {
        let answer = wait(format!("{number:032}")).await;
        refused += u32::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused >= 28, "{refused} of 40 were told to come again");
    let wrong = scenario.phone().post("/api/return", &json!({ "id": FORGETFUL, "code": "222222" })).await;
    assert_eq!(code_of(wrong).await, "wrong-code");
    assert_eq!(code_of(scenario.phone().post("/api/return", &json!({ "code": "222222" })).await).await, "bad-request");
}
