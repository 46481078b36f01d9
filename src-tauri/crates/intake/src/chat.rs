//! Chats and status pages, where the time stands beside a name above the text, or below the text.

use crate::actor::{handle, is_name};
use crate::clock::Habits;
use crate::stamp::{Stamp, stamp_at};

/// Words that begin an update of a status page.
const STATUS_WORDS: &[&str] = &[
    "resolved",
    "monitoring",
    "identified",
    "investigating",
    "update",
    "completed",
    "postmortem",
    "scheduled",
    "in progress",
    "verifying",
];

/// Reads `Alice Doe  2:14 PM`, the line above a message; returns the name.
///
/// A single space before the clock is enough only after a name: "Deploy finished 14:23" is a sentence.
pub(crate) fn header(body: &str, habits: Habits) -> Option<(String, Stamp)> {
    if body.len() > 120 || !body.starts_with(|c: char| c.is_alphabetic() || matches!(c, '@' | '*' | '_' | '[')) {
        return None;
    }
    let body = body.trim_matches(['*', '_']);
    for (at, c) in body.char_indices().skip(1) {
        if !matches!(c, ' ' | '\t') || body[at + 1..].starts_with([' ', '\t', '—', '-', '–', '·']) {
            continue;
        }
        let Some((stamp, len)) = stamp_at(&body[at + 1..], habits) else { continue };
        if stamp.clock.is_none() || len < body[at + 1..].len() {
            continue;
        }
        let name = name_in(&body[..at]);
        let apart =
            body.starts_with('@') || body[..at].ends_with(['\t', ' ', '—', '-', '–', '·', ',']) || stamp.bracketed;
        let single = handle(&name) && (apart || name.contains(['.', '_']));
        return (is_name(&name) || single || (apart && is_label(&name))).then_some((name, stamp));
    }
    None
}

/// Removes what chat programs put beside a name.
fn name_in(words: &str) -> String {
    let words = words.trim_matches([' ', '\t', '—', '–', '-', '·', ',', '*', '_', '@']);
    let words = words.strip_suffix(" APP").or_else(|| words.strip_suffix(" BOT")).unwrap_or(words);
    let words = words.split(" (").next().unwrap_or(words);
    let kept: Vec<&str> =
        words.split(' ').filter(|w| !(w.is_empty() || w.starts_with(':') && w.ends_with(':'))).collect();
    let name = kept.join(" ");
    // `Alice Doe:palm_tree:` has the emoji glued to the name.
    match name.split_once(':') {
        Some((name, emoji)) if emoji.ends_with(':') => name.to_owned(),
        _ => name,
    }
}

/// Whether the words may be the name of a program that posts, such as "Deploy bot".
fn is_label(name: &str) -> bool {
    name.split(' ').count() <= 3
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphanumeric() || c == ' ')
}

/// Reads the time below an update: `Posted May 6, 2026 - 14:23 UTC`, `Posted 2 months ago. May 06, …`.
pub(crate) fn posted(body: &str, habits: Habits) -> Option<Stamp> {
    let rest = body.strip_prefix("Posted ").or_else(|| body.strip_prefix("posted "))?;
    let rest = rest.split_once("ago. ").or_else(|| rest.split_once("ago ")).map_or(rest, |(_, rest)| rest);
    let rest = rest.strip_prefix("on ").unwrap_or(rest);
    let (stamp, len) = stamp_at(rest.trim(), habits)?;
    (stamp.clock.is_some() && len == rest.trim().len()).then_some(stamp)
}

/// Whether a line begins an update of a status page.
pub(crate) fn begins_update(body: &str) -> bool {
    let body = body.trim_start_matches(['*', '_']).to_lowercase();
    STATUS_WORDS.iter().any(|word| {
        body.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['*', '_']);
            rest.is_empty()
                || rest.starts_with(" -")
                || rest.starts_with(" –")
                || rest.starts_with(" —")
                || rest.starts_with(':')
        })
    })
}
