//! A name that is taken out of a record is in none of its events any more, and nothing but names has changed.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test may stop at the first surprise")]

mod scenes;

use document::{Erasure, without_name};
use meeting::{
    ActionState, Edit, EventKind, ListField, Meeting, NewEvent, Precision, Recorded, Request, Role, TextField, apply,
};
use scenes::Scene;
use serde_json::Value;

fn folded(erasure: &Erasure) -> Meeting {
    let mut meeting = Meeting::unwritten();
    erasure.recorded.iter().for_each(|recorded| apply(&mut meeting, recorded));
    meeting
}

/// The events without any text: what must be the same before and after.
fn shape(recorded: &Recorded) -> Value {
    fn blank(value: &mut Value) {
        match value {
            Value::String(text) => text.clear(),
            Value::Array(items) => items.iter_mut().for_each(blank),
            Value::Object(fields) => fields.values_mut().for_each(blank),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut value = serde_json::to_value(recorded).unwrap();
    blank(&mut value);
    value
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
    (folded(&erasure).incident.text(TextField::Background).to_owned(), erasure.unclear)
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
    assert_eq!((erasure.places, erasure.unclear), (4, vec![]));
}

#[test]
fn a_person_whose_name_is_a_word_of_the_file_format_changes_no_kind_and_no_state() {
    let mut scene = Scene::begin(3);
    for name in ["Action", "Incident-Commander", "Open", "Background"] {
        scene.edit(Edit::Role { role: Role::IncidentCommander, names: vec![name.to_owned()] });
        scene.edit(Edit::Text { field: TextField::Background, text: format!("It was {name} who saw it.") });
        let before: Vec<_> = scene.meeting.recorded().map(shape).collect();
        let erasure = without_name(&scene.meeting, name);
        assert_eq!(erasure.recorded.iter().map(shape).collect::<Vec<_>>(), before, "{name}");
        let meeting = folded(&erasure);
        assert_eq!(meeting.incident.names(Role::IncidentCommander), ["name removed"], "{name}");
        assert_eq!(meeting.incident.text(TextField::Background), "It was the incident commander who saw it.", "{name}");
    }
    assert!(scene.meeting.actions.iter().all(|action| action.state == ActionState::Open));
}

#[test]
fn in_made_up_records_the_name_is_gone_from_every_event_and_the_rest_is_the_same() {
    let mut erased = 0;
    for seed in 0..24 {
        let meeting = scenes::post_mortem(seed);
        let before: Vec<_> = meeting.recorded().map(shape).collect();
        for name in meeting::people_named(&meeting) {
            // Of the invented people only those with a surname are named without doubt.
            if !name.contains(' ') || name.contains('@') || !name.contains(" N") {
                continue;
            }
            let erasure = without_name(&meeting, &name);
            assert!(erasure.places > 0, "{name} in {seed}");
            let name = name.to_lowercase();
            assert!(!log_of(&erasure.recorded).contains(&name), "{name} is still in {seed}");
            assert_eq!(erasure.recorded.iter().map(shape).collect::<Vec<_>>(), before, "{name} in {seed}");
            let after = folded(&erasure);
            assert_eq!((after.timeline.len(), after.actions.len()), (meeting.timeline.len(), meeting.actions.len()));
            erased += 1;
        }
    }
    assert!(erased > 100, "{erased}");
}
