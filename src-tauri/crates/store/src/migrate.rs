//! Bringing a database to the newest format: numbered steps, each in one transaction with its number.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{StoreError, backup, causes, granted};

/// A step: its statements, and what statements alone cannot do.
type Step = (&'static str, fn(&Transaction<'_>) -> Result<(), StoreError>);

const STEPS: [Step; 5] = [
    (include_str!("../migrations/0001-first.sql"), |_| Ok(())),
    (include_str!("../migrations/0002-templates.sql"), |_| Ok(())),
    (include_str!("../migrations/0003-granted.sql"), granted::digest_names),
    (include_str!("../migrations/0004-settings.sql"), causes::from_logs),
    (include_str!("../migrations/0005-erasing.sql"), |_| Ok(())),
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
    for (version, (statements, finish)) in (1i64..).zip(STEPS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(statements)?;
        finish(&transaction)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}
