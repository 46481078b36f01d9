//! Throws broken inputs at every reader, with all cores.
//!
//! `cargo run --release -p intake --example fuzz -- --count 10000000 [--seed 1] [--threads 2]
//! [--seconds 900]` takes inputs that mean
//! something, breaks them by rules, and gives each to the reader of files and to the reader of pasted text; some also to
//! the list of people and to `merge`. It prints inputs per second, what became of them, the slowest, and every panic or
//! broken promise with its input. It ends with a failure when there was one.

#![allow(clippy::print_stdout, reason = "the figures are the product")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use intake::{Assumptions, Brought, Existing, FileError, People, Wanted, Window, merge, read, read_source};

/// What people bring, in small.
const SEEDS: &[&str] = &[
    r#"[{"type":"message","user":"U0ADA11","text":"Alert &lt;1 <@U0BOB22> <https://x.example|x>","ts":"1778077385.000200"},{"subtype":"channel_join","ts":"1778077386.0","text":"in"}]"#,
    r#"{"ok":true,"messages":[{"ts":"1778077385.1","user":"U1","text":"","attachments":[{"title":"High","text":"5 %"}],"files":[{"name":"a.png"}]}]}"#,
    r#"{"log_entries":[{"type":"trigger_log_entry","created_at":"2026-05-06T14:23:05Z","summary":"Triggered","agent":{"summary":"Ada"},"channel":{"type":"api","summary":"cpu"}}]}"#,
    r#"{"incidents":[{"name":"x","created_at":"2026-05-06T14:00:00Z","incident_updates":[{"body":"Resolved","status":"resolved","created_at":"2026-05-06T15:00:00Z"}]}]}"#,
    "{\"time\":1778077385,\"msg\":\"Alert\"}\n{\"time\":1778077386.5,\"msg\":\"Calm\",\"user\":{\"name\":\"Ada\"}}\n",
    r#"[{"date":"2026-05-06","time":"14:23","timezone":"Europe/Berlin","event":"Alert","kind":"alert","who":"Ada"},{"occurred_at":"03/04/2026 10:00","summary":"x"}]"#,
    r#"{"hits":{"hits":[{"_source":{"@timestamp":"2026-05-06T14:23:05.123+02:00","message":["a","b"]}}]}}"#,
    r#"{"format":"debrief-record","log":[],"version":1}"#,
    r#"[{"id":"U0ADA11","name":"ada","real_name":"Ada","profile":{"display_name":"Ada","email":"a@x.example"}}]"#,
    "{| class=\"wikitable\"\n! Time (UTC) !! Event\n|-\n| 2026-05-06 14:23 || Alert\n|-\n| 14:31\n| Calm\n|}\n||Time||Event||\n|14:40|Done|\n",
    "Outage of 6 May 2026\n\nTime (UTC)\tEvent\tWho\n14:14\tAlert\tAda\nand more\tBob\n\n1778077385 a\n[1778077390] b\nE0506 14:14:05.1 1 main.go] c\nts=2026-05-06T14:14:05Z d=e\n",
    "commit 3f2a1bc9\nAuthor: Ada <a@x.example>\nDate:   Wed May 6 14:14:05 2026 +0200\n\n    Roll back\n\n10.0.0.1 - - [06/May/2026:14:14:05 +0000] \"GET /\" 502\n2026년 5월 6일 오후 2시 23분 장애\nUTC 14:05 x\nkl. 14.05 y\n",
    "---\ndate: 2026-05-06\n---\nAt 13:20 we did. At 13:30 it was.\n\nWe will.\n\nPosted May 26, 2026 - 13:41 UTC\n\nOver.\nPosted May 24, 2026 - 14:34 UTC\n[07-20 02:00] a\n",
    "Time (UTC),Who,Event\n2026-05-06 14:23:05,Ada,\"Alert, \"\"loud\"\"\nsecond\"\n2026-05-06 14:31,Bob,Calm\n",
    "Datum;Uhrzeit;Zeitzone;Ereignis\r\n06.05.2026;16:23;Europe/Berlin;Alarm\r\n07.05.2026;00:10;CET;Ruhe\r\n",
    "when\tevent\ttype\n45356.586\tAlert\talert\n45357,5\tCalm\tmisc\n",
    "sep=|\nts|message\n1778077385123456|a\n13/05/2026 2:23 PM|b\n",
    "2026-05-06T14:23:05Z,\"Ada: Alert\"\n2026-05-06T14:31:00Z,Bob: Calm\n",
    "Time,Event\n2026-10-25,\n02:30,twice\n01:10,later\n,none\n",
    "# Outage\n\nAll times in UTC\n\n**6 May 2026**\n- 14:23 — Alert fires\n  - detail\n- 2:31 PM Bob restarts\n",
    "Alice Doe  2:14 PM\nseeing 500s\n2:15\nmore\nBob Roe:palm_tree:  11:58 PM\nyes\n",
    "| Time (PT) | What |\n|---|---|\n| 14:23 | a \\| b |\n| 6 May | |\n",
    "Resolved - done.\nMay 6, 15:31 UTC\n\nInvestigating - looking.\nMay 6, 14:40 UTC\n",
    "[14:23:05] <alice> x\n--- Day changed Wed May 06 2026\n14:23 -!- bob\n",
];

/// What inputs are broken with.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\\",
    "\\u00",
    "\\ud83d",
    "null",
    "true",
    "-1",
    "1e999",
    "NaN",
    "1778077385",
    "99999999999999999999",
    "45356.5",
    "0.999999",
    "\"ts\":",
    "\"text\":",
    "\"events\":[",
    "\"attributes\":{",
    "\"attachments\":[{",
    "<@U1>",
    "<",
    ">",
    "&amp;lt;",
    "2026-05-06",
    "T24:00Z",
    "14:23",
    "2:14 PM",
    "03/04/2026",
    "13/13/2026",
    "29 February",
    "IST",
    "+14:00",
    "-99:99",
    "UTC",
    "all times in CET",
    "next day",
    "Day 2",
    "```",
    "**",
    "—",
    "é",
    "日本",
    "🙂",
    "\u{feff}",
    "\u{202f}",
    "ſ",
    "İ",
    "\0",
    " ",
    "~",
    "sep=",
    "time,event\n",
    "Posted ",
    "\"\"",
];

const RAW: &[&[u8]] =
    &[b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xc3", b"\xe4", b"\x80", b"\x00\x00", b"PK\x03\x04", b"%PDF", b"\xf0\x9f"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<u64>().ok()
    };
    let count = given("--count").unwrap_or(100_000);
    let seed = given("--seed").unwrap_or(1);
    let threads =
        given("--threads").unwrap_or(std::thread::available_parallelism().map_or(1, |n| n.get() as u64)).max(1);
    std::panic::set_hook(Box::new(|_| {}));
    let begun = Instant::now();
    let share = count.div_ceil(threads);
    let seconds = given("--seconds").unwrap_or(u64::MAX);
    let workers: Vec<_> = (0..threads)
        .map(|thread| {
            std::thread::spawn(move || work(seed.wrapping_mul(1_000_003) + thread, share, Duration::from_secs(seconds)))
        })
        .collect();
    let mut all = Tally::default();
    for worker in workers {
        match worker.join() {
            Ok(tally) => all.add(tally),
            Err(_) => all.failures.push("a worker died".to_owned()),
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{} inputs in {seconds:.1} s on {threads} threads: {:.0} inputs/s",
        all.inputs,
        all.inputs as f64 / seconds
    );
    for (outcome, times) in &all.outcomes {
        println!("{times:>10}  {outcome}");
    }
    println!("slowest: {:?} for {:?}", all.slowest.0, String::from_utf8_lossy(&all.slowest.1));
    println!("{} failures", all.failures.len());
    all.failures.iter().take(20).for_each(|failure| println!("{failure}"));
    if all.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[derive(Default)]
struct Tally {
    inputs: u64,
    outcomes: BTreeMap<&'static str, u64>,
    slowest: (Duration, Vec<u8>),
    failures: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.inputs += other.inputs;
        other.outcomes.into_iter().for_each(|(outcome, times)| *self.outcomes.entry(outcome).or_default() += times);
        if other.slowest.0 > self.slowest.0 {
            self.slowest = other.slowest;
        }
        self.failures.extend(other.failures);
    }
}

fn work(seed: u64, count: u64, time: Duration) -> Tally {
    let started = Instant::now();
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut tally = Tally::default();
    for _ in 0..count {
        let input = broken(&mut random);
        let answers = random.below(8);
        let begun = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| throw(&input, answers))) {
            Ok(Ok(outcome)) => *tally.outcomes.entry(outcome).or_default() += 1,
            Ok(Err(promise)) => tally.failures.push(format!("{promise}: {:?}", String::from_utf8_lossy(&input))),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
                tally.failures.push(format!("panic “{}”: {:?}", said.unwrap_or("?"), String::from_utf8_lossy(&input)));
            }
        }
        let took = begun.elapsed();
        if took > tally.slowest.0 {
            tally.slowest = (took, input);
        }
        tally.inputs += 1;
        if tally.inputs.is_multiple_of(100_000) {
            eprintln!("{} inputs, {} failures after {:?}", tally.inputs, tally.failures.len(), started.elapsed());
        }
        if started.elapsed() > time {
            break;
        }
    }
    tally
}

/// Gives an input to the readers; says what became of it as a file, or which promise was broken.
fn throw(input: &[u8], answers: u64) -> Result<&'static str, &'static str> {
    let assumptions = Assumptions {
        zone: (answers & 1 == 1).then_some(chrono_tz::Tz::Europe__Berlin),
        date: (answers & 2 == 2).then(|| chrono::NaiveDate::from_ymd_opt(2026, 10, 25)).flatten(),
        day_first: (answers & 4 == 4).then_some(true),
        ..Assumptions::default()
    };
    let instant = |seconds| chrono::DateTime::from_timestamp(seconds, 0);
    let window = match answers {
        3 => Window { from: instant(1_778_077_386), to: instant(1_778_080_000) },
        _ => Window::default(),
    };
    let people = People::default();
    let wanted = Wanted { assumptions: &assumptions, window, people: &people, limit: Some(3) };
    let outcome = match read_source(input, &wanted, &mut |_| ControlFlow::Continue(())) {
        Ok(Brought::Timeline(found)) => {
            let kept = found.reading.events.len();
            // Text is read as a whole, as if it were pasted.
            if found.format != intake::Format::Text && (kept > 3 || kept + found.beyond + found.outside != found.found)
            {
                return Err("events were dropped silently");
            }
            let olds: Vec<Existing<'_>> =
                found.reading.events.iter().map(|event| Existing { at: event.at, text: &event.text }).collect();
            if merge(&olds, &found.reading).order.len() != 2 * kept {
                return Err("merging dropped an event");
            }
            match found.format {
                intake::Format::Text => "text",
                intake::Format::Slack | intake::Format::PagerDuty | intake::Format::Json => "JSON",
                intake::Format::JsonLines => "JSON lines",
                _ => "table",
            }
        }
        Ok(Brought::Record) => "record",
        Ok(Brought::People) => {
            People::read(input, &mut |_| ControlFlow::Continue(())).map_or("no list of people", |_| "people")
        }
        Err(error) => {
            if !error.to_string().to_lowercase().contains("nothing was taken in") {
                return Err("a refusal does not say that nothing was taken in");
            }
            refused(&error)
        }
    };
    // A file of text has been through the reader of pasted text; of the others some go there as well.
    if outcome == "text" || answers > 1 {
        return Ok(outcome);
    }
    let text = String::from_utf8_lossy(input);
    read(&text, &assumptions).map_err(|_| "a small text was refused")?;
    Ok(outcome)
}

fn refused(error: &FileError) -> &'static str {
    match error {
        FileError::Broken { .. } => "refused: broken JSON",
        FileError::CutOff { .. } => "refused: cut off",
        FileError::OpenQuote { .. } => "refused: open quote",
        FileError::NoTimes { .. } => "refused: no times",
        FileError::ZeroByte { .. } => "refused: zero byte",
        FileError::NotEncoded { .. } => "refused: encoding",
        FileError::NoText { .. } => "refused: no text",
        FileError::Empty => "refused: empty",
        _ => "refused: other",
    }
}

/// A seed with some of its bytes changed.
fn broken(random: &mut Random) -> Vec<u8> {
    let mut input = match random.below(8) {
        0 => Vec::new(),
        _ => SEEDS[random.pick(SEEDS.len())].as_bytes().to_vec(),
    };
    if random.below(40) == 0 {
        let text = String::from_utf8_lossy(&input).into_owned();
        let little = random.below(2) == 0;
        input =
            text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
    }
    for _ in 0..random.below(8) {
        change(&mut input, random);
    }
    input.truncate(160);
    input
}

fn change(input: &mut Vec<u8>, random: &mut Random) {
    let at = random.pick(input.len() + 1);
    let end = (at + random.pick(20)).min(input.len());
    match random.below(8) {
        0 => input.truncate(at),
        1 => drop(input.drain(at..end)),
        2 => {
            let again = input[at..end].to_vec();
            input.splice(at..at, again.repeat(1 + random.pick(4)));
        }
        3 => {
            let other = SEEDS[random.pick(SEEDS.len())].as_bytes();
            let from = random.pick(other.len());
            input.splice(at..at, other[from..(from + 40).min(other.len())].iter().copied());
        }
        4 if at < input.len() => input[at] = u8::try_from(random.below(256)).unwrap_or(0),
        5 if random.below(4) == 0 => drop(input.splice(at..at, RAW[random.pick(RAW.len())].iter().copied())),
        _ => drop(input.splice(at..end.min(at + random.pick(4)).max(at), PIECES[random.pick(PIECES.len())].bytes())),
    }
}

/// A generator that gives the same inputs on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    fn pick(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len.max(1) as u64)).unwrap_or(0)
    }
}
