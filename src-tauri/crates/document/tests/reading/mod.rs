//! The words of a PDF as a program reads them that had no part in writing it.

use std::io::Write;
use std::process::{Command, Stdio};

/// Returns what `pdftotext` reads, with some of its options; it has to find nothing wrong with the file.
pub(crate) fn printed(bytes: &[u8], options: &[&str]) -> String {
    let mut child = Command::new("pdftotext")
        .args(options)
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("pdftotext from poppler-utils reads the PDF back");
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // A long text fills the pipe out before the pipe in is empty.
    let writing = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "the reader finds nothing wrong with the file");
    String::from_utf8(output.stdout).unwrap()
}
