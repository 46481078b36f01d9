//! Which lines are events, which belong to one, and which say something about the others.
//!
//! The layout does not know what instant a line means; it only keeps what is written. `resolve` takes it from here.

use crate::actor::is_name;
use crate::chat;
use crate::clock::Habits;
use crate::date::{self, WrittenDate, dates_in};
use crate::entry::{Entry, Item, Layout};
use crate::lines::{Dressed, Marker, Source, is_bold, is_rule, plain, undress};
use crate::report::{Line, Says};
use crate::stamp::{Stamp, stamp_at};
use crate::table::{self, Table};
use crate::zone::declared_in;

const NO_TIME: &str = "No time was found in this line.";
const NO_TEXT: &str = "A time without a text.";

/// Takes a text apart.
pub(crate) fn lay_out(sources: &[Source]) -> Layout {
    let mut layout = table::delimited(sources).unwrap_or_else(|| {
        let leads = sources.iter().map(|line| undress(&line.text).body.trim_start_matches(['*', '`', '[', '~', '(']));
        Walk::new(sources, Habits::of(leads)).run()
    });
    layout.headings.sort_by_key(|heading| heading.line);
    layout.not_understood.sort_by_key(|line| line.line);
    layout
}

struct Walk<'a> {
    sources: &'a [Source],
    habits: Habits,
    layout: Layout,
    /// The event that takes the lines without a time: its place, indent, and mark.
    open: Option<Open>,
    /// Lines that belong to nothing so far.
    loose: Vec<usize>,
    blank_before: bool,
    /// The author of the message before, in a chat.
    author: Option<String>,
    footers: bool,
    /// Inside a code fence, and whether it belongs to an event.
    fence: Option<bool>,
    /// Lines before the first event that hold a single date, and whether they look like a title.
    before: Vec<(usize, WrittenDate, bool)>,
}

#[derive(Clone, Copy)]
struct Open {
    item: usize,
    indent: usize,
    marker: Marker,
}

impl<'a> Walk<'a> {
    fn new(sources: &'a [Source], habits: Habits) -> Self {
        Walk {
            sources,
            habits,
            layout: Layout::default(),
            open: None,
            loose: Vec::new(),
            blank_before: true,
            author: None,
            footers: false,
            fence: None,
            before: Vec::new(),
        }
    }

    fn run(mut self) -> Layout {
        let (mut at, mut no_table) = (0, 0);
        while at < self.sources.len() {
            let source = &self.sources[at];
            if source.is_blank() {
                self.blank_before = true;
                at += 1;
                continue;
            }
            if self.fence != Some(true) && at >= no_table {
                match table::markdown(&self.sources[at..], self.habits, &mut self.layout) {
                    Table::Taken { lines } => {
                        self.open = None;
                        at += lines;
                        continue;
                    }
                    Table::Without { lines } => no_table = at + lines,
                }
            }
            self.line(at);
            self.blank_before = false;
            at += 1;
        }
        self.adopt_date();
        self.drop_empty();
        self.lose_loose();
        self.layout
    }

    fn line(&mut self, at: usize) {
        let source = &self.sources[at];
        let dressed = undress(&source.text);
        let fence = dressed.whole.starts_with("```") || dressed.whole.starts_with("~~~");
        if fence {
            self.fence = if self.fence.is_some() { None } else { Some(self.open.is_some()) };
        }
        if fence || is_rule(&source.text) {
            return self.layout.heading(source, Says::Rule);
        }
        if self.fence == Some(true) {
            return self.append(at, "\n");
        }
        match self.stamp(&dressed) {
            Some((stamp, rest)) if stamp.clock.is_some() => self.timed(at, &dressed, stamp, rest),
            Some((stamp, rest)) => self.dated(at, &dressed, stamp, rest),
            None => self.untimed(at, &dressed),
        }
    }

    fn stamp<'b>(&self, dressed: &Dressed<'b>) -> Option<(Stamp, &'b str)> {
        let read = |body: &'b str| stamp_at(body, self.habits).map(|(stamp, len)| (stamp, &body[len..]));
        read(dressed.body).or_else(|| read(dressed.whole))
    }

    fn timed(&mut self, at: usize, dressed: &Dressed<'_>, stamp: Stamp, rest: &str) {
        let line = self.sources[at].number;
        if rest.is_empty() && self.is_footer(false) {
            return self.close_update(at, stamp);
        }
        if rest.is_empty() {
            let above = self.name_above(at);
            let continued = above.iter().map(|_| line).collect();
            let line = above.as_ref().map_or(line, |(number, _)| *number);
            let actor = above.map(|(_, name)| name).or_else(|| self.author.clone());
            let message = actor.is_some();
            self.author.clone_from(&actor);
            let entry = Entry { line, continued, stamp: Some(stamp), actor, message, ..Entry::default() };
            return self.push(entry, dressed);
        }
        if stamp.bracketed && rest.contains([' ', ',']) && is_name(rest) && self.text_follows(at) {
            self.author = Some(rest.to_owned());
            return self.push(
                Entry { line, stamp: Some(stamp), actor: self.author.clone(), message: true, ..Entry::default() },
                dressed,
            );
        }
        // A sentence that tells when and adds "(all times in UTC)" does both.
        let everywhere = Some(rest).filter(|rest| rest.to_lowercase().contains("all times"));
        if let Some(zone) = everywhere.and_then(|rest| declared_in(rest, false)) {
            self.layout.items.push(Item::Zone { line, zone });
        }
        self.push(Entry::new(line, Some(stamp), rest), dressed);
    }

    /// A line that begins with a date and has no clock.
    fn dated(&mut self, at: usize, dressed: &Dressed<'_>, stamp: Stamp, rest: &str) {
        let source = &self.sources[at];
        let zone = declared_in(rest, true);
        let titled = dressed.marker == Marker::Heading || is_bold(dressed.body) || rest.is_empty() || zone.is_some();
        let begins = dressed.body.len() - rest.len();
        let separated =
            dressed.body.get(..begins).is_some_and(|start| start.trim_end().ends_with([':', '-', '–', '—', '|', ']']));
        match stamp.date {
            Some(date) if titled => {
                self.close();
                let says = if zone.is_some() { Says::DateAndZone } else { Says::Date };
                self.layout.heading(source, says);
                self.layout.items.push(Item::Date { line: source.number, date });
                self.layout.items.extend(zone.map(|zone| Item::Zone { line: source.number, zone }));
            }
            Some(date) if date.is_calendar() && (separated || dressed.marker == Marker::Bullet) => {
                self.push(Entry::new(source.number, Some(stamp), rest), dressed);
            }
            _ => self.untimed(at, dressed),
        }
    }

    fn untimed(&mut self, at: usize, dressed: &Dressed<'_>) {
        let source = &self.sources[at];
        if let Some(stamp) = chat::posted(dressed.body, self.habits).filter(|_| self.is_footer(true)) {
            return self.close_update(at, stamp);
        }
        if self.text_follows(at)
            && dressed.marker == Marker::None
            && let Some((name, stamp)) = chat::header(dressed.body, self.habits)
        {
            self.author = Some(name);
            let entry = Entry {
                line: source.number,
                stamp: Some(stamp),
                actor: self.author.clone(),
                message: true,
                ..Entry::default()
            };
            return self.push(entry, dressed);
        }
        let title = dressed.marker == Marker::Heading || (is_bold(dressed.body) && !self.in_message());
        if !self.in_message() && self.declares(at, dressed, title) {
            return;
        }
        if title {
            self.close();
            self.layout.items.push(Item::Section);
            return self.loose.push(at);
        }
        let Some(open) = self.open else { return self.loose.push(at) };
        let sibling =
            dressed.marker == Marker::Bullet && open.marker == Marker::Bullet && dressed.indent <= open.indent;
        let message = self.in_message();
        if message || open.marker == Marker::Heading || self.is_empty(open) {
            self.append(at, "\n");
        } else if sibling {
            self.push(Entry::new(source.number, None, dressed.body), dressed);
        } else if dressed.marker == Marker::Bullet && (!self.blank_before || dressed.indent > open.indent) {
            self.append(at, "\n");
        } else if !self.blank_before || dressed.indent > open.indent {
            self.append(at, " ");
        } else {
            self.close();
            self.loose.push(at);
        }
    }

    /// Takes a date or a zone from a line that has no event.
    fn declares(&mut self, at: usize, dressed: &Dressed<'_>, title: bool) -> bool {
        let source = &self.sources[at];
        let dates = dates_in(dressed.body);
        self.layout.mentions.extend(dates.iter().copied());
        let titled =
            title || dressed.whole.starts_with("--- ") || (dressed.body.ends_with(':') && dressed.body.len() < 80);
        let zone = declared_in(dressed.body, titled || (self.open.is_none() && dressed.body.len() < 80));
        let single = dates.first().copied().filter(|_| dates.len() == 1);
        let date = single.filter(|_| titled || zone.is_some());
        if date.is_none() && zone.is_none() {
            if let Some(date) = single.filter(|_| !self.has_entries() && !dressed.whole.starts_with('|')) {
                self.before.push((at, date, date::is_label(dressed.body)));
            }
            return false;
        }
        self.close();
        let says = match (date.is_some(), zone.is_some()) {
            (true, true) => Says::DateAndZone,
            (true, false) => Says::Date,
            (false, _) => Says::Zone,
        };
        self.layout.heading(source, says);
        self.layout.items.extend(date.map(|date| Item::Date { line: source.number, date }));
        self.layout.items.extend(zone.map(|zone| Item::Zone { line: source.number, zone }));
        true
    }

    fn has_entries(&self) -> bool {
        self.layout.items.iter().any(|item| matches!(item, Item::Entry(_)))
    }

    /// Takes the date of the lines above the first event, when they agree on one.
    fn adopt_date(&mut self) {
        let first = self.layout.items.iter().position(|item| matches!(item, Item::Entry(_))).unwrap_or(0);
        let known = self.layout.items[..first].iter().any(|item| matches!(item, Item::Date { .. }));
        let labelled: Vec<_> = self.before.iter().filter(|(_, _, label)| *label).copied().collect();
        let usable = |at: usize| !date::is_about_document(&self.sources[at].text);
        let candidates = if labelled.is_empty() { self.before.clone() } else { labelled };
        let mut candidates: Vec<_> = candidates.into_iter().filter(|(at, ..)| usable(*at)).collect();
        candidates.dedup_by_key(|(_, date, _)| date.day);
        if let ([(at, date, _)], false, true) = (candidates.as_slice(), known, self.has_entries()) {
            let source = &self.sources[*at];
            self.layout.items.insert(0, Item::Date { line: source.number, date: *date });
            self.layout.heading(source, Says::Date);
            self.loose.retain(|loose| loose != at);
            self.layout.not_understood.retain(|line| line.line != source.number);
        }
    }

    /// Whether a time without a text closes the update above it, as on a status page.
    fn is_footer(&self, posted: bool) -> bool {
        let begun =
            self.loose.iter().rev().take(60).any(|at| chat::begins_update(undress(&self.sources[*at].text).body));
        !self.loose.is_empty() && (posted || begun || (self.footers && !self.blank_before))
    }

    /// Makes an event of the loose lines above a time.
    fn close_update(&mut self, at: usize, stamp: Stamp) {
        self.footers = true;
        let body = |at: &usize| undress(&self.sources[*at].text).body;
        let paragraph = |at: &usize| *at == 0 || self.sources[*at - 1].is_blank();
        let begin = self.loose.iter().rposition(|at| chat::begins_update(body(at)));
        let begin = begin.or_else(|| self.loose.iter().rposition(paragraph)).unwrap_or(0);
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

    /// The name that stands alone on the line above a time, as some chats copy it.
    fn name_above(&mut self, at: usize) -> Option<(usize, String)> {
        let above = at.checked_sub(1)?;
        let body = undress(&self.sources[above].text).body.trim_matches(['*', ' ']);
        let apart = above == 0 || self.sources[above - 1].is_blank() || body.contains(' ');
        if !is_name(body) || !apart || !self.text_follows(at) {
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
            let kept = entry.text.len().saturating_sub(body.len());
            entry.text.truncate(entry.text.floor_char_boundary(kept));
            entry.text.truncate(entry.text.trim_end().len());
        }
        Some((self.sources[above].number, body.to_owned()))
    }

    /// Whether the next line is text, not another time.
    fn text_follows(&self, at: usize) -> bool {
        let next = self.sources[at + 1..].iter().take(2).find(|line| !line.is_blank());
        next.is_some_and(|line| {
            let stamped = self.stamp(&undress(&line.text)).is_some_and(|(stamp, _)| stamp.clock.is_some());
            !stamped && !is_rule(&line.text)
        })
    }

    fn in_message(&self) -> bool {
        let item = self.open.and_then(|open| self.layout.items.get(open.item));
        matches!(item, Some(Item::Entry(entry)) if entry.message)
    }

    fn is_empty(&self, open: Open) -> bool {
        matches!(self.layout.items.get(open.item), Some(Item::Entry(entry)) if entry.text.is_empty())
    }

    fn push(&mut self, entry: Entry, dressed: &Dressed<'_>) {
        self.lose_loose();
        self.open = Some(Open { item: self.layout.items.len(), indent: dressed.indent, marker: dressed.marker });
        self.layout.items.push(Item::Entry(Box::new(entry)));
    }

    fn append(&mut self, at: usize, glue: &str) {
        let source = &self.sources[at];
        let Some(Item::Entry(entry)) = self.open.and_then(|open| self.layout.items.get_mut(open.item)) else {
            return self.loose.push(at);
        };
        entry.continued.push(source.number);
        let verbatim = self.fence == Some(true);
        let text = if verbatim { source.text.trim_end().to_owned() } else { plain(undress(&source.text).body) };
        if !entry.text.is_empty() {
            entry.text.push_str(glue);
        }
        entry.text.push_str(&text);
    }

    fn close(&mut self) {
        self.open = None;
        self.author = None;
    }

    fn lose_loose(&mut self) {
        for at in std::mem::take(&mut self.loose) {
            self.lose(self.sources[at].number, NO_TIME);
        }
    }

    fn lose(&mut self, number: usize, reason: &str) {
        let text = self.sources[number - 1].text.clone();
        self.layout.not_understood.push(Line { line: number, text, reason: reason.to_owned() });
    }

    /// Takes out the times below which no text came.
    fn drop_empty(&mut self) {
        let items = std::mem::take(&mut self.layout.items);
        for item in items {
            match item {
                Item::Entry(entry) if entry.text.is_empty() => {
                    for line in [entry.line].into_iter().chain(entry.continued) {
                        self.lose(line, NO_TEXT);
                    }
                }
                other => self.layout.items.push(other),
            }
        }
    }
}
