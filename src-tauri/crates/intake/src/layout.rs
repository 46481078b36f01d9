//! Which lines are events, which belong to one, and which say something about the others.
//!
//! The layout does not know what instant a line means; it only keeps what is written. `resolve` takes it from here.

mod byline;
mod finish;
mod front;
mod headings;
mod logs;
mod mail;
mod notices;
mod sentences;
mod times;
mod told;
mod updates;

use crate::actor::is_name;
use crate::chat;
use crate::clock::Habits;
use crate::date::WrittenDate;
use crate::elapsed::elapsed_at;
use crate::entry::{Entry, Item, Layout, Spoken};
use crate::html;
use crate::inner;
use crate::lines::{Dressed, Marker, Source, is_bold, is_rule, plain, undress};
use crate::report::Says;
use crate::stamp::Stamp;
use crate::table::{self, Table};
use crate::tabular;
use crate::topic::Topic;

/// Takes a text apart.
pub(crate) fn lay_out(sources: &[Source]) -> Layout {
    let mut layout = match html::untagged(sources) {
        Some(lines) => {
            let mut layout = lay_out_lines(&lines);
            layout.as_pasted(sources);
            layout
        }
        None => table::delimited(sources).unwrap_or_else(|| lay_out_lines(sources)),
    };
    layout.headings.sort_by_key(|heading| heading.line);
    layout.not_understood.sort_by_key(|line| line.line);
    layout
}

fn lay_out_lines(sources: &[Source]) -> Layout {
    let leads = sources.iter().map(|line| undress(&line.text).body.trim_start_matches(['*', '`', '[', '~', '(']));
    Walk::new(sources, Habits::of(leads)).run()
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
    /// The same of the lines behind the first event.
    behind: Vec<(usize, WrittenDate, bool)>,
    /// What the section is about, with the level of the heading that says so.
    topic: (Topic, usize),
    /// For every line whether it is in a list whose items have their times behind the text.
    trailing: Vec<bool>,
    /// Titles carry the times of the events below them.
    timed_titles: bool,
    /// Updates of a status page are closed by "Posted …", so that times in their text are told, not listed.
    posted: bool,
    /// How many updates of a status page were closed by their times, and whether a report stands above them.
    updates: usize,
    report: bool,
    /// The lines up to here describe the document ("date: …" between two rules), not the incident.
    front: usize,
    /// The moments that fields of theirs give in full.
    front_fields: Vec<(usize, Stamp)>,
    /// They are those of a post, whose date is not that of the incident.
    posted_page: bool,
    /// The lines up to here were looked through for sentences that tell when.
    no_sentences: usize,
    /// The lines up to here were looked through for rows without cells.
    no_rows: usize,
}

#[derive(Clone, Copy)]
struct Open {
    item: usize,
    indent: usize,
    marker: Marker,
    /// The time has a line of its own, so that paragraphs may follow.
    alone: bool,
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
            footers: updates::closes_with_times(sources, habits),
            fence: None,
            before: Vec::new(),
            behind: Vec::new(),
            topic: (Topic::Other, 7),
            trailing: inner::habit(sources, habits),
            timed_titles: inner::is_habit_of_titles(sources, habits),
            posted: sources.iter().any(|line| chat::posted(line.text.trim(), habits).is_some()),
            updates: 0,
            report: false,
            front: front::front_matter(sources),
            front_fields: Vec::new(),
            posted_page: false,
            no_sentences: 0,
            no_rows: 0,
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
                let rest = &self.sources[at..];
                let found = match tabular::read(rest, self.habits, &mut self.layout) {
                    Table::Without { lines: 0 } => table::markdown(rest, self.habits, &mut self.layout),
                    found => found,
                };
                match found {
                    Table::Taken { lines } => {
                        self.open = None;
                        at += lines;
                        continue;
                    }
                    Table::Without { lines } => no_table = at + lines,
                }
            }
            let mut read = if self.fence.is_none() { self.mail(at) } else { 0 };
            if read == 0 && self.fence.is_none() && at >= self.front {
                read = self.notice(at);
            }
            if read == 0 && self.fence.is_none() && at >= self.front {
                read = self.flattened(at);
            }
            if read == 0 && self.fence.is_none() && at >= self.front {
                read = self.sentences(at);
            }
            if read == 0 {
                self.line(at);
            }
            self.blank_before = false;
            at += read.max(1);
        }
        self.lose_loose();
        self.finish();
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
        if at < self.front {
            return self.front_line(at, dressed.body);
        }
        if self.topic.0 == Topic::Plans && dressed.marker != Marker::Heading && !is_bold(dressed.body) {
            self.close();
            return self.loose.push(at);
        }
        if let Some((elapsed, len)) = elapsed_at(dressed.body, self.habits) {
            return self.elapsed(at, &dressed, elapsed, &dressed.body[len..]);
        }
        if let Some((stamp, text)) = logs::logged(dressed.whole, self.habits) {
            return self.push(Entry::new(source.number, Some(stamp), &text), &dressed);
        }
        match self.stamp(&dressed) {
            Some((stamp, rest)) if stamp.clock.is_some() && self.only_tells(at, &dressed, &stamp, rest) => {
                self.untimed(at, &dressed);
            }
            Some((stamp, rest)) if stamp.clock.is_some() => self.timed(at, &dressed, stamp, rest),
            Some((stamp, rest)) => self.dated(at, &dressed, stamp, rest),
            None => self.untimed(at, &dressed),
        }
    }

    fn timed(&mut self, at: usize, dressed: &Dressed<'_>, stamp: Stamp, rest: &str) {
        let line = self.sources[at].number;
        if rest.is_empty() && dressed.marker != Marker::Heading && self.is_below_state(at) {
            return self.begin_update(at, stamp, dressed);
        }
        if self.is_below_label(at, rest) {
            return self.take_label(at, stamp, dressed);
        }
        let sent = chat::is_origin(rest) && stamp.date.is_some() && !self.loose.is_empty();
        if sent || rest.is_empty() && dressed.marker != Marker::Heading && self.is_footer(false) {
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
            self.push(entry, dressed);
            return self.open.iter_mut().for_each(|open| open.alone = true);
        }
        if stamp.bracketed && rest.contains([' ', ',']) && is_name(rest) && self.text_follows(at) {
            self.author = Some(rest.to_owned());
            return self.push(
                Entry { line, stamp: Some(stamp), actor: self.author.clone(), message: true, ..Entry::default() },
                dressed,
            );
        }
        if let Some((name, text)) = chat::wrote(rest) {
            self.author = Some(name.to_owned());
            let entry = Entry::by(line, Some(stamp), name.to_owned(), text);
            return self.push(Entry { message: true, ..entry }, dressed);
        }
        self.declares_everywhere(line, rest);
        self.push(Entry::new(line, Some(stamp), rest), dressed);
    }

    fn untimed(&mut self, at: usize, dressed: &Dressed<'_>) {
        let source = &self.sources[at];
        if let Some(stamp) = chat::posted(dressed.body, self.habits).filter(|_| self.is_footer(true)) {
            return self.close_update(at, stamp);
        }
        if dressed.marker == Marker::None
            && let Some((name, stamp, action)) = chat::header(dressed.body, self.habits)
            && (!action.is_empty() || self.text_follows(at))
        {
            let entry = Entry::by(source.number, Some(stamp), name, action);
            self.author.clone_from(&entry.actor);
            return self.push(Entry { message: true, ..entry }, dressed);
        }
        if let Some((word, stamp)) = chat::update_title(dressed.body, self.habits)
            && self.text_follows(at)
        {
            self.lose_loose();
            let entry = Entry { line: source.number, stamp: Some(stamp), text: word.to_owned(), ..Entry::default() };
            self.push(entry, dressed);
            return self.open.iter_mut().for_each(|open| open.alone = true);
        }
        let title = dressed.marker == Marker::Heading || (is_bold(dressed.body) && !self.in_message());
        if self.timed_titles && dressed.marker == Marker::Heading {
            // The title is the event, and the paragraphs below belong to it.
            if let Some((stamp, text)) = inner::at_end(dressed.body, self.habits) {
                return self.push(Entry::new(source.number, Some(stamp), text), dressed);
            }
        }
        if let Some((name, stamp, begin)) = chat::named(dressed.body, self.habits).filter(|_| !self.in_message()) {
            let entry = Entry::by(source.number, Some(stamp), name.to_owned(), &dressed.body[begin..]);
            return self.push(entry, dressed);
        }
        if let Some((stamp, text)) = self.labelled_first(at, dressed).filter(|_| !self.in_message()) {
            return self.push(Entry::new(source.number, Some(stamp), text), dressed);
        }
        if !self.in_message() && self.declares(at, dressed, title) {
            return;
        }
        if title {
            self.close();
            self.enter(dressed);
            return self.loose.push(at);
        }
        if let Some((stamp, text)) = self.told_inside(at, dressed) {
            return self.push(Entry::new(source.number, Some(stamp), text), dressed);
        }
        let Some(open) = self.open else {
            // An item that names a time on the way counts only where nothing else tells the story.
            if dressed.marker == Marker::Bullet
                && let Some((stamp, text)) = inner::within(dressed.body, self.habits)
            {
                self.lose_loose();
                let entry = Entry::new(source.number, Some(stamp), text);
                self.push(Entry { spoken: Spoken::InPassing, ..entry }, dressed);
                return self.close();
            }
            return self.loose.push(at);
        };
        if self.trailing[at] && dressed.marker == Marker::None && inner::is_labelled(dressed.body) {
            // Another label of the same block, which has no time.
            self.close();
            return self.loose.push(at);
        }
        let sibling =
            dressed.marker == Marker::Bullet && open.marker == Marker::Bullet && dressed.indent <= open.indent;
        if self.in_message() || open.marker == Marker::Heading || open.alone || self.is_empty(open) {
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

    fn has_entries(&self) -> bool {
        self.layout.items.iter().any(|item| matches!(item, Item::Entry(_)))
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

    fn push(&mut self, mut entry: Entry, dressed: &Dressed<'_>) {
        if self.fence.is_some() {
            entry.spoken = Spoken::Quoted;
        }
        if dressed.marker == Marker::Bullet && self.open.is_none() {
            self.take_siblings(entry.line, dressed.indent);
        }
        self.lose_loose();
        let (item, indent, marker) = (self.layout.items.len(), dressed.indent, dressed.marker);
        self.open = Some(Open { item, indent, marker, alone: false });
        self.layout.items.push(Item::Entry(Box::new(entry)));
    }

    fn append(&mut self, at: usize, glue: &str) {
        let source = &self.sources[at];
        let Some(Item::Entry(entry)) = self.open.and_then(|open| self.layout.items.get_mut(open.item)) else {
            return self.loose.push(at);
        };
        entry.continued.push(source.number);
        let verbatim = self.fence == Some(true);
        if entry.message && !verbatim && chat::is_noise(source.text.trim()) {
            return;
        }
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
}
