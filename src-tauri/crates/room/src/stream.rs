//! The event stream of one phone: the newest state at once, and again at every change.
//!
//! A phone that reads slowly gets the newest state and never a queue.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use live::Snapshot;
use meeting::ParticipantId;
use tokio::sync::watch;
use wire::Failure;

use crate::accept::ended;
use crate::routes::RoomState;
use crate::streams::Present;

struct Following {
    state: Arc<RoomState>,
    participant: ParticipantId,
    snapshots: watch::Receiver<Snapshot>,
    closed: watch::Receiver<bool>,
    is_first: bool,
    is_over: bool,
    present: Present,
}

/// Streams what one phone may see.
pub(crate) fn follow(
    state: &Arc<RoomState>,
    participant: ParticipantId,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let following = Following {
        state: state.clone(),
        participant,
        snapshots: state.live.snapshots(),
        closed: state.closed.clone(),
        is_first: true,
        is_over: false,
        present: state.streams.enter(participant),
    };
    let events = stream::unfold(following, |mut following| async move {
        if following.is_over {
            return None;
        }
        if !following.is_first {
            tokio::select! {
                changed = following.snapshots.changed() => if changed.is_err() { return None },
                // The last state is sent once more: it may say that the meeting has ended.
                () = ended(&mut following.closed) => following.is_over = true,
                () = following.present.replaced() => return None,
            }
        }
        following.is_first = false;
        let snapshot = following.snapshots.borrow_and_update().clone();
        let event = match following.state.shared.state_of(&snapshot, following.participant) {
            Some(state) => Event::default().event("state").data(state),
            None => {
                following.is_over = true;
                let gone = Event::default().event("gone").json_data(gone());
                // Serialising a failure of our own cannot fail; an empty comment stands in should it ever.
                gone.unwrap_or_else(|_| Event::default().comment(""))
            }
        };
        Some((Ok(event), following))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// What a phone is told that is not in the room any more.
pub(crate) fn gone() -> Failure {
    let sentence = "You are not in this meeting any more. What you sent before is kept.";
    Failure::new("not-joined", sentence, "Scan the code on the screen to join again.")
}
