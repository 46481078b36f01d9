//! The workspace's manifests: who its members are and what each depends on. Two rules about manifests stand here too.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use toml::{Table, Value};

use crate::assert_kept;
use crate::files::{self, root};

/// A member of the workspace.
pub(crate) struct Member {
    /// The name of the package.
    pub(crate) name: String,
    /// The folder of its manifest, from the top of the repository.
    pub(crate) folder: String,
    manifest: Table,
}

impl Member {
    /// Returns the packages needed to build it, for every platform.
    pub(crate) fn dependencies(&self) -> BTreeSet<String> {
        self.packages_in(&["dependencies", "build-dependencies"])
    }

    /// Returns the packages that only its tests need.
    pub(crate) fn test_dependencies(&self) -> BTreeSet<String> {
        self.packages_in(&["dev-dependencies"])
    }

    fn packages_in(&self, kinds: &[&str]) -> BTreeSet<String> {
        let by_platform = self.manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
        let places = by_platform.filter_map(Value::as_table).chain([&self.manifest]);
        places
            .flat_map(|place| kinds.iter().filter_map(|kind| place.get(*kind)?.as_table()))
            .flatten()
            .map(|(key, wish)| wish.get("package").and_then(Value::as_str).unwrap_or(key).to_owned())
            .collect()
    }

    /// Returns its Rust sources; those of a member that lies in a folder of this one are not its own.
    pub(crate) fn sources(&self) -> Vec<&'static files::Listed> {
        let others: Vec<String> = member_folders().into_iter().filter(|folder| *folder != self.folder).collect();
        files::rust_in(&self.folder)
            .filter(|file| {
                !others.iter().any(|other| other.starts_with(&format!("{}/", self.folder)) && file.is_in(other))
            })
            .collect()
    }
}

/// Returns the members of the workspace by package name.
pub(crate) fn members() -> BTreeMap<String, Member> {
    let members: BTreeMap<String, Member> = member_folders()
        .into_iter()
        .map(|folder| {
            let manifest = read(&format!("{folder}/Cargo.toml"));
            let name = manifest["package"]["name"].as_str().unwrap().to_owned();
            (name.clone(), Member { name, folder, manifest })
        })
        .collect();
    assert!(members.len() > 5, "the workspace has lost its members");
    members
}

fn member_folders() -> Vec<String> {
    let workspace = read("Cargo.toml");
    let folders = workspace["workspace"]["members"].as_array().unwrap();
    folders.iter().map(|folder| folder.as_str().unwrap().to_owned()).collect()
}

fn read(path: &str) -> Table {
    std::fs::read_to_string(root().join(path)).unwrap().parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_crate_obeys_the_lints_of_the_workspace() {
    let obeys = |member: &Member| {
        member.manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(Value::as_bool) == Some(true)
    };
    let broken: Vec<String> = members()
        .values()
        .filter(|member| !obeys(member))
        .map(|member| format!("{}/Cargo.toml", member.folder))
        .collect();
    assert_kept("A manifest needs `[lints]` with `workspace = true`:", &broken);
}

#[test]
fn every_manifest_in_the_repository_is_a_member_of_the_workspace() {
    let folders = member_folders();
    let broken: Vec<String> = files::all()
        .iter()
        .filter_map(|file| file.path.strip_suffix("/Cargo.toml"))
        .filter(|folder| !folders.iter().any(|member| member == folder))
        .map(str::to_owned)
        .collect();
    assert_kept("A crate is neither built nor tested; add it to the members in Cargo.toml:", &broken);
}

#[test]
fn no_test_file_is_forgotten() {
    let targets = test_targets();
    let test_files = || {
        members().into_values().flat_map(|member| {
            let tests = format!("{}/tests", member.folder);
            member.sources().into_iter().filter(move |file| file.is_in(&tests))
        })
    };
    let texts: Vec<(String, String)> = test_files().map(|file| (file.path.clone(), file.text())).collect();
    let broken: Vec<String> = test_files()
        .filter(|file| {
            !targets.contains(&file.path) && !texts.iter().any(|(path, text)| declares(path, text, &file.path))
        })
        .map(|file| file.path.clone())
        .collect();
    assert!(!targets.is_empty(), "cargo found no test at all, not even this one");
    assert_kept("A test file is neither a target of cargo nor a module of one, so it never runs:", &broken);
}

/// Returns the paths of all integration tests that cargo finds, from the top of the repository.
fn test_targets() -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let root = metadata["workspace_root"].as_str().unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .flat_map(|package| package["targets"].as_array().unwrap())
        .filter(|target| target["kind"].as_array().unwrap().iter().any(|kind| kind == "test"))
        .filter_map(|target| {
            let path = target["src_path"].as_str().unwrap().strip_prefix(root)?;
            Some(path.trim_start_matches(['/', '\\']).replace('\\', "/"))
        })
        .collect()
}

/// Says whether the file at `parent` has a line that makes the file at `child` its module.
fn declares(parent: &str, text: &str, child: &str) -> bool {
    let (folder, name) = parent.rsplit_once('/').unwrap();
    let stem = name.strip_suffix(".rs").unwrap();
    let lines = || text.lines().map(str::trim);
    let by_path = lines()
        .filter_map(|line| line.strip_prefix("#[path = \"")?.strip_suffix("\"]"))
        .any(|path| format!("{folder}/{path}") == child);
    let modules = lines().filter_map(|line| {
        let line = ["pub ", "pub(crate) ", "pub(super) "].iter().find_map(|it| line.strip_prefix(it)).unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    let beside = [folder.to_owned(), format!("{folder}/{stem}")];
    by_path
        || modules.into_iter().any(|module| {
            beside.iter().any(|at| child == format!("{at}/{module}.rs") || child == format!("{at}/{module}/mod.rs"))
        })
}

#[test]
fn a_module_is_found_beside_its_parent_below_it_and_by_its_path() {
    for (text, child) in [
        ("mod room;", "tests/tests/room.rs"),
        ("pub(crate) mod room;", "tests/tests/journeys/room.rs"),
        ("mod room;", "tests/tests/room/mod.rs"),
        ("#[path = \"else/where.rs\"]\nmod room;", "tests/tests/else/where.rs"),
    ] {
        assert!(declares("tests/tests/journeys.rs", text, child), "{text} declares {child}");
    }
    assert!(!declares("tests/tests/journeys.rs", "mod rooms;", "tests/tests/room.rs"));
    assert!(!declares("tests/tests/journeys.rs", "// mod room;", "tests/tests/room.rs"));
}
