//! Rehearsal: a whole post-mortem of a sample incident, played with simulated participants over real HTTP.
//!
//! [`sample`] holds the incident, which is fiction, and what the room says about it. [`begin`] puts it into a library;
//! [`play`] then runs the meeting from the first section to the last: the facilitator asks the owner of the meeting,
//! as the console does, and every participant is a client of the room that joins, listens, writes and votes.
//! Opening the room, the library and the windows is left to the caller, so that a rehearsal can be watched.

mod error;
mod phone;
mod play;
pub mod sample;

pub use error::RehearsalError;
pub use play::{Played, Step, begin, play};
