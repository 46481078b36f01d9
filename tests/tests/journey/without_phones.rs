//! A meeting with paper and voices only: everything is typed at the console.

use checks::{Application, Folder};

use crate::facilitator::{
    Commitment, begin_with_the_sample, close_vote, end, enter_ballot, go_on_to, press_main, propose, result_rows,
};
use crate::record::export;

const SPOKEN: &str = "The night shift printed by hand until one";
const PROPOSALS: [&str; 4] = [
    "Alert on refused address checks",
    "Print without waiting for the check",
    "Route supplier notices to engineering",
    "Buy a second supplier",
];
const COMMITMENTS: [Commitment; 3] = [
    Commitment {
        task: PROPOSALS[0],
        owner: "Kofi Mensah",
        due: "2026-07-01",
        criterion: "A refused check pages within five minutes",
        ticket: "LAB-1",
    },
    Commitment {
        task: PROPOSALS[1],
        owner: "Mirela Popescu",
        due: "2026-07-15",
        criterion: "Labels print while the supplier is cut off",
        ticket: "LAB-2",
    },
    Commitment {
        task: PROPOSALS[2],
        owner: "Agnes Thorel",
        due: "2026-07-31",
        criterion: "A test notice reaches the rota",
        ticket: "LAB-3",
    },
];

#[test]
fn a_meeting_without_any_phone() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    let _ = begin_with_the_sample(&console, &stage);
    console.press("0 phones");
    for (here, voter) in ["1 person here", "2 people here"].into_iter().zip(["Dana Wirth", "Emil Ort"]) {
        console.enter("Add somebody without a phone", voter);
        console.sees(here);
    }
    console.press("Close the room");
    console.sees("The room is closed");
    console.press("Close");

    console.press("What went well");
    console.enter("Add what was spoken", SPOKEN);
    console.sees("0 of 1 spoken about");
    press_main(&console);
    stage.sees(SPOKEN);

    console.press("Action items");
    propose(&console, &PROPOSALS);
    console.press("Open the vote on 4 proposals");
    for voter in ["Dana Wirth", "Emil Ort"] {
        enter_ballot(&console, voter, &PROPOSALS[..3]);
    }
    stage.sees("of 2 have voted");
    close_vote(&console, "2 of 2");
    console.sees("2 ballots of 2 voters, 2 entered by hand");
    let rows = result_rows(&console);
    assert!(rows[..3].iter().all(|[_, dots, people, outcome]| dots == "2" && people == "2" && outcome == "chosen"));
    assert_eq!(rows[3], [PROPOSALS[3], "0", "0", ""].map(str::to_owned));

    console.press("Commit what was chosen");
    for commitment in &COMMITMENTS {
        commitment.keep(&console);
    }
    console.sees("Every item is complete.");
    go_on_to(&console, "Wrap-up");
    end(&console);
    let mut facts = vec![SPOKEN];
    facts.extend(PROPOSALS);
    facts.extend(COMMITMENTS.iter().flat_map(|it| [it.owner, it.criterion, it.ticket]));
    export(&console, &folder).assert_holds(&facts);
}
