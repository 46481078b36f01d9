//! The commands of the console. Each translates between the window and the desk, and nothing more.

pub(crate) mod causes;
pub(crate) mod hints;
pub(crate) mod keeping;
#[cfg(test)]
#[expect(unreachable_pub, reason = "the build script includes the same file")]
mod names;
pub(crate) mod preparing;
pub(crate) mod record;
pub(crate) mod timeline;

use chrono_tz::Tz;
use meeting::{PostMortemId, Request, default_agenda};
use serde::Serialize;
use tauri::{AppHandle, State};
use wire::{Failure, LibraryView};

use crate::desk::{Desk, is_running};
use crate::{library as shelf, window};

type OnDesk<'a> = State<'a, Desk>;

#[tauri::command]
pub(crate) async fn library(desk: OnDesk<'_>) -> Result<LibraryView, Failure> {
    let snapshot = desk.live.snapshot();
    let entries = desk.live.entries().await?;
    let (retention, now) = (desk.live.retention().await?, live::now().wall);
    let due = entries.iter().filter(|entry| retention.is_due(&entry.id, entry.changed, now));
    Ok(LibraryView {
        due: due.map(|entry| entry.id.clone()).collect(),
        retention,
        entries: entries.into_iter().map(shelf::entry).collect(),
        folder: desk.folder.display().to_string(),
        notice: snapshot.notice,
    })
}

fn zone(name: &str) -> Result<Tz, Failure> {
    name.parse()
        .map_err(|_| Failure::new("unknown-zone", format!("“{name}” is not a time zone."), "Choose one from the list."))
}

#[tauri::command]
pub(crate) async fn create_post_mortem(desk: OnDesk<'_>, title: String, zone: String) -> Result<PostMortemId, Failure> {
    let zone = self::zone(&zone)?;
    Ok(desk.live.create(&title, zone, default_agenda()).await?)
}

#[tauri::command]
pub(crate) async fn create_sample(desk: OnDesk<'_>) -> Result<PostMortemId, Failure> {
    rehearsal::begin(&desk.live).await.map_err(|error| Failure::new("no-sample", error.to_string(), ""))
}

#[tauri::command]
pub(crate) async fn open_post_mortem(app: AppHandle, desk: OnDesk<'_>, id: PostMortemId) -> Result<(), Failure> {
    desk.live.open(id).await?;
    if is_running(&*desk.meeting()?) {
        desk.open_room().await?;
        window::open_stage(&app)?;
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn close_post_mortem(app: AppHandle, desk: OnDesk<'_>) -> Result<(), Failure> {
    window::close_stage(&app);
    desk.close_room().await;
    Ok(desk.live.close().await?)
}

#[tauri::command]
pub(crate) fn zones() -> Vec<&'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect()
}

#[tauri::command]
pub(crate) fn local_zone() -> String {
    iana_time_zone::get_timezone().ok().filter(|name| name.parse::<Tz>().is_ok()).unwrap_or_else(|| "UTC".to_owned())
}

/// The answer to a granted request.
#[derive(Debug, Serialize)]
pub(crate) struct Granted {
    revision: u64,
}

#[tauri::command]
pub(crate) async fn ask(app: AppHandle, desk: OnDesk<'_>, id: String, request: Request) -> Result<Granted, Failure> {
    let was_running = is_running(&*desk.meeting()?);
    let revision = desk.ask(id, request).await?;
    let meeting = desk.meeting()?;
    if is_running(&meeting) && !was_running {
        window::open_stage(&app)?;
        // Without a room the meeting goes on; the sentence reaches the console with the refusal of this command.
        desk.open_room().await?;
    }
    if meeting.progress == meeting::Progress::Ended {
        desk.close_room().await;
    }
    Ok(Granted { revision })
}

#[tauri::command]
pub(crate) async fn open_room(desk: OnDesk<'_>) -> Result<(), Failure> {
    desk.open_room().await
}

#[tauri::command]
pub(crate) async fn close_room(desk: OnDesk<'_>) -> Result<(), Failure> {
    desk.close_room().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn choose_network(desk: OnDesk<'_>, address: std::net::IpAddr) -> Result<(), Failure> {
    desk.choose_network(address).await
}

#[tauri::command]
pub(crate) async fn let_back(
    desk: OnDesk<'_>,
    code: String,
    participant: meeting::ParticipantId,
) -> Result<(), Failure> {
    desk.let_back(&code, participant).await
}

#[tauri::command]
pub(crate) async fn turn_away(desk: OnDesk<'_>, code: String) -> Result<(), Failure> {
    desk.turn_away(&code).await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn open_stage(app: AppHandle) -> Result<(), Failure> {
    window::open_stage(&app)
}

#[tauri::command]
pub(crate) async fn close_stage(app: AppHandle) {
    window::close_stage(&app);
}

#[tauri::command]
pub(crate) async fn stage_full_screen(app: AppHandle, on: bool) -> Result<(), Failure> {
    window::stage_full_screen(&app, on)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::names::NAMES;

    fn granted(window: &str) -> Vec<String> {
        let path = format!("{}/capabilities/{window}.json", env!("CARGO_MANIFEST_DIR"));
        let file: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let permissions = file["permissions"].as_array().unwrap().iter();
        permissions.map(|permission| permission.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn the_console_may_call_exactly_the_commands_there_are() {
        let mut expected = vec!["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()];
        expected.extend(NAMES.iter().map(|name| format!("allow-{}", name.replace('_', "-"))));
        assert_eq!(granted("console"), expected);
    }

    #[test]
    fn the_stage_may_call_no_command() {
        assert_eq!(granted("stage"), ["core:event:allow-listen", "core:event:allow-unlisten"]);
    }
}
