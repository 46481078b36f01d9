//! Learns the weights of the depth check: `cargo run --release -p language --example depth_train -- [--write PATH] FILE…`.
//!
//! Every tenth row in turn is left out and scored with weights learned from the others; the columns are those of the
//! example `depth`. With `--write` the weights of all rows are written. What the cues say by themselves is given and is
//! not learned; the weights say how far it is off, so that a cue without an example keeps its own weight.

use std::collections::BTreeMap;
use std::process::ExitCode;

use language::{ENDS, Names, end_features};

const FOLDS: usize = 10;
const ROUNDS: usize = 200;
const STEP: f64 = 0.1;
/// How strongly weights are drawn to zero; cues more than words, because they say something by themselves.
const DRAW_WORDS: f64 = 0.003;
const DRAW_CUES: f64 = 0.03;
/// Words that occur in fewer answers, and rows whose weights are all smaller, are left out.
const ANSWERS: usize = 2;
const LEAST: f64 = 0.05;

struct Row {
    id: String,
    label: usize,
    features: Vec<(String, f64)>,
    prior: [f64; 8],
}

#[derive(Default)]
struct Weights {
    of: BTreeMap<String, [f64; 8]>,
    bias: [f64; 8],
}

impl Weights {
    fn chances(&self, row: &Row) -> [f64; 8] {
        let mut sums = row.prior;
        for (feature, value) in &row.features {
            if let Some(weights) = self.of.get(feature) {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
            }
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

    /// Softmax regression over all rows at once, so that their order does not matter; each weight has its own step.
    fn learned(rows: &[&Row]) -> Self {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (feature, _) in rows.iter().flat_map(|row| &row.features) {
            *seen.entry(feature).or_default() += 1;
        }
        let mut weights = Self::default();
        let mut steps: BTreeMap<String, [f64; 8]> = BTreeMap::new();
        let count = rows.len().max(1) as f64;
        for _ in 0..ROUNDS {
            let mut slopes: BTreeMap<&str, [f64; 8]> = BTreeMap::new();
            let mut bias = [0.0; 8];
            for row in rows {
                let mut errors = weights.chances(row);
                errors[row.label] -= 1.0;
                bias.iter_mut().zip(errors).for_each(|(slope, error)| *slope += error);
                for (feature, value) in row.features.iter().filter(|(feature, _)| seen[feature.as_str()] >= ANSWERS) {
                    let slope = slopes.entry(feature).or_default();
                    slope.iter_mut().zip(errors).for_each(|(slope, error)| *slope += value * error);
                }
            }
            for (feature, slope) in slopes {
                let draw = if feature.starts_with("word ") { DRAW_WORDS } else { DRAW_CUES };
                let row = weights.of.entry(feature.to_owned()).or_default();
                let past = steps.entry(feature.to_owned()).or_default();
                for ((weight, slope), past) in row.iter_mut().zip(slope).zip(past) {
                    let slope = slope / count + draw * *weight;
                    *past += slope * slope;
                    *weight -= STEP * slope / (past.sqrt() + 1e-9);
                }
            }
            weights.bias.iter_mut().zip(bias).for_each(|(weight, slope)| *weight -= STEP * slope / count);
        }
        weights.of.retain(|_, row| row.iter().any(|weight| weight.abs() >= LEAST));
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
    for path in &arguments {
        match std::fs::read_to_string(path) {
            Ok(text) => rows.extend(text.lines().filter_map(row)),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    left_out(&rows);
    let Some(target) = target else { return ExitCode::SUCCESS };
    match std::fs::write(&target, written(&Weights::learned(&rows.iter().collect::<Vec<_>>()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{target}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn row(line: &str) -> Option<Row> {
    let mut columns = line.split('\t');
    let (id, label) = (columns.next()?, columns.next()?);
    let label = ENDS.iter().position(|end| serde_json::to_value(end).is_ok_and(|word| word == label))?;
    let names = Names::of_people(columns.next()?.split(',').filter(|name| !name.trim().is_empty()));
    let (features, prior) = end_features(columns.next()?, &names);
    let features = features.into_iter().map(|(feature, value)| (feature, f64::from(value))).collect();
    Some(Row { id: id.to_owned(), label, features, prior: prior.map(f64::from) })
}

fn left_out(rows: &[Row]) {
    let (mut alone, mut right) = (0, 0);
    for fold in 0..FOLDS {
        let others: Vec<&Row> =
            rows.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, row)| row).collect();
        let weights = Weights::learned(&others);
        for (_, row) in rows.iter().enumerate().filter(|(at, _)| at % FOLDS == fold) {
            alone += usize::from(Weights::default().says(row) == row.label);
            let said = weights.says(row);
            right += usize::from(said == row.label);
            if said != row.label {
                println!("{} {:?} -> {:?}", row.id, ENDS[row.label], ENDS[said]);
            }
        }
    }
    let share = |part: usize| part as f64 / rows.len().max(1) as f64;
    println!("cues alone {:.3}, with weights learned from the other rows {:.3}", share(alone), share(right));
}

fn written(weights: &Weights) -> String {
    let mut out = String::from(
        "# Feature and its weights for process, policy, resource, organisation, technical, person, human-error, unknown;\n# learned by the example `depth_train` from tests/fixtures/depth/dev.tsv, not edited by hand.\n",
    );
    let mut line = |feature: &str, row: &[f64; 8]| {
        let numbers: Vec<String> = row.iter().map(|weight| format!("{weight:.2}")).collect();
        out.push_str(&format!("{feature}\t{}\n", numbers.join("\t")));
    };
    line("= bias", &weights.bias);
    weights.of.iter().for_each(|(feature, row)| line(feature, row));
    out
}
