//! Weeks after the meeting: a published record is corrected, a person's name is removed, and the record is deleted.

use checks::{Application, Folder, wait};

use crate::command_line::{files_holding, printed};
use crate::record::export;

const TITLE: &str = "Parcel labels up to 94 minutes late";
/// The sample's incident commander.
const PERSON: &str = "Jonas Reuter";

/// Puts the record of a rehearsal into the library.
fn with_a_record() -> Folder {
    let folder = Folder::new();
    let out = folder.records().join("rehearsed");
    let paths = printed(&folder, &["rehearse", "--out", out.to_str().unwrap()]);
    printed(&folder, &["import", paths.lines().nth(2).unwrap()]);
    folder
}

#[test]
fn a_published_record_is_corrected_a_name_removed_and_the_record_deleted() {
    let folder = with_a_record();
    let application = Application::start(&folder);
    let console = application.console();
    console.press(TITLE);
    console.sees("Page 1 of 16");
    console.choose("Status", "Closed");
    console.sees("action items are still open");
    console.choose("Status", "Published");

    console.tick("Complete and correct it");
    console.sees("What you change makes a new version");
    console.paste("Links to dashboards, tickets and logs", "Supplier notice: https://status.example.org/7");
    console.enter("Add a note: what went well", "The merchants were told within the hour");
    console.paste("Which incidents were like this one?", "Labels late, 2 March 2025");
    console.write("Permanent fix", "A release below the limit");
    console.tick("The record");
    let record = export(&console, &folder);
    record.assert_holds(&[
        "https://status.example.org/7",
        "The merchants were told within the hour",
        "Labels late, 2 March 2025",
        "A release below the limit",
        "Published, version 1",
        "Version 2:",
        PERSON,
    ]);

    console.press("Back to the library");
    console.press("Keeping and removing…");
    console.choose("After the last change", "two years");
    console.enter("The whole name", PERSON);
    console.press(&format!("Remove “{PERSON}” from 1 record"));
    console.sees("The name was removed from 1 record.");
    assert_eq!(files_holding(&folder.library(), "Reuter"), Vec::<std::path::PathBuf>::new());
    console.press("Close");

    console.press(&format!("Delete: {TITLE}"));
    console.sees("It cannot be undone.");
    console.press("Keep it");
    console.press(&format!("Delete: {TITLE}"));
    console.press("Delete it for good");
    console.sees("was deleted.");
    console.sees("New post-mortem");
    assert_eq!(printed(&folder, &["list", "--json"]).trim(), "[]");
    wait::until("no file of the library holds it", || files_holding(&folder.library(), "Parcel").is_empty());
}
