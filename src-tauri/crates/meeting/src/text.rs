//! What people type, made safe to keep.
//!
//! Cleaning never changes meaning: outer space, control characters and invisible direction overrides go, line breaks
//! and every script stay. Markup is not touched here; each surface encodes what it shows.

use crate::Refusal;

/// The longest note, in characters.
pub const NOTE_LIMIT: usize = 1_000;
/// The longest proposal, in characters.
pub const PROPOSAL_LIMIT: usize = 300;
/// The longest name, in characters.
pub const NAME_LIMIT: usize = 60;
/// The longest name of a category, in characters: it is the head of a bone in a drawing.
pub const CATEGORY_LIMIT: usize = 24;
/// The longest entry of any other field, in characters.
pub const FIELD_LIMIT: usize = 20_000;
/// The most notes one person may write in one section.
pub const NOTES_PER_PERSON: usize = 50;
/// The most participants, unless set otherwise.
pub const PARTICIPANT_LIMIT: usize = 500;
/// The largest limit that can be set for the participants of a meeting.
pub const MOST_PARTICIPANTS: usize = 5_000;

/// Returns the text without outer space and without characters that cannot be seen but change what is.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| *c == '\n' || !(c.is_control() || is_direction_override(*c)))
        .collect();
    kept.trim().to_owned()
}

/// Embeddings, overrides and isolates can make a text read as something else than it says.
fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Cleans a text that must say something and fit a limit in characters.
///
/// # Errors
/// `Empty` when nothing is left, `TooLong` with the limit otherwise.
pub fn required(text: &str, limit: usize) -> Result<String, Refusal> {
    let text = clean(text);
    if text.is_empty() { Err(Refusal::Empty) } else { within(text, limit) }
}

/// Cleans a text that may be empty but must fit a limit in characters.
///
/// # Errors
/// `TooLong` with the limit.
pub fn optional(text: &str, limit: usize) -> Result<String, Refusal> {
    within(clean(text), limit)
}

fn within(text: String, limit: usize) -> Result<String, Refusal> {
    let length = text.chars().count();
    if length > limit { Err(Refusal::TooLong { limit, length }) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_keeps_line_breaks_and_every_script() {
        assert_eq!(clean("  eins\r\nδύο\u{0} 三 \u{202E}four\t"), "eins\nδύο 三 four");
    }

    #[test]
    fn a_limit_counts_characters_and_not_bytes() {
        assert_eq!(required(&"é".repeat(60), NAME_LIMIT), Ok("é".repeat(60)));
        assert_eq!(required(&"é".repeat(61), NAME_LIMIT), Err(Refusal::TooLong { limit: 60, length: 61 }));
        assert_eq!(required(" \u{7}\n", NAME_LIMIT), Err(Refusal::Empty));
    }
}
