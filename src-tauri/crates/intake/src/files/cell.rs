//! A value of JSON as far as an event needs it: a text, a number, or the words inside an object.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A scalar, or what stands for a whole object.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Cell<'a> {
    /// Null, a truth value, or an object without words.
    #[default]
    Nothing,
    Text(Cow<'a, str>),
    /// The words that stand for an object.
    Words(Cow<'a, str>),
    Whole(i64),
    Decimal(f64),
}

impl<'a> Cell<'a> {
    /// The words, when there are any.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Cell::Text(text) | Cell::Words(text) if !text.trim().is_empty() => Some(text),
            Cell::Text(_) | Cell::Words(_) | Cell::Nothing => None,
            Cell::Whole(number) => Some(Cow::Owned(number.to_string())),
            Cell::Decimal(number) => Some(Cow::Owned(number.to_string())),
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Cell::Nothing => true,
            Cell::Text(text) | Cell::Words(text) => text.trim().is_empty(),
            Cell::Whole(_) | Cell::Decimal(_) => false,
        }
    }
}

/// What names an object in one string, best first.
const NAMING: &[&str] = &[
    "display_name",
    "displayName",
    "real_name",
    "full_name",
    "name",
    "summary",
    "text",
    "plain_text",
    "content",
    "message",
    "value",
    "title",
    "label",
    "subject",
    "username",
    "login",
    "email",
    "handle",
    "user",
    "$date",
    "dateTime",
    "seconds",
    "_seconds",
];

impl<'de: 'a, 'a> Deserialize<'de> for Cell<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Cell::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Cell::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cell::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(Cell::Nothing, Cell::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Cell::Decimal(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best: Option<(usize, Cell<'de>)> = None;
        while let Some(key) = map.next_key::<Name<'de>>()? {
            match NAMING.iter().position(|name| *name == key.0) {
                Some(rank) if best.as_ref().is_none_or(|(other, _)| rank < *other) => {
                    let cell: Cell<'de> = map.next_value()?;
                    if !cell.is_nothing() {
                        best = Some((rank, cell));
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(match best {
            Some((_, Cell::Text(text))) => Cell::Words(text),
            Some((_, cell)) => cell,
            None => Cell::Nothing,
        })
    }

    /// The pieces of a formatted text, one behind the other.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut pieces = Vec::new();
        while let Some(cell) = seq.next_element::<Cell<'de>>()? {
            pieces.extend(cell.text());
        }
        Ok(if pieces.is_empty() { Cell::Nothing } else { Cell::Text(Cow::Owned(pieces.join(" "))) })
    }
}

/// The name of a field, borrowed where it has no escapes.
pub(super) struct Name<'a>(pub(super) Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}
