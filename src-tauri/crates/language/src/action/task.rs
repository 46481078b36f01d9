//! What a task says will be done, and whether something particular will exist afterwards.

use super::criterion::has_figure;
use super::words::{Vocabulary, Word};

/// What is wrong with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Task {
    pub(super) lacks_verb: bool,
    pub(super) lacks_object: bool,
    /// The task is care, attention or a reminder.
    pub(super) is_care: bool,
}

const DETERMINERS: [&str; 22] = [
    "the", "a", "an", "all", "each", "every", "our", "its", "their", "both", "another", "this", "that", "these",
    "those", "any", "no", "your", "it", "them", "how", "who",
];
const PARTICLES: [&str; 10] = ["up", "down", "out", "off", "back", "over", "away", "into", "to", "through"];
const AFTER_NOUN: [&str; 20] = [
    "on", "for", "of", "against", "between", "in", "per", "with", "from", "at", "when", "if", "by", "around", "into",
    "via", "behind", "during", "under", "about",
];
/// Two words that are one verb before what they act on, and a noun elsewhere.
const PAIRS: [[&str; 2]; 9] = [
    ["rate", "limit"],
    ["load", "test"],
    ["stress", "test"],
    ["smoke", "test"],
    ["spot", "check"],
    ["dry", "run"],
    ["cross", "train"],
    ["dual", "home"],
    ["hot", "swap"],
];
const ADVERBS: [&str; 12] = [
    "always",
    "regularly",
    "never",
    "just",
    "proactively",
    "automatically",
    "manually",
    "carefully",
    "better",
    "properly",
    "immediately",
    "also",
];

/// Reads the words of a task that are neither owner, day nor criterion.
pub(super) fn read(words: &[&Word], has_subject: bool, known: &Vocabulary) -> Task {
    let specified = words.iter().any(|word| word.is(":"));
    let told: Vec<&Word> = words.iter().copied().filter(|word| !word.is_mark).collect();
    let told = without_opening(&told, known);
    let is_care = is_care(told, known);
    let follows = || told.first().is_some_and(|first| known.is_third_person(&first.low) || known.is_verb(&first.low));
    let after_subject = (has_subject && follows()).then_some(0);
    let verb = after_subject
        .or_else(|| verb_at(told, known))
        .or_else(|| verb_after_modal(told, known))
        .or_else(|| verb_after_colon(words, known).then_some(0));
    let starts_with_noun =
        told.first().is_some_and(|first| matches!(first.low.as_str(), "more" | "awareness" | "vigilance" | "vigilant"));
    let lacks_verb = verb.is_none() && (!is_care || starts_with_noun);
    let rest = verb.map_or(told, |at| told.get(at + 1..).unwrap_or_default());
    let name = verb.and_then(|at| told.get(at)).map_or("", |word| word.low.as_str());
    let only_better = verb.is_none() && is_only_better(told, known) || told.first().is_some_and(|first| first.is("be"));
    let is_open = told.iter().all(|word| known.is_open(&word.low));
    let lacks_object = is_care || !specified && is_vague(name, rest, known) || is_open || only_better || told.len() < 2;
    Task { lacks_verb, lacks_object, is_care }
}

/// Leaves out "please", "we should", "need to", "let's".
fn without_opening<'a, 'b>(told: &'a [&'b Word], known: &Vocabulary) -> &'a [&'b Word] {
    let mut from = 0;
    while let Some(word) = told.get(from) {
        let next = told.get(from + 1).map_or("", |next| next.low.as_str());
        let modal = matches!(next, "should" | "must" | "will" | "shall" | "need" | "needs" | "have" | "to" | "can");
        let opens = match word.low.as_str() {
            "please" | "todo" | "action" | "let's" | "lets" | "let’s" | "to" | "should" | "must" | "shall" | "then" => {
                true
            }
            "will" | "need" | "needs" => from > 0 || next == "to",
            "have" | "has" => next == "to",
            "let" => next == "us",
            "us" => from > 0 && told[from - 1].is("let"),
            "i" | "we"
                if matches!(next, "think" | "propose" | "suggest" | "recommend" | "believe" | "would" | "could") =>
            {
                from += 1;
                true
            }
            "who" if matches!(next, "can" | "could" | "will" | "wants") => {
                from += 1;
                true
            }
            "maybe" | "perhaps" | "could" | "might" | "action-item" | "item" | "proposal" | "ai" => {
                from == 0 || word.is("could")
            }
            "we" | "i" | "you" | "they" | "someone" | "somebody" | "everyone" | "everybody" | "people" | "team"
            | "all" => modal,
            adverb if ADVERBS.contains(&adverb) => {
                told.get(from + 1).is_some_and(|next| known.is_verb(&next.low))
                    && told.len() > from + 2
                    && (adverb != "better"
                        || told.get(from + 2).is_some_and(|after| DETERMINERS.contains(&after.low.as_str())))
            }
            _ => from == 0 && has_figure(word) && word.low.len() < 4 && next != "x",
        };
        if !opens {
            break;
        }
        from += 1;
    }
    &told[from..]
}

fn is_care(told: &[&Word], known: &Vocabulary) -> bool {
    let parts: Vec<&str> = told.iter().flat_map(|word| word.low.split(['-', '‑'])).collect();
    known.caring.iter().any(|phrase| {
        let anywhere = phrase.len() > 1 && matches!(phrase[0].as_str(), "be" | "more" | "pay");
        let last = if anywhere { parts.len() } else { 2 };
        (0..parts.len().min(last)).any(|at| {
            parts.len() >= at + phrase.len() && phrase.iter().zip(&parts[at..]).all(|(word, part)| word == part)
        })
    })
}

/// Where the verb is; it stands first.
fn verb_at(told: &[&Word], known: &Vocabulary) -> Option<usize> {
    let first = told.first()?.low.as_str();
    let next = told.get(1).map_or("", |word| word.low.as_str());
    let gerund = first.strip_suffix("ing").filter(|stem| stem.len() > 2);
    if gerund.is_some_and(|stem| known.is_verb(stem) || known.is_verb(&format!("{stem}e")))
        && !known.vague.contains(first)
    {
        return DETERMINERS.contains(&next).then_some(0);
    }
    if !known.is_verb(first) {
        let spelled = first.chars().all(|c| c.is_alphabetic() || c == '-');
        let unlisted = DETERMINERS.contains(&next) && !known.is_common(first) && spelled;
        return unlisted.then_some(0);
    }
    let after = told.get(2).map_or("", |word| word.low.as_str());
    if PAIRS.contains(&[first, next]) && !after.is_empty() && !AFTER_NOUN.contains(&after) {
        return Some(0);
    }
    let enters = next == "into" && known.is_nounish(first);
    let particular = DETERMINERS.contains(&next)
        || PARTICLES.contains(&next) && !enters
        || told.get(1).is_some_and(|word| has_figure(word));
    // Whoever writes "Alert on replication lag" tells a machine to; the noun would have an article or a name before it.
    let tells = first == "alert" && matches!(next, "on" | "when" | "if" | "at" | "before");
    if particular || tells {
        return Some(0);
    }
    let plural = next.ends_with('s') && !next.ends_with("ss") && !next.ends_with("us") && !next.ends_with("is");
    if known.is_adjective(first) {
        let moves = told.iter().skip(2).take(3).any(|word| word.is("into"));
        return (plural || moves).then_some(0);
    }
    if known.is_nounish(first) {
        let (ends, joined) = (after.is_empty(), AFTER_NOUN.contains(&after));
        let noun = next.is_empty()
            || AFTER_NOUN.contains(&next)
            || !plural
                && compounds(first)
                && !known.filler.contains(next)
                && (ends && !is_identifier(told[1]) || joined);
        return (!noun).then_some(0);
    }
    Some(0)
}

/// Nouns that make one word with the next: "load test of", "rate limit on".
fn compounds(word: &str) -> bool {
    matches!(
        word,
        "load"
            | "rate"
            | "restore"
            | "alert"
            | "alarm"
            | "lock"
            | "graph"
            | "guard"
            | "drill"
            | "index"
            | "monitor"
            | "backup"
            | "failover"
            | "rollback"
            | "retry"
            | "access"
            | "release"
            | "host"
            | "deploy"
            | "build"
            | "queue"
            | "cache"
            | "feature"
            | "probe"
            | "terraform"
            | "process"
            | "project"
            | "service"
            | "state"
            | "stage"
            | "power"
            | "spike"
            | "filter"
    )
}

fn is_identifier(word: &Word) -> bool {
    word.text.chars().any(|c| c == '_' || c == '.' || c == '/' || c.is_numeric() || c.is_uppercase())
}

/// "The canary app should raise an alert": what is to be so is said after its subject.
fn verb_after_modal(told: &[&Word], known: &Vocabulary) -> Option<usize> {
    let says = |at: &usize| {
        matches!(told[*at].low.as_str(), "should" | "must" | "will" | "shall")
            || told[*at].is("to") && told.get(at + 1).is_some_and(|next| next.is("be"))
    };
    let at = (1..told.len().min(8)).find(says)?;
    let verb = at
        + 1
        + usize::from(told.get(at + 1).is_some_and(|word| matches!(word.low.as_str(), "not" | "only" | "always")));
    told.get(verb).filter(|word| known.is_verb(&word.low) || matches!(word.low.as_str(), "be" | "have")).map(|_| verb)
}

fn verb_after_colon(words: &[&Word], known: &Vocabulary) -> bool {
    let colon = words.iter().position(|word| word.is(":"));
    colon.and_then(|at| words.get(at + 1)).is_some_and(|next| known.is_verb(&next.low) && !known.is_nounish(&next.low))
}

/// Whether nothing particular would exist afterwards.
fn is_vague(verb: &str, rest: &[&Word], known: &Vocabulary) -> bool {
    let empty = |low: &str| known.vague.contains(low) || known.filler.contains(low) || known.manner.contains(low);
    let counts = |at: &usize| {
        let word = rest[*at];
        // "A runbook" is one that will exist, "runbooks" are any.
        let one = *at > 0 && matches!(rest[at - 1].low.as_str(), "a" | "an" | "one") && !known.improving.contains(verb);
        has_figure(word) || !empty(&word.low) && (one || !known.plain.contains(&word.low))
    };
    let content = (0..rest.len()).filter(counts).count();
    let figures = rest.iter().any(|word| has_figure(word));
    let named = rest.iter().any(|word| DETERMINERS.contains(&word.low.as_str()) || is_identifier(word));
    if content == 0 || content == 1 && known.improving.contains(verb) && !named && !figures {
        return true;
    }
    if figures {
        return false;
    }
    let low = |at: usize| rest.get(at).map_or("", |word| word.low.as_str());
    let more = (0..rest.len()).any(|at| {
        let comparative = matches!(low(at), "more" | "better");
        comparative
            && (at + 1 >= rest.len()
                || at + 2 >= rest.len()
                    && (known.manner.contains(low(at + 1))
                        || known.filler.contains(low(at + 1))
                        || low(at + 1).ends_with("ly")))
    });
    if more {
        return true;
    }
    let looks =
        known.looking.contains(verb) || verb == "look" && low(0) == "into" || verb == "think" && low(0) == "about";
    if looks {
        return content < 2;
    }
    known.improving.contains(verb)
        && head(rest).is_some_and(|head| known.vague.contains(head) || known.filler.contains(head))
        && !rest.iter().any(|word| word.is("by"))
}

/// "Better cooling", "more redundancy in general": a quality, and nothing that it is of.
fn is_only_better(told: &[&Word], known: &Vocabulary) -> bool {
    let Some((first, rest)) = told.split_first() else { return false };
    let compares = matches!(
        first.low.as_str(),
        "better"
            | "more"
            | "improved"
            | "increased"
            | "stronger"
            | "faster"
            | "clearer"
            | "closer"
            | "tighter"
            | "less"
            | "fewer"
    );
    let end = rest.iter().position(|word| AFTER_NOUN.contains(&word.low.as_str())).unwrap_or(rest.len());
    let says = |words: &[&Word]| {
        let empty = |low: &str| known.vague.contains(low) || known.filler.contains(low) || known.manner.contains(low);
        words.iter().filter(|word| has_figure(word) || !empty(&word.low)).count()
    };
    compares && says(&rest[..end]) <= 1 && says(&rest[end..]) == 0
}

/// The last word of what a verb acts on.
fn head<'a>(rest: &[&'a Word]) -> Option<&'a str> {
    let stops = |word: &&Word| {
        AFTER_NOUN.contains(&word.low.as_str())
            || matches!(word.low.as_str(), "to" | "and" | "so" | "until" | "where" | "while")
    };
    let end = rest.iter().position(stops).unwrap_or(rest.len());
    end.checked_sub(1).map(|at| rest[at].low.as_str())
}
