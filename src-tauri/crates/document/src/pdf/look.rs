//! The look of the pages: sizes in points, colours, and the styles of text.
//!
//! Everything that is measured in one place only stands beside its use; what two places share stands here.

use crate::blocks::Align;

/// Width of an A4 page.
pub(super) const PAGE_WIDTH: f32 = 595.276;
/// Height of an A4 page.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// Where everything starts, counted from the left edge.
pub(super) const LEFT: f32 = 50.0;
/// Width of tables, facts and figures.
pub(super) const FULL_WIDTH: f32 = PAGE_WIDTH - 2.0 * LEFT;
/// Width of running text: about seventy characters of the body size.
pub(super) const TEXT_WIDTH: f32 = 352.0;
/// Where the flow starts, counted from the top edge.
pub(super) const TOP: f32 = 78.0;
/// Where the flow ends, counted from the top edge.
pub(super) const BOTTOM: f32 = 776.0;
/// Baseline of the running header, counted from the top edge.
pub(super) const HEADER: f32 = 51.0;
/// Baseline of the footer, counted from the top edge.
pub(super) const FOOTER: f32 = 800.0;
/// Thickness of quiet rules.
pub(super) const HAIRLINE: f32 = 0.6;

/// The colours of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ink {
    /// Text that is to be read.
    #[default]
    Full,
    /// Text that accompanies.
    Soft,
    /// Rules and connectors.
    Line,
    /// The one accent.
    Accent,
    /// The bar before detection.
    Undetected,
    /// The bar between detection and mitigation.
    Ongoing,
    /// The bar after mitigation.
    Mitigated,
    /// Frames and connectors of a drawing.
    Edge,
    /// What a root cause analysis points at.
    Cause,
    /// The ground of what it points at.
    CauseGround,
    /// The ground of an excerpt.
    Sunk,
    /// The page itself, for words on a dark ground.
    Paper,
}

impl Ink {
    /// Returns how much red, green and blue it has.
    pub(super) fn channels(self) -> [f32; 3] {
        let channels: [u8; 3] = match self {
            Self::Full => [0x17, 0x20, 0x2a],
            Self::Soft => [0x4d, 0x57, 0x63],
            Self::Line => [0xde, 0xda, 0xcf],
            Self::Accent => [0x0d, 0x5c, 0x63],
            Self::Undetected => [0xa8, 0x54, 0x1c],
            Self::Ongoing => [0xc9, 0x8a, 0x2b],
            Self::Mitigated => [0xcf, 0xe0, 0xd2],
            Self::Edge => [0x7c, 0x85, 0x91],
            Self::Cause => [0x6b, 0x4a, 0x9e],
            Self::CauseGround => [0xf3, 0xef, 0xf9],
            Self::Sunk => [0xf6, 0xf5, 0xf0],
            Self::Paper => [0xff, 0xff, 0xff],
        };
        channels.map(|channel| f32::from(channel) / 255.0)
    }
}

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Size of the letters.
    pub(super) size: f32,
    /// Distance of two baselines.
    pub(super) leading: f32,
    /// Whether all of it carries weight.
    pub(super) strong: bool,
    /// Whether digits are of one width, so that counts and clocks stand under each other.
    pub(super) tabular: bool,
    /// Its colour.
    pub(super) ink: Ink,
    /// The colour of words that carry weight.
    pub(super) strong_ink: Ink,
    /// To which side it leans.
    pub(super) align: Align,
}

impl Style {
    const fn new(size: f32, leading: f32, strong: bool, ink: Ink) -> Self {
        // Among soft words, weight alone does not stand out.
        let strong_ink = if matches!(ink, Ink::Soft) { Ink::Full } else { ink };
        Self { size, leading, strong, tabular: false, ink, strong_ink, align: Align::Start }
    }

    const fn tabular(mut self) -> Self {
        self.tabular = true;
        self
    }

    const fn accented(mut self) -> Self {
        self.strong_ink = Ink::Accent;
        self
    }

    /// Leans the text to `align`.
    pub(super) const fn leaning(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Returns how far below the top of a line its baseline lies.
    ///
    /// It does not depend on the font, so that a line with a word in another script keeps the rhythm of the page.
    pub(super) fn baseline(&self) -> f32 {
        (self.leading + self.size * 0.68) / 2.0
    }
}

pub(super) const BODY: Style = Style::new(10.5, 15.5, false, Ink::Full);
pub(super) const NOTE: Style = Style::new(8.8, 12.6, false, Ink::Soft);
pub(super) const RUNNING: Style = Style::new(8.4, 12.0, false, Ink::Soft).tabular();
pub(super) const LABEL: Style = Style::new(10.0, 14.0, true, Ink::Accent);
pub(super) const TITLE: Style = Style::new(23.0, 27.5, true, Ink::Full);
pub(super) const FACT_LABEL: Style = Style::new(8.6, 12.0, false, Ink::Soft);
pub(super) const FACT_VALUE: Style = Style::new(11.0, 14.5, true, Ink::Full);
pub(super) const TABLE_HEAD: Style = Style::new(8.6, 12.0, true, Ink::Soft);
pub(super) const TABLE_CELL: Style = Style::new(9.6, 13.6, false, Ink::Full).tabular().accented();
pub(super) const MARK: Style = Style::new(8.8, 12.0, false, Ink::Soft).tabular();
pub(super) const EXCERPT: Style = Style::new(8.4, 11.6, false, Ink::Full);
pub(super) const CONTENTS: Style = Style::new(9.8, 16.0, false, Ink::Soft);
pub(super) const CONTENTS_NUMBER: Style = Style::new(9.8, 16.0, true, Ink::Full).tabular();

/// Returns the style of words in a drawing, whose lines are placed one by one.
pub(super) fn drawn(size: f32, strong: bool, ink: Ink) -> Style {
    Style::new(size, size * 1.25, strong, ink)
}

/// Returns the style of a heading and the space above it.
pub(super) fn heading(level: u8) -> (Style, f32) {
    match level {
        0 | 1 => (Style::new(15.5, 20.0, true, Ink::Full), 26.0),
        2 => (Style::new(12.2, 16.5, true, Ink::Full), 20.0),
        _ => (Style::new(10.5, 15.5, true, Ink::Full), 14.0),
    }
}
