//! Waiting for a condition, never for time to pass.

use std::time::{Duration, Instant};

/// How long a journey waits for something that a person would expect at once.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often a condition is looked at.
const TICK: Duration = Duration::from_millis(40);

/// Asks until there is an answer, and returns it; `Err` holds the last reason why there was none.
///
/// # Errors
/// The reason of the last look, when `limit` has passed.
pub fn answer<T>(limit: Duration, mut look: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let end = Instant::now() + limit;
    loop {
        match look() {
            Ok(found) => return Ok(found),
            Err(reason) if Instant::now() >= end => return Err(reason),
            Err(_) => std::thread::sleep(TICK),
        }
    }
}

/// Waits until something is so.
///
/// # Panics
/// After [`PATIENCE`], with what was waited for.
#[track_caller]
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let waited = answer(PATIENCE, || if is_so() { Ok(()) } else { Err(String::new()) });
    assert!(waited.is_ok(), "waited {} s in vain until {what}", PATIENCE.as_secs());
}
