//! Before the meeting: three timelines, one answer for all times of a kind, kinds corrected by key, evidence on the stage.

use std::fs;

use checks::application::repository;
use checks::page::keys;
use checks::{Application, Folder, Page, Phone, wait};
use serde_json::json;

use crate::facilitator::open_room;

/// A chat as it is copied: neither a day nor a zone.
const CHAT: &str = "Mara Quist  2:14 PM
deployed client library 9.2 to checkout
Teo Lind  2:16 PM
latency alert for checkout fired
Mara Quist  2:18 PM
acknowledged the page
Teo Lind  2:23 PM
paged the database on-call";

/// A table from a wiki; its first event is one of the chat's.
const TABLE: &str = "| Time (UTC) | Event |
|---|---|
| 2026-05-06 12:16 | latency alert for checkout fired |
| 2026-05-06 12:27 | connection pool at 100 % on three of four nodes |
| 2026-05-06 12:41 | rollback of client library 9.2 finished |";

/// Updates of a status page, the newest first.
const STATUS: &str = "Resolved - This incident has been resolved.
May 6, 2026 - 13:10 UTC

Monitoring - A fix has been implemented and we are monitoring the results.
May 6, 2026 - 12:45 UTC

Investigating - We are investigating errors at checkout.
May 6, 2026 - 12:36 UTC";

/// A PNG of two by one pixels, white and black (fiction, as every graph here).
const GRAPH: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0xd1, 0x49, 0x20, 0x56, 0x00, 0x00, 0x00, 0x0b, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0x00, 0x00, 0x02, 0x01, 0x01, 0x00, 0x32, 0xba, 0x2b, 0x92, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
const CAPTION: &str = "The connection pool fills within a minute of the deployment";

#[test]
fn three_timelines_become_one_and_its_evidence_is_walked_through() {
    let folder = Folder::new();
    let graph = folder.records().with_file_name("pool.png");
    fs::write(&graph, GRAPH).unwrap();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());

    bring_three_timelines(&console);
    correct_by_key(&console);
    attach(&console, &graph);

    let door = open_room(&console);
    let phone = Phone::start("Ada");
    phone.join(&door.address, &door.code);
    remember(&console, &phone);

    console.press("Start the meeting");
    stage.sees("Join");
    walk_to_the_evidence(&console, &stage);
}

/// Leaves a picture for whoever judges the interface by eye.
#[track_caller]
fn picture(page: &Page, what: &str) {
    page.shoot(&repository().join(format!("target/screenshots/prepared-{what}.png"))).unwrap();
}

fn bring_three_timelines(console: &Page) {
    console.write("Title", "Checkout errors after the client upgrade");
    console.press("New post-mortem");
    console.paste("Paste the timeline here", CHAT);
    console.sees("4 events found");
    // One answer settles all times of a kind.
    console.choose("Time zone", "Europe/Berlin");
    console.set_date("Date of the first event", "2026-05-06");
    console.sees("Needs a look 0");
    console.press("Take in 4 events");
    console.sees("4 events, times in Europe/Berlin");

    console.press("Paste more");
    console.paste("Paste the timeline here", TABLE);
    console.sees("3 events found, times in UTC");
    console.sees("Perhaps there already 1");
    picture(console, "second-source");
    console.press("Take in 2 events");
    console.sees("6 events, times in");

    console.press("Paste more");
    console.paste("Paste the timeline here", STATUS);
    console.sees("3 events found");
    console.press("Take in 3 events");
    console.sees("9 events, times in");
}

/// Selects the first two events and makes them decisions, then the third an observation, without the mouse.
fn correct_by_key(console: &Page) {
    console.tab_to("[data-row]");
    console.key(keys::HOME);
    console.key(" ");
    console.chord(keys::SHIFT, keys::DOWN);
    console.sees("2 selected");
    picture(console, "kinds-by-key");
    console.key("d");
    let kinds = "return [...document.querySelectorAll('[data-row]')].slice(0, 3).map((row) => row.innerText)
        .map((text) => ['Decision', 'Observation'].find((kind) => text.includes(kind)) ?? text)";
    wait::until("both are decisions", || {
        let found = console.evaluate(kinds, &[]);
        found[0] == json!("Decision") && found[1] == json!("Decision")
    });
    console.key("o");
    wait::until("both are observations", || console.evaluate(kinds, &[])[1] == json!("Observation"));
    console.key("\u{e00c}");
}

fn attach(console: &Page, graph: &std::path::Path) {
    console.press("Edit: deployed client library 9.2 to checkout");
    console.within("Evidence of this event").bring("Images to attach", graph);
    console.sees("1 piece of evidence");
    console.write("What it shows", CAPTION);
    picture(console, "evidence");
}

/// Somebody remembers something on a phone; only the facilitator reads it, and takes it in.
fn remember(console: &Page, phone: &Phone) {
    phone.write("When, about", "14:20");
    phone.write("What did you see, do or decide?", "The pool graph was green at that minute");
    phone.press("Send");
    phone.sees("Sent ✓");
    phone.press("Is anything hard to discuss?");
    phone.write("In your words", "The upgrade was my idea");
    phone.press("Send to the facilitator");
    console.sees("The upgrade was my idea");
    picture(console, "recollections");
    picture(phone, "phone");
    console.press("Take in: The pool graph was green at that minute");
    console.sees("14:20, Wednesday 6 May 2026");
    console.press("Put it on the timeline");
    console.sees("10 events, times in Europe/Berlin");
}

fn walk_to_the_evidence(console: &Page, stage: &Page) {
    console.press("Timeline");
    stage.sees("deployed client library 9.2 to checkout");
    console.key(keys::PAGE_DOWN);
    stage.sees(CAPTION);
    let drawn = "const image = document.querySelector('img'); return image?.complete ? image.naturalWidth : 0";
    wait::until("the stage draws the image", || stage.evaluate(drawn, &[]) == json!(2));
    picture(stage, "stage-evidence");
    picture(console, "walk-evidence");
}
