//! The small language in which a rule says what a sentence looks like.
//!
//! A pattern is matched against the words of a sentence, anywhere in it:
//!
//! * `fault` is that word; `=take` is any form of that verb;
//! * `[care neg by:P]` is one word for which every condition holds: a word class of the lexicon, a part of speech, a
//!   mark of the verb group (`neg`, `past`, `perf`, `pass`, `should`…), its subject (`by:` and letters of
//!   [`crate::subject`]), or else the word itself. `a|b` is either, `!a` is not;
//! * `(a b|c)` is either sequence; `?`, `*` and `+` repeat; `..` is up to four and `...` up to twelve words of the
//!   same sentence part;
//! * `!(…)` says that the sequence does not follow; `^` and `$` are the beginning and the end of a sentence part;
//! * `@name` is a pattern defined under `[macros]`.
//!
//! All start positions are followed at once as a set, so a match costs words times pattern length, never more.

use crate::lexicon::Lexicon;
use crate::positions::Positions;
use crate::reading::Reading;
use crate::token::{Marks, Token};

/// A compiled pattern.
#[derive(Debug)]
pub(crate) enum Pattern {
    Word(Vec<Condition>),
    Sequence(Vec<Pattern>),
    Either(Vec<Pattern>),
    Repeat(Box<Pattern>, usize, usize),
    Absent(Box<Pattern>),
    Start,
    End,
}

/// One condition on one word: any of its parts is enough.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    negated: bool,
    classes: u128,
    marks: u64,
    by: u16,
    words: Vec<u32>,
    lemmas: Vec<u32>,
}

impl Condition {
    fn holds(&self, token: &Token) -> bool {
        let found = token.classes & self.classes != 0
            || token.marks.0 & self.marks != 0
            || token.subject & self.by != 0
            || self.words.contains(&token.id)
            || (token.lemma != 0 && self.lemmas.contains(&token.lemma));
        found != self.negated
    }
}

impl Pattern {
    /// Returns the first stretch of words that the pattern covers, as a half-open range.
    pub(crate) fn find(&self, reading: &Reading) -> Option<(usize, usize)> {
        let count = reading.tokens.len();
        if self.ends(Positions::up_to(count), reading).is_empty() {
            return None;
        }
        (0..=count).find_map(|start| self.ends(Positions::only(start), reading).last().map(|end| (start, end)))
    }

    /// Returns where the pattern can end when it begins at any of `starts`.
    fn ends(&self, starts: Positions, reading: &Reading) -> Positions {
        if starts.is_empty() {
            return starts;
        }
        match self {
            Self::Word(conditions) => starts.step(|at| {
                let token = reading.tokens.get(at)?;
                conditions.iter().all(|condition| condition.holds(token)).then_some(at + 1)
            }),
            Self::Sequence(parts) => parts.iter().fold(starts, |at, part| part.ends(at, reading)),
            Self::Either(parts) => {
                parts.iter().fold(Positions::default(), |found, part| found.with(part.ends(starts, reading)))
            }
            Self::Repeat(part, least, most) => {
                let mut found = if *least == 0 { starts } else { Positions::default() };
                let mut at = starts;
                for round in 1..=*most {
                    at = part.ends(at, reading);
                    if at.is_empty() {
                        break;
                    }
                    if round >= *least {
                        found = found.with(at);
                    }
                }
                found
            }
            Self::Absent(part) => starts.step(|at| part.ends(Positions::only(at), reading).is_empty().then_some(at)),
            Self::Start => starts.step(|at| reading.begins_part(at).then_some(at)),
            Self::End => starts.step(|at| reading.ends_part(at).then_some(at)),
        }
    }
}

/// Reads a pattern; the message of an error names what was not understood.
pub(crate) fn parse(text: &str, lexicon: &mut Lexicon) -> Result<Pattern, String> {
    let expanded = expand(text, lexicon, 0)?;
    let mut reader = Reader { rest: expanded.chars().collect(), at: 0, lexicon };
    let pattern = reader.alternatives()?;
    if reader.at < reader.rest.len() {
        return Err(format!("unexpected {:?} in {text}", reader.rest[reader.at]));
    }
    Ok(pattern)
}

fn expand(text: &str, lexicon: &Lexicon, depth: usize) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        out.push_str(&rest[..at]);
        let name: String = rest[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let body = lexicon.macros.get(&name).filter(|_| depth < 8).ok_or(format!("no macro {name} for {text}"))?;
        out.push('(');
        out.push_str(&expand(body, lexicon, depth + 1)?);
        out.push(')');
        rest = &rest[at + 1 + name.len()..];
    }
    out.push_str(rest);
    Ok(out)
}

struct Reader<'a> {
    rest: Vec<char>,
    at: usize,
    lexicon: &'a mut Lexicon,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn alternatives(&mut self) -> Result<Pattern, String> {
        let mut parts = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            parts.push(self.sequence()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Pattern::Either(parts) })
    }

    fn sequence(&mut self) -> Result<Pattern, String> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None | Some('|' | ')') => return Ok(Pattern::Sequence(parts)),
                Some(_) => {
                    let part = self.part()?;
                    parts.push(self.repeated(part));
                }
            }
        }
    }

    fn repeated(&mut self, part: Pattern) -> Pattern {
        let (least, most) = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, 8),
            Some('+') => (1, 8),
            _ => return part,
        };
        self.at += 1;
        Pattern::Repeat(Box::new(part), least, most)
    }

    fn part(&mut self) -> Result<Pattern, String> {
        match self.peek() {
            Some('^') => self.took(Pattern::Start),
            Some('$') => self.took(Pattern::End),
            Some('(') => self.group(),
            Some('[') => self.word(),
            Some('!') if self.rest.get(self.at + 1) == Some(&'(') => {
                self.at += 1;
                Ok(Pattern::Absent(Box::new(self.group()?)))
            }
            Some('.') => Ok(self.gap()),
            _ => {
                let condition = self.condition()?;
                Ok(Pattern::Word(vec![condition]))
            }
        }
    }

    fn took(&mut self, pattern: Pattern) -> Result<Pattern, String> {
        self.at += 1;
        Ok(pattern)
    }

    fn gap(&mut self) -> Pattern {
        let mut dots = 0;
        while self.peek() == Some('.') {
            self.at += 1;
            dots += 1;
        }
        let word = Condition { negated: true, marks: Marks::STOP.0, ..Condition::default() };
        Pattern::Repeat(Box::new(Pattern::Word(vec![word])), 0, if dots > 2 { 12 } else { 4 })
    }

    fn group(&mut self) -> Result<Pattern, String> {
        self.at += 1;
        let inner = self.alternatives()?;
        if self.peek() != Some(')') {
            return Err("a group is not closed".to_owned());
        }
        self.took(inner)
    }

    fn word(&mut self) -> Result<Pattern, String> {
        self.at += 1;
        let mut conditions = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => return Err("a word is not closed".to_owned()),
                Some(']') => return self.took(Pattern::Word(conditions)),
                Some(_) => conditions.push(self.condition_of_word()?),
            }
        }
    }

    fn name(&mut self) -> String {
        let from = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace() && !"|()[]?*+!^$".contains(c)) {
            self.at += 1;
        }
        self.rest[from..self.at].iter().collect()
    }

    /// Outside brackets a bare name is the word itself.
    fn condition(&mut self) -> Result<Condition, String> {
        let name = self.name();
        let mut condition = Condition::default();
        match name.strip_prefix('=') {
            _ if name.is_empty() => return Err(format!("a word is missing before {:?}", self.peek())),
            Some(lemma) => condition.lemmas.push(self.lexicon.lemma(lemma)?),
            None => condition.words.push(self.lexicon.literal(&name)),
        }
        Ok(condition)
    }

    fn condition_of_word(&mut self) -> Result<Condition, String> {
        let mut condition = Condition::default();
        if self.peek() == Some('!') {
            self.at += 1;
            condition.negated = true;
        }
        loop {
            let name = self.name();
            if let Some(letters) = name.strip_prefix("by:") {
                condition.by |= crate::subject::kinds(letters)?;
            } else if let Some(lemma) = name.strip_prefix('=') {
                condition.lemmas.push(self.lexicon.lemma(lemma)?);
            } else if let Some(mark) = Marks::named(&name) {
                condition.marks |= mark.0;
            } else if let Some(class) = self.lexicon.class(&name) {
                condition.classes |= class;
            } else if name.is_empty() {
                return Err(format!("a condition is missing before {:?}", self.peek()));
            } else {
                condition.words.push(self.lexicon.literal(&name));
            }
            if self.peek() != Some('|') {
                return Ok(condition);
            }
            self.at += 1;
        }
    }
}
