//! Learns the weights of the scale from labelled files and shows what they are worth on a file left out.
//!
//! `cargo run --release -p language --example train -- [--write PATH] FILE…`: each file in turn is left out, the weights
//! are learned from the others, and the rules are scored on it with and without them. The columns are those of the
//! example `score`. With `--write` the weights of all files together are written.

use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;

use language::{Context, Evidence, Field, Names, weighed};

/// Below the first no rule is believed, from the second on a faint one is.
const DOUBT: f64 = -1.1;
const TRUST: f64 = 2.5;
const ROUNDS: usize = 30;
/// Pairs with a gap that occur in fewer sentences, and whatever weighs less, are left out.
const SENTENCES: usize = 2;
const LEAST: f64 = 0.25;

struct Row {
    features: Vec<String>,
    evidence: Evidence,
    blames: bool,
}

#[derive(Default)]
struct Weights {
    of: HashMap<String, f64>,
    bias: f64,
}

impl Weights {
    fn sum(&self, features: &[String]) -> f64 {
        let sum: f64 = features.iter().filter_map(|feature| self.of.get(feature)).sum();
        self.bias + sum * share(features)
    }

    /// Logistic regression, each weight with its own step length.
    fn learned(rows: &[&Row]) -> Self {
        let mut weights = Self::default();
        let mut steps: HashMap<&str, f64> = HashMap::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for feature in rows.iter().flat_map(|row| &row.features) {
            *seen.entry(feature).or_default() += 1;
        }
        for round in 0..ROUNDS {
            for row in shuffled(rows, round) {
                let error = 1.0 / (1.0 + (-weights.sum(&row.features)).exp()) - f64::from(u8::from(row.blames));
                for feature in row
                    .features
                    .iter()
                    .filter(|feature| seen[feature.as_str()] >= SENTENCES || !feature.contains(" _ "))
                {
                    let weight = weights.of.entry(feature.clone()).or_default();
                    let slope = error * share(&row.features) + 1e-4 * *weight;
                    let step = steps.entry(feature).or_default();
                    *step += slope * slope;
                    *weight -= 0.15 * slope / (*step + 1e-8).sqrt();
                }
                weights.bias -= 0.01 * error;
            }
        }
        weights.of.retain(|_, weight| weight.abs() >= LEAST);
        weights
    }
}

fn share(features: &[String]) -> f64 {
    2.0 / (features.len().max(1) as f64).sqrt()
}

/// A fixed order that differs from round to round.
fn shuffled<'a>(rows: &[&'a Row], round: usize) -> Vec<&'a Row> {
    let mut order: Vec<&Row> = rows.to_vec();
    let mut state = round as u64 + 1;
    for at in (1..order.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
    order
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let target = arguments.iter().position(|argument| argument == "--write").map(|at| {
        arguments.remove(at);
        arguments.remove(at)
    });
    let mut files = Vec::new();
    for path in &arguments {
        match std::fs::read_to_string(path) {
            Ok(text) => files.push((path, text.lines().filter_map(row).collect::<Vec<Row>>())),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    for (index, (path, rows)) in files.iter().enumerate() {
        let others: Vec<&Row> =
            files.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, (_, rows))| rows).collect();
        let weights = Weights::learned(&others);
        println!("{path}: {} rows left out, learned from {}", rows.len(), others.len());
        println!("  rules alone        {}", scored(rows, |row| row.evidence >= Evidence::Plain));
        for (doubt, trust) in [(DOUBT, f64::MAX), (f64::MIN, TRUST), (DOUBT, TRUST)] {
            let hint = |row: &Row| match row.evidence {
                Evidence::Sure => true,
                Evidence::Plain => weights.sum(&row.features) >= doubt,
                Evidence::Faint => weights.sum(&row.features) >= trust,
                Evidence::None => false,
            };
            let parts = match (doubt > f64::MIN, trust < f64::MAX) {
                (true, false) => "and doubt",
                (false, true) => "and trust",
                _ => "and both",
            };
            println!("  {parts:<18} {}", scored(rows, hint));
        }
    }
    let Some(target) = target else { return ExitCode::SUCCESS };
    let all: Vec<&Row> = files.iter().flat_map(|(_, rows)| rows).collect();
    match std::fs::write(&target, written(&Weights::learned(&all))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{target}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A line of a corpus, or of the table of this crate, which has neither identifiers nor sources.
fn row(line: &str) -> Option<Row> {
    let columns: Vec<&str> = line.split('\t').collect();
    let (label, field, names, sentence) = match *columns.as_slice() {
        [label, field, names, sentence] => (label, field, names, sentence),
        [_, label, _, field, names, sentence, ..] => (label, field, names, sentence),
        _ => return None,
    };
    let field = match field {
        "note" => Field::Note,
        "action" => Field::Action,
        "why" => Field::Why,
        "timeline" => Field::Timeline,
        _ => return None,
    };
    let names = Names::of_people(names.split(',').filter(|name| !name.trim().is_empty()));
    let (features, evidence) = weighed(sentence, &Context { names: &names, field });
    Some(Row { features, evidence, blames: label != "none" })
}

fn scored(rows: &[Row], hint: impl Fn(&Row) -> bool) -> String {
    let count = |blames: bool, hinted: bool| rows.iter().filter(|r| r.blames == blames && hint(r) == hinted).count();
    let (right, missed, wrong) = (count(true, true), count(true, false), count(false, true));
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    format!(
        "precision {:.3} recall {:.3} false alarms {wrong}, missed {missed}",
        share(right, right + wrong),
        share(right, right + missed)
    )
}

fn written(weights: &Weights) -> String {
    let mut out = String::from(
        "# Weight and feature, learned by the example `train` from the development files and tests/sentences.tsv; not edited by\n# hand. Those that begin with \"=\" are no features: the constant, below what no rule is believed, from what a faint one is.\n",
    );
    out.push_str(&format!("{:.3}\t= bias\n{DOUBT}\t= doubt\n{TRUST}\t= trust\n", weights.bias));
    let sorted: BTreeMap<&String, &f64> = weights.of.iter().collect();
    for (feature, weight) in sorted {
        out.push_str(&format!("{weight:.2}\t{feature}\n"));
    }
    out
}
