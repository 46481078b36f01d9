//! One entry of an export: the fields that matter, read in one pass over its JSON.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::cell::{Cell, Name};
use super::names::{Field, Names};

/// An entry as written.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Row<'a> {
    pub(super) time: Option<(u8, Cell<'a>)>,
    pub(super) date: Option<Cow<'a, str>>,
    pub(super) zone: Option<Cow<'a, str>>,
    pub(super) actor: Option<(u8, Cow<'a, str>)>,
    pub(super) texts: Vec<(u8, Cow<'a, str>)>,
    pub(super) kind: Option<Cow<'a, str>>,
    pub(super) state: Option<Cow<'a, str>>,
    pub(super) subtype: Option<Cow<'a, str>>,
    pub(super) attached: Vec<Cow<'a, str>>,
    /// Entries within this one.
    pub(super) inner: Vec<Row<'a>>,
    /// The time is called `ts`, as in a chat export.
    pub(super) chat: bool,
    /// It has a name and an address or a profile, as an entry of a list of people has.
    pub(super) person: bool,
}

impl Row<'_> {
    pub(super) fn is_timed(&self) -> bool {
        self.time.is_some() || self.date.is_some()
    }
}

/// How deep wrappers and lists within an entry are followed.
const DEEPEST_ENTRY: u8 = 8;

/// Reads one entry.
pub(super) struct RowSeed<'n> {
    pub(super) names: &'n mut Names,
    pub(super) depth: u8,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Row<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Row<'de>, D::Error> {
        let mut row = Row::default();
        let into = Into { row: &mut row, names: self.names, depth: self.depth, shape: Shape::Entry };
        deserializer.deserialize_any(into)?;
        Ok(row)
    }
}

/// What a name promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// An object whose fields belong to the entry.
    Entry,
    /// A list of entries within it.
    Entries,
}

/// Reads what a name promises, or anything else that has its name, into an entry that has already begun.
struct Into<'r, 'n, 'a> {
    row: &'r mut Row<'a>,
    names: &'n mut Names,
    depth: u8,
    shape: Shape,
}

impl<'de> DeserializeSeed<'de> for Into<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Into<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.shape {
            Shape::Entry => "an entry",
            Shape::Entries => "a list of entries",
        })
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let rank = match self.shape {
            Shape::Entry if self.depth == 0 || text.is_empty() => return Ok(()),
            Shape::Entry => 1,
            Shape::Entries => 2,
        };
        self.row.texts.push((rank, Cow::Owned(text.to_owned())));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if self.shape == Shape::Entry {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while let Some(row) = seq.next_element_seed(RowSeed { names: self.names, depth: self.depth })? {
            self.row.inner.push(row);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let Into { row, names, depth, shape } = self;
        if shape == Shape::Entry {
            return fields(row, names, depth, map);
        }
        // A list that is itself an object, as `{"comments": {"comments": […]}}`.
        let mut inner = Row::default();
        fields(&mut inner, names, depth, map)?;
        row.inner.append(&mut inner.inner);
        Ok(())
    }
}

/// Reads the fields of an object into an entry.
fn fields<'de, A: MapAccess<'de>>(
    row: &mut Row<'de>,
    names: &mut Names,
    depth: u8,
    mut map: A,
) -> Result<(), A::Error> {
    while let Some(Name(name)) = map.next_key::<Name<'de>>()? {
        match names.field(&name) {
            None => {
                row.person |= matches!(&*name, "profile" | "email" | "team_id");
                map.next_value::<IgnoredAny>()?;
            }
            Some(field @ (Field::Wrapper | Field::Entries)) if depth < DEEPEST_ENTRY => {
                let shape = if matches!(field, Field::Entries) { Shape::Entries } else { Shape::Entry };
                map.next_value_seed(Into { row: &mut *row, names: &mut *names, depth: depth + 1, shape })?;
            }
            Some(Field::Wrapper | Field::Entries) => {
                map.next_value::<IgnoredAny>()?;
            }
            Some(Field::Attachments) => row.attached.extend(attachments(map.next_value()?)),
            Some(Field::Files) => row.attached.extend(files(map.next_value()?)),
            Some(field) => {
                let cell = map.next_value()?;
                row.chat |= name == "ts" && is_chat_time(&cell);
                put(row, field, cell);
            }
        }
    }
    Ok(())
}

/// Whether a time is written as a chat does: seconds with a fraction, as a text.
fn is_chat_time(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Text(ts) if ts.contains('.') && ts.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

fn put<'a>(row: &mut Row<'a>, field: Field, cell: Cell<'a>) {
    if cell.is_nothing() {
        return;
    }
    match field {
        // Of two fields with the same name the last counts, as in most readers of JSON.
        Field::Time(rank) if row.time.as_ref().is_none_or(|(other, _)| rank <= *other) => row.time = Some((rank, cell)),
        Field::Actor(rank) if row.actor.as_ref().is_none_or(|(other, _)| rank <= *other) => {
            row.actor = cell.text().map(|name| (rank, name));
        }
        Field::Date => row.date = cell.text(),
        Field::Zone => row.zone = cell.text(),
        Field::Kind => row.kind = cell.text(),
        Field::State => row.state = cell.text(),
        Field::Subtype => row.subtype = cell.text(),
        Field::Text(rank) => row.texts.extend(cell.text().map(|text| (rank, text))),
        Field::Channel => {
            if let Cell::Words(words) = cell {
                row.texts.push((3, words));
            }
        }
        Field::Time(_) | Field::Actor(_) | Field::Wrapper | Field::Entries | Field::Attachments | Field::Files => {}
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Listed<T> {
    List(Vec<T>),
    Other(IgnoredAny),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Attachment<'a> {
    #[serde(borrow)]
    pretext: Cell<'a>,
    #[serde(borrow)]
    title: Cell<'a>,
    #[serde(borrow)]
    text: Cell<'a>,
    #[serde(borrow)]
    fallback: Cell<'a>,
}

fn attachments<'a>(cell: Loose<Attachment<'a>>) -> Vec<Cow<'a, str>> {
    let said = |one: Attachment<'a>| {
        let parts: Vec<Cow<'a, str>> = [one.pretext, one.title, one.text].into_iter().filter_map(Cell::text).collect();
        if parts.is_empty() { one.fallback.text() } else { Some(Cow::Owned(parts.join(" · "))) }
    };
    cell.0.into_iter().filter_map(said).collect()
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Attached<'a> {
    #[serde(borrow)]
    title: Cell<'a>,
    #[serde(borrow)]
    name: Cell<'a>,
}

fn files<'a>(cell: Loose<Attached<'a>>) -> Vec<Cow<'a, str>> {
    let named =
        |one: Attached<'a>| one.name.text().or(one.title.text()).map(|name| Cow::Owned(format!("[file: {name}]")));
    cell.0.into_iter().filter_map(named).collect()
}

/// The elements of a list that have the expected shape.
struct Loose<T>(Vec<T>);

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Listed::<Option<T>>::deserialize(deserializer).map(|listed| match listed {
            Listed::List(list) => Loose(list.into_iter().flatten().collect()),
            Listed::Other(_) => Loose(Vec::new()),
        })
    }
}
