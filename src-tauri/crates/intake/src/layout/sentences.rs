//! Paragraphs whose sentences tell when: "At 9:37 AM PST, an engineer … By 11:37 AM PST, the index …".
//!
//! A sentence that begins with its time is an event; one that names it in passing ("became aware at 15:44Z") is one only
//! where nothing else tells the story. `finish` sets aside what a list tells better.

use chrono::Datelike;

use super::{Walk, logs};
use crate::chat;
use crate::clock::Habits;

use crate::date::{Day, WrittenDate, date_at, dates_in};
use crate::elapsed::{Since, elapsed_at};
use crate::entry::{Entry, Item, Spoken};
use crate::inner;
use crate::lines::{Marker, is_bold, is_rule, undress};
use crate::mentions;
use crate::names::month_at;
use crate::stamp::{Stamp, stamp_at};
use crate::topic::Topic;
use crate::zone::declared_in;

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

impl Walk<'_> {
    /// Reads the paragraph that begins at a line, when its sentences tell when; returns how many lines it has.
    pub(super) fn sentences(&mut self, at: usize) -> usize {
        if at < self.no_sentences
            || self.trailing[at]
            || self.in_message()
            || (self.open.is_some() && !self.blank_before)
        {
            return 0;
        }
        let end = self.paragraph_end(at);
        self.no_sentences = end;
        let lines = &self.sources[at..end];
        let digits = lines.iter().any(|line| line.text.contains(|c: char| c.is_ascii_digit()));
        if self.topic.0 == Topic::Plans || !digits || self.is_no_prose(at, end) {
            return 0;
        }
        let (mut text, mut begins) = (String::new(), Vec::new());
        for line in lines {
            begins.push(text.len());
            text.push_str(undress(&line.text).body.trim());
            text.push(' ');
        }
        let told = told_in(&text, &self.labels(at, &begins), self.habits);
        // The text below a time on a line of its own belongs to that time, whatever else it mentions.
        let first = told.iter().any(|told| told.first);
        let belongs = self.open.is_some_and(|open| self.is_empty(open) || (self.is_alone(open) && !first));
        if told.is_empty() || belongs {
            return 0;
        }
        self.tell(at, &text, &begins, told);
        end - at
    }

    fn is_alone(&self, open: super::Open) -> bool {
        open.alone || (open.marker == Marker::Heading && self.topic.0 == Topic::Timeline)
    }

    /// Where lines of a paragraph begin that name what their time is for ("Last search: …").
    fn labels(&self, at: usize, begins: &[usize]) -> Vec<usize> {
        let labelled = |line: usize| {
            let body = undress(&self.sources[line].text).body;
            inner::is_labelled(body) && body.starts_with(char::is_uppercase)
        };
        begins.iter().enumerate().filter(|(line, _)| labelled(at + line)).map(|(_, begin)| *begin).collect()
    }

    fn paragraph_end(&self, at: usize) -> usize {
        let ends = self.sources[at..].iter().position(|line| {
            let dressed = undress(&line.text);
            line.is_blank()
                || dressed.marker != Marker::None
                || is_rule(&line.text)
                || dressed.whole.starts_with('|')
                || is_bold(dressed.body)
        });
        ends.map_or(self.sources.len(), |ends| at + ends)
    }

    /// Whether the lines are those of a list, a chat or a status page, which have their own rules.
    fn is_no_prose(&self, at: usize, end: usize) -> bool {
        let update = |at: &usize| chat::begins_update(undress(&self.sources[*at].text).body);
        let open = self.loose.iter().rev().take(60).any(update) || self.footers;
        let footer = |at: usize| {
            self.sources.get(at).is_some_and(|line| chat::posted(undress(&line.text).body, self.habits).is_some())
        };
        let footed = (at..end + 3).any(footer);
        open || footed
            || (at..end).any(|line| {
                let dressed = undress(&self.sources[line].text);
                let stamp = self.stamp(&dressed).filter(|(stamp, _)| stamp.clock.is_some());
                let bare = stamp.is_some_and(|(stamp, rest)| {
                    let wrapped = line > at && self.is_wrapped(line, &dressed, &stamp, rest);
                    !wrapped && (rest.is_empty() || lead(dressed.body).is_none())
                });
                let mail = dressed.whole.ends_with("wrote:") || dressed.whole.ends_with("schrieb:");
                bare || mail
                    || logs::logged(dressed.whole, self.habits).is_some()
                    || chat::named(dressed.body, self.habits).is_some()
                    || elapsed_at(dressed.body, self.habits).is_some_and(|(elapsed, _)| elapsed.since == Since::Zero)
                    || update(&line)
                    || chat::update_title(dressed.body, self.habits).is_some()
                    || chat::header(dressed.body, self.habits).is_some()
            })
    }

    fn tell(&mut self, at: usize, text: &str, begins: &[usize], told: Vec<Told>) {
        let line_of = |place: usize| at + begins.partition_point(|begin| *begin <= place).saturating_sub(1);
        self.close();
        let first = told[0].begin;
        let opening = &text[..told[0].at];
        let mut dates = dates_in(opening);
        if dates.is_empty() {
            dates = dates_in(text);
        }
        let zones = mentions::zones_beside_clocks(text);
        self.layout.spoken_zones.extend(zones.into_iter().map(|zone| (self.sources[at].number, zone)));
        self.layout.mentions.extend(dates.iter().copied());
        self.layout.years.extend(mentions::years_in(opening, at < 3));
        let taken: Vec<usize> = told.iter().map(|told| line_of(told.begin)).collect();
        self.loose.extend((at..at + begins.len()).take_while(|line| *line < taken[0]));
        self.lose_loose();
        if let Some(zone) = declared_in(&text[..first], false) {
            self.layout.items.push(Item::Zone { line: self.sources[at].number, zone });
        }
        if let ([date], false) = (dates.as_slice(), self.has_entries()) {
            self.before.push((line_of(first), *date, false));
        }
        for (told, line) in told.into_iter().zip(&taken) {
            let words = text[told.text..told.end].trim().trim_end_matches([',', ';']);
            let last = line_of(told.end.saturating_sub(2).max(told.begin));
            let continued =
                (line + 1..=last).filter(|line| !taken.contains(line)).map(|line| self.sources[line].number);
            let number = self.sources[*line].number;
            self.declares_everywhere(number, words);
            let entry = Entry::new(number, Some(told.stamp), words);
            let spoken = if told.first { Spoken::First } else { Spoken::InPassing };
            let entry = Entry { spoken, continued: continued.collect(), ..entry };
            self.layout.items.push(Item::Entry(Box::new(entry)));
        }
    }
}

/// A time in a paragraph with the words that belong to it.
struct Told {
    begin: usize,
    /// Where the words that tell when begin.
    at: usize,
    text: usize,
    end: usize,
    stamp: Stamp,
    /// The sentence begins with the time.
    first: bool,
}

/// A longer sentence is none that a person wrote, in bytes.
const LONGEST_SENTENCE: usize = 4_000;

/// Finds what the sentences of a paragraph tell, in order.
fn told_in(text: &str, labels: &[usize], habits: Habits) -> Vec<Told> {
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
fn goes_forward(told: Option<WrittenDate>, next: Option<WrittenDate>) -> bool {
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
        let capital = at > 0 && matches!(previous, ['.' | '!' | '?' | ':' | ')', ' ']) && c.is_uppercase();
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
    }
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
        || near(&sentence[at + len..])
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
    let second = sentence[..at].ends_with(" and ") && (clock.half.is_some() || stamp.zone.is_some());
    (full || second).then_some((len, stamp))
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
