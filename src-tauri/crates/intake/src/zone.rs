//! Time zones as people write them.
//!
//! An abbreviation is not a zone: "IST" is three of them, and "CET" written in July usually means summer time. What
//! is certain becomes an offset; what depends on the season keeps the place whose season decides; what is plainly
//! ambiguous keeps its candidates, and `resolve` asks.

mod declared;
mod offset;

use std::sync::Arc;

use chrono::{FixedOffset, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

pub(crate) use declared::{coast_alone, declared_in, in_title};
pub(crate) use offset::offset_at;
use offset::short_offset_at;

/// What the words stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Zone {
    /// An offset that holds all year.
    Fixed(FixedOffset),
    /// A place with its own rules.
    Named(Tz),
    /// An offset that its place uses for part of the year only.
    Seasonal { offset: FixedOffset, home: Tz },
    /// An abbreviation that several places share.
    OneOf(&'static [Tz]),
}

/// A zone with the words that named it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WrittenZone {
    pub(crate) zone: Zone,
    /// Shared, because every event below a rule about times has them.
    pub(crate) words: Arc<str>,
    /// A word such as "UTC", in contrast to the `Z` or `+02:00` of a machine's time stamp.
    pub(crate) worded: bool,
}

impl WrittenZone {
    /// Whether clocks in this zone are written with 24 hours by custom.
    pub(crate) fn is_utc(&self) -> bool {
        match self.zone {
            Zone::Fixed(offset) => offset.local_minus_utc() == 0,
            Zone::Named(tz) => tz == Tz::UTC || tz == Tz::Etc__UTC,
            Zone::Seasonal { .. } | Zone::OneOf(_) => false,
        }
    }

    /// The offset at a wall clock time, good enough to compare clocks of different zones.
    pub(crate) fn offset_near(&self, local: NaiveDateTime) -> Option<i64> {
        match self.zone {
            Zone::Fixed(offset) | Zone::Seasonal { offset, .. } => Some(i64::from(offset.local_minus_utc())),
            Zone::Named(tz) => Some(i64::from(tz.offset_from_utc_datetime(&local).fix().local_minus_utc())),
            Zone::OneOf(_) => None,
        }
    }
}

const INDIA_IRELAND_ISRAEL: &[Tz] = &[Tz::Asia__Kolkata, Tz::Europe__Dublin, Tz::Asia__Jerusalem];
const ATLANTIC_ARABIA: &[Tz] = &[Tz::America__Halifax, Tz::Asia__Riyadh];

/// Abbreviation, minutes east of Greenwich, and the place whose season must agree (UTC: any).
const ABBREVIATIONS: &[(&str, i32, Tz)] = &[
    ("UTC", 0, Tz::UTC),
    ("GMT", 0, Tz::UTC),
    ("CET", 60, Tz::Europe__Berlin),
    ("CEST", 120, Tz::Europe__Berlin),
    ("MEZ", 60, Tz::Europe__Berlin),
    ("MESZ", 120, Tz::Europe__Berlin),
    ("WET", 0, Tz::Europe__Lisbon),
    ("WEST", 60, Tz::Europe__Lisbon),
    ("EET", 120, Tz::Europe__Athens),
    ("EEST", 180, Tz::Europe__Athens),
    ("BST", 60, Tz::Europe__London),
    ("MSK", 180, Tz::UTC),
    ("SAST", 120, Tz::UTC),
    ("EST", -300, Tz::America__New_York),
    ("EDT", -240, Tz::America__New_York),
    ("CST", -360, Tz::America__Chicago),
    ("CDT", -300, Tz::America__Chicago),
    ("MST", -420, Tz::America__Denver),
    ("MDT", -360, Tz::America__Denver),
    ("PST", -480, Tz::America__Los_Angeles),
    ("PDT", -420, Tz::America__Los_Angeles),
    ("AKST", -540, Tz::America__Anchorage),
    ("AKDT", -480, Tz::America__Anchorage),
    ("HST", -600, Tz::UTC),
    ("BRT", -180, Tz::UTC),
    ("JST", 540, Tz::UTC),
    ("KST", 540, Tz::UTC),
    ("SGT", 480, Tz::UTC),
    ("HKT", 480, Tz::UTC),
    ("AWST", 480, Tz::UTC),
    ("AEST", 600, Tz::Australia__Sydney),
    ("AEDT", 660, Tz::Australia__Sydney),
    ("ACST", 570, Tz::Australia__Adelaide),
    ("ACDT", 630, Tz::Australia__Adelaide),
    ("IDT", 180, Tz::Asia__Jerusalem),
    ("PKT", 300, Tz::UTC),
    ("ICT", 420, Tz::UTC),
    ("PHT", 480, Tz::UTC),
    ("ART", -180, Tz::UTC),
    ("EAT", 180, Tz::UTC),
    ("WAT", 60, Tz::UTC),
    ("NZST", 720, Tz::Pacific__Auckland),
    ("NZDT", 780, Tz::Pacific__Auckland),
];

const PLACES: &[(&str, Tz)] = &[
    ("PT", Tz::America__Los_Angeles),
    ("ET", Tz::America__New_York),
    ("CT", Tz::America__Chicago),
    ("MT", Tz::America__Denver),
    ("NZT", Tz::Pacific__Auckland),
];

/// Names in words, longest first where one begins another.
const NAMES: &[(&str, &str)] = &[
    ("coordinated universal time", "UTC"),
    ("universal time", "UTC"),
    ("greenwich mean time", "GMT"),
    ("pacific standard time", "PST"),
    ("pacific daylight time", "PDT"),
    ("pacific daylight savings time", "PDT"),
    ("pacific daylight saving time", "PDT"),
    ("eastern daylight savings time", "EDT"),
    ("eastern daylight saving time", "EDT"),
    ("mountain daylight savings time", "MDT"),
    ("mountain daylight saving time", "MDT"),
    ("central daylight savings time", "CDT"),
    ("central daylight saving time", "CDT"),
    ("pacific time", "PT"),
    ("us pacific time", "PT"),
    ("us eastern time", "ET"),
    ("us central time", "CT"),
    ("us pacific", "PT"),
    ("eastern standard time", "EST"),
    ("eastern daylight time", "EDT"),
    ("eastern time", "ET"),
    ("us eastern", "ET"),
    ("mountain standard time", "MST"),
    ("mountain daylight time", "MDT"),
    ("mountain time", "MT"),
    ("central standard time", "CST"),
    ("central daylight time", "CDT"),
    ("us central", "CT"),
    ("central european summer time", "CEST"),
    ("central european time", "Europe/Berlin"),
    ("british summer time", "BST"),
    ("central time", "CT"),
    ("india standard time", "Asia/Kolkata"),
    ("indian standard time", "Asia/Kolkata"),
    ("irish standard time", "Europe/Dublin"),
    ("israel standard time", "Asia/Jerusalem"),
    ("japan standard time", "JST"),
    ("uk time", "Europe/London"),
    ("arizona time", "America/Phoenix"),
    ("az time", "America/Phoenix"),
    ("new zealand time", "NZT"),
    ("nz time", "NZT"),
    ("new york time", "America/New_York"),
    ("san francisco time", "America/Los_Angeles"),
];

/// Reads a zone that begins `s`; `attached` allows the bare offsets and the `Z` that only follow a clock.
pub(crate) fn zone_at(s: &str, attached: bool) -> Option<(WrittenZone, usize)> {
    let first = s.chars().next()?;
    if matches!(first, '+' | '-' | '−') {
        let (minutes, len) = attached.then(|| offset_at(s)).flatten()?;
        return Some((written(Zone::Fixed(fixed(minutes)?), &s[..len], false), len));
    }
    if attached && first == 'Z' && boundary(&s[1..]) {
        return Some((written(Zone::Fixed(fixed(0)?), "Z", false), 1));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    named_at(s).or_else(|| abbreviation_at(s))
}

fn named_at(s: &str) -> Option<(WrittenZone, usize)> {
    let path: usize =
        s.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+')).count();
    // A path such as `Europe/Berlin`; without the slash every capitalised word would be looked up.
    if s[..path].contains('/')
        && let Ok(tz) = s[..path].parse::<Tz>()
    {
        return Some((written(Zone::Named(tz), &s[..path], true), path));
    }
    let first = s.as_bytes().first().map(u8::to_ascii_lowercase);
    for (name, stands_for) in NAMES.iter().filter(|(name, _)| name.as_bytes().first().copied() == first) {
        if s.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) && boundary(&s[name.len()..]) {
            let zone = lookup(stands_for)?;
            return Some((written(zone, &s[..name.len()], true), name.len()));
        }
    }
    city_at(s)
}

fn city_at(s: &str) -> Option<(WrittenZone, usize)> {
    let word = s.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = s[word..].strip_prefix(" time").or_else(|| s[word..].strip_prefix(" Time"))?;
    if word < 4 || !s.starts_with(|c: char| c.is_ascii_uppercase()) || !boundary(rest) {
        return None;
    }
    let tz = TZ_VARIANTS.iter().find(|tz| tz.name().rsplit('/').next() == Some(&s[..word]))?;
    Some((written(Zone::Named(*tz), &s[..word + 5], true), word + 5))
}

fn abbreviation_at(s: &str) -> Option<(WrittenZone, usize)> {
    let len = s.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &s[..len];
    let rest = &s[len..];
    if !(2..=5).contains(&len) {
        return None;
    }
    // Lower case is taken for words that mean nothing else; "est" is French and "et" is Latin.
    let universal = word.eq_ignore_ascii_case("utc") || word.eq_ignore_ascii_case("gmt");
    if universal && rest.starts_with(['+', '-', '−']) {
        let (minutes, more) = short_offset_at(rest).unwrap_or((0, 0));
        return Some((written(Zone::Fixed(fixed(minutes)?), &s[..len + more], true), len + more));
    }
    // "UTC +1" is an offset; "UTC -5 %" and "UTC - 5 nodes" are not.
    let apart = rest.strip_prefix(' ').filter(|rest| universal && rest.starts_with(['+', '-', '−']));
    if let Some((minutes, more)) = apart.and_then(short_offset_at) {
        let behind = apart.map_or("", |rest| &rest[more..]);
        let plus = rest.starts_with(" +") && !behind.trim_start().starts_with('%');
        if plus || behind.is_empty() || behind.starts_with([')', ']', ':', ',', '|']) {
            let len = len + 1 + more;
            return Some((written(Zone::Fixed(fixed(minutes)?), &s[..len], true), len));
        }
    }
    if let Some(other) = rest.strip_prefix('/') {
        let more = other.bytes().take_while(u8::is_ascii_uppercase).count();
        if let Some(zone) = pair(word, &other[..more]).filter(|_| boundary(&other[more..])) {
            let len = len + 1 + more;
            return Some((written(zone, &s[..len], true), len));
        }
    }
    if !(rest.is_empty() || boundary(rest)) {
        return None;
    }
    let zone = if universal { Zone::Fixed(fixed(0)?) } else { lookup(word)? };
    Some((written(zone, word, true), len))
}

/// Reads what names a zone only directly behind a clock: "2:05 pm pst", "7:09 AM Eastern:".
///
/// A clock with its half of the day (`halved`) is followed by its zone more surely than by the "Pacific" of a region.
pub(crate) fn behind_clock_at(s: &str, halved: bool) -> Option<(WrittenZone, usize)> {
    const LOWER: &[&str] =
        &["pst", "pdt", "edt", "cst", "cdt", "mst", "mdt", "cet", "cest", "bst", "jst", "aest", "aedt", "pt"];
    let len = s.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = (&s[..len], &s[len..]);
    if matches!(word, "Zulu" | "ZULU" | "zulu") && boundary(rest) {
        return Some((written(Zone::Fixed(fixed(0)?), word, true), len));
    }
    if LOWER.contains(&word) && boundary(rest) {
        return Some((written(lookup(&word.to_ascii_uppercase())?, word, true), len));
    }
    // "14:05 Central database down" speaks of a database.
    let ends = rest.trim_start_matches(['*', ')', ']']);
    let regional =
        ["region", "data", "zone", "coast", "servers", "office"].iter().any(|word| ends.trim_start().starts_with(word));
    let ends = (halved && !regional)
        || ends.is_empty()
        || ends.starts_with([':', ',', '|', '–', '—'])
        || ends.starts_with(" -");
    let place = COASTS.iter().find(|(coast, _)| *coast == word).filter(|_| ends)?;
    Some((written(lookup(place.1)?, word, true), len))
}

const COASTS: &[(&str, &str)] = &[("Pacific", "PT"), ("Mountain", "MT"), ("Central", "CT"), ("Eastern", "ET")];

fn pair(one: &str, other: &str) -> Option<Zone> {
    let home = |word: &str| ABBREVIATIONS.iter().find(|(name, ..)| *name == word).map(|(_, _, tz)| *tz);
    match (home(one)?, home(other)?) {
        (a, b) if a == b && a == Tz::UTC => Some(Zone::Fixed(fixed(0)?)),
        (a, b) if a == b => Some(Zone::Named(a)),
        (Tz::UTC, Tz::Europe__London) | (Tz::Europe__London, Tz::UTC) => Some(Zone::Named(Tz::Europe__London)),
        _ => None,
    }
}

fn lookup(word: &str) -> Option<Zone> {
    if let Some((_, minutes, home)) = ABBREVIATIONS.iter().find(|(name, ..)| *name == word) {
        let offset = fixed(*minutes)?;
        return Some(match home {
            Tz::UTC => Zone::Fixed(offset),
            home => Zone::Seasonal { offset, home: *home },
        });
    }
    if let Some((_, tz)) = PLACES.iter().find(|(name, _)| *name == word) {
        return Some(Zone::Named(*tz));
    }
    match word {
        "IST" => Some(Zone::OneOf(INDIA_IRELAND_ISRAEL)),
        "AST" => Some(Zone::OneOf(ATLANTIC_ARABIA)),
        path if path.contains('/') => path.parse().ok().map(Zone::Named),
        _ => None,
    }
}

fn fixed(minutes: i32) -> Option<FixedOffset> {
    FixedOffset::east_opt(minutes * 60)
}

fn written(zone: Zone, words: &str, worded: bool) -> WrittenZone {
    WrittenZone { zone, words: words.into(), worded }
}

fn boundary(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The name of a zone for a message: a place, or the offset from UTC.
pub(crate) fn name_of(zone: &WrittenZone) -> String {
    match &zone.zone {
        Zone::Fixed(offset) if offset.local_minus_utc() == 0 => "UTC".to_owned(),
        Zone::Fixed(offset) | Zone::Seasonal { offset, .. } => format!("UTC{offset}"),
        Zone::Named(tz) => tz.name().to_owned(),
        Zone::OneOf(_) => zone.words.to_string(),
    }
}
