//! The due date of an action item as a file for the calendar of its owner, and of nobody else.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use meeting::ActionId;
use wire::Failure;

use crate::guard::failure;
use crate::routes::{Shared, known};
use crate::stream;

pub(crate) async fn due_date(State(state): Shared, Path(action): Path<u32>, headers: HeaderMap) -> Response {
    let Some(participant) = known(&state, &headers) else {
        return failure(StatusCode::UNAUTHORIZED, stream::gone());
    };
    let snapshot = state.live.snapshot();
    let file = snapshot.meeting.as_ref().and_then(|meeting| {
        let own = wire::own_view(meeting, participant)?;
        let action = own.actions.iter().find(|offered| offered.own && offered.id == ActionId(action))?;
        (state.calendar)(meeting, action.id)
    });
    match file {
        Some(file) => {
            let kept = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"action.ics\""),
            ];
            (kept, file).into_response()
        }
        None => failure(
            StatusCode::NOT_FOUND,
            Failure::new("not-found", "There is no date for this, or it is not yours.", "Ask the facilitator."),
        ),
    }
}
