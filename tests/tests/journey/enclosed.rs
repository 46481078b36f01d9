//! Nothing leads out of the desktop windows: no other page, no further window, no download.

use checks::{Application, Folder};
use serde_json::json;

use crate::facilitator::begin_with_the_sample;

/// Tries every way out that a script would have, and gives each time to happen.
const TRY: &str = "const done = arguments[arguments.length - 1];
const link = (address, file) => {
    const link = document.createElement('a');
    link.href = address;
    if (file) link.download = file; else link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
};
const opened = window.open('https://example.org/');
link('https://example.org/');
link('data:text/plain,taken', 'taken.txt');
location.href = 'data:text/html,gone';
location.assign('https://example.org/');
requestAnimationFrame(() => setTimeout(() => done([opened === null, location.protocol]), 500));";

#[test]
fn nothing_leads_out_of_the_windows() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    let _ = begin_with_the_sample(&console, &stage);
    for window in [&console, &stage] {
        assert_eq!(window.evaluate_later(TRY), json!([true, "tauri:"]));
    }
    console.sees("Opening");
    stage.sees("Join");
    let left: Vec<_> = std::fs::read_dir(folder.records()).into_iter().flatten().collect();
    assert!(left.is_empty(), "nothing was downloaded: {left:?}");
}
