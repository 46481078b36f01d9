//! Learns the weights of the depth check: `cargo run --release -p language --example depth_train -- [--write PATH] FILE…`.
//!
//! Every tenth row in turn is left out and scored with weights learned from the others, and then each file in turn; the
//! second says more about answers by another hand. The columns are those of the example `depth`. With `--write` the
//! weights of all rows are written. What the cues say by themselves is given and is not learned; the weights say how
//! far it is off, so that a cue without an example keeps its own weight.

use std::collections::BTreeMap;
use std::process::ExitCode;

use language::{ENDS, Names, end_features};

const FOLDS: usize = 10;
const ROUNDS: usize = 150;
const STEP: f64 = 0.1;
/// How strongly weights are drawn to zero, times the rows; cues and pairs of words more, because they are rare.
const DRAW_WORDS: f64 = 0.1;
const DRAW_CUES: f64 = 0.3;
/// Features that occur in fewer answers, and rows whose weights are all smaller, are left out.
const ANSWERS: usize = 2;
const LEAST: f64 = 0.08;

struct Row {
    id: String,
    file: usize,
    label: usize,
    features: Vec<(usize, f64)>,
    prior: [f64; 8],
}

/// Features by number.
#[derive(Default)]
struct Features {
    numbers: BTreeMap<String, usize>,
}

impl Features {
    fn number(&mut self, feature: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(feature).or_insert(next)
    }

    /// How strongly the weights of each feature are drawn to zero.
    fn draws(&self) -> Vec<f64> {
        let mut draws = vec![DRAW_WORDS; self.numbers.len()];
        for (feature, number) in &self.numbers {
            let rare = ["cue ", "by ", "pair ", "none "].iter().any(|kind| feature.starts_with(kind));
            draws[*number] = if rare { DRAW_CUES } else { DRAW_WORDS };
        }
        draws
    }
}

struct Weights {
    of: Vec<[f64; 8]>,
    bias: [f64; 8],
}

impl Weights {
    fn chances(&self, row: &Row) -> [f64; 8] {
        let mut sums = row.prior;
        for (feature, value) in &row.features {
            sums.iter_mut().zip(self.of[*feature]).for_each(|(sum, weight)| *sum += value * weight);
        }
        sums.iter_mut().zip(self.bias).for_each(|(sum, bias)| *sum += bias);
        let most = sums.iter().copied().fold(f64::MIN, f64::max);
        let raised = sums.map(|sum| (sum - most).exp());
        let whole: f64 = raised.iter().sum();
        raised.map(|part| part / whole)
    }

    fn says(&self, row: &Row) -> usize {
        let chances = self.chances(row);
        (0..8).fold(0, |best, at| if chances[at] > chances[best] { at } else { best })
    }

    fn none(count: usize) -> Self {
        Self { of: vec![[0.0; 8]; count], bias: [0.0; 8] }
    }

    /// Softmax regression over all rows at once, so that their order does not matter; each weight has its own step.
    fn learned(rows: &[&Row], draws: &[f64]) -> Self {
        let mut seen = vec![0_usize; draws.len()];
        rows.iter().flat_map(|row| &row.features).for_each(|(feature, _)| seen[*feature] += 1);
        let mut weights = Self::none(draws.len());
        let mut steps = weights.of.clone();
        let count = rows.len().max(1) as f64;
        for _ in 0..ROUNDS {
            let mut slopes = vec![[0.0; 8]; draws.len()];
            let mut bias = [0.0; 8];
            for row in rows {
                let mut errors = weights.chances(row);
                errors[row.label] -= 1.0;
                bias.iter_mut().zip(errors).for_each(|(slope, error)| *slope += error);
                for (feature, value) in &row.features {
                    slopes[*feature].iter_mut().zip(errors).for_each(|(slope, error)| *slope += value * error);
                }
            }
            for (feature, slope) in slopes.iter().enumerate().filter(|(feature, _)| seen[*feature] >= ANSWERS) {
                for ((weight, slope), past) in weights.of[feature].iter_mut().zip(slope).zip(&mut steps[feature]) {
                    let slope = (slope + draws[feature] * *weight) / count;
                    *past += slope * slope;
                    *weight -= STEP * slope / (past.sqrt() + 1e-9);
                }
            }
            weights.bias.iter_mut().zip(bias).for_each(|(weight, slope)| *weight -= STEP * slope / count);
        }
        weights
    }
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let target = arguments.iter().position(|argument| argument == "--write").map(|at| {
        arguments.remove(at);
        arguments.remove(at)
    });
    let mut rows = Vec::new();
    let mut features = Features::default();
    for (file, path) in arguments.iter().enumerate() {
        match std::fs::read_to_string(path) {
            Ok(text) => rows.extend(text.lines().filter_map(|line| row(line, file, &mut features))),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let draws = features.draws();
    let Some(target) = target else {
        println!("every tenth row left out");
        left_out(&rows, &draws, &arguments, FOLDS, |at, _| at % FOLDS);
        println!("each file left out");
        left_out(&rows, &draws, &arguments, arguments.len(), |_, row| row.file);
        return ExitCode::SUCCESS;
    };
    let weights = Weights::learned(&rows.iter().collect::<Vec<_>>(), &draws);
    match std::fs::write(&target, written(&weights, &features)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{target}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn row(line: &str, file: usize, all: &mut Features) -> Option<Row> {
    let mut columns = line.split('\t');
    let (id, label) = (columns.next()?, columns.next()?);
    let label = ENDS.iter().position(|end| serde_json::to_value(end).is_ok_and(|word| word == label))?;
    let names = Names::of_people(columns.next()?.split(',').filter(|name| !name.trim().is_empty()));
    let (features, prior) = end_features(columns.next()?, &names);
    let features = features.into_iter().map(|(feature, value)| (all.number(feature), f64::from(value))).collect();
    Some(Row { id: id.to_owned(), file, label, features, prior: prior.map(f64::from) })
}

/// Scores every part of the rows with weights learned from the other parts.
fn left_out(rows: &[Row], draws: &[f64], files: &[String], parts: usize, part: impl Fn(usize, &Row) -> usize) {
    let mut right = vec![(0, 0, 0); files.len()];
    for left in 0..parts {
        let of_part = |at: usize, row: &Row| part(at, row) == left;
        let others: Vec<&Row> =
            rows.iter().enumerate().filter(|(at, row)| !of_part(*at, row)).map(|(_, row)| row).collect();
        let weights = Weights::learned(&others, draws);
        for (_, row) in rows.iter().enumerate().filter(|(at, row)| of_part(*at, row)) {
            let said = weights.says(row);
            let (alone, learned, all) = &mut right[row.file];
            *alone += usize::from(Weights::none(draws.len()).says(row) == row.label);
            *learned += usize::from(said == row.label);
            *all += 1;
            if said != row.label && std::env::var_os("MISSES").is_some() {
                println!("{} {:?} -> {:?}", row.id, ENDS[row.label], ENDS[said]);
            }
        }
    }
    for (file, (alone, learned, all)) in files.iter().zip(right) {
        let share = |right: usize| right as f64 / all.max(1) as f64;
        println!("  {file}: cues alone {:.3}, with weights {:.3} of {all}", share(alone), share(learned));
    }
}

fn written(weights: &Weights, features: &Features) -> String {
    let mut out = String::from(
        "# Feature and its weights for process, policy, resource, organisation, technical, person, human-error, unknown;\n# learned by the example `depth_train` from tests/fixtures/depth, not edited by hand.\n",
    );
    let mut line = |feature: &str, row: &[f64; 8]| {
        let numbers: Vec<String> = row.iter().map(|weight| format!("{weight:.2}")).collect();
        out.push_str(&format!("{feature}\t{}\n", numbers.join("\t")));
    };
    line("= bias", &weights.bias);
    for (feature, number) in &features.numbers {
        let row = &weights.of[*number];
        if row.iter().any(|weight| weight.abs() >= LEAST) {
            line(feature, row);
        }
    }
    out
}
