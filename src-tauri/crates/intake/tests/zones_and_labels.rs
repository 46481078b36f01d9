//! What stands around a time: zones beside a day, unknown zones, labels and separators, days without a clock.

mod transcript;

use intake::{Assumptions, UnmarkedHours, read};
use transcript::{check, given};

#[test]
fn a_label_with_a_day_also_declares_its_zone() {
    let labels = [
        "Timeline UTC, Sep 10:",
        "Timeline Sep 10 UTC:",
        "Timeline (UTC), Sunday, Sep 10th:",
        "# Timeline Sep 10, UTC",
    ];
    for label in labels {
        check(
            label,
            &format!("{label}\n00:05 Alert fires\n07:32 Calm"),
            &given("", "2017-09-10"),
            &["2017-09-10 00:05 Alert fires", "2017-09-10 07:32 Calm"],
        );
    }
    // What the region suffered says nothing about the clocks.
    check(
        "no timeline",
        "EST outage, Sep 10:\n00:05 Alert fires\n07:32 Calm",
        &given("", "2017-09-10"),
        &["? 2017-09-10T00:05 Alert fires", "? 2017-09-10T07:32 Calm", "ask MissingZone [0, 1]"],
    );
}

#[test]
fn arizona_has_no_summer_time_and_new_zealand_has() {
    check(
        "Arizona",
        "7/29/2019 11:18 AM AZ time Report\n7/29/2019 3:55 PM AZ time Report read\n7/30/2019 23:36 UTC Calm",
        &given("", ""),
        &["2019-07-29 18:18 Report", "2019-07-29 22:55 Report read", "2019-07-30 23:36 Calm"],
    );
    // UTC+13 in January and UTC+12 in July.
    check(
        "New Zealand",
        "2026-01-13 14:00 NZT Report\n2026-07-13 14:00 NZT Calm",
        &given("", ""),
        &["2026-01-13 01:00 Report", "2026-07-13 02:00 Calm"],
    );
}

#[test]
fn a_clock_with_an_unknown_zone_does_not_take_that_of_another_line() {
    check(
        "unknown",
        "2019-01-29 15:55 QX time Report read\n2019-01-30 23:36 UTC Calm",
        &given("", ""),
        &["? 2019-01-29T15:55 QX time Report read", "2019-01-30 23:36 Calm", "ask MissingZone [0]"],
    );
}

#[test]
fn letters_behind_a_gap_begin_the_text_when_it_goes_on_in_small_letters() {
    check(
        "department",
        "2015-02-02 08:30  IST began to look\n2015-02-02 08:55  Analysts went on site",
        &given("America/Edmonton", ""),
        &["2015-02-02 15:30 IST began to look", "2015-02-02 15:55 Analysts went on site"],
    );
    check(
        "zone",
        "2015-02-02 08:30 IST Analysts look\n2015-02-02 08:55 IST Calm",
        &given("Asia/Kolkata", ""),
        &["2015-02-02 03:00 Analysts look", "2015-02-02 03:25 Calm"],
    );
}

#[test]
fn the_first_item_of_a_list_may_have_a_label() {
    check(
        "start",
        "Start: 2015/02/02 06:55  Alert for the power supply\n2015/02/02 08:30  Analysts look",
        &given("UTC", ""),
        &["2015-02-02 06:55 Alert for the power supply", "2015-02-02 08:30 Analysts look"],
    );
}

#[test]
fn a_day_without_a_clock_is_an_event_below_a_wrapped_one() {
    let text = "1/29/2019 3:55 PM UTC Report read and passed on\nas it should be.\n\
                1/29/2019 to 1/30/2019 Looked for the cause of\nthe gap.\n1/30/2019 Found the cause\n\
                1/30/2019 11:36 PM UTC Revoked";
    check(
        "days",
        text,
        &given("", ""),
        &[
            "2019-01-29 15:55 Report read and passed on as it should be.",
            "? 2019-01-29 1/29/2019 to 1/30/2019 Looked for the cause of the gap.",
            "? 2019-01-30 Found the cause",
            "2019-01-30 23:36 Revoked",
        ],
    );
}

#[test]
fn a_sentence_with_a_day_moves_the_story_to_that_day() {
    let text = "On November 17, 2023, at 01:28 GMT, the link went down. On November 28, the provider said that repair \
                had begun. At 12:35 GMT, a team was on site.";
    check(
        "days",
        text,
        &given("", ""),
        &[
            "2023-11-17 01:28 the link went down.",
            "? 2023-11-28 the provider said that repair had begun.",
            "2023-11-28 12:35 a team was on site.",
        ],
    );
}

#[test]
fn a_sentence_that_looks_back_leaves_the_story_on_its_day() {
    let text = "On November 17, 2023, at 01:28 GMT, the link went down. On November 2, the fiber had been moved. At \
                12:35 GMT, a team was on site.";
    check(
        "back",
        text,
        &given("", ""),
        &[
            "2023-11-17 01:28 the link went down. On November 2, the fiber had been moved.",
            "2023-11-17 12:35 a team was on site.",
        ],
    );
}

#[test]
fn a_row_of_colons_parts_a_time_from_its_text_and_an_address_does_not() {
    check(
        "colons",
        "14:16 ::::: queue deployed\n14:54 :::: rolled back\n15:10 ::1 unreachable",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:16 queue deployed", "2026-05-06 14:54 rolled back", "2026-05-06 15:10 ::1 unreachable"],
    );
}

#[test]
fn a_list_that_passes_twelve_is_asked_about_and_the_answer_leaves_its_morning() {
    let text = "- 11:16 deploy\n- 11:54 rolled back\n- 12:16 keys rolled\n- 1:52 assessed\n- 3:31 calm";
    let open = given("America/Los_Angeles", "2019-03-20");
    let reading = read(text, &open).expect("a short text");
    assert!(reading.events.iter().all(|event| event.at.is_none()), "the night is as likely");
    // Daylight time: UTC-7.
    let noon = Assumptions { unmarked_hours: Some(UnmarkedHours::AfterNoon), ..open.clone() };
    let afternoon = [
        "2019-03-20 18:16 deploy",
        "2019-03-20 18:54 rolled back",
        "2019-03-20 19:16 keys rolled",
        "2019-03-20 20:52 assessed",
        "2019-03-20 22:31 calm",
    ];
    check("after noon", text, &noon, &afternoon);
    // A date above the drop begins another day, and the hours before it are as late as the answer says.
    let days = "2019-03-20\n9:10 deploy\n2019-03-21\n1:52 calm";
    check("days", days, &noon, &["2019-03-21 04:10 deploy", "2019-03-21 20:52 calm"]);
}
