//! The licences of everything that is shipped: each is one that may be shipped with, and all of them are listed.
//!
//! `src-tauri/THIRD-PARTY.txt` is written by `DEBRIEF_WRITE=1 cargo test -p checks --test licences`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use spdx::Expression;

/// Licences under which a part may be shipped inside the program. MPL-2.0 asks for the source of its own files alone,
/// which crates.io serves.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Zlib",
];

/// A part that is shipped: its name with its version, and its licence.
type Part = (String, String);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the crates that the program is built from, on every system it is built for.
fn crates() -> BTreeSet<Part> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        list.as_array().unwrap().iter().map(|it| (it["id"].as_str().unwrap().to_owned(), it.clone())).collect()
    };
    let (packages, nodes) = (by_id(&found["packages"]), by_id(&found["resolve"]["nodes"]));
    let program = packages.values().find(|package| package["name"] == "debrief").unwrap();
    let mut waiting = vec![program["id"].as_str().unwrap().to_owned()];
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        for dependency in nodes[&id]["deps"].as_array().unwrap() {
            // What only builds or tests is not shipped.
            if dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()) {
                waiting.push(dependency["pkg"].as_str().unwrap().to_owned());
            }
        }
    }
    let others = reached.iter().map(|id| &packages[id]).filter(|package| !package["source"].is_null());
    others.map(|package| part(&package["name"], &package["version"], &package["license"])).collect()
}

/// Returns the packages that the pages are built from.
fn packages() -> BTreeSet<Part> {
    let lock = std::fs::read_to_string(root().join("ui/package-lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let shipped = lock["packages"].as_object().unwrap().iter().filter(|(path, package)| {
        let aside = ["dev", "optional", "devOptional"].iter().any(|key| package[*key] == true);
        !path.is_empty() && !aside
    });
    shipped
        .map(|(path, package)| {
            let name = Value::from(path.rsplit("node_modules/").next().unwrap());
            part(&name, &package["version"], &package["license"])
        })
        .collect()
}

fn part(name: &Value, version: &Value, licence: &Value) -> Part {
    let name = name.as_str().unwrap();
    let licence = licence.as_str().unwrap_or_else(|| panic!("{name} names no licence"));
    // Older crates write a slash where SPDX says OR.
    let licence = licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ");
    (format!("{name} {}", version.as_str().unwrap()), licence)
}

fn is_allowed(licence: &str) -> bool {
    let expression = Expression::parse(licence).unwrap_or_else(|error| panic!("{licence}: {error}"));
    expression.evaluate(|asked| ALLOWED.iter().any(|allowed| asked.license.id().is_some_and(|id| id.name == *allowed)))
}

fn listed(title: &str, parts: &BTreeSet<Part>, text: &mut String) {
    let mut by_licence: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, licence) in parts {
        by_licence.entry(licence).or_default().push(name);
    }
    text.push_str(&format!("\n## {title}\n"));
    for (licence, names) in by_licence {
        text.push_str(&format!("\n**{licence}** ({})\n\n", names.len()));
        names.iter().for_each(|name| text.push_str(&format!("- {name}\n")));
    }
}

#[test]
fn everything_that_is_shipped_may_be_and_is_listed_with_its_licence() {
    let (crates, packages) = (crates(), packages());
    assert!(crates.len() > 100 && packages.len() > 3, "{} crates, {} packages", crates.len(), packages.len());
    let refused: Vec<_> = crates.iter().chain(&packages).filter(|(_, licence)| !is_allowed(licence)).collect();
    assert!(refused.is_empty(), "may not be shipped: {refused:?}");

    let mut text =
        "# Third parties\n\nWhat Debrief is built from, with the licence of each part. Fonts and what belongs to \
                    them lie in the repository with\ntheir licence beside them.\n"
            .to_owned();
    listed("In the program", &crates, &mut text);
    listed("In its pages", &packages, &mut text);
    let path = root().join("src-tauri/THIRD-PARTY.txt");
    if std::env::var_os("DEBRIEF_WRITE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "THIRD-PARTY.txt is out of date; `DEBRIEF_WRITE=1 cargo test -p checks --test licences` writes it"
    );
}

#[test]
fn a_licence_that_asks_for_more_is_refused_unless_another_one_may_be_chosen() {
    for (licence, expected) in [
        ("MIT OR GPL-3.0-only", true),
        ("GPL-3.0-only", false),
        ("MIT AND GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("LGPL-2.1-or-later", false),
    ] {
        assert_eq!(is_allowed(licence), expected, "{licence}");
    }
}
