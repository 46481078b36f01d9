//! The library on disk: one SQLite database, the keys beside it, its
//! images, and its backups.
//!
//! Synchronous, and written by one owner at a time: [`Library`] holds a lock on the folder, [`Reader`] never writes.
//! A commit is durable when [`Library::commit`] returns (WAL with `synchronous=FULL`); before that nothing may be
//! shown or acknowledged. Deciding what happens is left to `meeting`, running a meeting to `live`.

mod backup;
mod causes;
mod entry;
mod erase;
mod granted;
mod images;
mod library;
mod migrate;
mod reader;
mod seal;
mod settings;
mod templates;

pub use causes::Similar;
pub use entry::Entry;
pub use erase::Erased;
pub use granted::RequestDigest;
pub use images::{ImageError, Images};
pub use library::{Commit, Library, RoomKeys, TokenHash};
pub use reader::Reader;

/// What can go wrong with the library, in sentences that say what was kept and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another Debrief writes to this library.
    #[error("Another Debrief is using the library in {0}. Close it there, or open another library with --data-dir.")]
    InUse(std::path::PathBuf),
    /// The library was written by a newer Debrief.
    #[error(
        "This library was written by a newer Debrief (format {found}; this one knows {known}). Nothing was changed. Install the newer version to open it."
    )]
    Newer {
        /// The format of the file.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// The database is damaged and there is no backup to go on with.
    #[error("The library could not be read and no backup was found. The damaged file was kept as {0}.")]
    Damaged(std::path::PathBuf),
    /// Nothing with that id.
    #[error("There is no post-mortem “{0}” in this library. `debrief list` shows what there is.")]
    Unknown(String),
    /// It was changed after it was read.
    #[error("The post-mortem “{0}” has been changed in the meantime. Nothing was written; do it again.")]
    Changed(String),
    /// Another program reads the library, so its pages cannot be written anew.
    #[error("Another program is reading the library. Close it and start Debrief again.")]
    ReadElsewhere,
    /// The disk is full.
    #[error("The disk is full. Nothing was lost, and the last request was not kept: free some space and repeat it.")]
    DiskFull,
    /// The database refused.
    #[error("The library could not be read or written: {0}. What was saved before is still there.")]
    Database(rusqlite::Error),
    /// The folder or a file beside the database refused.
    #[error("A file of the library could not be read or written: {0}. What was saved before is still there.")]
    File(#[from] std::io::Error),
    /// A stored event is not readable by this version.
    #[error("An entry of the library is not readable: {0}. The file was not changed.")]
    Format(#[from] serde_json::Error),
    /// A sealed row does not fit its key.
    #[error("A hidden note or ballot could not be read again; its key is missing or was changed.")]
    Seal,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Database(error),
        }
    }
}
