//! Reads the body of a request: JSON or a form, small, and in time. That its length is known beforehand sees `guard`
//! to.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::de::DeserializeOwned;
use wire::Failure;

use crate::guard::{Refused, failure};
use crate::limits::BODY;

pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// Reads a JSON body that says it is one.
pub(crate) async fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
) -> Result<T, Box<Response>> {
    let answer = |(status, refused)| Box::new(failure(status, refused));
    let bytes = read_bytes(headers, body, within, JSON).await.map_err(answer)?;
    serde_json::from_slice(&bytes).map_err(|_| answer(unreadable(StatusCode::BAD_REQUEST)))
}

/// Reads a body that says it is of `kind`.
pub(crate) async fn read_bytes(
    headers: &HeaderMap,
    body: Body,
    within: Duration,
    kind: &str,
) -> Result<Bytes, Refused> {
    let said = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if said.split(';').next().map(str::trim) != Some(kind) {
        return Err(unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > BODY) {
        let sentence = "This is more than one request may hold. Nothing of it was kept.";
        return Err((StatusCode::PAYLOAD_TOO_LARGE, Failure::new("bad-request", sentence, "Send less at once.")));
    }
    let Ok(read) = tokio::time::timeout(within, to_bytes(body, BODY)).await else {
        let sentence = "The rest of this request did not arrive in time. Nothing of it was kept.";
        let failed = Failure::new("bad-request", sentence, "Move closer to the Wi-Fi, or try again.");
        return Err((StatusCode::REQUEST_TIMEOUT, failed));
    };
    // A length that was announced and is not kept, or a connection that broke off.
    read.map_err(|_| unreadable(StatusCode::BAD_REQUEST))
}

fn unreadable(status: StatusCode) -> Refused {
    let sentence = "This request is not readable. Reload the page; what you typed is kept.";
    (status, Failure::new("bad-request", sentence, ""))
}
