//! The files of the phone page, compressed once when the room opens: the first load is what a slow Wi-Fi feels.

use std::io::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A file of the page.
#[derive(Debug)]
pub(crate) struct Asset {
    kind: &'static str,
    plain: &'static [u8],
    compressed: Vec<u8>,
}

impl Asset {
    pub(crate) fn new(kind: &'static str, plain: &'static [u8]) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Writing into memory cannot fail; should it ever, the plain file is sent.
        let compressed = encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default();
        Self { kind, plain, compressed }
    }

    /// Answers with the file, compressed for whoever can read that.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Response {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let reads_gzip = accepted.split(',').any(|coding| coding.split(';').next().map(str::trim) == Some("gzip"));
        let mut response = if reads_gzip && !self.compressed.is_empty() {
            ([(header::CONTENT_ENCODING, "gzip")], self.compressed.clone()).into_response()
        } else {
            self.plain.into_response()
        };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }
}
