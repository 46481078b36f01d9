//! Which texts seem to say the same, so that somebody can be asked whether they do.
//!
//! Two texts are alike by the words they share, each weighted by how rare it is among all of them (the idea of inverse
//! document frequency): that both say *alert* means little where every note does. Words are compared without their
//! endings. Scripts that write without spaces are compared by pairs of characters. It only proposes; merging is the
//! facilitator's decision.

use std::collections::{BTreeMap, BTreeSet};

/// Of the weight of both texts, the share that must be common.
const ALIKE: f64 = 0.4;
/// Texts compared at most; a room that wrote more reads them page by page anyway.
const MOST: usize = 400;

/// Words that say nothing about what a text is about.
const EMPTY: [&str; 62] = [
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by", "did",
    "do", "for", "from", "got", "had", "has", "have", "i", "in", "into", "is", "it", "its", "more", "no", "not", "of",
    "on", "or", "our", "out", "so", "some", "than", "that", "the", "their", "them", "then", "there", "they", "this",
    "to", "too", "us", "very", "was", "we", "were", "what", "when", "which", "while", "who", "with", "would",
];

/// Returns groups of texts that seem to say the same, by their places; each text is in one group at most, and every
/// text of a group is like every other of it.
#[must_use]
pub fn alike(texts: &[&str]) -> Vec<Vec<usize>> {
    let words: Vec<BTreeSet<String>> = texts.iter().take(MOST).map(|text| words(text)).collect();
    let mut found_in: BTreeMap<&str, u32> = BTreeMap::new();
    for word in words.iter().flatten() {
        *found_in.entry(word).or_default() += 1;
    }
    let all = f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX));
    let weigh = |word: &str| (1.0 + all / f64::from(found_in.get(word).copied().unwrap_or(1))).ln();
    let weights: Vec<f64> = words.iter().map(|words| words.iter().map(|word| weigh(word)).sum()).collect();

    let mut pairs = Vec::new();
    for (second, of_second) in words.iter().enumerate() {
        for (first, of_first) in words.iter().enumerate().take(second) {
            let common: Vec<_> = of_first.intersection(of_second).collect();
            let shared: f64 = common.iter().map(|word| weigh(word)).sum();
            let together = weights[first] + weights[second] - shared;
            // One word in common is a topic, not a statement, unless it is all that both say.
            let enough = common.len() > 1 || of_first == of_second;
            if enough && shared > 0.0 && shared / together >= ALIKE {
                pairs.push((shared / together, first, second));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let like: BTreeSet<_> = pairs.iter().map(|(_, first, second)| (*first, *second)).collect();
    let are_alike = |a: usize, b: usize| like.contains(&(a.min(b), a.max(b)));

    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (_, first, second) in pairs {
        let group_of = |place: usize| groups.iter().position(|group| group.contains(&place));
        match (group_of(first), group_of(second)) {
            (None, None) => groups.push(vec![first, second]),
            (Some(group), None) if groups[group].iter().all(|other| are_alike(*other, second)) => {
                groups[group].push(second);
            }
            (None, Some(group)) if groups[group].iter().all(|other| are_alike(*other, first)) => {
                groups[group].push(first);
            }
            _ => {}
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// Of the weight of a text, the share that another one must hold to be worth a look.
const WORTH_A_LOOK: f64 = 0.35;

/// Returns the places of the texts that speak about what `text` does, the nearest first and `most` of them at most.
///
/// Unlike [`alike`] it does not ask whether two texts say the same, only how much of `text` the other one holds: a word
/// in a title and a whole sentence in a factor can both lead to an incident that is worth reading.
#[must_use]
pub fn nearest(text: &str, among: &[&str], most: usize) -> Vec<usize> {
    let wanted = words(text);
    let among: Vec<BTreeSet<String>> = among.iter().map(|text| words(text)).collect();
    let all = f64::from(u32::try_from(among.len()).unwrap_or(u32::MAX));
    let weights: BTreeMap<&str, f64> = wanted
        .iter()
        .map(|word| {
            let found_in = among.iter().filter(|other| other.contains(word)).count();
            let found_in = f64::from(u32::try_from(found_in).unwrap_or(u32::MAX));
            (word.as_str(), (1.0 + (all + 1.0) / (found_in + 1.0)).ln())
        })
        .collect();
    let whole: f64 = weights.values().sum();
    let mut found: Vec<(f64, usize)> = among
        .iter()
        .enumerate()
        .filter_map(|(place, other)| {
            let common: Vec<f64> = wanted.intersection(other).map(|word| weights[word.as_str()]).collect();
            let share = common.iter().sum::<f64>() / whole;
            let enough = common.len() > 1 || wanted.len() == 1;
            (enough && share >= WORTH_A_LOOK).then_some((share, place))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, place)| place).take(most).collect()
}

/// Returns what a text is about: its words without their endings, or pairs of characters where there are no spaces.
fn words(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letters: Vec<char> = word.chars().collect();
        if letters.iter().any(|letter| is_unspaced(*letter)) {
            found.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if !EMPTY.contains(&word) {
            found.insert(stem(word));
        }
    }
    found
}

const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{0E00}'..='\u{0E7F}')
}

/// Takes the endings of English off where enough of the word is left to be known.
fn stem(word: &str) -> String {
    for ending in ["ingly", "ings", "ing", "edly", "ies", "ed", "es", "s", "ly", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() >= 3
        {
            // `alerting` and `alerts` lose their ending, `stopped` and `stopping` its doubled letter as well.
            let mut letters: Vec<char> = stem.chars().collect();
            let doubled = letters.len() > 3 && letters.last() == letters.iter().rev().nth(1);
            if doubled && matches!(ending, "ing" | "ings" | "ed") {
                letters.pop();
            }
            return letters.into_iter().collect();
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_in_other_words_is_one_group() {
        let notes = [
            "The alert came 20 minutes late",
            "Alerts were late by 20 minutes",
            "Rollback worked on the first try",
            "Nobody knew who owns the label printer",
            "rolling back worked at the first try",
            "The runbook was out of date",
        ];
        assert_eq!(alike(&notes), [[0, 1], [2, 4]]);
    }

    #[test]
    fn one_common_topic_does_not_make_two_notes_the_same() {
        let notes = ["The alert was late", "The alert named no runbook", "The alert went to the wrong team"];
        assert!(alike(&notes).is_empty());
        let topic = ["Runbook", "Runbook missing", "Dashboards were green", "Paged twice"];
        assert!(alike(&topic).is_empty(), "a single word in common is a topic, however short the notes are");
    }

    #[test]
    fn the_same_text_twice_is_found_whatever_its_case_and_length() {
        assert_eq!(alike(&["Runbook", "runbook.", "Dashboards"]), [[0, 1]]);
        assert_eq!(alike(&["切り戻しが遅れた", "切り戻しが遅れた。", "監視がなかった"]), [[0, 1]]);
        assert!(alike(&["", "  ", "…"]).is_empty(), "texts without a word are like nothing");
    }

    #[test]
    fn the_nearest_text_holds_most_of_what_was_asked_for() {
        let past = [
            "Connection pool exhausted by retries",
            "Expired certificate on the payment gateway",
            "Retries exhausted the connection pool of the primary",
            "The pool was painted",
        ];
        assert_eq!(nearest("The connection pool was exhausted by retries", &past, 5), [0, 2]);
        assert_eq!(nearest("certificates", &past, 5), [1], "one word is enough where there is only one");
        assert!(nearest("The runbook is old", &past, 5).is_empty());
        assert!(nearest("", &past, 5).is_empty());
        assert_eq!(nearest("Connection pool exhausted", &past, 1), [0], "of two as near the first one listed");
    }

    #[test]
    fn every_text_of_a_group_is_like_every_other() {
        let notes = ["disk full on db one", "disk full on db two", "queue full on db two"];
        for group in alike(&notes) {
            assert!(group.len() == 2, "the first and the last share too little: {group:?}");
        }
    }
}
