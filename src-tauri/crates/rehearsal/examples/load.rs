//! What the room costs and how fast it is, with both sides of every ratio from the same run.
//!
//! `cargo run --release -p rehearsal --example load` prints P5 and P7 to P11; with names of measures only those, and
//! with `--page FOLDER` another build of the phone page than `ui/dist/phone`. Servers run in processes of their own, so
//! that their memory is theirs alone; the clients are plain lines of HTTP and no [`rehearsal::Phone`], because on a
//! machine with few cores a client that reads JSON would be measured along. P10 is the whole rehearsal with real phones.

#![allow(clippy::print_stdout, reason = "the figures are the product")]

#[path = "load/durable.rs"]
mod durable;
#[path = "load/fan_out.rs"]
mod fan_out;
#[path = "load/line.rs"]
mod line;
#[path = "load/memory.rs"]
mod memory;
#[path = "load/page.rs"]
mod page;
#[path = "load/server.rs"]
mod server;
#[path = "load/whole.rs"]
mod whole;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

type Measured = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> Measured {
    let mut arguments = std::env::args().skip(1);
    let mut wanted = Vec::new();
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../ui/dist/phone");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "serve" => return server::serve(&folder).await,
            "--page" => folder = arguments.next().ok_or("--page needs a folder")?.into(),
            _ => wanted.push(argument),
        }
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| it == name);
    if is_wanted("P5") {
        memory::measure(&folder).await?;
    }
    if is_wanted("P7") {
        durable::rate().await?;
    }
    if is_wanted("P8") {
        durable::burst(&folder).await?;
    }
    if is_wanted("P9") {
        fan_out::measure(&folder).await?;
    }
    if is_wanted("P10") {
        whole::measure().await?;
    }
    if is_wanted("P11") {
        page::measure(&folder).await?;
    }
    Ok(())
}

/// Returns the smallest wait that so many of a hundred did not exceed; the waits are sorted.
fn rank(sorted: &[Duration], hundredths: usize) -> Duration {
    sorted[(sorted.len() * hundredths).div_ceil(100).max(1) - 1]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
