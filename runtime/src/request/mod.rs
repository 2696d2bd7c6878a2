//! Makes the HTTP request of an operation.

mod app_client;
mod operation;

pub(crate) use app_client::AppClient;
use app_client::{Secret, SecretHash};
pub use operation::{Hashed, Operation};

use crate::codec::{Body, Fill, write_operation};
use crate::error::{Error, Sensitive};
use crate::schema::{AutoFill, Member, Structure};
#[cfg(feature = "mock")]
use crate::validation::Violations;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, Uri};
use std::marker::PhantomData;

const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.1");
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService.";
const AGENT: HeaderValue = HeaderValue::from_static(concat!("cognito-op/", env!("CARGO_PKG_VERSION")));

/// Whether requests are validated before they are sent.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ForgotPassword", response = ())]
/// # struct ForgotPassword { #[len] client_id: String, #[len] username: String }
/// use cognito_op::{Config, ErrorKind, Validation};
///
/// let operation = ForgotPassword::new("1example23456789", "a".repeat(200));
/// let builder = || Config::builder().region("eu-west-1");
/// let error = builder().build()?.prepare(&operation).map(|_| ()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Invalid);
/// assert!(builder().validation(Validation::Off).build()?.prepare(&operation).is_ok());
/// # Ok::<(), cognito_op::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    /// Requests are validated. A request with violations is not sent.
    #[default]
    On,
    /// Requests are sent as they are. The published constraints are sometimes stricter than those of the service.
    Off,
}

/// The options of one request.
#[derive(Clone, Copy)]
pub(crate) struct Options<'o> {
    pub(crate) app_client: Option<&'o AppClient>,
    pub(crate) validation: Validation,
    /// The user name for the secret hash, which takes precedence over the one in the request.
    pub(crate) hash_username: Option<&'o str>,
}

/// A request that was validated and serialized. Each attempt sends the same bytes.
#[derive(Clone)]
pub(crate) struct Prepared {
    info: &'static OperationInfo,
    body: Body,
    /// The user name that was set for the secret hash, which the body may not contain.
    hash_username: Option<Box<str>>,
    /// The app client's secret, so that errors can redact it.
    client_secret: Option<Secret>,
    /// The session token of the last signature, for the same purpose.
    session_token: Option<HeaderValue>,
    #[cfg(feature = "mock")]
    violations: Option<Violations>,
}

/// The properties of an operation, independent of its Rust type.
pub(crate) struct OperationInfo {
    pub(crate) name: &'static str,
    target: fn() -> HeaderValue,
    pub(crate) members: &'static [Member],
    pub(crate) executed_despite: &'static [&'static str],
}

/// The extension of a request that a mock reads.
#[cfg(feature = "mock")]
#[derive(Clone)]
pub(crate) struct Inspected {
    pub(crate) members: &'static [Member],
    pub(crate) violations: Option<Violations>,
}

impl Prepared {
    /// Validates and serializes an operation.
    pub(crate) fn new<O: Operation + ?Sized>(operation: &O, options: Options<'_>) -> Result<Self, Error> {
        Self::checked(operation, options).map_err(|error| error.for_operation(O::NAME))
    }

    fn checked<O: Operation + ?Sized>(operation: &O, options: Options<'_>) -> Result<Self, Error> {
        let Options { app_client, validation, hash_username } = options;
        if validation == Validation::On {
            operation.validate()?;
        }
        let client_id = app_client.map(|app_client| app_client.id.as_str());
        if let (Some(client_id), Some(id)) = (client_id, operation.client_id())
            && client_id != id
        {
            return Err(Error::misconfigured(
                "the request is for another app client than the client was built for; see `with_app_client`",
            ));
        }
        let client_secret = app_client.and_then(AppClient::secret);
        let secret_hash = match (app_client, client_secret, operation.hashed()) {
            (Some(app_client), Some(_), Some(hashed)) => {
                let username = hash_username.or(hashed.username).ok_or_else(|| {
                    Error::misconfigured(
                        "cannot compute the secret hash: the request has no user name; set one with `hash_username`",
                    )
                })?;
                app_client.secret_hash(username, hashed.client_id)
            }
            _ => None,
        };
        let fill = Fill { secret_hash: secret_hash.as_ref().map(SecretHash::as_str), client_id, client_secret };
        Ok(Self {
            info: OperationInfo::of::<O>(),
            body: Body::from(write_operation(operation, fill).map_err(not_filled_in)?),
            hash_username: hash_username.map(Into::into),
            client_secret: app_client.and_then(AppClient::shared_secret),
            session_token: None,
            #[cfg(feature = "mock")]
            violations: if validation == Validation::On { None } else { operation.validate().err() },
        })
    }

    pub(crate) fn info(&self) -> &'static OperationInfo {
        self.info
    }

    pub(crate) fn body(&self) -> &Body {
        &self.body
    }

    /// Returns the HTTP request of an attempt.
    pub(crate) fn request(&self, endpoint: &Uri) -> Request<Body> {
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = Method::POST;
        request.uri_mut().clone_from(endpoint);
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(TARGET, (self.info.target)());
        headers.insert(USER_AGENT, AGENT);
        #[cfg(feature = "mock")]
        request.extensions_mut().insert(Inspected { members: self.info.members, violations: self.violations.clone() });
        request
    }

    /// Records a request that was signed. AWS quotes its headers in the message about a wrong signature.
    pub(crate) fn signed(&mut self, request: &Request<Body>) {
        self.session_token = request.headers().get("x-amz-security-token").cloned();
    }

    /// Returns the sensitive values of the request.
    #[cold]
    pub(crate) fn sensitive(&self) -> Sensitive {
        let client_secret = self.client_secret.as_ref().map(|secret| secret.as_str());
        let session_token = self.session_token.as_ref().and_then(|token| token.to_str().ok());
        Sensitive::of(&self.body, self.info.members, [self.hash_username.as_deref(), client_secret, session_token])
    }
}

impl OperationInfo {
    const fn of<O: Operation + ?Sized>() -> &'static Self {
        const {
            &Self {
                name: O::NAME,
                target: || Target::<O>::VALUE,
                members: <O as Structure>::MEMBERS,
                executed_despite: O::EXECUTED_DESPITE,
            }
        }
    }
}

/// Returns the error for a required member whose value neither the request nor the client has.
#[cold]
fn not_filled_in(member: &Member) -> Error {
    let (value, builder) = match member.auto_fill {
        Some(AutoFill::ClientSecret) => ("secret", "`app_client`"),
        _ => ("id", "`app_client` or `public_app_client`"),
    };
    Error::misconfigured(format!(
        "the request has no app client {value}; build the client with {builder}, or set `{}` on the request",
        member.field
    ))
}

/// The value of the header `X-Amz-Target`, concatenated at compile time.
struct Target<O: ?Sized>(PhantomData<O>);

impl<O: Operation + ?Sized> Target<O> {
    /// The bytes of the value, padded with zeros. The macro limits names to 128 characters.
    const TEXT: [u8; 256] = {
        let mut text = [0; 256];
        let (prefix, rest) = text.split_at_mut(TARGET_PREFIX.len());
        prefix.copy_from_slice(TARGET_PREFIX.as_bytes());
        rest.split_at_mut(O::NAME.len()).0.copy_from_slice(O::NAME.as_bytes());
        text
    };

    const VALUE: HeaderValue = match str::from_utf8(Self::TEXT.split_at(TARGET_PREFIX.len() + O::NAME.len()).0) {
        Ok(text) => HeaderValue::from_static(text),
        Err(_) => unreachable!(),
    };
}
