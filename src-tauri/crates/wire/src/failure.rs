//! What a surface is told when something did not work.

use meeting::Refusal;
use serde::Serialize;

/// A failure at the edge. A code exists only where some surface behaves differently for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Failure {
    /// What surfaces and tests know it by.
    pub code: String,
    /// What happened and what was kept, as a sentence.
    pub message: String,
    /// What to do next, as a sentence; empty when the message says it.
    pub hint: String,
}

impl Failure {
    /// Builds a failure.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), hint: hint.into() }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.code(), refusal.to_string(), "")
    }
}
