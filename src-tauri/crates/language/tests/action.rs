//! What an action item lacks, and what is said about it.

use language::{ActionGap, ActionText, action_check};
use proptest::prelude::*;

use ActionGap::{Criterion, Due, Object, Owner, Verb};

fn missing(line: &str) -> Vec<ActionGap> {
    action_check(&ActionText::parse_line(line)).missing
}

#[test]
fn a_line_has_a_task_or_four_fields() {
    let line = "Add an alert\tMina\t12 June\tpages in a drill\n";
    let action = ActionText::parse_line(line);
    assert_eq!((action.task.as_str(), action.owner.as_str()), ("Add an alert", "Mina"));
    assert_eq!((action.due.as_str(), action.criterion.as_str()), ("12 June", "pages in a drill"));
    assert_eq!(ActionText::parse_line("Add an alert").owner, "");
}

#[test]
fn nothing_is_missing_where_everything_is_said() {
    for line in [
        "Add an alert for queue depth\tMina\t12 June\tpages within 5 minutes in a drill",
        "Add an alert for queue depth (Mina, by 12 June), done when it pages within 5 minutes",
        "@mina will set a retry limit of 3 by Friday so that p99 stays below 200 ms",
        "Mina to write a restore runbook by end of Q3, verified by a drill",
        "Write a restore runbook. Owner: Mina. Due: 2026-06-12. Done when a colleague has used it alone.",
    ] {
        assert_eq!(missing(line), [], "{line}");
    }
}

#[test]
fn what_is_missing_in_a_task_is_named() {
    for (line, expected) in [
        ("Improve monitoring", &[Object, Owner, Due, Criterion][..]),
        ("Be more careful when deploying", &[Object, Owner, Due, Criterion]),
        ("Better alerts for the queue", &[Verb, Owner, Due, Criterion]),
        ("Monitoring", &[Verb, Object, Owner, Due, Criterion]),
        ("Alert on replication lag", &[Owner, Due, Criterion]),
        ("Alert for replication lag", &[Verb, Owner, Due, Criterion]),
        ("Add a lock to the deploy script", &[Owner, Due, Criterion]),
        ("Mina to add a lock to the deploy script", &[Due, Criterion]),
        ("SRE to add a lock to the deploy script by Friday", &[Owner, Criterion]),
        ("Add a lock to the deploy script before the next release", &[Owner, Due, Criterion]),
    ] {
        assert_eq!(missing(line), expected, "{line}");
    }
}

#[test]
fn layouts_say_who_and_when_without_a_label() {
    for (line, expected) in [
        ("AI-7: Tag each bucket with its owner", &[Owner, Due, Criterion][..]),
        ("[prevent] Tag each bucket with its owner", &[Owner, Due, Criterion]),
        ("Swap the fan tray in sw-core-2 -> Mina, 18 May", &[Criterion]),
        ("Mina | Install a second UPS in rack 12 | 15 Jul 2026 | 20 min at full load on battery", &[]),
        ("Fencing on pg-2 to be enabled by Mina by 3 November", &[Criterion]),
        ("Swap the fan tray in sw-core-2. We'll know it worked when it stays below 40 °C.", &[Owner, Due]),
        ("TBD", &[Verb, Object, Owner, Due, Criterion]),
    ] {
        assert_eq!(missing(line), expected, "{line}");
    }
}

#[test]
fn an_owner_is_one_person() {
    let lacks_owner = |owner: &str| missing(&format!("Add a lock\t{owner}\t12 June\tsecond run is refused")) == [Owner];
    for owner in ["Mina", "Mina Okafor", "@mina", "mina@example.com", "Nurse Adeyemi", "Mina (Platform)", "J. Ortega"] {
        assert!(!lacks_owner(owner), "{owner}");
    }
    for owner in
        ["", "TBD", "SRE", "Platform team", "everyone", "on-call", "Mina and Tom", "Mina/Tom", "Mina, Tom", "?"]
    {
        assert!(lacks_owner(owner), "{owner}");
    }
}

#[test]
fn a_due_date_is_a_day() {
    let lacks_due = |due: &str| missing(&format!("Add a lock\tMina\t{due}\tsecond run is refused")) == [Due];
    for due in [
        "2026-06-12",
        "12 June",
        "June 12th",
        "12.6.2026",
        "15.7.",
        "Friday",
        "next Tuesday",
        "end of Q3",
        "in two weeks",
    ] {
        assert!(!lacks_due(due), "{due}");
    }
    for due in ["", "soon", "ASAP", "Q?", "Q3", "next sprint", "2026-02-30", "31 June", "before the next release"] {
        assert!(lacks_due(due), "{due}");
    }
}

#[test]
fn a_criterion_can_be_checked() {
    let lacks = |criterion: &str| missing(&format!("Add a lock\tMina\t12 June\t{criterion}")) == [Criterion];
    for criterion in ["p99 below 200 ms", "second run is refused", "used once in a drill", "zero evictions"] {
        assert!(!lacks(criterion), "{criterion}");
    }
    for criterion in ["", "works better", "done", "less noise", "everyone is happy", "TBD", "improved"] {
        assert!(lacks(criterion), "{criterion}");
    }
}

#[test]
fn every_gap_has_a_sentence_in_the_words_of_the_task() {
    let found = action_check(&ActionText::parse_line("Be more careful with deletes"));
    assert_eq!(found.hints.len(), found.missing.len());
    assert!(found.hints[0].contains("vigilance is no control"), "{}", found.hints[0]);
    assert!(found.hints.iter().all(|hint| hint.contains("Be more careful with deletes")), "{:?}", found.hints);
}

fn assert_sound(line: &str) {
    let found = action_check(&ActionText::parse_line(line));
    assert_eq!(found.hints.len(), found.missing.len());
    assert!(found.missing.is_sorted(), "{:?}", found.missing);
}

proptest! {
    #[test]
    fn any_line_is_read_to_its_end(line in any::<String>()) {
        assert_sound(&line);
    }

    #[test]
    fn parts_in_any_order_are_read_to_their_end(
        parts in prop::collection::vec(
            prop_oneof![
                Just("Mina"), Just("to"), Just("add"), Just("by"), Just("12 June"), Just("("), Just(")"), Just(":"),
                Just("owner"), Just("done when"), Just("until"), Just("so"), Just("\t"), Just("-"), Just("@"), Just("2026-06-12"),
                Just("in"), Just("two"), Just("weeks"), Just("—"), Just(";"), Just("é\u{301}"), Just("due"), Just("["), Just("]"),
            ],
            0..40,
        ),
        glue in prop_oneof![Just(""), Just(" ")],
    ) {
        assert_sound(&parts.join(glue));
    }
}

#[test]
fn hostile_lines_end() {
    for unit in ["a", "by ", "(", "until ", "owner: ", "12 ", "so ", "=", "é\u{301}", "Mina to ", "\t", "- "] {
        assert_sound(&unit.repeat(100_000 / unit.len()));
    }
}
