//! The routes: the page, joining, the state, the stream, and what a phone asks.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use live::{Ask, Live, LiveError, Snapshot};
use meeting::{Actor, ParticipantId, Refusal, Request};
use serde::de::DeserializeOwned;
use tokio::sync::watch;
use wire::{Failure, PhoneAsk, PhoneHintAsk, PhoneJoin, PhoneState};

use crate::asset::Asset;
use crate::door::{self, Door, Tried};
use crate::guard::{self, failure};
use crate::{Page, stream};

/// The largest body of a request, in bytes.
const BODY: usize = 16 * 1024;

/// The files of the phone page, ready to be sent.
#[derive(Debug)]
pub(crate) struct PageFiles {
    html: Asset,
    script: Asset,
    recollect: Asset,
    style: Asset,
}

impl PageFiles {
    pub(crate) fn new(page: Page) -> Self {
        Self {
            html: Asset::new("text/html; charset=utf-8", page.html),
            script: Asset::new("text/javascript; charset=utf-8", page.script),
            recollect: Asset::new("text/javascript; charset=utf-8", page.recollect),
            style: Asset::new("text/css; charset=utf-8", page.style),
        }
    }
}

/// What the routes share.
#[derive(Debug)]
pub(crate) struct RoomState {
    pub(crate) live: Live,
    pub(crate) door: Door,
    pub(crate) page: PageFiles,
    pub(crate) hosts: Vec<String>,
    pub(crate) connected: watch::Sender<u32>,
    pub(crate) closed: watch::Receiver<bool>,
}

type Shared = State<Arc<RoomState>>;

/// Builds the router.
pub(crate) fn router(state: Arc<RoomState>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/phone.js", get(script))
        .route("/recollect.js", get(recollect))
        .route("/phone.css", get(style))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/api/join", post(join))
        .route("/api/state", get(show_state))
        .route("/api/stream", get(follow))
        .route("/api/ask", post(ask))
        .route("/api/hint", post(hint))
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(axum::middleware::from_fn_with_state(state.clone(), guard::guard))
        .with_state(state)
}

async fn nowhere() -> Response {
    failure(StatusCode::NOT_FOUND, Failure::new("nowhere", "There is nothing here. Scan the code on the screen.", ""))
}

async fn page(State(state): Shared, headers: HeaderMap) -> Response {
    state.page.html.answer(&headers)
}

async fn script(State(state): Shared, headers: HeaderMap) -> Response {
    state.page.script.answer(&headers)
}

async fn recollect(State(state): Shared, headers: HeaderMap) -> Response {
    state.page.recollect.answer(&headers)
}

async fn style(State(state): Shared, headers: HeaderMap) -> Response {
    state.page.style.answer(&headers)
}

/// Builds what a phone in the room sees; none when it is not in the room.
pub(crate) fn phone_state(snapshot: &Snapshot, participant: ParticipantId) -> Option<PhoneState> {
    let meeting = snapshot.meeting.as_ref()?;
    let own = wire::own_view(meeting, participant)?;
    let mut view = wire::phone_view(meeting, live::now());
    view.revision = snapshot.revision;
    if snapshot.closing {
        view.say_closing();
    }
    Some(PhoneState { view, own })
}

async fn join(
    State(state): Shared,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let wanted: PhoneJoin = match read(&headers, &body) {
        Ok(wanted) => wanted,
        Err(status) => return unreadable(status),
    };
    if wanted.id.as_deref().is_some_and(|id| !is_name(id, 32)) {
        return unnamed();
    }
    // A phone that is in already stays who it is: it scanned the code a second time.
    if let Some((participant, _)) = known(&state, &headers)
        && let Some(phone) = phone_state(&state.live.snapshot(), participant)
    {
        return axum::Json(phone).into_response();
    }
    let by_key = wanted.key.as_deref().is_some_and(|key| state.door.opens_by_key(key));
    if !by_key {
        match wanted.code.as_deref().map_or(Tried::Wrong, |code| state.door.try_code(code, peer.ip())) {
            Tried::In => {}
            Tried::Wrong => {
                let sentence = "This code does not open the room.";
                let hint = "Look at the screen again, or scan the QR code.";
                return failure(StatusCode::FORBIDDEN, Failure::new("wrong-code", sentence, hint));
            }
            Tried::TooMany => {
                let sentence = "Too many wrong codes were typed.";
                let hint = "Scan the QR code, or wait a minute.";
                return failure(StatusCode::TOO_MANY_REQUESTS, Failure::new("too-many-tries", sentence, hint));
            }
        }
    }
    let Ok((token, token_hash)) =
        wanted.id.as_deref().map_or_else(door::fresh_token, |id| Ok(state.door.token_for(id)))
    else {
        return failure(StatusCode::INTERNAL_SERVER_ERROR, Failure::new("no-token", "Please try again.", ""));
    };
    let ask = Ask {
        // The hash is as unique as the token and tells nobody what it is.
        id: token_hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
        by: Actor::Application,
        request: Request::Join { name: wanted.name },
        token: Some(token_hash),
    };
    match state.live.ask(ask).await {
        Ok(granted) => {
            let snapshot = state.live.snapshot();
            // A repeat lets nobody in; whom it let in before is known by the token, which is the same again.
            let participant = granted.participant.or_else(|| snapshot.phones.get(&token_hash).copied());
            let joined = participant.and_then(|participant| phone_state(&snapshot, participant));
            let Some(phone) = joined else {
                return refused(&LiveError::Refused(Refusal::NotInTheRoom));
            };
            let cookie = format!("debrief={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800");
            let mut response = axum::Json(phone).into_response();
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => refused(&error),
    }
}

async fn show_state(State(state): Shared, headers: HeaderMap) -> Response {
    let snapshot = state.live.snapshot();
    match known(&state, &headers).and_then(|(participant, _)| phone_state(&snapshot, participant)) {
        Some(phone) => axum::Json(phone).into_response(),
        None => failure(StatusCode::UNAUTHORIZED, stream::gone()),
    }
}

async fn follow(State(state): Shared, headers: HeaderMap) -> Response {
    match known(&state, &headers) {
        Some((participant, _)) if !*state.closed.borrow() => stream::follow(state, participant).into_response(),
        _ => failure(StatusCode::UNAUTHORIZED, stream::gone()),
    }
}

async fn ask(State(state): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let Some((participant, _)) = known(&state, &headers) else {
        return failure(StatusCode::UNAUTHORIZED, stream::gone());
    };
    let asked: PhoneAsk = match read(&headers, &body) {
        Ok(asked) => asked,
        Err(status) => return unreadable(status),
    };
    if !is_name(&asked.id, 16) {
        return unnamed();
    }
    let ask = Ask {
        // The participant is part of the name, or one phone could spend another's.
        id: format!("{participant}-{}", asked.id),
        by: Actor::Participant { id: participant },
        request: asked.request.into(),
        token: None,
    };
    match state.live.ask(ask).await {
        Ok(_) => match phone_state(&state.live.snapshot(), participant) {
            Some(phone) => axum::Json(phone).into_response(),
            None => failure(StatusCode::UNAUTHORIZED, stream::gone()),
        },
        Err(error) => refused(&error),
    }
}

/// Answers with a hint, or `null`.
async fn hint(State(state): Shared, headers: HeaderMap, body: Bytes) -> Response {
    if known(&state, &headers).is_none() {
        return failure(StatusCode::UNAUTHORIZED, stream::gone());
    }
    let asked: PhoneHintAsk = match read(&headers, &body) {
        Ok(asked) => asked,
        Err(status) => return unreadable(status),
    };
    let meeting = state.live.snapshot().meeting;
    axum::Json(meeting.and_then(|meeting| crate::hints::hint(&meeting, &asked))).into_response()
}

fn refused(error: &LiveError) -> Response {
    let status = match error {
        LiveError::Refused(Refusal::NotInTheRoom) => StatusCode::UNAUTHORIZED,
        LiveError::Refused(Refusal::FacilitatorOnly) => StatusCode::FORBIDDEN,
        LiveError::Refused(_) => StatusCode::CONFLICT,
        LiveError::NotKept(_) | LiveError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        LiveError::NothingOpen | LiveError::Stopped => StatusCode::GONE,
    };
    failure(status, error.clone().into())
}

/// Reads a JSON body that says it is one.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, StatusCode> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    serde_json::from_slice(body).map_err(|_| StatusCode::BAD_REQUEST)
}

/// Returns whether a request can go by `id`, which has at least as many letters, digits and dashes as `shortest`.
fn is_name(id: &str, shortest: usize) -> bool {
    (shortest..=40).contains(&id.len()) && id.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
}

fn unnamed() -> Response {
    let sentence = "This request has no usable name. Reload the page; what you typed is kept.";
    failure(StatusCode::BAD_REQUEST, Failure::new("bad-request", sentence, ""))
}

fn unreadable(status: StatusCode) -> Response {
    failure(status, Failure::new("bad-request", "This request is not readable. Reload the page.", ""))
}

/// Returns which participant a request comes from, by its cookie.
fn known(state: &RoomState, headers: &HeaderMap) -> Option<(ParticipantId, live::TokenHash)> {
    let token = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix("debrief="))?;
    let hash = door::hash(token);
    let participant = state.live.snapshot().phones.get(&hash).copied()?;
    Some((participant, hash))
}
