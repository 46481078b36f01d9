//! The library over real files: durability of what was committed, forgetting what must be forgotten.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod scenario;

use std::path::Path;

use meeting::{Actor, Chance, DraftId, NoteKind, PostMortemId, Request, Section, apply_secret, decide};
use scenario::{Scenario, files_holding, now};
use store::{Commit, Library, Reader, RequestDigest, RoomKeys, StoreError};

#[test]
fn a_meeting_is_the_same_after_it_was_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let ada = scenario.phone();
    scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(ada, "The dashboard showed green");
    let before = scenario.meeting.clone();
    drop(scenario);

    let loaded = Library::open(folder.path()).unwrap().load(&before.id).unwrap();
    assert_eq!(loaded, before, "hidden notes included");
}

#[test]
fn a_hidden_note_stands_in_no_file_before_the_reveal_and_its_author_in_none_after() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let ada = scenario.phone();
    scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(ada, "xyzzy dashboard");
    assert_eq!(files_holding(folder.path(), "xyzzy dashboard"), Vec::<String>::new(), "before the reveal");
    let keys = || std::fs::read_dir(folder.path().join("keys")).unwrap().count();
    assert_eq!(keys(), 1);

    scenario.ask(Actor::Facilitator, &Request::Reveal { section: Section::WentPoorly });
    assert_eq!(keys(), 0, "the key is destroyed");
    assert!(!files_holding(folder.path(), "xyzzy dashboard").is_empty(), "the note itself is in the log now");
    assert_eq!(files_holding(folder.path(), "\"author\""), Vec::<String>::new(), "no file links a note to anybody");

    drop(scenario);
    let loaded = Library::open(folder.path()).unwrap().load(&PostMortemId("pm-1".into())).unwrap();
    assert_eq!(loaded.shown_notes(Section::WentPoorly).count(), 1);
}

#[test]
fn a_section_that_is_opened_again_is_sealed_under_another_key_and_not_the_one_that_was_destroyed() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let ada = scenario.phone();
    let key = || {
        let key = std::fs::read_dir(folder.path().join("keys")).unwrap().next();
        key.map(|file| std::fs::read(file.unwrap().path()).unwrap())
    };
    scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(ada, "The dashboard showed green");
    let first = key().unwrap();
    scenario.write(ada, "The dashboard showed green all night");
    assert_eq!(key().unwrap(), first, "one key while the seal holds");
    scenario.ask(Actor::Facilitator, &Request::Reveal { section: Section::WentPoorly });
    assert_eq!(key(), None);
    scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(ada, "Nobody owned the dashboard");
    assert_ne!(key().unwrap(), first);
    let before = scenario.meeting.clone();
    drop(scenario);
    // A copy of the destroyed key in memory would have sealed a note that no file can open any more.
    assert_eq!(Library::open(folder.path()).unwrap().load(&before.id).unwrap(), before);
}

#[test]
fn the_number_of_a_note_and_the_name_of_a_request_stand_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let ada = scenario.phone();
    scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
    let write =
        Request::Write { draft: DraftId("draft-xyzzy".into()), kind: NoteKind::WentPoorly, text: "Green".into() };
    let numbered = Request::Numbered { number: 1_777_123_456_789, request: Box::new(write) };
    scenario.ask(Actor::Participant { id: ada }, &numbered);
    assert_eq!(scenario.meeting.newest_number(ada), 1_777_123_456_789);
    let reloaded = || Reader::open(folder.path()).unwrap().unwrap().load(&PostMortemId("pm-1".into())).unwrap();
    assert_eq!(reloaded().newest_number(ada), 0, "it is sealed with the note");
    for telling in ["1777123456789", "draft-xyzzy", "request-xyzzy"] {
        assert_eq!(files_holding(folder.path(), telling), Vec::<String>::new(), "before the reveal: {telling}");
    }
    scenario.ask(Actor::Facilitator, &Request::Reveal { section: Section::WentPoorly });
    for telling in ["1777123456789", "draft-xyzzy", "request-xyzzy", "\"numbered\""] {
        assert_eq!(files_holding(folder.path(), telling), Vec::<String>::new(), "after it: {telling}");
    }
    assert_eq!(scenario.meeting.newest_number(ada), 0, "nor in memory");
}

#[test]
fn what_many_ask_at_once_lies_in_one_row_and_is_read_back_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let people: Vec<_> = (0..40).map(|_| scenario.phone()).collect();
    scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
    let mut commits = Vec::new();
    for (place, by) in people.iter().chain(&people).enumerate() {
        let (draft, text) = (DraftId("a".into()), format!("Wording {place}"));
        let request = Request::Write { draft, kind: NoteKind::WentPoorly, text };
        let decided = decide(&scenario.meeting, &request, Actor::Participant { id: *by }, Chance(7)).unwrap();
        decided.secrets.iter().for_each(|secret| apply_secret(&mut scenario.meeting, secret));
        let request = Some(RequestDigest::of(&format!("{by}-request-{place}")));
        commits.push(Commit { secrets: decided.secrets, request, ..Commit::default() });
    }
    let granted = scenario.rows("granted");
    scenario.library.commit(&scenario.meeting, &commits).unwrap();
    assert_eq!((scenario.rows("sealed"), scenario.rows("granted") - granted), (1, 1));
    let before = scenario.meeting.clone();
    drop(scenario);
    let mut library = Library::open(folder.path()).unwrap();
    assert_eq!(library.load(&before.id).unwrap(), before, "the second wording of each counts");
    let mut knows = |name: &str| library.has_granted(&before.id, RequestDigest::of(name)).unwrap();
    assert!(knows(&format!("{}-request-0", people[0])) && knows(&format!("{}-request-79", people[39])));
    assert!(!knows(&format!("{}-request-80", people[0])));
}

#[test]
fn a_meeting_that_ended_remembers_only_the_request_that_ended_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let id = scenario.meeting.id.clone();
    let (earlier, last) = (RequestDigest::of("earlier"), RequestDigest::of("last"));
    scenario.library.commit(&scenario.meeting, &[Commit { request: Some(earlier), ..Commit::default() }]).unwrap();
    assert!(scenario.library.has_granted(&id, earlier).unwrap());
    let decided =
        decide(&scenario.meeting, &Request::EndMeeting { reason: "Out of time".into() }, Actor::Facilitator, Chance(7));
    let recorded = scenario.meeting.record(decided.unwrap().events, Actor::Facilitator, now(99));
    let commit = Commit { recorded, request: Some(last), ..Commit::default() };
    scenario.library.commit(&scenario.meeting, &[commit]).unwrap();
    let both = |library: &mut Library| [earlier, last].map(|it| library.has_granted(&id, it).unwrap());
    assert_eq!(both(&mut scenario.library), [false, true]);
    drop(scenario);
    assert_eq!(both(&mut Library::open(folder.path()).unwrap()), [false, true], "in memory as on disk");
}

#[test]
fn a_key_whose_rows_are_gone_is_destroyed_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    drop(Scenario::begin(folder.path()));
    std::fs::create_dir_all(folder.path().join("keys")).unwrap();
    let key = folder.path().join("keys/pm-1.poll.key");
    std::fs::write(&key, [7; 32]).unwrap();
    drop(Library::open(folder.path()).unwrap());
    assert!(!key.exists());
}

#[test]
fn entries_built_anew_equal_those_kept_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    scenario.ask(Actor::Facilitator, &Request::Park { text: "Retry budget".into() });
    let kept = scenario.library.entries().unwrap();
    assert_eq!((kept.len(), kept[0].progress.as_str()), (1, "in progress"));
    scenario.library.rebuild().unwrap();
    assert_eq!(scenario.library.entries().unwrap(), kept);
}

#[test]
fn a_second_writer_is_refused_and_a_reader_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = Scenario::begin(folder.path());
    assert!(matches!(Library::open(folder.path()), Err(StoreError::InUse(_))));
    let reader = Reader::open(folder.path()).unwrap().unwrap();
    assert_eq!(reader.load(&scenario.meeting.id).unwrap(), scenario.meeting);
    assert!(matches!(reader.load(&PostMortemId("none".into())), Err(StoreError::Unknown(_))));
}

#[test]
fn a_damaged_library_is_set_aside_and_the_newest_backup_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    scenario.library.back_up().unwrap();
    scenario.ask(Actor::Facilitator, &Request::Park { text: "After the backup".into() });
    drop(scenario);
    let database = folder.path().join("library.sqlite");
    std::fs::write(&database, b"this is no database, and never was one, whatever its name may say").unwrap();

    let library = Library::open(folder.path()).unwrap();
    assert!(library.notice().contains("was damaged"), "{}", library.notice());
    assert_eq!(library.load(&PostMortemId("pm-1".into())).unwrap().parked.len(), 0, "what came after is missing");
    let aside = std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok);
    assert!(aside.map(|file| file.file_name()).any(|name| name.to_string_lossy().starts_with("damaged-")));
}

#[test]
fn a_newer_format_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(Scenario::begin(folder.path()));
    let bytes = |folder: &Path| std::fs::read(folder.join("library.sqlite")).unwrap();
    // The user version is stored big-endian at offset 60 of the file, by the file format of SQLite.
    let mut newer = bytes(folder.path());
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    std::fs::write(folder.path().join("library.sqlite"), &newer).unwrap();
    assert!(matches!(Library::open(folder.path()), Err(StoreError::Newer { found: 99, known: 5 })));
    assert_eq!(bytes(folder.path()), newer);
}

#[test]
fn a_room_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = Scenario::begin(folder.path());
    let room = RoomKeys { port: 8080, code: "K7QXMR".into(), key: "ABC".into() };
    scenario.library.keep_room(&scenario.meeting.id, &room).unwrap();
    assert_eq!(scenario.library.room(&scenario.meeting.id).unwrap(), Some(room));
}

#[test]
fn what_was_typed_is_a_value_and_never_a_part_of_a_statement() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path());
    let hostile = "x'); DROP TABLE event; --\u{0}\" OR 1=1 /*";
    scenario.create(hostile, hostile);
    let id = PostMortemId(hostile.into());
    assert_eq!(scenario.library.load(&id).unwrap(), scenario.meeting);
    assert_eq!(scenario.library.entries().unwrap().len(), 2);
    scenario.library.delete(std::slice::from_ref(&id)).unwrap();
    assert!(matches!(scenario.library.load(&id), Err(StoreError::Unknown(_))));
    assert!(scenario.library.load(&PostMortemId("pm-1".into())).is_ok());
}
