//! The meeting itself: what was decided and set aside, who was there, how the time went, the exit poll.

use meeting::{ListField, Meeting, Poll, Role, Section, Times};

use super::{cover::pairs, leaf, list};
use crate::{Align, Block, Column, Item, Span, Table};

/// Adds decisions, the parking lot, open questions and the like.
pub(super) fn aside(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let incident = &meeting.incident;
    list("Open questions", 1, false, incident.list(ListField::OpenQuestions), blocks);
    list("Surprises", 1, false, incident.list(ListField::Surprises), blocks);
    let similar = incident.list(ListField::SimilarIncidents);
    if !similar.is_empty() {
        blocks.push(Block::heading(1, "Similar incidents"));
        blocks.push(Block::bullets(similar.iter().map(|line| super::with_address(line))));
    }
    list("Who else should hear this", 1, false, incident.list(ListField::ShareWith), blocks);
    if !meeting.decisions.is_empty() {
        blocks.push(Block::heading(1, "Decisions"));
        let items = meeting.decisions.iter().map(|decision| {
            let text = vec![super::linked(&decision.text), Span::emphasis(came_up(decision.section, ""))];
            Item::new(text)
        });
        blocks.push(Block::bullets(items));
    }
    if !meeting.parked.is_empty() {
        blocks.push(Block::heading(1, "Parking lot"));
        let items = meeting.parked.iter().map(|parked| {
            let outcome = parked.outcome.map_or("left as it is", meeting::ParkedOutcome::word);
            Item::new(vec![Span::text(parked.text.clone()), Span::emphasis(came_up(parked.section, outcome))])
        });
        blocks.push(Block::List { ordered: false, items: items.collect() });
    }
}

/// Says in which section something came up, and what became of it.
fn came_up(section: Option<Section>, outcome: &str) -> String {
    match (section.map(Section::word), outcome) {
        (None, "") => String::new(),
        (None, outcome) => format!(" ({outcome})"),
        (Some(section), "") => format!(" ({section})"),
        (Some(section), outcome) => format!(" ({section}; {outcome})"),
    }
}

/// Adds how the meeting was held.
pub(super) fn meeting_part(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    let Some(started) = meeting.held.started else { return };
    blocks.push(Block::heading(1, "The meeting"));
    let names = |role| meeting.incident.names(role).join(", ");
    let mut facts = vec![("Held".to_owned(), format!("{}, {}", times.date(started), times.clock(started)))];
    for role in [Role::Facilitator, Role::CoFacilitator, Role::NoteTaker] {
        facts.push((role.word().to_owned(), super::or_not_recorded(&names(role))));
    }
    facts.retain(|(label, value)| label != Role::CoFacilitator.word() || value != super::NOT_RECORDED);
    facts.push(("Neutrality".to_owned(), neutrality(meeting)));
    facts.push(("Attendees".to_owned(), attendees(meeting)));
    blocks.push(pairs(facts));
    if !meeting.held.ended_because.is_empty() {
        let words = format!("The meeting ended before everything was settled: {}", meeting.held.ended_because);
        blocks.push(Block::Note(vec![Span::text(words)]));
    }
    agenda(meeting, blocks);
    poll(meeting, blocks);
}

fn neutrality(meeting: &Meeting) -> String {
    let neutrality = &meeting.incident.neutrality;
    let mut words = match (neutrality.is_answered(), meeting::conflicts(meeting)) {
        (false, conflicts) if conflicts.is_empty() => super::NOT_RECORDED.to_owned(),
        (true, conflicts) if conflicts.is_empty() => {
            "The facilitator did not lead the incident, made no critical decision in it, and has no line authority over those present."
                .to_owned()
        }
        (_, conflicts) => conflicts.join(" "),
    };
    if !neutrality.authority_present.is_empty() {
        words.push_str(&format!(" {}", neutrality.authority_present));
    }
    words
}

fn attendees(meeting: &Meeting) -> String {
    let named: Vec<_> = meeting.present().filter_map(|person| person.name.clone()).collect();
    let unnamed = meeting.present().count() - named.len();
    match (named.is_empty(), unnamed) {
        (true, 0) => super::NOT_RECORDED.to_owned(),
        (true, n) => format!("{n} without a name"),
        (false, 0) => named.join(", "),
        (false, n) => format!("{}, and {n} without a name", named.join(", ")),
    }
}

fn agenda(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let column = |title: &str, share, align| Column { title: title.to_owned(), share, align };
    let minutes = |time: meeting::Millis| vec![Span::text(time.to_minutes().to_string())];
    blocks.push(Block::Table(Table {
        columns: vec![
            column("Section", 3.0, Align::Start),
            column("Planned, min", 1.0, Align::End),
            column("Actual, min", 1.0, Align::End),
        ],
        rows: meeting
            .agenda
            .iter()
            .map(|item| {
                // A clock that has no end yet is read where it was last paused: the record does not tell the time.
                vec![vec![Span::text(item.section.word())], minutes(item.planned), minutes(item.clock.spent())]
            })
            .collect(),
        caption: None,
    }));
}

fn poll(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let Poll::Counted { result } = &meeting.poll else { return };
    blocks.push(Block::heading(2, "Exit poll"));
    let of = |n: u32| format!("{n} of {}", result.answers);
    let mut facts = vec![
        ("Learned something that changes how they work".to_owned(), of(result.learned)),
        ("Would come to another".to_owned(), of(result.again)),
    ];
    if let Some(grades) = result.spoke_freely.filter(|grades| grades.iter().any(|count| *count > 0)) {
        let words: Vec<_> = (1..).zip(grades).map(|(grade, count)| format!("{grade}: {count}")).collect();
        facts.push(("Could speak freely, 1 to 5".to_owned(), words.join(", ")));
    }
    blocks.push(pairs(facts));
    if !result.improve.is_empty() {
        blocks.push(Block::paragraph("One thing to improve:"));
        blocks.push(Block::List { ordered: false, items: result.improve.iter().map(|text| leaf(text)).collect() });
    }
}
