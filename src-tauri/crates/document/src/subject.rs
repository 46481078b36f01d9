//! What a drawing of the root cause analysis draws.
//!
//! Layout is the `drawing` crate's, painting each output's own. The words of a drawing are kept here once, so that the
//! list in the Markdown says what the vectors in the PDF say. What is not drawn, such as the evidence of an answer,
//! is not kept.

use meeting::{Factor, FactorCategory, StepId, WhyChain, WhyStep};
use serde::Serialize;

use crate::blocks::{Item, Span};

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Subject {
    /// A why-chain: what made a symptom possible, step by step.
    WhyTree(WhyChain),
    /// Contributing factors by category, and what they led to.
    Fishbone {
        /// What they led to.
        effect: String,
        /// The factors.
        factors: Vec<Factor>,
    },
}

impl Subject {
    /// Draws a why-chain, without the evidence of its answers.
    #[must_use]
    pub fn why_tree(chain: &WhyChain) -> Self {
        let step = |step: &WhyStep| WhyStep { evidence: String::new(), ..step.clone() };
        Self::WhyTree(WhyChain { steps: chain.steps.iter().map(step).collect(), ..chain.clone() })
    }

    /// Draws contributing factors.
    #[must_use]
    pub fn fishbone(effect: &str, factors: &[Factor]) -> Self {
        Self::Fishbone { effect: effect.to_owned(), factors: factors.to_vec() }
    }

    /// Returns whether there is nothing to draw.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Fishbone { factors, .. } if factors.is_empty())
    }

    /// Returns the drawing as Mermaid text.
    pub(crate) fn mermaid(&self) -> String {
        match self {
            Self::WhyTree(chain) => drawing::mermaid_why(chain),
            Self::Fishbone { effect, factors } => drawing::mermaid_fishbone(effect, factors),
        }
    }

    /// Returns the words of the drawing as a list.
    #[must_use]
    pub fn outline(&self) -> Vec<Item> {
        match self {
            Self::WhyTree(chain) => {
                vec![Item { text: vec![Span::strong(chain.symptom.clone())], children: answers(chain, None) }]
            }
            Self::Fishbone { effect, factors } => {
                let bones = FactorCategory::of(factors).into_iter().map(|category| bone(&category, factors));
                vec![Item { text: vec![Span::strong(effect.clone())], children: bones.collect() }]
            }
        }
    }
}

fn bone(category: &FactorCategory, factors: &[Factor]) -> Item {
    let children = factors.iter().filter(|factor| factor.category == *category);
    let children = children.map(|factor| Item::plain(factor.text.clone())).collect();
    Item { text: vec![Span::strong(category.word())], children }
}

fn answers(chain: &WhyChain, parent: Option<StepId>) -> Vec<Item> {
    let below = chain.steps.iter().filter(|step| step.parent == parent);
    let item = |step: &WhyStep| {
        let mut text = vec![Span::text(step.answer.clone())];
        if let Some(end) = step.ends_at {
            text.push(Span::strong(format!("\nends at {}", end.word())));
        }
        Item { text, children: answers(chain, Some(step.id)) }
    };
    below.map(item).collect()
}

#[cfg(test)]
mod tests {
    use meeting::{ChainEnd, ChainId};

    use super::*;

    fn step(id: u32, parent: u32, answer: &str, ends_at: Option<ChainEnd>) -> WhyStep {
        let (id, parent) = (StepId(id), (parent > 0).then_some(StepId(parent)));
        WhyStep { id, parent, answer: answer.to_owned(), evidence: "a log".to_owned(), ends_at }
    }

    #[test]
    fn answers_hang_below_what_they_explain_in_the_order_they_were_given() {
        let steps = vec![
            step(1, 0, "first", None),
            step(2, 1, "below the first", None),
            step(3, 1, "beside it", Some(ChainEnd::Process)),
            step(4, 0, "second", None),
        ];
        let subject = Subject::why_tree(&WhyChain { id: ChainId(1), symptom: "late".to_owned(), steps, event: None });
        let expected = Item::new(vec![Span::strong("late")]).with([
            Item::plain("first").with([
                Item::plain("below the first"),
                Item::new(vec![Span::text("beside it"), Span::strong("\nends at a process")]),
            ]),
            Item::plain("second"),
        ]);
        assert_eq!(subject.outline(), [expected]);
    }

    #[test]
    fn what_is_not_drawn_is_not_kept() {
        let chain =
            WhyChain { id: ChainId(1), symptom: "late".to_owned(), steps: vec![step(1, 0, "a", None)], event: None };
        assert!(!format!("{:?}", Subject::why_tree(&chain)).contains("a log"));
    }
}
