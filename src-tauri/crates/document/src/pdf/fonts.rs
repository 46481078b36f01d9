//! The fonts of the pages.
//!
//! The faces that travel inside the program cover Latin, Greek, Cyrillic, Arabic, Hebrew, the larger scripts of South
//! and South-East Asia, the Caucasus and Ethiopia, mathematics, arrows and emoji. Each family is unpacked and registered
//! only when a document holds characters that it may be needed for. What no face covers is reported, not hidden.
//!
//! Chinese, Japanese and Korean are drawn differently for the same characters, and take ten to twenty megabytes a face.
//! The system's own faces are therefore asked first; one plain face inside the program stands behind them, so that
//! nothing is ever a box.
//!
//! The system's Noto Sans CJK is a collection (`.ttc`) with CFF outlines. `parley` registers each of its faces, the
//! subsetter takes the face by its index and writes a CID-keyed CFF font of its own, and that is what gets embedded:
//! neither collection nor outlines need any further care.

use std::borrow::Cow;
use std::io::Read as _;
use std::ops::RangeInclusive;
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
const EMOJI: &str = "Noto Emoji";

/// A family inside the program.
struct Shipped {
    family: &'static str,
    faces: &'static [&'static Packed],
    /// Characters that it may be needed for; none means every character that Latin text does without.
    scripts: &'static [RangeInclusive<char>],
}

/// A face as it lies in the program: its PostScript name and its bytes, deflated.
struct Packed {
    name: &'static str,
    deflated: &'static [u8],
    unpacked: OnceLock<Vec<u8>>,
}

macro_rules! shipped {
    ($($family:literal $([$($script:expr),+])?: $($name:literal),+;)+) => {
        [$(Shipped {
            family: $family,
            faces: &[$({
                static FACE: Packed = Packed {
                    name: $name,
                    deflated: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".deflate")),
                    unpacked: OnceLock::new(),
                };
                &FACE
            }),+],
            scripts: &[$($($script),+)?],
        }),+]
    };
}

/// Every family inside the program, in the order in which they help out.
static SHIPPED: [Shipped; 24] = shipped! {
    "Atkinson Hyperlegible Next" ['\0'..='\u{10ffff}']:
        "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Italic", "AtkinsonHyperlegibleNext-SemiBold";
    "Atkinson Hyperlegible Mono" ['\0'..='\u{10ffff}']: "AtkinsonHyperlegibleMono-Regular";
    "Noto Sans": "NotoSans-Regular", "NotoSans-SemiBold";
    "Noto Sans Arabic" ['\u{600}'..='\u{6ff}', '\u{750}'..='\u{77f}', '\u{870}'..='\u{8ff}', '\u{fb50}'..='\u{fdff}', '\u{fe70}'..='\u{fefc}']:
        "NotoSansArabic-Regular", "NotoSansArabic-SemiBold";
    "Noto Sans Hebrew" ['\u{590}'..='\u{5ff}', '\u{fb1d}'..='\u{fb4f}']: "NotoSansHebrew-Regular", "NotoSansHebrew-SemiBold";
    "Noto Sans Devanagari" ['\u{900}'..='\u{97f}', '\u{a8e0}'..='\u{a8ff}', '\u{1cd0}'..='\u{1cff}']: "NotoSansDevanagari-Regular";
    "Noto Sans Bengali" ['\u{980}'..='\u{9ff}']: "NotoSansBengali-Regular";
    "Noto Sans Gurmukhi" ['\u{a00}'..='\u{a7f}']: "NotoSansGurmukhi-Regular";
    "Noto Sans Gujarati" ['\u{a80}'..='\u{aff}']: "NotoSansGujarati-Regular";
    "Noto Sans Tamil" ['\u{b80}'..='\u{bff}']: "NotoSansTamil-Regular";
    "Noto Sans Telugu" ['\u{c00}'..='\u{c7f}']: "NotoSansTelugu-Regular";
    "Noto Sans Kannada" ['\u{c80}'..='\u{cff}']: "NotoSansKannada-Regular";
    "Noto Sans Malayalam" ['\u{d00}'..='\u{d7f}']: "NotoSansMalayalam-Regular";
    "Noto Sans Sinhala" ['\u{d80}'..='\u{dff}']: "NotoSansSinhala-Regular";
    "Noto Sans Thai" ['\u{e00}'..='\u{e7f}']: "NotoSansThai-Regular";
    "Noto Sans Lao" ['\u{e80}'..='\u{eff}']: "NotoSansLao-Regular";
    "Noto Sans Myanmar" ['\u{1000}'..='\u{109f}', '\u{a9e0}'..='\u{a9ff}', '\u{aa60}'..='\u{aa7f}']: "NotoSansMyanmar-Regular";
    "Noto Sans Georgian" ['\u{10a0}'..='\u{10ff}', '\u{1c90}'..='\u{1cbf}', '\u{2d00}'..='\u{2d2f}']: "NotoSansGeorgian-Regular";
    "Noto Sans Armenian" ['\u{530}'..='\u{58f}', '\u{fb13}'..='\u{fb17}']: "NotoSansArmenian-Regular";
    "Noto Sans Ethiopic" ['\u{1200}'..='\u{139f}', '\u{2d80}'..='\u{2ddf}', '\u{ab00}'..='\u{ab2f}']: "NotoSansEthiopic-Regular";
    "Noto Sans Khmer" ['\u{1780}'..='\u{17ff}', '\u{19e0}'..='\u{19ff}']: "NotoSansKhmer-Regular";
    "Noto Sans Math": "NotoSansMath-Regular";
    "Noto Emoji": "NotoEmoji-Regular";
    "Droid Sans Fallback" ['\u{1100}'..='\u{11ff}', '\u{2e80}'..='\u{a4cf}', '\u{ac00}'..='\u{d7ff}', '\u{f900}'..='\u{faff}',
        '\u{fe30}'..='\u{fe4f}', '\u{ff00}'..='\u{ffef}', '\u{20000}'..='\u{3ffff}']: "DroidSansFallback";
};

/// Latin letters that the families of running text and code do not draw.
const NOT_DRAWN: &str = "\u{ad}µĈĉĔĕĜĝĤĥĨĩĬĭĴĵĸĿŀŉŊŋŌōŎŏŖŗŜŝŦŧŨũŬŭſ";

/// Returns whether the families of running text and code draw a character themselves.
fn is_latin(c: char) -> bool {
    let drawn = matches!(c, '\0'..='\u{17f}' | '–' | '—' | '‘'..='‚' | '“'..='„' | '†'..='•' | '…' | '‰' | '‹' | '›' | '€' | '™');
    drawn && !NOT_DRAWN.contains(c)
}

impl Shipped {
    fn may_be_needed(&self, foreign: &[char]) -> bool {
        let own = |c: &char| self.scripts.iter().any(|script| script.contains(c));
        let everywhere = self.scripts.iter().any(|script| script.contains(&'a'));
        everywhere || (!foreign.is_empty() && self.scripts.is_empty()) || foreign.iter().any(own)
    }
}

impl Packed {
    fn bytes(&'static self) -> &'static [u8] {
        self.unpacked.get_or_init(|| {
            let mut bytes = Vec::new();
            let read = flate2::read::DeflateDecoder::new(self.deflated).read_to_end(&mut bytes);
            debug_assert!(read.is_ok(), "{} was packed by the build", self.name);
            bytes
        })
    }
}

/// The family for Chinese, Japanese and Korean where the system has none.
const EAST_ASIAN_BEHIND: &str = "Droid Sans Fallback";

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
    /// Which of the shipped families are registered.
    shipped: Vec<usize>,
    /// The system's families for Chinese, Japanese and Korean, best first; none unless the document needs them.
    east_asian: Vec<String>,
}

// Shaping remembers what it learnt about a face, so an engine is used again. Those with system fonts are dropped:
// twenty megabytes are not worth keeping for the next record.
static IDLE: Mutex<Vec<Engine>> = Mutex::new(Vec::new());
const MOST_IDLE: usize = 4;

impl Engine {
    /// Returns an engine for a document in `language` that holds the characters of `text`.
    pub(super) fn take(language: &str, text: &str) -> Self {
        let mut foreign = text.chars().filter(|c| !is_latin(*c)).collect::<Vec<_>>();
        foreign.sort_unstable();
        foreign.dedup();
        let needed = (0..SHIPPED.len()).filter(|family| SHIPPED[*family].may_be_needed(&foreign)).collect::<Vec<_>>();
        let east_asian = foreign.iter().copied().any(is_east_asian);
        if !east_asian
            && let Ok(mut idle) = IDLE.lock()
            && let Some(found) = idle.iter().position(|engine| engine.shipped == needed)
        {
            return idle.swap_remove(found);
        }
        let mut fonts = registered(&needed);
        let east_asian = if east_asian { register_east_asian(&mut fonts, language, text) } else { Vec::new() };
        Self { fonts, layout: LayoutContext::new(), shipped: needed, east_asian }
    }

    /// Keeps the engine for the next document.
    pub(super) fn put_back(self) {
        if self.east_asian.is_empty()
            && let Ok(mut idle) = IDLE.lock()
        {
            idle.truncate(MOST_IDLE - 1);
            idle.insert(0, self);
        }
    }

    /// Returns the families for running text, code and mathematics, each with those that help out.
    pub(super) fn families(&self) -> Families {
        let helping =
            self.shipped.iter().map(|family| SHIPPED[*family].family).filter(|name| ![BODY, MONO].contains(name));
        // The plain face stands behind those of the system.
        let (last, helping): (Vec<_>, Vec<_>) = helping.partition(|name| *name == EAST_ASIAN_BEHIND);
        let stack = |first: &[&str]| {
            let names = first.iter().copied().chain(helping.iter().copied());
            let names = names.chain(self.east_asian.iter().map(String::as_str)).chain(last.iter().copied());
            FontFamily::List(names.map(|name| FontFamilyName::Named(Cow::Owned(name.to_owned()))).collect())
        };
        Families { body: stack(&[BODY]), code: stack(&[MONO, BODY]), mathematics: stack(&[MATH, BODY]) }
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
    let is_it = |face: &&&Packed| face.unpacked.get().is_some_and(|own| std::ptr::eq(own.as_ptr(), bytes.as_ptr()));
    SHIPPED.iter().flat_map(|shipped| shipped.faces).find(is_it).map(|face| face.name)
}

/// Registers some of the shipped families.
fn registered(families: &[usize]) -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for shipped in families.iter().map(|family| &SHIPPED[*family]) {
        for face in shipped.faces {
            let named = FontInfoOverride { family_name: Some(shipped.family), ..FontInfoOverride::default() };
            collection.register_fonts(Blob::new(Arc::new(face.bytes())), Some(named));
        }
    }
    let emoji = collection.family_id(EMOJI);
    collection.set_generic_families(GenericFamily::Emoji, emoji.into_iter());
    FontContext { collection, ..FontContext::default() }
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
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_language_chooses_the_han_variant_and_kana_do_where_it_cannot() {
        assert_eq!(variant("zh-TW", "骨"), " TC");
        assert_eq!(variant("zh", "骨"), " SC");
        assert_eq!(variant("en", "骨を"), " JP");
        assert_eq!(variant("en", "한국"), " KR");
    }

    #[test]
    fn every_shipped_face_can_be_unpacked_and_is_registered_under_its_family() {
        let all = (0..SHIPPED.len()).collect::<Vec<_>>();
        let mut fonts = registered(&all);
        for shipped in &SHIPPED {
            assert!(fonts.collection.family_id(shipped.family).is_some(), "{}", shipped.family);
            for face in shipped.faces {
                assert_eq!(shipped_name(face.bytes()), Some(face.name));
            }
        }
    }

    #[test]
    fn what_counts_as_latin_is_drawn_by_the_families_of_text_and_code() {
        for family in &SHIPPED[..2] {
            for face in family.faces {
                let read = printpdf::ParsedFont::from_bytes(face.bytes(), 0, &mut Vec::new()).unwrap();
                let missing = (' '..='\u{2200}').filter(|c| is_latin(*c) && !c.is_control());
                let missing = missing.filter(|c| read.lookup_glyph_index(u32::from(*c)).is_none_or(|glyph| glyph == 0));
                assert_eq!(missing.collect::<String>(), "", "{}", face.name);
            }
        }
    }

    #[test]
    fn a_family_is_unpacked_only_for_characters_it_may_be_needed_for() {
        let needed = |text: &str| {
            let engine = Engine::take("en", text);
            engine.shipped.iter().map(|family| SHIPPED[*family].family).collect::<Vec<_>>()
        };
        assert_eq!(needed("Straße – “naïve” €"), [BODY, MONO]);
        assert_eq!(needed("ไทย"), [BODY, MONO, "Noto Sans", "Noto Sans Thai", MATH, EMOJI]);
        assert!(needed("決済").contains(&EAST_ASIAN_BEHIND));
    }
}
