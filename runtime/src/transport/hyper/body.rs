//! Bodies of requests and answers as hyper moves them.

use super::super::{BODY_LIMIT, TransportError};
use crate::body::Body;
use bytes::{Bytes, BytesMut};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// The whole body, if it is no larger than it may be.
pub(super) async fn read(body: Incoming) -> Result<Body, TransportError> {
    let limit = BODY_LIMIT as u64;
    if body.size_hint().lower() > limit {
        return Err(TransportError::too_large());
    }
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(data) = frame.map_err(TransportError::sent)?.into_data() else { continue };
        if first.len() + rest.len() + data.len() > BODY_LIMIT {
            return Err(TransportError::too_large());
        }
        if first.is_empty() {
            // Most answers come in one piece, which is kept as it is.
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

/// A body in one piece.
pub(super) struct Outgoing(Option<Bytes>);

impl From<Body> for Outgoing {
    fn from(body: Body) -> Self {
        Self(Some(body.into_bytes()))
    }
}

impl hyper::body::Body for Outgoing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |data| data.len() as u64))
    }
}
