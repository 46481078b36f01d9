//! Silences between events that stand out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A silence between two events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "TimelineGap"))]
pub struct Gap {
    /// The place of the event before, in the times that were given.
    pub before: usize,
    /// The place of the event after.
    pub after: usize,
    /// How long nothing happened, in seconds.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seconds: i64,
}

/// A shorter silence is the ordinary rhythm of people who type.
const SHORTEST: i64 = 5 * 60;
/// A longer one stands out however slow the rhythm.
const ALWAYS: i64 = 60 * 60;
/// More would be a list to read instead of questions to ask.
const MOST: usize = 5;

/// Finds the silences to ask about, in the order of time.
///
/// A silence stands out when it lasts five minutes and three times the median distance; from an hour on, one and a half
/// times the median is enough. At most the five longest are returned. The times may be in any order.
pub fn gaps(times: &[DateTime<Utc>]) -> Vec<Gap> {
    let mut places: Vec<usize> = (0..times.len()).collect();
    places.sort_by_key(|at| times[*at]);
    let mut found: Vec<Gap> = places
        .windows(2)
        .map(|pair| Gap { before: pair[0], after: pair[1], seconds: (times[pair[1]] - times[pair[0]]).num_seconds() })
        .collect();
    let mut distances: Vec<i64> = found.iter().map(|gap| gap.seconds).collect();
    distances.sort_unstable();
    let Some(median) = distances.get((distances.len().max(1) - 1) / 2).copied() else { return found };
    let threshold = (median * 3).clamp(SHORTEST, ALWAYS).max(median + median / 2);
    found.retain(|gap| gap.seconds >= threshold);
    found.sort_by_key(|gap| std::cmp::Reverse(gap.seconds));
    found.truncate(MOST);
    found.sort_by_key(|gap| times[gap.before]);
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn found(minutes: &[i64]) -> Vec<(usize, usize, i64)> {
        let times: Vec<_> = minutes.iter().map(|m| DateTime::from_timestamp(m * 60, 0).unwrap()).collect();
        gaps(&times).into_iter().map(|gap| (gap.before, gap.after, gap.seconds / 60)).collect()
    }

    #[test]
    fn a_silence_stands_out_against_the_rhythm_around_it() {
        assert_eq!(found(&[0, 1, 3, 4, 13, 15]), [(3, 4, 9)]);
        assert_eq!(found(&[0, 9, 18, 27]), [], "nine minutes are the rhythm");
        assert_eq!(found(&[0, 1, 2, 6]), [], "four minutes are short");
        assert_eq!(found(&[0, 30, 60, 130]), [(2, 3, 70)], "an hour is long even where half an hour is usual");
    }

    #[test]
    fn the_times_may_be_in_any_order_and_few() {
        assert_eq!(found(&[13, 4, 3, 1, 0]), [(1, 0, 9)]);
        assert_eq!(found(&[]), []);
        assert_eq!(found(&[5]), []);
        assert_eq!(found(&[0, 90]), [], "a single distance is its own median");
    }

    #[test]
    fn only_the_longest_are_asked_about() {
        let mut minutes = vec![0];
        for gap in 0..9 {
            let last = minutes[minutes.len() - 1];
            minutes.extend([last + 1, last + 2, last + 12 + gap]);
        }
        let lengths: Vec<i64> = found(&minutes).into_iter().map(|(_, _, length)| length).collect();
        assert_eq!(lengths, [14, 15, 16, 17, 18]);
    }
}
