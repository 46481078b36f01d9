//! The words in and around a stamp, and a quick look whether a line may begin with one at all.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::DRESS;
use crate::date;

/// Words that make a time a rough one.
pub(super) const ABOUT: &[&str] = &[
    "~",
    "≈",
    "approximately",
    "approx.",
    "approx",
    "about",
    "around",
    "circa",
    "ca.",
    "c.",
    "roughly",
    "shortly after",
    "shortly before",
    "just after",
    "just before",
    "soon after",
    "nearly",
    "almost",
    "by",
    "before",
    "after",
    "until",
    "till",
    "etwa",
    "gegen",
    "kurz nach",
    "kurz vor",
    "environ",
    "vers",
    "hacia",
    "sobre",
];
/// Words before a clock that say nothing.
pub(super) const FILLERS: &[&str] = &[
    "at",
    "on",
    "from",
    "between",
    "since",
    "as of",
    "exactly",
    "um",
    "am",
    "ab",
    "à",
    "le",
    "a las",
    "time:",
    "timestamp:",
    "ore",
    "alle ore",
    "às",
    "@",
    "kl.",
    "klo",
    "kl",
    "date:",
    "starting",
    "beginning",
    "update:",
    "update",
    "edit:",
    "edit",
    "original post:",
    "original story:",
    "original report:",
    "zwischen",
    "entre",
    "desde",
    "las",
    "dès",
    "de",
    "il est",
    "it was",
    "it is",
    "eran las",
    "son las",
    "es war",
];

/// Zones that may stand before the clock, and the clocks that are words.
const BARE: &[&str] = &[
    "noon", "midday", "utc", "gmt", "cet", "cest", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "bst",
    "jst", "kst",
];

/// Whether the first word may belong to a stamp at all; most words of a text do not, and this is told without a search.
pub(super) fn may_begin(s: &str) -> bool {
    let letters = s.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 {
        return s.starts_with(|c: char| {
            c.is_ascii_digit() || DRESS.contains(&c) || matches!(c, '~' | '@') || !c.is_ascii() || c == ' '
        });
    }
    let mut word = [0; 16];
    let Some(lower) = word.get_mut(..letters) else { return false };
    lower.copy_from_slice(&s.as_bytes()[..letters]);
    lower.make_ascii_lowercase();
    // A letter with an accent goes on where the plain ones end: "février".
    !s[letters..].bytes().next().is_none_or(|next| next.is_ascii()) || FIRST_WORDS.contains(&*lower)
}

/// The words that a stamp may begin with.
static FIRST_WORDS: LazyLock<HashSet<&[u8]>> = LazyLock::new(|| {
    let phrases = ABOUT.iter().chain(FILLERS).copied().chain(date::first_words()).chain(BARE.iter().copied());
    let letters = |phrase: &'static str| phrase.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    phrases.map(|phrase| letters(phrase).as_bytes()).filter(|word| !word.is_empty()).collect()
});

/// Whether "today" or "yesterday" follows a clock.
pub(super) fn is_day_word(rest: &str) -> bool {
    let word = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
    word.eq_ignore_ascii_case("today") || word.eq_ignore_ascii_case("yesterday")
}

pub(super) fn word_at(s: &str, words: &[&str]) -> Option<usize> {
    let first = s.bytes().next()?.to_ascii_lowercase();
    words.iter().filter(|word| word.as_bytes()[0] == first).find_map(|word| {
        let found = s.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let glued = || word.ends_with(char::is_alphabetic) && s[word.len()..].starts_with(char::is_alphanumeric);
        // "c." and "ca." would be the initial of a name elsewhere; here a clock follows or the stamp fails.
        (found && !glued()).then_some(word.len())
    })
}
