//! From the fields of an entry to an event of the layout that `resolve` gives its instant.

use std::borrow::Cow;

use meeting::timeline::EventKind;

use super::cell::Cell;
use super::keep::Keep;
use super::lost::Lost;
use super::row::Row;
use super::{Wanted, slack};
use crate::clock::Habits;
use crate::entry::{Entry, Item};
use crate::kind;
use crate::lines::{LONGEST_LINE, clean};
use crate::moment::{self, Moment};
use crate::rank;
use crate::stamp::stamp_at;

/// An event with its time in words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    line: usize,
    words: String,
    /// What the time was before it was put into words.
    was: Option<String>,
    actor: Option<String>,
    text: String,
    kind: Option<(EventKind, String)>,
    chat: bool,
}

/// Takes entries in and keeps those that are wanted.
pub(super) struct Sink<'w> {
    pub(super) wanted: &'w Wanted<'w>,
    pub(super) keep: Keep<Draft>,
    pub(super) lost: Lost,
    /// Entries seen so far.
    pub(super) place: usize,
    /// Messages that only say who came or went.
    pub(super) comings: usize,
    pub(super) chats: usize,
}

const NO_TIME: &str = "The entry has no time.";
const NO_TEXT: &str = "The entry has no text.";
const TOO_LONG: &str = "The text of the entry is too long for an event.";
const HOLDS_ENTRIES: &str = "The entry holds the entries below and was not made an event of its own.";
const CAME_OR_WENT: &str = "The message only says that somebody came or went.";

impl<'w> Sink<'w> {
    pub(super) fn new(wanted: &'w Wanted<'w>) -> Self {
        let keep = Keep::new(wanted.window, wanted.limit, wanted.assumptions.day_first);
        Sink { wanted, keep, lost: Lost::default(), place: 0, comings: 0, chats: 0 }
    }

    /// Takes an entry; returns how many events it gave.
    pub(super) fn take(&mut self, row: &Row<'_>, line: usize) -> usize {
        self.place += 1;
        let before = self.lost.count();
        let inner: usize = row.inner.iter().map(|inner| self.take(inner, line)).sum();
        let texts = texts(row);
        let shown = || texts.first().map_or("", |text| text);
        if inner > 0 {
            self.lost.add(line, shown(), HOLDS_ENTRIES);
            return inner;
        }
        if !row.inner.is_empty() && row.is_timed() {
            // Only links to other entries, as the replies of a chat.
            self.lost.sum_up_links(before);
        }
        if row.subtype.as_deref().is_some_and(slack::comes_or_goes) {
            self.comings += 1;
            self.lost.add(line, shown(), CAME_OR_WENT);
            return 0;
        }
        let Some(time) = When::of(row) else {
            self.lost.add(line, shown(), NO_TIME);
            return 0;
        };
        if texts.is_empty() {
            self.lost.add(line, time.shown(), NO_TEXT);
            return 0;
        }
        if texts.iter().any(|text| text.len() > LONGEST_LINE) {
            self.lost.add(line, shown(), TOO_LONG);
            return 0;
        }
        self.chats += usize::from(row.chat);
        let moment = time.moment().map(|moment| rank::anchored(moment, self.wanted.assumptions));
        let bytes = texts.iter().map(|text| text.len()).sum::<usize>() + 128;
        let wanted = self.wanted;
        self.keep.offer(self.place, moment, bytes, || draft(row, &time, &texts, line, wanted));
        1
    }
}

impl Lost {
    fn sum_up_links(&mut self, before: usize) {
        self.lines.truncate(before.min(self.lines.len()));
        self.unlisted = before - self.lines.len();
    }
}

/// The texts of an entry, the title first, none twice.
fn texts<'r>(row: &'r Row<'_>) -> Vec<&'r str> {
    let mut ordered: Vec<(u8, &str)> = row.texts.iter().map(|(rank, text)| (*rank, text.trim())).collect();
    ordered.sort_by_key(|(rank, _)| *rank);
    let mut texts: Vec<&str> = Vec::new();
    for (rank, text) in ordered {
        // A name stands for the entry only when nothing else does.
        if !(texts.iter().any(|other| other.contains(text)) || rank == 9 && !texts.is_empty()) {
            texts.retain(|other| !text.contains(other));
            texts.push(text);
        }
    }
    for text in row.attached.iter().map(|text| text.trim()) {
        if !texts.iter().any(|other| other.contains(text)) {
            texts.push(text);
        }
    }
    texts
}

fn draft(row: &Row<'_>, time: &When<'_>, texts: &[&str], line: usize, wanted: &Wanted<'_>) -> Draft {
    let text = texts.join(" · ");
    let text = if row.chat { slack::readable(&text, wanted.people).into_owned() } else { text };
    let actor = row.actor.as_ref().map(|(_, name)| name.trim());
    let actor = actor.map(|name| wanted.people.name(name).unwrap_or(name)).filter(|name| !name.is_empty());
    let (words, was) = time.words();
    Draft { line, words, was, actor: actor.map(str::to_owned), text, kind: kind_of(row), chat: row.chat }
}

/// The kind that a field names outright.
fn kind_of(row: &Row<'_>) -> Option<(EventKind, String)> {
    let named = |word: &str| kind::named(word).or_else(|| logged(word)).map(|kind| (kind, word.to_owned()));
    // The state of an alert is that of today; the state beside a text of an update is that of its hour.
    let updates = row.texts.iter().any(|(rank, _)| *rank == 2);
    let state = row.state.as_deref().filter(|_| updates && row.kind.is_none());
    row.kind.as_deref().and_then(named).or_else(|| state.and_then(named))
}

/// What a pager calls the entries of its log.
fn logged(word: &str) -> Option<EventKind> {
    let word = word.strip_suffix("_log_entry")?;
    Some(match word {
        "trigger" => EventKind::Alert,
        "acknowledge" | "unacknowledge" | "snooze" => EventKind::Action,
        "resolve" => EventKind::Recovery,
        "escalate" | "assign" | "notify" | "delegate" | "responder_request" | "exhaust_escalation_path" => {
            EventKind::Escalation
        }
        _ => return None,
    })
}

impl Draft {
    /// The id of who wrote it, when nothing told the name.
    pub(super) fn nameless(&self) -> Option<&str> {
        self.actor.as_deref().filter(|actor| self.chat && slack::is_id(actor))
    }

    pub(super) fn into_item(self) -> Item {
        let Draft { line, words, was, actor, text, kind, chat } = self;
        let (text, actor) = (visible(&text).into_owned(), actor.map(|name| visible(&name).into_owned()));
        let words = words.trim();
        let (stamp, rest) = match stamp_at(words, Habits::default()) {
            Some((mut stamp, length)) => {
                stamp.also = was.or(stamp.also);
                (Some(stamp), words[length..].trim())
            }
            None => (None, words),
        };
        let text = if rest.is_empty() { text } else { format!("{rest} · {text}") };
        let entry = match actor {
            Some(actor) => Entry::by(line, stamp, actor, &text),
            None => Entry::new(line, stamp, &text),
        };
        Item::Entry(Box::new(Entry { kind, message: chat, ..entry }))
    }
}

/// When an entry says it was.
enum When<'r> {
    /// A number since 1970.
    Number(String),
    Words(&'r str),
    /// Date, clock and zone from several fields.
    Composed(String),
}

impl<'r> When<'r> {
    fn of(row: &'r Row<'_>) -> Option<When<'r>> {
        let zone = row.zone.as_deref().map(str::trim);
        let date = row.date.as_deref().map(str::trim);
        let time: &str = match &row.time {
            Some((_, Cell::Whole(number))) => return Some(When::Number(number.to_string())),
            Some((_, Cell::Decimal(number))) => return Some(When::Number(number.to_string())),
            Some((_, Cell::Text(text) | Cell::Words(text))) => text.trim(),
            Some((_, Cell::Nothing)) | None => return date.map(|date| compose("", date, zone)),
        };
        if !time.is_ascii() {
            return Some(compose(date.unwrap_or_default(), &visible(time), zone));
        }
        if date.is_none() && zone.is_none() || moment::quick(time).is_some_and(|at| matches!(at, Moment::At(_))) {
            return Some(When::Words(time));
        }
        Some(compose(date.unwrap_or_default(), time, zone))
    }

    fn moment(&self) -> Option<Moment> {
        match self {
            When::Number(number) => moment::quick(number).filter(|at| matches!(at, Moment::At(_))),
            When::Words(words) => rank::of_words(words),
            When::Composed(words) => rank::of_words(words),
        }
    }

    fn shown(&self) -> &str {
        match self {
            When::Number(words) | When::Composed(words) => words,
            When::Words(words) => words,
        }
    }

    /// The time in words, with what it was before.
    fn words(&self) -> (String, Option<String>) {
        match moment::since_1970(self.shown()) {
            Some((words, was)) => (words, Some(was)),
            None => (self.shown().to_owned(), None),
        }
    }
}

fn compose<'r>(date: &str, time: &str, zone: Option<&str>) -> When<'r> {
    let dated = stamp_at(time, Habits::default()).is_some_and(|(stamp, _)| stamp.date.is_some());
    let date = if dated { "" } else { date };
    let zoned = stamp_at(time, Habits::default()).is_some_and(|(stamp, _)| stamp.zone.is_some());
    let zone = zone.filter(|_| !zoned).unwrap_or_default();
    When::Composed([date, time, zone].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" "))
}

/// A text without what a screen would not show, with its lines.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.split('\n').map(clean).collect::<Vec<_>>().join("\n"))
}

/// The first words of an entry, to show one that was not understood.
pub(super) fn glimpse(json: &str) -> Cow<'_, str> {
    let end = json.floor_char_boundary(json.len().min(400));
    match json[..end].contains('\n') {
        true => Cow::Owned(json[..end].split_whitespace().collect::<Vec<_>>().join(" ")),
        false => Cow::Borrowed(&json[..end]),
    }
}
