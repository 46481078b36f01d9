//! The interface's npm packages and its build, each done only when it is due.
//!
//! The Rust build embeds `ui/dist`, so this comes before it. A stamp in `ui/dist` remembers when a build began;
//! emptying the folder, as `npm run build` does, forgets it, which costs one build too many and never one too few.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::programs::{npm, repository, succeed};

/// Folders of `ui/` that are results, not sources.
const RESULTS: &[&str] = &["node_modules", "dist", ".svelte-kit", "coverage", "test-results"];

/// Installs the npm packages when the lock file is newer than what is installed.
pub(crate) fn install() -> Result<()> {
    let ui = repository().join("ui");
    // npm writes this file at the end of a complete installation.
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    let locked = modified(&ui.join("package-lock.json"));
    if is_stale(installed, locked) {
        succeed(npm().args(["ci", "--no-audit", "--no-fund"])).context(
            "The interface's packages could not be installed. Check the network and that ui/package-lock.json is there.",
        )?;
    }
    Ok(())
}

/// Builds the interface into `ui/dist` when a source is newer than the last build.
pub(crate) fn build() -> Result<()> {
    let ui = repository().join("ui");
    let stamp = ui.join("dist/.built");
    if is_stale(modified(&stamp), newest_source(&ui)?) {
        let began = SystemTime::now();
        succeed(npm().args(["run", "build"]))?;
        // The stamp carries the beginning: a file saved while the build ran may have been read before.
        File::create(&stamp)
            .and_then(|file| file.set_modified(began))
            .with_context(|| format!("The interface was built, but {} cannot be written.", stamp.display()))?;
    }
    Ok(())
}

/// Says whether a result made at `made` must be made again for a source changed at `changed`.
///
/// A result that was never made is stale. Equal times are stale too: file systems keep times coarsely, and a change
/// may have come after the result within the same tick.
fn is_stale(made: Option<SystemTime>, changed: Option<SystemTime>) -> bool {
    match (made, changed) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(made), Some(changed)) => changed >= made,
    }
}

/// Returns when the interface's sources last changed: any file, and any folder, which remembers a deletion.
fn newest_source(ui: &Path) -> Result<Option<SystemTime>> {
    let mut newest = None;
    let mut folders = vec![ui.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)? {
            let is_result = folder == ui && path.file_name().is_some_and(|name| RESULTS.iter().any(|it| name == *it));
            if is_result {
                continue;
            }
            newest = newest.max(modified(&path));
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    Ok(newest)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("{} cannot be read.", folder.display());
    let listed: Result<Vec<_>, _> =
        fs::read_dir(folder).with_context(unreadable)?.map(|entry| entry.map(|it| it.path())).collect();
    listed.with_context(unreadable)
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|it| it.modified()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::time::Duration;

    use super::*;

    fn second(number: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(number)
    }

    /// A folder of its own that is deleted at the end of the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self, path: &str, changed: SystemTime) {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            File::create(&path).unwrap().set_modified(changed).unwrap();
        }

        fn folder_changed(&self, path: &str, changed: SystemTime) {
            File::open(self.0.join(path)).unwrap().set_modified(changed).unwrap();
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn a_result_is_stale_when_it_is_absent_older_or_just_as_old() {
        assert!(is_stale(None, Some(second(1))));
        assert!(is_stale(None, None));
        assert!(is_stale(Some(second(1)), Some(second(2))));
        assert!(is_stale(Some(second(2)), Some(second(2))));
    }

    #[test]
    fn a_result_newer_than_every_source_is_kept() {
        assert!(!is_stale(Some(second(3)), Some(second(2))));
        assert!(!is_stale(Some(second(3)), None));
    }

    #[test]
    fn a_change_deep_in_the_sources_counts_and_a_change_in_results_does_not() {
        let ui = Folder::new("sources");
        ui.file("package-lock.json", second(10));
        ui.file("shared/bindings/View.ts", second(30));
        ui.file("dist/console.js", second(90));
        ui.file("node_modules/vite/index.js", second(90));
        for folder in ["shared", "shared/bindings"] {
            ui.folder_changed(folder, second(20));
        }

        assert_eq!(newest_source(&ui.0).unwrap(), Some(second(30)));
    }

    #[test]
    fn a_deleted_source_counts_as_a_change() {
        let ui = Folder::new("deleted");
        ui.file("console/Old.svelte", second(10));
        fs::remove_file(ui.0.join("console/Old.svelte")).unwrap();
        ui.folder_changed("console", second(40));

        assert_eq!(newest_source(&ui.0).unwrap(), Some(second(40)), "the folder remembers the deletion");
    }
}
