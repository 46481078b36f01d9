//! The requests that were granted, so that a repeat changes nothing.
//!
//! A request is known by a digest of its name, which does not tell who asked. On disk the digests of a commit lie in one
//! row, appended and never looked up: a table sorted by names that are drawn by chance would touch another page for
//! every request. What is looked up is a set in memory, read when a meeting is first asked about.

use std::collections::HashSet;

use meeting::PostMortemId;
use rusqlite::{Connection, Transaction, params};
use sha2::{Digest as _, Sha256};

use crate::StoreError;

const LENGTH: usize = 16;

/// What is kept of the name of a request: the first half of its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestDigest([u8; LENGTH]);

impl RequestDigest {
    /// Digests a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let whole = Sha256::digest(name.as_bytes());
        Self(std::array::from_fn(|place| whole[place]))
    }
}

/// The digests of the post-mortem that was last asked about.
#[derive(Debug, Default)]
pub(crate) struct Granted {
    held: Option<(PostMortemId, HashSet<RequestDigest>)>,
}

impl Granted {
    /// Returns whether a request of a post-mortem was granted before.
    pub(crate) fn holds(
        &mut self,
        from: &Connection,
        id: &PostMortemId,
        request: RequestDigest,
    ) -> Result<bool, StoreError> {
        if let Some((held, requests)) = &self.held
            && held == id
        {
            return Ok(requests.contains(&request));
        }
        let requests = read(from, id)?;
        let known = requests.contains(&request);
        self.held = Some((id.clone(), requests));
        Ok(known)
    }

    /// Takes in what a commit that is durable now has granted; `anew` forgets what was granted before it.
    pub(crate) fn take(&mut self, id: &PostMortemId, requests: Vec<RequestDigest>, anew: bool) {
        let Some((_, held)) = self.held.as_mut().filter(|(held, _)| held == id) else { return };
        if anew {
            held.clear();
        }
        held.extend(requests);
    }
}

/// Appends the requests of one commit.
pub(crate) fn write(to: &Connection, id: &PostMortemId, requests: &[RequestDigest]) -> Result<(), StoreError> {
    if !requests.is_empty() {
        let digests: Vec<u8> = requests.iter().flat_map(|request| request.0).collect();
        to.prepare_cached("INSERT INTO granted (post_mortem, digests) VALUES (?1, ?2)")?
            .execute(params![id.0, digests])?;
    }
    Ok(())
}

fn read(from: &Connection, id: &PostMortemId) -> Result<HashSet<RequestDigest>, StoreError> {
    let mut rows = from.prepare_cached("SELECT digests FROM granted WHERE post_mortem = ?1")?;
    let rows = rows.query_map([&id.0], |row| row.get::<_, Vec<u8>>(0))?;
    let mut requests = HashSet::new();
    for digests in rows {
        requests.extend(digests?.chunks_exact(LENGTH).filter_map(|digest| digest.try_into().ok().map(RequestDigest)));
    }
    Ok(requests)
}

/// Takes over the names that the format before kept as they were, and drops their table.
pub(crate) fn digest_names(within: &Transaction<'_>) -> Result<(), StoreError> {
    let names: Vec<(String, String)> = within
        .prepare("SELECT post_mortem, request FROM seen")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for names in names.chunk_by(|one, other| one.0 == other.0) {
        let id = PostMortemId(names[0].0.clone());
        let digests: Vec<_> = names.iter().map(|(_, name)| RequestDigest::of(name)).collect();
        write(within, &id, &digests)?;
    }
    within.execute_batch("DROP TABLE seen")?;
    Ok(())
}
