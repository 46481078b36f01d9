//! Paragraphs whose sentences tell when: "At 9:37 AM PST, an engineer … By 11:37 AM PST, the index …".
//!
//! A sentence that begins with its time is an event; one that names it in passing ("became aware at 15:44Z") is one only
//! where nothing else tells the story. `finish` sets aside what a list tells better.

use super::told::{Told, goes_forward, lead, told_in};
use super::{Walk, logs};
use crate::chat;
use crate::clock::Habits;

use crate::date::{WrittenDate, date_at, dates_in};
use crate::elapsed::{Since, elapsed_at};
use crate::entry::{Entry, Item, Spoken};
use crate::inner;
use crate::lines::{Marker, is_bold, is_rule, undress};
use crate::mentions;
use crate::topic::Topic;
use crate::zone::declared_in;

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
        if told.is_empty() || (belongs && !self.looks_back(&text, &told)) {
            return 0;
        }
        self.tell(at, &text, &begins, told);
        end - at
    }

    /// Whether the text below a time on a line of its own tells what was on an earlier day, with its clocks.
    ///
    /// What stands before that stays with the time of the line.
    fn looks_back(&mut self, text: &str, told: &[Told]) -> bool {
        let Some(Item::Entry(entry)) = self.open.and_then(|open| self.layout.items.get_mut(open.item)) else {
            return false;
        };
        let posted = entry.stamp.as_ref().and_then(|stamp| stamp.date);
        let [first, ..] = told else { return false };
        let back = first.first && first.stamp.clock.is_some() && goes_forward(first.stamp.date, posted);
        if back && entry.text.is_empty() {
            text[..first.begin].trim().clone_into(&mut entry.text);
        }
        back
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
        if let Some(date) = day_alone(opening) {
            self.layout.items.push(Item::Date { line: self.sources[at].number, date });
        } else if let ([date], false) = (dates.as_slice(), self.has_entries()) {
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

/// Reads the day that is a sentence by itself: "Wednesday, 6 September. At 2:41 pm …".
fn day_alone(opening: &str) -> Option<WrittenDate> {
    let (date, len) = date_at(opening, Habits::default()).filter(|(date, _)| date.is_calendar())?;
    [". ", ": "].iter().any(|mark| opening[len..].starts_with(mark)).then_some(date)
}
