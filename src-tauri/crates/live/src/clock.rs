//! Where a moment comes from: wall time, boot time that counts sleep, and which boot it was.

use chrono::Utc;
use meeting::{Millis, Moment};

/// Returns this moment.
#[must_use]
pub fn now() -> Moment {
    Moment { wall: Utc::now(), uptime: uptime(), boot: boot() }
}

#[cfg(target_os = "linux")]
fn uptime() -> Millis {
    // `Instant` stands still while Linux sleeps; the boot clock does not.
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let millis = u64::try_from(time.tv_nsec / 1_000_000).unwrap_or_default();
    Millis(seconds * 1_000 + millis)
}

#[cfg(not(target_os = "linux"))]
fn uptime() -> Millis {
    use std::sync::OnceLock;
    static START: OnceLock<std::time::Instant> = OnceLock::new();
    let elapsed = START.get_or_init(std::time::Instant::now).elapsed().as_millis();
    Millis(u64::try_from(elapsed).unwrap_or(u64::MAX))
}

/// Names the start of the machine; where the system does not, the start of the process stands for it.
fn boot() -> u64 {
    use std::sync::OnceLock;
    static BOOT: OnceLock<u64> = OnceLock::new();
    *BOOT.get_or_init(|| {
        let named = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let folded = named
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if named.is_empty() { u64::from(std::process::id()) } else { folded }
    })
}
