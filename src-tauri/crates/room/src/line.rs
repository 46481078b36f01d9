//! The socket of one connection, with what the web server does not do for it.
//!
//! It notes what the connection does, gives up on a client that does not take what it is sent, and gives the answers
//! of the web server itself, which come before any code of ours sees the request, the headers that all answers have.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::guard;
use crate::places::{Call, Doing};

/// A socket that is watched.
#[derive(Debug)]
pub(crate) struct Line {
    stream: TcpStream,
    call: Arc<Call>,
    patience: Duration,
    /// Runs from the first byte that was not taken until all were.
    stalled: Option<Pin<Box<Sleep>>>,
    /// An answer sent in the place of the web server's own, and how much of it has gone.
    instead: Option<(Vec<u8>, usize)>,
}

impl Line {
    pub(crate) const fn new(stream: TcpStream, call: Arc<Call>, patience: Duration) -> Self {
        Self { stream, call, patience, stalled: None, instead: None }
    }

    /// Returns the status of an answer that the web server gives of its own accord.
    ///
    /// Whatever is written while no answer of ours is under way comes from it: a refusal of what is no request, or
    /// the word to go on with a body.
    fn own_refusal(&self, written: &[u8]) -> Option<u16> {
        if matches!(self.call.doing(), Doing::Hearing | Doing::Following) {
            return None;
        }
        let status = written.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
        std::str::from_utf8(status).ok()?.parse().ok().filter(|status| (400..500).contains(status))
    }

    fn send(&mut self, cx: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let first = bytes.iter().find(|slice| !slice.is_empty()).map_or(&[][..], |slice| slice);
        if self.instead.is_none()
            && let Some(status) = self.own_refusal(first)
        {
            self.instead = Some((guard::bare_refusal(status), 0));
        }
        while let Some((answer, gone)) = &mut self.instead {
            let Some(left) = answer.get(*gone..).filter(|left| !left.is_empty()) else {
                self.instead = None;
                return Poll::Ready(Ok(bytes.iter().map(|slice| slice.len()).sum()));
            };
            let sent = Pin::new(&mut self.stream).poll_write(cx, left);
            *gone += match sent {
                Poll::Ready(sent) => sent?,
                Poll::Pending => return self.stall(cx),
            };
        }
        match Pin::new(&mut self.stream).poll_write_vectored(cx, bytes) {
            Poll::Ready(sent) => Poll::Ready(sent),
            Poll::Pending => self.stall(cx),
        }
    }

    /// Waits for the client to take more, but not for ever.
    fn stall<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.patience)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        let before = buf.filled().len();
        ready!(Pin::new(&mut line.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            line.call.heard();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.get_mut().send(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.get_mut().send(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Is only asked for when nothing waits to be written any more.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        line.stalled = None;
        line.call.sent();
        Pin::new(&mut line.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
