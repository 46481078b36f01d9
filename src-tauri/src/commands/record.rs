//! The commands of the record: to read it, to take it along, and to publish it.

use std::path::{Path, PathBuf};

use document::{Beside, Edition, Finding, Replaced};
use meeting::{Meeting, PublishingPlan};
use serde::Serialize;
use wire::Failure;

use super::OnDesk;
use crate::desk::Desk;
use crate::export::{self, Committed, Format, Written};
use crate::library as shelf;

fn document_of(meeting: &Meeting, edition: Edition) -> document::Document {
    match edition {
        Edition::Internal => document::record(meeting),
        Edition::Public => document::public(meeting, &[]).document(),
    }
}

#[tauri::command]
pub(crate) async fn record_markdown(desk: OnDesk<'_>, edition: Edition) -> Result<String, Failure> {
    Ok(document::markdown(&document_of(&*desk.meeting()?, edition)))
}

/// A few lines about the record, to paste into a chat.
#[tauri::command]
pub(crate) async fn record_summary(desk: OnDesk<'_>, edition: Edition) -> Result<String, Failure> {
    let meeting = desk.meeting()?;
    let summary = match edition {
        Edition::Internal => document::summary(&meeting, ""),
        Edition::Public => document::summary(&document::public(&meeting, &[]).meeting, ""),
    };
    Ok(document::plain(&summary))
}

/// Where a record was written.
#[derive(Debug, Serialize)]
pub(crate) struct Exported {
    paths: Vec<String>,
    folder: String,
    /// A sentence about what went otherwise than hoped: characters that no font could draw, a commit that was not made.
    notice: String,
}

impl Exported {
    fn of(written: &Written, folder: &Path, further: String) -> Self {
        let missing: String = written.missing_glyphs.iter().collect();
        let glyphs = match missing.as_str() {
            "" => String::new(),
            missing => format!("No font here can draw {missing}; a box stands for each in the PDF."),
        };
        Self {
            paths: written.paths.iter().map(|path| path.display().to_string()).collect(),
            folder: folder.display().to_string(),
            notice: [glyphs, further].into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" "),
        }
    }
}

fn not_written(folder: &Path, error: &anyhow::Error) -> Failure {
    Failure::new(
        "not-exported",
        format!("The record could not be written to {}: {error:#}", folder.display()),
        "The meeting itself is saved. Free some space or check the folder, and do it again.",
    )
}

#[tauri::command]
pub(crate) async fn export_record(
    desk: OnDesk<'_>,
    formats: Vec<Format>,
    edition: Edition,
) -> Result<Exported, Failure> {
    let meeting = desk.meeting()?;
    let folder = shelf::record_folder();
    let (into, library) = (folder.clone(), live::Images::of(&desk.folder));
    let written = tokio::task::spawn_blocking(move || {
        export::write(&meeting, edition, &formats, &into, &|image| library.read(image).ok())
    });
    let written = written.await.map_err(anyhow::Error::from).and_then(|written| written);
    let written = written.map_err(|error| not_written(&folder, &error))?;
    Ok(Exported::of(&written, &folder, String::new()))
}

/// Both editions side by side, for whoever decides whether the public one goes out.
#[derive(Debug, Serialize)]
pub(crate) struct PublicPreview {
    sections: Vec<Beside>,
    replaced: Vec<Replaced>,
    /// What should perhaps not stand in it, a sentence each.
    findings: Vec<String>,
}

#[tauri::command]
pub(crate) async fn public_preview(desk: OnDesk<'_>) -> Result<PublicPreview, Failure> {
    let meeting = desk.meeting()?;
    let public = document::public(&meeting, &others(&desk, &meeting));
    Ok(PublicPreview {
        sections: public.beside(&document::record(&meeting)),
        findings: public.findings.iter().map(|finding: &Finding| export::sentence(finding)).collect(),
        replaced: public.replaced,
    })
}

/// The people of the other records, whom the check looks for as well.
fn others(desk: &Desk, meeting: &Meeting) -> Vec<String> {
    export::people_elsewhere(&desk.folder, meeting)
}

#[tauri::command]
pub(crate) async fn publishing_plan(desk: OnDesk<'_>) -> Result<Option<PublishingPlan>, Failure> {
    Ok(desk.live.publishing_plan().await?)
}

const fn edition_of(plan: &PublishingPlan) -> Edition {
    if plan.public { Edition::Public } else { Edition::Internal }
}

/// What speaks against publishing, a sentence each.
#[tauri::command]
pub(crate) async fn publishing_objections(desk: OnDesk<'_>, plan: PublishingPlan) -> Result<Vec<String>, Failure> {
    let meeting = desk.meeting()?;
    Ok(export::objections(&meeting, edition_of(&plan), &others(&desk, &meeting)))
}

/// Lets the facilitator point at a folder in the dialog of the system; nothing when it was closed without a choice.
#[tauri::command]
pub(crate) async fn choose_folder(window: tauri::WebviewWindow, folder: String) -> Result<Option<String>, Failure> {
    let there = Path::new(folder.trim()).ancestors().find(|folder| folder.is_dir()).map(Path::to_owned);
    let mut dialog = rfd::AsyncFileDialog::new().set_title("Publish to a folder").set_parent(&window);
    // Left to itself it begins with recent files, where a folder cannot be chosen.
    if let Some(start) = there.or_else(dirs::home_dir) {
        dialog = dialog.set_directory(start);
    }
    let Some(chosen) = dialog.pick_folder().await else { return Ok(None) };
    chosen.path().to_str().map(|path| Some(path.to_owned())).ok_or_else(|| {
        let message = "The name of that folder holds bytes that are no text.";
        Failure::new("no-folder", message, "Choose another one, or give it another name.")
    })
}

/// Publishes the record to a folder, and remembers where.
#[tauri::command]
pub(crate) async fn publish_record(desk: OnDesk<'_>, plan: PublishingPlan) -> Result<Exported, Failure> {
    let folder = PathBuf::from(plan.folder.trim());
    if !folder.is_absolute() {
        let message = "Name the whole path of the folder, such as /srv/wiki/post-mortems.";
        return Err(Failure::new("no-folder", message, "Nothing was published."));
    }
    desk.live.keep_publishing_plan(plan.clone()).await?;
    let meeting = desk.meeting()?;
    let (into, library) = (folder.clone(), live::Images::of(&desk.folder));
    let published = tokio::task::spawn_blocking(move || {
        let written = export::publish(&meeting, edition_of(&plan), &into, &|image| library.read(image).ok())?;
        let said = if plan.git { committed(&into, &written) } else { String::new() };
        anyhow::Ok((written, said))
    });
    let published = published.await.map_err(anyhow::Error::from).and_then(|published| published);
    let (written, said) = published.map_err(|error| not_written(&folder, &error))?;
    Ok(Exported::of(&written, &folder, said))
}

/// Commits what was published; the files are there whatever becomes of the commit.
fn committed(folder: &Path, written: &Written) -> String {
    let files: Vec<PathBuf> = written.paths.iter().chain(&written.images).cloned().collect();
    match export::commit(folder, &files, "Publish a post-mortem") {
        Ok(Committed::As(name)) => format!("Committed as {name}; nothing was pushed."),
        Ok(Committed::NothingNew) => "Nothing has changed since the last commit.".to_owned(),
        Err(error) => format!("{error:#}"),
    }
}

/// Opens only what lies in the folder of records: a window must not start programs.
fn in_record_folder(path: &str) -> Result<PathBuf, Failure> {
    let refused = || Failure::new("not-a-record", "Only exported records can be opened from here.", "");
    let path = std::fs::canonicalize(path).map_err(|_| refused())?;
    let folder = std::fs::canonicalize(shelf::record_folder()).map_err(|_| refused())?;
    if path.starts_with(folder) { Ok(path) } else { Err(refused()) }
}

fn open(path: &Path) -> Result<(), Failure> {
    open::that_detached(path)
        .map_err(|error| Failure::new("not-opened", format!("It could not be opened: {error}."), ""))
}

#[tauri::command]
pub(crate) fn show_in_folder(path: &str) -> Result<(), Failure> {
    let path = in_record_folder(path)?;
    open(path.parent().unwrap_or(&path))
}

#[tauri::command]
pub(crate) fn open_record(path: &str) -> Result<(), Failure> {
    open(&in_record_folder(path)?)
}
