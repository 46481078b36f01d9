//! Chats and status pages, where the time stands beside a name above the text, or below the text.

use crate::actor::{handle, is_name};
use crate::clock::Habits;
use crate::names::month_at;
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

/// Reads `Alice Doe  2:14 PM`, the line above a message; returns the name, and what it says was done.
///
/// A single space before the clock is enough only after a name: "Deploy finished 14:23" is a sentence.
pub(crate) fn header(body: &str, habits: Habits) -> Option<(String, Stamp, &str)> {
    if body.len() > 120 || !body.starts_with(|c: char| c.is_alphabetic() || matches!(c, '@' | '*' | '_' | '[')) {
        return None;
    }
    let body = body.trim_matches(['*', '_']);
    if !body.bytes().any(|b| b.is_ascii_digit()) || !may_end_time(body) {
        return None;
    }
    for (at, c) in body.char_indices().skip(1) {
        if !matches!(c, ' ' | '\t') || body[at + 1..].starts_with([' ', '\t', '—', '-', '–', '·']) {
            continue;
        }
        let Some((stamp, len)) = stamp_at(&body[at + 1..], habits) else { continue };
        if stamp.clock.is_none() || len < body[at + 1..].len() {
            continue;
        }
        let name = name_in(&body[..at]);
        let apart = body.starts_with('@')
            || body[..at].ends_with('*')
            || body[..at].ends_with(['\t', ' ', '—', '-', '–', '·', ','])
            || stamp.bracketed;
        let single = handle(&name) && (apart || name.contains(['.', '_']));
        let named = is_name(&name) || single || (apart && is_label(&name));
        let action = if named { None } else { acted(&body[..at]) };
        return match action {
            Some((name, action)) => Some((name.to_owned(), stamp, action)),
            None => named.then_some((name, stamp, "")),
        };
    }
    None
}

/// Whether the last word may belong to a time; that of most messages does not, and this is told without a search.
fn may_end_time(body: &str) -> bool {
    const SMALL: &[&str] =
        &["am", "pm", "time", "today", "yesterday", "uur", "noon", "hrs", "h", "a", "p", "utc", "gmt"];
    let last = body.trim_end_matches([')', ']', '.', ',', ' ']).rsplit(' ').next().unwrap_or_default();
    let small = last.len() > 1 && last.bytes().all(|b| b.is_ascii_lowercase());
    !small
        || SMALL.contains(&last)
        || last.len() == 3
        || last.ends_with("st")
        || last.ends_with("dt")
        || month_at(last).is_some()
}

/// Reads the `Alice Doe changed the Status -` of a tracker's history: who did what.
fn acted(before: &str) -> Option<(&str, &str)> {
    const VERBS: &[&str] = &[
        "changed", "updated", "created", "resolved", "closed", "reopened", "assigned", "linked", "removed", "moved",
        "added",
    ];
    let words = before.trim_end().strip_suffix(['-', '–', '—', '·'])?.trim_end();
    let verb = words.match_indices(' ').find(|(at, _)| {
        let word = words[at + 1..].split(' ').next().unwrap_or_default();
        VERBS.contains(&word)
    });
    let (name, action) = (&words[..verb?.0], &words[verb?.0 + 1..]);
    (is_name(name) && name.contains(' ')).then_some((name, action))
}

/// What trackers and mailing lists put between a name and its time.
const SAYS: &[&str] = &[
    " added a comment",
    " added a Comment",
    " commented on",
    " commented",
    " made changes",
    " wrote",
    " replied",
    " said",
    " posted",
    " left a comment",
    " hat einen Kommentar hinzugefügt",
];

/// Whether the words behind a time only say with what a message was sent: "Twitter Web App", "1,234 Views".
pub(crate) fn is_origin(words: &str) -> bool {
    let words = words.trim_matches([' ', '·', '.']);
    let counted = words.split(' ').next_back().is_some_and(|last| matches!(last, "Views" | "views" | "Retweets"));
    words.len() < 40 && (words.starts_with("Twitter") || words == "TweetDeck" || words.starts_with("from ") || counted)
}

/// Removes what chat programs put beside a name.
fn name_in(words: &str) -> String {
    let words = words.trim_matches([' ', '\t', '—', '–', '-', '·', ',', '*', '_', '@']);
    let words = words.strip_suffix(" APP").or_else(|| words.strip_suffix(" BOT")).unwrap_or(words);
    let words = words.split(" (").next().unwrap_or(words);
    let words = SAYS.iter().find_map(|says| words.strip_suffix(says)).unwrap_or(words);
    let kept: Vec<&str> =
        words.split(' ').filter(|w| !(w.is_empty() || w.starts_with(':') && w.ends_with(':'))).collect();
    without_status(&kept.join(" ")).to_owned()
}

/// Removes the status emoji that a chat glues to a name: `Alice Doe:palm_tree:`.
pub(crate) fn without_status(name: &str) -> &str {
    match name.split_once(':') {
        Some((bare, emoji)) if emoji.ends_with(':') && !emoji.contains(' ') => bare.trim_end(),
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
    let mut stamp = stamp;
    // A program wrote it, and counts 24 hours.
    if let Some(clock) = stamp.clock.as_mut().filter(|clock| clock.half.is_none()) {
        clock.padded = true;
    }
    (stamp.clock.is_some() && len == rest.trim().len()).then_some(stamp)
}

/// Reads `Resolved May 28 at 01:00am BST`, the title of an update whose text follows.
pub(crate) fn update_title(body: &str, habits: Habits) -> Option<(&str, Stamp)> {
    let body = body.trim_matches(['*', '_']);
    let word = STATUS_WORDS.iter().find(|word| {
        body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && body[word.len()..].starts_with([' ', ',', '(', '|'])
    })?;
    let rest = body[word.len()..].trim_start_matches([' ', ',', '-', '–', '—', '|']);
    let (stamp, len) = stamp_at(rest, habits)?;
    (stamp.clock.is_some() && rest[len..].is_empty()).then_some((&body[..word.len()], stamp))
}

/// Whether a line is nothing but the state of an update, above its time.
pub(crate) fn is_state(body: &str) -> bool {
    const MORE: &[&str] = &[
        "created", "fixed", "issue", "open", "opened", "started", "reported", "detected", "closed", "watching",
        "restored",
    ];
    let body = body.trim_matches(['*', '_', ':', ' ', '[', ']']);
    STATUS_WORDS.iter().chain(MORE).any(|word| body.eq_ignore_ascii_case(word))
}

/// Whether a line is nothing but the name of a moment, above its time.
pub(crate) fn is_moment(body: &str) -> bool {
    const MOMENTS: &[&str] = &[
        "start",
        "started",
        "start time",
        "started at",
        "start date",
        "begin",
        "began",
        "end",
        "ended",
        "end time",
        "ended at",
        "end date",
        "detected",
        "detected at",
        "detection",
        "time detected",
        "time of detection",
        "reported",
        "reported at",
        "resolved",
        "resolved at",
        "resolution",
        "time resolved",
        "recovered",
        "recovery",
        "restored",
        "mitigated",
        "mitigated at",
        "acknowledged",
        "acknowledged at",
        "incident start",
        "incident started",
        "incident end",
        "incident ended",
        "incident began",
        "impact start",
        "impact started",
        "impact end",
        "impact ended",
        "outage start",
        "outage end",
        "occurred at",
        "time of occurrence",
        "beginn",
        "ende",
        "störungsbeginn",
        "störungsende",
        "発生",
        "発生日時",
        "発生時刻",
        "発生時間",
        "検知",
        "検知日時",
        "復旧",
        "復旧日時",
        "復旧時刻",
        "復旧時間",
        "対応開始",
        "対応完了",
        "開始日時",
        "終了日時",
        "解消日時",
    ];
    let body = body.trim_matches(['*', '_', ':', ' ', '[', ']', '■', '【', '】', '◆', '●']);
    MOMENTS.contains(&body.to_lowercase().as_str())
}

/// Reads `Alice (14:05): text` and `**alice** 14:05: text`; returns the name, the time and where the text begins.
pub(crate) fn named(body: &str, habits: Habits) -> Option<(&str, Stamp, usize)> {
    let at = body.find(|c: char| c.is_ascii_digit()).filter(|at| (2..40).contains(at))?;
    let before = &body[..at];
    let bracketed = before.ends_with(['(', '[']);
    let name = before.trim_end_matches(['(', '[', ' ']).trim_matches(['*', '_', '@']);
    if !(bracketed || before.ends_with(' ')) || !(is_name(name) || (handle(name) && name.len() > 2)) {
        return None;
    }
    let (stamp, _) = stamp_at(&body[at..], habits).filter(|(stamp, _)| stamp.clock.is_some())?;
    // The stamp swallows its separator, so that the end is looked for by hand.
    let end = if bracketed { at + body[at..].find([')', ']'])? + 1 } else { at + body[at..].find(": ")? };
    let exact = stamp_at(body[at..end].trim_end_matches([')', ']']), habits)?;
    let whole = exact.1 == body[at..end].trim_end_matches([')', ']']).len();
    let rest = body[end..].strip_prefix(':')?;
    whole.then_some((name, stamp, body.len() - rest.trim_start().len()))
}

/// Whether a line begins an update of a status page.
pub(crate) fn begins_update(body: &str) -> bool {
    let body = body.trim_start_matches(['*', '_']);
    STATUS_WORDS.iter().any(|word| {
        let said = body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        said.then(|| &body[word.len()..]).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['*', '_']);
            rest.is_empty()
                || rest.starts_with(" -")
                || rest.starts_with(" –")
                || rest.starts_with(" —")
                || rest.starts_with(':')
        })
    })
}

/// Reads the `Alice Doe <alice@example.org> wrote:` of a quoted mail; returns the name and what follows.
pub(crate) fn wrote(rest: &str) -> Option<(&str, &str)> {
    let mut colons = memchr::memchr_iter(b':', rest.as_bytes());
    let (who, text) = colons.find_map(|at| {
        let who = rest[..at].strip_suffix(" wrote").or_else(|| rest[..at].strip_suffix(" schrieb"))?;
        Some((who, &rest[at + 1..]))
    })?;
    let name = who.split(" <").next().unwrap_or(who).trim_matches(['"', ' ', ',']);
    (who.len() < 120 && is_name(name)).then_some((name, text.trim()))
}

/// Whether a line below a message is put there by the program: reactions, thread counts, dividers.
pub(crate) fn is_noise(line: &str) -> bool {
    const WHOLE: &[&str] =
        &["New", "NEW", "(edited)", "Edited", "View thread", "View newer replies", "Pinned by", "APP", "like", "Like"];
    if line.len() > 60 || line.is_empty() {
        return false;
    }
    let counted = |rest: &str| {
        let rest = rest.trim();
        ["reply", "replies"].iter().any(|word| {
            rest.strip_prefix(word).is_some_and(|more| more.is_empty() || more.trim_start().starts_with("Last reply"))
        })
    };
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let reaction = line.starts_with(|c: char| c == ':' || !c.is_ascii())
        && line.split_whitespace().all(|word| {
            word.bytes().all(|b| b.is_ascii_digit())
                || (word.len() > 2 && word.starts_with(':') && word.ends_with(':'))
                || word.chars().all(|c| !c.is_alphanumeric() && !c.is_ascii())
        });
    WHOLE.contains(&line) || line.starts_with("Last reply ") || (number > 0 && counted(&line[number..])) || reaction
}
