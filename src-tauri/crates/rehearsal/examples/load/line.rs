//! A line of HTTP that costs next to nothing, and listeners that only look at the revision.

use std::io;
use std::net::SocketAddr;
use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// An answer with its head as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// A connection that is kept from one request to the next.
pub(crate) struct Line {
    stream: TcpStream,
    server: SocketAddr,
    pub(crate) cookie: String,
}

impl Line {
    pub(crate) async fn open(server: SocketAddr, cookie: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, server, cookie: cookie.to_owned() })
    }

    pub(crate) async fn post(&mut self, path: &str, body: &str) -> io::Result<Answer> {
        let (server, cookie, length) = (self.server, &self.cookie, body.len());
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {server}\r\norigin: http://{server}\r\nx-debrief: 1\r\ncookie: {cookie}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.answer().await
    }

    pub(crate) async fn get_compressed(&mut self, path: &str) -> io::Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: gzip, br\r\n\r\n", self.server);
        self.stream.write_all(request.as_bytes()).await?;
        self.answer().await
    }

    /// Asks for a stream; what comes is left to the listener.
    async fn listen(mut self, path: &str) -> io::Result<TcpStream> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n", self.server, self.cookie);
        self.stream.write_all(request.as_bytes()).await?;
        Ok(self.stream)
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let mut bytes = Vec::with_capacity(8 * 1024);
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if self.stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let length: usize = length.unwrap_or_default();
        while bytes.len() < end + length {
            if self.stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Answer { status, head, body: bytes.split_off(end) })
    }
}

/// Listeners of one server, and what they see.
pub(crate) struct Listeners {
    seen: UnboundedReceiver<(u64, Instant)>,
    count: usize,
    _listening: JoinSet<()>,
}

impl Listeners {
    /// Opens one stream per cookie and waits until each has seen a state.
    pub(crate) async fn open(server: SocketAddr, path: &'static str, cookies: &[String]) -> io::Result<Self> {
        let (tell, seen) = unbounded_channel();
        let mut listening = JoinSet::new();
        for cookie in cookies {
            let stream = Line::open(server, cookie).await?.listen(path).await?;
            listening.spawn(listen(stream, tell.clone()));
        }
        let mut listeners = Self { seen, count: cookies.len(), _listening: listening };
        listeners.all_see(0).await.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(listeners)
    }

    /// Waits until every listener has seen a revision; returns when the last one did.
    pub(crate) async fn all_see(&mut self, revision: u64) -> Option<Instant> {
        let mut last = None;
        let mut left = self.count;
        while left > 0 {
            let (seen, at) = self.seen.recv().await?;
            if seen >= revision {
                left -= 1;
                last = last.max(Some(at));
            }
        }
        last
    }

    /// Forgets what was seen until now.
    pub(crate) fn forget(&mut self) {
        while self.seen.try_recv().is_ok() {}
    }
}

async fn listen(mut stream: TcpStream, tell: UnboundedSender<(u64, Instant)>) {
    let mut bytes = Vec::with_capacity(16 * 1024);
    while stream.read_buf(&mut bytes).await.is_ok_and(|read| read > 0) {
        while let Some(end) = bytes.windows(2).position(|pair| pair == b"\n\n") {
            if let Some(revision) = revision_in(&bytes[..end])
                && tell.send((revision, Instant::now())).is_err()
            {
                return;
            }
            bytes.drain(..end + 2);
        }
    }
}

/// Reads the first revision that a piece of JSON names.
pub(crate) fn revision_in(bytes: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"\"revision\":";
    let at = bytes.windows(NAME.len()).position(|word| word == NAME)? + NAME.len();
    let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}
