//! Keeping typed text from becoming markup.
//!
//! Only what could mean something is escaped, so that the source stays readable: some characters everywhere, others at
//! the start of a line or in a table. Styles are left off where their markers would not be understood, for instance in
//! the middle of a word. A viewer that links bare mail addresses does so after all escapes are gone; nothing that can
//! be written here keeps it from that.

use crate::blocks::Span;
use crate::words;

/// Where text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph or a list item, where a line feed starts a new line.
    Line,
    /// In a heading, which is one line.
    Heading,
    /// In a cell of a table, which is one line and ends at a bar.
    Cell,
}

/// Returns plain words, escaped.
pub(super) fn plain(text: &str, place: Place) -> String {
    inline(&[Span::text(text)], place)
}

/// Returns spans as inline markup.
pub(super) fn inline(spans: &[Span], place: Place) -> String {
    let spans = prepared(spans, place);
    let mut out = String::new();
    for (number, span) in spans.iter().enumerate() {
        let next = spans.get(number + 1).and_then(|span| span.words().chars().next());
        match span {
            Span::Text(text) => text_into(&mut out, text, place),
            Span::Strong(text) => styled(&mut out, text, "**", next, place),
            Span::Emphasis(text) => styled(&mut out, text, "_", next, place),
            Span::Code(text) => code(&mut out, text, place),
            Span::Link { text, url } => link(&mut out, text, url, place),
        }
    }
    out
}

/// Tidies spans, joins equal neighbours and trims the ends of the whole.
fn prepared(spans: &[Span], place: Place) -> Vec<Span> {
    let mut ready: Vec<Span> = Vec::new();
    for span in spans {
        let tidy = words::inside(span.words());
        let tidy = if place == Place::Line && !matches!(span, Span::Code(_)) { tidy } else { tidy.replace('\n', " ") };
        // Markers have to touch the words they mark, so spaces at the ends go outside.
        let inner = tidy.trim();
        let before = &tidy[..tidy.len() - tidy.trim_start().len()];
        let after = if inner.is_empty() { "" } else { &tidy[tidy.trim_end().len()..] };
        append(&mut ready, Span::text(before));
        append(
            &mut ready,
            match span {
                _ if inner.is_empty() => Span::text(""),
                Span::Text(_) => Span::text(inner),
                Span::Strong(_) => Span::strong(inner),
                Span::Emphasis(_) => Span::emphasis(inner),
                Span::Code(_) => Span::code(inner),
                Span::Link { url, .. } if words::may_be_followed(url) => Span::link(inner, url.trim()),
                Span::Link { url, .. } if url.trim().is_empty() => Span::text(inner),
                Span::Link { url, .. } => Span::Text(format!("{inner} ({})", words::line(url))),
            },
        );
        append(&mut ready, Span::text(after));
    }
    if let Some(Span::Text(first)) = ready.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Span::Text(last)) = ready.last_mut() {
        *last = last.trim_end().to_owned();
    }
    ready
}

fn append(ready: &mut Vec<Span>, span: Span) {
    if span.words().is_empty() {
        return;
    }
    match (ready.last_mut(), &span) {
        (Some(Span::Text(open)), Span::Text(more))
        | (Some(Span::Strong(open)), Span::Strong(more))
        | (Some(Span::Emphasis(open)), Span::Emphasis(more))
        | (Some(Span::Code(open)), Span::Code(more)) => open.push_str(more),
        _ => ready.push(span),
    }
}

fn styled(out: &mut String, text: &str, marker: &str, next: Option<char>, place: Place) {
    // The rules for markers beside letters and punctuation are intricate (CommonMark 6.2). Where a marker stands
    // between white space or ASCII punctuation on the outside, all of them are met.
    let open = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    if open(out.chars().next_back()) && open(next) {
        out.push_str(marker);
        text_into(out, text, place);
        out.push_str(marker);
    } else {
        text_into(out, text, place);
    }
}

fn code(out: &mut String, text: &str, place: Place) {
    // A bar in a table ends the cell even inside of code, and no escape works there.
    if place == Place::Cell && text.contains('|') {
        return text_into(out, text, place);
    }
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    // Right after a fence, another one would be read as a longer fence.
    if out.ends_with('`') && !out.ends_with("\\`") {
        return text_into(out, text, place);
    }
    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
}

fn link(out: &mut String, text: &str, url: &str, place: Place) {
    out.push('[');
    text_into(out, text, place);
    out.push_str("](");
    for c in url.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '(' | ')' | '<' | '>' | '\\' | '|' | '`' | '"' | '\'' | '*' | '_' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out.push(')');
}

/// Appends words, escaped for where `out` has come to.
fn text_into(out: &mut String, text: &str, place: Place) {
    let characters = text.chars().collect::<Vec<_>>();
    for (number, c) in characters.iter().copied().enumerate() {
        let rest = &characters[number + 1..];
        if c == '\n' {
            out.push_str("\\\n");
            continue;
        }
        if c == '|' && place == Place::Cell && out.ends_with('\\') {
            out.push_str("&#124;");
            continue;
        }
        // Some readers take `{#name}` at the end of a heading for its anchor, whether it is escaped or not.
        if c == '{' && place == Place::Heading {
            out.push_str("&#123;");
            continue;
        }
        let line = out.rfind('\n').map_or(&out[..], |end| &out[end + 1..]);
        let before = out.chars().next_back();
        if means_something(c, rest, before) || starts_a_block(c, rest, line, place) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Returns whether a character could be markup wherever it stands.
fn means_something(c: char, rest: &[char], before: Option<char>) -> bool {
    let next = rest.first().copied();
    match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$' => true,
        // An entity: `&amp;`, `&#38;`.
        '&' => next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '#'),
        // An image needs a bracket, which is escaped; but the mark would then be taken for its start.
        '!' => next == Some('['),
        // A bare address, `https://…`, or a sign by its name, `:tada:`.
        ':' => rest.starts_with(&['/', '/']) || names_a_sign(rest),
        // A bare address, `www.…`.
        '.' => before.is_some_and(|b| b.eq_ignore_ascii_case(&'w')) && next.is_some_and(char::is_alphanumeric),
        '@' => true,
        _ => false,
    }
}

fn names_a_sign(rest: &[char]) -> bool {
    let length =
        rest.iter().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(**c)).count();
    let name = &rest[..length];
    rest.get(length) == Some(&':') && name.iter().any(char::is_ascii_lowercase) || name == ['1', '0', '0']
}

/// Returns whether a character would start a block at this place of a line.
fn starts_a_block(c: char, rest: &[char], line: &str, place: Place) -> bool {
    match place {
        Place::Line => {}
        Place::Heading => return closes_a_heading(c, rest, line),
        Place::Cell => return false,
    }
    let blank = |n: Option<&char>| n.is_none_or(|n| n.is_whitespace());
    if line.trim().is_empty() {
        return matches!(c, '#' | '>' | '=' | '+' | '-' | ':' | '%');
    }
    // `1.` and `1)` with a blank after them.
    let number = !line.is_empty() && line.len() <= 9 && line.chars().all(|c| c.is_ascii_digit());
    matches!(c, '.' | ')') && number && blank(rest.first())
}

// A run of `#` at the end of a heading is left out of it.
fn closes_a_heading(c: char, rest: &[char], line: &str) -> bool {
    c == '#'
        && (line.is_empty() || line.ends_with(char::is_whitespace))
        && rest.iter().all(|r| *r == '#' || r.is_whitespace())
}
