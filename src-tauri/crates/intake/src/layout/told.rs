//! The moments that the sentences of a paragraph tell, with the words that belong to each.

use chrono::Datelike;

use crate::clock::Habits;
use crate::date::{Day, WrittenDate, date_at, dates_in};
use crate::mentions;
use crate::names::month_at;
use crate::stamp::{Stamp, stamp_at};

/// Words that begin a sentence that tells when.
const LEADS: &[&str] = &[
    "at",
    "by",
    "around",
    "about",
    "approximately",
    "on",
    "from",
    "between",
    "shortly",
    "just",
    "until",
    "after",
    "before",
    "since",
    "starting",
    "beginning",
    "roughly",
    "soon",
    "circa",
    "as",
    "um",
    "gegen",
    "am",
    "ab",
    "à",
    "vers",
    "le",
    "nearly",
    "exactly",
    "zwischen",
    "entre",
    "il",
    "it",
    "es",
    "eran",
    "son",
];
/// Words that may stand before those.
const JOINTS: &[&str] = &[
    "then",
    "later",
    "finally",
    "meanwhile",
    "next",
    "afterwards",
    "subsequently",
    "eventually",
    "also",
    "and",
    "but",
];

/// A time in a paragraph with the words that belong to it.
pub(super) struct Told {
    pub(super) begin: usize,
    /// Where the words that tell when begin.
    pub(super) at: usize,
    pub(super) text: usize,
    pub(super) end: usize,
    pub(super) stamp: Stamp,
    /// The sentence begins with the time.
    pub(super) first: bool,
}

/// A longer sentence is none that a person wrote, in bytes.
const LONGEST_SENTENCE: usize = 4_000;

/// Finds what the sentences of a paragraph tell, in order.
pub(super) fn told_in(text: &str, labels: &[usize], habits: Habits) -> Vec<Told> {
    let mut found: Vec<Told> = Vec::new();
    let mut begins: Vec<usize> = sentence_begins(text);
    begins.extend(labels);
    begins.push(text.len());
    begins.sort_unstable();
    begins.dedup();
    for pair in begins.windows(2) {
        let (begin, end) = (pair[0], pair[1]);
        let sentence = &text[begin..end];
        let before = found.len();
        // Each clock looks at what stands before it; a sentence that no person wrote must not make that slow.
        if sentence.len() <= LONGEST_SENTENCE && sentence.contains(|c: char| c.is_ascii_digit()) {
            in_sentence(sentence, begin, habits, &mut found);
        }
        if found.len() > before || found.is_empty() {
            continue;
        }
        let told = found.iter().rev().find_map(|told| told.stamp.date);
        match on_day(sentence, habits).filter(|(_, stamp)| goes_forward(told, stamp.date)) {
            Some((len, stamp)) => found.push(Told { begin, at: begin, text: begin + len, end, stamp, first: true }),
            None => found.iter_mut().next_back().into_iter().for_each(|last| last.end = end),
        }
    }
    found
}

/// Reads the "On November 28, " of a sentence that has no clock: the story goes on on that day.
fn on_day(sentence: &str, habits: Habits) -> Option<(usize, Stamp)> {
    let behind = sentence.strip_prefix("On ").or_else(|| sentence.strip_prefix("on "))?;
    let (date, len) = date_at(behind, habits).filter(|(date, _)| date.is_calendar())?;
    let text = behind[len..].trim_start_matches([',', ' ']);
    let len = sentence.len() - text.len();
    let told = text.starts_with(char::is_alphabetic) && !mentions::is_about_document(sentence);
    (told && !is_future(sentence, 0, len)).then(|| (len, Stamp { date: Some(date), ..Stamp::default() }))
}

/// Whether a day is known to come after the one told last; an earlier one is looked back to, and the story stays.
pub(super) fn goes_forward(told: Option<WrittenDate>, next: Option<WrittenDate>) -> bool {
    let of_year = |day: Day| match day {
        Day::Full(date) => Some((date.month(), date.day())),
        Day::Yearless { month, day } => Some((month, day)),
        _ => None,
    };
    match (told.map(|date| date.day), next.map(|date| date.day)) {
        (Some(Day::Full(told)), Some(Day::Full(next))) => told < next,
        (Some(told), Some(next)) => of_year(told).is_some_and(|told| of_year(next).is_some_and(|next| told < next)),
        _ => false,
    }
}

fn sentence_begins(text: &str) -> Vec<usize> {
    let mut begins = vec![0];
    let mut previous = ['.', ' '];
    for (at, c) in text.char_indices() {
        let capital = at > 0 && matches!(previous, ['.' | '!' | '?' | ':' | ')' | ']', ' ']) && c.is_uppercase();
        if capital && !is_day_of_month(text, at) {
            begins.push(at);
        }
        if !(c == ' ' && previous[1] == ' ') {
            previous = [previous[1], c];
        }
    }
    begins
}

/// Whether a capital letter begins the month of "6. Mai" and no sentence.
fn is_day_of_month(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].trim_end().strip_suffix('.') else { return false };
    let day = before.bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    let apart = before[..before.len() - day].is_empty() || before[..before.len() - day].ends_with(' ');
    (1..=2).contains(&day) && apart && month_at(&text[at..]).is_some()
}

fn in_sentence(sentence: &str, begin: usize, habits: Habits, found: &mut Vec<Told>) {
    let from = found.len();
    let mut at = 0;
    while at < sentence.len() {
        let apart = at == 0 || sentence[..at].ends_with([' ', '(']);
        match apart.then(|| phrase_at(sentence, at, habits)).flatten() {
            // What is planned has not happened, and the end of a span is no event beside its beginning.
            Some((len, _)) if is_future(sentence, at, len) || (at > 0 && is_end(&sentence[at..])) => at += len,
            // "… at 7:21 UTC (in your zone: 7:21 UTC)" says it once more.
            Some((len, stamp)) if found[from..].last().is_some_and(|told| is_same(&told.stamp, &stamp)) => at += len,
            Some((len, stamp)) => {
                let first = at == 0;
                let before = found[from..].last().map_or(0, |told| told.at - begin);
                let stamp = with_date_of(&sentence[before..at], stamp);
                let text = begin + if first { len } else { 0 };
                found.push(Told { begin, at: begin + at, text, end: begin + sentence.len(), stamp, first });
                at += len;
            }
            None => at += sentence[at..].find([' ', '(']).map_or(sentence.len(), |gap| gap + 1),
        }
    }
    // Between two times the words are parted at the first comma or "and".
    for place in from + 1..found.len() {
        let (after, before) = (found[place - 1].at - begin, found[place].at - begin);
        let gap = &sentence[after..before];
        let skip = gap.find(' ').unwrap_or(0);
        let cut = [", ", "; ", " and ", " + "].iter().filter_map(|mark| gap[skip..].find(mark)).min();
        let cut = begin + cut.map_or(before, |cut| after + skip + cut);
        found[place - 1].end = cut.max(found[place - 1].text);
        let words = text_begin(&sentence[cut - begin..]);
        (found[place].begin, found[place].text) = (cut, cut + words);
        let end = found.get(place + 1).map_or(sentence.len(), |next| next.at - begin);
        if says_no_more(&sentence[cut - begin + words..end], habits) {
            found[place].text = found[from].text;
        }
    }
}

/// Whether two stamps of a sentence give the same moment in full.
fn is_same(one: &Stamp, other: &Stamp) -> bool {
    let utc = |stamp: &Stamp| stamp.zone.as_ref().is_some_and(crate::zone::WrittenZone::is_utc);
    let full = matches!(one.date.map(|date| date.day), Some(Day::Full(_)));
    full && one.date.map(|date| date.day) == other.date.map(|date| date.day)
        && one.clock.and_then(|clock| clock.time()) == other.clock.and_then(|clock| clock.time())
        && utc(one)
        && utc(other)
}

/// Whether words tell when and nothing else, as in "and again at 12:40", so that the sentence is about both moments.
fn says_no_more(words: &str, habits: Habits) -> bool {
    let body = words.trim_start();
    let body = ["again", "then", "once more"].iter().find_map(|word| body.strip_prefix(word)).unwrap_or(body);
    let near = &body[..body.floor_char_boundary(200)];
    let stamped = stamp_at(near.trim_start(), habits).map(|(_, len)| &near.trim_start()[len..]);
    stamped.is_some_and(|rest| rest.trim_matches(['.', ',', ';', ' ', ')']).is_empty())
}

/// Whether the words around a time speak of what is to come.
fn is_future(sentence: &str, at: usize, len: usize) -> bool {
    const AHEAD: &[&str] =
        &["will", "shall", "next", "expect", "expected", "plan", "planned", "scheduled", "eta", "due", "hope"];
    let ahead = |word: &str| AHEAD.iter().any(|known| known.eq_ignore_ascii_case(word));
    let near = |text: &str| text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(3).any(ahead);
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.rev().take(9).map(str::to_lowercase).collect::<Vec<_>>()
    };
    // "Longer than expected" and "as planned" look back.
    let before = words(&sentence[..at]);
    let compared = |place: usize| matches!(before.get(place + 1).map(String::as_str), Some("than" | "as"));
    before.iter().take(8).enumerate().any(|(place, word)| ahead(word) && !compared(place))
        || (near(&sentence[at + len..]) && !is_next_day(&sentence[at + len..]))
}

/// Whether words go on with "the next day" of what is told.
fn is_next_day(behind: &str) -> bool {
    let words = behind.trim_start_matches([' ', ',']).trim_start_matches("the ");
    ["next day", "next morning"].iter().any(|day| words.starts_with(day))
}

/// Whether the words that tell when name the end of a span.
fn is_end(phrase: &str) -> bool {
    ["until ", "till "].iter().any(|word| phrase.starts_with(word))
}

fn text_begin(rest: &str) -> usize {
    let mut body = rest.trim_start_matches([',', ';', ' ']);
    body = body.strip_prefix("and ").or_else(|| body.strip_prefix("+ ")).unwrap_or(body);
    rest.len() - body.len()
}

/// A clock takes the day that its sentence names before it: "On Thursday, July 25, the alarm came at 7:33 pm".
fn with_date_of(before: &str, stamp: Stamp) -> Stamp {
    match dates_in(before)[..] {
        [date] if stamp.date.is_none() => Stamp { date: Some(date), ..stamp },
        _ => stamp,
    }
}

/// Reads the words that tell when, with their length.
fn phrase_at(sentence: &str, at: usize, habits: Habits) -> Option<(usize, Stamp)> {
    let rest = &sentence[at..];
    // The words before a clock are few.
    if !rest.bytes().take(60).any(|b| b.is_ascii_digit()) {
        return None;
    }
    let digit = at > 0 && rest.starts_with(|c: char| c.is_ascii_digit());
    if digit && !mentions::is_about_document(sentence) {
        return unled_at(sentence, at, habits);
    }
    let skipped = lead(rest)?;
    if at > 0 && (skipped > 0 || !rest.starts_with(|c: char| c.is_lowercase())) {
        return None;
    }
    // A stamp is short, and what is called a sentence may be a whole page.
    let near = &rest[..rest.floor_char_boundary(200)];
    let (stamp, len) = stamp_at(near.get(skipped..)?, habits)?;
    let told = rest[skipped + len..].trim_start();
    let ends = told.starts_with(|c: char| c.is_alphanumeric() || c == '(' || c == '`');
    (stamp.clock.is_some() && (ends || at > 0)).then_some((skipped + len, stamp))
}

/// Reads a time without a word before it: a full date with its clock, or a second clock behind "and".
fn unled_at(sentence: &str, at: usize, habits: Habits) -> Option<(usize, Stamp)> {
    let rest = &sentence[at..];
    let (stamp, len) = stamp_at(&rest[..rest.floor_char_boundary(200)], habits)?;
    let clock = stamp.clock?;
    // Beside a zone the year may be missing: "was back online 18:30 UTC May 17th".
    let full = stamp.date.is_some_and(|date| {
        matches!(date.day, Day::Full(_)) || (matches!(date.day, Day::Yearless { .. }) && stamp.zone.is_some())
    });
    let sure = clock.half.is_some() || stamp.zone.is_some();
    let second = sentence[..at].ends_with(" and ") && sure;
    // "the second alarm (07:02:56 Uhr)"
    let exact = sure || clock.second.is_some() || rest[..len].trim_end().ends_with("Uhr");
    let bracketed = sentence[..at].ends_with('(') && exact && stamp.range.is_none();
    (full || second || bracketed).then_some((len, stamp))
}

/// The length of what stands before the words that tell when; `None` when the sentence does not begin with them.
pub(super) fn lead(sentence: &str) -> Option<usize> {
    let word = |s: &str| s[..s.find(|c: char| !c.is_alphabetic()).unwrap_or(s.len())].to_lowercase();
    let first = word(sentence);
    if LEADS.contains(&first.as_str()) {
        return Some(0);
    }
    let rest = sentence.get(first.len()..)?.trim_start_matches([',', ' ']);
    (JOINTS.contains(&first.as_str()) && LEADS.contains(&word(rest).as_str())).then(|| sentence.len() - rest.len())
}
