//! What crosses crates, and what only a real window or browser can show.
//!
//! The tests themselves are in `tests/`: `tidy` reads the repository and holds it to its own rules, `journey` runs
//! meetings in the real windows with real browsers as phones. This library is for what several of them share, and
//! nothing of it reaches the application: [`Application`] and [`Phone`] start what is driven, [`page::Page`] is what a
//! person does there, `driver` speaks to the programs that do it.

pub mod application;
pub mod driver;
pub mod failure;
pub mod page;
pub mod phone;
pub mod programs;
pub mod wait;

pub use application::{Application, Folder};
pub use page::Page;
pub use phone::Phone;
