//! Backups: a checked copy of the database in `backups/`, the newest five kept. Keys are never part of one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;
use rusqlite::{Connection, OpenFlags, backup::Backup};

use crate::StoreError;

const KEPT: usize = 5;

/// Writes a copy, checks that it is sound, and removes the oldest ones.
pub(crate) fn write(connection: &Connection, folder: &Path) -> Result<PathBuf, StoreError> {
    let finished = copy(connection, folder)?;
    for old in newest_first(folder).into_iter().skip(KEPT) {
        std::fs::remove_file(old)?;
    }
    Ok(finished)
}

/// Writes a copy, checks that it is sound, and removes every other one: they hold what was erased. What cannot be removed
/// keeps nothing else from going.
pub(crate) fn write_alone(connection: &Connection, folder: &Path) -> Result<(), StoreError> {
    let finished = copy(connection, folder)?;
    let ours = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.contains(".sqlite") && *path != finished
    };
    let others = std::fs::read_dir(folder.join("backups"))?.filter_map(Result::ok).map(|file| file.path());
    let failed: Vec<_> = others.filter(ours).filter_map(|path| std::fs::remove_file(path).err()).collect();
    failed.into_iter().next().map_or(Ok(()), |error| Err(error.into()))
}

fn copy(connection: &Connection, folder: &Path) -> Result<PathBuf, StoreError> {
    let backups = folder.join("backups");
    std::fs::create_dir_all(&backups)?;
    let name = format!("{}.sqlite", Utc::now().format("%Y%m%dT%H%M%S%.6f"));
    let unfinished = backups.join(format!("{name}.unfinished"));
    {
        let mut copy = Connection::open(&unfinished)?;
        Backup::new(connection, &mut copy)?.run_to_completion(1_000, Duration::ZERO, None)?;
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        // What the library owes the copy does not; before format 5 there was nothing to owe.
        let _ = copy.execute("DELETE FROM erased", []);
    }
    if !is_sound(&unfinished) {
        return Err(StoreError::Damaged(unfinished));
    }
    let finished = backups.join(name);
    std::fs::rename(&unfinished, &finished)?;
    Ok(finished)
}

/// Returns the backups, newest first: their names sort by time.
pub(crate) fn newest_first(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder.join("backups")) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sqlite"))
        .collect();
    found.sort();
    found.reverse();
    found
}

/// Returns whether a database file passes SQLite's own check.
pub(crate) fn is_sound(path: &Path) -> bool {
    let check = || -> rusqlite::Result<String> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.pragma_query_value(None, "quick_check", |row| row.get(0))
    };
    check().is_ok_and(|answer| answer == "ok")
}
