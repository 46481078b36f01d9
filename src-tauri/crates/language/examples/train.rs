//! Learns the weights of the scale from labelled files and shows what they are worth on a file left out.
//!
//! `cargo run --release -p language --example train -- [--write PATH] [--misses] FILE…`: each file in turn is left out, the weights
//! are learned from the others, and the rules are scored on it with and without them. The columns are those of the
//! example `score`. With `--misses` the rows of the file left out that are misjudged follow. With `--write` the weights of all files together are written.

use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;

use language::{Context, Evidence, Field, Names, weighed};

/// Between which sums the rules decide alone.
#[derive(Clone, Copy)]
struct Thresholds {
    /// Below this not even a sure rule is believed.
    denial: f64,
    /// Below this no plain rule is believed.
    doubt: f64,
    /// From here on a faint rule is believed.
    trust: f64,
}

/// Chosen on sentences that neither the rules nor the weights had seen: few false alarms on look-alikes first, recall
/// second.
const CHOSEN: Thresholds = Thresholds { denial: -1.7, doubt: -2.0, trust: 2.5 };
/// Others to compare with these.
const GRID: [Thresholds; 6] = [
    Thresholds { denial: f64::MIN, doubt: f64::MIN, trust: f64::MAX },
    Thresholds { denial: -1.5, doubt: -1.0, trust: 3.0 },
    Thresholds { denial: -1.5, doubt: -1.7, trust: 2.5 },
    Thresholds { denial: -1.5, doubt: -2.0, trust: 2.0 },
    Thresholds { denial: -1.5, doubt: -2.0, trust: 2.5 },
    Thresholds { denial: -1.7, doubt: -2.4, trust: 2.5 },
];
const ROUNDS: usize = 30;
/// Pairs of words that occur in fewer sentences, and whatever weighs less, are left out.
const SENTENCES: usize = 2;
const LEAST: f64 = 0.3;
/// How strongly a weight is drawn back to nothing.
const DECAY: f64 = 3e-3;

struct Row {
    /// As it stands in the file.
    line: String,
    features: Vec<String>,
    evidence: Evidence,
    blames: bool,
    /// Innocent, and written to look like blame.
    lookalike: bool,
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

    fn believe(&self, row: &Row, least: Thresholds) -> bool {
        match row.evidence {
            Evidence::Unmistakable => true,
            Evidence::Sure => self.sum(&row.features) >= least.denial,
            Evidence::Plain => self.sum(&row.features) >= least.doubt,
            Evidence::Faint => self.sum(&row.features) >= least.trust,
            Evidence::None => false,
        }
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
                for feature in
                    row.features.iter().filter(|feature| seen[feature.as_str()] >= SENTENCES || !feature.contains(' '))
                {
                    let weight = weights.of.entry(feature.clone()).or_default();
                    let slope = error * share(&row.features) + DECAY * *weight;
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
    let shows_misses = arguments.iter().position(|argument| argument == "--misses").map(|at| arguments.remove(at));
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
        for least in std::iter::once(CHOSEN).chain(GRID) {
            let Thresholds { denial, doubt, trust } = least;
            println!(
                "  {denial:>5.1e} {doubt:>5.1e} {trust:>4.1e}  {}",
                scored(rows, |row| weights.believe(row, least))
            );
        }
        if shows_misses.is_some() {
            for row in rows.iter().filter(|row| weights.believe(row, CHOSEN) != row.blames) {
                println!("  {:>5.1} {:?} {}", weights.sum(&row.features), row.evidence, row.line);
            }
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
    let (label, lookalike, field, names, sentence) = match *columns.as_slice() {
        [label, field, names, sentence] => (label, "yes", field, names, sentence),
        [_, label, lookalike, field, names, sentence, ..] => (label, lookalike, field, names, sentence),
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
    let blames = label != "none";
    Some(Row { line: line.to_owned(), features, evidence, blames, lookalike: !blames && lookalike == "yes" })
}

fn scored(rows: &[Row], hint: impl Fn(&Row) -> bool) -> String {
    let count = |blames: bool, hinted: bool| rows.iter().filter(|r| r.blames == blames && hint(r) == hinted).count();
    let (right, missed, wrong) = (count(true, true), count(true, false), count(false, true));
    let lookalikes = || rows.iter().filter(|row| row.lookalike);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    format!(
        "precision {:.3} recall {:.3} look-alikes {:.3} false alarms {wrong}, missed {missed}",
        share(right, right + wrong),
        share(right, right + missed),
        share(lookalikes().filter(|row| hint(row)).count(), lookalikes().count())
    )
}

fn written(weights: &Weights) -> String {
    let mut out = String::from(
        "# Weight and feature, learned by the example `train` from the development files and tests/sentences.tsv; not edited by\n# hand. Those that begin with \"=\" are no features: the constant, and below what a sure\n# rule, a plain one and a faint one are not believed.\n",
    );
    let Thresholds { denial, doubt, trust } = CHOSEN;
    out.push_str(&format!("{:.3}\t= bias\n{denial}\t= denial\n{doubt}\t= doubt\n{trust}\t= trust\n", weights.bias));
    let sorted: BTreeMap<&String, &f64> = weights.of.iter().collect();
    for (feature, weight) in sorted {
        out.push_str(&format!("{weight:.2}\t{feature}\n"));
    }
    out
}
