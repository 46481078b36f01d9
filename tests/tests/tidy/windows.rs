//! What the desktop windows may load, and where they may lead, as far as it stands in the sources.

use crate::assert_kept;
use crate::files::{self, root};
use crate::rust::Words;

/// Words by which a page leads somewhere else, opens something or fetches a file to keep.
const LEADS_OUT: &[&str] = &[
    "window.open",
    "location.href",
    "location.assign",
    "location.replace",
    "target=\"_",
    "<iframe",
    "<object",
    "<embed",
    "<frame",
    "<webview",
    " download=",
    "http-equiv",
];

#[test]
fn no_desktop_surface_leads_out_of_the_application() {
    let surfaces = ["ui/console", "ui/stage", "ui/shared"];
    let sources = files::all().iter().filter(|file| {
        surfaces.iter().any(|surface| file.is_in(surface))
            && ["ts", "svelte", "html"].contains(&file.extension())
            && !file.name().ends_with(".test.ts")
    });
    let mut broken = Vec::new();
    let mut seen = 0;
    for file in sources {
        seen += 1;
        let text = file.text();
        broken.extend(LEADS_OUT.iter().filter(|it| text.contains(**it)).map(|it| format!("{}: {it}", file.path)));
        // A link leads to a place on the same page.
        let links = text.match_indices("href=").map(|(at, _)| &text[at + 5..]);
        let elsewhere = links.filter(|to| !to.starts_with("\"#") && !to.starts_with("{`#"));
        let is_entry = file.extension() == "html";
        broken.extend(
            elsewhere
                .filter(|_| !is_entry)
                .map(|to| format!("{}: href={}", file.path, to.chars().take(30).collect::<String>())),
        );
    }
    assert!(seen > 50, "the surfaces have moved, and nobody told this rule");
    assert_kept("A desktop window stays where it is:", &broken);
}

#[test]
fn the_windows_load_their_own_pages_and_nothing_from_elsewhere() {
    let text = std::fs::read_to_string(root().join("src-tauri/tauri.conf.json")).unwrap();
    let settings: serde_json::Value = serde_json::from_str(&text).unwrap();
    let policy = settings["app"]["security"]["csp"].as_object().unwrap();
    for (name, value) in
        [("default-src", "'none'"), ("form-action", "'none'"), ("base-uri", "'none'"), ("script-src", "'self'")]
    {
        assert_eq!(policy[name], value, "{name}");
    }
    for name in ["frame-src", "child-src", "object-src", "worker-src", "media-src", "navigate-to"] {
        assert!(!policy.contains_key(name), "{name} would allow more than nothing");
    }
    let ours = ["'none'", "'self'", "debrief:", "http://debrief.localhost", "blob:", "ipc:", "http://ipc.localhost"];
    for (name, value) in policy {
        let foreign: Vec<&str> = value.as_str().unwrap().split(' ').filter(|source| !ours.contains(source)).collect();
        assert!(foreign.is_empty(), "{name} allows {foreign:?}");
    }
    assert_eq!(settings["app"]["withGlobalTauri"], false);
    for window in settings["app"]["windows"].as_array().unwrap() {
        assert!(!window["url"].as_str().unwrap().contains(':'), "{window}");
    }
    let broken: Vec<String> = files::rust_in("src-tauri/src")
        .filter(|file| {
            let words = Words::of(&file.text());
            ["External", "CustomProtocol", "navigate", "eval"].iter().any(|it| words.name(it))
        })
        .map(|file| file.path.clone())
        .collect();
    assert_kept("A window shows a page of the application:", &broken);
}
