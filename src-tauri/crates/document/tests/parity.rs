//! Both forms of the record hold what the meeting holds: checked on post-mortems made up from seeds.
//!
//! The facts are taken from the meeting and not from the blocks, the Markdown is read by a CommonMark parser and the PDF
//! by `pdftotext`, so that nothing here trusts what it checks.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test may stop at the first surprise")]

mod reading;
mod scenes;

use document::{Block, Document, from_json, json, markdown, no_images, pdf, record};
use meeting::{ListField, Meeting, Milestone, Poll, Resolved, Section, Times, conflicts, duration_words};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;

/// How many post-mortems are made up.
const RECORDS: u64 = 220;

/// Everything a reader must find, each with what it is.
fn facts(meeting: &Meeting) -> Vec<(&'static str, String)> {
    let mut facts = of_the_incident(meeting);
    of_the_room(meeting, &mut facts);
    of_the_actions(meeting, &mut facts);
    facts.retain(|(_, text)| !text.trim().is_empty());
    facts
}

fn of_the_incident(meeting: &Meeting) -> Vec<(&'static str, String)> {
    let incident = &meeting.incident;
    let times = Times::of(meeting);
    let mut facts = Vec::new();
    for field in scenes::TEXTS {
        // Why there is no action item is said only where there is none.
        if field != meeting::TextField::NoActionsReason || meeting.actions.is_empty() {
            facts.push(("text", incident.text(field).to_owned()));
        }
    }
    for list in scenes::LISTS {
        // Who is invited belongs to the invitation.
        if list != ListField::Invited {
            facts.extend(incident.list(list).iter().map(|item| ("list", item.clone())));
        }
    }
    for role in meeting::Role::OF_THE_INCIDENT {
        facts.extend(incident.names(role).iter().map(|name| ("role", name.clone())));
    }
    facts.extend(incident.severity.map(|severity| ("severity", severity.word().to_owned())));
    facts.extend(incident.severity.map(|_| ("definition", incident.severity_definition.clone())));
    facts.extend(incident.kind.map(|kind| ("kind", kind.word().to_owned())));
    facts.extend(incident.detected_by.map(|source| ("detected by", source.word().to_owned())));
    facts.extend(incident.mitigated_by.map(|kind| ("mitigated by", kind.word().to_owned())));
    facts.extend(incident.stakeholders_told.iter().map(|at| ("told", times.day_and_clock(*at))));
    for milestone in Milestone::ALL {
        if let Resolved::At(at) = meeting.milestone(milestone) {
            facts.push(("milestone", format!("{}{}", milestone.word(), times.day_and_clock(at))));
        }
    }
    for measure in meeting::Measure::ALL {
        if let meeting::DurationStatus::Recorded { millis } = meeting.measure(measure) {
            facts.push(("measure", format!("{}{}", measure.word(), duration_words(millis))));
        }
    }
    for event in &meeting.timeline {
        facts.push(("event", event.text.clone()));
        facts.push(("kind of event", event.kind.word().to_owned()));
        facts.extend(event.at.map(|at| ("clock", times.clock(at))));
        for private in [&event.actor_name, &event.actor_role, &event.known_then] {
            facts.extend(private.iter().map(|text| ("of an event", text.clone())));
        }
        for answer in &event.answers {
            facts.extend([("question", answer.question.clone()), ("answer", answer.answer.clone())]);
        }
    }
    facts
}

fn of_the_room(meeting: &Meeting, facts: &mut Vec<(&'static str, String)>) {
    for section in Section::ALL {
        for note in meeting.shown_notes(section) {
            facts.push(("note", note.text.clone()));
            facts.extend(note.merged.iter().map(|text| ("merged", text.clone())));
        }
    }
    for chain in &meeting.chains {
        facts.push(("symptom", chain.symptom.clone()));
        for step in &chain.steps {
            facts.extend([("why", step.answer.clone()), ("evidence", step.evidence.clone())]);
            facts.extend(step.ends_at.map(|end| ("end", format!("ends at {}", end.word()))));
        }
    }
    for factor in &meeting.factors {
        facts.extend([("factor", factor.text.clone()), ("category", factor.category.word().to_owned())]);
    }
    facts.extend(meeting.decisions.iter().map(|decision| ("decision", decision.text.clone())));
    for parked in &meeting.parked {
        facts.push(("parked", parked.text.clone()));
        facts.extend(parked.outcome.map(|outcome| ("outcome", outcome.word().to_owned())));
    }
    if meeting.held.started.is_none() {
        return;
    }
    facts.push(("ended because", meeting.held.ended_because.clone()));
    facts.extend(conflicts(meeting).into_iter().map(|sentence| ("conflict", sentence)));
    facts.push(("authority", meeting.incident.neutrality.authority_present.clone()));
    facts.extend(meeting.present().filter_map(|person| person.name.clone()).map(|name| ("attendee", name)));
    for role in [meeting::Role::Facilitator, meeting::Role::CoFacilitator, meeting::Role::NoteTaker] {
        facts.extend(meeting.incident.names(role).iter().map(|name| ("role in the meeting", name.clone())));
    }
    for item in &meeting.agenda {
        let row = format!("{}{}{}", item.section.word(), item.planned.to_minutes(), item.clock.spent().to_minutes());
        facts.push(("minutes", row));
    }
    if let Poll::Counted { result } = &meeting.poll {
        facts.push(("poll", format!("{} of {}", result.again, result.answers)));
        facts.extend(result.improve.iter().map(|text| ("improve", text.clone())));
    }
}

fn of_the_actions(meeting: &Meeting, facts: &mut Vec<(&'static str, String)>) {
    for action in &meeting.actions {
        facts.extend([("task", action.task.clone()), ("criterion", action.criterion.clone())]);
        facts.extend([("owner", action.owner.clone()), ("category", action.category.word().to_owned())]);
        facts.push(("priority", action.priority.word().to_owned()));
        facts.extend(action.due.map(|due| ("due", due.format("%-d %b %Y").to_string())));
        facts.push(("ticket", action.ticket.rsplit('/').next().unwrap_or_default().to_owned()));
        facts.extend(action.dots.map(|dots| ("dots", format!("{dots} dot"))));
        if let meeting::ActionState::Dropped { reason } = &action.state {
            facts.push(("dropped", reason.clone()));
        }
    }
    for proposal in &meeting.proposals {
        facts.extend([("proposal", proposal.text.clone()), ("not chosen", proposal.not_chosen_because.clone())]);
    }
    for result in meeting.rounds.iter().filter_map(|round| round.result.as_ref()) {
        facts.push(("vote", format!("{} of {} voted", result.ballots, result.voters)));
    }
    for previous in &meeting.previous {
        facts.extend([("earlier", previous.task.clone()), ("earlier", previous.owner.clone())]);
        facts.extend([("earlier", previous.origin.clone()), ("earlier", previous.remark.clone())]);
        let helped = previous.helped.map(|helped| format!(", {}", helped.word())).unwrap_or_default();
        facts.push(("did it help", format!("{}{helped}", previous.state.word())));
    }
}

/// A text as both forms are compared: composed, without white space, without what draws nothing, and without the colon
/// that one form puts behind a label and the other does not.
fn squeezed(text: &str) -> String {
    let noise = |c: &char| {
        c.is_whitespace()
            || c.is_control()
            || *c == ':'
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{ad}')
    };
    text.nfc().filter(|c| !noise(c)).collect()
}

/// Every word of the Markdown, and its tables as rows.
fn read_markdown(text: &str) -> (String, Vec<String>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let (mut words, mut rows, mut drawing) = (String::new(), Vec::new(), false);
    let mut row = 0;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => drawing = true,
            Event::End(TagEnd::CodeBlock) => drawing = false,
            Event::Start(Tag::TableRow) => row = words.len(),
            Event::End(TagEnd::TableRow) => rows.push(squeezed(&words[row..])),
            Event::Text(text) | Event::Code(text) if !drawing => words.push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} is read as HTML"),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    (squeezed(&words), rows)
}

/// Every word of the pages, without the running lines and without the table heads that a page repeats.
fn read_pdf(document: &Document, bytes: &[u8]) -> String {
    // The running lines stand above 78 pt and below 776 pt.
    let text = reading::printed(bytes, &["-raw", "-x", "0", "-y", "66", "-W", "596", "-H", "722"]);
    let heads: Vec<String> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => {
                Some(squeezed(&table.columns.iter().map(|column| column.title.as_str()).collect::<String>()))
            }
            _ => None,
        })
        .collect();
    let pages = text.split('\u{c}').map(squeezed);
    pages
        .map(|page| heads.iter().find_map(|head| page.strip_prefix(head.as_str())).unwrap_or(&page).to_owned())
        .collect()
}

#[test]
fn markdown_and_pdf_hold_every_fact_of_two_hundred_records() {
    let mut counted = 0;
    for seed in 1..=RECORDS {
        let meeting = scenes::post_mortem(seed);
        let document = record(&meeting);
        let source = markdown(&document);
        let (words, rows) = read_markdown(&source);
        let printed = read_pdf(&document, &pdf(&document, &no_images).unwrap().bytes);
        for (what, fact) in facts(&meeting) {
            let wanted = squeezed(&fact);
            assert!(words.contains(&wanted), "seed {seed}: {what} “{fact}” is not in the Markdown:\n{source}");
            assert!(printed.contains(&wanted), "seed {seed}: {what} “{fact}” ({wanted}) is not in the PDF: {printed}");
            counted += 1;
        }
        for action in &meeting.actions {
            let (task, owner) = (squeezed(&action.task), squeezed(&action.owner));
            let due = squeezed(&action.due.unwrap().format("%-d %b %Y").to_string());
            let together = |row: &&String| row.contains(&task) && row.contains(&owner) && row.contains(&due);
            assert_eq!(
                rows.iter().filter(together).count(),
                2,
                "on page one and among the action items: {}",
                action.task
            );
            let owner = if owner.is_empty() { squeezed("not recorded") } else { owner };
            let row = format!("{task}{owner}{due}");
            assert!(printed.contains(&row), "seed {seed}: page one of the PDF does not say {row}: {printed}");
            let category = squeezed(&format!("{}{}", action.category.word(), action.priority.word()));
            let row = format!("{category}{owner}{due}");
            assert!(printed.contains(&row), "seed {seed}: the action items of the PDF do not say {row}: {printed}");
        }
    }
    assert!(counted > 20_000, "the records hold {counted} facts only");
}

#[test]
fn a_record_that_is_exported_and_imported_is_exported_the_same_again() {
    for seed in 1..=RECORDS {
        let meeting = scenes::post_mortem(seed);
        let exported = json(&meeting);
        let imported = from_json(&exported).unwrap();
        assert_eq!(imported, meeting, "seed {seed}");
        assert_eq!(json(&imported), exported, "seed {seed}");
    }
}

#[test]
fn every_export_is_what_the_published_schema_describes_and_holds_nothing_it_does_not() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../schema/debrief-record-1.json")).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("record.json", schema.clone()).unwrap();
    let compiled = compiler.compile("record.json", &mut schemas).unwrap();
    let known =
        |at: &str| -> Vec<String> { schema.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect() };
    let record_keys = known("/properties/record/properties");
    let meeting_keys = known("/properties/record/properties/meeting/properties");
    for seed in 1..=RECORDS {
        let exported: serde_json::Value = serde_json::from_str(&json(&scenes::post_mortem(seed))).unwrap();
        if let Err(wrong) = schemas.validate(&exported, compiled) {
            panic!("seed {seed}: {wrong:#}");
        }
        for (at, known) in [("/record", &record_keys), ("/record/meeting", &meeting_keys)] {
            let keys: Vec<String> = exported.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect();
            let unknown: Vec<_> = keys.iter().filter(|key| !known.contains(key)).collect();
            assert!(unknown.is_empty(), "{at} holds {unknown:?}, which the schema does not describe");
        }
    }
    let mut broken: serde_json::Value = serde_json::from_str(&json(&scenes::post_mortem(1))).unwrap();
    broken["record"]["status"] = "finished".into();
    assert!(schemas.validate(&broken, compiled).is_err(), "the schema tells a status from another word");
}
