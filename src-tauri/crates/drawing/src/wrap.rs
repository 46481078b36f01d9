//! Breaking a text into lines that fit a width.
//!
//! Lines break where Unicode allows it; a word that is wider than the line is broken between letters as people see
//! them, because a drawing must never clip what somebody wrote. Words stay in the order they were typed in, whatever
//! their direction: turning them round is left to whoever paints.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::Direction;
use unicode_segmentation::UnicodeSegmentation;

use crate::breaks::line_starts;

/// Stands for a text that nobody has written yet.
const NOTHING: &str = "…";
/// What always ends a line (UAX #14, BK, CR, LF and NL).
const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Returns the text without outer space and control characters other than line breaks; never empty.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    let out_of_place = |c: char| c != '\n' && c.is_control();
    let outer = |c: char| c.is_whitespace() || c.is_control();
    let text = text.trim_matches(outer);
    if text.is_empty() {
        Cow::Borrowed(NOTHING)
    } else if text.contains(out_of_place) {
        Cow::Owned(text.replace("\r\n", "\n").replace(out_of_place, " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns whether a paragraph reads from right to left.
pub(crate) fn reads_from_the_right(text: &str) -> bool {
    unicode_bidi::get_base_direction(text) == Direction::Rtl
}

/// Returns the lines of a text as ranges of it, none wider than `room` unless it is a single letter.
pub(crate) fn wrap(text: &str, room: f32, measure: &dyn Fn(&str) -> f32) -> Vec<Range<usize>> {
    let mut lines = Lines { text, room, measure, done: Vec::new(), start: 0, end: 0 };
    let mut from = 0;
    for to in line_starts(text).into_iter().skip(1) {
        lines.word(from..to);
        if text[..to].ends_with(LINE_ENDS) {
            lines.close(to);
        }
        from = to;
    }
    lines.close(text.len());
    if lines.done.is_empty() {
        lines.done.push(0..0);
    }
    lines.done
}

struct Lines<'a> {
    text: &'a str,
    room: f32,
    measure: &'a dyn Fn(&str) -> f32,
    done: Vec<Range<usize>>,
    start: usize,
    end: usize,
}

impl Lines<'_> {
    fn fits(&self, range: Range<usize>) -> bool {
        (self.measure)(self.text[range].trim()) <= self.room
    }

    fn word(&mut self, word: Range<usize>) {
        if self.fits(self.start..word.end) {
            self.end = word.end;
            return;
        }
        self.close(word.start);
        if self.fits(word.clone()) {
            self.end = word.end;
        } else {
            self.letters(word);
        }
    }

    /// Breaks a word that is wider than the room.
    fn letters(&mut self, word: Range<usize>) {
        let mut width = 0.0;
        for (offset, letter) in self.text[word.clone()].grapheme_indices(true) {
            let at = word.start + offset;
            let own = (self.measure)(letter);
            // Widths of single letters are added up, because measuring the growing line anew would take its square.
            if self.end > self.start && width + own > self.room && !letter.trim().is_empty() {
                self.close(at);
                width = 0.0;
            }
            width += own;
            self.end = at + letter.len();
        }
    }

    fn close(&mut self, next: usize) {
        let line = &self.text[self.start..self.end.max(self.start)];
        if !line.trim().is_empty() {
            let from = self.start + (line.len() - line.trim_start().len());
            self.done.push(from..from + line.trim().len());
        }
        self.start = next;
        self.end = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, letters: f32) -> Vec<&str> {
        let measure = |words: &str| words.graphemes(true).count() as f32;
        wrap(text, letters, &measure).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn lines_break_between_words_and_at_line_breaks() {
        assert_eq!(lines("one two  three\nfour", 8.0), ["one two", "three", "four"]);
    }

    #[test]
    fn an_over_long_word_is_broken_between_letters_as_people_see_them() {
        assert_eq!(lines("x abcdefgh y", 3.0), ["x", "abc", "def", "gh", "y"]);
        assert_eq!(lines("👩‍🚒👩‍🚒👩‍🚒", 2.0), ["👩‍🚒👩‍🚒", "👩‍🚒"]);
    }

    #[test]
    fn a_letter_wider_than_the_line_stands_alone() {
        assert_eq!(lines("ab", 0.5), ["a", "b"]);
    }

    #[test]
    fn scripts_without_spaces_break_between_characters() {
        assert_eq!(lines("数据库的备份没有人负责。", 5.0), ["数据库的备", "份没有人负", "责。"]);
    }

    #[test]
    fn scripts_that_part_no_words_break_between_them() {
        assert_eq!(lines("ภาษาไทยภาษาไทยภาษาไทย", 8.0), ["ภาษาไทย", "ภาษาไทย", "ภาษาไทย"]);
        assert_eq!(lines("ภาษาไทยภาษาไทย", 5.0), ["ภาษา", "ไทย", "ภาษา", "ไทย"]);
        assert_eq!(lines("ពួកគេនៅ\u{200b}ទីនេះ", 6.0), ["ពួកគេនៅ\u{200b}", "ទីនេះ"], "a typed place to break is used");
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        assert_eq!(lines("a\u{2028}b\u{2029}c\r\nd\ne", 9.0), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn a_paragraph_reads_in_the_direction_of_its_first_letters() {
        assert!(reads_from_the_right("لم يكن للنسخ الاحتياطي مالك (backup)"));
        assert!(!reads_from_the_right("The backup (نسخ) had no owner"));
    }

    #[test]
    fn a_text_that_nobody_wrote_is_seen() {
        assert_eq!(tidy(" \n"), "…");
        assert_eq!(tidy("a\tb\u{1b}\nc"), "a b \nc");
    }
}
