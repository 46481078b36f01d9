//! JSON of any size: finds the lists of entries and reads them one entry at a time.
//!
//! Lists may stand at the top, inside objects, or be lines of their own (JSON Lines). Only the entry at hand is held in
//! memory. A document that breaks off is refused as a whole; of JSON Lines the broken line alone is listed.

use std::io::Read;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::{Deserializer, Map, Value};

use super::cell::Name;
use super::draft::{Sink, glimpse};
use super::names::{Field, Names};
use super::row::RowSeed;
use super::stream::Stream;
use super::{FileError, Format, LARGEST_ENTRY};
use crate::clock::Habits;
use crate::moment;
use crate::stamp::stamp_at;

/// How deep objects may be nested around the lists.
pub(super) const DEEPEST: usize = 64;

/// What a JSON file turned out to be.
pub(super) enum Found {
    Events(Format),
    /// A record that Debrief exported.
    Record,
    /// A list of people.
    People,
}

pub(super) struct Walk<'s, 'a, 'w, R> {
    stream: &'s mut Stream<'a, R>,
    pub(super) sink: Sink<'w>,
    names: Names,
    /// The entries in lists that have no times.
    people: usize,
    entries: usize,
    pager: bool,
    record: bool,
}

impl<'s, 'a, 'w, R: Read> Walk<'s, 'a, 'w, R> {
    pub(super) fn new(stream: &'s mut Stream<'a, R>, sink: Sink<'w>) -> Self {
        Walk { stream, sink, names: Names::default(), people: 0, entries: 0, pager: false, record: false }
    }

    /// Reads the whole file.
    pub(super) fn run(&mut self) -> Result<Found, FileError> {
        let first = self.stream.skip_space()?;
        let mut lines = false;
        match first {
            Some(b'[') => self.array(0, "")?,
            Some(b'{') if self.is_lines() => {
                lines = true;
                self.lines()?;
            }
            Some(b'{') => self.document()?,
            _ => return Err(self.broken("it begins with neither “{” nor “[”".to_owned(), 1, 1)),
        }
        if self.record {
            return Ok(Found::Record);
        }
        if self.stream.skip_space()?.is_some() {
            return Err(self.broken("there is more behind its end".to_owned(), 1, 1));
        }
        if self.sink.keep.found() == 0 {
            let only_people = self.people * 2 > self.entries;
            return if only_people { Ok(Found::People) } else { Err(FileError::NoTimes { entries: self.entries }) };
        }
        Ok(Found::Events(match () {
            () if self.pager => Format::PagerDuty,
            () if self.sink.chats * 2 > self.sink.keep.found() => Format::Slack,
            () if lines => Format::JsonLines,
            () => Format::Json,
        }))
    }

    /// Whether a second object follows the first, or anything else on a line of its own.
    fn is_lines(&self) -> bool {
        let mut parser = Deserializer::from_str(self.stream.rest()).into_iter::<IgnoredAny>();
        if !matches!(parser.next(), Some(Ok(_))) {
            return false;
        }
        let (first, behind) = self.stream.rest().split_at(parser.byte_offset());
        let next = behind.trim_start_matches([' ', '\t', '\r', '\n', ',']);
        let own_line = !first.contains('\n') && behind.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        next.starts_with('{') || own_line && !next.is_empty()
    }

    /// One object: the lists in it, or itself when there are none.
    fn document(&mut self) -> Result<(), FileError> {
        let mut parser = Deserializer::from_str(self.stream.rest()).into_iter::<IgnoredAny>();
        let whole = matches!(parser.next(), Some(Ok(_))).then(|| self.stream.rest()[..parser.byte_offset()].to_owned());
        let line = self.stream.line();
        self.object(1)?;
        let Some(whole) = whole.filter(|_| self.sink.keep.found() == 0 && !self.record) else { return Ok(()) };
        learn(&mut self.names, &whole);
        let mut parser = Deserializer::from_str(&whole);
        if let Ok(row) = (RowSeed { names: &mut self.names, depth: 0 }).deserialize(&mut parser) {
            let events = self.sink.take(&row, line);
            self.entries += usize::from(events > 0 || self.entries == 0);
        }
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<(), FileError> {
        if depth > DEEPEST {
            return Err(FileError::TooDeep { line: self.stream.line() });
        }
        self.stream.advance(1);
        let mut first = true;
        loop {
            match (self.stream.skip_space()?, first) {
                (Some(b'}'), _) => {
                    self.stream.advance(1);
                    return Ok(());
                }
                (Some(b','), false) => {
                    self.stream.advance(1);
                    self.stream.skip_space()?;
                }
                (Some(_), true) => {}
                (Some(_), false) => return Err(self.broken("expected “,” or “}”".to_owned(), 1, 1)),
                (None, _) => return Err(self.cut_off()),
            }
            first = false;
            let name = self.name()?;
            match self.stream.skip_space()? {
                Some(b'[') => self.array(depth, &name)?,
                Some(b'{') => self.object(depth + 1)?,
                _ if name == "format" && depth == 1 => {
                    let value = self.scalar()?;
                    if value.trim_matches('"').starts_with("debrief") {
                        self.record = true;
                    }
                }
                _ => {
                    self.scalar()?;
                }
            }
            if self.record {
                return Ok(());
            }
        }
    }

    fn name(&mut self) -> Result<String, FileError> {
        let (name, length) = loop {
            let mut parser = Deserializer::from_str(self.stream.rest());
            match Name::deserialize(&mut parser) {
                Ok(Name(name)) => break (name.into_owned(), parser.into_iter::<IgnoredAny>().byte_offset()),
                Err(error) if error.is_eof() && !self.stream.ended() => {}
                Err(error) => return Err(self.refused(&error)),
            }
            self.stream.more()?;
        };
        self.stream.advance(length);
        match self.stream.skip_space()? {
            Some(b':') => self.stream.advance(1),
            Some(_) => return Err(self.broken("expected “:”".to_owned(), 1, 1)),
            None => return Err(self.cut_off()),
        }
        Ok(name)
    }

    /// Skips one value and returns it when it is short.
    fn scalar(&mut self) -> Result<String, FileError> {
        let length = loop {
            let mut parser = Deserializer::from_str(self.stream.rest()).into_iter::<IgnoredAny>();
            match parser.next() {
                // A number at the end of what was read may go on.
                Some(Ok(_)) if parser.byte_offset() < self.stream.rest().len() || self.stream.ended() => {
                    break parser.byte_offset();
                }
                Some(Err(error)) if !error.is_eof() || self.stream.ended() => return Err(self.refused(&error)),
                None if self.stream.ended() => return Err(self.cut_off()),
                _ => {}
            }
            self.stream.more()?;
        };
        let value = self.stream.rest()[..length].trim();
        let value = if value.len() < 100 { value.to_owned() } else { String::new() };
        self.stream.advance(length);
        Ok(value)
    }

    fn array(&mut self, depth: usize, name: &str) -> Result<(), FileError> {
        let (line, listed) = (self.stream.line(), self.sink.lost.count());
        let (mut entries, mut events, mut people) = (0, 0, 0);
        self.stream.advance(1);
        loop {
            match (self.stream.skip_space()?, entries) {
                (Some(b']'), _) => break self.stream.advance(1),
                (Some(b','), 1..) => {
                    self.stream.advance(1);
                    self.stream.skip_space()?;
                }
                (Some(_), 0) => {}
                (Some(_), _) => return Err(self.broken("expected “,” or “]”".to_owned(), 1, 1)),
                (None, _) => return Err(self.cut_off()),
            }
            entries += 1;
            if self.stream.rest().starts_with('{') {
                let (given, person) = self.entry(entries == 1)?;
                events += given;
                people += usize::from(person);
            } else {
                let (line, value) = (self.stream.line(), self.scalar()?);
                self.sink.lost.add(line, &value, "This is a value and no entry.");
            }
        }
        self.entries += entries;
        self.people += people;
        if events == 0 && entries > 0 {
            let title = if name.is_empty() { "The list".to_owned() } else { format!("“{name}”") };
            let reason = format!("{title} with {entries} entries holds no events.");
            // Lists of labels and numbers belong to the object around them and are no entries.
            self.sink.lost.sum_up(listed, line, name, &reason);
        } else if events > 0 && depth > 0 {
            self.pager |= name == "log_entries";
        }
        Ok(())
    }

    /// Reads one entry; returns how many events it gave, and whether it is a person.
    fn entry(&mut self, first: bool) -> Result<(usize, bool), FileError> {
        loop {
            let rest = self.stream.rest();
            let mut parser = Deserializer::from_str(rest);
            let seed = RowSeed { names: &mut self.names, depth: 0 };
            match seed.deserialize(&mut parser) {
                Ok(row) => {
                    let length = parser.into_iter::<IgnoredAny>().byte_offset();
                    let nameless = !row.is_timed() && row.inner.is_empty() || row.texts.is_empty();
                    if length > LARGEST_ENTRY {
                        return Err(FileError::EntryTooLarge { line: self.stream.line() });
                    }
                    if first && nameless && learn(&mut self.names, &rest[..length]) {
                        return self.entry(false);
                    }
                    let person = row.person && !row.is_timed();
                    let before = self.sink.lost.lines.len();
                    let events = self.sink.take(&row, self.stream.line());
                    if let Some(lost) = self.sink.lost.lines.get_mut(before..).and_then(<[_]>::last_mut)
                        && lost.text.is_empty()
                    {
                        lost.text = glimpse(&rest[..length]).into_owned();
                    }
                    self.stream.advance(length);
                    self.stream.found = self.sink.keep.found();
                    return Ok((events, person));
                }
                Err(error) if error.is_eof() && !self.stream.ended() => {}
                Err(error) => return Err(self.refused(&error)),
            }
            self.stream.more()?;
        }
    }

    fn lines(&mut self) -> Result<(), FileError> {
        let mut first = true;
        loop {
            match self.stream.skip_space()? {
                None => return Ok(()),
                Some(b',') => {
                    self.stream.advance(1);
                    continue;
                }
                Some(b'{') => match self.entry(first) {
                    Ok(_) => self.entries += 1,
                    Err(FileError::Broken { .. } | FileError::CutOff { .. }) => {
                        self.lose_line("The line is no whole JSON.")?
                    }
                    Err(error) => return Err(error),
                },
                Some(_) => self.lose_line("The line is no entry.")?,
            }
            first = false;
        }
    }

    fn lose_line(&mut self, reason: &str) -> Result<(), FileError> {
        let end = loop {
            match memchr::memchr(b'\n', self.stream.rest().as_bytes()) {
                Some(end) => break end,
                None if !self.stream.more()? => break self.stream.rest().len(),
                None => {}
            }
        };
        let line = self.stream.line();
        self.sink.lost.add(line, &self.stream.rest()[..end], reason);
        self.entries += 1;
        self.stream.advance(end);
        Ok(())
    }

    fn cut_off(&self) -> FileError {
        FileError::CutOff { line: self.stream.line(), readable: self.sink.keep.found() }
    }

    /// A refusal of the parser, with the line in the file.
    fn refused(&self, error: &serde_json::Error) -> FileError {
        if error.is_eof() {
            let line = self.stream.line() + error.line().saturating_sub(1);
            return FileError::CutOff { line, readable: self.sink.keep.found() };
        }
        let what = error.to_string();
        if what.starts_with("recursion limit") {
            return FileError::TooDeep { line: self.stream.line() };
        }
        let what = what.split(" at line ").next().unwrap_or_default().to_owned();
        self.broken(what, error.line(), error.column())
    }

    fn broken(&self, what: String, line: usize, column: usize) -> FileError {
        let readable = self.sink.keep.found();
        FileError::Broken { line: self.stream.line() + line.saturating_sub(1), column, what, readable }
    }
}

/// Whether a text is a date with a clock and nothing else.
fn is_moment(text: &str) -> bool {
    let text = text.trim();
    text.len() < 48
        && stamp_at(text, Habits::default())
            .is_some_and(|(stamp, length)| length == text.len() && stamp.date.is_some() && stamp.clock.is_some())
}

/// Finds time and text of an entry by what its fields hold; returns whether that helped.
fn learn(names: &mut Names, entry: &str) -> bool {
    let Ok(fields) = serde_json::from_str::<Map<String, Value>>(entry) else { return false };
    let words = |value: &Value| value.as_str().map(str::to_owned);
    let known = |names: &mut Names, wanted: fn(Field) -> bool| {
        fields.iter().any(|(name, value)| !value.is_null() && names.field(name).is_some_and(wanted))
    };
    let timed = known(names, |field| matches!(field, Field::Time(_) | Field::Date));
    let told = known(names, |field| matches!(field, Field::Text(_) | Field::Attachments));
    let mut learned = false;
    let time = fields.iter().find(|(_, value)| match value {
        Value::Number(number) => number.as_i64().is_some_and(|n| n >= 1_000_000_000 && moment::epoch(n).is_some()),
        Value::String(text) => is_moment(text),
        _ => false,
    });
    if let Some((name, _)) = time.filter(|_| !timed) {
        names.learn(name, Field::Time(2));
        learned = true;
    }
    let longest = fields.iter().filter(|(name, _)| names.field(name).is_none());
    let longest = longest.filter_map(|(name, value)| Some((name, words(value)?))).max_by_key(|(_, text)| text.len());
    if let Some((name, _)) = longest.filter(|(_, text)| !told && text.contains(' ')) {
        names.learn(name, Field::Text(2));
        learned = true;
    }
    learned
}
