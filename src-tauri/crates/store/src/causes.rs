//! The projection of what each post-mortem says about causes, so that a past incident can be seen beside a new one.

use chrono::{DateTime, Utc};
use meeting::{ListField, Meeting, PostMortemId, TextField, nearest};
use rusqlite::{Connection, Transaction, params};

use crate::{StoreError, reader};

/// Incidents shown at most; more are not read while a room waits.
const MOST: usize = 3;

/// A past incident that speaks of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Which post-mortem.
    pub id: PostMortemId,
    /// What it is called.
    pub title: String,
    /// The time of its first event.
    pub happened: Option<DateTime<Utc>>,
    /// What speaks of it: a factor, a root cause, or the title.
    pub text: String,
}

/// What a post-mortem says about causes, its title first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Causes(Vec<String>);

impl Causes {
    pub(crate) fn of(meeting: &Meeting) -> Self {
        let title = meeting.incident.text(TextField::Title).to_owned();
        let factors = meeting.factors.iter().map(|factor| factor.text.clone());
        let roots = meeting.incident.list(ListField::RootCauses).iter().cloned();
        Self(std::iter::once(title).chain(factors).chain(roots).collect())
    }

    pub(crate) fn write(&self, to: &Connection, id: &PostMortemId) -> Result<(), StoreError> {
        to.prepare_cached("DELETE FROM cause WHERE post_mortem = ?1")?.execute([&id.0])?;
        let mut insert = to.prepare_cached("INSERT INTO cause (post_mortem, place, body) VALUES (?1, ?2, ?3)")?;
        for (place, body) in (0i64..).zip(&self.0) {
            insert.execute(params![id.0, place, body])?;
        }
        Ok(())
    }
}

/// Builds the projection of a library that was written before there was one.
pub(crate) fn from_logs(to: &Transaction<'_>) -> Result<(), StoreError> {
    for id in reader::logs(to)? {
        Causes::of(&reader::load_log(to, &id)?).write(to, &id)?;
    }
    Ok(())
}

/// Returns past incidents that speak of what `text` does, the nearest first, each once; `but` itself is left out.
pub(crate) fn similar(from: &Connection, text: &str, but: &PostMortemId) -> Result<Vec<Similar>, StoreError> {
    let mut rows = from.prepare_cached(
        "SELECT cause.post_mortem, entry.title, entry.happened, cause.body
         FROM cause JOIN entry ON entry.post_mortem = cause.post_mortem
         WHERE cause.post_mortem <> ?1 ORDER BY entry.changed DESC, cause.post_mortem, cause.place",
    )?;
    let rows = rows.query_map([&but.0], |row| {
        let happened: Option<String> = row.get(2)?;
        Ok(Similar {
            id: PostMortemId(row.get(0)?),
            title: row.get(1)?,
            happened: happened.and_then(|at| at.parse().ok()),
            text: row.get(3)?,
        })
    })?;
    let past: Vec<Similar> = rows.collect::<Result<_, _>>()?;
    let texts: Vec<&str> = past.iter().map(|similar| similar.text.as_str()).collect();
    let mut found: Vec<Similar> = Vec::new();
    for place in nearest(text, &texts, past.len()) {
        if let Some(near) = past.get(place).filter(|near| !found.iter().any(|other| other.id == near.id)) {
            found.push(near.clone());
        }
        if found.len() == MOST {
            break;
        }
    }
    Ok(found)
}
