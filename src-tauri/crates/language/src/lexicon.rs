//! The words of a language as data: classes, parts of speech, verbs with all their forms, fixed phrases and slips.
//!
//! Built once from the rule files. A class is a bit, so that a pattern tests a word with one `and`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::inflection;
use crate::token::{Marks, Token};

/// The word part of a rule file.
#[derive(Debug, Deserialize)]
pub(crate) struct WordFile {
    /// Class or part of speech → words, separated by space.
    words: BTreeMap<String, String>,
    /// Class → verbs in their base form, separated by space.
    verbs: BTreeMap<String, String>,
    /// Lines of base, past and participle.
    irregular: String,
    /// Words that are joined → the one word they become.
    phrases: BTreeMap<String, String>,
    /// One written word → the words it stands for.
    splits: BTreeMap<String, String>,
    /// Right word → common slips.
    slips: BTreeMap<String, String>,
    /// Named parts of patterns.
    macros: BTreeMap<String, String>,
}

/// What is known about one written word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) id: u32,
    pub(crate) lemma: u32,
    pub(crate) classes: u128,
    pub(crate) marks: Marks,
}

/// All words of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Entry>,
    literals: u32,
    classes: Vec<String>,
    lemmas: Vec<String>,
    lemma_ids: HashMap<String, u32>,
    phrases: HashMap<String, Vec<(Vec<String>, String)>>,
    splits: HashMap<String, Vec<String>>,
    slips: HashMap<String, String>,
    pub(crate) macros: BTreeMap<String, String>,
    pub(crate) given_names: HashSet<String>,
    pub(crate) software: HashSet<String>,
}

impl Lexicon {
    /// Builds the lexicon; the message of an error names the entry that was not understood.
    pub(crate) fn build(file: &WordFile) -> Result<Self, String> {
        let mut lexicon = Self { lemmas: vec![String::new()], ..Self::default() };
        for (name, words) in &file.words {
            let mark = Marks::named(name);
            let class = if mark.is_none() { lexicon.new_class(name)? } else { 0 };
            for word in words.split_whitespace() {
                let entry = lexicon.entry_mut(word);
                entry.classes |= class;
                entry.marks.add(mark.unwrap_or_default());
            }
        }
        let irregular = file.irregular.lines().filter_map(|line| {
            let mut forms = line.split_whitespace();
            Some((forms.next()?, (forms.next()?, forms.next()?)))
        });
        let irregular: HashMap<&str, (&str, &str)> = irregular.collect();
        for (name, verbs) in &file.verbs {
            let class = lexicon.new_class(name)?;
            verbs.split_whitespace().for_each(|verb| lexicon.add_verb(verb, class, &irregular));
        }
        for (word, entry) in &mut lexicon.entries {
            if is_adverb(word) && entry.lemma == 0 && entry.marks == Marks::default() {
                entry.marks = Marks::ADV;
            }
        }
        for (written, word) in &file.phrases {
            let mut words = written.split_whitespace().map(str::to_owned);
            let Some(first) = words.next() else { continue };
            lexicon.phrases.entry(first).or_default().push((words.collect(), word.clone()));
        }
        // The longest phrase wins.
        lexicon.phrases.values_mut().for_each(|list| list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
        for (written, words) in &file.splits {
            lexicon.splits.insert(written.clone(), words.split_whitespace().map(str::to_owned).collect());
        }
        for (word, slips) in &file.slips {
            slips.split_whitespace().for_each(|slip| drop(lexicon.slips.insert(slip.to_owned(), word.clone())));
        }
        lexicon.macros.clone_from(&file.macros);
        Ok(lexicon)
    }

    /// Names of software are a class of their own, so that they are never taken for an unknown person.
    pub(crate) fn set_software(&mut self, words: &str) -> Result<(), String> {
        let class = self.new_class("software")?;
        for word in words.split_whitespace() {
            self.entry_mut(word).classes |= class;
            self.software.insert(word.to_owned());
        }
        Ok(())
    }

    fn new_class(&mut self, name: &str) -> Result<u128, String> {
        if let Some(class) = self.class(name) {
            return Ok(class);
        }
        if self.classes.len() == 128 {
            return Err(format!("no room for class {name}"));
        }
        self.classes.push(name.to_owned());
        Ok(1 << (self.classes.len() - 1))
    }

    fn entry_mut(&mut self, word: &str) -> &mut Entry {
        self.entries.entry(word.to_owned()).or_default()
    }

    fn add_verb(&mut self, verb: &str, class: u128, irregular: &HashMap<&str, (&str, &str)>) {
        let lemma = self.lemma_ids.get(verb).copied().unwrap_or_else(|| {
            let id = u32::try_from(self.lemmas.len()).unwrap_or(0);
            self.lemmas.push(verb.to_owned());
            self.lemma_ids.insert(verb.to_owned(), id);
            id
        });
        let (past, part) = match irregular.get(verb) {
            Some((past, part)) => ((*past).to_owned(), (*part).to_owned()),
            None => (inflection::past(verb), inflection::past(verb)),
        };
        let forms = [
            (verb.to_owned(), Marks::BASE),
            (inflection::third(verb), Marks::S),
            (past, Marks::PAST),
            (part, Marks::PART),
            (inflection::gerund(verb), Marks::ING),
        ];
        for (form, mark) in forms {
            let entry = self.entry_mut(&form);
            entry.classes |= class;
            entry.marks.add(mark);
            entry.marks.add(Marks::KNOWN_VERB);
            // "left" belongs to "leave", which was listed first, and not to what else it may be.
            if entry.lemma == 0 {
                entry.lemma = lemma;
            }
        }
    }

    /// The bit of a class.
    pub(crate) fn class(&self, name: &str) -> Option<u128> {
        self.classes.iter().position(|known| known == name).map(|at| 1 << at)
    }

    /// The names of classes.
    pub(crate) fn class_names(&self, classes: u128) -> impl Iterator<Item = &str> {
        self.classes.iter().enumerate().filter(move |(at, _)| classes & (1 << at) != 0).map(|(_, name)| name.as_str())
    }

    /// The number of a verb, by its base form.
    pub(crate) fn lemma(&self, verb: &str) -> Result<u32, String> {
        self.lemma_ids.get(verb).copied().ok_or(format!("{verb} is not a verb of the lexicon"))
    }

    /// The base form of a verb.
    pub(crate) fn base(&self, lemma: u32) -> &str {
        self.lemmas.get(lemma as usize).map_or("", String::as_str)
    }

    /// Numbers a word that a pattern spells out.
    pub(crate) fn literal(&mut self, word: &str) -> u32 {
        let next = self.literals + 1;
        let plain = self.entry(word);
        let entry = self.entries.entry(word.to_owned()).or_insert(plain);
        if entry.id == 0 {
            entry.id = next;
            self.literals = next;
        }
        entry.id
    }

    pub(crate) fn knows(&self, word: &str) -> bool {
        self.entries.contains_key(word)
    }

    pub(crate) fn entry(&self, word: &str) -> Entry {
        if let Some(entry) = self.entries.get(word) {
            return *entry;
        }
        let marks = if is_adverb(word) { Marks::ADV } else { guessed_form(word) };
        Entry { marks, ..Entry::default() }
    }

    /// Puts a common slip right: a listed one, two letters swapped, or a letter doubled.
    pub(crate) fn corrected(&self, word: &str) -> String {
        if let Some(right) = self.slips.get(word) {
            return right.clone();
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 6 || letters.len() > 16 || !letters.iter().all(|c| c.is_ascii_lowercase()) {
            return word.to_owned();
        }
        let swapped = (0..letters.len() - 1).filter(|at| letters[*at] != letters[at + 1]).map(|at| {
            let mut letters = letters.clone();
            letters.swap(at, at + 1);
            letters.into_iter().collect::<String>()
        });
        let single = (1..letters.len()).filter(|at| letters[*at] == letters[at - 1]).map(|at| {
            let mut letters = letters.clone();
            letters.remove(at);
            letters.into_iter().collect::<String>()
        });
        let mut candidates = swapped.chain(single);
        candidates.find(|word| self.entries.get(word).is_some_and(|e| e.lemma != 0)).unwrap_or_else(|| word.to_owned())
    }

    /// The words that a contraction stands for.
    pub(crate) fn parts(&self, word: &str) -> Option<Vec<String>> {
        if let Some(parts) = self.splits.get(word) {
            return Some(parts.clone());
        }
        if let Some(stem) = word.strip_suffix("n't") {
            return Some(vec![stem.to_owned(), "not".to_owned()]);
        }
        let (stem, ending) = word.rsplit_once('\'')?;
        let ending = match ending {
            "ve" => "have",
            "re" => "are",
            "ll" => "will",
            "m" => "am",
            "d" => "'d",
            "s" => "'s",
            "" => "'s",
            _ => return None,
        };
        (!stem.is_empty()).then(|| vec![stem.to_owned(), ending.to_owned()])
    }

    /// The longest fixed phrase that begins the tokens: how many, and the word they become.
    pub(crate) fn phrase_at(&self, tokens: &[Token]) -> Option<(usize, &str)> {
        let list = self.phrases.get(&tokens.first()?.word)?;
        list.iter()
            .find(|(rest, _)| {
                tokens.len() > rest.len() && rest.iter().zip(&tokens[1..]).all(|(word, token)| *word == token.word)
            })
            .map(|(rest, word)| (rest.len() + 1, word.as_str()))
    }
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly") && word.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// A word that nobody listed is a verb when it ends like a past form.
fn guessed_form(word: &str) -> Marks {
    let plain = word.len() > 5 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if plain && word.ends_with("ed") && !word.ends_with("eed") {
        Marks::PAST.or(Marks::PART).or(Marks::KNOWN_VERB)
    } else {
        Marks::default()
    }
}
