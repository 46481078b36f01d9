//! What is offered instead: the sentence's own words about the system, and nothing else.

use std::collections::BTreeSet;

use language::{Context, Field, Hint, Names, check};
use serde::Deserialize;

fn hint(field: Field, names: &[&str], sentence: &str) -> Hint {
    let names = Names::of_people(names);
    let mut hints = check(sentence, &Context { names: &names, field });
    assert_eq!(hints.len(), 1, "{sentence}");
    hints.remove(0)
}

#[test]
fn a_rewording_keeps_the_fact_and_moves_it_to_the_system() {
    let table = [
        (
            "Bob should have checked the disk before the deploy.",
            "What would have made it natural to check the disk before the deploy?",
        ),
        ("Alice forgot to renew the certificate.", "What could have prompted the step to renew the certificate?"),
        ("Bob missed the second alert.", "What made the second alert easy to miss?"),
        (
            "The operator failed to check the freeze calendar.",
            "What could have prompted the step to check the freeze calendar?",
        ),
        (
            "Alice pushed a bad config.",
            "What made it possible to push a bad config, and what made it look right at the time?",
        ),
        ("Operator error.", "What made the action look right at the time, and what could have caught it?"),
        (
            "Why did you restart the primary?",
            "What did the situation look like just before, and what made it seem right to restart the primary?",
        ),
        (
            "Who approved this change?",
            "What was the path by which it was possible to approve this change, and what could have stopped it on the way?",
        ),
        (
            "I should have checked the region first.",
            "Looking back it seems plain; what would have made it natural to check the region first?",
        ),
        ("This was a complete disaster.", "[Who was affected, by how much, for how long?]"),
        ("You should have asked Alice before the restart.", "What would have made it natural to ask?"),
    ];
    for (sentence, expected) in table {
        assert_eq!(hint(Field::Note, &["Alice", "Bob"], sentence).reword.as_deref(), Some(expected), "{sentence}");
    }
    let vague = hint(Field::Action, &[], "Improve monitoring.");
    assert_eq!(
        vague.reword.as_deref(),
        Some("[What will exist], by [when]; we will know it works because [what we will see].")
    );
}

#[derive(Deserialize)]
struct Speech {
    reason: Option<String>,
    #[serde(default)]
    reword: Vec<String>,
}

#[derive(Deserialize)]
struct RuleFile {
    #[serde(default)]
    class: std::collections::HashMap<String, Speech>,
    #[serde(default)]
    rule: Vec<Speech>,
}

#[derive(Deserialize)]
struct WordFile {
    irregular: String,
}

fn words(text: &str) -> BTreeSet<String> {
    let plain = text.to_lowercase().replace('’', "'");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn template_words() -> BTreeSet<String> {
    let files = [
        include_str!("../rules/en/actions.toml"),
        include_str!("../rules/en/people.toml"),
        include_str!("../rules/en/questions.toml"),
        include_str!("../rules/en/verdicts.toml"),
    ];
    let files = files.map(|text| toml::from_str::<RuleFile>(text).expect("a rule file"));
    let speeches = files.iter().flat_map(|file| file.class.values().chain(&file.rule));
    speeches
        .inspect(|speech| assert!(speech.reason.as_deref() != Some("")))
        .flat_map(|speech| speech.reword.iter().flat_map(|text| words(text)))
        .collect()
}

/// Whether `word` is one of `sentence`, or another form of a verb in it.
fn comes_from(word: &str, sentence: &BTreeSet<String>, irregular: &[Vec<String>]) -> bool {
    let stem: String = word.chars().take(word.chars().count().min(4)).collect();
    let stem = stem.trim_end_matches(['e', 'y']).to_owned();
    sentence.iter().any(|own| own.starts_with(&stem))
        || irregular.iter().any(|forms| {
            word.starts_with(&forms[0][..forms[0].len() - 1]) && forms.iter().any(|form| sentence.contains(form))
        })
}

#[test]
fn a_rewording_has_no_name_and_no_word_that_is_not_said() {
    let templates = template_words();
    let file: WordFile = toml::from_str(include_str!("../rules/en/words.toml")).expect("the word file");
    let irregular: Vec<Vec<String>> = file
        .irregular
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.split(' ').map(str::to_owned).collect())
        .collect();
    for line in include_str!("sentences.tsv").lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let field = if columns[1] == "action" { Field::Action } else { Field::Note };
        let people: Vec<&str> = columns[2].split(',').filter(|name| !name.is_empty()).collect();
        let names = Names::of_people(&people);
        for hint in check(columns[3], &Context { names: &names, field }) {
            let reword = hint.reword.unwrap_or_default();
            let said = words(columns[3]);
            for word in words(&reword) {
                let name = people.iter().any(|person| words(person).contains(&word));
                assert!(!name, "{} -> {reword}", columns[3]);
                let known = templates.contains(&word) || comes_from(&word, &said, &irregular);
                assert!(known, "{word:?} is new: {} -> {reword}", columns[3]);
            }
        }
    }
}
