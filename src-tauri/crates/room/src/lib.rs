//! The participants' server: a page on the local network, joined by QR code or typed code.
//!
//! Every answer carries the full set of protective headers, every request must name a host we showed and every change
//! must come from our own page. What a phone may see is decided in `wire`; what it asks is decided by `live`. There
//! is no route to administer anything. The port is open only while a [`Room`] lives.

mod accept;
mod asset;
mod door;
mod guard;
pub mod hints;
mod network;
mod qr;
mod routes;
mod stream;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use live::{Live, LiveError, RoomKeys};
use tokio::net::TcpListener;
use tokio::sync::watch;
use wire::JoinView;

pub use network::{Network, Reach, networks};

/// The phone page, as it was built.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The document.
    pub html: &'static [u8],
    /// Its script.
    pub script: &'static [u8],
    /// A second script that the first one asks for when what people remember is asked for.
    pub recollect: &'static [u8],
    /// Its style sheet.
    pub style: &'static [u8],
}

/// Why a room could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// No port could be had on that address.
    #[error("No port could be opened on {address}: {error}. Choose another network, or go on without phones.")]
    NoPort {
        /// Where.
        address: IpAddr,
        /// What the system said.
        error: std::io::Error,
    },
    /// The meeting's keys could not be read or kept.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// There was no randomness for the keys.
    #[error("The system gave no random numbers for the room's code: {0}.")]
    NoRandomness(String),
}

/// An open room. Closing it, or dropping it, closes the port and every connection.
#[derive(Debug)]
pub struct Room {
    address: SocketAddr,
    keys: RoomKeys,
    connected: watch::Receiver<u32>,
    closing: watch::Sender<bool>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Room {
    /// Opens the room of the meeting that is open: on the port and with the keys it had before, where it had any.
    ///
    /// # Errors
    /// When no port can be opened there, or nothing is open.
    pub async fn open(live: Live, address: IpAddr, page: Page) -> Result<Self, RoomError> {
        let before = live.room().await?;
        let listener = listen(address, before.as_ref().map_or(0, |keys| keys.port)).await?;
        let address = listener.local_addr().map_err(|error| RoomError::NoPort { address, error })?;
        let (code, key) = match before {
            Some(keys) => (keys.code, keys.key),
            None => door::fresh_keys().map_err(|error| RoomError::NoRandomness(error.to_string()))?,
        };
        let keys = RoomKeys { port: address.port(), code, key };
        live.keep_room(keys.clone()).await?;

        let (closing, closed) = watch::channel(false);
        let (count, connected) = watch::channel(0);
        let state = Arc::new(routes::RoomState {
            hosts: guard::hosts(address),
            door: door::Door::new(&keys),
            live,
            page: routes::PageFiles::new(page),
            connected: count,
            closed: closed.clone(),
        });
        let accepting = tokio::spawn(accept::accept(listener, routes::router(state), closed));
        Ok(Self { address, keys, connected, closing, accepting })
    }

    /// Returns how to get in.
    #[must_use]
    pub fn join(&self) -> JoinView {
        let (first, second) = self.keys.code.split_at(self.keys.code.len() / 2);
        JoinView {
            code: format!("{first} {second}"),
            address: self.address.to_string(),
            qr: qr::modules(&self.address.to_string(), &self.keys.key),
        }
    }

    /// Returns the address a browser opens, with the key that lets it in.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/#{}", self.address, self.keys.key)
    }

    /// Returns the typed code without its gap.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.keys.code
    }

    /// Returns where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns how many phones are connected, and every change of it.
    #[must_use]
    pub fn connected(&self) -> watch::Receiver<u32> {
        self.connected.clone()
    }

    /// Closes the port and every connection.
    pub async fn close(mut self) {
        self.closing.send_replace(true);
        // The accepting task ends by itself; when it has panicked the port is closed as well.
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.closing.send_replace(true);
        self.accepting.abort();
    }
}

/// Listens on a port, or on any when that one is taken.
async fn listen(address: IpAddr, port: u16) -> Result<TcpListener, RoomError> {
    match TcpListener::bind((address, port)).await {
        Ok(listener) => Ok(listener),
        Err(_) if port != 0 => {
            TcpListener::bind((address, 0)).await.map_err(|error| RoomError::NoPort { address, error })
        }
        Err(error) => Err(RoomError::NoPort { address, error }),
    }
}
