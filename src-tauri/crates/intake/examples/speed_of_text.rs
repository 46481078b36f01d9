//! Measures how fast lists are read: `cargo run --release -p intake --example speed`.

#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a measurement prints")]

use std::time::Instant;

use intake::{Assumptions, LARGEST_TEXT, read};

/// Lines as they occur in lists of times, each with a name.
const LISTS: &[(&str, &[&str])] = &[
    (
        "bullets",
        &[
            "- 14:02 UTC: Deployed checkout v3.2 to all regions\n",
            "- 14:05 UTC: Error rate on the payment endpoint climbs to 12 %\n",
            "- 14:09 UTC: Alert: high latency on checkout, on-call is paged\n",
            "- 14:31 UTC: Rollback complete, errors drop to the usual level\n",
        ],
    ),
    ("log", &["2026-05-06T14:23:05Z host-3 checkout[123]: upstream timed out while reading response header\n"]),
    ("chat", &["[14:23:05] <alice> is anyone else seeing 500s on the checkout page?\n"]),
    ("slack", &["Alice Doe  2:14 PM\n", "seeing 500s on checkout since the deploy, looking at the graphs now\n"]),
    ("prose", &["The team looked at the graphs and found that the cache was cold after the restart of the nodes.\n"]),
];

fn main() -> Result<(), intake::Error> {
    let assumptions =
        Assumptions { zone: Some(chrono_tz::Tz::UTC), date: "2026-05-06".parse().ok(), ..Assumptions::default() };
    for (name, lines) in LISTS {
        let mut text = String::new();
        for line in lines.iter().cycle() {
            if text.len() + line.len() > LARGEST_TEXT / 2 {
                break;
            }
            text.push_str(line);
        }
        let mut best = f64::INFINITY;
        for _ in 0..3 {
            let begun = Instant::now();
            let reading = read(&text, &assumptions)?;
            assert!(!reading.events.is_empty() || !reading.not_understood.is_empty());
            best = best.min(begun.elapsed().as_secs_f64());
        }
        println!("{name}: {:.1} MB/s", text.len() as f64 / best / 1e6);
    }
    Ok(())
}
