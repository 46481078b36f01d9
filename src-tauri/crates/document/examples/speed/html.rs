//! The same blocks as a page for a browser to print.

use std::fmt::Write as _;
use std::path::Path;

use document::{Block, Document, DurationBar, Item, Span, Table};

const STYLE: &str = "@page { size: A4; margin: 78pt 50pt 66pt } body { font: 10.5pt/15.5pt A } code, pre { font-family: M } \
    p, li { max-width: 352pt } table { width: 100%; border-collapse: collapse } td, th { text-align: left; \
    vertical-align: top; border-bottom: 0.6pt solid #ded; padding: 5pt 12pt 5pt 0 } tr { break-inside: avoid }";

/// Returns a document as HTML.
pub(crate) fn source(document: &Document) -> String {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let face = |name: &str, weight: u32, style: &str, file: &str| {
        let path = fonts.join(file).display().to_string();
        format!(
            "@font-face {{ font-family: {name}; font-weight: {weight}; font-style: {style}; src: url(file://{path}) }}"
        )
    };
    let faces = [
        face("A", 400, "normal", "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf"),
        face("A", 700, "normal", "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-SemiBold.ttf"),
        face("A", 400, "italic", "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Italic.ttf"),
        face("M", 400, "normal", "atkinson-hyperlegible-mono/AtkinsonHyperlegibleMono-Regular.ttf"),
    ];
    let title = escaped(&document.title);
    let mut out = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{}{STYLE}</style><h1>{title}</h1>",
        faces.concat()
    );
    document.blocks.iter().for_each(|each| block(&mut out, each));
    out
}

fn block(out: &mut String, block: &Block) {
    let html = match block {
        Block::Heading { level, text } => format!("<h{0}>{1}</h{0}>", level + 1, escaped(text)),
        Block::Paragraph(words) | Block::Note(words) => format!("<p>{}</p>", spans(words)),
        Block::Facts(facts) => {
            facts.iter().map(|fact| format!("<p>{}: {}</p>", escaped(&fact.label), spans(&fact.value))).collect()
        }
        Block::List { ordered, items } => list(*ordered, items),
        Block::Table(table) => rows(table),
        Block::Durations(bar) => durations(bar),
        Block::Drawing { caption, subject } => {
            format!("<p>{}</p>{}", escaped(caption), list(false, &subject.outline()))
        }
        Block::Figure(figure) => format!("<p>{}</p>", escaped(&figure.caption)),
        Block::Excerpt { text, .. } => format!("<pre>{}</pre>", escaped(text)),
        Block::Contents => String::new(),
    };
    // Writing to a string cannot fail.
    let _ = out.write_str(&html);
}

fn list(ordered: bool, items: &[Item]) -> String {
    let item = |item: &Item| {
        let below = if item.children.is_empty() { String::new() } else { list(ordered, &item.children) };
        format!("<li>{}{below}</li>", spans(&item.text))
    };
    let tag = if ordered { "ol" } else { "ul" };
    format!("<{tag}>{}</{tag}>", items.iter().map(item).collect::<String>())
}

fn rows(table: &Table) -> String {
    let head = table.columns.iter().map(|column| format!("<th>{}</th>", escaped(&column.title))).collect::<String>();
    let row = |row: &Vec<Vec<Span>>| {
        format!("<tr>{}</tr>", row.iter().map(|cell| format!("<td>{}</td>", spans(cell))).collect::<String>())
    };
    format!("<table><thead><tr>{head}</tr></thead>{}</table>", table.rows.iter().map(row).collect::<String>())
}

fn durations(bar: &DurationBar) -> String {
    bar.marks.iter().map(|mark| format!("<p>{} {}</p>", escaped(&mark.clock), escaped(&mark.label))).collect()
}

fn spans(spans: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Text(text) => escaped(text),
        Span::Strong(text) => format!("<b>{}</b>", escaped(text)),
        Span::Emphasis(text) => format!("<i>{}</i>", escaped(text)),
        Span::Code(text) => format!("<code>{}</code>", escaped(text)),
        Span::Link { text, url } => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(text)),
    };
    spans.iter().map(span).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
