//! `debrief export`, `debrief import` and `debrief list`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;
use chrono_tz::Tz;
use intake::{Assumptions, Reading as Read};
use live::{Ask, Live};
use meeting::{Actor, Meeting, NewEvent, PostMortemId, Request, default_agenda};
use store::Reader;

use super::say;
use crate::export::{self, Format};
use crate::library;

/// Writes the record of a post-mortem, from the library or from a file.
pub(super) fn export(
    folder: &Path,
    id: Option<&str>,
    file: Option<&Path>,
    formats: &[Format],
    out: &Path,
) -> anyhow::Result<()> {
    let meeting = match (id, file) {
        (_, Some(file)) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
            document::from_json(&text)?
        }
        (Some(id), None) => load(folder, id)?,
        (None, None) => anyhow::bail!("Name a post-mortem or a file; `debrief list` shows what there is."),
    };
    let written =
        export::write(&meeting, formats, out).with_context(|| format!("Nothing was written to {}", out.display()))?;
    for path in &written.paths {
        say(&path.display().to_string());
    }
    if !written.missing_glyphs.is_empty() {
        let missing: String = written.missing_glyphs.iter().collect();
        eprintln!("No font here can draw {missing}; a box stands for each in the PDF.");
    }
    Ok(())
}

fn load(folder: &Path, id: &str) -> anyhow::Result<Meeting> {
    let unknown = || store::StoreError::Unknown(id.to_owned());
    let reader = Reader::open(folder)?.ok_or_else(unknown)?;
    Ok(reader.load(&PostMortemId(id.to_owned()))?)
}

/// Lists the library.
pub(super) fn list(folder: &Path, json: bool) -> anyhow::Result<()> {
    let entries = match Reader::open(folder)? {
        Some(reader) => reader.entries()?,
        None => Vec::new(),
    };
    let entries: Vec<_> = entries.into_iter().map(library::entry).collect();
    if json {
        say(&serde_json::to_string_pretty(&entries)?);
        return Ok(());
    }
    if entries.is_empty() {
        eprintln!("The library in {} is empty.", folder.display());
    }
    for entry in entries {
        let severity = entry.severity.map_or("-", meeting::Severity::word);
        let day = entry.happened.map_or_else(|| "no date".to_owned(), |at| at.format("%Y-%m-%d").to_string());
        say(&format!("{}  {day}  {severity:4}  {:11}  {}", entry.id, entry.progress, entry.title));
    }
    Ok(())
}

/// What to import, and how to read it.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) file: PathBuf,
    pub(super) dry_run: bool,
    pub(super) json: bool,
    pub(super) zone: Option<Tz>,
    pub(super) date: Option<NaiveDate>,
    pub(super) title: Option<String>,
}

/// Reads a timeline or a record, and keeps it unless it is only to be tried.
pub(super) async fn import(folder: &Path, wanted: Reading) -> anyhow::Result<()> {
    let text = text_of(&wanted.file)?;
    if text.trim_start().starts_with('{') {
        return import_record(folder, &wanted, &text).await;
    }
    let assumptions = Assumptions { zone: wanted.zone, date: wanted.date, ..Assumptions::default() };
    let reading = intake::read(&text, &assumptions)?;
    if wanted.dry_run {
        report(&reading, wanted.json)?;
        return Ok(());
    }
    anyhow::ensure!(!reading.events.is_empty(), "No event was found in {}. Nothing was kept.", wanted.file.display());
    let id = keep(folder, &wanted, &reading).await?;
    if wanted.json {
        say(&serde_json::json!({ "id": id, "events": reading.events.len() }).to_string());
    } else {
        say(&id.0);
        report_doubts(&reading);
    }
    Ok(())
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("{} could not be read", file.display()))?;
    }
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        anyhow::anyhow!("Line {line} of {} is not UTF-8 text. Nothing was taken in; save it as UTF-8.", file.display())
    })
}

async fn import_record(folder: &Path, wanted: &Reading, text: &str) -> anyhow::Result<()> {
    let meeting = document::from_json(text)?;
    let id = meeting.id.clone();
    if !wanted.dry_run {
        let live = Live::start(folder)?;
        let kept = live.import(meeting).await;
        live.stop().await;
        kept?;
    }
    say(&if wanted.json { serde_json::json!({ "id": id }).to_string() } else { id.0 });
    Ok(())
}

async fn keep(folder: &Path, wanted: &Reading, reading: &Read) -> anyhow::Result<PostMortemId> {
    let named = wanted.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let title = wanted.title.clone().or(named).unwrap_or_default();
    let live = Live::start(folder)?;
    let id = live.create(&title, wanted.zone.unwrap_or(chrono_tz::UTC), default_agenda()).await?;
    let request = Request::AddEvents { events: reading.events.iter().map(new_event).collect() };
    let ask = Ask { id: format!("import-{id}"), by: Actor::Facilitator, request, token: None };
    let kept = live.ask(ask).await;
    live.stop().await;
    kept?;
    Ok(id)
}

fn new_event(read: &intake::ReadEvent) -> NewEvent {
    NewEvent {
        at: read.at,
        precision: read.precision,
        kind: read.kind,
        text: read.text.clone(),
        actor_name: read.actor.clone(),
        actor_role: None,
        known_then: None,
        key: false,
    }
}

/// Prints what was understood, in the shape that measuring tools read.
fn report(reading: &Read, json: bool) -> anyhow::Result<()> {
    if json {
        let events: Vec<_> = reading
            .events
            .iter()
            .map(|event| {
                serde_json::json!({
                    "at": event.at,
                    "local": event.local,
                    "precision": event.precision,
                    "kind": event.kind,
                    "actor": event.actor,
                    "text": event.text,
                })
            })
            .collect();
        let lines: Vec<_> = reading
            .not_understood
            .iter()
            .map(|line| serde_json::json!({ "line": line.line, "text": line.text }))
            .collect();
        let report = serde_json::json!({ "events": events, "doubts": reading.doubts, "not_understood": lines });
        say(&serde_json::to_string(&report)?);
        return Ok(());
    }
    for event in &reading.events {
        let at = event.at.map_or_else(|| format!("{} (not settled)", event.local), |at| at.to_rfc3339());
        say(&format!("{at}  {:13}  {}", event.kind.word().to_lowercase(), event.text.replace('\n', " ")));
    }
    report_doubts(reading);
    Ok(())
}

fn report_doubts(reading: &Read) {
    for doubt in &reading.doubts {
        eprintln!("{}", doubt.sentence);
    }
    for line in &reading.not_understood {
        eprintln!("Line {} was not understood: {}", line.line, line.text);
    }
}
