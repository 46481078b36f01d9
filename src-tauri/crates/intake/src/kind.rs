//! What sort of event a text tells of: a suggestion from its words, never more.

use std::sync::LazyLock;

use meeting::timeline::EventKind;

use crate::phrases::{KINDS, LABELS};
use crate::wording::Phrases;

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(&KINDS.iter().map(|(_, phrases)| *phrases).collect::<Vec<_>>()));

/// Suggests a kind, with the words that led to it; an observation without words when none did.
pub(crate) fn suggest(text: &str) -> (EventKind, String) {
    let end = text.find([':', '—', '–']).or_else(|| text.find(" - "));
    if let Some((kind, label)) = end.map(|end| text[..end].trim()).and_then(|label| Some((of_label(label)?, label))) {
        return (kind, label.to_owned());
    }
    match PHRASES.first_in(text) {
        Some((row, words)) => (KINDS[row].0, words.to_owned()),
        None => (EventKind::Observation, String::new()),
    }
}

/// The kind that a word names, as in a column of kinds.
pub(crate) fn named(word: &str) -> Option<EventKind> {
    of_label(word.trim())
}

fn of_label(label: &str) -> Option<EventKind> {
    let label = label.trim_matches(['*', '_', '[', ']', ' ']);
    let known = |labels: &&str| labels.split(", ").any(|known| known.eq_ignore_ascii_case(label));
    if label.len() > 20 {
        return None;
    }
    LABELS.iter().find(|(_, labels)| known(labels)).map(|(kind, _)| *kind)
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
        assert_eq!(suggest("This will be resolved tomorrow").0, Observation);
        assert_eq!(suggest("It is not yet resolved").0, Observation);
        assert_eq!(suggest("Waiting until it is rolled back").0, Observation);
    }

    #[test]
    fn an_incident_that_is_declared_resolved_has_recovered() {
        assert_eq!(suggest("The incident is declared resolved"), (Recovery, "declared resolved".to_owned()));
        assert_eq!(suggest("Incident declared resolved").0, Recovery);
        assert_eq!(suggest("Incident declared, SEV2").0, Escalation);
    }
}
