//! Clearing typed text: people become the parts they played, and what must not be public is taken out.
//!
//! Whatever is replaced is remembered with its place, so that a preview can show it.

use meeting::Meeting;
use serde::Serialize;

use super::people::{People, capitalised, starts_a_sentence};
use super::shapes::{Leak, shapes};

/// Something that was replaced in a text that may be public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// Where, in words: `Summary`, `Timeline, 14:23`.
    pub place: String,
    /// What kind of thing it was.
    pub leak: Leak,
    /// What stood there; for the preview on the facilitator's own screen alone.
    pub was: String,
    /// What stands there now.
    pub now: String,
}

/// Clears the texts of one record.
pub(super) struct Redaction {
    pub(super) people: People,
    pub(super) replaced: Vec<Replaced>,
}

impl Redaction {
    pub(super) fn of(meeting: &Meeting) -> Self {
        Self { people: People::of(meeting), replaced: Vec::new() }
    }

    /// Returns a text in which nobody is named whom the record knows, and nothing gives itself away by its shape.
    pub(super) fn clear(&mut self, place: &str, text: &str) -> String {
        let shapes = shapes(text);
        let mut changes: Vec<_> =
            shapes.iter().map(|shape| (shape.at.clone(), shape.leak, shape.leak.instead().to_owned())).collect();
        for named in self.people.find(text).into_iter().filter(|named| named.certain) {
            if shapes.iter().all(|shape| named.at.end <= shape.at.start || shape.at.end <= named.at.start) {
                // The sign that calls somebody goes with the name.
                let called = text[..named.at.start].ends_with('@');
                let start = named.at.start - usize::from(called);
                let now = if starts_a_sentence(text, start) { capitalised(&named.instead) } else { named.instead };
                changes.push((start..named.at.end, Leak::Name, now));
            }
        }
        changes.extend(strangers(text).into_iter().map(|at| (at, Leak::Name, Leak::Name.instead().to_owned())));
        changes.sort_by_key(|(at, ..)| at.start);
        let mut cleared = String::with_capacity(text.len());
        let mut done = 0;
        for (at, leak, now) in changes {
            if at.start < done {
                continue;
            }
            cleared.push_str(&text[done..at.start]);
            cleared.push_str(&now);
            self.replaced.push(Replaced { place: place.to_owned(), leak, was: text[at.clone()].to_owned(), now });
            done = at.end;
        }
        cleared.push_str(&text[done..]);
        cleared
    }
}

/// Calls to somebody the record does not know: `@kim`, `<@U12345>`. Groups and what is no call are left alone.
fn strangers(text: &str) -> Vec<std::ops::Range<usize>> {
    const GROUPS: &[&str] =
        &["here", "channel", "everyone", "all", "team", "oncall", "on-call", "support", "ops", "media"];
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].chars().next_back();
        let length = text[at + 1..]
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '|'))
            .unwrap_or(text.len() - at - 1);
        let handle = text[at + 1..at + 1 + length].trim_end_matches(['.', '-']);
        let after = &text[at + 1 + handle.len()..];
        let is_group = handle.split(['-', '.', '_']).any(|word| GROUPS.contains(&word.to_lowercase().as_str()))
            || GROUPS.contains(&handle.to_lowercase().as_str());
        let is_name = handle.chars().next().is_some_and(char::is_alphabetic) && handle.chars().count() > 1;
        if !is_name || is_group || after.starts_with('/') || before.is_some_and(|c| c.is_alphanumeric() || c == '/') {
            continue;
        }
        let wrapped = before == Some('<') && after.starts_with('>');
        found.push(at - usize::from(wrapped)..at + 1 + handle.len() + usize::from(wrapped));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleared(text: &str) -> String {
        let mut people = People::default();
        people.add("Ada Park", "the incident commander");
        people.add("Ben Okafor", "a responder");
        Redaction { people, replaced: Vec::new() }.clear("Summary", text)
    }

    #[test]
    fn people_become_the_parts_they_played() {
        for (text, expected) in [
            ("Ada paged Ben.", "The incident commander paged a responder."),
            ("It was Ada's pager. Ben saw it.", "It was the incident commander's pager. A responder saw it."),
            ("ping @ada and @kim, @here", "ping the incident commander and somebody, @here"),
            ("<@U02AB3> wrote to ben@example.org", "Somebody wrote to [mail address removed]"),
            ("npm i @scope/pkg at 14:02", "npm i @scope/pkg at 14:02"),
            ("nothing to clear", "nothing to clear"),
        ] {
            assert_eq!(cleared(text), expected.replace("Somebody", "somebody"), "{text}");
        }
    }

    #[test]
    fn a_name_inside_an_address_goes_with_the_address() {
        assert_eq!(
            cleared("see https://wiki/~ada.park and db.internal"),
            "see [internal host removed] and [internal host removed]"
        );
    }

    #[test]
    fn what_is_replaced_is_remembered_with_its_place() {
        let mut redaction = Redaction { people: People::default(), replaced: Vec::new() };
        redaction.clear("Timeline, 14:23", "from 10.0.0.7");
        let [replaced] = &redaction.replaced[..] else { panic!("{:?}", redaction.replaced) };
        assert_eq!((replaced.place.as_str(), replaced.was.as_str()), ("Timeline, 14:23", "10.0.0.7"));
    }
}
