//! Signatures for the operations that are called with AWS credentials.

use crate::Body;
use crate::transport::BoxFuture;
use http::Request;
use std::error::Error;

/// Why a request could not be signed.
///
/// ```
/// use cognito_op::SignError;
///
/// fn credentials(key: Option<&str>) -> Result<&str, SignError> {
///     key.ok_or_else(|| "there are no AWS credentials".into())
/// }
/// assert!(credentials(None).is_err());
/// ```
pub type SignError = Box<dyn Error + Send + Sync>;

/// Signs requests of operations that are called with AWS credentials (`signed` beside the target): with
/// [AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html) for the service
/// `cognito-idp`. No other request is ever signed.
///
/// This crate holds no credentials and computes no signatures; the crate
/// [`aws-sigv4`](https://docs.rs/aws-sigv4) does, and the
/// [README](https://docs.rs/cognito-op/latest/cognito_op/#operations-that-need-aws-credentials) shows how.
///
/// An implementation is called for each attempt, since a signature is valid for some minutes only. It adds the headers
/// `Authorization`, `X-Amz-Date` and, with temporary credentials, `X-Amz-Security-Token`, and leaves the rest of the request as
/// it is. The header `Host` is added later; its value is the authority of the URI. The time that it takes counts toward the
/// limit of the attempt.
///
/// ```
/// use cognito_op::transport::BoxFuture;
/// use cognito_op::{Body, Sign, SignError};
/// use http::{HeaderValue, Request};
///
/// /// For a stand-in of the service that wants to see a signature and does not check it.
/// struct Any;
///
/// impl Sign for Any {
///     fn sign<'a>(
///         &'a self,
///         request: &'a mut Request<Body>,
///     ) -> BoxFuture<'a, Result<(), SignError>> {
///         Box::pin(async move {
///             let signature = HeaderValue::from_static(
///                 "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cognito-idp/aws4_request",
///             );
///             request.headers_mut().insert("authorization", signature);
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait Sign: Send + Sync {
    /// Signs a request.
    ///
    /// # Errors
    ///
    /// Where that cannot be done. The request is then not sent, and the kind of the call's error is
    /// [`Signing`](crate::ErrorKind::Signing).
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>>;
}
