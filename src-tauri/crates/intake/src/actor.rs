//! Who is named at the start of an event: `<alice>`, `[alice]`, `Alice Doe:`.
//!
//! A label such as "Decision:" or a component such as "API:" looks the same; the words that are no names are data.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that begin lines like a name does, and are none.
const NO_NAMES: &str = "alert, alerts, alarm, decision, decided, hypothesis, theory, action, actions, update, note, notes, \
    status, impact, resolved, resolution, investigating, identified, monitoring, detection, detected, \
    deploy, deployment, deployed, mitigation, mitigated, fix, fixed, result, question, todo, warning, warn, \
    error, errors, critical, info, debug, fatal, start, started, end, ended, trigger, escalation, recovery, \
    recovered, communication, comms, timeline, http, https, summary, observation, observed, change, \
    rollback, incident, outage, cause, context, step, acknowledged, paged, declared, completed, postmortem, \
    scheduled, progress, verifying, event, api, db, database, dns, cpu, memory, disk, frontend, backend, \
    web, app, service, services, server, servers, redis, postgres, mysql, kafka, nginx, kubernetes, k8s, \
    aws, gcp, azure, cluster, network, storage, cache, queue, logs, log, metrics, traffic, latency, \
    production, staging, prod, users, customers, customer, support, team, ticket, link, subject, time, date, \
    phase, part, region, us, eu, so, also, but, then, finally, first, second, new, edit, eta, fyi, tldr, ps, \
    re, fwd, day, sev1, sev2, sev3, sev4, p1, p2, p3";

/// Splits the text of an event into who is named and what remains.
pub(crate) fn split_actor(text: &str) -> (Option<String>, String) {
    let found =
        in_angles(text).or_else(|| in_brackets(text)).or_else(|| before_bar(text)).or_else(|| before_colon(text));
    match found {
        Some((actor, rest)) => (Some(actor), rest.trim().to_owned()),
        None => (None, text.trim().to_owned()),
    }
}

fn in_angles(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.strip_prefix('<')?.split_once('>')?;
    let name = name.trim().trim_start_matches(['@', '+', '%', '&', '~']);
    (handle(name) || is_name(name)).then(|| (name.to_owned(), rest.trim_start_matches(':')))
}

fn in_brackets(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.strip_prefix('[')?.split_once(']')?;
    let name = name.trim().trim_start_matches('@');
    // `[text](link)` is a link, and `[SEV2]` is a label.
    let fits = (handle(name) || is_name(name)) && !rest.starts_with('(') && !rest.trim().is_empty();
    fits.then(|| (name.to_owned(), rest.trim_start().trim_start_matches(':')))
}

/// Reads the `alice | text` of terminal chat clients.
fn before_bar(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.contains('|').then(|| text.split_once(" | ")).flatten()?;
    let name = name.trim().trim_start_matches(['@', '+']);
    (handle(name) && !name.starts_with(char::is_uppercase)).then(|| (name.to_owned(), rest))
}

fn before_colon(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.split_once(':')?;
    if name.len() > 60 || rest.trim().is_empty() || !rest.starts_with([' ', '*', '_']) {
        return None;
    }
    let name = name.trim_matches(['*', '_', ' ']);
    let shown = name.strip_prefix('@').unwrap_or(name);
    // "alice (SRE)" is named, "slot1 (6238) last packet" is not.
    let bare = shown.split_once(" (").filter(|_| shown.ends_with(')')).map_or(shown, |(bare, _)| bare);
    let fits = if shown.len() < name.len() {
        handle(bare)
    } else {
        (is_name(bare) && !is_headline(bare) && !is_east_asian_label(bare)) || dotted_handle(bare)
    };
    fits.then(|| (shown.to_owned(), rest.trim_start_matches(['*', '_', ' '])))
}

/// Whether capitalised words say what happened ("PR Lockdown", "Packages Removed"), as a name does not.
fn is_headline(words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    let acronym = |word: &&str| (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let verbal = |word: &&str| {
        word.len() > 5 && ["ed", "ing", "tion", "sion", "ment", "ness"].iter().any(|end| word.ends_with(end))
    };
    words.len() > 1 && (words.iter().any(acronym) || words.last().is_some_and(verbal))
}

/// Whether words of an East Asian script are a label: names have few letters and no syllables of grammar.
fn is_east_asian_label(words: &str) -> bool {
    let hiragana = |c: char| matches!(c, '\u{3041}'..='\u{309f}');
    let katakana = |c: char| matches!(c, '\u{30a1}'..='\u{30ff}');
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let mixed = words.contains(katakana) && words.contains(han);
    let letters = words.chars().filter(|c| han(*c)).count();
    words.contains(hiragana) || mixed || letters > 5
}

static NO_NAME: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.split(", ").map(str::trim).collect());

fn is_no_name(word: &str) -> bool {
    word.len() <= 20 && NO_NAME.contains(word.to_lowercase().as_str())
}

/// Whether the words may be the name of a person: up to four capitalised words, or `Doe, Alice`.
pub(crate) fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let small = ["de", "van", "von", "der", "da", "di", "la", "el", "bin", "al"];
    (1..=4).contains(&words.len())
        && name.matches(',').count() <= 1
        && words.iter().any(|word| word.starts_with(char::is_uppercase) || !word.starts_with(|c: char| c.is_ascii()))
        && words.iter().all(|word| {
            let capital = word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
            let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
            (capital || small.contains(word)) && letters && !is_no_name(word)
        })
}

/// Whether the word may be a user name of a chat.
pub(crate) fn handle(word: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']' | '|' | '^' | '`');
    (1..=32).contains(&word.chars().count())
        && word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word.chars().all(allowed)
        && !is_no_name(word)
}

/// Whether a lower-case word before a colon is more likely a user name than a component.
fn dotted_handle(word: &str) -> bool {
    handle(word)
        && !word.contains('-')
        && word.chars().all(|c| c.is_lowercase() || matches!(c, '.' | '_') || c.is_ascii_digit())
}
