//! Files that are no text, known by their first bytes, with what to do instead.

use super::FileError;

const BINARY: &str = "Export the timeline as text, CSV or JSON.";
const PICTURE: &str = "Attach it to an event instead.";
const ARCHIVE: &str = "Unpack it and choose the file inside.";

/// First bytes, what they mean, and what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF document", "Copy its text and paste it."),
    (b"\x89PNG", "a picture (PNG)", PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", PICTURE),
    (b"GIF8", "a picture (GIF)", PICTURE),
    (b"RIFF", "a picture, sound or film", PICTURE),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as CSV or as plain text and choose that file."),
    (b"{\\rtf", "a formatted text (RTF)", "Save it as plain text, or paste it."),
    (b"\x1f\x8b", "a compressed file (gzip)", ARCHIVE),
    (b"BZh", "a compressed file (bzip2)", ARCHIVE),
    (b"\xfd7zXZ", "a compressed file (xz)", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)", ARCHIVE),
    (b"7z\xbc\xaf", "an archive (7z)", ARCHIVE),
    (b"Rar!", "an archive (RAR)", ARCHIVE),
    (b"SQLite format 3\0", "a database", BINARY),
    (b"\x7fELF", "a program", BINARY),
    (b"MZ\x90", "a program", BINARY),
    (b"\xff\xfe\0\0", "text in UTF-32", "Save it as UTF-8 and choose it again."),
    (b"\0\0\xfe\xff", "text in UTF-32", "Save it as UTF-8 and choose it again."),
];

/// Refuses a file whose first bytes say that it is no text.
pub(super) fn refuse_binary(head: &[u8]) -> Result<(), FileError> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let (what, advice) = packed(head);
        return Err(FileError::NoText { what, advice });
    }
    if let Some((_, what, advice)) = SIGNATURES.iter().find(|(bytes, ..)| head.starts_with(bytes)) {
        return Err(FileError::NoText { what, advice });
    }
    let start = head.trim_ascii_start();
    let page = |tag: &[u8]| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag));
    if page(b"<!doctype html") || page(b"<html") {
        return Err(FileError::NoText { what: "a web page", advice: "Open it, copy its text and paste it." });
    }
    Ok(())
}

/// Office documents are ZIP archives that name their parts.
fn packed(head: &[u8]) -> (&'static str, &'static str) {
    let holds = |part: &[u8]| memchr::memmem::find(head, part).is_some();
    if holds(b"xl/") || holds(b"opendocument.spreadsheet") {
        ("a spreadsheet", "Save the sheet as CSV and choose that file.")
    } else if holds(b"word/") || holds(b"opendocument.text") {
        ("a text document", "Copy its text and paste it.")
    } else if holds(b"ppt/") || holds(b"opendocument.presentation") {
        ("a presentation", "Copy its text and paste it.")
    } else {
        ("a ZIP archive", "Unpack it and choose the file inside; of a Slack export, the JSON files of the channel.")
    }
}
