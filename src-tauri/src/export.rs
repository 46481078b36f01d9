//! Writing records to files. A file is there as a whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use meeting::{Meeting, TextField};
use serde::Deserialize;

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
}

/// What was written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// The files, in the order asked for.
    pub(crate) paths: Vec<PathBuf>,
    /// Characters for which no font was found; a box stands for each.
    pub(crate) missing_glyphs: Vec<char>,
}

/// Writes the record of a meeting in some formats directly into a folder.
pub(crate) fn write(meeting: &Meeting, formats: &[Format], folder: &Path) -> anyhow::Result<Written> {
    fs::create_dir_all(folder)?;
    let document = document::record(meeting);
    let name = file_name(meeting);
    let mut written = Written::default();
    for format in formats {
        let (extension, bytes) = match format {
            Format::Pdf => {
                let pdf = document::pdf(&document)?;
                written.missing_glyphs = pdf.missing_glyphs;
                ("pdf", pdf.bytes)
            }
            Format::Markdown => ("md", document::markdown(&document).into_bytes()),
            Format::Json => ("json", document::json(meeting).into_bytes()),
        };
        let path = folder.join(format!("{name}.{extension}"));
        replace(&path, &bytes)?;
        written.paths.push(path);
    }
    Ok(written)
}

/// Writes the invitation to a meeting, and a calendar file when there is a date, directly into a folder.
pub(crate) fn write_invitation(
    meeting: &Meeting,
    sent: chrono::DateTime<chrono::Utc>,
    folder: &Path,
) -> anyhow::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let name = format!("{}-invitation", file_name(meeting));
    let markdown = document::markdown(&document::invitation(meeting));
    let calendar = document::calendar(meeting, sent);
    [("md", Some(markdown)), ("ics", calendar)]
        .into_iter()
        .filter_map(|(extension, text)| Some((folder.join(format!("{name}.{extension}")), text?)))
        .map(|(path, text)| replace(&path, text.as_bytes()).map(|()| path))
        .collect()
}

/// Names a file by the day of the incident and the title; nothing typed reaches a path unchecked.
fn file_name(meeting: &Meeting) -> String {
    let day = meeting.timeline.iter().find_map(|event| event.at).unwrap_or(meeting.created);
    let day = day.with_timezone(&meeting.incident.zone).format("%Y-%m-%d");
    let mut title = slug::slugify(meeting.incident.text(TextField::Title));
    title.truncate(60);
    let title = title.trim_end_matches('-');
    if title.is_empty() { format!("{day}-{}", slug::slugify(&meeting.id.0)) } else { format!("{day}-{title}") }
}

/// Writes beside the old file and puts the new one in its place.
fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut unfinished = tempfile::NamedTempFile::new_in(folder)?;
    unfinished.write_all(bytes)?;
    unfinished.as_file().sync_all()?;
    #[cfg(unix)]
    fs::set_permissions(unfinished.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    unfinished.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

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
            assert_eq!(file_name(&titled(title)), expected);
        }
    }

    #[test]
    fn every_format_lies_directly_in_the_folder_and_says_the_title() {
        let folder = tempfile::tempdir().unwrap();
        let formats = [Format::Pdf, Format::Markdown, Format::Json];
        let written = write(&titled("Checkout errors"), &formats, folder.path()).unwrap();
        assert_eq!(written.paths.len(), 3);
        assert!(written.paths.iter().all(|path| path.parent() == Some(folder.path())));
        assert!(fs::read(&written.paths[0]).unwrap().starts_with(b"%PDF-"));
        assert!(fs::read_to_string(&written.paths[1]).unwrap().starts_with("# Checkout errors"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing unfinished is left");
    }
}
