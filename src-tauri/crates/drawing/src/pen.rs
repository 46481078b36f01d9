//! What both drawings share: distances in multiples of the type size, set lines, and the sheet they are put on.

use crate::wrap::{reads_from_the_right, tidy, wrap};
use crate::{Anchor, BoxRole, Drawing, DrawnBox, DrawnLine, DrawnText, LineRole, Page, Type, Weight};

/// From one baseline to the next.
pub(crate) const LINE: f32 = 1.25;
/// From the top of a line to its baseline.
const ASCENT: f32 = 0.965;
/// Between the frame of a box and its words, above and below.
pub(crate) const PAD_Y: f32 = 0.5;
/// Between the frame of a box and its words, left and right.
pub(crate) const PAD_X: f32 = 0.75;
/// The widest box: some 55 letters a line.
pub(crate) const WIDEST: f32 = 28.0;
/// The smallest page on which a drawing can be read.
const LEAST: (f32, f32) = (20.0, 14.0);

/// One set line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) words: String,
    pub(crate) weight: Weight,
    pub(crate) rtl: bool,
}

/// Left, top, width and height.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// Sets texts at the size that was asked for.
pub(crate) struct Pen<'a> {
    pub(crate) page: Page,
    type_: &'a Type<'a>,
}

impl<'a> Pen<'a> {
    /// Takes a page as it is; what is drawn on it gives way by itself.
    pub(crate) fn on(page: Page, type_: &'a Type<'a>) -> Self {
        Self { page, type_ }
    }

    pub(crate) fn new(page: Page, type_: &'a Type<'a>) -> Self {
        let width = page.width.max(LEAST.0 * type_.size);
        let height = page.height.max(LEAST.1 * type_.size);
        Self { page: Page { width, height }, type_ }
    }

    /// Returns so many times the type size.
    pub(crate) fn em(&self, times: f32) -> f32 {
        times * self.type_.size
    }

    pub(crate) fn width(&self, words: &str, weight: Weight) -> f32 {
        (self.type_.measure)(words, weight) * self.type_.size
    }

    /// Breaks a tidied text into the pieces that fit a width, as ranges of it.
    pub(crate) fn ranges(&self, text: &str, weight: Weight, room: f32) -> Vec<std::ops::Range<usize>> {
        // A hair is left free, because painters round where adding up does not.
        wrap(text, room * 0.998, &|words| self.width(words, weight))
    }

    pub(crate) fn lines(&self, text: &str, weight: Weight, room: f32) -> Vec<Line> {
        let text = tidy(text);
        let rtl = reads_from_the_right(&text);
        let set = |range: std::ops::Range<usize>| Line { words: text[range].to_owned(), weight, rtl };
        self.ranges(&text, weight, room).into_iter().map(set).collect()
    }

    /// Sets a text that was shown in full before: at most so many lines, and an ellipsis where words are missing.
    pub(crate) fn shortened(&self, text: &str, weight: Weight, room: f32, most: usize) -> Vec<Line> {
        let mut lines = self.lines(text, weight, room);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while self.width(&format!("{} …", last.words), weight) > room {
                    // Whole words go first; a word alone is cut.
                    match last.words.trim_end().rfind(' ') {
                        Some(end) => last.words.truncate(end),
                        None if last.words.pop().is_none() => break,
                        None => {}
                    }
                }
                last.words = format!("{} …", last.words.trim_end());
            }
        }
        lines
    }

    /// Sets a text in no more lines than it needs, as even as they can be, and says whether all of it is there.
    pub(crate) fn balanced(&self, text: &str, weight: Weight, room: f32, most: usize) -> (Vec<Line>, bool) {
        let mut lines = self.lines(text, weight, room);
        if lines.len() > most {
            return (self.shortened(text, weight, room, most), false);
        }
        // Narrower than a word would break it.
        let words = text.split_whitespace().map(|word| self.width(word, weight)).filter(|width| *width <= room * 0.99);
        let (mut low, mut high) = (words.fold(0.0, f32::max) * 1.005, room);
        let count = lines.len();
        for _ in 0..if count > 1 { 7 } else { 0 } {
            let middle = f32::midpoint(low, high);
            let narrower = self.lines(text, weight, middle);
            if narrower.len() > count {
                low = middle;
            } else {
                high = middle;
                lines = narrower;
            }
        }
        (lines, true)
    }

    /// Splits a text into pieces of at most so many lines; most texts are one piece.
    pub(crate) fn pieces(&self, text: &str, weight: Weight, room: f32, most: usize) -> Vec<String> {
        let text = tidy(text);
        let lines = self.ranges(&text, weight, room);
        let piece = |lines: &[std::ops::Range<usize>]| match lines {
            [only] => text[only.clone()].to_owned(),
            [first, .., last] => text[first.start..last.end].to_owned(),
            [] => String::new(),
        };
        lines.chunks(most.max(1)).map(piece).collect()
    }

    pub(crate) fn height(&self, lines: usize) -> f32 {
        self.em(LINE) * lines as f32
    }

    /// Returns the height of a framed box.
    pub(crate) fn box_height(&self, lines: usize) -> f32 {
        self.height(lines) + 2.0 * self.em(PAD_Y)
    }
}

/// A drawing that is being made.
pub(crate) struct Sheet {
    boxes: Vec<(DrawnBox, Vec<DrawnText>)>,
    lines: Vec<DrawnLine>,
}

impl Sheet {
    pub(crate) fn new() -> Self {
        Self { boxes: Vec::new(), lines: Vec::new() }
    }

    /// Puts a box, and returns its number.
    pub(crate) fn add_box(&mut self, area: Area, role: BoxRole) -> usize {
        let Area { x, y, width, height } = area;
        let id = u32::try_from(self.boxes.len()).unwrap_or(u32::MAX);
        self.boxes.push((DrawnBox { id, x, y, width, height, role, fifth: false }, Vec::new()));
        self.boxes.len() - 1
    }

    pub(crate) fn box_mut(&mut self, number: usize) -> &mut DrawnBox {
        &mut self.boxes[number].0
    }

    /// Writes lines into a box, below those that stand there already, so far from its frame.
    pub(crate) fn write(&mut self, pen: &Pen, number: usize, lines: &[Line], pad: (f32, f32)) {
        let (area, texts) = &mut self.boxes[number];
        for line in lines {
            let top = area.y + pen.em(pad.1) + pen.height(texts.len());
            let (anchor, x) = if line.rtl {
                (Anchor::Right, area.x + area.width - pen.em(pad.0))
            } else {
                (Anchor::Left, area.x + pen.em(pad.0))
            };
            texts.push(DrawnText {
                x,
                y: top + pen.em(ASCENT),
                size: pen.em(1.0),
                weight: line.weight,
                anchor,
                rtl: line.rtl,
                words: line.words.clone(),
                in_box: area.id,
            });
        }
    }

    /// Writes one line into a box, at a place of its own.
    pub(crate) fn write_at(&mut self, number: usize, text: DrawnText) {
        self.boxes[number].1.push(text);
    }

    pub(crate) fn line(&mut self, points: &[(f32, f32)], role: LineRole) {
        self.lines.push(DrawnLine { points: points.to_vec(), role });
    }
}

/// Turns sheets into drawings; `alt` says a whole, and each part adds which one it is.
pub(crate) fn finish(pen: &Pen, sheets: Vec<Sheet>, alt: &str) -> Vec<Drawing> {
    let parts = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
    let finish = |(part, sheet): (u32, Sheet)| {
        let (boxes, texts): (Vec<_>, Vec<_>) = sheet.boxes.into_iter().unzip();
        let height = boxes.iter().map(|area| area.y + area.height).fold(0.0, f32::max);
        let alt = if parts == 1 { format!("{alt}.") } else { format!("{alt}; part {part} of {parts}.") };
        let texts = texts.into_iter().flatten().collect();
        Drawing { width: pen.page.width, height, part, parts, boxes, lines: sheet.lines, texts, alt }
    };
    (1..=parts).zip(sheets).map(finish).collect()
}

/// Returns a quotation short enough for a sentence.
pub(crate) fn quoted(text: &str) -> String {
    let text = tidy(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("“{}…”", text[..end].trim_end()),
        None => format!("“{text}”"),
    }
}
