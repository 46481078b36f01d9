//! Files that are there as a whole or not at all.
//!
//! A file is written beside the one it replaces, forced to the disk, and then takes its name, which a file system does in
//! one step. Whoever is killed in between, or finds the disk full, leaves the old file as it was. An unfinished file is
//! locked while somebody writes it, so that the next writer can tell what was left behind, and sweep it away.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

const PREFIX: &str = ".debrief-";
const SUFFIX: &str = ".part";

/// Why a file was not written. The file that was there before is as it was.
#[derive(Debug)]
pub(crate) struct NotWritten {
    path: PathBuf,
    source: io::Error,
}

impl std::error::Error for NotWritten {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl std::fmt::Display for NotWritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (path, kept) = (
            self.path.display(),
            if self.path.exists() { " The file that is there is the old one, whole." } else { "" },
        );
        let (what, todo) = match self.source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("there is no room left", "Free some space"),
            ErrorKind::FileTooLarge => ("it is larger than files may be there", "Choose another folder"),
            ErrorKind::PermissionDenied => {
                ("you may not write there", "Choose another folder, or ask for the right to write")
            }
            ErrorKind::ReadOnlyFilesystem => ("nothing can be written there", "Choose another folder"),
            ErrorKind::NotFound | ErrorKind::NotADirectory => ("there is no such folder", "Choose another folder"),
            _ => ("it could not be written", "Check the disk or choose another folder"),
        };
        write!(f, "{path} was not written: {what}.{kept} {todo}, and do it again.")
    }
}

/// Makes a folder with all above it.
pub(crate) fn folder(path: &Path) -> Result<(), NotWritten> {
    fs::create_dir_all(path).map_err(|source| NotWritten { path: path.to_owned(), source })
}

/// Puts a file in its place, or leaves the one that is there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), NotWritten> {
    write(path, bytes).map_err(|source| NotWritten { path: path.to_owned(), source })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut unfinished = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    // A file system without locks never sweeps; that is litter after a crash, and no harm.
    let _ = unfinished.as_file().try_lock();
    unfinished.write_all(bytes)?;
    unfinished.as_file().sync_all()?;
    #[cfg(unix)]
    fs::set_permissions(unfinished.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    unfinished.persist(path).map_err(|error| error.error)?;
    // The new name must be on the disk as well; some file systems cannot be asked for that.
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Removes what writers left behind that were killed; what somebody is writing now is locked and stays.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.starts_with(PREFIX)
            && name.ends_with(SUFFIX)
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // Whoever cannot remove it can still write beside it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_sweep_takes_what_was_left_behind_and_leaves_what_is_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(".debrief-abc.part");
        fs::write(&left, "half").unwrap();
        let busy = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(&folder).unwrap();
        busy.as_file().lock().unwrap();
        fs::write(folder.path().join("notes.part"), "mine").unwrap();
        sweep(folder.path());
        assert!(!left.exists() && busy.path().exists());
        assert!(folder.path().join("notes.part").exists(), "what others have made is theirs");
    }

    #[test]
    fn a_message_says_what_happened_what_was_kept_and_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.md");
        let message = |kind: ErrorKind| NotWritten { path: path.clone(), source: kind.into() }.to_string();
        assert!(message(ErrorKind::StorageFull).ends_with("there is no room left. Free some space, and do it again."));
        fs::write(&path, "old").unwrap();
        assert!(message(ErrorKind::PermissionDenied).contains("The file that is there is the old one, whole."));
    }

    #[test]
    fn an_old_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.md");
        replace(&path, b"old and long").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
