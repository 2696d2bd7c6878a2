//! The feature `tracing`: a span for each call and an event for each attempt. Without the feature, the functions are
//! empty.
//!
//! Names follow the
//! [conventions of OpenTelemetry](https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/). Spans and
//! events contain no value of a request and no message of the service.

use crate::error::Error;
use crate::response::Accepted;
use std::time::Duration;

/// A future in the span of a call.
#[cfg(feature = "tracing")]
pub(super) type Within<F> = tracing::instrument::Instrumented<F>;

#[cfg(not(feature = "tracing"))]
pub(super) type Within<F> = F;

/// Runs the future of a call in its span.
#[cfg(feature = "tracing")]
pub(super) fn within<F: Future>(operation: &'static str, call: F) -> Within<F> {
    tracing::Instrument::instrument(call, span(operation))
}

#[cfg(not(feature = "tracing"))]
pub(super) fn within<F: Future>(_: &'static str, call: F) -> Within<F> {
    call
}

/// Runs a blocking call in its span.
#[cfg(feature = "tracing")]
pub(super) fn within_blocking<R>(operation: &'static str, call: impl FnOnce() -> R) -> R {
    span(operation).in_scope(call)
}

#[cfg(not(feature = "tracing"))]
pub(super) fn within_blocking<R>(_: &'static str, call: impl FnOnce() -> R) -> R {
    call()
}

#[cfg(feature = "tracing")]
fn span(operation: &'static str) -> tracing::Span {
    tracing::info_span!(
        target: "cognito_op",
        "call",
        rpc.system = "aws-api",
        rpc.service = "CognitoIdentityProvider",
        rpc.method = operation
    )
}

/// The span of a call whose response has not been read yet.
#[cfg(feature = "tracing")]
pub(super) struct Span(tracing::Span);

#[cfg(not(feature = "tracing"))]
pub(super) struct Span;

#[cfg(feature = "tracing")]
impl Span {
    pub(super) fn current() -> Self {
        Self(tracing::Span::current())
    }

    /// Reports the last attempt, after its response was read or could not be read.
    pub(super) fn finished(&self, accepted: &Accepted, error: Option<&Error>) {
        self.0.in_scope(|| match error {
            Some(error) => failed(error.attempts(), error, None),
            None => succeeded(accepted),
        });
    }
}

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(super) const fn current() -> Self {
        Self
    }

    #[allow(clippy::unused_self, reason = "the implementation with the feature uses it")]
    pub(super) const fn finished(&self, _: &Accepted, _: Option<&Error>) {}
}

#[cfg(feature = "tracing")]
fn succeeded(accepted: &Accepted) {
    if !tracing::enabled!(target: "cognito_op", tracing::Level::DEBUG) {
        return;
    }
    let meta = accepted.meta();
    tracing::debug!(
        target: "cognito_op",
        attempt = meta.attempts,
        http.response.status_code = meta.status.as_u16(),
        aws.request_id = meta.request_id.as_deref(),
        "succeeded"
    );
}

/// Reports a failed attempt, and the delay before the next one.
#[cfg(feature = "tracing")]
pub(super) fn failed(attempt: u32, error: &Error, delay: Option<Duration>) {
    // The code is an identifier and does not quote the request.
    let kind = format!("{:?}", error.kind());
    tracing::info!(
        target: "cognito_op",
        attempt,
        http.response.status_code = error.status().map(|status| status.as_u16()),
        aws.request_id = error.request_id(),
        error.type = error.code().unwrap_or(&kind),
        may_have_executed = error.may_have_executed(),
        retry_in_ms = delay.map(|delay| u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)),
        "failed"
    );
}

#[cfg(not(feature = "tracing"))]
pub(super) fn failed(_: u32, _: &Error, _: Option<Duration>) {}
