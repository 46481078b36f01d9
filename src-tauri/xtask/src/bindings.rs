//! The TypeScript declarations that the interface shares with the wire crate.
//!
//! They are committed, so that the interface can be worked on without Rust, and checked for drift by the tests.
//! ts-rs writes them from tests that it derives for each exported type; both commands here let it write into a
//! scratch folder and compare, so that a crate which does not compile leaves the committed files as they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::programs::{cargo, repository, succeed, target_folder};

/// Declarations by their path inside the bindings folder.
type Declarations = BTreeMap<PathBuf, String>;

/// Makes `ui/shared/bindings` hold exactly what the wire crate exports now.
pub(crate) fn regenerate() -> Result<()> {
    let folder = committed_folder();
    let exported = export()?;
    let committed = read_declarations(&folder)?;
    for stale in committed.keys().filter(|path| !exported.contains_key(*path)) {
        let path = folder.join(stale);
        fs::remove_file(&path).with_context(|| format!("{} is stale and cannot be deleted.", path.display()))?;
    }
    // An unchanged file is left alone, or its new time would make the interface build again.
    for (path, text) in exported.iter().filter(|(path, text)| committed.get(*path) != Some(*text)) {
        let path = folder.join(path);
        write(&path, text).with_context(|| format!("{} cannot be written.", path.display()))?;
    }
    println!(
        "ui/shared/bindings: {} declarations, {} changed.",
        exported.len(),
        differences(&exported, &committed).len()
    );
    Ok(())
}

/// Fails when `ui/shared/bindings` is not what the wire crate exports.
pub(crate) fn check() -> Result<()> {
    let differences = differences(&export()?, &read_declarations(&committed_folder())?);
    if !differences.is_empty() {
        bail!(
            "ui/shared/bindings is not what the wire crate exports. Run `cargo xtask bindings` and commit the result.\n  {}",
            differences.join("\n  ")
        );
    }
    Ok(())
}

fn committed_folder() -> PathBuf {
    repository().join("ui/shared/bindings")
}

/// Lets ts-rs export every declaration into an empty scratch folder and reads them.
fn export() -> Result<Declarations> {
    let scratch = target_folder()?.join("bindings");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).with_context(|| format!("{} cannot be emptied.", scratch.display()))?;
    }
    let mut tests = cargo();
    tests
        .args(["test", "--quiet", "--package", "wire", "--features", "bindings", "--tests", "export_bindings"])
        .current_dir(repository())
        .env("TS_RS_EXPORT_DIR", &scratch)
        // JSON.parse knows no bigint: a declaration of one would be a lie about every 64-bit number.
        .env("TS_RS_LARGE_INT", "number");
    succeed(&mut tests)?;
    let exported = read_declarations(&scratch)?;
    if exported.is_empty() {
        bail!("The wire crate exported no declaration; its types need `#[ts(export)]` under the feature `bindings`.");
    }
    Ok(exported)
}

fn read_declarations(folder: &Path) -> Result<Declarations> {
    let mut declarations = Declarations::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        if !current.exists() {
            continue;
        }
        let unreadable = || format!("{} cannot be read.", current.display());
        for entry in fs::read_dir(&current).with_context(unreadable)? {
            let path = entry.with_context(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "ts") {
                let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read.", path.display()))?;
                declarations.insert(path.strip_prefix(folder)?.to_path_buf(), text);
            }
        }
    }
    Ok(declarations)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

/// Lists, a line each, what must happen to the committed files to match the exported ones.
fn differences(exported: &Declarations, committed: &Declarations) -> Vec<String> {
    let line = |path: &Path, what: &str| format!("{} {what}", path.display());
    let unmatched = exported.iter().filter_map(|(path, text)| match committed.get(path) {
        None => Some(line(path, "is missing")),
        Some(old) if old != text => Some(line(path, "differs")),
        Some(_) => None,
    });
    let stale =
        committed.keys().filter(|path| !exported.contains_key(*path)).map(|path| line(path, "is no longer exported"));
    unmatched.chain(stale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declarations(files: &[(&str, &str)]) -> Declarations {
        files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect()
    }

    #[test]
    fn equal_folders_do_not_differ() {
        let files = declarations(&[("StageView.ts", "export type StageView = {}"), ("inner/Id.ts", "string")]);

        assert!(differences(&files, &files.clone()).is_empty());
    }

    #[test]
    fn a_missing_a_changed_and_a_stale_declaration_are_each_named() {
        let exported = declarations(&[("Added.ts", "a"), ("Changed.ts", "new"), ("Same.ts", "s")]);
        let committed = declarations(&[("Changed.ts", "old"), ("Same.ts", "s"), ("Stale.ts", "x")]);

        assert_eq!(
            differences(&exported, &committed),
            ["Added.ts is missing", "Changed.ts differs", "Stale.ts is no longer exported"]
        );
    }
}
