//! Which crate may know which other crate, and which may know the great libraries.

use std::collections::{BTreeMap, BTreeSet};

use crate::assert_kept;
use crate::manifests::{Member, members};
use crate::rust::Words;

/// Each member with the members it may depend on. `debrief` and `checks` may know everything but each other.
const ARROWS: &[(&str, &[&str])] = &[
    ("meeting", &[]),
    ("language", &["meeting"]),
    ("intake", &["meeting"]),
    ("store", &["meeting"]),
    ("drawing", &["meeting"]),
    ("document", &["meeting", "drawing"]),
    // The console previews an import before it is taken over, in the words of intake.
    ("wire", &["meeting", "drawing", "intake"]),
    ("live", &["meeting", "store", "wire"]),
    ("room", &["meeting", "language", "wire", "live"]),
    // It is a client over HTTP, and hosts the sample meeting that it then joins.
    ("rehearsal", &["meeting", "wire", "store", "live", "room", "document"]),
    ("debrief", &["meeting", "language", "intake", "store", "document", "wire", "live", "room", "rehearsal"]),
    ("checks", &["meeting", "language", "intake", "store", "document", "wire", "live", "room", "rehearsal"]),
    ("xtask", &[]),
];

/// Each library that only one member may know.
const OWNED: &[(&str, &str)] = &[
    ("rusqlite", "store"),
    ("libsqlite3-sys", "store"),
    ("axum", "room"),
    ("hyper", "room"),
    ("hyper-util", "room"),
    ("maud", "room"),
    ("tauri", "debrief"),
    ("tauri-build", "debrief"),
    ("printpdf", "document"),
];

/// Libraries that nobody may know: a pool of writing connections breaks the rule of the one owner.
const UNWANTED: &[&str] = &["r2d2", "r2d2_sqlite", "deadpool", "deadpool-sqlite", "bb8", "sqlx", "diesel"];

#[test]
fn the_arrows_between_the_crates_point_inwards() {
    let members = members();
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ARROWS.iter().map(|(name, known)| (*name, known.iter().copied().collect())).collect();
    let mut broken = Vec::new();
    for member in members.values() {
        let Some(may_know) = allowed.get(member.name.as_str()) else {
            broken.push(format!("{} has no place in the picture", member.name));
            continue;
        };
        let outside = |names: BTreeSet<String>, may_know: &BTreeSet<&str>| -> Vec<String> {
            names.into_iter().filter(|it| members.contains_key(it) && !may_know.contains(it.as_str())).collect()
        };
        for other in outside(member.dependencies(), may_know) {
            broken.push(format!("{} → {other}", member.name));
        }
        // A test may set up whatever the crate reaches anyway, such as a store below the room.
        for other in outside(member.test_dependencies(), &reached(&member.name, &allowed)) {
            broken.push(format!("{} → {other} (in its tests)", member.name));
        }
    }
    assert_kept("A crate knows another that it must not know:", &broken);
}

fn reached<'a>(name: &str, allowed: &BTreeMap<&str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = allowed[name].iter().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(&allowed[next]);
        }
    }
    reached
}

#[test]
fn each_great_library_is_known_to_one_crate_only() {
    let members = members();
    let mut broken = Vec::new();
    for (library, owner) in OWNED {
        assert!(members.contains_key(*owner), "{owner} should own {library}, but is no member of the workspace");
        for member in members.values().filter(|member| member.name != *owner) {
            if knows(member, library) {
                broken.push(format!("{} depends on {library}, which is {owner}'s", member.name));
            }
            // A library can also arrive through a re-export, which no manifest shows.
            let word = library.replace('-', "_");
            let naming = member.sources().into_iter().filter(|file| Words::of(&file.text()).name(&word));
            broken.extend(naming.map(|file| format!("{} names {word}, which is {owner}'s", file.path)));
        }
    }
    assert_kept("A library is known outside the crate that owns it:", &broken);
}

#[test]
fn nobody_depends_on_a_pool_of_connections() {
    let members = members();
    let broken: Vec<String> = UNWANTED
        .iter()
        .flat_map(|library| members.values().filter(|it| knows(it, library)).map(move |it| (it, library)))
        .map(|(member, library)| format!("{} depends on {library}", member.name))
        .collect();
    assert_kept("One thread owns the only writing connection:", &broken);
}

fn knows(member: &Member, library: &str) -> bool {
    member.dependencies().contains(library) || member.test_dependencies().contains(library)
}
