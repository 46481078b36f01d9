//! Days and zones that stand beside the story: in front matter, above a report, in brackets before a message.

mod transcript;

use intake::Assumptions;
use transcript::{check, given};

#[test]
fn a_field_of_the_front_matter_gives_day_and_zone_where_its_clock_is_in_the_list() {
    let page =
        |field: &str| format!("---\ntitle: Pump 7\n{field}\n---\n\n- 08:50 — deploy\n- 09:12 — errors\n- 10:30 — calm");
    check(
        "a moment of the list",
        &page("incident_start: 2026-03-04T09:12:00+01:00"),
        &given("", ""),
        &["2026-03-04 07:50 deploy", "2026-03-04 08:12 errors", "2026-03-04 09:30 calm", "lost 2: title: Pump 7"],
    );
    for other in ["detected_at: 2026-03-04T08:12:00Z", "created_at: 2026-03-04T09:12:00+01:00"] {
        check(
            other,
            &page(other),
            &given("", ""),
            &[
                "? T08:50 deploy",
                "? T09:12 errors",
                "? T10:30 calm",
                "ask MissingZone [0, 1, 2]",
                "ask MissingDate [0, 1, 2]",
                "lost 2: title: Pump 7",
                &format!("lost 3: {other}"),
            ],
        );
    }
}

#[test]
fn a_day_that_is_a_sentence_holds_for_the_story_and_not_the_time_of_the_post() {
    check(
        "a byline above it",
        "Harbour news\n\n4 March 2026, 17:20\n\nShare this page\n\nTuesday, 3 March. It was 9:40 when the crane stopped.\n\n09:40: Crane stops\n\n09:55: Crew called\n\n10:30: Crane moves",
        &given("UTC", ""),
        &[
            "2026-03-03 09:40 when the crane stopped.",
            "2026-03-03 09:40 Crane stops",
            "2026-03-03 09:55 Crew called",
            "2026-03-03 10:30 Crane moves",
            "lost 1: Harbour news",
            "lost 3: 4 March 2026, 17:20",
            "lost 5: Share this page",
        ],
    );
}

#[test]
fn an_update_that_looks_back_leaves_its_own_day() {
    check(
        "the clocks below belong to the day that the text names",
        "5 March 2026, at 9:10AM\n\n[resolved] At 22:10 on 3rd March, the main line failed.\n\nAt 22:40, a spare line was patched in.\n\n4 March 2026, at 8:00AM\n\n[investigating] We look into it.",
        &given("UTC", ""),
        &[
            "2026-03-05 09:10 [resolved]",
            "2026-03-03 22:10 the main line failed.",
            "2026-03-03 22:40 a spare line was patched in.",
            "2026-03-04 08:00 [investigating] We look into it.",
        ],
    );
}

#[test]
fn a_quoted_message_may_have_its_time_in_brackets_with_a_label() {
    check(
        "posted and updated",
        "[Posted 7:20am PST 4 March 2026] Logins fail.\n\n[Updated: 9:05am PST 4 March 2026] Logins work.\n\n[Updated the page at 10:00] and nothing else",
        &Assumptions::default(),
        &[
            "2026-03-04 15:20 Logins fail.",
            "2026-03-04 17:05 Logins work.",
            "lost 5: [Updated the page at 10:00] and nothing else",
        ],
    );
    check(
        "the first post below its updates",
        "UPDATE: 9:50 p.m. March 4 – Repaired.\nOriginal post: 4:30 p.m. March 4 – Lines are down.",
        &given("UTC", "2026-03-04"),
        &["2026-03-04 21:50 Repaired.", "2026-03-04 16:30 Lines are down."],
    );
}

#[test]
fn sentences_tell_each_moment_once_and_with_words() {
    check(
        "twice the same moment, and two moments of one thing",
        "The certificate ran out at Mar 3 19:21:40 2026 UTC (for you: 2026-03-03T19:21:40Z). Two outages followed around 2026-03-04T08:13:00Z and again at 2026-03-04T12:40:00Z.",
        &Assumptions::default(),
        &[
            "2026-03-03 19:21:40 The certificate ran out at Mar 3 19:21:40 2026 UTC (for you: 2026-03-03T19:21:40Z).",
            "2026-03-04 08:13:00 ~ Two outages followed around 2026-03-04T08:13:00Z",
            "2026-03-04 12:40:00 Two outages followed around 2026-03-04T08:13:00Z and again at 2026-03-04T12:40:00Z.",
        ],
    );
    check(
        "a clock that opens a bracket",
        "Um 6:57:19 Uhr fiel der Strom aus. Die Wache wurde zum zweiten Einsatz (07:02:56 Uhr Talweg) gerufen.",
        &given("UTC", "2026-03-04"),
        &[
            "2026-03-04 06:57:19 fiel der Strom aus.",
            "2026-03-04 07:02:56 Die Wache wurde zum zweiten Einsatz (07:02:56 Uhr Talweg) gerufen.",
        ],
    );
}

#[test]
fn hours_are_read_in_french_and_spanish_lists() {
    check(
        "hours and spans",
        "4 mars 2026, heures en UTC\n\n9 heures : le réseau tombe\n9 h 20 : les équipes arrivent\nentre 9 h 40 et 9 h 50 : essais\n11 heures 05 : retour\n\nLa panne a duré 3 heures.",
        &Assumptions::default(),
        &[
            "2026-03-04 09:00 le réseau tombe",
            "2026-03-04 09:20 les équipes arrivent",
            "2026-03-04 09:40 9 h 40 et 9 h 50 essais",
            "2026-03-04 11:05 retour",
            "lost 8: La panne a duré 3 heures.",
        ],
    );
    check(
        "Spanish",
        "2026-03-04 (UTC)\n\n- entre 18:40 y 18:45 — reinicio\n- hacia las 19:10 — calma\n- 19:20 y 3 nodos",
        &Assumptions::default(),
        &["2026-03-04 18:40 18:40 y 18:45 reinicio", "2026-03-04 19:10 ~ calma", "2026-03-04 19:20 y 3 nodos"],
    );
}

#[test]
fn a_label_in_an_east_asian_script_is_no_actor() {
    check(
        "labels and names",
        "2026-03-04 (JST)\n\n14:05 監視アラート: CPU\n14:06 山田: 確認します\n14:07 復旧の確認: OK\n14:09 gateway (eu1) last sync: none\n14:10 ops (lead): restart\n14:11 à Paris : calme",
        &Assumptions::default(),
        &[
            "2026-03-04 05:05 監視アラート: CPU",
            "2026-03-04 05:06 <山田> 確認します",
            "2026-03-04 05:07 復旧の確認: OK",
            "2026-03-04 05:09 gateway (eu1) last sync: none",
            "2026-03-04 05:10 <ops (lead)> restart",
            "2026-03-04 05:11 à Paris : calme",
        ],
    );
}

#[test]
fn zulu_behind_a_clock_is_utc() {
    check(
        "a zone, not a speaker",
        "2026-03-04\n14:05 Zulu: stop\n14:06 Zulu - go",
        &given("Europe/Berlin", ""),
        &["2026-03-04 14:05 stop", "2026-03-04 14:06 go"],
    );
}
