//! Supporting material: links, images and excerpts of logs, in the order of the timeline.

use std::collections::HashMap;

use meeting::{Attachment, Content, EventId, ListField, Meeting, Times};

use super::with_address;
use crate::{Block, Figure};

/// How much of an event is repeated beside its evidence.
const EVENT_LETTERS: usize = 90;

/// Adds what supports the record; of the evidence only what is `wanted`.
pub(super) fn material(
    meeting: &Meeting,
    times: &Times,
    wanted: &dyn Fn(&Attachment) -> bool,
    blocks: &mut Vec<Block>,
) {
    let links = meeting.incident.list(ListField::SupportingMaterial);
    let evidence = in_order(meeting, wanted);
    if links.is_empty() && evidence.is_empty() {
        return;
    }
    blocks.push(Block::heading(1, "Supporting material"));
    if !links.is_empty() {
        blocks.push(Block::List { ordered: false, items: links.iter().map(|link| with_address(link)).collect() });
    }
    let (mut figures, mut excerpts) = (0, 0);
    for attachment in evidence {
        let (kind, number) = match &attachment.content {
            Content::Image { .. } => ("Figure", count(&mut figures)),
            Content::Excerpt { .. } => ("Excerpt", count(&mut excerpts)),
        };
        let caption = caption(meeting, times, attachment, kind, number);
        blocks.push(match &attachment.content {
            Content::Image { image } => Block::Figure(Figure {
                name: format!("figure-{number}.{}", image.format.extension()),
                image: image.clone(),
                alt: if attachment.caption.is_empty() { caption.clone() } else { attachment.caption.clone() },
                caption,
            }),
            Content::Excerpt { text } => Block::Excerpt { caption, text: text.clone() },
        });
    }
}

fn count(number: &mut usize) -> usize {
    *number += 1;
    *number
}

/// Returns the evidence by when its event happened; what belongs to the incident as a whole comes first.
fn in_order<'a>(meeting: &'a Meeting, wanted: &dyn Fn(&Attachment) -> bool) -> Vec<&'a Attachment> {
    let places: HashMap<EventId, usize> =
        meeting.timeline.iter().enumerate().map(|(place, event)| (event.id, place + 1)).collect();
    let place = |attachment: &Attachment| attachment.event.and_then(|event| places.get(&event)).copied().unwrap_or(0);
    let mut evidence: Vec<_> = meeting.attachments.iter().filter(|attachment| wanted(attachment)).collect();
    evidence.sort_by_key(|attachment| place(attachment));
    evidence
}

fn caption(meeting: &Meeting, times: &Times, attachment: &Attachment, kind: &str, number: usize) -> String {
    let mut words = format!("{kind} {number}.");
    if !attachment.caption.is_empty() {
        words.push_str(&format!(" {}", attachment.caption.trim()));
        if !attachment.caption.trim_end().ends_with(['.', '!', '?', '…']) {
            words.push('.');
        }
    }
    if let Some(event) = meeting.timeline.iter().find(|event| Some(event.id) == attachment.event) {
        let clock = event.at.map_or_else(String::new, |at| format!(" {}", times.day_and_clock(at)));
        words.push_str(&format!(" Belongs to{clock}: {}", shortened(&event.text)));
    }
    words
}

fn shortened(text: &str) -> String {
    let text = crate::words::line(text);
    match text.char_indices().nth(EVENT_LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
