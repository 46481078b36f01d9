//! The people of a chat: the names behind the ids of an export.

use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::stream::Stream;
use super::{FileError, Progress};

/// The largest list of people that is read, in bytes: some fifty thousand people.
const LARGEST_LIST: usize = 64 * 1024 * 1024;

/// Names by the id that a chat export uses for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People(HashMap<String, String>);

impl People {
    /// Reads the `users.json` of a Slack export, or the answer of its list of users.
    ///
    /// # Errors
    /// When it is no such list, or too large to be one.
    pub fn read(
        input: impl Read,
        on_progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<People, FileError> {
        let mut stream = Stream::open(input, on_progress)?;
        let mut text = String::new();
        loop {
            text.push_str(stream.rest());
            stream.advance(stream.rest().len());
            if text.len() > LARGEST_LIST {
                return Err(FileError::EntryTooLarge { line: 1 });
            }
            if !stream.more()? {
                break;
            }
        }
        let listed: Listed = serde_json::from_str(&text).map_err(|error| FileError::Broken {
            line: error.line(),
            column: error.column(),
            what: "it is no list of people with “id” and “name”".to_owned(),
            readable: 0,
        })?;
        let people = match listed {
            Listed::Bare(people) | Listed::Members { members: people } | Listed::Users { users: people } => people,
        };
        Ok(People(people.into_iter().filter_map(Person::named).collect()))
    }

    /// How many are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name behind an id.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

impl FromIterator<(String, String)> for People {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(people: I) -> Self {
        People(people.into_iter().collect())
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Listed {
    Bare(Vec<Person>),
    Members { members: Vec<Person> },
    Users { users: Vec<Person> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Person {
    Known {
        id: String,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        real_name: Option<String>,
        #[serde(default)]
        profile: Profile,
    },
    Other(IgnoredAny),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Profile {
    display_name: Option<String>,
    real_name: Option<String>,
}

impl Person {
    fn named(self) -> Option<(String, String)> {
        let Person::Known { id, name, real_name, profile } = self else { return None };
        let names = [profile.display_name, profile.real_name, real_name, name];
        let name = names.into_iter().flatten().find(|name| !name.trim().is_empty())?;
        Some((id, name))
    }
}
