//! What the fields of exported entries are called.

use std::collections::HashMap;

/// What a field holds. The numbers order fields of the same sort: the lowest is taken, or stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Time(u8),
    /// A day whose clock may stand in another field.
    Date,
    Zone,
    Actor(u8),
    Text(u8),
    /// The word for what sort of event it is.
    Kind,
    /// A word that tells the kind of an update, and only the state of anything else.
    State,
    /// How a chat calls what is no plain message.
    Subtype,
    /// The fields of the entry are one level deeper.
    Wrapper,
    /// Entries within the entry.
    Entries,
    /// What a program posts beside an empty text.
    Attachments,
    Files,
    /// Where it happened; tells something only when it is more than a name.
    Channel,
}

/// The names without case and punctuation: `createdAt`, `created_at` and `Created at` are one.
const NAMES: &[(Field, &str)] = &[
    (Field::Time(0), "occurredat, eventtime, eventtimestamp, happenedat, displayat, occurred, started, startedat"),
    (Field::Time(1), "starttime, startsat, start, begin, beginat, detectedat, triggeredat, when"),
    (
        Field::Time(2),
        "time, timestamp, ts, at, datetime, zeit, zeitpunkt, zeitstempel, uhrzeit, heure, horodatage, hora, fechahora, \
         timestampms, epoch, epochms, unixtime, timeutc, utc, utctime",
    ),
    (Field::Time(3), "createdat, created, createdtime, createdon, postedat, postedon, loggedat, reportedat, erstellt"),
    (Field::Time(4), "sentat, sent, receivedat, publishedat, published, insertedat, recordedat"),
    (Field::Time(5), "updatedat, updated, modifiedat, changedat, lastupdated"),
    (Field::Date, "date, day, datum, jour, fecha, eventdate"),
    (Field::Zone, "timezone, tz, zone, zeitzone, fuseau"),
    (Field::Actor(0), "userprofile"),
    (
        Field::Actor(1),
        "actor, author, user, by, who, person, agent, sender, from, owner, performer, responder, createdby, reporter, \
         username, userdisplayname, authorname, actorname, wer, autor, auteur, usuario, benutzer, updatedby",
    ),
    (Field::Actor(2), "userid, botprofile, botname, source, useremail, assignee"),
    (Field::Text(0), "title, subject, headline, titel, titre, titulo"),
    (Field::Text(1), "summary, event, what, action, ereignis, evenement, evento, happened, activity, was"),
    (
        Field::Text(2),
        "text, message, msg, body, content, description, details, note, notes, comment, log, update, entry, \
         beschreibung, nachricht, mensaje, descripcion, bemerkung, remarque",
    ),
    (Field::Text(9), "name, label, key"),
    (Field::Kind, "kind, type, category, eventtype, actiontype, eventkind, art, typ, categorie, tipo"),
    (Field::State, "status, state"),
    (Field::Subtype, "subtype"),
    (Field::Wrapper, "attributes, fields, node, properties, payload, record, resource"),
    (
        Field::Entries,
        "incidentupdates, updates, timeline, timelineevents, timelineitems, events, comments, logentries, messages, \
         entries, histories, incidentnotes",
    ),
    (Field::Attachments, "attachments"),
    (Field::Files, "files"),
    (Field::Channel, "channel"),
];

/// More names than this in one file are not remembered; no export has so many.
const MOST_NAMES: usize = 128;

/// The fields of a file, remembered as they come.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<String, Option<Field>, std::hash::BuildHasherDefault<Fnv>>,
    /// Names that were told by what the first entry holds.
    learned: Vec<(String, Field)>,
}

impl Names {
    /// What the field of that name holds.
    pub(super) fn field(&mut self, name: &str) -> Option<Field> {
        if let Some(field) = self.known.get(name) {
            return *field;
        }
        let learned = self.learned.iter().find(|(known, _)| known == name).map(|(_, field)| *field);
        let field = learned.or_else(|| looked_up(name));
        if self.known.len() < MOST_NAMES && name.len() < 64 {
            self.known.insert(name.to_owned(), field);
        }
        field
    }

    /// Remembers a field whose name says nothing and whose value does.
    pub(super) fn learn(&mut self, name: &str, field: Field) {
        self.learned.push((name.to_owned(), field));
        self.known.clear();
    }
}

fn looked_up(name: &str) -> Option<Field> {
    if name.len() > 64 {
        return None;
    }
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    // A search engine keeps the entry in `_source`; `source` alone names who sent it.
    if name == "_source" {
        return Some(Field::Wrapper);
    }
    NAMES.iter().find(|(_, names)| names.split(", ").any(|known| known == bare)).map(|(field, _)| *field)
}

/// A short hash for short names: the standard one takes longer than reading the name.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_every_spelling() {
        let mut names = Names::default();
        for name in ["created_at", "createdAt", "Created At", "CREATED-AT"] {
            assert_eq!(names.field(name), Some(Field::Time(3)), "{name}");
        }
        assert_eq!(names.field("@timestamp"), Some(Field::Time(2)));
        assert_eq!(names.field("_source"), Some(Field::Wrapper));
        assert_eq!(names.field("blocks"), None);
    }
}
