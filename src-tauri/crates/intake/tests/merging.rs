//! A second source beside the first: order, and events told twice. All of it is fiction.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use intake::{Assumptions, Existing, Likeness, Merged, Place, merge, read};

fn merged(old: &str, new: &str) -> Merged {
    let read = |text: &str| read(&format!("2026-05-06 (UTC)\n{text}"), &Assumptions::default()).unwrap();
    let old = read(old);
    let existing: Vec<Existing<'_>> =
        old.events.iter().map(|event| Existing { at: event.at, text: &event.text }).collect();
    merge(&existing, &read(new))
}

fn pairs(old: &str, new: &str) -> Vec<(usize, usize, bool, String)> {
    let told = |like: Likeness| (like.existing, like.new, like.sure, like.reason);
    merged(old, new).likenesses.into_iter().map(told).collect()
}

#[test]
fn both_are_put_in_the_order_of_time_and_nothing_is_dropped() {
    let merged = merged(
        "- 14:23 Alert fires\n- a remark without a time\n- 14:40 Calm",
        "- 14:20 Deployed v3\n- 14:23 Alert fires\n- 14:30 Rolled back",
    );
    use Place::{Existing, New};
    assert_eq!(merged.order, [New(0), Existing(0), Existing(1), New(1), New(2), Existing(2)]);
}

#[test]
fn the_same_instant_with_the_same_words_is_surely_the_same() {
    assert_eq!(
        pairs("- 14:23 Alert fires on checkout!", "- 14:23 alert fires on Checkout"),
        [(0, 0, true, "The same instant and the same words.".to_owned())]
    );
    assert_eq!(pairs("- 14:23 Alert fires", "- 14:23 Deployed v3 of the billing service"), []);
}

#[test]
fn events_close_in_time_with_most_words_in_common_are_proposed() {
    assert_eq!(
        pairs("- 14:23 Error rate alert fires on checkout", "- 14:24 Alert: error rate on checkout"),
        [(0, 0, false, "Only 1 min apart, and most of the words are the same.".to_owned())]
    );
    assert_eq!(
        pairs("- 14:23 Rolled back checkout v3.2", "- 14:26 rolled back checkout v3.2"),
        [(0, 0, false, "The same words, 3 min apart.".to_owned())]
    );
    // Twenty minutes later the same sort of alert is another one.
    assert_eq!(pairs("- 14:23 Error rate alert fires", "- 14:46 Alert: error rate fires"), []);
}

#[test]
fn the_same_words_whole_hours_apart_ask_for_the_zone() {
    assert_eq!(
        pairs("- 14:23 Rolled back checkout", "- 16:23 Rolled back checkout"),
        [(0, 0, false, "The same words, exactly 2 h apart: one of the two may be in another time zone.".to_owned())]
    );
    assert_eq!(pairs("- 14:23 Rolled back checkout", "- 16:30 Rolled back checkout"), []);
}

#[test]
fn an_event_is_paired_once_with_the_one_that_fits_best() {
    assert_eq!(
        pairs(
            "- 14:23 Restarted the pods\n- 14:25 Restarted the pods",
            "- 14:25 Restarted the pods\n- 14:23 Restarted the pods\n- 14:24 Restarted the pods",
        )
        .iter()
        .map(|(old, new, sure, _)| (*old, *new, *sure))
        .collect::<Vec<_>>(),
        [(1, 0, true), (0, 1, true)]
    );
}

#[test]
fn words_without_a_time_are_compared_as_well() {
    assert_eq!(
        pairs("- 14:23 Alert\n- Customers told by mail", "- 14:50 Customers told by mail"),
        [(1, 0, false, "The same words; one of the two has no time.".to_owned())]
    );
}
