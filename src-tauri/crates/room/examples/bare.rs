//! An event stream as axum gives it and nothing else: what the room's figures are held against.
//!
//! It prints its address. `POST /tick` with a body shows that body to every listener of `GET /stream`; a listener sees
//! the newest body at once.

#![allow(clippy::print_stdout, reason = "whoever measures reads the address")]

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use futures_util::{Stream, stream};
use tokio::net::TcpListener;
use tokio::sync::watch;

type Newest = watch::Sender<Arc<str>>;

async fn follow(State(newest): State<Newest>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut listening = newest.subscribe();
    listening.mark_changed();
    Sse::new(stream::unfold(listening, |mut listening| async {
        listening.changed().await.ok()?;
        let body = listening.borrow_and_update().clone();
        Some((Ok(Event::default().event("state").data(&*body)), listening))
    }))
    .keep_alive(KeepAlive::default())
}

async fn tick(State(newest): State<Newest>, body: String) {
    newest.send_replace(body.into());
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let router = Router::new().route("/stream", get(follow)).route("/tick", post(tick));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{}", listener.local_addr()?);
    Ok(axum::serve(listener, router.with_state(Newest::new("{\"revision\":0}".into()))).await?)
}
