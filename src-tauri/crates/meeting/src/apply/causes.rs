//! Folding what puts why-chains together and takes them apart.

use crate::{Addresses, ChainId, Meeting, StepId, WhyChain, WhyStep};

/// Moves a step with all that hangs on it. Where it should hang has gone, it hangs below the symptom.
pub(super) fn move_step(
    meeting: &mut Meeting,
    from: ChainId,
    step: StepId,
    to: ChainId,
    (parent, before): (Option<StepId>, Option<StepId>),
) {
    if !meeting.chains.iter().any(|chain| chain.id == to) {
        return;
    }
    let Some(taken) = chain_mut(meeting, from).map(|chain| chain.take(step)) else { return };
    let ids: Vec<_> = taken.iter().map(|step| step.id).collect();
    if let Some(chain) = chain_mut(meeting, to) {
        let parent = parent.filter(|parent| chain.steps.iter().any(|step| step.id == *parent));
        chain.hang(taken, parent, before);
    }
    follow(meeting, to, &ids);
}

pub(super) fn place_chain(meeting: &mut Meeting, chain: ChainId, before: Option<ChainId>) {
    let Some(place) = meeting.chains.iter().position(|other| other.id == chain) else { return };
    let moved = meeting.chains.remove(place);
    let place = before.and_then(|before| meeting.chains.iter().position(|other| other.id == before));
    meeting.chains.insert(place.unwrap_or(meeting.chains.len()), moved);
}

pub(super) fn split(meeting: &mut Meeting, chain: ChainId, step: StepId, into: ChainId, symptom: &str) {
    let Some(place) = meeting.chains.iter().position(|other| other.id == chain) else { return };
    let taken = meeting.chains.get_mut(place).map(|chain| chain.take(step)).unwrap_or_default();
    let ids: Vec<_> = taken.iter().map(|step| step.id).collect();
    let mut own = WhyChain { id: into, symptom: symptom.to_owned(), steps: Vec::new(), event: None };
    own.hang(taken, None, None);
    meeting.chains.insert(place + 1, own);
    follow(meeting, into, &ids);
}

pub(super) fn join(meeting: &mut Meeting, into: ChainId, under: Option<StepId>, from: ChainId, step: StepId) {
    if !meeting.chains.iter().any(|chain| chain.id == into) {
        return;
    }
    let Some(place) = meeting.chains.iter().position(|other| other.id == from) else { return };
    let gone = meeting.chains.remove(place);
    let top = WhyStep { id: step, parent: None, answer: gone.symptom, evidence: String::new(), ends_at: None };
    let mut steps = vec![top];
    steps.extend(gone.steps.into_iter().map(|below| WhyStep { parent: below.parent.or(Some(step)), ..below }));
    let ids: Vec<_> = steps.iter().map(|step| step.id).collect();
    if let Some(chain) = chain_mut(meeting, into) {
        let under = under.filter(|under| chain.steps.iter().any(|step| step.id == *under));
        chain.hang(steps, under, None);
    }
    for factor in meeting.factors.iter_mut().filter(|factor| factor.chain == Some(from)) {
        factor.chain = Some(into);
    }
    follow(meeting, into, &ids);
}

/// What an action addresses is still the same answer, in another chain.
fn follow(meeting: &mut Meeting, to: ChainId, moved: &[StepId]) {
    let proposals = meeting.proposals.iter_mut().map(|proposal| &mut proposal.addresses);
    let actions = meeting.actions.iter_mut().map(|action| &mut action.addresses);
    for addresses in proposals.chain(actions) {
        if let Some(Addresses::Why { chain, step }) = addresses
            && moved.contains(step)
        {
            *chain = to;
        }
    }
}

fn chain_mut(meeting: &mut Meeting, id: ChainId) -> Option<&mut WhyChain> {
    meeting.chains.iter_mut().find(|chain| chain.id == id)
}
