//! Undo as an operation: the meeting is the fold of everything that was not taken back.
//!
//! Taking back never deletes. The log keeps what was done, that it was undone, and that it was done again; the state
//! is folded anew without it. What participants did in between stays, for it belongs to other acts.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::{ActId, Actor, Event, Recorded, event::Undo};

/// The events of a post-mortem, and which acts stand to be undone or redone.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Log {
    recorded: Vec<Arc<Recorded>>,
    undone: BTreeSet<ActId>,
    can_undo: Vec<(ActId, &'static str)>,
    can_redo: Vec<(ActId, &'static str)>,
    last_act: u32,
}

impl Log {
    pub(crate) fn last_seq(&self) -> u64 {
        self.recorded.last().map_or(0, |recorded| recorded.seq)
    }

    pub(crate) fn recorded(&self) -> impl Iterator<Item = &Recorded> {
        self.recorded.iter().map(Arc::as_ref)
    }

    pub(crate) fn next_act(&self) -> ActId {
        ActId(self.last_act + 1)
    }

    /// Returns the newest act if an edit of the same field could still belong to it: nothing came after it.
    pub(crate) fn newest(&self) -> Option<&Recorded> {
        self.recorded.last().map(Arc::as_ref)
    }

    pub(crate) fn labels(&self) -> (Option<&'static str>, Option<&'static str>) {
        (self.can_undo.last().map(|act| act.1), self.can_redo.last().map(|act| act.1))
    }

    pub(crate) fn to_undo(&self) -> Option<ActId> {
        self.can_undo.last().map(|act| act.0)
    }

    pub(crate) fn to_redo(&self) -> Option<ActId> {
        self.can_redo.last().map(|act| act.0)
    }

    /// Takes an event in; returns the events to fold anew when it changed which acts stand.
    pub(crate) fn push(&mut self, recorded: &Recorded) -> Option<Vec<Arc<Recorded>>> {
        self.last_act = self.last_act.max(recorded.act.0);
        self.recorded.push(Arc::new(recorded.clone()));
        match recorded.event {
            Event::Undone { act } => {
                self.undone.insert(act);
                shift(&mut self.can_undo, &mut self.can_redo, act);
            }
            Event::Redone { act } => {
                self.undone.remove(&act);
                shift(&mut self.can_redo, &mut self.can_undo, act);
            }
            ref event => {
                match event.undo() {
                    // What a participant did, with a duty or without, is not the facilitator's to take back.
                    Undo::Can if matches!(recorded.by, Actor::Participant { .. }) => {}
                    Undo::Can => {
                        if self.can_undo.last().is_none_or(|last| last.0 != recorded.act) {
                            self.can_undo.push((recorded.act, event.label()));
                        }
                        self.can_redo.clear();
                    }
                    Undo::Barrier => {
                        self.can_undo.clear();
                        self.can_redo.clear();
                    }
                    Undo::Passes => {}
                }
                return None;
            }
        }
        let stands = |recorded: &&Arc<Recorded>| {
            !self.undone.contains(&recorded.act)
                && !matches!(recorded.event, Event::Undone { .. } | Event::Redone { .. })
        };
        Some(self.recorded.iter().filter(stands).cloned().collect())
    }
}

fn shift(from: &mut Vec<(ActId, &'static str)>, to: &mut Vec<(ActId, &'static str)>, act: ActId) {
    if let Some(place) = from.iter().rposition(|other| other.0 == act) {
        to.push(from.remove(place));
    }
}
