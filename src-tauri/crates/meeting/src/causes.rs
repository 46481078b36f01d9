//! Root cause analysis: why-chains with branches, contributing factors, and where a chain ends.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::{CATEGORY_LIMIT, clean, required};
use crate::{ChainId, EventId, FactorId, Refusal, StepId};

/// What the last answer of a chain points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum ChainEnd {
    /// How work is done.
    Process,
    /// What is allowed or demanded.
    Policy,
    /// Time, people or money that is short.
    Resource,
    /// Ownership, structure, priorities.
    Organisation,
    /// A property of the system.
    Technical,
    /// Somebody: ask on.
    Person,
    /// A slip: ask on.
    HumanError,
    /// Not known: ask on, or take it as an open question.
    Unknown,
}

impl ChainEnd {
    /// Returns the words the surfaces and the record use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Process => "a process",
            Self::Policy => "a policy",
            Self::Resource => "a resource constraint",
            Self::Organisation => "an organisational condition",
            Self::Technical => "a technical condition",
            Self::Person => "a person",
            Self::HumanError => "human error",
            Self::Unknown => "something unknown",
        }
    }

    /// Returns whether a group could change it, so that the chain may stop there.
    #[must_use]
    pub const fn is_systemic(self) -> bool {
        matches!(self, Self::Process | Self::Policy | Self::Resource | Self::Organisation)
    }
}

/// One answer to *what made that possible?*
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyStep {
    /// Which one.
    pub id: StepId,
    /// The answer it asks about; none for the symptom itself.
    pub parent: Option<StepId>,
    /// The answer.
    pub answer: String,
    /// What shows it.
    pub evidence: String,
    /// What it points at, where the chain ends here.
    pub ends_at: Option<ChainEnd>,
}

/// A chain of whys, from a symptom to a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyChain {
    /// Which one.
    pub id: ChainId,
    /// Where it starts.
    pub symptom: String,
    /// The answers; a step with two children is a branch.
    pub steps: Vec<WhyStep>,
    /// The event it asks about, where it began at one.
    #[serde(default)]
    pub event: Option<EventId>,
}

/// Why a chain is not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Unfinished {
    /// No answer yet.
    NoAnswer,
    /// One or two steps only.
    Short,
    /// Nobody has said what the last answer points at.
    EndNotNamed,
    /// It ends at a person, at human error, at the unknown or at a technical condition.
    NotSystemic,
}

impl WhyChain {
    /// Returns the steps with the depth of each (1 for the first answer), parents before their children.
    #[must_use]
    pub fn walk(&self) -> Vec<(usize, &WhyStep)> {
        let mut out = Vec::with_capacity(self.steps.len());
        self.walk_under(None, 1, &mut out);
        out
    }

    fn walk_under<'a>(&'a self, parent: Option<StepId>, depth: usize, out: &mut Vec<(usize, &'a WhyStep)>) {
        for step in self.steps.iter().filter(|step| step.parent == parent) {
            out.push((depth, step));
            self.walk_under(Some(step.id), depth + 1, out);
        }
    }

    /// Returns whether a step is, or hangs below, another one.
    #[must_use]
    pub fn is_below(&self, step: StepId, top: StepId) -> bool {
        let mut here = Some(step);
        // A chain has no circles, and should one ever be stored, the walk still ends.
        for _ in 0..=self.steps.len() {
            match here {
                Some(step) if step == top => return true,
                Some(step) => here = self.steps.iter().find(|other| other.id == step).and_then(|other| other.parent),
                None => return false,
            }
        }
        false
    }

    /// Takes a step out, with all that hangs on it; the step comes first.
    pub(crate) fn take(&mut self, top: StepId) -> Vec<WhyStep> {
        let whole = self.clone();
        let (mut taken, left): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.steps).into_iter().partition(|step| whole.is_below(step.id, top));
        self.steps = left;
        taken.sort_by_key(|step| step.id != top);
        taken
    }

    /// Hangs steps below an answer, or below the symptom: before a sibling, or after the last one.
    pub(crate) fn hang(&mut self, mut steps: Vec<WhyStep>, parent: Option<StepId>, before: Option<StepId>) {
        if let Some(top) = steps.first_mut() {
            top.parent = parent;
        }
        let place = before.and_then(|before| self.steps.iter().position(|step| step.id == before));
        let place = place.unwrap_or(self.steps.len());
        self.steps.splice(place..place, steps);
    }

    /// Returns the last steps of every branch.
    pub fn ends(&self) -> impl Iterator<Item = &WhyStep> {
        self.steps.iter().filter(|step| !self.steps.iter().any(|other| other.parent == Some(step.id)))
    }

    /// Returns why the chain is not finished; none when every branch ends at something a group can change.
    #[must_use]
    pub fn unfinished(&self) -> Option<Unfinished> {
        let depth = self.walk().iter().map(|(depth, _)| *depth).max().unwrap_or(0);
        if depth == 0 {
            Some(Unfinished::NoAnswer)
        } else if self.ends().any(|step| step.ends_at.is_some_and(|end| !end.is_systemic())) {
            Some(Unfinished::NotSystemic)
        } else if depth < 3 {
            Some(Unfinished::Short)
        } else if self.ends().any(|step| step.ends_at.is_none()) {
            Some(Unfinished::EndNotNamed)
        } else {
            None
        }
    }
}

/// What sort of condition a factor is; ordered as categories are offered and drawn.
///
/// It is written as one word: `technical`, `process`, `communication`, `external`, `organisation`, or the name of a
/// category of the room's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
pub enum FactorCategory {
    /// Configuration, software, infrastructure.
    Technical,
    /// Runbooks, testing, escalation.
    Process,
    /// News, responsibilities, hand-offs.
    Communication,
    /// Suppliers, traffic, attacks.
    External,
    /// Ownership, staffing, priorities, resources.
    Organisation,
    /// A category of the room's own, by its name.
    Own(String),
}

impl FactorCategory {
    /// The categories that are always offered, in their order.
    pub const BUILT_IN: [Self; 5] =
        [Self::Technical, Self::Process, Self::Communication, Self::External, Self::Organisation];
    /// The most categories of a room's own: more could not be read on the stage.
    pub const MOST_OWN: usize = 3;

    /// Returns the word the surfaces and the record use.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Technical => "Technical",
            Self::Process => "Process",
            Self::Communication => "Communication",
            Self::External => "External",
            Self::Organisation => "Organisation",
            Self::Own(name) => name,
        }
    }

    /// Returns the categories of some factors, each once and in their order.
    #[must_use]
    pub fn of(factors: &[Factor]) -> Vec<Self> {
        factors.iter().map(|factor| &factor.category).collect::<BTreeSet<_>>().into_iter().cloned().collect()
    }

    /// Returns the category of this name: one of `others` is taken, whatever the case of its letters.
    ///
    /// # Errors
    /// When there is no name, it is too long, or a drawing would have more categories than can be read.
    pub(crate) fn among<'a>(&self, others: impl Iterator<Item = &'a Factor>) -> Result<Self, Refusal> {
        let tidy = Self::from(String::from(self.clone()));
        let Self::Own(name) = tidy else { return Ok(tidy) };
        let name = required(&name, CATEGORY_LIMIT)?;
        let own = |factor: &'a Factor| matches!(factor.category, Self::Own(_)).then_some(&factor.category);
        let own: BTreeSet<_> = others.filter_map(own).collect();
        let same = |other: &&&Self| other.word().to_lowercase() == name.to_lowercase();
        match own.iter().find(same) {
            Some(known) => Ok((*known).clone()),
            None if own.len() >= Self::MOST_OWN => Err(Refusal::TooManyCategories { limit: Self::MOST_OWN }),
            None => Ok(Self::Own(name)),
        }
    }

    /// Returns what is kept of a category, which comes from a record that somebody wrote: a drawing has to hold it.
    pub(crate) fn kept(&self) -> Self {
        match self {
            Self::Own(name) if name.is_empty() => Self::Own("Other".to_owned()),
            Self::Own(name) => Self::Own(name.chars().take(CATEGORY_LIMIT).collect()),
            built_in => built_in.clone(),
        }
    }
}

impl From<String> for FactorCategory {
    fn from(name: String) -> Self {
        let name = clean(&name).split_whitespace().collect::<Vec<_>>().join(" ");
        let same = |category: &Self| category.word().to_lowercase() == name.to_lowercase();
        Self::BUILT_IN.into_iter().find(same).unwrap_or(Self::Own(name))
    }
}

impl From<FactorCategory> for String {
    fn from(category: FactorCategory) -> Self {
        match category {
            FactorCategory::Own(name) => name,
            built_in => built_in.word().to_lowercase(),
        }
    }
}

/// A contributing factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Factor {
    /// Which one.
    pub id: FactorId,
    /// What sort of condition it is.
    pub category: FactorCategory,
    /// The condition.
    pub text: String,
    /// The chain that led to it.
    pub chain: Option<ChainId>,
    /// The event that shows it.
    pub event: Option<EventId>,
}

/// One change to a why-step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum StepChange {
    /// Another answer.
    Answer(String),
    /// Other evidence; empty takes it away.
    Evidence(String),
    /// What it points at.
    EndsAt(Option<ChainEnd>),
}

/// One change to a factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "value", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum FactorChange {
    /// Another wording.
    Text(String),
    /// Another category.
    Category(FactorCategory),
    /// Another chain.
    Chain(Option<ChainId>),
    /// Another event.
    Event(Option<EventId>),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(steps: &[(u32, Option<u32>, Option<ChainEnd>)]) -> WhyChain {
        let steps = steps
            .iter()
            .map(|(id, parent, ends_at)| WhyStep {
                id: StepId(*id),
                parent: parent.map(StepId),
                answer: format!("answer {id}"),
                evidence: String::new(),
                ends_at: *ends_at,
            })
            .collect();
        WhyChain { id: ChainId(1), symptom: "It was slow".into(), steps, event: None }
    }

    #[test]
    fn a_chain_is_finished_only_when_every_branch_ends_at_something_a_group_can_change() {
        let process = Some(ChainEnd::Process);
        let person = Some(ChainEnd::Person);
        for (steps, expected) in [
            (&[][..], Some(Unfinished::NoAnswer)),
            (&[(1, None, process)], Some(Unfinished::Short)),
            (&[(1, None, None), (2, Some(1), None), (3, Some(2), None)], Some(Unfinished::EndNotNamed)),
            (&[(1, None, None), (2, Some(1), None), (3, Some(2), person)], Some(Unfinished::NotSystemic)),
            (
                &[(1, None, None), (2, Some(1), None), (3, Some(2), process), (4, Some(1), person)],
                Some(Unfinished::NotSystemic),
            ),
            (&[(1, None, None), (2, Some(1), None), (3, Some(2), process)], None),
        ] {
            assert_eq!(chain(steps).unfinished(), expected, "{steps:?}");
        }
    }

    #[test]
    fn a_walk_goes_down_a_branch_before_the_next_one() {
        let chain = chain(&[(1, None, None), (2, Some(1), None), (3, Some(1), None), (4, Some(2), None)]);
        let walked: Vec<_> = chain.walk().into_iter().map(|(depth, step)| (depth, step.id.0)).collect();
        assert_eq!(walked, [(1, 1), (2, 2), (3, 4), (2, 3)]);
    }
}
