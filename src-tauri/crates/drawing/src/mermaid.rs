//! The two drawings as Mermaid flowcharts, for records that are read as text.
//!
//! Typed texts stay texts: whatever Mermaid, its Markdown labels or HTML could read as something else becomes an entity
//! code. Ids are made here. An empty text becomes an ellipsis, because Mermaid refuses a label without letters.

use std::collections::HashMap;
use std::fmt::Write as _;

use meeting::{Factor, FactorCategory, StepId, WhyChain};

use crate::wrap::tidy;

/// Returns a why-chain as a Mermaid flowchart, growing downwards.
#[must_use]
pub fn mermaid_why(chain: &WhyChain) -> String {
    let mut out = format!("flowchart TD\n  symptom[\"{}\"]\n", label(&chain.symptom));
    let mut ids: HashMap<StepId, usize> = HashMap::new();
    for (number, (depth, step)) in chain.walk().into_iter().enumerate() {
        let number = number + 1;
        ids.insert(step.id, number);
        let fifth = if depth == 5 { "fifth answer<br/>" } else { "" };
        let end = step.ends_at.map(|end| format!("<br/>ends at {}", end.word())).unwrap_or_default();
        let (open, close) = if step.ends_at.is_some() { ("([", "])") } else { ("[", "]") };
        line(&mut out, format_args!("answer{number}{open}\"{fifth}{}{end}\"{close}", label(&step.answer)));
        match step.parent.and_then(|parent| ids.get(&parent)) {
            Some(parent) => line(&mut out, format_args!("answer{parent} --> answer{number}")),
            None => line(&mut out, format_args!("symptom --> answer{number}")),
        }
    }
    out
}

/// Returns contributing factors as a Mermaid flowchart that runs to the effect at the right.
#[must_use]
pub fn mermaid_fishbone(effect: &str, factors: &[Factor]) -> String {
    let mut out = format!("flowchart LR\n  effect[\"{}\"]\n", label(effect));
    for (place, category) in (1..).zip(FactorCategory::of(factors)) {
        let of_category = factors.iter().enumerate().filter(|(_, factor)| factor.category == category);
        for (row, (number, factor)) in of_category.enumerate() {
            if row == 0 {
                line(&mut out, format_args!("category{place}([\"{}\"]) --> effect", label(category.word())));
            }
            line(&mut out, format_args!("factor{}[\"{}\"] --- category{place}", number + 1, label(&factor.text)));
        }
    }
    out
}

fn line(out: &mut String, text: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  {text}");
}

/// Encodes a typed text for the inside of a quoted label.
fn label(text: &str) -> String {
    let text = tidy(text);
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    let mut at_word = 0;
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        if matches!((before, letter), ('\u{FB02}', '°') | ('¶', 'ß')) {
            // Mermaid itself writes these pairs for entity codes while it draws; a joiner that is not seen parts them.
            out.push('\u{2060}');
        }
        if letter == '\n' {
            out.push_str("<br/>");
        } else if is_plain(before, letter, next) {
            if !before.is_alphanumeric() {
                at_word = out.len();
            }
            out.push(letter);
            // Some parsers end a block at this word, even inside a label.
            if !next.is_alphanumeric() && out[at_word..].eq_ignore_ascii_case("end") {
                let first = u32::from(out.as_bytes()[at_word]);
                out.replace_range(at_word..=at_word, &format!("#{first};"));
            }
        } else {
            let _ = write!(out, "#{};", u32::from(letter));
        }
        before = letter;
    }
    out
}

/// Returns whether a letter means nothing to Mermaid, to Markdown or to HTML where it stands.
fn is_plain(before: char, letter: char, next: char) -> bool {
    match letter {
        // Some line separators end a statement.
        '\u{2028}' | '\u{2029}' => false,
        ' ' | ',' => true,
        // A full stop after a digit starts a list, and one inside a word makes a link.
        '.' => before.is_alphabetic() && next.is_whitespace(),
        '-' => before.is_alphanumeric() && next.is_alphanumeric(),
        _ => letter.is_alphanumeric() || !letter.is_ascii(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mermaid_would_read_as_syntax_becomes_entity_codes() {
        for (typed, expected) in [
            ("say \"no\"", "say #34;no#34;"),
            ("[a](b){c}|d|", "#91;a#93;#40;b#41;#123;c#125;#124;d#124;"),
            ("`*bold*`", "#96;#42;bold#42;#96;"),
            ("<b>&amp;</b>", "#60;b#62;#38;amp#59;#60;#47;b#62;"),
            ("one\ntwo", "one<br/>two"),
            ("%% not a comment; style a:#b;", "#37;#37; not a comment#59; style a#58;#35;b#59;"),
            ("the end", "the #101;nd"),
            ("End of a weekend", "#69;nd of a weekend"),
            ("#quot;", "#35;quot#59;"),
            ("1. first", "1#46; first"),
            ("- first", "#45; first"),
            ("the on-call shift ended.", "the on-call shift ended."),
            ("www.example.com", "www#46;example#46;com"),
            ("ﬂ°°35¶ß", "ﬂ\u{2060}°°35¶\u{2060}ß"),
            ("", "…"),
        ] {
            assert_eq!(label(typed), expected, "{typed}");
        }
    }
}
