//! The exported record, read as other programs read it.

use std::path::{Path, PathBuf};
use std::process::Command;

use checks::{Folder, Page};

/// A record in both forms, as text with single spaces.
pub(crate) struct Record {
    pub(crate) pdf: String,
    pub(crate) markdown: String,
}

/// Exports the record from the console and reads it.
#[track_caller]
pub(crate) fn export(console: &Page, folder: &Folder) -> Record {
    console.press("Export the record");
    console.sees("Exported to");
    let markdown = std::fs::read_to_string(only(&folder.records(), "md")).unwrap();
    Record { pdf: text_of(&only(&folder.records(), "pdf")), markdown: tidy(&markdown.replace('\\', "")) }
}

impl Record {
    /// Fails with each fact that one of the forms lacks.
    #[track_caller]
    pub(crate) fn assert_holds(&self, facts: &[&str]) {
        for (form, text) in [("PDF", &self.pdf), ("Markdown", &self.markdown)] {
            let missing: Vec<_> = facts.iter().filter(|fact| !text.contains(**fact)).collect();
            assert!(missing.is_empty(), "the {form} lacks {missing:#?}\n{text}");
        }
    }
}

fn only(folder: &Path, extension: &str) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found = files.filter(|path| path.extension().is_some_and(|it| it == extension));
    let file = found.next().unwrap();
    assert_eq!(found.next(), None, "one export leaves one file of a kind");
    file
}

/// Reads a PDF in reading order.
fn text_of(pdf: &Path) -> String {
    let read = Command::new("pdftotext").arg(pdf).arg("-").output().expect("pdftotext runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    tidy(&String::from_utf8(read.stdout).unwrap())
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
