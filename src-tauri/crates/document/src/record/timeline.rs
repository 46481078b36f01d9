//! The timeline, with its silences and what the room said.

use meeting::{Meeting, Milestone, MilestoneTime, Precision, TimelineEvent, Times, duration_words};

use crate::{Align, Block, Column, Span, Table};

/// Adds the timeline.
pub(super) fn timeline(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    blocks.push(Block::heading(1, "Timeline"));
    if meeting.timeline.is_empty() {
        blocks.push(Block::Note(vec![Span::text("Not recorded.")]));
        return;
    }
    let silences = meeting.silences(&meeting.timeline.iter().collect::<Vec<_>>());
    let mut rows = Vec::new();
    let mut day = String::new();
    for (place, event) in meeting.timeline.iter().enumerate() {
        let today = event.at.map(|at| times.day(at)).unwrap_or_else(|| day.clone());
        if let Some((_, length)) = silences.iter().find(|(end, _)| *end == place) {
            let words = format!("{} without an event", duration_words(*length));
            rows.push(vec![Vec::new(), Vec::new(), vec![Span::emphasis(words)]]);
        }
        let clock = clock_words(event, times, today != day);
        rows.push(vec![clock, vec![Span::text(event.kind.word())], told(meeting, event)]);
        day = today;
    }
    let column = |title: &str, share| Column { title: title.to_owned(), share, align: Align::Start };
    blocks.push(Block::Table(Table {
        columns: vec![column("Time", 1.15), column("Kind", 1.05), column("What happened", 5.0)],
        rows,
        caption: Some(format!("Times in {}.", times.zone_words(super::first_time(meeting)))),
    }));
}

fn clock_words(event: &TimelineEvent, times: &Times, new_day: bool) -> Vec<Span> {
    let Some(at) = event.at else { return vec![Span::text("not recorded")] };
    let about = if event.precision == Precision::About { "about " } else { "" };
    let clock = Span::strong(format!("{about}{}", times.clock(at)));
    if new_day { vec![clock, Span::text(format!(" {}", times.day(at)))] } else { vec![clock] }
}

fn told(meeting: &Meeting, event: &TimelineEvent) -> Vec<Span> {
    let mut told = vec![Span::text(event.text.clone())];
    let marked: Vec<_> = Milestone::ALL
        .into_iter()
        .filter(|milestone| {
            meeting.incident.milestones.get(milestone) == Some(&MilestoneTime::Event { event: event.id })
        })
        .map(Milestone::word)
        .collect();
    if !marked.is_empty() {
        told.push(Span::strong(format!(" [{}]", marked.join(", "))));
    }
    let actor = match (&event.actor_role, &event.actor_name) {
        (Some(role), Some(name)) => Some(format!("{role}, {name}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    };
    if let Some(actor) = actor {
        told.push(Span::text(format!(" ({actor})")));
    }
    if let Some(known) = &event.known_then {
        told.push(Span::emphasis(format!("\nKnown then: {known}")));
    }
    let new_to = meeting.found_new(event.id);
    if new_to > 0 {
        let people = if new_to == 1 { "1 person" } else { &format!("{new_to} people") };
        told.push(Span::emphasis(format!("\nNews to {people} in the room.")));
    }
    for answer in &event.answers {
        told.push(Span::emphasis(format!("\n{} ", answer.question)));
        told.push(Span::text(answer.answer.clone()));
    }
    told
}
