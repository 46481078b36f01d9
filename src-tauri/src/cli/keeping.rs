//! `debrief delete` and `debrief remove-name`.

use std::path::Path;

use live::{Erased, Live};
use meeting::PostMortemId;
use store::{Reader, StoreError};

use super::say;
use crate::erasing;

/// Deletes post-mortems.
pub(super) async fn delete(library: &Path, ids: Vec<String>, yes: bool) -> anyhow::Result<()> {
    let entries = Reader::open(library)?.map(|reader| reader.entries()).transpose()?.unwrap_or_default();
    let mut ids: Vec<_> = ids.into_iter().map(PostMortemId).collect();
    ids.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    ids.dedup();
    for id in &ids {
        let entry = entries.iter().find(|entry| entry.id == *id).ok_or_else(|| StoreError::Unknown(id.0.clone()))?;
        say(&format!("{id}  {}", entry.title));
    }
    anyhow::ensure!(
        yes,
        "Nothing was deleted. Deleting cannot be undone, and takes the backups along; say --yes to do it."
    );
    let live = Live::start(library)?;
    let erased = live.delete(ids).await;
    live.stop().await;
    told(&erased?);
    Ok(())
}

/// Takes a person's name out of every record.
pub(super) async fn remove_name(library: &Path, name: &str, also: bool, yes: bool, json: bool) -> anyhow::Result<()> {
    let found = erasing::find(library, name, &|_| also)?;
    if json {
        say(&serde_json::to_string(&found.named)?);
    } else {
        for named in &found.named.records {
            say(&format!("{}  {}", named.id, named.title));
            named.sure.iter().for_each(|excerpt| say(&format!("    goes: {excerpt}")));
            named.unclear.iter().for_each(|place| say(&format!("    left, perhaps the name: {}", place.excerpt)));
            if named.still_hidden {
                say("    what is still hidden in this meeting was not searched");
            }
        }
        found.named.templates.iter().for_each(|name| say(&format!("template  {name}")));
    }
    if found.is_nothing() {
        return Ok(());
    }
    anyhow::ensure!(
        yes,
        "Nothing was changed. A name that was removed cannot be brought back, and the backups with it go; say --yes to do it."
    );
    let live = Live::start(library)?;
    let erased = live.rewrite(found.logs, found.templates).await;
    live.stop().await;
    told(&erased?);
    Ok(())
}

fn told(erased: &Erased) {
    let left = erasing::left_over(erased);
    if !left.is_empty() {
        eprintln!("{left}");
    }
    eprintln!("Files that were exported or published before are not touched.");
}
