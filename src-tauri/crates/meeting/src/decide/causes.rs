//! Why-chains and factors: how answers hang together, and how they are taken apart.

use super::Decided;
use crate::text::{NOTE_LIMIT, required};
use crate::{
    ChainEnd, ChainId, Edit, Event, EventId, Factor, FactorCategory, FactorChange, FactorId, Meeting, Refusal, StepId,
    WhyChain, WhyStep,
};

/// Begins a chain at a symptom; where it asks about an event or a factor, it is linked to it.
pub(super) fn add_chain(
    meeting: &Meeting,
    symptom: &str,
    event: Option<EventId>,
    factor: Option<FactorId>,
) -> Result<Decided, Refusal> {
    if event.is_some_and(|event| !meeting.timeline.iter().any(|other| other.id == event))
        || factor.is_some_and(|factor| !meeting.factors.iter().any(|other| other.id == factor))
    {
        return Err(Refusal::NotFound);
    }
    let id = ChainId(meeting.fresh());
    let chain = WhyChain { id, symptom: required(symptom, NOTE_LIMIT)?, steps: Vec::new(), event };
    let mut events = vec![Event::ChainAdded { chain }];
    events.extend(factor.map(|factor| {
        let change = FactorChange::Chain(Some(id));
        Event::Edited { edit: Edit::Factor { factor, change } }
    }));
    Ok(events.into())
}

pub(super) fn add_step(
    meeting: &Meeting,
    chain: ChainId,
    parent: Option<StepId>,
    answer: &str,
    ends_at: Option<ChainEnd>,
) -> Result<Decided, Refusal> {
    let found = meeting.chains.iter().find(|other| other.id == chain).ok_or(Refusal::NotFound)?;
    if parent.is_some_and(|parent| !found.steps.iter().any(|step| step.id == parent)) {
        return Err(Refusal::NotFound);
    }
    let answer = required(answer, NOTE_LIMIT)?;
    let step = WhyStep { id: StepId(meeting.fresh()), parent, answer, evidence: String::new(), ends_at };
    Ok(Event::StepAdded { chain, step }.into())
}

pub(super) fn add_factor(
    meeting: &Meeting,
    category: &FactorCategory,
    text: &str,
    chain: Option<ChainId>,
    event: Option<EventId>,
) -> Result<Decided, Refusal> {
    let text = required(text, NOTE_LIMIT)?;
    let category = category.among(meeting.factors.iter())?;
    Ok(Event::FactorAdded { factor: Factor { id: FactorId(meeting.fresh()), category, text, chain, event } }.into())
}

fn chain(meeting: &Meeting, id: ChainId) -> Result<&WhyChain, Refusal> {
    meeting.chains.iter().find(|chain| chain.id == id).ok_or(Refusal::NotFound)
}

fn step(chain: &WhyChain, id: StepId) -> Result<&WhyStep, Refusal> {
    chain.steps.iter().find(|step| step.id == id).ok_or(Refusal::NotFound)
}

/// A step can go anywhere but below itself.
pub(super) fn check_move(
    meeting: &Meeting,
    from: ChainId,
    moved: StepId,
    to: ChainId,
    parent: Option<StepId>,
    before: Option<StepId>,
) -> Result<(), Refusal> {
    let (from, to) = (chain(meeting, from)?, chain(meeting, to)?);
    step(from, moved)?;
    if let Some(parent) = parent {
        step(to, parent)?;
        if from.id == to.id && from.is_below(parent, moved) {
            return Err(Refusal::BelowItself);
        }
    }
    if let Some(before) = before {
        let sibling = step(to, before)?;
        if sibling.parent != parent || before == moved {
            return Err(Refusal::NotFound);
        }
    }
    Ok(())
}

/// The first answer of a chain cannot be split off: nothing but the symptom would be left.
pub(super) fn split(meeting: &Meeting, id: ChainId, first: StepId) -> Result<Decided, Refusal> {
    let whole = chain(meeting, id)?;
    let symptom = match step(whole, first)?.parent {
        Some(parent) => step(whole, parent)?.answer.clone(),
        None if whole.steps.iter().filter(|step| step.parent.is_none()).count() > 1 => whole.symptom.clone(),
        None => return Err(Refusal::NothingToSplit),
    };
    Ok(Event::ChainSplit { chain: id, step: first, into: ChainId(meeting.fresh()), symptom }.into())
}

pub(super) fn join(meeting: &Meeting, into: ChainId, under: Option<StepId>, from: ChainId) -> Result<Decided, Refusal> {
    if into == from {
        return Err(Refusal::BelowItself);
    }
    chain(meeting, from)?;
    let whole = chain(meeting, into)?;
    if let Some(under) = under {
        step(whole, under)?;
    }
    Ok(Event::ChainsJoined { into, under, from, step: StepId(meeting.fresh()) }.into())
}
