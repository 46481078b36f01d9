//! What was learned: what went well, where luck helped, what went poorly, and the causes.

use meeting::{Factor, ListField, Meeting, Note, NoteKind, Section, TextField, Times, Unfinished, WhyChain};

use super::list;
use crate::{Align, Block, Column, Item, Span, Subject, Table};

/// Adds the notes.
pub(super) fn notes(meeting: &Meeting, blocks: &mut Vec<Block>) {
    for (heading, section, wanted) in [
        ("What went well", Section::WentWell, NoteKind::WentWell),
        ("Where we got lucky", Section::WentWell, NoteKind::Lucky),
        ("What went poorly", Section::WentPoorly, NoteKind::WentPoorly),
    ] {
        let notes: Vec<_> = meeting.shown_notes(section).filter(|note| note.kind == wanted).collect();
        if notes.is_empty() {
            continue;
        }
        blocks.push(Block::heading(1, heading));
        blocks.push(Block::List { ordered: false, items: notes.into_iter().map(note_item).collect() });
    }
}

/// What was merged into a note stays readable under it.
fn note_item(note: &Note) -> Item {
    Item {
        text: vec![Span::text(note.text.clone())],
        children: note.merged.iter().map(|wording| super::leaf(wording)).collect(),
    }
}

/// Adds factors, chains and root causes.
pub(super) fn causes(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    let roots = meeting.incident.list(ListField::RootCauses);
    let noted: Vec<_> = meeting.shown_notes(Section::RootCauses).collect();
    if meeting.factors.is_empty() && meeting.chains.is_empty() && roots.is_empty() && noted.is_empty() {
        return;
    }
    blocks.push(Block::heading(1, "Root cause analysis"));
    list("Root causes", 2, false, roots, blocks);
    factors(meeting, times, blocks);
    if !meeting.chains.is_empty() {
        blocks.push(Block::heading(2, "Why-chains"));
    }
    let count = meeting.chains.len();
    for (number, chain) in (1..).zip(&meeting.chains) {
        let which = if count == 1 { "Why-chain".to_owned() } else { format!("Why-chain {number} of {count}") };
        blocks.push(Block::Drawing {
            caption: match chain.unfinished() {
                None => format!("{which}: what made it possible, step by step."),
                Some(reason) => format!("{which}: what made it possible, step by step. {}", unfinished(reason)),
            },
            subject: Subject::why_tree(chain),
        });
    }
    evidence(&meeting.chains, blocks);
    if !noted.is_empty() {
        blocks.push(Block::heading(2, "Conditions the room named"));
        blocks.push(Block::List { ordered: false, items: noted.into_iter().map(note_item).collect() });
    }
}

const fn unfinished(reason: Unfinished) -> &'static str {
    match reason {
        Unfinished::NoAnswer => "This chain has no answer yet.",
        Unfinished::Short => "This chain stops after one or two answers.",
        Unfinished::EndNotNamed => "It was not said what this chain ends at.",
        Unfinished::NotSystemic => "This chain does not reach something a group can change yet.",
    }
}

/// Adds what the answers rest on; a drawing has no room for it.
fn evidence(chains: &[WhyChain], blocks: &mut Vec<Block>) {
    let steps = chains.iter().flat_map(WhyChain::walk).map(|(_, step)| step);
    let rows: Vec<_> = steps
        .filter(|step| !step.evidence.is_empty())
        .map(|step| vec![vec![Span::text(step.answer.clone())], vec![super::linked(&step.evidence)]])
        .collect();
    if rows.is_empty() {
        return;
    }
    blocks.push(Block::heading(3, "What the answers rest on"));
    blocks.push(Block::Table(Table {
        columns: vec![column("Answer", 3.0), column("Evidence", 2.4)],
        rows,
        caption: None,
    }));
}

fn column(title: &str, share: f32) -> Column {
    Column { title: title.to_owned(), share, align: Align::Start }
}

fn factors(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    if meeting.factors.is_empty() {
        return;
    }
    blocks.push(Block::heading(2, "Contributing factors"));
    let effect = meeting.incident.text(TextField::Title);
    blocks.push(Block::Drawing {
        caption: "What contributed, by category.".to_owned(),
        subject: Subject::fishbone(effect, &meeting.factors),
    });
    links(meeting, times, blocks);
}

/// Adds what each factor was found by: the chain that led to it and the event that shows it.
fn links(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    let symptom = |factor: &Factor| {
        let chain = meeting.chains.iter().find(|chain| Some(chain.id) == factor.chain);
        chain.map(|chain| chain.symptom.clone()).unwrap_or_default()
    };
    let seen = |factor: &Factor| {
        let event = meeting.timeline.iter().find(|event| Some(event.id) == factor.event);
        let words = event.map(|event| match event.at {
            Some(at) => format!("{} {}", times.clock(at), event.text),
            None => event.text.clone(),
        });
        words.unwrap_or_default()
    };
    let linked: Vec<_> = meeting.factors.iter().map(|factor| (factor, symptom(factor), seen(factor))).collect();
    let asked = linked.iter().any(|(_, symptom, _)| !symptom.is_empty());
    let shown = linked.iter().any(|(.., event)| !event.is_empty());
    if !asked && !shown {
        return;
    }
    let mut columns = vec![column("Factor", 3.0)];
    columns.extend(asked.then(|| column("Found asking about", 2.4)));
    columns.extend(shown.then(|| column("Seen in", 2.4)));
    let rows = linked.into_iter().filter(|(_, symptom, event)| !symptom.is_empty() || !event.is_empty());
    let rows = rows.map(|(factor, symptom, event)| {
        let mut cells = vec![vec![Span::text(factor.text.clone())]];
        cells.extend(asked.then(|| vec![Span::text(symptom)]));
        cells.extend(shown.then(|| vec![Span::text(event)]));
        cells
    });
    blocks.push(Block::Table(Table { columns, rows: rows.collect(), caption: None }));
}
