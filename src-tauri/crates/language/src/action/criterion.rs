//! The criterion: how one will know that an action is done, and whether that can be checked.

use super::due;
use super::words::{Vocabulary, Word};

/// Markers that are ordinary words too and need a colon, or a mark before them.
const LOOSE: [&str; 10] = [
    "verify",
    "verification",
    "success",
    "acceptance",
    "criterion",
    "criteria",
    "expected",
    "measure",
    "goal",
    "target",
];
const LABELS: [&str; 5] = ["owner", "due", "deadline", "assignee", "assigned"];

/// A criterion in a task: from its marker on, and where its own words begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) from: usize,
    pub(super) said: usize,
    pub(super) to: usize,
}

/// Finds where a task says how one will know.
pub(super) fn find(words: &[Word], known: &Vocabulary) -> Option<Place> {
    let (from, said) = (0..words.len()).find_map(|at| {
        let length = begins(words, at, known)?;
        Some((at, at + length))
    })?;
    let mut said = said;
    while words.get(said).is_some_and(|word| matches!(word.low.as_str(), ":" | "=" | "-" | "when" | "is")) {
        said += 1;
    }
    let mut depth = 0;
    let mut to = said;
    while to < words.len() {
        let labels = words[to].is_mark && words.get(to + 1).is_some_and(|next| LABELS.contains(&next.low.as_str()));
        match words[to].low.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth < 0 || labels {
            break;
        }
        to += 1;
    }
    Some(Place { from, said, to })
}

/// How many words the marker has that begins here.
fn begins(words: &[Word], at: usize, known: &Vocabulary) -> Option<usize> {
    let rest = &words[at..];
    let after_mark = at > 0 && words[at - 1].is_mark;
    match rest[0].low.as_str() {
        "until" | "till" if at > 0 => {
            let day = due::find_due(&rest[..rest.len().min(7)], &[false; 7]);
            return (day.is_none_or(|(from, _)| from > 0)).then_some(1);
        }
        "so" if at > 0 && rest.len() > 2 && !rest[1].is("that") => {
            return (!rest[1].is_mark && !matches!(words[at - 1].low.as_str(), "and" | "or" | "do" | "not"))
                .then_some(1);
        }
        _ => {}
    }
    if let Some(length) = known_when(rest) {
        return Some(length);
    }
    let arrow = matches!(rest[0].low.as_str(), "→" | "-" | "=")
        && rest.get(1).is_none_or(|next| next.is(">") || rest[0].is("→"));
    let pointed = &rest[(usize::from(!rest[0].is("→")) + 1).min(rest.len())..];
    if arrow && pointed.len() < 4 && pointed.iter().take(1).all(Word::is_capital)
        || arrow && pointed.get(1).is_some_and(|next| next.is(","))
    {
        return None;
    }
    let fits = |marker: &&Vec<String>| {
        rest.len() >= marker.len() && marker.iter().zip(rest).all(|(word, found)| found.low == *word)
    };
    let marker = known.markers.iter().find(fits)?;
    let first = marker[0].as_str();
    let colon = rest.get(marker.len()).is_some_and(|next| matches!(next.low.as_str(), ":" | "=" | "is"));
    let allowed = if LOOSE.contains(&first) && (marker.len() == 1 || !marker.iter().any(|word| word == "when")) {
        colon || after_mark
    } else if first == "then" {
        after_mark
    } else if first == "to" || first == "in" {
        rest.iter().any(has_figure)
    } else {
        true
    };
    allowed.then_some(marker.len())
}

/// "We'll know it worked when…": how many words it has up to "when".
fn known_when(rest: &[Word]) -> Option<usize> {
    let opens =
        matches!(rest[0].low.as_str(), "we" | "we'll" | "we’ll" | "one" | "i" | "i'll" | "you" | "know" | "how");
    let know = rest.iter().take(4).position(|word| word.is("know"))?;
    let when = rest
        .iter()
        .skip(know)
        .take(6)
        .position(|word| matches!(word.low.as_str(), "when" | "if" | "because" | "by" | ":"))?;
    opens.then_some(know + when + 1)
}

/// A part after a dash or a semicolon that says plainly what can be seen.
pub(super) fn find_apart(words: &[Word], taken: &[bool], known: &Vocabulary) -> Option<Place> {
    let splits = |at: &usize| matches!(words[*at].low.as_str(), ";" | "—" | "–" | "|") || words[*at].is("-");
    (0..words.len()).filter(splits).find_map(|at| {
        let to = (at + 1..words.len())
            .find(|next| splits(next) || matches!(words[*next].low.as_str(), ")" | "]"))
            .unwrap_or(words.len());
        let part = &words[at + 1..to];
        let begun = (0..at).any(|before| !words[before].is_mark && !taken[before]);
        let free = begun && !taken[at + 1..to].iter().any(|taken| *taken);
        let told = part.iter().filter(|word| !word.is_mark).count();
        (free && told >= 3 && part.iter().any(|word| has_figure(word) || known.seen.contains(&word.low)))
            .then_some(Place { from: at, said: at + 1, to })
    })
}

/// Whether one can check it: it has a figure, names something that is seen, or says more than that it is better.
pub(super) fn is_checkable(words: &[Word], known: &Vocabulary) -> bool {
    let told: Vec<&Word> = words.iter().filter(|word| !word.is_mark).collect();
    if told.iter().any(|word| has_figure(word) || is_number_word(&word.low)) {
        return true;
    }
    let firm = told.iter().filter(|word| !known.soft.contains(&word.low)).count();
    let seen = told.iter().any(|word| known.seen.contains(&word.low) && !known.soft.contains(&word.low));
    let soft = told.iter().any(|word| {
        matches!(
            word.low.as_str(),
            "better"
                | "improved"
                | "improve"
                | "good"
                | "great"
                | "happy"
                | "happier"
                | "satisfied"
                | "feel"
                | "feels"
                | "more"
                | "less"
                | "fewer"
                | "faster"
                | "easier"
                | "safer"
                | "clearer"
                | "works"
                | "fine"
                | "ok"
                | "nice"
                | "helpful"
                | "useful"
                | "smoother"
                | "cleaner"
                | "quicker"
                | "reliable"
                | "stable"
                | "robust"
        )
    });
    seen && firm > 0 && (!soft || firm > 2) || !soft && firm >= 2
}

pub(super) fn has_figure(word: &Word) -> bool {
    word.text.chars().any(char::is_numeric)
}

fn is_number_word(word: &str) -> bool {
    matches!(
        word,
        "zero"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "twelve"
            | "half"
            | "twice"
            | "once"
            | "hundred"
    )
}
