//! AWS credentials and where they come from.

use super::{SignError, time};
use crate::arguments::IntoMember;
use crate::error::Error;
use crate::text::{comment, is_plain};
use crate::transport::BoxFuture;
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// AWS credentials: an access key and, if they are temporary, a session token and the time of expiry.
///
/// A clone is cheap. The secret access key and the session token are zeroized when the last clone is dropped, and
/// `Debug` does not show them.
///
/// ```
/// use cognito_op::{Client, Credentials};
/// use std::time::{Duration, SystemTime};
///
/// let credentials = Credentials::new("AKIDEXAMPLE", "the secret access key")
///     .session_token("the session token")
///     .expires_at(SystemTime::now() + Duration::from_secs(3600));
/// let client = Client::builder().region("eu-west-1").credentials(credentials).build()?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
///
/// Signing a request fails with an error of the kind [`Signing`](crate::ErrorKind::Signing) if a value is empty, begins
/// or ends with white space, or contains a control character. The same applies to an access key id with white space,
/// and to a value with a comment after it, such as `value # comment` in a file of profiles.
#[derive(Clone)]
pub struct Credentials(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    expiry: Option<SystemTime>,
}

impl Credentials {
    /// Returns credentials without a session token and without an expiry.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            access_key_id: access_key_id.into(),
            secret_access_key: Zeroizing::new(secret_access_key.into()),
            session_token: None,
            expiry: None,
        }))
    }

    /// Sets the session token, which belongs to temporary credentials: a text, or an [`Option`] of one.
    #[must_use]
    pub fn session_token<F>(mut self, token: impl IntoMember<String, F>) -> Self {
        Arc::make_mut(&mut self.0).session_token = token.into_member().map(Zeroizing::new);
        self
    }

    /// Sets the time from which the credentials are not valid. `None` stands for credentials that do not expire.
    ///
    /// ```
    /// use cognito_op::Credentials;
    /// use std::time::SystemTime;
    ///
    /// let now = SystemTime::now();
    /// let credentials = Credentials::new("AKIDEXAMPLE", "the secret access key").expires_at(now);
    /// assert_eq!(credentials.expiry(), Some(now));
    /// assert_eq!(credentials.expires_at(None).expiry(), None);
    /// ```
    #[must_use]
    pub fn expires_at(mut self, expiry: impl Into<Option<SystemTime>>) -> Self {
        Arc::make_mut(&mut self.0).expiry = expiry.into();
        self
    }

    /// Sets the time from which the credentials are not valid, from a text as in [RFC
    /// 3339](https://www.rfc-editor.org/rfc/rfc3339), such as the `Expiration` in a response of AWS STS.
    ///
    /// ```
    /// use cognito_op::{Credentials, SignError};
    ///
    /// /// Returns the credentials of a response.
    /// fn temporary(id: &str, secret: &str, expiration: &str) -> Result<Credentials, SignError> {
    ///     Credentials::new(id, secret).expiration(expiration)
    /// }
    /// assert!(temporary("AKIDEXAMPLE", "the secret access key", "2026-11-26T09:00:00Z").is_ok());
    /// assert!(temporary("AKIDEXAMPLE", "the secret access key", "tomorrow").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error without the text if it is not a time since 1970.
    pub fn expiration(self, text: &str) -> Result<Self, SignError> {
        let expiry = time::rfc3339(text).ok_or("the expiry must be a time such as 2026-11-26T09:00:00Z")?;
        Ok(self.expires_at(expiry))
    }

    /// Reads the credentials from the [environment variables of the AWS
    /// SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html):
    ///
    /// | value | variables, in order of precedence |
    /// |---|---|
    /// | access key id | `AWS_ACCESS_KEY_ID` |
    /// | secret access key | `AWS_SECRET_ACCESS_KEY` |
    /// | session token, optional | `AWS_SESSION_TOKEN`, `AWS_SECURITY_TOKEN` |
    /// | expiry, optional | `AWS_CREDENTIAL_EXPIRATION`, such as `2026-11-26T09:00:00Z` |
    ///
    /// An empty variable counts as not set.
    ///
    /// ```no_run
    /// use cognito_op::{Client, Credentials, Error};
    ///
    /// fn client() -> Result<Client, Error> {
    ///     Client::builder().from_env().credentials(Credentials::from_env()?).build()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) with the name of the variable if one of the first two
    /// is not set, or if a variable is not valid.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(|name| env::var_os(name))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        const ID: &str = "AWS_ACCESS_KEY_ID";
        const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
        const EXPIRY: &str = "AWS_CREDENTIAL_EXPIRATION";
        let invalid = |name: &str, why: &str| Error::misconfigured(format!("the environment variable {name} {why}"));
        let read = |name: &str| {
            let Some(value) = variable(name).filter(|value| !value.is_empty()) else { return Ok(None) };
            let value = value.into_string().map(Zeroizing::new).map_err(|_| invalid(name, "is not Unicode"))?;
            let fault = if name == ID { fault_of_id(&value) } else { fault(&value) };
            fault.map_or(Ok(Some(value)), |why| Err(invalid(name, why)))
        };
        let missing = |what: &str| Err(Error::misconfigured(format!("no AWS credentials in the environment: {what}")));
        let (id, secret) = match (read(ID)?, read(SECRET)?) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => return missing(&format!("set {ID} and {SECRET}")),
            (None, Some(_)) => return missing(&format!("{SECRET} is set, but {ID} is not")),
            (Some(_), None) => return missing(&format!("{ID} is set, but {SECRET} is not")),
        };
        let token = read("AWS_SESSION_TOKEN")?.map_or_else(|| read("AWS_SECURITY_TOKEN"), |token| Ok(Some(token)))?;
        let expiry = read(EXPIRY)?.map(|expiry| {
            time::rfc3339(&expiry).ok_or_else(|| invalid(EXPIRY, "must be a time such as 2026-11-26T09:00:00Z"))
        });
        let token = token.as_ref().map(|token| token.as_str());
        Ok(Self::new(id.as_str(), secret.as_str()).session_token(token).expires_at(expiry.transpose()?))
    }

    /// Returns the access key id.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// Returns the secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    /// Returns the session token.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.0.session_token.as_ref().map(|token| token.as_str())
    }

    /// Returns the time from which the credentials are not valid.
    #[must_use]
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry
    }

    /// Returns an error without the value if a value cannot be right.
    pub(super) fn check(&self) -> Result<(), SignError> {
        let faults = [
            ("access key id", fault_of_id(self.access_key_id())),
            ("secret access key", fault(self.secret_access_key())),
            ("session token", self.token().and_then(fault)),
        ];
        for (name, fault) in faults {
            if let Some(why) = fault {
                return Err(format!("the {name} {why}").into());
            }
        }
        Ok(())
    }
}

/// Returns what is wrong with an access key id, without the id.
fn fault_of_id(id: &str) -> Option<&'static str> {
    fault(id).or_else(|| id.contains(' ').then_some("contains white space"))
}

/// Returns what is wrong with a value, without the value.
fn fault(value: &str) -> Option<&'static str> {
    match value {
        "" => Some("is empty"),
        // All values of AWS. Each signature checks them, and the other tests take three times as long.
        value if value.bytes().all(|byte| byte.is_ascii_graphic()) => None,
        value if value.trim() != value => {
            Some("begins or ends with white space, such as the line break of a file; remove it")
        }
        value if value.bytes().all(|byte| matches!(byte, b' '..=b'~')) => comment(value),
        value if value.chars().all(is_plain) => Some("contains a character that is not ASCII"),
        _ => Some("contains a control character or an invisible one, such as a byte order mark; remove it"),
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.access_key_id)
            .field("has_session_token", &self.0.session_token.is_some())
            .field("expiry", &self.0.expiry)
            .finish_non_exhaustive()
    }
}

/// A source of credentials: [`Credentials`], a closure that returns a future, or a type of your own.
///
/// The client asks the source when a request is signed, keeps the credentials, and asks again before they expire. One
/// call asks at a time. The source therefore needs no cache. See the [chapter on signed
/// operations](crate::guide::signed#credentials) for the details.
///
/// ```
/// use cognito_op::{Client, Credentials, Error, SignError};
///
/// # async fn assume_role() -> Result<(String, String, String, std::time::SystemTime), SignError> {
/// #     Err("not available".into())
/// # }
/// /// Reads temporary credentials from a service.
/// async fn temporary() -> Result<Credentials, SignError> {
///     let (id, secret, token, expiry) = assume_role().await?;
///     Ok(Credentials::new(id, secret).session_token(token).expires_at(expiry))
/// }
///
/// fn client() -> Result<Client, Error> {
///     Client::builder().region("eu-west-1").credentials(temporary).build()
/// }
/// ```
pub trait ProvideCredentials: Send + Sync {
    /// Returns credentials that are valid now.
    ///
    /// # Errors
    ///
    /// The future returns an error if there are none. `Display` of the error must not contain a secret. The call then
    /// returns an error of the kind [`Signing`](crate::ErrorKind::Signing), with this error as its
    /// [`source`](std::error::Error::source), unless the earlier credentials are still valid.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>>;
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
        Box::pin(ready(Ok(self.clone())))
    }
}

impl<F, R> ProvideCredentials for F
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<Credentials, SignError>> + Send + 'static,
{
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
        Box::pin(self())
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
        (**self).provide()
    }
}

mod blocking {
    use super::{Credentials, SignError};
    use std::sync::Arc;

    /// The blocking counterpart of [`ProvideCredentials`](crate::ProvideCredentials).
    ///
    /// ```
    /// use cognito_op::blocking::Client;
    /// use cognito_op::{Credentials, Error};
    ///
    /// fn client() -> Result<Client, Error> {
    ///     let source = || {
    ///         let secret = std::fs::read_to_string("/run/secrets/aws")?;
    ///         Ok(Credentials::new("AKIDEXAMPLE", secret.trim_end()))
    ///     };
    ///     Client::builder().region("eu-west-1").credentials(source).build()
    /// }
    /// ```
    pub trait ProvideCredentials: Send + Sync {
        /// Returns credentials that are valid now.
        ///
        /// # Errors
        ///
        /// Returns an error if there are none. `Display` of the error must not contain a secret.
        fn provide(&self) -> Result<Credentials, SignError>;
    }

    impl ProvideCredentials for Credentials {
        fn provide(&self) -> Result<Credentials, SignError> {
            Ok(self.clone())
        }
    }

    impl<F: Fn() -> Result<Credentials, SignError> + Send + Sync> ProvideCredentials for F {
        fn provide(&self) -> Result<Credentials, SignError> {
            self()
        }
    }

    impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
        fn provide(&self) -> Result<Credentials, SignError> {
            (**self).provide()
        }
    }
}

pub use blocking::ProvideCredentials as BlockingProvideCredentials;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use std::time::{Duration, UNIX_EPOCH};

    fn read(variables: &[(&str, &str)]) -> Result<Credentials, String> {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        Credentials::from_variables(variable).map_err(|error| {
            assert_eq!(error.kind(), ErrorKind::Misconfigured);
            error.to_string()
        })
    }

    #[test]
    fn credentials_from_the_environment() {
        let pair = [("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_SESSION_TOKEN", "")];
        let credentials = read(&pair).expect("credentials");
        assert_eq!((credentials.access_key_id(), credentials.secret_access_key()), ("id", "secret"));
        assert_eq!((credentials.token(), credentials.expiry()), (None, None));
        let old = ("AWS_SECURITY_TOKEN", "old");
        let expiry = ("AWS_CREDENTIAL_EXPIRATION", "1970-01-01T01:00:00Z");
        let credentials = read(&[pair[0], pair[1], pair[2], old, expiry]).expect("credentials");
        assert_eq!(credentials.token(), Some("old"));
        assert_eq!(credentials.expiry(), Some(UNIX_EPOCH + Duration::from_secs(3600)));
        let credentials = read(&[pair[0], pair[1], ("AWS_SESSION_TOKEN", "new"), old]).expect("credentials");
        assert_eq!(credentials.token(), Some("new"));
    }

    #[test]
    fn errors_name_the_variable_and_not_the_value() {
        let (id, secret) = (("AWS_ACCESS_KEY_ID", "canary"), ("AWS_SECRET_ACCESS_KEY", "canary"));
        for (variables, expected) in [
            (&[][..], "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
            (&[id], "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"),
            (&[secret, ("AWS_ACCESS_KEY_ID", "")], "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not"),
            (&[secret, ("AWS_ACCESS_KEY_ID", "canary id")], "AWS_ACCESS_KEY_ID contains white space"),
            (&[id, ("AWS_SECRET_ACCESS_KEY", "canary # old")], "AWS_SECRET_ACCESS_KEY contains ` #`; a comment needs"),
            (&[id, ("AWS_SECRET_ACCESS_KEY", "canary\n")], "AWS_SECRET_ACCESS_KEY begins or ends with white space"),
            (&[secret, ("AWS_ACCESS_KEY_ID", "\u{feff}canary")], "AWS_ACCESS_KEY_ID contains a control character"),
            (
                &[id, secret, ("AWS_SESSION_TOKEN", "canarý")],
                "AWS_SESSION_TOKEN contains a character that is not ASCII",
            ),
            (
                &[id, secret, ("AWS_CREDENTIAL_EXPIRATION", "canary")],
                "AWS_CREDENTIAL_EXPIRATION must be a time such as",
            ),
        ] {
            let error = read(variables).expect_err("an error");
            assert!(error.contains(expected) && !error.contains("canar"), "{error}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let credentials = Credentials::new("AKIDEXAMPLE", "canary").session_token("canary");
        assert_eq!(
            format!("{credentials:?}"),
            r#"Credentials { access_key_id: "AKIDEXAMPLE", has_session_token: true, expiry: None, .. }"#
        );
    }
}
