//! What sort of event a text tells of: a suggestion from its words, never more.

use meeting::timeline::EventKind;

use crate::phrases::{KINDS, LABELS};

/// Suggests a kind, with the words that led to it; an observation without words when none did.
pub(crate) fn suggest(text: &str) -> (EventKind, String) {
    let label = text.split_once([':', '—', '–']).or_else(|| text.split_once(" - ")).map(|(label, _)| label.trim());
    if let Some((kind, label)) = label.and_then(|label| Some((of_label(label)?, label))) {
        return (kind, label.to_owned());
    }
    let text = Words::new(text);
    KINDS
        .iter()
        .find_map(|(kind, phrases)| text.first_of(phrases).map(|words| (*kind, words.to_owned())))
        .unwrap_or((EventKind::Observation, String::new()))
}

/// The kind that a word names, as in a column of kinds.
pub(crate) fn named(word: &str) -> Option<EventKind> {
    of_label(word.trim())
}

fn of_label(label: &str) -> Option<EventKind> {
    let lower = label.trim_matches(['*', '_', '[', ']', ' ']).to_lowercase();
    LABELS.iter().find(|(_, labels)| labels.split(", ").any(|known| known == lower)).map(|(kind, _)| *kind)
}

/// A text prepared for looking up phrases.
pub(crate) struct Words<'a> {
    text: &'a str,
    /// The text in lower case, of the same length byte by byte, so that places agree.
    lower: String,
}

/// Words that turn the phrase behind them into its opposite.
const DENIALS: &[&str] =
    &["no", "not", "without", "never", "isn't", "wasn't", "hasn't", "didn't", "don't", "doesn't", "nicht", "kein"];

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        // Letters whose lower case has another length stay as they are: no phrase contains one.
        let lower = text.chars().map(|c| c.to_ascii_lowercase()).collect();
        Words { text, lower }
    }

    /// The first of the phrases, separated by commas, that occurs, as it stands in the text.
    pub(crate) fn first_of(&self, phrases: &str) -> Option<&'a str> {
        phrases.split(", ").find_map(|phrase| self.find(phrase))
    }

    fn find(&self, phrase: &str) -> Option<&'a str> {
        let (stem, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
        self.lower.match_indices(stem).find_map(|(at, _)| {
            let (before, after) = (&self.lower[..at], &self.lower[at + stem.len()..]);
            let more = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let whole = !before.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_') && (open || more == 0);
            // "no longer affected" and "no effect" carry their own denial.
            let denied = !stem.starts_with("no ") && denies(before);
            (whole && !denied).then(|| &self.text[at..at + stem.len() + more])
        })
    }
}

fn denies(before: &str) -> bool {
    // Three words at most; a whole text before would be searched again for every phrase.
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(60))..];
    let clause = near.rsplit(['.', ',', ';', ':', '\n']).next().unwrap_or(near);
    clause.split_whitespace().rev().take(3).any(|word| DENIALS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use EventKind::*;

    #[test]
    fn the_words_suggest_the_kind_and_are_named() {
        let cases = [
            ("Alert: disk full on db-3", Alert, "Alert"),
            ("High latency alert fires", Alert, "alert"),
            ("Deployed checkout v3.2", Change, "Deployed"),
            ("Bob paged the database team", Escalation, "paged"),
            ("Hypothesis: the cache is cold", Hypothesis, "Hypothesis"),
            ("We suspect the new driver", Hypothesis, "suspect"),
            ("Decision: roll back", Decision, "Decision"),
            ("Rolled back to v3.1", Mitigation, "Rolled back"),
            ("Error rate dropped to 0.1 %", Result, "Error rate dropped"),
            ("Status page updated", Communication, "Status page"),
            ("Alice acknowledged the page", Action, "acknowledged"),
            ("Incident resolved", Recovery, "Incident resolved"),
            ("All clear given", Recovery, "All clear"),
            ("Customers report empty carts", Detection, "Customers report"),
            ("The dashboard shows a flat line", Observation, ""),
        ];
        for (text, kind, words) in cases {
            assert_eq!(suggest(text), (kind, words.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_denied_phrase_and_a_part_of_a_word_suggest_nothing() {
        assert_eq!(suggest("No alert was seen").0, Observation);
        assert_eq!(suggest("It did not page anybody; the package was late").0, Observation);
        assert_eq!(suggest("Not rolled back yet").0, Observation);
    }
}
