//! What is the same for every post-mortem of a library.

use meeting::{PostMortemId, PublishingPlan, Retention, TicketTemplate};
use rusqlite::{Connection, OptionalExtension};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Library, StoreError};

/// Forgets that deleted records were to be kept longer: one that is brought back is like any other.
pub(crate) fn release(to: &Connection, deleted: &[PostMortemId]) -> Result<(), StoreError> {
    let Some(mut retention) = read::<Retention>(to, RETENTION)? else { return Ok(()) };
    retention.kept.retain(|id| !deleted.contains(id));
    write(to, RETENTION, &retention)
}

const TICKETS: &str = "tickets";
const PUBLISHING: &str = "publishing";
const RETENTION: &str = "retention";

impl Library {
    /// Returns where tickets are filed; none when nobody has said so yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ticket_template(&self) -> Result<Option<TicketTemplate>, StoreError> {
        self.setting(TICKETS)
    }

    /// Keeps where tickets are filed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_ticket_template(&self, template: &TicketTemplate) -> Result<(), StoreError> {
        self.keep_setting(TICKETS, template)
    }

    /// Returns where records are published; none when nobody has said so yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn publishing_plan(&self) -> Result<Option<PublishingPlan>, StoreError> {
        self.setting(PUBLISHING)
    }

    /// Keeps where records are published.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_publishing_plan(&self, plan: &PublishingPlan) -> Result<(), StoreError> {
        self.keep_setting(PUBLISHING, plan)
    }

    /// Returns how long records are kept: for ever, as long as nobody has said otherwise.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn retention(&self) -> Result<Retention, StoreError> {
        Ok(self.setting(RETENTION)?.unwrap_or_default())
    }

    /// Keeps how long records are kept.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_retention(&self, retention: &Retention) -> Result<(), StoreError> {
        self.keep_setting(RETENTION, retention)
    }

    fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        read(&self.connection, name)
    }

    fn keep_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        write(&self.connection, name, value)
    }
}

fn read<T: DeserializeOwned>(from: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    let mut body = from.prepare_cached("SELECT body FROM setting WHERE name = ?1")?;
    let found: Option<String> = body.query_row([name], |row| row.get(0)).optional()?;
    Ok(found.map(|body| serde_json::from_str(&body)).transpose()?)
}

fn write<T: Serialize>(to: &Connection, name: &str, value: &T) -> Result<(), StoreError> {
    to.prepare_cached("INSERT OR REPLACE INTO setting (name, body) VALUES (?1, ?2)")?
        .execute([name, &serde_json::to_string(value)?])?;
    Ok(())
}
