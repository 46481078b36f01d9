//! Taking a person's name out of a record, the whole log included.
//!
//! In a field that is a name it reads *name removed*; in a sentence the person becomes the part they played, as in the
//! public edition. Where the record knows the person, a first name or a handle alone goes too, unless somebody else
//! there has it; where it does not, only the whole name does. What nobody can decide for sure, what stands in a link and
//! what is the name of a service is reported and left, until a person says that it is the name. Only text changes: an
//! event that would no longer be one is left as it is.

use meeting::{Edit, Event, FactorCategory, ListField, Meeting, NAME_REMOVED, Recorded, name_and_address};
use serde_json::{Map, Value};

use crate::public::people::{Named, People, capitalised, parts, starts_a_sentence};

/// Letters of an excerpt on either side of what it is about.
const AROUND: usize = 40;

/// A record without somebody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The log, event by event as it was, without the name.
    pub recorded: Vec<Recorded>,
    /// Where it was taken from, each in its sentence as it was.
    pub removed: Vec<String>,
    /// Where a word may be the name and may not; left as it is.
    pub unclear: Vec<Place>,
}

/// A place of a log, in its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Tells it from others, as long as the log stays the same.
    pub key: String,
    /// The words around it.
    pub excerpt: String,
}

/// Takes a name out of everything a record has ever held; of what is unclear only where `also` says that it is the name.
#[must_use]
pub fn without_name(meeting: &Meeting, name: &str, also: &dyn Fn(&str) -> bool) -> Erasure {
    let mut eraser = Eraser { also, ..Eraser::of(meeting, name) };
    let recorded = meeting.recorded().map(|recorded| eraser.clear_event(recorded)).collect();
    Erasure { recorded, removed: eraser.removed, unclear: eraser.unclear }
}

/// Returns how somebody is called, without the domain of an address that stands for the name.
fn called(entry: &str) -> &str {
    let (name, _) = name_and_address(entry);
    name.split_once('@').map_or(name, |(local, _)| local)
}

/// Returns the parts of the handle in an address.
fn handle(entry: &str) -> Option<Vec<Vec<char>>> {
    name_and_address(entry).1.and_then(|address| address.split_once('@')).map(|(local, _)| parts(local))
}

struct Eraser<'a> {
    also: &'a dyn Fn(&str) -> bool,
    /// The one who goes.
    person: People,
    /// Everybody else the record knows.
    others: People,
    /// The whole name, for fields that hold nothing else.
    whole: Vec<Vec<char>>,
    known: bool,
    instead: String,
    removed: Vec<String>,
    unclear: Vec<Place>,
}

/// How a word stands to the name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Theirs,
    Unclear,
    SomebodyElse,
}

/// A text that was cleared, with what is to be reported about it.
struct Cleared {
    now: String,
    removed: Vec<String>,
    unclear: Vec<Place>,
}

impl Eraser<'_> {
    fn of(meeting: &Meeting, name: &str) -> Self {
        let (mut person, mut others) = (People::default(), People::default());
        person.add(name, "");
        let whole = parts(called(name));
        for other in People::names_in(meeting) {
            // An address that stands beside the name somewhere belongs to the same person.
            let same = parts(called(&other)) == whole || handle(&other).is_some_and(|handle| handle == whole);
            if same { person.add(&other, "") } else { others.add(&other, "") }
        }
        let instead = People::of(meeting).instead_of(called(name)).map(str::to_owned);
        let (known, instead) = (instead.is_some(), instead.unwrap_or_else(|| "a colleague".to_owned()));
        Self { also: &|_| false, person, others, whole, known, instead, removed: Vec::new(), unclear: Vec::new() }
    }

    /// Clears the texts of an event. What is no free text, such as a kind, would no longer be read and stays.
    fn clear_event(&mut self, recorded: &Recorded) -> Recorded {
        let Ok(value) = serde_json::to_value(&recorded.event) else { return recorded.clone() };
        let services = matches!(&recorded.event, Event::Edited { edit: Edit::List { list: ListField::Services, .. } });
        let mut pointers = Vec::new();
        texts_of(&value, &mut String::new(), &mut pointers);
        let mut changes: Vec<(String, Cleared)> = Vec::new();
        for pointer in pointers {
            let Some(text) = value.pointer(&pointer).and_then(Value::as_str) else { continue };
            let cleared = self.clear(text, services, &format!("{}{pointer}", recorded.seq));
            if cleared.removed.len() + cleared.unclear.len() > 0 {
                changes.push((pointer, cleared));
            }
        }
        // All at once, and one by one only where something among them is no free text.
        let event = with(&value, &changes).unwrap_or_else(|| {
            changes.retain(|change| with(&value, std::slice::from_ref(change)).is_some());
            with(&value, &changes).unwrap_or_else(|| recorded.event.clone())
        });
        for (_, cleared) in changes {
            self.removed.extend(cleared.removed);
            self.unclear.extend(cleared.unclear);
        }
        Recorded { event, ..recorded.clone() }
    }

    /// Returns a text without the name. `doubtful` texts keep it until somebody says that it is the name.
    fn clear(&self, text: &str, doubtful: bool, place: &str) -> Cleared {
        let mut cleared = Cleared { now: text.to_owned(), removed: Vec::new(), unclear: Vec::new() };
        let is_them = parts(called(text)) == self.whole || handle(text).is_some_and(|handle| handle == self.whole);
        let is_field = !self.whole.is_empty() && is_them;
        let key = |start: usize| format!("{place}@{start}");
        if self.known && is_field && !text.contains("://") {
            if doubtful && !(self.also)(&key(0)) {
                cleared.unclear.push(Place { key: key(0), excerpt: text.to_owned() });
            } else {
                cleared.removed.push(text.to_owned());
                NAME_REMOVED.clone_into(&mut cleared.now);
            }
            return cleared;
        }
        let others = self.others.find(text);
        let (mut now, mut done) = (String::new(), 0);
        for named in self.person.find(text) {
            let mut verdict = self.verdict(&text[named.at.clone()], &named, &others);
            if verdict == Verdict::Theirs && (doubtful || is_in_a_link(text, named.at.start)) {
                verdict = Verdict::Unclear;
            }
            if verdict == Verdict::Unclear && (self.also)(&key(named.at.start)) {
                verdict = Verdict::Theirs;
            }
            let start = named.at.start - usize::from(text[..named.at.start].ends_with('@'));
            match verdict {
                Verdict::Theirs if start >= done => {
                    now.push_str(&text[done..start]);
                    let instead = self.instead.as_str();
                    now.push_str(&if starts_a_sentence(text, start) { capitalised(instead) } else { instead.into() });
                    done = named.at.end + rest_of_an_address(&text[named.at.end..]);
                    cleared.removed.push(excerpt(text, &named));
                }
                Verdict::Unclear => {
                    cleared.unclear.push(Place { key: key(named.at.start), excerpt: excerpt(text, &named) });
                }
                Verdict::Theirs | Verdict::SomebodyElse => {}
            }
        }
        now.push_str(&text[done..]);
        cleared.now = now;
        cleared
    }

    fn verdict(&self, word: &str, named: &Named, others: &[Named]) -> Verdict {
        let written = parts(word);
        let is_whole = self.whole.len() > 1 && written.len() >= self.whole.len();
        if let Some(other) = others.iter().find(|other| other.at.start < named.at.end && named.at.start < other.at.end)
        {
            // *Ada* in *Ada Quim* is somebody else's; *Ada* alone may be either's.
            return match (other.at.len() > named.at.len(), is_whole) {
                (true, _) => Verdict::SomebodyElse,
                (false, true) => Verdict::Theirs,
                (false, false) => Verdict::Unclear,
            };
        }
        match (self.known, is_whole, named.certain) {
            (_, true, _) | (true, _, true) => Verdict::Theirs,
            (true, _, false) | (false, false, true) => Verdict::Unclear,
            (false, false, false) => Verdict::SomebodyElse,
        }
    }
}

/// Returns an event with some of its texts replaced; none when it would no longer be one.
fn with(event: &Value, changes: &[(String, Cleared)]) -> Option<Event> {
    let mut value = event.clone();
    for (pointer, cleared) in changes {
        *value.pointer_mut(pointer)? = Value::String(cleared.now.clone());
    }
    serde_json::from_value(value).ok()
}

/// Returns whether a place lies in an address of the web, which would lead nowhere without it.
fn is_in_a_link(text: &str, at: usize) -> bool {
    let from = text[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    text[from..at].contains("://")
}

/// Finds every text of an event, each by its JSON pointer, but those that name things and not people.
fn texts_of(value: &Value, at: &mut String, found: &mut Vec<String>) {
    let length = at.len();
    let mut below = |key: &str, value: &Value, at: &mut String| {
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        texts_of(value, at, found);
        at.truncate(length);
    };
    match value {
        Value::String(_) => found.push(at.clone()),
        Value::Array(items) => items.iter().enumerate().for_each(|(place, item)| below(&place.to_string(), item, at)),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, value)| !matches!(key.as_str(), "id" | "digest") && !is_a_category(fields, key, value))
            .for_each(|(key, value)| below(key, value, at)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns whether a text is one of the categories of factors that every record has, and so nobody's name.
fn is_a_category(fields: &Map<String, Value>, key: &str, value: &Value) -> bool {
    let says = |field: &str, word: &str| fields.get(field).and_then(Value::as_str) == Some(word);
    let is_one = match key {
        "category" => true,
        "value" => says("field", "category"),
        "from" | "to" => says("type", "rename-category"),
        _ => false,
    };
    let built_in = |word: &str| FactorCategory::BUILT_IN.into_iter().any(|category| String::from(category) == word);
    is_one && value.as_str().is_some_and(built_in)
}

/// Returns how many bytes of a mail address follow a name that begins it.
fn rest_of_an_address(after: &str) -> usize {
    let Some(domain) = after.strip_prefix('@') else { return 0 };
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let end = domain.find(|c: char| !inside(c)).unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches(['.', '-']);
    if domain.contains('.') { 1 + domain.len() } else { 0 }
}

fn excerpt(text: &str, named: &Named) -> String {
    let before: Vec<char> = text[..named.at.start].chars().rev().take(AROUND).collect();
    let after = text[named.at.start..].chars().take(AROUND + named.at.len());
    before.into_iter().rev().chain(after).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
