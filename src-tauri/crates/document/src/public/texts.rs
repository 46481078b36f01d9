//! Every text of a block, without its style.

use crate::{Block, Item, Span};

/// Returns every text of a block, each as a reader would read it in one go.
pub(super) fn of(block: &Block) -> Vec<String> {
    let mut texts = Vec::new();
    match block {
        Block::Heading { text, .. } => texts.push(text.clone()),
        Block::Paragraph(spans) | Block::Note(spans) => words(spans, &mut texts),
        Block::Facts(facts) => {
            for fact in facts {
                texts.push(fact.label.clone());
                words(&fact.value, &mut texts);
            }
        }
        Block::List { items, .. } => items.iter().for_each(|item| of_item(item, &mut texts)),
        Block::Table(table) => {
            texts.extend(table.columns.iter().map(|column| column.title.clone()));
            table.rows.iter().flatten().for_each(|cell| words(cell, &mut texts));
            texts.extend(table.caption.clone());
        }
        Block::Durations(bar) => {
            texts.push(bar.caption.clone());
            for mark in &bar.marks {
                texts.extend([mark.label.clone(), mark.clock.clone()]);
                texts.extend(mark.duration.clone());
            }
        }
        Block::Drawing { caption, subject } => {
            texts.push(caption.clone());
            subject.outline().iter().for_each(|root| of_item(root, &mut texts));
        }
        Block::Figure(figure) => texts.extend([figure.caption.clone(), figure.alt.clone(), figure.name.clone()]),
        Block::Excerpt { caption, text } => texts.extend([caption.clone(), text.clone()]),
        Block::Contents => {}
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}

fn of_item(item: &Item, texts: &mut Vec<String>) {
    words(&item.text, texts);
    item.children.iter().for_each(|child| of_item(child, texts));
}

/// The address of a link is read with its words.
fn words(spans: &[Span], texts: &mut Vec<String>) {
    let addresses = spans.iter().filter_map(|span| match span {
        Span::Link { text, url } if text != url => Some(url.clone()),
        Span::Link { .. } | Span::Text(_) | Span::Strong(_) | Span::Emphasis(_) | Span::Code(_) => None,
    });
    texts.push(spans.iter().map(Span::words).collect());
    texts.extend(addresses);
}
