//! Looks up the phrases of `phrases` in a text, all of them in one pass.
//!
//! A phrase counts as whole words regardless of case, and not where the words before turn it into its opposite ("not
//! resolved"), put it off ("will be rolled back") or make it a condition ("until it is mitigated").

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A table of rows, each with its phrases separated by commas; the first phrase of a row is the best.
pub(crate) struct Phrases {
    /// Absent only if the tables themselves were unusable.
    finder: Option<AhoCorasick>,
    /// For every pattern the row, its place in the row, and whether the last word may go on.
    patterns: Vec<(usize, usize, bool)>,
    rows: usize,
}

/// A phrase that occurs in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    /// The words as they stand in the text.
    pub(crate) words: &'a str,
    /// Their place.
    pub(crate) at: usize,
    order: usize,
}

impl Phrases {
    /// Prepares the rows of a table.
    pub(crate) fn new(rows: &[&str]) -> Phrases {
        let mut stems = Vec::new();
        let mut patterns = Vec::new();
        for (row, phrases) in rows.iter().enumerate() {
            for (order, phrase) in phrases.split(", ").enumerate() {
                let (stem, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
                stems.push(stem);
                patterns.push((row, order, open));
            }
        }
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&stems);
        Phrases { finder: finder.ok(), patterns, rows: rows.len() }
    }

    /// The first phrase of the first row that occurs, with its row.
    pub(crate) fn first_in<'a>(&self, text: &'a str) -> Option<(usize, &'a str)> {
        let mut best: Option<(usize, Found<'a>)> = None;
        self.each(text, |row, found| {
            let key = |(row, found): &(usize, Found<'_>)| (*row, found.order, found.at);
            if best.as_ref().is_none_or(|best| (row, found.order, found.at) < key(best)) {
                best = Some((row, found));
            }
        });
        best.map(|(row, found)| (row, found.words))
    }

    /// The first phrase of every row that occurs.
    pub(crate) fn all_in<'a>(&self, text: &'a str) -> Vec<Option<Found<'a>>> {
        let mut rows = vec![None; self.rows];
        self.each(text, |row, found| {
            if rows[row].is_none_or(|best: Found<'_>| (found.order, found.at) < (best.order, best.at)) {
                rows[row] = Some(found);
            }
        });
        rows
    }

    fn each<'a>(&self, text: &'a str, mut take: impl FnMut(usize, Found<'a>)) {
        let Some(finder) = &self.finder else { return };
        for found in finder.find_overlapping_iter(text) {
            let (row, order, open) = self.patterns[found.pattern().as_usize()];
            let (before, stem, after) =
                (&text[..found.start()], &text[found.start()..found.end()], &text[found.end()..]);
            let more = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let whole = (open || more == 0) && !before.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
            if whole && !turned(before, stem, &after[more..]) {
                let words = &text[found.start()..found.end() + more];
                take(row, Found { words, at: found.start(), order });
            }
        }
    }
}

/// Words that turn the phrase behind them into its opposite or put it off.
const DENIALS: &[&str] = &[
    "no",
    "not",
    "without",
    "never",
    "isn't",
    "isn’t",
    "wasn't",
    "wasn’t",
    "hasn't",
    "hasn’t",
    "haven't",
    "didn't",
    "didn’t",
    "don't",
    "doesn't",
    "couldn't",
    "cannot",
    "can't",
    "won't",
    "nicht",
    "kein",
    "keine",
    "will",
    "would",
    "should",
    "shall",
    "could",
    "once",
    "if",
    "until",
    "unless",
    "planned",
    "hopefully",
    "pending",
    "whether",
    "yet",
];
/// Words that deny what follows behind "to": "failed to roll back".
const DENIALS_TO: &[&str] = &[
    "failed", "fails", "unable", "plan", "plans", "planned", "going", "expected", "expects", "wanted", "hope",
    "waiting",
];
/// What may not follow a phrase, because together they say something else.
const OTHERWISE: &[(&str, &[&str])] = &[
    (
        "declared",
        &[" resolved", " over", " closed", " mitigated", " fixed", " stable", " as resolved", " the end", " ended"],
    ),
    ("resolved", &[" to ", " dns", " the conflict", " merge"]),
    ("recovered", &[" from backup"]),
    ("page", &[" load", " view"]),
];

static LONGEST_DENIAL: LazyLock<usize> = LazyLock::new(|| DENIALS.iter().map(|word| word.len()).max().unwrap_or(0));

fn turned(before: &str, stem: &str, after: &str) -> bool {
    let lower = |text: &str| text.to_ascii_lowercase();
    let other = OTHERWISE.iter().any(|(end, follows)| {
        let cut = stem.len().checked_sub(end.len()).and_then(|from| stem.get(from..));
        cut.is_some_and(|cut| cut.eq_ignore_ascii_case(end))
            && follows
                .iter()
                .any(|follow| after.get(..follow.len()).is_some_and(|start| start.eq_ignore_ascii_case(follow)))
    });
    // "no longer affected" and "no effect" carry their own denial.
    let own = stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("no "));
    if other || own {
        return other;
    }
    // Three words at most; a whole text before would be searched again for every phrase.
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(60))..];
    let clause = near.rsplit(['.', ',', ';', ':', '\n']).next().unwrap_or(near);
    let mut behind = "";
    clause.split_whitespace().rev().take(3).any(|word| {
        let denied = (word.len() <= *LONGEST_DENIAL && DENIALS.contains(&lower(word).as_str()))
            || (behind == "to" && DENIALS_TO.contains(&lower(word).as_str()));
        behind = word;
        denied
    })
}
