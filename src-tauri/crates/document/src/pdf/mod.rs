//! The PDF of a document.
//!
//! The steps: `flow` (with `table`, `bar`, `sketch`, `figure` and `contents`) sets the blocks with `text` and `fonts` and
//! cuts them into pieces; `pages` breaks the pieces into pages; `paint` draws them with the operators of `content` and
//! embeds the fonts; `finish` and `tags` add what makes a file of pages a document: bookmarks, properties, language and
//! structure; `compact` saves it small, with an identifier. Sizes and colours are in `look`. Why these libraries is told
//! in `decisions/0003-pdf-stack.md`.

mod bar;
mod compact;
mod content;
mod contents;
mod figure;
mod finish;
mod flow;
mod fonts;
mod look;
mod pages;
mod paint;
mod sketch;
mod structure;
mod table;
mod tags;
mod text;
mod vector;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::blocks::{Align, Block, Document, Item as ListItem, Span};
use crate::image::{Printable, for_print};
use crate::words;
use flow::{Flow, Printed};
use look::{FOOTER, FULL_WIDTH, HEADER, LEFT, PAGE_WIDTH, RUNNING, Style};
use pages::{Item, Mark, Pages, Placed, Shape};
use text::Typesetter;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font at hand covers, in the order of their code points. They show as boxes and stay in the
    /// text.
    pub missing_glyphs: Vec<char>,
}

/// Why a document could not become a PDF.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font could not be embedded.
    #[error(
        "The PDF was not made because the font {name} cannot be embedded: {reason}. The record itself is unharmed; \
         export it as Markdown, or install the font again and repeat the export."
    )]
    Font {
        /// The name of the font.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The parts of the file did not fit together.
    #[error(
        "The PDF was not made because its parts do not fit together: {0}. The record itself is unharmed; export it as Markdown."
    )]
    Assembly(String),
}

/// Where the bytes of images come from: it returns nothing for an image that is not there.
pub type Images<'a> = &'a (dyn Fn(&meeting::Image) -> Option<Vec<u8>> + Sync);

/// Has no images, for documents without any.
#[must_use]
pub fn no_images(_: &meeting::Image) -> Option<Vec<u8>> {
    None
}

/// Lays out a document on A4 pages.
///
/// The same document gives the same bytes. Only where it holds Chinese, Japanese or Korean do they also depend on the
/// fonts of the system. An image that is not there or cannot be read is named in its place.
///
/// # Errors
/// Fails when a font cannot be embedded. No content of a document makes it fail.
pub fn pdf(document: &Document, images: Images<'_>) -> Result<Pdf, DocumentError> {
    let printable = printable(document, images);
    let printed = printable.iter().enumerate().map(|(number, (digest, image))| {
        (digest.clone(), Printed { number, width: image.width, height: image.height })
    });
    let typesetter = Typesetter::new(&document.language, &characters(document));
    let mut flow = Flow::of(document, typesetter, printed.collect());
    let mut pages = Pages::from_pieces(std::mem::take(&mut flow.pieces));
    number_entries(&mut flow, &mut pages);
    running_lines(document, &mut flow, &mut pages);
    let Flow { typesetter, mut structure, headings, .. } = flow;
    let (faces, missing_glyphs) = typesetter.finish();
    let images = printable.into_values().collect();
    let painted = paint::paint(&pages.pages, faces, images, &mut structure)?;
    let outline = headings.iter().zip(&pages.headings).collect::<Vec<_>>();
    let bytes = finish::finish(document, painted, &structure, &outline)?;
    Ok(Pdf { bytes, pages: pages.pages.len(), missing_glyphs })
}

/// Makes the images of a document ready, each once, by their digest. Decoding is shared among the cores.
fn printable(document: &Document, images: Images<'_>) -> BTreeMap<String, Printable> {
    let figures = document.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some((&figure.image.digest, &figure.image)),
        _ => None,
    });
    let wanted = figures.collect::<HashMap<_, _>>().into_values().collect::<Vec<_>>();
    let ready = |image: &&meeting::Image| Some((image.digest.clone(), for_print(&images(image)?)?));
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let share = wanted.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let threads = wanted.chunks(share).map(|part| scope.spawn(move || part.iter().filter_map(ready).collect()));
        let threads = threads.collect::<Vec<_>>();
        // A thread that panics over a strange image costs its images, not the document.
        threads.into_iter().filter_map(|thread| thread.join().ok()).flat_map(|part: Vec<_>| part).collect()
    })
}

/// Puts page numbers beside the entries of the contents, now that they are known.
fn number_entries(flow: &mut Flow, pages: &mut Pages) {
    let headings = &pages.headings;
    for placed in pages.pages.iter_mut().flat_map(|page| page.items.iter_mut()) {
        let Shape::PageOf { heading, x, baseline } = placed.item.shape else { continue };
        let number = headings.get(heading).map_or(0, |place| place.page + 1);
        let setting = flow.set_words(&number.to_string(), look::CONTENTS_NUMBER, FULL_WIDTH);
        placed.item.shape = Shape::Line { setting, line: 0, x, baseline };
    }
}

/// Adds the running header and the footer to every page.
fn running_lines(document: &Document, flow: &mut Flow, pages: &mut Pages) {
    let parts = [words::line(&document.label), words::line(&document.edition)];
    let header = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let total = pages.pages.len();
    for number in 1..=total {
        let count = format!("{number} / {total}");
        let lines = [
            line(flow, &header, HEADER),
            against(flow, &document.header_right, RUNNING, PAGE_WIDTH - LEFT, HEADER),
            line(flow, &document.footer_left, FOOTER),
            against(flow, &count, RUNNING, PAGE_WIDTH - LEFT, FOOTER),
        ];
        let lines = lines.into_iter().map(|shape| Placed { top: 0.0, item: Item { mark: Mark::Artifact, shape } });
        let items = &mut pages.pages[number - 1].items;
        // Text is read in the order in which it is drawn: the header first, the footer last.
        let (mut first, last) = lines.partition::<Vec<_>, _>(|placed| is_header(&placed.item.shape));
        first.append(items);
        first.extend(last);
        *items = first;
    }
}

fn is_header(shape: &Shape) -> bool {
    matches!(shape, Shape::Line { baseline, .. } if *baseline <= HEADER)
}

fn line(flow: &mut Flow, text: &str, baseline: f32) -> Shape {
    let setting = flow.set_words(&shortened(text), RUNNING, FULL_WIDTH);
    Shape::Line { setting, line: 0, x: LEFT, baseline }
}

/// Sets a line that ends at `right`.
fn against(flow: &mut Flow, text: &str, style: Style, right: f32, baseline: f32) -> Shape {
    let setting = flow.set_words(&shortened(text), style.leaning(Align::Start), FULL_WIDTH);
    let width = setting.lines.first().map_or(0.0, |line| line.width);
    Shape::Line { setting: Rc::clone(&setting), line: 0, x: right - width, baseline }
}

/// Returns a running line short enough to stand beside another one.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 52;
    let text = words::line(text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Returns every character of a document, to see which scripts it needs.
fn characters(document: &Document) -> String {
    fn spans(spans: &[Span], all: &mut String) {
        for span in spans {
            all.push_str(span.words());
        }
    }
    fn items(list: &[ListItem], all: &mut String) {
        for item in list {
            spans(&item.text, all);
            items(&item.children, all);
        }
    }
    let mut all = String::new();
    for text in [&document.title, &document.label, &document.edition, &document.header_right, &document.footer_left] {
        all.push_str(text);
    }
    for block in &document.blocks {
        match block {
            Block::Heading { text, .. } => all.push_str(text),
            Block::Paragraph(text) | Block::Note(text) => spans(text, &mut all),
            Block::Facts(facts) => facts.iter().for_each(|fact| {
                all.push_str(&fact.label);
                spans(&fact.value, &mut all);
            }),
            Block::List { items: list, .. } => items(list, &mut all),
            Block::Table(table) => {
                table.columns.iter().for_each(|column| all.push_str(&column.title));
                table.rows.iter().flatten().for_each(|cell| spans(cell, &mut all));
                all.extend(table.caption.as_deref());
            }
            Block::Durations(bar) => {
                all.push_str(&bar.caption);
                for mark in &bar.marks {
                    all.extend([mark.label.as_str(), &mark.clock]);
                    all.extend(mark.duration.as_deref());
                }
            }
            Block::Drawing { caption, subject } => {
                all.push_str(caption);
                items(&subject.outline(), &mut all);
            }
            Block::Figure(figure) => all.push_str(&figure.caption),
            Block::Excerpt { caption, text } => all.extend([caption.as_str(), text]),
            Block::Contents => {}
        }
    }
    all
}
