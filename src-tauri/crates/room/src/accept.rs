//! The accept loop: a limit on connections, and on how long one may take to say what it wants.
//!
//! `axum::serve` arms no header timer, so that half-open connections would stay for ever.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

/// Connections at once.
const CONNECTIONS: usize = 2_048;
/// From the connection, or the answer before, to the whole header of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(8);

/// How long a connection may take to hear the last state once the room closes.
const GOODBYE: Duration = Duration::from_millis(800);

/// Accepts until the room closes; then every phone hears the last state, and its connection is dropped.
pub(crate) async fn accept(listener: TcpListener, router: Router, mut closed: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let (stream, peer) = tokio::select! {
            () = ended(&mut closed) => return,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // A connection that was gone before it was accepted, or no descriptor left: others go on.
                Err(_) => { tokio::task::yield_now().await; continue }
            },
        };
        let Ok(place) = places.clone().try_acquire_owned() else { continue };
        let mut closed = closed.clone();
        let router = router.clone();
        tokio::spawn(async move {
            let service = router.map_request(move |mut request: hyper::Request<Incoming>| {
                request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
                request
            });
            let serving = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIMEOUT)
                .max_buf_size(16 * 1024)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
            tokio::pin!(serving);
            // What went wrong on one connection is that connection's own affair.
            tokio::select! {
                _ = serving.as_mut() => {}
                () = ended(&mut closed) => {
                    serving.as_mut().graceful_shutdown();
                    let _ = tokio::time::timeout(GOODBYE, serving).await;
                }
            }
            drop(place);
        });
    }
}

/// Waits until the room closes, or is gone.
pub(crate) async fn ended(closed: &mut watch::Receiver<bool>) {
    let _ = closed.wait_for(|closed| *closed).await;
}
