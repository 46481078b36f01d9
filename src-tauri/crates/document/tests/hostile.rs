//! Every hostile text of the house in every field of a document: both exports hold it as a text and as nothing else.
//!
//! The texts lie in `tests/fixtures/hostile`, where the browser's test of the three surfaces reads them as well. What
//! each sign of Markdown becomes is told in `markdown.rs`, which texts become links in `pdf.rs`.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixture has to stop")]

use std::collections::BTreeMap;

use chrono::DateTime;
use document::{
    Block, Column, Document, DurationBar, Fact, Item, Mark, Span, Subject, Table, markdown, no_images, pdf,
};
use lopdf::Object;
use meeting::{ChainId, Factor, FactorCategory, FactorId, StepId, WhyChain, WhyStep};
use pulldown_cmark::{Event, Options, Parser, Tag};

fn texts() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/hostile/texts.json");
    let families: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let texts: Vec<String> = families.into_values().flatten().collect();
    assert!(texts.len() >= 500, "{} texts", texts.len());
    texts
}

fn chain(text: &str) -> WhyChain {
    let step = WhyStep { id: StepId(1), parent: None, answer: text.into(), evidence: text.into(), ends_at: None };
    WhyChain { id: ChainId(1), symptom: text.into(), steps: vec![step], event: None }
}

fn factor(text: &str) -> Factor {
    Factor { id: FactorId(1), category: FactorCategory::Process, text: text.into(), chain: None, event: None }
}

/// A document with `text` in every field; as a link it leads where it says.
fn everywhere(text: &str) -> Document {
    let item = || Item::plain(text).with([Item::plain(text)]);
    let table = Table {
        columns: vec![Column::new(text, 1.0), Column::new(text, 1.0).end()],
        rows: vec![vec![vec![Span::text(text), Span::code(text)], vec![Span::link(text, text)]]],
        caption: Some(text.into()),
    };
    Document {
        title: text.into(),
        label: text.into(),
        edition: text.into(),
        language: text.into(),
        subject: text.into(),
        keywords: vec![text.into()],
        created: DateTime::UNIX_EPOCH,
        header_right: text.into(),
        footer_left: text.into(),
        blocks: vec![
            Block::heading(1, text),
            Block::paragraph(text),
            Block::Paragraph(vec![Span::strong(text), Span::emphasis(text), Span::code(text), Span::link(text, text)]),
            Block::Paragraph(vec![Span::link("tap", text)]),
            Block::note(text),
            Block::Facts(vec![Fact::new(text, text)]),
            Block::bullets([item()]),
            Block::numbered([item()]),
            Block::Table(table),
            Block::Durations(DurationBar { marks: vec![Mark::new(text, text, 0).after(text)], caption: text.into() }),
            Block::Drawing { caption: text.into(), subject: Subject::why_tree(&chain(text)) },
            Block::Drawing { caption: text.into(), subject: Subject::fishbone(text, &[factor(text)]) },
            Block::Excerpt { caption: text.into(), text: text.into() },
        ],
    }
}

/// Says whether an address is one that a reader may follow.
fn is_web_or_mail(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

#[test]
fn no_hostile_text_becomes_html_an_image_or_a_strange_link_in_markdown() {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    for text in texts() {
        let written = markdown(&everywhere(&text));
        for event in Parser::new_ext(&written, options) {
            let is_markup = match &event {
                Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => true,
                Event::InlineMath(_) | Event::DisplayMath(_) => true,
                Event::Start(Tag::Image { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_) | Tag::Strikethrough) => {
                    true
                }
                Event::Start(Tag::Link { dest_url, .. }) => !is_web_or_mail(dest_url),
                // Attributes of a heading, such as `{onclick=…}`.
                Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
                    id.is_some() || !classes.is_empty() || !attrs.is_empty()
                }
                _ => false,
            };
            assert!(!is_markup, "{text:?} became {event:?} in\n{written}");
        }
    }
}

#[test]
fn no_hostile_text_becomes_an_action_or_a_strange_link_in_the_pdf() {
    // One document with all of them: what a text breaks out of would be seen in the others.
    let mut whole = everywhere("Harmless words");
    for text in texts() {
        whole.blocks.extend(everywhere(&text).blocks);
    }
    let made = pdf(&whole, &no_images).unwrap();
    let file = lopdf::Document::load_mem(&made.bytes).unwrap();
    let (mut names, mut links) = (Vec::new(), 0);
    for object in file.objects.values() {
        look(object, &mut names, &mut links);
    }
    look(&Object::Dictionary(file.trailer.clone()), &mut names, &mut links);
    for name in [
        "JS",
        "JavaScript",
        "Launch",
        "AA",
        "OpenAction",
        "SubmitForm",
        "ImportData",
        "GoToR",
        "GoToE",
        "EmbeddedFile",
        "EmbeddedFiles",
        "RichMedia",
        "Movie",
        "Sound",
        "AcroForm",
        "XFA",
        "Encrypt",
        "Rendition",
    ] {
        assert!(!names.iter().any(|found| found == name), "/{name} is in the file");
    }
    assert!(names.iter().any(|found| found == "StructTreeRoot"), "the names of the file are seen");
    assert!(links > 0, "texts that are addresses become links, so that the rule about them is tested");
}

/// Collects the names in an object, and stops at an address that may not be followed.
fn look(object: &Object, names: &mut Vec<String>, links: &mut u32) {
    match object {
        Object::Name(name) => names.push(String::from_utf8_lossy(name).into_owned()),
        Object::Array(objects) => objects.iter().for_each(|object| look(object, names, links)),
        Object::Dictionary(entries) => {
            for (name, object) in entries {
                names.push(String::from_utf8_lossy(name).into_owned());
                if name == b"URI" && object.as_str().is_ok() {
                    let address = lopdf::decode_text_string(object).unwrap();
                    assert!(is_web_or_mail(&address), "{address:?} is a link");
                    *links += 1;
                }
                look(object, names, links);
            }
        }
        Object::Stream(stream) => look(&Object::Dictionary(stream.dict.clone()), names, links),
        _ => {}
    }
}
