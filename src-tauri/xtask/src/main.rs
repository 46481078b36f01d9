//! The project's own commands: `cargo xtask run`, `test`, `bindings`, `bench` and `score`.
//!
//! This is the only build tool beside cargo and npm: a fresh clone needs Rust and Node, and the commands bring the
//! rest. It compiles before everything else, so it depends on next to nothing. Each command has a module of its own;
//! [`setup`] and [`ui`] are the steps that several of them share.

mod bindings;
mod measure;
mod packages;
mod programs;
mod run;
mod setup;
mod test;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask <command>

  run [--release] [ARGUMENTS]       sets the machine up, builds Debrief and opens it; without a display, rehearses
  test [--fast] [-- ARGUMENTS]      runs every check that a change must pass; --fast runs only the pure crates
  bindings                          writes the TypeScript declarations in ui/shared/bindings from the wire crate
  bench [MEASURE]                   prints the figures of speed and memory, with the machine and its load
  score [MEASURE]                   prints how well timelines and sentences are understood
  --help                            shows this list

ARGUMENTS of `run` go to Debrief, those of `test` to every `cargo test`.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!();
            // From the outermost, which says what to do, to the cause.
            error.chain().for_each(|cause| eprintln!("{cause}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{HELP}");
        return Ok(ExitCode::FAILURE);
    };
    match command.as_str() {
        "run" => run::run(rest),
        "test" => test::test(rest).map(|()| ExitCode::SUCCESS),
        "bindings" if rest.is_empty() => bindings::regenerate().map(|()| ExitCode::SUCCESS),
        "bindings" => bail!("`cargo xtask bindings` takes no arguments."),
        "bench" => measure::bench(rest).map(|()| ExitCode::SUCCESS),
        "score" => measure::score(rest).map(|()| ExitCode::SUCCESS),
        "--help" | "-h" | "help" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        unknown => bail!("There is no command `{unknown}`.\n\n{HELP}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_unknown_command_is_answered_with_the_list_of_those_that_exist() {
        let answer = dispatch(&["deploy".to_owned()]).unwrap_err().to_string();

        assert!(answer.contains("no command `deploy`"), "{answer}");
        for command in ["run", "test", "bindings", "bench", "score"] {
            assert!(answer.contains(&format!("\n  {command} ")), "{command} is missing from: {answer}");
        }
    }
}
