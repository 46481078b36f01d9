//! The room under faults: what phones were promised is held against what the meeting made of it.
//!
//! `DEBRIEF_SEED` repeats the faults of a run that failed, `DEBRIEF_LONG=1` makes a long run. The checker in `checker`
//! reads the journals of all phones; `corrupted` shows that it finds what it is there to find.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test may stop at the first surprise")]

#[path = "faults/chance.rs"]
mod chance;
#[path = "faults/checker.rs"]
mod checker;
#[path = "faults/corrupted.rs"]
mod corrupted;
#[path = "faults/crowd.rs"]
mod crowd;
#[cfg(unix)]
#[path = "faults/frozen.rs"]
mod frozen;
#[path = "faults/journal.rs"]
mod journal;
#[path = "faults/late.rs"]
mod late;
#[cfg(target_os = "linux")]
#[path = "faults/packets.rs"]
mod packets;
#[path = "faults/relay.rs"]
mod relay;
#[path = "faults/scene.rs"]
mod scene;
#[path = "faults/storm.rs"]
mod storm;
#[path = "faults/voter.rs"]
mod voter;
