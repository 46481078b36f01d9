//! `debrief export` and `debrief publish`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use document::Edition;
use meeting::{Image, Meeting, PostMortemId};
use store::Reader;

use super::say;
use crate::export::{self, Committed, Format, Written};

/// Which record, and which edition of it.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) id: Option<String>,
    pub(super) file: Option<PathBuf>,
    pub(super) edition: Edition,
}

/// Reads the name of an edition; clap lets only these through.
pub(super) fn edition_of(word: &str) -> Edition {
    if word == "public" { Edition::Public } else { Edition::Internal }
}

impl Chosen {
    fn load(&self, library: &Path) -> anyhow::Result<Meeting> {
        match (&self.id, &self.file) {
            (_, Some(file)) => {
                let text =
                    std::fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
                Ok(document::from_json(&text)?)
            }
            (Some(id), None) => {
                let unknown = || store::StoreError::Unknown(id.to_owned());
                let reader = Reader::open(library)?.ok_or_else(unknown)?;
                Ok(reader.load(&PostMortemId(id.to_owned()))?)
            }
            (None, None) => anyhow::bail!("Name a post-mortem or a file; `debrief list` shows what there is."),
        }
    }
}

/// Writes an edition of a record in the formats asked for.
pub(super) fn export(library: &Path, chosen: &Chosen, formats: &[Format], out: &Path) -> anyhow::Result<()> {
    let meeting = chosen.load(library)?;
    let written = export::write(&meeting, chosen.edition, formats, out, &images(library))?;
    told(&written);
    if chosen.edition == Edition::Public {
        for finding in document::public(&meeting, &export::people_elsewhere(library, &meeting)).findings {
            eprintln!("{}", export::sentence(&finding));
        }
    }
    Ok(())
}

/// Reads images out of a library; one that is not there is named in its place.
fn images(library: &Path) -> impl Fn(&Image) -> Option<Vec<u8>> {
    let images = live::Images::of(library);
    move |image| images.read(image).ok()
}

/// Publishes an edition of a record to a folder.
pub(super) fn publish(library: &Path, chosen: &Chosen, folder: &Path, anyway: bool, git: bool) -> anyhow::Result<()> {
    let meeting = chosen.load(library)?;
    let objections = export::objections(&meeting, chosen.edition, &export::people_elsewhere(library, &meeting));
    for objection in &objections {
        eprintln!("{objection}");
    }
    anyhow::ensure!(
        objections.is_empty() || anyway,
        "Nothing was published. Mend what is listed above, or say --anyway; that is your choice."
    );
    let written = export::publish(&meeting, chosen.edition, folder, &images(library))?;
    told(&written);
    if git {
        let all: Vec<PathBuf> = written.paths.iter().chain(&written.images).cloned().collect();
        let message = format!("Publish {} ({})", first_file(&written), chosen.edition.word());
        match export::commit(folder, &all, &message)? {
            Committed::As(name) => eprintln!("Committed as {name}; nothing was pushed."),
            Committed::NothingNew => eprintln!("Nothing has changed since the last commit."),
        }
    }
    Ok(())
}

/// The name of the file tells no more than the file itself does.
fn first_file(written: &Written) -> String {
    let stem = written.paths.first().and_then(|path| path.file_stem());
    stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn told(written: &Written) {
    for path in written.paths.iter().chain(&written.images) {
        say(&path.display().to_string());
    }
    if !written.missing_glyphs.is_empty() {
        let missing: String = written.missing_glyphs.iter().collect();
        eprintln!("No font here can draw {missing}; a box stands for each in the PDF.");
    }
}
