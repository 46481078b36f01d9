//! What is said about a gap: what is missing and how to say it, built from the task's own words.

use super::{ActionGap, Read};

/// Longer tasks are cut in a hint.
const MOST: usize = 80;

/// One sentence for every gap, in the order of the gaps.
pub(super) fn hints(missing: &[ActionGap], read: &Read) -> Vec<String> {
    let task = short(&read.core);
    missing.iter().map(|gap| sentence(*gap, &task, read)).collect()
}

fn sentence(gap: ActionGap, task: &str, read: &Read) -> String {
    match gap {
        ActionGap::Verb if task.is_empty() => "Say what will be done, beginning with a verb.".to_owned(),
        ActionGap::Verb => {
            format!("Say what will be done with it; begin with a verb: “[verb] {}”.", lowered(task))
        }
        ActionGap::Object if read.is_care => format!(
            "“{task}” asks people to watch, and vigilance is no control: what could check this, show it or make it impossible? Say what will exist."
        ),
        ActionGap::Object if task.is_empty() => "Say what will exist afterwards.".to_owned(),
        ActionGap::Object => {
            format!(
                "“{task}” names nothing that will exist afterwards; say what: “{task}: [what will exist, and where]”."
            )
        }
        ActionGap::Owner => match &read.other_owner {
            Some(other) => format!("“{}” is not one person; name the one who will see it through.", short(other)),
            None => format!("Nobody is named; add one person: “{task} (owner: [name])”."),
        },
        ActionGap::Due => match &read.other_due {
            Some(other) => format!("“{}” is no day that can be put in a calendar; name one.", short(other)),
            None => format!("There is no date; add a day: “{task}, by [day]”."),
        },
        ActionGap::Criterion => match &read.other_criterion {
            Some(other) => format!("“{}” cannot be checked; say what one will see or measure.", short(other)),
            None => {
                format!("How will one know that it is done? Add what one will see or measure: “{task}, done when […]”.")
            }
        },
    }
}

fn short(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", whole.trim_end())
}

/// The first letter small, unless the word is written in capitals or is a name of some kind.
fn lowered(task: &str) -> String {
    let mut letters = task.chars();
    let first = letters.next();
    let plain = letters.clone().next().is_some_and(char::is_lowercase);
    match first {
        Some(first) if plain => first.to_lowercase().chain(letters).collect(),
        _ => task.to_owned(),
    }
}
