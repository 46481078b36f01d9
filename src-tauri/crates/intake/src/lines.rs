//! Lines: what was pasted, cleaned of what a screen would not show, and undressed of Markdown.

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
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
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
        .collect()
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
    let hashes = whole.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && whole[hashes..].starts_with(' ') {
        return dressed(Marker::Heading, whole[hashes..].trim().trim_end_matches('#').trim_end());
    }
    let bullet = ["- ", "* ", "+ ", "• ", "– ", "— ", "◦ ", "▪ ", "· ", "-\t", "*\t", "•\t"]
        .iter()
        .find_map(|mark| whole.strip_prefix(mark))
        .or_else(|| numbered(whole));
    match bullet {
        Some(body) => dressed(Marker::Bullet, unticked(body.trim_start())),
        None => dressed(Marker::None, whole),
    }
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
        if index % 2 == 1 {
            plain.push_str(part);
        } else {
            plain.push_str(&part.replace("**", "").replace("<br/>", " ").replace("<br>", " "));
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
    trimmed.len() > 4
        && trimmed.starts_with("**")
        && trimmed.ends_with("**")
        && !trimmed[2..trimmed.len() - 2].contains("**")
}
