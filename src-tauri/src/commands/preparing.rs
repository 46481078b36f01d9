//! The commands of preparation: evidence, templates, the invitation.

use meeting::{EventId, Request, Scope, Template};
use serde::Serialize;
use tauri::ipc::InvokeBody;
use wire::Failure;

use super::{Granted, OnDesk};
use crate::{export, library as shelf};

/// Attaches the image in the body to the event named in a header, or to the incident.
#[tauri::command]
pub(crate) async fn attach_image(desk: OnDesk<'_>, request: tauri::ipc::Request<'_>) -> Result<Granted, Failure> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Failure::new("no-image", "No image came with this.", "Choose a file and attach it again."));
    };
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let event = header("debrief-event").parse().ok().map(EventId);
    let id = header("debrief-request").to_owned();
    let images = live::Images::of(&desk.folder);
    let bytes = bytes.clone();
    let kept = tokio::task::spawn_blocking(move || images.keep(&bytes)).await;
    let image = kept
        .map_err(|error| Failure::new("not-attached", error.to_string(), ""))?
        .map_err(|error| Failure::new("not-attached", error.to_string(), ""))?;
    let request = Request::AttachImage { event, image, caption: String::new() };
    Ok(Granted { revision: desk.ask(id, request).await? })
}

#[tauri::command]
pub(crate) async fn templates(desk: OnDesk<'_>) -> Result<Vec<Template>, Failure> {
    Ok(desk.live.templates().await?)
}

#[tauri::command]
pub(crate) async fn keep_template(desk: OnDesk<'_>, name: String, scope: Scope) -> Result<(), Failure> {
    let name = meeting::text::required(&name, meeting::text::NAME_LIMIT).map_err(live::LiveError::from)?;
    let template = meeting::template(&*desk.meeting()?, &name, scope);
    Ok(desk.live.keep_template(template).await?)
}

#[tauri::command]
pub(crate) async fn delete_template(desk: OnDesk<'_>, name: String) -> Result<(), Failure> {
    Ok(desk.live.delete_template(&name).await?)
}

/// The invitation as it is sent out.
#[derive(Debug, Serialize)]
pub(crate) struct Invitation {
    markdown: String,
    /// Whether a calendar file can be made: only with a date.
    dated: bool,
}

#[tauri::command]
pub(crate) async fn invitation(desk: OnDesk<'_>) -> Result<Invitation, Failure> {
    let meeting = desk.meeting()?;
    let markdown = document::markdown(&document::invitation(&meeting));
    Ok(Invitation { markdown, dated: meeting.planned_for.is_some() })
}

/// Writes the invitation as Markdown, and as a calendar file when there is a date; returns where the files lie.
#[tauri::command]
pub(crate) async fn save_invitation(desk: OnDesk<'_>) -> Result<Vec<String>, Failure> {
    let meeting = desk.meeting()?;
    let folder = shelf::record_folder();
    let written = export::write_invitation(&meeting, live::now().wall, &folder).map_err(|error| {
        let sentence = format!("The invitation could not be written to {}: {error:#}.", folder.display());
        Failure::new("not-exported", sentence, "Free some space or check the folder, and try again.")
    })?;
    Ok(written.iter().map(|path| path.display().to_string()).collect())
}
