//! The first factor of the flow `USER_AUTH`.

use super::context::Context;
use super::password::{Credentials, SrpHandshake};
use crate::operations::ChallengeNameType;
use cognito_op::Error;
use std::fmt;
use zeroize::Zeroizing;

/// Entries of `AuthParameters` or `ChallengeResponses`.
type Entries = Vec<(&'static str, String)>;

/// The first factor of the flow `USER_AUTH`.
///
/// ```
/// use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
/// use cognito_userpools::{Client, Error};
///
/// /// Starts with the factor from the user's last sign-in.
/// async fn sign_in(
///     client: &Client,
///     name: &str,
///     last: &str,
///     password: String,
/// ) -> Result<Step, Error> {
///     let factor = match last {
///         "email" => FirstFactor::email_otp(),
///         "phone" => FirstFactor::sms_otp(),
///         "passkey" => FirstFactor::web_authn(),
///         "password without SRP" => FirstFactor::password(password),
///         _ => FirstFactor::password_srp("eu-west-1_Ab12Cd34", password),
///     };
///     SignIn::user_auth(name).prefer(factor).start(client).await
/// }
/// ```
#[derive(Clone)]
pub struct FirstFactor(Factor);

#[derive(Clone)]
enum Factor {
    Password(Zeroizing<String>),
    PasswordSrp(Credentials),
    Named(ChallengeNameType),
}

impl FirstFactor {
    /// Creates the factor of a password that is sent to the service.
    pub fn password(password: impl Into<String>) -> Self {
        Self(Factor::Password(Zeroizing::new(password.into())))
    }

    /// Creates the factor of a password that is proved with SRP and not sent. The user pool id has the form
    /// `eu-west-1_Ab12Cd34`.
    pub fn password_srp(user_pool_id: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Factor::PasswordSrp(Credentials::new(user_pool_id, password)))
    }

    /// Creates the factor of a code that is sent by email.
    #[must_use]
    pub fn email_otp() -> Self {
        Self(Factor::Named(ChallengeNameType::EmailOtp))
    }

    /// Creates the factor of a code that is sent by SMS.
    #[must_use]
    pub fn sms_otp() -> Self {
        Self(Factor::Named(ChallengeNameType::SmsOtp))
    }

    /// Creates the factor of a passkey.
    #[must_use]
    pub fn web_authn() -> Self {
        Self(Factor::Named(ChallengeNameType::WebAuthn))
    }

    pub(super) fn name(&self) -> ChallengeNameType {
        match &self.0 {
            Factor::Password(_) => ChallengeNameType::Password,
            Factor::PasswordSrp(_) => ChallengeNameType::PasswordSrp,
            Factor::Named(name) => name.clone(),
        }
    }

    /// Returns whether [`into_entries`](Self::into_entries) takes milliseconds of CPU time.
    pub(super) fn is_srp(&self) -> bool {
        matches!(self.0, Factor::PasswordSrp(_))
    }

    /// Returns the entries of the request that selects the factor, and the handshake that the request starts.
    pub(super) fn into_entries(self, context: &Context) -> Result<(Entries, Option<SrpHandshake>), Error> {
        Ok(match self.0 {
            Factor::Password(mut password) => (vec![("PASSWORD", std::mem::take(&mut *password))], None),
            Factor::PasswordSrp(credentials) => {
                let handshake = credentials.into_handshake(context)?;
                (vec![("SRP_A", handshake.public())], Some(handshake))
            }
            Factor::Named(_) => (Vec::new(), None),
        })
    }
}

impl fmt::Debug for FirstFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FirstFactor").field(&self.name()).finish()
    }
}
