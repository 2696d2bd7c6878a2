//! The byte stream below a connection.

use super::super::BODY_LIMIT;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The maximum number of bytes that are read for one request, including heads and interim responses.
const READ_LIMIT: usize = 2 * BODY_LIMIT;

pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A stream with a limit on the bytes that are read for each request. A server could otherwise send interim responses
/// without end.
pub(super) struct Limited {
    stream: Box<dyn Stream>,
    left: ReadLimit,
}

/// The number of bytes that can still be read.
#[derive(Clone)]
pub(super) struct ReadLimit(Arc<AtomicUsize>);

impl ReadLimit {
    /// Restarts the count for the next request.
    pub(super) fn reset(&self) {
        self.0.store(READ_LIMIT, Ordering::Relaxed);
    }
}

impl Limited {
    pub(super) fn new(stream: Box<dyn Stream>) -> (Self, ReadLimit) {
        let left = ReadLimit(Arc::new(AtomicUsize::new(READ_LIMIT)));
        (Self { stream, left: left.clone() }, left)
    }
}

impl AsyncRead for Limited {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let read = buffer.filled().len() - before;
        let left = self.left.0.load(Ordering::Relaxed).checked_sub(read);
        let left = left.ok_or_else(|| io::Error::other("the response is larger than any of the service"))?;
        self.left.0.store(left, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Limited {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
