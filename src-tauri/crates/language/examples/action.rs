//! Scores the action check against labelled corpora: `cargo run --release -p language --example action -- [--misses] FILE…`.
//!
//! Columns, separated by tabs: id, missing (gaps separated by commas, or `none`), task, owner, due, criterion, source.
//! Without `--misses` only counts are printed. `--say LINE` instead of files checks one action.

mod corpus;

use std::process::ExitCode;

use corpus::{Asked, share};
use language::{ActionGap, ActionText, action_check};

const GAPS: [ActionGap; 5] =
    [ActionGap::Verb, ActionGap::Object, ActionGap::Owner, ActionGap::Due, ActionGap::Criterion];

struct Row<'a> {
    id: &'a str,
    missing: Vec<ActionGap>,
    action: ActionText,
}

fn main() -> ExitCode {
    match corpus::asked("action") {
        Ok(Asked::Say(line)) => say(&line),
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

fn say(line: &str) {
    let found = action_check(&ActionText::parse_line(line));
    println!("{:?}", found.missing);
    found.hints.iter().for_each(|hint| println!("  {hint}"));
}

fn word(gap: ActionGap) -> String {
    serde_json::to_value(gap).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut columns = line.split('\t');
    let (id, missing) = (columns.next()?, columns.next()?);
    let missing = GAPS.into_iter().filter(|gap| missing.split(',').any(|name| name == word(*gap))).collect();
    let mut next = || columns.next().map(str::to_owned);
    let action = ActionText { task: next()?, owner: next()?, due: next()?, criterion: next()? };
    Some(Row { id, missing, action })
}

fn report(rows: &[Row], shows_misses: bool) {
    let (mut right, mut wrong, mut missed) = ([0_usize; 5], [0_usize; 5], [0_usize; 5]);
    let mut exact = 0;
    for row in rows {
        let found = action_check(&row.action).missing;
        exact += usize::from(found == row.missing);
        for (at, gap) in GAPS.iter().enumerate() {
            let (is, said) = (row.missing.contains(gap), found.contains(gap));
            right[at] += usize::from(is && said);
            wrong[at] += usize::from(!is && said);
            missed[at] += usize::from(is && !said);
        }
        if shows_misses && found != row.missing {
            println!("{} {:?} -> {found:?}\n      {:?}", row.id, row.missing, row.action);
        }
    }
    println!("{:<12}{:>9}{:>11}{:>8}", "missing", "rows", "precision", "recall");
    let line = |name: &str, right: usize, wrong: usize, missed: usize| {
        let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
        println!("{name:<12}{:>9}{precision:>11.3}{recall:>8.3}", right + missed);
    };
    GAPS.iter().enumerate().for_each(|(at, gap)| line(&word(*gap), right[at], wrong[at], missed[at]));
    line("together", right.iter().sum(), wrong.iter().sum(), missed.iter().sum());
    println!("exactly the same gaps {:.3} ({exact} of {})", share(exact, rows.len()), rows.len());
}
