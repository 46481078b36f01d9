//! P10: a whole meeting with as many participants as a room takes, over the real protocol.

use std::net::{IpAddr, Ipv4Addr};

use live::Live;
use rehearsal::{begin, play};
use room::{Page, Room};

use crate::Measured;

/// One more is registered without a phone.
const PHONES: usize = 499;

pub(crate) async fn measure() -> Measured {
    println!("P10: {} participants join, write, vote, drop and come back (must: no error)", PHONES + 1);
    let folder = tempfile::tempdir()?;
    let live = Live::start(folder.path())?;
    begin(&live).await?;
    let page = Page { html: b"", script: b"", recollect: b"", style: b"", calendar: |_, _| None };
    let room = Room::open(live.clone(), IpAddr::V4(Ipv4Addr::LOCALHOST), page).await?;
    let played = play(&live, &room, PHONES, |_| ()).await?;
    println!(
        "  {} participants, {} requests in {:.1?}, {} errors",
        played.participants,
        played.requests,
        played.elapsed,
        played.errors.len()
    );
    for error in played.errors.iter().take(5) {
        println!("  {error}");
    }
    let waits = played.latencies;
    for (name, spread) in
        [("join", waits.join), ("write", waits.write), ("vote", waits.vote), ("come back", waits.rejoin)]
    {
        println!(
            "  {name:>9}: {} times, p50 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms",
            spread.count, spread.p50, spread.p99, spread.max
        );
    }
    room.close().await;
    live.stop().await;
    Ok(())
}
