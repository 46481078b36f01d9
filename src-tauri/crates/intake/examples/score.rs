//! Scores the reader against timelines whose events are known.
//!
//! `cargo run --release -p intake --example score -- FOLDER [--misses] [--total]` reads every folder below FOLDER that
//! holds `source.txt`, `expected.tsv` (line, instant or `-`, wall clock, how the text begins) and perhaps `about.toml`
//! with the answers of a person under `[hints]`. `--misses` lists what went wrong, `--total` prints the last line only.

#![allow(clippy::print_stdout, reason = "a scorer prints")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use intake::{Assumptions, Reading};

struct Expected {
    line: usize,
    at: Option<DateTime<Utc>>,
    text: String,
}

#[derive(Default)]
struct Score {
    dated: usize,
    right: usize,
    undated: usize,
    wrong: usize,
    events: usize,
    lost: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let folder = arguments.iter().find(|argument| !argument.starts_with("--")).ok_or("Name a folder.")?;
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    folders.retain(|path| path.join("expected.tsv").is_file());
    folders.sort();
    let mut total = Score::default();
    for path in &folders {
        let (score, misses) = score(path)?;
        if !has("--total") {
            score.print(&path.file_name().unwrap_or_default().to_string_lossy());
        }
        if has("--misses") && !has("--total") {
            misses.iter().for_each(|miss| println!("    {miss}"));
        }
        total.add(&score);
    }
    total.print(&format!("{} timelines", folders.len()));
    Ok(())
}

fn score(folder: &Path) -> Result<(Score, Vec<String>), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(folder.join("source.txt"))?;
    let expected = expected(&std::fs::read_to_string(folder.join("expected.tsv"))?)?;
    let hints = std::fs::read_to_string(folder.join("about.toml")).unwrap_or_default();
    let optional = optional_lines(&hints);
    let reading = intake::read(&text, &assumptions(&hints))?;
    let mut misses = Vec::new();
    let mut score = Score { events: reading.events.len(), ..Score::default() };
    let firm: Vec<&Expected> = expected.iter().filter(|event| !optional.contains(&event.line)).collect();
    score.count_found(&reading, &firm, &mut misses);
    let instants: BTreeSet<DateTime<Utc>> = expected.iter().filter_map(|event| event.at).collect();
    for event in &reading.events {
        // A label may stand on the line above its time.
        let free =
            [Some(&event.line), event.continued.first()].into_iter().flatten().any(|line| optional.contains(line));
        if let Some(at) = event.at.filter(|at| !instants.contains(at) && !free) {
            score.wrong += 1;
            misses.push(format!("wrong {at} line {}: {}", event.line, begin(&event.text)));
        }
    }
    misses.extend(reading.doubts.iter().map(|doubt| format!("asks {}", doubt.sentence)));
    Ok((score, misses))
}

impl Score {
    fn count_found(&mut self, reading: &Reading, expected: &[&Expected], misses: &mut Vec<String>) {
        let mut free: Vec<bool> = vec![true; reading.events.len()];
        for wanted in expected {
            let mut alike = reading
                .events
                .iter()
                .enumerate()
                .filter(|(place, event)| free[*place] && overlaps(&event.text, &wanted.text));
            let Some(at) = wanted.at else {
                if alike.next().is_none() {
                    self.lost += 1;
                    misses.push(format!("lost line {}: {}", wanted.line, begin(&wanted.text)));
                }
                continue;
            };
            self.dated += 1;
            let all: Vec<_> = alike.collect();
            if let Some((place, _)) = all.iter().find(|(_, event)| event.at == Some(at)) {
                free[*place] = false;
                self.right += 1;
            } else if all.iter().any(|(_, event)| event.at.is_none()) {
                self.undated += 1;
                misses.push(format!("undated {at} line {}: {}", wanted.line, begin(&wanted.text)));
            } else {
                misses.push(format!("missed {at} line {}: {}", wanted.line, begin(&wanted.text)));
            }
        }
    }

    fn add(&mut self, other: &Score) {
        self.dated += other.dated;
        self.right += other.right;
        self.undated += other.undated;
        self.wrong += other.wrong;
        self.events += other.events;
        self.lost += other.lost;
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} of {} right ({}), {} undated, {} wrong of {} events ({}), {} without a time lost",
            self.right,
            self.dated,
            share(self.right, self.dated),
            self.undated,
            self.wrong,
            self.events,
            share(self.wrong, self.events),
            self.lost,
        );
    }
}

fn share(part: usize, whole: usize) -> String {
    // Counts of events are far below what a float holds exactly.
    #[allow(clippy::cast_precision_loss, reason = "small counts")]
    let share = part as f64 * 100.0 / whole.max(1) as f64;
    format!("{share:.1} %")
}

fn expected(rows: &str) -> Result<Vec<Expected>, Box<dyn std::error::Error>> {
    rows.lines()
        .filter(|row| !row.trim().is_empty() && !row.starts_with('#'))
        .map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            let [line, at, .., text] = cells[..] else { return Err(format!("too few cells: {row}").into()) };
            let at = (at.trim() != "-").then(|| DateTime::parse_from_rfc3339(at.trim())).transpose()?;
            Ok(Expected { line: line.parse()?, at: at.map(|at| at.to_utc()), text: text.to_owned() })
        })
        .collect()
}

fn assumptions(about: &str) -> Assumptions {
    let hint = |name: &str| {
        about.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim() == name).then(|| value.trim().trim_matches('"').to_owned())
        })
    };
    Assumptions {
        zone: hint("zone").and_then(|zone| zone.parse().ok()),
        date: hint("date").and_then(|date| date.parse().ok()),
        ..Assumptions::default()
    }
}

/// The lines where an event may or may not be seen.
fn optional_lines(about: &str) -> BTreeSet<usize> {
    let list = about.split_once("optional_lines").and_then(|(_, rest)| rest.split_once('[')?.1.split_once(']'));
    list.map_or(BTreeSet::new(), |(list, _)| list.split(',').filter_map(|line| line.trim().parse().ok()).collect())
}

/// Whether most words of the expected text occur in that of the event, or all of it where no spaces part the words.
fn overlaps(found: &str, wanted: &str) -> bool {
    if found.contains(wanted) {
        return true;
    }
    let words = |text: &str| -> BTreeSet<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (found, wanted) = (words(found), words(wanted));
    wanted.intersection(&found).count() * 2 >= wanted.len()
}

fn begin(text: &str) -> String {
    text.chars().take(70).collect::<String>().replace('\n', " / ")
}
