//! How long phones waited for their answers, by what they asked for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

/// What a phone waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To be let in for the first time, until the stream shows the meeting.
    Join,
    /// A note to be kept.
    Write,
    /// A ballot to be kept.
    Vote,
    /// To be back after its connection was lost, until the stream shows the meeting.
    Rejoin,
}

/// Collects what all phones of a rehearsal measured. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Stopwatch {
    began: Instant,
    taken: Arc<Mutex<Vec<Taken>>>,
}

#[derive(Debug, Clone, Copy)]
struct Taken {
    kind: Kind,
    asked: Duration,
    answered: Duration,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { began: Instant::now(), taken: Arc::default() }
    }

    /// Notes an answer to what was asked at a moment.
    pub(crate) fn answered(&self, kind: Kind, asked: Instant) {
        let taken = Taken { kind, asked: asked.saturating_duration_since(self.began), answered: self.began.elapsed() };
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
    }

    pub(crate) fn latencies(&self) -> Latencies {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let spread = |kind| Spread::of(taken.iter().filter(|taken| taken.kind == kind).copied().collect());
        Latencies {
            join: spread(Kind::Join),
            write: spread(Kind::Write),
            vote: spread(Kind::Vote),
            rejoin: spread(Kind::Rejoin),
        }
    }
}

/// How long answers took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Latencies {
    /// From scanning the code to seeing the meeting.
    pub join: Spread,
    /// From sending a note to its being kept.
    pub write: Spread,
    /// From sending a ballot to its being kept.
    pub vote: Spread,
    /// From waking up to seeing the meeting again.
    pub rejoin: Spread,
}

/// How answers of one kind are spread, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Spread {
    /// How many there were.
    pub count: usize,
    /// Half of them took at most this.
    pub p50: f64,
    /// 95 of a hundred took at most this.
    pub p95: f64,
    /// 99 of a hundred took at most this.
    pub p99: f64,
    /// The slowest.
    pub max: f64,
    /// Answers per second, from the first question to the last answer of each stretch without a second's pause.
    pub per_second: f64,
}

impl Spread {
    fn of(mut taken: Vec<Taken>) -> Self {
        if taken.is_empty() {
            return Self::default();
        }
        taken.sort_by_key(|taken| taken.asked);
        let busy = busy(&taken);
        let mut waits: Vec<Duration> = taken.iter().map(|taken| taken.answered.saturating_sub(taken.asked)).collect();
        waits.sort_unstable();
        // The nearest-rank percentile: the smallest wait that at least so many of a hundred did not exceed.
        let at = |hundredths: usize| {
            let rank = (waits.len() * hundredths).div_ceil(100).max(1);
            waits.get(rank - 1).map_or(0.0, |wait| millis(*wait))
        };
        Self {
            count: waits.len(),
            p50: at(50),
            p95: at(95),
            p99: at(99),
            max: at(100),
            per_second: if busy.is_zero() { 0.0 } else { count(waits.len()) / busy.as_secs_f64() },
        }
    }
}

/// The time in which something was asked for or waited for; the room also talks between two votes.
fn busy(sorted: &[Taken]) -> Duration {
    let mut total = Duration::ZERO;
    let mut until = Duration::ZERO;
    for taken in sorted {
        let from = if taken.asked > until + Duration::from_secs(1) { taken.asked } else { until.max(sorted[0].asked) };
        total += taken.answered.saturating_sub(from);
        until = until.max(taken.answered);
    }
    total
}

fn millis(wait: Duration) -> f64 {
    (wait.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(asked_ms: u64, wait_ms: u64) -> Taken {
        let asked = Duration::from_millis(asked_ms);
        Taken { kind: Kind::Vote, asked, answered: asked + Duration::from_millis(wait_ms) }
    }

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let spread = Spread::of((1..=200).map(|wait| taken(0, wait)).collect());
        assert_eq!((spread.p50, spread.p95, spread.p99, spread.max), (100.0, 190.0, 198.0, 200.0));
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }

    #[test]
    fn a_pause_between_two_votes_does_not_slow_the_rate() {
        let burst = |from: u64| (0..10).map(move |n| taken(from + n * 10, 10));
        let spread = Spread::of(burst(0).chain(burst(60_000)).collect());
        assert!((spread.per_second - 100.0).abs() < 1e-9, "twice ten answers in a tenth of a second: {spread:?}");
    }
}
