//! Scores the rules against a labelled corpus: `cargo run --release -p language --example score -- FILE [--misses]`.
//!
//! Columns, separated by tabs: id, label (a class or `none`), lookalike (`yes` or `no`), field, names (separated by
//! commas), sentence, source. Without `--misses` only counts are printed.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use language::{Class, Context, Field, Hint, Names, check};

#[derive(Default)]
struct Count {
    rows: usize,
    found: usize,
    same_class: usize,
    given: usize,
    given_rightly: usize,
}

struct Row<'a> {
    id: &'a str,
    label: &'a str,
    lookalike: bool,
    field: Field,
    names: Names,
    sentence: &'a str,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next() else {
        eprintln!("usage: score FILE [--misses]");
        return ExitCode::FAILURE;
    };
    let shows_misses = arguments.any(|argument| argument == "--misses");
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let rows: Vec<Row> = text.lines().filter_map(row).collect();
    language::prepare();
    let began = Instant::now();
    let hints: Vec<Option<Hint>> = rows.iter().map(first_hint).collect();
    let spent = began.elapsed();
    report(&rows, &hints);
    println!("{:.0} µs per sentence", spent.as_secs_f64() * 1e6 / rows.len().max(1) as f64);
    if shows_misses {
        misses(&rows, &hints);
    }
    ExitCode::SUCCESS
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut columns = line.split('\t');
    let (id, label, lookalike) = (columns.next()?, columns.next()?, columns.next()?);
    let field = match columns.next()? {
        "note" => Field::Note,
        "action" => Field::Action,
        "why" => Field::Why,
        "timeline" => Field::Timeline,
        _ => return None,
    };
    let names = Names::of_people(columns.next()?.split(',').filter(|name| !name.trim().is_empty()));
    Some(Row { id, label, lookalike: lookalike == "yes", field, names, sentence: columns.next()? })
}

fn first_hint(row: &Row) -> Option<Hint> {
    check(row.sentence, &Context { names: &row.names, field: row.field }).into_iter().next()
}

fn class_name(class: Class) -> String {
    let mut name = String::new();
    for c in format!("{class:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

fn report(rows: &[Row], hints: &[Option<Hint>]) {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let (mut innocent, mut alarms) = ([0, 0], [0, 0]);
    for (row, hint) in rows.iter().zip(hints) {
        if row.label == "none" {
            innocent[usize::from(row.lookalike)] += 1;
            alarms[usize::from(row.lookalike)] += usize::from(hint.is_some());
        }
        let given = hint.as_ref().map(|hint| class_name(hint.class));
        let count = counts.entry(row.label.to_owned()).or_default();
        count.rows += 1;
        count.found += usize::from(given.is_some());
        count.same_class += usize::from(given.as_deref() == Some(row.label));
        if let Some(given) = given {
            let count = counts.entry(given).or_default();
            count.given += 1;
            count.given_rightly += usize::from(row.label != "none");
        }
    }
    println!("{:<16} {:>5} {:>8} {:>11} {:>7} {:>10}", "class", "rows", "recall", "same class", "given", "precision");
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    for (name, count) in counts.iter().filter(|(name, _)| *name != "none") {
        println!(
            "{name:<16} {:>5} {:>8.3} {:>11.3} {:>7} {:>10.3}",
            count.rows,
            share(count.found, count.rows),
            share(count.same_class, count.rows),
            count.given,
            share(count.given_rightly, count.given)
        );
    }
    let blaming: usize = counts.iter().filter(|(name, _)| *name != "none").map(|(_, count)| count.rows).sum();
    let found: usize = counts.iter().filter(|(name, _)| *name != "none").map(|(_, count)| count.found).sum();
    println!("precision {:.3}", share(found, found + alarms[0] + alarms[1]));
    println!("recall {:.3} ({found} of {blaming})", share(found, blaming));
    println!("false alarms on look-alikes {:.3} ({} of {})", share(alarms[1], innocent[1]), alarms[1], innocent[1]);
    println!("false alarms elsewhere {:.3} ({} of {})", share(alarms[0], innocent[0]), alarms[0], innocent[0]);
}

fn misses(rows: &[Row], hints: &[Option<Hint>]) {
    for (row, hint) in rows.iter().zip(hints) {
        match hint {
            None if row.label != "none" => println!("missed  {} {:<15} {}", row.id, row.label, row.sentence),
            Some(hint) if row.label == "none" => println!("alarm   {} {:<25} {}", row.id, hint.rule, row.sentence),
            _ => {}
        }
    }
}
