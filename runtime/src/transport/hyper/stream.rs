//! The byte stream below a connection.

use super::super::READ_LIMIT;
use socket2::SockRef;
#[cfg(feature = "proxy")]
use std::future::poll_fn;
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

/// Writes all bytes.
#[cfg(feature = "proxy")]
pub(super) async fn write(stream: &mut Box<dyn Stream>, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = poll_fn(|context| Pin::new(&mut *stream).poll_write(context, bytes)).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
    }
    poll_fn(|context| Pin::new(&mut *stream).poll_flush(context)).await
}

/// Reads some bytes. They are empty at the end of the stream.
#[cfg(feature = "proxy")]
pub(super) async fn read<'b>(stream: &mut Box<dyn Stream>, buffer: &'b mut [u8]) -> io::Result<&'b [u8]> {
    let mut read = ReadBuf::new(buffer);
    poll_fn(|context| Pin::new(&mut *stream).poll_read(context, &mut read)).await?;
    let length = read.filled().len();
    Ok(&buffer[..length])
}

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
