//! What crosses crates, and what only a real window or browser can show.
//!
//! The tests themselves are in `tests/`: `tidy` reads the repository and holds it to its own rules. This library is
//! for what several of them share, and nothing of it reaches the application.
