//! The bodies of answers.

use super::{BODY_LIMIT, TransportError, turn_of_others};
use crate::codec::Body;
use bytes::{Buf, Bytes, BytesMut};
use std::error::Error;
use std::future::poll_fn;
use std::pin::pin;

/// How many frames are read at a time.
const FRAMES: u32 = 64;

/// The whole body, if it is no larger than it may be.
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
            // One that never pauses must not use up the turn in which the limit is looked at.
            turn_of_others().await;
        }
        let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await else { break };
        // Trailers come last.
        let Ok(mut data) = frame.map_err(TransportError::sent)?.into_data() else { break };
        if data.remaining() > BODY_LIMIT {
            return Err(TransportError::too_large());
        }
        // Without a copy where it is `Bytes` already.
        let data = data.copy_to_bytes(data.remaining());
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
