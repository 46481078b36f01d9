//! The people a record knows, found again wherever somebody wrote about them.
//!
//! A name is looked for as a whole and in its parts, in any case, with or without marks over letters, with a possessive
//! behind it, and as the handles that are made of it (`ada.park`, `@apark`). A part that is also an ordinary word, such
//! as *Will* or *May*, counts only where it is written like a name; at the start of a sentence nobody can tell, so it is
//! reported and left alone. What stands in place of a name is said by `redaction`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use meeting::{Edit, Event, EventChange, Meeting, NAME_REMOVED, Role, name_and_address};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::shapes::shapes;
use super::words::{is_a_group, is_common};

/// A place in a text where somebody is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// The bytes of the name, without a possessive.
    pub(crate) at: Range<usize>,
    /// What stands in its place.
    pub(super) instead: String,
    /// Whether it is a name for sure.
    pub(crate) certain: bool,
}

/// Everybody a record knows, with what stands for each.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// Every way to write somebody, by its first letter, longest first.
    writings: HashMap<char, Vec<Writing>>,
    /// What stands for a person, by the whole name.
    instead: BTreeMap<String, String>,
}

/// One way in which a person is written.
#[derive(Debug, Clone)]
struct Writing {
    parts: Vec<Vec<char>>,
    instead: String,
    weak: bool,
}

impl People {
    /// Gathers everybody the record names, and those it has named before.
    ///
    /// The first part that somebody plays counts, parts in the incident before parts in the meeting. Who acts in the
    /// timeline under a role is called by it, as long as the role itself names nobody.
    pub(crate) fn of(meeting: &Meeting) -> Self {
        let known = Self::called(meeting, |_| "a responder".to_owned());
        Self::called(meeting, |role| {
            let telling = role.chars().count() > 40 || !shapes(role).is_empty() || !known.find(role).is_empty();
            if role.is_empty() || telling { "a responder".to_owned() } else { with_article(&lowered(role)) }
        })
    }

    /// Gathers everybody, with what an actor of the timeline is called after the role.
    fn called(meeting: &Meeting, after_role: impl Fn(&str) -> String) -> Self {
        let mut people = Self::default();
        for (entry, instead) in parts_played(meeting, after_role) {
            people.add(entry, &instead);
        }
        people
    }

    /// Returns everybody the record names, and those it has named before, as they are written there.
    pub(crate) fn names_in(meeting: &Meeting) -> Vec<String> {
        parts_played(meeting, |_| String::new()).into_iter().map(|(entry, _)| entry.clone()).collect()
    }

    /// Adds somebody; whoever is known already keeps the part that was given first.
    pub(crate) fn add(&mut self, entry: &str, instead: &str) {
        if entry == NAME_REMOVED {
            return;
        }
        let (name, address) = name_and_address(entry);
        if let Some((local, _)) = address.and_then(|address| address.split_once('@')) {
            self.add_name(local, instead);
        }
        self.add_name(name.split_once('@').map_or(name, |(local, _)| local), instead);
    }

    fn add_name(&mut self, name: &str, instead: &str) {
        let parts: Vec<Vec<char>> = parts(name);
        let whole: String = parts.iter().flatten().collect();
        if whole.is_empty() || self.instead.contains_key(&whole) {
            return;
        }
        self.instead.insert(whole, instead.to_owned());
        if parts.len() > 1 {
            self.write(parts.clone(), instead, false);
            self.write(parts.iter().rev().cloned().collect(), instead, false);
        }
        for part in &parts {
            let word: String = part.iter().collect();
            let single = parts.len() == 1;
            // A lone letter is an initial; a lone sign of Chinese is a word like any other.
            if part.len() > 1 || single && !word.is_ascii() {
                self.write(vec![part.clone()], instead, is_common(&word));
            }
        }
    }

    fn write(&mut self, parts: Vec<Vec<char>>, instead: &str, weak: bool) {
        let Some(first) = parts.first().and_then(|part| part.first()).copied() else { return };
        let known = self.writings.entry(first).or_default();
        if known.iter().any(|other| other.parts == parts) {
            return;
        }
        known.push(Writing { parts, instead: instead.to_owned(), weak });
        known.sort_by_key(|writing| std::cmp::Reverse(writing.parts.iter().map(Vec::len).sum::<usize>()));
    }

    /// Returns what stands for somebody, if the record knows them.
    pub(crate) fn instead_of(&self, name: &str) -> Option<&str> {
        let whole: String = parts(name_and_address(name).0).into_iter().flatten().collect();
        self.instead.get(&whole).map(String::as_str)
    }

    /// Finds everybody who is named in a text, in its order.
    pub(crate) fn find(&self, text: &str) -> Vec<Named> {
        let letters = folded(text);
        let mut found = Vec::new();
        let mut place = 0;
        while place < letters.len() {
            match self.at(text, &letters, place) {
                Some((named, next)) => {
                    found.push(named);
                    place = next;
                }
                None => place += 1,
            }
        }
        found
    }

    fn at(&self, text: &str, letters: &[Letter], place: usize) -> Option<(Named, usize)> {
        let first = letters.get(place)?;
        if !first.folded.is_alphanumeric() || !is_boundary(place.checked_sub(1).and_then(|p| letters.get(p)), first) {
            return None;
        }
        for writing in self.writings.get(&first.folded)? {
            let Some(end) = ends_at(&writing.parts, letters, place) else { continue };
            let shouted = text[first.at..].chars().next().is_some_and(|c| !c.is_lowercase());
            let short = writing.parts.len() == 1 && writing.parts[0].len() < 3;
            let handle = text[..first.at].ends_with('@');
            if (short || writing.weak) && !shouted && !handle {
                continue;
            }
            let at = first.at..letters.get(end).map_or(text.len(), |letter| letter.at);
            // Invisible characters behind a name belong to it; white space does not.
            let at = at.start..at.start + text[at.clone()].trim_end().len();
            if writing.weak && !handle && (beside_a_number(text, &at) || is_shouting(text, &at)) {
                continue;
            }
            let certain = !writing.weak || handle || !starts_a_sentence(text, at.start) || acts(&text[at.end..]);
            return Some((Named { at, instead: writing.instead.clone(), certain }, end));
        }
        None
    }
}

/// Returns everybody the record names with the part they played, parts in the incident first.
fn parts_played(meeting: &Meeting, after_role: impl Fn(&str) -> String) -> Vec<(&String, String)> {
    let mut people = Vec::new();
    let roles = |roles: &[Role], people: &mut Vec<(_, _)>| {
        for role in roles {
            let names = meeting.incident.names(*role);
            people.extend(names.iter().map(|name| (name, role_words(*role, names.len()))));
        }
    };
    roles(&Role::OF_THE_INCIDENT, &mut people);
    for event in &meeting.timeline {
        let role = event.actor_role.as_deref().unwrap_or_default();
        people.extend(event.actor_name.iter().map(|name| (name, after_role(role))));
    }
    roles(&[Role::Facilitator, Role::CoFacilitator, Role::NoteTaker], &mut people);
    let owners = meeting.actions.iter().map(|action| (&action.owner, "the owner of an action item"));
    let earlier = meeting.previous.iter().map(|previous| (&previous.owner, "the owner of an earlier action item"));
    let record = meeting.incident.texts.get(&meeting::TextField::Owner).map(|owner| (owner, "the owner of the record"));
    let owners = owners.chain(earlier).chain(record).filter(|(owner, _)| !is_a_group(owner));
    let joined = meeting.participants.iter().filter_map(|participant| participant.name.as_ref());
    let present = joined.chain(meeting.incident.list(meeting::ListField::Invited)).map(|name| (name, "a participant"));
    let before = meeting.recorded().flat_map(|recorded| named_in(&recorded.event)).map(|name| (name, "a colleague"));
    people.extend(owners.chain(present).chain(before).map(|(name, part)| (name, part.to_owned())));
    people
}

fn role_words(role: Role, many: usize) -> String {
    let word = lowered(role.word());
    if role != Role::Responder && many == 1 { format!("the {word}") } else { with_article(&word) }
}

fn with_article(word: &str) -> String {
    let article = if word.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// In small letters at the beginning, unless it begins with an abbreviation: `DBA on call`.
fn lowered(role: &str) -> String {
    let mut letters = role.trim().chars();
    let first = letters.next();
    match (first, letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => role.trim().to_owned(),
    }
}

/// Returns words as they begin a sentence.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Names that stood in the record once and may still stand in its prose.
fn named_in(event: &Event) -> Vec<&String> {
    match event {
        Event::Edited { edit: Edit::Role { names, .. } } => names.iter().collect(),
        Event::Edited { edit: Edit::List { list: meeting::ListField::Invited, items } } => items.iter().collect(),
        Event::Edited { edit: Edit::Event { change: EventChange::ActorName(name), .. } } => vec![name],
        Event::Edited { edit: Edit::Action { change: meeting::ActionChange::Owner(name), .. } }
            if !is_a_group(name) =>
        {
            vec![name]
        }
        Event::EventsAdded { events } => events.iter().filter_map(|event| event.actor_name.as_ref()).collect(),
        Event::ParticipantJoined { participant } => participant.name.iter().collect(),
        Event::ParticipantRenamed { name, .. } => name.iter().collect(),
        _ => Vec::new(),
    }
}

/// A letter as it is compared, and where it stands.
struct Letter {
    folded: char,
    at: usize,
}

/// Returns a text in lower case, without marks over letters and without what cannot be seen.
fn folded(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        if unseen || is_combining_mark(c) {
            continue;
        }
        let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        letters.extend(plain.map(|folded| Letter { folded, at }));
    }
    letters
}

/// Splits a name into its parts, without the marks that hold a handle together.
pub(crate) fn parts(name: &str) -> Vec<Vec<char>> {
    let letters: Vec<char> = folded(name).into_iter().map(|letter| letter.folded).collect();
    let words = letters.split(|c| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words.filter(|word| word.iter().any(|c| c.is_alphabetic())).map(<[char]>::to_vec).collect()
}

/// Returns where a name ends that begins at `place`.
fn ends_at(parts: &[Vec<char>], letters: &[Letter], place: usize) -> Option<usize> {
    let mut here = place;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            let between = |letter: &Letter| letter.folded.is_whitespace() || ".,_-".contains(letter.folded);
            here += letters[here..].iter().take(3).take_while(|letter| between(letter)).count();
        }
        for wanted in part {
            if letters.get(here)?.folded != *wanted {
                return None;
            }
            here += 1;
        }
    }
    let last = letters.get(here - 1)?;
    let ends = |next: Option<&Letter>| next.is_none_or(|next| is_boundary(Some(last), next));
    // A possessive without its apostrophe still names somebody; a word of three letters and an s may be anything.
    let genitive = letters.get(here).is_some_and(|next| next.folded == 's')
        && parts.iter().map(Vec::len).sum::<usize>() > 3
        && ends(letters.get(here + 1));
    (ends(letters.get(here)) || genitive).then_some(here)
}

/// Whether a word may end or begin between two letters. Scripts that write no spaces have no such places to look for.
fn is_boundary(before: Option<&Letter>, after: &Letter) -> bool {
    let Some(before) = before else { return true };
    let spaceless = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ac00}'..='\u{d7af}');
    let word = |letter: &Letter| letter.folded.is_alphanumeric();
    !word(before) || !word(after) || spaceless(before.folded) || spaceless(after.folded)
}

/// Whether a place is where a sentence, a line or a heading begins, so that any word would have a capital there.
pub(crate) fn starts_a_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c == ' ' || "\"'“”‘’«»([*_".contains(c));
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', '\r', '•', '-', '–', '—', '>', '|'])
}

/// Whether what follows a word says that somebody did or had something: *Will restarted*, *Grace's pager*.
fn acts(after: &str) -> bool {
    const DID: &[&str] = &[
        "was", "is", "has", "had", "saw", "said", "found", "went", "took", "began", "told", "thought", "and", "did",
        "ran",
    ];
    if after.starts_with("'s") || after.starts_with("’s") {
        return true;
    }
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    next.len() > 3 && next.ends_with("ed") || DID.contains(&next)
}

/// Whether a word stands beside a number, as in *6 May* and *page 4*.
fn beside_a_number(text: &str, at: &Range<usize>) -> bool {
    let before = text[..at.start].trim_end().chars().next_back();
    let after = text[at.end..].trim_start().chars().next();
    before.is_some_and(|c| c.is_ascii_digit()) || after.is_some_and(|c| c.is_ascii_digit())
}

/// Whether a word is all capitals, as in a heading or an error code.
fn is_shouting(text: &str, at: &Range<usize>) -> bool {
    let word = &text[at.clone()];
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], text: &str) -> Vec<(String, bool)> {
        let mut people = People::default();
        names.iter().for_each(|name| people.add(name, "somebody"));
        people.find(text).into_iter().map(|named| (text[named.at].to_owned(), named.certain)).collect()
    }

    #[test]
    fn a_name_is_found_whole_in_parts_and_as_a_handle() {
        for (text, expected) in [
            ("Ada Park paged Ben.", &["Ada Park", "Ben"][..]),
            ("then ada's pager and Park’s phone", &["ada", "Park"]),
            ("ADA PARK, ada.park, ada_park, AdaPark, @ada", &["ADA PARK", "ada.park", "ada_park", "AdaPark", "ada"]),
            ("Park, Ada", &["Park, Ada"]),
            ("A\u{200b}da and A\u{301}da", &["A\u{200b}da", "A\u{301}da"]),
            ("user_ada restarted it", &["ada"]),
            ("Okafors runbook", &["Okafor"]),
            ("adapter, Adamant, parking, Benchmark", &[]),
        ] {
            let words: Vec<_> = found(&["Ada Park", "Ben Okafor"], text).into_iter().map(|(word, _)| word).collect();
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn a_name_that_is_also_a_word_counts_where_it_is_written_like_a_name() {
        let names = &["Will May", "Mark Page"];
        for (text, expected) in [
            ("then Will restarted the pod", &[("Will", true)][..]),
            ("Will restarted the pod. Mark's pager rang", &[("Will", true), ("Mark", true)]),
            ("Will that help?", &[("Will", false)]),
            ("it will restart on 6 May, see page 4; May 2026", &[]),
            ("will may did it", &[("will may", true)]),
            ("@mark looked", &[("mark", true)]),
        ] {
            let expected: Vec<_> = expected.iter().map(|(word, sure)| ((*word).to_owned(), *sure)).collect();
            assert_eq!(found(names, text), expected, "{text}");
        }
    }

    #[test]
    fn who_acts_under_a_role_is_called_by_it_unless_the_role_names_somebody() {
        for (role, expected) in [
            ("On-call engineer", "an on-call engineer"),
            ("DBA", "a DBA"),
            ("Ada Quim's deputy", "a responder"),
            ("oncall@example.org", "a responder"),
        ] {
            let mut meeting = Meeting::unwritten();
            meeting.timeline.push(meeting::TimelineEvent {
                id: meeting::EventId(1),
                at: None,
                precision: meeting::Precision::Unknown,
                kind: meeting::EventKind::Action,
                text: String::new(),
                actor_name: Some("Ada Quim".to_owned()),
                actor_role: Some(role.to_owned()),
                known_then: None,
                key: false,
                public: true,
                answers: Vec::new(),
            });
            assert_eq!(People::of(&meeting).instead_of("Ada Quim"), Some(expected), "{role}");
        }
    }

    #[test]
    fn an_address_names_its_owner_and_scripts_without_spaces_are_searched_too() {
        assert_eq!(found(&["Zoë Quist <zq17@example.org>"], "zq17 and Zoe").len(), 2);
        assert_eq!(found(&["田中"], "昨日田中さんが再起動した").len(), 1);
        assert_eq!(found(&["", "  ", "A"], "A plan B"), [], "an initial is nobody");
    }
}
