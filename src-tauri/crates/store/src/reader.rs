//! Reading the library while somebody else may be writing to it.

use std::path::Path;

use meeting::{Meeting, PostMortemId, Recorded, apply, apply_secret};
use rusqlite::{Connection, OpenFlags};

use crate::seal::Keys;
use crate::{Entry, Similar, StoreError, causes, library::DATABASE};

/// A library opened for reading only.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
}

impl Reader {
    /// Opens a library for reading; none when there is no library in the folder yet.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn open(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(DATABASE);
        if !path.exists() {
            return Ok(None);
        }
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(Some(Self { connection }))
    }

    /// Lists the library, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        Entry::all(&self.connection)
    }

    /// Returns past incidents that speak of what `text` does, the nearest first; `but` itself is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn similar(&self, text: &str, but: &PostMortemId) -> Result<Vec<Similar>, StoreError> {
        causes::similar(&self.connection, text, but)
    }

    /// Loads a post-mortem without anything that is still sealed.
    ///
    /// # Errors
    /// `Unknown` when there is none with that id.
    pub fn load(&self, id: &PostMortemId) -> Result<Meeting, StoreError> {
        load_log(&self.connection, id)
    }
}

/// Lists every post-mortem that has a log.
pub(crate) fn logs(connection: &Connection) -> Result<Vec<PostMortemId>, StoreError> {
    let mut rows = connection.prepare("SELECT DISTINCT post_mortem FROM event ORDER BY post_mortem")?;
    let rows = rows.query_map([], |row| Ok(PostMortemId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Folds the log of a post-mortem.
pub(crate) fn load_log(connection: &Connection, id: &PostMortemId) -> Result<Meeting, StoreError> {
    let mut rows = connection.prepare_cached("SELECT body FROM event WHERE post_mortem = ?1 ORDER BY seq")?;
    let rows = rows.query_map([&id.0], |row| row.get::<_, String>(0))?;
    let mut meeting = Meeting::unwritten();
    for row in rows {
        let recorded: Recorded = serde_json::from_str(&row?)?;
        apply(&mut meeting, &recorded);
    }
    if meeting.revision() == 0 {
        return Err(StoreError::Unknown(id.0.clone()));
    }
    Ok(meeting)
}

/// Folds the log of a post-mortem and what is still sealed.
pub(crate) fn load_all(connection: &Connection, keys: &Keys, id: &PostMortemId) -> Result<Meeting, StoreError> {
    let mut meeting = load_log(connection, id)?;
    for secret in keys.read(connection, id)? {
        apply_secret(&mut meeting, &secret);
    }
    Ok(meeting)
}
