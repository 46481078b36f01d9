//! The command line, on a machine without a display.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use checks::Folder;
use checks::application::binary;
use serde_json::Value;

fn debrief(folder: &Folder, arguments: &[&str]) -> Output {
    let mut command = Command::new(binary());
    command.args(arguments).env("DEBRIEF_DATA_DIR", folder.library());
    for display in ["DISPLAY", "WAYLAND_DISPLAY"] {
        command.env_remove(display);
    }
    command.output().unwrap()
}

/// Runs it, expects it to succeed, and returns what it prints.
#[track_caller]
pub(crate) fn printed(folder: &Folder, arguments: &[&str]) -> String {
    let output = debrief(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_command_line_without_a_display() {
    let folder = Folder::new();

    let output = debrief(&folder, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "one line says it: {said}");
    assert!(said.contains("no window can be opened"), "{said}");
    assert!(output.stdout.is_empty());

    for wrong in [&["--nonsense"][..], &["export"], &["import"], &["rehearse", "--phones", "two"]] {
        assert_eq!(debrief(&folder, wrong).status.code(), Some(2), "{wrong:?} is wrong use");
    }
    let missing = debrief(&folder, &["export", "--file", "there-is-none.json"]);
    assert_eq!(missing.status.code(), Some(1), "a missing file is a failure, not wrong use");
}

#[test]
fn a_rehearsal_leaves_its_record_and_the_record_can_be_exported_again() {
    let folder = Folder::new();
    let out = folder.records();
    let paths: Vec<PathBuf> = printed(&folder, &["rehearse", "--out", path(&out)]).lines().map(PathBuf::from).collect();
    let extensions: Vec<_> = paths.iter().map(|path| path.extension().unwrap().to_str().unwrap()).collect();
    assert_eq!(extensions, ["pdf", "md", "json"], "one path a line and nothing else");
    for path in &paths {
        assert_eq!(path.parent(), Some(&*out), "the files lie directly in the folder");
        assert!(path.is_file());
    }
    assert!(!folder.library().join("library.sqlite").exists(), "a rehearsal does not touch the library");

    let again = out.join("again");
    let arguments = ["export", "--file", path(&paths[2]), "--format", "md,json", "--out", path(&again)];
    let copies: Vec<PathBuf> = printed(&folder, &arguments).lines().map(PathBuf::from).collect();
    assert_eq!(copies.len(), 2);
    for (copy, original) in copies.iter().zip(&paths[1..]) {
        assert_eq!(fs::read(copy).unwrap(), fs::read(original).unwrap(), "{} is the same", copy.display());
    }
}

#[test]
fn a_timeline_is_tried_first_and_then_kept_and_listed() {
    let folder = Folder::new();
    let notes = folder.records().join("outage.txt");
    fs::create_dir_all(folder.records()).unwrap();
    fs::write(&notes, "Outage, 6 May 2026, all times in UTC\n14:12 deployed 9.2\n14:16 alert fired\nthen silence\n")
        .unwrap();

    let tried = printed(&folder, &["import", "--dry-run", "--json", path(&notes)]);
    let tried: Value = serde_json::from_str(&tried).unwrap();
    assert_eq!(tried["events"].as_array().unwrap().len(), 2);
    assert_eq!(tried["events"][0]["at"], "2026-05-06T14:12:00Z");
    assert_eq!(tried["events"][0]["text"], "deployed 9.2");
    for key in ["local", "precision", "kind", "actor"] {
        assert!(tried["events"][1].get(key).is_some(), "an event says its {key}");
    }
    assert!(tried["doubts"].is_array());
    assert!(tried["not_understood"].is_array());
    assert_eq!(printed(&folder, &["list", "--json"]).trim(), "[]", "trying keeps nothing");

    let kept = printed(&folder, &["import", "--json", "--title", "Outage", path(&notes)]);
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let listed: Value = serde_json::from_str(&printed(&folder, &["list", "--json"])).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["id"], kept["id"]);
    assert_eq!(listed[0]["title"], "Outage");
}

/// Returns the files below a folder that hold these bytes.
pub(crate) fn files_holding(folder: &Path, needle: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_holding(&path, needle));
        } else if fs::read(&path).unwrap().windows(needle.len()).any(|bytes| bytes == needle.as_bytes()) {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_name_is_removed_from_a_record_and_the_record_is_deleted_only_when_somebody_says_yes() {
    let folder = Folder::new();
    let record = printed(&folder, &["rehearse", "--out", path(&folder.records())]).lines().nth(2).unwrap().to_owned();
    printed(&folder, &["import", &record]);
    let listed: Value = serde_json::from_str(&printed(&folder, &["list", "--json"])).unwrap();
    let id = listed[0]["id"].as_str().unwrap();
    // The sample's incident commander, whose surname stands in its prose as well.
    let name = ["remove-name", "Jonas Reuter"];
    assert!(!files_holding(&folder.library(), "Jonas Reuter").is_empty());

    let asked = debrief(&folder, &name);
    assert_eq!(asked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&asked.stdout).contains(id), "it says where the name stands");
    assert!(String::from_utf8_lossy(&asked.stderr).contains("Nothing was changed"));
    assert!(!files_holding(&folder.library(), "Jonas Reuter").is_empty());

    printed(&folder, &[&name[..], &["--yes"]].concat());
    assert_eq!(files_holding(&folder.library(), "Reuter"), Vec::<PathBuf>::new());
    let out = folder.records().join("after");
    printed(&folder, &["export", id, "--format", "md,json", "--out", path(&out)]);
    assert_eq!(files_holding(&out, "Reuter"), Vec::<PathBuf>::new());
    assert_eq!(files_holding(&out, "A person\u{2019}s name was removed").len(), 1, "the history says so");
    assert_eq!(files_holding(&out, "name removed").len(), 2);

    assert_eq!(debrief(&folder, &["delete", id]).status.code(), Some(1), "nothing is deleted without a yes");
    assert_ne!(printed(&folder, &["list", "--json"]).trim(), "[]");
    printed(&folder, &["delete", id, "--yes"]);
    assert_eq!(printed(&folder, &["list", "--json"]).trim(), "[]");
    assert_eq!(files_holding(&folder.library(), id), Vec::<PathBuf>::new());
    assert_eq!(debrief(&folder, &["delete", id, "--yes"]).status.code(), Some(1), "there is none any more");
}
