//! What holds for every file: no panic, nothing dropped silently, and the same instants however it is written.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod brought;

use brought::{bring, timeline};
use chrono::{DateTime, Utc};
use intake::{Assumptions, Brought, FileReading, Format, People};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "[{",
    "}]",
    "\"",
    ",",
    ":",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    "\r",
    "\\",
    "null",
    "1e999",
    "NaN",
    "\0",
    "\"ts\":",
    "\"time\":",
    "\"text\":\"x\"",
    "\"events\":[",
    "\"attributes\":{",
    "\"attachments\":",
    "\"files\":",
    "\"1778077385.000200\"",
    "1778077385",
    "\"2026-05-06T14:23:05Z\"",
    "time,event\n",
    "Zeit;Ereignis\n",
    "sep=,\n",
    "2026-05-06T14:23:05Z",
    "03/04/2026 14:23",
    "13/04/2026 14:23",
    "45356.586",
    "14:23",
    "<@U1>",
    "&lt;",
    "é",
    "🙂",
    "\u{feff}",
    "\"\"",
    "x",
];

fn file() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat().into_bytes()),
        prop::collection::vec(prop::sample::select(PIECES), 0..30)
            .prop_map(|pieces| { pieces.concat().encode_utf16().flat_map(u16::to_le_bytes).collect() }),
    ]
}

/// What a file gives, whatever it is; the promises are checked.
fn hold(bytes: &[u8]) -> Result<(), TestCaseError> {
    match bring(bytes, &Assumptions::default(), &People::default()) {
        Ok(Brought::Timeline(found)) => {
            prop_assert_eq!(found.reading.events.len() + found.beyond + found.outside, found.found);
            for (at, event) in found.reading.events.iter().enumerate() {
                let asked = found.reading.doubts.iter().any(|doubt| doubt.events.contains(&at));
                prop_assert!(event.at.is_some() || asked || event.local.time.is_none(), "{:?}", event);
            }
        }
        Ok(Brought::Record | Brought::People) => {}
        Err(error) => {
            let said = error.to_string();
            prop_assert!(said.to_lowercase().contains("nothing was taken in") && said.ends_with('.'), "{}", said);
        }
    }
    Ok(())
}

fn instants(found: &FileReading) -> Vec<Option<DateTime<Utc>>> {
    found.reading.events.iter().map(|event| event.at).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused_with_a_sentence(bytes in file()) {
        hold(&bytes)?;
    }

    #[test]
    fn a_file_that_is_cut_anywhere_is_refused_or_shorter(cut in 0_usize..400) {
        let list: Vec<String> = (0..6).map(|at| format!("{{\"time\":\"2026-05-06T14:2{at}:05Z\",\"text\":\"é{at}\"}}")).collect();
        let list = format!("[{}]", list.join(",\n"));
        let cut = &list.as_bytes()[..cut.min(list.len())];
        if cut.len() < list.len() && cut.len() > 2 {
            prop_assert!(bring(cut, &Assumptions::default(), &People::default()).is_err());
        }
        hold(cut)?;
    }

    #[test]
    fn every_way_of_writing_gives_back_the_same_instants(
        seconds in prop::collection::vec(0_i64..2_000_000_000, 2..30),
        minutes in -720_i32..=840,
    ) {
        let times: Vec<DateTime<Utc>> = seconds.iter().map(|s| DateTime::from_timestamp(1_000_000_000 + s, 0).unwrap()).collect();
        let offset = chrono::FixedOffset::east_opt(minutes * 60).unwrap();
        let shifted = |at: &DateTime<Utc>| at.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let lines = |title: &str, line: &dyn Fn(&DateTime<Utc>) -> String| {
            title.to_owned() + &times.iter().map(line).collect::<String>()
        };
        let list = |time: &dyn Fn(&DateTime<Utc>) -> String| {
            let entries: Vec<String> = times.iter().map(|at| format!("{{\"at\":{},\"text\":\"x y\"}}", time(at))).collect();
            format!("[{}]", entries.join(","))
        };
        let files = [
            (Format::Commas, lines("time,event\n", &|at| format!("{},x y\n", shifted(at)))),
            (Format::Commas, lines("time,event\n", &|at| format!("{},x y\n", at.timestamp_millis()))),
            (Format::Semicolons, lines("Zeit (UTC);Ereignis\n", &|at| format!("{};x y\n", at.format("%d.%m.%Y %H:%M:%S")))),
            (Format::Tabs, lines("Date\tTime UTC\tEvent\n", &|at| format!("{}\tx y\n", at.format("%Y-%m-%d\t%I:%M:%S %p")))),
            (Format::Json, list(&|at| at.timestamp().to_string())),
            (Format::Json, list(&|at| format!("\"{}\"", shifted(at)))),
            (Format::JsonLines, lines("", &|at| format!("{{\"ts\":\"{}\",\"msg\":\"x y\"}}\n", at.timestamp_micros()))),
            (Format::Slack, list(&|at| format!("\"x\",\"ts\":\"{}.000100\"", at.timestamp()))),
        ];
        let expected: Vec<Option<DateTime<Utc>>> = times.iter().copied().map(Some).collect();
        for (format, text) in files {
            let found = timeline(text.as_bytes(), &Assumptions::default());
            prop_assert_eq!(instants(&found), expected.clone(), "{:?} {}", format, text);
            prop_assert_eq!(found.format, format);
        }
    }
}
