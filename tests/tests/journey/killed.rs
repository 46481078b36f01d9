//! A power cut in the middle of the vote.

use checks::{Application, Folder, Phone};
use serde_json::json;

use crate::facilitator::{begin_with_the_sample, close_vote, place_dots, propose, result_rows};

const PROPOSALS: [&str; 5] = [
    "Alert on refused address checks",
    "Print without waiting for the check",
    "Route supplier notices to engineering",
    "Buy a second supplier",
    "Paint the label printers",
];

#[test]
fn killed_in_the_middle_of_the_vote_it_goes_on_with_every_ballot() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    let door = begin_with_the_sample(&console, &stage);
    let phones = [Phone::start("Ada"), Phone::start("Bo")];
    for phone in &phones {
        phone.join(&door.address, &door.code);
    }
    console.press("Action items");
    propose(&console, &PROPOSALS);
    console.press("Open the vote on 5 proposals");
    console.press("Start");
    console.sees("left of 15");
    for phone in &phones {
        phone.sees("Place your 3 dots");
        let _ = phone.evaluate("window.openedBefore = true", &[]);
    }
    place_dots(&phones[0], &[PROPOSALS[0], PROPOSALS[0], PROPOSALS[1]]);
    phones[0].press("Send my dots");
    phones[0].sees("Sent ✓");
    place_dots(&phones[1], &[PROPOSALS[0], PROPOSALS[2], PROPOSALS[2]]);
    console.sees("1 of 2 have voted");

    drop((console, stage));
    application.cut_off();
    for phone in &phones {
        phone.sees("Reconnecting");
    }

    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    console.sees("The vote is open");
    console.sees("1 of 2 have voted");
    console.sees("paused");
    stage.sees("of 2 have voted");
    for phone in &phones {
        phone.sees("Connected");
        let kept = phone.evaluate("return window.openedBefore === true", &[]);
        assert_eq!(kept, json!(true), "the page has come back by itself, without being loaded again");
    }
    phones[0].sees("Sent ✓");
    phones[1].sees("0 of 3 dots left");
    phones[1].press("Send my dots");
    phones[1].sees("Sent ✓");
    console.sees("2 of 2 have voted");
    close_vote(&console, "2 of 2");

    stage.sees("6 dots from 2 people");
    console.sees("2 ballots of 2 voters");
    let row = |text: &str, dots: &str, people: &str, outcome: &str| [text, dots, people, outcome].map(str::to_owned);
    assert_eq!(
        result_rows(&console)[..3],
        [
            row(PROPOSALS[0], "3", "2", "chosen"),
            row(PROPOSALS[2], "2", "1", "chosen"),
            row(PROPOSALS[1], "1", "1", "chosen"),
        ]
    );
}
