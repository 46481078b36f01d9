//! `debrief rehearse`: a whole meeting with simulated participants over the real room server.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use anyhow::Context as _;
use live::Live;
use room::Room;

use super::say;
use crate::export::{self, Format};
use crate::page::PAGE;

/// Plays the meeting in a library of its own and leaves the record in a folder.
pub(super) async fn rehearse(out: &Path, phones: usize, json: bool) -> anyhow::Result<()> {
    let own = tempfile::tempdir().context("No folder for the rehearsal's own library could be made")?;
    let live = Live::start(own.path())?;
    rehearsal::begin(&live).await?;
    let room = Room::open(live.clone(), IpAddr::V4(Ipv4Addr::LOCALHOST), PAGE).await?;
    let played = rehearsal::play(&live, &room, phones, |step| {
        if !json {
            eprintln!("{:20} {}", step.section.map_or("", meeting::Section::word), step.what);
        }
    })
    .await?;
    room.close().await;
    let meeting = live.snapshot().meeting.context("The meeting was closed before its record was written")?;
    let written = export::write(&meeting, &[Format::Pdf, Format::Markdown, Format::Json], out)?;
    live.stop().await;
    let paths: Vec<_> = written.paths.iter().map(|path| path.display().to_string()).collect();
    if json {
        let report = serde_json::json!({
            "paths": paths,
            "participants": played.participants,
            "requests": played.requests,
            "elapsed_ms": u64::try_from(played.elapsed.as_millis()).unwrap_or(u64::MAX),
            "committed": meeting.actions.iter().map(|action| &action.task).collect::<Vec<_>>(),
        });
        say(&report.to_string());
    } else {
        for path in paths {
            say(&path);
        }
    }
    Ok(())
}
