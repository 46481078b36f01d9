//! `debrief language`: one sentence a line in, one JSON object a line out.

use std::io::{BufRead as _, Write as _};
use std::path::Path;

use ::language::{self as checker, Context, Field, Hint, Names};
use anyhow::Context as _;
use serde::Serialize;

/// A line with what was found in it.
#[derive(Debug, Serialize)]
struct Checked<'a> {
    text: &'a str,
    hints: Vec<Hint>,
}

/// Reads sentences from standard input, one a line, and prints what was found in each.
pub(super) fn language(names: Option<&Path>, field: Field, json: bool) -> anyhow::Result<()> {
    let names = match names {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
            Names::of_people(text.lines().map(str::trim).filter(|line| !line.is_empty()))
        }
        None => Names::default(),
    };
    let context = Context { names: &names, field };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(&bytes);
        let text = line.trim_end_matches(['\n', '\r']);
        let hints = checker::check(text, &context);
        let written = if json {
            serde_json::to_writer(&mut out, &Checked { text, hints })?;
            out.write_all(b"\n")
        } else {
            report(&mut out, text, &hints)
        };
        // A reader that has gone away is no fault of ours.
        if written.is_err() {
            return Ok(());
        }
        bytes.clear();
    }
    let _ = out.flush();
    Ok(())
}

fn report(out: &mut impl std::io::Write, text: &str, hints: &[Hint]) -> std::io::Result<()> {
    writeln!(out, "{text}")?;
    for hint in hints {
        writeln!(out, "    {}", hint.reason)?;
        if let Some(reword) = &hint.reword {
            writeln!(out, "    Better: {reword}")?;
        }
    }
    Ok(())
}
