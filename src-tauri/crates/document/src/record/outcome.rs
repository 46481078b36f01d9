//! What will change: action items, the vote, what was not chosen, and earlier action items.

use meeting::{ActionItem, ActionState, Addresses, Meeting, Outcome, Round, RoundKind, TextField};

use super::{Edition, linked};
use crate::{Align, Block, Column, Span, Table};

fn column(title: &str, share: f32, align: Align) -> Column {
    Column { title: title.to_owned(), share, align }
}

/// Adds what will change, short enough for the first page, or the reason why nothing will.
///
/// Tickets are for those who can open them.
pub(super) fn at_a_glance(meeting: &Meeting, edition: Edition, blocks: &mut Vec<Block>) {
    let reason = meeting.incident.text(TextField::NoActionsReason);
    if meeting.actions.is_empty() && reason.is_empty() {
        return;
    }
    blocks.push(Block::heading(2, "What will change"));
    if meeting.actions.is_empty() {
        blocks.push(Block::paragraph(format!("No action items: {reason}")));
        return;
    }
    let mut columns = vec![
        column("Action item", 5.0, Align::Start),
        column("Owner", 1.3, Align::Start),
        column("Due", 1.25, Align::Start),
    ];
    let row =
        |action: &ActionItem| vec![vec![Span::text(action.task.clone())], owner(action), vec![Span::text(due(action))]];
    let mut rows: Vec<_> = meeting.actions.iter().map(row).collect();
    if edition == Edition::Internal {
        columns.push(column("Ticket", 1.2, Align::Start));
        for (row, action) in rows.iter_mut().zip(&meeting.actions) {
            row.push(ticket(action));
        }
    }
    blocks.push(Block::Table(Table { columns, rows, caption: None }));
}

/// Adds the committed action items with all that was said about them.
pub(super) fn actions(meeting: &Meeting, blocks: &mut Vec<Block>) {
    if meeting.actions.is_empty() {
        return;
    }
    blocks.push(Block::heading(1, "Action items"));
    blocks.push(Block::Table(Table {
        columns: vec![
            column("Action, and how we know it is done", 4.2, Align::Start),
            column("Category", 1.2, Align::Start),
            column("Owner", 1.2, Align::Start),
            column("Due", 1.2, Align::Start),
        ],
        rows: meeting.actions.iter().map(|action| action_row(meeting, action)).collect(),
        caption: None,
    }));
}

fn action_row(meeting: &Meeting, action: &ActionItem) -> Vec<Vec<Span>> {
    let mut task = vec![Span::text(action.task.clone())];
    if !action.criterion.is_empty() {
        task.push(Span::emphasis(format!("\nDone when: {}", action.criterion)));
    }
    if let Some(addressed) = addressed_words(meeting, action.addresses) {
        task.push(Span::emphasis(format!("\nAddresses: {addressed}")));
    }
    if let (Some(dots), Some(supporters)) = (action.dots, action.supporters) {
        task.push(Span::emphasis(format!("\nChosen with {}.", votes(dots, supporters))));
    }
    match &action.state {
        ActionState::Open => {}
        ActionState::Dropped { reason } if reason.is_empty() => task.push(Span::strong("\nState: dropped")),
        ActionState::Dropped { reason } => task.push(Span::strong(format!("\nDropped: {reason}"))),
        state @ (ActionState::InProgress | ActionState::Done) => {
            task.push(Span::strong(format!("\nState: {}", state.word())));
        }
    }
    let category = vec![Span::strong(action.category.word()), Span::text(format!("\n{}", action.priority.word()))];
    vec![task, category, owner(action), vec![Span::text(due(action))]]
}

fn votes(dots: u32, supporters: u32) -> String {
    let (s, people) = (if dots == 1 { "" } else { "s" }, if supporters == 1 { "person" } else { "people" });
    format!("{dots} dot{s} of {supporters} {people}")
}

fn owner(action: &ActionItem) -> Vec<Span> {
    vec![Span::text(super::or_not_recorded(&action.owner))]
}

/// Words the date by which an action item is due, or is to be confirmed.
pub(crate) fn due(action: &ActionItem) -> String {
    match (action.due, action.confirm_by) {
        (Some(due), _) => due.format("%-d %b %Y").to_string(),
        (None, Some(confirm)) => format!("confirm by {}", confirm.format("%-d %b %Y")),
        (None, None) => super::NOT_RECORDED.to_owned(),
    }
}

/// A ticket is known by the last part of its address, which fits a narrow column.
fn ticket(action: &ActionItem) -> Vec<Span> {
    let shown = match linked(&action.ticket) {
        Span::Link { text, url } => {
            let name = text.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(&text);
            Span::link(name, url)
        }
        other => other,
    };
    match (action.ticket.is_empty(), action.ticket_pending) {
        (false, _) => vec![shown],
        (true, true) => vec![Span::text("filed, link to follow")],
        (true, false) => vec![Span::text(super::NOT_RECORDED)],
    }
}

fn addressed_words(meeting: &Meeting, addresses: Option<Addresses>) -> Option<String> {
    addresses.and_then(|addresses| addressed(meeting, addresses))
}

/// Returns the words of what an action addresses.
pub(crate) fn addressed(meeting: &Meeting, addresses: Addresses) -> Option<String> {
    match addresses {
        Addresses::Factor { factor } => {
            meeting.factors.iter().find(|other| other.id == factor).map(|factor| factor.text.clone())
        }
        Addresses::Why { chain, step } => meeting
            .chains
            .iter()
            .find(|other| other.id == chain)
            .and_then(|chain| chain.steps.iter().find(|other| other.id == step))
            .map(|step| step.answer.clone()),
        Addresses::Event { event } => {
            meeting.timeline.iter().find(|other| other.id == event).map(|event| event.text.clone())
        }
    }
}

/// Adds every closed round, and what was considered and not chosen.
pub(super) fn vote(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let closed: Vec<_> = meeting.rounds.iter().filter(|round| round.result.is_some()).collect();
    if !closed.is_empty() {
        blocks.push(Block::heading(1, "The vote"));
    }
    for round in closed {
        round_blocks(meeting, round, blocks);
    }
    let rest: Vec<_> = meeting
        .proposals
        .iter()
        .filter(|proposal| !meeting.actions.iter().any(|action| action.proposal == proposal.id))
        .collect();
    if rest.is_empty() {
        return;
    }
    blocks.push(Block::heading(1, "Considered and not chosen"));
    blocks.push(Block::Table(Table {
        columns: vec![
            column("Proposal", 3.6, Align::Start),
            column("Category", 1.1, Align::Start),
            column("Priority", 1.1, Align::Start),
            column("Why not now", 2.0, Align::Start),
        ],
        rows: rest
            .into_iter()
            .map(|proposal| {
                let mut text = vec![Span::text(proposal.text.clone())];
                text.extend(proposal.merged.iter().map(|wording| Span::emphasis(format!("\nAlso: {wording}"))));
                if let Some(addressed) = addressed_words(meeting, proposal.addresses) {
                    text.push(Span::emphasis(format!("\nAddresses: {addressed}")));
                }
                vec![
                    text,
                    vec![Span::text(proposal.category.word())],
                    vec![Span::text(proposal.priority.word())],
                    vec![Span::text(super::or_not_recorded(&proposal.not_chosen_because))],
                ]
            })
            .collect(),
        caption: None,
    }));
}

fn round_blocks(meeting: &Meeting, round: &Round, blocks: &mut Vec<Block>) {
    let Some(result) = &round.result else { return };
    let chosen: &[meeting::ProposalId] = match &result.outcome {
        Outcome::Chosen { chosen, .. } => chosen,
        Outcome::Tied { certain, .. } => certain,
    };
    let rule = match &result.outcome {
        Outcome::Chosen { rule, .. } => rule.sentence(),
        Outcome::Tied { .. } => "A tie at the line was left to a further round.",
    };
    let kind = match round.kind {
        RoundKind::Full => "Vote",
        RoundKind::RunOff { .. } => "Run-off",
    };
    let by_hand = match result.by_hand {
        0 => String::new(),
        1 => ", one of them entered for a person without a phone".to_owned(),
        n => format!(", {n} of them entered for people without a phone"),
    };
    let words = format!(
        "{kind}: {} of {} voted{by_hand}; {} abstained. {} dots each, at most {} on one proposal, {} to be chosen. {rule}",
        result.ballots, result.voters, result.abstentions, round.budget.dots, round.budget.per_option, round.seats,
    );
    blocks.push(Block::paragraph(words));
    blocks.push(Block::Table(Table {
        columns: vec![
            column("Proposal", 4.4, Align::Start),
            column("Dots", 0.7, Align::End),
            column("People", 0.8, Align::End),
            column("Chosen", 0.9, Align::Start),
        ],
        rows: result
            .tally
            .iter()
            .map(|tally| {
                let text = meeting.proposal(tally.proposal).map(|proposal| proposal.text.clone()).unwrap_or_default();
                let is_chosen = chosen.contains(&tally.proposal);
                vec![
                    vec![if is_chosen { Span::strong(text) } else { Span::text(text) }],
                    vec![Span::text(tally.dots.to_string())],
                    vec![Span::text(tally.supporters.to_string())],
                    vec![Span::text(if is_chosen { "yes" } else { "no" })],
                ]
            })
            .collect(),
        caption: None,
    }));
}

/// Adds the earlier action items and what the room said about them.
pub(super) fn previous(meeting: &Meeting, blocks: &mut Vec<Block>) {
    if meeting.previous.is_empty() {
        return;
    }
    blocks.push(Block::heading(1, "Previous action items"));
    blocks.push(Block::Table(Table {
        columns: vec![
            column("Action", 3.0, Align::Start),
            column("From", 1.6, Align::Start),
            column("Owner", 1.1, Align::Start),
            column("State", 1.6, Align::Start),
        ],
        rows: meeting
            .previous
            .iter()
            .map(|previous| {
                let helped = previous.helped.map(|helped| format!(", {}", helped.word())).unwrap_or_default();
                let mut task = vec![Span::text(previous.task.clone())];
                if !previous.remark.is_empty() {
                    task.push(Span::emphasis(format!("\n{}", previous.remark)));
                }
                vec![
                    task,
                    vec![Span::text(super::or_not_recorded(&previous.origin))],
                    vec![Span::text(super::or_not_recorded(&previous.owner))],
                    vec![Span::text(format!("{}{helped}", previous.state.word()))],
                ]
            })
            .collect(),
        caption: None,
    }));
}
