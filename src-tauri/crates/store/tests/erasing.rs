//! Erasing over real files: what was deleted stands in no file any more, and nothing else is touched.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod scenario;

use std::path::Path;

use meeting::{AttachmentId, DraftId, Edit, Event, Meeting, PostMortemId, Request, Retention, Section, TextField};
use rusqlite::Connection;
use scenario::{Scenario, files_holding, now};
use store::{Images, Library, Reader, StoreError};

/// The tables in which a deleted post-mortem may leave nothing.
const TABLES: [&str; 8] = ["event", "sealed", "phone", "granted", "mark", "room", "entry", "cause"];

/// One grey pixel.
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cch\x00\x00\x00\x82\x00\x81w\xcdr\xb6\x00\x00\x00\x00IEND\xaeB`\x82";

fn id(text: &str) -> PostMortemId {
    PostMortemId(text.into())
}

fn attach(scenario: &mut Scenario, folder: &Path, bytes: &[u8]) {
    let image = Images::of(folder).keep(bytes).unwrap();
    scenario.facilitator(&Request::AttachImage { event: None, image, caption: "A graph".into() });
}

/// A library with `pm-1`, in the middle of a meeting, and `pm-2`.
fn two(folder: &Path) -> Scenario {
    let mut scenario = Scenario::begin(folder);
    let ada = scenario.phone();
    scenario.facilitator(&Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(ada, "xyzzy a hidden note");
    scenario.facilitator(&Request::Edit {
        edit: Edit::Text { field: TextField::Summary, text: "xyzzy the summary".into() },
    });
    scenario.library.keep_room(&id("pm-1"), &store::RoomKeys { port: 1, code: "A".into(), key: "K".into() }).unwrap();
    scenario.library.mark(&id("pm-1"), now(9)).unwrap();
    scenario.create("pm-2", "Another one");
    scenario
}

#[test]
fn a_deleted_post_mortem_stands_in_no_file_and_the_others_are_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    let before = scenario.library.load(&id("pm-2")).unwrap();
    scenario.library.back_up().unwrap();
    assert!(files_holding(folder.path(), "xyzzy the summary").len() > 1, "the backup holds it as well");
    assert!(
        files_holding(folder.path(), "pm-1.").is_empty() && folder.path().join("keys").read_dir().unwrap().count() > 0
    );

    let erased = scenario.library.delete(&[id("pm-1")]).unwrap();
    assert_eq!(erased, store::Erased::default());
    assert_eq!(files_holding(folder.path(), "xyzzy"), Vec::<String>::new());
    assert_eq!(folder.path().join("keys").read_dir().unwrap().count(), 0, "its keys are gone");
    let database = Connection::open(folder.path().join("library.sqlite")).unwrap();
    for table in TABLES {
        let sql = format!("SELECT count(*) FROM {table} WHERE post_mortem = 'pm-1'");
        assert_eq!(database.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "{table}");
    }
    assert_eq!(scenario.library.entries().unwrap().len(), 1);
    assert_eq!(scenario.library.load(&id("pm-2")).unwrap(), before);

    let backups: Vec<_> = folder.path().join("backups").read_dir().unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(backups.len(), 1, "one fresh backup: {backups:?}");
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(&backups[0], copy.path().join("library.sqlite")).unwrap();
    assert_eq!(Reader::open(copy.path()).unwrap().unwrap().load(&id("pm-2")).unwrap(), before);
}

#[test]
fn what_moved_between_pages_while_many_wrote_stands_nowhere_either() {
    for seed in 1..=8u64 {
        let folder = tempfile::tempdir().unwrap();
        let mut scenario = two(folder.path());
        let mut database = Connection::open(folder.path().join("library.sqlite")).unwrap();
        let rows = database.transaction().unwrap();
        let mut chance = seed;
        // Rows of four post-mortems in turn, of lengths that make pages split and rows move.
        for seq in 1..400 {
            for name in ["pm-3", "pm-4", "pm-5", "pm-6"] {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let length = usize::try_from(chance >> 33).unwrap() % 700;
                let word = if name == "pm-4" { "plugh" } else { "other" };
                let body = format!("{word} {}", "x".repeat(length));
                rows.execute("INSERT INTO event (post_mortem, seq, body) VALUES (?1, ?2, ?3)", (name, seq, body))
                    .unwrap();
            }
        }
        rows.commit().unwrap();
        drop(database);
        scenario.library.delete(&[id("pm-4")]).unwrap();
        assert_eq!(files_holding(folder.path(), "plugh"), Vec::<String>::new(), "seed {seed}");
        assert!(!files_holding(folder.path(), "other").is_empty());
    }
}

#[test]
fn an_erasure_is_owed_while_another_program_reads_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    let mut reader = Connection::open(folder.path().join("library.sqlite")).unwrap();
    let reading = reader.transaction().unwrap();
    let count =
        |from: &Connection| from.query_row("SELECT count(*) FROM event", [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(count(&reading) > 0);
    let erased = scenario.library.delete(&[id("pm-1")]).unwrap();
    assert!(!erased.owed.is_empty(), "the reader still needs the old pages");
    drop(reading);
    drop(scenario);
    assert_eq!(Library::open(folder.path()).unwrap().notice(), "");
    assert_eq!(files_holding(folder.path(), "xyzzy"), Vec::<String>::new());
}

#[test]
fn what_belongs_to_nobody_goes_too_and_what_is_not_ours_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    Images::of(folder.path()).keep(PNG).unwrap();
    std::fs::write(folder.path().join("images/1.part"), "begun").unwrap();
    scenario.library.back_up().unwrap();
    std::fs::create_dir(folder.path().join("backups/theirs")).unwrap();
    std::fs::write(folder.path().join("backups/notes.txt"), "mine").unwrap();
    let unfinished = folder.path().join("backups/20260101T000000.000000.sqlite.unfinished");
    std::fs::write(&unfinished, "xyzzy").unwrap();
    scenario.library.delete(&[id("pm-1")]).unwrap();
    assert_eq!(files_holding(folder.path(), "xyzzy"), Vec::<String>::new());
    assert_eq!(folder.path().join("images").read_dir().unwrap().count(), 0, "no log names them");
    assert!(folder.path().join("backups/theirs").exists() && folder.path().join("backups/notes.txt").exists());
}

#[test]
fn images_stay_while_a_damaged_library_that_may_name_them_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    Images::of(folder.path()).keep(PNG).unwrap();
    let aside = folder.path().join("damaged-20260101T000000.sqlite");
    std::fs::write(&aside, "mangled").unwrap();
    let erased = scenario.library.delete(&[id("pm-1")]).unwrap();
    assert_eq!(erased.set_aside, [aside]);
    assert_eq!(folder.path().join("images").read_dir().unwrap().count(), 1);
}

#[test]
fn a_record_that_is_brought_back_is_due_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    let retention = |kept| Retention { months: Some(12), kept };
    scenario.library.keep_retention(&retention(vec![id("pm-1"), id("pm-2")])).unwrap();
    scenario.library.delete(&[id("pm-1"), id("pm-1")]).unwrap_err();
    scenario.library.delete(&[id("pm-1")]).unwrap();
    assert_eq!(scenario.library.retention().unwrap(), retention(vec![id("pm-2")]));
}

#[test]
fn nothing_is_deleted_when_one_of_several_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    let refused = scenario.library.delete(&[id("pm-2"), id("pm-9")]);
    assert!(matches!(refused, Err(StoreError::Unknown(name)) if name == "pm-9"));
    assert_eq!(scenario.library.entries().unwrap().len(), 2);
    assert!(scenario.library.load(&id("pm-2")).is_ok());
}

#[test]
fn an_image_goes_with_the_last_post_mortem_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    attach(&mut scenario, folder.path(), PNG);
    scenario.facilitator(&Request::Edit { edit: Edit::RemoveAttachment { attachment: AttachmentId(1) } });
    scenario.create("pm-3", "The same graph");
    attach(&mut scenario, folder.path(), PNG);
    let images = || folder.path().join("images").read_dir().unwrap().count();
    scenario.library.delete(&[id("pm-2")]).unwrap();
    assert_eq!(images(), 1, "pm-3 still shows it");
    scenario.library.delete(&[id("pm-3")]).unwrap();
    assert_eq!(images(), 0);
}

#[test]
fn what_a_crash_left_of_an_erasure_is_finished_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    let old = scenario.library.back_up().unwrap();
    // The backups cannot be reached, as on a drive that went away between the commit and what follows it.
    let (there, away) = (folder.path().join("backups"), folder.path().join("away"));
    std::fs::rename(&there, &away).unwrap();
    std::fs::write(&there, "no folder").unwrap();
    let erased = scenario.library.delete(&[id("pm-1")]).unwrap();
    assert!(!erased.owed.is_empty(), "it is said");
    std::fs::remove_file(&there).unwrap();
    std::fs::rename(&away, &there).unwrap();
    assert!(old.exists());
    drop(scenario);

    let library = Library::open(folder.path()).unwrap();
    assert_eq!((library.notice(), old.exists()), ("", false));
    assert_eq!(files_holding(folder.path(), "xyzzy"), Vec::<String>::new());
    drop(library);
    let newest = |folder: &Path| folder.join("backups").read_dir().unwrap().next().unwrap().unwrap().path();
    let first = newest(folder.path());
    drop(Library::open(folder.path()).unwrap());
    assert_eq!(newest(folder.path()), first, "it is done once");
}

#[test]
fn a_rewritten_log_replaces_the_old_one_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    scenario.library.back_up().unwrap();
    let old = scenario.library.load(&id("pm-1")).unwrap();
    let mut rewritten = Meeting::unwritten();
    for recorded in old.recorded() {
        let text = serde_json::to_string(recorded).unwrap().replace("xyzzy the summary", "plugh the summary");
        meeting::apply(&mut rewritten, &serde_json::from_str(&text).unwrap());
    }
    let short = scenario.library.rewrite(std::slice::from_ref(&rewritten), &[]);
    assert!(matches!(short, Err(StoreError::Changed(_))), "it must say that it was rewritten");
    let said = rewritten.record(vec![Event::NameRemoved { places: 1 }], meeting::Actor::Facilitator, now(99));
    said.iter().for_each(|recorded| meeting::apply(&mut rewritten, recorded));
    scenario.library.rewrite(std::slice::from_ref(&rewritten), &[]).unwrap();

    assert_eq!(files_holding(folder.path(), "xyzzy the summary"), Vec::<String>::new());
    let loaded = scenario.library.load(&id("pm-1")).unwrap();
    assert_eq!(loaded.incident.text(TextField::Summary), "plugh the summary");
    assert_eq!(
        loaded.own_notes(meeting::Author::Participant { id: loaded.participants[0].id })[0].draft,
        DraftId("a".into())
    );
    let changed = scenario.library.rewrite(&[rewritten], &[]);
    assert!(matches!(changed, Err(StoreError::Changed(_))), "a log that has moved on is not overwritten");
    scenario.library.rebuild().unwrap();
}

#[test]
fn the_log_is_still_append_only_for_everybody_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = two(folder.path());
    scenario.library.delete(&[id("pm-1")]).unwrap();
    let database = Connection::open(folder.path().join("library.sqlite")).unwrap();
    for statement in ["DELETE FROM event", "UPDATE event SET body = '{}'"] {
        let refused = database.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}
