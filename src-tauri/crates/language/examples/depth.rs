//! Scores the depth check against labelled corpora: `cargo run --release -p language --example depth -- [--misses] FILE…`.
//!
//! Columns, separated by tabs: id, the end, names (separated by commas), answer, source. Without `--misses` only counts
//! are printed. `--say TEXT` instead of files says what one answer ends at, and by which cues.

mod corpus;

use std::process::ExitCode;

use corpus::{Asked, share};
use language::{ENDS, Names, chain_end, end_features};
use meeting::ChainEnd;

struct Row<'a> {
    id: &'a str,
    label: ChainEnd,
    names: Names,
    answer: &'a str,
}

fn main() -> ExitCode {
    match corpus::asked("depth") {
        Ok(Asked::Say(text)) => say(&text),
        Ok(Asked::Score { text, shows_misses }) => {
            report(&corpus::rows(&text).filter_map(row).collect::<Vec<Row>>(), shows_misses);
        }
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn say(text: &str) {
    let found = chain_end(text, &Names::default());
    println!("{}: {}", word(found.ends_at), found.reason);
    let (features, _) = end_features(text, &Names::default());
    let told = |feature: &str| ["cue ", "field ", "by "].iter().any(|kind| feature.starts_with(kind));
    features.iter().filter(|(feature, _)| told(feature)).for_each(|pair| println!("  {pair:?}"));
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut columns = line.split('\t');
    let (id, label) = (columns.next()?, columns.next()?);
    let label = *ENDS.iter().find(|end| word(**end) == label)?;
    let names = Names::of_people(columns.next()?.split(',').filter(|name| !name.trim().is_empty()));
    Some(Row { id, label, names, answer: columns.next()? })
}

fn word(end: ChainEnd) -> String {
    serde_json::to_value(end).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn place(end: ChainEnd) -> usize {
    ENDS.iter().position(|other| *other == end).unwrap_or(0)
}

fn report(rows: &[Row], shows_misses: bool) {
    let mut table = [[0_usize; 8]; 8];
    let mut systemic = 0;
    for row in rows {
        let found = chain_end(row.answer, &row.names);
        table[place(row.label)][place(found.ends_at)] += 1;
        systemic += usize::from(row.label.is_systemic() == found.ends_at.is_systemic());
        if shows_misses && found.ends_at != row.label {
            println!(
                "{} {} -> {}  {}\n      {}",
                row.id,
                word(row.label),
                word(found.ends_at),
                row.answer,
                found.reason
            );
        }
    }
    print!("{:<14}", "is \\ said");
    ENDS.iter().for_each(|end| print!("{:>8.7}", word(*end)));
    println!("{:>8}{:>11}", "recall", "precision");
    for (at, counts) in table.iter().enumerate() {
        print!("{:<14}", word(ENDS[at]));
        counts.iter().for_each(|count| print!("{count:>8}"));
        let said: usize = table.iter().map(|counts| counts[at]).sum();
        println!("{:>8.3}{:>11.3}", share(counts[at], counts.iter().sum()), share(counts[at], said));
    }
    let right: usize = (0..ENDS.len()).map(|at| table[at][at]).sum();
    println!("accuracy {:.3} ({right} of {})", share(right, rows.len()), rows.len());
    println!("finished or not, the same {:.3} ({systemic} of {})", share(systemic, rows.len()), rows.len());
}
