//! The description of a page as bytes (ISO 32000-1, annex A).
//!
//! A page is thousands of glyphs. `printpdf` would keep each of them as an object with its words and write each as a
//! string of its own, which takes a fifth of the time for a record; here they become bytes at once, and colours and
//! fonts are said only where they change.

use std::io::Write as _;

use super::look::Ink;

/// The operators of one page.
#[derive(Debug, Default)]
pub(super) struct Content {
    bytes: Vec<u8>,
    fill: Option<Ink>,
    font: Option<(usize, f32)>,
}

/// Returns the name by which pages call an embedded face.
pub(super) fn font_name(face: usize) -> String {
    format!("F{face}")
}

/// Returns the name by which pages call an image.
pub(super) fn image_name(image: usize) -> String {
    format!("Image{image}")
}

impl Content {
    /// Returns the finished description.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Opens a stretch that says nothing to a reader.
    pub(super) fn begin_artifact(&mut self) {
        self.bytes.extend(b"/Artifact BMC\n");
    }

    /// Opens a stretch that the structure calls by its number.
    pub(super) fn begin_marked(&mut self, number: usize) {
        // The role stands in the structure; the tag here only has to be some name.
        self.write(format_args!("/Span<</MCID {number}>>BDC\n"));
    }

    /// Opens a stretch that stands for other words than its glyphs do.
    pub(super) fn begin_spoken(&mut self, words: &[u8]) {
        self.bytes.extend(b"/Span<</ActualText");
        self.hexadecimal(words);
        self.bytes.extend(b">>BDC\n");
    }

    /// Closes the stretch that was opened last.
    pub(super) fn end_marked(&mut self) {
        self.bytes.extend(b"EMC\n");
    }

    /// Fills what follows with a colour.
    pub(super) fn fill(&mut self, ink: Ink) {
        if self.fill.replace(ink) != Some(ink) {
            self.operator(&ink.channels(), "rg");
        }
    }

    /// Draws the lines that follow.
    pub(super) fn pen(&mut self, ink: Ink, thick: f32, dashed: bool) {
        self.operator(&ink.channels(), "RG");
        self.operator(&[thick], "w");
        self.bytes.extend(if dashed { &b"[3 2.2]0 d\n"[..] } else { b"[]0 d\n" });
        self.bytes.extend(b"1 j 0 J\n");
    }

    /// Writes an operator of shapes or text behind its numbers.
    pub(super) fn operator(&mut self, numbers: &[f32], operator: &str) {
        for number in numbers {
            self.number(*number);
            self.bytes.push(b' ');
        }
        self.bytes.extend(operator.as_bytes());
        self.bytes.push(b'\n');
    }

    /// Draws an image into a rectangle: left, bottom, width and height.
    pub(super) fn image(&mut self, image: usize, [x, y, width, height]: [f32; 4]) {
        self.bytes.extend(b"q\n");
        self.operator(&[width, 0.0, 0.0, height, x, y], "cm");
        self.write(format_args!("/{} Do\nQ\n", image_name(image)));
    }

    /// Chooses the face and size of the glyphs that follow.
    pub(super) fn font(&mut self, face: usize, size: f32) {
        if self.font.replace((face, size)) != Some((face, size)) {
            self.write(format_args!("/{} ", font_name(face)));
            self.operator(&[size], "Tf");
        }
    }

    /// Shows glyphs from a place on; behind each stands by how many thousandths of the size the pen goes back.
    pub(super) fn show(&mut self, x: f32, y: f32, glyphs: &[(u16, f32)]) {
        self.operator(&[1.0, 0.0, 0.0, 1.0, x, y], "Tm");
        self.bytes.push(b'[');
        let mut open = false;
        for (glyph, back) in glyphs {
            if !open {
                self.bytes.push(b'<');
            }
            self.digits(&glyph.to_be_bytes());
            open = *back == 0.0;
            if !open {
                self.bytes.push(b'>');
                self.number(*back);
            }
        }
        if open {
            self.bytes.push(b'>');
        }
        self.bytes.extend(b"]TJ\n");
    }

    fn hexadecimal(&mut self, bytes: &[u8]) {
        self.bytes.push(b'<');
        self.digits(bytes);
        self.bytes.push(b'>');
    }

    fn digits(&mut self, bytes: &[u8]) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |half: u8| DIGITS[usize::from(half)];
        self.bytes.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    }

    /// Writes a number to the thousandth, which is finer than any printer.
    #[expect(clippy::cast_possible_truncation, reason = "no place on a page is a billion points away")]
    fn number(&mut self, number: f32) {
        let thousandths = (f64::from(number) * 1000.0).round() as i64;
        let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        let sign = if thousandths < 0 { "-" } else { "" };
        if part == 0 {
            return self.write(format_args!("{sign}{whole}"));
        }
        self.write(format_args!("{sign}{whole}.{part:03}"));
        while self.bytes.ends_with(b"0") {
            self.bytes.pop();
        }
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        let written = self.bytes.write_fmt(what);
        debug_assert!(written.is_ok(), "memory takes everything");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Content)) -> String {
        let mut content = Content::default();
        write(&mut content);
        String::from_utf8_lossy(&content.into_bytes()).replace('\n', " ")
    }

    #[test]
    fn numbers_are_short_and_stay_what_they_are() {
        let numbers = [0.0, 10.0, 100.0, 0.5, -1.25, 595.276, 0.0004];
        assert_eq!(written(|content| content.operator(&numbers, "x")), "0 10 100 0.5 -1.25 595.276 0 x ");
    }

    #[test]
    fn glyphs_share_a_string_until_the_pen_goes_back() {
        let glyphs = [(1, 0.0), (0x2a0, -12.0), (3, 0.0), (4, 0.0)];
        assert_eq!(written(|content| content.show(1.0, 2.0, &glyphs)), "1 0 0 1 1 2 Tm [<000102a0>-12<00030004>]TJ ");
        assert_eq!(written(|content| content.show(0.0, 0.0, &[(1, 7.0)])), "1 0 0 1 0 0 Tm [<0001>7]TJ ");
    }

    #[test]
    fn colours_and_fonts_are_said_once() {
        let twice = |content: &mut Content| {
            for _ in 0..2 {
                content.fill(Ink::Paper);
                content.font(3, 8.5);
            }
        };
        assert_eq!(written(twice), "1 1 1 rg /F3 8.5 Tf ");
    }
}
