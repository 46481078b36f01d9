//! Notices, fields and prose of status pages: which day, which half of the day and which order of a date they mean.

mod transcript;

use transcript::{check, given};

#[test]
fn the_zeroth_hour_of_a_half_is_its_first() {
    check(
        "with am",
        "2026-05-06 00:45:45 AM UTC Deploy begins\n2026-05-06 01:49:27 AM UTC Errors climb",
        &given("", ""),
        &["2026-05-06 00:45:45 Deploy begins", "2026-05-06 01:49:27 Errors climb"],
    );
    // In Japan the zeroth hour of the afternoon is noon.
    check(
        "half in front",
        "2026年5月6日 午後0時30分 障害発生\n2026年5月6日 午後1時05分 復旧",
        &given("Asia/Tokyo", ""),
        &["2026-05-06 03:30 障害発生", "2026-05-06 04:05 復旧"],
    );
}

#[test]
fn a_month_in_letters_between_marks_has_its_day_and_year_behind() {
    for date in ["May-06-2026", "May/06/2026", "May-6-26"] {
        let text =
            format!("| Time (UTC) | Event |\n|---|---|\n| {date} 14:05:15| Deploy |\n| {date} 14:12:00| Alert |");
        check(date, &text, &given("", ""), &["2026-05-06 14:05:15 Deploy", "2026-05-06 14:12:00 Alert"]);
    }
}

#[test]
fn the_zone_of_a_place_tells_whether_its_dates_begin_with_the_month() {
    // 8 December would be day first; 4:45 PM EST is 21:45 UTC.
    let list = |zone: &str| format!("- Reported: 4:45 PM {zone}, 8/12/2025\n- Solved: 5:55 PM {zone}, 8/12/2025");
    check("american", &list("EDT"), &given("", ""), &["2025-08-12 20:45 Reported", "2025-08-12 21:55 Solved"]);
    check("european", &list("CET"), &given("", ""), &["2025-12-08 15:45 Reported", "2025-12-08 16:55 Solved"]);
    check(
        "neither",
        &list("UTC"),
        &given("", ""),
        &["? T16:45 Reported", "? T17:55 Solved", "ask DayMonthOrder [0, 1]"],
    );
}

#[test]
fn dots_in_a_title_settle_no_order_where_months_come_first() {
    let text = "8.12.2025 Carrier outage\n\n- Reported: 4:45 PM EDT, 8/12/2025\n- Solved: 5:55 PM EDT, 8/12/2025";
    check(
        "american",
        text,
        &given("", ""),
        &["2025-08-12 20:45 Reported", "2025-08-12 21:55 Solved", "lost 1: 8.12.2025 Carrier outage"],
    );
    check(
        "only dots",
        "8.12.2025\n16:45 EDT Reported\n17:55 EDT Solved",
        &given("", ""),
        &["? T16:45 Reported", "? T17:55 Solved", "ask DayMonthOrder [0, 1]"],
    );
    check("at home", "8.12.2025\n16:45 CET Reported", &given("", ""), &["2025-12-08 15:45 Reported"]);
}

#[test]
fn the_start_of_an_incident_outranks_the_day_of_the_post_above_it() {
    let text = "Saturday 20th October 2018\n\nReport on Voice Outage\n\nStart Date/Time: 18/10/2018 16:07 - End: 18/10/2018 16:42\n\nTime line:\n\n15:56 - First notification of high load\n\n16:07 - Calls fail";
    check(
        "posted two days later",
        text,
        &given("UTC", ""),
        &[
            "2018-10-18 15:56 First notification of high load",
            "2018-10-18 16:07 Calls fail",
            "lost 3: Report on Voice Outage",
            "lost 7: Time line:",
        ],
    );
}

#[test]
fn a_report_inside_an_update_has_the_day_that_it_names() {
    let report = "6th March 2026 at 13:53: Resolved: Telephony\nThis is about the outage on the 26th February 2026.\n\nBreakdown of events:\n09:42 - Alerts arrive.\n09:48 - The cause is found.\n26th February 2026 at 10:10: Monitoring: Telephony";
    check(
        "with a list",
        report,
        &given("UTC", ""),
        &[
            "2026-03-06 13:53 Resolved: Telephony This is about the outage on the 26th February 2026.",
            "2026-02-26 09:42 Alerts arrive.",
            "2026-02-26 09:48 The cause is found.",
            "2026-02-26 10:10 Monitoring: Telephony",
            "lost 4: Breakdown of events:",
        ],
    );
}

#[test]
fn fields_with_a_start_and_a_description_are_one_event() {
    let text = "Type: Fault report\nStart: May 24, 2018 11:30:00 AM CEST\nEnd: Unknown\nDescription: Some servers cannot be reached.\n\nUpdate: May 24, 2018 12:10:00 PM CEST\nUpdate: There was a power failure at 11:00 am.\n\nUpdate: May 24, 2018 12:27:00 PM CEST\nThe power supply is restored.";
    check(
        "a notice and its updates",
        text,
        &given("", ""),
        &[
            "2018-05-24 09:30:00 Some servers cannot be reached.",
            "2018-05-24 10:10:00 Update: There was a power failure at 11:00 am.",
            "2018-05-24 10:27:00 The power supply is restored.",
        ],
    );
}

#[test]
fn rows_that_lost_their_cells_are_events_with_their_subject() {
    let text = "Server Down Back up Impact\nalpha 3/7/2026 17:20 4/7/2026 09:30 Out of memory\nbeta, gamma 20/7/2026 12:50 20/7/2026 16:07 Fibre problems\ndelta, ... 15/9/2026 17:00 17/9/2026 Planned outage";
    check(
        "down and up",
        text,
        &given("UTC", ""),
        &[
            "2026-07-03 17:20 alpha: Out of memory",
            "2026-07-20 12:50 beta, gamma: Fibre problems",
            "2026-09-15 17:00 delta, ...: Planned outage",
        ],
    );
    let prose = "The node failed on\nThe first at 2026-07-03 17:20 went down\nThe next at 2026-07-03 17:25 went down\nThe last at 2026-07-03 17:30 went down";
    let reading = intake::read(prose, &given("UTC", "")).expect("a short text");
    assert!(reading.events.iter().all(|event| !event.text.starts_with("The first at:")), "{:?}", reading.events);
}

#[test]
fn a_day_behind_zone_or_half_belongs_to_the_time() {
    check(
        "in prose",
        "Outage of April 2021\n\nAt 7:10 AM PDT April 27 we saw errors. The service was back 18:30 UTC April 28th.",
        &given("", ""),
        &[
            "2021-04-27 14:10 we saw errors.",
            "2021-04-28 18:30 The service was back 18:30 UTC April 28th.",
            "lost 1: Outage of April 2021",
        ],
    );
}

#[test]
fn the_following_day_may_be_named_beside_it() {
    check(
        "weekday and date",
        "On Monday 5th of January 2026 at 07:08 UTC a node failed.\n\nAt 10:38 UTC on the following day Tuesday 6th of January it failed again.",
        &given("", ""),
        &["2026-01-05 07:08 a node failed.", "2026-01-06 10:38 it failed again."],
    );
}

#[test]
fn what_took_longer_than_expected_has_happened_and_what_is_expected_has_not() {
    check(
        "both",
        "At 07:08 UTC a node failed.\n\nIt took longer than expected, but at 08:54 UTC it was back. We expect it to be complete at 09:30 UTC.",
        &given("", "2026-05-06"),
        &[
            "2026-05-06 07:08 a node failed.",
            "2026-05-06 08:54 It took longer than expected, but at 08:54 UTC it was back. We expect it to be complete at 09:30 UTC.",
        ],
    );
}

#[test]
fn the_text_below_a_time_on_its_own_line_may_begin_with_another_time() {
    check(
        "an update",
        "6 May 2026\n\n6:20 PM EDT\n\nAt approximately 5:40 EDT, we had an interruption.\n\n6:41 PM EDT\n\nWe continue.",
        &given("", ""),
        &["2026-05-06 22:20 At approximately 5:40 EDT, we had an interruption.", "2026-05-06 22:41 We continue."],
    );
}

#[test]
fn a_clock_in_the_same_paragraph_keeps_the_half_it_goes_on_from() {
    check(
        "ten minutes later",
        "At 9:10 AM UTC all was well. At 9:20 our team confirmed it. At 2:15 we met.",
        &given("", "2026-05-06"),
        &[
            "2026-05-06 09:10 all was well.",
            "2026-05-06 09:20 our team confirmed it.",
            "? 2026-05-06T02:15 we met.",
            "ask AmPm [2]",
        ],
    );
}

#[test]
fn who_counts_24_hours_and_adds_pm_is_not_asked_for_the_half() {
    check(
        "said twice",
        "2026-05-06 (UTC)\n11:03 Errors climb\n20:50pm Fixed",
        &given("", ""),
        &["2026-05-06 11:03 Errors climb", "2026-05-06 20:50 Fixed"],
    );
    check(
        "a slip among afternoons",
        "2026-05-06 (UTC)\n11:03 Errors climb\n2:10pm Restart\n20:50pm Fixed",
        &given("", ""),
        &["? 2026-05-06T11:03 Errors climb", "2026-05-06 14:10 Restart", "2026-05-06 20:50 Fixed", "ask AmPm [0]"],
    );
}

#[test]
fn a_paragraph_that_returns_to_a_moment_told_above_stays_on_its_day() {
    let told = |clock: &str| {
        format!(
            "- 12:23 Trading is halted\n- 15:25 Trading is resumed\n\nWhat happened?\n\nAt 12:03 the feed stopped. At {clock} all was halted."
        )
    };
    check(
        "again",
        &told("12:23"),
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 12:23 Trading is halted",
            "2026-05-06 15:25 Trading is resumed",
            "2026-05-06 12:03 the feed stopped.",
            "2026-05-06 12:23 all was halted.",
            "lost 4: What happened?",
        ],
    );
    check(
        "other moments",
        &told("12:24"),
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 12:23 Trading is halted",
            "2026-05-06 15:25 Trading is resumed",
            "? 2026-05-06T12:03 the feed stopped.",
            "? 2026-05-06T12:24 all was halted.",
            "ask ClockGoesBack [2, 3]",
            "lost 4: What happened?",
        ],
    );
}

#[test]
fn a_row_may_begin_with_its_day_and_tell_the_hour_in_a_sentence() {
    let text = "# Outages, August 2026 (UTC)\n\n| Incident | Brief |\n|---|---|\n| [3 August - outage](https://example.org/1) | Errors began around 20:50. Better at 22:55. |\n| 8 August - outage | Latency rose from 11:30 on. |\n\n### 29 August: more errors\n\nIt affected many requests between 11:03 and 11:42.";
    check(
        "a table, then a day",
        text,
        &given("", ""),
        &[
            "2026-08-03 20:50 ~ Errors began around 20:50. Better at 22:55. · outage",
            "2026-08-08 11:30 Latency rose from 11:30 on. · outage",
            "2026-08-29 11:03 11:03 and 11:42 It affected many requests between 11:03 and 11:42.",
        ],
    );
}

#[test]
fn fields_in_paragraphs_of_their_own_are_events_where_every_time_has_its_day() {
    check(
        "reported and resolved",
        "Carrier outage\n\nReported: 4:45 AM UTC, 2026-05-06\n\nResolved: 2:00 PM UTC, 2026-05-06",
        &given("", ""),
        &["2026-05-06 04:45 Reported", "2026-05-06 14:00 Resolved", "lost 1: Carrier outage"],
    );
}

#[test]
fn a_range_that_names_its_zone_twice_begins_at_its_start() {
    check(
        "at the end of an item",
        "- Solved: 9:40 AM UTC, 2026-05-06\n- Backlog: 9:47 AM UTC – 2:00 PM UTC, 2026-05-06",
        &given("", ""),
        &["2026-05-06 09:40 Solved", "2026-05-06 09:47 9:47 AM UTC – 2:00 PM UTC Backlog"],
    );
}

#[test]
fn a_sentence_broken_before_its_clock_goes_on() {
    check(
        "behind a word that opens a clause",
        "2026-05-06 (UTC)\n\n- 14:00 Alert\n  The team looked at the graphs and saw that\n  14:05 was the first error of the night.\n- 14:10 Rollback",
        &given("", ""),
        &[
            "2026-05-06 14:00 Alert The team looked at the graphs and saw that 14:05 was the first error of the night.",
            "2026-05-06 14:10 Rollback",
        ],
    );
    check(
        "items stay items",
        "2026-05-06 (UTC)\n14:00 Alice asks whether\n14:05 Bob answers",
        &given("", ""),
        &["2026-05-06 14:00 Alice asks whether", "2026-05-06 14:05 Bob answers"],
    );
}

#[test]
fn a_sentence_below_a_list_goes_on_from_it_when_it_is_later() {
    let text = |clock: &str| {
        format!(
            "2026-05-06\n\n1. 6:05pm CDT a line was damaged\n2. 7:40pm CDT servers were shut down\n3. 8:45pm CDT the chillers were back\n\nOur servers began being restored at {clock} CDT."
        )
    };
    let list = [
        "2026-05-06 23:05 a line was damaged",
        "2026-05-07 00:40 servers were shut down",
        "2026-05-07 01:45 the chillers were back",
    ];
    let mut later = list.to_vec();
    later.push("2026-05-07 03:15 Our servers began being restored at 10:15pm CDT.");
    check("later", &text("10:15pm"), &given("", ""), &later);
    let mut retold = list.to_vec();
    retold.push("lost 7: Our servers began being restored at 8:45pm CDT.");
    check("retold", &text("8:45pm"), &given("", ""), &retold);
}

#[test]
fn the_title_of_a_report_outranks_the_day_of_its_post() {
    let text = "Saturday 20th October 2018\n\nIncident Report on Voice Outage 18/10/2018\n\n15:56 - First notification\n\n16:07 - Calls fail";
    check(
        "posted two days later",
        text,
        &given("UTC", ""),
        &["2018-10-18 15:56 First notification", "2018-10-18 16:07 Calls fail"],
    );
}

#[test]
fn a_table_of_rules_alone_is_no_table() {
    check("two rules", "|  |\n|---", &given("", ""), &[]);
}
