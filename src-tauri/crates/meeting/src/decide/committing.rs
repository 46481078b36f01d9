//! How proposals become action items, and how somebody takes one of them on.

use chrono::NaiveDate;

use super::{Decided, running::in_progress};
use crate::text::{FIELD_LIMIT, optional};
use crate::{
    ActionId, ActionItem, ActionState, Event, FEWEST_ACTIONS, Gap, MOST_ACTIONS, Meeting, Missing, ParticipantId,
    ProposalId, Refusal, RoundKind, TextField, same_name,
};

pub(super) fn commit_chosen(meeting: &Meeting) -> Result<Decided, Refusal> {
    if meeting.tied_round().is_some() {
        return Err(Refusal::TieOpen);
    }
    let (chosen, _) = meeting.chosen().ok_or(Refusal::VotingClosed)?;
    commit(meeting, &chosen)
}

/// Makes action items of proposals, with the dots they won where there was a vote.
pub(super) fn commit(meeting: &Meeting, proposals: &[ProposalId]) -> Result<Decided, Refusal> {
    in_progress(meeting)?;
    if meeting.open_round().is_some() {
        return Err(Refusal::VotingOpen);
    }
    let committed = |id: &ProposalId| meeting.actions.iter().any(|action| action.proposal == *id);
    let new: Vec<_> = proposals.iter().filter(|id| !committed(id)).collect();
    if new.is_empty() {
        return Err(Refusal::Empty);
    }
    if meeting.actions.len() + new.len() > MOST_ACTIONS {
        return Err(Refusal::TooManyActions);
    }
    let actions = (meeting.fresh()..)
        .zip(new)
        .map(|(id, proposal)| {
            let proposal = meeting.proposal(*proposal).ok_or(Refusal::NotFound)?;
            let won = won(meeting, proposal.id);
            Ok(ActionItem {
                id: ActionId(id),
                proposal: proposal.id,
                task: proposal.text.clone(),
                category: proposal.category,
                priority: proposal.priority,
                addresses: proposal.addresses,
                owner: String::new(),
                due: None,
                criterion: String::new(),
                ticket: String::new(),
                confirm_by: None,
                state: ActionState::Open,
                dots: won.map(|tally| tally.dots),
                supporters: won.map(|tally| tally.supporters),
                accepted: false,
                ticket_pending: false,
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    Ok(Event::ActionsCommitted { actions }.into())
}

/// Returns what a proposal got in the newest full round; a run-off has other dots and is not mixed in.
fn won(meeting: &Meeting, proposal: ProposalId) -> Option<crate::OptionTally> {
    let full = meeting.rounds.iter().rev().filter(|round| round.kind == RoundKind::Full);
    full.filter_map(|round| round.result.as_ref())
        .find_map(|result| result.tally.iter().find(|tally| tally.proposal == proposal).copied())
}

/// Lets somebody with a name take an action item on: one that carries that name, or one that nobody has yet.
pub(super) fn take(
    meeting: &Meeting,
    id: ParticipantId,
    action: ActionId,
    due: Option<NaiveDate>,
    criterion: &str,
) -> Result<Decided, Refusal> {
    in_progress(meeting)?;
    let name = meeting.participant(id).and_then(|person| person.name.as_deref()).ok_or(Refusal::NameNeeded)?;
    let found = meeting.actions.iter().find(|other| other.id == action).ok_or(Refusal::NotFound)?;
    if !found.owner.is_empty() && !same_name(&found.owner, name) {
        return Err(Refusal::TakenByAnother { owner: found.owner.clone() });
    }
    let owner = if found.owner.is_empty() { name } else { &found.owner };
    Ok(Event::ActionTaken { action, owner: owner.to_owned(), due, criterion: optional(criterion, FIELD_LIMIT)? }.into())
}

/// Returns what stands between the action items and the end of the meeting.
pub(super) fn gaps(meeting: &Meeting) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = meeting
        .actions
        .iter()
        .map(|action| Gap { task: action.task.clone(), missing: action.missing() })
        .filter(|gap| !gap.missing.is_empty())
        .collect();
    if !meeting.incident.text(TextField::NoActionsReason).is_empty() {
        return gaps;
    }
    let uncommitted = meeting
        .chosen()
        .map(|(chosen, _)| chosen)
        .unwrap_or_default()
        .into_iter()
        .filter(|chosen| !meeting.actions.iter().any(|action| action.proposal == *chosen));
    gaps.extend(
        uncommitted
            .filter_map(|chosen| meeting.proposal(chosen))
            .filter(|proposal| proposal.not_chosen_because.is_empty())
            .map(|proposal| Gap { task: proposal.text.clone(), missing: vec![Missing::Commitment] }),
    );
    if !(FEWEST_ACTIONS..=MOST_ACTIONS).contains(&meeting.actions.len()) {
        gaps.push(Gap { task: String::new(), missing: Vec::new() });
    }
    gaps
}
