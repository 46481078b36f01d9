//! Whole meetings in the real windows, with real browsers as phones.
//!
//! Each journey has its own display, ports, library and browsers; what it starts, it ends. A journey that fails leaves
//! a picture of each window in `target/journey/`. They run on Linux, where windows can be driven without a desktop.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "journey/asleep.rs"]
mod asleep;
#[path = "journey/causes.rs"]
mod causes;
#[path = "journey/command_line.rs"]
mod command_line;
#[path = "journey/corrected.rs"]
mod corrected;
#[path = "journey/enclosed.rs"]
mod enclosed;
#[path = "journey/facilitator.rs"]
mod facilitator;
#[path = "journey/killed.rs"]
mod killed;
#[path = "journey/pictures.rs"]
mod pictures;
#[path = "journey/prepared.rs"]
mod prepared;
#[path = "journey/record.rs"]
mod record;
#[path = "journey/whole_meeting.rs"]
mod whole_meeting;
#[path = "journey/without_phones.rs"]
mod without_phones;
