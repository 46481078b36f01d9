//! Seals: what must not be read before its time lies encrypted in the database, under a key in a file beside it.
//!
//! Breaking a seal deletes the rows in the commit that reveals them and then destroys the key. Copies of the rows
//! that linger (a backup, a page of the WAL) are unreadable from then on. When the application dies between the two,
//! the next start finds a key without rows and destroys it. While a seal holds, its key is also held in memory; it is
//! overwritten there (the cipher does so when it is dropped) before its file is.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use meeting::{PostMortemId, Seal, Secret};
use rusqlite::{Connection, Transaction, params};
use zeroize::Zeroizing;

use crate::StoreError;

/// Bodies are padded to a multiple of this many bytes, so that the length of a row does not tell a note.
const PADDING: usize = 256;

fn no_randomness(error: getrandom::Error) -> std::io::Error {
    std::io::Error::other(error.to_string())
}

/// The keys of a library.
pub(crate) struct Keys {
    folder: PathBuf,
    /// Those in use. Boxed, so that a map that grows leaves no copy of a key behind.
    held: HashMap<(PostMortemId, Seal), Box<XChaCha20Poly1305>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("folder", &self.folder).field("held", &self.held.len()).finish()
    }
}

/// Returns the stable name of a seal.
pub(crate) fn name(seal: Seal) -> String {
    match seal {
        Seal::Notes(section) => format!("notes-{}", section_name(section)),
        Seal::Ballots(round) => format!("ballots-{round}"),
        Seal::Poll => "poll".to_owned(),
        Seal::Recollections => "recollections".to_owned(),
        Seal::Taps => "taps".to_owned(),
    }
}

const fn section_name(section: meeting::Section) -> &'static str {
    match section {
        meeting::Section::Opening => "opening",
        meeting::Section::Timeline => "timeline",
        meeting::Section::WentWell => "went-well",
        meeting::Section::WentPoorly => "went-poorly",
        meeting::Section::RootCauses => "root-causes",
        meeting::Section::ActionItems => "action-items",
        meeting::Section::WrapUp => "wrap-up",
    }
}

impl Keys {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.join("keys"), held: HashMap::new() }
    }

    fn path(&self, post_mortem: &PostMortemId, seal: &str) -> PathBuf {
        self.folder.join(format!("{post_mortem}.{seal}.key"))
    }

    /// Reads a key, or draws one where there is none and `make` says so.
    fn cipher(&self, post_mortem: &PostMortemId, seal: &str, make: bool) -> Result<Box<XChaCha20Poly1305>, StoreError> {
        let path = self.path(post_mortem, seal);
        let mut key = Zeroizing::new([0; 32]);
        match File::open(&path) {
            Ok(mut file) => file.read_exact(&mut *key)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && make => {
                getrandom::fill(&mut *key).map_err(no_randomness)?;
                fs::create_dir_all(&self.folder)?;
                let mut options = OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&path)?;
                file.write_all(&*key)?;
                file.sync_all()?;
                // The name must be durable before the first row that needs it.
                File::open(&self.folder)?.sync_all()?;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Box::new(XChaCha20Poly1305::new(Key::from_slice(&*key))))
    }

    /// Keeps the secrets of one commit under their seal, in one row: its length tells still less than one row each.
    pub(crate) fn keep(
        &mut self,
        to: &Transaction<'_>,
        post_mortem: &PostMortemId,
        seal: Seal,
        secrets: &[&Secret],
    ) -> Result<(), StoreError> {
        let name = name(seal);
        let in_use = (post_mortem.clone(), seal);
        if !self.held.contains_key(&in_use) {
            let cipher = self.cipher(post_mortem, &name, true)?;
            self.held.insert(in_use.clone(), cipher);
        }
        let cipher = self.held.get(&in_use).ok_or(StoreError::Seal)?;
        let mut body = Zeroizing::new(serde_json::to_vec(secrets)?);
        let padded = body.len().next_multiple_of(PADDING);
        body.resize(padded, b' ');
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(no_randomness)?;
        let payload = Payload { msg: &body, aad: name.as_bytes() };
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| StoreError::Seal)?;
        to.prepare_cached("INSERT INTO sealed (post_mortem, seal, nonce, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![post_mortem.0, name, nonce, sealed])?;
        Ok(())
    }

    /// Overwrites keys in memory, for their seals were broken.
    pub(crate) fn forget(&mut self, broken: impl Fn(&PostMortemId, Seal) -> bool) {
        self.held.retain(|(post_mortem, seal), _| !broken(post_mortem, *seal));
    }

    /// Reads every secret of a post-mortem, in the order in which they were kept.
    pub(crate) fn read(&self, from: &Connection, post_mortem: &PostMortemId) -> Result<Vec<Secret>, StoreError> {
        let mut rows = from.prepare("SELECT seal, nonce, body FROM sealed WHERE post_mortem = ?1 ORDER BY id")?;
        let rows = rows.query_map([&post_mortem.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        let mut ciphers = HashMap::new();
        let mut secrets = Vec::new();
        for row in rows {
            let (seal, nonce, body) = row?;
            let cipher = match ciphers.entry(seal.clone()) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    place.insert(self.cipher(post_mortem, &seal, false).map_err(|_| StoreError::Seal)?)
                }
            };
            let nonce: [u8; 24] = nonce.try_into().map_err(|_| StoreError::Seal)?;
            let payload = Payload { msg: &body, aad: seal.as_bytes() };
            let plain = cipher.decrypt(XNonce::from_slice(&nonce), payload).map_err(|_| StoreError::Seal)?;
            // The first formats kept one secret in a row.
            if plain.first() == Some(&b'[') {
                secrets.extend(serde_json::from_slice::<Vec<Secret>>(&plain)?);
            } else {
                secrets.push(serde_json::from_slice(&plain)?);
            }
        }
        Ok(secrets)
    }

    /// Destroys keys that have no rows any more; returns how many there were.
    pub(crate) fn destroy_unused(&mut self, database: &Connection) -> Result<usize, StoreError> {
        let Ok(files) = fs::read_dir(&self.folder) else { return Ok(0) };
        let mut destroyed = 0;
        for file in files {
            let path = file?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let Some((post_mortem, seal)) = stem.rsplit_once('.') else { continue };
            let rows: i64 = database.query_row(
                "SELECT count(*) FROM sealed WHERE post_mortem = ?1 AND seal = ?2",
                [post_mortem, seal],
                |row| row.get(0),
            )?;
            if rows == 0 {
                // One that was drawn for a commit that failed may be held; a row under it could not be read again.
                self.held.retain(|(id, held), _| id.0 != post_mortem || name(*held) != seal);
                // Overwriting reaches the same blocks on most file systems, and costs nothing where it does not.
                if let Ok(mut key) = OpenOptions::new().write(true).open(&path) {
                    key.write_all(&[0; 32])?;
                    key.sync_all()?;
                }
                fs::remove_file(&path)?;
                destroyed += 1;
            }
        }
        if destroyed > 0 {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(destroyed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use meeting::{Ballot, ParticipantId, RoundId};

    use super::*;

    fn ballot(voter: u32) -> Secret {
        let ballot = Ballot { revision: 1, dots: Vec::new() };
        Secret::BallotKept { round: RoundId(3), voter: ParticipantId(voter), ballot }
    }

    #[test]
    fn a_row_of_the_first_formats_is_read_and_a_broken_seal_leaves_no_key_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let mut database = Connection::open_in_memory().unwrap();
        database.execute_batch(include_str!("../migrations/0001-first.sql")).unwrap();
        let (mut keys, id) = (Keys::in_folder(folder.path()), PostMortemId("pm-1".into()));
        let (seal, nonce) = (name(ballot(1).seal()), [7; 24]);
        let mut body = serde_json::to_vec(&ballot(1)).unwrap();
        body.resize(PADDING, b' ');
        let payload = Payload { msg: &body, aad: seal.as_bytes() };
        let sealed = keys.cipher(&id, &seal, true).unwrap().encrypt(XNonce::from_slice(&nonce), payload).unwrap();
        database
            .execute(
                "INSERT INTO sealed (post_mortem, seal, nonce, body) VALUES (?1, ?2, ?3, ?4)",
                params![id.0, seal, nonce, sealed],
            )
            .unwrap();
        let transaction = database.transaction().unwrap();
        keys.keep(&transaction, &id, Seal::Ballots(RoundId(3)), &[&ballot(2), &ballot(3)]).unwrap();
        transaction.commit().unwrap();
        assert_eq!(keys.read(&database, &id).unwrap(), [ballot(1), ballot(2), ballot(3)]);

        assert_eq!(keys.held.len(), 1, "it is not read again for each commit");
        database.execute("DELETE FROM sealed", []).unwrap();
        assert_eq!((keys.destroy_unused(&database).unwrap(), keys.held.len()), (1, 0));
    }
}
