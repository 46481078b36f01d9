//! The owner: one person, and not a team, a role that rotates, two people or nobody in particular.

use super::words::{Vocabulary, Word};

/// What a field or a part of a task says about the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// One person.
    Person,
    /// Something else is named.
    Other(String),
}

const LABELS: [&str; 9] = ["owner", "assignee", "assigned", "responsible", "dri", "lead", "owned", "owners", "resp"];
const MODALS: [&str; 8] = ["to", "will", "shall", "should", "must", "needs", "has", "can"];

/// Judges the name of an owner.
pub(super) fn judge(name: &str, words: &[Word], known: &Vocabulary) -> Owner {
    let other = || Owner::Other(name.trim().to_owned());
    let mut said = 0;
    let mut depth = 0;
    let mut after_comma = false;
    for word in words {
        match word.low.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            "," => after_comma = true,
            "and" | "&" | "or" | "+" | ";" | "?" => return other(),
            _ if word.is_mark || depth > 0 => {}
            low if low.contains('@') && low.trim_start_matches('@').contains('@') => said += 1,
            low => {
                let low = low.trim_start_matches('@');
                let crowd = known.is_crowd(low) && !known.titles.contains(low);
                if crowd && !(after_comma && said > 0) || low.contains('/') || low.contains('&') {
                    return other();
                }
                if after_comma && said > 0 && !crowd {
                    return other();
                }
                said += usize::from(!crowd && !known.titles.contains(low) && low.chars().any(char::is_alphabetic));
            }
        }
    }
    if said > 0 { Owner::Person } else { other() }
}

/// A part of a task that names who.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) owner: Owner,
    /// Whether it is the subject of the task, so that a verb follows.
    pub(super) is_subject: bool,
}

fn found(from: usize, to: usize, owner: Owner) -> Found {
    Found { from, to, owner, is_subject: false }
}

/// Finds who is to do a task: labelled, as its subject, or in brackets or between dashes.
pub(super) fn find(words: &[Word], taken: &[bool], text: &str, known: &Vocabulary) -> Option<Found> {
    let subject = || subject(words, taken, text, known).map(|found| Found { is_subject: true, ..found });
    labelled(words, text, known)
        .or_else(subject)
        .or_else(|| apart(words, taken, text, known))
        .or_else(|| doer(words, taken, text, known))
}

/// "To be enabled by Pavlos".
fn doer(words: &[Word], taken: &[bool], text: &str, known: &Vocabulary) -> Option<Found> {
    (1..words.len()).find_map(|at| {
        let by = words[at - 1].is("by") && !taken[at - 1] && !taken[at];
        let end =
            (at..words.len().min(at + 3)).find(|end| !is_name(&words[*end], known)).unwrap_or(words.len().min(at + 3));
        (by && end > at).then(|| found(at - 1, end, judged(words, at, end, text, known)))
    })
}

fn judged(words: &[Word], from: usize, to: usize, text: &str, known: &Vocabulary) -> Owner {
    let part = &words[from..to];
    let name = part.first().map_or("", |first| &text[first.start..part[part.len() - 1].end]);
    judge(name, part, known)
}

fn labelled(words: &[Word], text: &str, known: &Vocabulary) -> Option<Found> {
    let at = (0..words.len()).find(|at| {
        let next = words.get(at + 1);
        let opens = *at == 0 || words[at - 1].is_mark;
        let marked = next.is_some_and(|next| matches!(next.low.as_str(), ":" | "=" | "to" | "is" | "by"));
        LABELS.contains(&words[*at].low.as_str()) && (marked || opens && next.is_some_and(|next| !next.is_mark))
    })?;
    let mut from = at + 1;
    while words.get(from).is_some_and(|word| matches!(word.low.as_str(), ":" | "=" | "to" | "is" | "by" | "-")) {
        from += 1;
    }
    let mut to = from;
    while to < words.len() && to < from + 5 && !ends_name(words, from, to) {
        to += 1;
    }
    if to == from && words.get(from).is_some_and(|word| word.is("?")) {
        return Some(found(at, from + 1, Owner::Other("?".to_owned())));
    }
    (to > from).then(|| found(at, to, judged(words, from, to, text, known)))
}

fn ends_name(words: &[Word], from: usize, at: usize) -> bool {
    let word = &words[at];
    let initial = at > from && word.is(".") && words[at - 1].text.chars().count() == 1;
    word.is_mark && !initial && !matches!(word.low.as_str(), "&" | "+")
        || matches!(word.low.as_str(), "due" | "deadline" | "by" | "until" | "done" | "criterion" | "success")
}

/// "Mina to add…", "@mina will…", "Lena: remove…", "Sofia adds…", "Platform team to…".
fn subject(words: &[Word], taken: &[bool], text: &str, known: &Vocabulary) -> Option<Found> {
    let from = (0..words.len()).find(|at| !taken[*at] && (!words[*at].is_mark || words[*at].is("[")))?;
    let bracket = words[from].is("[");
    let begin = from + usize::from(bracket);
    let first = words.get(begin)?;
    for at in begin + 1..words.len().min(begin + 7) {
        let name = || judged(words, begin, at, text, known);
        let named = first.low.contains('@') || !is_label(first, known) && may_be_named(first, known);
        let crowd =
            words[begin..at].iter().any(|word| known.is_crowd(&word.low)) && !starts_with_verb(words, begin, known);
        let next_is_verb = words.get(at + 1).is_some_and(|next| known.is_verb(&next.low) || next.is("not"));
        match words[at].low.as_str() {
            "]" if bracket && (named || crowd) => return Some(found(from, at + 1, name())),
            ":" | "|" if named && at <= begin + 3 => return Some(found(from, at + 1, name())),
            ":" | "|" if crowd && at <= begin + 2 => return Some(found(from, at + 1, name())),
            "," if named && at <= begin + 2 && taken.get(at + 1).copied().unwrap_or(false) => {
                return Some(found(from, at + 1, name()));
            }
            modal if MODALS.contains(&modal) && (named || crowd) => {
                let verb_form = next_is_verb || modal != "to";
                if verb_form && !matches!(first.low.as_str(), "we" | "i" | "you") {
                    return Some(found(from, at + 1, name()));
                }
            }
            "and" | "&" | "or" => {}
            "." if words[at - 1].text.chars().count() == 1 => {}
            other if at == begin + 1 && first.low.contains('@') && known.is_verb(other) => {
                return Some(found(from, at, name()));
            }
            other if named && at > begin + 1 && words[at - 1].is(".") && known.is_third_person(other) => {
                return Some(found(from, at, name()));
            }
            other if at == begin + 1 && (named || crowd) && known.is_third_person(other) => {
                return Some(found(from, at, name()));
            }
            _ if words[at].is_mark => return None,
            _ => {}
        }
    }
    None
}

fn starts_with_verb(words: &[Word], at: usize, known: &Vocabulary) -> bool {
    known.is_verb(&words[at].low) && !known.is_crowd(&words[at].low)
}

/// "(Mina, by 12 June)", "— Ivy —", ", Dana, 4 July": a name that stands alone between marks.
fn apart(words: &[Word], taken: &[bool], text: &str, known: &Vocabulary) -> Option<Found> {
    (1..words.len()).find_map(|at| {
        if !words[at - 1].is_mark || words[at - 1].is(".") || taken[at] {
            return None;
        }
        let handle = words[at].low.starts_with('@');
        let mut to = at;
        while to < words.len() && to < at + 3 && is_name(&words[to], known) {
            to += 1;
        }
        let initial = words.get(to).is_some_and(|word| word.is("."))
            && words.get(to.wrapping_sub(1)).is_some_and(|word| word.text.chars().count() == 1);
        let to = to + usize::from(initial);
        let closes = words.get(to).is_none_or(|next| next.is_mark || taken[to]);
        let alone = to > at && closes && !words.get(to).is_some_and(|next| next.is(":"));
        if alone || handle && to > at {
            return Some(found(at, to, judged(words, at, to, text, known)));
        }
        let cell = (at..words.len()).find(|end| words[*end].is("|")).unwrap_or(words.len());
        if words[at - 1].is("|")
            && cell > at
            && cell - at <= 3
            && !words[at..cell].iter().any(|word| is_told(word, known))
        {
            return Some(found(at, cell, judged(words, at, cell, text, known)));
        }
        let crowd = words[at].is("owner") || known.is_crowd(&words[at].low) && words[at - 1].is("(");
        let end = (at..words.len()).find(|end| words[*end].is_mark).unwrap_or(words.len());
        (crowd && end - at <= 3 && words.get(end).is_some_and(|mark| mark.is(")") || mark.is(",")))
            .then(|| found(at, end, judged(words, at, end, text, known)))
    })
}

fn may_be_named(word: &Word, known: &Vocabulary) -> bool {
    word.is_capital() && !known.is_common(&word.low) || known.is_given(&word.low)
}

/// Whether a word before a colon is a number or a kind of action: "AI-7:", "Prevention:".
fn is_label(word: &Word, known: &Vocabulary) -> bool {
    known.is_heading(&word.low) || word.text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a word of a table's cell says something other than who.
fn is_told(word: &Word, known: &Vocabulary) -> bool {
    word.text.chars().any(char::is_numeric) || known.is_common(&word.low) && !known.is_crowd(&word.low)
}

fn is_name(word: &Word, known: &Vocabulary) -> bool {
    let letters = word.text.trim_start_matches('@');
    let shouted = letters.chars().count() > 2 && letters.chars().all(|c| c.is_uppercase() || c.is_numeric());
    let spelled = letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '_'));
    let letter = letters.chars().count() == 1;
    !word.is_mark
        && spelled
        && !shouted
        && !letter
        && (word.text.starts_with('@') || word.is_capital())
        && (word.text.starts_with('@') || !known.is_common(&word.low))
}
