//! The same blocks as typst source.

use std::fmt::Write as _;

use document::{Block, Document, DurationBar, Item, Span, Table};

/// A document that loads the faces.
pub(crate) const WARM_UP: &str =
    "#set text(font: \"Atkinson Hyperlegible Next\")\n= Warm\nA *word*, an _other_, `code`.";

/// Returns a document as typst source.
pub(crate) fn source(document: &Document) -> String {
    let mut out = format!(
        "#set document(title: {})\n\
         #set page(paper: \"a4\", margin: (x: 50pt, top: 78pt, bottom: 66pt), \
         header: [{} #h(1fr) {}], footer: context [{} #h(1fr) #counter(page).display(\"1 / 1\", both: true)])\n\
         #set text(font: \"Atkinson Hyperlegible Next\", size: 10.5pt, lang: \"en\")\n\
         #show raw: set text(font: \"Atkinson Hyperlegible Mono\")\n\
         #set table(stroke: (x: none, y: 0.6pt))\n\
         #text(23pt, weight: 600, {})\n\n",
        string(&document.title),
        shown(&document.label),
        shown(&document.header_right),
        shown(&document.footer_left),
        string(&document.title),
    );
    document.blocks.iter().for_each(|each| block(&mut out, each));
    out
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { level, text } => push(out, format_args!("#heading(level: {level}, {})\n\n", string(text))),
        Block::Paragraph(words) | Block::Note(words) => push(out, format_args!("{}\n\n", spans(words))),
        Block::Facts(facts) => {
            let cells = facts.iter().map(|fact| format!("[{} \\ {}]", shown(&fact.label), spans(&fact.value)));
            push(out, format_args!("#grid(columns: 4 * (1fr,), gutter: 10pt, {})\n\n", joined(cells)));
        }
        Block::List { ordered, items } => push(out, format_args!("{}\n\n", list(*ordered, items))),
        Block::Table(table) => push(out, format_args!("{}\n\n", rows(table))),
        Block::Durations(bar) => push(out, format_args!("{}\n\n", durations(bar))),
        Block::Drawing { caption, subject } => {
            push(out, format_args!("{}\n\n{}\n\n", shown(caption), list(false, &subject.outline())));
        }
        Block::Figure(figure) => push(out, format_args!("{}\n\n", shown(&figure.caption))),
        Block::Excerpt { text, .. } => push(out, format_args!("#raw(block: true, {})\n\n", string(text))),
        Block::Contents => out.push_str("#outline(title: none, depth: 1)\n\n"),
    }
}

fn list(ordered: bool, items: &[Item]) -> String {
    let items = items.iter().map(|item| {
        let below = if item.children.is_empty() { String::new() } else { list(ordered, &item.children) };
        format!("[{}{below}]", spans(&item.text))
    });
    format!("#{}({})", if ordered { "enum" } else { "list" }, joined(items))
}

fn rows(table: &Table) -> String {
    let widths = joined(table.columns.iter().map(|column| format!("{}fr", column.share)));
    let head = joined(table.columns.iter().map(|column| format!("[*{}*]", shown(&column.title))));
    let cells = joined(table.rows.iter().flatten().map(|cell| format!("[{}]", spans(cell))));
    format!("#table(columns: ({widths},), table.header({head}), {cells})")
}

fn durations(bar: &DurationBar) -> String {
    let cell = |text: &str| format!("[{}]", shown(text));
    let labels = bar.marks.iter().map(|mark| cell(&mark.label));
    let clocks = bar.marks.iter().map(|mark| cell(&mark.clock));
    format!("#table(columns: {}, {}, {})", bar.marks.len(), joined(labels), joined(clocks))
}

fn spans(spans: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Text(text) => shown(text),
        Span::Strong(text) => format!("#strong({})", string(text)),
        Span::Emphasis(text) => format!("#emph({})", string(text)),
        Span::Code(text) => format!("#raw({})", string(text)),
        Span::Link { text, url } => format!("#link({}, {})", string(url), string(text)),
    };
    spans.iter().map(span).collect()
}

fn shown(text: &str) -> String {
    format!("#{};", string(text))
}

fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn push(out: &mut String, text: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}
