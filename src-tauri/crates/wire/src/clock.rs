//! A clock as a surface paints it: what was spent at the moment of sending.

use meeting::{AgendaItem, ClockState, Millis, Moment};
use serde::Serialize;

/// A section's clock at the moment of sending. Each surface paints its own seconds from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ClockView {
    /// What the section has, added minutes included.
    pub planned_ms: Millis,
    /// What it has used.
    pub spent_ms: Millis,
    /// Whether time is passing.
    pub running: bool,
    /// What to call it.
    pub state: ClockState,
}

impl ClockView {
    /// Reads a section's clock.
    #[must_use]
    pub fn at(item: &AgendaItem, now: Moment) -> Self {
        Self {
            planned_ms: item.allotted,
            spent_ms: item.clock.spent_at(now),
            running: item.clock.is_running(),
            state: item.clock.state_at(now, item.allotted),
        }
    }
}
