//! Rules about the sources of the interface in `ui/`.

use crate::assert_kept;
use crate::files::{self, Listed};

/// The one module that may speak to the desktop shell, the test that replaces what it speaks to, and the interface's
/// own tidy test, which spells out what it forbids.
const MAY_NAME_THE_SHELL: &[&str] =
    &["ui/shared/host/tauri.ts", "ui/shared/host/tauri.test.ts", "ui/shared/tidy.test.ts"];

/// Ways to turn a text into elements.
const HTML_FROM_TEXT: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "setHTMLUnsafe",
    "parseFromString",
    "createContextualFragment",
    "document.write",
    "srcdoc",
    "{@html",
];

#[test]
fn only_the_host_adapter_speaks_to_the_desktop_shell() {
    let names_the_shell =
        |text: &str| ["'@tauri-apps/", "\"@tauri-apps/", "`@tauri-apps/", "__TAURI"].iter().any(|it| text.contains(it));
    let broken: Vec<String> = sources()
        .filter(|file| !MAY_NAME_THE_SHELL.contains(&file.path.as_str()) && names_the_shell(&file.text()))
        .map(|file| file.path.clone())
        .collect();
    assert_kept("Ask the host, which has a second form for browsers and tests:", &broken);
}

#[test]
fn no_html_is_built_from_text() {
    let broken: Vec<String> = sources()
        // A test may look at the HTML of what it has rendered.
        .filter(|file| !file.name().ends_with(".test.ts"))
        .flat_map(|file| {
            let text = file.text();
            let used = HTML_FROM_TEXT.iter().filter(|word| text.contains(**word));
            used.map(|word| format!("{} uses {word}", file.path)).collect::<Vec<_>>()
        })
        .collect();
    assert_kept("What a person typed is set as text and never read as HTML:", &broken);
}

#[test]
fn the_rules_about_the_interface_find_its_sources() {
    let is_begun = files::all().iter().any(|file| file.is_in("ui") && ["svelte", "html"].contains(&file.extension()));
    assert!(!is_begun || sources().count() > 2, "the interface has sources that these rules do not see");
}

/// Returns what a person wrote for the interface: no bindings, and nothing that git ignores.
fn sources() -> impl Iterator<Item = &'static Listed> {
    files::all().iter().filter(|file| {
        file.is_in("ui")
            && !file.is_in("ui/shared/bindings")
            && ["ts", "js", "mjs", "svelte", "html"].contains(&file.extension())
    })
}
