//! A library with a meeting in it, driven as `live` drives it, for the tests of the library.

#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, reason = "each test needs a part of it")]

use std::path::Path;

use meeting::{
    Actor, Chance, DraftId, Meeting, Millis, Moment, NoteKind, ParticipantId, PostMortemId, Request, apply,
    apply_secret, decide, default_agenda,
};
use store::{Commit, Library, RequestDigest};

/// A moment so many seconds after the beginning.
pub fn now(second: u32) -> Moment {
    Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::seconds(second), boot: 1 }
}

/// A library with one meeting, driven as `live` drives it.
pub struct Scenario {
    pub library: Library,
    pub meeting: Meeting,
    seconds: u32,
}

impl Scenario {
    /// Opens a library with a meeting that has started.
    pub fn begin(folder: &Path) -> Self {
        let mut scenario = Self { library: Library::open(folder).unwrap(), meeting: Meeting::unwritten(), seconds: 0 };
        scenario.create("pm-1", "Checkout");
        scenario.facilitator(&Request::StartMeeting {});
        scenario
    }

    /// Goes on with another post-mortem in the same library.
    pub fn create(&mut self, id: &str, title: &str) {
        self.meeting = Meeting::unwritten();
        let (id, planned) = (PostMortemId(id.into()), default_agenda());
        self.facilitator(&Request::Create { id, title: title.into(), zone: chrono_tz::UTC, planned });
    }

    pub fn facilitator(&mut self, request: &Request) {
        self.ask(Actor::Facilitator, request);
    }

    pub fn ask(&mut self, by: Actor, request: &Request) {
        self.seconds += 1;
        let decided = decide(&self.meeting, request, by, Chance(7)).unwrap();
        let recorded = self.meeting.record(decided.events, by, now(self.seconds));
        for recorded in &recorded {
            apply(&mut self.meeting, recorded);
        }
        for secret in &decided.secrets {
            apply_secret(&mut self.meeting, secret);
        }
        let request = Some(RequestDigest::of(&format!("request-xyzzy-{}", self.seconds)));
        let commit = Commit { recorded, secrets: decided.secrets, request, ..Commit::default() };
        self.library.commit(&self.meeting, &[commit]).unwrap();
    }

    pub fn phone(&mut self) -> ParticipantId {
        self.ask(Actor::Application, &Request::Join { name: None });
        self.meeting.participants.last().unwrap().id
    }

    pub fn write(&mut self, by: ParticipantId, text: &str) {
        let request = Request::Write { draft: DraftId("a".into()), kind: NoteKind::WentPoorly, text: text.into() };
        self.ask(Actor::Participant { id: by }, &request);
    }

    pub fn rows(&self, table: &str) -> i64 {
        let database = rusqlite::Connection::open(self.library.folder().join("library.sqlite")).unwrap();
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    }
}

/// Returns the files below a folder that hold these bytes.
pub fn files_holding(folder: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).unwrap().windows(needle.len()).any(|bytes| bytes == needle.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
