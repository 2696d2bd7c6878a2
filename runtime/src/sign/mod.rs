//! Signatures for the operations that are called with AWS credentials.

#[cfg(feature = "sigv4")]
mod cache;
#[cfg(feature = "sigv4")]
mod credentials;
#[cfg(feature = "sigv4")]
mod signer;
#[cfg(feature = "sigv4")]
mod sigv4;
#[cfg(feature = "sigv4")]
mod time;

#[cfg(feature = "sigv4")]
pub use self::credentials::{BlockingProvideCredentials, Credentials, ProvideCredentials};
#[cfg(feature = "sigv4")]
pub(crate) use self::signer::Signer;
#[cfg(feature = "sigv4")]
pub use self::sigv4::SigV4;

use crate::codec::Body;
use crate::error::Error;
use crate::transport::BoxFuture;
use http::{Request, Response};

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
pub type SignError = Box<dyn std::error::Error + Send + Sync>;

/// Signs the requests of operations with the option `signed`, with
/// [AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html) for the service
/// `cognito-idp`. Other requests are not signed.
///
/// The feature `sigv4` contains a signer: set the credentials with [`credentials`](crate::Builder). This trait is for
/// everything else, such as a signature by another program; see the [chapter on signed
/// operations](crate::guide::signed).
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
    /// Signs a request. The client polls the future at least once a second, so that it can look at a clock, and drops it
    /// when the attempt timeout expires.
    ///
    /// # Errors
    ///
    /// Returns an error if the request cannot be signed. The request is then not sent, and the call returns an error of
    /// the kind [`Signing`](crate::ErrorKind::Signing).
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>>;

    /// Returns whether the client should sign and send the request once more, after the service rejected its signature
    /// or its credentials. The operation has not executed.
    ///
    /// `request` is the signed request, `response` the response to it, and `error` the error that was read from the
    /// response. The second attempt is immediate, and its result is that of the call. There is none with
    /// [`Retries::off`](crate::Retries::off); the method is called nevertheless. By default, it returns `false`.
    ///
    /// ```
    /// # use cognito_op::transport::BoxFuture;
    /// use cognito_op::{Body, Error, ErrorKind, Sign, SignError};
    /// use http::{Request, Response};
    /// use std::sync::Mutex;
    ///
    /// /// Adds a signature that another program computes.
    /// struct Other {
    ///     key: Mutex<Option<String>>,
    /// }
    ///
    /// impl Sign for Other {
    ///     fn sign<'a>(
    ///         &'a self,
    ///         request: &'a mut Request<Body>,
    ///     ) -> BoxFuture<'a, Result<(), SignError>> {
    ///         // …
    /// #       Box::pin(async { Ok(()) })
    ///     }
    ///
    ///     fn rejected(&self, _: &Request<Body>, _: &Response<Body>, error: &Error) -> bool {
    ///         // The next signature needs a new key.
    ///         let key = self.key.lock().unwrap().take();
    ///         error.kind() == ErrorKind::ExpiredToken && key.is_some()
    ///     }
    /// }
    /// ```
    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        let _ = (request, response, error);
        false
    }
}

mod blocking {
    use super::SignError;
    use crate::codec::Body;
    use crate::error::Error;
    use http::{Request, Response};
    use std::time::Duration;

    /// The blocking counterpart of [`Sign`](crate::Sign).
    ///
    /// ```
    /// use cognito_op::blocking::Sign;
    /// use cognito_op::{Body, SignError};
    /// use http::{HeaderValue, Request};
    /// use std::time::Duration;
    ///
    /// /// Adds a signature that was computed elsewhere.
    /// struct Precomputed(Option<String>);
    ///
    /// impl Sign for Precomputed {
    ///     fn sign(&self, request: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
    ///         let signature = self.0.as_deref().ok_or("there is no signature")?;
    ///         request.headers_mut().insert("authorization", HeaderValue::from_str(signature)?);
    ///         Ok(())
    ///     }
    /// }
    /// ```
    pub trait Sign: Send + Sync {
        /// Signs a request within `timeout`, the remaining time of the attempt. The client cannot interrupt the method.
        ///
        /// # Errors
        ///
        /// Returns an error if the request cannot be signed. The request is then not sent, and the call returns an
        /// error of the kind [`Signing`](crate::ErrorKind::Signing).
        fn sign(&self, request: &mut Request<Body>, timeout: Duration) -> Result<(), SignError>;

        /// Returns whether the client should sign and send the request once more; see
        /// [`Sign::rejected`](crate::Sign::rejected).
        fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
            let _ = (request, response, error);
            false
        }
    }
}

pub use blocking::Sign as BlockingSign;
