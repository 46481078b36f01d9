//! Writing records to files: both editions, every form. `whole` puts a file in its place or leaves the old one, `publish`
//! keeps a folder of records with an index, `git` commits it.
//!
//! Images lie in a folder beside the Markdown, under names made by the program and without what a camera adds.

mod git;
mod publish;
mod whole;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::ValueEnum;
use document::{Edition, Finding, Images};
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
    /// The folder with the images of the Markdown; none without images.
    pub(crate) images: Option<PathBuf>,
    /// Characters for which no font was found; a box stands for each.
    pub(crate) missing_glyphs: Vec<char>,
}

/// Writes an edition of a record in some formats directly into a folder. Nothing is written before all of it is made.
///
/// `images` gives the bytes of its images.
pub(crate) fn write(
    meeting: &Meeting,
    edition: Edition,
    formats: &[Format],
    folder: &Path,
    images: Images<'_>,
) -> anyhow::Result<Written> {
    let outside = (edition == Edition::Public).then(|| document::public(meeting, &[]));
    let name = file_name(outside.as_ref().map_or(meeting, |public| &public.meeting), edition);
    forms(meeting, edition, formats, &name, images)?.lay_down(folder)
}

/// Makes the PDF of an edition as it would be written, and writes nothing.
pub(crate) fn pdf(meeting: &Meeting, edition: Edition, images: Images<'_>) -> anyhow::Result<Vec<u8>> {
    let forms = forms(meeting, edition, &[Format::Pdf], "", images)?;
    Ok(forms.files.into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default())
}

/// A file with what is in it.
type Form = (String, Vec<u8>);

/// The files of an edition, made and not yet written.
struct Forms {
    files: Vec<Form>,
    /// The folder beside the Markdown; none where no Markdown is written.
    beside: Option<String>,
    /// What lies in it.
    figures: Vec<Form>,
    missing_glyphs: Vec<char>,
}

impl Forms {
    /// Writes the images, and then the files that lead to them.
    fn lay_down(self, folder: &Path) -> anyhow::Result<Written> {
        whole::folder(folder)?;
        whole::sweep(folder);
        let images = self.beside.map(|beside| folder.join(beside));
        if let Some(images) = &images {
            lay_beside(images, &self.figures)?;
        }
        let mut written = Written { missing_glyphs: self.missing_glyphs, ..Written::default() };
        written.images = images.filter(|_| !self.figures.is_empty());
        for (file, bytes) in self.files {
            let path = folder.join(file);
            whole::replace(&path, &bytes)?;
            written.paths.push(path);
        }
        Ok(written)
    }
}

/// Makes the files of an edition.
fn forms(
    meeting: &Meeting,
    edition: Edition,
    formats: &[Format],
    name: &str,
    images: Images<'_>,
) -> anyhow::Result<Forms> {
    let outside = (edition == Edition::Public).then(|| document::public(meeting, &[]));
    let document = outside.as_ref().map_or_else(|| document::record(meeting), document::Public::document);
    let shown = outside.as_ref().map_or(meeting, |public| &public.meeting);
    let mut forms = Forms { files: Vec::new(), beside: None, figures: Vec::new(), missing_glyphs: Vec::new() };
    for format in formats {
        let mut add = |of: &str, bytes: Vec<u8>| forms.files.push((format!("{name}{of}.{}", format.ending()), bytes));
        match format {
            Format::Pdf => {
                let pdf = document::pdf(&document, images)?;
                forms.missing_glyphs = pdf.missing_glyphs;
                add("", pdf.bytes);
            }
            Format::Markdown => {
                let beside = format!("{name}-files");
                add("", document::markdown_beside(&document, &beside).into_bytes());
                forms.figures = figures(&document, images);
                forms.beside = Some(beside);
            }
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
    Ok(forms)
}

/// Says what the check of the public edition found, with its place.
pub(crate) fn sentence(finding: &Finding) -> String {
    let sure = if finding.certain { "" } else { "perhaps " };
    format!("{}: {sure}{}, “{}”, in: {}", finding.section, finding.leak.word(), finding.found, finding.excerpt)
}

/// Names the people of the other records of a library: the check for leaks looks for them as well. Without a library there
/// are none.
pub(crate) fn people_elsewhere(library: &Path, meeting: &Meeting) -> Vec<String> {
    let Ok(Some(reader)) = store::Reader::open(library) else { return Vec::new() };
    let others = reader.entries().unwrap_or_default().into_iter().filter(|entry| entry.id != meeting.id);
    let mut names: Vec<String> =
        others.filter_map(|entry| reader.load(&entry.id).ok()).flat_map(|it| meeting::people_named(&it)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Reads the images of a document, without what a camera adds. What cannot be read is named in its place.
fn figures(document: &document::Document, images: Images<'_>) -> Vec<Form> {
    let named = document.blocks.iter().filter_map(|block| match block {
        document::Block::Figure(figure) => Some(figure),
        _ => None,
    });
    named
        .filter_map(|figure| {
            let bytes = images(&figure.image).and_then(|bytes| document::without_metadata(&bytes))?;
            Some((figure.name.clone(), bytes))
        })
        .collect()
}

/// Writes images into a folder of their own, and takes away those of an earlier export.
fn lay_beside(folder: &Path, figures: &[Form]) -> anyhow::Result<()> {
    for (name, bytes) in figures {
        whole::folder(folder)?;
        whole::replace(&folder.join(name), bytes)?;
    }
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Evidence that was removed from the record has no business beside it. Names of others are left alone.
        if name.starts_with("figure-") && !figures.iter().any(|(kept, _)| *kept == name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
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

    use document::no_images;

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
        let written =
            write(&titled("Checkout errors"), Edition::Internal, &formats, folder.path(), &no_images).unwrap();
        assert_eq!(written.paths.len(), 3);
        assert!(written.paths.iter().all(|path| path.parent() == Some(folder.path())));
        assert!(fs::read(&written.paths[0]).unwrap().starts_with(b"%PDF-"));
        assert!(fs::read_to_string(&written.paths[1]).unwrap().starts_with("# Checkout errors"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing unfinished is left");
    }

    #[test]
    fn the_pages_that_are_shown_are_those_that_would_be_written() {
        let meeting = titled("Checkout errors");
        let shown = [Edition::Internal, Edition::Public].map(|edition| {
            let folder = tempfile::tempdir().unwrap();
            let written = write(&meeting, edition, &[Format::Pdf], folder.path(), &no_images).unwrap();
            let shown = pdf(&meeting, edition, &no_images).unwrap();
            assert!(shown == fs::read(&written.paths[0]).unwrap(), "{edition:?}");
            shown
        });
        assert!(shown[0] != shown[1], "each edition has pages of its own");
    }

    #[test]
    fn the_whole_record_as_json_has_no_public_edition_and_nothing_is_written_then() {
        let folder = tempfile::tempdir().unwrap();
        let formats = [Format::Markdown, Format::Json];
        let refused = write(&titled("Outage"), Edition::Public, &formats, folder.path(), &no_images).unwrap_err();
        assert!(refused.to_string().contains("no public edition"), "{refused}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    /// One grey pixel, and a comment that says where it was taken.
    const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0atEXtAuthor\x00GPS\xea\xe5\xd51\x00\x00\x00\x0aIDATx\x9cch\x00\x00\x00\x82\x00\x81w\xcdr\xb6\x00\x00\x00\x00IEND\xaeB`\x82";

    fn with_evidence() -> Meeting {
        let mut meeting = titled("Checkout errors");
        let image = meeting::Image {
            format: meeting::ImageFormat::Png,
            width: 1,
            height: 1,
            bytes: 88,
            digest: "0".repeat(64),
        };
        meeting.attachments.push(meeting::Attachment {
            id: meeting::AttachmentId(1),
            event: None,
            content: meeting::Content::Image { image },
            caption: "../../up".into(),
            staged: false,
            public: false,
        });
        meeting
    }

    #[test]
    fn images_lie_beside_the_markdown_which_links_to_them_and_go_when_the_evidence_goes() {
        let folder = tempfile::tempdir().unwrap();
        let images = |_: &meeting::Image| Some(PNG.to_vec());
        let written = write(&with_evidence(), Edition::Internal, &[Format::Markdown], folder.path(), &images).unwrap();
        let beside = written.images.unwrap();
        let image = beside.join("figure-1.png");
        assert!(!fs::read(&image).unwrap().windows(3).any(|part| part == b"GPS"));
        let text = fs::read_to_string(&written.paths[0]).unwrap();
        assert!(text.contains("](1970-01-01-checkout-errors-files/figure-1.png)"), "{text}");
        fs::write(beside.join("theirs.txt"), "mine").unwrap();
        let written =
            write(&titled("Checkout errors"), Edition::Internal, &[Format::Markdown], folder.path(), &images).unwrap();
        assert!(written.images.is_none() && !image.exists() && beside.join("theirs.txt").exists());
    }
}
