//! Setting text: spans become lines of positioned glyphs that remember their words.
//!
//! Layout is `parley`'s; this module decides fonts, colours and links for each span, takes the glyphs out of the layout
//! and keeps for each cluster which words it stands for, so that a reader can search and copy them in any script. Where
//! lines go on a page is decided in `pages`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use parley::fontique::{Blob, Language};
use parley::layout::AlignmentOptions;
use parley::{
    Alignment, Cluster, FontData, FontFeatures, FontStyle, FontWeight, Layout, LineBreak, OverflowWrap, StyleProperty,
};
use smallvec::SmallVec;

use super::fonts::{Engine, Families};
use super::look::{Ink, Style};
use super::structure::NodeId;
use crate::blocks::{Align, Span};
use crate::words;

/// A width at which no line of a page is ever broken; larger ones would cost positions their precision.
pub(super) const UNBROKEN: f32 = 4096.0;

/// What a stretch of glyphs is painted with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Brush {
    ink: Ink,
    link: Option<usize>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// To an address outside of the document.
    Url(String),
    /// To the heading of this number.
    Heading(usize),
}

/// A link inside a text.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) target: Target,
    /// The words of the link, for readers that cannot see.
    pub(super) words: String,
    /// Its place in the structure of the document.
    pub(super) node: NodeId,
}

/// A text that was broken into lines.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) style: Style,
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    pub(super) links: Vec<Link>,
}

/// One line of a text.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Runs in the order in which they stand on the page, from left to right.
    pub(super) runs: Vec<Run>,
    /// Width of what is visible.
    pub(super) width: f32,
}

/// Glyphs of one face, size and colour beside each other.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) face: usize,
    pub(super) size: f32,
    pub(super) ink: Ink,
    pub(super) link: Option<usize>,
    /// From where to where it reaches, counted from the left edge of the text.
    pub(super) reach: Range<f32>,
    pub(super) clusters: Vec<Glyphs>,
}

/// The glyphs of one cluster and the words they stand for.
#[derive(Debug)]
pub(super) struct Glyphs {
    /// The words, as a range of the text.
    pub(super) words: Range<usize>,
    /// Nearly always one, which then needs no memory of its own.
    pub(super) glyphs: SmallVec<[Glyph; 1]>,
}

/// A glyph, positioned relative to the start of the line's baseline; `y` grows upwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) id: u16,
    pub(super) x: f32,
    pub(super) y: f32,
    /// How much room it takes; a mark over another glyph takes none.
    pub(super) advance: f32,
}

/// A face that the document uses.
pub(super) struct Face {
    pub(super) data: Blob<u8>,
    pub(super) index: u32,
    /// Every glyph in use with the words that a reader gets for it. The first use decides.
    pub(super) glyphs: BTreeMap<u16, String>,
}

/// Sets texts and collects the faces they use.
pub(super) struct Typesetter {
    engine: Engine,
    families: Families,
    locale: Option<Language>,
    pub(super) faces: Vec<Face>,
    numbers: HashMap<(u64, u32), usize>,
    /// Characters that no face covers.
    pub(super) missing: BTreeSet<char>,
}

/// A stretch of tidy text with what is to be done to it.
struct Stretch<'a> {
    range: Range<usize>,
    span: &'a Span,
    link: Option<usize>,
}

impl Typesetter {
    /// Makes a typesetter for a document in `language` that holds the characters of `text`.
    pub(super) fn new(language: &str, text: &str) -> Self {
        let engine = Engine::take(language, text);
        Self {
            families: engine.families(),
            engine,
            locale: Language::parse(language).ok(),
            faces: Vec::new(),
            numbers: HashMap::new(),
            missing: BTreeSet::new(),
        }
    }

    /// Gives the fonts back and returns the faces in use and the characters that none of them covers.
    pub(super) fn finish(self) -> (Vec<Face>, Vec<char>) {
        self.engine.put_back();
        (self.faces, self.missing.into_iter().collect())
    }

    /// Breaks `spans` into lines no wider than `width`.
    ///
    /// `link_node` is asked for a place in the structure for each active link.
    pub(super) fn set(
        &mut self,
        spans: &[Span],
        style: Style,
        width: f32,
        mut link_node: impl FnMut() -> NodeId,
    ) -> Setting {
        let mut text = String::new();
        let mut links = Vec::new();
        let mut stretches = Vec::new();
        for span in spans {
            let start = text.len();
            text.push_str(&words::inside(span.words()));
            let mut link = None;
            if let Span::Link { url, text: label } = span {
                if words::may_be_followed(url) {
                    link = Some(links.len());
                    let target = Target::Url(url.trim().to_owned());
                    links.push(Link { target, words: words::line(label), node: link_node() });
                } else if !url.trim().is_empty() {
                    text.push_str(&format!(" ({})", words::line(url)));
                }
            }
            stretches.push(Stretch { range: start..text.len(), span, link });
        }
        let lines = self.lines(&text, &stretches, style, width);
        Setting { style, text, lines, links }
    }

    /// Sets plain words that all lead to the heading of a number.
    pub(super) fn set_entry(&mut self, words: &str, style: Style, width: f32, heading: usize, node: NodeId) -> Setting {
        let text = words::line(words);
        let span = Span::text("");
        let stretches = [Stretch { range: 0..text.len(), span: &span, link: Some(0) }];
        let lines = self.lines(&text, &stretches, style, width);
        let links = vec![Link { target: Target::Heading(heading), words: text.clone(), node }];
        Setting { style, text, lines, links }
    }

    /// Sets lines as they are, in the family of code.
    pub(super) fn set_literal(&mut self, text: &str, style: Style, width: f32) -> Setting {
        let span = Span::code("");
        let stretches = [Stretch { range: 0..text.len(), span: &span, link: None }];
        let lines = self.lines(text, &stretches, style, width);
        Setting { style, text: text.to_owned(), lines, links: Vec::new() }
    }

    /// Returns the width of words in one line. They are not remembered as part of the document.
    pub(super) fn measure(&mut self, text: &str, style: Style) -> f32 {
        self.layout(text, &[], style, UNBROKEN).width()
    }

    fn lines(&mut self, text: &str, stretches: &[Stretch<'_>], style: Style, width: f32) -> Vec<Line> {
        let set = self.layout(text, stretches, style, width);
        set.lines().map(|line| self.line(&line, text)).collect()
    }

    fn layout(&mut self, text: &str, stretches: &[Stretch<'_>], style: Style, width: f32) -> Layout<Brush> {
        let Engine { fonts, layout, .. } = &mut self.engine;
        let mut builder = layout.ranged_builder(fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(self.families.body.clone()));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Locale(self.locale));
        builder.push_default(StyleProperty::Brush(Brush { ink: style.ink, link: None }));
        if style.strong {
            builder.push_default(StyleProperty::FontWeight(FontWeight::SEMI_BOLD));
        }
        if style.tabular {
            builder.push_default(StyleProperty::FontFeatures(FontFeatures::from("\"tnum\" 1")));
        }
        for stretch in stretches {
            let range = stretch.range.clone();
            match stretch.span {
                Span::Text(_) | Span::Link { .. } => {}
                Span::Strong(_) => {
                    builder.push(StyleProperty::FontWeight(FontWeight::SEMI_BOLD), range.clone());
                    let ink = style.strong_ink;
                    builder.push(StyleProperty::Brush(Brush { ink, link: None }), range.clone());
                }
                Span::Emphasis(_) => builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone()),
                Span::Code(_) => {
                    builder.push(StyleProperty::FontFamily(self.families.code.clone()), range.clone());
                    builder.push(StyleProperty::FontSize(style.size * 0.94), range.clone());
                }
            }
            if let Some(link) = stretch.link {
                let ink = if matches!(stretch.span, Span::Link { .. }) { Ink::Accent } else { style.ink };
                builder.push(StyleProperty::Brush(Brush { ink, link: Some(link) }), range);
            }
        }
        for range in mathematics(text) {
            builder.push(StyleProperty::FontFamily(self.families.mathematics.clone()), range);
        }
        if width < UNBROKEN {
            // What this allows is a line end before the first letter of a word. The feature of `parley` for such scripts
            // knows words by a list alone, and carries one of Chinese and Japanese that no line end needs.
            for start in ::drawing::unspaced_words(text) {
                let letter = text[start..].chars().next().map_or(0, char::len_utf8);
                builder.push(StyleProperty::LineBreak(LineBreak::Anywhere), start..start + letter);
            }
        }
        let mut set = builder.build(text);
        set.break_all_lines(Some(width));
        let alignment = match style.align {
            Align::Start => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::End => Alignment::End,
        };
        set.align(alignment, AlignmentOptions::default());
        set
    }

    fn line(&mut self, line: &parley::Line<'_, Brush>, text: &str) -> Line {
        let metrics = line.metrics();
        let mut taken = Line { runs: Vec::new(), width: metrics.advance - metrics.hanging_advance };
        let mut x = metrics.offset + metrics.inline_min_coord;
        for run in line.runs() {
            let face = self.face(run.font());
            let size = run.font_size();
            let mut pending = Pending::default();
            for cluster in run.visual_clusters() {
                let Brush { ink, link } = cluster.style().brush.clone();
                let start = x;
                x += cluster.advance();
                if !pending.take(&cluster, start) {
                    continue;
                }
                let glyphs = self.glyphs(face, &cluster, std::mem::take(&mut pending), text);
                match taken.runs.last_mut() {
                    Some(open) if (open.face, open.ink, open.link) == (face, ink, link) && close(open.size, size) => {
                        // A space at the end of a line is neither underlined nor part of a link.
                        if !cluster.is_space_or_nbsp() {
                            open.reach.end = x;
                        }
                        open.clusters.extend(glyphs);
                    }
                    _ => taken.runs.push(Run {
                        face,
                        size,
                        ink,
                        link,
                        reach: start..x,
                        clusters: glyphs.into_iter().collect(),
                    }),
                }
            }
        }
        taken
    }

    /// Returns what a cluster and the ligature parts before it draw, or nothing for a line end.
    fn glyphs(&mut self, face: usize, cluster: &Cluster<'_, Brush>, pending: Pending, text: &str) -> Option<Glyphs> {
        let mut words = pending.words;
        let right_to_left = cluster.is_rtl();
        if cluster.is_ligature_start() && !right_to_left {
            // The parts that follow carry no glyphs of their own: their words belong here.
            let mut next = *cluster;
            while let Some(part) = next.next_logical().filter(Cluster::is_ligature_continuation) {
                words.end = words.end.max(part.text_range().end);
                next = part;
            }
        }
        let spoken = text.get(words.clone()).unwrap_or_default();
        if spoken.chars().all(|c| c == '\n') {
            return None;
        }
        let mut x = pending.x;
        let mut glyphs = cluster
            .glyphs()
            .map(|glyph| {
                let id = u16::try_from(glyph.id).unwrap_or(0);
                let placed = Glyph { id, x: x + glyph.x, y: -glyph.y, advance: glyph.advance };
                x += glyph.advance;
                placed
            })
            .collect::<SmallVec<[Glyph; 1]>>();
        // Readers take the place of a cluster from its first glyph: that has to be a letter, not a mark over it.
        glyphs.sort_by_key(|glyph| glyph.advance <= 0.0);
        if glyphs.iter().any(|glyph| glyph.id == 0) {
            self.missing.extend(spoken.chars().filter(|c| !c.is_whitespace()));
        }
        self.remember(face, &glyphs, spoken);
        (!glyphs.is_empty()).then_some(Glyphs { words, glyphs })
    }

    /// Notes which words the glyphs of a face stand for.
    fn remember(&mut self, face: usize, glyphs: &[Glyph], spoken: &str) {
        let known = &mut self.faces[face].glyphs;
        for (number, glyph) in glyphs.iter().enumerate() {
            // A reader that knows nothing of clusters gets their words once, from the first glyph.
            let own = if number == 0 { spoken } else { "\u{200b}" };
            known.entry(glyph.id).or_insert_with(|| own.to_owned());
        }
    }

    fn face(&mut self, font: &FontData) -> usize {
        let faces = &mut self.faces;
        *self.numbers.entry((font.data.id(), font.index)).or_insert_with(|| {
            faces.push(Face { data: font.data.clone(), index: font.index, glyphs: BTreeMap::new() });
            faces.len() - 1
        })
    }
}

/// Parts of a ligature that stand to the left of the part that carries the glyphs, as happens from right to left.
#[derive(Default)]
struct Pending {
    open: bool,
    x: f32,
    words: Range<usize>,
}

impl Pending {
    /// Takes a cluster in and returns whether the glyphs of all that was taken are at hand.
    fn take(&mut self, cluster: &Cluster<'_, Brush>, x: f32) -> bool {
        let words = cluster.text_range();
        if self.open {
            self.words = self.words.start.min(words.start)..self.words.end.max(words.end);
        } else {
            (self.x, self.words) = (x, words);
        }
        if !cluster.is_ligature_continuation() {
            return true;
        }
        // From left to right the glyphs came with the first part, which has taken these words already.
        self.open = cluster.is_rtl();
        false
    }
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.001
}

/// Returns the ranges of arrows and mathematics that the family of running text does not draw itself.
///
/// Without a family of its own, `≰` would be composed from `≤` and a stroke, since a face that covers a decomposition
/// counts as covering the character.
fn mathematics(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, c) in text.char_indices() {
        if !matches!(c, '\u{2190}'..='\u{22ff}') || "∂∏∑−∕∙√∞∫≈≠≤≥".contains(c) {
            continue;
        }
        let end = start + c.len_utf8();
        match ranges.last_mut() {
            Some(open) if open.end == start => open.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}
