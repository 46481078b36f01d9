//! What no file may give away, not even to somebody who takes the library and its backups home: who wrote what, and who
//! voted for what.
//!
//! Two meetings differ in nothing but that. When everything is open, their libraries and their backups are the same,
//! row by row, so that nothing that could be computed from them tells the two apart.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

mod scenario;

use std::path::{Path, PathBuf};

use meeting::{ActionCategory, Actor, Ballot, DraftId, NoteKind, Priority, Request, Section};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use scenario::Scenario;

const EARLY: &str = "xyzzy the dashboard showed green";
const LATE: &str = "plugh the pager was silent";

/// A meeting with two people in the room, Ada first.
struct Pair(Scenario);

impl Pair {
    fn begin(folder: &Path) -> Self {
        let mut scenario = Scenario::begin(folder);
        for name in ["Ada", "Ben"] {
            scenario.ask(Actor::Application, &Request::Join { name: Some(name.into()) });
        }
        Self(scenario)
    }

    /// Has the two write and vote: `first` is the place of the one who writes and votes first.
    fn write_and_vote(&mut self, first: usize) {
        self.0.facilitator(&Request::OpenWriting { section: Section::WentPoorly });
        for (place, text) in [(first, EARLY), (1 - first, LATE)] {
            let (draft, kind) = (DraftId("a-draft-name".into()), NoteKind::WentPoorly);
            let by = Actor::Participant { id: self.0.meeting.participants[place].id };
            self.0.ask(by, &Request::Write { draft, kind, text: text.into() });
        }
        for text in ["Add an alert", "Write a runbook"] {
            let (category, priority) = (ActionCategory::Process, Priority::Must);
            self.0.facilitator(&Request::AddProposal { text: text.into(), category, priority, addresses: None });
        }
        self.0.facilitator(&Request::OpenVote { seats: 3, budget: None });
        let round = self.0.meeting.open_round().unwrap().clone();
        for (place, option) in [(first, 0), (1 - first, 1)] {
            let ballot = Ballot { revision: 1, dots: vec![(round.options[option], 1)] };
            let by = Actor::Participant { id: self.0.meeting.participants[place].id };
            self.0.ask(by, &Request::Vote { round: round.id, ballot });
        }
    }

    fn open_everything(&mut self) {
        let round = self.0.meeting.open_round().unwrap().id;
        self.0.facilitator(&Request::CloseVote { round });
        self.0.facilitator(&Request::Reveal { section: Section::WentPoorly });
    }
}

/// Returns every row of every table.
fn rows(database: &Path) -> Vec<String> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut rows = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let columns = statement.column_count();
        let found =
            statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>());
        rows.extend(found.unwrap().map(|row| format!("{table}: {:?}", row.unwrap())));
    }
    rows
}

fn database(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let databases: Vec<PathBuf> =
        files.filter(|path| std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3"))).collect();
    assert_eq!(databases.len(), 1, "{databases:?}");
    databases[0].clone()
}

fn holds(path: &Path, needle: &str) -> bool {
    std::fs::read(path).unwrap().windows(needle.len()).any(|bytes| bytes == needle.as_bytes())
}

#[test]
fn a_backup_made_while_people_write_and_vote_holds_no_word_and_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut pair = Pair::begin(folder.path());
    pair.write_and_vote(0);
    let backup = pair.0.library.back_up().unwrap();
    for needle in [EARLY, LATE, "xyzzy", "plugh", "a-draft-name"] {
        assert!(!holds(&backup, needle), "{needle} is in the backup");
    }
    let keys: Vec<Vec<u8>> = std::fs::read_dir(folder.path().join("keys"))
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(keys.len(), 2, "one for the notes, one for the round");
    let bytes = std::fs::read(&backup).unwrap();
    for key in keys {
        assert!(key.len() >= 32);
        assert!(!bytes.windows(32).any(|window| window == &key[..32]), "a key is in the backup");
    }
}

#[test]
fn once_everything_is_open_no_row_of_the_library_or_of_a_backup_tells_who_wrote_or_voted_what() {
    let kept = [0, 1].map(|first| {
        let folder = tempfile::tempdir().unwrap();
        let mut pair = Pair::begin(folder.path());
        pair.write_and_vote(first);
        pair.open_everything();
        let backup = pair.0.library.back_up().unwrap();
        assert!(holds(&backup, EARLY) && holds(&backup, LATE), "what is open is backed up");
        let in_backup = rows(&backup);
        drop(pair);
        (rows(&database(folder.path())), in_backup)
    });
    let [(library, backup), (other_library, other_backup)] = kept;
    assert!(library.len() > 10 && backup.len() > 10, "{library:?}");
    assert_eq!(library, other_library);
    assert_eq!(backup, other_backup);
}
