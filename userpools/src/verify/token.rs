//! Verified tokens.

use super::jwt::{Claim, Claims};
use super::pool::Pool;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The use of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Access,
    Id,
}

impl Use {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Id => "id",
        }
    }

    pub(super) fn client_claim(self) -> Claim {
        match self {
            Self::Access => Claim::ClientId,
            Self::Id => Claim::Aud,
        }
    }
}

/// The contents of both kinds of tokens.
#[derive(Clone)]
pub(super) struct Verified {
    pub(super) claims: Arc<Claims>,
    pub(super) pool: Arc<Pool>,
}

impl Verified {
    fn text(&self, claim: Claim) -> Option<&str> {
        self.claims.text(claim)
    }

    fn time(&self, claim: Claim) -> Option<SystemTime> {
        let seconds = Duration::try_from_secs_f64(self.claims.time(claim)?).ok()?;
        SystemTime::UNIX_EPOCH.checked_add(seconds)
    }
}

macro_rules! token {
    ($(#[$docs:meta])* $name:ident, $client:ident) => {
        $(#[$docs])*
        #[derive(Clone)]
        pub struct $name(Verified);

        impl $name {
            pub(super) fn new(verified: Verified) -> Self {
                Self(verified)
            }

            /// Returns the id of the user pool that issued the token.
            #[must_use]
            pub fn user_pool(&self) -> &str {
                &self.0.pool.id
            }

            /// Returns the id of the app client for which the token was issued.
            #[must_use]
            pub fn client_id(&self) -> &str {
                self.0.text(Claim::$client).unwrap_or_default()
            }

            /// Returns the user's id, which never changes. In a token for machine-to-machine access, it is the id of the app
            /// client.
            #[must_use]
            pub fn sub(&self) -> &str {
                self.0.text(Claim::Sub).unwrap_or_default()
            }

            /// Returns the groups that the user had when the token was issued.
            pub fn groups(&self) -> impl ExactSizeIterator<Item = &str> {
                self.0.claims.texts(Claim::Groups)
            }

            /// Returns the time at which the token expires.
            #[must_use]
            pub fn expires_at(&self) -> SystemTime {
                self.0.time(Claim::Exp).unwrap_or(SystemTime::UNIX_EPOCH)
            }

            /// Returns the time at which the token was issued: the claim `iat`.
            #[must_use]
            pub fn issued_at(&self) -> Option<SystemTime> {
                self.0.time(Claim::Iat)
            }

            /// Returns the time at which the user signed in: the claim `auth_time`. A refresh does not change it.
            #[must_use]
            pub fn auth_time(&self) -> Option<SystemTime> {
                self.0.time(Claim::AuthTime)
            }

            /// Returns the id of the token: the claim `jti`.
            #[must_use]
            pub fn jti(&self) -> Option<&str> {
                self.0.text(Claim::Jti)
            }

            /// Deserializes the claims, for those that have no method. `T` can be a struct or a
            /// [`serde_json::Value`].
            ///
            /// # Errors
            ///
            /// Returns an error if a claim is missing or has another type. The text of the error can quote a claim.
            pub fn claims<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
                serde_json::from_str(&self.0.claims.json)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

token! {
    /// A verified access token. Clients send access tokens to APIs.
    ///
    /// A clone is cheap. `Debug` shows no claims.
    ///
    /// ```
    /// use cognito_userpools::verify::AccessToken;
    ///
    /// fn may_read(token: &AccessToken) -> bool {
    ///     token.has_scope("files/read") || token.groups().any(|group| group == "staff")
    /// }
    /// ```
    AccessToken, ClientId
}

token! {
    /// A verified identity token. It tells a front end who has signed in; APIs take [access tokens](AccessToken).
    ///
    /// A clone is cheap. `Debug` shows no claims.
    ///
    /// ```
    /// use cognito_userpools::verify::IdToken;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Profile {
    ///     email: String,
    /// }
    ///
    /// fn email(token: &IdToken) -> Option<String> {
    ///     token.claims::<Profile>().ok().map(|profile| profile.email)
    /// }
    /// ```
    IdToken, Aud
}

impl AccessToken {
    /// Returns the user name in the pool. It is `None` for machine-to-machine access. Identify users by
    /// [`sub`](Self::sub), since another user can have the name later.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.0.text(Claim::Username)
    }

    /// Returns the scopes, such as `files/read`.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        scopes(&self.0.claims)
    }

    /// Returns whether the token has a scope.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes().any(|found| found == scope)
    }

    /// Returns the key of the user's device, if the pool remembers devices.
    #[must_use]
    pub fn device_key(&self) -> Option<&str> {
        self.0.text(Claim::DeviceKey)
    }
}

impl IdToken {
    /// Returns the user name in the pool.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.0.text(Claim::CognitoUsername)
    }
}

/// Returns the scopes of a token.
pub(super) fn scopes(claims: &Claims) -> impl Iterator<Item = &str> {
    claims.text(Claim::Scope).into_iter().flat_map(|scopes| scopes.split(' ')).filter(|scope| !scope.is_empty())
}
