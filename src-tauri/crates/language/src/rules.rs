//! Rules: what blames, what looks like it and does not, and what to say about either.
//!
//! Rules are tried in the order of their files; the first that matches speaks. A silence is an exception for the whole
//! sentence. Which field a sentence stands in can switch a rule on or off.

use std::collections::HashMap;

use serde::Deserialize;

use crate::lexicon::{Lexicon, WordFile};
use crate::pattern::{self, Pattern};
use crate::reading::Reading;
use crate::scale::Scale;
use crate::subject::Kinds;
use crate::{Class, Evidence, Field};

/// The files of one language.
pub(crate) struct Source<'a> {
    pub(crate) words: &'a str,
    pub(crate) rules: &'a [&'a str],
    pub(crate) given_names: &'a str,
    pub(crate) software: &'a str,
    pub(crate) weights: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<WrittenRule>,
    #[serde(default)]
    silence: Vec<WrittenSilence>,
    #[serde(default)]
    class: HashMap<Class, Speech>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    class: Class,
    any: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    fields: Vec<Field>,
    #[serde(default)]
    except: Vec<Field>,
    /// Believed only when the sentence weighs much.
    #[serde(default)]
    faint: bool,
    /// Believed whatever the sentence weighs.
    #[serde(default)]
    unmistakable: bool,
    reason: Option<String>,
    #[serde(default)]
    reword: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSilence {
    id: String,
    any: Vec<String>,
    #[serde(default)]
    classes: Vec<Class>,
}

#[derive(Deserialize)]
struct Speech {
    /// Whether its rules are believed unless the sentence weighs heavily against them.
    #[serde(default)]
    sure: bool,
    reason: String,
    reword: Vec<String>,
}

struct Rule {
    id: String,
    class: Class,
    any: Vec<Pattern>,
    unless: Vec<Pattern>,
    fields: Vec<Field>,
    except: Vec<Field>,
    evidence: Evidence,
    reason: String,
    reword: Vec<String>,
}

struct Silence {
    any: Vec<Pattern>,
    classes: Vec<Class>,
}

/// Everything that is known about one language.
pub(crate) struct Rules {
    pub(crate) lexicon: Lexicon,
    pub(crate) kinds: Kinds,
    rules: Vec<Rule>,
    silences: Vec<Silence>,
    scale: Scale,
}

/// A rule that matched, and where.
pub(crate) struct Found<'a> {
    /// The rule and the number of its pattern.
    pub(crate) id: String,
    pub(crate) class: Class,
    evidence: Evidence,
    pub(crate) reason: &'a str,
    pub(crate) rewordings: &'a [String],
    pub(crate) place: (usize, usize),
}

impl Rules {
    /// Builds the rules; the message of an error names the rule that was not understood.
    pub(crate) fn build(source: &Source) -> Result<Self, String> {
        let words: WordFile = toml::from_str(source.words).map_err(|error| format!("words: {error}"))?;
        let mut lexicon = Lexicon::build(&words)?;
        lexicon.given_names = source.given_names.split_whitespace().map(str::to_owned).collect();
        lexicon.set_software(source.software)?;
        let mut files = Vec::new();
        for text in source.rules {
            files.push(toml::from_str::<RuleFile>(text).map_err(|error| error.to_string())?);
        }
        let speech: HashMap<Class, Speech> =
            files.iter_mut().flat_map(|file| std::mem::take(&mut file.class)).collect();
        let (mut rules, mut silences) = (Vec::new(), Vec::new());
        let mut problems = Vec::new();
        for file in files {
            for written in file.rule {
                match Rule::compile(written, &speech, &mut lexicon) {
                    Ok(rule) => rules.push(rule),
                    Err(problem) => problems.push(problem),
                }
            }
            for written in file.silence {
                match compiled(&written.id, &written.any, &mut lexicon) {
                    Ok(any) => silences.push(Silence { any, classes: written.classes }),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems.join("\n"));
        }
        let kinds = Kinds::of(&lexicon);
        Ok(Self { lexicon, kinds, rules, silences, scale: Scale::read(source.weights)? })
    }

    /// Returns the first rule that the sentence matches, when the sentence as a whole weighs enough for it.
    pub(crate) fn first(&self, reading: &Reading, field: Field) -> Option<Found<'_>> {
        let plain = self.matching(reading, field, false);
        let found = plain.or_else(|| self.matching(reading, field, true))?;
        self.scale.believes(found.evidence, reading, field, &self.lexicon).then_some(found)
    }

    /// What the rules say without the scale.
    pub(crate) fn evidence(&self, reading: &Reading, field: Field) -> Evidence {
        let found = self.matching(reading, field, false).or_else(|| self.matching(reading, field, true));
        found.map_or(Evidence::None, |found| found.evidence)
    }

    fn matching(&self, reading: &Reading, field: Field, faint: bool) -> Option<Found<'_>> {
        let mut silenced: Option<Vec<&Silence>> = None;
        self.rules.iter().filter(|rule| (rule.evidence == Evidence::Faint) == faint).find_map(|rule| {
            let applies = (rule.fields.is_empty() || rule.fields.contains(&field)) && !rule.except.contains(&field);
            let mut patterns = rule.any.iter().enumerate();
            let (index, place) = applies
                .then(|| patterns.find_map(|(index, pattern)| Some((index, pattern.find(reading)?))))
                .flatten()?;
            let silences =
                silenced.get_or_insert_with(|| self.silences.iter().filter(|silence| silence.holds(reading)).collect());
            let quiet =
                silences.iter().any(|silence| silence.classes.is_empty() || silence.classes.contains(&rule.class))
                    || rule.unless.iter().any(|pattern| pattern.find(reading).is_some());
            (!quiet).then_some(Found {
                id: format!("{}#{}", rule.id, index + 1),
                class: rule.class,
                evidence: rule.evidence,
                reason: &rule.reason,
                rewordings: &rule.reword,
                place,
            })
        })
    }
}

impl Silence {
    fn holds(&self, reading: &Reading) -> bool {
        self.any.iter().any(|pattern| pattern.find(reading).is_some())
    }
}

impl Rule {
    fn compile(written: WrittenRule, speech: &HashMap<Class, Speech>, lexicon: &mut Lexicon) -> Result<Self, String> {
        let usual = speech.get(&written.class).ok_or(format!("nothing to say for rule {}", written.id))?;
        let any = compiled(&written.id, &written.any, lexicon)?;
        let unless = compiled(&written.id, &written.unless, lexicon)?;
        // The words of the class are the last resort when those of the rule need something the sentence lacks.
        let reword = written.reword.into_iter().chain(usual.reword.iter().cloned()).collect();
        Ok(Self {
            id: written.id,
            class: written.class,
            any,
            unless,
            fields: written.fields,
            except: written.except,
            evidence: match (written.faint, written.unmistakable, usual.sure) {
                (true, _, _) => Evidence::Faint,
                (_, true, _) => Evidence::Unmistakable,
                (_, _, true) => Evidence::Sure,
                (_, _, false) => Evidence::Plain,
            },
            reason: written.reason.unwrap_or_else(|| usual.reason.clone()),
            reword,
        })
    }
}

fn compiled(id: &str, patterns: &[String], lexicon: &mut Lexicon) -> Result<Vec<Pattern>, String> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for text in patterns {
        match pattern::parse(text, lexicon) {
            Ok(pattern) => found.push(pattern),
            Err(problem) => problems.push(format!("{id}: {problem} in {text}")),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems.join("\n")) }
}
