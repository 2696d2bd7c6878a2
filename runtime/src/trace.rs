//! What the feature `tracing` tells: a span for each call, an event for each attempt. Without it, nothing is done here.
//!
//! Names are those of OpenTelemetry's [conventions](https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/)
//! where they have one. No value of a request and no message of the service is ever part of it.

use crate::error::Error;
use crate::exchange::Accepted;
use std::time::Duration;

/// The future of a call, within its span.
#[cfg(feature = "tracing")]
pub(crate) fn within<F: Future>(operation: &'static str, call: F) -> impl Future<Output = F::Output> + use<F> {
    tracing::Instrument::instrument(call, span(operation))
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn within<F: Future>(_: &'static str, call: F) -> F {
    call
}

/// A call that blocks, within its span.
#[cfg(feature = "tracing")]
pub(crate) fn within_blocking<R>(operation: &'static str, call: impl FnOnce() -> R) -> R {
    span(operation).in_scope(call)
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn within_blocking<R>(_: &'static str, call: impl FnOnce() -> R) -> R {
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

/// The span of a call that has its answer, which is not read yet.
#[cfg(feature = "tracing")]
pub(crate) struct Call(Option<tracing::Span>);

#[cfg(not(feature = "tracing"))]
pub(crate) struct Call;

#[cfg(feature = "tracing")]
impl Call {
    /// That of the call that is under way.
    pub(crate) fn current() -> Self {
        Self(Some(tracing::Span::current()))
    }

    /// None, where there is no client.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// What became of the last attempt: the answer was read, or could not be.
    pub(crate) fn read(&self, accepted: &Accepted, error: Option<&Error>) {
        let Some(span) = &self.0 else { return };
        span.in_scope(|| match error {
            Some(error) => failed(error.attempts(), error, None),
            None => succeeded(accepted),
        });
    }
}

#[cfg(not(feature = "tracing"))]
impl Call {
    pub(crate) const fn current() -> Self {
        Self
    }

    pub(crate) const fn none() -> Self {
        Self
    }

    #[allow(clippy::unused_self, reason = "there is something to it with the feature")]
    pub(crate) const fn read(&self, _: &Accepted, _: Option<&Error>) {}
}

#[cfg(feature = "tracing")]
fn succeeded(accepted: &Accepted) {
    if !tracing::enabled!(target: "cognito_op", tracing::Level::DEBUG) {
        return;
    }
    let meta = accepted.shown_meta();
    tracing::debug!(
        target: "cognito_op",
        attempt = meta.attempts,
        http.response.status_code = meta.status.as_u16(),
        aws.request_id = meta.request_id.as_deref(),
        "succeeded"
    );
}

/// What became of an attempt, and how long is waited before the next, if there is one.
#[cfg(feature = "tracing")]
pub(crate) fn failed(attempt: u32, error: &Error, delay: Option<Duration>) {
    // The code is checked to be an identifier, and to be none of the request's values.
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
pub(crate) fn failed(_: u32, _: &Error, _: Option<Duration>) {}
