//! The why tree: the symptom on top, what made it possible below.
//!
//! A chain of answers runs straight down. Where an answer has several causes, they stand beside each other as long as
//! every column is wide enough to be read, and below each other, indented on a rail, where it is not. `nodes` says what
//! stands in each box, `plan` where it would stand on an endless page, `place` what of that goes on which page.

mod nodes;
mod place;
mod plan;

use meeting::WhyChain;

use crate::pen::{Pen, finish, quoted};
use crate::{Drawing, Page, Type};

/// Lays out a why-chain; what does not fit on one page goes on in the next drawing.
#[must_use]
pub fn why_tree(chain: &WhyChain, page: Page, type_: &Type) -> Vec<Drawing> {
    let pen = Pen::new(page, type_);
    let tree = nodes::Tree::of(chain, &pen);
    let sheets = place::pages(&tree, &pen);
    finish(&pen, sheets, &in_a_sentence(chain))
}

pub(crate) fn in_a_sentence(chain: &WhyChain) -> String {
    let walk = chain.walk();
    let deepest = walk.iter().map(|(depth, _)| *depth).max().unwrap_or(0);
    // An answer starts a branch's end when no deeper answer follows it in the walk.
    let branches = (0..walk.len()).filter(|at| walk.get(at + 1).is_none_or(|next| next.0 <= walk[*at].0)).count();
    let symptom = quoted(&chain.symptom);
    match (walk.len(), branches) {
        (0, _) => format!("Why-chain from {symptom}: no answer yet"),
        (1, _) => format!("Why-chain from {symptom}: one answer"),
        (answers, 1) => format!("Why-chain from {symptom}: {answers} answers, one below the other"),
        (answers, _) => {
            format!("Why-chain from {symptom}: {answers} answers in {branches} branches, up to {deepest} deep")
        }
    }
}
