//! `cargo xtask bench` and `cargo xtask score`: what Debrief claims, in figures that anybody can print again.
//!
//! Each figure comes from a program beside the crate it is about, so that it can be run on its own; this file only
//! lists them and says on which machine and under which load they ran. Nothing here passes or fails: a report is not
//! a test.

use std::fs;

use anyhow::{Result, bail};

use crate::programs::{cargo, repository, succeed};

/// A figure: what it is, and the example that prints it.
struct Measure {
    name: &'static str,
    package: &'static str,
    example: &'static str,
    arguments: &'static [&'static str],
}

/// What `bench` prints.
const SPEED: &[Measure] = &[
    load("P5: server memory per connected phone against a bare event stream", &["P5"]),
    load("P7: durable ballots per second against raw SQLite group commit", &["P7"]),
    load("P8: a burst of 500 voters, durably acknowledged", &["P8"]),
    load("P9: a ballot seen by every phone against a raw fan-out", &["P9"]),
    load("P10: 500 phones that join, write, vote, drop and rejoin", &["P10"]),
    load("P11: the first load of a phone, compressed", &["P11"]),
    Measure {
        name: "P12: the PDF of a ten-page record against typst and Chromium, and P13: its size",
        package: "document",
        example: "speed",
        arguments: &[],
    },
    Measure {
        name: "P15: timeline import against typed serde_json and csv, and memory for 50 MB",
        package: "intake",
        example: "speed",
        arguments: &[],
    },
];

/// A figure of the room under load.
const fn load(name: &'static str, arguments: &'static [&'static str]) -> Measure {
    Measure { name, package: "rehearsal", example: "load", arguments }
}

/// What `score` prints.
const UNDERSTANDING: &[Measure] = &[
    Measure {
        name: "timelines: instants found on the newest set of published timelines",
        package: "intake",
        example: "score",
        arguments: &["tests/fixtures/timelines/dev-6", "--total"],
    },
    Measure {
        name: "language: precision and recall on sentences kept for measuring",
        package: "language",
        example: "score",
        arguments: &["tests/fixtures/language/test.tsv"],
    },
    Measure {
        name: "depth: where why-chains end",
        package: "language",
        example: "depth",
        arguments: &["tests/fixtures/depth/test.tsv", "tests/fixtures/depth/set-4.tsv"],
    },
    Measure {
        name: "actions: what action items lack",
        package: "language",
        example: "action",
        arguments: &["tests/fixtures/actions/test.tsv"],
    },
];

/// Prints the figures of speed and memory.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    print(SPEED, arguments)
}

/// Prints how well timelines and sentences are understood.
pub(crate) fn score(arguments: &[String]) -> Result<()> {
    print(UNDERSTANDING, arguments)
}

fn print(measures: &[Measure], arguments: &[String]) -> Result<()> {
    let chosen: Vec<_> = match arguments {
        [] => measures.iter().collect(),
        [word] => measures.iter().filter(|measure| measure.name.starts_with(word.as_str())).collect(),
        _ => Vec::new(),
    };
    if chosen.is_empty() {
        let names: Vec<_> = measures.iter().map(|measure| format!("  {}", measure.name)).collect();
        bail!("There is no such measure. These are known, by their first word:\n{}", names.join("\n"));
    }
    println!("{}\n", machine());
    for measure in chosen {
        println!("{}", measure.name);
        let mut command = cargo();
        command.current_dir(repository()).args(["run", "--quiet", "--release", "--locked", "--package"]);
        command.args([measure.package, "--example", measure.example, "--"]).args(measure.arguments);
        succeed(&mut command)?;
        println!();
    }
    Ok(())
}

/// Says which processor, how many cores, how much memory, and how busy the machine is.
fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let processor = value(&read("/proc/cpuinfo"), "model name");
    let memory = value(&read("/proc/meminfo"), "MemTotal");
    let load = read("/proc/loadavg").split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{processor}, {cores} cores, {memory} memory, load {load}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn every_measure_has_a_program_of_its_own() {
        for measure in SPEED.iter().chain(UNDERSTANDING) {
            let example = format!("src-tauri/crates/{}/examples/{}.rs", measure.package, measure.example);
            assert!(repository().join(&example).exists(), "{}: {example} is missing", measure.name);
            for file in measure.arguments.iter().filter(|argument| argument.contains('/')) {
                assert!(repository().join(file).exists(), "{}: {file} is missing", measure.name);
            }
        }
    }

    #[test]
    fn a_measure_that_is_not_known_is_answered_with_those_that_are() {
        let answer = score(&["speed".to_owned()]).unwrap_err().to_string();
        assert!(answer.contains("timelines:") && answer.contains("language:"), "{answer}");
    }
}
