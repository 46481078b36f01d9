//! The English rules, embedded and built once.

use std::sync::OnceLock;

use crate::rules::{Rules, Source};

/// The rules for English.
///
/// # Panics
///
/// When the embedded files are malformed, which a test of this crate would show.
pub(crate) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| {
        let source = Source {
            words: include_str!("../rules/en/words.toml"),
            rules: &[
                include_str!("../rules/en/silence.toml"),
                include_str!("../rules/en/actions.toml"),
                include_str!("../rules/en/questions.toml"),
                include_str!("../rules/en/people.toml"),
                include_str!("../rules/en/harm.toml"),
                include_str!("../rules/en/verdicts.toml"),
                include_str!("../rules/en/faint.toml"),
            ],
            given_names: include_str!("../rules/en/given-names.txt"),
            software: include_str!("../rules/en/software.txt"),
            weights: include_str!("../rules/en/weights.txt"),
        };
        Rules::build(&source).unwrap_or_else(|problem| panic!("the English rules are malformed: {problem}"))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_english_rules_are_well_formed() {
        super::rules();
    }
}
