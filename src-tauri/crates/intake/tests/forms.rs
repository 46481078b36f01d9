//! Forms of dates, clocks and zones that are rarer than those of `lists` and `dates`.

mod transcript;

use intake::Assumptions;
use transcript::{check, given};

#[test]
fn month_and_day_in_digits_stand_before_a_clock() {
    check(
        "the title tells the year",
        "# March 26th, 2019 outage (UTC)\n\n- [12-05 16:21] the bug comes in\n- [03-26 17:40] the bug bites",
        &Assumptions::default(),
        &["2018-12-05 16:21 the bug comes in", "2019-03-26 17:40 the bug bites"],
    );
    check(
        "cells with emphasis and about",
        "# Freeze, 2026-07-20\n\n| Time (UTC) | Event |\n|---|---|\n| 07-20 02:00–04:00 | backup |\n| 07-20 **04:00** | jobs |\n| 07-22 ~13:00 | healthy |",
        &Assumptions::default(),
        &["2026-07-20 02:00 02:00–04:00 backup", "2026-07-20 04:00 jobs", "2026-07-22 13:00 ~ healthy"],
    );
    check(
        "the order is asked for",
        "05-06 14:00 alert\n05-06 14:10 calm",
        &given("UTC", ""),
        &["? T14:00 alert", "? T14:10 calm", "ask DayMonthOrder [0, 1]"],
    );
    check(
        "a full date elsewhere tells the order",
        "Outage of 2026-05-06\n\n05-06 14:00 alert\n05-06 14:10 calm",
        &given("UTC", ""),
        &["2026-05-06 14:00 alert", "2026-05-06 14:10 calm"],
    );
    check(
        "a span of minutes is no date",
        "2026-05-06\n14:00 alert, 10-15 min late\n14:10 10-15 14 nodes",
        &given("UTC", ""),
        &["2026-05-06 14:00 alert, 10-15 min late", "2026-05-06 14:10 10-15 14 nodes"],
    );
}

#[test]
fn a_rule_about_times_may_hold_a_link() {
    for rule in [
        "All events are documented in [UTC](https://example.org/wiki/UTC) time.",
        "Clocks are given in UTC.",
        "All events are in UTC.",
        "Everything below was recorded in the [UTC](https://example.org) zone.",
    ] {
        check(rule, &format!("## 6 May 2026\n{rule}\n\n- 14:05 Alert"), &given("", ""), &["2026-05-06 14:05 Alert"]);
    }
    let other = "## 6 May 2026\nOur servers stand in the UTC office.\n\n- 14:05 Alert";
    check(
        "a zone that is only mentioned",
        other,
        &given("", ""),
        &["? 2026-05-06T14:05 Alert", "ask MissingZone [0]", "lost 2: Our servers stand in the UTC office."],
    );
}

#[test]
fn the_only_date_of_a_record_is_that_of_its_page() {
    let record = "---\ntitle: Outage\ndate: 2026-05-06\n---\n\n- 14:23 Alert";
    check("front matter of a record", record, &given("UTC", ""), &["2026-05-06 14:23 Alert", "lost 2: title: Outage"]);
    check(
        "the answer is believed",
        record,
        &given("UTC", "2026-05-05"),
        &["2026-05-05 14:23 Alert", "lost 2: title: Outage"],
    );
    let other = format!("{record}\n- 15:02 Calm, as on Thursday");
    check(
        "another day is named",
        &other,
        &given("UTC", ""),
        &[
            "? T14:23 Alert",
            "? T15:02 Calm, as on Thursday",
            "ask MissingDate [0, 1]",
            "lost 2: title: Outage",
            "lost 3: date: 2026-05-06",
        ],
    );
}

#[test]
fn the_zone_may_stand_before_the_clock() {
    check(
        "of each line",
        "UTC 2026-05-06 14:05 Alert\n[UTC 14:15] Done",
        &Assumptions::default(),
        &["2026-05-06 14:05 Alert", "2026-05-06 14:15 Done"],
    );
    check(
        "of a sentence above the list",
        "# 2023-01-04\n\nShort outages were seen, the first at UTC 05:13.\n\n## Timeline\n\n*2023-01-04 05:13*: alert\\\n*2023-01-04/11:34*: told",
        &Assumptions::default(),
        &[
            "2023-01-04 05:13 alert\\",
            "2023-01-04 11:34 told",
            "lost 3: Short outages were seen, the first at UTC 05:13.",
            "lost 5: ## Timeline",
        ],
    );
}

#[test]
fn a_coast_behind_the_date_is_the_zone() {
    // Pacific time in May is seven hours behind UTC.
    check(
        "pacific",
        "May 6, 2026 (Pacific)\n5.30pm Alert\n6.05 pm Calm",
        &Assumptions::default(),
        &["2026-05-07 00:30 Alert", "2026-05-07 01:05 Calm"],
    );
}

#[test]
fn dates_and_clocks_of_east_asia_are_read() {
    let (alert, calm) = ("2026-05-06 14:23 장애", "2026-05-06 15:05 복구");
    for text in [
        "2026년 5월 6일 (수) 14시 23분 장애\n2026년 5월 6일 (수) 15시 5분 복구",
        "2026년 5월 6일\n오후 2:23 장애\n오후 3:05 복구",
        "2026. 5. 6. 14:23 장애\n2026. 5. 6. 오후 3:05 복구",
        "2026年5月6日 下午2:23 장애\n2026年5月6日 15时05分 복구",
        "2026年5月6日 午後2時23分 장애\n2026年5月6日 午後3時5分 복구",
    ] {
        check(text, text, &given("UTC", ""), &[alert, calm]);
    }
}

#[test]
fn dates_and_clocks_of_europe_are_read() {
    for text in [
        "Mittwoch, 6. Mai 2026\n14:14 Uhr A\n14.40 Uhr B\n15 Uhr C",
        "Mercredi 6 mai 2026\n14h14 : A\n14 h 40 : B\n15h : C",
        "6 de mayo de 2026\n14:14 - A\n14:40 h - B\n15:00 - C",
        "woensdag 6 mei 2026\n14.14 uur A\n14.40 uur B\n15 uur C",
        "mercoledì 6 maggio 2026\nore 14:14 A\nalle ore 14:40 B\nore 15:00 C",
        "6. maj 2026\nkl. 14.14 A\nkl. 14.40 B\nkl. 15.00 C",
        "6 de maio de 2026\nàs 14:14 A\nàs 14:40 B\nàs 15:00 C",
    ] {
        check(text, text, &given("UTC", ""), &["2026-05-06 14:14 A", "2026-05-06 14:40 B", "2026-05-06 15:00 C"]);
    }
    check(
        "hours that last",
        "2026-05-06\n14:14 A\n15h of work lie behind us",
        &given("UTC", ""),
        &["2026-05-06 14:14 A 15h of work lie behind us"],
    );
    check(
        "a day of the month ends no sentence",
        "Am 6. Mai 2026 um 14:14 Uhr fiel der Laden aus. Gegen 14:40 Uhr wurde umgeschaltet.",
        &given("UTC", ""),
        &["2026-05-06 14:14 fiel der Laden aus.", "2026-05-06 14:40 ~ wurde umgeschaltet."],
    );
}

#[test]
fn noon_is_a_clock_and_midnight_may_be_two() {
    check(
        "noon",
        "May 6, 2026, UTC\n12 noon: A\n12:30: B\n\nMay 7, 2026\nnoon C\nMidnight comes",
        &Assumptions::default(),
        &["2026-05-06 12:00 A", "2026-05-06 12:30 B", "2026-05-07 12:00 C Midnight comes"],
    );
    check(
        "in a sentence",
        "At noon UTC on May 6, 2026 we deployed. At around 1pm errors rose.",
        &Assumptions::default(),
        &["2026-05-06 12:00 we deployed.", "2026-05-06 13:00 ~ errors rose."],
    );
}

#[test]
fn a_short_weekday_may_stand_between_date_and_clock() {
    check(
        "of notes",
        "[2026-05-06 Wed 14:05] A\n<2026-05-06 Wed 14:14> B",
        &given("UTC", ""),
        &["2026-05-06 14:05 A", "2026-05-06 14:14 B"],
    );
    check(
        "a word that only looks like one",
        "- 2026-05-06 Sat alone in the office\n- 2026-05-06 14:14 B",
        &given("UTC", ""),
        &["? 2026-05-06 Sat alone in the office", "2026-05-06 14:14 B"],
    );
}

#[test]
fn a_time_may_be_a_link() {
    check(
        "links",
        "2026-05-06, UTC\n[14:05](https://chat.example.org/p1) Alert\n- [14:15 UTC](https://chat.example.org/p2): Done",
        &Assumptions::default(),
        &["2026-05-06 14:05 Alert", "2026-05-06 14:15 Done"],
    );
}

#[test]
fn a_date_without_a_clock_is_an_event_among_events_with_both() {
    check(
        "no clock",
        "2026-05-06 14:14 UTC Report came in\n2026-05-07 Certificates revoked\n2026-05-08 09:00 UTC Closed",
        &Assumptions::default(),
        &["2026-05-06 14:14 Report came in", "? 2026-05-07 Certificates revoked", "2026-05-08 09:00 Closed"],
    );
}

#[test]
fn a_date_settles_the_weekday_that_it_lies_on() {
    // The sixth of May 2026 is a Wednesday.
    check(
        "same day",
        "Incident 2026-05-06\n\nWednesday\n23:10 UTC Alert\nThursday\n00:40 UTC Done",
        &Assumptions::default(),
        &["2026-05-06 23:10 Alert", "2026-05-07 00:40 Done"],
    );
    check(
        "another day",
        "Incident 2026-05-06\n\nTuesday\n23:10 UTC Alert",
        &Assumptions::default(),
        &["? T23:10 Alert", "ask MissingDate [0]", "lost 1: Incident 2026-05-06"],
    );
}

#[test]
fn a_report_above_the_updates_tells_its_own_story() {
    let text = "Issues with alerts\nPost Mortem\n\nAll times shown are in UTC and took place on Wednesday May 24.\n\nAt 13:20 we upgraded a server.\n\nAt 13:30 we went back, but it took until 14:03 to clear the queues.\n\nWe will add more tests.\n\nPosted May 26, 2017 - 13:41 UTC\n\nIssue over, alerts work again.\nPosted May 24, 2017 - 14:34 UTC\nWe go on watching.\nPosted May 24, 2017 - 13:56 UTC";
    check(
        "report",
        text,
        &Assumptions::default(),
        &[
            "2017-05-24 13:20 we upgraded a server.",
            "2017-05-24 13:30 we went back, but it took until 14:03 to clear the queues.",
            "2017-05-24 14:34 Issue over, alerts work again.",
            "2017-05-24 13:56 We go on watching.",
            "lost 1: Issues with alerts",
            "lost 2: Post Mortem",
            "lost 10: We will add more tests.",
            "lost 12: Posted May 26, 2017 - 13:41 UTC",
        ],
    );
}

#[test]
fn messages_keep_their_names_without_the_status_beside_them() {
    let text = "Tuesday, May 5th, 2026\n\nalice.doe\n  11:14 PM\nErrors\nBob Stone:house:\n  11:16 PM\nLooking\n\nWednesday, May 6th, 2026\n\nbob.stone\n  12:16 AM\nCalm";
    check(
        "names",
        text,
        &given("UTC", ""),
        &[
            "2026-05-05 23:14 <alice.doe> Errors",
            "2026-05-05 23:16 <Bob Stone> Looking",
            "2026-05-06 00:16 <bob.stone> Calm",
        ],
    );
    check(
        "the time behind the name",
        "alice (2026-05-06 14:14:05 UTC): Errors\nbob (2026-05-06 14:16:05 UTC): Looking",
        &Assumptions::default(),
        &["2026-05-06 14:14:05 <alice> Errors", "2026-05-06 14:16:05 <bob> Looking"],
    );
}

#[test]
fn a_list_that_counts_from_zero_is_no_prose() {
    check(
        "zero",
        "T-5 min: deploy\nT0 (14:10 UTC, 6 May 2026): alert\nT+12 min: rollback",
        &Assumptions::default(),
        &["2026-05-06 14:05 deploy", "2026-05-06 14:10 alert", "2026-05-06 14:22 rollback"],
    );
}
