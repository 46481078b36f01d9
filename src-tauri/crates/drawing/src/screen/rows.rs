//! Which boxes stand on a page of a why-chain, in the order of thought.

use std::collections::HashMap;
use std::ops::Range;

use meeting::{StepId, WhyChain, WhyStep};

use crate::BoxRole;

/// The question below the answer that the room works at.
pub(super) const QUESTION: &str = "What made that possible?";
/// The most lines of a symptom where the chain begins.
pub(super) const SYMPTOM_LINES: usize = 3;
/// The depth that is marked.
const FIFTH: usize = 5;

/// One box.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) role: BoxRole,
    pub(super) text: String,
    /// The depth of an answer.
    pub(super) depth: Option<usize>,
    pub(super) fifth: bool,
    /// What the answer ends at.
    pub(super) end: Option<&'static str>,
    /// The most lines it may have; none for as many as it needs.
    pub(super) most: Option<usize>,
    /// The row it hangs on.
    pub(super) parent: Option<usize>,
    /// How many rails it stands in.
    pub(super) level: usize,
    /// Its place in the walk.
    pub(super) answer: Option<usize>,
    /// Counts the causes beside it that are not shown, in words from long to short; often none.
    pub(super) beside: Vec<String>,
}

impl Row {
    fn of(role: BoxRole, text: impl Into<String>, parent: Option<usize>) -> Self {
        let text = text.into();
        Self {
            role,
            text,
            depth: None,
            fifth: false,
            end: None,
            most: None,
            parent,
            level: 0,
            answer: None,
            beside: Vec::new(),
        }
    }

    fn answer(place: usize, depth: usize, step: &WhyStep, parent: usize) -> Self {
        let role = if step.ends_at.is_some() { BoxRole::End } else { BoxRole::Answer };
        Self {
            depth: Some(depth),
            fifth: depth == FIFTH,
            end: step.ends_at.map(meeting::ChainEnd::word),
            answer: Some(place),
            ..Self::of(role, step.answer.clone(), Some(parent))
        }
    }
}

/// A chain with the walk through it.
pub(super) struct Walked<'a> {
    chain: &'a WhyChain,
    pub(super) walk: Vec<(usize, &'a WhyStep)>,
    places: HashMap<StepId, usize>,
}

impl<'a> Walked<'a> {
    pub(super) fn through(chain: &'a WhyChain) -> Self {
        let walk = chain.walk();
        let places = walk.iter().enumerate().map(|(place, (_, step))| (step.id, place)).collect();
        Self { chain, walk, places }
    }

    fn parent(&self, place: usize) -> Option<usize> {
        self.walk[place].1.parent.and_then(|parent| self.places.get(&parent).copied())
    }

    fn is_leaf(&self, place: usize) -> bool {
        self.walk.get(place + 1).is_none_or(|next| next.1.parent != Some(self.walk[place].1.id))
    }

    /// Returns the answer that was given last.
    pub(super) fn newest(&self) -> Option<usize> {
        (0..self.walk.len()).max_by_key(|place| self.walk[*place].1.id)
    }

    /// Returns the answer that the room asks about: the newest, or else the last that nobody has asked about yet.
    fn asked(&self) -> Option<usize> {
        let open = |place: &usize| self.is_leaf(*place) && self.walk[*place].1.ends_at.is_none();
        self.newest().filter(open).or_else(|| (0..self.walk.len()).rev().find(open))
    }

    /// Returns the answers from the first one to this one.
    pub(super) fn path_to(&self, place: usize) -> Vec<usize> {
        let mut path = vec![place];
        while let Some(parent) = path.last().and_then(|last| self.parent(*last)) {
            path.push(parent);
        }
        path.reverse();
        path
    }

    /// Returns the rows of a part of the walk; what an answer hangs on is repeated where it stands on another page.
    pub(super) fn part(&self, part: Range<usize>, asks: bool) -> Vec<Row> {
        let mut rows = vec![self.symptom(if part.start == 0 { SYMPTOM_LINES } else { 1 })];
        let mut row_of: HashMap<usize, usize> = HashMap::new();
        let asked = self.asked().filter(|_| asks);
        for place in part {
            let parent = match self.parent(place) {
                None => 0,
                Some(parent) => *row_of.entry(parent).or_insert_with(|| {
                    rows.push(self.joint(parent));
                    rows.len() - 1
                }),
            };
            let (depth, step) = self.walk[place];
            rows.push(Row::answer(place, depth, step, parent));
            row_of.insert(place, rows.len() - 1);
            if asked == Some(place) {
                rows.push(Row::of(BoxRole::Entry, QUESTION, Some(rows.len() - 1)));
            }
        }
        if self.walk.is_empty() {
            rows.push(Row::of(BoxRole::Entry, QUESTION, Some(0)));
        }
        with_levels(rows)
    }

    /// Returns the rows of the way to an answer without its first `hidden`, and how many causes stand beside it.
    pub(super) fn branch(&self, path: &[usize], hidden: usize) -> Vec<Row> {
        let mut rows = vec![self.symptom(if hidden == 0 { SYMPTOM_LINES } else { 2 })];
        let mut parent = 0;
        if hidden > 0 {
            rows.push(Row::of(BoxRole::Joint, counted(hidden, "earlier answer", "earlier answers"), Some(0)));
            parent = 1;
        }
        for place in path.iter().skip(hidden).copied() {
            let (depth, step) = self.walk[place];
            let beside = self.chain.steps.iter().filter(|other| other.parent == step.parent).count() - 1;
            // Beside the first one that is shown, others have gone with what they hang on.
            let is_seen = beside > 0 && (hidden == 0 || parent > 1);
            let words = [counted(beside, "more cause", "more causes"), counted(beside, "cause", "causes")];
            let beside = words.iter().filter(|_| is_seen).map(|words| format!("+ {words}")).collect();
            rows.push(Row { beside, ..Row::answer(place, depth, step, parent) });
            parent = rows.len() - 1;
        }
        if path.last().copied() == self.asked() {
            rows.push(Row::of(BoxRole::Entry, QUESTION, Some(parent)));
        }
        with_levels(rows)
    }

    fn symptom(&self, most: usize) -> Row {
        Row { most: Some(most), ..Row::of(BoxRole::Symptom, self.chain.symptom.clone(), None) }
    }

    fn joint(&self, place: usize) -> Row {
        let (depth, step) = self.walk[place];
        Row { depth: Some(depth), most: Some(1), ..Row::of(BoxRole::Joint, step.answer.clone(), Some(0)) }
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Answers that share what they hang on stand on a rail, one step in.
fn with_levels(mut rows: Vec<Row>) -> Vec<Row> {
    let mut children = vec![0; rows.len()];
    for parent in rows.iter().filter_map(|row| row.parent) {
        children[parent] += 1;
    }
    for at in 0..rows.len() {
        if let Some(parent) = rows[at].parent {
            rows[at].level = rows[parent].level + usize::from(children[parent] > 1);
        }
    }
    rows
}
