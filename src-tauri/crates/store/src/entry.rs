//! The projection that lists the library.

use chrono::{DateTime, Utc};
use meeting::{ActionState, ListField, Meeting, PostMortemId, Progress, Severity, Status, TextField};
use rusqlite::{Connection, Row, params};

use crate::StoreError;

/// A post-mortem as the library lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which one.
    pub id: PostMortemId,
    /// What it is called.
    pub title: String,
    /// Where the record stands.
    pub status: Status,
    /// Where the meeting stands, in words.
    pub progress: String,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// The services affected.
    pub services: Vec<String>,
    /// The time of the first event.
    pub happened: Option<DateTime<Utc>>,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// Committed action items.
    pub actions: u32,
    /// Those of them that are not done or dropped.
    pub open_actions: u32,
}

impl Entry {
    /// Reads the entry off a meeting.
    #[must_use]
    pub fn of(meeting: &Meeting) -> Self {
        let is_open = |state: &ActionState| matches!(state, ActionState::Open | ActionState::InProgress);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            id: meeting.id.clone(),
            title: meeting.incident.text(TextField::Title).to_owned(),
            status: meeting.status,
            progress: match meeting.progress {
                Progress::Preparing => "preparing",
                Progress::InSection { .. } => "in progress",
                Progress::Adjourned { .. } => "adjourned",
                Progress::Ended => "held",
            }
            .to_owned(),
            severity: meeting.incident.severity,
            services: meeting.incident.list(ListField::Services).to_vec(),
            happened: meeting.timeline.iter().find_map(|event| event.at),
            changed: meeting.changed,
            actions: count(meeting.actions.len()),
            open_actions: count(meeting.actions.iter().filter(|action| is_open(&action.state)).count()),
        }
    }

    pub(crate) fn write(&self, to: &Connection) -> Result<(), StoreError> {
        let word = |value: serde_json::Value| value.as_str().map(str::to_owned);
        to.prepare_cached(
            "INSERT OR REPLACE INTO entry
             (post_mortem, title, status, progress, severity, services, happened, changed, actions, open_actions)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            self.id.0,
            self.title,
            word(serde_json::to_value(self.status)?),
            self.progress,
            self.severity.map(serde_json::to_value).transpose()?.and_then(word),
            serde_json::to_string(&self.services)?,
            self.happened.map(|at| at.to_rfc3339()),
            self.changed.to_rfc3339(),
            self.actions,
            self.open_actions,
        ])?;
        Ok(())
    }

    /// Reads every entry, the newest first.
    pub(crate) fn all(from: &Connection) -> Result<Vec<Self>, StoreError> {
        let mut rows = from.prepare(
            "SELECT post_mortem, title, status, progress, severity, services, happened, changed, actions, open_actions
             FROM entry ORDER BY changed DESC, post_mortem",
        )?;
        let rows = rows.query_map([], |row| Ok(Self::read(row)))?;
        rows.map(|row| row?).collect()
    }

    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let instant = |text: String| text.parse::<DateTime<Utc>>().unwrap_or_default();
        let quoted = serde_json::Value::String;
        Ok(Self {
            id: PostMortemId(row.get(0)?),
            title: row.get(1)?,
            status: serde_json::from_value(quoted(row.get(2)?))?,
            progress: row.get(3)?,
            severity: row.get::<_, Option<String>>(4)?.map(|word| serde_json::from_value(quoted(word))).transpose()?,
            services: serde_json::from_str(&row.get::<_, String>(5)?)?,
            happened: row.get::<_, Option<String>>(6)?.map(instant),
            changed: instant(row.get(7)?),
            actions: row.get(8)?,
            open_actions: row.get(9)?,
        })
    }
}
