//! Rehearsal: a whole post-mortem of a sample incident, played with simulated participants over real HTTP.
//!
//! [`sample`] holds the incident, which is fiction, and what the room says about it. [`begin`] puts it into a library;
//! [`play`] then runs the meeting from the first section to the last: the facilitator asks the owner of the meeting,
//! as the console does, and every participant is a client of the room that joins, listens, writes and votes. With many
//! phones it is a load test that says how long they waited; [`hold`] stops at a section for other clients, and [`Phone`]
//! is such a client for whoever wants to lead it through faults or a load of their own.
//! Opening the room, the library and the windows is left to the caller, so that a rehearsal can be watched.

mod error;
mod hold;
mod measured;
mod phone;
mod play;
pub mod sample;

pub use error::RehearsalError;
pub use hold::{Hold, hold};
pub use measured::{Latencies, Spread};
pub use phone::{Offered, Phone, Seen, SeenOwn, SeenView, Task, pause_before};
pub use play::{Played, Step, begin, play};
