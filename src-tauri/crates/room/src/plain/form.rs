//! What a form sent: fields by name, and the token that says for whom the form was made.

use axum::http::HeaderMap;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use crate::door;
use crate::join::own_mark;
use crate::routes::{RoomState, known_by};

/// The hidden field with the token.
pub(super) const TOKEN: &str = "form";

/// The fields of a form; the first of a name counts.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// Returns the text of a field, empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// Returns the text of a field that was sent.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(named, _)| named == name).map(|(_, text)| text.as_str())
    }

    /// Returns the fields whose names begin with `prefix`, with the rest of their names.
    pub(super) fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.as_str())))
    }

    /// Reads a field that holds one of the words of a type.
    pub(super) fn word<'a, T: Deserialize<'a>>(&'a self, name: &str) -> Option<T> {
        T::deserialize(StrDeserializer::<Error>::new(self.given(name)?)).ok()
    }

    /// Says whether the form was made for whoever sends it.
    pub(super) fn is_from(&self, state: &RoomState, headers: &HeaderMap) -> bool {
        let held = known_by(state, headers).map(|(cookie, _)| cookie);
        // Comparing hashes takes the same time wherever they differ. Whoever has joined in another tab since the form
        // was made is let through with the mark: they are in already.
        let is_for = |cookie: &str| door::hash(&state.door.form_token(cookie)) == door::hash(self.text(TOKEN));
        held.into_iter().chain(own_mark(state, headers)).any(is_for)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use meeting::{ActionCategory, Section};

    #[test]
    fn a_form_is_read_field_by_field_and_the_first_of_a_name_counts() {
        let form =
            Form::read(b"text=a+%26+b%0D%0A%C3%A9&dots-4=2&dots-7=&section=went-well&text=other&category=nonsense");
        assert_eq!((form.text("text"), form.text("nothing")), ("a & b\r\n\u{e9}", ""));
        assert_eq!(form.beginning("dots-").collect::<Vec<_>>(), [("4", "2"), ("7", "")]);
        assert_eq!(form.word::<Section>("section"), Some(Section::WentWell));
        assert_eq!(form.word::<ActionCategory>("category"), None);
    }
}
