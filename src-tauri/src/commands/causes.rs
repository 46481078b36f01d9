//! The commands of causes and of what is done about them: what was seen before, and tickets.

use meeting::{ActionChange, ActionId, Edit, Request, TicketTemplate};
use serde::Serialize;
use wire::Failure;

use super::OnDesk;

/// An incident of the past that speaks of the same thing.
#[derive(Debug, Serialize)]
pub(crate) struct SimilarIncident {
    id: String,
    title: String,
    happened: Option<String>,
    text: String,
}

#[tauri::command]
pub(crate) async fn similar_incidents(desk: OnDesk<'_>, text: String) -> Result<Vec<SimilarIncident>, Failure> {
    let open = desk.meeting()?.id.clone();
    let folder = desk.folder.clone();
    // Read beside the owner of the library: looking back must not hold up a vote.
    let look = move || match store::Reader::open(&folder)? {
        Some(reader) => reader.similar(&text, &open),
        None => Ok(Vec::new()),
    };
    let found = tokio::task::spawn_blocking(look).await.map_err(|error| not_looked_up(&error))?;
    Ok(found
        .map_err(|error| not_looked_up(&error))?
        .into_iter()
        .map(|similar| SimilarIncident {
            id: similar.id.0,
            title: similar.title,
            happened: similar.happened.map(|at| at.format("%-d %B %Y").to_string()),
            text: similar.text,
        })
        .collect())
}

fn not_looked_up(error: &dyn std::fmt::Display) -> Failure {
    Failure::new("not-looked-up", format!("Past incidents could not be read: {error}"), "The meeting is not affected.")
}

#[tauri::command]
pub(crate) async fn ticket_template(desk: OnDesk<'_>) -> Result<Option<TicketTemplate>, Failure> {
    Ok(desk.live.ticket_template().await?)
}

#[tauri::command]
pub(crate) async fn keep_ticket_template(desk: OnDesk<'_>, template: TicketTemplate) -> Result<(), Failure> {
    Ok(desk.live.keep_ticket_template(template).await?)
}

/// Opens the page for a new issue in the system's browser, and notes that a ticket is on its way.
#[tauri::command]
pub(crate) async fn open_ticket_page(desk: OnDesk<'_>, action: ActionId) -> Result<(), Failure> {
    let refused = |message: String| Failure::new("no-ticket-page", message, "Paste the link of the ticket instead.");
    let template = desk.live.ticket_template().await?;
    let template = template.ok_or_else(|| refused("Nobody has said where tickets are filed.".to_owned()))?;
    let meeting = desk.meeting()?;
    let item = meeting.actions.iter().find(|other| other.id == action);
    let item = item.ok_or_else(|| refused("This action item is no longer there.".to_owned()))?;
    let page = document::new_issue_page(&template, &meeting, item).map_err(|error| refused(error.to_string()))?;
    // Kept first: where no browser opens, what was filled in is still shown as on its way.
    let change = ActionChange::TicketPending(true);
    desk.ask(
        format!("ticket-{}-{}", action.0, meeting.revision()),
        Request::Edit { edit: Edit::Action { action, change } },
    )
    .await?;
    open::that_detached(page.as_str()).map_err(|error| refused(format!("No browser could be opened: {error}.")))
}
