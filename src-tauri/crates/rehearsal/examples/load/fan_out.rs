//! P9: from sending a ballot to its being seen by every phone and the stage, beside a bare stream that shows as many bytes.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::line::{Line, Listeners, revision_in};
use crate::server::Server;
use crate::{Measured, millis, rank};

/// With two thousand phones a trial takes long enough for fewer to tell.
const TRIALS: [(usize, usize); 3] = [(200, 200), (500, 200), (2_000, 60)];

pub(crate) async fn measure(page: &Path) -> Measured {
    println!(
        "P9: ballot sent until seen by every phone and the stage, ÷ raw fan-out of as many bytes (must 2, aim 1.2)"
    );
    for (phones, trials) in TRIALS {
        beside(page, phones, trials).await?;
    }
    Ok(())
}

async fn beside(page: &Path, phones: usize, trials: usize) -> Measured {
    let (ours, bare) = (Server::ours(page)?, Server::bare()?);
    let voters = ours.joined(phones).await?;
    let mut our_listeners = Listeners::open(ours.address, "/api/stream", &voters.cookies).await?;
    let mut our_stage = Listeners::open(ours.stage, "/stage", &[String::new()]).await?;
    // One more for the stage.
    let mut bare_listeners = Listeners::open(bare.address, "/stream", &vec![String::new(); phones + 1]).await?;
    let mut voter = Line::open(ours.address, &voters.cookies[0]).await?;
    let mut ticker = Line::open(bare.address, "").await?;
    let padding = "x".repeat(voters.state_bytes.saturating_sub(40));
    let (mut our_waits, mut bare_waits) = (Vec::new(), Vec::new());
    let mut revision = voters.revision;
    for trial in 0..trials {
        our_listeners.forget();
        our_stage.forget();
        let ballot = voters.ballot(0, trial);
        let began = Instant::now();
        let (answer, last, staged) = tokio::join!(
            voter.post("/api/ask", &ballot),
            our_listeners.all_see(revision + 1),
            our_stage.all_see(revision + 1)
        );
        our_waits.push(waited(began, last)?.max(waited(began, staged)?));
        revision = revision_in(&answer?.body).ok_or("a ballot was not answered with a state")?;

        bare_listeners.forget();
        let number = u64::try_from(trial)? + 1;
        let body = format!("{{\"revision\":{number},\"padding\":\"{padding}\"}}");
        let began = Instant::now();
        let (answer, last) = tokio::join!(ticker.post("/tick", &body), bare_listeners.all_see(number));
        answer?;
        bare_waits.push(waited(began, last)?);
    }
    our_waits.sort();
    bare_waits.sort();
    let both = |hundredths| (millis(rank(&our_waits, hundredths)), millis(rank(&bare_waits, hundredths)));
    let ((our_p50, bare_p50), (our_p99, bare_p99)) = (both(50), both(99));
    println!(
        "  {phones} phones, {} bytes: ours p50 {our_p50:.1} ms, p99 {our_p99:.1} ms; \
         raw p50 {bare_p50:.1} ms, p99 {bare_p99:.1} ms: {:.2} at p50, {:.2} at p99",
        voters.state_bytes,
        our_p50 / bare_p50,
        our_p99 / bare_p99
    );
    Ok(())
}

fn waited(began: Instant, last: Option<Instant>) -> Result<Duration, Box<dyn Error>> {
    Ok(last.ok_or("the listeners were cut off")?.saturating_duration_since(began))
}
