//! What programs write and people paste: logs, histories of trackers, lists of versions, tables of wikis and documents.

mod transcript;

use intake::Assumptions;
use transcript::{check, given};

#[test]
fn a_log_tells_its_time_behind_the_level() {
    let text = "ERROR 2026-05-06T14:14:05Z pool is empty\n[warn] [2026-05-06 14:14:07,123 +0200] slow query\n<info> 2026-05-06 14:20:00 UTC calm";
    check(
        "levels",
        text,
        &Assumptions::default(),
        &[
            "2026-05-06 14:14:05 ERROR pool is empty",
            "2026-05-06 12:14:07 warn slow query",
            "2026-05-06 14:20:00 info calm",
        ],
    );
}

#[test]
fn a_log_of_keys_and_values_tells_its_time_in_one_of_them() {
    let text = "time=\"2026-05-06T14:14:05Z\" level=error msg=\"failed\"\nts=2026-05-06T14:15:05Z level=info msg=\"calm at 15:00\"";
    check(
        "keys",
        text,
        &Assumptions::default(),
        &["2026-05-06 14:14:05 level=error msg=\"failed\"", "2026-05-06 14:15:05 level=info msg=\"calm at 15:00\""],
    );
}

#[test]
fn a_web_server_tells_its_time_in_brackets() {
    let text = "10.0.0.1 - - [06/May/2026:14:14:05 +0000] \"GET / HTTP/1.1\" 502 166\nlb.example.org - ada [06/May/2026:14:15:05 +0200] \"GET / HTTP/1.1\" 200 9";
    check(
        "requests",
        text,
        &Assumptions::default(),
        &[
            "2026-05-06 14:14:05 10.0.0.1 \"GET / HTTP/1.1\" 502 166",
            "2026-05-06 12:15:05 lb.example.org \"GET / HTTP/1.1\" 200 9",
        ],
    );
}

#[test]
fn the_letter_of_a_level_is_followed_by_month_and_day() {
    let text = "I0506 14:14:05.123456       1 main.go:12] Starting\nE0506 14:14:07.000000       1 main.go:14] Failed";
    check(
        "letters",
        text,
        &given("UTC", "2026-05-01"),
        &["2026-05-06 14:14:05 I 1 main.go:12] Starting", "2026-05-06 14:14:07 E 1 main.go:14] Failed"],
    );
}

#[test]
fn seconds_since_1970_begin_a_line_where_several_lie_close_together() {
    // 2026-05-06T14:23:05Z is 1 778 077 385 seconds after 1970.
    let text = "1778077385 Alert fires\n[1778077485.250] Rolled back\n1778077585123: calm";
    check(
        "epochs",
        text,
        &Assumptions::default(),
        &["2026-05-06 14:23:05 Alert fires", "2026-05-06 14:24:45 Rolled back", "2026-05-06 14:26:25 calm"],
    );
    check(
        "one number may be anything",
        "- 14:05 Alert\n- 14:06 Order\n1778077385 was the last order",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:05 Alert", "2026-05-06 14:06 Order 1778077385 was the last order"],
    );
    check(
        "tickets lie far apart",
        "1778077385 first ticket\n1300000000 second ticket",
        &given("UTC", "2026-05-06"),
        &["lost 1: 1778077385 first ticket", "lost 2: 1300000000 second ticket"],
    );
}

#[test]
fn versions_are_listed_with_their_authors() {
    let text = "commit 3f2a1bc9\nAuthor: Alice Doe <alice@example.org>\nDate:   Wed May 6 14:14:05 2026 +0200\n\n    Roll back the release\n\ncommit 4f2a1bc9\nMerge: 1a2b3c4 5d6e7f8\nAuthor: Bob Stone <bob@example.org>\nDate:   Wed May 6 14:02:05 2026 +0200\n\n    Release 3.2";
    check(
        "log",
        text,
        &Assumptions::default(),
        &["2026-05-06 12:14:05 <Alice Doe> Roll back the release", "2026-05-06 12:02:05 <Bob Stone> Release 3.2"],
    );
    check(
        "one line each",
        "3f2a1bc 2026-05-06 14:14:05 +0200 Roll back\n4f2a1bc 2026-05-06 14:02:05 +0200 Release",
        &Assumptions::default(),
        &["2026-05-06 12:14:05 3f2a1bc Roll back", "2026-05-06 12:02:05 4f2a1bc Release"],
    );
}

#[test]
fn the_history_of_a_tracker_says_who_did_what() {
    let text = "Alice Doe changed the Status - 06/May/26 2:14 PM\nOpen → In Progress\nBob Stone added a Comment - 06/May/26 2:16 PM\nRolled back\nCat Ray assigned the ticket - 06/May/26 2:20 PM";
    check(
        "history",
        text,
        &given("UTC", ""),
        &[
            "2026-05-06 14:14 <Alice Doe> changed the Status / Open → In Progress",
            "2026-05-06 14:16 <Bob Stone> Rolled back",
            "2026-05-06 14:20 <Cat Ray> assigned the ticket",
        ],
    );
}

#[test]
fn times_below_their_texts_need_no_date() {
    let text = "Resolved by Bob Stone through the website.\n2:40 PM\nAcknowledged by Alice Doe.\n2:16 PM\nTriggered through the API.\n2:14 PM";
    check(
        "newest first",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:40 Resolved by Bob Stone through the website.",
            "2026-05-06 14:16 Acknowledged by Alice Doe.",
            "2026-05-06 14:14 Triggered through the API.",
        ],
    );
}

#[test]
fn the_tables_of_wikis_are_read_by_cell_and_by_line() {
    check(
        "by line",
        "{| class=\"wikitable\"\n! Time (UTC) !! Event !! Who\n|-\n| 2026-05-06 14:14 || Alert fires || Ada\n|-\n| 2026-05-06 14:40 || Rolled back || Bob\n|}",
        &Assumptions::default(),
        &["2026-05-06 14:14 <Ada> Alert fires", "2026-05-06 14:40 <Bob> Rolled back"],
    );
    check(
        "by cell",
        "Incident of 6 May 2026\n{| class=\"wikitable\"\n|+ What happened\n! style=\"width:10%\" | Time\n! Event\n|-\n| 14:14 UTC\n| Alert fires\nand goes on\n|-\n| 14:40 UTC\n| Rolled back\n|}\n\nAfter the table.",
        &Assumptions::default(),
        &["2026-05-06 14:14 Alert fires and goes on", "2026-05-06 14:40 Rolled back", "lost 15: After the table."],
    );
    check(
        "the tracker's",
        "||Time (UTC)||Event||Who||\n|2026-05-06 14:14|Alert fires|Ada|\n|2026-05-06 14:40|Rolled back|Bob|",
        &Assumptions::default(),
        &["2026-05-06 14:14 <Ada> Alert fires", "2026-05-06 14:40 <Bob> Rolled back"],
    );
}

#[test]
fn rows_copied_out_of_a_document_are_a_table_below_their_titles() {
    let text = "Incident of May 6, 2026\n\nTimeline\nTime (UTC)\tEvent\tWho\n14:14\tAlert fires\tAda\n14:40\tRolled back\nwith care\tBob\n14:50\tCalm\tCat\nRoot cause\nA bad deploy.";
    check(
        "tabs",
        text,
        &Assumptions::default(),
        &[
            "2026-05-06 14:14 <Ada> Alert fires",
            "2026-05-06 14:40 <Bob> Rolled back with care",
            "2026-05-06 14:50 <Cat> Calm",
            "lost 3: Timeline",
            "lost 9: Root cause",
            "lost 10: A bad deploy.",
        ],
    );
    check(
        "a column for the date",
        "About the outage\n\nDate\tTime\tDescription\n6 May 2026\t10:15 PDT\tThe issue is resolved.\n6 May 2026\t08:02 PDT\tWe are looking.",
        &Assumptions::default(),
        // PDT is seven hours behind UTC.
        &["2026-05-06 17:15 The issue is resolved.", "2026-05-06 15:02 We are looking.", "lost 1: About the outage"],
    );
}
