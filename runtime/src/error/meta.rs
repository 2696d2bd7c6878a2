//! The metadata of a response.

use crate::text::is_printable;
use http::{HeaderMap, StatusCode};

/// The metadata of a response.
///
/// ```
/// use cognito_op::Meta;
///
/// /// A line for a support request.
/// fn describe(meta: &Meta) -> String {
///     format!("{} after {} attempts, request {:?}", meta.status, meta.attempts, meta.request_id)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: StatusCode,
    /// The id of the request in the service's logs. `None` if the response contains no id, or one that cannot be shown
    /// because it is not printable or quotes a sensitive value of the request.
    pub request_id: Option<String>,
    /// The number of attempts.
    pub attempts: u32,
}

/// Returns the request id in the headers, if it is printable and does not quote the request.
pub(crate) fn shown_request_id(headers: &HeaderMap, quotes: impl FnOnce(&str) -> bool) -> Option<String> {
    let id = headers.get("x-amzn-requestid").or_else(|| headers.get("x-amz-request-id"))?.to_str().ok()?;
    (is_printable(id) && !quotes(id)).then(|| id.to_owned())
}
