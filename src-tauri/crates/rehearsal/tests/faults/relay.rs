//! Stands between phones and the room and spoils what passes: whole requests, answers, streams, and all at once.
//!
//! It reads just enough HTTP to tell one request from the next, asks the room to close after each, and lets a phone
//! reach the room over a new connection for every request, so that a fault meets one request and no other.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

use super::chance::Chance;

/// The longest that a request is held back, in milliseconds.
const LONGEST_HOLD: usize = 150;

/// What may happen to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The connection is cut before the room sees anything.
    CutBefore,
    /// The room sees half of it.
    CutWithin,
    /// It is granted or refused, and the answer is lost.
    CutAfter,
    /// It takes its time.
    Delayed,
    /// It arrives twice at about the same time.
    Doubled,
    /// It arrives once more after it was answered.
    Repeated,
    /// The connection is cut, and it arrives later, behind what was sent after it.
    Overtaken,
    /// It trickles, and so does its answer.
    Trickled,
    /// The stream ends after some bytes.
    StreamCut,
    /// Every connection ends at the same moment.
    AllDropped,
}

/// Those of requests.
const OF_REQUESTS: [Fault; 8] = [
    Fault::CutBefore,
    Fault::CutAfter,
    Fault::Trickled,
    Fault::CutWithin,
    Fault::Delayed,
    Fault::Doubled,
    Fault::Repeated,
    Fault::Overtaken,
];

/// Those that let a request arrive behind the back of its phone.
const BEHIND: [Fault; 3] = [Fault::Doubled, Fault::Repeated, Fault::Overtaken];

/// How many faults of each kind there were.
pub(crate) type Injected = BTreeMap<Fault, usize>;

#[derive(Debug)]
struct Shared {
    room: SocketAddr,
    drawing: Mutex<Chance>,
    /// Requests of a hundred that meet a fault.
    share: usize,
    injected: Mutex<Injected>,
    /// What waits to be delivered behind the back of its phone.
    under_way: watch::Sender<usize>,
    drops: watch::Sender<u32>,
    /// What a phone asks now is kept until all that is kept is let go.
    keeping: watch::Sender<bool>,
    let_go: watch::Sender<u32>,
}

/// A relay between phones and one room.
#[derive(Debug)]
pub(crate) struct Relay {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    accepting: tokio::task::AbortHandle,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Relay {
    /// Listens on the loopback; of a hundred requests `share` meet a fault.
    pub(crate) async fn open(room: SocketAddr, chance: Chance, share: usize) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        // What waits to be accepted must not be lost here, where nobody counts it.
        let listener = socket.listen(4_096).unwrap();
        let shared = Arc::new(Shared {
            room,
            drawing: Mutex::new(chance),
            share,
            injected: Mutex::default(),
            under_way: watch::Sender::new(0),
            drops: watch::Sender::new(0),
            keeping: watch::Sender::new(false),
            let_go: watch::Sender::new(0),
        });
        let address = listener.local_addr().unwrap();
        let accepting = tokio::spawn(accept(listener, shared.clone())).abort_handle();
        Self { address, shared, accepting }
    }

    /// Cuts every connection that there is.
    pub(crate) fn drop_all(&self) {
        self.shared.count(Fault::AllDropped);
        self.shared.drops.send_modify(|times| *times += 1);
    }

    /// Keeps every request from now on, or lets the next ones pass; what is kept stays.
    pub(crate) fn keep(&self, on: bool) {
        self.shared.keeping.send_replace(on);
    }

    /// Waits until so many requests are kept.
    pub(crate) async fn kept(&self, count: usize) {
        self.shared.under_way.subscribe().wait_for(|under_way| *under_way == count).await.unwrap();
    }

    /// Delivers what was kept.
    pub(crate) fn let_go(&self) {
        self.shared.let_go.send_modify(|times| *times += 1);
    }

    /// Waits until nothing is under way behind the back of its phone.
    pub(crate) async fn settled(&self) {
        self.shared.under_way.subscribe().wait_for(|under_way| *under_way == 0).await.unwrap();
    }

    pub(crate) fn injected(&self) -> Injected {
        self.shared.injected.lock().unwrap().clone()
    }
}

impl Shared {
    fn count(&self, fault: Fault) {
        *self.injected.lock().unwrap().entry(fault).or_default() += 1;
    }

    /// Draws what happens to a request, and how long something may take.
    fn draw(self: &Arc<Self>) -> (Option<(Fault, UnderWay)>, Duration) {
        let mut drawing = self.drawing.lock().unwrap();
        let chance = &mut *drawing;
        let fault = chance.in_a_hundred(self.share).then(|| OF_REQUESTS[chance.below(OF_REQUESTS.len())]);
        // Counted before the lock goes, or `settled` could miss it.
        let fault = fault.map(|fault| (fault, UnderWay::of(self, BEHIND.contains(&fault))));
        (fault, Duration::from_millis(u64::try_from(chance.below(LONGEST_HOLD)).unwrap()))
    }

    /// Draws after how many bytes a stream is cut.
    fn draw_stream(&self) -> Option<usize> {
        let mut drawing = self.drawing.lock().unwrap();
        drawing.in_a_hundred(self.share).then(|| drawing.below(30_000))
    }

    /// Delivers a request that no phone waits for.
    fn deliver_later(self: &Arc<Self>, request: Vec<u8>, after: Duration, under_way: UnderWay) {
        let shared = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            // A room that is closed meanwhile is one more way not to arrive.
            let _ = shared.exchange(&request).await;
            drop(under_way);
        });
    }

    fn deliver_when_let_go(self: &Arc<Self>, request: Vec<u8>) {
        let (mut let_go, under_way) = (self.let_go.subscribe(), UnderWay::of(self, true));
        let shared = self.clone();
        tokio::spawn(async move {
            if let_go.changed().await.is_ok() {
                let _ = shared.exchange(&request).await;
            }
            drop(under_way);
        });
    }

    /// Sends a request to the room and returns the whole answer.
    async fn exchange(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut room = TcpStream::connect(self.room).await?;
        room.set_nodelay(true)?;
        room.write_all(request).await?;
        let mut answer = Vec::new();
        room.read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

/// Counts a request that arrives behind the back of its phone, for as long as it lives.
struct UnderWay(Option<Arc<Shared>>);

impl UnderWay {
    fn of(shared: &Arc<Shared>, counts: bool) -> Self {
        let counted = counts.then(|| shared.clone());
        counted.iter().for_each(|shared| shared.under_way.send_modify(|under_way| *under_way += 1));
        Self(counted)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.iter().for_each(|shared| shared.under_way.send_modify(|under_way| *under_way -= 1));
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((phone, _)) = listener.accept().await {
        let shared = shared.clone();
        let mut drops = shared.drops.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                // A connection that broke is what this is for.
                _ = serve(phone, &shared) => {}
                _ = drops.changed() => {}
            }
        });
    }
}

async fn serve(mut phone: TcpStream, shared: &Arc<Shared>) -> io::Result<()> {
    phone.set_nodelay(true)?;
    let request = read_request(&mut phone).await?;
    if *shared.keeping.borrow() {
        shared.deliver_when_let_go(request);
        return Ok(());
    }
    if request.starts_with(b"GET /api/stream") {
        return stream(phone, shared, &request).await;
    }
    let (fault, pause) = shared.draw();
    let Some((fault, under_way)) = fault else { return phone.write_all(&shared.exchange(&request).await?).await };
    shared.count(fault);
    match fault {
        Fault::CutBefore => Ok(()),
        Fault::CutWithin => {
            let mut room = TcpStream::connect(shared.room).await?;
            room.write_all(&request[..request.len() / 2]).await
        }
        Fault::CutAfter => shared.exchange(&request).await.map(drop),
        Fault::Overtaken => {
            shared.deliver_later(request, pause, under_way);
            Ok(())
        }
        Fault::Delayed => {
            tokio::time::sleep(pause).await;
            phone.write_all(&shared.exchange(&request).await?).await
        }
        Fault::Doubled => {
            let (one, other) = tokio::join!(shared.exchange(&request), shared.exchange(&request));
            phone.write_all(&one.or(other)?).await
        }
        Fault::Repeated => {
            let answer = shared.exchange(&request).await?;
            shared.deliver_later(request, pause, under_way);
            phone.write_all(&answer).await
        }
        Fault::Trickled | Fault::StreamCut | Fault::AllDropped => {
            let mut room = TcpStream::connect(shared.room).await?;
            trickle(&request, &mut room).await?;
            let mut answer = Vec::new();
            room.read_to_end(&mut answer).await?;
            trickle(&answer, &mut phone).await
        }
    }
}

/// Passes a stream on, perhaps only so far.
async fn stream(mut phone: TcpStream, shared: &Shared, request: &[u8]) -> io::Result<()> {
    let mut room = TcpStream::connect(shared.room).await?;
    room.write_all(request).await?;
    let (mut from_phone, mut to_phone) = phone.split();
    let (mut from_room, _to_room) = room.split();
    // The phone sends nothing more; when it goes, the room must hear of it.
    let mut ignored = tokio::io::sink();
    let gone = copy(&mut from_phone, &mut ignored);
    let most = shared.draw_stream();
    let mut limited = (&mut from_room).take(most.map_or(u64::MAX, |most| u64::try_from(most).unwrap()));
    tokio::select! {
        ended = copy(&mut limited, &mut to_phone) => {
            if most.is_some() && limited.limit() == 0 {
                shared.count(Fault::StreamCut);
            }
            ended.map(drop)
        }
        gone = gone => gone.map(drop),
    }
}

/// Sends a few bytes at a time.
async fn trickle(bytes: &[u8], to: &mut TcpStream) -> io::Result<()> {
    for piece in bytes.chunks(bytes.len().div_ceil(8).max(1)) {
        to.write_all(piece).await?;
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

/// Reads one request, and asks for the connection to be closed after it.
async fn read_request(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0_usize);
            if bytes.len() >= end + 4 + length {
                let line = bytes.windows(2).position(|two| two == b"\r\n").unwrap_or(0) + 2;
                bytes.splice(line..line, b"connection: close\r\n".iter().copied());
                return Ok(bytes);
            }
        }
        if from.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}
