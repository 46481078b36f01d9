//! The PDF, read back by two readers that had no part in writing it: `lopdf` for the file, `pdftotext` for the words.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own fixture has to stop")]

mod fixture;
mod reading;

use document::{
    Block, Column, Document, DocumentError, DurationBar, Fact, Item, Mark, Pdf, Span, Subject, Table, markdown,
    no_images,
};
use lopdf::{Dictionary, Object};

fn pdf(document: &Document) -> Result<Pdf, DocumentError> {
    document::pdf(document, &no_images)
}

fn made() -> Pdf {
    pdf(&fixture::record()).unwrap()
}

/// The words of a PDF in the order in which they are read, without the marks that `pdftotext` adds for direction.
fn words(pdf: &Pdf) -> String {
    let text = reading::printed(&pdf.bytes, &[]);
    let text = text.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}'));
    text.map(|c| if c == '\u{c}' { '\n' } else { c }).collect()
}

/// A text without white space, and without Hebrew points: `pdftotext` turns the points of one letter around.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{591}'..='\u{5c7}')).collect()
}

fn opened(pdf: &Pdf) -> lopdf::Document {
    lopdf::Document::load_mem(&pdf.bytes).unwrap()
}

fn string(dictionary: &Dictionary, key: &[u8]) -> String {
    lopdf::decode_text_string(dictionary.get(key).unwrap()).unwrap()
}

fn dictionary<'a>(file: &'a lopdf::Document, from: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    file.get_dictionary(from.get(key).unwrap().as_reference().unwrap()).unwrap()
}

/// Titles of the bookmarks below `parent`, each with its depth.
fn bookmarks(file: &lopdf::Document, parent: &Dictionary, depth: usize, found: &mut Vec<(usize, String)>) {
    let mut next = parent.get(b"First").ok().cloned();
    while let Some(Object::Reference(id)) = next {
        let entry = file.get_dictionary(id).unwrap();
        found.push((depth, string(entry, b"Title")));
        let destination = entry.get(b"Dest").unwrap().as_array().unwrap();
        assert!(file.get_dictionary(destination[0].as_reference().unwrap()).is_ok(), "it leads to a page");
        bookmarks(file, entry, depth + 1, found);
        next = entry.get(b"Next").ok().cloned();
    }
}

/// Names of the structure below an element, in reading order.
fn roles(file: &lopdf::Document, element: &Dictionary, found: &mut Vec<String>) {
    if let Ok(name) = element.get(b"S").and_then(Object::as_name) {
        found.push(String::from_utf8(name.to_vec()).unwrap());
    }
    let kids = match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(only) => vec![only.clone()],
        Err(_) => Vec::new(),
    };
    for kid in kids {
        if let Object::Reference(id) = kid {
            roles(file, file.get_dictionary(id).unwrap(), found);
        }
    }
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    assert_eq!(made().bytes, made().bytes);
}

#[test]
fn another_record_has_another_identifier() {
    let mut other = fixture::record();
    other.title.push('!');
    let identifier = |pdf: &Pdf| opened(pdf).trailer.get(b"ID").unwrap().clone();
    assert_ne!(identifier(&made()), identifier(&pdf(&other).unwrap()));
}

#[test]
fn every_word_comes_back_in_the_order_of_the_record() {
    let read = squeezed(&words(&made()));
    let mut from = 0;
    for part in [
        "Post-mortem",
        "Checkout errors after the client upgrade",
        "SEV2",
        "Rolling the library back restored service.",
        "Key takeaways",
        "The pool was full for nine minutes before any dashboard showed it.",
        "Action items",
        "PAY-4821",
        "Thirty moments, in the order in which they were seen.",
        "event 0, pool.used=0",
        "event 29, pool.used=29",
        "Support wrote to customers early.",
        "It was sent in three languages.",
        "the chapter about connection pools in the handbook of the payments group",
        "local file (file:///etc/hosts)",
        &"0123456789abcdef".repeat(9),
        "The new client library retries by default",
        "Question 14: how would we have noticed this without the alert?",
    ] {
        let part = squeezed(part);
        let at = read[from..].find(&part).unwrap_or_else(|| panic!("{part} is missing after {from}"));
        from += at + part.len();
    }
}

#[test]
fn every_script_can_be_searched_and_copied() {
    // Spaces count here: a mark over a letter must not tear its word apart.
    let spaced = |text: &str| text.split_whitespace().map(squeezed).collect::<Vec<_>>().join(" ");
    let made = made();
    assert!(made.missing_glyphs.is_empty(), "no font draws {:?}", made.missing_glyphs);
    let read = spaced(&words(&made));
    for (language, text) in fixture::SCRIPTS {
        assert_eq!(read.matches(&spaced(text)).count(), 2, "{language}: once in a paragraph and once in a table");
    }
}

#[test]
fn pages_are_numbered_and_carry_the_running_lines() {
    let made = made();
    let read = words(&made);
    assert_eq!(opened(&made).get_pages().len(), made.pages);
    for page in 1..=made.pages {
        assert!(squeezed(&read).contains(&format!("{page}/{}", made.pages)), "page {page}");
    }
    assert_eq!(read.matches("Published 8 May 2026").count(), made.pages);
    assert_eq!(read.matches("Times in UTC").count(), made.pages);
}

#[test]
fn the_head_of_a_table_is_repeated_on_every_page_it_reaches() {
    assert!(words(&made()).matches("What happened").count() >= 3, "thirty rows reach over three pages");
}

#[test]
fn contents_name_the_page_on_which_a_heading_stands() {
    let made = made();
    let pages = words(&made);
    let contents = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = contents.split("Root cause analysis").nth(1).unwrap();
    let file = opened(&made);
    let mut titles = Vec::new();
    let root = dictionary(&file, file.catalog().unwrap(), b"Outlines");
    bookmarks(&file, root, 1, &mut titles);
    let wanted = titles.iter().position(|(_, title)| title == "Root cause analysis").unwrap();
    let page = page_of_bookmark(&file, root, wanted, &mut 0).unwrap();
    let number = after.split_whitespace().next().and_then(|number| number.parse().ok());
    assert_eq!(number, Some(page));
}

fn page_of_bookmark(file: &lopdf::Document, parent: &Dictionary, wanted: usize, seen: &mut usize) -> Option<u32> {
    let mut next = parent.get(b"First").ok().cloned();
    while let Some(Object::Reference(id)) = next {
        let entry = file.get_dictionary(id).unwrap();
        if *seen == wanted {
            let page = entry.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
            return file.get_pages().into_iter().find(|(_, id)| *id == page).map(|(number, _)| number);
        }
        *seen += 1;
        if let Some(page) = page_of_bookmark(file, entry, wanted, seen) {
            return Some(page);
        }
        next = entry.get(b"Next").ok().cloned();
    }
    None
}

#[test]
fn bookmarks_are_nested_as_the_headings_are() {
    let made = made();
    let file = opened(&made);
    let mut found = Vec::new();
    bookmarks(&file, dictionary(&file, file.catalog().unwrap(), b"Outlines"), 1, &mut found);
    let expected = [
        (1, "Timeline"),
        (1, "What went well, poorly, and where we got lucky"),
        (2, "What went well"),
        (2, "What went poorly"),
        (3, "Durations, crowded"),
        (1, "Root cause analysis"),
    ];
    let expected = expected.map(|(depth, title)| (depth, title.to_owned()));
    assert!(found.windows(expected.len()).any(|part| part == expected), "{found:?}");
}

#[test]
fn properties_and_language_say_what_the_record_is() {
    let made = made();
    let file = opened(&made);
    let info = file.get_dictionary(file.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    assert_eq!(string(info, b"Title"), "Checkout errors after the client upgrade");
    assert_eq!(string(info, b"Subject"), "SEV2 on 6 May 2026: 30 % of checkouts failed");
    assert_eq!(string(info, b"Keywords"), "checkout, SEV2");
    assert_eq!(string(info, b"CreationDate"), "D:20260508093000Z");
    assert_eq!(info.get(b"GTS_PDFXVersion").ok(), None, "it is not made for a print shop");
    let catalog = file.catalog().unwrap();
    assert_eq!(string(catalog, b"Lang"), "en");
    let metadata = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let xmp = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    assert!(xmp.contains("Checkout errors after the client upgrade") && xmp.contains("2026-05-08T09:30:00Z"));
}

#[test]
fn the_structure_names_headings_tables_lists_links_and_figures() {
    let made = made();
    let file = opened(&made);
    let root = dictionary(&file, file.catalog().unwrap(), b"StructTreeRoot");
    let mut found = Vec::new();
    roles(&file, root, &mut found);
    let count = |role: &str| found.iter().filter(|name| *name == role).count();
    assert_eq!(count("H1"), 1, "the title");
    assert_eq!(count("H2"), 5, "{found:?}");
    assert_eq!(count("TH"), 5 + 4 + 2, "heads are told once, however often they are drawn");
    assert_eq!(count("TD"), 3 * 5 + 30 * 4 + fixture::SCRIPTS.len() * 2);
    assert_eq!(count("Figure"), 2 + 2, "two bars and two drawings");
    assert_eq!(count("LI"), 3 + 5, "takeaways, what went well");
    assert_eq!(count("Link"), 3 + 1 + 5, "tickets, handbook, contents");
    let figure = file.objects.values().filter_map(|object| object.as_dict().ok());
    let figure = figure.into_iter().find(|d| d.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure")).unwrap();
    assert!(string(figure, b"Alt").contains("14:16 detected (2 min)"));
}

#[test]
fn only_web_and_mail_addresses_become_links() {
    let made = made();
    let file = opened(&made);
    let mut urls = Vec::new();
    for object in file.objects.values().filter_map(|object| object.as_dict().ok()) {
        if let Ok(action) = object.get(b"A").and_then(Object::as_dict)
            && let Ok(uri) = action.get(b"URI")
        {
            urls.push(lopdf::decode_text_string(uri).unwrap());
        }
    }
    urls.sort();
    urls.dedup();
    assert_eq!(
        urls,
        [
            "https://handbook.example/pools?a=1&b=2",
            "https://tickets.example/OPS-911",
            "https://tickets.example/OPS-912",
            "https://tickets.example/PAY-4821",
        ]
    );
}

#[test]
fn every_font_is_embedded_and_cut_down() {
    let made = made();
    let file = opened(&made);
    let mut names = Vec::new();
    for object in file.objects.values().filter_map(|object| object.as_dict().ok()) {
        if object.get(b"Type").and_then(Object::as_name).ok() == Some(b"FontDescriptor") {
            assert!(object.has(b"FontFile2") || object.has(b"FontFile3"));
            names.push(String::from_utf8(object.get(b"FontName").unwrap().as_name().unwrap().to_vec()).unwrap());
        }
    }
    assert!(names.len() >= 9, "{names:?}");
    assert!(names.iter().all(|name| name.as_bytes()[6] == b'+'), "{names:?}");
    assert!(made.bytes.len() < 300_000, "{} bytes", made.bytes.len());
}

#[test]
fn what_no_font_covers_is_reported_and_stays_in_the_text() {
    let mut record = fixture::record();
    record.blocks = vec![Block::paragraph("Linear B 𐀀 and Ogham ᚁ.")];
    let made = pdf(&record).unwrap();
    assert_eq!(made.missing_glyphs, ['ᚁ', '𐀀']);
    assert!(words(&made).contains('𐀀'));
}

#[test]
fn both_outputs_hold_the_same_words() {
    let record = fixture::record();
    let read = squeezed(&words(&pdf(&record).unwrap()));
    let source = squeezed(&markdown(&record).replace('\\', ""));
    let pieces = every_text(&record);
    assert!(pieces.len() > 200);
    for text in pieces {
        let text = squeezed(&text);
        assert!(source.contains(&text), "Markdown lacks {text}");
        assert!(read.contains(&text) || in_lines(&read, &text), "PDF lacks {text}");
    }
}

/// Whether the words stand in the PDF as a whole or, where a page or a column cuts them, in two halves.
fn in_lines(read: &str, text: &str) -> bool {
    text.char_indices().skip(1).any(|(cut, _)| read.contains(&text[..cut]) && read.contains(&text[cut..]))
}

fn every_text(record: &Document) -> Vec<String> {
    fn spans(spans: &[Span], all: &mut Vec<String>) {
        all.extend(spans.iter().map(|span| span.words().trim().to_owned()));
    }
    fn items(list: &[Item], all: &mut Vec<String>) {
        for item in list {
            spans(&item.text, all);
            items(&item.children, all);
        }
    }
    let mut all = vec![
        record.title.clone(),
        record.label.clone(),
        record.edition.clone(),
        record.header_right.clone(),
        record.footer_left.clone(),
    ];
    for block in &record.blocks {
        match block {
            Block::Heading { text, .. } => all.push(text.clone()),
            Block::Paragraph(text) | Block::Note(text) => spans(text, &mut all),
            Block::Facts(facts) => facts.iter().for_each(|fact| {
                all.push(fact.label.clone());
                spans(&fact.value, &mut all);
            }),
            Block::List { items: list, .. } => items(list, &mut all),
            Block::Table(table) => {
                all.extend(table.columns.iter().map(|column| column.title.clone()));
                table.rows.iter().flatten().for_each(|cell| spans(cell, &mut all));
                all.extend(table.caption.clone());
            }
            Block::Durations(bar) => {
                all.push(bar.caption.clone());
                for mark in &bar.marks {
                    all.extend([mark.label.clone(), mark.clock.clone()]);
                    all.extend(mark.duration.clone());
                }
            }
            Block::Drawing { caption, subject } => {
                all.push(caption.clone());
                items(&subject.outline(), &mut all);
            }
            Block::Figure(figure) => all.push(figure.caption.clone()),
            Block::Excerpt { caption, text } => all.extend([caption.clone(), text.clone()]),
            Block::Contents => {}
        }
    }
    all
}

#[test]
fn nothing_in_a_document_makes_it_fail() {
    let long = "word ".repeat(4000);
    let endless = "x".repeat(3000);
    let mut deep = Item::plain("bottom");
    for level in 0..60 {
        deep = Item::plain(format!("level {level}")).with([deep]);
    }
    let mut record = fixture::record();
    record.title = endless.clone();
    record.header_right = long.clone();
    record.language = "not a tag (at all)".into();
    record.blocks = vec![
        Block::heading(0, ""),
        Block::heading(9, &endless),
        Block::Contents,
        Block::paragraph(""),
        Block::Paragraph(Vec::new()),
        Block::Facts(Vec::new()),
        Block::Facts(vec![Fact::new(&long, &endless)]),
        Block::bullets([]),
        Block::numbered([deep, Item::new(Vec::new())]),
        Block::Drawing { caption: long.clone(), subject: Subject::why_tree(&fixture::huge::chain(9, &endless)) },
        Block::Drawing { caption: String::new(), subject: Subject::fishbone(&long, &[]) },
        Block::Drawing {
            caption: String::new(),
            subject: Subject::fishbone(&long, &fixture::huge::factors(7, &endless)),
        },
        Block::Excerpt { caption: long.clone(), text: format!("{endless}\n\n\t{long}") },
        Block::Excerpt { caption: String::new(), text: "\u{0}".into() },
        Block::Durations(DurationBar { marks: Vec::new(), caption: String::new() }),
        Block::Durations(DurationBar {
            marks: (0..12).map(|n| Mark::new(&long[..200], "14:14", -n).after(&endless[..90])).collect(),
            caption: long.clone(),
        }),
        Block::Table(Table { columns: Vec::new(), rows: vec![vec![Vec::new()]], caption: None }),
        Block::Table(Table {
            columns: vec![Column::new(&endless, f32::NAN), Column::new("", -1.0), Column::new("c", f32::INFINITY)],
            rows: vec![vec![vec![Span::text(&long)]], Vec::new(), vec![Vec::new(), vec![Span::code(&endless)]]],
            caption: Some(long.clone()),
        }),
        Block::paragraph("\u{0}\u{202e}\u{feff}\u{fffd}\t\r\n\u{2029}"),
    ];
    let made = pdf(&record).unwrap();
    assert!(made.pages > 10);
    let read = squeezed(&words(&made));
    assert!(read.matches("word").count() >= 3 * 4000, "no word of a fact, a cell or a caption is lost");
    assert!(markdown(&record).contains("word word"));
    record.title.clear();
    record.blocks.clear();
    assert_eq!(pdf(&record).unwrap().pages, 1);
}
