//! Words as both outputs agree on them.
//!
//! What people type holds tabs, control characters and line ends of three kinds. Both outputs tidy text by the same
//! rules before they write it, so that a check can compare them word by word. Escaping belongs to each output.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Returns `text` with line feeds as the only control characters.
///
/// Lines are trimmed and empty ones dropped; a tab or another control character becomes a space; composed characters
/// are preferred (NFC), because fonts and searching readers expect them.
pub(crate) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'], "\n");
    let tidy = text.chars().map(|c| if c != '\n' && is_noise(c) { ' ' } else { c }).collect::<String>();
    let tidy = tidy.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if is_nfc(&tidy) { tidy } else { tidy.nfc().collect() }
}

/// Returns `text` tidied as [`lines`] does, with its lines joined by spaces.
pub(crate) fn line(text: &str) -> String {
    lines(text).replace('\n', " ")
}

/// Returns `text` tidied for a place inside other text: white space at its ends is kept, since it parts two spans, and a
/// line feed at its beginning starts a new line.
pub(crate) fn inside(text: &str) -> String {
    let tidy = lines(text);
    let blank = |c: Option<char>| c.is_some_and(|c| c.is_whitespace() || is_noise(c));
    let leading = &text[..text.len() - text.trim_start().len()];
    let before = match blank(text.chars().next()) {
        true if leading.contains('\n') => "\n",
        true => " ",
        false => "",
    };
    let after = if blank(text.chars().next_back()) && !tidy.is_empty() { " " } else { "" };
    format!("{before}{tidy}{after}")
}

/// Returns `text` tidied for a place where it is read literally: spaces and empty lines inside it are kept.
pub(crate) fn literal(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'], "\n");
    let text = text.replace('\t', "    ");
    let tidy = text.chars().map(|c| if c != '\n' && is_noise(c) { ' ' } else { c }).collect::<String>();
    let lines = tidy.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
    lines.trim_matches('\n').nfc().collect()
}

// Control characters draw nothing, and the overrides of direction can make a record read differently from what is in
// it. A line mark and an isolate are harmless and needed in mixed text.
fn is_noise(c: char) -> bool {
    c.is_control() || matches!(c, '\u{feff}' | '\u{202d}' | '\u{202e}' | '\u{fff9}'..='\u{fffb}')
}

/// Returns whether `url` may become an active link: an absolute `http`, `https` or `mailto` address, or the name of a file
/// that Debrief has made and that lies beside the document.
pub(crate) fn may_be_followed(url: &str) -> bool {
    if is_own_file(url) {
        return true;
    }
    let lower = url.trim().to_ascii_lowercase();
    let after = |scheme: &str| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty());
    (after("http://") || after("https://") || after("mailto:")) && !url.trim().contains(char::is_whitespace)
}

/// Returns whether this is a name as exports have it: small letters, digits and hyphens, and an ending that is known.
fn is_own_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        ["md", "pdf", "png", "jpg"].contains(&ending)
            && stem.starts_with(|c: char| c.is_ascii_alphanumeric())
            && stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}

/// Makes anchors for headings, each only once in a document.
///
/// The rule is GitHub's: lower case, letters, digits, hyphens and underscores stay, spaces become hyphens, a number is
/// appended to the second of two equal ones.
#[derive(Default)]
pub(crate) struct Anchors {
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// Returns the anchor of the next heading.
    pub(crate) fn next(&mut self, heading: &str) -> String {
        let slug = line(heading)
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                '-' | '_' => Some(c),
                _ if c.is_alphanumeric() => Some(c),
                _ => None,
            })
            .collect::<String>();
        let count = self.taken.entry(slug.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_of_direction_and_control_characters_become_spaces() {
        assert_eq!(line("a\u{202e}b\u{0}c\td"), "a b c d");
    }

    #[test]
    fn every_kind_of_line_end_is_one_line_feed() {
        assert_eq!(lines(" a\r\nb\r\r c \u{2028}d\n"), "a\nb\nc\nd");
    }

    #[test]
    fn an_excerpt_keeps_its_indentation_and_its_empty_lines() {
        assert_eq!(literal("\n\ta\u{1b}[0m \r\n\r\n  b\n"), "    a [0m\n\n  b");
    }

    #[test]
    fn white_space_that_parts_two_spans_is_kept() {
        assert_eq!(inside("\tseen at "), " seen at ");
        assert_eq!(inside("  "), " ");
    }

    #[test]
    fn only_absolute_web_and_mail_addresses_may_be_followed() {
        assert!(may_be_followed("https://status.example/1"));
        assert!(may_be_followed("MAILTO:ops@example.org"));
        assert!(may_be_followed("2026-05-06-checkout-errors.pdf"));
        for url in ["../a.pdf", "a/b.md", "A.md", "a.html", ".md", "-x.md", "a b.md"] {
            assert!(!may_be_followed(url), "{url}");
        }
        for url in ["javascript:alert(1)", "file:///etc/passwd", "//example.org", "https://", "http://a b", "data:x"] {
            assert!(!may_be_followed(url), "{url}");
        }
    }

    #[test]
    fn two_equal_headings_get_two_anchors() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("What went well?"), "what-went-well");
        assert_eq!(anchors.next("What went well"), "what-went-well-1");
    }
}
