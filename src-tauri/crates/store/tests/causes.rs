//! Past incidents beside a new one, and what a library remembers about all of them.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use meeting::{
    Actor, Chance, FactorCategory, Meeting, Millis, Moment, PostMortemId, Request, TicketTemplate, Tracker, apply,
    decide, default_agenda,
};
use store::{Commit, Library, Reader};

fn asked(library: &mut Library, meeting: &mut Meeting, request: &Request) {
    let now = Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::seconds(1), boot: 1 };
    let decided = decide(meeting, request, Actor::Facilitator, Chance(7)).unwrap();
    let recorded = meeting.record(decided.events, Actor::Facilitator, now);
    recorded.iter().for_each(|recorded| apply(meeting, recorded));
    library.commit(meeting, &[Commit { recorded, ..Commit::default() }]).unwrap();
}

fn post_mortem(library: &mut Library, id: &str, title: &str, factor: Option<&str>) -> Meeting {
    let mut meeting = Meeting::unwritten();
    let (id, planned) = (PostMortemId(id.into()), default_agenda());
    let create = Request::Create { id, title: title.into(), zone: chrono_tz::UTC, planned };
    asked(library, &mut meeting, &create);
    if let Some(text) = factor {
        let category = FactorCategory::Technical;
        asked(library, &mut meeting, &Request::AddFactor { category, text: text.into(), chain: None, event: None });
    }
    meeting
}

#[test]
fn a_past_incident_is_found_by_its_factor_or_its_title_and_never_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = Library::open(folder.path()).unwrap();
    post_mortem(&mut library, "old", "Checkout slow", Some("Retries exhausted the connection pool"));
    post_mortem(&mut library, "older", "Connection pool exhausted", None);
    post_mortem(&mut library, "other", "Certificate expired", Some("Nobody was reminded of the renewal"));
    let mut new = post_mortem(&mut library, "new", "Orders lost", None);
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    let found = |text: &str| -> Vec<(String, String)> {
        let similar = reader.similar(text, &PostMortemId("new".into())).unwrap();
        similar.into_iter().map(|similar| (similar.id.0, similar.text)).collect()
    };
    let mut near = found("The connection pool was exhausted");
    near.sort();
    assert_eq!(
        near,
        [("old", "Retries exhausted the connection pool"), ("older", "Connection pool exhausted")]
            .map(|(id, text)| (id.to_owned(), text.to_owned()))
    );
    assert!(found("The runbook was out of date").is_empty());

    let category = FactorCategory::Technical;
    let text = "The connection pool was exhausted".to_owned();
    asked(&mut library, &mut new, &Request::AddFactor { category, text, chain: None, event: None });
    assert_eq!(found("The connection pool was exhausted").len(), 2, "its own factor is not seen before");
    asked(&mut library, &mut new, &Request::Undo {});
    library.rebuild().unwrap();
    assert_eq!(found("The connection pool was exhausted").len(), 2, "built anew it is the same");
}

#[test]
fn a_library_from_before_there_was_a_list_of_causes_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    post_mortem(&mut Library::open(folder.path()).unwrap(), "old", "Connection pool exhausted", None);
    let older = rusqlite::Connection::open(folder.path().join("library.sqlite")).unwrap();
    older
        .execute_batch(
            "DROP TABLE cause; DROP TABLE setting; DROP TABLE erasing; DROP TABLE erased; PRAGMA user_version = 3",
        )
        .unwrap();
    drop(older);
    drop(Library::open(folder.path()).unwrap());
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    let found = reader.similar("The connection pool was exhausted", &PostMortemId("new".into())).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn where_tickets_are_filed_is_remembered_by_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    assert_eq!(library.ticket_template().unwrap(), None);
    let template = |address: &str| TicketTemplate {
        tracker: Tracker::Gitlab,
        address: address.into(),
        body: TicketTemplate::BODY.into(),
    };
    library.keep_ticket_template(&template("https://gitlab.com/acme/old")).unwrap();
    library.keep_ticket_template(&template("https://gitlab.com/acme/shop")).unwrap();
    drop(library);
    let library = Library::open(folder.path()).unwrap();
    assert_eq!(library.ticket_template().unwrap(), Some(template("https://gitlab.com/acme/shop")));
}
