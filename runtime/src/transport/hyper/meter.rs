//! How much a server may say.

use super::super::BODY_LIMIT;
use super::connection::Stream;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How many bytes of one answer are read, heads and interim answers included.
const READ_LIMIT: usize = 2 * BODY_LIMIT;

/// What is left of that on a connection.
#[derive(Clone)]
pub(super) struct Meter(Arc<AtomicUsize>);

impl Meter {
    /// Another call begins, so that as many are under way.
    pub(super) fn begin(&self, running: usize) {
        self.0.store(READ_LIMIT.saturating_mul(running), Ordering::Relaxed);
    }

    /// Whether as much may be read.
    fn take(&self, read: usize) -> bool {
        let taken = |left: usize| left.checked_sub(read);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }
}

/// A stream that ends a server's answer which has no end: interim answers over and over are no body, and have no other limit.
pub(super) struct Metered {
    stream: Box<dyn Stream>,
    meter: Meter,
}

impl Metered {
    /// For a first call.
    pub(super) fn new(stream: Box<dyn Stream>) -> (Self, Meter) {
        let meter = Meter(Arc::new(AtomicUsize::new(READ_LIMIT)));
        (Self { stream, meter: meter.clone() }, meter)
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let read = buffer.filled().len() - before;
        if !self.meter.take(read) {
            return Poll::Ready(Err(io::Error::other("the answer is larger than any of the service")));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Metered {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
