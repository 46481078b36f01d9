//! Finishing the file: bookmarks, links, properties and language.
//!
//! `printpdf` writes fonts and empty pages; what it leaves out or writes for the print shop is set here on its `lopdf`
//! document. Conformance with PDF/A or PDF/UA is not claimed, since nothing here could prove it.

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use printpdf::PdfSaveOptions;

use super::DocumentError;
use super::flow::Heading;
use super::look::{LEFT, PAGE_HEIGHT};
use super::pages::Place;
use super::paint::{Annotation, Painted, utf16};
use super::structure::Structure;
use super::tags;
use super::text::Target;
use crate::blocks::Document;
use crate::words;

/// The program that is named as the maker of the file.
const MAKER: &str = "Debrief";

/// Makes a file of painted pages.
pub(super) fn finish(
    document: &Document,
    painted: Painted,
    structure: &Structure,
    outline: &[(&Heading, &Place)],
) -> Result<Vec<u8>, DocumentError> {
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let Painted { document: painted, contents, annotations } = painted;
    let mut file = painted.to_lopdf_document(&options, &mut Vec::new());
    drop(painted);
    file.version = "1.7".to_owned();
    let pages = file.get_pages().into_values().collect::<Vec<_>>();

    for (page, content) in pages.iter().zip(contents) {
        let stream = file.get_page_contents(*page).first().and_then(|stream| file.objects.get_mut(stream));
        let stream = stream.and_then(|stream| stream.as_stream_mut().ok());
        let stream = stream.ok_or_else(|| DocumentError::Assembly("a page has no room for its content".to_owned()))?;
        stream.set_content(content);
    }
    let links = write_links(&mut file, &annotations, &pages, outline);
    let structure = tags::write(&mut file, structure, &pages, &links);
    let bookmarks = write_bookmarks(&mut file, outline, &pages);
    let properties = write_properties(&mut file, document);
    let metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(document).into_bytes());
    // Catalogues read this stream without opening the document, so it stays uncompressed.
    let metadata = file.add_object(metadata.with_compression(false));

    let catalog = file.catalog_mut().map_err(|error| DocumentError::Assembly(error.to_string()))?;
    catalog.set("Lang", Object::string_literal(language(document)));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    catalog.set("Metadata", metadata);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.remove(b"OutputIntents");
    catalog.set("PageLayout", Object::Name(b"OneColumn".to_vec()));
    let mode: &[u8] = if bookmarks.is_some() { b"UseOutlines" } else { b"UseNone" };
    catalog.set("PageMode", Object::Name(mode.to_vec()));
    if let Some(bookmarks) = bookmarks {
        catalog.set("Outlines", bookmarks);
    }
    file.trailer.set("Info", properties);
    file.prune_objects();
    // Gaps in the numbers are allowed, but a widespread reader (poppler 22.12) stumbles over some of them.
    file.renumber_objects();
    super::compact::save(file)
}

/// Returns text as a PDF string outside of page descriptions.
pub(super) fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    Object::String(utf16(words), StringFormat::Hexadecimal)
}

fn write_links(
    file: &mut lopdf::Document,
    annotations: &[Annotation],
    pages: &[ObjectId],
    outline: &[(&Heading, &Place)],
) -> Vec<ObjectId> {
    let mut by_page = vec![Vec::new(); pages.len()];
    let mut links = Vec::new();
    for annotation in annotations {
        let corners = annotation.rectangle.iter().map(|side| Object::Real((side * 100.0).round() / 100.0));
        let mut link = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => Object::Array(corners.collect()),
            "Border" => Object::Array(vec![0.into(), 0.into(), 0.into()]),
            "Contents" => text(&annotation.words),
            "P" => pages[annotation.page],
            "F" => 4,
        };
        match &annotation.target {
            Target::Url(url) => {
                let uri = percent_encoded(url);
                link.set("A", dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal(uri) });
            }
            Target::Heading(number) => {
                if let Some((_, place)) = outline.get(*number) {
                    link.set("Dest", destination(place, pages));
                }
            }
        }
        let link = file.add_object(link);
        by_page[annotation.page].push(Object::Reference(link));
        links.push(link);
    }
    for (page, links) in pages.iter().zip(by_page) {
        if let Ok(page) = file.get_dictionary_mut(*page) {
            page.set("Annots", Object::Array(links));
            // The order of tabbing follows the structure.
            page.set("Tabs", Object::Name(b"S".to_vec()));
            page.remove(b"TrimBox");
            page.remove(b"CropBox");
        }
    }
    links
}

fn destination(place: &Place, pages: &[ObjectId]) -> Object {
    let top = (PAGE_HEIGHT - place.top + 12.0).round();
    let page = pages[place.page];
    Object::Array(vec![
        Object::Reference(page),
        "XYZ".into(),
        Object::Real(LEFT - 10.0),
        Object::Real(top),
        Object::Null,
    ])
}

/// Writes nested bookmarks and returns their root, or nothing for a document without headings.
fn write_bookmarks(file: &mut lopdf::Document, outline: &[(&Heading, &Place)], pages: &[ObjectId]) -> Option<ObjectId> {
    if outline.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids = outline.iter().map(|_| file.new_object_id()).collect::<Vec<_>>();
    let parents = parents(outline);
    let family = |parent: Option<usize>| (0..ids.len()).filter(|child| parents[*child] == parent).collect::<Vec<_>>();
    let with_children = |entry: &mut Dictionary, children: &[usize]| {
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            entry.set("First", ids[*first]);
            entry.set("Last", ids[*last]);
            entry.set("Count", i64::try_from(children.len()).unwrap_or(0));
        }
    };
    // Every level stands open: a count below zero would close it.
    let mut top = dictionary! { "Type" => "Outlines" };
    with_children(&mut top, &family(None));
    top.set("Count", i64::try_from(ids.len()).unwrap_or(0));
    file.set_object(root, top);
    for (number, (heading, place)) in outline.iter().enumerate() {
        let siblings = family(parents[number]);
        let place_among = siblings.iter().position(|sibling| *sibling == number).unwrap_or(0);
        let mut entry = dictionary! {
            "Title" => text(&heading.text),
            "Parent" => parents[number].map_or(root, |parent| ids[parent]),
            "Dest" => destination(place, pages),
        };
        if let Some(before) = place_among.checked_sub(1) {
            entry.set("Prev", ids[siblings[before]]);
        }
        if let Some(next) = siblings.get(place_among + 1) {
            entry.set("Next", ids[*next]);
        }
        with_children(&mut entry, &family(Some(number)));
        file.set_object(ids[number], entry);
    }
    Some(root)
}

/// Returns for each heading the one it stands below: the nearest before it of a higher rank.
fn parents(outline: &[(&Heading, &Place)]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let parent = |(number, (heading, _)): (usize, &(&Heading, &Place))| {
        while open.last().is_some_and(|last| outline[*last].0.level >= heading.level) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(number);
        parent
    };
    outline.iter().enumerate().map(parent).collect()
}

fn write_properties(file: &mut lopdf::Document, document: &Document) -> ObjectId {
    let date = Object::string_literal(document.created.format("D:%Y%m%d%H%M%SZ").to_string());
    let mut properties = dictionary! {
        "Title" => text(&words::line(&document.title)),
        "Creator" => text(MAKER),
        "Producer" => text(MAKER),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    for (key, value) in [("Subject", words::line(&document.subject)), ("Keywords", keywords(document))] {
        if !value.is_empty() {
            properties.set(key, text(&value));
        }
    }
    file.add_object(properties)
}

fn keywords(document: &Document) -> String {
    document
        .keywords
        .iter()
        .map(|word| words::line(word))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the language as a tag; what is not one would make readers guess.
fn language(document: &Document) -> String {
    let tag = document.language.trim();
    let fits = !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { tag.to_owned() } else { "und".to_owned() }
}

/// Returns the same properties for programs that read XMP.
fn xmp(document: &Document) -> String {
    let title = xml(&words::line(&document.title));
    let subject = xml(&words::line(&document.subject));
    let keywords = xml(&keywords(document));
    let language = xml(&language(document));
    let created = document.created.format("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt></dc:description>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{MAKER}</pdf:Producer>\n\
         <xmp:CreatorTool>{MAKER}</xmp:CreatorTool>\n\
         <xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Returns an address in ASCII, as PDF wants it.
fn percent_encoded(url: &str) -> String {
    let mut encoded = String::new();
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"<>\\^`{|}\"".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
