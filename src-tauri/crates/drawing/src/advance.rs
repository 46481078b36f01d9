//! How wide words are, without a font at hand.
//!
//! Latin is as wide as the product's own family sets it (without kerning, which only ever makes it narrower by a
//! hair); other scripts are taken as wide as their fonts commonly are. Whoever shapes text brings a better measure.

mod table;

use table::{LATIN, PUNCTUATION};

use crate::Weight;

/// Characters that are as wide as they are high.
const WIDE: [std::ops::RangeInclusive<char>; 8] = [
    '\u{1100}'..='\u{115F}',
    '\u{2190}'..='\u{2BFF}',
    '\u{2E80}'..='\u{A4CF}',
    '\u{AC00}'..='\u{D7A3}',
    '\u{F900}'..='\u{FAFF}',
    '\u{FE30}'..='\u{FE6F}',
    '\u{FF00}'..='\u{FFEF}',
    '\u{1F000}'..='\u{3FFFD}',
];

/// Characters that take no room of their own: joiners, variation selectors and the common combining marks.
const WITHOUT_WIDTH: [std::ops::RangeInclusive<char>; 8] = [
    '\u{0300}'..='\u{036F}',
    '\u{0591}'..='\u{05BD}',
    '\u{0610}'..='\u{061A}',
    '\u{064B}'..='\u{065F}',
    '\u{1AB0}'..='\u{1AFF}',
    '\u{200B}'..='\u{200F}',
    '\u{20D0}'..='\u{20FF}',
    '\u{FE00}'..='\u{FE0F}',
];

/// Returns the width of words at size 1 in the product's own family.
#[must_use]
pub fn advance(words: &str, weight: Weight) -> f32 {
    words.chars().map(|letter| of_letter(letter, weight)).sum()
}

fn of_letter(letter: char, weight: Weight) -> f32 {
    let face = match weight {
        Weight::Regular => 0,
        Weight::SemiBold => 1,
    };
    let code = letter as usize;
    let known = match code {
        0x20..=0x17F => LATIN[face][code - 0x20],
        0x2010..=0x2044 => PUNCTUATION[face][code - 0x2010],
        _ => 0,
    };
    if known > 0 {
        f32::from(known) / 1000.0
    } else if WITHOUT_WIDTH.iter().any(|range| range.contains(&letter)) {
        0.0
    } else if WIDE.iter().any(|range| range.contains(&letter)) {
        1.0
    } else {
        0.6
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(face: &str) -> Vec<u8> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../document/fonts/atkinson-hyperlegible-next");
        std::fs::read(format!("{folder}/AtkinsonHyperlegibleNext-{face}.ttf")).expect("the family is in the repository")
    }

    #[test]
    fn the_widths_of_latin_letters_are_those_of_the_font() {
        for (face, weight) in [("Regular", Weight::Regular), ("SemiBold", Weight::SemiBold)] {
            let bytes = font(face);
            let face = ttf_parser::Face::parse(&bytes, 0).expect("a font");
            let per_em = f32::from(face.units_per_em());
            let mut compared = 0;
            for letter in ('\u{20}'..='\u{17F}').chain('\u{2010}'..='\u{2044}') {
                let Some(glyph) = face.glyph_index(letter) else { continue };
                let Some(expected) = face.glyph_hor_advance(glyph).filter(|width| *width > 0) else { continue };
                let found = advance(letter.encode_utf8(&mut [0; 4]), weight);
                assert!((found - f32::from(expected) / per_em).abs() < 0.0005, "{letter:?}: {found}");
                compared += 1;
            }
            assert!(compared > 290, "only {compared} letters were compared");
        }
    }

    #[test]
    fn other_scripts_have_a_width_and_marks_have_none() {
        assert_eq!(advance("数🚒", Weight::Regular), 2.0);
        assert_eq!(advance("мы", Weight::Regular), 1.2);
        assert_eq!(advance("e\u{301}", Weight::SemiBold), advance("e", Weight::SemiBold));
    }
}
