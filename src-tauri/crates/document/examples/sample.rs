//! Writes a PDF to look at: `cargo run -p document --example sample -- <out.pdf> [tiny | huge | <record.json>]`.
//!
//! Without a second word it is the record of the tests; a file is a record that was exported as JSON.

#[path = "../tests/fixture/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod fixture;

use std::error::Error;
use std::time::Instant;

use document::{Block, from_json, markdown, pdf, record};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let Some(out) = arguments.next() else {
        eprintln!("Say where to: cargo run -p document --example sample -- <out.pdf> [tiny | huge | <record.json>]");
        std::process::exit(2);
    };
    let document = match arguments.next().as_deref() {
        None => fixture::record(),
        Some("huge") => fixture::huge::record(),
        Some("tiny") => {
            let mut document = fixture::record();
            document.blocks = vec![Block::note("Summary: not recorded.")];
            document
        }
        Some(file) => record(&from_json(&std::fs::read_to_string(file)?)?),
    };
    let begun = Instant::now();
    let made = pdf(&document, &fixture::huge::image)?;
    let took = begun.elapsed();
    println!("{} pages, {} bytes, {took:.0?}, not covered: {:?}", made.pages, made.bytes.len(), made.missing_glyphs);
    std::fs::write(&out, &made.bytes)?;
    std::fs::write(format!("{out}.md"), markdown(&document))?;
    Ok(())
}
