//! Tables as programs export them: separators, languages, dates, broken quotes. All of it is fiction.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod brought;

use brought::{check, in_zone, refusal, timeline};
use intake::{Assumptions, Format};
use meeting::timeline::EventKind;

#[test]
fn the_separator_and_the_titles_are_found_in_four_languages() {
    let files = [
        (
            "commas",
            Format::Commas,
            "Time (UTC),Who,Event\n2026-05-06 14:23:05,Ada,\"Alert, loud\"\n2026-05-06 14:31:00,Bob,Calm\n",
        ),
        (
            "tabs",
            Format::Tabs,
            "when\tactor\tdescription\n2026-05-06T14:23:05Z\tAda\tAlert, loud\n2026-05-06T14:31:00Z\tBob\tCalm\n",
        ),
        (
            "pipes",
            Format::Pipes,
            "timestamp|user|message\n2026-05-06T14:23:05Z|Ada|Alert, loud\n2026-05-06T14:31:00Z|Bob|Calm\n",
        ),
        (
            "German",
            Format::Semicolons,
            "\u{feff}Datum;Uhrzeit;Zeitzone;Wer;Ereignis\r\n06.05.2026;16:23:05;Europe/Berlin;Ada;Alert, loud\r\n06.05.2026;16:31;Europe/Berlin;Bob;Calm\r\n",
        ),
        (
            "French",
            Format::Semicolons,
            "Horodatage;Auteur;Événement\n2026-05-06T16:23:05+02:00;Ada;Alert, loud\n2026-05-06T16:31:00+02:00;Bob;Calm\n",
        ),
        (
            "Spanish",
            Format::Tabs,
            "Fecha\tHora (UTC)\tQuién\tDescripción\n06/05/2026\t14:23:05\tAda\tAlert, loud\n13/05/2026\t14:31\tBob\tCalm\n",
        ),
        (
            "hint of a spreadsheet",
            Format::Semicolons,
            "sep=;\nTime (UTC);Who;Event\n2026-05-06 14:23:05;Ada;Alert, loud\n2026-05-06 14:31:00;Bob;Calm\n",
        ),
        ("no titles", Format::Commas, "2026-05-06T14:23:05Z,\"Ada: Alert, loud\"\n2026-05-06T14:31:00Z,Bob: Calm\n"),
        (
            "carriage returns alone",
            Format::Commas,
            "Time (UTC),Who,Event\r2026-05-06 14:23:05,Ada,\"Alert, loud\"\r2026-05-06 14:31:00,Bob,Calm\r",
        ),
        (
            "camel case",
            Format::Commas,
            "id,occurredAt,createdBy,summary\n,2026-05-06T14:23:05Z,Ada,\"Alert, loud\"\n,2026-05-06T14:31:00Z,Bob,Calm\n",
        ),
    ];
    for (name, format, text) in files {
        let found = timeline(text.as_bytes(), &Assumptions::default());
        let second =
            if name == "Spanish" { "2026-05-13 14:31:00 <Bob> Calm" } else { "2026-05-06 14:31:00 <Bob> Calm" };
        check(name, text.as_bytes(), &Assumptions::default(), &["2026-05-06 14:23:05 <Ada> Alert, loud", second]);
        assert_eq!(found.format, format, "{name}");
    }
}

#[test]
fn the_order_of_day_and_month_is_decided_over_the_whole_column() {
    let rows = |last: &str| format!("time,event\n03/04/2026 14:23,Alert\n04/04/2026 14:24,Calm\n{last} 14:25,Report\n");
    let utc = in_zone("UTC");
    check(
        "European",
        rows("13/04/2026").as_bytes(),
        &utc,
        &["2026-04-03 14:23:00 Alert", "2026-04-04 14:24:00 Calm", "2026-04-13 14:25:00 Report"],
    );
    check(
        "American",
        rows("04/13/2026").as_bytes(),
        &utc,
        &["2026-03-04 14:23:00 Alert", "2026-04-04 14:24:00 Calm", "2026-04-13 14:25:00 Report"],
    );
    check(
        "asked",
        rows("05/04/2026").as_bytes(),
        &utc,
        &["? T14:23 Alert", "2026-04-04 14:24:00 Calm", "? T14:25 Report", "ask DayMonthOrder [0, 2]"],
    );
    let answered = Assumptions { day_first: Some(true), ..utc };
    check(
        "answered",
        rows("05/04/2026").as_bytes(),
        &answered,
        &["2026-04-03 14:23:00 Alert", "2026-04-04 14:24:00 Calm", "2026-04-05 14:25:00 Report"],
    );
}

#[test]
fn the_numbers_of_a_spreadsheet_are_dates() {
    // Day 45 356 is 5 March 2024, and 0.586 of a day is 14 h 3 min 50 s.
    let expected = ["2024-03-05 13:03:50 Alert", "2024-03-05 23:00:00 Calm"];
    let berlin = in_zone("Europe/Berlin");
    check(
        "points",
        b"Time,Event\n45356.586,Alert\n45357,Calm\n",
        &berlin,
        &["2024-03-05 13:03:50 Alert", "? 2024-03-06 Calm"],
    );
    check("commas", b"Zeit;Ereignis\n45356,586;Alert\n45357,0;Calm\n", &berlin, &expected);
    check("apart", b"Date,Time,Event\n45356,0.58599537,Alert\n45357,0.0,Calm\n", &berlin, &expected);
    let found = timeline(b"Time,Event\n45356.586,Alert\n45357.5,Noon", &berlin);
    assert!(
        found.reading.events[0].how.contains("45356.586, the days of a spreadsheet"),
        "{}",
        found.reading.events[0].how
    );
}

#[test]
fn seconds_since_1970_are_read_in_every_unit() {
    let text = "ts,message\n1778077385,s\n1778077385123,ms\n1778077385123456,us\n1778077385123456789,ns\n1778077385.75,fraction\n";
    let expected: Vec<String> =
        ["s", "ms", "us", "ns", "fraction"].map(|unit| format!("2026-05-06 14:23:05 {unit}")).to_vec();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check("epochs", text.as_bytes(), &Assumptions::default(), &expected);
}

#[test]
fn a_column_of_kinds_is_followed_where_its_word_is_one() {
    let text = "time,type,event\n2026-05-06T14:23Z,Alert,cpu\n2026-05-06T14:24Z,decision,wait\n2026-05-06T14:25Z,misc,rolled back v3\n";
    let found = timeline(text.as_bytes(), &Assumptions::default());
    let kinds: Vec<(EventKind, &str)> =
        found.reading.events.iter().map(|event| (event.kind, event.kind_reason.as_str())).collect();
    let expected =
        [(EventKind::Alert, "Alert"), (EventKind::Decision, "decision"), (EventKind::Mitigation, "rolled back")];
    assert_eq!(kinds, expected);
    assert_eq!(found.reading.events[2].text, "rolled back v3 · type: misc", "no word is dropped");
}

#[test]
fn ragged_rows_quoted_lines_and_rows_above_the_titles_are_accounted_for() {
    let text = "Export of incident 7\n\nTime (UTC),Who,Event\n2026-05-06 14:23:05,Ada,\"first line\nsecond \"\"line\"\"\"\n2026-05-06 14:24:00,Bob\n2026-05-06 14:25:00,,Calm,extra\n\n2026-05-06 14:26:00,,\n";
    check(
        "ragged",
        text.as_bytes(),
        &Assumptions::default(),
        &[
            "2026-05-06 14:23:05 <Ada> first line / second \"line\"",
            "2026-05-06 14:25:00 Calm · extra",
            "lost 1: Export of incident 7 (It stands above the titles of the columns.)",
            "lost 6: 2026-05-06 14:24:00 · Bob (The row has no text.)",
            "lost 9: 2026-05-06 14:26:00 ·  · (The row has no text.)",
        ],
    );
    let found = timeline(text.as_bytes(), &Assumptions::default());
    assert_eq!((found.reading.events[0].line, &found.reading.events[0].continued), (4, &vec![5]));
    assert_eq!(found.reading.headings.iter().map(|heading| heading.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_row_with_a_date_dates_the_rows_below() {
    let text = "Time,Event\n2026-05-06,\n23:50,Alert\n00:10,Calm\n";
    check("dates", text.as_bytes(), &in_zone("UTC"), &["2026-05-06 23:50:00 Alert", "2026-05-07 00:10:00 Calm"]);
}

#[test]
fn of_several_times_the_one_of_the_event_is_read() {
    let text =
        "Created at,Updated at,Occurred at,Summary\n2026-05-07T09:00Z,2026-05-08T09:00Z,2026-05-06T14:23:05Z,Alert\n";
    check("three times", text.as_bytes(), &Assumptions::default(), &["2026-05-06 14:23:05 Alert"]);
    let how = &timeline(text.as_bytes(), &Assumptions::default()).reading.events[0].how;
    assert!(how.contains("2026-05-07T09:00Z in column “Created at”"), "{how}");
}

#[test]
fn an_open_quote_and_too_many_columns_are_refused_with_their_line() {
    let head = "time,who,event\n2026-05-06T14:23Z,Ada,fine\n";
    let open = format!("{head}2026-05-06T14:24Z,\"Ada\nDoe\",\"never closed\n2026-05-06T14:25Z,Bob,swallowed\n");
    let refused = refusal(open.as_bytes());
    assert!(
        refused.starts_with("The quote that opens at line 4 is never closed. 1 events stand before it"),
        "{refused}"
    );
    // The same, where the rest of the file is larger than a row may be.
    let long = format!("{open}{}", "2026-05-06T14:25Z,Bob,swallowed\n".repeat(60_000));
    assert!(refusal(long.as_bytes()).starts_with("The quote that opens at line 4 is never closed."));
    let wide = format!("{head}{}\n", "x,".repeat(1_000_000));
    assert_eq!(
        refusal(wide.as_bytes()),
        "Line 3 has more than 1024 columns. Nothing was taken in. Keep the columns with time, text and actor."
    );
    let giant = format!("{head}2026-05-06T14:24Z,Ada,{}\n", "x".repeat(3_000_000));
    assert!(
        refusal(giant.as_bytes()).starts_with("The entry that begins at line 3 is larger"),
        "{}",
        refusal(giant.as_bytes())
    );
    let closed = format!("{head}2026-05-06T14:24Z,Ada,\"closed at the end\"");
    assert_eq!(timeline(closed.as_bytes(), &Assumptions::default()).reading.events.len(), 2);
}

#[test]
fn a_list_with_commas_stays_a_text() {
    let text = "Outage, time and place\n14:23, Alert, loud\n14:24 Ada, Bob and Eve look\n14:31 Calm, at last\n";
    let found = timeline(text.as_bytes(), &in_zone("UTC"));
    assert_eq!(found.format, Format::Text);
    assert_eq!(found.reading.events.len(), 3);
}

#[test]
fn what_a_screen_does_not_show_is_taken_out_and_narrow_spaces_are_spaces() {
    let text = "time,event\n\"5/13/2026, 2:23:05\u{202f}PM UTC\",Al\u{200b}ert \u{202e}fires\n";
    check("table", text.as_bytes(), &Assumptions::default(), &["2026-05-13 14:23:05 Alert fires"]);
    let text =
        "[{\"time\":\"5/13/2026, 2:23:05\u{202f}PM\",\"zone\":\"UTC\",\"event\":\"Al\u{200b}ert \\u202efires\\nnow\"}]";
    check("JSON", text.as_bytes(), &Assumptions::default(), &["2026-05-13 14:23:05 Alert fires / now"]);
}
