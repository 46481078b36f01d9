//! Where a sentence begins and ends, and which parts of a text are not the writer's own words.
//!
//! Works on Unicode scalar values, because the positions of a hint are counted in them. Code spans, block quotes,
//! log lines and longer quotations are someone else's words: the first two are never split, all of them are taken as
//! one opaque word by `token`.

/// The longest stretch of text that is read as one sentence; what is longer is cut.
const LONGEST: usize = 1_200;

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "e.g", "i.e", "etc", "vs", "approx", "mr", "mrs", "ms", "dr", "prof", "no", "fig", "incl", "resp", "cf", "a.m",
    "p.m", "st", "jr", "sr", "min", "ca",
];

/// Returns the half-open ranges of the sentences of `text`, without the space around them.
pub(crate) fn sentences(text: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let c = text[at];
        if c == '`' {
            at = closing(text, at, '`').map_or(at + 1, |end| end + 1);
            continue;
        }
        if let Some(close) = closing_quote(c)
            && let Some(end) = closing(text, at, close)
        {
            // A stop inside the quotation ends the sentence around it when a new one visibly begins.
            at = end + 1;
            if matches!(text[end - 1], '.' | '!' | '?') && begins_sentence(text, at) {
                push(&mut found, text, start, at);
                start = at;
            }
            continue;
        }
        let ends = match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => !is_wrapped(text, start, at),
            '.' => ends_at_stop(text, start, at),
            '!' | '?' | '…' => text.get(at + 1).is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        at += 1;
        if ends
            || (at - start >= LONGEST && text.get(at).is_none_or(|next| next.is_whitespace()))
            || at - start >= 8_000
        {
            push(&mut found, text, start, at);
            start = at;
        }
    }
    push(&mut found, text, start, text.len());
    found
}

/// Whether a sentence is not the writer's own: a block quote, a line of a log, a frame of a stack trace.
pub(crate) fn is_verbatim(sentence: &[char]) -> bool {
    let head: String = sentence.iter().take(160).collect();
    let head = head.trim_start();
    if head.starts_with('>') || head.starts_with("$ ") || head.starts_with("    at ") {
        return true;
    }
    let level = ["error", "warn", "warning", "info", "debug", "fatal", "panic", "trace", "critical", "notice"];
    // A level is written in capitals, in brackets or first and before a colon in a log; in prose it is an ordinary word.
    let mut only_stamps_before = true;
    head.split_whitespace().take(5).any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = only_stamps_before;
        only_stamps_before &= word.contains(|c: char| c.is_numeric());
        let marked = word.starts_with('[') || first && word.ends_with(':') || bare.chars().all(char::is_uppercase);
        (marked && bare.len() > 3 && level.contains(&bare.to_lowercase().as_str())) || word.starts_with("level=")
    })
}

/// Returns the closing mark for a double quotation mark.
pub(crate) fn closing_quote(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '«' => Some('»'),
        '„' => Some('“'),
        _ => None,
    }
}

/// Finds the closing mark of a span that opens at `open`, on the same line and not too far away.
pub(crate) fn closing(text: &[char], open: usize, mark: char) -> Option<usize> {
    let window = text.get(open + 1..)?.iter().take(400);
    window
        .take_while(|c| **c != '\n')
        .position(|c| *c == mark)
        .filter(|length| *length > 0)
        .map(|found| open + 1 + found)
}

fn push(found: &mut Vec<(usize, usize)>, text: &[char], start: usize, end: usize) {
    let Some(first) = (start..end).find(|at| !text[*at].is_whitespace()) else { return };
    let last = (first..end).rev().find(|at| !text[*at].is_whitespace()).unwrap_or(first);
    found.push((first, last + 1));
}

fn begins_sentence(text: &[char], at: usize) -> bool {
    text.get(at).is_none_or(|c| c.is_whitespace())
        && text[at.min(text.len())..].iter().take(20).find(|c| !c.is_whitespace()).is_none_or(|c| c.is_uppercase())
}

/// A line break in the middle of a wrapped paragraph does not end the sentence.
fn is_wrapped(text: &[char], start: usize, at: usize) -> bool {
    let next = text[at + 1..].iter().take_while(|c| **c != '\n').find(|c| !c.is_whitespace());
    let before = text[start..at].iter().rev().find(|c| !c.is_whitespace());
    at - start > 50
        && next.is_some_and(|c| c.is_lowercase())
        && before.is_some_and(|c| c.is_alphanumeric() || *c == ',')
}

fn ends_at_stop(text: &[char], start: usize, at: usize) -> bool {
    let next = text.get(at + 1);
    if next.is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | '"' | '”' | '\'' | '’')) {
        return false;
    }
    let word: String = text[start..at].iter().rev().take(12).take_while(|c| !c.is_whitespace()).collect();
    let word: String = word.chars().rev().collect::<String>().trim_start_matches('(').to_lowercase();
    let following = text[at + 1..].iter().take(20).find(|c| !c.is_whitespace());
    if word.ends_with('.') {
        // An ellipsis goes on when a small letter follows.
        return following.is_none_or(|c| !c.is_lowercase());
    }
    if word == "no" || word == "min" {
        return following.is_none_or(|c| !c.is_numeric());
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && word != "i";
    let number_of_a_list = at - start <= 3 && word.chars().all(char::is_numeric);
    following.is_none() || !(ABBREVIATIONS.contains(&word.as_str()) || initial || number_of_a_list)
}
