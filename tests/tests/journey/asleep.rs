//! Two phones in pockets: one sleeps through the opening of the vote and comes back, a ballot is changed, a tie leads to a
//! run-off.

use checks::{Application, Folder, Phone};

use crate::facilitator::{begin_with_the_sample, close_vote, place_dots, propose, result_rows};

const PROPOSALS: [&str; 7] = [
    "Alert on refused address checks",
    "Print without waiting for the check",
    "Route supplier notices to engineering",
    "Rehearse the switch to the second supplier",
    "Show the age of the address table",
    "Name an owner for the label queue",
    "Paint the label printers",
];

#[test]
fn phones_that_slept_come_back_as_the_same_people_and_a_tie_is_run_off() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    let door = begin_with_the_sample(&console, &stage);
    let [ada, bo] = ["Ada", "Bo"].map(Phone::start);
    for phone in [&ada, &bo] {
        phone.join(&door.address, &door.code);
    }
    console.sees("2 phones");
    console.press("Action items");
    propose(&console, &PROPOSALS);

    bo.sleep();
    console.press("Open the vote on 7 proposals");
    stage.sees("0 of 2 have voted");
    ada.sees("Place your 4 dots");
    place_dots(&ada, &[PROPOSALS[0], PROPOSALS[1], PROPOSALS[2], PROPOSALS[6]]);
    ada.press("Send my dots");
    ada.sees("Sent ✓");
    stage.sees("1 of 2 have voted");

    bo.wake();
    bo.sees("Place your 4 dots");
    place_dots(&bo, &[PROPOSALS[0], PROPOSALS[1], PROPOSALS[4], PROPOSALS[5]]);
    bo.press("Send my dots");
    stage.sees("2 of 2 have voted");

    // A changed mind replaces the whole ballot, and counts no second time.
    ada.sleep();
    ada.wake();
    ada.sees("Connected");
    ada.press(&format!("One dot less for {}", PROPOSALS[6]));
    ada.press(&format!("One dot more for {}", PROPOSALS[3]));
    ada.press("Send the change");
    ada.sees("Sent ✓");
    stage.sees("2 of 2 have voted");
    close_vote(&console, "2 of 2");
    stage.sees("8 dots from 2 people");
    stage.sees("Tied");
    console.sees("A tie at the line");

    console.press("Hold a run-off, one dot each");
    stage.sees("Run-off");
    for phone in [&ada, &bo] {
        phone.sees("Run-off: place your 1 dot");
        place_dots(phone, &[PROPOSALS[2]]);
        phone.press("Send my dot");
        phone.sees("Sent ✓");
    }
    close_vote(&console, "2 of 2");
    stage.sees("2 dots from 2 people");
    console.sees("Result of the run-off");
    let row = |text: &str, dots: &str, people: &str, outcome: &str| [text, dots, people, outcome].map(str::to_owned);
    assert_eq!(result_rows(&console)[0], row(PROPOSALS[2], "2", "2", "chosen"));
    console.press("Commit what was chosen");
    for chosen in &PROPOSALS[..3] {
        stage.sees(chosen);
    }
}
