//! Metadata of a response.

use super::redact::Sensitive;
use http::{HeaderMap, StatusCode};

/// Metadata of a response.
///
/// ```
/// use cognito_op::Meta;
///
/// /// A line for the support.
/// fn describe(meta: &Meta) -> String {
///     format!("{} after {} attempts, request {:?}", meta.status, meta.attempts, meta.request_id)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: StatusCode,
    /// The id of the request in the service's logs, as received.
    pub request_id: Option<String>,
    /// The number of attempts.
    pub attempts: u32,
}

/// The request id in the headers, if it is printable.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-amzn-requestid").or_else(|| headers.get("x-amz-request-id"))?.to_str().ok()?;
    ((1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())).then(|| id.to_owned())
}

/// The request id, unless it quotes the request.
pub(crate) fn shown_request_id(headers: &HeaderMap, sensitive: &Sensitive) -> Option<String> {
    request_id(headers).filter(|id| !sensitive.is_quoted_in(id))
}
