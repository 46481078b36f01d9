//! Erasing: a post-mortem that is deleted, or a log that is written anew without somebody's name.
//!
//! The log is append-only but for this. What is erased is overwritten in the database (`secure_delete`), leaves the
//! WAL, and leaves the backups: a fresh one takes the place of all that were there. The part outside the database is
//! owed from the commit on, so that a start after a crash finishes it. Keys and images that nothing names any more go
//! too, and the database is written anew, page by page. A damaged database that was set aside is not touched, for somebody may still want to mend it; it is named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use meeting::{Content, Event, Meeting, PostMortemId, Recorded, Template};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::causes::Causes;
use crate::{Entry, Images, Library, StoreError, backup, settings, templates};

/// What became of an erasure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Why copies beside the database could not all be removed; they are at the next start. Empty when they were.
    pub owed: String,
    /// Damaged databases that were set aside earlier and may still hold what was erased.
    pub set_aside: Vec<PathBuf>,
}

impl Library {
    /// Deletes post-mortems: log, hidden notes and ballots, images, keys, and every backup from before.
    ///
    /// # Errors
    /// `Unknown` when one of them is not there. Nothing was deleted then.
    pub fn delete(&mut self, ids: &[PostMortemId]) -> Result<Erased, StoreError> {
        self.erase(ids, |transaction| {
            for id in ids {
                for table in ["sealed", "phone", "granted", "mark", "room", "entry", "cause"] {
                    transaction.execute(&format!("DELETE FROM {table} WHERE post_mortem = ?1"), [&id.0])?;
                }
                if transaction.execute("DELETE FROM event WHERE post_mortem = ?1", [&id.0])? == 0 {
                    return Err(StoreError::Unknown(id.0.clone()));
                }
            }
            settings::release(transaction, ids)
        })
    }

    /// Writes the logs of post-mortems anew, as when a person's name goes from them, and templates with them. Each log
    /// has one event more than before, which says so.
    ///
    /// # Errors
    /// `Changed` when one of them has been changed in the meantime. Nothing was written then.
    pub fn rewrite(&mut self, meetings: &[Meeting], templates: &[Template]) -> Result<Erased, StoreError> {
        let ids: Vec<_> = meetings.iter().map(|meeting| meeting.id.clone()).collect();
        self.erase(&ids, |transaction| {
            for meeting in meetings {
                let id = &meeting.id;
                let deleted = transaction.execute("DELETE FROM event WHERE post_mortem = ?1", [&id.0])?;
                if u64::try_from(deleted).ok() != meeting.revision().checked_sub(1) {
                    return Err(StoreError::Changed(id.0.clone()));
                }
                for recorded in meeting.recorded() {
                    insert(transaction, id, recorded)?;
                }
                Entry::of(meeting).write(transaction)?;
                Causes::of(meeting).write(transaction, id)?;
            }
            templates.iter().try_for_each(|template| templates::replace(transaction, template))
        })
    }

    fn erase(
        &mut self,
        ids: &[PostMortemId],
        work: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Erased, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for id in BTreeSet::from_iter(ids) {
            transaction.execute("INSERT INTO erasing (post_mortem) VALUES (?1)", [&id.0])?;
        }
        work(&transaction)?;
        transaction.execute("DELETE FROM erasing", [])?;
        transaction.execute("INSERT INTO erased DEFAULT VALUES", [])?;
        transaction.commit()?;
        self.forget_listed();
        let owed = self.finish_erasing().err().map(|error| error.to_string()).unwrap_or_default();
        Ok(Erased { owed, set_aside: set_aside(self.folder()) })
    }

    /// Removes the copies that an erasure has left outside of the database.
    pub(crate) fn finish_erasing(&mut self) -> Result<(), StoreError> {
        let owed: bool = self.connection.query_row("SELECT EXISTS (SELECT 1 FROM erased)", [], |row| row.get(0))?;
        if !owed {
            return Ok(());
        }
        self.destroy_unused_keys()?;
        // A library that was set aside may still be mended, and wants its images then.
        if set_aside(self.folder()).is_empty() {
            Images::of(self.folder()).keep_only(&images_of(&self.connection)?)?;
        }
        // Where SQLite moved rows from one page to another it leaves what they were in between; written anew the file
        // holds nothing but what is kept.
        self.connection.execute_batch("VACUUM")?;
        let busy: bool = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(StoreError::ReadElsewhere);
        }
        backup::write_alone(&self.connection, self.folder())?;
        self.connection.execute("DELETE FROM erased", [])?;
        Ok(())
    }
}

pub(crate) fn insert(to: &Connection, id: &PostMortemId, recorded: &Recorded) -> Result<(), StoreError> {
    to.prepare_cached("INSERT INTO event (post_mortem, seq, body) VALUES (?1, ?2, ?3)")?.execute(params![
        id.0,
        i64::try_from(recorded.seq).unwrap_or(i64::MAX),
        serde_json::to_string(recorded)?
    ])?;
    Ok(())
}

/// Returns the files of the images that the logs name; what was undone or taken away is named still.
fn images_of(from: &Connection) -> Result<BTreeSet<String>, StoreError> {
    let mut rows = from.prepare("SELECT body FROM event WHERE instr(body, '\"digest\"') > 0")?;
    let rows = rows.query_map([], |row| row.get::<_, String>(0))?;
    let mut images = BTreeSet::new();
    for row in rows {
        if let Event::Attached { attachment } = serde_json::from_str::<Recorded>(&row?)?.event
            && let Content::Image { image } = attachment.content
        {
            images.extend(Images::file_name(&image));
        }
    }
    Ok(images)
}

/// Returns the damaged databases that were set aside.
fn set_aside(folder: &Path) -> Vec<PathBuf> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let damaged = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("damaged-"));
    let mut found: Vec<_> = files.filter_map(Result::ok).map(|file| file.path()).filter(damaged).collect();
    found.sort();
    found
}
