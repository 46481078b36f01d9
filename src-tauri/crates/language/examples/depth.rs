//! Scores the depth check against a labelled corpus: `cargo run --release -p language --example depth -- FILE [--misses]`.
//!
//! Columns, separated by tabs: id, the end, names (separated by commas), answer, source. Without `--misses` only counts
//! are printed. `--say TEXT` instead of a file says what one answer ends at, and by which cues.

use std::process::ExitCode;

use language::{ENDS, Names, chain_end, end_features};
use meeting::ChainEnd;

struct Row<'a> {
    id: &'a str,
    label: ChainEnd,
    names: Names,
    answer: &'a str,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, text] = arguments.as_slice()
        && flag == "--say"
    {
        let found = chain_end(text, &Names::default());
        println!("{}: {}", word(found.ends_at), found.reason);
        let (features, _) = end_features(text, &Names::default());
        features.iter().filter(|(feature, _)| !feature.starts_with("word ")).for_each(|pair| println!("  {pair:?}"));
        return ExitCode::SUCCESS;
    }
    let Some(file) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: depth FILE [--misses]");
        return ExitCode::FAILURE;
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    report(&text.lines().filter_map(row).collect::<Vec<Row>>(), arguments.iter().any(|flag| flag == "--misses"));
    ExitCode::SUCCESS
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
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
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
