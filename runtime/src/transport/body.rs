//! Conversion of bodies for HTTP clients that stream them.

use super::{BODY_LIMIT, TransportError, turn_of_others};
use crate::codec::Body;
use bytes::{Buf, Bytes, BytesMut};
use std::error::Error;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// The number of frames after which the reader yields to other tasks.
const FRAMES: u32 = 64;

/// Reads the whole body, up to [`BODY_LIMIT`].
pub(super) async fn read<B>(body: B) -> Result<Body, TransportError>
where
    B: http_body::Body<Error: Into<Box<dyn Error + Send + Sync>>>,
{
    let limit = BODY_LIMIT as u64;
    if body.size_hint().lower() > limit {
        return Err(TransportError::too_large());
    }
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut frames: u32 = 0;
    loop {
        frames = frames.wrapping_add(1);
        if frames.is_multiple_of(FRAMES) {
            // Otherwise a body that is always ready would keep the task from polling its timeout.
            turn_of_others().await;
        }
        let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await else { break };
        // Trailers are the last frame.
        let Ok(mut data) = frame.map_err(TransportError::sent)?.into_data() else { break };
        if data.remaining() > BODY_LIMIT {
            return Err(TransportError::too_large());
        }
        // This does not copy data that is already `Bytes`.
        let data = data.copy_to_bytes(data.remaining());
        if first.len() + rest.len() + data.len() > BODY_LIMIT {
            return Err(TransportError::too_large());
        }
        if first.is_empty() {
            // Most bodies are one frame, which is not copied.
            first = data;
        } else {
            rest.extend_from_slice(&data);
        }
    }
    if rest.is_empty() {
        return Ok(first.into());
    }
    let mut whole = BytesMut::with_capacity(first.len() + rest.len());
    whole.extend_from_slice(&first);
    whole.extend_from_slice(&rest);
    Ok(whole.freeze().into())
}

/// A body of one frame.
impl http_body::Body for Body {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let data = std::mem::take(&mut *self).into_bytes();
        Poll::Ready((!data.is_empty()).then(|| Ok(http_body::Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.as_bytes().is_empty()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.as_bytes().len() as u64)
    }
}
