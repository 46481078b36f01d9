//! From a title and a pasted timeline to the record, with two phones.

use checks::{Application, Folder, Page, Phone, wait};

use crate::facilitator::{
    Commitment, answer_whys, close_vote, end, go_on_to, main_button, open_room, place_dots, press_main, propose,
    reveal, write_in_silence,
};
use crate::record::{assert_shows_the_pages, export};

const TITLE: &str = "Checkout errors after the client upgrade";

const NOTES: &str = "Checkout incident, 6 May 2026, all times in UTC
14:12 deployed client library 9.2 to checkout
14:16 latency alert for checkout fired
14:18 Mara acknowledged the page
14:23 paged the database on-call
14:27 saw connection pool at 100 % on three of four nodes
14:31 we think the new client opens one connection per request
14:35 decided to roll back client library 9.2
14:36 status page updated: investigating checkout errors
14:41 rollback of client library 9.2 finished
14:45 checkout error rate back to normal
15:05 connection pool steady at 40 %
15:10 incident declared resolved";

const SUMMARY: &str = "For 29 minutes one checkout in twenty failed, until the client library was rolled back.";
const AFFECTED: &str = "Shoppers in the EU who paid by card";
const ANSWER: &str = "The release notes did not mention the new pooling";
const WENT_WELL: [&str; 2] = ["The alert fired before the first support case", "The rollback took six minutes"];
const WENT_POORLY: [&str; 2] = ["Nobody watched the connection pool", "The canary served no checkout traffic"];
const SYMPTOM: &str = "Checkout returned errors for 29 minutes";
const WHYS: [&str; 3] = [
    "Every request opened a connection of its own",
    "The upgrade changed the pooling without a word",
    "No upgrade of a client is tried under load",
];
const CATEGORY: &str = "Capacity";
const FACTOR: &str = "The pool limit is the same on every node";
const PROPOSALS: [&str; 4] = [
    "Alert on connection pool use above 80 %",
    "Route canary traffic through checkout",
    "Write a load test for client upgrades",
    "Print the release notes on paper",
];
const COMMITMENTS: [Commitment; 3] = [
    Commitment {
        task: PROPOSALS[0],
        owner: "Ada",
        due: "2026-06-01",
        criterion: "The alert fires in a drill",
        ticket: "OPS-101",
    },
    Commitment {
        task: PROPOSALS[1],
        owner: "Teo Lind",
        due: "2026-06-15",
        criterion: "A canary serves one checkout in a hundred",
        ticket: "OPS-102",
    },
    Commitment {
        task: PROPOSALS[2],
        owner: "Ilse Brandt",
        due: "2026-06-30",
        criterion: "The test fails with library 9.2",
        ticket: "OPS-103",
    },
];
const TAKEAWAY: &str = "A pool that is full looks like a slow database";

#[test]
fn a_whole_meeting_from_a_pasted_timeline_to_the_exported_record() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());

    prepare(&console);
    let door = open_room(&console);
    console.press("Start the meeting");
    stage.sees("Nobody has joined yet");
    let phones = [Phone::start("Ada"), Phone::start("Bo")];
    for phone in &phones {
        phone.join(&door.address, &door.code);
    }
    console.sees("2 phones");

    walk_the_timeline(&console, &stage);
    for (heading, texts) in [("What went well", WENT_WELL), ("What went poorly", WENT_POORLY)] {
        go_on_to(&console, heading);
        write_in_silence(&console, &stage, "Your note", &[(&phones[0], texts[0]), (&phones[1], texts[1])]);
        reveal(&console, 2, "note");
        console.press("Show the notes");
        for text in texts {
            stage.sees(text);
            console.sees(text);
        }
    }
    find_causes(&console, &stage);
    decide(&console, &stage, &phones);
    wrap_up(&console, &phones);
    the_record_holds_what_was_typed(&console, &folder);
    assert_shows_the_pages(&console, &stage, &folder, "Checkout errors after the client");

    end(&console);
    for phone in &phones {
        phone.sees("The meeting is over");
    }
}

fn prepare(console: &Page) {
    console.sees("Begin with what broke");
    console.write("Title", TITLE);
    console.press("New post-mortem");
    console.paste("Paste the timeline here", NOTES);
    console.sees("12 events found, times in UTC as line 1 says");
    console.press("Take in 12 events");
    console.sees("12 events, times in");
    console.write("Services", "checkout, payments");
    console.choose("Severity", "SEV2");
    console.write("Summary", SUMMARY);
    console.write("Who was affected", AFFECTED);
    console.write("Facilitator", "Noor Haddad");
    console.sees("saved");
}

fn walk_the_timeline(console: &Page, stage: &Page) {
    go_on_to(console, "Timeline");
    stage.sees("deployed client library 9.2 to checkout");
    console.within("The event on the stage").write("", ANSWER);
    let mut walked = 1;
    while main_button(console) == "Next event" {
        let before = stage.text();
        press_main(console);
        wait::until("the stage shows another event", || stage.text() != before);
        walked += 1;
    }
    assert_eq!(walked, 12, "without chosen key events every event is walked");
    stage.sees("incident declared resolved");
}

fn find_causes(console: &Page, stage: &Page) {
    go_on_to(console, "Root cause analysis");
    console.enter("Begin a chain with a symptom", SYMPTOM);
    let chain = console.within(&format!("Why-chain: {SYMPTOM}"));
    answer_whys(console, &chain, SYMPTOM, &WHYS);
    chain.choose(&format!("What “{}” ends at", WHYS[2]), "a process");
    chain.press("Show");
    stage.sees(WHYS[2]);
    console.enter("Add a factor", FACTOR);
    console.choose(&format!("Category of: {FACTOR}"), "Another category…");
    console.enter("Name for: Category of", CATEGORY);
    console.sees(CATEGORY);
    console.press("Show the fishbone");
    stage.sees(FACTOR);
    stage.sees(CATEGORY);
}

fn decide(console: &Page, stage: &Page, phones: &[Phone; 2]) {
    go_on_to(console, "Action items");
    let field = "What to do, starting with a verb";
    write_in_silence(console, stage, field, &[(&phones[0], PROPOSALS[0]), (&phones[1], PROPOSALS[1])]);
    reveal(console, 2, "proposal");
    propose(console, &PROPOSALS[2..]);
    console.press("Show the proposals");
    stage.sees(PROPOSALS[3]);

    console.press("Open the vote");
    for phone in phones {
        phone.sees("Place your 3 dots");
        place_dots(phone, &PROPOSALS[..3]);
        phone.press("Send my dots");
        phone.sees("Sent ✓");
    }
    stage.sees("2 of 2 have voted");
    assert!(!stage.text().contains("people"), "no total is shown before the vote is closed");
    close_vote(console, "2 of 2");
    stage.sees("6 dots from 2 people");
    phones[0].sees("How the room voted");
    phones[0].sees("2 dots from 2 people");

    console.press("Commit what was chosen");
    console.sees("3 items are not complete yet.");
    let (first, others) = COMMITMENTS.split_first().unwrap();
    take_on(&phones[0], first);
    console.sees(&format!("taken on by {}", first.owner));
    console.within(&format!("Action item: {}", first.task)).write("Ticket", first.ticket);
    for commitment in others {
        commitment.keep(console);
    }
    console.sees("Every item is complete.");
    stage.sees(first.owner);
}

/// The owner dates the action item, says how it will be judged, and takes it on.
fn take_on(phone: &Phone, commitment: &Commitment) {
    let item = phone.within(commitment.task);
    item.set_date("By when", commitment.due);
    item.write("How will we know", commitment.criterion);
    item.press("I take it on");
    phone.sees("You have taken this on");
    phone.sees("Put it in my calendar");
}

fn wrap_up(console: &Page, phones: &[Phone; 2]) {
    go_on_to(console, "Wrap-up");
    console.write("First takeaway", TAKEAWAY);
    while main_button(console) != "Open the exit poll" {
        let before = main_button(console);
        press_main(console);
        wait::until("the exit poll comes nearer", || main_button(console) != before);
    }
    press_main(console);
    for phone in phones {
        phone.within("Did you learn something").tick("Yes");
        phone.within("Would you come").tick("Yes");
        phone.press("Send");
        phone.sees("Sent ✓");
    }
    console.sees("2 of 2 have answered");
}

fn the_record_holds_what_was_typed(console: &Page, folder: &Folder) {
    let mut facts = vec![TITLE, SUMMARY, AFFECTED, "Noor Haddad", ANSWER, SYMPTOM, FACTOR, CATEGORY, TAKEAWAY];
    facts.extend(WENT_WELL.iter().chain(&WENT_POORLY).chain(&WHYS).chain(&PROPOSALS));
    facts.extend(COMMITMENTS.iter().flat_map(|it| [it.owner, it.criterion, it.ticket]));
    facts.extend(["SEV2", "checkout, payments", "paged the database on-call"]);
    export(console, folder).assert_holds(&facts);
}
