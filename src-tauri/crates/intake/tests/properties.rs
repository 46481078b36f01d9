//! What holds for every text: no panic, no line lost, no line counted twice, no event too many.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use intake::{Assumptions, Error, LARGEST_TEXT, LONGEST_LINE, Mark, Reading, read, suggest_milestones};
use meeting::Milestone;
use proptest::prelude::*;

/// Pieces that mean something to the reader, to be put together in every wrong way.
const PIECES: &[&str] = &[
    "14:23",
    "2:14 PM",
    "23:59:60",
    "24:00",
    "0847",
    "14.05",
    "T",
    "Z",
    "UTC",
    "IST",
    "CEST",
    "+02:00",
    "-0700",
    "UTC+",
    "(",
    ")",
    "[",
    "]",
    "**",
    "`",
    "|",
    "|---|",
    "Time (UTC) | Event",
    "time,event",
    "\"",
    ",",
    ";",
    "\t",
    " — ",
    " - ",
    ": ",
    "~",
    "about ",
    "Alice Doe  ",
    "<alice>",
    "Alice: ",
    "2026-05-06",
    "03/04/2026",
    "6 May",
    "May 6th, 2026",
    "29 February",
    "Wednesday",
    "Day 2",
    "Yesterday",
    "next day",
    "All times in UTC",
    "Posted ",
    "Resolved - ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "```",
    "---",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\0",
    "\u{feff}",
    "é",
    "日本",
    "🙂",
    "\u{202f}",
    "ſ",
    "İ",
    "9999999999",
    "1778077385",
    "rolled back",
    "é14:23",
    "At ",
    "By ",
    "On ",
    " at ",
    ". ",
    ", and ",
    "wrote:",
    "(14:05)",
    "T+15m",
    "+00:15",
    "15 minutes later",
    "Resolved May 6 at ",
    "== Timeline ==",
    "## Action items",
    "*'''14:05'''",
    "unless otherwise noted",
    "<p>",
    "</p>",
    "<li>",
    "<td>",
    "<tr>",
    "</tr>",
    "<h2>",
    "&nbsp;",
    ":eyes: 3",
    "3 replies",
    "10:45a",
    "Eastern:",
    "Day 1 (Tuesday)",
    "2018 October 21",
    "Posted May 6, 2026 - 14:23 UTC",
    "14:23é",
    "–",
    "→",
    " ",
];

fn pasted() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
        prop::collection::vec((prop::sample::select(PIECES), "\\PC{0,12}"), 0..30)
            .prop_map(|parts| parts.into_iter().map(|(piece, noise)| format!("{piece}{noise}")).collect()),
    ]
}

fn answered() -> impl Strategy<Value = Assumptions> {
    (any::<bool>(), any::<bool>(), any::<Option<bool>>()).prop_map(|(zone, date, day_first)| Assumptions {
        zone: zone.then_some(chrono_tz::Tz::Europe__Berlin),
        date: date.then(|| "2026-10-25".parse().ok()).flatten(),
        day_first,
        ..Assumptions::default()
    })
}

/// How many times each line is accounted for.
fn accounted(reading: &Reading) -> BTreeMap<usize, usize> {
    // Several sentences of one line may each begin an event.
    let begun: BTreeSet<usize> = reading.events.iter().map(|event| event.line).collect();
    let events = begun.into_iter().chain(reading.events.iter().flat_map(|event| event.continued.iter().copied()));
    let headings = reading.headings.iter().map(|heading| heading.line);
    let lost = reading.not_understood.iter().map(|line| line.line);
    let mut counts = BTreeMap::new();
    for line in events.chain(headings).chain(lost) {
        *counts.entry(line).or_default() += 1;
    }
    counts
}

/// 400, or as many as `PROPTEST_CASES` asks for.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn every_line_with_something_on_it_is_accounted_for_once(text in pasted(), assumptions in answered()) {
        let reading = read(&text, &assumptions).unwrap();
        let counts = accounted(&reading);
        let plain = text.replace("\r\n", "\n").replace('\r', "\n");
        for (index, line) in plain.split('\n').enumerate() {
            if line.chars().any(|c| c.is_alphanumeric() || c.is_ascii_punctuation()) {
                prop_assert_eq!(counts.get(&(index + 1)), Some(&1), "line {} of {:?} in {:#?}", index + 1, text, reading);
            }
        }
        prop_assert!(counts.values().all(|count| *count == 1), "{:#?}", reading);
    }

    #[test]
    fn an_event_without_an_instant_has_a_doubt_or_no_time(text in pasted(), assumptions in answered()) {
        let reading = read(&text, &assumptions).unwrap();
        for (at, event) in reading.events.iter().enumerate() {
            let asked = reading.doubts.iter().any(|doubt| doubt.events.contains(&at));
            prop_assert!(event.at.is_some() || asked || event.local.time.is_none(), "{:#?}", event);
        }
        for doubt in &reading.doubts {
            prop_assert!(doubt.events.iter().all(|at| *at < reading.events.len()));
        }
    }

    #[test]
    fn a_list_with_dates_and_offsets_gives_back_every_instant(
        seconds in prop::collection::vec(0_i64..4_000_000_000, 1..40),
        offset in -14_i32..=14,
    ) {
        let offset = chrono::FixedOffset::east_opt(offset * 3600).unwrap();
        let times: Vec<DateTime<Utc>> = seconds.iter().map(|s| DateTime::from_timestamp(*s, 0).unwrap()).collect();
        let lines: Vec<String> = times
            .iter()
            .map(|time| format!("- {} something happened", time.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S%:z")))
            .collect();
        let reading = read(&lines.join("\n"), &Assumptions::default()).unwrap();
        let found: Vec<Option<DateTime<Utc>>> = reading.events.iter().map(|event| event.at).collect();
        prop_assert_eq!(found, times.into_iter().map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn an_ordered_list_of_clocks_is_followed_over_midnights(
        start in 0_i64..86_400 / 60,
        steps in prop::collection::vec(0_i64..18 * 60, 1..30),
        newest_first in any::<bool>(),
    ) {
        // Short steps first, so that the order can be seen; then gaps short of eighteen hours, after which it asks.
        let mut minute = start;
        let mut minutes = vec![start];
        for step in [1; 40].into_iter().chain(steps) {
            minute += step;
            minutes.push(minute);
        }
        let first = 1_778_025_600 / 60;
        let mut times: Vec<DateTime<Utc>> = minutes.iter().map(|m| DateTime::from_timestamp((first + m) * 60, 0).unwrap()).collect();
        if newest_first {
            times.reverse();
        }
        let lines: Vec<String> = times.iter().map(|time| time.format("%H:%M something happened").to_string()).collect();
        let assumptions = Assumptions {
            zone: Some(chrono_tz::Tz::UTC),
            date: DateTime::from_timestamp(first * 60, 0).map(|time| time.date_naive()),
            ..Assumptions::default()
        };
        let reading = read(&lines.join("\n"), &assumptions).unwrap();
        let found: Vec<Option<DateTime<Utc>>> = reading.events.iter().map(|event| event.at).collect();
        prop_assert_eq!(found, times.into_iter().map(Some).collect::<Vec<_>>());
    }
}

#[test]
fn a_text_or_a_line_that_is_too_large_is_refused_with_a_sentence() {
    let refused = read(&"14:23 x\n".repeat(LARGEST_TEXT / 8 + 1), &Assumptions::default()).unwrap_err();
    assert_eq!(refused, Error::TooLarge { bytes: LARGEST_TEXT + 8 });
    assert!(refused.to_string().contains("Nothing was taken in"), "{refused}");
    let refused = read(&format!("14:23 ok\n{}", "x".repeat(LONGEST_LINE + 1)), &Assumptions::default()).unwrap_err();
    assert_eq!(refused, Error::LineTooLong { line: 2, bytes: LONGEST_LINE + 1 });
}

#[test]
fn the_largest_text_is_read_whole() {
    let line = "14:23 — Alert fires on checkout\n";
    let text = line.repeat(LARGEST_TEXT / line.len());
    let reading = read(&text, &Assumptions::default()).unwrap();
    assert_eq!(reading.events.len(), LARGEST_TEXT / line.len());
}

#[test]
fn texts_made_to_be_slow_are_read_to_the_end() {
    let long = |piece: &str| format!("{}\n", piece.repeat(LONGEST_LINE / piece.len() - 1)).repeat(2);
    let many = |piece: &str| piece.repeat(LARGEST_TEXT / 80 / piece.len());
    let hostile = [
        long("Alice "),
        long("UTC "),
        long("["),
        long("2026-05-06 "),
        long("14:23 not alert "),
        long("May 6 "),
        long("`"),
        long("|a"),
        many("|a|b|\n"),
        many("May 6 14:23 x\n2026-05-06 14:23 y\n"),
        format!("2:14 PM x\n{}", many("2:15 y\n2:16 z\n")),
        many("name\n"),
        many("Posted May 6, 2026 - 14:23 UTC\n"),
        many("6 May\n"),
        many("Alice Doe  2:14 PM\nhello\n"),
        many("```\n"),
        many("\"\n"),
        format!("14:23 x\n{}", many("not alert\n")),
    ];
    for text in &hostile {
        let reading = read(text, &Assumptions::default()).unwrap();
        assert!(!reading.events.is_empty() || !reading.not_understood.is_empty() || !reading.headings.is_empty());
    }
}

#[test]
fn milestones_are_suggested_once_and_updates_each_time() {
    let text = "2026-05-06 (UTC)\n14:02 Deployed v3.2\n14:05 Errors begin on checkout\n14:09 Alert: error rate\n14:11 Alice acknowledged the page\n14:15 Incident declared, SEV2\n14:16 Status page updated\n14:20 Second alert\n14:31 Rollback complete\n14:40 Status page updated again\n14:45 Resolved, we thought\n15:10 All clear";
    let reached = |milestone| Mark::Reached { milestone };
    let reading = read(text, &Assumptions::default()).unwrap();
    let found: Vec<(usize, Mark, String)> =
        suggest_milestones(&reading.events).into_iter().map(|(at, guess)| (at, guess.mark, guess.words)).collect();
    let expected = [
        (1, reached(Milestone::ImpactStarted), "Errors begin"),
        (2, reached(Milestone::Detected), "Alert"),
        (3, reached(Milestone::Acknowledged), "acknowledged"),
        (4, reached(Milestone::Declared), "Incident declared"),
        (5, Mark::StakeholdersTold, "Status page"),
        (7, reached(Milestone::Mitigated), "Rollback complete"),
        (8, Mark::StakeholdersTold, "Status page"),
        (10, reached(Milestone::Resolved), "All clear"),
    ];
    assert_eq!(found, expected.map(|(at, mark, words)| (at, mark, words.to_owned())));
    assert_eq!(reading.events[2].milestone.as_ref().map(|guess| guess.mark), Some(reached(Milestone::Detected)));
    assert_eq!(reading.events[0].milestone, None);
}

#[test]
fn a_milestone_is_not_suggested_before_what_it_presupposes() {
    let text = "2026-05-06 (UTC)\n13:00 Alert about an old certificate\n14:05 Errors begin on checkout\n14:09 Alert: error rate\n14:20 It will be mitigated soon\n14:31 Service restored\n14:40 Incident declared resolved";
    let reading = read(text, &Assumptions::default()).unwrap();
    let found: Vec<(usize, Mark)> =
        suggest_milestones(&reading.events).into_iter().map(|(at, guess)| (at, guess.mark)).collect();
    let reached = |milestone| Mark::Reached { milestone };
    let expected = [
        (1, reached(Milestone::ImpactStarted)),
        (2, reached(Milestone::Detected)),
        (4, reached(Milestone::Mitigated)),
        (5, reached(Milestone::Resolved)),
    ];
    assert_eq!(found, expected, "nothing is declared, and the first alert came before the impact");
}

#[test]
fn a_reading_is_told_in_words_that_other_programs_can_read() {
    let reading = read("6 May\n14:23 Alert", &Assumptions::default()).unwrap();
    let told = serde_json::to_value(&reading).unwrap();
    assert_eq!(told["events"][0]["local"], "--05-06T14:23");
    assert_eq!(told["events"][0]["at"], serde_json::Value::Null);
    assert_eq!(told["events"][0]["kind_reason"], "Alert");
    assert_eq!(told["doubts"][0]["question"], "missing-zone");
    assert_eq!(told["order"], "oldest-first");
}
