//! The commands of language hints. What they answer is shown once and kept nowhere.

use language::{ActionCheck, ActionText, EndSuggestion, Hint};
use meeting::Prose;
use wire::Failure;

use super::OnDesk;
use crate::hints::{self, Found};

#[tauri::command]
pub(crate) async fn hints(desk: OnDesk<'_>, text: String, prose: Prose) -> Result<Vec<Hint>, Failure> {
    Ok(hints::check(&*desk.meeting()?, &text, prose))
}

#[tauri::command]
pub(crate) async fn hints_in_record(desk: OnDesk<'_>) -> Result<Vec<Found>, Failure> {
    Ok(hints::check_all(&*desk.meeting()?))
}

#[tauri::command]
pub(crate) async fn chain_end(desk: OnDesk<'_>, text: String) -> Result<EndSuggestion, Failure> {
    Ok(language::chain_end(&text, &room::hints::names(&*desk.meeting()?)))
}

#[tauri::command]
pub(crate) async fn action_check(action: ActionText) -> ActionCheck {
    language::action_check(&action)
}
