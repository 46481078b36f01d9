//! Just enough reading of Rust to tell code from comments and text in quotes.
//!
//! A rule about names must not trip over a comment that explains the rule. This is no parser: macros and `use` trees
//! are words like all others.

/// A source split into what the compiler sees and what it does not.
#[derive(Default)]
struct Split {
    /// Code with comments left out and the inside of quotes emptied.
    code: String,
    /// Code with comments left out and quotes as they are.
    code_with_text: String,
}

impl Split {
    fn both(&mut self, text: &str) {
        self.code.push_str(text);
        self.code_with_text.push_str(text);
    }
}

/// Returns the source without its comments, in lower case and without white space: a form in which a phrase is
/// found however it was broken into lines.
pub(crate) fn squeezed(source: &str) -> String {
    let text = split(source).code_with_text;
    text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The words and signs of a source, without comments and without what stands in quotes.
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn of(source: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut previous = ' ';
        for letter in split(source).code.chars() {
            let continues = is_of_word(letter) && is_of_word(previous) || letter == ':' && previous == ':';
            match words.last_mut() {
                Some(word) if continues => word.push(letter),
                _ if letter.is_whitespace() => {}
                _ => words.push(letter.to_string()),
            }
            previous = letter;
        }
        Self(words)
    }

    /// Says whether this word occurs.
    pub(crate) fn name(&self, word: &str) -> bool {
        self.0.iter().any(|it| it == word)
    }

    /// Says whether this word occurs as a part of a path: with `::` before or after it.
    pub(crate) fn name_in_path(&self, word: &str) -> bool {
        let is_path = |place: Option<usize>| place.and_then(|it| self.0.get(it)).is_some_and(|it| it == "::");
        let mut places = self.0.iter().enumerate().filter(|(_, it)| *it == word);
        places.any(|(place, _)| is_path(place.checked_sub(1)) || is_path(Some(place + 1)))
    }

    /// Says whether a generic type called `outer` holds a type called `inner` at any depth.
    pub(crate) fn wrap(&self, outer: &str, inner: &str) -> bool {
        self.0.windows(2).enumerate().any(|(place, pair)| {
            let mut depth = 0_i32;
            pair == [outer, "<"]
                && self.0[place + 1..]
                    .iter()
                    .take_while(|word| {
                        depth += i32::from(*word == "<") - i32::from(*word == ">");
                        depth > 0
                    })
                    .any(|word| word == inner)
        })
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn split(source: &str) -> Split {
    let mut split = Split::default();
    let mut rest = source;
    let mut previous = ' ';
    while let Some(letter) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            length_of_block_comment(rest)
        } else if let Some((open, inside, close)) = quoted(rest, previous) {
            split.both(&rest[..open]);
            split.code_with_text.push_str(&rest[open..open + inside]);
            split.both(&rest[open + inside..open + inside + close]);
            open + inside + close
        } else {
            split.both(&rest[..letter.len_utf8()]);
            letter.len_utf8()
        };
        previous = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    split
}

fn length_of_block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Returns the lengths of the opening mark, the inside and the closing mark when a quoted text starts here.
fn quoted(rest: &str, previous: char) -> Option<(usize, usize, usize)> {
    if rest.starts_with('r') && !is_of_word(previous) || rest.starts_with('r') && previous == 'b' {
        let marks = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
        if rest[1 + marks..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(marks));
            let open = marks + 2;
            let inside = rest[open..].find(&close).unwrap_or(rest.len() - open);
            return Some((open, inside, close.len().min(rest.len() - open - inside)));
        }
    }
    if let Some(inside) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = inside.find(|letter| {
            let ends = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            ends
        });
        return Some(end.map_or((1, rest.len() - 1, 0), |inside| (1, inside, 1)));
    }
    // A quoted character; a lifetime has no second mark.
    let inside = rest.strip_prefix('\'')?;
    let letter = inside.chars().next()?;
    let length = if letter == '\\' { 2 + inside[2..].find('\'')? } else { letter.len_utf8() };
    inside[length..].starts_with('\'').then_some((1, length, 1))
}

#[test]
fn a_comment_and_a_text_in_quotes_name_nothing() {
    for source in [
        "// rusqlite\nfn plain() {}",
        "/* outer /* rusqlite */ rusqlite */ fn plain() {}",
        "let text = \"rusqlite \\\" rusqlite\"; let mark = '\"';",
        "let text = r#\"rusqlite \" rusqlite\"#;",
        "let text = br\"rusqlite\\\";",
    ] {
        assert!(!Words::of(source).name("rusqlite"), "{source}");
    }
}

#[test]
fn code_after_quotes_comments_and_lifetimes_is_still_read() {
    for source in [
        "let address = \"http://room\"; rusqlite::open()",
        "let mark = '\"'; use rusqlite as database;",
        "fn hold<'a>(it: &'a str) -> rusqlite::Connection {}",
        "let mark = '\\''; rusqlite()",
        "let path = r\"C:\\\"; rusqlite()",
        "let mark = '\\u{201c}'; rusqlite()",
        "/* note */ rusqlite()",
    ] {
        assert!(Words::of(source).name("rusqlite"), "{source}");
    }
    assert!(!Words::of("rusqlite_like()").name("rusqlite"), "a longer word is another word");
}

#[test]
fn a_path_is_told_from_a_plain_word() {
    assert!(Words::of("use std::fs;").name_in_path("fs"));
    assert!(Words::of("fs :: read(path)").name_in_path("fs"));
    assert!(!Words::of("let fs = 1; fs + fs").name_in_path("fs"));
}

#[test]
fn a_type_inside_another_is_found_at_any_depth_and_not_beside_it() {
    assert!(Words::of("Arc<Mutex<Connection>>").wrap("Mutex", "Connection"));
    assert!(Words::of("Mutex<\n    Option<rusqlite::Connection>>").wrap("Mutex", "Connection"));
    assert!(!Words::of("(Mutex<u8>, Connection)").wrap("Mutex", "Connection"));
    assert!(!Words::of("Mutex<ConnectionCount>").wrap("Mutex", "Connection"));
}
