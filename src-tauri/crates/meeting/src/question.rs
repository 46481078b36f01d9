//! The question that leads on from an answer of a why-chain.
//!
//! It asks what made something possible and never who did it: people answer *why did you* with reasons, and *what made
//! it possible* with conditions (J. Allspaw, *The Infinite Hows*, 2014).

/// Returns the question about an answer or a symptom.
///
/// What is a sentence is asked on: *What made it possible that the pool was empty?* Anything else is quoted: *What is
/// behind “no runbook”?* Nothing at all gets the question that starts a chain.
#[must_use]
pub fn why_question(answer: &str) -> String {
    let answer = answer.trim().trim_end_matches(['.', '!', '?', '…', ';', ',']).trim_end();
    let answer = without_because(answer);
    if answer.is_empty() {
        return "What made that possible?".to_owned();
    }
    let is_short = answer.chars().count() <= LONGEST && !answer.contains(['\n', '.', '!', '?', ':', ';']);
    if !is_short {
        "What made that possible?".to_owned()
    } else if is_sentence(answer) {
        format!("What made it possible that {}?", lowered(answer))
    } else {
        format!("What is behind “{answer}”?")
    }
}

/// A question longer than this is harder to read than the answer above it.
const LONGEST: usize = 90;

/// Verbs that stand in most answers. A word of three or more letters that ends in *-ed* counts as one too.
const VERBS: [&str; 66] = [
    "am", "is", "are", "was", "were", "be", "been", "has", "have", "had", "does", "do", "did", "can", "could",
    "cannot", "can't", "will", "would", "won't", "should", "must", "may", "might", "isn't", "aren't", "wasn't",
    "weren't", "hasn't", "haven't", "hadn't", "doesn't", "don't", "didn't", "couldn't", "wouldn't", "ran", "took",
    "went", "came", "got", "became", "broke", "fell", "grew", "held", "kept", "knew", "led", "left", "lost", "made",
    "met", "put", "read", "said", "saw", "sent", "set", "shut", "stood", "thought", "told", "wrote", "owns", "needs",
];

fn is_sentence(answer: &str) -> bool {
    let words = answer.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    // The first word is what the sentence is about, unless there is something before the verb.
    words
        .skip(1)
        .any(|word| VERBS.contains(&word.replace('’', "'").as_str()) || (word.len() > 3 && word.ends_with("ed")))
}

fn without_because(answer: &str) -> &str {
    let (first, rest) = answer.split_once(' ').unwrap_or((answer, ""));
    if first.trim_end_matches(',').eq_ignore_ascii_case("because") && !rest.trim().is_empty() {
        rest.trim_start()
    } else {
        answer
    }
}

/// Words that begin a sentence and are written small inside one.
const SMALL: [&str; 40] = [
    "A", "An", "The", "This", "That", "These", "Those", "It", "Its", "They", "Their", "We", "Our", "No", "Nobody",
    "Nothing", "There", "Each", "Every", "All", "Both", "Some", "Many", "Most", "Any", "Only", "When", "After",
    "Before", "Two", "Three", "Four", "Five", "Several", "Few", "One", "Not", "In", "At", "On",
];

/// A name keeps its capital; only words that are never names lose it.
fn lowered(answer: &str) -> String {
    let first = answer.split_whitespace().next().unwrap_or_default();
    if SMALL.contains(&first) {
        format!("{}{}", first.to_lowercase(), &answer[first.len()..])
    } else {
        answer.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::why_question;

    #[test]
    fn a_sentence_is_asked_on_and_a_fragment_is_quoted() {
        for (answer, question) in [
            ("The pool was exhausted.", "What made it possible that the pool was exhausted?"),
            ("Because nobody owns the limit", "What made it possible that nobody owns the limit?"),
            ("PostgreSQL stopped the replication", "What made it possible that PostgreSQL stopped the replication?"),
            ("Ada’s alert didn’t fire", "What made it possible that Ada’s alert didn’t fire?"),
            ("no runbook", "What is behind “no runbook”?"),
            ("Budget cut in Q3", "What is behind “Budget cut in Q3”?"),
            ("Needed", "What is behind “Needed”?"),
            ("", "What made that possible?"),
            ("because", "What is behind “because”?"),
            ("One thing failed. Another one did too", "What made that possible?"),
        ] {
            assert_eq!(why_question(answer), question);
        }
    }

    #[test]
    fn a_long_answer_is_not_repeated() {
        let answer = format!("The pool was {}empty", "very ".repeat(30));
        assert_eq!(why_question(&answer), "What made that possible?");
    }
}
