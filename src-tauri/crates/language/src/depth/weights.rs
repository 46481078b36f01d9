//! Learned weights: what a feature says for each end beside what the cues say by themselves.

use std::collections::HashMap;

/// Weights by feature, one for each end in the order of [`super::ENDS`].
#[derive(Debug, Default)]
pub(super) struct Weights {
    of: HashMap<String, [f32; 8]>,
    bias: [f32; 8],
}

impl Weights {
    /// Reads lines of a feature and eight numbers; the feature "= bias" is the constant.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut weights = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (feature, numbers) = line.split_once('\t').ok_or(format!("no weights in {line}"))?;
            let mut row = [0.0; 8];
            let mut count = 0;
            for (at, number) in numbers.split('\t').enumerate() {
                let place = row.get_mut(at).ok_or(format!("too many weights in {line}"))?;
                *place = number.parse().map_err(|error| format!("{line}: {error}"))?;
                count += 1;
            }
            if count != row.len() {
                return Err(format!("too few weights in {line}"));
            }
            if feature == "= bias" {
                weights.bias = row;
            } else {
                weights.of.insert(feature.to_owned(), row);
            }
        }
        Ok(weights)
    }

    pub(super) fn add(&self, feature: &str, value: f32, sums: &mut [f32; 8]) {
        if let Some(row) = self.of.get(feature) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
        }
    }

    pub(super) fn add_bias(&self, sums: &mut [f32; 8]) {
        sums.iter_mut().zip(self.bias).for_each(|(sum, bias)| *sum += bias);
    }

    /// What a feature says for one end.
    pub(super) fn of(&self, feature: &str, end: usize) -> f32 {
        self.of.get(feature).map_or(0.0, |row| row[end])
    }
}
