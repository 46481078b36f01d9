//! Committing what was published, where the folder is part of a git repository. Nothing is ever pushed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What became of the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Committed {
    /// It is made; its short name.
    As(String),
    /// What was published is what is committed already.
    NothingNew,
}

/// Commits these files and nothing else that may have been changed there.
///
/// # Errors
/// When there is no git, no repository, or git refuses; the files themselves are written all the same.
pub(crate) fn commit(folder: &Path, files: &[PathBuf], message: &str) -> anyhow::Result<Committed> {
    let inside = git(folder, ["rev-parse", "--is-inside-work-tree"], &[])?;
    anyhow::ensure!(
        inside.status.success(),
        "The files are written and nothing was committed: {} is no git repository. Make it one with `git init`, or leave --git out.",
        folder.display()
    );
    let names: Vec<PathBuf> = files.iter().filter_map(|file| file.file_name()).map(PathBuf::from).collect();
    succeeded(git(folder, ["add"], &names)?)?;
    if git(folder, ["diff", "--cached", "--quiet"], &names)?.status.success() {
        return Ok(Committed::NothingNew);
    }
    succeeded(git(folder, ["commit", "--quiet", "--message", message], &names)?)?;
    let made = succeeded(git(folder, ["rev-parse", "--short", "HEAD"], &[])?)?;
    Ok(Committed::As(String::from_utf8_lossy(&made.stdout).trim().to_owned()))
}

fn git<const N: usize>(folder: &Path, words: [&str; N], files: &[PathBuf]) -> anyhow::Result<Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(words);
    if !files.is_empty() {
        command.arg("--").args(files);
    }
    // Names are names, and nobody sits there to answer a question.
    command.env("GIT_LITERAL_PATHSPECS", "1").env("GIT_TERMINAL_PROMPT", "0").stdin(std::process::Stdio::null());
    command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            anyhow::anyhow!(
                "The files are written and nothing was committed: there is no git here. Install it, or leave --git out."
            )
        }
        _ => anyhow::Error::new(error).context("The files are written and nothing was committed: git did not run"),
    })
}

fn succeeded(output: Output) -> anyhow::Result<Output> {
    let complaint = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(
        output.status.success(),
        "The files are written and nothing was committed. Git says: {}",
        complaint.trim()
    );
    Ok(output)
}
