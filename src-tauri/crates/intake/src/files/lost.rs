//! What was read and became no event: the first lines in full, the others counted.

use crate::report::Line;

/// How many lines are listed; the others are counted.
const MOST_LISTED: usize = 200;
/// How much of a line is shown, in characters.
const SHOWN: usize = 200;

/// Lines that became no event.
#[derive(Debug, Default)]
pub(super) struct Lost {
    pub(super) lines: Vec<Line>,
    pub(super) unlisted: usize,
}

impl Lost {
    pub(super) fn add(&mut self, line: usize, text: &str, reason: &str) {
        if self.lines.len() == MOST_LISTED {
            self.unlisted += 1;
            return;
        }
        let mut shown: String = text.trim().chars().take(SHOWN).collect();
        if shown.len() < text.trim().len() {
            shown.push('…');
        }
        self.lines.push(Line { line, text: shown, reason: reason.to_owned() });
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len() + self.unlisted
    }

    /// Puts one line in the place of all that were added since there were `before`.
    pub(super) fn sum_up(&mut self, before: usize, line: usize, text: &str, reason: &str) {
        self.lines.truncate(before);
        self.unlisted = before - self.lines.len();
        self.add(line, text, reason);
    }
}
