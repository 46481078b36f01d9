//! The Markdown, read back by a parser that had no part in writing it.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixture has to stop")]

mod fixture;

use chrono::DateTime;
use document::{
    Align, Block, Column, Document, DurationBar, Fact, Figure, Item, Mark, Span, Subject, Table, markdown,
    markdown_beside,
};
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What a reader of the Markdown sees.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// Every word, with single spaces between them.
    words: String,
    links: Vec<String>,
    html: Vec<String>,
    headings: usize,
    tables: usize,
    rules: usize,
    quotes: usize,
    /// The language and the lines of every fence.
    fences: Vec<(String, String)>,
}

fn read(markdown: &str) -> Seen {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut seen = Seen::default();
    let mut words = String::new();
    let mut in_fence = false;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) if in_fence => seen.fences.last_mut().unwrap().1.push_str(&text),
            Event::End(TagEnd::CodeBlock) => in_fence = false,
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => seen.html.push(html.to_string()),
            Event::Rule => seen.rules += 1,
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                seen.html.push(format!("{event:?}"));
            }
            Event::Start(tag) => match tag {
                Tag::Link { dest_url, .. } => seen.links.push(dest_url.to_string()),
                Tag::Image { dest_url, .. } if &*dest_url == "files/figure-1.png" => words.push(' '),
                Tag::Image { .. } | Tag::Strikethrough | Tag::FootnoteDefinition(_) | Tag::DefinitionList => {
                    seen.html.push(format!("{tag:?}"));
                }
                Tag::Heading { .. } => seen.headings += 1,
                Tag::Table(_) => seen.tables += 1,
                Tag::BlockQuote(_) => seen.quotes += 1,
                Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
                    seen.fences.push((language.to_string(), String::new()));
                    in_fence = true;
                }
                Tag::CodeBlock(CodeBlockKind::Indented) => seen.html.push("an indented block of code".into()),
                Tag::Strong | Tag::Emphasis => {}
                _ => words.push(' '),
            },
            Event::End(end) => {
                if !matches!(end, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) {
                    words.push(' ');
                }
            }
        }
    }
    seen.words = single_spaced(&words);
    seen
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "T".into(),
        label: String::new(),
        edition: String::new(),
        language: "en".into(),
        subject: String::new(),
        keywords: Vec::new(),
        created: DateTime::UNIX_EPOCH,
        header_right: String::new(),
        footer_left: String::new(),
        blocks,
    }
}

/// Every block with `text` in every field.
fn everywhere(text: &str) -> (Document, String) {
    let item = || Item::plain(text).with([Item::plain(text)]);
    let column = |align| Column { title: text.into(), share: 1.0, align };
    let cell = || vec![Span::text(text), Span::text(" "), Span::code(text)];
    let mut whole = document(vec![
        Block::heading(1, text),
        Block::Paragraph(vec![
            Span::text("a "),
            Span::strong(text),
            Span::text(" b "),
            Span::emphasis(text),
            Span::text(" c"),
        ]),
        Block::Note(vec![Span::text(text)]),
        Block::Facts(vec![Fact::new(text, text)]),
        Block::bullets([item(), item()]),
        Block::numbered([item()]),
        Block::Table(Table {
            columns: vec![column(Align::Start), column(Align::End)],
            rows: vec![vec![cell(), vec![Span::strong(text)]]],
            caption: Some(text.into()),
        }),
        Block::Durations(DurationBar { marks: vec![Mark::new(text, text, 0).after(text)], caption: text.into() }),
        Block::Drawing { caption: text.into(), subject: Subject::why_tree(&fixture::huge::chain(1, text)) },
        Block::Paragraph(vec![Span::link(text, "https://example.org/a_b?c=1&d=2")]),
        Block::Figure(figure(text)),
        Block::Excerpt { caption: text.into(), text: text.into() },
    ]);
    whole.title = text.into();
    whole.footer_left = text.into();
    let t = text;
    let expected = [
        t,
        t,
        "a",
        t,
        "b",
        t,
        "c",
        t,
        &format!("{t}:"),
        t,
        t,
        t,
        t,
        t,
        t,
        t, // title to the numbered list
        t,
        t,
        t,
        t,
        t,
        t, // table: caption, two titles, two cells
        t,
        t,
        t,
        t, // durations
        t,
        t,
        t,
        t,
        t,
        t,
        t,
        t, // drawing, link, image and its caption, the caption of the excerpt, footer
    ];
    (whole, expected.map(tidy).join(" "))
}

fn figure(text: &str) -> Figure {
    let image = meeting::Image { format: meeting::ImageFormat::Png, width: 1, height: 1, bytes: 1, digest: "0".into() };
    Figure { name: "figure-1.png".into(), image, caption: text.into(), alt: text.into() }
}

/// What is left of a text after control characters, as both outputs understand them.
fn tidy(text: &str) -> String {
    let noise = |c: char| {
        c.is_control()
            || matches!(c, '\u{feff}' | '\u{202d}' | '\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
    };
    single_spaced(&text.chars().map(|c| if noise(c) { ' ' } else { c }).collect::<String>())
}

fn holds_everything_and_nothing_else(text: &str) {
    let (document, expected) = everywhere(text);
    let written = markdown(&document);
    let seen = read(&written);
    assert_eq!(seen.html, Vec::<String>::new(), "{written}");
    let squeezed = |words: &str| words.split_whitespace().collect::<String>();
    // A fact's label and value are parted by a colon that stands close; spaces are compared elsewhere.
    assert_eq!(squeezed(&seen.words), squeezed(&expected), "{written}");
    assert_eq!((seen.rules, seen.quotes), (0, 0), "{written}");
    let fences = seen.fences.iter().map(|(language, _)| language.as_str()).collect::<Vec<_>>();
    assert_eq!(fences, ["mermaid", "text"], "{written}");
    assert_eq!(squeezed(&seen.fences[1].1), squeezed(&tidy(text)), "{written}");
    assert_eq!((seen.headings, seen.tables), (2, 2), "{written}");
    assert!(seen.links.iter().all(|link| link == "https://example.org/a%5Fb?c=1&d=2"), "{:?}\n{written}", seen.links);
}

#[test]
fn nothing_that_people_type_becomes_markup() {
    for text in [
        "<script>alert(1)</script>",
        "a <!-- b --> c",
        "| a | b |",
        "a\\|b \\",
        "# one",
        "one #",
        "##",
        "- one",
        "+ one",
        "1. one",
        "1) one",
        "---",
        "===",
        "> one",
        "```rust",
        "~~~",
        "~~gone~~",
        "[a](javascript:alert(1))",
        "![a](b)",
        "!\\[a]",
        "[^1]",
        "[^1]: note",
        "[a]: https://example.org",
        "<https://example.org>",
        "https://example.org and www.example.org",
        "*a* _b_ **c** __d__ a_b_c",
        "`code` ``more`` ` and ``",
        "&lt; &amp; &#65; &",
        "$x$ $$y$$",
        "one\ntwo\n\nthree\n    four",
        "one\n- two\n1. three\n===",
        "a  \nb",
        "trailing\\",
        ":tada: 14:16:20",
        ": definition",
        "[ ] task",
        "- [x] done",
        "a@example.org",
        "\u{202e}gnp.exe",
        "{#id .class}",
        "%title",
    ] {
        holds_everything_and_nothing_else(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn hostile_text_comes_back_word_for_word(
        text in "x?([ -~]|[\\\\`*_\\[\\]<>|&#~$:!.@=+-]|\n|\t|é|\u{a0}|שלום|[0-9]\\.|  ){1,24}x"
    ) {
        holds_everything_and_nothing_else(&text);
    }

    #[test]
    fn any_text_at_all_writes_no_html(text in "\\PC{0,60}") {
        let (document, _) = everywhere(&text);
        prop_assert_eq!(read(&markdown(&document)).html, Vec::<String>::new());
    }
}

#[test]
fn the_record_reads_as_it_was_built() {
    let written = markdown(&fixture::record());
    assert!(written.starts_with("# Checkout errors after the client upgrade\n\nPost-mortem · internal edition\n"));
    assert!(written.contains("\n- **Severity**: SEV2\n"), "{written}");
    assert!(written.contains(
        "| impact | detected | mitigated | resolved |\n| --- | --- | --- | --- |\n| 14:14 | 14:16 | 14:47 | 15:07 |\n"
    ));
    assert!(written.contains("\n- [Timeline](#timeline)\n- [What went well, poorly, and where we got lucky](#what-went-well-poorly-and-where-we-got-lucky)\n"));
    assert!(written.contains("| [PAY-4821](https://tickets.example/PAY-4821) |"));
    assert!(written.contains("local file (file:///etc/hosts)") || written.contains("local file (file\\:///etc/hosts)"));
    let seen = read(&written);
    assert_eq!(seen.tables, 5, "actions, timeline, scripts and two duration bars");
    let excerpt = &seen.fences[2].1;
    assert_eq!(
        *excerpt,
        "14:14:07 WARN  pool exhausted\n    at db.Pool.take(Pool.java:81)\n\n14:14:09 ERROR giving up\n"
    );
    assert_eq!(seen.html, Vec::<String>::new());
}

#[test]
fn two_lists_in_a_row_stay_two() {
    let lists = document(vec![Block::bullets([Item::plain("a")]), Block::bullets([Item::plain("b")])]);
    let options = Options::empty();
    let written = markdown(&lists);
    let count = Parser::new_ext(&written, options).filter(|event| matches!(event, Event::Start(Tag::List(_)))).count();
    assert_eq!(count, 2, "{written}");
}

#[test]
fn the_second_line_of_an_item_stays_inside_of_it() {
    let list = document(vec![Block::numbered([Item::plain("one\ntwo").with([Item::plain("below\nthis")])])]);
    assert_eq!(
        markdown(&list),
        "# T\n\n1. one\\\n   two\n   - below\\\n     this\n"
            .replace("   - below\\\n     this", "   1. below\\\n      this")
    );
}

#[test]
fn an_image_is_looked_for_in_the_folder_that_was_named() {
    let mut hostile = figure("](javascript:x)");
    assert!(
        markdown_beside(&document(vec![Block::Figure(hostile.clone())]), "rec-files")
            .contains("](rec-files/figure-1.png)")
    );
    hostile.name = "a) [b](c d\n".into();
    assert!(markdown_beside(&document(vec![Block::Figure(hostile)]), "f").contains("](f/a---b--c-d-)"));
}
