//! Dates, midnights, zones and daylight saving.

mod transcript;

use intake::{Assumptions, GoingBack, Occurrence, Order, UnmarkedHours, read};
use transcript::{check, given};

#[test]
fn a_heading_carries_the_date() {
    let headings = [
        "## Wednesday, 6 May 2026",
        "6 May 2026",
        "May 6th, 2026",
        "2026-05-06",
        "**6 May 2026**",
        "2026/05/06",
        "06.05.2026",
        "Wed 6 May 2026:",
        "6. Mai 2026",
        "mercredi 6 mai 2026",
        "06-May-2026",
        "# Outage of 2026-05-06",
        "# outage-2026-05-06",
        "06/May/26",
        "6-May-26",
        "May 6 '26",
        "Date: 6 May 2026",
        "Incident date: May 6, 2026",
        "On May 6, 2026 checkout was down.",
        "Timeline for 2026-05-06 (UTC):",
    ];
    for heading in headings {
        let text = format!("{heading}\n\n14:23 Alert\n14:31 Rollback");
        check(heading, &text, &given("UTC", ""), &["2026-05-06 14:23 Alert", "2026-05-06 14:31 Rollback"]);
    }
}

#[test]
fn a_date_without_a_year_takes_it_from_the_text_or_asks() {
    check("asks", "6 May\n14:23 Alert", &given("UTC", ""), &["? --05-06T14:23 Alert", "ask MissingYear [0]"]);
    check("answered", "May 6th\n14:23 Alert", &given("UTC", "2026-05-01"), &["2026-05-06 14:23 Alert"]);
    check(
        "title tells",
        "# Outage 2025-12-31\n- Dec 31 23:50 Alert\n- Jan 1 00:10 Calm",
        &given("UTC", ""),
        &["2025-12-31 23:50 Alert", "2026-01-01 00:10 Calm"],
    );
    check(
        "the document is dated",
        "Published 2026-05-20.\n\n## May 6\n14:23 Alert",
        &given("UTC", ""),
        &["2026-05-06 14:23 Alert", "lost 1: Published 2026-05-20."],
    );
    check(
        "day of the document is not taken",
        "Last updated: 2026-05-20\n\n14:23 Alert",
        &given("UTC", ""),
        &["? T14:23 Alert", "ask MissingDate [0]", "lost 1: Last updated: 2026-05-20"],
    );
}

#[test]
fn time_stamps_on_the_line_are_read_with_their_offset() {
    let text = "2026-05-06T14:23:05Z a\n2026-05-06T14:24:05.123+02:00 b\n2026-05-06 14:25 UTC c\n2026-05-06 14:26:00 -0700 - d\n[2026-05-06 14:27:00 UTC+2] e\n20260506T142800Z f\nMay  6 14:29:00 UTC db-3 g\nWed May  6 14:30:05 2026 GMT h\nMay 6, 2026 2:31 PM PDT: i\n14:31 UTC on May 7, 2026: ii\n2:32 PM UTC, 8 May 2026 iii\n06 May 2026 14:32 CEST | j\n2026-05-06T14:33-05:00 k";
    check(
        "stamps",
        text,
        &given("", ""),
        &[
            "2026-05-06 14:23:05 a",
            "2026-05-06 12:24:05 b",
            "2026-05-06 14:25 c",
            "2026-05-06 21:26:00 d",
            "2026-05-06 12:27:00 e",
            "2026-05-06 14:28:00 f",
            "2026-05-06 14:29:00 db-3 g",
            "2026-05-06 14:30:05 h",
            "2026-05-06 21:31 i",
            "2026-05-07 14:31 ii",
            "2026-05-08 14:32 iii",
            "2026-05-06 12:32 j",
            "2026-05-06 19:33 k",
        ],
    );
}

#[test]
fn the_zone_is_named_once_anywhere_at_the_top() {
    let cases = [
        ("All times in UTC.", "14:23"),
        ("All times are UTC", "14:23"),
        ("*All times UTC*", "14:23"),
        ("Times: UTC", "14:23"),
        ("Timezone: Europe/Berlin", "12:23"),
        ("All times in CEST", "12:23"),
        ("(all times PT)", "21:23"),
        ("All times are given in Pacific Time.", "21:23"),
        ("All times in US/Pacific", "21:23"),
        ("All times UTC+2", "12:23"),
        ("All times are in Eastern Daylight Time (EDT)", "18:23"),
        ("Timeline (BST)", "13:23"),
        ("All times London time", "13:23"),
        ("Times in JST", "05:23"),
        ("Times in AEST", "04:23"),
        ("All times are CET/CEST", "12:23"),
    ];
    for (statement, utc) in cases {
        let text = format!("{statement}\n\n2026-05-06\n- 14:23 Alert");
        check(statement, &text, &given("", ""), &[format!("2026-05-06 {utc} Alert").as_str()]);
    }
    let reading = read("All times in CEST\n2026-05-06\n14:23 Alert", &given("", "")).expect("a small text");
    let zone = reading.zone.expect("the zone is stated");
    assert_eq!((zone.name.as_str(), zone.words.as_str(), zone.line), ("UTC+02:00", "CEST", 1));
    check("at the bottom", "2026-05-06\n14:23 Alert\n\nAll times in UTC.", &given("", ""), &["2026-05-06 14:23 Alert"]);
    check(
        "merely mentioned",
        "Users in the EST region were hit.\n\n2026-05-06\n14:23 Alert",
        &given("", ""),
        &["? 2026-05-06T14:23 Alert", "ask MissingZone [0]", "lost 1: Users in the EST region were hit."],
    );
}

#[test]
fn several_zones_may_stand_in_one_text() {
    let text = "2026-05-06\n14:23 UTC alert\n07:31 PDT ack\n10:35 ET page\n16:40 CEST (14:40 UTC) calm\n23:45 JST done";
    check(
        "zones",
        text,
        &given("", ""),
        &[
            "2026-05-06 14:23 alert",
            "2026-05-06 14:31 ack",
            "2026-05-06 14:35 page",
            "2026-05-06 14:40 calm",
            "2026-05-06 14:45 done",
        ],
    );
    check(
        "one line has none",
        "2026-05-06\n14:23 UTC alert\n07:31 PDT ack\n14:40 calm",
        &given("", ""),
        &["2026-05-06 14:23 alert", "2026-05-06 14:31 ack", "? 2026-05-06T14:40 calm", "ask MissingZone [2]"],
    );
    check(
        "carried on",
        "2026-05-06\n14:23 UTC alert\n14:40 calm",
        &given("", ""),
        &["2026-05-06 14:23 alert", "2026-05-06 14:40 calm"],
    );
    check(
        "not from a log line",
        "2026-05-06\n14:23 alert\n2026-05-06T12:25:00Z deploy",
        &given("", ""),
        &["? 2026-05-06T14:23 alert", "2026-05-06 12:25:00 deploy", "ask MissingZone [0]"],
    );
    check(
        "local midnight",
        "2026-05-06\n23:50 UTC alert\n17:10 PDT ack",
        &given("", ""),
        &["2026-05-06 23:50 alert", "2026-05-07 00:10 ack"],
    );
}

#[test]
fn a_change_of_zone_moves_the_day_only_when_the_moments_are_near() {
    check(
        "near",
        "2026-05-07 00:10 JST alert\n15:15 UTC ack",
        &given("", ""),
        &["2026-05-06 15:10 alert", "2026-05-06 15:15 ack"],
    );
    check(
        "far",
        "2026-01-10 14:25 CST alert\n15:00 GMT call\n15:10 GMT calm",
        &given("", ""),
        &["2026-01-10 20:25 alert", "? 2026-01-10T15:00 call", "? 2026-01-10T15:10 calm", "ask ClockGoesBack [1, 2]"],
    );
}

#[test]
fn an_abbreviation_means_its_offset_even_out_of_season() {
    let cases = [
        ("2026-07-06 14:23 PST alert", "2026-07-06 22:23 alert"),
        ("2026-07-06 14:23 EST alert", "2026-07-06 19:23 alert"),
        ("2026-07-06 14:23 CET alert", "2026-07-06 13:23 alert"),
        ("2026-01-06 14:23 PDT alert", "2026-01-06 21:23 alert"),
        ("2026-07-06 14:23 PT alert", "2026-07-06 21:23 alert"),
        ("2026-07-06 14:23 Pacific: alert", "2026-07-06 21:23 alert"),
        ("2026-07-06 14:23 Central European Time alert", "2026-07-06 12:23 alert"),
        ("2026-07-06 14:23 CET/CEST alert", "2026-07-06 12:23 alert"),
    ];
    for (text, expected) in cases {
        check(text, text, &given("", ""), &[expected]);
    }
    let reading = read("2026-07-06 14:23 PST alert", &given("", "")).unwrap_or_else(|refused| panic!("{refused}"));
    assert!(reading.events[0].how.contains("not in use on that day"), "{}", reading.events[0].how);
}

#[test]
fn an_abbreviation_that_does_not_settle_the_zone_is_asked_about() {
    check(
        "india, ireland, israel",
        "2026-05-06 14:23 IST alert",
        &given("", ""),
        &["? 2026-05-06T14:23 alert", "ask AmbiguousZone [0]"],
    );
    check("answered", "2026-05-06 14:23 IST alert", &given("Asia/Kolkata", ""), &["2026-05-06 08:53 alert"]);
    check(
        "british summer in winter",
        "2026-01-06 14:23 BST alert",
        &given("", ""),
        &["? 2026-01-06T14:23 alert", "ask AmbiguousZone [0]"],
    );
    check("summer meant", "2026-07-06 14:23 CET alert", &given("Europe/Berlin", ""), &["2026-07-06 12:23 alert"]);
    check(
        "in season",
        "2026-01-06 14:23 CET alert\n2026-07-06 09:00 EDT report",
        &given("", ""),
        &["2026-01-06 13:23 alert", "2026-07-06 13:00 report"],
    );
}

#[test]
fn midnight_passes_in_a_list() {
    let text = "2026-05-06 (UTC)\n23:50 alert\n23:58 ack\n00:10 rollback\n09:00 report";
    check(
        "forward",
        text,
        &given("", ""),
        &["2026-05-06 23:50 alert", "2026-05-06 23:58 ack", "2026-05-07 00:10 rollback", "2026-05-07 09:00 report"],
    );
    check(
        "a little out of order",
        "2026-05-06 (UTC)\n14:23 alert\n14:21 deploy\n14:30 ack",
        &given("", ""),
        &["2026-05-06 14:23 alert", "2026-05-06 14:21 deploy", "2026-05-06 14:30 ack"],
    );
    check(
        "the end of a day",
        "2026-05-06 (UTC)\n23:50 alert\n24:00 ack\n00:10 calm",
        &given("", ""),
        &["2026-05-06 23:50 alert", "2026-05-07 00:00 ack", "2026-05-07 00:10 calm"],
    );
    let days = "Day 1\n10:00 alert\nDay 2\n11:00 calm\nNext day\n12:00 report";
    check(
        "days by number",
        days,
        &given("UTC", "2026-05-06"),
        &["2026-05-06 10:00 alert", "2026-05-07 11:00 calm", "2026-05-08 12:00 report"],
    );
    check(
        "weekdays",
        "# 2026-05-06\n### Wednesday\n10:00 alert\n### Friday\n11:00 calm",
        &given("UTC", ""),
        &["2026-05-06 10:00 alert", "2026-05-08 11:00 calm"],
    );
}

#[test]
fn a_list_that_starts_over_is_asked_about() {
    let text = "2026-05-06 (UTC)\n\n10:00 alert\n16:00 calm\n\n## In detail\n\n10:01 alert again";
    check(
        "asked",
        text,
        &given("", ""),
        &[
            "2026-05-06 10:00 alert",
            "2026-05-06 16:00 calm",
            "? 2026-05-06T10:01 alert again",
            "ask ClockGoesBack [2]",
            "lost 6: ## In detail",
        ],
    );
    let same = Assumptions { clock_goes_back: Some(GoingBack::SameDay), ..given("", "") };
    check(
        "same day",
        text,
        &same,
        &["2026-05-06 10:00 alert", "2026-05-06 16:00 calm", "2026-05-06 10:01 alert again", "lost 6: ## In detail"],
    );
    let next = Assumptions { clock_goes_back: Some(GoingBack::NextDay), ..given("", "") };
    check(
        "next day",
        text,
        &next,
        &["2026-05-06 10:00 alert", "2026-05-06 16:00 calm", "2026-05-07 10:01 alert again", "lost 6: ## In detail"],
    );
}

#[test]
fn a_list_that_runs_backwards_is_recognised() {
    let text = "00:40 resolved\n00:10 rollback\n23:58 ack\n23:50 alert";
    check(
        "backwards",
        text,
        &given("UTC", "2026-05-06"),
        &["2026-05-07 00:40 resolved", "2026-05-07 00:10 rollback", "2026-05-06 23:58 ack", "2026-05-06 23:50 alert"],
    );
    let order = |text: &str| read(text, &Assumptions::default()).expect("a small text").order;
    assert_eq!(order(text), Order::NewestFirst);
    assert_eq!(order("23:50 alert\n00:10 rollback\n00:40 resolved"), Order::OldestFirst);
    assert_eq!(order("2026-05-07 09:00 report\n2026-05-06 23:00 calm"), Order::NewestFirst);
}

#[test]
fn day_and_month_are_exchanged_only_when_the_text_or_a_person_says_so() {
    let text = "03/04/2026 14:23 UTC alert\n04/04/2026 09:00 UTC report";
    check("asked", text, &given("", ""), &["? T14:23 alert", "2026-04-04 09:00 report", "ask DayMonthOrder [0]"]);
    let first = |day_first| Assumptions { day_first: Some(day_first), ..given("", "") };
    check("day first", text, &first(true), &["2026-04-03 14:23 alert", "2026-04-04 09:00 report"]);
    check("month first", text, &first(false), &["2026-03-04 14:23 alert", "2026-04-04 09:00 report"]);
    check(
        "another line tells",
        "03/04/2026 14:23 UTC alert\n04/25/2026 09:00 UTC report",
        &given("", ""),
        &["2026-03-04 14:23 alert", "2026-04-25 09:00 report"],
    );
    check("the weekday tells", "Fri 03/04/2026 14:23 UTC alert", &given("", ""), &["2026-04-03 14:23 alert"]);
    check("without a year", "3/4 14:23 UTC alert", &first(true), &["? --04-03T14:23 alert", "ask MissingYear [0]"]);
    check(
        "the weekday is wrong",
        "Monday, 6 May 2026 14:23 UTC alert",
        &given("", ""),
        &["2026-05-06 14:23 alert", "ask WeekdayDisagrees [0]"],
    );
}

#[test]
fn daylight_saving_is_flagged_and_settled_by_order_or_answer() {
    check(
        "skipped",
        "2026-03-29\n02:30 alert\n03:30 ack",
        &given("Europe/Berlin", ""),
        &["? 2026-03-29T02:30 alert", "2026-03-29 01:30 ack", "ask SkippedByDaylightSaving [0]"],
    );
    check(
        "repeated",
        "2026-10-25\n02:30 alert\n03:30 ack",
        &given("Europe/Berlin", ""),
        &["? 2026-10-25T02:30 alert", "2026-10-25 02:30 ack", "ask RepeatedByDaylightSaving [0]"],
    );
    let second = Assumptions { repeated: Some(Occurrence::Second), ..given("Europe/Berlin", "") };
    check("answered", "2026-10-25\n02:30 alert", &second, &["2026-10-25 01:30 alert"]);
    check(
        "shown by the order",
        "2026-10-25\n01:50 deploy\n02:50 alert\n02:10 ack\n03:05 calm",
        &given("Europe/Berlin", ""),
        &["2026-10-24 23:50 deploy", "2026-10-25 00:50 alert", "2026-10-25 01:10 ack", "2026-10-25 02:05 calm"],
    );
    check(
        "shown by the abbreviation",
        "2026-10-25 02:30 CEST a\n2026-10-25 02:30 CET b",
        &given("", ""),
        &["2026-10-25 00:30 a", "2026-10-25 01:30 b"],
    );
}

#[test]
fn an_answer_about_noon_moves_the_unmarked_hours() {
    let noon = Assumptions { unmarked_hours: Some(UnmarkedHours::AfterNoon), ..given("Europe/Paris", "2026-05-06") };
    check("after noon", "2:14 alert\n2:40 calm", &noon, &["2026-05-06 12:14 alert", "2026-05-06 12:40 calm"]);
    let written = Assumptions { unmarked_hours: Some(UnmarkedHours::AsWritten), ..given("Europe/Paris", "2026-05-06") };
    check("as written", "2:14 alert\n2:40 calm", &written, &["2026-05-06 00:14 alert", "2026-05-06 00:40 calm"]);
}
