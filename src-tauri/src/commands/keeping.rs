//! The commands of the library as a whole: how long records are kept, and what is erased.

use live::Erased;
use meeting::PostMortemId;
use wire::{Failure, NameFound};

use super::OnDesk;
use crate::erasing;

/// Where a person is named.
#[tauri::command]
pub(crate) async fn named_in(desk: OnDesk<'_>, name: String) -> Result<NameFound, Failure> {
    Ok(found(&desk, name, Vec::new()).await?.named)
}

/// Takes a person's name out of every record and template that surely names them, and from the unclear places of which
/// somebody said that they do; returns what copies are left.
#[tauri::command]
pub(crate) async fn remove_name(desk: OnDesk<'_>, name: String, also: Vec<String>) -> Result<String, Failure> {
    let found = found(&desk, name, also).await?;
    let nothing = found.is_nothing();
    let erased = if nothing { Erased::default() } else { desk.live.rewrite(found.logs, found.templates).await? };
    Ok(erasing::left_over(&erased))
}

async fn found(desk: &crate::desk::Desk, name: String, also: Vec<String>) -> Result<erasing::Found, Failure> {
    let name = meeting::text::required(&name, meeting::text::NAME_LIMIT).map_err(live::LiveError::from)?;
    let folder = desk.folder.clone();
    let found = tokio::task::spawn_blocking(move || {
        erasing::find(&folder, &name, &|place| also.iter().any(|chosen| chosen == place))
    });
    let found = found.await;
    let failed = |error: String| Failure::new("not-searched", error, "Nothing was changed.");
    found.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string()))
}

/// Deletes post-mortems; returns what copies are left.
#[tauri::command]
pub(crate) async fn delete_post_mortems(desk: OnDesk<'_>, ids: Vec<PostMortemId>) -> Result<String, Failure> {
    Ok(erasing::left_over(&desk.live.delete(ids).await?))
}

/// Changes how long records are kept.
#[tauri::command]
pub(crate) async fn keep_for(desk: OnDesk<'_>, months: Option<u32>) -> Result<(), Failure> {
    Ok(desk.live.keep_for(months).await?)
}

/// Keeps a record however old it is, or no longer.
#[tauri::command]
pub(crate) async fn keep_record(desk: OnDesk<'_>, id: PostMortemId, on: bool) -> Result<(), Failure> {
    Ok(desk.live.keep_record(id, on).await?)
}
