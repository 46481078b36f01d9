//! Text pasted with its tags: paragraphs, lists and tables of a web page become the lines that Markdown would have.
//!
//! Only the tags that make lines and cells matter; all others vanish. A line keeps its number, so that the report still
//! speaks of what was pasted.

use crate::lines::Source;

/// Turns tagged lines into plain ones; returns `None` for a text without tags.
pub(crate) fn untagged(sources: &[Source]) -> Option<Vec<Source>> {
    let tagged = sources.iter().filter(|line| line.text.contains('<') && has_block(&line.text)).count();
    if tagged < 2 {
        return None;
    }
    let mut page = Page::default();
    for line in sources {
        page.read(line);
    }
    page.flush();
    Some(page.lines)
}

fn has_block(text: &str) -> bool {
    text.match_indices('<')
        .any(|(at, _)| tag_at(&text[at..]).is_some_and(|(tag, _)| BLOCKS.contains(&tag.name.as_str())))
}

const BLOCKS: &[&str] = &[
    "p", "div", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "dl", "dt", "dd", "br", "section",
    "article", "h1", "h2", "h3", "h4", "h5", "h6",
];

struct Tag {
    name: String,
    closing: bool,
}

/// Reads a tag that begins `s`, with its length.
fn tag_at(s: &str) -> Option<(Tag, usize)> {
    if s.starts_with("<!--") {
        let len = s.find("-->").map_or(s.len(), |end| end + 3);
        return Some((Tag { name: String::new(), closing: false }, len));
    }
    let inner = s.strip_prefix('<')?;
    let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let end = s.find('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let known = BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str());
    known.then_some((Tag { name, closing }, end + 1))
}

const INLINE: &[&str] =
    &["b", "strong", "i", "em", "a", "code", "span", "u", "time", "font", "small", "tt", "pre", "img"];

#[derive(Default)]
struct Page {
    lines: Vec<Source>,
    /// What is written so far, and the line where it began.
    text: String,
    number: usize,
    /// Inside a table row, whose cells may stand on lines of their own.
    row: bool,
    titles: bool,
}

impl Page {
    fn read(&mut self, line: &Source) {
        let before = self.lines.len();
        if !self.row {
            self.number = line.number;
        }
        let mut rest = line.text.as_str();
        while let Some(at) = rest.find('<') {
            let Some((tag, len)) = tag_at(&rest[at..]) else {
                self.text.push_str(&decoded(&rest[..=at]));
                rest = &rest[at + 1..];
                continue;
            };
            self.text.push_str(&decoded(&rest[..at]));
            rest = &rest[at + len..];
            self.tag(&tag, line.number);
        }
        self.text.push_str(&decoded(rest));
        if self.row {
            self.text.push(' ');
        } else {
            self.flush();
        }
        if self.lines.len() == before && !self.row {
            self.lines.push(Source { number: line.number, text: String::new() });
        }
    }

    fn tag(&mut self, tag: &Tag, number: usize) {
        match (tag.name.as_str(), tag.closing) {
            ("li", false) => self.begin("- ", number),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => self.begin("## ", number),
            ("tr", false) => {
                self.begin("", number);
                (self.row, self.titles) = (true, false);
            }
            ("td" | "th", false) => {
                self.titles |= tag.name == "th";
                self.text.push_str("| ");
            }
            ("tr", true) => self.end_row(),
            ("dd", false) if !self.text.trim().is_empty() => self.text.push_str(" – "),
            ("b" | "strong", _) => self.text.push_str("**"),
            ("code" | "tt", _) => self.text.push('`'),
            ("td" | "th", true) => {}
            (name, _) if BLOCKS.contains(&name) && !self.row => self.begin("", number),
            ("br", _) => self.text.push(' '),
            _ => {}
        }
    }

    fn begin(&mut self, mark: &str, number: usize) {
        self.flush();
        self.number = number;
        self.text.push_str(mark);
    }

    fn end_row(&mut self) {
        self.row = false;
        let columns = self.text.matches('|').count();
        self.text.push('|');
        let number = self.number;
        self.flush();
        if std::mem::take(&mut self.titles) {
            self.lines.push(Source { number, text: format!("|{}", "---|".repeat(columns)) });
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let bare = text.trim().trim_matches(['-', '#', '*', ' ']);
        if !bare.is_empty() {
            // Emphasis around nothing is left where a tag stood alone.
            self.lines.push(Source { number: self.number, text: text.trim().replace("****", "") });
        }
    }
}

/// Replaces the entities that stand for a character.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end < 10).and_then(|end| Some((character(&rest[1..end])?, end + 1)));
        match entity {
            Some((c, len)) => {
                decoded.push(c);
                rest = &rest[len..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded + rest
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        "rsquo" | "lsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "rarr" => '→',
        "middot" => '·',
        "bull" => '•',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            let c = char::from_u32(code)?;
            if c.is_control() || c == '\u{a0}' { ' ' } else { c }
        }
    })
}
