//! Starting other programs and finding what they leave behind.
//!
//! Everything that a command does is done by cargo, npm or the package manager; this module starts them in the
//! repository and turns a bad end into a sentence. What to start is decided elsewhere.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Returns the top folder of the repository.
pub(crate) fn repository() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest)
}

/// Returns cargo's target folder, wherever the configuration or the environment put it.
///
/// This program lies in `<target>/<profile>/`, which is known without asking cargo.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let program = std::env::current_exe().context("This program cannot tell where it lies.")?;
    let target = program.ancestors().nth(2).context("This program does not lie in a target folder.")?;
    Ok(target.to_path_buf())
}

/// Prepares a cargo command for this repository; it runs in the folder of the caller.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Cargo describes *this* package to it in the environment. Build scripts that watch such a variable would run
    // again after every change between `cargo xtask` and plain `cargo`.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_this_package) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_this_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_")
        || variable.starts_with("CARGO_MANIFEST_")
        || ["CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"].contains(&variable)
}

/// Prepares an npm command that runs in `ui/`.
pub(crate) fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(repository().join("ui"));
    command
}

/// Runs a command to its end, with its output on the screen, and fails when it fails.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let line = written_out(command);
    let status = command.status().with_context(|| format!("`{line}` could not be started."))?;
    if !status.success() {
        bail!("`{line}` failed ({status}).");
    }
    Ok(())
}

/// Runs a command unseen and returns what it wrote to its standard output, or nothing when it could not be started.
///
/// A bad exit code is no failure: `dpkg-query` ends with one as soon as a single package is unknown.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Says whether a command could be started and ended well; its output is not shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

/// Says whether a program of this name lies in one of the folders of `PATH`.
pub(crate) fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn written_out(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let program_without_folder =
        |word: &std::ffi::OsStr| Path::new(word).file_name().unwrap_or(word).to_string_lossy().into_owned();
    words
        .enumerate()
        .map(
            |(place, word)| {
                if place == 0 { program_without_folder(word) } else { word.to_string_lossy().into_owned() }
            },
        )
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn the_repository_is_the_folder_with_the_workspace_manifest() {
        let manifest = std::fs::read_to_string(repository().join("Cargo.toml")).unwrap();

        assert!(manifest.starts_with("[workspace]"));
    }

    #[test]
    fn a_failed_command_is_named_as_it_would_be_typed() {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(["no-such-command", "--flag"]).stderr(Stdio::null());

        let answer = succeed(&mut command).unwrap_err().to_string();

        assert!(answer.starts_with("`cargo no-such-command --flag` failed"), "{answer}");
    }

    #[test]
    fn what_cargo_says_about_this_package_is_not_handed_on_but_its_settings_are() {
        assert!(describes_this_package("CARGO_PKG_VERSION"));
        assert!(describes_this_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_this_package("CARGO_TARGET_DIR"));
        assert!(!describes_this_package("CARGO_HOME"));
    }
}
