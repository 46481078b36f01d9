//! Brings a machine with nothing but Rust and Node to where Debrief builds and its tests run.
//!
//! On Debian and Ubuntu the missing packages are installed; elsewhere their names are printed, for guessing at a
//! package manager does more harm than a sentence. A machine that has everything notices nothing. Which packages
//! there are stands in [`crate::packages`]; npm packages are [`crate::ui`]'s.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::packages::{self, Purpose};
use crate::programs::{cargo, is_on_path, output_of, repository, succeed, succeeds};

/// The oldest Node that the interface's tools run on, as major and minor number; Vite 8 sets it.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Installs or asks for whatever is missing, and fails with a sentence when the purpose cannot be met.
pub(crate) fn set_up(purpose: Purpose) -> Result<()> {
    check_node()?;
    if is_on_path("apt-get") {
        install_with_apt(purpose)?
    } else {
        ask_for_packages(purpose)?
    }
    if purpose == Purpose::Test {
        add_rust_tools()?;
    }
    Ok(())
}

fn check_node() -> Result<()> {
    const ADVICE: &str = "Install Node.js 20 (20.19 or newer) with npm from https://nodejs.org and run this again.";
    let Some(answer) = output_of(Command::new("node").arg("--version")) else {
        bail!("Node.js is not installed. {ADVICE}");
    };
    let Some(version) = parse_node_version(&answer) else {
        bail!("`node --version` answered `{}`, which is no version. {ADVICE}", answer.trim());
    };
    if version < OLDEST_NODE {
        bail!("Node.js {} is too old to build the interface. {ADVICE}", answer.trim());
    }
    if !succeeds(crate::programs::npm().arg("--version")) {
        bail!("Node.js is installed, but npm is not. {ADVICE}");
    }
    Ok(())
}

/// Reads major and minor number from what `node --version` prints, such as `v20.20.2`.
fn parse_node_version(answer: &str) -> Option<(u32, u32)> {
    let mut numbers = answer.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn install_with_apt(purpose: Purpose) -> Result<()> {
    let os_release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let wanted = packages::apt_packages(purpose, &os_release);
    let mut query = Command::new("dpkg-query");
    query.args(["-W", "-f", "${Package} ${db:Status-Status}\\n"]).args(&wanted);
    let status =
        output_of(&mut query).context("There is an apt-get but no dpkg-query, so packages cannot be checked.")?;
    let missing = packages::missing(&wanted, &status);
    if missing.is_empty() {
        return Ok(());
    }

    let list = missing.join(" ");
    println!("Debrief needs {} more system packages and installs them with apt-get: {list}.", missing.len());
    let install = as_root("apt-get")
        .and_then(|mut command| succeed(command.arg("update")))
        .and_then(|()| as_root("apt-get"))
        .and_then(|mut command| succeed(command.args(["install", "-y", "--no-install-recommends"]).args(&missing)));
    install.with_context(|| {
        format!("The system packages could not be installed. Install them yourself and run this again: {list}.")
    })
}

/// Prepares a command that runs as root, through sudo where the caller is someone else.
fn as_root(program: &str) -> Result<Command> {
    const QUIETLY: &str = "DEBIAN_FRONTEND=noninteractive";
    let is_root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !is_root && !is_on_path("sudo") {
        bail!("Installing needs root, and there is no sudo.");
    }
    // sudo drops the environment, so the variable is set behind it.
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.arg("env");
    }
    command.args([QUIETLY, program]);
    Ok(command)
}

fn ask_for_packages(purpose: Purpose) -> Result<()> {
    // macOS and Windows bring their own web view, which pkg-config does not know.
    let web_view_is_found = cfg!(any(target_os = "macos", windows))
        || succeeds(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"]));
    let missing_programs: Vec<&str> = match purpose {
        Purpose::Build => Vec::new(),
        Purpose::Test => packages::TEST_PROGRAMS.iter().copied().filter(|program| !is_on_path(program)).collect(),
    };
    if web_view_is_found && missing_programs.is_empty() {
        return Ok(());
    }
    println!("This system has no apt-get, so nothing is installed for you. What Debrief needs:\n{}", packages::BY_HAND);
    if !web_view_is_found {
        bail!("pkg-config does not find webkit2gtk-4.1. Install the packages to build, and run this again.");
    }
    println!("The tests will miss: {}.", missing_programs.join(", "));
    Ok(())
}

/// Adds the formatter and the linter, which a minimal Rust installation leaves out.
fn add_rust_tools() -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| !succeeds(cargo().args([command, "--version"])))
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    println!("The tests need {list} and add them with rustup.");
    // In the repository, so that a toolchain file there is obeyed.
    let mut rustup = Command::new("rustup");
    succeed(rustup.args(["component", "add"]).args(&missing).current_dir(repository()))
        .with_context(|| format!("Add these components to your Rust installation and run this again: {list}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_what_node_prints() {
        assert_eq!(parse_node_version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(parse_node_version("v8.0.0-pre"), Some((8, 0)));
    }

    #[test]
    fn what_is_no_version_is_not_read_as_one() {
        for answer in ["", "20.1.0", "v20", "vx.1", "node: not found"] {
            assert_eq!(parse_node_version(answer), None, "{answer:?}");
        }
    }

    #[test]
    fn versions_are_ordered_by_number_and_not_by_letter() {
        assert!(parse_node_version("v9.99.0") < Some(OLDEST_NODE));
        assert!(parse_node_version("v20.9.0") < Some(OLDEST_NODE));
        assert!(parse_node_version("v100.0.0") > Some(OLDEST_NODE));
    }
}
