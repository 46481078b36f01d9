//! How fast ballots become durable, beside plain SQLite that commits as many rows at once on the same disk.
//!
//! `cargo run --release -p store --example group_commit` commits ballots through [`Library::commit`] (each sealed, its
//! request noted, the library's entry refreshed) and rows of the same size by plain `INSERT`s with the same settings,
//! turn by turn, and prints both. With `raw FOLDER BATCH SECONDS` it runs the plain side alone and prints rows per
//! second: the load figures of `rehearsal` hold the whole way of a ballot against it.

#![allow(clippy::print_stdout, reason = "the figures are the product")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::Utc;
use meeting::{
    Actor, Ballot, Chance, Meeting, Millis, Moment, ParticipantId, PostMortemId, ProposalId, Request, RoundId, Secret,
    apply, decide, default_agenda,
};
use rusqlite::{Connection, TransactionBehavior, params};
use store::{Commit, Library, RequestDigest};

const TURNS: u32 = 5;
const TURN: Duration = Duration::from_secs(2);
/// What a sealed ballot weighs: its padded body with the tag, and the nonce.
const ROW: usize = 256 + 16 + 24;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder, batch, seconds] = arguments.as_slice()
        && word == "raw"
    {
        let mut raw = Raw::open(Path::new(folder))?;
        println!("{}", raw.rate(batch.parse()?, Duration::from_secs_f64(seconds.parse()?))?);
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let mut ours = Ours::open(&folder.path().join("library"))?;
    let mut raw = Raw::open(folder.path())?;
    println!("{:>6} {:>14} {:>14} {:>6}", "batch", "ballots/s", "raw rows/s", "ratio");
    for batch in [1, 16, 64, 256] {
        let mut rates = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            rates.0.push(ours.rate(batch, TURN / TURNS)?);
            rates.1.push(raw.rate(batch, TURN / TURNS)?);
        }
        let (ours, raw) = (median(rates.0), median(rates.1));
        println!("{batch:>6} {ours:>14.0} {raw:>14.0} {:>6.2}", ours / raw);
    }
    Ok(())
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Commits again and again for a while; returns how many rows a second became durable.
fn rate(
    batch: usize,
    time: Duration,
    mut commit: impl FnMut() -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut commits = 0_u32;
    while began.elapsed() < time {
        commit()?;
        commits += 1;
    }
    Ok(f64::from(commits) * f64::from(u32::try_from(batch)?) / began.elapsed().as_secs_f64())
}

/// One table, one row for each ballot.
struct Raw(Connection);

impl Raw {
    fn open(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let connection = Connection::open(folder.join("raw.sqlite"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection
            .execute("CREATE TABLE IF NOT EXISTS ballot (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT", [])?;
        Ok(Self(connection))
    }

    fn rate(&mut self, batch: usize, time: Duration) -> Result<f64, Box<dyn Error>> {
        let body = vec![7_u8; ROW];
        rate(batch, time, || {
            let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for _ in 0..batch {
                transaction.prepare_cached("INSERT INTO ballot (body) VALUES (?1)")?.execute(params![body])?;
            }
            Ok(transaction.commit()?)
        })
    }
}

/// A library with a post-mortem in it.
struct Ours {
    library: Library,
    meeting: Meeting,
    asked: u32,
}

impl Ours {
    fn open(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut library = Library::open(folder)?;
        let mut meeting = Meeting::unwritten();
        let id = PostMortemId("pm-20260101-000000".into());
        let request = Request::Create { id, title: "Checkout".into(), zone: chrono_tz::UTC, planned: default_agenda() };
        let decided = decide(&meeting, &request, Actor::Facilitator, Chance(1))?;
        let now = Moment { wall: Utc::now(), uptime: Millis(1), boot: 1 };
        let recorded = meeting.record(decided.events, Actor::Facilitator, now);
        for recorded in &recorded {
            apply(&mut meeting, recorded);
        }
        library.commit(&meeting, &[Commit { recorded, ..Commit::default() }])?;
        Ok(Self { library, meeting, asked: 0 })
    }

    fn rate(&mut self, batch: usize, time: Duration) -> Result<f64, Box<dyn Error>> {
        rate(batch, time, || {
            let mut commits = Vec::with_capacity(batch);
            for _ in 0..batch {
                self.asked += 1;
                let ballot = Ballot { revision: self.asked, dots: vec![(ProposalId(1), 2), (ProposalId(2), 1)] };
                let secret = Secret::BallotKept { round: RoundId(1), voter: ParticipantId(self.asked % 500), ballot };
                let name = format!("{}-request-{:024}", self.asked % 500, self.asked);
                let request = Some(RequestDigest::of(&name));
                commits.push(Commit { secrets: vec![secret], request, ..Commit::default() });
            }
            Ok(self.library.commit(&self.meeting, &commits)?)
        })
    }
}
