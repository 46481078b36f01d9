//! A name that is taken out of a record is in none of its events any more, and nothing but names has changed.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test may stop at the first surprise")]

mod scenes;

use document::Erasure;
use meeting::{
    Edit, EventKind, FactorCategory, FactorChange, ListField, Meeting, NewEvent, Precision, Recorded, Request, Role,
    TextField, apply,
};
use scenes::Scene;
use serde_json::Value;

fn without_name(meeting: &Meeting, name: &str) -> Erasure {
    document::without_name(meeting, name, &|_| false)
}

fn excerpts(erasure: &Erasure) -> Vec<&str> {
    erasure.unclear.iter().map(|place| place.excerpt.as_str()).collect()
}

fn folded(erasure: &Erasure) -> Meeting {
    let mut meeting = Meeting::unwritten();
    erasure.recorded.iter().for_each(|recorded| apply(&mut meeting, recorded));
    meeting
}

/// Fails unless both logs are the same but for texts that hold a part of the name as it is written.
#[track_caller]
fn assert_only_the_name_went(before: &Meeting, after: &[Recorded], name: &str) {
    assert_eq!(before.recorded().count(), after.len());
    for (was, is) in before.recorded().zip(after) {
        let (was, is) = (serde_json::to_value(was).unwrap(), serde_json::to_value(is).unwrap());
        assert!(is_the_same(&was, &is, name), "{was}\n{is}");
    }
}

fn is_the_same(was: &Value, is: &Value, name: &str) -> bool {
    match (was, is) {
        (Value::String(was), Value::String(is)) => was == is || name.split(' ').any(|part| was.contains(part)),
        (Value::Array(was), Value::Array(is)) => {
            was.len() == is.len() && was.iter().zip(is).all(|(was, is)| is_the_same(was, is, name))
        }
        (Value::Object(was), Value::Object(is)) => {
            was.len() == is.len()
                && was.iter().all(|(key, was)| is.get(key).is_some_and(|is| is_the_same(was, is, name)))
        }
        (was, is) => was == is,
    }
}

fn log_of(recorded: &[Recorded]) -> String {
    serde_json::to_string(recorded).unwrap().to_lowercase()
}

/// A record with `Ada Park` in a role, and `prose` as its background.
fn with(names: &[&str], prose: &str) -> Meeting {
    let mut scene = Scene::begin(1);
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    scene.edit(Edit::Role { role: Role::IncidentCommander, names });
    scene.edit(Edit::Text { field: TextField::Background, text: prose.to_owned() });
    scene.meeting
}

fn background(meeting: &Meeting, name: &str) -> (String, Vec<String>) {
    let erasure = without_name(meeting, name);
    let unclear = excerpts(&erasure).into_iter().map(str::to_owned).collect();
    (folded(&erasure).incident.text(TextField::Background).to_owned(), unclear)
}

#[test]
fn a_category_that_every_record_has_is_nobodys_name_and_one_of_the_rooms_own_may_hold_it() {
    let mut scene = Scene::begin(1);
    let names = vec!["External".to_owned(), "Ada Park".to_owned()];
    scene.edit(Edit::Role { role: Role::Responder, names });
    let own = FactorCategory::Own("Ada Park's rota".into());
    for category in [FactorCategory::External, FactorCategory::Process, own, FactorCategory::Technical] {
        scene.ask(Request::AddFactor { category, text: "A limit".into(), chain: None, event: None });
    }
    scene.edit(Edit::RenameCategory { from: FactorCategory::Process, to: FactorCategory::External });
    let last = scene.meeting.factors[3].id;
    scene.edit(Edit::Factor { factor: last, change: FactorChange::Category(FactorCategory::External) });
    let categories = |name: &str| {
        let factors = folded(&without_name(&scene.meeting, name)).factors;
        factors.iter().map(|factor| factor.category.word().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(categories("External"), ["External", "External", "Ada Park's rota", "External"]);
    let without = categories("Ada Park");
    assert!(!without[2].contains("Ada") && without[2].contains("rota"), "{without:?}");
    assert_eq!([&without[..2], &without[3..]].concat(), ["External"; 3]);
}

#[test]
fn in_sentences_a_person_becomes_the_part_they_played() {
    for (prose, expected) in [
        ("Ada Park paged Ben.", "The incident commander paged Ben."),
        (
            "We called Ada, and then ada.park again.",
            "We called the incident commander, and then the incident commander again.",
        ),
        ("Ask @ada or ada.park@example.org.", "Ask the incident commander or the incident commander."),
        ("It was Ada's pager.", "It was the incident commander's pager."),
        ("The Canada region was fine.", "The Canada region was fine."),
        ("Ada Park", "name removed"),
    ] {
        let (cleared, unclear) = background(&with(&["Ada Park"], prose), "Ada Park");
        assert_eq!((cleared.as_str(), unclear), (expected, vec![]), "{prose}");
    }
}

#[test]
fn what_may_be_somebody_else_or_no_name_is_reported_and_left() {
    // Park is also an ordinary word, which begins the sentence; Ada may be Ada Quim.
    let prose = "Park it. Ada Quim wrote, then Ada wrote. Ada Park left.";
    let (cleared, unclear) = background(&with(&["Ada Park", "Ada Quim"], prose), "Ada Park");
    assert_eq!(cleared, "Park it. Ada Quim wrote, then Ada wrote. An incident commander left.");
    assert_eq!(unclear.len(), 2, "{unclear:?}");
    assert!(unclear[0].starts_with("Park it.") && unclear[1].contains("then Ada wrote"), "{unclear:?}");
}

#[test]
fn a_record_that_does_not_know_the_person_loses_the_whole_name_and_reports_the_first_name() {
    let prose = "Ada Park asked. We asked Ada about the park.";
    let (cleared, unclear) = background(&with(&["Ben Okafor"], prose), "Ada Park");
    assert_eq!(cleared, "A colleague asked. We asked Ada about the park.");
    assert_eq!(unclear.len(), 1, "{unclear:?}");
    let (cleared, unclear) = background(&with(&["Ben Okafor"], "The pool was empty."), "Ada Park");
    assert_eq!((cleared.as_str(), unclear.len()), ("The pool was empty.", 0));
}

#[test]
fn every_field_that_is_the_name_is_emptied_of_it_and_of_the_address_beside_it() {
    let mut scene = Scene::begin(2);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    scene.edit(Edit::Role { role: Role::Scribe, names: names(&["Ben Okafor", "ada park"]) });
    scene.edit(Edit::Role { role: Role::Scribe, names: names(&["Ben Okafor"]) });
    scene.ask(Request::Undo {});
    scene.edit(Edit::List { list: ListField::Invited, items: names(&["Ada Park <apx@example.org>", "Ben Okafor"]) });
    scene.ask(Request::AddEvents {
        events: vec![NewEvent {
            at: None,
            precision: Precision::Unknown,
            kind: EventKind::Action,
            text: "apx restarted the workers".into(),
            actor_name: Some("ADA PARK".into()),
            actor_role: None,
            known_then: None,
            key: true,
        }],
    });
    let erasure = without_name(&scene.meeting, "Ada Park");
    let log = log_of(&erasure.recorded);
    for gone in ["ada", "apx", "example.org"] {
        assert!(!log.contains(gone), "{gone} is still in {log}");
    }
    let meeting = folded(&erasure);
    assert_eq!(meeting.incident.names(Role::Scribe), ["Ben Okafor", "name removed"], "undo still works as it did");
    assert_eq!(meeting.incident.list(ListField::Invited), ["name removed", "Ben Okafor"]);
    assert_eq!(meeting.timeline[0].actor_name.as_deref(), Some("name removed"));
    assert_eq!(meeting.timeline[0].text, "A scribe restarted the workers");
    assert_eq!((erasure.removed.len(), erasure.unclear), (4, vec![]));
}

#[test]
fn a_person_whose_name_is_a_word_of_the_file_format_changes_no_kind_and_no_state() {
    let mut scene = Scene::begin(3);
    let event = NewEvent {
        at: None,
        precision: Precision::Unknown,
        kind: EventKind::Action,
        text: "restarted".into(),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: true,
    };
    scene.ask(Request::AddEvents { events: vec![event] });
    for name in ["Action", "Incident-Commander", "Open", "Background", "Unknown"] {
        scene.edit(Edit::Role { role: Role::IncidentCommander, names: vec![name.to_owned()] });
        scene.edit(Edit::Text { field: TextField::Background, text: format!("It was {name} who saw it.") });
        let erasure = without_name(&scene.meeting, name);
        assert_only_the_name_went(&scene.meeting, &erasure.recorded, name);
        let meeting = folded(&erasure);
        assert_eq!(meeting.incident.names(Role::IncidentCommander), ["name removed"], "{name}");
        assert_eq!(meeting.incident.text(TextField::Background), "It was the incident commander who saw it.", "{name}");
        assert_eq!((meeting.timeline[0].kind, meeting.timeline[0].precision), (EventKind::Action, Precision::Unknown));
    }
}

#[test]
fn what_is_unclear_goes_when_somebody_says_that_it_is_the_name() {
    let meeting = with(&["Ada Park", "Ada Quim"], "Park it. Then Ada wrote.");
    let unclear = without_name(&meeting, "Ada Park").unclear;
    assert_eq!(unclear.len(), 2);
    let said = |key: &str| key == unclear[1].key;
    let erasure = document::without_name(&meeting, "Ada Park", &said);
    assert_eq!(folded(&erasure).incident.text(TextField::Background), "Park it. Then an incident commander wrote.");
    assert_eq!(excerpts(&erasure), ["Park it. Then Ada wrote."]);
}

#[test]
fn links_and_services_keep_a_word_that_is_also_a_name_until_somebody_says_so() {
    let mut scene = Scene::begin(4);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    scene.edit(Edit::Role { role: Role::Scribe, names: names(&["Okafor"]) });
    scene.edit(Edit::List { list: ListField::Services, items: names(&["Okafor", "okafor-api"]) });
    let link = "see https://okafor.atlassian.net/browse/OPS-1, wrote Okafor";
    scene.edit(Edit::Text { field: TextField::Background, text: link.into() });
    let erasure = without_name(&scene.meeting, "Okafor");
    let after = folded(&erasure);
    assert_eq!(after.incident.list(ListField::Services), ["Okafor", "okafor-api"]);
    let text = "see https://okafor.atlassian.net/browse/OPS-1, wrote the scribe";
    assert_eq!(after.incident.text(TextField::Background), text);
    assert_eq!((erasure.removed.len(), erasure.unclear.len()), (2, 3), "{:?}", erasure.unclear);
    let all = document::without_name(&scene.meeting, "Okafor", &|_| true);
    assert!(!log_of(&all.recorded).contains("okafor"), "{}", log_of(&all.recorded));
}

#[test]
fn somebody_who_is_known_by_a_mail_address_is_found_by_it_and_by_the_handle_in_it() {
    for (name, invited) in [
        ("ada.park@example.org", "Ada Park <ada.park@example.org>"),
        ("apx", "apx@example.org"),
        ("apx", "Ada Park <apx@example.org>"),
        ("Ada", "ada@example.org"),
    ] {
        let mut scene = Scene::begin(5);
        scene.edit(Edit::List { list: ListField::Invited, items: vec![invited.to_owned()] });
        let text = format!("{} wrote twice.", name.split('@').next().unwrap());
        scene.edit(Edit::Text { field: TextField::Background, text });
        let erasure = without_name(&scene.meeting, name);
        assert_eq!(erasure.unclear, [], "{name} in {invited}");
        let after = folded(&erasure);
        assert_eq!(after.incident.list(ListField::Invited), ["name removed"], "{name} in {invited}");
        assert_eq!(after.incident.text(TextField::Background), "A participant wrote twice.", "{name} in {invited}");
    }
}

#[test]
fn what_stands_in_place_of_a_name_is_nobody() {
    let prose = "Ada Park saw that the DNS name was removed.";
    let meeting = folded(&without_name(&with(&["Ada Park"], prose), "Ada Park"));
    let text = "The incident commander saw that the DNS name was removed.";
    assert_eq!(meeting.incident.text(TextField::Background), text);
    assert_eq!(meeting::people_named(&meeting), Vec::<String>::new());
    let public = document::public(&meeting, &[]);
    assert_eq!(public.meeting.incident.text(TextField::Background), text);
    assert!(!meeting::same_name(meeting::NAME_REMOVED, meeting::NAME_REMOVED));
}

#[test]
fn five_hundred_events_of_one_person_are_cleared_at_once() {
    let mut scene = Scene::begin(6);
    let event = |number: u32| NewEvent {
        at: None,
        precision: Precision::Unknown,
        kind: EventKind::Action,
        text: format!("Ada Park restarted worker {number}"),
        actor_name: Some("Ada Park".into()),
        actor_role: None,
        known_then: None,
        key: false,
    };
    scene.ask(Request::AddEvents { events: (0..500).map(event).collect() });
    let erasure = without_name(&scene.meeting, "Ada Park");
    assert_eq!(erasure.removed.len(), 1_000);
    assert_eq!(folded(&erasure).timeline[499].text, "A responder restarted worker 499");
}

#[test]
fn in_made_up_records_the_name_is_gone_from_every_event_and_the_rest_is_the_same() {
    let mut erased = 0;
    for seed in 0..24 {
        let meeting = scenes::post_mortem(seed);
        for name in meeting::people_named(&meeting) {
            // Of the invented people only those with a surname are named without doubt.
            if !name.contains(' ') || name.contains('@') || !name.contains(" N") {
                continue;
            }
            let erasure = without_name(&meeting, &name);
            assert!(!erasure.removed.is_empty(), "{name} in {seed}");
            assert_only_the_name_went(&meeting, &erasure.recorded, &name);
            let name = name.to_lowercase();
            assert!(!log_of(&erasure.recorded).contains(&name), "{name} is still in {seed}");
            let after = folded(&erasure);
            assert_eq!((after.timeline.len(), after.actions.len()), (meeting.timeline.len(), meeting.actions.len()));
            erased += 1;
        }
    }
    assert!(erased > 100, "{erased}");
}
