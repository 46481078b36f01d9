//! Erasing from the library: whose name stands where, and what is said once something is gone.

use std::path::Path;

use document::Place;
use live::{Erased, Rewritten};
use meeting::{Meeting, Progress, Template, TextField};
use store::{Reader, StoreError};
use wire::{NameFound, NamedIn, UnclearPlace};

/// Where somebody is named, with the logs as they would read without the name.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Where, for somebody to read.
    pub(crate) named: NameFound,
    /// The logs of those post-mortems that surely name the person.
    pub(crate) logs: Vec<Rewritten>,
    /// The templates that do.
    pub(crate) templates: Vec<Template>,
}

impl Found {
    /// Returns whether there is nothing to remove.
    pub(crate) const fn is_nothing(&self) -> bool {
        self.logs.is_empty() && self.templates.is_empty()
    }
}

/// Looks for a person's name in every post-mortem and template of a library. What is unclear counts where `also` says so.
pub(crate) fn find(library: &Path, name: &str, also: &dyn Fn(&str) -> bool) -> Result<Found, StoreError> {
    let mut found = Found::default();
    let Some(reader) = Reader::open(library)? else { return Ok(found) };
    for entry in reader.entries()? {
        let meeting = reader.load(&entry.id)?;
        let key = |place: &str| format!("{}/{place}", entry.id);
        let erasure = document::without_name(&meeting, name, &|place| also(&key(place)));
        if erasure.removed.is_empty() && erasure.unclear.is_empty() {
            continue;
        }
        let places = u32::try_from(erasure.removed.len()).unwrap_or(u32::MAX);
        let unclear =
            erasure.unclear.into_iter().map(|Place { key: place, excerpt }| UnclearPlace { key: key(&place), excerpt });
        found.named.records.push(NamedIn {
            id: entry.id.clone(),
            title: title_of(&meeting),
            sure: erasure.removed,
            unclear: unclear.collect(),
            still_hidden: meeting.progress != Progress::Ended,
        });
        if places > 0 {
            found.logs.push(Rewritten { id: entry.id, recorded: erasure.recorded, places });
        }
    }
    found.templates = reader.templates()?.iter().filter_map(|template| template.without(name)).collect();
    found.named.templates = found.templates.iter().map(|template| template.name.clone()).collect();
    Ok(found)
}

fn title_of(meeting: &Meeting) -> String {
    meeting.incident.text(TextField::Title).to_owned()
}

/// Says what copies are left after something was erased; empty when the library holds none.
pub(crate) fn left_over(erased: &Erased) -> String {
    let mut sentences = Vec::new();
    if !erased.owed.is_empty() {
        sentences
            .push(format!("Older backups still hold it and go when Debrief is started the next time: {}", erased.owed));
    }
    for path in &erased.set_aside {
        sentences.push(format!(
            "A damaged library that was set aside may still hold it: delete {} and what belongs to it when you no longer need it.",
            path.display()
        ));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use live::{Ask, Live};
    use meeting::{Actor, Edit, Request, Role};

    use super::*;

    async fn edit(live: &Live, id: &str, edit: Edit) {
        let request = Request::Edit { edit };
        live.ask(Ask { id: id.to_owned(), by: Actor::Facilitator, request, token: None }).await.unwrap();
    }

    #[tokio::test]
    async fn a_name_is_found_in_the_records_that_hold_it_and_gone_from_all_of_them_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        assert!(find(folder.path(), "Ada Park", &|_| false).unwrap().is_nothing(), "there is no library yet");
        let live = Live::start(folder.path()).unwrap();
        for (number, title) in ["Ada Park broke nothing", "Checkout", "We asked Ada"].into_iter().enumerate() {
            live.create(title, chrono_tz::UTC, meeting::default_agenda()).await.unwrap();
            let names = vec![if number == 2 { "Ben Okafor" } else { "Ada Park" }.to_owned()];
            edit(&live, &number.to_string(), Edit::Role { role: Role::Scribe, names }).await;
        }
        live.close().await.unwrap();
        let edits = vec![Edit::Role { role: Role::Facilitator, names: vec!["Ada Park".to_owned()] }];
        let template = Template { name: "Ours".to_owned(), scope: meeting::Scope::PostMortem, edits };
        live.keep_template(template).await.unwrap();

        let found = find(folder.path(), "Ada Park", &|_| false).unwrap();
        let places: Vec<_> = found.named.records.iter().map(|named| (named.title.as_str(), named.sure.len())).collect();
        assert_eq!(places, [("We asked Ada", 0), ("Checkout", 1), ("Ada Park broke nothing", 2)]);
        assert_eq!(found.named.templates, ["Ours"]);
        let unclear = &found.named.records[0].unclear;
        assert_eq!(unclear.iter().map(|place| place.excerpt.as_str()).collect::<Vec<_>>(), ["We asked Ada"]);
        let key = unclear[0].key.clone();
        assert!(left_over(&live.rewrite(found.logs, found.templates).await.unwrap()).is_empty());

        let found = find(folder.path(), "Ada Park", &|_| false).unwrap();
        assert!(found.is_nothing());
        let found = find(folder.path(), "Ada Park", &|place| place == key).unwrap();
        assert_eq!((found.logs.len(), found.named.records[0].sure.len()), (1, 1), "somebody says that it is the name");
        let titles: Vec<_> = live.entries().await.unwrap().into_iter().map(|entry| entry.title).collect();
        assert_eq!(titles, ["We asked Ada", "Checkout", "The scribe broke nothing"]);
    }
}
