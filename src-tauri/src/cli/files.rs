//! `debrief import` and `debrief list`.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use intake::{Assumptions, Brought, People, Wanted, Window};
use live::{Ask, Live};
use meeting::{Actor, NewEvent, PostMortemId, Request, default_agenda};
use store::Reader;

use super::say;
use crate::library;

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
    pub(super) users: Option<PathBuf>,
    pub(super) from: Option<DateTime<Utc>>,
    pub(super) to: Option<DateTime<Utc>>,
}

/// Reads a timeline or a record, and keeps it unless it is only to be tried.
pub(super) async fn import(folder: &Path, wanted: Reading) -> anyhow::Result<()> {
    let people = match &wanted.users {
        Some(file) => People::read(open(file)?, &mut |_| ControlFlow::Continue(()))
            .with_context(|| format!("{} could not be used", file.display()))?,
        None => People::default(),
    };
    let assumptions = Assumptions { zone: wanted.zone, date: wanted.date, ..Assumptions::default() };
    let window = Window { from: wanted.from, to: wanted.to };
    let asked = Wanted { assumptions: &assumptions, window, people: &people, limit: None };
    let brought = intake::read_source(open(&wanted.file)?, &asked, &mut |_| ControlFlow::Continue(()))?;
    let file = match brought {
        Brought::Timeline(file) => file,
        Brought::Record => {
            anyhow::ensure!(
                wanted.file != Path::new("-"),
                "A record is imported from a file, not from standard input."
            );
            let text = std::fs::read_to_string(&wanted.file)
                .with_context(|| format!("{} could not be read", wanted.file.display()))?;
            return import_record(folder, &wanted, &text).await;
        }
        Brought::People => anyhow::bail!(
            "{} lists the people of a chat export. Give it with --users, beside the messages.",
            wanted.file.display()
        ),
    };
    for note in &file.notes {
        eprintln!("{note}");
    }
    if wanted.dry_run {
        return report(&file.reading, wanted.json);
    }
    let reading = &file.reading;
    anyhow::ensure!(!reading.events.is_empty(), "No event was found in {}. Nothing was kept.", wanted.file.display());
    let id = keep(folder, &wanted, reading).await?;
    if wanted.json {
        say(&serde_json::json!({ "id": id, "events": reading.events.len() }).to_string());
    } else {
        say(&id.0);
        report_doubts(reading);
    }
    Ok(())
}

fn open(file: &Path) -> anyhow::Result<Box<dyn Read>> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let opened = std::fs::File::open(file).with_context(|| format!("{} could not be read", file.display()))?;
    Ok(Box::new(opened))
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

async fn keep(folder: &Path, wanted: &Reading, reading: &intake::Reading) -> anyhow::Result<PostMortemId> {
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
fn report(reading: &intake::Reading, json: bool) -> anyhow::Result<()> {
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

fn report_doubts(reading: &intake::Reading) {
    for doubt in &reading.doubts {
        eprintln!("{}", doubt.sentence);
    }
    for line in &reading.not_understood {
        eprintln!("Line {} was not understood: {}", line.line, line.text);
    }
}
