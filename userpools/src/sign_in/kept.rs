//! A challenge that is kept between two requests, with all its parts.

use super::challenge::{
    ChallengeData, CodeChallenge, CustomChallenge, DebugNames, MfaSetupChallenge, NewPasswordChallenge,
    PasswordChallenge, PasswordSrpChallenge, SelectChallenge, SelectMfaTypeChallenge, WebAuthnChallenge, challenges,
};
use super::context::{Context, context_setters, proof_setters};
use crate::operations::ChallengeNameType;
use cognito_op::arguments::{IntoMember, IntoValue, Many, Pairs};
use std::collections::BTreeMap;
use std::fmt;

challenges! {
    /// A challenge of any kind, in the form in which the service sent it.
    ///
    /// A web server without state in memory keeps it between two requests that it receives. With the feature `serde`,
    /// it can be serialized:
    ///
    /// ```
    /// # #[cfg(feature = "serde")]
    /// # mod program {
    /// use cognito_userpools::sign_in::{CodeChallenge, KeptChallenge, Step};
    ///
    /// fn keep(challenge: CodeChallenge) -> serde_json::Result<String> {
    ///     serde_json::to_string(&challenge.into_kept())
    /// }
    ///
    /// fn restore(text: &str) -> serde_json::Result<Step> {
    ///     Ok(serde_json::from_str::<KeptChallenge>(text)?.into_step())
    /// }
    /// # }
    /// ```
    ///
    /// It also represents challenges without a type of their own, and gives access to the parts of any challenge:
    ///
    /// ```
    /// use cognito_userpools::sign_in::{KeptChallenge, Step};
    /// use std::collections::BTreeMap;
    ///
    /// struct Stored {
    ///     name: String,
    ///     username: String,
    ///     session: Option<String>,
    ///     parameters: BTreeMap<String, String>,
    ///     available: Vec<String>,
    /// }
    ///
    /// fn store(challenge: KeptChallenge) -> Stored {
    ///     Stored {
    ///         name: challenge.name().to_string(),
    ///         username: challenge.username().to_owned(),
    ///         session: challenge.session().map(str::to_owned),
    ///         parameters: challenge.parameters().clone(),
    ///         available: challenge.available_challenges().iter().map(ToString::to_string).collect(),
    ///     }
    /// }
    ///
    /// fn restore(stored: Stored) -> Step {
    ///     KeptChallenge::new(stored.name, stored.username)
    ///         .with_parameters(stored.parameters)
    ///         .with_available_challenges(stored.available)
    ///         .with_session(stored.session)
    ///         .into_step()
    /// }
    /// ```
    ///
    /// The values that the program set on the sign-in, such as [`client_metadata`](Self::client_metadata), are not part
    /// of the challenge and have to be set again. This includes the user pool of a sign-in by a back end and the key of
    /// a device; only the serialized form of the feature `serde` contains them. The password of a device is in no form
    /// of the challenge: set the [`device`](Self::device) again, so that the sign-in can prove its password.
    KeptChallenge
}

impl KeptChallenge {
    /// Creates a challenge of the given name for the given user name in the pool.
    pub fn new(name: impl Into<ChallengeNameType>, username: impl Into<String>) -> Self {
        let data = ChallengeData {
            name: name.into(),
            parameters: BTreeMap::new(),
            available: Vec::new(),
            session: None,
            context: Context::new(username),
            debug_names: DebugNames::default(),
        };
        Self(Box::new(data)).with_debug_names()
    }

    /// Updates the names in the `Debug` output, which must not quote the session or the user name.
    fn with_debug_names(mut self) -> Self {
        let ChallengeData { name, parameters, session, context, .. } = &*self.0;
        let redactor = session.iter().chain([&context.username]).collect();
        self.0.debug_names = DebugNames::new(name, parameters, &redactor);
        self
    }

    /// Sets the session.
    pub fn with_session<F>(mut self, session: impl IntoMember<String, F>) -> Self {
        self.0.session = session.into_member();
        self.with_debug_names()
    }

    /// Sets the parameters.
    pub fn with_parameters(mut self, parameters: impl IntoValue<BTreeMap<String, String>, Pairs>) -> Self {
        self.0.parameters = parameters.into_value();
        self.with_debug_names()
    }

    /// Sets the challenges from which the user can choose.
    pub fn with_available_challenges(mut self, challenges: impl IntoValue<Vec<ChallengeNameType>, Many>) -> Self {
        self.0.available = challenges.into_value();
        self
    }

    context_setters!(0.context);
    proof_setters!(0.context);

    /// Returns the name of the challenge.
    #[must_use]
    pub fn name(&self) -> &ChallengeNameType {
        &self.0.name
    }

    /// Returns the user name in the pool.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.0.context.username
    }

    /// Returns the session. It is a secret: whoever has it can answer the challenge.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.0.session.as_deref()
    }

    /// Returns the id of the user pool, for a sign-in with [`admin`](Self::admin).
    ///
    /// ```
    /// use cognito_userpools::sign_in::KeptChallenge;
    ///
    /// let challenge = KeptChallenge::new("SMS_MFA", "alice").admin("eu-west-1_Ab12Cd34");
    /// assert_eq!(challenge.user_pool_id(), Some("eu-west-1_Ab12Cd34"));
    /// ```
    #[cfg(feature = "admin-users")]
    #[must_use]
    pub fn user_pool_id(&self) -> Option<&str> {
        self.0.context.user_pool_id.as_deref()
    }

    /// Returns the parameters.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.0.parameters
    }

    /// Returns the challenges from which the user can choose.
    #[must_use]
    pub fn available_challenges(&self) -> &[ChallengeNameType] {
        &self.0.available
    }
}

macro_rules! into_kept {
    ($($name:ident)+) => {$(
        impl $name {
            /// Converts the challenge into the form in which the service sent it.
            ///
            /// ```
            #[doc = concat!("use cognito_userpools::sign_in::", stringify!($name), ";")]
            ///
            /// /// The parts that a web server stores until its next request.
            #[doc = concat!("fn parts(challenge: ", stringify!($name), ") -> (String, Option<String>) {")]
            ///     let challenge = challenge.into_kept();
            ///     (challenge.username().to_owned(), challenge.session().map(str::to_owned))
            /// }
            /// ```
            pub fn into_kept(self) -> KeptChallenge {
                KeptChallenge::from(self.0)
            }
        }

        impl From<$name> for KeptChallenge {
            fn from(challenge: $name) -> Self {
                challenge.into_kept()
            }
        }
    )+};
}

into_kept! {
    CodeChallenge NewPasswordChallenge MfaSetupChallenge SelectMfaTypeChallenge SelectChallenge PasswordChallenge
    PasswordSrpChallenge WebAuthnChallenge CustomChallenge
}
