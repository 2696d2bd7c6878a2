//! The first factor of a sign-in by choice.

use super::password::{Credentials, Handshaking};
use crate::operations::ChallengeNameType;
use cognito_op::Error;
use std::fmt;
use zeroize::Zeroizing;

/// Entries of a request.
type Entries = Vec<(&'static str, String)>;

/// The first factor of a sign-in by choice.
///
/// ```
/// use cognito_userpools::sign_in::{FirstFactor, SignIn, Step};
/// use cognito_userpools::{Client, Error};
///
/// /// Begins with what the user has chosen the last time.
/// async fn sign_in(
///     client: &Client,
///     name: &str,
///     chosen: &str,
///     password: String,
/// ) -> Result<Step, Error> {
///     let factor = match chosen {
///         "email" => FirstFactor::email_otp(),
///         "phone" => FirstFactor::sms_otp(),
///         "passkey" => FirstFactor::web_authn(),
///         "password, by the service" => FirstFactor::password(password),
///         _ => FirstFactor::password_srp("eu-west-1_Ab12Cd34", password),
///     };
///     SignIn::user_auth(name).prefer(factor).start(client).await
/// }
/// ```
pub struct FirstFactor(pub(super) Factor);

pub(super) enum Factor {
    Password(Zeroizing<String>),
    PasswordSrp(Credentials),
    Named(ChallengeNameType),
}

impl FirstFactor {
    /// A password, which the service gets to see.
    pub fn password(password: impl Into<String>) -> Self {
        Self(Factor::Password(Zeroizing::new(password.into())))
    }

    /// A password that does not leave this program. The user pool's id is like `eu-west-1_Ab12Cd34`.
    pub fn password_srp(user_pool_id: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Factor::PasswordSrp(Credentials::new(user_pool_id, password)))
    }

    /// A code by email.
    #[must_use]
    pub fn email_otp() -> Self {
        Self(Factor::Named(ChallengeNameType::EmailOtp))
    }

    /// A code by SMS.
    #[must_use]
    pub fn sms_otp() -> Self {
        Self(Factor::Named(ChallengeNameType::SmsOtp))
    }

    /// A passkey.
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

    /// What it adds to a request, and the handshake that the request begins.
    pub(super) fn entries(self) -> Result<(Entries, Option<Handshaking>), Error> {
        Ok(match self.0 {
            Factor::Password(mut password) => (vec![("PASSWORD", std::mem::take(&mut *password))], None),
            Factor::PasswordSrp(credentials) => {
                let handshake = credentials.begin()?;
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
