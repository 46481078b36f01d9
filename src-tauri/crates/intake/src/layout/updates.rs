//! Times that stand below or beside what they belong to: the footer of a status update, the line under a name.

use super::Walk;
use crate::actor::{handle, is_name};
use crate::chat;
use crate::clock::Habits;
use crate::entry::{Entry, Item, Spoken};
use crate::lines::{Dressed, Marker, Source, plain, undress};
use crate::stamp::{Stamp, stamp_at};

impl Walk<'_> {
    /// Whether a time without a text closes the update above it, as on a status page.
    pub(super) fn is_footer(&self, posted: bool) -> bool {
        let begun =
            self.loose.iter().rev().take(60).any(|at| chat::begins_update(undress(&self.sources[*at].text).body));
        !self.loose.is_empty() && (posted || begun || (self.footers && !self.blank_before))
    }

    /// Whether the line above is the state of an update ("Resolved") and the text is below.
    pub(super) fn is_below_state(&self, at: usize) -> bool {
        let above = at.checked_sub(1).map(|above| undress(&self.sources[above].text).body);
        above.is_some_and(chat::is_state) && self.text_follows(at)
    }

    /// Whether a time without a text stands below what it is the time of ("Start time").
    pub(super) fn is_below_label(&self, at: usize, rest: &str) -> bool {
        let bare = rest.is_empty() || (rest.starts_with(['(', '（']) && rest.ends_with([')', '）']));
        let above = at.checked_sub(1).filter(|above| bare && self.loose.last() == Some(above));
        above.is_some_and(|above| chat::is_moment(undress(&self.sources[above].text).body))
    }

    /// Makes an event of a label and the time below it.
    pub(super) fn take_label(&mut self, at: usize, stamp: Stamp, dressed: &Dressed<'_>) {
        self.loose.pop();
        let above = &self.sources[at - 1];
        let text = plain(undress(&above.text).body.trim_matches(['*', '_', ':', ' ']));
        let continued = vec![self.sources[at].number];
        self.push(Entry { line: above.number, continued, stamp: Some(stamp), text, ..Entry::default() }, dressed);
        self.close();
    }

    /// Begins an update whose state stands above its time.
    pub(super) fn begin_update(&mut self, at: usize, stamp: Stamp, dressed: &Dressed<'_>) {
        let above = &self.sources[at - 1];
        let state = undress(&above.text).body.trim_matches(['*', '_', ':', ' ']).to_owned();
        if self.loose.last() == Some(&(at - 1)) {
            self.loose.pop();
        } else if let Some(Item::Entry(entry)) = self.open.and_then(|open| self.layout.items.get_mut(open.item)) {
            entry.continued.pop_if(|line| *line == above.number);
            let kept = entry.text.strip_suffix(&state).unwrap_or(&entry.text).trim_end().len();
            entry.text.truncate(kept);
        }
        let continued = vec![self.sources[at].number];
        let entry = Entry { line: above.number, continued, stamp: Some(stamp), text: state, ..Entry::default() };
        self.push(entry, dressed);
        self.open.iter_mut().for_each(|open| open.alone = true);
    }

    /// Makes an event of the loose lines above a time.
    pub(super) fn close_update(&mut self, at: usize, stamp: Stamp) {
        self.footers = true;
        let body = |at: &usize| undress(&self.sources[*at].text).body;
        let paragraph = |at: &usize| *at == 0 || self.sources[*at - 1].is_blank();
        let begin = self.loose.iter().rposition(|at| chat::begins_update(body(at)));
        if begin.is_none() && self.posted && !self.report && self.updates == 0 && self.tells_story() {
            return self.close_report(at, &stamp);
        }
        self.updates += 1;
        // The first update of a page may begin with any sentence below the titles.
        let sentence = |at: &usize| body(at).ends_with(['.', '!', '?']) || body(at).len() > 60;
        let begin = begin
            .or_else(|| self.posted.then(|| self.loose.iter().position(sentence)).flatten())
            .or_else(|| self.loose.iter().rposition(paragraph))
            .unwrap_or(0);
        let taken = self.loose.split_off(begin);
        self.lose_loose();
        let text: Vec<&str> = taken.iter().map(body).collect();
        let mut lines = taken.iter().map(|at| self.sources[*at].number);
        let line = lines.next().unwrap_or(self.sources[at].number);
        let continued = lines.chain([self.sources[at].number]).filter(|other| *other != line).collect();
        let entry = Entry { line, continued, stamp: Some(stamp), text: plain(&text.join("\n")), ..Entry::default() };
        self.layout.items.push(Item::Entry(Box::new(entry)));
        self.open = None;
    }

    /// Whether what was read so far tells the story by itself, as a report above the updates does.
    fn tells_story(&self) -> bool {
        let told = |item: &&Item| {
            matches!(item, Item::Entry(entry) if matches!(entry.spoken, Spoken::No | Spoken::First)
                && entry.stamp.as_ref().is_some_and(|stamp| stamp.clock.is_some()))
        };
        self.layout.items.iter().filter(told).nth(1).is_some()
    }

    /// Ends a report by the time of its posting: what stands between the two looks back or ahead.
    fn close_report(&mut self, at: usize, stamp: &Stamp) {
        self.report = true;
        self.layout.mentions.extend(stamp.date);
        self.loose.push(at);
        self.lose_loose();
        self.close();
    }

    /// The name that stands alone on the line above a time, as some chats copy it.
    pub(super) fn name_above(&mut self, at: usize) -> Option<(usize, String)> {
        let above = at.checked_sub(1)?;
        let whole = undress(&self.sources[above].text).body.trim_matches(['*', ' ']);
        let body = chat::without_status(whole);
        let begins = above == 0 || self.sources[above - 1].is_blank();
        let apart = begins || body.contains(' ');
        // The client indents the time below a name.
        let indented = self.sources[at].text.starts_with("  ") && handle(body);
        if !(is_name(body) || (indented && begins)) || !apart || !self.text_follows(at) {
            return None;
        }
        if self.loose.last() == Some(&above) {
            self.loose.pop();
        } else {
            let number = self.sources[above].number;
            let Some(Item::Entry(entry)) = self.open.and_then(|open| self.layout.items.get_mut(open.item)) else {
                return None;
            };
            entry.continued.pop_if(|line| *line == number)?;
            let kept = entry.text.len().saturating_sub(whole.len());
            entry.text.truncate(entry.text.floor_char_boundary(kept));
            entry.text.truncate(entry.text.trim_end().len());
        }
        Some((self.sources[above].number, body.to_owned()))
    }

    /// Makes events without a time of the list items that stand directly above the first one with a time.
    pub(super) fn take_siblings(&mut self, line: usize, indent: usize) {
        let joined = self.loose.iter().rev().enumerate().take_while(|(back, at)| **at + back + 2 == line).count();
        let from = self.loose.len() - joined;
        let sibling = |at: usize| {
            let dressed = undress(&self.sources[at].text);
            dressed.marker == Marker::Bullet && dressed.indent == indent
        };
        let Some(begin) = (from..self.loose.len()).find(|place| sibling(self.loose[*place])) else { return };
        for at in self.loose.split_off(begin) {
            let source = &self.sources[at];
            let dressed = undress(&source.text);
            let new = dressed.marker == Marker::Bullet && dressed.indent == indent;
            match self.layout.items.last_mut() {
                Some(Item::Entry(entry)) if !new => {
                    entry.continued.push(source.number);
                    entry.text.push(' ');
                    entry.text.push_str(&plain(dressed.body));
                }
                _ => self.layout.items.push(Item::Entry(Box::new(Entry::new(source.number, None, dressed.body)))),
            }
        }
    }
}

/// Whether a text ends with a time on a line of its own and begins with something else: then times stand below.
///
/// A clock without its date counts where no name stands above it, as in a chat whose last message has no words.
pub(super) fn closes_with_times(sources: &[Source], habits: Habits) -> bool {
    let alone = |line: &Source| {
        let body = undress(&line.text).body;
        stamp_at(body, habits)
            .filter(|(stamp, len)| stamp.clock.is_some() && *len == body.len())
            .map(|(stamp, _)| stamp)
    };
    let mut told = sources.iter().filter(|line| !line.is_blank());
    let (Some(first), Some(last)) = (told.next(), told.next_back()) else { return false };
    let Some(stamp) = alone(last).filter(|_| alone(first).is_none()) else { return false };
    let named = told.next_back().is_some_and(|above| is_name(undress(&above.text).body));
    stamp.date.is_some_and(|date| date.is_calendar()) || (stamp.date.is_none() && !named)
}
