//! Dates and years that lines mention without being events: titles, labels, sentences.

use crate::clock::{Habits, clock_at, digits};
use crate::date::{WrittenDate, dates_in};
use crate::names::{MONTHS, month_at};
use crate::zone::{WrittenZone, zone_at};

/// Whether a line such as "Date: 6 May 2026" is about the day of the incident.
pub(crate) fn is_label(body: &str) -> bool {
    let lower = body.to_lowercase();
    let label = lower.split_once(':').map_or("", |(label, _)| label);
    label.contains("date") || label.contains("datum") || label.contains("incident")
}

/// Whether a line such as "Start date: 6 May 2026" tells when the incident began.
pub(crate) fn is_label_of_start(body: &str) -> bool {
    const STARTS: &[&str] =
        &["start", "began", "begin", "occurred", "incident date", "date of incident", "date of outage"];
    let label = body.split_once(':').map_or("", |(label, _)| label).to_lowercase();
    label.len() < 40 && STARTS.iter().any(|word| label.contains(word))
}

/// Whether a line such as "Report on the voice outage 18/10/2018" is the title of a report, not a sentence.
pub(crate) fn is_title_of_incident(line: &str) -> bool {
    const INCIDENTS: &[&str] =
        &["incident", "outage", "disruption", "downtime", "failure", "post-mortem", "postmortem"];
    let lower = line.trim().to_lowercase();
    lower.len() < 120
        && !lower.ends_with(['.', '!', '?'])
        && INCIDENTS.iter().any(|word| lower.contains(word))
        && !["follow", "previous", "earlier", "related"].iter().any(|word| lower.contains(word))
        && !is_about_document(line)
}

/// The date of the only sentence of several that says when the incident was.
pub(crate) fn date_of_incident(body: &str) -> Option<WrittenDate> {
    const HAPPENED: &[&str] =
        &["took place", "occurred", "happened", "incident of", "incident on", "outage of", "outage on"];
    let mut found = body.split(". ").filter_map(|sentence| {
        let lower = sentence.to_lowercase();
        let told = HAPPENED.iter().any(|words| lower.contains(words)) && !is_about_document(sentence);
        match dates_in(sentence)[..] {
            [date] if told => Some(date),
            _ => None,
        }
    });
    let first = found.next()?;
    found.all(|other| other.day == first.day).then_some(first)
}

/// Whether a line is a row of a table that is not about the day of the incident.
pub(crate) fn is_other_row(line: &str) -> bool {
    let Some(row) = line.strip_prefix('|') else { return false };
    let label = row.split('|').next().unwrap_or_default().to_lowercase();
    !(row.trim_end_matches('|').matches('|').count() == 1
        && ["date", "day", "when", "start"].iter().any(|word| label.contains(word)))
}

/// The zones that stand beside clocks inside a line: a summary in UTC speaks for the list below it.
pub(crate) fn zones_beside_clocks(line: &str) -> Vec<WrittenZone> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices(':') {
        let hour = line[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let Some((_, len)) = clock_at(&line[at - hour..], Habits::default()) else { continue };
        let behind = line[at - hour + len..].trim_start_matches([' ', '(']);
        let zone = zone_at(behind, false).or_else(|| zone_before(&line[..at - hour]));
        found.extend(zone.map(|(zone, _)| zone).filter(|zone| zone.worded));
    }
    found
}

/// Reads the zone that ends `before`, as in "UTC 05:13".
fn zone_before(before: &str) -> Option<(WrittenZone, usize)> {
    let before = before.strip_suffix(' ')?;
    let letters = before.bytes().rev().take_while(u8::is_ascii_uppercase).count();
    let word = &before[before.len() - letters..];
    let apart = !before[..before.len() - letters].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    zone_at(word, false).filter(|(_, len)| apart && *len == word.len())
}

/// Whether a date is that of the document and not of the incident.
pub(crate) fn is_about_document(line: &str) -> bool {
    let lower = line.to_lowercase();
    const WORDS: &[&str] = &[
        "publish",
        "updated",
        "created",
        "written",
        "posted",
        "review",
        "due",
        "meeting",
        "version",
        "last modified",
        "last edited",
        "authored",
        "min read",
        "minute read",
        "report date",
        "postmortem date",
        "post-mortem date",
        "copyright",
        "©",
    ];
    WORDS.iter().any(|word| lower.contains(word))
}

/// Finds the years that a line names: any in a title, elsewhere only behind a month ("March 2026").
pub(crate) fn years_in(line: &str, title: bool) -> Vec<i32> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("20") {
        let apart = !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '$' | '/' | '-'));
        let ends = !line[at..]
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | ':' | '/'));
        let behind_month =
            line[..at].trim_end_matches([' ', ',']).rsplit(' ').next().is_some_and(|w| month_at(w).is_some());
        if apart && ends && digits(&line[at..]) == 4 && (title || behind_month) {
            found.extend(line[at..at + 4].parse::<i32>().ok().filter(|year| (2000..2100).contains(year)));
        }
    }
    found
}

/// Whether a line has a date with the name of a month in another language than English.
pub(crate) fn names_month_elsewhere(line: &str) -> bool {
    let mut words = line.split([' ', '.']).filter(|word| !word.is_empty());
    let mut before = "";
    words.any(|word| {
        let day = (1..=2).contains(&before.len()) && digits(before) == before.len();
        before = word;
        let bare = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        day && MONTHS.iter().any(|names| names[1..].contains(&bare.as_str()) && bare != "sept")
    })
}
