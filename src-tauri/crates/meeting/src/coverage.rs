//! Which contributing factors nobody would do anything about.

use crate::{Addresses, Factor, FactorId, Meeting, ProposalId};

/// Returns the factors that no action item addresses; before the commitment those that no chosen proposal does, and
/// before the vote those that no proposal does.
///
/// A factor is addressed by what addresses it, an answer of its chain, or the event that shows it.
#[must_use]
pub fn uncovered(meeting: &Meeting) -> Vec<FactorId> {
    let targets: Vec<Addresses> = if meeting.actions.is_empty() {
        let chosen: Option<Vec<ProposalId>> = meeting.chosen().map(|(chosen, _)| chosen);
        let stands = |id: &ProposalId| chosen.as_ref().is_none_or(|chosen| chosen.contains(id));
        meeting.options().filter(|proposal| stands(&proposal.id)).filter_map(|proposal| proposal.addresses).collect()
    } else {
        meeting.actions.iter().filter_map(|action| action.addresses).collect()
    };
    let is_addressed = |factor: &Factor| targets.iter().any(|target| reaches(*target, factor));
    meeting.factors.iter().filter(|factor| !is_addressed(factor)).map(|factor| factor.id).collect()
}

fn reaches(target: Addresses, factor: &Factor) -> bool {
    match target {
        Addresses::Factor { factor: id } => id == factor.id,
        Addresses::Why { chain, .. } => factor.chain == Some(chain),
        Addresses::Event { event } => factor.event == Some(event),
    }
}
