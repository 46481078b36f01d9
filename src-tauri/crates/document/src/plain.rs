//! A document as plain text, for a chat, a mail or a preview: words, bullets and line feeds, no markup.

use crate::{Block, Document, Item, Span, words};

/// Writes a document as plain text.
#[must_use]
pub fn plain(document: &Document) -> String {
    let head = [&document.title, &document.label, &document.header_right];
    let head: Vec<_> = head.into_iter().map(|text| words::line(text)).filter(|text| !text.is_empty()).collect();
    let foot = words::line(&document.footer_left);
    let parts = [head.join("\n"), plain_blocks(&document.blocks), foot];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

/// Writes some blocks as plain text, with an empty line between them.
pub(crate) fn plain_blocks(blocks: &[Block]) -> String {
    let parts: Vec<_> = blocks.iter().map(block).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { text, .. } => words::line(text),
        Block::Paragraph(spans) | Block::Note(spans) => read(spans),
        Block::Facts(facts) => {
            facts.iter().map(|fact| format!("{}: {}", fact.label, read(&fact.value))).collect::<Vec<_>>().join("\n")
        }
        Block::List { ordered, items } => {
            let mut lines = Vec::new();
            list(items, *ordered, 0, &mut lines);
            lines.join("\n")
        }
        Block::Table(table) => {
            let rows = table.rows.iter().map(|cells| {
                let cells = cells.iter().map(|cell| read(cell).replace('\n', "; ")).filter(|cell| !cell.is_empty());
                cells.collect::<Vec<_>>().join(" · ")
            });
            rows.chain(table.caption.clone()).collect::<Vec<_>>().join("\n")
        }
        Block::Durations(bar) => {
            let marks = bar.marks.iter().map(|mark| {
                let after = mark.duration.as_ref().map(|words| format!(" (+{words})")).unwrap_or_default();
                format!("{} {}{after}", mark.clock, mark.label)
            });
            marks.collect::<Vec<_>>().join("\n")
        }
        Block::Drawing { caption, subject } => {
            let mut lines = vec![words::line(caption)];
            list(&subject.outline(), false, 0, &mut lines);
            lines.join("\n")
        }
        Block::Figure(figure) => words::line(&figure.caption),
        Block::Excerpt { caption, text } => format!("{}\n{text}", words::line(caption)),
        Block::Contents => String::new(),
    }
}

fn list(items: &[Item], ordered: bool, depth: usize, lines: &mut Vec<String>) {
    for (number, item) in (1..).zip(items) {
        let marker = if ordered { format!("{number}.") } else { "•".to_owned() };
        let indent = "  ".repeat(depth);
        let text = read(&item.text).replace('\n', &format!("\n{indent}  "));
        lines.push(format!("{indent}{marker} {text}"));
        list(&item.children, ordered, depth + 1, lines);
    }
}

/// A link is read with its address, unless the words are the address.
fn read(spans: &[Span]) -> String {
    let text: String = spans
        .iter()
        .map(|span| match span {
            Span::Link { text, url } if text != url => format!("{text} ({url})"),
            span => words::inside(span.words()),
        })
        .collect();
    text.trim().to_owned()
}
