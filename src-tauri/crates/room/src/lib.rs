//! The participants' server: a page on the local network, joined by QR code or typed code.
//!
//! Every answer carries the full set of protective headers, every request must name a host we showed and every change
//! must come from our own page. What a phone may see is decided in `wire`; what it asks is decided by `live`. There
//! is no route to administer anything. The port is open only while a [`Room`] lives. What is done against whom, and
//! which test proves it, stands in `THREATS.md`.

mod accept;
mod asset;
mod body;
mod calendar;
mod door;
mod guard;
mod guesses;
pub mod hints;
mod join;
mod limits;
mod line;
mod network;
mod places;
mod plain;
mod qr;
mod returns;
mod routes;
mod shared;
mod stream;
mod streams;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use live::{Live, LiveError, RoomKeys};
use meeting::{ActionId, Meeting, ParticipantId};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use wire::JoinView;

pub use limits::Limits;
pub use network::{Network, Reach, networks};
pub use returns::Waiting;

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
    /// Makes the file that an owner's calendar takes the due date of an action item from.
    pub calendar: DueDate,
}

/// Writes the due date of an action item as an iCalendar file; none when it has no date.
pub type DueDate = fn(&Meeting, ActionId) -> Option<String>;

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
    state: Arc<routes::RoomState>,
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
        Self::open_within(live, address, page, Limits::default()).await
    }

    /// Opens the room with limits of its own.
    ///
    /// # Errors
    /// What [`Room::open`] says.
    pub async fn open_within(live: Live, address: IpAddr, page: Page, limits: Limits) -> Result<Self, RoomError> {
        let before = live.room().await?;
        let listener = listen(address, before.as_ref().map_or(0, |keys| keys.port))?;
        let address = listener.local_addr().map_err(|error| RoomError::NoPort { address, error })?;
        let (code, key) = match before {
            Some(keys) => (keys.code, keys.key),
            None => door::fresh_keys().map_err(no_randomness)?,
        };
        let keys = RoomKeys { port: address.port(), code, key };
        live.keep_room(keys.clone()).await?;

        let (closing, closed) = watch::channel(false);
        let (count, connected) = watch::channel(0);
        let state = Arc::new(routes::RoomState {
            hosts: guard::hosts(address),
            door: door::Door::new(&keys, Instant::now()).map_err(no_randomness)?,
            live,
            calendar: page.calendar,
            page: routes::PageFiles::new(page),
            plain: plain::PlainFiles::new(),
            streams: streams::Streams::new(count),
            closed: closed.clone(),
            returns: returns::Returns::default(),
            shared: shared::SharedView::default(),
            body_within: limits.body,
        });
        let accepting = tokio::spawn(accept::accept(listener, routes::router(state.clone()), limits, closed));
        Ok(Self { address, keys, state, connected, closing, accepting })
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

    /// Returns the long code, which lets people in even while the short one was guessed at too often.
    #[must_use]
    pub fn long_code(&self) -> &str {
        self.state.door.long_code()
    }

    /// Returns whether the short code lets people in at present. It does not while somebody guesses at it.
    #[must_use]
    pub fn takes_short_codes(&self) -> bool {
        self.state.door.takes_short_codes(Instant::now())
    }

    /// Returns the phones that say they were here before and wait to be let back, and every change of them.
    #[must_use]
    pub fn waiting(&self) -> watch::Receiver<Vec<Waiting>> {
        self.state.returns.waiting()
    }

    /// Lets a waiting phone back as somebody who is in the room; the phone that was that person before is not any more.
    ///
    /// # Errors
    /// When nobody waits with that return code, or there is no such participant.
    pub async fn let_back(&self, code: &str, participant: ParticipantId) -> Result<(), LiveError> {
        self.state.returns.let_back(&self.state.live, code, participant).await
    }

    /// Turns a waiting phone away. It may still join as somebody new.
    pub fn turn_away(&self, code: &str) {
        self.state.returns.turn_away(code);
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

    /// Closes the port at once, and every connection within a second; returns when they are.
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
fn listen(address: IpAddr, port: u16) -> Result<TcpListener, RoomError> {
    let listener = match bind(SocketAddr::new(address, port)) {
        Err(_) if port != 0 => bind(SocketAddr::new(address, 0)),
        listener => listener,
    };
    listener.map_err(|error| RoomError::NoPort { address, error })
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Or the port could not be taken again while connections of the room before linger. Elsewhere it means that
    // another program may take the port as well.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    // Connections inherit both.
    socket.set_send_buffer_size(limits::SOCKET)?;
    socket.set_recv_buffer_size(limits::SOCKET)?;
    socket.bind(address)?;
    socket.listen(1_024)
}

fn no_randomness(error: getrandom::Error) -> RoomError {
    RoomError::NoRandomness(error.to_string())
}
