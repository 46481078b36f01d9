//! The one writer of a library.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use meeting::{Breaks, Meeting, Moment, ParticipantId, PostMortemId, Recorded, Seal, Secret};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::causes::Causes;
use crate::granted::{self, Granted, RequestDigest};
use crate::seal::{self, Keys};
use crate::{Entry, StoreError, backup, erase, migrate, reader};

pub(crate) const DATABASE: &str = "library.sqlite";

/// The SHA-256 of a phone's token; the token itself is never stored.
pub type TokenHash = [u8; 32];

/// What one granted request writes.
#[derive(Debug, Clone, Default)]
pub struct Commit {
    /// For the log.
    pub recorded: Vec<Recorded>,
    /// For the sealed rows.
    pub secrets: Vec<Secret>,
    /// Tells the request from others, so that a repeat is recognised.
    pub request: Option<RequestDigest>,
    /// A phone that joined with it.
    pub phone: Option<(TokenHash, ParticipantId)>,
}

/// The port and keys of a room, kept so that phones find it again after a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomKeys {
    /// The port it listened on.
    pub port: u16,
    /// The typed code.
    pub code: String,
    /// The key of the QR code.
    pub key: String,
}

/// A library opened for writing. There is one writer at a time; the lock goes with this value.
#[derive(Debug)]
pub struct Library {
    pub(crate) connection: Connection,
    folder: PathBuf,
    keys: Keys,
    granted: Granted,
    /// What was last written about a post-mortem: most commits of a vote do not change it.
    listed: Option<(Entry, Causes)>,
    notice: String,
    _lock: File,
}

impl Library {
    /// Opens a library, or begins one.
    ///
    /// A damaged database is set aside and never deleted; the newest sound backup takes its place, and
    /// [`Library::notice`] says so.
    ///
    /// # Errors
    /// `InUse` while another process writes, `Newer` for a format this version does not know, `Damaged` when there is
    /// nothing to go on with.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("library.lock"))?;
        lock.try_lock().map_err(|_| StoreError::InUse(folder.to_owned()))?;
        let notice = set_aside_if_damaged(folder)?;
        let mut connection = Connection::open(folder.join(DATABASE))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        migrate::migrate(&mut connection, folder)?;
        let mut keys = Keys::in_folder(folder);
        // A seal whose breaking was interrupted: its rows went with the commit, its key goes now.
        keys.destroy_unused(&connection)?;
        let (granted, listed) = (Granted::default(), None);
        let mut library = Self { connection, folder: folder.to_owned(), keys, granted, listed, notice, _lock: lock };
        if let Err(error) = library.finish_erasing() {
            library.notice.push_str(&format!("Older backups still hold something that was deleted: {error}"));
        }
        Ok(library)
    }

    /// Returns a sentence about what was found at the start; empty when all was well.
    #[must_use]
    pub fn notice(&self) -> &str {
        &self.notice
    }

    /// Returns where the library lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lists the library, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        Entry::all(&self.connection)
    }

    /// Loads a post-mortem with everything that is still sealed.
    ///
    /// # Errors
    /// `Unknown` when there is none with that id.
    pub fn load(&self, id: &PostMortemId) -> Result<Meeting, StoreError> {
        reader::load_all(&self.connection, &self.keys, id)
    }

    /// Writes what granted requests lead to, all of it or nothing. Durable when it returns.
    ///
    /// `after` is the meeting with all of it applied; the library's entry is refreshed from it in the same commit.
    ///
    /// # Errors
    /// Nothing was written then.
    pub fn commit(&mut self, after: &Meeting, commits: &[Commit]) -> Result<(), StoreError> {
        let id = &after.id;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut pending = Pending::default();
        for commit in commits {
            for recorded in &commit.recorded {
                erase::insert(&transaction, id, recorded)?;
                pending.break_seals(&transaction, id, recorded.event.breaks())?;
            }
            for secret in &commit.secrets {
                pending.keep(secret);
            }
            pending.granted.extend(commit.request);
            if let Some((token, participant)) = &commit.phone {
                // Whoever comes back with another token is no longer known by the one before.
                transaction
                    .prepare_cached("DELETE FROM phone WHERE post_mortem = ?1 AND participant = ?2")?
                    .execute(params![id.0, participant.0])?;
                transaction
                    .prepare_cached("INSERT INTO phone (token, post_mortem, participant) VALUES (?1, ?2, ?3)")?
                    .execute(params![token, id.0, participant.0])?;
            }
        }
        for (seal, secrets) in &pending.secrets {
            self.keys.keep(&transaction, id, *seal, secrets)?;
        }
        granted::write(&transaction, id, &pending.granted)?;
        let listed = (Entry::of(after), Causes::of(after));
        if self.listed.as_ref() != Some(&listed) {
            listed.0.write(&transaction)?;
            listed.1.write(&transaction, id)?;
        }
        transaction.commit()?;
        self.listed = Some(listed);
        self.granted.take(id, pending.granted, pending.everything);
        if !pending.broken.is_empty() || pending.everything {
            self.finish_breaking(id, &pending.broken, pending.everything);
        }
        Ok(())
    }

    /// What was last written about a post-mortem may no longer stand there.
    pub(crate) fn forget_listed(&mut self) {
        self.listed = None;
    }

    pub(crate) fn destroy_unused_keys(&mut self) -> Result<(), StoreError> {
        self.keys.destroy_unused(&self.connection).map(drop)
    }

    /// Destroys the keys of broken seals and empties the WAL. What fails here is done at the next start.
    fn finish_breaking(&mut self, id: &PostMortemId, broken: &[Seal], everything: bool) {
        self.keys.forget(|post_mortem, seal| post_mortem == id && (everything || broken.contains(&seal)));
        let _ = self.keys.destroy_unused(&self.connection);
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }

    /// Returns whether a request was granted before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_granted(&mut self, id: &PostMortemId, request: RequestDigest) -> Result<bool, StoreError> {
        self.granted.holds(&self.connection, id, request)
    }

    /// Returns the phones that have joined a post-mortem.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn phones(&self, id: &PostMortemId) -> Result<HashMap<TokenHash, ParticipantId>, StoreError> {
        let mut rows = self.connection.prepare_cached("SELECT token, participant FROM phone WHERE post_mortem = ?1")?;
        let rows = rows.query_map([&id.0], |row| Ok((row.get(0)?, ParticipantId(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Remembers where a running clock was last seen.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn mark(&self, id: &PostMortemId, moment: Moment) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO mark (post_mortem, moment) VALUES (?1, ?2)")?
            .execute([&id.0, &serde_json::to_string(&moment)?])?;
        Ok(())
    }

    /// Returns where a running clock was last seen.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_mark(&self, id: &PostMortemId) -> Result<Option<Moment>, StoreError> {
        let found: Option<String> = self
            .connection
            .prepare_cached("SELECT moment FROM mark WHERE post_mortem = ?1")?
            .query_row([&id.0], |row| row.get(0))
            .optional()?;
        Ok(found.map(|moment| serde_json::from_str(&moment)).transpose()?)
    }

    /// Keeps the port and keys of a room.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_room(&self, id: &PostMortemId, room: &RoomKeys) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO room (post_mortem, port, code, key) VALUES (?1, ?2, ?3, ?4)",
            params![id.0, room.port, room.code, room.key],
        )?;
        Ok(())
    }

    /// Returns the port and keys a room had before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn room(&self, id: &PostMortemId) -> Result<Option<RoomKeys>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok(RoomKeys { port: row.get(0)?, code: row.get(1)?, key: row.get(2)? });
        Ok(self
            .connection
            .query_row("SELECT port, code, key FROM room WHERE post_mortem = ?1", [&id.0], read)
            .optional()?)
    }

    /// Writes a checked backup and returns where it lies.
    ///
    /// # Errors
    /// When it cannot be written or is not sound; the library itself is untouched.
    pub fn back_up(&self) -> Result<PathBuf, StoreError> {
        backup::write(&self.connection, &self.folder)
    }

    /// Builds the entries of the library anew from the logs.
    ///
    /// # Errors
    /// When the database cannot be read or written; the entries are as they were then.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM entry", [])?;
        transaction.execute("DELETE FROM cause", [])?;
        for id in reader::logs(&transaction)? {
            let meeting = reader::load_log(&transaction, &id)?;
            Entry::of(&meeting).write(&transaction)?;
            Causes::of(&meeting).write(&transaction, &id)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// What the requests of one commit lead to besides the log: sealed and noted together when all of them are known.
#[derive(Default)]
struct Pending<'a> {
    secrets: Vec<(Seal, Vec<&'a Secret>)>,
    granted: Vec<RequestDigest>,
    broken: Vec<Seal>,
    everything: bool,
}

impl<'a> Pending<'a> {
    fn keep(&mut self, secret: &'a Secret) {
        let seal = secret.seal();
        match self.secrets.iter_mut().find(|(other, _)| *other == seal) {
            Some((_, secrets)) => secrets.push(secret),
            None => self.secrets.push((seal, vec![secret])),
        }
    }

    /// Deletes what lay under the seals that an event breaks, and forgets what was about to.
    fn break_seals(&mut self, to: &Transaction<'_>, id: &PostMortemId, breaks: Breaks) -> Result<(), StoreError> {
        match breaks {
            Breaks::Nothing => {}
            Breaks::One(seal) => {
                to.execute("DELETE FROM sealed WHERE post_mortem = ?1 AND seal = ?2", [&id.0, &seal::name(seal)])?;
                self.secrets.retain(|(other, _)| *other != seal);
                self.broken.push(seal);
            }
            Breaks::Everything => {
                for table in ["sealed", "phone", "granted", "mark", "room"] {
                    to.execute(&format!("DELETE FROM {table} WHERE post_mortem = ?1"), [&id.0])?;
                }
                self.secrets.clear();
                self.granted.clear();
                self.everything = true;
            }
        }
        Ok(())
    }
}

/// Sets a damaged database aside and puts the newest sound backup in its place.
fn set_aside_if_damaged(folder: &Path) -> Result<String, StoreError> {
    let path = folder.join(DATABASE);
    if !path.exists() || opens(&path) {
        return Ok(String::new());
    }
    let stamp = chrono::Utc::now().format("%Y%m%dT%H%M%S%.6f");
    let aside = folder.join(format!("damaged-{stamp}.sqlite"));
    fs::rename(&path, &aside)?;
    for suffix in ["-wal", "-shm"] {
        let beside = folder.join(format!("{DATABASE}{suffix}"));
        if beside.exists() {
            fs::rename(&beside, folder.join(format!("damaged-{stamp}.sqlite{suffix}")))?;
        }
    }
    let Some(newest) = backup::newest_first(folder).into_iter().find(|path| backup::is_sound(path)) else {
        return Err(StoreError::Damaged(aside));
    };
    fs::copy(&newest, &path)?;
    Ok(format!(
        "The library was damaged. It was kept as {}, and the backup {} is open now; what came after it is missing.",
        aside.display(),
        newest.display()
    ))
}

/// Returns whether SQLite can read the file at all and finds its structure sound.
fn opens(path: &Path) -> bool {
    let check = || -> rusqlite::Result<String> {
        let connection = Connection::open(path)?;
        connection.pragma_query_value(None, "quick_check", |row| row.get(0))
    };
    check().is_ok_and(|answer| answer == "ok")
}
