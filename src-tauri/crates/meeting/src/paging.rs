//! How much fits on one picture of the stage: seven lines of 45 characters, six entries, never smaller type.
//!
//! What is drawn, why-chains and contributing factors, has pages of its own in `causes`.

mod causes;

pub use causes::{FactorPage, chain_pages, factor_pages, letter_width};

/// Characters a line of the stage holds.
pub const LINE: usize = 45;
/// Lines a picture of the stage holds.
pub const LINES: usize = 7;
/// Entries a picture of the stage holds.
pub const ENTRIES: usize = 6;

/// Returns how many lines a text takes on the stage, broken at spaces.
#[must_use]
pub fn lines(text: &str) -> usize {
    text.lines().map(line_count).sum::<usize>().max(1)
}

fn line_count(paragraph: &str) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > LINE {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        lines += (used.max(1) - 1) / LINE;
        used = if used > LINE { used % LINE } else { used };
    }
    lines
}

/// Returns the entries of each page as ranges of their index; an entry longer than a page has one to itself.
#[must_use]
pub fn pages<'a>(entries: impl Iterator<Item = &'a str>) -> Vec<std::ops::Range<usize>> {
    let mut pages: Vec<std::ops::Range<usize>> = Vec::new();
    let mut used = 0;
    for (index, text) in entries.enumerate() {
        let needed = lines(text).min(LINES);
        match pages.last_mut() {
            Some(page) if used + needed <= LINES && page.len() < ENTRIES => page.end = index + 1,
            _ => {
                pages.push(index..index + 1);
                used = 0;
            }
        }
        used += needed;
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_inside_words_longer_than_a_line() {
        assert_eq!(lines(""), 1);
        assert_eq!(lines("one two"), 1);
        assert_eq!(lines(&"word ".repeat(9)), 1, "44 characters");
        assert_eq!(lines(&"word ".repeat(10)), 2, "49 characters");
        assert_eq!(lines(&"x".repeat(91)), 3);
        assert_eq!(lines("one\ntwo"), 2);
    }

    #[test]
    fn a_page_holds_six_entries_or_seven_lines() {
        let short = ["short"; 13];
        assert_eq!(pages(short.into_iter()), [0..6, 6..12, 12..13]);
        let long = "word ".repeat(25);
        assert_eq!(pages([long.as_str(); 4].into_iter()), [0..2, 2..4], "three lines each");
        let huge = "word ".repeat(200);
        assert_eq!(pages(["a", huge.as_str(), "b"].into_iter()), [0..1, 1..2, 2..3]);
    }
}
