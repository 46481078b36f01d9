//! Writing records to files: both editions, every form. `whole` puts a file in its place or leaves the old one, `publish`
//! keeps a folder of records with an index, `git` commits it.

mod git;
mod publish;
mod whole;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::ValueEnum;
use document::{Edition, Finding};
use meeting::{Meeting, TextField};
use serde::Deserialize;

pub(crate) use git::{Committed, commit};
pub(crate) use publish::{objections, publish};

/// A form of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Format {
    /// For reading and sending.
    Pdf,
    /// For a wiki or a repository.
    #[value(name = "md", alias = "markdown")]
    #[serde(alias = "md")]
    Markdown,
    /// Complete; can be imported again.
    Json,
    /// Action items and timeline, for a spreadsheet.
    Csv,
    /// Due dates, for a calendar.
    Ics,
    /// A few lines, for a chat.
    Summary,
}

impl Format {
    /// Returns the ending of its file.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Markdown | Self::Summary => "md",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Ics => "ics",
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// The files, in the order asked for.
    pub(crate) paths: Vec<PathBuf>,
    /// Characters for which no font was found; a box stands for each.
    pub(crate) missing_glyphs: Vec<char>,
}

/// Writes an edition of a record in some formats directly into a folder. Nothing is written before all of it is made.
pub(crate) fn write(meeting: &Meeting, edition: Edition, formats: &[Format], folder: &Path) -> anyhow::Result<Written> {
    let outside = (edition == Edition::Public).then(|| document::public(meeting, &[]));
    let name = file_name(outside.as_ref().map_or(meeting, |public| &public.meeting), edition);
    let (files, missing_glyphs) = forms(meeting, edition, formats, &name)?;
    whole::folder(folder)?;
    whole::sweep(folder);
    let mut written = Written { paths: Vec::new(), missing_glyphs };
    for (file, bytes) in files {
        let path = folder.join(file);
        whole::replace(&path, &bytes)?;
        written.paths.push(path);
    }
    Ok(written)
}

/// A file with what is in it.
type Form = (String, Vec<u8>);

/// Makes the files of an edition, and says which characters no font could draw.
fn forms(
    meeting: &Meeting,
    edition: Edition,
    formats: &[Format],
    name: &str,
) -> anyhow::Result<(Vec<Form>, Vec<char>)> {
    let outside = (edition == Edition::Public).then(|| document::public(meeting, &[]));
    let document = outside.as_ref().map_or_else(|| document::record(meeting), document::Public::document);
    let shown = outside.as_ref().map_or(meeting, |public| &public.meeting);
    let mut files = Vec::new();
    let mut missing_glyphs = Vec::new();
    for format in formats {
        let mut add = |of: &str, bytes: Vec<u8>| files.push((format!("{name}{of}.{}", format.ending()), bytes));
        match format {
            Format::Pdf => {
                let pdf = document::pdf(&document)?;
                missing_glyphs = pdf.missing_glyphs;
                add("", pdf.bytes);
            }
            Format::Markdown => add("", document::markdown(&document).into_bytes()),
            Format::Json => {
                anyhow::ensure!(
                    edition == Edition::Internal,
                    "JSON holds the whole record and has no public edition. Nothing was written; choose pdf, md, csv, ics or summary."
                );
                add("", document::json(meeting).into_bytes());
            }
            Format::Csv => {
                add("-actions", document::actions_csv(shown).into_bytes());
                add("-timeline", document::timeline_csv(shown).into_bytes());
            }
            // Without a date there is nothing to enter.
            Format::Ics => document::due_dates(shown).map_or((), |calendar| add("-due", calendar.into_bytes())),
            Format::Summary => add("-summary", document::markdown(&document::summary(shown, "")).into_bytes()),
        }
    }
    Ok((files, missing_glyphs))
}

/// Says what the check of the public edition found, with its place.
pub(crate) fn sentence(finding: &Finding) -> String {
    let sure = if finding.certain { "" } else { "perhaps " };
    format!("{}: {sure}{}, “{}”, in: {}", finding.section, finding.leak.word(), finding.found, finding.excerpt)
}

/// Writes the invitation to a meeting, and a calendar file when there is a date, directly into a folder.
pub(crate) fn write_invitation(
    meeting: &Meeting,
    sent: chrono::DateTime<chrono::Utc>,
    folder: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    whole::folder(folder)?;
    let name = format!("{}-invitation", file_name(meeting, Edition::Internal));
    let markdown = document::markdown(&document::invitation(meeting));
    let calendar = document::calendar(meeting, sent);
    [("md", Some(markdown)), ("ics", calendar)]
        .into_iter()
        .filter_map(|(extension, text)| Some((folder.join(format!("{name}.{extension}")), text?)))
        .map(|(path, text)| Ok(whole::replace(&path, text.as_bytes()).map(|()| path)?))
        .collect()
}

/// Returns the day of the incident, in the zone of the record.
fn day(meeting: &Meeting) -> NaiveDate {
    let day = meeting.timeline.iter().find_map(|event| event.at).unwrap_or(meeting.created);
    day.with_timezone(&meeting.incident.zone).date_naive()
}

/// Names a file by the day of the incident and the title; nothing typed reaches a path unchecked.
fn file_name(meeting: &Meeting, edition: Edition) -> String {
    let day = day(meeting).format("%Y-%m-%d");
    let mut title = slug::slugify(meeting.incident.text(TextField::Title));
    title.truncate(60);
    let title = title.trim_end_matches('-');
    let name =
        if title.is_empty() { format!("{day}-{}", slug::slugify(&meeting.id.0)) } else { format!("{day}-{title}") };
    match edition {
        Edition::Internal => name,
        Edition::Public => format!("{name}-public"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::fs;

    use super::*;

    fn titled(title: &str) -> Meeting {
        let mut meeting = Meeting::unwritten();
        meeting.id = meeting::PostMortemId("pm-1".into());
        meeting.incident.texts.insert(TextField::Title, title.to_owned());
        meeting
    }

    #[test]
    fn a_file_name_never_holds_what_a_path_could_mean() {
        for (title, expected) in [
            ("../../etc/passwd", "1970-01-01-etc-passwd"),
            ("Ausfall: Zürich", "1970-01-01-ausfall-zurich"),
            ("///", "1970-01-01-pm-1"),
        ] {
            assert_eq!(file_name(&titled(title), Edition::Internal), expected);
        }
    }

    #[test]
    fn every_format_lies_directly_in_the_folder_and_says_the_title() {
        let folder = tempfile::tempdir().unwrap();
        let formats = [Format::Pdf, Format::Markdown, Format::Json];
        let written = write(&titled("Checkout errors"), Edition::Internal, &formats, folder.path()).unwrap();
        assert_eq!(written.paths.len(), 3);
        assert!(written.paths.iter().all(|path| path.parent() == Some(folder.path())));
        assert!(fs::read(&written.paths[0]).unwrap().starts_with(b"%PDF-"));
        assert!(fs::read_to_string(&written.paths[1]).unwrap().starts_with("# Checkout errors"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing unfinished is left");
    }

    #[test]
    fn the_whole_record_as_json_has_no_public_edition_and_nothing_is_written_then() {
        let folder = tempfile::tempdir().unwrap();
        let formats = [Format::Markdown, Format::Json];
        let refused = write(&titled("Outage"), Edition::Public, &formats, folder.path()).unwrap_err();
        assert!(refused.to_string().contains("no public edition"), "{refused}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
