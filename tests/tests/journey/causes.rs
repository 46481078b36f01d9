//! The causes of a real outage, entered with the keyboard alone, and drawn on the stage, in the PDF and the Markdown.
//!
//! The chain follows GitLab's *Postmortem of database outage of January 31* (published on 10 February 2017,
//! <https://about.gitlab.com/blog/postmortem-of-database-outage-of-january-31/>), in our words: why the service went
//! down, and why it took so long to restore.

use std::time::Instant;

use checks::page::keys::{ALT, ENTER, SHIFT, TAB};
use checks::{Application, Folder, Page, wait};
use meeting::why_question;
use serde_json::json;

use crate::facilitator::{begin_with_the_sample, main_button, press_main};
use crate::record::export;

const SYMPTOM: &str = "GitLab.com was down for 18 hours";

/// Each answer with how many levels above the answer before its question stands, and what it ends at.
const ANSWERS: [(u8, &str, Option<&str>); 13] = [
    (0, "The data directory of the primary was removed", None),
    (0, "Rebuilding the secondary was done by hand", None),
    (0, "The primary had dropped log segments too early", None),
    (0, "Spam and a large deletion raised the load", None),
    (0, "Abuse reports were handled without a second look", Some("a process")),
    (5, "The data came from a slow copy of staging", None),
    (0, "No other copy could be used", None),
    (0, "The secondary had been wiped to start again", Some("a technical condition")),
    (1, "Backups failed in silence, with an old pg_dump", None),
    (0, "Failures were reported by email alone", None),
    (0, "The emails were rejected as they were unsigned", Some("a technical condition")),
    (3, "Disk snapshots were not used for the databases", None),
    (0, "Nobody owned the backups or tried to restore one", Some("an organisational condition")),
];

/// Somebody at the keyboard, whose strokes are counted.
struct Typist {
    console: Page,
    strokes: usize,
}

impl Typist {
    fn types(&mut self, text: &str) {
        self.console.type_on(text);
        self.strokes += text.chars().count();
    }

    fn presses(&mut self, key: &str) {
        self.console.key(key);
        self.strokes += 1;
    }

    fn asks_further_up(&mut self) {
        self.console.chord(ALT, "b");
        self.strokes += 2;
    }

    /// Waits until the question has the focus, as somebody does who looks before typing.
    fn is_asked(&self, question: &str) {
        let label = "return document.activeElement?.labels?.[0]?.textContent ?? ''";
        wait::until(question, || self.console.evaluate(label, &[]) == json!(question));
    }

    fn answers(&mut self, question: &str, answer: &str) {
        self.is_asked(question);
        self.types(answer);
        self.presses(ENTER);
    }
}

#[test]
fn the_causes_of_a_real_outage_are_entered_by_keyboard_and_drawn_everywhere() {
    let folder = Folder::new();
    let application = Application::start(&folder);
    let (console, stage) = (application.console(), application.stage());
    let _ = begin_with_the_sample(&console, &stage);
    stage.resize(1920, 1080);
    console.press("Root cause analysis");
    console.sees("Begin a chain with a symptom");

    let mut typist = Typist { console: console.clone(), strokes: 0 };
    console.tab_to("textarea[id]:not([disabled])");
    while console.evaluate("return document.activeElement.labels?.[0]?.textContent ?? ''", &[])
        != json!("Begin a chain with a symptom")
    {
        console.key(TAB);
    }
    let started = Instant::now();
    typist.answers("Begin a chain with a symptom", SYMPTOM);
    let mut above: Vec<&str> = vec![SYMPTOM];
    for (up, answer, end) in ANSWERS {
        let question = if up == 0 {
            why_question(above.last().unwrap())
        } else {
            for _ in 0..up {
                typist.asks_further_up();
                above.pop();
            }
            why_question(above.last().unwrap()).replacen("What ", "What else ", 1)
        };
        typist.answers(&question, answer);
        above.push(answer);
        typist.is_asked(&why_question(answer));
        if let Some(end) = end {
            name_the_end(&mut typist, answer, end);
        }
    }
    let took = started.elapsed();
    println!(
        "{} strokes; {took:.0?} for this test, about {:.0?} s at five strokes a second",
        typist.strokes,
        typist.strokes / 5
    );
    assert!(typist.strokes <= 900, "at five strokes a second {} are more than three minutes", typist.strokes);

    console.press("Show");
    let mut facts = vec![SYMPTOM];
    facts.extend(ANSWERS.iter().map(|(_, answer, _)| *answer));
    let mut pages = 0;
    let mut seen = String::new();
    loop {
        stage.sees("GitLab.com");
        pages += 1;
        let file = format!("target/screenshots/causes-{pages}-stage.png");
        stage.shoot(&checks::application::repository().join(file)).unwrap();
        assert_eq!(stage.evaluate(OVERLAPS, &[]), json!([]), "on page {pages}");
        seen += &stage.text();
        if main_button(&console) != "Next page of the why-chain" {
            break;
        }
        let before = stage.text();
        press_main(&console);
        wait::until("the stage shows another page", || stage.text() != before);
    }
    let missing: Vec<_> = facts.iter().filter(|fact| !seen.contains(**fact)).collect();
    assert!(missing.is_empty(), "{pages} pages of the stage lack {missing:?}");
    console.press("Record");
    export(&console, &folder).assert_holds(&facts);
}

/// Pairs of boxes that touch, boxes that leave the window, and texts that leave their box, as the window has set them.
const OVERLAPS: &str = "const wrong = [];
const svg = [...document.querySelectorAll('svg[role=img]')].find((svg) => svg.getClientRects().length > 0);
const boxes = [...svg.querySelectorAll('rect')].map((rect) => [rect.dataset.id, rect.getBoundingClientRect()]);
for (const [id, box] of boxes) {
  if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) wrong.push(`${id} is cut off`);
  for (const [other, next] of boxes)
    if (id < other && box.left < next.right && next.left < box.right && box.top < next.bottom && next.top < box.bottom)
      wrong.push(`${id} lies on ${other}`);
}
for (const text of svg.querySelectorAll('text')) {
  const words = text.getBoundingClientRect();
  const box = boxes[text.dataset.box]?.[1];
  if (box && (words.left < box.left - 1 || words.right > box.right + 1)) wrong.push(`“${text.textContent}” leaves its box`);
}
return wrong;";

/// Goes back from the question to the choice of what the newest answer ends at.
fn name_the_end(typist: &mut Typist, answer: &str, end: &str) {
    let name = format!("What “{answer}” ends at");
    let label = "return document.activeElement?.labels?.[0]?.textContent ?? ''";
    while typist.console.evaluate(label, &[]) != json!(name) {
        typist.console.chord(SHIFT, TAB);
        typist.strokes += 2;
    }
    // The first letters of an option choose it; here it is set as a menu would.
    typist.console.choose(&name, end);
    typist.strokes += 4;
}
