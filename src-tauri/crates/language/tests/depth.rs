//! Where an answer of a why-chain ends, by class, with a reason that quotes the text.

use language::{Names, chain_end};
use meeting::ChainEnd;
use proptest::prelude::*;

fn end_of(text: &str) -> ChainEnd {
    chain_end(text, &Names::of_people(["Anna", "Bob"])).ends_at
}

#[test]
fn answers_end_where_a_facilitator_would_say() {
    for (expected, answers) in [
        (
            ChainEnd::Process,
            &[
                "There is no runbook for a restore.",
                "No review step for config changes",
                "The failover was never drilled.",
            ][..],
        ),
        (
            ChainEnd::Policy,
            &["The approval policy requires two signatures.", "Retention policy deletes logs after 14 days"],
        ),
        (
            ChainEnd::Resource,
            &["No budget for a second link.", "We are understaffed.", "one person for three services"],
        ),
        (ChainEnd::Organisation, &["No team owns the queue.", "Two teams each thought the other was watching it."]),
        (ChainEnd::Technical, &["The connection pool is limited to 20.", "The disk was full.", "No retry limit."]),
        (ChainEnd::Person, &["Anna did not renew the certificate.", "The on-call engineer ignored the page."]),
        (ChainEnd::HumanError, &["Human error.", "A typo in the hostname", "Anna forgot to renew the certificate."]),
        (ChainEnd::Unknown, &["", "?", "Not known yet.", "We don't know why.", "To be investigated."]),
    ] {
        for answer in answers {
            assert_eq!(end_of(answer), expected, "{answer}");
        }
    }
}

#[test]
fn the_condition_behind_a_person_or_a_slip_decides() {
    for (answer, expected) in [
        ("Bob picked the wrong host because both hosts have the same name.", ChainEnd::Technical),
        ("Nobody reviewed it because there is no budget for a second DBA.", ChainEnd::Resource),
        ("No team owns the alert, so Anna ignored it.", ChainEnd::Organisation),
        ("The disk filled up because somebody forgot to switch log rotation on.", ChainEnd::HumanError),
    ] {
        assert_eq!(end_of(answer), expected, "{answer}");
    }
}

#[test]
fn the_reason_quotes_the_words_that_decided_it() {
    let found = chain_end("Support was asleep; there was no runbook for draining the queue.", &Names::default());
    assert_eq!(found.ends_at, ChainEnd::Process);
    assert!(found.reason.contains("no runbook for draining the queue"), "{}", found.reason);
}

/// What stands between the quotation marks of a reason.
fn quoted(reason: &str) -> Option<&str> {
    let from = reason.find('“')? + '“'.len_utf8();
    let to = reason.rfind('”')?;
    reason.get(from..to)
}

fn assert_quotes(text: &str) {
    let reason = chain_end(text, &Names::of_people(["Anna"])).reason;
    if let Some(words) = quoted(&reason) {
        let words = words.strip_suffix('…').unwrap_or(words);
        assert!(text.contains(words), "{words:?} is not in {text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_has_an_end_and_a_quote_of_its_own(text in any::<String>()) {
        assert_quotes(&text);
    }

    #[test]
    fn words_in_any_order_have_an_end(
        parts in prop::collection::vec(
            prop_oneof![
                Just("because"), Just("so"), Just(","), Just("no"), Just("runbook"), Just("Anna"), Just("forgot"),
                Just("->"), Just("since"), Just("nobody owns"), Just("\n"), Just("“"), Just("budget"), Just("?"),
                Just("due to"), Just("."), Just("é\u{301}"), Just("👩‍🚒"), Just("n't"),
            ],
            0..40,
        ),
    ) {
        assert_quotes(&parts.join(" "));
    }
}

#[test]
fn hostile_answers_end() {
    for unit in ["a", "because ", "no runbook ", "\"", "“", "?", "because so , ", "é\u{301}", "\u{0}", "Anna forgot. "]
    {
        assert_quotes(&unit.repeat(100_000 / unit.len()));
    }
}
