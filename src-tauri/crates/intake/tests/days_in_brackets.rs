//! Days that words behind a clock give, and halves of the day that are counted on.

mod transcript;

use intake::Assumptions;
use transcript::{check, given};

#[test]
fn a_previous_night_in_brackets_is_that_of_its_row_alone() {
    let table = "# Pump failure 2026-03-04 (UTC)\n\n| Time | What |\n|---|---|\n| 22:10 (prev. night) | pump serviced |\n| 23:40 | leak begins |\n| 06:15 | alarm |\n| 06:30–06:40 | valve shut |";
    check(
        "the evening goes on, and the morning shows it",
        table,
        &given("", ""),
        &[
            "2026-03-03 22:10 pump serviced",
            "2026-03-03 23:40 leak begins",
            "2026-03-04 06:15 alarm",
            "2026-03-04 06:30 06:30–06:40 valve shut",
        ],
    );
    check(
        "the rows below are those of the title",
        "# 2026-03-04 (UTC)\n\n- 14:30 (the previous day): change merged\n- 15:10 alarm\n- 15:20 calm",
        &given("", ""),
        &["2026-03-03 14:30 change merged", "2026-03-04 15:10 alarm", "2026-03-04 15:20 calm"],
    );
    check(
        "several rows with the words",
        "# 2026-03-04 (UTC)\n\n- 14:30 (day before) merged\n- 18:00 (day before) shipped\n- 09:10 alarm",
        &given("", ""),
        &["2026-03-03 14:30 merged", "2026-03-03 18:00 shipped", "2026-03-04 09:10 alarm"],
    );
}

#[test]
fn the_evening_before_may_be_named_in_front_of_the_clock() {
    check(
        "in front of a clock",
        "# 2026-03-04 (UTC)\n\n- The night before, 21:00 — job started\n- 05:30 — alarm\n- Previous day, 14:00 — merged",
        &given("", ""),
        &["2026-03-03 21:00 job started", "2026-03-04 05:30 alarm", "2026-03-03 14:00 merged"],
    );
    check(
        "a heading of several lines",
        "# 2026-03-04 (UTC)\n\n## The day before\n\n- 14:00 merged\n- 15:00 shipped",
        &given("", ""),
        &["2026-03-03 14:00 merged", "2026-03-03 15:00 shipped"],
    );
}

#[test]
fn days_later_with_a_clock_are_left_to_the_person() {
    check(
        "neither the hour of the line above nor its day",
        "# 2026-03-04 (UTC)\n\n- 08:00 review\n- 2 days later, 09:00 — closed",
        &given("", ""),
        &["2026-03-04 08:00 review", "? 2 days later, 09:00 — closed"],
    );
}

#[test]
fn a_line_that_ends_with_on_is_an_item_where_the_next_one_is() {
    check(
        "clock, dash and text on both",
        "2026-03-04 (UTC)\n\n12:10 – Pumps switched on\n12:50 - Done",
        &given("", ""),
        &["2026-03-04 12:10 Pumps switched on", "2026-03-04 12:50 Done"],
    );
    check(
        "prose that is wrapped",
        "2026-03-04 (UTC)\n\n12:10 – Pumps ran, and the crew came at\n12:50 to look.",
        &given("", ""),
        &["2026-03-04 12:10 Pumps ran, and the crew came at 12:50 to look."],
    );
}

#[test]
fn an_evening_behind_a_previous_night_is_asked_for_where_no_morning_follows() {
    check(
        "either evening",
        "# 2026-03-04 (UTC)\n\n- 21:00 (previous night) job started\n- 22:10 job stuck\n- 22:30 job killed",
        &given("", ""),
        &[
            "2026-03-03 21:00 job started",
            "? 2026-03-04T22:10 job stuck",
            "? 2026-03-04T22:30 job killed",
            "ask ClockGoesBack [1, 2]",
        ],
    );
    check(
        "past midnight the night has two days",
        "# 2026-03-04 (UTC)\n\n- 00:40 (previous night) job started\n- 08:00 job found",
        &given("", ""),
        &["? 2026-03-03T00:40 job started", "2026-03-04 08:00 job found", "ask ClockGoesBack [0]"],
    );
}

#[test]
fn a_next_day_behind_a_clock_holds_for_what_follows() {
    check(
        "later than the row above, and still the next day",
        "# 2026-03-04 (UTC)\n\n- 14:00 Alarm\n- 15:30 (next day) All clear\n- 16:00 Closed\n- 10:00 Review",
        &given("", ""),
        &[
            "2026-03-04 14:00 Alarm",
            "2026-03-05 15:30 All clear",
            "2026-03-05 16:00 Closed",
            "? 2026-03-05T10:00 Review",
            "ask ClockGoesBack [3]",
        ],
    );
    check(
        "twice the same day",
        "# 2026-03-04 (UTC)\n\n- 14:00 Alarm\n- 09:00 (next day) All clear\n- 11:00 (next day) Closed",
        &given("", ""),
        &["2026-03-04 14:00 Alarm", "2026-03-05 09:00 All clear", "2026-03-05 11:00 Closed"],
    );
    check(
        "past midnight it may be either",
        "# 2026-03-04 (UTC)\n\n- 23:00 Alarm\n- 00:20 Fix\n- 03:00 (next day) Calm",
        &given("", ""),
        &["2026-03-04 23:00 Alarm", "2026-03-05 00:20 Fix", "? 2026-03-06T03:00 Calm", "ask ClockGoesBack [2]"],
    );
    check(
        "in a sentence",
        "On Wednesday, 4 March 2026 at 10:15 pm a router failed. Power was restored at 2:30 am the next day. Shops were told at 8 am.",
        &given("UTC", ""),
        &[
            "2026-03-04 22:15 a router failed.",
            "2026-03-05 02:30 Power was restored at 2:30 am the next day.",
            "2026-03-05 08:00 Shops were told at 8 am.",
        ],
    );
    check(
        "other words in brackets",
        "# 2026-03-04 (UTC)\n\n- 14:00 (previous release) rolled back\n- 14:10 (next dayshift) told",
        &given("", ""),
        &["2026-03-04 14:00 (previous release) rolled back", "2026-03-04 14:10 (next dayshift) told"],
    );
}

#[test]
fn lines_without_a_half_go_on_from_the_marked_line_above() {
    let day = given("UTC", "2026-03-04");
    check(
        "over noon",
        "9:50 a.m. — Report.\n\n10:20 — Crew.\n\n12:05 — Fix.\n\n1:10 — Calm.",
        &day,
        &["2026-03-04 09:50 Report.", "2026-03-04 10:20 Crew.", "2026-03-04 12:05 Fix.", "2026-03-04 13:10 Calm."],
    );
    check(
        "a long step leaves every line open",
        "9:50 a.m. — Report.\n10:20 — Crew.\n3:05 — Fix.",
        &day,
        &["2026-03-04 09:50 Report.", "? 2026-03-04T10:20 Crew.", "? 2026-03-04T03:05 Fix.", "ask AmPm [1, 2]"],
    );
    check(
        "a step back leaves every line open",
        "9:50 a.m. — Report.\n9:20 — Crew.\n10:05 — Fix.",
        &day,
        &["2026-03-04 09:50 Report.", "? 2026-03-04T09:20 Crew.", "? 2026-03-04T10:05 Fix.", "ask AmPm [1, 2]"],
    );
    check(
        "a new section may begin anew",
        "## Desk\n\n- 9:50 a.m. Report.\n- 10:20 Crew.\n\n## Night desk\n\n- 11:40 Fix.",
        &day,
        &[
            "2026-03-04 09:50 Report.",
            "? 2026-03-04T10:20 Crew.",
            "? 2026-03-04T11:40 Fix.",
            "ask AmPm [1, 2]",
            "lost 1: ## Desk",
            "lost 6: ## Night desk",
        ],
    );
}

#[test]
fn four_digits_may_have_seconds_behind_a_colon() {
    check(
        "a list of them, in a zone that is spelt out with an s too many",
        "Storm log, 4 July 2026\nAll times indicated are Central Daylight Savings Time\n\n0756:27 gate opened\n0801:03 pump started\n0812 pump stopped",
        &Assumptions::default(),
        &["2026-07-04 12:56:27 gate opened", "2026-07-04 13:01:03 pump started", "2026-07-04 13:12 pump stopped"],
    );
    check(
        "ports among clocks",
        "2026-07-04 (UTC)\n14:05 open\n8080:80 mapped\n14:10 calm",
        &Assumptions::default(),
        &["2026-07-04 14:05 open 8080:80 mapped", "2026-07-04 14:10 calm"],
    );
}

#[test]
fn minutes_are_added_to_the_clock_they_are_glued_to() {
    check(
        "minutes are, offsets and counts are not",
        "# 2026-03-04 (CET)\n\n- 09:12+10m pods move\n- 09:40 +10m rows written\n- 10:00+5 nodes",
        &Assumptions::default(),
        &["2026-03-04 08:22 pods move", "2026-03-04 08:40 +10m rows written", "2026-03-04 09:00 +5 nodes"],
    );
}
