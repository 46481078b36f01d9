//! Both editions side by side, for the facilitator who decides whether the public one goes out.

use meeting::{ListField, Meeting, Role, TextField};
use serde::Serialize;

use super::leaks::FIRST_PAGE;
use crate::plain::plain_blocks;
use crate::{Block, Document};

/// Something of the record that is not in the public edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The heading it stands under in the internal edition.
    pub section: String,
    /// What it is, with how many there are: `3 events`.
    pub what: String,
    /// Why it stays inside.
    pub why: String,
}

/// A section of the record in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// The heading; *First page* for what stands before the first one.
    pub section: String,
    /// The words of the internal edition; empty when it has no such section.
    pub internal: String,
    /// The words of the public edition; empty when the section is left out.
    pub public: String,
    /// What of this section was left out, and why.
    pub left_out: Vec<LeftOut>,
}

/// Lays two editions side by side, in the order of the internal one.
pub(super) fn beside(internal: &Document, public: &Document, left_out: &[LeftOut]) -> Vec<Beside> {
    let (inside, outside) = (sections(internal), sections(public));
    let words = |sections: &[(String, String)], name: &str| {
        sections.iter().find(|(other, _)| other == name).map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let mut names: Vec<&String> = inside.iter().map(|(name, _)| name).collect();
    names.extend(outside.iter().map(|(name, _)| name).filter(|name| !inside.iter().any(|(other, _)| other == *name)));
    names
        .into_iter()
        .map(|name| Beside {
            section: name.clone(),
            internal: words(&inside, name),
            public: words(&outside, name),
            left_out: left_out.iter().filter(|left| left.section == *name).cloned().collect(),
        })
        .collect()
}

fn sections(document: &Document) -> Vec<(String, String)> {
    let mut sections: Vec<(String, Vec<Block>)> =
        vec![(FIRST_PAGE.to_owned(), vec![Block::paragraph(document.title.as_str())])];
    for block in &document.blocks {
        match block {
            Block::Heading { level: 1, text } => sections.push((text.clone(), Vec::new())),
            Block::Contents => {}
            block => sections.last_mut().map_or((), |(_, blocks)| blocks.push(block.clone())),
        }
    }
    sections.into_iter().map(|(name, blocks)| (name, plain_blocks(&blocks))).collect()
}

const NAMES: &str = "Names stay inside; people appear by the part they played.";
const ROOM: &str = "What was said in the room stays in the room.";
const VOTE: &str = "How the room chose is its own affair.";
const LINKS: &str = "Tickets and links lead to the organisation's own tools.";

/// Returns what the allow-list leaves out of this record, in the order of the record.
pub(super) fn left_out(meeting: &Meeting) -> Vec<LeftOut> {
    let mut left = Vec::new();
    let mut add = |section: &str, count: usize, one: &str, many: &str, why: &str| {
        if count > 0 {
            let what = if count == 1 { one.to_owned() } else { format!("{count} {many}") };
            left.push(LeftOut { section: section.to_owned(), what, why: why.to_owned() });
        }
    };
    let incident = &meeting.incident;
    let list = |list| incident.list(list).len();
    let in_roles = Role::OF_THE_INCIDENT.into_iter().map(|role| incident.names(role).len()).sum();
    let tickets = meeting.actions.iter().filter(|action| !action.ticket.is_empty()).count();
    let private = meeting.timeline.iter().filter(|event| !event.public).count();
    let public = || meeting.timeline.iter().filter(|event| event.public);
    let notes = || meeting.writings.values().flat_map(|writing| &writing.notes).filter(|note| !note.set_aside);
    let evidence = meeting.chains.iter().flat_map(|chain| &chain.steps).filter(|step| !step.evidence.is_empty());
    let considered =
        meeting.proposals.iter().filter(|it| !meeting.actions.iter().any(|action| action.proposal == it.id)).count();
    add(FIRST_PAGE, tickets, "the ticket", "tickets", LINKS);
    add(FIRST_PAGE, usize::from(!incident.text(TextField::Owner).is_empty()), "who looks after the record", "", NAMES);
    add("The incident", in_roles, "the name in a role", "names in roles", NAMES);
    add("The incident", list(ListField::SupportingMaterial), "a link to material", "links to material", LINKS);
    let attached = meeting.attachments.iter().filter(|attachment| !attachment.public).count();
    add("The incident", attached, "a piece of evidence", "pieces of evidence", "Not marked as public.");
    add("Timeline", private, "an event", "events", "Not marked as public.");
    add("Timeline", public().filter(|it| it.actor_name.is_some()).count(), "who acted", "names of who acted", NAMES);
    let known = public().filter(|event| event.known_then.is_some()).count();
    add("Timeline", known, "what was known then, once", "times what was known then", ROOM);
    add("Timeline", public().map(|event| event.answers.len()).sum(), "an answer", "answers", ROOM);
    add(
        "What went well",
        notes().filter(|it| !it.merged.is_empty()).count(),
        "merged wordings",
        "notes' merged wordings",
        ROOM,
    );
    add("Root cause analysis", evidence.count(), "evidence of a why", "pieces of evidence", LINKS);
    add(
        "Action items",
        meeting.actions.iter().filter(|it| it.dots.is_some()).count(),
        "the dots",
        "counts of dots",
        VOTE,
    );
    add("Action items", meeting.actions.len(), "the owner's name", "owners' names", NAMES);
    add("The vote", meeting.rounds.iter().filter(|it| it.result.is_some()).count(), "a round", "rounds", VOTE);
    add("Considered and not chosen", considered, "a proposal", "proposals", VOTE);
    add("Previous action items", meeting.previous.len(), "an earlier action item", "earlier action items", ROOM);
    add("Surprises", list(ListField::Surprises), "a surprise", "surprises", ROOM);
    add("Similar incidents", list(ListField::SimilarIncidents), "an incident", "incidents", ROOM);
    add("Who else should hear this", list(ListField::ShareWith), "an entry", "entries", NAMES);
    add("Decisions", meeting.decisions.len(), "a decision", "decisions", ROOM);
    add("Parking lot", meeting.parked.len(), "an entry", "entries", ROOM);
    let held = usize::from(meeting.held.started.is_some());
    add("The meeting", held, "who was there, neutrality, minutes, exit poll", "", NAMES);
    add("Change history", held.min(usize::from(meeting.revision() > 0)), "the history of the record", "", ROOM);
    left
}
