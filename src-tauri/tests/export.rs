//! `debrief export` and `debrief publish` as a process: killed, out of room, without rights, with git and without.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use chrono::DateTime;
use meeting::{
    Actor, Chance, Edit, Meeting, Millis, Moment, PostMortemId, Request, TextField, apply, decide, default_agenda,
};

/// A post-mortem whose summary is `words`, as exported JSON.
fn record(words: &str) -> String {
    let mut meeting = Meeting::unwritten();
    let title = "Labels late".to_owned();
    let id = PostMortemId("pm-20260506-abc123".into());
    let create = Request::Create { id, title, zone: chrono_tz::UTC, planned: default_agenda() };
    let edit = |field, text: &str| Request::Edit { edit: Edit::Text { field, text: text.to_owned() } };
    for request in [create, edit(TextField::Summary, words), edit(TextField::NoActionsReason, "It is fixed")] {
        let now = Moment { wall: DateTime::UNIX_EPOCH, uptime: Millis::seconds(1), boot: 1 };
        let decided = decide(&meeting, &request, Actor::Facilitator, Chance(1)).unwrap();
        for recorded in meeting.record(decided.events, Actor::Facilitator, now) {
            apply(&mut meeting, &recorded);
        }
    }
    document::json(&meeting)
}

fn debrief(library: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_debrief"));
    command.arg("--data-dir").arg(library).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn export(folder: &Path, file: &Path, out: &Path) -> Command {
    let mut command = debrief(&folder.join("library"));
    command.args(["export", "--format", "md,json,csv,summary", "--file"]).arg(file).arg("--out").arg(out);
    command
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn is_unfinished(name: &str) -> bool {
    name.ends_with(".part")
}

/// Two versions of one record, what a folder holds of each, and the folder with the old one.
struct Versions {
    folder: tempfile::TempDir,
    old: BTreeMap<String, Vec<u8>>,
    new: BTreeMap<String, Vec<u8>>,
}

impl Versions {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (name, words) in [("old", "The queue grew. ".repeat(900)), ("new", "Nobody was paged. ".repeat(1_000))] {
            fs::write(at(&format!("{name}.json")), record(&words)).unwrap();
            let done = export(folder.path(), &at(&format!("{name}.json")), &at(name)).output().unwrap();
            assert!(done.status.success(), "{}", complaint(&done));
        }
        let (old, new) = (files(&at("old")), files(&at("new")));
        assert_eq!(old.len(), 5);
        assert!(old.keys().eq(new.keys()) && old != new);
        Self { folder, old, new }
    }

    fn start(&self) -> Child {
        let at = |name: &str| self.folder.path().join(name);
        export(self.folder.path(), &at("new.json"), &at("old")).spawn().unwrap()
    }

    /// Says whether every file is the old one or the new one, and how many are new.
    fn whole(&self) -> usize {
        let mut new = 0;
        for (name, bytes) in files(&self.folder.path().join("old")) {
            if is_unfinished(&name) {
                continue;
            }
            new += usize::from(self.new[&name] == bytes);
            assert!(
                self.new[&name] == bytes || self.old[&name] == bytes,
                "{name} is neither the old one nor the new one"
            );
        }
        new
    }

    fn put_back(&self) {
        for (name, bytes) in &self.old {
            fs::write(self.folder.path().join("old").join(name), bytes).unwrap();
        }
    }
}

#[test]
fn an_export_that_is_killed_leaves_the_old_file_or_the_new_one_and_the_next_one_no_litter() {
    let versions = Versions::make();
    let out = versions.folder.path().join("old");
    let mut between = 0;
    for round in 0u32..40 {
        let mut child = versions.start();
        // Killed when the first unfinished file, or the nth new file, is seen: while it writes, wherever that is.
        let wanted = usize::try_from(round % 5).unwrap();
        while child.try_wait().unwrap().is_none() {
            let names = files_named(&out);
            let begun = names.iter().any(|name| is_unfinished(name));
            if begun && versions.new_so_far(&out) >= wanted {
                child.kill().unwrap();
                break;
            }
        }
        child.wait().unwrap();
        let new = versions.whole();
        between += usize::from(new < versions.new.len());
        versions.put_back();
    }
    assert!(between >= 5, "only {between} of 40 were killed before they were done");
    assert!(versions.start().wait().unwrap().success());
    assert_eq!(files(&out), versions.new, "what was left behind is swept away");
}

fn files_named(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

impl Versions {
    fn new_so_far(&self, out: &Path) -> usize {
        self.new.iter().filter(|(name, bytes)| fs::read(out.join(name)).is_ok_and(|found| found == **bytes)).count()
    }
}

#[cfg(unix)]
#[test]
fn an_export_without_room_leaves_the_old_files_and_says_what_to_do() {
    let versions = Versions::make();
    let at = |name: &str| versions.folder.path().join(name);
    // A limit on the size of files stands for a full disk: writing fails half-way in both.
    let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_debrief"), "--data-dir"])
        .arg(at("library"))
        .args(["export", "--format", "json,md", "--file"])
        .arg(at("new.json"))
        .arg("--out")
        .arg(at("old"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", complaint(&output));
    let said = complaint(&output);
    assert!(said.contains("The file that is there is the old one, whole.") && said.contains("do it again"), "{said}");
    assert_eq!(files(&at("old")), versions.old, "nothing is half written and nothing is left over");
}

#[test]
fn a_target_that_cannot_be_written_is_said_and_what_was_there_stays() {
    let versions = Versions::make();
    let at = |name: &str| versions.folder.path().join(name);
    let below_a_file = export(versions.folder.path(), &at("new.json"), &at("new.json").join("sub")).output().unwrap();
    assert_eq!(below_a_file.status.code(), Some(1));
    assert!(complaint(&below_a_file).contains("Choose another folder"), "{}", complaint(&below_a_file));

    let name = versions.old.keys().find(|name| name.ends_with(".json")).unwrap();
    fs::remove_file(at("old").join(name)).unwrap();
    fs::create_dir(at("old").join(name)).unwrap();
    let onto_a_folder = export(versions.folder.path(), &at("new.json"), &at("old")).output().unwrap();
    assert_eq!(onto_a_folder.status.code(), Some(1));
    assert!(at("old").join(name).is_dir() && !files_named(&at("old")).iter().any(|name| is_unfinished(name)));
}

#[test]
fn a_record_that_is_imported_into_an_empty_library_is_exported_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let (file, library) = (folder.path().join("record.json"), folder.path().join("library"));
    fs::write(&file, record("The queue grew.")).unwrap();
    let imported = debrief(&library).arg("import").arg(&file).output().unwrap();
    assert!(imported.status.success(), "{}", complaint(&imported));
    let id = String::from_utf8(imported.stdout).unwrap();
    let out = folder.path().join("out");
    let exported =
        debrief(&library).args(["export", id.trim(), "--format", "json", "--out"]).arg(&out).output().unwrap();
    assert!(exported.status.success(), "{}", complaint(&exported));
    assert_eq!(files(&out).into_values().next().unwrap(), fs::read(&file).unwrap());
}

/// Publishes with a git that knows nobody but the one named here.
fn publish(folder: &Path, to: &Path, more: &[&str]) -> Command {
    let mut command = debrief(&folder.join("library"));
    command.arg("publish").arg("--file").arg(folder.join("record.json")).arg("--to").arg(to).args(more);
    for (name, value) in [("GIT_AUTHOR_NAME", "Ada"), ("GIT_COMMITTER_NAME", "Ada")] {
        command.env(name, value);
    }
    for name in ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] {
        command.env(name, "ada@example.org");
    }
    command.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

fn git(at: &Path, words: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(at).args(words).output().unwrap();
    assert!(output.status.success(), "{}", complaint(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_is_published_with_git_is_one_commit_of_these_files_and_only_when_something_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let wiki = folder.path().join("wiki");
    fs::create_dir(&wiki).unwrap();
    git(&wiki, &["init", "--quiet"]);
    fs::write(wiki.join("draft.txt"), "mine").unwrap();
    fs::write(folder.path().join("record.json"), record("The queue grew.")).unwrap();
    for (said, commits) in [("Committed as", 1), ("Nothing has changed", 1)] {
        let done = publish(folder.path(), &wiki, &["--anyway", "--git"]).output().unwrap();
        assert!(done.status.success() && complaint(&done).contains(said), "{}", complaint(&done));
        assert_eq!(git(&wiki, &["log", "--oneline"]).lines().count(), commits);
    }
    let listed = git(&wiki, &["ls-files"]);
    assert_eq!(listed.lines().count(), 4, "two forms, the index and what remembers them: {listed}");
    assert!(!listed.contains("draft.txt"), "what others have there is theirs to commit");
}

#[test]
fn without_git_or_a_repository_the_files_are_written_and_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("record.json"), record("The queue grew.")).unwrap();
    for (path, said) in [(None, "no git repository"), (Some(""), "there is no git here")] {
        let share = folder.path().join(format!("share{}", said.len()));
        let mut command = publish(folder.path(), &share, &["--anyway", "--git"]);
        // The folder of the test may itself lie in a repository.
        command.env("GIT_CEILING_DIRECTORIES", folder.path());
        if let Some(path) = path {
            command.env("PATH", path);
        }
        let done = command.output().unwrap();
        assert_eq!(done.status.code(), Some(1));
        assert!(complaint(&done).contains(said), "{}", complaint(&done));
        assert_eq!(files(&share).len(), 4);
    }
}

#[test]
fn what_is_missing_is_listed_and_publishing_anyway_is_a_choice() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("record.json"), record("The queue grew.")).unwrap();
    let share = folder.path().join("share");
    let refused = publish(folder.path(), &share, &[]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = complaint(&refused);
    assert!(said.contains("Missing: severity.") && said.contains("--anyway"), "{said}");
    assert!(!share.exists(), "nothing was written");
    assert!(publish(folder.path(), &share, &["--anyway"]).output().unwrap().status.success());
    assert!(share.join("README.md").exists());
}
