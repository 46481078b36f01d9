//! The files of the repository, as git sees them: tracked, or new and not ignored.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// A file with its path from the top of the repository, with `/` on every system.
pub(crate) struct Listed {
    pub(crate) path: String,
}

impl Listed {
    /// Returns the text, with what is not UTF-8 replaced.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(root().join(&self.path)).unwrap()).into_owned()
    }

    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Returns what follows the last dot of the name, or nothing.
    pub(crate) fn extension(&self) -> &str {
        self.name().rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default()
    }

    /// Says whether this file belongs to the tidy test, which must spell out what it forbids.
    pub(crate) fn is_of_the_tidy_test(&self) -> bool {
        self.path == "tests/tests/tidy.rs" || self.is_in("tests/tests/tidy")
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Returns every file of the repository.
pub(crate) fn all() -> &'static [Listed] {
    static ALL: LazyLock<Vec<Listed>> = LazyLock::new(list);
    &ALL
}

/// Returns the Rust sources below a folder.
pub(crate) fn rust_in(folder: &str) -> impl Iterator<Item = &'static Listed> {
    all().iter().filter(move |file| file.is_in(folder) && file.extension() == "rs")
}

fn list() -> Vec<Listed> {
    let git = Command::new("git")
        // A clone made by one user and tested by another, as in a container, is refused without this.
        .args(["-c", "safe.directory=*", "-c", "core.quotePath=false"])
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is needed to know which files belong to the repository");
    assert!(git.status.success(), "git cannot list the files: {}", String::from_utf8_lossy(&git.stderr));
    let listing = String::from_utf8(git.stdout).unwrap();
    let mut files: Vec<Listed> = listing
        .split_terminator('\0')
        // git still lists a tracked file that was deleted and not yet committed.
        .filter(|path| root().join(path).is_file())
        .map(|path| Listed { path: path.to_owned() })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "git listed another repository");
    files
}
