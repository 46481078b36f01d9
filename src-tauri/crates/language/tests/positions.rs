//! Where hints stand, and which words are not the writer's own.

use language::{Class, Context, Field, Hint, Names, check};

fn hints(text: &str) -> Vec<Hint> {
    check(text, &Context { names: &Names::default(), field: Field::Note })
}

fn covered(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    hints(text).iter().map(|hint| characters[hint.start..hint.end].iter().collect()).collect()
}

#[test]
fn each_sentence_gets_at_most_one_hint_at_its_own_place() {
    let text = "The disk was full. The operator forgot to check it and should have known! It recovered.";
    assert_eq!(covered(text), ["The operator forgot to check it and should have known!"]);
}

#[test]
fn positions_count_scalar_values_and_not_bytes() {
    let text = "🔥🔥 Ärger im Büro.\nNobody bothered to look.";
    assert_eq!(covered(text), ["Nobody bothered to look."]);
}

#[test]
fn abbreviations_and_versions_do_not_end_a_sentence() {
    let text = "The operator forgot to update e.g. the v2.1 config.";
    assert_eq!(covered(text), [text]);
}

#[test]
fn quoted_testimony_is_left_as_it_is() {
    assert_eq!(covered("Dana said: “I should have checked the region first.”"), [""; 0]);
    assert_eq!(covered("\"The operator forgot to check.\""), [""; 0]);
    assert_eq!(covered("> The operator forgot to check."), [""; 0]);
}

#[test]
fn code_and_logs_are_left_as_they_are() {
    for text in [
        "`operator forgot to check`",
        "ERROR: operator forgot to check",
        "2026-03-01T10:00:00Z [error] operator failed to acknowledge",
        "$ who broke this",
    ] {
        assert_eq!(covered(text), [""; 0], "{text}");
    }
}

#[test]
fn scare_quotes_do_not_hide_blame() {
    assert_eq!(hints("The \"expert\" broke production.").len(), 1);
}

#[test]
fn curly_apostrophes_and_missing_ones_read_alike() {
    for text in [
        "You shouldn't have merged it.",
        "You shouldn’t have merged it.",
        "you shouldnt have merged it",
        "You shoudl not of merged it",
    ] {
        assert_eq!(hints(text).first().map(|hint| hint.class), Some(Class::Counterfactual), "{text}");
    }
}

#[test]
fn a_known_system_is_no_person() {
    let text = "Marvin forgot to check the header.";
    let person = Names::of_people(["Marvin"]);
    let system = Names::default().with_systems(["Marvin"]);
    let count = |names: &Names| check(text, &Context { names, field: Field::Note }).len();
    assert_eq!((count(&person), count(&system)), (1, 0));
}

#[test]
fn classes_and_fields_are_written_in_kebab_case() {
    let hint = hints("The operator forgot to check it.").remove(0);
    assert_eq!(serde_json::to_value(&hint).map(|json| json["class"].clone()).ok(), Some("omission".into()));
    assert_eq!(serde_json::to_string(&Class::TeamAsTarget).ok().as_deref(), Some("\"team-as-target\""));
    assert_eq!(serde_json::to_string(&Field::Timeline).ok().as_deref(), Some("\"timeline\""));
}
