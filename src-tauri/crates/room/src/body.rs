//! Reads the body of a request: JSON, small, and in time. That its length is known beforehand sees `guard` to.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::de::DeserializeOwned;
use wire::Failure;

use crate::guard::failure;
use crate::limits::BODY;

/// Reads a JSON body that says it is one.
pub(crate) async fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
) -> Result<T, Box<Response>> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > BODY) {
        return Err(too_large());
    }
    let Ok(read) = tokio::time::timeout(within, to_bytes(body, BODY)).await else {
        let sentence = "The rest of this request did not arrive in time. Nothing of it was kept.";
        let failed = Failure::new("bad-request", sentence, "Move closer to the Wi-Fi, or try again.");
        return Err(Box::new(failure(StatusCode::REQUEST_TIMEOUT, failed)));
    };
    // A length that was announced and is not kept, or a connection that broke off.
    let bytes = read.map_err(|_| unreadable(StatusCode::BAD_REQUEST))?;
    serde_json::from_slice(&bytes).map_err(|_| unreadable(StatusCode::BAD_REQUEST))
}

fn too_large() -> Box<Response> {
    let sentence = "This is more than one request may hold. Nothing of it was kept.";
    Box::new(failure(StatusCode::PAYLOAD_TOO_LARGE, Failure::new("bad-request", sentence, "Send less at once.")))
}

fn unreadable(status: StatusCode) -> Box<Response> {
    let sentence = "This request is not readable. Reload the page; what you typed is kept.";
    Box::new(failure(status, Failure::new("bad-request", sentence, "")))
}
