//! How much the room lets its clients take: connections, bytes, and time.
//!
//! The figures are meant for a hall of phones behind one address, and for a laptop that has other things to do. A
//! connection is closed at most ten seconds after its client fell silent, whatever it fell silent in.

use std::time::Duration;

/// The largest body of a request, in bytes.
pub(crate) const BODY: usize = 16 * 1024;
/// The largest header of a request, in bytes; also how much of an answer waits in memory for a slow reader.
pub(crate) const HEADER: usize = 16 * 1024;
/// What the system holds back for one connection in each direction, in bytes.
///
/// Left to itself it would hold megabytes for every reader that never reads.
pub(crate) const SOCKET: u32 = 64 * 1024;
/// Event streams of one participant; beyond that the oldest ends. A person has some tabs, and no more.
pub(crate) const STREAMS_EACH: usize = 6;
/// Descriptors left to the rest of the application: the library, its backups, the windows.
#[cfg(unix)]
const SPARE: usize = 256;

/// How many connections there may be, and how long each may keep the room waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address. A whole room may well share one, so that this only keeps a part for
    /// others.
    pub per_address: usize,
    /// From the connection to its first byte.
    pub first_byte: Duration,
    /// From the connection, or from the answer before, to the end of a header.
    pub header: Duration,
    /// From the header to the end of its body.
    pub body: Duration,
    /// From the first byte that a client would not take to the last of what was to be sent.
    pub write: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 8_192,
            per_address: 6_144,
            // Browsers open connections on suspicion and use them somewhat later.
            first_byte: Duration::from_secs(6),
            header: Duration::from_secs(8),
            body: Duration::from_secs(8),
            write: Duration::from_secs(8),
        }
    }
}

impl Limits {
    /// Returns these limits, with no more connections than the process has descriptors for.
    ///
    /// Running out of descriptors would not stop phones alone: nothing could be written to the library any more.
    #[must_use]
    pub(crate) fn affordable(mut self) -> Self {
        let afforded = descriptors(self.connections);
        if afforded < self.connections {
            self.connections = afforded.max(1);
            self.per_address = self.per_address.min(afforded / 4 * 3).max(1);
        }
        self
    }
}

/// Asks the system for as many descriptors as `wanted` connections need, and returns for how many there are.
#[cfg(unix)]
fn descriptors(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let needed = u64::try_from(wanted.saturating_add(SPARE)).unwrap_or(u64::MAX);
    let had = getrlimit(Resource::Nofile);
    if had.current.is_some_and(|current| current < needed) {
        let raised = had.maximum.map_or(needed, |maximum| maximum.min(needed));
        // Where it is not granted, fewer phones fit.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: had.maximum });
    }
    let now = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(now).unwrap_or(usize::MAX).saturating_sub(SPARE)
}

#[cfg(not(unix))]
fn descriptors(_wanted: usize) -> usize {
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_client_keeps_a_socket_longer_than_ten_seconds_by_falling_silent() {
        let limits = Limits::default();
        for limit in [limits.first_byte, limits.header, limits.body, limits.write] {
            assert!(limit < Duration::from_secs(10), "{limit:?}");
        }
    }

    #[test]
    fn connections_leave_descriptors_to_the_library() {
        let afforded = Limits { connections: usize::MAX / 2, per_address: usize::MAX / 2, ..Limits::default() };
        let afforded = afforded.affordable();
        assert!(afforded.per_address <= afforded.connections);
        #[cfg(unix)]
        {
            let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
            assert!(most.is_none_or(|most| afforded.connections as u64 + SPARE as u64 <= most), "{afforded:?}");
        }
    }
}
