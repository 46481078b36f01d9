//! P7 and P8: how many ballots a second become durable, and how long a room full of voters waits.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use live::{Ask, Live};
use meeting::{Actor, Ballot, Request, Round};
use rehearsal::{Hold, hold};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::line::{Line, Listeners};
use crate::server::{Server, program};
use crate::{Measured, count, millis, rank};

const VOTERS: usize = 500;
const TURNS: usize = 5;
const TURN: Duration = Duration::from_secs(1);
const BURSTS: usize = 10;

/// P7: the whole way of a ballot through the owner of the meeting, beside plain SQLite with as large a batch.
pub(crate) async fn rate() -> Measured {
    println!("P7: durable ballots a second through the owner, ÷ raw SQLite with the same batch (must 0.5, aim 0.8)");
    let raw = program("store", "group_commit")?;
    let mut rates = Vec::new();
    for _ in 0..TURNS {
        let folder = tempfile::tempdir()?;
        let (ours, batch) = through_the_owner(&folder.path().join("library")).await?;
        let words = [batch.to_string(), TURN.as_secs_f64().to_string()];
        let output = Command::new(&raw).arg("raw").arg(folder.path()).args(words).output()?;
        let plain: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
        println!("  ours {ours:.0}/s, raw {plain:.0}/s, {batch} in a commit: {:.2}", ours / plain);
        rates.push(ours / plain);
    }
    rates.sort_by(f64::total_cmp);
    println!("  median {:.2}", rates[TURNS / 2]);
    Ok(())
}

/// Votes for a while with everybody at once; returns ballots a second, and how many there were in a commit.
async fn through_the_owner(library: &Path) -> Result<(f64, usize), Box<dyn Error>> {
    let live = Live::start(library)?;
    hold(&live, Hold::Vote).await?;
    let mut joining = JoinSet::new();
    for place in 0..VOTERS {
        let ask = Ask {
            id: format!("join-{place}"),
            by: Actor::Application,
            request: Request::Join { name: None },
            token: Some(std::array::from_fn(|byte| place.to_le_bytes().get(byte).copied().unwrap_or_default())),
        };
        let live = live.clone();
        joining.spawn(async move { live.ask(ask).await });
    }
    let joined = joining.join_all().await.into_iter().collect::<Result<Vec<_>, _>>()?;
    let meeting = live.snapshot().meeting.ok_or("no meeting")?;
    let round = Arc::new(meeting.open_round().ok_or("no vote is open")?.clone());
    let before = live.snapshot().revision;
    let began = Instant::now();
    let mut voting = JoinSet::new();
    for (place, granted) in joined.into_iter().enumerate() {
        let by = Actor::Participant { id: granted.participant.ok_or("nobody joined")? };
        voting.spawn(vote_on(live.clone(), by, place, round.clone(), began));
    }
    let ballots = voting.join_all().await.into_iter().sum::<Result<usize, _>>()?;
    let rate = count(ballots) / began.elapsed().as_secs_f64();
    let commits = usize::try_from(live.snapshot().revision - before)?;
    live.stop().await;
    Ok((rate, ballots.div_ceil(commits.max(1))))
}

/// Votes one ballot after another until the turn is over; returns how many.
async fn vote_on(
    live: Live,
    by: Actor,
    place: usize,
    round: Arc<Round>,
    began: Instant,
) -> Result<usize, live::LiveError> {
    let mut voted = 0;
    while began.elapsed() < TURN {
        let revision = u32::try_from(voted + 1).unwrap_or(u32::MAX);
        let option = round.options[(place + voted) % round.options.len()];
        let ballot = Ballot { revision, dots: vec![(option, 1)] };
        let request = Request::Vote { round: round.id, ballot };
        live.ask(Ask { id: format!("{place}-request-{revision:020}"), by, request, token: None }).await?;
        voted += 1;
    }
    Ok(voted)
}

/// P8: everybody votes at the same moment, while everybody's stream is open.
pub(crate) async fn burst(page: &Path) -> Measured {
    println!(
        "P8: ballot acknowledged durably, {VOTERS} voters at once, all with an open stream (must 100 ms, aim 25 ms)"
    );
    let server = Server::ours(page)?;
    let voters = Arc::new(server.joined(VOTERS).await?);
    let _listeners = Listeners::open(server.address, "/api/stream", &voters.cookies).await?;
    for (first, kept) in [(0, true), (BURSTS, false)] {
        let mut waits = Vec::new();
        let mut slowest: Vec<Duration> = Vec::new();
        for turn in first..first + BURSTS {
            let together = Arc::new(Barrier::new(VOTERS));
            let mut voting = JoinSet::new();
            for (place, cookie) in voters.cookies.iter().enumerate() {
                let (server, cookie, together, voters) =
                    (server.address, cookie.clone(), together.clone(), voters.clone());
                let open = if kept { Some(Line::open(server, &cookie).await?) } else { None };
                voting.spawn(async move {
                    let body = voters.ballot(place, turn);
                    together.wait().await;
                    let began = Instant::now();
                    let mut line = match open {
                        Some(line) => line,
                        None => Line::open(server, &cookie).await?,
                    };
                    let status = line.post("/api/ask", &body).await?.status;
                    std::io::Result::Ok((status, began.elapsed()))
                });
            }
            let mut burst = Vec::new();
            for voted in voting.join_all().await {
                let (status, wait) = voted?;
                if status != 200 {
                    return Err(format!("a ballot was answered with {status}").into());
                }
                burst.push(wait);
            }
            burst.sort();
            slowest.push(rank(&burst, 99));
            waits.extend(burst);
        }
        waits.sort();
        slowest.sort();
        println!(
            "  {}: p50 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms of {} ballots; p99 of the median burst {:.1} ms",
            if kept { "over kept connections" } else { "over new connections" },
            millis(rank(&waits, 50)),
            millis(rank(&waits, 99)),
            millis(rank(&waits, 100)),
            waits.len(),
            millis(slowest[BURSTS / 2])
        );
    }
    Ok(())
}
