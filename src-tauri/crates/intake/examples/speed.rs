//! How fast files are read, beside a typed reader of the same format on the same file.
//!
//! `cargo run --release -p intake --example speed` writes a Slack export, a table and generic JSON of some 50 MB each,
//! reads each with `intake` and with `serde_json` or `csv` into a plain struct, turn by turn, and prints the best of
//! each, their ratio, and the memory at its highest in a process of its own. The last line is pasted text, chat and list
//! by turns in pieces of the largest size that is read at once; nothing else reads it, so that it has no ratio.

#![allow(clippy::print_stdout, reason = "the figures are the product")]

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use intake::{Assumptions, Brought, LARGEST_TEXT, People, Wanted, Window, read_source};
use serde::Deserialize;

const MEGABYTES: usize = 50;
const ROUNDS: usize = 7;
const KINDS: [&str; 5] = ["slack", "json", "lines", "csv", "dates"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [who, kind, path] = arguments.as_slice() {
        let count = if who == "intake" { ours(Path::new(path))? } else { typed(kind, Path::new(path))? };
        println!("{count} {}", highest_memory()?);
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("intake-speed-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    println!(
        "{:8} {:>6} {:>12} {:>12} {:>6} {:>10} {:>10}",
        "file", "MB", "intake MB/s", "typed MB/s", "ratio", "intake kB", "typed kB"
    );
    for kind in KINDS {
        let path = folder.join(kind);
        write(kind, &path)?;
        measure(kind, &path)?;
    }
    measure_text()?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn measure(kind: &str, path: &PathBuf) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::metadata(path)?.len();
    let (mut best_ours, mut best_typed) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let events = ours(path)?;
        best_ours = best_ours.min(begun.elapsed());
        let begun = Instant::now();
        let rows = typed(kind, path)?;
        best_typed = best_typed.min(begun.elapsed());
        assert_eq!(events, rows, "both sides see the same entries");
    }
    let memory = |who: &str| -> Result<String, Box<dyn Error>> {
        let output = Command::new(std::env::current_exe()?).args([who, kind]).arg(path).output()?;
        let text = String::from_utf8(output.stdout)?;
        Ok(text.split_whitespace().last().unwrap_or("?").to_owned())
    };
    let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{kind:8} {:6.1} {:12.0} {:12.0} {:6.2} {:>10} {:>10}",
        bytes as f64 / 1e6,
        rate(best_ours),
        rate(best_typed),
        rate(best_ours) / rate(best_typed),
        memory("intake")?,
        memory("typed")?,
    );
    Ok(())
}

/// Reads some 50 MB of text as people paste it.
fn measure_text() -> Result<(), Box<dyn Error>> {
    let assumptions = Assumptions { zone: Some(chrono_tz::Tz::UTC), ..Assumptions::default() };
    let mut random = Random(42);
    let (mut bytes, mut events, mut spent) = (0, 0, Duration::ZERO);
    for piece in 0.. {
        if bytes >= MEGABYTES * 1_000_000 {
            break;
        }
        let text = pasted(piece % 2 == 0, &mut random);
        let mut best = Duration::MAX;
        for _ in 0..ROUNDS.min(3) {
            let begun = Instant::now();
            let reading = intake::read(&text, &assumptions)?;
            best = best.min(begun.elapsed());
            events += reading.events.len();
        }
        spent += best;
        bytes += text.len();
    }
    assert!(events > bytes / 200, "the lines are events");
    let megabytes = bytes as f64 / 1e6;
    println!("{:8} {megabytes:6.1} {:12.1}", "text", megabytes / spent.as_secs_f64());
    Ok(())
}

/// The messages of a chat, or a list with a heading for each day.
fn pasted(chat: bool, random: &mut Random) -> String {
    let mut text = String::with_capacity(LARGEST_TEXT);
    let mut at = 1_778_000_000_i64;
    let mut day = None;
    while text.len() < LARGEST_TEXT - 1_000 {
        at += i64::try_from(random.below(400)).unwrap_or(0);
        let now = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default();
        if day.replace(now.date_naive()) != Some(now.date_naive()) {
            text.push_str(&now.format("\n## %A, %-d %B %Y\n\n").to_string());
        }
        let user = ["Ada Lovelace", "Bob Stone", "Cat Ray", "Dan Oak"][random.pick(4)];
        let (clock, words) = (now.format("%H:%M"), sentence(random));
        text.push_str(&match chat {
            true => format!("{user}  {clock}\n{words}\n"),
            false => format!("- {clock} UTC - {user}: {words}\n"),
        });
    }
    text
}

fn ours(path: &Path) -> Result<usize, Box<dyn Error>> {
    let assumptions = Assumptions { zone: Some(chrono_tz::Tz::UTC), ..Assumptions::default() };
    let people = People::default();
    let wanted = Wanted { assumptions: &assumptions, window: Window::default(), people: &people, limit: None };
    match read_source(File::open(path)?, &wanted, &mut |_| ControlFlow::Continue(()))? {
        Brought::Timeline(found) => Ok(found.found),
        Brought::Record | Brought::People => Err("not a timeline".into()),
    }
}

/// The least a program would keep of each entry.
#[derive(Deserialize)]
struct Message {
    #[serde(alias = "occurred_at")]
    ts: String,
    user: String,
    #[serde(alias = "message")]
    text: String,
}

#[derive(Deserialize)]
struct Row {
    time: String,
    user: String,
    text: String,
}

fn typed(kind: &str, path: &Path) -> Result<usize, Box<dyn Error>> {
    let count = match kind {
        "slack" | "json" => serde_json::from_slice::<Vec<Message>>(&std::fs::read(path)?)?.iter().map(held).sum(),
        "lines" => {
            let bytes = std::fs::read(path)?;
            let rows: Result<Vec<Message>, _> = serde_json::Deserializer::from_slice(&bytes).into_iter().collect();
            rows?.iter().map(held).sum()
        }
        _ => {
            let rows: Result<Vec<Row>, _> = csv::Reader::from_path(path)?.deserialize().collect();
            rows?.iter().filter(|row| !(row.time.is_empty() || row.user.is_empty() || row.text.is_empty())).count()
        }
    };
    Ok(count)
}

fn held(message: &Message) -> usize {
    usize::from(!(message.ts.is_empty() || message.user.is_empty() || message.text.is_empty()))
}

/// Writes a file of some 50 MB, always the same.
fn write(kind: &str, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut random = Random(42);
    let mut written = 0;
    let header = match kind {
        "csv" | "dates" => "time,user,text\n",
        "lines" => "",
        _ => "[\n",
    };
    out.write_all(header.as_bytes())?;
    let mut at = 1_778_000_000_u64;
    while written < MEGABYTES * 1_000_000 {
        at += random.below(40);
        let separator = if written > 0 && !matches!(kind, "csv" | "dates" | "lines") { ",\n" } else { "" };
        let entry = entry(kind, at, &mut random);
        written += entry.len();
        write!(out, "{separator}{entry}")?;
    }
    out.write_all(if header == "[\n" { b"\n]\n" } else { b"" })?;
    out.flush()?;
    Ok(())
}

fn entry(kind: &str, at: u64, random: &mut Random) -> String {
    let user = ["U0ADA1", "U0BOB2", "U0CAT3", "U0DAN4"][random.pick(4)];
    let text = sentence(random);
    let when = |pattern: &str| {
        let at = i64::try_from(at).ok().and_then(|at| chrono::DateTime::from_timestamp(at, 0));
        at.map_or(String::new(), |at| at.format(pattern).to_string())
    };
    match kind {
        "slack" => format!(
            "    {{\n        \"client_msg_id\": \"{at:08x}-0000-4000-8000-{:012x}\",\n        \"type\": \"message\",\n        \"text\": \"{text} <@U0BOB2>\",\n        \"user\": \"{user}\",\n        \"ts\": \"{at}.{:06}\",\n        \"team\": \"T0TEAM\",\n        \"blocks\": [{{\"type\": \"rich_text\", \"block_id\": \"x{at}\", \"elements\": [{{\"type\": \"rich_text_section\", \"elements\": [{{\"type\": \"text\", \"text\": \"{text}\"}}]}}]}}]\n    }}",
            random.below(1 << 40),
            random.below(1_000_000),
        ),
        "json" | "lines" => {
            let end = if kind == "lines" { "\n" } else { "" };
            let when = when("%Y-%m-%dT%H:%M:%SZ");
            format!(
                "{{\"id\":{at},\"occurred_at\":\"{when}\",\"user\":\"{user}\",\"message\":\"{text}\",\"severity\":\"info\",\"tags\":[\"checkout\",\"eu\"]}}{end}"
            )
        }
        "dates" => format!("{},{user},\"{text}\"\n", when("%d/%m/%Y %H:%M:%S")),
        _ => format!("{},{user},\"{text}\"\n", when("%Y-%m-%dT%H:%M:%SZ")),
    }
}

fn sentence(random: &mut Random) -> String {
    let words = [
        "checkout",
        "returns",
        "errors",
        "since",
        "the",
        "deploy",
        "of",
        "v3.2",
        "latency",
        "p95",
        "is",
        "at",
        "restarted",
        "pods",
        "in",
        "eu-west",
        "queue",
        "drains",
        "slowly",
        "looking",
        "rolled",
        "back",
        "to",
        "alert",
        "fires",
    ];
    let count = 6 + random.below(14);
    let chosen: Vec<&str> = (0..count).map(|_| words[random.pick(words.len())]).collect();
    chosen.join(" ")
}

/// A generator that gives the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn pick(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }
}

/// The highest resident memory of this process in kilobytes, where the system tells.
fn highest_memory() -> Result<String, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line.and_then(|line| line.split_whitespace().next()).unwrap_or("?").to_owned())
}
