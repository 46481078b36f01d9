//! The accept loop: who gets a connection, and how long it may keep the room waiting.
//!
//! `axum::serve` arms no timer at all, so that half-open connections would stay for ever. What a connection may take
//! is told by `limits`, who goes when all places are taken by `places`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tower::ServiceExt as _;

use crate::limits::{HEADER, Limits};
use crate::line::Line;
use crate::places::{Call, Doing, Places};

/// How long a connection may take to hear the last state once the room closes.
const GOODBYE: Duration = Duration::from_millis(500);
/// How long the loop rests when the system has no descriptor left for a connection.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(20);

/// Accepts until the room closes; then every phone hears the last state, and its connection is dropped.
///
/// Ends when the port and all connections are closed.
pub(crate) async fn accept(listener: TcpListener, router: Router, limits: Limits, mut closed: watch::Receiver<bool>) {
    let limits = limits.affordable();
    let places = Places::new(limits.connections, limits.per_address);
    // Every connection holds an end of this; none is left when nothing can be received any more.
    let (open, mut all_gone) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            () = ended(&mut closed) => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let call = Call::new();
                let Some(place) = places.take(peer.ip(), call.clone()) else { continue };
                let (router, closed, open) = (router.clone(), closed.clone(), open.clone());
                tokio::spawn(async move {
                    serve(stream, peer, &call, router, limits, closed).await;
                    drop((place, open));
                });
            }
            Err(error) if concerns_one_connection(&error) => {}
            Err(_) => {
                places.spare_one();
                tokio::time::sleep(OUT_OF_DESCRIPTORS).await;
            }
        }
    }
    drop((listener, open));
    let _ = all_gone.recv().await;
}

/// Returns whether the connection was gone before it was accepted, which is no reason to wait.
fn concerns_one_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Serves one connection until it is done, takes too long, is needed for somebody else, or the room closes.
async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    call: &Arc<Call>,
    router: Router,
    limits: Limits,
    mut closed: watch::Receiver<bool>,
) {
    // News are small and must not wait for one another.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(|mut request: Request<Incoming>| {
        call.does(Doing::Waiting);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().oneshot(request);
        async move {
            let answer = answer.await;
            call.does(if answer.as_ref().is_ok_and(is_stream) { Doing::Following } else { Doing::Hearing });
            answer
        }
    });
    let line = Line::new(stream, call.clone(), limits.write);
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(HEADER)
        .serve_connection(TokioIo::new(line), service);
    tokio::pin!(serving);
    // What went wrong on one connection is that connection's own affair.
    tokio::select! {
        _ = serving.as_mut() => {}
        () = silent(call, limits.first_byte) => {}
        () = call.asked_to_leave() => {}
        () = ended(&mut closed) => {
            serving.as_mut().graceful_shutdown();
            let _ = tokio::time::timeout(GOODBYE, serving).await;
        }
    }
}

fn is_stream(answer: &Response) -> bool {
    answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// Waits until a connection has sent nothing for as long as it may; for ever when it has sent something by then.
async fn silent(call: &Call, first_byte: Duration) {
    tokio::time::sleep(first_byte).await;
    if call.doing() != Doing::Nothing {
        std::future::pending::<()>().await;
    }
}

/// Waits until the room closes, or is gone.
pub(crate) async fn ended(closed: &mut watch::Receiver<bool>) {
    let _ = closed.wait_for(|closed| *closed).await;
}
