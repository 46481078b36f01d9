//! `cargo xtask test`: every check that a change must pass, in one command.
//!
//! The steps are data, ordered so that the cheapest and most telling fault shows first: the interface, because the
//! Rust build embeds it, then form, then the pure crates, then all others, and the journeys through real windows and
//! browsers last. To add a step, add a line to [`every_step`].

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::packages::Purpose;
use crate::programs::{cargo, npm, repository, succeed};
use crate::{bindings, setup, ui};

/// Crates whose tests touch no file, socket or window; a wrong rule shows here within seconds.
const PURE: &[&str] = &["meeting", "intake", "language", "wire", "drawing", "document"];

/// The package of the journeys.
const JOURNEYS: &str = "checks";

struct Step {
    name: &'static str,
    work: Work,
}

enum Work {
    /// Something this program does itself.
    Own(fn() -> Result<()>),
    Npm(&'static [&'static str]),
    Cargo(Vec<&'static str>),
    /// A `cargo test`, which gets the caller's arguments too.
    CargoTest(Vec<&'static str>),
    /// A `cargo test` whose tests run one after the other, for they share the machine's displays and cores.
    CargoTestOneByOne(Vec<&'static str>),
}

/// Runs the steps, stops at the first that fails, and says how long each took.
pub(crate) fn test(arguments: &[String]) -> Result<()> {
    let (steps, for_cargo_test) = read(arguments)?;
    let mut took = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!("\n[{}/{}] {}", index + 1, steps.len(), step.name);
        let began = Instant::now();
        let outcome = step.work.carry_out(for_cargo_test);
        took.push((step.name, began.elapsed()));
        if let Err(error) = outcome {
            println!("\n{}", table(&took));
            return Err(error.context(format!("The step `{}` failed, and those after it were not run.", step.name)));
        }
    }
    println!("\n{}\nAll {} steps passed.", table(&took), steps.len());
    Ok(())
}

fn read(arguments: &[String]) -> Result<(Vec<Step>, &[String])> {
    let end = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
    let for_cargo_test = arguments.get(end + 1..).unwrap_or_default();
    match &arguments[..end] {
        [] => Ok((every_step(), for_cargo_test)),
        [flag] if flag == "--fast" => Ok((vec![pure_crates()], for_cargo_test)),
        other => bail!(
            "`cargo xtask test` does not know `{}`. It takes --fast, and after `--` arguments for `cargo test`.",
            other.join(" ")
        ),
    }
}

fn every_step() -> Vec<Step> {
    let step = |name, work| Step { name, work };
    vec![
        step("system packages", Work::Own(|| setup::set_up(Purpose::Test))),
        step("interface: packages", Work::Own(ui::install)),
        step("interface: types", Work::Npm(&["run", "check"])),
        step("interface: tests", Work::Npm(&["test"])),
        step("interface: build", Work::Own(ui::build)),
        step("phone page in a browser", Work::Npm(&["run", "test:phone"])),
        step("hostile texts in a browser", Work::Npm(&["run", "test:hostile"])),
        step("rust: format", Work::Cargo(vec!["fmt", "--all", "--check"])),
        step(
            "rust: lints",
            Work::Cargo(vec!["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        ),
        pure_crates(),
        step("bindings", Work::Own(bindings::check)),
        step("rust: all other crates", Work::CargoTest(all_other_crates())),
        // The journeys start the program itself, which cargo does not build for the tests of another package.
        step("application", Work::Cargo(vec!["build", "--locked", "--package", "debrief"])),
        step("journeys", Work::CargoTestOneByOne(vec!["--package", JOURNEYS])),
    ]
}

fn pure_crates() -> Step {
    let packages = PURE.iter().flat_map(|package| ["--package", *package]).collect();
    Step { name: "rust: pure crates", work: Work::CargoTest(packages) }
}

fn all_other_crates() -> Vec<&'static str> {
    let excluded = PURE.iter().chain([&JOURNEYS]).flat_map(|package| ["--exclude", *package]);
    std::iter::once("--workspace").chain(excluded).collect()
}

impl Work {
    fn carry_out(&self, for_cargo_test: &[String]) -> Result<()> {
        let mut cargo = cargo();
        cargo.current_dir(repository());
        match self {
            Self::Own(work) => work(),
            Self::Npm(arguments) => succeed(npm().args(*arguments)),
            Self::Cargo(arguments) => succeed(cargo.args(arguments)),
            Self::CargoTest(packages) => succeed(cargo.args(["test", "--locked"]).args(packages).args(for_cargo_test)),
            Self::CargoTestOneByOne(packages) => succeed(
                cargo
                    .args(["test", "--locked"])
                    .args(packages)
                    .args(for_cargo_test)
                    // A flag would stand behind a second `--`, which the caller's arguments may hold already.
                    .env("RUST_TEST_THREADS", "1"),
            ),
        }
    }
}

fn table(took: &[(&str, Duration)]) -> String {
    let width = took.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let total = took.iter().map(|(_, time)| *time).sum::<Duration>();
    let row = |name: &str, time: Duration| format!("{name:width$}  {:>7.1} s", time.as_secs_f64());
    took.iter().map(|(name, time)| row(name, *time)).chain([row("total", total)]).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    fn place_of(name: &str) -> usize {
        every_step().iter().position(|step| step.name == name).unwrap()
    }

    #[test]
    fn the_interface_is_built_before_the_rust_code_that_embeds_it() {
        assert!(place_of("interface: build") < place_of("rust: lints"));
    }

    #[test]
    fn the_pure_crates_come_first_and_the_journeys_last() {
        assert!(place_of("rust: pure crates") < place_of("rust: all other crates"));
        assert_eq!(place_of("journeys"), every_step().len() - 1);
    }

    #[test]
    fn what_one_step_leaves_out_another_step_runs() {
        let others = all_other_crates();
        let left_out: Vec<&str> = others.iter().skip(1).copied().filter(|word| *word != "--exclude").collect();

        assert_eq!(left_out, [PURE, &[JOURNEYS]].concat());
    }

    #[test]
    fn fast_runs_one_step_and_the_rest_goes_to_cargo_test() {
        let arguments = words("--fast -- clock -- --nocapture");
        let (steps, for_cargo_test) = read(&arguments).unwrap();

        assert_eq!(steps.len(), 1);
        assert_eq!(for_cargo_test, words("clock -- --nocapture"));
    }

    #[test]
    fn an_unknown_word_is_refused_before_anything_runs() {
        let arguments = words("--quick");

        assert!(read(&arguments).is_err());
    }

    #[test]
    fn the_table_names_each_step_with_its_seconds_and_the_sum() {
        let took = [("format", Duration::from_millis(1500)), ("lints", Duration::from_secs(20))];

        assert_eq!(table(&took), "format      1.5 s\nlints      20.0 s\ntotal      21.5 s");
    }
}
