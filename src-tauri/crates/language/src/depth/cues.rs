//! Cues: what in an answer speaks for which end, as data in `rules/en/depth.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use meeting::ChainEnd;
use serde::Deserialize;

use super::clause::Clause;
use super::weights::Weights;
use super::{ENDS, clause};
use crate::lexicon::{Lexicon, WordFile};
use crate::pattern::{self, Pattern};
use crate::reading::Reading;
use crate::subject::{self, Kinds};
use crate::token::{Marks, Token};
use crate::{Names, sentence};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    macros: BTreeMap<String, String>,
    cue: Vec<WrittenCue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCue {
    id: String,
    ends_at: ChainEnd,
    weight: f32,
    any: Vec<String>,
}

pub(super) struct Cue {
    pub(super) feature: String,
    pub(super) end: usize,
    weight: f32,
    any: Vec<Pattern>,
}

/// All that is known about the ends of answers in one language.
pub(super) struct Cues {
    lexicon: Lexicon,
    kinds: Kinds,
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
        let file: CueFile =
            toml::from_str(include_str!("../../rules/en/depth.toml")).map_err(|error| error.to_string())?;
        lexicon.macros.extend(file.macros);
        let mut cues = Vec::new();
        let mut problems = Vec::new();
        for written in file.cue {
            let mut any = Vec::new();
            for text in &written.any {
                match pattern::parse(text, &mut lexicon) {
                    Ok(pattern) => any.push(pattern),
                    Err(problem) => problems.push(format!("{}: {problem} in {text}", written.id)),
                }
            }
            let end = ENDS.iter().position(|end| *end == written.ends_at).unwrap_or(0);
            cues.push(Cue { feature: format!("cue {}", written.id), end, weight: written.weight, any });
        }
        if !problems.is_empty() {
            return Err(problems.join("\n"));
        }
        let weights = Weights::read(include_str!("../../rules/en/depth-weights.txt"))?;
        Ok(Self { kinds: Kinds::of(&lexicon), lexicon, cues, weights })
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
        let words = evidence.clauses.iter().map(Vec::len).sum::<usize>();
        let share = 2.0 / f32::from(u16::try_from(words.max(1)).unwrap_or(u16::MAX)).sqrt();
        for (feature, value) in &mut evidence.features {
            if feature.starts_with("word ") {
                *value *= share;
            }
        }
        evidence
    }

    fn read_clause(&self, reading: Reading, share: f32, evidence: &mut Evidence) {
        let clause = evidence.clauses.len();
        for (number, cue) in self.cues.iter().enumerate() {
            let places = cue.any.iter().filter_map(|pattern| pattern.find(&reading)).filter(|(from, to)| from < to);
            let Some((from, to)) = places.max_by_key(|(from, to)| to - from) else { continue };
            evidence.signs.push(Sign { cue: number, clause, from, to, share });
            raise(&mut evidence.features, cue.feature.clone(), share);
        }
        for token in reading.tokens.iter().filter(|token| !token.marks.any(Marks::PUNCT)) {
            raise(&mut evidence.features, format!("word {}", spoken(token)), share);
        }
        let acts = |token: &&Token| token.subject != 0 && token.marks.any(Marks::VERB.or(Marks::AUX));
        let subject = reading.tokens.iter().find(acts).map_or(String::new(), |token| subject::letters(token.subject));
        raise(&mut evidence.features, format!("by {subject}"), share);
        evidence.clauses.push(reading.tokens);
    }

    /// What the cues say without learned weights.
    pub(super) fn prior(&self, evidence: &Evidence) -> [f32; 8] {
        let mut sums = [0.0; 8];
        for cue in &self.cues {
            sums[cue.end] += cue.weight * evidence.features.get(&cue.feature).copied().unwrap_or(0.0);
        }
        sums
    }

    /// What one sign says for its end, learned weight included.
    pub(super) fn strength(&self, sign: &Sign) -> f32 {
        let cue = &self.cues[sign.cue];
        sign.share * (cue.weight + self.weights.of(&cue.feature, cue.end))
    }
}

fn raise(features: &mut BTreeMap<String, f32>, feature: String, share: f32) {
    let value = features.entry(feature).or_default();
    *value = value.max(share);
}

/// The word itself, or what it stands for: a name or a number says nothing of its own.
pub(super) fn spoken(token: &Token) -> String {
    if token.marks.any(Marks::NAME.or(Marks::HANDLE)) {
        "<person>".to_owned()
    } else if token.marks.any(Marks::NUM) && token.word.starts_with(|c: char| c.is_numeric()) {
        "<number>".to_owned()
    } else {
        token.word.clone()
    }
}
