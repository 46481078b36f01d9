//! Hints about language: the checker of `language`, given what a record knows.
//!
//! Nothing found here is kept, logged or exported, and nothing of it reaches the stage.

use language::{Context, Hint};
use meeting::{Meeting, Prose, written};
use room::hints::{field, names};
use serde::Serialize;

/// A sentence of the record that speaks about people, with its place.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Found {
    /// Where it stands, in words.
    place: String,
    /// The whole text at that place.
    text: String,
    /// What was found in it.
    hint: Hint,
}

/// Reads one text.
pub(crate) fn check(meeting: &Meeting, text: &str, prose: Prose) -> Vec<Hint> {
    language::check(text, &Context { names: &names(meeting), field: field(prose) })
}

/// Reads the whole record once more.
pub(crate) fn check_all(meeting: &Meeting) -> Vec<Found> {
    let names = names(meeting);
    written(meeting)
        .into_iter()
        .flat_map(|written| {
            let hints = language::check(&written.text, &Context { names: &names, field: field(written.prose) });
            hints.into_iter().map(move |hint| Found { place: written.place.clone(), text: written.text.clone(), hint })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use meeting::TextField;

    use super::*;

    #[test]
    fn the_last_reading_lists_what_is_left_with_its_place() {
        let mut meeting = Meeting::unwritten();
        let text = "Errors stayed at 5 % for an hour. Quentin should have checked the pool size.";
        meeting.incident.texts.insert(TextField::Summary, text.to_owned());
        let found = check_all(&meeting);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "Summary");
        let said: String =
            text.chars().skip(found[0].hint.start).take(found[0].hint.end - found[0].hint.start).collect();
        assert_eq!(said, "Quentin should have checked the pool size.");
    }
}
