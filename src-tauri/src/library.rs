//! Where the library lies, and the library as the console lists it.

use std::path::PathBuf;

use wire::LibraryEntry;

/// Returns the folder of the library: the one named, or the user's own.
pub(crate) fn folder(named: Option<PathBuf>) -> PathBuf {
    named.unwrap_or_else(|| dirs::data_dir().unwrap_or_else(|| PathBuf::from(".")).join("debrief"))
}

/// Returns the folder records are exported to unless one is named.
pub(crate) fn record_folder() -> PathBuf {
    if let Some(named) = std::env::var_os("DEBRIEF_RECORD_DIR") {
        return named.into();
    }
    dirs::document_dir().or_else(dirs::home_dir).unwrap_or_else(|| PathBuf::from(".")).join("Debrief")
}

/// Turns an entry of the store into one for a surface.
pub(crate) fn entry(entry: store::Entry) -> LibraryEntry {
    LibraryEntry {
        id: entry.id,
        title: entry.title,
        status: entry.status,
        progress: entry.progress,
        severity: entry.severity,
        services: entry.services,
        happened: entry.happened,
        changed: entry.changed,
        open_actions: entry.open_actions,
        actions: entry.actions,
    }
}
