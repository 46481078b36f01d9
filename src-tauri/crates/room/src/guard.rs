//! What every request must carry, and what every answer does.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use wire::Failure;

use crate::routes::RoomState;

/// The header a plain form of a foreign page cannot send.
pub(crate) const OWN_HEADER: &str = "x-debrief";

const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Returns the hosts a request may name: the address shown, and the loopback's name where we listen on it.
pub(crate) fn hosts(address: SocketAddr) -> Vec<String> {
    let mut hosts = vec![address.to_string()];
    if address.ip().is_loopback() {
        hosts.push(format!("localhost:{}", address.port()));
    }
    hosts
}

/// A failure as an answer.
pub(crate) fn failure(status: StatusCode, failure: Failure) -> Response {
    (status, axum::Json(failure)).into_response()
}

/// Checks host and origin, and puts the headers on whatever the answer is.
pub(crate) async fn guard(State(state): State<Arc<RoomState>>, request: Request, next: Next) -> Response {
    let mut response = match refuse(&state.hosts, request.method(), request.headers()) {
        Some(refused) => refused,
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refuse(hosts: &[String], method: &Method, headers: &HeaderMap) -> Option<Response> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).filter(|host| hosts.iter().any(|shown| shown == host));
    if host.is_none() {
        let sentence = "This address is not the one on the screen. Use the QR code or the address shown there.";
        return Some(failure(StatusCode::MISDIRECTED_REQUEST, Failure::new("wrong-host", sentence, "")));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let same_origin = text(header::ORIGIN)
        .and_then(|origin| origin.strip_prefix("http://"))
        .is_some_and(|origin| hosts.iter().any(|shown| shown == origin));
    if !same_origin || !headers.contains_key(OWN_HEADER) {
        let sentence = "This request did not come from the meeting's own page.";
        return Some(failure(StatusCode::FORBIDDEN, Failure::new("foreign-origin", sentence, "")));
    }
    None
}
