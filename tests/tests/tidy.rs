//! The rules of the house, read from the files of the repository.
//!
//! The invariants are explained in `src-tauri/ARCHITECTURE.md`; here each that can be seen in manifests and sources
//! is one test, so that breaking it takes a decision and not an oversight. A rule whose folder is still empty holds;
//! it bites as soon as there is something to check. What a rule cannot see in text is tested where the code is.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "tidy/arrows.rs"]
mod arrows;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/interface.rs"]
mod interface;
#[path = "tidy/layout.rs"]
mod layout;
#[path = "tidy/manifests.rs"]
mod manifests;
#[path = "tidy/names.rs"]
mod names;
#[path = "tidy/rust.rs"]
mod rust;
#[path = "tidy/threats.rs"]
mod threats;
#[path = "tidy/windows.rs"]
mod windows;

/// Fails with the rule and every place that breaks it, one a line.
#[track_caller]
fn assert_kept(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}\n  {}\n", broken.join("\n  "));
}
