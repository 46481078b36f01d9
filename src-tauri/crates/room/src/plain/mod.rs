//! The meeting without scripts: one page, plain forms, for browsers that are old or have scripts turned off.
//!
//! A form cannot send a header of ours, so that a change from here is known by a token in the form, which follows from
//! the `SameSite` cookie of whoever the page was made for; an origin that is sent must be ours as well. What is granted
//! is answered with the way back to the page, so that reloading repeats nothing; what is refused is answered with the
//! page itself, and what was typed is still in it. What may be asked and seen is decided where it is for every phone,
//! in `live` and `wire`; the words that stand here are in `pages`.

mod asked;
mod form;
mod pages;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use live::Ask;
use maud::Markup;
use meeting::Actor;
use wire::{Failure, PhoneJoin, PhoneState};

use crate::asset::Asset;
use crate::body::{FORM, read_bytes};
use crate::door;
use crate::guard::Refused;
use crate::join::{let_in, own_mark, set_mark, with_token};
use crate::routes::{RoomState, Shared, known_by, phone_state, refused};
use asked::{Asked, Said};
use form::Form;

/// Where the page lies, and where its forms are sent.
const PATH: &str = "/plain";

/// The files of the page.
#[derive(Debug)]
pub(crate) struct PlainFiles {
    style: Asset,
    hand_over: Asset,
}

impl PlainFiles {
    pub(crate) fn new() -> Self {
        Self {
            style: Asset::new("text/css; charset=utf-8", include_bytes!("plain.css")),
            // Run by browsers that know no modules, and by no others.
            hand_over: Asset::new("text/javascript; charset=utf-8", b"location.replace(\"/plain\");\n"),
        }
    }
}

pub(crate) fn routes() -> Router<Arc<RoomState>> {
    Router::new().route(PATH, get(show).post(act)).route("/plain.css", get(style)).route("/plain.js", get(hand_over))
}

/// Returns whether a change may come as a form, which only this page does.
pub(crate) fn takes_forms(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path() == PATH
}

async fn style(State(state): Shared, headers: HeaderMap) -> Response {
    state.plain.style.answer(&headers)
}

async fn hand_over(State(state): Shared, headers: HeaderMap) -> Response {
    state.plain.hand_over.answer(&headers)
}

async fn show(State(state): Shared, headers: HeaderMap, uri: Uri) -> Response {
    page(&state, &headers, Said::read(uri.query()), &Form::default(), None)
}

/// Does what a form asks for.
async fn act(
    State(state): Shared,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let form = match read_bytes(&headers, body, state.body_within, FORM).await {
        Ok(bytes) => Form::read(&bytes),
        Err((status, unread)) => return html(status, pages::failed(&unread)),
    };
    if !form.is_from(&state, &headers) {
        let sentence = "This page has grown old, or this browser keeps no cookies. Nothing was sent.";
        let old =
            Failure::new("old-form", sentence, "Open the page again. If that does not help, allow cookies for it.");
        return html(StatusCode::FORBIDDEN, pages::failed(&old));
    }
    match known_by(&state, &headers) {
        Some((_, participant)) => match Asked::read(&form, phone_state(&state.live.snapshot(), participant).as_ref()) {
            Ok(Asked::Nothing) => back(Said::Nothing),
            Ok(Asked::Show) => page(&state, &headers, Said::Nothing, &form, None),
            Ok(Asked::Of(request, said)) => {
                let by = Actor::Participant { id: participant };
                let Ok(id) = door::fresh_name() else { return broken() };
                match state.live.ask(Ask { id, by, request, token: None }).await {
                    Ok(_) => back(said),
                    Err(error) => page(&state, &headers, Said::Nothing, &form, Some(refused(&error))),
                }
            }
            Err(problem) => page(&state, &headers, Said::Nothing, &form, Some((StatusCode::CONFLICT, problem))),
        },
        None => join(&state, &headers, peer, &form).await,
    }
}

async fn join(state: &RoomState, headers: &HeaderMap, peer: SocketAddr, form: &Form) -> Response {
    let some = |field: &str| Some(form.text(field).trim().to_owned()).filter(|text| !text.is_empty());
    let wanted = PhoneJoin { id: some("id"), key: None, code: some("code"), name: some("name") };
    match let_in(state, wanted, peer, headers).await {
        Ok((token, _)) => with_token(back(Said::Nothing), &token),
        Err(refused) => page(state, headers, Said::Nothing, form, Some(refused)),
    }
}

fn back(said: Said) -> Response {
    Redirect::to(&format!("{PATH}{}", said.query())).into_response()
}

/// Answers with the page as it is for whoever asks, with what was typed and why that was refused.
fn page(state: &RoomState, headers: &HeaderMap, said: Said, typed: &Form, problem: Option<Refused>) -> Response {
    let (status, problem) = problem.map_or((StatusCode::OK, None), |(status, problem)| (status, Some(problem)));
    let Ok(name) = door::fresh_name() else { return broken() };
    if let Some((cookie, phone)) = present(state, headers) {
        let form = pages::Hidden { token: state.door.form_token(cookie), name };
        return html(status, pages::room(&phone, &form, said, typed, problem.as_ref()));
    }
    let fresh = if own_mark(state, headers).is_none() { state.door.fresh_mark().ok() } else { None };
    let mark = fresh.as_deref().or_else(|| own_mark(state, headers)).unwrap_or_default();
    let form = pages::Hidden { token: state.door.form_token(mark), name };
    let mut response = html(status, pages::join(&form, typed, problem.as_ref()));
    if let Some(mark) = fresh {
        set_mark(&mark, &mut response);
    }
    response
}

/// Returns what somebody in the room sees, with the cookie that says who it is.
fn present<'a>(state: &RoomState, headers: &'a HeaderMap) -> Option<(&'a str, PhoneState)> {
    let (cookie, participant) = known_by(state, headers)?;
    Some((cookie, phone_state(&state.live.snapshot(), participant)?))
}

fn broken() -> Response {
    let failed = Failure::new("broken", "The laptop gave no random numbers. The meeting goes on.", "Try again.");
    html(StatusCode::INTERNAL_SERVER_ERROR, pages::failed(&failed))
}

fn html(status: StatusCode, page: Markup) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response()
}
