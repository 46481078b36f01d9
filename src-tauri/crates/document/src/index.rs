//! The index of a folder of records: one line for each, newest first.

use chrono::NaiveDate;
use meeting::Severity;
use serde::{Deserialize, Serialize};

use crate::{Block, Document, Item, Span, markdown};

/// A record as the index lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// When the incident happened.
    pub day: NaiveDate,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// What the record is called, in the words of its edition.
    pub title: String,
    /// Which edition it is: `internal edition`, `public edition`.
    pub edition: String,
    /// Its files, the one to read first; names that Debrief has made.
    pub files: Vec<String>,
}

/// The last line of every index: by it a later publication knows that the file may be replaced.
const SIGNED: &str = "Debrief writes this list anew with every publication; what is added by hand is lost.";

/// Writes the index as Markdown.
#[must_use]
pub fn index(records: &[Listed]) -> String {
    let mut records: Vec<&Listed> = records.iter().collect();
    records.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| (&a.title, &a.edition).cmp(&(&b.title, &b.edition))));
    let newest = records.first().map_or(NaiveDate::MIN, |record| record.day);
    let blocks = vec![Block::bullets(records.into_iter().map(line))];
    markdown(&Document {
        title: "Post-mortems".to_owned(),
        label: String::new(),
        edition: String::new(),
        language: "en".to_owned(),
        subject: String::new(),
        keywords: Vec::new(),
        created: newest.and_time(chrono::NaiveTime::MIN).and_utc(),
        header_right: String::new(),
        footer_left: SIGNED.to_owned(),
        blocks,
    })
}

/// Whether a text is an index that [`index`] wrote.
#[must_use]
pub fn is_an_index(text: &str) -> bool {
    text.starts_with("# Post-mortems\n") && text.trim_end().ends_with(SIGNED)
}

fn line(record: &Listed) -> Item {
    let severity = record.severity.map_or("no severity", Severity::word);
    let mut spans = vec![Span::text(format!("{} · {severity} · ", record.day.format("%Y-%m-%d")))];
    let mut files = record.files.iter();
    spans.push(
        files.next().map_or_else(|| Span::text(record.title.as_str()), |file| Span::link(record.title.as_str(), file)),
    );
    for file in files {
        let form = file.rsplit('.').next().unwrap_or_default().to_uppercase();
        spans.extend([Span::text(" · "), Span::link(form, file)]);
    }
    spans.push(Span::text(format!(" · {}", record.edition)));
    Item::new(spans)
}
