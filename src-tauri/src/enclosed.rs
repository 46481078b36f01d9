//! Windows that nothing leads out of: no other page, no further window, no download. Links open in the system's browser.

use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{Manager, Runtime, Url};

/// Keeps a window on the pages of the application.
pub(crate) fn enclosed<'a, R: Runtime, M: Manager<R>>(
    window: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    window.on_navigation(is_own).on_new_window(|_, _| NewWindowResponse::Deny).on_download(|_, _| false)
}

/// The pages that were built in; what they are called differs from system to system.
fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_window_goes_to_no_page_but_its_own() {
        for own in ["tauri://localhost/console/index.html", "http://tauri.localhost/stage/index.html"] {
            assert!(is_own(&own.parse().unwrap()), "{own}");
        }
        for foreign in [
            "https://example.org/",
            "http://tauri.localhost.example.org/",
            "http://localhost/",
            "tauri://example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "about:blank",
        ] {
            assert!(!is_own(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
