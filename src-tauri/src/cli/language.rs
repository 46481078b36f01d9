//! `debrief language`, `debrief depth` and `debrief action`: one line in, one answer out.

use std::io::{BufRead as _, Write as _};
use std::path::Path;

use ::language::{self as checker, ActionCheck, ActionText, Context, EndSuggestion, Field, Hint, Names};
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
    each_line(|text, out| {
        let hints = checker::check(text, &context);
        if json { line_of_json(out, &Checked { text, hints }) } else { report(out, text, &hints) }
    })
}

/// The end of a chain with what it points at.
#[derive(Debug, Serialize)]
struct Ended<'a> {
    text: &'a str,
    #[serde(flatten)]
    end: EndSuggestion,
}

/// Reads last answers of why-chains, one a line, and prints where each chain ends.
pub(super) fn depth(json: bool) -> anyhow::Result<()> {
    let names = Names::default();
    each_line(|text, out| {
        let end = checker::chain_end(text, &names);
        if json {
            line_of_json(out, &Ended { text, end })
        } else {
            writeln!(out, "{text}\n    {}: {}", end.ends_at.word(), end.reason)
        }
    })
}

/// An action with what it lacks.
#[derive(Debug, Serialize)]
struct Lacking<'a> {
    text: &'a str,
    #[serde(flatten)]
    check: ActionCheck,
}

/// Reads actions, one a line, and prints what each lacks.
pub(super) fn action(json: bool) -> anyhow::Result<()> {
    each_line(|text, out| {
        let check = checker::action_check(&ActionText::parse_line(text));
        if json {
            return line_of_json(out, &Lacking { text, check });
        }
        writeln!(out, "{text}")?;
        check.hints.iter().try_for_each(|hint| writeln!(out, "    {hint}"))
    })
}

/// Answers every line of standard input on standard output.
fn each_line(mut answer: impl FnMut(&str, &mut dyn std::io::Write) -> std::io::Result<()>) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(&bytes);
        // A reader that has gone away is no fault of ours.
        if answer(line.trim_end_matches(['\n', '\r']), &mut out).is_err() {
            return Ok(());
        }
        bytes.clear();
    }
    let _ = out.flush();
    Ok(())
}

fn line_of_json(out: &mut dyn std::io::Write, answer: &impl Serialize) -> std::io::Result<()> {
    let line = serde_json::to_string(answer)?;
    writeln!(out, "{line}")
}

fn report(out: &mut dyn std::io::Write, text: &str, hints: &[Hint]) -> std::io::Result<()> {
    writeln!(out, "{text}")?;
    for hint in hints {
        writeln!(out, "    {}", hint.reason)?;
        if let Some(reword) = &hint.reword {
            writeln!(out, "    Better: {reword}")?;
        }
    }
    Ok(())
}
