//! Signatures for the operations that are called with AWS credentials.

use crate::codec::Body;
use crate::transport::BoxFuture;
use http::Request;
use std::error::Error;

/// The reason why a request could not be signed.
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

/// Signs the requests of operations with the option `signed`, with
/// [AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html) for the service
/// `cognito-idp`. Other requests are not signed.
///
/// The crate [`aws-sigv4`](https://docs.rs/aws-sigv4) computes signatures. The [chapter on signed
/// operations](crate::guide::signed) shows how to use it.
///
/// The client signs each attempt separately, since a signature is valid for a few minutes only. An implementation adds
/// the headers `Authorization`, `X-Amz-Date` and, with temporary credentials, `X-Amz-Security-Token`, and leaves the
/// rest of the request unchanged. The transport adds the header `Host`; its value is the authority of the URI. Signing
/// counts toward the attempt timeout.
///
/// ```
/// use cognito_op::transport::BoxFuture;
/// use cognito_op::{Body, Sign, SignError};
/// use http::{HeaderValue, Request};
///
/// /// Signs for an emulator that requires a signature and does not verify it.
/// struct Unverified;
///
/// impl Sign for Unverified {
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
    /// Returns an error if the request cannot be signed. The request is then not sent, and the call returns an error of
    /// the kind [`Signing`](crate::ErrorKind::Signing).
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>>;
}

mod blocking {
    use super::SignError;
    use crate::codec::Body;
    use http::Request;

    /// The blocking counterpart of [`Sign`](crate::Sign).
    ///
    /// ```
    /// use cognito_op::blocking::Sign;
    /// use cognito_op::{Body, SignError};
    /// use http::{HeaderValue, Request};
    ///
    /// /// Adds a signature that was computed elsewhere.
    /// struct Precomputed(Option<String>);
    ///
    /// impl Sign for Precomputed {
    ///     fn sign(&self, request: &mut Request<Body>) -> Result<(), SignError> {
    ///         let signature = self.0.as_deref().ok_or("there is no signature")?;
    ///         request.headers_mut().insert("authorization", HeaderValue::from_str(signature)?);
    ///         Ok(())
    ///     }
    /// }
    /// ```
    pub trait Sign: Send + Sync {
        /// Signs a request.
        ///
        /// # Errors
        ///
        /// Returns an error if the request cannot be signed. The request is then not sent, and the call returns an
        /// error of the kind [`Signing`](crate::ErrorKind::Signing).
        fn sign(&self, request: &mut Request<Body>) -> Result<(), SignError>;
    }
}

pub use blocking::Sign as BlockingSign;
