//! The byte stream below a connection.

use super::super::READ_LIMIT;
use socket2::SockRef;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A TCP stream that its connection can probe while hyper or TLS owns a clone of it. All clones share a descriptor.
#[derive(Clone)]
pub(super) struct Socket(Arc<Inner>);

struct Inner {
    /// One task at a time uses the connection, so the lock is free.
    stream: Mutex<TcpStream>,
    /// The number of bytes that can still be read.
    left: AtomicUsize,
}

impl Socket {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self(Arc::new(Inner { stream: Mutex::new(stream), left: AtomicUsize::new(READ_LIMIT) }))
    }

    /// Restarts the count of the bytes that are read, for the next request.
    pub(super) fn reset_limit(&self) {
        self.0.left.store(READ_LIMIT, Ordering::Relaxed);
    }

    /// Returns whether the connection is open and has no bytes to read. The operating system may know of a close that
    /// the runtime has not reported yet.
    pub(super) fn is_quiet(&self) -> bool {
        let peeked = SockRef::from(&*self.stream()).peek(&mut [MaybeUninit::uninit()]);
        matches!(peeked, Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }

    fn stream(&self) -> MutexGuard<'_, TcpStream> {
        self.0.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut *self.stream()).poll_read(context, buffer))?;
        let read = buffer.filled().len() - before;
        let left = self.0.left.load(Ordering::Relaxed).checked_sub(read);
        let left = left.ok_or_else(|| io::Error::other("the response is larger than any of the service"))?;
        self.0.left.store(left, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.stream()).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_shutdown(context)
    }
}
