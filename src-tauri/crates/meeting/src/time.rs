//! Clocks that survive a crash.
//!
//! A clock never ticks. It remembers how much time was spent and since when it has been running; the rest is
//! arithmetic on a moment that the caller provides. This is why a meeting can be reopened after a power cut and
//! still know how long the timeline took. Painting seconds is left to the surfaces.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A span of time in milliseconds, never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Millis(#[cfg_attr(feature = "bindings", ts(type = "number"))] pub u64);

impl Millis {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// Returns that many minutes.
    #[must_use]
    pub const fn minutes(minutes: u32) -> Self {
        Self(minutes as u64 * 60_000)
    }

    /// Returns that many seconds.
    #[must_use]
    pub const fn seconds(seconds: u32) -> Self {
        Self(seconds as u64 * 1_000)
    }

    /// Returns the whole minutes in it, rounded to the nearest.
    #[must_use]
    pub fn to_minutes(self) -> u32 {
        u32::try_from((self.0 + 30_000) / 60_000).unwrap_or(u32::MAX)
    }

    /// Adds without overflowing.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Subtracts, stopping at zero.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A point in time as a machine knows it.
///
/// Wall time is for people and may jump. `uptime` counts since the machine was started, sleep included, and cannot
/// be set; it means something only together with `boot`, which names that start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What the wall clock said.
    pub wall: DateTime<Utc>,
    /// Time since the machine was started.
    pub uptime: Millis,
    /// Which start of the machine it was.
    pub boot: u64,
}

/// Time spent, and since when more of it is being spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    spent: Millis,
    running_since: Option<Moment>,
    started: bool,
}

/// What a clock is doing, as the facilitator would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ClockState {
    /// Ready, never started.
    Armed,
    /// Running with time in hand.
    Running,
    /// Stopped with time in hand.
    Paused,
    /// A fifth of the time, at most two minutes, is left.
    Warning,
    /// At most thirty seconds are left.
    Final,
    /// The time is used up; counts up.
    Over,
}

impl Clock {
    /// Returns the time spent up to `now`.
    ///
    /// A wall clock that was set back or forth changes nothing. A moment from another start of the machine counts
    /// as no time: what happened in between is not known, and a section must not grow by a night.
    #[must_use]
    pub fn spent_at(&self, now: Moment) -> Millis {
        match self.running_since {
            Some(since) if since.boot == now.boot => self.spent.plus(now.uptime.minus(since.uptime)),
            _ => self.spent,
        }
    }

    /// Returns the time spent up to the last pause; what has run since is not in it.
    #[must_use]
    pub const fn spent(&self) -> Millis {
        self.spent
    }

    /// Returns whether time is being spent.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running_since.is_some()
    }

    /// Starts or goes on; a running clock is left alone.
    pub fn start(&mut self, now: Moment) {
        self.started = true;
        if self.running_since.is_none() {
            self.running_since = Some(now);
        }
    }

    /// Pauses, keeping what was spent up to `now`.
    pub fn pause(&mut self, now: Moment) {
        self.spent = self.spent_at(now);
        self.running_since = None;
    }

    /// Names the state against an allotted time.
    #[must_use]
    pub fn state_at(&self, now: Moment, allotted: Millis) -> ClockState {
        let left = allotted.minus(self.spent_at(now));
        if !self.started {
            ClockState::Armed
        } else if left == Millis::ZERO {
            ClockState::Over
        } else if !self.is_running() {
            ClockState::Paused
        } else if left <= Millis::seconds(30) {
            ClockState::Final
        } else if left <= Millis::minutes(2).min(Millis(allotted.0 / 5)) {
            ClockState::Warning
        } else {
            ClockState::Running
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(uptime: u64, wall: i64, boot: u64) -> Moment {
        Moment { wall: DateTime::from_timestamp_millis(wall).unwrap_or_default(), uptime: Millis(uptime), boot }
    }

    #[test]
    fn a_clock_counts_uptime_and_ignores_a_wall_clock_that_was_changed() {
        let mut clock = Clock::default();
        clock.start(at(1_000, 0, 1));
        assert_eq!(clock.spent_at(at(61_000, -315_360_000_000, 1)), Millis::minutes(1));
    }

    #[test]
    fn another_start_of_the_machine_adds_nothing() {
        let mut clock = Clock::default();
        clock.start(at(1_000, 0, 1));
        clock.pause(at(31_000, 0, 1));
        clock.start(at(40_000, 0, 1));
        assert_eq!(clock.spent_at(at(9_000_000, 0, 2)), Millis::seconds(30));
    }

    #[test]
    fn states_follow_what_is_left() {
        let mut clock = Clock::default();
        let allotted = Millis::minutes(10);
        assert_eq!(clock.state_at(at(0, 0, 1), allotted), ClockState::Armed);
        clock.start(at(0, 0, 1));
        for (minute, second, expected) in [
            (1, 0, ClockState::Running),
            (8, 0, ClockState::Warning),
            (9, 29, ClockState::Warning),
            (9, 30, ClockState::Final),
            (10, 0, ClockState::Over),
            (30, 0, ClockState::Over),
        ] {
            let now = at(minute * 60_000 + second * 1_000, 0, 1);
            assert_eq!(clock.state_at(now, allotted), expected, "{minute}:{second:02}");
        }
        clock.pause(at(60_000, 0, 1));
        assert_eq!(clock.state_at(at(0, 0, 1), allotted), ClockState::Paused);
    }

    proptest! {
        #[test]
        fn spent_time_is_the_sum_of_the_running_stretches(stretches in prop::collection::vec((0u64..100_000, 0u64..100_000, -1_000_000i64..1_000_000), 0..40)) {
            let mut clock = Clock::default();
            let mut uptime = 0;
            let mut expected = 0;
            for (running, idle, wall) in stretches {
                clock.start(at(uptime, wall, 7));
                uptime += running;
                expected += running;
                prop_assert_eq!(clock.spent_at(at(uptime, -wall, 7)).0, expected);
                clock.pause(at(uptime, wall * 3, 7));
                uptime += idle;
                prop_assert_eq!(clock.spent_at(at(uptime, wall, 7)).0, expected);
            }
        }
    }
}
