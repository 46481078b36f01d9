//! Action items: what is missing so that somebody does it, by a day, and everybody can tell that it is done.
//!
//! An action says what will be done (a verb) and what will exist afterwards (an object), names one person, a day, and
//! how one will know. Each may stand in its own field or in the task line. `owner`, `due` and `criterion` find and judge
//! their part, `task` reads what is left, `hints` says what is missing in the task's own words; the words themselves
//! are data in `rules/en/action-items.toml`. Whether a day lies in the past is left to those who know what day it is.

mod criterion;
mod due;
mod hints;
mod owner;
mod task;
mod words;

use serde::{Deserialize, Serialize};

use owner::Owner;
use words::{Word, english_words, words};

/// An action as it is typed; what has no field of its own is looked for in the task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionText {
    /// What will be done.
    pub task: String,
    /// Who.
    pub owner: String,
    /// By when.
    pub due: String,
    /// How one will know that it is done.
    pub criterion: String,
}

impl ActionText {
    /// Reads a line: the task, or the task, the owner, the day and the criterion separated by tabs.
    #[must_use]
    pub fn parse_line(line: &str) -> Self {
        let mut fields = line.trim_end_matches(['\n', '\r']).splitn(4, '\t').map(|field| field.trim().to_owned());
        let mut next = || fields.next().unwrap_or_default();
        Self { task: next(), owner: next(), due: next(), criterion: next() }
    }
}

/// What an action can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionGap {
    /// What will be done.
    Verb,
    /// Something particular that will exist.
    Object,
    /// One person.
    Owner,
    /// A day.
    Due,
    /// Something one can check.
    Criterion,
}

/// What an action lacks, in the order of [`ActionGap`], with a sentence for each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ActionCheck {
    /// The gaps.
    pub missing: Vec<ActionGap>,
    /// One sentence for each gap: what is missing and how to say it.
    pub hints: Vec<String>,
}

/// An action, read.
#[derive(Debug, Default)]
struct Read {
    /// The task without owner, day and criterion.
    core: String,
    is_care: bool,
    other_owner: Option<String>,
    other_due: Option<String>,
    other_criterion: Option<String>,
}

/// Says what an action lacks and how to say it.
#[must_use]
pub fn action_check(action: &ActionText) -> ActionCheck {
    let known = english_words();
    let text = action.task.as_str();
    let all = words(text);
    let mut taken = vec![false; all.len()];
    let mut missing = Vec::new();
    let mut read = Read::default();

    let mut place = criterion::find(&all, known);
    if let Some(place) = place {
        taken[place.from..place.to].fill(true);
    }
    let day = due::find_due(&all, &taken);
    if let Some((from, to)) = day {
        taken[from..to].fill(true);
    }
    let named = owner::find(&all, &taken, text, known);
    if let Some(named) = &named {
        taken[named.from..named.to].fill(true);
    }
    if place.is_none() {
        place = criterion::find_apart(&all, &taken, known);
        if let Some(place) = place {
            taken[place.from..place.to].fill(true);
        }
    }

    let core: Vec<&Word> = core(&all, &taken);
    let task = task::read(&core, named.as_ref().is_some_and(|named| named.is_subject), known);
    read.is_care = task.is_care;
    read.core = said(text, &core);
    if task.lacks_verb {
        missing.push(ActionGap::Verb);
    }
    if task.lacks_object {
        missing.push(ActionGap::Object);
    }
    if !has_owner(action, named, &mut read) {
        missing.push(ActionGap::Owner);
    }
    if !(due::names_a_day(&words(&action.due)) || action.due.trim().is_empty() && day.is_some()) {
        read.other_due = Some(action.due.trim().to_owned()).filter(|due| !due.is_empty());
        missing.push(ActionGap::Due);
    }
    let in_task = place.map(|place| &all[place.said.min(place.to)..place.to]);
    if !has_criterion(action, in_task, &mut read) {
        missing.push(ActionGap::Criterion);
    }
    let hints = hints::hints(&missing, &read);
    ActionCheck { missing, hints }
}

fn has_owner(action: &ActionText, named: Option<owner::Found>, read: &mut Read) -> bool {
    let field = action.owner.trim();
    let judged = if field.is_empty() {
        named.map(|named| named.owner)
    } else {
        Some(owner::judge(field, &words(field), english_words()))
    };
    match judged {
        Some(Owner::Person) => true,
        Some(Owner::Other(other)) => {
            read.other_owner = Some(other).filter(|other| !other.is_empty());
            false
        }
        None => false,
    }
}

fn has_criterion(action: &ActionText, in_task: Option<&[Word]>, read: &mut Read) -> bool {
    let field = action.criterion.trim();
    let known = english_words();
    if !field.is_empty() {
        let checkable = criterion::is_checkable(&words(field), known);
        read.other_criterion = (!checkable).then(|| field.to_owned());
        return checkable;
    }
    let Some(part) = in_task else { return false };
    let checkable = criterion::is_checkable(part, known);
    if let (false, Some(first), Some(last)) = (checkable, part.first(), part.last()) {
        read.other_criterion = Some(action.task[first.start..last.end].to_owned());
    }
    checkable
}

/// The first stretch of the task that is neither owner, day nor criterion.
fn core<'a>(all: &'a [Word], taken: &[bool]) -> Vec<&'a Word> {
    let mut found: Vec<&Word> = Vec::new();
    let listed = list_mark(all);
    for (word, taken) in all.iter().zip(taken).skip(listed) {
        let begun = found.iter().any(|word| !word.is_mark);
        if begun && word.is_mark && (*taken || matches!(word.low.as_str(), "." | ";" | "—" | "(" | "[" | "!")) {
            break;
        }
        if *taken {
            if begun && found.last().is_some_and(|last| last.is_mark) {
                break;
            }
            continue;
        }
        found.push(word);
    }
    while found.last().is_some_and(|word| word.is_mark) {
        found.pop();
    }
    found
}

/// How many words number or tick an entry of a list: "1.", "2)", "- [ ]", "- [x]", "AI-3:".
fn list_mark(all: &[Word]) -> usize {
    let mut from = 0;
    while let Some(word) = all.get(from) {
        let closes = all.get(from + 1).is_some_and(|next| matches!(next.low.as_str(), "." | ")" | ":" | "]"));
        let numbers = word.low.chars().any(|c| c.is_ascii_digit()) && word.low.chars().count() < 6;
        if closes && (numbers || word.is("x")) {
            from += 2;
        } else if matches!(word.low.as_str(), "-" | "*" | "•" | "[" | "]" | "|" | "–") {
            from += 1;
        } else {
            break;
        }
    }
    from
}

/// The words as they stand in the text, from the first to the last that are told.
fn said(text: &str, core: &[&Word]) -> String {
    let first = core.iter().find(|word| !word.is_mark);
    let last = core.last();
    match (first, last) {
        (Some(first), Some(last)) if first.start < last.end => text[first.start..last.end].to_owned(),
        _ => String::new(),
    }
}
