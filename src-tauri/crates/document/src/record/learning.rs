//! What was learned: what went well, where luck helped, what went poorly, and the causes.

use meeting::{FactorCategory, ListField, Meeting, Note, NoteKind, Section, StepId, TextField, Unfinished, WhyChain};

use super::list;
use crate::{Align, Block, Column, Item, Span, Table};

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
pub(super) fn causes(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let roots = meeting.incident.list(ListField::RootCauses);
    let noted: Vec<_> = meeting.shown_notes(Section::RootCauses).collect();
    if meeting.factors.is_empty() && meeting.chains.is_empty() && roots.is_empty() && noted.is_empty() {
        return;
    }
    blocks.push(Block::heading(1, "Root cause analysis"));
    list("Root causes", 2, false, roots, blocks);
    factors(meeting, blocks);
    if !meeting.chains.is_empty() {
        blocks.push(Block::heading(2, "Why-chains"));
    }
    for chain in &meeting.chains {
        blocks.push(Block::Mermaid { source: drawing::mermaid_why(chain) });
        blocks.push(Block::Tree {
            caption: match chain.unfinished() {
                None => "What made that possible, step by step.".to_owned(),
                Some(reason) => format!("What made that possible, step by step. {}", unfinished(reason)),
            },
            roots: vec![Item { text: vec![Span::strong(chain.symptom.clone())], children: answers(chain, None) }],
        });
    }
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

fn answers(chain: &WhyChain, parent: Option<StepId>) -> Vec<Item> {
    chain
        .steps
        .iter()
        .filter(|step| step.parent == parent)
        .map(|step| {
            let mut text = vec![Span::text(step.answer.clone())];
            if !step.evidence.is_empty() {
                text.push(Span::emphasis(format!(" Evidence: {}", step.evidence)));
            }
            if let Some(end) = step.ends_at {
                text.push(Span::strong(format!(" — ends at {}", end.word())));
            }
            Item { text, children: answers(chain, Some(step.id)) }
        })
        .collect()
}

fn factors(meeting: &Meeting, blocks: &mut Vec<Block>) {
    if meeting.factors.is_empty() {
        return;
    }
    blocks.push(Block::heading(2, "Contributing factors"));
    let effect = meeting.incident.text(TextField::Title);
    blocks.push(Block::Mermaid { source: drawing::mermaid_fishbone(effect, &meeting.factors) });
    let mut rows = Vec::new();
    for category in FactorCategory::ALL {
        for factor in meeting.factors.iter().filter(|factor| factor.category == category) {
            let from = factor
                .chain
                .and_then(|id| meeting.chains.iter().find(|chain| chain.id == id))
                .map(|chain| chain.symptom.clone())
                .unwrap_or_default();
            rows.push(vec![
                vec![Span::strong(category.word())],
                vec![Span::text(factor.text.clone())],
                vec![Span::text(from)],
            ]);
        }
    }
    let column = |title: &str, share| Column { title: title.to_owned(), share, align: Align::Start };
    blocks.push(Block::Table(Table {
        columns: vec![column("Category", 1.2), column("Factor", 3.4), column("Found asking about", 2.0)],
        rows,
        caption: None,
    }));
}
