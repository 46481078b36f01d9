//! `debrief rehearse`: a whole meeting with simulated participants over the real room server.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use anyhow::Context as _;
use live::Live;
use meeting::Section;
use rehearsal::Hold;
use room::Room;

use super::say;
use crate::export::{self, Format};
use crate::page::PAGE;

/// Reads where a meeting is to wait.
pub(super) fn hold_of(word: &str) -> Result<Hold, String> {
    let section = |section: Section| Ok(Hold::In(section));
    match word {
        "preparation" => Ok(Hold::Preparation),
        "vote" => Ok(Hold::Vote),
        "opening" => section(Section::Opening),
        "timeline" => section(Section::Timeline),
        "went-well" => section(Section::WentWell),
        "went-poorly" => section(Section::WentPoorly),
        "root-causes" => section(Section::RootCauses),
        "action-items" => section(Section::ActionItems),
        "wrap-up" => section(Section::WrapUp),
        _ => {
            Err("the sections are preparation, opening, timeline, went-well, went-poorly, root-causes, action-items, \
                  vote and wrap-up"
                .to_owned())
        }
    }
}

/// Opens the room at a section, says how to get in, and waits until the program is ended.
pub(super) async fn hold(at: Hold, phones: usize, json: bool) -> anyhow::Result<()> {
    anyhow::ensure!(phones == 0, "With --hold the clients are your own: say --phones 0.");
    let own = tempfile::tempdir().context("No folder for the rehearsal's own library could be made")?;
    let live = Live::start(own.path())?;
    rehearsal::hold(&live, at).await?;
    let room = Room::open(live.clone(), IpAddr::V4(Ipv4Addr::LOCALHOST), PAGE).await?;
    if json {
        let way_in = serde_json::json!({ "url": room.url(), "code": room.code(), "port": room.address().port() });
        say(&way_in.to_string());
    } else {
        say(&room.url());
        eprintln!("The code is {}. Ctrl-C ends it.", room.code());
    }
    ended().await;
    room.close().await;
    live.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or the request to end that a service manager sends.
async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a handler the signal ends the program by itself.
    let _ = tokio::signal::ctrl_c().await;
}

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
    let formats = [Format::Pdf, Format::Markdown, Format::Json];
    let written = export::write(&meeting, document::Edition::Internal, &formats, out, &document::no_images)?;
    live.stop().await;
    let paths: Vec<_> = written.paths.iter().map(|path| path.display().to_string()).collect();
    if json {
        let report = serde_json::json!({
            "paths": paths,
            "phones": phones,
            "errors": played.errors.len(),
            "error_messages": played.errors,
            "latencies_ms": played.latencies,
            "rates": {
                "joins_per_second": played.latencies.join.per_second,
                "notes_per_second": played.latencies.write.per_second,
                "ballots_per_second": played.latencies.vote.per_second,
            },
            "participants": played.participants,
            "requests": played.requests,
            "elapsed_ms": u64::try_from(played.elapsed.as_millis()).unwrap_or(u64::MAX),
            "committed": meeting.actions.iter().map(|action| &action.task).collect::<Vec<_>>(),
        });
        say(&report.to_string());
    } else {
        for error in &played.errors {
            eprintln!("{error}");
        }
        for path in paths {
            say(&path);
        }
    }
    anyhow::ensure!(played.errors.is_empty(), "{} of {phones} phones failed.", played.errors.len());
    Ok(())
}
