//! The words and fields of the page. What is built here is markup by type: every text is encoded by the template
//! library where it is put, and nothing in this crate can take that away (a test of the house looks for it).

use maud::{DOCTYPE, Markup, html};
use meeting::text::{NAME_LIMIT, NOTE_LIMIT};
use meeting::{ActionCategory, NoteKind, Priority, ProposalId, RoundId, Section};
use serde::Serialize;
use wire::{ClockView, Failure, OwnNote, OwnView, PhoneOption, PhoneState, PhoneTask, ResultRow};

use super::asked::{Said, longest};
use super::form::{Form, TOKEN};

/// What every form carries without showing it.
pub(super) struct Hidden {
    /// Says for whom the form was made.
    pub(super) token: String,
    /// Names this form.
    pub(super) name: String,
}

/// How long a page with nothing to type stands before it asks again, in seconds.
const AGAIN: u32 = 15;

/// A page for somebody who is not in the room.
pub(super) fn join(hidden: &Hidden, typed: &Form, problem: Option<&Failure>) -> Markup {
    let content = html! {
        h1 { "Join the meeting" }
        p { "This page works without scripts. The QR code does not: type the code that stands beside it." }
        (fields(hidden, &html! {
            input type="hidden" name="id" value=(hidden.name);
            label for="code" { "Code on the big screen" }
            input #code .code name="code" value=(typed.text("code")) maxlength="20" autocapitalize="characters"
                autocomplete="off" spellcheck="false";
            label for="name" { "Your name, if you like" }
            input #name name="name" value=(typed.text("name")) maxlength=(NAME_LIMIT) autocomplete="off"
                spellcheck="false";
            (said(Said::Nothing, problem))
            button .main name="do" value="join" { "Join" }
        }))
        (promises())
    };
    page("Join the meeting", None, None, &content)
}

/// A page for somebody in the room: where the meeting is, and the one thing that is asked.
pub(super) fn room(phone: &PhoneState, hidden: &Hidden, word: Said, typed: &Form, problem: Option<&Failure>) -> Markup {
    let (view, own) = (&phone.view, &phone.own);
    let answer = said(word, problem);
    let (content, again) = match &view.task {
        PhoneTask::Write { section, question, written, of } => {
            let count = format!("{written} of {of} have written");
            (write(*section, question, &count, own, hidden, typed, &answer), None)
        }
        PhoneTask::Vote { round, dots, per_option, options, run_off, closing, .. } => {
            let limits = Limits { round: *round, dots: *dots, per_option: *per_option };
            let heading = if *run_off { "A run-off" } else { "Give your dots" };
            let content = html! {
                h1 { (heading) }
                @if *closing { p .notice { "The vote closes now. Send your dots." } }
                (vote(&limits, options, own, hidden, typed, &answer))
            };
            (content, None)
        }
        PhoneTask::Poll {} => (poll(own, hidden, typed, &answer), None),
        PhoneTask::Result { rows, rule } => (html! { (answer) (result(rows, rule)) }, Some(AGAIN)),
        PhoneTask::Ended {} => (html! { (answer) (still(phone)) }, None),
        PhoneTask::Wait {} | PhoneTask::Look { .. } | PhoneTask::Adjourned {} => {
            (html! { (answer) (still(phone)) }, Some(AGAIN))
        }
    };
    let content = html! {
        (content)
        @match again {
            Some(_) => p .soft { "This page looks again by itself every " (AGAIN) " seconds." },
            None if matches!(view.task, PhoneTask::Ended {}) => {},
            None => {
                p { a .button href="/plain" { "See what is new" } }
                p .soft { "What you have typed and not sent is lost when you do." }
            },
        }
        p .soft { "You are here " @match &own.name {
            Some(name) => { "as " bdi { (name) } "." },
            None => "without a name.",
        } }
    };
    page(&view.title, again, Some((view.section, view.clock)), &content)
}

/// A page that says what went wrong and leads back.
pub(super) fn failed(failure: &Failure) -> Markup {
    let content = html! {
        h1 { "Not sent" }
        (said(Said::Nothing, Some(failure)))
        p { a .button href="/plain" { "Open the page again" } }
    };
    page("Not sent", None, None, &content)
}

fn page(
    title: &str,
    again: Option<u32>,
    place: Option<(Option<Section>, Option<ClockView>)>,
    content: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="format-detection" content="telephone=no";
                @if let Some(seconds) = again { meta http-equiv="refresh" content={ (seconds) "; url=/plain" }; }
                title { (title) " · Debrief" }
                link rel="stylesheet" href="/plain.css";
            }
            body {
                @if let Some((section, clock)) = place {
                    header {
                        strong { (section.map_or("Debrief", Section::word)) }
                        @if let Some(clock) = clock { " " span .soft { (time_left(clock)) } }
                    }
                }
                main { (content) }
            }
        }
    }
}

/// Says how long a section has, in minutes: a page that stands still has no seconds.
fn time_left(clock: ClockView) -> String {
    match clock.planned_ms.0.checked_sub(clock.spent_ms.0).map(|left| left / 60_000) {
        None => "over time".to_owned(),
        Some(0) => "less than a minute left".to_owned(),
        Some(1) => "about 1 minute left".to_owned(),
        Some(minutes) => format!("about {minutes} minutes left"),
    }
}

fn said(word: Said, problem: Option<&Failure>) -> Markup {
    html! {
        @if let Some(problem) = problem { p .notice role="alert" { (problem.message) " " (problem.hint) } }
        @else if word != Said::Nothing { p .said role="status" { (word.words()) } }
    }
}

fn fields(hidden: &Hidden, content: &Markup) -> Markup {
    html! {
        form method="post" action="/plain" {
            input type="hidden" name=(TOKEN) value=(hidden.token);
            (content)
        }
    }
}

fn write(
    section: Section,
    question: &str,
    count: &str,
    own: &OwnView,
    hidden: &Hidden,
    typed: &Form,
    answer: &Markup,
) -> Markup {
    let notes: Vec<&OwnNote> = own.notes.iter().filter(|note| note.kind.section() == section).collect();
    let changed = notes.iter().find(|note| note.draft.0 == typed.text("draft"));
    // What was typed is kept only for the section it was typed in.
    let is_typed = typed.word::<Section>("section") == Some(section);
    let text = typed.given("text").filter(|_| is_typed).or(changed.map(|note| note.text.as_str())).unwrap_or_default();
    html! {
        h1 { (question) }
        p .soft { "Nobody, not even the facilitator, can see who wrote what. All notes open together." }
        (fields(hidden, &html! {
            input type="hidden" name="name" value=(hidden.name);
            input type="hidden" name="section" value=(stored(&section));
            input type="hidden" name="draft" value=(changed.map_or("", |note| note.draft.0.as_str()));
            (kinds(section, changed.map(|note| note.kind), typed))
            label for="text" { @if changed.is_some() { "Change what you sent" }
                @else if section == Section::ActionItems { "What to do, starting with a verb" } @else { "Your note" } }
            textarea #text name="text" rows="4" maxlength=(longest(section)) { "\n" (text) }
            (answer)
            button .main name="do" value="note" { @if changed.is_some() { "Save the change" } @else { "Send" } }
        }))
        @if !notes.is_empty() { h2 { "What you have sent" } }
        @for note in notes {
            (fields(hidden, &html! {
                p .written dir="auto" { (kind_words(note.kind)) (note.text) }
                input type="hidden" name="section" value=(stored(&section));
                input type="hidden" name="draft" value=(note.draft.0);
                button name="do" value="edit" { "Change" } " "
                button name="do" value="withdraw" { "Withdraw" }
            }))
        }
        p .soft { (count) }
    }
}

fn kinds(section: Section, kept: Option<NoteKind>, typed: &Form) -> Markup {
    let is_lucky = typed.given("kind").map_or(kept == Some(NoteKind::Lucky), |kind| kind == "lucky");
    let kept = match kept {
        Some(NoteKind::Proposal { category, priority }) => (category, priority),
        _ => (ActionCategory::Prevention, Priority::Should),
    };
    let category = typed.word("category").unwrap_or(kept.0);
    let priority = typed.word("priority").unwrap_or(kept.1);
    html! {
        @match section {
            Section::WentWell => fieldset {
                legend { "What kind of note" }
                label { input type="radio" name="kind" value="went-well" checked[!is_lucky]; " Went well" }
                label { input type="radio" name="kind" value="lucky" checked[is_lucky]; " Where we got lucky" }
            },
            Section::ActionItems => {
                label for="category" { "What it does" }
                select #category name="category" { @for one in ActionCategory::ALL {
                    option value=(stored(&one)) selected[one == category] { (one.word()) }
                } }
                label for="priority" { "Priority" }
                select #priority name="priority" { @for one in [Priority::Must, Priority::Should, Priority::NiceToHave] {
                    option value=(stored(&one)) selected[one == priority] { (one.word()) }
                } }
            },
            _ => {},
        }
    }
}

fn kind_words(kind: NoteKind) -> String {
    match kind {
        NoteKind::WentWell => "Went well · ".to_owned(),
        NoteKind::Lucky => "Where we got lucky · ".to_owned(),
        NoteKind::Proposal { category, priority } => format!("{} · ", proposal_words(category, priority)),
        NoteKind::WentPoorly | NoteKind::Cause => String::new(),
    }
}

fn proposal_words(category: ActionCategory, priority: Priority) -> String {
    let priority = match priority {
        Priority::Must => "Must",
        Priority::Should => "Should",
        Priority::NiceToHave => "Nice to have",
    };
    format!("{priority} · {}", category.word().to_lowercase())
}

/// Returns the stored form of a word: what a form sends back to be read by the same type.
fn stored(word: &impl Serialize) -> String {
    serde_json::to_value(word).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What a ballot may hold.
struct Limits {
    round: RoundId,
    dots: u8,
    per_option: u8,
}

fn vote(
    limits: &Limits,
    options: &[PhoneOption],
    own: &OwnView,
    hidden: &Hidden,
    typed: &Form,
    answer: &Markup,
) -> Markup {
    let place = |id: ProposalId| own.order.iter().position(|other| *other == id).unwrap_or(usize::MAX);
    let mut options: Vec<&PhoneOption> = options.iter().collect();
    options.sort_by_key(|option| place(option.id));
    let is_typed = typed.text("round") == limits.round.to_string();
    let given = |id: ProposalId| {
        let kept = own.ballot.iter().flat_map(|ballot| &ballot.dots).find(|(option, _)| *option == id);
        let kept = kept.map_or(0, |(_, dots)| *dots).to_string();
        typed.given(&format!("dots-{id}")).filter(|_| is_typed).map_or(kept, str::to_owned)
    };
    let standing = match &own.ballot {
        None => "You have not voted yet.",
        Some(ballot) if ballot.dots.is_empty() => "You abstained. It counts as a vote.",
        Some(_) => "Your dots have arrived. You can change them until the vote is closed.",
    };
    html! {
        p { "You have " (dots_words(limits.dots.into())) ", at most " (limits.per_option) " on one proposal. Your vote is secret." }
        (fields(hidden, &html! {
            input type="hidden" name="round" value=(limits.round);
            @for option in options {
                @let field = format!("dots-{}", option.id);
                div .option {
                    label .written for=(field) dir="auto" { (option.text) }
                    span .soft { (proposal_words(option.category, option.priority)) }
                    input id=(field) name=(field) type="number" inputmode="numeric" min="0" max=(limits.per_option)
                        value=(given(option.id));
                }
            }
            (answer)
            p .soft { (standing) }
            button .main name="do" value="vote" { @if limits.dots == 1 { "Send my dot" } @else { "Send my dots" } }
            // What was typed is no reason to keep somebody from abstaining.
            button name="do" value="abstain" formnovalidate { "Abstain" }
        }))
    }
}

fn dots_words(count: u32) -> String {
    if count == 1 { "1 dot".to_owned() } else { format!("{count} dots") }
}

fn result(rows: &[ResultRow], rule: &str) -> Markup {
    let group = |row: &ResultRow| match (row.chosen, row.tied) {
        (true, _) => "Chosen",
        (false, true) => "Tied at the line",
        (false, false) => "Considered, not chosen",
    };
    let count = |row: &ResultRow| match (row.dots, row.supporters) {
        (0, _) => "no dots".to_owned(),
        (dots, 1) => format!("{} from 1 person", dots_words(dots)),
        (dots, people) => format!("{} from {people} people", dots_words(dots)),
    };
    html! {
        h1 { "How the room voted" }
        p .soft { (rule) }
        @for name in ["Chosen", "Tied at the line", "Considered, not chosen"] {
            @if rows.iter().any(|row| group(row) == name) {
                h2 { (name) }
                ol { @for row in rows.iter().filter(|row| group(row) == name) {
                    li { span .written dir="auto" { (row.text) } br; span .soft { (count(row)) } }
                } }
            }
        }
    }
}

fn poll(own: &OwnView, hidden: &Hidden, typed: &Form, answer: &Markup) -> Markup {
    let kept = own.poll.as_ref();
    let is_typed = typed.text("do") == "poll";
    let chosen = |field: &str, kept: Option<String>| {
        if is_typed { typed.given(field).map(str::to_owned) } else { kept }.unwrap_or_default()
    };
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let learned = chosen("learned", kept.map(|answer| yes(answer.learned)));
    let again = chosen("again", kept.map(|answer| yes(answer.again)));
    let freely = chosen("freely", kept.and_then(|answer| answer.spoke_freely).map(|grade| grade.to_string()));
    let improve = chosen("improve", kept.map(|answer| answer.improve.clone()));
    let grades = [("", "Left open"), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")];
    html! {
        h1 { "Before you go" }
        p .soft { "Nobody sees who answered what. With fewer than five answers only totals are kept, and nothing of what was typed." }
        (fields(hidden, &html! {
            (choice("Did you learn something that changes how you work?", "learned", &[("yes", "Yes"), ("no", "No")], &learned))
            (choice("Would you come to another one?", "again", &[("yes", "Yes"), ("no", "No")], &again))
            (choice("How freely could you speak? By choice: 1 not at all, 5 entirely", "freely", &grades, &freely))
            label for="improve" { "One thing to improve. By choice" }
            textarea #improve name="improve" rows="3" maxlength=(NOTE_LIMIT) { "\n" (improve) }
            (answer)
            button .main name="do" value="poll" { @if kept.is_some() { "Send the change" } @else { "Send" } }
        }))
    }
}

fn choice(question: &str, field: &str, answers: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        fieldset {
            legend { (question) }
            @for (value, word) in answers {
                label { input type="radio" name=(field) value=(value) checked[*value == chosen]; " " (word) }
            }
        }
    }
}

/// A page on which there is nothing to do but to read.
fn still(phone: &PhoneState) -> Markup {
    html! {
        @match &phone.view.task {
            PhoneTask::Look { heading, text } => {
                h1 { (heading) }
                @if text.is_empty() { p { "There is nothing to do on the phone now." } }
                @else { p .written .large dir="auto" { (text) } }
            },
            PhoneTask::Adjourned {} => {
                h1 { "The meeting is adjourned" }
                p { "It goes on another day. What you have sent is kept, hidden as before." }
            },
            PhoneTask::Ended {} => {
                h1 { "Thank you for what you brought up" }
                p { "The meeting is over. Ask the facilitator where to read the record." }
                p { "Who wrote which note and who voted for what is no longer stored anywhere. You can close this page." }
            },
            _ => {
                h1 { "You are in" }
                p .written .large dir="auto" { (phone.view.title) }
                p { "The meeting has not begun. Keep this page open; it changes by itself." }
            },
        }
    }
}

/// What is stored and who can see it: each sentence is a promise that the room keeps.
fn promises() -> Markup {
    html! {
        ul .soft {
            li { strong { "What you write" } " stays hidden until all notes open together, shuffled and without names." }
            li { strong { "Your vote" } " is secret. Only totals are kept." }
            li { strong { "Your name" } " is your choice. It never stands beside a note or a vote." }
            li { strong { "This phone" } " keeps a cookie, so that you come back as yourself." }
            li { strong { "The connection" } " is not encrypted: others on the same Wi-Fi could read what this page sends." }
        }
    }
}
