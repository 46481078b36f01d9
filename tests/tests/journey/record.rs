//! The exported record, read as other programs read it.

use std::path::{Path, PathBuf};
use std::process::Command;

use checks::{Folder, Page, wait};
use serde_json::{Value, json};

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

/// Counts the pages in the console, and the dots on the picture of the first that are as dark as letters.
const LOOK: &str = "const papers = [...document.querySelectorAll('[role=group][aria-label^=\"Page \"]')];
const canvas = papers[0]?.querySelector('canvas');
if (!canvas?.width) return [papers.length, 0, ''];
const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
let dark = 0;
for (let at = 0; at < dots.length; at += 4) if (dots[at] + dots[at + 1] + dots[at + 2] < 300) dark += 1;
return [papers.length, dark, papers[0].textContent];";

/// Fails unless the console shows the pages of the exported PDF, with the first one painted and its words on it, and no
/// other window can have them.
#[track_caller]
pub(crate) fn assert_shows_the_pages(console: &Page, stage: &Page, folder: &Folder, words: &str) {
    let pages = json!(pages_of(&only(&folder.records(), "pdf")));
    let mut seen = Value::Null;
    wait::until("the pages of the export are on the console", || {
        seen = console.evaluate(LOOK, &[]);
        seen[0] == pages && seen[1].as_u64() > Some(2_000) && tidy(seen[2].as_str().unwrap_or_default()).contains(words)
    });
    let ask = "const done = arguments[arguments.length - 1];
        fetch('debrief://localhost/record/internal.pdf').then((answer) => done(answer.status), done);";
    assert_eq!(console.evaluate_later(ask), json!(200));
    assert_eq!(stage.evaluate_later(ask), json!(403), "the projector is not for reading the record");
}

fn pages_of(pdf: &Path) -> u32 {
    let read = Command::new("pdfinfo").arg(pdf).output().expect("pdfinfo runs");
    let said = String::from_utf8_lossy(&read.stdout).into_owned();
    let count = said.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok());
    count.unwrap_or_else(|| panic!("no PDF: {said}"))
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
