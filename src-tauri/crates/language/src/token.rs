//! Words: a sentence is cut into tokens with what the lexicon knows about each.
//!
//! Contractions become two words ("didn't" is "did" and "not"), fixed phrases one ("on call" is "on-call"), and
//! everything that is not the writer's own prose (code spans, quotations, addresses, paths) one opaque word.

use crate::lexicon::Lexicon;
use crate::positions::MOST_WORDS;
use crate::sentence::{closing, closing_quote};

/// What is known about a word: its part of speech, its form and its place in the verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(pub(crate) u64);

macro_rules! marks {
    ($($name:ident = $text:literal,)*) => {
        #[derive(Clone, Copy)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name,)* }
        impl Marks {
            $(pub(crate) const $name: Self = Self(1 << Bit::$name as u64);)*
            /// The mark of that name in a rule file.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
            pub(crate) fn names(self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.any(Self::$name) { names.push($text); })*
                names
            }
        }
    };
}

marks! {
    DET = "det", POSS = "poss", PREP = "prep", CONJ = "conj", SUB = "sub", AUX = "aux", MODAL = "modal",
    NOT = "not", ADV = "adv", VERB = "verb", NOUN = "noun", PRON = "pron", NUM = "num", PUNCT = "punct",
    TO = "to", ADJ = "adj", WH = "wh", CODE = "code", QUOTE = "quote", STOP = "stop", COMMA = "comma",
    BASE = "base", S = "s", PAST = "past", PART = "part", ING = "ing",
    NEG = "neg", PERF = "perf", PASS = "pass", CONT = "cont", INF = "inf", ASKED = "asked",
    SHOULD = "should", COULD = "could", WOULD = "would", MIGHT = "might", WILL = "will", MUST = "must",
    PERSON = "person", TEAM = "team", NAME = "name", CAPITAL = "cap", OPENER = "opener", HANDLE = "handle",
    KNOWN_VERB = "known-verb", OBJECT = "obj", DO = "do", BE = "be", HAVE = "have", PLURAL = "plural",
}

impl Marks {
    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn remove(&mut self, other: Self) {
        self.0 &= !other.0;
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One word of a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// In small letters, with straight apostrophes and common slips of the keyboard put right.
    pub(crate) word: String,
    /// Range in the text, in Unicode scalar values.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) id: u32,
    pub(crate) lemma: u32,
    pub(crate) classes: u128,
    pub(crate) marks: Marks,
    /// Whom a verb is about; see [`crate::subject`].
    pub(crate) subject: u16,
    /// Who or what a noun or pronoun is.
    pub(crate) kind: u16,
}

/// Cuts `text[from..to]` into tokens.
pub(crate) fn tokens(text: &[char], from: usize, to: usize, lexicon: &Lexicon) -> Vec<Token> {
    let mut cutter = Cutter { text, to, lexicon, found: Vec::new() };
    let mut at = from;
    while at < to && cutter.found.len() < MOST_WORDS - 2 {
        at = cutter.next(at);
    }
    cutter.found.truncate(MOST_WORDS - 1);
    joined(&cutter.found, lexicon)
}

struct Cutter<'a> {
    text: &'a [char],
    to: usize,
    lexicon: &'a Lexicon,
    found: Vec<Token>,
}

impl Cutter<'_> {
    /// Takes the token at `at` and returns where the next may begin.
    fn next(&mut self, at: usize) -> usize {
        let c = self.text[at];
        if c.is_whitespace() || c.is_control() {
            return at + 1;
        }
        if let Some(end) = self.opaque(at) {
            return end;
        }
        if matches!(c, '"' | '“' | '”' | '„' | '«' | '»') {
            return at + 1;
        }
        if !is_word(c) && c != '@' {
            return self.punctuation(at);
        }
        let mut end = at + 1;
        while end < self.to && (is_word(self.text[end]) || self.goes_on(end)) {
            end += 1;
        }
        self.word(at, end);
        end
    }

    fn opaque(&mut self, at: usize) -> Option<usize> {
        let c = self.text[at];
        let (end, mark) = if c == '`' {
            let fence = self.text[at..self.to].iter().take_while(|c| **c == '`').count();
            let close = closing(self.text, at + fence - 1, '`')?;
            let tail = self.text[close..self.to].iter().take_while(|c| **c == '`').count();
            (close + tail, Marks::CODE)
        } else if let Some(close) = closing_quote(c) {
            (closing(self.text, at, close)? + 1, Marks::QUOTE)
        } else if matches!(c, '\'' | '‘') && (at == 0 || !is_word(self.text[at - 1])) {
            (self.single_quoted(at)?, Marks::QUOTE)
        } else {
            return None;
        };
        if end > self.to {
            return None;
        }
        let spaces = self.text[at..end].iter().filter(|c| c.is_whitespace()).count();
        // Scare quotes around a word or two are the writer's own; they are read as if they were not there.
        if mark == Marks::QUOTE && spaces == 0 && !self.quotes_alone(at, end) {
            return None;
        }
        let mut marks = mark;
        marks.add(Marks::NOUN);
        self.push(at, end, String::new(), marks);
        Some(end)
    }

    /// Whether a quoted word stands where a name of a button or a value does, and not where scare quotes do.
    fn quotes_alone(&self, at: usize, end: usize) -> bool {
        let mentions =
            self.found.last().is_some_and(|before| before.classes & self.lexicon.class("mention").unwrap_or(0) != 0);
        mentions || !self.text[at + 1..end - 1].iter().all(|c| c.is_alphabetic())
    }

    fn single_quoted(&self, at: usize) -> Option<usize> {
        let open = self.text.get(at + 1)?;
        if open.is_whitespace() {
            return None;
        }
        let window = &self.text[at + 1..self.to.min(at + 300)];
        let close = window.iter().enumerate().position(|(offset, c)| {
            matches!(c, '\'' | '’')
                && window.get(offset + 1).is_none_or(|next| !is_word(*next))
                && !window[offset.saturating_sub(1)].is_whitespace()
        })?;
        Some(at + 2 + close)
    }

    fn punctuation(&mut self, at: usize) -> usize {
        let c = self.text[at];
        let mut marks = Marks::PUNCT;
        match c {
            ',' => marks.add(Marks::COMMA),
            '.' | '!' | '?' | ';' | ':' | '—' | '–' | '…' | '→' | '>' | '|' => marks.add(Marks::STOP),
            '-' if self.text.get(at + 1).is_none_or(|next| next.is_whitespace() || *next == '-') => {
                marks.add(Marks::STOP)
            }
            _ => {}
        }
        self.push(at, at + 1, c.to_string(), marks);
        at + 1
    }

    /// Whether a mark inside a word belongs to it: `on-call`, `can't`, `node-3.example.com`, `src/main.rs`.
    fn goes_on(&self, at: usize) -> bool {
        let next_is_word = self.text.get(at + 1).is_some_and(|c| at + 1 < self.to && is_word(*c));
        match self.text[at] {
            '\'' | '’' | 'ʼ' | '-' | '‑' | '.' | '/' | ':' | '@' | '=' | '&' | '%' => next_is_word,
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe0f}' => true,
            _ => false,
        }
    }

    fn word(&mut self, start: usize, end: usize) {
        let raw: String = self.text[start..end].iter().take(60).collect();
        let word: String = raw
            .to_lowercase()
            .chars()
            .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{fe0f}'))
            .map(|c| match c {
                '’' | 'ʼ' => '\'',
                '‑' => '-',
                c => c,
            })
            .collect();
        // "IT" is a department, "it" is not.
        let word = if raw == "IT" { "i.t.".to_owned() } else { word };
        let mut marks = Marks::default();
        if self.text[start].is_uppercase() {
            marks.add(Marks::CAPITAL);
        }
        if word.starts_with('@') {
            marks.add(Marks::HANDLE);
            self.push(start, end, word, marks);
            return;
        }
        if self.lexicon.knows(&word) && !word.ends_with("n't") {
            self.push(start, end, word, marks);
            return;
        }
        let word = self.lexicon.corrected(&word);
        if let Some(parts) = self.lexicon.parts(&word) {
            self.parts(start, end, &parts, marks);
            return;
        }
        if let Some((left, right)) =
            word.split_once('/').filter(|(l, r)| self.lexicon.knows(l) && self.lexicon.knows(r))
        {
            let middle = start + left.chars().count();
            self.push(start, middle, left.to_owned(), marks);
            self.push(middle, middle + 1, "/".to_owned(), Marks::CONJ);
            self.push(middle + 1, end, right.to_owned(), Marks::default());
            return;
        }
        let number = word.chars().next().is_some_and(|c| c.is_numeric());
        let odd = word.chars().any(|c| matches!(c, '_' | '/' | ':' | '=' | '.' | '\\')) && word.chars().count() > 2;
        if number || odd {
            marks.add(if number { Marks::NUM } else { Marks::CODE.or(Marks::NOUN) });
        }
        self.push(start, end, word, marks);
    }

    fn parts(&mut self, start: usize, end: usize, parts: &[String], marks: Marks) {
        let apostrophe = self.text[start..end].iter().position(|c| matches!(c, '\'' | '’' | 'ʼ'));
        let first = parts[0].chars().count();
        let middle = apostrophe.map_or(start + first.min(end - start), |found| start + found.min(first));
        for (index, part) in parts.iter().enumerate() {
            let (from, to) = if index == 0 { (start, middle) } else { (middle, end) };
            self.push(from, to, part.clone(), if index == 0 { marks } else { Marks::default() });
        }
    }

    fn push(&mut self, start: usize, end: usize, word: String, marks: Marks) {
        let entry = self.lexicon.entry(&word);
        let mut all = marks;
        all.add(entry.marks);
        let token = Token {
            word,
            start,
            end,
            id: entry.id,
            lemma: entry.lemma,
            classes: entry.classes,
            marks: all,
            subject: 0,
            kind: 0,
        };
        self.found.push(token);
    }
}

/// Joins fixed phrases into one word.
fn joined(tokens: &[Token], lexicon: &Lexicon) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let Some((length, word)) = lexicon.phrase_at(&tokens[at..]) else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let entry = lexicon.entry(word);
        let mut token = tokens[at].clone();
        token.word = word.to_owned();
        token.end = tokens[at + length - 1].end;
        token.marks.0 &= Marks::CAPITAL.0;
        token.marks.add(entry.marks);
        (token.id, token.lemma, token.classes) = (entry.id, entry.lemma, entry.classes);
        out.push(token);
        at += length;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}')
}
