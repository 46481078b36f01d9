//! What a facilitator does again and again, whatever the meeting is about.

use checks::{Page, Phone, wait};
use meeting::why_question;
use serde_json::{Value, json};

/// Presses the main button, the next sensible thing, until the meeting is at this heading.
#[track_caller]
pub(crate) fn go_on_to(console: &Page, section: &str) {
    for _ in 0..60 {
        if heading(console) == section {
            return;
        }
        let before = standing(console);
        press_main(console);
        wait::until("the next thing has come", || standing(console) != before);
    }
    panic!("the way on does not lead to {section}");
}

/// Presses the main button whatever it says.
#[track_caller]
pub(crate) fn press_main(console: &Page) {
    console.press(&main_button(console));
}

/// Returns what the main button says.
#[track_caller]
pub(crate) fn main_button(console: &Page) -> String {
    words(&console.evaluate("return document.querySelector('main button.primary')?.firstChild.data ?? ''", &[]))
}

#[track_caller]
fn heading(console: &Page) -> String {
    words(&console.evaluate("return document.querySelector('main h2')?.textContent ?? ''", &[]))
}

/// Returns where the meeting stands: the heading, what is on the stage, and what would come next.
#[track_caller]
fn standing(console: &Page) -> Value {
    console.evaluate("return document.querySelector('main header').innerText", &[])
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

/// The address and the code that stand on the join card.
pub(crate) struct Door {
    pub(crate) address: String,
    pub(crate) code: String,
}

/// Opens the room from the bar at the top and reads how to get in.
#[track_caller]
pub(crate) fn open_room(console: &Page) -> Door {
    console.press("Open the room");
    console.press("Open the room");
    console.sees("and enter the code");
    let read = |class: &str| {
        let script = "return document.querySelector(`dialog .${arguments[0]}`)?.textContent ?? ''";
        words(&console.evaluate(script, &[json!(class)]))
    };
    let door = Door { address: read("address"), code: read("code") };
    console.press("Close");
    door
}

/// Lets the room write, and reveals it again after everybody has written and nobody has seen anything.
#[track_caller]
pub(crate) fn write_in_silence(console: &Page, stage: &Page, field: &str, written: &[(&Phone, &str)]) {
    console.press("Open silent writing");
    for (phone, text) in written {
        phone.write(field, text);
        phone.press("Send");
        phone.sees("Sent ✓");
    }
    console.sees(&format!("{0} of {0} have written", written.len()));
    stage.sees(&format!("{0} of {0} have written", written.len()));
    for (writer, text) in written {
        let others = written.iter().filter(|(phone, _)| !std::ptr::eq(*phone, *writer));
        for (page, whose) in others
            .map(|(phone, _)| (&***phone, "another phone"))
            .chain([(stage, "the stage"), (console, "the console")])
        {
            assert!(!page.everything().contains(text), "before the reveal {whose} has been sent “{text}”");
        }
    }
}

/// Passes the barrier in front of what was written.
#[track_caller]
pub(crate) fn reveal(console: &Page, count: usize, noun: &str) {
    console.press(&format!("Reveal {count} {noun}s…"));
    console.sees("This cannot be undone.");
    console.press(&format!("Reveal {count} {noun}s"));
}

/// Makes an action item owned, dated and checkable.
pub(crate) struct Commitment {
    pub(crate) task: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) due: &'static str,
    pub(crate) criterion: &'static str,
    pub(crate) ticket: &'static str,
}

impl Commitment {
    #[track_caller]
    pub(crate) fn keep(&self, console: &Page) {
        let card = console.within(&format!("Action item: {}", self.task));
        card.write("Owner, one person", self.owner);
        card.set_date("Due", self.due);
        card.write("How will we know that it is done?", self.criterion);
        card.write("Ticket", self.ticket);
    }
}

/// Begins a meeting about the sample incident and returns how to get in.
#[track_caller]
pub(crate) fn begin_with_the_sample(console: &Page, stage: &Page) -> Door {
    console.press("Try the sample incident");
    console.sees("Start the meeting");
    let door = open_room(console);
    console.press("Start the meeting");
    stage.sees("Join");
    door
}

/// Answers why after why in the only chain there is; the next question has the focus as soon as it comes.
#[track_caller]
pub(crate) fn answer_whys(console: &Page, chain: &Page, symptom: &str, whys: &[&str]) {
    let mut question = why_question(symptom);
    for (depth, why) in (1..).zip(whys) {
        chain.enter(&question, why);
        wait::until("the answer has its place", || {
            let count = "return document.querySelectorAll('article .step').length";
            console.evaluate(count, &[]) == json!(depth)
        });
        let label = "return document.activeElement.labels?.[0]?.textContent ?? ''";
        question = why_question(why);
        wait::until("whoever types on can type on", || words(&console.evaluate(label, &[])) == question);
    }
}

/// Types what the room proposes.
#[track_caller]
pub(crate) fn propose(console: &Page, proposals: &[&str]) {
    for proposal in proposals {
        let line = "Add a proposal, beginning with a verb";
        console.enter(line, proposal);
        // The line is empty again once the proposal was granted.
        wait::until("the proposal is taken in", || console.value(line).is_empty());
    }
}

/// Places dots on a phone, without sending them.
#[track_caller]
pub(crate) fn place_dots(phone: &Phone, dots: &[&str]) {
    for option in dots {
        phone.press(&format!("One dot more for {option}"));
    }
}

/// Enters what somebody without a phone says.
#[track_caller]
pub(crate) fn enter_ballot(console: &Page, voter: &str, dots: &[&str]) {
    console.press(&format!("Enter ballot: {voter}"));
    for option in dots {
        console.press(&format!("One dot more on: {option}"));
    }
    console.press("Enter the ballot");
    console.sees(&format!("{voter} ballot entered"));
}

/// Passes the barrier at the end of a vote.
#[track_caller]
pub(crate) fn close_vote(console: &Page, voted: &str) {
    console.press("Close the vote…");
    console.sees(&format!("{voted} have voted."));
    console.press("Close the vote");
}

/// Returns the rows of the result as the console shows them: the proposal, its dots, how many gave them, the outcome.
#[track_caller]
pub(crate) fn result_rows(console: &Page) -> Vec<[String; 4]> {
    // An earlier result stands there too, folded; the room may see the new one a moment before the console does.
    let shown = "return [...document.querySelectorAll('main tbody tr')]
        .filter((row) => row.checkVisibility())
        .map((row) => [...row.cells].map((cell) => cell.innerText.trim()));";
    let mut rows: Vec<[String; 4]> = Vec::new();
    wait::until("the console shows a result", || {
        rows = serde_json::from_value(console.evaluate(shown, &[])).unwrap();
        !rows.is_empty()
    });
    rows
}

/// Says thanks, and ends the meeting in which nothing is missing.
#[track_caller]
pub(crate) fn end(console: &Page) {
    while !main_button(console).starts_with("End the meeting") {
        let before = main_button(console);
        press_main(console);
        wait::until("the end comes nearer", || main_button(console) != before);
    }
    press_main(console);
    console.sees("nothing is missing");
    console.press("End the meeting");
    console.sees("The meeting took");
}
