//! Taking a person's name out of a record, the whole log included.
//!
//! In a field that is a name it reads *name removed*; in a sentence the person becomes the part they played, as in the
//! public edition. Where the record knows the person, a first name or a handle alone goes too, unless somebody else
//! there has it; where it does not, only the whole name does. What nobody can decide for sure is reported and left for
//! a person to mend. Only text changes: an event that would no longer be one is left as it is.

use meeting::{Event, Meeting, Recorded, name_and_address};
use serde_json::Value;

use crate::public::people::{Named, People, capitalised, parts, starts_a_sentence};

/// What stands where a name alone stood.
const REMOVED: &str = "name removed";
/// Letters of an excerpt on either side of what it is about.
const AROUND: usize = 40;

/// A record without somebody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The log, event by event as it was, without the name.
    pub recorded: Vec<Recorded>,
    /// From how many places it was taken.
    pub places: u32,
    /// Where a word may be the name and may not, in its sentence; left as it is.
    pub unclear: Vec<String>,
}

/// Takes a name out of everything a record has ever held.
#[must_use]
pub fn without_name(meeting: &Meeting, name: &str) -> Erasure {
    let mut eraser = Eraser::of(meeting, name);
    let recorded = meeting.recorded().map(|recorded| eraser.clear_event(recorded)).collect();
    eraser.unclear.dedup();
    Erasure { recorded, places: eraser.places, unclear: eraser.unclear }
}

struct Eraser {
    /// The one who goes.
    person: People,
    /// Everybody else the record knows.
    others: People,
    /// The whole name, for fields that hold nothing else.
    whole: Vec<Vec<char>>,
    known: bool,
    instead: String,
    places: u32,
    unclear: Vec<String>,
}

/// How a word stands to the name.
enum Verdict {
    Theirs,
    Unclear,
    SomebodyElse,
}

impl Eraser {
    fn of(meeting: &Meeting, name: &str) -> Self {
        let (mut person, mut others) = (People::default(), People::default());
        person.add(name, "");
        let whole = parts(name_and_address(name).0);
        for other in People::names_in(meeting) {
            if parts(name_and_address(&other).0) == whole {
                // An address that stands beside the name somewhere belongs to the same person.
                person.add(&other, "");
            } else {
                others.add(&other, "");
            }
        }
        let instead = People::of(meeting).instead_of(name).map(str::to_owned);
        let (known, instead) = (instead.is_some(), instead.unwrap_or_else(|| "a colleague".to_owned()));
        Self { person, others, whole, known, instead, places: 0, unclear: Vec::new() }
    }

    /// Clears the texts of an event one by one; what is no free text, such as a kind, would no longer be read and stays.
    fn clear_event(&mut self, recorded: &Recorded) -> Recorded {
        let Ok(mut value) = serde_json::to_value(&recorded.event) else { return recorded.clone() };
        let mut event = recorded.event.clone();
        let mut pointers = Vec::new();
        texts_of(&value, &mut String::new(), &mut pointers);
        for pointer in pointers {
            let Some(Value::String(text)) = value.pointer_mut(&pointer) else { continue };
            let was = text.clone();
            let (now, places, unclear) = self.clear(&was);
            text.clone_from(&now);
            if places + unclear.len() == 0 {
                continue;
            }
            match serde_json::from_value::<Event>(value.clone()) {
                Ok(cleared) => {
                    event = cleared;
                    self.places += u32::try_from(places).unwrap_or(u32::MAX);
                    self.unclear.extend(unclear);
                }
                Err(_) => {
                    if let Some(place) = value.pointer_mut(&pointer) {
                        *place = Value::String(was);
                    }
                }
            }
        }
        Recorded { event, ..recorded.clone() }
    }

    /// Returns a text without the name, from how many places it went, and where that was not clear.
    fn clear(&self, text: &str) -> (String, usize, Vec<String>) {
        if self.known && parts(name_and_address(text).0) == self.whole && text.chars().any(char::is_alphabetic) {
            return (REMOVED.to_owned(), 1, Vec::new());
        }
        let others = self.others.find(text);
        let (mut cleared, mut done, mut places, mut unclear) = (String::new(), 0, 0, Vec::new());
        for named in self.person.find(text) {
            match self.verdict(&text[named.at.clone()], &named, &others) {
                Verdict::SomebodyElse => {}
                Verdict::Unclear => unclear.push(excerpt(text, &named)),
                Verdict::Theirs => {
                    let start = named.at.start - usize::from(text[..named.at.start].ends_with('@'));
                    if start < done {
                        continue;
                    }
                    cleared.push_str(&text[done..start]);
                    let instead = self.instead.as_str();
                    cleared.push_str(&if starts_a_sentence(text, start) {
                        capitalised(instead)
                    } else {
                        instead.into()
                    });
                    done = named.at.end + rest_of_an_address(&text[named.at.end..]);
                    places += 1;
                }
            }
        }
        cleared.push_str(&text[done..]);
        (cleared, places, unclear)
    }

    fn verdict(&self, word: &str, named: &Named, others: &[Named]) -> Verdict {
        let written = parts(word);
        let is_whole = written.len() >= self.whole.len() && !self.whole.is_empty();
        if let Some(other) = others.iter().find(|other| other.at.start < named.at.end && named.at.start < other.at.end)
        {
            // *Ada* in *Ada Quim* is somebody else's; *Ada* alone may be either's.
            return match (other.at.len() > named.at.len(), is_whole && self.whole.len() > 1) {
                (true, _) => Verdict::SomebodyElse,
                (false, true) => Verdict::Theirs,
                (false, false) => Verdict::Unclear,
            };
        }
        match (self.known, is_whole && self.whole.len() > 1, named.certain) {
            (_, true, _) | (true, _, true) => Verdict::Theirs,
            (true, _, false) | (false, false, true) => Verdict::Unclear,
            (false, false, false) => Verdict::SomebodyElse,
        }
    }
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
            .filter(|(key, _)| !matches!(key.as_str(), "id" | "digest"))
            .for_each(|(key, value)| below(key, value, at)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
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
