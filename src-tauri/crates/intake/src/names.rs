//! The names of months and weekdays, in English and in the languages that occur in passing.

use chrono::Weekday;

/// English, German, French, Spanish, Dutch, Italian and Portuguese names; an English name may be cut to three letters.
pub(crate) const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "janv", "enero", "januari", "gennaio", "janeiro"],
    &["february", "februar", "février", "févr", "febrero", "februari", "febbraio", "fevereiro"],
    &["march", "märz", "mrz", "mars", "marzo", "marts", "maart", "março"],
    &["april", "avril", "avr", "abril", "aprile"],
    &["may", "mai", "mayo", "maj", "mei", "maggio", "maio"],
    &["june", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "juli", "juillet", "juil", "julio", "luglio", "julho"],
    &["august", "août", "agosto", "augustus", "augusti"],
    &["september", "sept", "septembre", "septiembre", "settembre", "setembro"],
    &["october", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro"],
    &["november", "novembre", "noviembre", "novembro"],
    &["december", "dezember", "dez", "décembre", "déc", "diciembre", "dicembre", "dezembro", "desember"],
];

const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "montag", "lundi", "lunes", "maandag", "lunedì"],
    &["tuesday", "tues", "dienstag", "mardi", "martes", "dinsdag", "martedì"],
    &["wednesday", "mittwoch", "mercredi", "miércoles", "woensdag", "mercoledì"],
    &["thursday", "thurs", "thur", "donnerstag", "jeudi", "jueves", "donderdag", "giovedì"],
    &["friday", "freitag", "vendredi", "viernes", "vrijdag", "venerdì"],
    &["saturday", "samstag", "samedi", "sábado", "zaterdag", "sabato"],
    &["sunday", "sonntag", "dimanche", "domingo", "zondag", "domenica"],
];

/// All names, whole and cut, for a quick look at the first word of a stamp.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    let cut = |names: &'static [&'static str]| names[0].get(..3).into_iter().chain(names.iter().copied());
    MONTHS.iter().chain(&WEEKDAYS).flat_map(move |names| cut(names))
}

/// Reads the name of a month, with its length.
pub(crate) fn month_at(s: &str) -> Option<(u32, usize)> {
    let (index, len) = named_at(s, &MONTHS)?;
    let len = len + usize::from(len <= 5 && s[len..].starts_with('.'));
    Some((u32::try_from(index).ok()? + 1, len))
}

/// Reads the name of a weekday, with its length.
pub(crate) fn weekday_at(s: &str) -> Option<(Weekday, usize)> {
    let (index, len) = named_at(s, &WEEKDAYS)?;
    Weekday::try_from(u8::try_from(index).ok()?).ok().map(|weekday| (weekday, len))
}

/// The place of the row that holds the word at the start of `s`, or whose first name it cuts to three letters.
fn named_at(s: &str, rows: &[&[&str]]) -> Option<(usize, usize)> {
    if !begins_name(s) {
        return None;
    }
    let end = s.find(|c: char| !c.is_alphabetic()).unwrap_or(s.len());
    if !(3..=12).contains(&end) {
        return None;
    }
    let word = s[..end].to_lowercase();
    let cut = |names: &&[&str]| names.first().is_some_and(|name| word.len() == 3 && name.starts_with(&word));
    rows.iter().position(|names| cut(names) || names.contains(&word.as_str())).map(|index| (index, end))
}

/// Whether the word may be the name of a month or a weekday, told from its first letters.
pub(crate) fn begins_name(word: &str) -> bool {
    let bytes = word.as_bytes();
    let lower = |at: usize| bytes.get(at).map_or(0, u8::to_ascii_lowercase);
    matches!(
        [lower(0), lower(1)],
        [b'j', b'a' | b'u' | b'e']
            | [b'f', b'e' | b'r' | 0xc3]
            | [b'm', b'a' | b'o' | b'i' | b'r' | b'e' | 0xc3]
            | [b'a', b'p' | b'v' | b'b' | b'u' | b'o' | b'g']
            | [b's', b'e' | b'a' | b'u' | b'o' | 0xc3]
            | [b'o', b'c' | b'k' | b't' | b'u']
            | [b'n', b'o']
            | [b'd', b'e' | b'i' | b'o' | b'a' | 0xc3]
            | [b't', b'u' | b'h' | b'o']
            | [b'w', b'e' | b'o']
            | [b'l', b'u']
            | [b'v', b'e' | b'i' | b'r']
            | [b'g', b'e' | b'i']
            | [b'z', b'a' | b'o']
            | [b'e', b'n']
            | [b'y', b'e']
    )
}
