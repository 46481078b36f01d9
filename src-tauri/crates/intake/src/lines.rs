//! Lines: what was pasted, cleaned of what a screen would not show, and undressed of Markdown.

use std::borrow::Cow;

use crate::Error;

/// The most text that is read at once, in bytes.
pub const LARGEST_TEXT: usize = 2 * 1024 * 1024;
/// The longest line that is read, in bytes.
pub const LONGEST_LINE: usize = 100 * 1024;

/// A line of the pasted text without invisible characters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    /// Counted from one.
    pub(crate) number: usize,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Splits a text into clean lines, or refuses it when it is too large.
pub(crate) fn split(text: &str) -> Result<Vec<Source>, Error> {
    if text.len() > LARGEST_TEXT {
        return Err(Error::TooLarge { bytes: text.len() });
    }
    let text = match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    };
    text.split('\n')
        .enumerate()
        .map(|(index, line)| {
            let number = index + 1;
            match line.len() {
                ..=LONGEST_LINE => Ok(Source { number, text: clean(line) }),
                bytes => Err(Error::LineTooLong { line: number, bytes }),
            }
        })
        .collect()
}

pub(crate) fn clean(line: &str) -> String {
    if line.bytes().all(|b| (b' '..0x7f).contains(&b) || b == b'\t') {
        return line.to_owned();
    }
    line.chars()
        .filter(
            |c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'),
        )
        .map(|c| match c {
            '\t' => '\t',
            // Chat programs put a narrow space between the clock and "PM".
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
            c => c,
        })
        .collect::<String>()
        .replace('：', ":")
}

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    None,
    Bullet,
    Heading,
}

/// A line without indent, quote mark and list mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dressed<'a> {
    pub(crate) indent: usize,
    pub(crate) marker: Marker,
    pub(crate) body: &'a str,
    /// The line without indent and quote mark, for a date such as `6. Mai` that looks like a numbered item.
    pub(crate) whole: &'a str,
}

/// Undresses a line.
pub(crate) fn undress(line: &str) -> Dressed<'_> {
    let mut whole = line.trim_start();
    while let Some(rest) = whole.strip_prefix('>') {
        whole = rest.trim_start();
    }
    let indent = line.len() - whole.len();
    whole = whole.trim_end();
    let dressed = |marker, body| Dressed { indent, marker, body, whole };
    let Some(first) = whole.chars().next().filter(|c| !c.is_ascii_alphabetic()) else {
        return match (titled(whole), lettered(whole)) {
            (Some(title), _) => dressed(Marker::Heading, title),
            (None, Some(body)) => dressed(Marker::Bullet, body),
            (None, None) => dressed(Marker::None, whole),
        };
    };
    if let Some(title) = hashed(whole).or_else(|| framed_title(whole)) {
        return dressed(Marker::Heading, title);
    }
    if let Some((deeper, body)) = starred(whole) {
        return Dressed { indent: indent + deeper, marker: Marker::Bullet, body, whole };
    }
    let marked = &whole[first.len_utf8()..];
    let bullet = match first {
        '-' | '*' | '+' | '–' | '—' | '·' => marked.strip_prefix([' ', '\t']),
        '•' | '・' | '◦' | '▪' | '●' | '○' | '■' | '‣' | '∙' | '►' | '➤' => Some(marked),
        '0'..='9' => numbered(whole),
        _ => None,
    };
    match bullet {
        Some(body) => dressed(Marker::Bullet, unticked(body.trim_start())),
        None => dressed(Marker::None, whole),
    }
}

/// Reads the `## Title` of Markdown.
fn hashed(whole: &str) -> Option<&str> {
    let hashes = whole.bytes().take_while(|b| *b == b'#').count();
    let fits = (1..=6).contains(&hashes) && whole[hashes..].starts_with(' ');
    fits.then(|| whole[hashes..].trim().trim_end_matches('#').trim_end())
}

/// Reads the `== Title ==` of wikis and the `== Title` of AsciiDoc.
fn framed_title(whole: &str) -> Option<&str> {
    let marks = whole.bytes().take_while(|b| *b == b'=').count();
    let title = whole[marks..].trim_end_matches('=').trim();
    let closed = whole.len() > marks && whole.ends_with('=');
    ((2..=6).contains(&marks) && !title.is_empty() && (closed || whole[marks..].starts_with(' '))).then_some(title)
}

/// Reads the `h3. Title` of Jira and Textile.
fn titled(whole: &str) -> Option<&str> {
    let rest = whole.strip_prefix('h')?.strip_prefix(|c: char| ('1'..='6').contains(&c))?;
    rest.strip_prefix(". ").map(str::trim)
}

/// Reads the list marks of wikis, which need no space (`*14:05 text`) and are repeated for an inner list.
fn starred(whole: &str) -> Option<(usize, &str)> {
    let stars = whole.bytes().take_while(|b| *b == b'*').count();
    let body = &whole[stars..];
    let glued = body.starts_with("'''") || body.starts_with(|c: char| c.is_ascii_digit());
    let inner = stars > 1 && body.starts_with(' ');
    // `*14:05* text` and `**14:05** text` are emphasised.
    let fits = (1..=4).contains(&stars) && (inner || (glued && !body.contains('*')));
    fits.then(|| (stars - 1, body.trim_start()))
}

/// Reads the `a. ` and `IV) ` of a list whose items begin with a number.
fn lettered(whole: &str) -> Option<&str> {
    let letters = whole.bytes().take_while(u8::is_ascii_alphabetic).count();
    let roman = whole[..letters].bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'i' | b'v' | b'x'));
    let rest = (letters == 1 || (roman && letters < 5)).then(|| whole[letters..].strip_prefix(['.', ')'])).flatten()?;
    let body = rest.trim_start();
    (body.len() < rest.len() && body.starts_with(|c: char| c.is_ascii_digit())).then_some(body)
}

fn numbered(whole: &str) -> Option<&str> {
    let digits = whole.bytes().take_while(u8::is_ascii_digit).count();
    let rest = (1..=3).contains(&digits).then(|| whole[digits..].strip_prefix(['.', ')'])).flatten()?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

fn unticked(body: &str) -> &str {
    ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| body.strip_prefix(mark)).unwrap_or(body)
}

/// Removes Markdown emphasis from the text of an event and leaves code as it is.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            plain.push('`');
        }
        // Odd parts lie between backticks.
        if index % 2 == 1 || !part.contains(['*', '<', '\'']) {
            plain.push_str(part);
        } else {
            let bare = part.replace("**", "").replace("'''", "").replace("''", "");
            plain.push_str(&bare.replace("<br/>", " ").replace("<br />", " ").replace("<br>", " "));
        }
    }
    plain.trim().to_owned()
}

/// Whether a line is drawn, not written: `---`, `====`, code fences, the rule of a table.
pub(crate) fn is_rule(line: &str) -> bool {
    let trimmed = line.trim();
    trimmed.starts_with("```")
        || trimmed.starts_with("~~~")
        || (!trimmed.is_empty()
            && trimmed
                .chars()
                .all(|c| matches!(c, '-' | '=' | '_' | '*' | '|' | ':' | '+' | ' ' | '─' | '—' | '#' | '>')))
}

/// Whether a whole line is emphasised, as a heading is in chats and wikis.
pub(crate) fn is_bold(body: &str) -> bool {
    let trimmed = body.trim_end_matches([':', ' ']);
    ["**", "'''", "__"].iter().any(|mark| {
        let inner = trimmed.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(mark))
    })
}
