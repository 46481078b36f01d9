//! The templates of a library.

use meeting::Template;
use rusqlite::Connection;

use crate::{Library, Reader, StoreError};

impl Library {
    /// Lists the templates by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn templates(&self) -> Result<Vec<Template>, StoreError> {
        all(&self.connection)
    }

    /// Keeps a template in the place of one with the same name.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_template(&self, template: &Template) -> Result<(), StoreError> {
        keep(&self.connection, template)
    }

    /// Deletes a template; one that is not there is no fault.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn delete_template(&self, name: &str) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM template WHERE name = ?1", [name])?;
        Ok(())
    }
}

impl Reader {
    /// Lists the templates by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn templates(&self) -> Result<Vec<Template>, StoreError> {
        all(&self.connection)
    }
}

fn all(from: &Connection) -> Result<Vec<Template>, StoreError> {
    let mut rows = from.prepare_cached("SELECT body FROM template ORDER BY name")?;
    let bodies = rows.query_map([], |row| row.get::<_, String>(0))?;
    bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
}

/// Replaces a template; one that was deleted in the meantime does not come back.
pub(crate) fn replace(to: &Connection, template: &Template) -> Result<(), StoreError> {
    let body = serde_json::to_string(template)?;
    to.execute("UPDATE template SET body = ?2 WHERE name = ?1", [&template.name, &body])?;
    Ok(())
}

fn keep(to: &Connection, template: &Template) -> Result<(), StoreError> {
    to.execute(
        "INSERT OR REPLACE INTO template (name, body) VALUES (?1, ?2)",
        [&template.name, &serde_json::to_string(template)?],
    )?;
    Ok(())
}
