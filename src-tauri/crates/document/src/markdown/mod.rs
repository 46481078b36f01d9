//! The Markdown of a document: CommonMark with GitHub's tables.
//!
//! What people typed is shown and never obeyed: `escape` keeps it from becoming markup. Lines are not wrapped, there is
//! no front matter, and no HTML is written. Whatever has no counterpart in Markdown is written as what comes closest:
//! the duration bar as a table, a drawing as Mermaid with its words as a list below, an image as a link to a file beside
//! the record, the contents as a list of links.

mod escape;

use crate::blocks::{Align, Block, Document, DurationBar, Fact, Figure, Item, Span, Table};
use crate::words::{self, Anchors};
use escape::{Place, inline, plain};

/// Writes a document as Markdown whose images lie in a folder `files` beside it.
#[must_use]
pub fn markdown(document: &Document) -> String {
    markdown_beside(document, "files")
}

/// Writes a document as Markdown whose images lie in `folder`, which is named relative to the Markdown.
#[must_use]
pub fn markdown_beside(document: &Document, folder: &str) -> String {
    let mut writer = Writer { parts: Vec::new(), after_list: None, folder };
    let cover = [&document.label, &document.edition].map(|text| words::line(text));
    let cover = cover.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    writer.push(title(&document.title));
    writer.push(plain(&cover, Place::Line));
    writer.push(plain(&words::line(&document.header_right), Place::Line));
    let anchors = anchors(document);
    let mut passed = 0;
    for block in &document.blocks {
        if matches!(block, Block::Heading { .. }) {
            passed += 1;
        }
        writer.block(block, anchors.get(passed..).unwrap_or_default());
    }
    writer.push(plain(&words::line(&document.footer_left), Place::Line));
    let mut text = writer.parts.join("\n\n");
    text.push('\n');
    text
}

/// A heading as the contents need it.
struct Anchor {
    level: u8,
    text: String,
    slug: String,
}

fn anchors(document: &Document) -> Vec<Anchor> {
    let mut slugs = Anchors::default();
    // The title is a heading too, and takes its anchor first.
    slugs.next(&document.title);
    let anchor = |block: &Block| match block {
        Block::Heading { level, text } => {
            Some(Anchor { level: *level, text: words::line(text), slug: slugs.next(text) })
        }
        _ => None,
    };
    document.blocks.iter().filter_map(anchor).collect()
}

fn title(text: &str) -> String {
    format!("# {}", plain(&words::line(text), Place::Heading)).trim_end().to_owned()
}

struct Writer<'a> {
    parts: Vec<String>,
    /// Where images lie.
    folder: &'a str,
    /// Whether the part before is a list, and then whether it has the other marker. Two lists with the same marker,
    /// one after the other, would become one.
    after_list: Option<bool>,
}

impl Writer<'_> {
    fn push(&mut self, part: String) {
        if !part.trim().is_empty() {
            self.parts.push(part);
            self.after_list = None;
        }
    }

    fn block(&mut self, block: &Block, ahead: &[Anchor]) {
        match block {
            Block::Heading { level, text } => {
                let marks = "#".repeat(usize::from((*level).clamp(1, 3)) + 1);
                let text = plain(&words::line(text), Place::Heading);
                self.push(format!("{marks} {text}").trim_end().to_owned());
            }
            Block::Paragraph(spans) | Block::Note(spans) => self.push(inline(spans, Place::Line)),
            Block::Facts(facts) => {
                let items = facts.iter().map(fact).collect::<Vec<_>>();
                self.list(false, &items);
            }
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table(table) => self.table(table),
            Block::Durations(bar) => self.durations(bar),
            Block::Drawing { subject, .. } if subject.is_empty() => {}
            Block::Drawing { caption, subject } => {
                self.caption(caption);
                // A fence of four marks, which no label can close.
                self.push(format!("````mermaid\n{}\n````", subject.mermaid().trim_end()));
                self.list(false, &subject.outline());
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Excerpt { caption, text } => {
                self.caption(caption);
                self.excerpt(text);
            }
            Block::Contents => {
                let entries = ahead.iter().filter(|anchor| anchor.level <= 1);
                let entry = |anchor: &Anchor| format!("- [{}](#{})", plain(&anchor.text, Place::Cell), anchor.slug);
                let entries = entries.map(entry).collect::<Vec<_>>().join("\n");
                self.push(entries);
                self.after_list = Some(false);
            }
        }
    }

    fn caption(&mut self, caption: &str) {
        let caption = words::line(caption);
        if !caption.is_empty() {
            self.push(inline(&[Span::Emphasis(caption)], Place::Line));
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let alt = plain(&words::line(&figure.alt), Place::Cell);
        let path = format!("{}/{}", self.folder, figure.name);
        // Both names are the program's own; whatever else might come is made harmless.
        let path = path.chars().map(|c| if c.is_ascii_alphanumeric() || "-_./".contains(c) { c } else { '-' });
        self.push(format!("![{alt}]({})", path.collect::<String>()));
        self.caption(&figure.caption);
    }

    /// Writes lines as they are, in a fence longer than any in them.
    fn excerpt(&mut self, text: &str) {
        let text = words::literal(text);
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        if !text.is_empty() {
            self.push(format!("{fence}text\n{text}\n{fence}"));
        }
    }

    fn list(&mut self, ordered: bool, items: &[Item]) {
        let mut lines = Vec::new();
        let other_marker = self.after_list == Some(false);
        list_lines(ordered, items, "", other_marker, &mut lines);
        self.push(lines.join("\n"));
        self.after_list = Some(other_marker);
    }

    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        self.caption(table.caption.as_deref().unwrap_or_default());
        let titles = table.columns.iter().map(|column| plain(&words::line(&column.title), Place::Cell));
        let rules = table.columns.iter().map(|column| match column.align {
            Align::Start => "---",
            Align::Center => ":---:",
            Align::End => "---:",
        });
        let mut lines = vec![row(titles), row(rules.map(str::to_owned))];
        for cells in &table.rows {
            let cell = |number: usize| cells.get(number).map_or_else(String::new, |spans| inline(spans, Place::Cell));
            lines.push(row((0..table.columns.len()).map(cell)));
        }
        self.push(lines.join("\n"));
    }

    /// Writes a duration bar as a table: what happened, when, and how long after the first.
    fn durations(&mut self, bar: &DurationBar) {
        if bar.marks.is_empty() {
            return;
        }
        self.caption(&bar.caption);
        let cells = |text: fn(&crate::Mark) -> &str| {
            row(bar.marks.iter().map(|mark| plain(&words::line(text(mark)), Place::Cell)))
        };
        let lines = [
            cells(|mark| &mark.label),
            row(bar.marks.iter().map(|_| "---".to_owned())),
            cells(|mark| &mark.clock),
            cells(|mark| mark.duration.as_deref().unwrap_or_default()),
        ];
        self.push(lines.join("\n"));
    }
}

fn fact(fact: &Fact) -> Item {
    let mut text = vec![Span::strong(words::line(&fact.label)), Span::text(": ")];
    text.extend(fact.value.iter().cloned());
    Item::new(text)
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| format!(" {cell} |")).collect::<String>();
    format!("|{cells}")
}

fn list_lines(ordered: bool, items: &[Item], indent: &str, other_marker: bool, lines: &mut Vec<String>) {
    for (number, item) in items.iter().enumerate() {
        let marker = match (ordered, other_marker) {
            (true, false) => format!("{}. ", number + 1),
            (true, true) => format!("{}) ", number + 1),
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
        };
        let below = format!("{indent}{}", " ".repeat(marker.len()));
        let text = inline(&item.text, Place::Line).replace('\n', &format!("\n{below}"));
        // An item without words of its own still carries what hangs below it.
        lines.push(format!("{indent}{marker}{text}").trim_end().to_owned());
        list_lines(ordered, &item.children, &below, false, lines);
    }
}
