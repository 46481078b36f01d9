//! Publishing to a folder: a wiki checkout, a shared drive.
//!
//! The folder holds the records and an index of them. What was published there before is remembered in a small file
//! beside them, so that a record keeps its name when its title changes, and the index can be written anew without the
//! library. The index is written last: it never names what is not there yet.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use document::{Edition, Images, Listed, Public};
use meeting::{Meeting, PostMortemId};
use serde::{Deserialize, Serialize};

use super::{Format, Written, file_name, forms, whole};

/// What remembers what was published.
const LEDGER: &str = ".debrief.json";
/// What an index may be called; the second and third where somebody else's page has the first name.
const INDEXES: [&str; 3] = ["README.md", "index.md", "post-mortems.md"];
/// The forms in which a record is published, the one to read first in front.
const FORMS: [Format; 2] = [Format::Markdown, Format::Pdf];

#[derive(Debug, Default, Serialize, Deserialize)]
struct Ledger {
    records: Vec<Entry>,
}

/// A record that was published.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    id: PostMortemId,
    /// What its files are called, without their ending.
    name: String,
    #[serde(flatten)]
    listed: Listed,
}

/// Writes an edition of a record to a folder, and the index of the folder.
///
/// # Errors
/// When a file could not be written; each file is then the old one or the new one.
pub(crate) fn publish(
    meeting: &Meeting,
    edition: Edition,
    folder: &Path,
    images: Images<'_>,
) -> anyhow::Result<Written> {
    whole::folder(folder)?;
    let mut ledger = read(folder)?;
    let outside = (edition == Edition::Public).then(|| document::public(meeting, &[]));
    let shown = outside.as_ref().map_or(meeting, |public: &Public| &public.meeting);
    let name = name(&ledger, shown, edition);
    let forms = forms(meeting, edition, &FORMS, &name, images)?;
    let files = forms.files.iter().map(|(file, _)| file.clone()).collect();
    let mut written = forms.lay_down(folder)?;
    let entry = Entry {
        id: shown.id.clone(),
        name,
        listed: Listed {
            day: super::day(shown),
            severity: shown.incident.severity,
            title: title(shown, outside.as_ref()),
            edition: edition.word().to_owned(),
            files,
        },
    };
    ledger.records.retain(|other| other.id != entry.id || other.listed.edition != entry.listed.edition);
    // Whoever took a record out of the folder wants it out of the index.
    ledger.records.retain(|other| other.listed.files.iter().any(|file| folder.join(file).is_file()));
    ledger.records.push(entry);
    ledger.records.sort_by(|a, b| a.name.cmp(&b.name));
    let path = folder.join(LEDGER);
    whole::replace(&path, format!("{}\n", serde_json::to_string_pretty(&ledger)?).as_bytes())?;
    written.paths.push(path);
    let listed: Vec<Listed> = ledger.records.into_iter().map(|entry| entry.listed).collect();
    let path = index_path(folder);
    whole::replace(&path, document::index(&listed).as_bytes())?;
    written.paths.push(path);
    Ok(written)
}

fn title(shown: &Meeting, outside: Option<&Public>) -> String {
    outside.map_or_else(|| document::record(shown), Public::document).title
}

fn read(folder: &Path) -> anyhow::Result<Ledger> {
    let path = folder.join(LEDGER);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Ledger::default()),
        Err(error) => return Err(error).with_context(|| format!("{} could not be read", path.display())),
    };
    let ledger = serde_json::from_str(&text).with_context(|| {
        format!("{} cannot be understood. Move it away and publish every record again", path.display())
    });
    let mut ledger: Ledger = ledger?;
    // What others can write to decides no path: only names that Debrief makes are taken from it.
    ledger.records.retain(|entry| {
        is_a_name(&entry.name)
            && entry
                .listed
                .files
                .iter()
                .all(|file| FORMS.iter().any(|form| *file == format!("{}.{}", entry.name, form.ending())))
    });
    Ok(ledger)
}

fn is_a_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// A record keeps the name it was first published under; two records never share one.
fn name(ledger: &Ledger, shown: &Meeting, edition: Edition) -> String {
    let own = |entry: &&Entry| entry.id == shown.id && entry.listed.edition == edition.word();
    if let Some(entry) = ledger.records.iter().find(own) {
        return entry.name.clone();
    }
    let wanted = file_name(shown, edition);
    let taken = |name: &str| ledger.records.iter().any(|entry| entry.name == name);
    if !taken(&wanted) {
        return wanted;
    }
    (2..).map(|number: u32| format!("{wanted}-{number}")).find(|name| !taken(name)).unwrap_or(wanted)
}

/// The index that is there already, or the first name that nobody else's page has.
fn index_path(folder: &Path) -> PathBuf {
    let paths = INDEXES.map(|name| folder.join(name));
    let own = |path: &&PathBuf| fs::read_to_string(path).is_ok_and(|text| document::is_an_index(&text));
    let free = |path: &&PathBuf| !path.exists();
    paths.iter().find(own).or_else(|| paths.iter().find(free)).unwrap_or(&paths[2]).clone()
}

/// Says what speaks against publishing, a sentence each; publishing anyway is a choice.
pub(crate) fn objections(meeting: &Meeting, edition: Edition, others: &[String]) -> Vec<String> {
    let mut objections: Vec<String> = meeting::missing_for_publishing(meeting)
        .into_iter()
        .map(|fact| format!("Missing: {}.", fact.word().to_lowercase()))
        .collect();
    if edition == Edition::Public {
        objections.extend(document::public(meeting, others).findings.iter().map(super::sentence));
    }
    objections
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use document::no_images;
    use meeting::{Role, TextField};

    use super::*;

    fn titled(id: &str, title: &str) -> Meeting {
        let mut meeting = Meeting::unwritten();
        meeting.id = PostMortemId(id.into());
        meeting.incident.texts.insert(TextField::Title, title.to_owned());
        meeting
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_record_that_is_published_again_keeps_its_name_and_leaves_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        publish(&titled("pm-1", "Checkout errors"), Edition::Internal, folder.path(), &no_images).unwrap();
        fs::write(folder.path().join(".debrief-x.part"), "half").unwrap();
        publish(&titled("pm-1", "Another title"), Edition::Internal, folder.path(), &no_images).unwrap();
        let expected =
            [".debrief.json", "1970-01-01-checkout-errors.md", "1970-01-01-checkout-errors.pdf", "README.md"];
        assert_eq!(names(folder.path()), expected);
        let index = fs::read_to_string(folder.path().join("README.md")).unwrap();
        assert!(index.contains("[Another title](1970-01-01-checkout-errors.md)") && !index.contains("Checkout errors"));
    }

    #[test]
    fn two_records_of_one_day_and_title_do_not_share_a_file_and_a_removed_one_leaves_the_index() {
        let folder = tempfile::tempdir().unwrap();
        for id in ["pm-1", "pm-2"] {
            publish(&titled(id, "Outage"), Edition::Internal, folder.path(), &no_images).unwrap();
        }
        assert!(names(folder.path()).contains(&"1970-01-01-outage-2.pdf".to_owned()));
        for file in ["1970-01-01-outage.md", "1970-01-01-outage.pdf"] {
            fs::remove_file(folder.path().join(file)).unwrap();
        }
        publish(&titled("pm-3", "Third"), Edition::Internal, folder.path(), &no_images).unwrap();
        let index = fs::read_to_string(folder.path().join("README.md")).unwrap();
        assert!(index.contains("outage-2.md") && !index.contains("outage.md"), "{index}");
    }

    #[test]
    fn the_public_edition_lies_under_a_name_of_its_own_that_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let mut meeting = titled("pm-1", "Ada Quimbeth broke the checkout");
        meeting.incident.roles.insert(Role::TechnicalLead, vec!["Ada Quimbeth".into()]);
        publish(&meeting, Edition::Public, folder.path(), &no_images).unwrap();
        let name = "1970-01-01-the-technical-lead-broke-the-checkout-public.md";
        assert!(names(folder.path()).contains(&name.to_owned()), "{:?}", names(folder.path()));
        for file in names(folder.path()) {
            let bytes = fs::read(folder.path().join(file)).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("quimbeth"));
        }
    }

    #[test]
    fn a_page_of_somebody_else_is_never_taken_for_the_index_and_a_ledger_decides_no_path() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("README.md"), "# Our wiki\n").unwrap();
        let elsewhere = r#"{"records":[{"id":"pm-1","name":"../../outside","day":"2026-05-06","severity":null,"title":"x","edition":"internal edition","files":["../../outside.md"]}]}"#;
        fs::write(folder.path().join(LEDGER), elsewhere).unwrap();
        let written = publish(&titled("pm-1", "Outage"), Edition::Internal, folder.path(), &no_images).unwrap();
        assert!(written.paths.iter().all(|path| path.parent() == Some(folder.path())), "{:?}", written.paths);
        assert_eq!(fs::read_to_string(folder.path().join("README.md")).unwrap(), "# Our wiki\n");
        assert!(folder.path().join("index.md").exists());
    }
}
