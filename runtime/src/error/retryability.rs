//! Whether a failed attempt can be retried.

/// Whether a failed attempt can be retried, and how soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retryability {
    /// The request was not sent.
    Unsent,
    /// The service throttled the request.
    Throttled,
    /// The operation may have executed, and another attempt may succeed.
    Transient,
    /// Another attempt cannot succeed.
    Permanent,
}
