//! The routes: the page, the state, the stream, and what a phone asks. Joining is told in `join`.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use live::{Ask, Live, LiveError, Snapshot};
use meeting::{Actor, ParticipantId, Refusal};
use tokio::sync::watch;
use wire::{Failure, PhoneAsk, PhoneHintAsk, PhoneState};

use crate::asset::Asset;
use crate::body::read;
use crate::door::{self, Door};
use crate::guard::{self, Refused, failure};
use crate::join::{self, join};
use crate::returns::{Returns, come_back};
use crate::shared::{SharedView, phone_view};
use crate::streams::Streams;
use crate::{DueDate, Page, calendar, plain, stream};

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
    pub(crate) calendar: DueDate,
    pub(crate) plain: plain::PlainFiles,
    pub(crate) hosts: Vec<String>,
    pub(crate) streams: Arc<Streams>,
    pub(crate) closed: watch::Receiver<bool>,
    pub(crate) returns: Returns,
    pub(crate) shared: SharedView,
    /// How long a body may take.
    pub(crate) body_within: Duration,
}

pub(crate) type Shared = State<Arc<RoomState>>;

/// Builds the router.
pub(crate) fn router(state: Arc<RoomState>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/phone.js", get(script))
        .route("/recollect.js", get(recollect))
        .route("/phone.css", get(style))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/action/{id}/due.ics", get(calendar::due_date))
        .route("/api/join", post(join))
        .route("/api/return", post(come_back))
        .route("/api/state", get(show_state))
        .route("/api/stream", get(follow))
        .route("/api/ask", post(ask))
        .route("/api/hint", post(hint))
        .merge(plain::routes())
        .fallback(nowhere)
        .method_not_allowed_fallback(not_so)
        .layer(axum::middleware::from_fn_with_state(state.clone(), guard::guard))
        .with_state(state)
}

async fn nowhere() -> Response {
    failure(StatusCode::NOT_FOUND, Failure::new("nowhere", "There is nothing here. Scan the code on the screen.", ""))
}

async fn not_so(method: Method) -> Response {
    let sentence = format!("The room does not answer {method} here.");
    failure(StatusCode::METHOD_NOT_ALLOWED, Failure::new("nowhere", sentence, ""))
}

async fn page(State(state): Shared, headers: HeaderMap) -> Response {
    let mut response = state.page.html.answer(&headers);
    join::mark(&state, &headers, &mut response);
    response
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
    Some(PhoneState { view: phone_view(snapshot, meeting), own })
}

async fn show_state(State(state): Shared, headers: HeaderMap) -> Response {
    let snapshot = state.live.snapshot();
    match known(&state, &headers).and_then(|participant| phone_state(&snapshot, participant)) {
        Some(phone) => axum::Json(phone).into_response(),
        None => failure(StatusCode::UNAUTHORIZED, stream::gone()),
    }
}

async fn follow(State(state): Shared, headers: HeaderMap) -> Response {
    match known(&state, &headers) {
        Some(participant) if !*state.closed.borrow() => stream::follow(&state, participant).into_response(),
        _ => failure(StatusCode::UNAUTHORIZED, stream::gone()),
    }
}

async fn ask(State(state): Shared, headers: HeaderMap, body: Body) -> Response {
    let Some(participant) = known(&state, &headers) else {
        return failure(StatusCode::UNAUTHORIZED, stream::gone());
    };
    let asked: PhoneAsk = match read(&headers, body, state.body_within).await {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    if !is_name(&asked.id, 16) {
        let (status, unnamed) = unnamed();
        return failure(status, unnamed);
    }
    let ask = Ask {
        // The participant is part of the name, or one phone could spend another's.
        id: format!("{participant}-{}", asked.id),
        by: Actor::Participant { id: participant },
        request: asked.into(),
        token: None,
    };
    match state.live.ask(ask).await {
        Ok(_) => match phone_state(&state.live.snapshot(), participant) {
            Some(phone) => axum::Json(phone).into_response(),
            None => failure(StatusCode::UNAUTHORIZED, stream::gone()),
        },
        Err(error) => {
            let (status, refused) = refused(&error);
            failure(status, refused)
        }
    }
}

/// Answers with a hint, or `null`.
async fn hint(State(state): Shared, headers: HeaderMap, body: Body) -> Response {
    let gone = || failure(StatusCode::UNAUTHORIZED, stream::gone());
    let Some(participant) = known(&state, &headers) else { return gone() };
    let asked: PhoneHintAsk = match read(&headers, body, state.body_within).await {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    // Whoever was taken out has a cookie still.
    let meeting = state.live.snapshot().meeting.filter(|meeting| meeting.participant(participant).is_some());
    let Some(meeting) = meeting else { return gone() };
    axum::Json(crate::hints::hint(&meeting, &asked)).into_response()
}

pub(crate) fn refused(error: &LiveError) -> Refused {
    let status = match error {
        LiveError::Refused(Refusal::NotInTheRoom) => StatusCode::UNAUTHORIZED,
        LiveError::Refused(Refusal::FacilitatorOnly) => StatusCode::FORBIDDEN,
        LiveError::Refused(_) => StatusCode::CONFLICT,
        LiveError::NotKept(_) | LiveError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        LiveError::NothingOpen | LiveError::Open | LiveError::Stopped => StatusCode::GONE,
    };
    (status, error.clone().into())
}

/// Returns whether a request can go by `id`, which has at least as many letters, digits and dashes as `shortest`.
pub(crate) fn is_name(id: &str, shortest: usize) -> bool {
    (shortest..=40).contains(&id.len()) && id.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
}

pub(crate) fn unnamed() -> Refused {
    let sentence = "This request has no usable name. Reload the page; what you typed is kept.";
    (StatusCode::BAD_REQUEST, Failure::new("bad-request", sentence, ""))
}

/// Returns which participant a request comes from, by its cookie.
pub(crate) fn known(state: &RoomState, headers: &HeaderMap) -> Option<ParticipantId> {
    known_by(state, headers).map(|(_, participant)| participant)
}

/// Returns which participant a request comes from, with the cookie that says so.
pub(crate) fn known_by<'a>(state: &RoomState, headers: &'a HeaderMap) -> Option<(&'a str, ParticipantId)> {
    let snapshot = state.live.snapshot();
    // Another room on the same computer, at another port, has cookies of the same name.
    cookies(headers, "debrief").find_map(|token| Some((token, snapshot.phones.get(&door::hash(token)).copied()?)))
}

/// Returns the values of all cookies of a name.
pub(crate) fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(move |cookie| cookie.trim().split_once('=').filter(|(named, _)| *named == name))
        .map(|(_, value)| value)
}
