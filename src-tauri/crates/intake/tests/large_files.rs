//! Files that are too large to hold, broken, or no text at all. All of it is fiction.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod brought;

use std::io::{self, Read};
use std::ops::ControlFlow;

use brought::{bring, check, in_zone, refusal, timeline};
use chrono::{DateTime, Utc};
use intake::{
    Assumptions, Brought, FileError, FileReading, Format, LARGEST_TIMELINE, People, Progress, Wanted, Window,
    read_source,
};

const CSV: &str = "Zeit;Ereignis\n2026-05-06T14:23Z;Größe überschritten\n2026-05-06T14:24Z;Ruhe\n";

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_common_encoding_is_read_and_named() {
    let expected = ["2026-05-06 14:23:00 Größe überschritten", "2026-05-06 14:24:00 Ruhe"];
    let latin: Vec<u8> = CSV.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let guessed = "note: The file has no byte order mark; it was read as UTF-16";
    let files: [(&str, Vec<u8>, String); 7] = [
        ("UTF-8", CSV.into(), String::new()),
        ("UTF-8", format!("\u{feff}{CSV}").into(), String::new()),
        ("UTF-16LE", utf16(CSV, true, true), String::new()),
        ("UTF-16BE", utf16(CSV, false, true), String::new()),
        ("UTF-16LE", utf16(CSV, true, false), format!("{guessed}LE.")),
        ("UTF-16BE", utf16(CSV, false, false), format!("{guessed}BE.")),
        (
            "Windows-1252",
            latin,
            "note: From line 2 on the file is not UTF-8; it was read as Windows-1252. Look at the letters with accents.".to_owned(),
        ),
    ];
    for (encoding, bytes, note) in files {
        let expected: Vec<&str> =
            expected.into_iter().chain(Some(note.as_str()).filter(|note| !note.is_empty())).collect();
        check(encoding, &bytes, &Assumptions::default(), &expected);
        assert_eq!(timeline(&bytes, &Assumptions::default()).encoding, encoding);
    }
}

#[test]
fn letters_that_are_cut_by_the_edge_of_what_is_read_at_once_stay_whole() {
    // One byte more in the title moves every letter of two bytes over every edge.
    for shift in 1..4 {
        let rows: String = (0..40_000).map(|at| format!("2026-05-06T14:23:05Z,Größe {at} über\n")).collect();
        let found = timeline(format!("time,event {}\n{rows}", "x".repeat(shift)).as_bytes(), &Assumptions::default());
        assert_eq!((found.found, found.reading.events[4_999].text.as_str()), (40_000, "Größe 4999 über"));
        assert!(found.reading.events.iter().all(|event| event.text.ends_with("über")));
    }
}

#[test]
fn what_is_no_text_is_refused_with_what_to_do() {
    let mut invalid = b"time,event\n2026-05-06T14:23Z,\xc3\xa9\n2026-05-06T14:24Z,".to_vec();
    invalid.extend(b"\xff\xfe\n");
    let cases: [(&[u8], &str); 12] = [
        (b"PK\x03\x04\x14\0....xl/workbook.xml", "This is a spreadsheet. Nothing was taken in. Save the sheet as CSV"),
        (b"PK\x03\x04\x14\0....incident/2026-05-06.json", "This is a ZIP archive. Nothing was taken in. Unpack it"),
        (b"%PDF-1.7 ...", "This is a PDF document. Nothing was taken in. Copy its text"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture (PNG). Nothing was taken in. Attach it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Office document."),
        (b"<!DOCTYPE html><html>", "This is a web page."),
        (b"time,event\n14:23,a\0b", "Line 2 holds a zero byte"),
        (&invalid, "Line 3 is not valid UTF-8"),
        (b"time,event\n14:23,\xff\xfe", "Line 2 is not valid UTF-8"),
        (b"\xff\xfe1\x004\x00\x00\xd8", "Line 1 is not valid UTF-16LE"),
        (b"", "The file is empty."),
        (b" \r\n\t\n", "The file is empty."),
    ];
    for (bytes, sentence) in cases {
        let refused = refusal(bytes);
        assert!(refused.starts_with(sentence), "{refused}\n{}", String::from_utf8_lossy(bytes));
        assert!(refused.contains("Nothing was taken in."), "{refused}");
    }
}

#[test]
fn a_text_that_is_too_long_and_a_line_that_is_too_long_are_refused() {
    let line = "14:23 something happened here\n";
    assert!(
        refusal(line.repeat(100_000).as_bytes()).starts_with("This is text without columns, and more than the 2097152")
    );
    let giant = format!("14:23 ok\n{}", "x".repeat(200_000));
    assert!(refusal(giant.as_bytes()).starts_with("Line 2 has 200000 bytes"), "{}", refusal(giant.as_bytes()));
    let list = |length: usize| {
        format!(
            "[{{\"time\":\"2026-05-06T14:23Z\",\"text\":\"{}\"}},\n{{\"time\":\"2026-05-06T14:24Z\",\"text\":\"calm\"}}]",
            "x".repeat(length)
        )
    };
    let found = timeline(list(200_000).as_bytes(), &Assumptions::default());
    assert_eq!((found.reading.events.len(), found.reading.not_understood.len()), (1, 1), "a long text is listed");
    let entry = format!("[{{\"time\":\"2026-05-06T14:23Z\",\"text\":\"{}\"}}]", "x".repeat(10_000_000));
    assert!(refusal(entry.as_bytes()).starts_with("The entry that begins at line 1 is larger than 8388608 bytes"));
}

/// 20 000 messages, one a minute from 2026-05-06 00:00 UTC, oldest or newest first.
fn month(newest_first: bool) -> String {
    let mut entries: Vec<String> = (0..20_000)
        .map(|at| format!("{{\"ts\":\"{}.000100\",\"user\":\"U1\",\"text\":\"m{at}\"}}", 1_778_025_600 + at * 60))
        .collect();
    if newest_first {
        entries.reverse();
    }
    format!("[{}]", entries.join(",\n"))
}

fn within(text: &str, from: &str, to: &str) -> FileReading {
    let at = |text: &str| text.parse::<DateTime<Utc>>().ok();
    let assumptions = Assumptions::default();
    let wanted = Wanted {
        assumptions: &assumptions,
        window: Window { from: at(from), to: at(to) },
        people: &People::default(),
        limit: None,
    };
    match read_source(text.as_bytes(), &wanted, &mut |_| ControlFlow::Continue(())).unwrap() {
        Brought::Timeline(found) => *found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_too_many_events_the_earliest_are_kept_and_the_others_counted() {
    for newest_first in [false, true] {
        let found = within(&month(newest_first), "", "");
        let mut kept: Vec<&str> = found.reading.events.iter().map(|event| event.text.as_str()).collect();
        if newest_first {
            kept.reverse();
        }
        assert_eq!((kept.len(), kept[0], kept[4_999]), (LARGEST_TIMELINE, "m0", "m4999"));
        assert_eq!((found.found, found.beyond, found.outside), (20_000, 15_000, 0));
        assert_eq!(
            found.notes[0],
            // 20 000 minutes are 13 days, 21 hours and 20 minutes; the last begins one minute before.
            "The file holds 20,000 events from 2026-05-06 00:00 to 2026-05-19 21:19 UTC; the earliest 5,000 were taken in and 15,000 events were left out. Say from when to when the incident lasted to read that part."
        );
    }
}

#[test]
fn only_what_lies_in_the_window_is_kept() {
    let found = within(&month(false), "2026-05-08T10:00:00Z", "2026-05-08T12:59:59Z");
    let texts: Vec<&str> = found.reading.events.iter().map(|event| event.text.as_str()).collect();
    // Two days and ten hours are 3 480 minutes; three hours follow.
    assert_eq!((texts.len(), texts[0], texts[179]), (180, "m3480", "m3659"));
    assert_eq!((found.beyond, found.outside), (0, 19_820));
    assert!(found.notes[0].contains("19,820 events lie outside the window and were left out"), "{}", found.notes[0]);
    let rows: String = (1..=28).map(|day| format!("{day:02}/03/2026 10:00,d{day}\n")).collect();
    let table = format!("time,event\n{rows}");
    // The thirteenth row tells that the day comes first; the zone is not known, so the edges stay in.
    let found = within(&table, "2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z");
    let texts: Vec<&str> = found.reading.events.iter().map(|event| event.text.as_str()).collect();
    assert_eq!(texts, ["d9", "d10"]);
    assert_eq!(found.reading.events[0].local.to_string(), "2026-03-09T10:00");
}

#[test]
fn a_row_far_down_tells_how_the_dates_of_the_first_are_meant() {
    let mut rows = "when,event\n01/02/2026 10:00,first\n".to_owned();
    rows.extend((0..9_000).map(|at| format!("02/03/2026 {:02}:{:02},r{at}\n", at / 60 % 24, at % 60)));
    let decided = |last: &str| timeline(format!("{rows}{last}\n").as_bytes(), &in_zone("UTC"));
    let european = decided("13/03/2026 10:00,last");
    assert_eq!(european.reading.doubts, []);
    assert_eq!(european.reading.events[0].at.unwrap().to_rfc3339(), "2026-02-01T10:00:00+00:00");
    let american = decided("03/13/2026 10:00,last");
    assert_eq!(american.reading.doubts, []);
    assert_eq!(american.reading.events[0].at.unwrap().to_rfc3339(), "2026-01-02T10:00:00+00:00");
}

/// An endless export, of which nothing may be held.
struct Endless {
    left: usize,
    line: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = buffer.len().min(self.left);
        for byte in &mut buffer[..wanted] {
            *byte = self.line[self.at % self.line.len()];
            self.at += 1;
        }
        self.left -= wanted;
        Ok(wanted)
    }
}

#[test]
fn the_person_sees_how_far_it_is_and_can_stop_it() {
    let line = b"{\"ts\":1778077385,\"text\":\"again\"}\n".to_vec();
    let left = line.len() * 100_000;
    let assumptions = Assumptions::default();
    let wanted =
        Wanted { assumptions: &assumptions, window: Window::default(), people: &People::default(), limit: Some(10) };
    let mut seen: Vec<Progress> = Vec::new();
    let mut watch = |progress: Progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    };
    let input = Endless { left, line: line.clone(), at: 0 };
    let Ok(Brought::Timeline(found)) = read_source(input, &wanted, &mut watch) else { panic!("no timeline") };
    assert_eq!((found.found, found.reading.events.len(), found.format), (100_000, 10, Format::JsonLines));
    assert!(seen.is_sorted_by_key(|progress| (progress.bytes, progress.events)) && seen.len() > 5, "{seen:?}");
    assert_eq!(seen.last().map(|progress| progress.bytes), Some(u64::try_from(left).unwrap()));

    let mut stop = |progress: Progress| {
        if progress.bytes > 1_000_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let input = Endless { left: usize::MAX, line, at: 0 };
    assert_eq!(read_source(input, &wanted, &mut stop), Err(FileError::Stopped));
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_is_refused() {
    struct Torn;
    impl Read for Torn {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the share has gone away"))
        }
    }
    let wanted = Wanted {
        assumptions: &Assumptions::default(),
        window: Window::default(),
        people: &People::default(),
        limit: None,
    };
    let refused = read_source(Torn, &wanted, &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert!(refused.to_string().contains("the share has gone away. Nothing was taken in."), "{refused}");
}

#[test]
fn a_text_file_is_read_as_if_it_were_pasted() {
    let text = "2026-05-06 (UTC)\r\n14:23 Alert\r\n14:31 Calm\r\n";
    let Ok(Brought::Timeline(found)) = bring(text.as_bytes(), &Assumptions::default(), &People::default()) else {
        panic!()
    };
    assert_eq!(found.reading, intake::read(text, &Assumptions::default()).unwrap());
    assert_eq!(found.format, Format::Text);
}
