//! How times and durations are worded, the same on every surface and in the record.

use crate::{DurationStatus, Meeting, Milestone, Millis, Resolved};
use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

/// Words times of one record in its zone.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    zone: Tz,
    impact: Option<DateTime<Utc>>,
}

impl Times {
    /// Words the times of a meeting.
    #[must_use]
    pub fn of(meeting: &Meeting) -> Self {
        let impact = match meeting.milestone(Milestone::ImpactStarted) {
            Resolved::At(at) => Some(at),
            Resolved::Unknown | Resolved::NotApplicable => None,
        };
        Self { zone: meeting.incident.zone, impact }
    }

    /// `14:23`
    #[must_use]
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%H:%M").to_string()
    }

    /// `Wed 6 May`
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%a %-d %b").to_string()
    }

    /// `6 May 2026`
    #[must_use]
    pub fn date(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%-d %B %Y").to_string()
    }

    /// `6 May 14:23`
    #[must_use]
    pub fn day_and_clock(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%-d %b %H:%M").to_string()
    }

    /// `2026-05-06T14:23:00` on the wall clock of the record's zone, as a field for dates and times wants it.
    #[must_use]
    pub fn wall(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// The zone as people know it: `UTC`, or `Europe/Berlin (CEST)`.
    #[must_use]
    pub fn zone_words(&self, at: Option<DateTime<Utc>>) -> String {
        let name = self.zone.name();
        let short = at.map(|at| at.with_timezone(&self.zone).format("%Z").to_string());
        match short {
            Some(short) if short != name && short.chars().all(char::is_alphabetic) => format!("{name} ({short})"),
            _ => name.to_owned(),
        }
    }

    /// Whether two instants lie on the same day of the record's zone.
    #[must_use]
    pub fn same_day(&self, a: DateTime<Utc>, b: DateTime<Utc>) -> bool {
        let day = |at: DateTime<Utc>| at.with_timezone(&self.zone).num_days_from_ce();
        day(a) == day(b)
    }

    /// `+9 min since impact`, `12 min before impact`; none while the start of impact is not recorded.
    #[must_use]
    pub fn since_impact(&self, at: DateTime<Utc>) -> Option<String> {
        let millis = (at - self.impact?).num_milliseconds();
        let words = duration_words(Millis(millis.unsigned_abs()));
        Some(match millis {
            0 => "impact starts".to_owned(),
            1.. => format!("+{words} since impact"),
            _ => format!("{words} before impact"),
        })
    }
}

/// `45 s`, `9 min`, `1 h 20 min`, `2 d 3 h`.
#[must_use]
pub fn duration_words(millis: Millis) -> String {
    let seconds = millis.0 / 1_000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let two = |big: u64, big_unit: &str, small: u64, small_unit: &str| {
        if small == 0 { format!("{big} {big_unit}") } else { format!("{big} {big_unit} {small} {small_unit}") }
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, ..) => two(hours, "h", minutes, "min"),
        _ => two(days, "d", hours, "h"),
    }
}

/// Says what can be said about a duration.
#[must_use]
pub fn status_words(status: DurationStatus) -> String {
    match status {
        DurationStatus::Recorded { millis } => duration_words(millis),
        DurationStatus::Pending => "not recorded".to_owned(),
        DurationStatus::NotApplicable => "not applicable".to_owned(),
        DurationStatus::Invalid => "the end lies before the start".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_name_their_two_largest_units() {
        for (seconds, expected) in
            [(0, "0 s"), (59, "59 s"), (540, "9 min"), (3_600, "1 h"), (4_800, "1 h 20 min"), (183_600, "2 d 3 h")]
        {
            assert_eq!(duration_words(Millis(seconds * 1_000)), expected);
        }
    }
}
