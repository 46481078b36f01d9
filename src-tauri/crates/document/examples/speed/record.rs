//! A record of ten pages in Latin script, different in each round, so that nothing can be remembered.

use document::{Block, Column, Document, Item, Span, Subject, Table};

use crate::fixture;

const ANSWERS: [&str; 6] = [
    "Every worker was waiting for an answer of the address checker",
    "A refused check is tried again five times at once, and the worker holds its job meanwhile",
    "The retry rule dates from a time without a limit and has not been looked at since",
    "Integrations are reviewed before launch and at no later date",
    "After launch no team owns an integration, so that nobody would call for a review",
    "The launch process asks for an owner per deployment and not per responsibility",
];

/// Returns the record of a round.
pub(crate) fn ten_pages(round: usize) -> Document {
    let mut document = fixture::record();
    document.title = format!("{} ({round})", document.title);
    let scripts = document.blocks.iter().position(|block| is_heading(block, "Voices from many offices"));
    let after = document.blocks.iter().position(|block| is_heading(block, "Open questions"));
    if let (Some(from), Some(until)) = (scripts, after) {
        document.blocks.drain(from..until);
    }
    let mut chain = fixture::huge::chain(9, "");
    chain.symptom = format!("Labels waited up to 94 minutes in the queue of round {round}");
    for (number, step) in chain.steps.iter_mut().enumerate() {
        step.answer = format!("{} ({round}.{number})", ANSWERS[number % ANSWERS.len()]);
    }
    let mut factors = fixture::huge::factors(8, "");
    for (number, factor) in factors.iter_mut().enumerate() {
        factor.text = format!("{} ({round}.{number})", ANSWERS[(number + 3) % ANSWERS.len()]);
    }
    let mut drawings = [Subject::why_tree(&chain), Subject::fishbone("Labels came late", &factors)].into_iter();
    for block in &mut document.blocks {
        if let Block::Drawing { subject, .. } = block
            && let Some(latin) = drawings.next()
        {
            *subject = latin;
        }
        if let Block::Paragraph(spans) = block {
            spans.push(Span::text(format!(" Round {round}.")));
        }
    }
    let row = |number: usize| {
        let words = format!("{}, as the notes of round {round} say at {number}.", ANSWERS[number % ANSWERS.len()]);
        vec![vec![Span::text(format!("16:{number:02}"))], vec![Span::strong("Observation")], vec![Span::text(words)]]
    };
    let columns = vec![Column::new("Time", 1.0), Column::new("Kind", 1.2), Column::new("What happened", 5.0)];
    document.blocks.extend([
        Block::heading(1, "The second wave"),
        Block::Table(Table { columns, rows: (0..42).map(row).collect(), caption: Some("Times in UTC".into()) }),
        Block::heading(1, "Surprises"),
        Block::bullets(ANSWERS.map(|answer| Item::plain(format!("{answer} ({round}).")))),
    ]);
    document
}

fn is_heading(block: &Block, words: &str) -> bool {
    matches!(block, Block::Heading { text, .. } if text == words)
}
