//! Getting in: with the key, or a typed code; once, or again after the answer was lost; and not while it is locked.

use std::net::SocketAddr;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use live::{Ask, LiveError, TokenHash};
use meeting::{Actor, Refusal, Request, RoomRule};
use wire::{Failure, PhoneJoin, PhoneState};

use crate::body::read;
use crate::door::{self, Tried};
use crate::guard::{Refused, failure};
use crate::routes::{RoomState, Shared, cookies, is_name, known, phone_state, refused, unnamed};

/// The cookie by which a phone pays for its own wrong tries. It says nothing else, and goes with the browser window.
const MARK: &str = "debrief-mark";

/// Gives a phone that loads the page its mark, unless it has one.
pub(crate) fn mark(state: &RoomState, headers: &HeaderMap, response: &mut Response) {
    if own_mark(state, headers).is_some() {
        return;
    }
    // Whoever gets none pays together with the others at its address.
    if let Ok(mark) = state.door.fresh_mark() {
        set_mark(&mark, response);
    }
}

pub(crate) fn set_mark(mark: &str, response: &mut Response) {
    let cookie = format!("{MARK}={mark}; Path=/; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn read_mark(state: &RoomState, headers: &HeaderMap) -> Option<[u8; 8]> {
    state.door.read_mark(own_mark(state, headers)?)
}

/// Returns the mark of a phone, as it was given to it.
pub(crate) fn own_mark<'a>(state: &RoomState, headers: &'a HeaderMap) -> Option<&'a str> {
    cookies(headers, MARK).find(|mark| state.door.read_mark(mark).is_some())
}

pub(crate) async fn join(
    State(state): Shared,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let wanted: PhoneJoin = match read(&headers, body, state.body_within).await {
        Ok(wanted) => wanted,
        Err(refused) => return *refused,
    };
    // A phone that is in already stays who it is: it scanned the code a second time.
    if let Some(participant) = known(&state, &headers)
        && let Some(phone) = phone_state(&state.live.snapshot(), participant)
    {
        return axum::Json(phone).into_response();
    }
    match let_in(&state, wanted, peer, &headers).await {
        Ok((token, phone)) => with_token(axum::Json(phone).into_response(), &token),
        Err((status, refused)) => failure(status, refused),
    }
}

/// Lets somebody in who is not in yet, and returns the token by which they are known from now on.
pub(crate) async fn let_in(
    state: &RoomState,
    wanted: PhoneJoin,
    peer: SocketAddr,
    headers: &HeaderMap,
) -> Result<(String, PhoneState), Refused> {
    if wanted.id.as_deref().is_some_and(|id| !is_name(id, 32)) {
        return Err(unnamed());
    }
    let drawn = wanted.id.as_deref().map_or_else(door::fresh_token, |id| Ok(state.door.token_for(id)));
    let (token, token_hash) =
        drawn.map_err(|_| (StatusCode::INTERNAL_SERVER_ERROR, Failure::new("no-token", "Please try again.", "")))?;
    // Whoever repeats a join that was granted is in. No code is compared for others while joining is locked.
    let snapshot = state.live.snapshot();
    let is_locked = snapshot.meeting.is_some_and(|meeting| meeting.room_rules.contains(&RoomRule::JoiningLocked));
    if is_locked && !snapshot.phones.contains_key(&token_hash) {
        return Err((StatusCode::FORBIDDEN, LiveError::Refused(Refusal::JoiningLocked).into()));
    }
    if let Some(refused) = refuse(state, &wanted, peer, headers) {
        return Err(refused);
    }
    let phone = enter(state, wanted.name, token_hash).await.map_err(|error| refused(&error))?;
    Ok((token, phone))
}

/// Refuses whoever has neither the key nor a code.
pub(crate) fn refuse(state: &RoomState, wanted: &PhoneJoin, peer: SocketAddr, headers: &HeaderMap) -> Option<Refused> {
    if wanted.key.as_deref().is_some_and(|key| state.door.opens_by_key(key)) {
        return None;
    }
    let tried = wanted
        .code
        .as_deref()
        .map_or(Tried::Wrong, |code| state.door.try_code(code, peer.ip(), read_mark(state, headers), Instant::now()));
    match tried {
        Tried::In => None,
        Tried::Wrong => {
            let sentence = "This code does not open the room.";
            let hint = "Look at the screen again, or scan the QR code.";
            Some((StatusCode::FORBIDDEN, Failure::new("wrong-code", sentence, hint)))
        }
        Tried::TooMany => {
            let sentence = "Too many wrong codes were typed.";
            let hint = "Scan the QR code, ask the facilitator for the long code, or wait a minute.";
            Some((StatusCode::TOO_MANY_REQUESTS, Failure::new("too-many-tries", sentence, hint)))
        }
    }
}

async fn enter(state: &RoomState, name: Option<String>, token_hash: TokenHash) -> Result<PhoneState, LiveError> {
    let ask = Ask {
        // The hash is as unique as the token and tells nobody what it is.
        id: token_hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
        by: Actor::Application,
        request: Request::Join { name },
        token: Some(token_hash),
    };
    let granted = state.live.ask(ask).await?;
    let snapshot = state.live.snapshot();
    // A repeat lets nobody in; whom it let in before is known by the token, which is the same again.
    let participant = granted.participant.or_else(|| snapshot.phones.get(&token_hash).copied());
    let phone = participant.and_then(|participant| phone_state(&snapshot, participant));
    phone.ok_or(LiveError::Refused(Refusal::NotInTheRoom))
}

/// Gives the phone the token by which it is known from now on.
pub(crate) fn with_token(mut response: Response, token: &str) -> Response {
    let cookie = format!("debrief={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
