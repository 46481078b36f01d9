//! Where the times of a text stand: in headers of mails and comments, below tweets and labels, inside sentences.

mod transcript;

use transcript::{check, given};

#[test]
fn the_header_of_a_mail_is_its_time_and_its_author() {
    check(
        "two mails",
        "From: Alice Smith <alice@example.org>\nTo: ops@example.org\nDate: Wed, 6 May 2026 14:23:05 +0200\nSubject: Outage\n\nThe database is down.\n\nFrom: Bob Jones <bob@example.org>\nDate: Wed, 6 May 2026 14:40:00 +0200\nSubject: Re: Outage\n\nRestarted it.",
        &given("", ""),
        &[
            "2026-05-06 12:23:05 <Alice Smith> Outage / The database is down.",
            "2026-05-06 12:40:00 <Bob Jones> Re: Outage / Restarted it.",
        ],
    );
}

#[test]
fn the_header_of_a_comment_names_its_author() {
    for said in ["added a comment - 06/May/26 2:14 PM", "commented - May 6, 2026, 2:14 PM"] {
        let text = format!("Alice Smith {said}\nThe checkout fails.\n\nBob Jones {said}\nLooking.");
        check(
            said,
            &text,
            &given("UTC", ""),
            &["2026-05-06 14:14 <Alice Smith> The checkout fails.", "2026-05-06 14:14 <Bob Jones> Looking."],
        );
    }
}

#[test]
fn the_line_below_a_tweet_is_its_time() {
    check(
        "two tweets",
        "We are looking into problems.\n2:14 PM · May 6, 2026 · Twitter Web App\n\nAll is well again.\n3:05 PM · May 6, 2026 · Twitter Web App",
        &given("UTC", ""),
        &["2026-05-06 14:14 We are looking into problems.", "2026-05-06 15:05 All is well again."],
    );
}

#[test]
fn a_count_before_the_time_is_no_part_of_the_event() {
    for (one, two) in [
        ("Step 1 (14:05): ", "Step 2 (14:12): "),
        ("#1 - 14:05 ", "#2 - 14:12 "),
        ("Event 1: 14:05 ", "Event 2: 14:12 "),
    ] {
        let text = format!("2026-05-06 (UTC)\n\n{one}Deploy begins\n{two}Errors climb");
        check(one, &text, &given("", ""), &["2026-05-06 14:05 Deploy begins", "2026-05-06 14:12 Errors climb"]);
    }
}

#[test]
fn a_label_stands_above_its_time() {
    check(
        "japanese",
        "発生日時\n2024年5月23日 7時07分(24時間表記)\n復旧日時\n2024年5月23日 7時37分",
        &given("Asia/Tokyo", ""),
        &["2024-05-22 22:07 発生日時", "2024-05-22 22:37 復旧日時"],
    );
    check(
        "english",
        "Start time\n2026-05-06 14:23 UTC\n\nEnd time\n2026-05-06 15:10 UTC",
        &given("", ""),
        &["2026-05-06 14:23 Start time", "2026-05-06 15:10 End time"],
    );
}

#[test]
fn a_full_date_with_its_clock_is_read_anywhere_in_a_sentence() {
    check(
        "behind labels and twice in a line",
        "Resolved 2022-10-17T13:25:13.970Z by a restart\n\nLast search: 2022-10-17T03:19:23.459Z\nLast events: shard reconnect 2022-10-17T03:41:00.661Z + shard lost 2022-10-17T13:24:29.089Z",
        &given("", ""),
        &[
            "2022-10-17 13:25:13 Resolved 2022-10-17T13:25:13.970Z by a restart",
            "2022-10-17 03:19:23 Last search: 2022-10-17T03:19:23.459Z",
            "2022-10-17 03:41:00 Last events: shard reconnect 2022-10-17T03:41:00.661Z",
            "2022-10-17 13:24:29 shard lost 2022-10-17T13:24:29.089Z",
        ],
    );
}

#[test]
fn a_table_of_facts_gives_the_date_and_no_events() {
    check(
        "facts above a list",
        "| Date | 6 May 2026 |\n|---|---|\n| Impact | 14:23–14:40 UTC |\n| Start | 14:23 UTC |\n| End | 14:40 UTC |\n\n- 14:23 UTC Alarm\n- 14:40 UTC Calm",
        &given("", ""),
        &[
            "2026-05-06 14:23 Alarm",
            "2026-05-06 14:40 Calm",
            "lost 3: | Impact | 14:23–14:40 UTC |",
            "lost 4: | Start | 14:23 UTC |",
            "lost 5: | End | 14:40 UTC |",
        ],
    );
}

#[test]
fn a_date_below_the_list_is_that_of_the_list() {
    check(
        "in a closing sentence",
        "- 14:23 UTC Alarm\n- 14:40 UTC Calm\n\nPosted by ops on May 7, 2026. The incident took place on May 6, 2026.",
        &given("", ""),
        &["2026-05-06 14:23 Alarm", "2026-05-06 14:40 Calm"],
    );
}

#[test]
fn a_fraction_of_a_second_is_kept() {
    let reading =
        intake::read("2026-05-06T14:02:11.0625Z alert", &given("", "")).unwrap_or_else(|refused| panic!("{refused}"));
    let at = reading.events[0].at.map(|at| at.timestamp_millis() % 1000);
    assert_eq!(at, Some(62));
}
