//! The labelled corpora: on every file the depth check and the action check stay above their floors.

use std::fs;
use std::path::{Path, PathBuf};

use language::{ActionGap, ActionText, ENDS, Names, action_check, chain_end};

/// The share that has to be right, on every file.
const FLOOR: f64 = 0.9;

fn files(corpus: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures").join(corpus);
    let entries = fs::read_dir(&folder).expect("the corpus lies beside the tests that cross crates");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    files.sort();
    assert!(files.len() > 2, "{corpus} has lost its files");
    files
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("a corpus is text");
    let told = |line: &&str| !line.starts_with('#') && !line.starts_with("id\t");
    let rows: Vec<Vec<String>> =
        text.lines().filter(told).map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    assert!(rows.len() > 30, "{} has lost its rows", path.display());
    rows
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).expect("a corpus is small"))
        / f64::from(u32::try_from(whole).expect("a corpus is small"))
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[test]
fn nine_of_ten_chains_end_where_the_label_says() {
    for path in files("depth") {
        let rows = rows(&path);
        let right = rows.iter().filter(|row| {
            assert!(ENDS.iter().any(|end| word(end) == row[1]), "{} has no known label", row[0]);
            let names = Names::of_people(row[2].split(',').filter(|name| !name.trim().is_empty()));
            word(chain_end(&row[3], &names).ends_at) == row[1]
        });
        let accuracy = share(right.count(), rows.len());
        assert!(accuracy >= FLOOR, "{}: {accuracy:.3}", path.display());
    }
}

#[test]
fn nine_of_ten_gaps_are_named_and_nine_of_ten_named_gaps_are_gaps() {
    for path in files("actions") {
        let (mut right, mut said, mut labelled) = (0, 0, 0);
        for row in rows(&path) {
            let action = ActionText {
                task: row[2].clone(),
                owner: row[3].clone(),
                due: row[4].clone(),
                criterion: row[5].clone(),
            };
            let is: Vec<&str> = row[1].split(',').filter(|gap| *gap != "none").collect();
            let found: Vec<ActionGap> = action_check(&action).missing;
            right += found.iter().filter(|gap| is.contains(&word(gap).as_str())).count();
            said += found.len();
            labelled += is.len();
        }
        let (precision, recall) = (share(right, said), share(right, labelled));
        assert!(precision >= FLOOR && recall >= FLOOR, "{}: {precision:.3}, {recall:.3}", path.display());
    }
}
