//! P5: what a connected phone costs the server in memory.

use std::path::Path;

use crate::line::Listeners;
use crate::server::Server;
use crate::{Measured, count};

const PHONES: usize = 500;

pub(crate) async fn measure(page: &Path) -> Measured {
    println!("P5: own memory of the server for each of {PHONES} connected phones (must 25 kB, aim 6 kB)");
    let ours = Server::ours(page)?;
    let before = ours.own_memory_kb()?;
    let voters = ours.joined(PHONES).await?;
    let joined = ours.own_memory_kb()?;
    let _listeners = Listeners::open(ours.address, "/api/stream", &voters.cookies).await?;
    let connected = ours.own_memory_kb()?;
    let each = |kb: f64| kb / count(PHONES);
    println!(
        "  ours {:.1} kB, of which {:.1} kB from joining on \
         ({before:.0} kB empty, {joined:.0} kB joined, {connected:.0} kB connected)",
        each(connected - before),
        each(joined - before)
    );
    let bare = Server::bare()?;
    let before = bare.own_memory_kb()?;
    let _listeners = Listeners::open(bare.address, "/stream", &vec![String::new(); PHONES]).await?;
    let connected = bare.own_memory_kb()?;
    println!(
        "  bare axum stream {:.1} kB ({before:.0} kB empty, {connected:.0} kB connected)",
        each(connected - before)
    );
    Ok(())
}
