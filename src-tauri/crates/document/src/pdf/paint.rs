//! Painting: pages of settings become page descriptions with embedded fonts.
//!
//! Only glyphs in use are embedded. `content` writes the operators and `printpdf` the font dictionaries; what they must be
//! told exactly stands here: positions counted with the truncated widths that viewers advance by, which words a glyph
//! stands for, and which stretch of content belongs to which node of the structure. The catalogue, bookmarks and tags
//! of the finished file are `finish`'s and `tags`'.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, CustomPdfConformance, DictItem, ExternalStream, ExternalXObject, FontId, Mm, Op, ParsedFont,
    PdfConformance, PdfDocument, PdfFont, PdfFontHandle, PdfPage, Pt, TextItem, XObject, XObjectId,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::DocumentError;
use super::content::{Content, font_name, image_name};
use super::fonts;
use super::look::{Ink, PAGE_HEIGHT, PAGE_WIDTH};
use super::pages::{Mark, Page, Shape};
use super::structure::{Child, NodeId, Structure};
use super::text::{Face, Glyphs, Run, Setting, Target};
use super::vector;
use crate::image::{Coding, Printable};

/// A link on a page, ready to become an annotation.
#[derive(Debug)]
pub(super) struct Annotation {
    pub(super) page: usize,
    /// Left, bottom, right and top, counted from the bottom left corner.
    pub(super) rectangle: [f32; 4],
    pub(super) target: Target,
    pub(super) words: String,
}

/// A face as it is embedded.
struct Embedded {
    /// New glyph numbers by the old ones, each with the width that viewers advance by, in thousandths.
    glyphs: BTreeMap<u16, (u16, f32)>,
    /// What a reader gets for each of the old numbers.
    words: BTreeMap<u16, String>,
    program: ParsedFont,
}

/// Painted pages.
pub(super) struct Painted {
    /// The fonts and images, and pages that show nothing yet.
    pub(super) document: PdfDocument,
    /// What each of the pages shows.
    pub(super) contents: Vec<Vec<u8>>,
    pub(super) annotations: Vec<Annotation>,
}

/// Paints pages. Content is added to `structure` as it is painted.
pub(super) fn paint(
    pages: &[Page],
    faces: Vec<Face>,
    images: Vec<Printable>,
    structure: &mut Structure,
) -> Result<Painted, DocumentError> {
    let embedded = faces.into_iter().map(embed).collect::<Result<Vec<_>, _>>()?;
    let mut painter = Painter {
        faces: &embedded,
        structure,
        annotations: Vec::new(),
        page: 0,
        marks: 0,
        open: None,
        content: Content::default(),
    };
    let contents = pages.iter().enumerate().map(|(number, page)| painter.page(number, page)).collect();
    let annotations = painter.annotations;
    let mut document = PdfDocument::new("");
    // The standards for print shops ask for a colour profile of half a megabyte.
    document.metadata.info.conformance = PdfConformance::Custom(CustomPdfConformance::default());
    // A font is written with the glyphs that pages are seen to show: the first of them shows all, until it is filled.
    let mut specimen = embedded.iter().enumerate().flat_map(|(number, face)| specimen(number, face)).collect();
    for _ in pages {
        let ops = std::mem::take(&mut specimen);
        document.pages.push(PdfPage::new(Mm::from(Pt(PAGE_WIDTH)), Mm::from(Pt(PAGE_HEIGHT)), ops));
    }
    for (number, face) in embedded.into_iter().enumerate() {
        document.resources.fonts.map.insert(FontId(font_name(number)), PdfFont::new(face.program));
    }
    for (number, image) in images.into_iter().enumerate() {
        let image = XObject::External(embedded_image(image));
        document.resources.xobjects.map.insert(XObjectId(image_name(number)), image);
    }
    Ok(Painted { document, contents, annotations })
}

/// Shows every glyph of a face with its words.
fn specimen(number: usize, face: &Embedded) -> [Op; 4] {
    let words = |old: &u16| face.words.get(old).cloned().unwrap_or_default();
    let glyphs = face.glyphs.iter().map(|(old, (new, _))| Codepoint::with_cid(*new, 0.0, words(old)));
    [
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(FontId(font_name(number))), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] },
        Op::EndTextSection,
    ]
}

/// Cuts a face down to the glyphs in use.
fn embed(face: Face) -> Result<Embedded, DocumentError> {
    let bytes: &[u8] = face.data.as_ref();
    let name = fonts::shipped_name(bytes).map_or_else(|| format!("SystemFont-{}", face.index), str::to_owned);
    let failed = |reason: &str| DocumentError::Font { name: name.clone(), reason: reason.to_owned() };
    let mut remapper = GlyphRemapper::new();
    for glyph in face.glyphs.keys() {
        remapper.remap(*glyph);
    }
    let subset = subsetter::subset(bytes, face.index, &remapper).map_err(|error| failed(&error.to_string()))?;
    let digest = Sha256::digest(&subset);
    // The tag that marks a subset is six letters; taken from its content it is the same every time.
    let tag = digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect::<String>();
    let mut program =
        ParsedFont::from_bytes(&subset, 0, &mut Vec::new()).ok_or_else(|| failed("its subset cannot be read"))?;
    program.pdf_font_metrics.us_weight_class = if name.contains("SemiBold") { 600 } else { 400 };
    program.font_name = Some(format!("{tag}+{name}"));
    let scale = 1000.0 / f32::from(program.units_per_em.max(1));
    let width = |glyph| program.get_glyph_width(glyph).map_or(0.0, |width| (f32::from(width) * scale).trunc());
    let glyphs = face.glyphs.keys().map(|old| {
        let new = remapper.get(*old).unwrap_or(0);
        (*old, (new, width(new)))
    });
    let glyphs = glyphs.collect();
    Ok(Embedded { glyphs, words: face.glyphs, program })
}

/// Makes the object of an image (ISO 32000-1, 8.9.5).
fn embedded_image(image: Printable) -> ExternalXObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let number = |number: u32| DictItem::Int(i64::from(number));
    let space = if image.channels == 1 { "DeviceGray" } else { "DeviceRGB" };
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), number(image.width)),
        ("Height".to_owned(), number(image.height)),
        ("ColorSpace".to_owned(), name(space)),
        ("BitsPerComponent".to_owned(), number(8)),
        ("Interpolate".to_owned(), DictItem::Bool(true)),
    ]);
    match image.coding {
        Coding::Jpeg => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
        }
        Coding::Png => {
            let rows = BTreeMap::from([
                ("Predictor".to_owned(), number(15)),
                ("Colors".to_owned(), number(u32::from(image.channels))),
                ("BitsPerComponent".to_owned(), number(8)),
                ("Columns".to_owned(), number(image.width)),
            ]);
            dict.insert("Filter".to_owned(), name("FlateDecode"));
            dict.insert("DecodeParms".to_owned(), DictItem::Dict { map: rows });
        }
    }
    let stream = ExternalStream { dict, content: image.bytes, compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

struct Painter<'a> {
    faces: &'a [Embedded],
    structure: &'a mut Structure,
    annotations: Vec<Annotation>,
    page: usize,
    /// How many marked stretches the page has so far.
    marks: usize,
    open: Option<Mark>,
    content: Content,
}

impl Painter<'_> {
    fn page(&mut self, number: usize, page: &Page) -> Vec<u8> {
        self.page = number;
        self.marks = 0;
        for placed in &page.items {
            match &placed.item.shape {
                Shape::Area { x, y, width, height, ink } => {
                    self.mark(placed.item.mark);
                    self.area(*x, placed.top + y, *width, *height, *ink);
                }
                Shape::Line { setting, line, x, baseline } => {
                    self.line(setting, *line, *x, placed.top + baseline, placed.item.mark);
                }
                Shape::Frame { x, y, width, height, round, fill, stroke } => {
                    self.mark(placed.item.mark);
                    vector::frame(&mut self.content, [*x, placed.top + y, *width, *height], *round, *fill, *stroke);
                }
                Shape::Path { points, stroke } => {
                    self.mark(placed.item.mark);
                    vector::path(&mut self.content, points, placed.top, *stroke);
                }
                Shape::Image { number, x, y, width, height } => {
                    self.mark(placed.item.mark);
                    self.image(*number, [*x, placed.top + y, *width, *height]);
                }
                Shape::PageOf { .. } => debug_assert!(false, "page numbers are set before painting"),
            }
        }
        self.close();
        std::mem::take(&mut self.content).into_bytes()
    }

    /// Opens a marked stretch for `mark` unless one is open.
    fn mark(&mut self, mark: Mark) {
        if self.open == Some(mark) {
            return;
        }
        self.close();
        match mark {
            Mark::Artifact => self.content.begin_artifact(),
            Mark::Node(node) => {
                self.structure.append(node, Child::Content { page: self.page, mark: self.marks });
                self.content.begin_marked(self.marks);
                self.marks += 1;
            }
        }
        self.open = Some(mark);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.content.end_marked();
        }
    }

    fn area(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.content.fill(ink);
        self.content.operator(&[x, PAGE_HEIGHT - y - height, width, height], "re");
        self.content.operator(&[], "f");
    }

    fn image(&mut self, number: usize, [x, y, width, height]: [f32; 4]) {
        self.content.image(number, [x, PAGE_HEIGHT - y - height, width, height]);
    }

    fn line(&mut self, setting: &Setting, line: usize, x: f32, baseline: f32, mark: Mark) {
        for run in &setting.lines[line].runs {
            let link = run.link.and_then(|link| setting.links.get(link));
            // A repeated head of a table is drawn again without its links: they are told once.
            let link = link.filter(|_| mark != Mark::Artifact);
            self.mark(link.map_or(mark, |link| Mark::Node(link.node)));
            self.content.operator(&[], "BT");
            self.run(setting, run, x, PAGE_HEIGHT - baseline);
            self.content.operator(&[], "ET");
            let Some(link) = link else { continue };
            let (left, right) = (x + run.reach.start, x + run.reach.end);
            if matches!(link.target, Target::Url(_)) {
                self.mark(Mark::Artifact);
                self.area(left, baseline + 1.6, right - left, 0.5, run.ink);
            }
            let below = PAGE_HEIGHT - baseline;
            let rectangle = [left, below - run.size * 0.3, right, below + run.size * 0.85];
            self.annotate(rectangle, link.target.clone(), &link.words, link.node);
        }
    }

    fn annotate(&mut self, rectangle: [f32; 4], target: Target, words: &str, node: NodeId) {
        let (page, number) = (self.page, self.annotations.len());
        self.structure.append(node, Child::Annotation { page, number });
        self.annotations.push(Annotation { page, rectangle, target, words: words.to_owned() });
    }

    fn run(&mut self, setting: &Setting, run: &Run, x: f32, y: f32) {
        let face = &self.faces[run.face];
        let content = &mut self.content;
        content.fill(run.ink);
        content.font(run.face, run.size);
        let mut show = Show { face, size: run.size, x, y, raised: 0.0, start: 0.0, pen: 0.0, glyphs: Vec::new() };
        for cluster in &run.clusters {
            let spoken = setting.text.get(cluster.words.clone()).unwrap_or_default();
            let plain = matches!(&cluster.glyphs[..], [only] if face.words.get(&only.id).is_some_and(|w| w == spoken));
            if !plain {
                show.flush(content);
                content.begin_spoken(&utf16(spoken));
            }
            show.cluster(cluster, content);
            if !plain {
                show.close(cluster, content);
                content.end_marked();
            }
        }
        show.flush(content);
    }
}

/// Glyphs on one baseline that wait to be shown with a single operator.
struct Show<'a> {
    face: &'a Embedded,
    size: f32,
    x: f32,
    y: f32,
    /// How far above the baseline of the line the waiting glyphs stand.
    raised: f32,
    /// Where the waiting glyphs start, and where a viewer's pen is after them, counted from the start of the line.
    start: f32,
    pen: f32,
    /// Each with how far the pen goes back behind it, in thousandths of the size.
    glyphs: Vec<(u16, f32)>,
}

impl Show<'_> {
    fn cluster(&mut self, cluster: &Glyphs, content: &mut Content) {
        for glyph in &cluster.glyphs {
            let Some((number, width)) = self.face.glyphs.get(&glyph.id).copied() else { continue };
            if !self.glyphs.is_empty() && (glyph.y - self.raised).abs() > 0.001 {
                self.flush(content);
            }
            match self.glyphs.last_mut() {
                None => (self.start, self.pen, self.raised) = (glyph.x, glyph.x, glyph.y),
                Some(before) => {
                    // Viewers advance by whole thousandths; what they lose is given back before it can be seen.
                    let back = ((self.pen - glyph.x) / self.size * 1000.0).round();
                    before.1 = back;
                    self.pen -= back / 1000.0 * self.size;
                }
            }
            self.glyphs.push((number, 0.0));
            self.pen += width / 1000.0 * self.size;
        }
    }

    /// Shows the waiting end of a cluster that has words of its own.
    ///
    /// Readers take the width of such a cluster from where the pen is after its last glyph. After a mark that is in the
    /// middle of a letter, and the word would seem to be torn there: spacing takes the pen to the end.
    fn close(&mut self, cluster: &Glyphs, content: &mut Content) {
        let end = cluster.glyphs.iter().filter(|g| g.advance > 0.0).map(|g| g.x + g.advance).fold(f32::MIN, f32::max);
        let mark =
            cluster.glyphs.last().filter(|glyph| glyph.advance <= 0.0 && end > glyph.x && cluster.glyphs.len() > 1);
        let Some(mark) = mark else { return self.flush(content) };
        let last = self.glyphs.pop();
        let (start, raised) = (mark.x, mark.y);
        self.flush(content);
        self.glyphs.extend(last);
        (self.start, self.raised) = (start, raised);
        content.operator(&[end - start], "Tc");
        self.flush(content);
        content.operator(&[0.0], "Tc");
    }

    fn flush(&mut self, content: &mut Content) {
        if !self.glyphs.is_empty() {
            content.show(self.x + self.start, self.y + self.raised, &self.glyphs);
            self.glyphs.clear();
        }
    }
}

/// Returns `text` as PDF wants text outside of page descriptions: UTF-16 with a mark for the order of bytes.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}
