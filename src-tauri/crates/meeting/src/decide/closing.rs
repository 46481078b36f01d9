//! When a record closes: once every action item is done or dropped.

use super::Decided;
use crate::{ActionChange, ActionItem, ActionState, Edit, Event, Meeting, Refusal, Status};

const fn is_settled(state: &ActionState) -> bool {
    matches!(state, ActionState::Done | ActionState::Dropped { .. })
}

fn open(meeting: &Meeting) -> usize {
    meeting.actions.iter().filter(|action| !is_settled(&action.state)).count()
}

/// Refuses to close a record while action items are open.
pub(super) fn check(meeting: &Meeting, status: Status) -> Result<(), Refusal> {
    let open = open(meeting);
    if status == Status::Closed && open > 0 { Err(Refusal::ActionsOpen { open }) } else { Ok(()) }
}

/// Adds what an edit means for the status, in the same act: a published record closes with its last action item, and is
/// open again when one is taken up anew.
pub(super) fn with_status(meeting: &Meeting, edit: Edit) -> Decided {
    let status = match &edit {
        Edit::Action { action, change: ActionChange::State(state) } => {
            let others_are = |item: &ActionItem| item.id == *action || is_settled(&item.state);
            match (meeting.status, is_settled(state) && meeting.actions.iter().all(others_are)) {
                (Status::Published, true) => Some(Status::Closed),
                (Status::Closed, false) => Some(Status::Published),
                _ => None,
            }
        }
        // What was settled before the record was published needs nobody's follow-up any more.
        Edit::Status { status: Status::Published } if !meeting.actions.is_empty() && open(meeting) == 0 => {
            Some(Status::Closed)
        }
        _ => None,
    };
    let mut decided: Decided = Event::Edited { edit }.into();
    decided.events.extend(status.map(|status| Event::Edited { edit: Edit::Status { status } }));
    decided
}
