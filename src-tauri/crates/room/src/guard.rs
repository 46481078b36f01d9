//! What every request must carry, and what every answer does.
//!
//! A request names a host we showed, once, and a change comes from our own page: it has our origin, and a header that
//! no form and no foreign script can send without our consent, which is never given. The pages without scripts are
//! the exception: their forms carry a token instead, which `plain` looks at. Answers to requests that are none come
//! from the web server itself; `line` sends [`bare_refusal`] in their place.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use wire::Failure;

use crate::plain;
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

/// Why something was not done, before it is known whether a script or a person reads it.
pub(crate) type Refused = (StatusCode, Failure);

/// A failure as an answer.
pub(crate) fn failure(status: StatusCode, failure: Failure) -> Response {
    (status, axum::Json(failure)).into_response()
}

/// Checks host and origin, and puts the headers on whatever the answer is.
pub(crate) async fn guard(State(state): State<Arc<RoomState>>, request: Request, next: Next) -> Response {
    let mut response = match refuse(&state.hosts, &request) {
        Some(mut refused) => {
            // What follows on this connection may be a part of what was refused.
            refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            refused
        }
        None => unbroken(next.run(request)).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Returns the whole answer, as bytes, to something that is no request.
pub(crate) fn bare_refusal(status: u16) -> Vec<u8> {
    let sentence = "This is not a request that a browser sends. Nothing of it was kept.";
    let failed = Failure::new("bad-request", sentence, "Open the page again.");
    let body = serde_json::to_string(&failed).unwrap_or_default();
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default();
    let mut answer = format!("HTTP/1.1 {status} {reason}\r\n");
    for (name, value) in HEADERS {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    let length = body.len();
    answer.push_str(&format!(
        "content-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ));
    answer.into_bytes()
}

/// Answers even when answering panics: a fault of ours must not look like a lost network to the phone that met it.
async fn unbroken(answer: impl Future<Output = Response>) -> Response {
    AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(|_| {
        let sentence = "Something went wrong on the laptop. The meeting goes on.";
        failure(StatusCode::INTERNAL_SERVER_ERROR, Failure::new("broken", sentence, "Try again."))
    })
}

fn refuse(hosts: &[String], request: &Request) -> Option<Response> {
    refuse_version(request.version())
        .or_else(|| refuse_host(hosts, request.uri(), request.headers()))
        .or_else(|| refuse_transfer(request.headers()))
        .or_else(|| refuse_origin(hosts, request))
}

fn refuse_version(version: Version) -> Option<Response> {
    let sentence = "The room speaks HTTP/1.1 only.";
    (version != Version::HTTP_11)
        .then(|| failure(StatusCode::HTTP_VERSION_NOT_SUPPORTED, Failure::new("bad-request", sentence, "")))
}

/// A page of another name that resolves to this address must not reach us, whichever way it names the host.
fn refuse_host(hosts: &[String], uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let is_shown = |named: &str| hosts.iter().any(|shown| shown == named);
    let mut named = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        let sentence = "This request does not say once which address it is for.";
        return Some(failure(StatusCode::BAD_REQUEST, Failure::new("wrong-host", sentence, "")));
    };
    // A proxy asks with the whole address, and that one would count.
    let whole_address = uri.authority().is_none_or(|authority| is_shown(authority.as_str()))
        && uri.scheme_str().is_none_or(|scheme| scheme == "http");
    if host.to_str().is_ok_and(is_shown) && whole_address {
        return None;
    }
    let sentence = "This address is not the one on the screen. Use the QR code or the address shown there.";
    Some(failure(StatusCode::MISDIRECTED_REQUEST, Failure::new("wrong-host", sentence, "")))
}

/// Our page always says how long its requests are. Whoever does not, or says it in two ways, may want a part of
/// one request to be taken for another.
fn refuse_transfer(headers: &HeaderMap) -> Option<Response> {
    let sentence = "This request does not say how long it is.";
    headers
        .contains_key(header::TRANSFER_ENCODING)
        .then(|| failure(StatusCode::LENGTH_REQUIRED, Failure::new("bad-request", sentence, "")))
}

fn refuse_origin(hosts: &[String], request: &Request) -> Option<Response> {
    // What may come from anywhere is refused by the routes, none of which answers to more than looking.
    if request.method().is_safe() {
        return None;
    }
    let mut origins = request.headers().get_all(header::ORIGIN).iter();
    let is_ours = |origin: &HeaderValue| {
        let host = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
        host.is_some_and(|host| hosts.iter().any(|shown| shown == host))
    };
    let (first, second) = (origins.next(), origins.next());
    let is_allowed = if plain::takes_forms(request) {
        // Older browsers send no origin with a form, and no form can send a header of ours: its token stands for both.
        first.is_none_or(is_ours)
    } else {
        first.is_some_and(is_ours) && request.headers().contains_key(OWN_HEADER)
    };
    if is_allowed && second.is_none() {
        return None;
    }
    let sentence = "This request did not come from the meeting's own page.";
    Some(failure(StatusCode::FORBIDDEN, Failure::new("foreign-origin", sentence, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_as_a_failure_that_comes_again() {
        let answer = unbroken(async { panic!("a fault of ours") }).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn an_address_of_the_sixth_version_is_shown_and_named_in_brackets() {
        let address: SocketAddr = "[fd00::17]:8080".parse().expect("an address");
        assert_eq!(hosts(address), ["[fd00::17]:8080"]);
    }
}
