//! Bringing a database to the newest format: numbered steps, each in one transaction with its number.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::{StoreError, backup};

const STEPS: [&str; 3] = [
    include_str!("../migrations/0001-first.sql"),
    include_str!("../migrations/0002-templates.sql"),
    include_str!("../migrations/0003-settings.sql"),
];

/// Brings the database up to date. A file with something in it is backed up, and the backup checked, before the
/// first statement.
pub(crate) fn migrate(connection: &mut Connection, folder: &Path) -> Result<(), StoreError> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if (1..known).contains(&found) {
        backup::write(connection, folder)?;
    }
    for (version, step) in (1i64..).zip(STEPS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}
