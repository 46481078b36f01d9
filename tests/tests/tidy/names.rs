//! What sources must not name: time and files in the domain, shared connections, weaker commits, one person's machine.

use crate::assert_kept;
use crate::files;
use crate::manifests::members;
use crate::rust::{Words, squeezed};

/// Names that bring time or chance, wherever they stand.
const UNCERTAIN: &[&str] = &[
    "SystemTime",
    "Instant",
    "Local",
    "rand",
    "getrandom",
    "fastrand",
    "RandomState",
    "File",
    "TcpStream",
    "UdpSocket",
];

/// Names that bring time, files, sockets or the surroundings when they are part of a path, as in `fs::read`.
const OUTSIDE: &[&str] = &["now", "fs", "net", "env", "process", "thread"];

/// Folders of one person's machine.
const SOMEONES_FOLDERS: &[&str] = &["/work/", "/root/", "/home/", "/Users/"];

#[test]
fn the_domain_reads_no_time_no_file_no_socket_and_no_chance() {
    let members = members();
    let mut broken = Vec::new();
    let sources: Vec<_> =
        members["meeting"].sources().into_iter().filter(|file| file.is_in("src-tauri/crates/meeting/src")).collect();
    assert!(!sources.is_empty(), "the domain has moved, and nobody told this rule");
    for file in sources {
        let words = Words::of(&file.text());
        let named = UNCERTAIN.iter().filter(|it| words.name(it));
        let named = named.chain(OUTSIDE.iter().filter(|it| words.name_in_path(it)));
        broken.extend(named.map(|it| format!("{} names {it}", file.path)));
    }
    assert_kept("Time, files, sockets and chance arrive in `meeting` as arguments:", &broken);
}

#[test]
fn no_connection_is_shared_behind_a_lock() {
    let broken: Vec<String> = sources_but_tidy("rs")
        .filter(|file| {
            let words = Words::of(&file.text());
            ["Mutex", "RwLock", "ReentrantMutex"].iter().any(|lock| words.wrap(lock, "Connection"))
        })
        .map(|file| file.path.clone())
        .collect();
    assert_kept("One thread owns the only writing connection, so there is nothing to lock:", &broken);
}

#[test]
fn no_commit_is_made_less_durable() {
    let broken: Vec<String> = sources_but_tidy("rs")
        .chain(sources_but_tidy("sql"))
        .filter(|file| {
            let text = if file.extension() == "rs" { squeezed(&file.text()) } else { squeezed_sql(&file.text()) };
            weakens_commits(&text)
        })
        .map(|file| file.path.clone())
        .collect();
    assert_kept("A lost vote costs more than four milliseconds; `synchronous` stays FULL:", &broken);
}

fn weakens_commits(squeezed: &str) -> bool {
    let weaker = ["normal", "off", "1", "0"];
    let openings = ["synchronous=", "synchronous='", "synchronous(", "\"synchronous\",\"", "\"synchronous\","];
    openings.iter().any(|opening| {
        squeezed.match_indices(opening).any(|(at, _)| {
            let value = &squeezed[at + opening.len()..];
            weaker.iter().any(|word| value.starts_with(word))
        })
    })
}

fn squeezed_sql(text: &str) -> String {
    let code = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    code.flat_map(str::chars).filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[test]
fn every_way_to_weaken_a_commit_is_seen_and_full_is_not_taken_for_one() {
    for weak in [
        r#"execute("PRAGMA synchronous = NORMAL")"#,
        r#"execute("pragma synchronous=off;")"#,
        r#"execute("PRAGMA synchronous(1)")"#,
        "pragma_update(None, \"synchronous\",\n    \"Normal\")",
        r#"pragma_update(None, "synchronous", 0)"#,
    ] {
        assert!(weakens_commits(&squeezed(weak)), "{weak}");
    }
    for strong in [r#"execute("PRAGMA synchronous = FULL")"#, "// never PRAGMA synchronous = NORMAL"] {
        assert!(!weakens_commits(&squeezed(strong)), "{strong}");
    }
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    // Binary formats may hold any bytes.
    let is_text = |file: &&files::Listed| {
        !["png", "ico", "icns", "woff", "woff2", "ttf", "otf", "pdf", "gz", "zip", "db"].contains(&file.extension())
    };
    let broken: Vec<String> = files::all()
        .iter()
        .filter(is_text)
        .filter(|file| !file.is_of_the_tidy_test())
        .flat_map(|file| {
            let text = file.text();
            let lines = text.lines().enumerate().filter(|(_, line)| names_a_machine(line));
            lines.map(|(number, _)| format!("{}:{}", file.path, number + 1)).collect::<Vec<_>>()
        })
        .collect();
    assert_kept("A path that exists on one machine only helps no reader:", &broken);
}

/// A folder counts where a path starts, so not in the middle of an address such as `https://example.org/work/`.
fn names_a_machine(line: &str) -> bool {
    SOMEONES_FOLDERS.iter().any(|folder| {
        line.match_indices(folder)
            .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || "-_.~}*".contains(before)))
    })
}

#[test]
fn a_folder_of_a_machine_is_told_from_a_part_of_an_address() {
    for line in ["see /work/notes.md", "(\"/home/ada/.config\")", "file:///Users/ada/x"] {
        assert!(names_a_machine(line), "{line}");
    }
    for line in ["https://example.org/work/it", "../work/it", "homework/"] {
        assert!(!names_a_machine(line), "{line}");
    }
}

#[test]
fn the_lock_files_name_public_registries_only() {
    let mut broken = Vec::new();
    for file in files::all() {
        let allowed: &[&str] = match file.name() {
            "Cargo.lock" => &["source = \"registry+https://github.com/rust-lang/crates.io-index\""],
            "package-lock.json" => &["\"resolved\": \"https://registry.npmjs.org/"],
            _ => continue,
        };
        let text = file.text();
        let sources =
            text.lines().map(str::trim).filter(|it| it.starts_with("source =") || it.starts_with("\"resolved\""));
        let foreign = sources.filter(|line| !allowed.iter().any(|it| line.starts_with(it)));
        broken.extend(foreign.take(3).map(|line| format!("{}: {line}", file.path)));
    }
    assert_kept("A clone elsewhere cannot fetch from here:", &broken);
}

fn sources_but_tidy(extension: &'static str) -> impl Iterator<Item = &'static files::Listed> {
    files::all().iter().filter(move |file| file.extension() == extension && !file.is_of_the_tidy_test())
}
