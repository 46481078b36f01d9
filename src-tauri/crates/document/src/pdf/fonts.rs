//! The fonts of the pages.
//!
//! A dozen faces travel inside the program and cover Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, mathematics,
//! arrows and emoji. Chinese, Japanese and Korean take ten to twenty megabytes a face, so they are looked for on the
//! system, and only when a document holds such characters. What no face covers is reported, not hidden.
//!
//! The system's Noto Sans CJK is a collection (`.ttc`) with CFF outlines. `parley` registers each of its faces, the
//! subsetter takes the face by its index and writes a CID-keyed CFF font of its own, and that is what gets embedded:
//! neither collection nor outlines need any further care.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride};
use parley::{FontContext, FontFamily, FontFamilyName, GenericFamily, LayoutContext};

use super::text::Brush;

/// The family of running text.
const BODY: &str = "Atkinson Hyperlegible Next";
/// The family of code.
const MONO: &str = "Atkinson Hyperlegible Mono";
/// The family that mathematics and arrows are asked from first.
const MATH: &str = "Noto Sans Math";
/// The families that help out, in the order in which they are asked.
const FALLBACK: [&str; 6] = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", MATH, EMOJI];
const EMOJI: &str = "Noto Emoji";

macro_rules! shipped {
    ($($family:literal: $folder:literal / $($name:literal),+;)+) => {
        &[$($(($family, $name, include_bytes!(concat!("../../fonts/", $folder, "/", $name, ".ttf")))),+),+]
    };
}

/// Family, PostScript name and bytes of every face inside the program.
const SHIPPED: &[(&str, &str, &[u8])] = shipped! {
    "Atkinson Hyperlegible Next": "atkinson-hyperlegible-next" /
        "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Italic", "AtkinsonHyperlegibleNext-SemiBold";
    "Atkinson Hyperlegible Mono": "atkinson-hyperlegible-mono" / "AtkinsonHyperlegibleMono-Regular";
    "Noto Sans": "noto-sans" / "NotoSans-Regular", "NotoSans-SemiBold";
    "Noto Sans Arabic": "noto-sans-arabic" / "NotoSansArabic-Regular", "NotoSansArabic-SemiBold";
    "Noto Sans Hebrew": "noto-sans-hebrew" / "NotoSansHebrew-Regular", "NotoSansHebrew-SemiBold";
    "Noto Sans Devanagari": "noto-sans-devanagari" / "NotoSansDevanagari-Regular";
    "Noto Sans Math": "noto-sans-math" / "NotoSansMath-Regular";
    "Noto Emoji": "noto-emoji" / "NotoEmoji-Regular";
};

/// Where Noto Sans CJK or the system's own Han fonts may lie, best first. All that exist of one line are taken.
const EAST_ASIAN: [&[&str]; 7] = [
    &["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"],
    &["/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc"],
    &[
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    ],
    &["/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc"],
    &[
        "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
        "/System/Library/Fonts/Hiragino Sans GB.ttc",
        "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    ],
    &["C:\\Windows\\Fonts\\YuGothR.ttc", "C:\\Windows\\Fonts\\msyh.ttc", "C:\\Windows\\Fonts\\malgun.ttf"],
    &["/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"],
];

/// What lays out text: the fonts, and the memory that layout uses again and again.
pub(super) struct Engine {
    pub(super) fonts: FontContext,
    pub(super) layout: LayoutContext<Brush>,
    /// Families for Chinese, Japanese and Korean, best first; none unless the document needs them.
    east_asian: Vec<String>,
}

// Shaping remembers what it learnt about a face, so an engine is used again. Those with system fonts are dropped:
// twenty megabytes are not worth keeping for the next record.
static IDLE: Mutex<Vec<Engine>> = Mutex::new(Vec::new());

impl Engine {
    /// Returns an engine for a document in `language` that holds the characters of `text`.
    pub(super) fn take(language: &str, text: &str) -> Self {
        if text.chars().any(is_east_asian) {
            let mut fonts = shipped().clone();
            let east_asian = register_east_asian(&mut fonts, language, text);
            return Self { fonts, layout: LayoutContext::new(), east_asian };
        }
        let idle = IDLE.lock().ok().and_then(|mut idle| idle.pop());
        idle.unwrap_or_else(|| Self { fonts: shipped().clone(), layout: LayoutContext::new(), east_asian: Vec::new() })
    }

    /// Keeps the engine for the next document.
    pub(super) fn put_back(self) {
        if self.east_asian.is_empty()
            && let Ok(mut idle) = IDLE.lock()
        {
            idle.push(self);
        }
    }

    /// Returns the families for running text, code and mathematics, each with those that help out.
    pub(super) fn families(&self) -> Families {
        let stack = |first: &[&str]| {
            let names = first.iter().copied().chain(FALLBACK).chain(self.east_asian.iter().map(String::as_str));
            FontFamily::List(names.map(|name| FontFamilyName::Named(Cow::Owned(name.to_owned()))).collect())
        };
        Families { body: stack(&[BODY]), code: stack(&[MONO, BODY]), mathematics: stack(&[MATH]) }
    }
}

/// The families to ask, one list for each kind of text.
pub(super) struct Families {
    pub(super) body: FontFamily<'static>,
    pub(super) code: FontFamily<'static>,
    pub(super) mathematics: FontFamily<'static>,
}

/// Returns the PostScript name of a face inside the program, or nothing for one of the system.
pub(super) fn shipped_name(bytes: &[u8]) -> Option<&'static str> {
    SHIPPED.iter().find(|(_, _, face)| std::ptr::eq(face.as_ptr(), bytes.as_ptr())).map(|(_, name, _)| *name)
}

fn shipped() -> &'static FontContext {
    static FONTS: OnceLock<FontContext> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for (family, _, bytes) in SHIPPED {
            let named = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
            collection.register_fonts(Blob::new(Arc::new(*bytes)), Some(named));
        }
        let emoji = collection.family_id(EMOJI);
        collection.set_generic_families(GenericFamily::Emoji, emoji.into_iter());
        FontContext { collection, ..FontContext::default() }
    })
}

/// Registers the first set of Han fonts that the system has and returns its families in the order of `language`.
fn register_east_asian(fonts: &mut FontContext, language: &str, text: &str) -> Vec<String> {
    let found = EAST_ASIAN.iter().find(|set| set.iter().any(|path| Path::new(path).is_file()));
    let mut families = Vec::new();
    for path in found.into_iter().flat_map(|set| set.iter()) {
        let Ok(bytes) = std::fs::read(path) else { continue };
        for (family, _) in fonts.collection.register_fonts(Blob::from(bytes), None) {
            if let Some(name) = fonts.collection.family_name(family)
                && !families.iter().any(|known| known == name)
            {
                families.push(name.to_owned());
            }
        }
    }
    let wanted = variant(language, text);
    families.retain(|name| !name.contains("Mono"));
    families.sort_by_key(|name| (!name.ends_with(wanted), name.clone()));
    families
}

/// Returns how the families of the Han variant end that suits a document.
///
/// The same code point is drawn differently in Chinese, Japanese and Korean: the language of the document decides, and
/// where it does not, kana and Hangul do.
fn variant(language: &str, text: &str) -> &'static str {
    let language = language.to_ascii_lowercase();
    if language.starts_with("zh") {
        let traditional = ["tw", "hk", "mo", "hant"].iter().any(|part| language.contains(part));
        return if traditional { " TC" } else { " SC" };
    }
    let holds = |range: std::ops::RangeInclusive<char>| text.chars().any(|c| range.contains(&c));
    if language.starts_with("ja") || holds('\u{3040}'..='\u{30ff}') {
        " JP"
    } else if language.starts_with("ko") || holds('\u{ac00}'..='\u{d7af}') {
        " KR"
    } else {
        " SC"
    }
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_chooses_the_han_variant_and_kana_do_where_it_cannot() {
        assert_eq!(variant("zh-TW", "骨"), " TC");
        assert_eq!(variant("zh", "骨"), " SC");
        assert_eq!(variant("en", "骨を"), " JP");
        assert_eq!(variant("en", "한국"), " KR");
    }

    #[test]
    fn every_shipped_face_is_registered_under_its_family() {
        let mut fonts = shipped().clone();
        for (family, name, _) in SHIPPED {
            assert!(fonts.collection.family_id(family).is_some(), "{name}");
        }
    }
}
