//! `cargo xtask run`: from a fresh clone to the open application.
//!
//! Where there is nothing to open a window on, a rehearsal shows the same meeting without one. Everything that is
//! known about displays beyond their being announced is the application's own concern.

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::packages::Purpose;
use crate::programs::{cargo, repository, target_folder};
use crate::{setup, ui};

/// Builds the application and starts it; what follows `--release` or `--` goes to the application.
///
/// The exit code is the application's.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let wish = Wish::read(arguments);
    setup::set_up(Purpose::Build)?;
    ui::install()?;
    ui::build()?;

    let record = target_folder()?.join("rehearsal");
    let rehearse = wish.for_application.is_empty() && !has_display();
    let mut command = cargo();
    command.args(["run", "--package", "debrief", "--manifest-path"]).arg(repository().join("Cargo.toml"));
    if wish.release {
        command.arg("--release");
    }
    command.arg("--");
    if rehearse {
        println!(
            "There is no display to open a window on, so Debrief holds a rehearsal with simulated participants instead."
        );
        command.args(["rehearse", "--out"]).arg(&record);
    } else {
        command.args(wish.for_application);
    }
    let status = command.status().context("cargo could not be started.")?;
    if rehearse && status.success() {
        println!("The record of the rehearsal is in {}.", record.display());
    }
    // An application that was ended by a signal has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}

/// What the caller asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wish<'a> {
    release: bool,
    for_application: &'a [String],
}

impl<'a> Wish<'a> {
    fn read(arguments: &'a [String]) -> Self {
        let (release, rest) = match arguments {
            [first, rest @ ..] if first == "--release" => (true, rest),
            all => (false, all),
        };
        let for_application = match rest {
            [first, rest @ ..] if first == "--" => rest,
            all => all,
        };
        Self { release, for_application }
    }
}

fn has_display() -> bool {
    // macOS and Windows always have one and announce it nowhere.
    cfg!(any(target_os = "macos", windows)) || announces_display(|name| std::env::var(name).ok())
}

fn announces_display(variable: impl Fn(&str) -> Option<String>) -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn release_is_understood_only_in_front_and_the_rest_goes_to_the_application() {
        for (line, release, rest) in [
            ("", false, ""),
            ("--release", true, ""),
            ("list --json", false, "list --json"),
            ("--release -- list", true, "list"),
            ("-- --release", false, "--release"),
        ] {
            let arguments = words(line);
            assert_eq!(Wish::read(&arguments), Wish { release, for_application: &words(rest) }, "{line}");
        }
    }

    #[test]
    fn an_empty_variable_announces_no_display() {
        assert!(!announces_display(|_| None));
        assert!(!announces_display(|_| Some(String::new())));
        assert!(announces_display(|name| (name == "DISPLAY").then(|| ":0".to_owned())));
        assert!(announces_display(|name| (name == "WAYLAND_DISPLAY").then(|| "wayland-0".to_owned())));
    }
}
