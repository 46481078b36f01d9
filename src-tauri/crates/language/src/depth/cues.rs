//! Cues: what in an answer speaks for which end, as data in `rules/en/depth.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use meeting::ChainEnd;
use serde::Deserialize;

use super::clause::Clause;
use super::weights::Weights;
use super::{ENDS, clause, words};
use crate::lexicon::{Lexicon, WordFile};
use crate::pattern::{self, Pattern};
use crate::reading::Reading;
use crate::subject::Kinds;
use crate::token::Token;
use crate::{Names, sentence};

/// How far a cue is trusted before weights are learned; found by leaving out whole files.
const TRUST: f32 = 0.3;
/// Shorter answers are weighed as if they had so many words: one word alone must not outvote the cues.
const SHORT: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    #[serde(default)]
    macros: BTreeMap<String, String>,
    cue: Vec<WrittenCue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCue {
    id: String,
    ends_at: ChainEnd,
    weight: f32,
    /// The cue counts only where no cue of this end is found: a slip that names a person is a slip.
    gives_way_to: Option<ChainEnd>,
    any: Vec<String>,
}

pub(super) struct Cue {
    pub(super) feature: String,
    pub(super) end: usize,
    weight: f32,
    gives_way_to: Option<usize>,
    any: Vec<Pattern>,
}

/// All that is known about the ends of answers in one language.
pub(super) struct Cues {
    pub(super) lexicon: Lexicon,
    kinds: Kinds,
    fields: words::Fields,
    pub(super) cues: Vec<Cue>,
    pub(super) weights: Weights,
}

/// A cue that was found: which one, where, and how much its clause counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) cue: usize,
    pub(super) clause: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) share: f32,
}

/// What was found in an answer.
#[derive(Default)]
pub(super) struct Evidence {
    pub(super) signs: Vec<Sign>,
    /// The words of every clause, in order.
    pub(super) clauses: Vec<Vec<Token>>,
    pub(super) features: BTreeMap<String, f32>,
}

/// The cues for English.
///
/// # Panics
///
/// When the embedded files are malformed, which a test of this crate would show.
pub(super) fn english() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(|| {
        Cues::build().unwrap_or_else(|problem| panic!("the English cues of chain ends are malformed: {problem}"))
    })
}

impl Cues {
    fn build() -> Result<Self, String> {
        let words = include_str!("../../rules/en/words.toml");
        let words: WordFile = toml::from_str(words).map_err(|error| format!("words: {error}"))?;
        let mut lexicon = Lexicon::build(&words)?;
        let given_names = include_str!("../../rules/en/given-names.txt");
        lexicon.given_names = given_names.split_whitespace().map(str::to_owned).collect();
        lexicon.set_software(include_str!("../../rules/en/software.txt"))?;
        let mut written_cues = Vec::new();
        for text in [include_str!("../../rules/en/depth.toml"), include_str!("../../rules/en/depth-unfinished.toml")] {
            let file: CueFile = toml::from_str(text).map_err(|error| error.to_string())?;
            lexicon.macros.extend(file.macros);
            written_cues.extend(file.cue);
        }
        let mut cues = Vec::new();
        let mut problems = Vec::new();
        for written in written_cues {
            let mut any = Vec::new();
            for text in &written.any {
                match pattern::parse(text, &mut lexicon) {
                    Ok(pattern) => any.push(pattern),
                    Err(problem) => problems.push(format!("{}: {problem} in {text}", written.id)),
                }
            }
            let place = |end: ChainEnd| ENDS.iter().position(|other| *other == end).unwrap_or(0);
            cues.push(Cue {
                feature: format!("cue {}", written.id),
                end: place(written.ends_at),
                weight: written.weight,
                gives_way_to: written.gives_way_to.map(place),
                any,
            });
        }
        if !problems.is_empty() {
            return Err(problems.join("\n"));
        }
        let weights = Weights::read(include_str!("../../rules/en/depth-weights.txt"))?;
        let fields = words::read_fields(include_str!("../../rules/en/depth-fields.toml"))?;
        Ok(Self { kinds: Kinds::of(&lexicon), fields, lexicon, cues, weights })
    }

    /// Finds every cue in an answer, each where it counts most.
    pub(super) fn read(&self, text: &[char], names: &Names) -> Evidence {
        let mut evidence = Evidence::default();
        for (start, end) in sentence::sentences(text) {
            let whole = Reading::of(text, start, end, &self.lexicon, &self.kinds, names);
            for Clause { from, to, share } in clause::clauses(&whole.tokens) {
                let (start, end) = (whole.tokens[from].start, whole.tokens[to - 1].end);
                let reading = Reading::of(text, start, end, &self.lexicon, &self.kinds, names);
                self.read_clause(reading, share, &mut evidence);
            }
        }
        let count = evidence.clauses.iter().map(Vec::len).sum::<usize>();
        let share = 2.0 / f32::from(u16::try_from(count.max(SHORT)).unwrap_or(u16::MAX)).sqrt();
        for (feature, value) in &mut evidence.features {
            if words::is_many(feature) {
                *value *= share;
            }
        }
        evidence
    }

    fn read_clause(&self, reading: Reading, share: f32, evidence: &mut Evidence) {
        let clause = evidence.clauses.len();
        let mut signs = Vec::new();
        for (number, cue) in self.cues.iter().enumerate() {
            let places = cue.any.iter().filter_map(|pattern| pattern.find(&reading)).filter(|(from, to)| from < to);
            let Some((from, to)) = places.max_by_key(|(from, to)| to - from) else { continue };
            signs.push(Sign { cue: number, clause, from, to, share });
        }
        let found: Vec<usize> = signs.iter().map(|sign| self.cues[sign.cue].end).collect();
        signs.retain(|sign| self.cues[sign.cue].gives_way_to.is_none_or(|end| !found.contains(&end)));
        signs.iter().for_each(|sign| raise(&mut evidence.features, self.cues[sign.cue].feature.clone(), share));
        evidence.signs.append(&mut signs);
        words::features(&reading.tokens, &self.lexicon, &self.fields, |feature| {
            raise(&mut evidence.features, feature, share)
        });
        if let Some(act) = words::act(&reading.tokens) {
            raise(&mut evidence.features, act, share);
        }
        evidence.clauses.push(reading.tokens);
    }

    /// What the cues say without learned weights.
    pub(super) fn prior(&self, evidence: &Evidence) -> [f32; 8] {
        let mut sums = [0.0; 8];
        for cue in &self.cues {
            sums[cue.end] += TRUST * cue.weight * evidence.features.get(&cue.feature).copied().unwrap_or(0.0);
        }
        sums
    }

    /// What one sign says for its end, learned weight included.
    pub(super) fn strength(&self, sign: &Sign) -> f32 {
        let cue = &self.cues[sign.cue];
        sign.share * (TRUST * cue.weight + self.weights.of(&cue.feature, cue.end))
    }
}

fn raise(features: &mut BTreeMap<String, f32>, feature: String, share: f32) {
    let value = features.entry(feature).or_default();
    *value = value.max(share);
}
