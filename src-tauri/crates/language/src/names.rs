//! Who and what is called how: names come from the record, roles and teams are also built in.

use std::collections::HashSet;

use crate::token::Token;

/// The people, teams and systems that a record knows by name.
#[derive(Debug, Clone, Default)]
pub struct Names {
    people: HashSet<String>,
    teams: Vec<Vec<String>>,
    systems: HashSet<String>,
}

impl Names {
    /// Takes names as people write them: full names, first names, handles with or without `@`.
    #[must_use]
    pub fn of_people<I: IntoIterator<Item = S>, S: AsRef<str>>(people: I) -> Self {
        let parts = people.into_iter().flat_map(|name| parts(name.as_ref()));
        Self { people: parts.collect(), ..Self::default() }
    }

    /// Adds the names of services and machines, which are then never taken for people.
    #[must_use]
    pub fn with_systems<I: IntoIterator<Item = S>, S: AsRef<str>>(mut self, systems: I) -> Self {
        self.systems.extend(systems.into_iter().flat_map(|name| parts(name.as_ref())));
        self
    }

    /// Adds the names of teams, which may have several words.
    #[must_use]
    pub fn with_teams<I: IntoIterator<Item = S>, S: AsRef<str>>(mut self, teams: I) -> Self {
        let words =
            teams.into_iter().map(|name| name.as_ref().to_lowercase().split_whitespace().map(str::to_owned).collect());
        self.teams.extend(words.filter(|words: &Vec<String>| !words.is_empty()));
        self
    }

    /// Whether the words end in the name of a team.
    pub(crate) fn ends_in_team(&self, words: &[Token]) -> bool {
        self.teams.iter().any(|team| {
            let tail = words.len().checked_sub(team.len()).map(|from| &words[from..]);
            tail.is_some_and(|tail| tail.iter().zip(team).all(|(token, word)| token.word == *word))
        })
    }

    pub(crate) fn has_person(&self, word: &str) -> bool {
        !self.people.is_empty() && self.people.contains(word.trim_start_matches('@'))
    }

    pub(crate) fn has_system(&self, word: &str) -> bool {
        self.systems.contains(word)
    }
}

fn parts(name: &str) -> Vec<String> {
    let name = name.trim().trim_start_matches('@').to_lowercase().replace('’', "'");
    let mut parts: Vec<String> =
        name.split_whitespace().map(str::to_owned).filter(|part| part.chars().count() > 1).collect();
    parts.push(name);
    parts
}
