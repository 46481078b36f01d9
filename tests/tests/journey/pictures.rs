//! Pictures of every section, for the README and for whoever judges the interface by eye.
//!
//! They are left in `target/screenshots/`: the stage as a projector of 1920 × 1080 shows it, the console at 1280 × 800,
//! phones at 390 × 844.

use checks::application::repository;
use checks::{Application, Folder, Page, Phone};

use crate::facilitator::{
    answer_whys, close_vote, go_on_to, open_room, place_dots, press_main, propose, reveal, write_in_silence,
};

/// Takes pictures of both windows, numbered in the order in which they were taken.
struct Album {
    console: Page,
    stage: Page,
    taken: u32,
}

impl Album {
    /// Takes the console alone, before there is a stage.
    #[track_caller]
    fn take_console(&mut self, what: &str) {
        self.taken += 1;
        let file = format!("target/screenshots/{:02}-{what}-console.png", self.taken);
        self.console.shoot(&repository().join(file)).unwrap();
    }

    /// Takes a phone as it is in somebody's hand.
    #[track_caller]
    fn take_phone(&mut self, what: &str, phone: &Phone) {
        self.taken += 1;
        phone.shoot(&repository().join(format!("target/screenshots/{:02}-{what}-phone.png", self.taken))).unwrap();
    }

    #[track_caller]
    fn take(&mut self, what: &str) {
        self.taken += 1;
        for (window, page) in [("stage", &self.stage), ("console", &self.console)] {
            let file = format!("target/screenshots/{:02}-{what}-{window}.png", self.taken);
            page.shoot(&repository().join(file)).unwrap();
        }
    }
}

const WENT_WELL: [&str; 2] = [
    "The alert on queue age from November fired and reached the right rota.",
    "The status page was updated within three minutes of the declaration.",
];
const WENT_POORLY: [&str; 2] = [
    "The supplier's refusals were not on any dashboard.",
    "The notice about the limit went to purchasing and reached no engineer.",
];
const SYMPTOM: &str = "Parcel labels came up to 94 minutes late";
const WHYS: [&str; 3] = [
    "Every label worker waited for an address check that was refused",
    "A refused check is tried again at once and holds its worker",
    "Nobody compares a supplier's limit with our evening peak",
];
const PROPOSALS: [&str; 5] = [
    "Alert on refused address checks within five minutes",
    "Print labels without waiting for the address check",
    "Route supplier notices to the rota that answers for them",
    "Exercise the feature flag in staging every month",
    "Show the supplier's limit beside our peak on the dashboard",
];

#[test]
fn every_section_has_its_picture() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    console.resize(1280, 800);
    let mut album = Album { console: console.clone(), stage: stage.clone(), taken: 0 };
    console.sees("Begin with what broke");
    album.take_console("library");
    console.press("Try the sample incident");
    console.sees("Start the meeting");
    album.take_console("preparation");
    let door = open_room(&console);
    console.press("Start the meeting");
    stage.resize(1920, 1080);
    let phones = [Phone::start("Kofi"), Phone::start("Mirela")];
    for phone in &phones {
        phone.join(&door.address, &door.code);
    }
    console.sees("2 phones");
    album.take("welcome");
    press_main(&console);
    console.sees("Review earlier action items");
    album.take("statement");
    go_on_to(&console, "Timeline");
    for _ in 0..3 {
        console.press("Next event");
    }
    album.take("event");

    for (section, texts) in [("What went well", WENT_WELL), ("What went poorly", WENT_POORLY)] {
        console.press(section);
        write_in_silence(&console, &stage, "Your note", &[(&phones[0], texts[0]), (&phones[1], texts[1])]);
        album.take("writing");
        album.take_phone("writing", &phones[1]);
        reveal(&console, 2, "note");
        console.press("Show the notes");
        stage.sees(texts[1]);
        album.take("notes");
    }

    console.press("Root cause analysis");
    console.enter("Begin a chain with a symptom", SYMPTOM);
    let chain = console.within(&format!("Why-chain: {SYMPTOM}"));
    answer_whys(&console, &chain, SYMPTOM, &WHYS);
    chain.press("Show");
    stage.sees(WHYS[2]);
    album.take("why-chain");
    console.enter("Add a factor", WHYS[2]);
    console.press("Show the fishbone");
    album.take("factors");

    console.press("Action items");
    let field = "What to do, starting with a verb";
    write_in_silence(&console, &stage, field, &[(&phones[0], PROPOSALS[0]), (&phones[1], PROPOSALS[1])]);
    reveal(&console, 2, "proposal");
    propose(&console, &PROPOSALS[2..]);
    console.press("Show the proposals");
    stage.sees(PROPOSALS[0]);
    album.take("proposals");
    console.press("Open the vote on 5 proposals");
    place_dots(&phones[0], &[PROPOSALS[0], PROPOSALS[0], PROPOSALS[1]]);
    album.take_phone("vote", &phones[0]);
    phones[0].press("Send my dots");
    stage.sees("of 2 have voted");
    album.take("vote");
    place_dots(&phones[1], &[PROPOSALS[0], PROPOSALS[2], PROPOSALS[2]]);
    phones[1].press("Send my dots");
    console.sees("2 of 2 have voted");
    close_vote(&console, "2 of 2");
    stage.sees("6 dots from 2 people");
    album.take("result");
    console.press("Commit what was chosen");
    console.sees("Committed · 3");
    album.take("actions");
    go_on_to(&console, "Wrap-up");
    album.take("wrap-up");
}
