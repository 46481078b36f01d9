//! The words of an action item, cut so that dates, handles and numbers stay whole, and what is known about words.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::english;
use crate::token::Marks;

/// The most words of a field that are read; a proposal has 300 characters.
const MOST: usize = 400;

/// One word or mark, with its place in bytes.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    /// In small letters.
    pub(super) low: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_mark: bool,
}

impl Word {
    pub(super) fn is(&self, word: &str) -> bool {
        self.low == word
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Cuts a field into words and marks.
pub(super) fn words(text: &str) -> Vec<Word> {
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < places.len() && found.len() < MOST {
        let (start, c) = places[at];
        if c.is_whitespace() || c.is_control() {
            at += 1;
            continue;
        }
        let opens = c.is_alphanumeric() || matches!(c, '@' | '/') && letter_at(&places, at + 1);
        let mut next = at + 1;
        while opens && next < places.len() && (is_letter(places[next].1) || joins(&places, next)) {
            next += 1;
        }
        let end = places.get(next).map_or(text.len(), |place| place.0);
        let piece = &text[start..end];
        found.push(Word { text: piece.to_owned(), low: piece.to_lowercase(), start, end, is_mark: !opens });
        at = next;
    }
    found
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '%' | '°' | '\u{300}'..='\u{36f}')
}

fn letter_at(places: &[(usize, char)], at: usize) -> bool {
    places.get(at).is_some_and(|place| is_letter(place.1))
}

fn joins(places: &[(usize, char)], at: usize) -> bool {
    let digits = places[at - 1].1.is_ascii_digit() && places.get(at + 1).is_some_and(|place| place.1.is_ascii_digit());
    match places[at].1 {
        ':' | ',' => digits,
        '\'' | '’' | '-' | '‑' | '.' | '/' | '@' | '&' => letter_at(places, at + 1),
        _ => false,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    verbs: String,
    nounish: String,
    adjish: String,
    no_verbs: String,
    improving: String,
    looking: String,
    vague: String,
    plain: String,
    filler: String,
    manner: String,
    caring: String,
    crowd: String,
    open: String,
    headings: String,
    titles: String,
    soft: String,
    seen: String,
    criterion: Markers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Markers {
    markers: Vec<String>,
}

/// What is known about the words of action items in one language.
pub(super) struct Vocabulary {
    verbs: HashSet<String>,
    nounish: HashSet<String>,
    adjish: HashSet<String>,
    no_verbs: HashSet<String>,
    pub(super) improving: HashSet<String>,
    pub(super) looking: HashSet<String>,
    pub(super) vague: HashSet<String>,
    pub(super) plain: HashSet<String>,
    pub(super) filler: HashSet<String>,
    pub(super) manner: HashSet<String>,
    pub(super) caring: Vec<Vec<String>>,
    crowd: HashSet<String>,
    open: HashSet<String>,
    headings: HashSet<String>,
    pub(super) titles: HashSet<String>,
    pub(super) soft: HashSet<String>,
    pub(super) seen: HashSet<String>,
    /// Where a criterion begins, longest first.
    pub(super) markers: Vec<Vec<String>>,
}

/// The vocabulary for English.
///
/// # Panics
///
/// When the embedded file is malformed, which a test of this crate would show.
pub(super) fn english_words() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lists: Lists = toml::from_str(include_str!("../../rules/en/action-items.toml"))
            .unwrap_or_else(|problem| panic!("the words of action items are malformed: {problem}"));
        Vocabulary::of(&lists)
    })
}

impl Vocabulary {
    fn of(lists: &Lists) -> Self {
        let set = |list: &str| list.split_whitespace().map(str::to_owned).collect::<HashSet<String>>();
        let mut markers: Vec<Vec<String>> = lists
            .criterion
            .markers
            .iter()
            .map(|marker| words(marker).into_iter().map(|word| word.low).collect())
            .collect();
        markers.sort_by_key(|marker| std::cmp::Reverse(marker.len()));
        let phrases = lists.caring.split_whitespace();
        Self {
            verbs: set(&lists.verbs),
            nounish: set(&lists.nounish),
            adjish: set(&lists.adjish),
            no_verbs: set(&lists.no_verbs),
            improving: set(&lists.improving),
            looking: set(&lists.looking),
            vague: set(&lists.vague),
            plain: set(&lists.plain),
            filler: set(&lists.filler),
            manner: set(&lists.manner),
            caring: phrases.map(|phrase| phrase.split('-').map(str::to_owned).collect()).collect(),
            crowd: set(&lists.crowd),
            open: set(&lists.open),
            headings: set(&lists.headings),
            titles: set(&lists.titles),
            soft: set(&lists.soft),
            seen: set(&lists.seen),
            markers,
        }
    }

    /// Whether a word can be the verb of a task in its base form.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        let entry = english::rules().lexicon.entry(word);
        if self.no_verbs.contains(word) {
            return false;
        }
        self.verbs.contains(word)
            || self.improving.contains(word)
            || self.looking.contains(word)
            || entry.marks.any(Marks::BASE) && entry.marks.any(Marks::KNOWN_VERB)
    }

    /// Whether a word says what kind of action it is, and no name.
    pub(super) fn is_heading(&self, word: &str) -> bool {
        self.headings.contains(word)
    }

    /// Whether a word stands where nothing has been decided.
    pub(super) fn is_open(&self, word: &str) -> bool {
        self.open.contains(word)
    }

    /// Whether a verb is as often a noun, so that what follows it tells.
    pub(super) fn is_nounish(&self, word: &str) -> bool {
        self.nounish.contains(word)
    }

    /// Whether a verb is as often an adjective.
    pub(super) fn is_adjective(&self, word: &str) -> bool {
        self.adjish.contains(word)
    }

    /// Whether a word is the form of a verb that goes with one person: "adds", "fixes".
    pub(super) fn is_third_person(&self, word: &str) -> bool {
        let stem = word.strip_suffix('s');
        let without_e = word.strip_suffix("es");
        let y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        stem.is_some_and(|stem| self.is_verb(stem))
            || without_e.is_some_and(|stem| self.is_verb(stem))
            || y.is_some_and(|verb| self.is_verb(&verb))
    }

    /// Whether a word stands for several people, a team, a role or nobody in particular.
    pub(super) fn is_crowd(&self, word: &str) -> bool {
        if self.crowd.contains(word) {
            return true;
        }
        let lexicon = &english::rules().lexicon;
        let classes = lexicon.entry(word).classes;
        let named = |name: &str| lexicon.class(name).unwrap_or(0);
        let crowd = named("teams") | named("bare-team") | named("anyone") | named("role") | named("loose-role");
        classes & crowd != 0
            || word.split(['-', '_']).count() > 1 && word.split(['-', '_']).any(|part| self.crowd.contains(part))
    }

    /// Whether a word is known as a given name and as nothing else.
    pub(super) fn is_given(&self, word: &str) -> bool {
        english::rules().lexicon.given_names.contains(word) && !self.is_verb(word) && !self.is_crowd(word)
    }

    /// Whether a word is known as something other than a name.
    pub(super) fn is_common(&self, word: &str) -> bool {
        let lexicon = &english::rules().lexicon;
        let entry = lexicon.entry(word);
        !lexicon.given_names.contains(word)
            && (entry.marks != Marks::default()
                || entry.classes != 0
                || self.vague.contains(word)
                || self.plain.contains(word)
                || self.is_verb(word))
    }
}
