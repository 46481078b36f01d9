//! Seals: what must not be read before its time lies encrypted in the database, under a key in a file beside it.
//!
//! Breaking a seal deletes the rows in the commit that reveals them and then destroys the key. Copies of the rows
//! that linger (a backup, a page of the WAL) are unreadable from then on. When the application dies between the two,
//! the next start finds a key without rows and destroys it.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use meeting::{PostMortemId, Seal, Secret};
use rusqlite::{Connection, Transaction, params};

use crate::StoreError;

/// Bodies are padded to a multiple of this many bytes, so that the length of a row does not tell a note.
const PADDING: usize = 256;

fn no_randomness(error: getrandom::Error) -> std::io::Error {
    std::io::Error::other(error.to_string())
}

/// The keys of a library.
#[derive(Debug)]
pub(crate) struct Keys {
    folder: PathBuf,
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
        Self { folder: folder.join("keys") }
    }

    fn path(&self, post_mortem: &PostMortemId, seal: &str) -> PathBuf {
        self.folder.join(format!("{post_mortem}.{seal}.key"))
    }

    fn cipher(&self, post_mortem: &PostMortemId, seal: &str, make: bool) -> Result<XChaCha20Poly1305, StoreError> {
        let path = self.path(post_mortem, seal);
        let mut key = [0; 32];
        match File::open(&path) {
            Ok(mut file) => file.read_exact(&mut key)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && make => {
                getrandom::fill(&mut key).map_err(no_randomness)?;
                fs::create_dir_all(&self.folder)?;
                let mut options = OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&path)?;
                file.write_all(&key)?;
                file.sync_all()?;
                // The name must be durable before the first row that needs it.
                File::open(&self.folder)?.sync_all()?;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(XChaCha20Poly1305::new(&key.into()))
    }

    /// Keeps a secret under its seal.
    pub(crate) fn keep(
        &self,
        to: &Transaction<'_>,
        post_mortem: &PostMortemId,
        secret: &Secret,
    ) -> Result<(), StoreError> {
        let seal = name(secret.seal());
        let cipher = self.cipher(post_mortem, &seal, true)?;
        let mut body = serde_json::to_vec(secret)?;
        body.resize(body.len().next_multiple_of(PADDING), b' ');
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(no_randomness)?;
        let payload = Payload { msg: &body, aad: seal.as_bytes() };
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| StoreError::Seal)?;
        to.prepare_cached("INSERT INTO sealed (post_mortem, seal, nonce, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![post_mortem.0, seal, nonce, sealed])?;
        Ok(())
    }

    /// Reads every secret of a post-mortem, in the order in which they were kept.
    pub(crate) fn read(&self, from: &Connection, post_mortem: &PostMortemId) -> Result<Vec<Secret>, StoreError> {
        let mut rows = from.prepare("SELECT seal, nonce, body FROM sealed WHERE post_mortem = ?1 ORDER BY id")?;
        let rows = rows.query_map([&post_mortem.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        rows.map(|row| {
            let (seal, nonce, body) = row?;
            let cipher = self.cipher(post_mortem, &seal, false).map_err(|_| StoreError::Seal)?;
            let nonce: [u8; 24] = nonce.try_into().map_err(|_| StoreError::Seal)?;
            let payload = Payload { msg: &body, aad: seal.as_bytes() };
            let plain = cipher.decrypt(XNonce::from_slice(&nonce), payload).map_err(|_| StoreError::Seal)?;
            Ok(serde_json::from_slice(&plain)?)
        })
        .collect()
    }

    /// Destroys keys that have no rows any more; returns how many there were.
    pub(crate) fn destroy_unused(&self, database: &Connection) -> Result<usize, StoreError> {
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
