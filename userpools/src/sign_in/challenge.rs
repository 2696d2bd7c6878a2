//! What the service asks for, and the answers.

use super::context::Context;
use super::factor::FirstFactor;
use super::machine::{Advancing, drive_blocking};
use super::other::OtherChallenge;
use super::password::Credentials;
use super::pending::{Challenge, Pending, answered, answered_with, answers, challenges, into_other, unsent};
use super::refused::Refused;
use super::step::Step;
use crate::operations::ChallengeNameType;
use cognito_op::{Client, blocking};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

challenges! {
    /// A code: `SMS_MFA`, `EMAIL_OTP`, `SMS_OTP` or `SOFTWARE_TOKEN_MFA`.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{OtherChallenge, Step};
    /// # let sent = [("CODE_DELIVERY_DESTINATION".to_owned(), "+*******0123".to_owned())];
    /// # let Step::SmsMfa(challenge) = OtherChallenge::new("SMS_MFA", "alice").with_parameters(sent).into_step() else { panic!() };
    /// assert_eq!(challenge.destination(), Some("+*******0123"));
    /// assert_eq!(challenge.friendly_device_name(), None, "it is no authenticator app");
    /// # async fn answer(client: &cognito_userpools::Client, challenge: cognito_userpools::sign_in::CodeChallenge) -> Result<Step, cognito_userpools::Error> {
    /// let step = challenge.answer(client, "123456").await?;
    /// # Ok(step)
    /// # }
    /// ```
    CodeChallenge

    /// `NEW_PASSWORD_REQUIRED`: a new password, and the attributes that the pool requires of every user.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{NewPasswordChallenge, OtherChallenge, Step};
    /// # let sent = [
    /// #     ("requiredAttributes".to_owned(), r#"["userAttributes.given_name"]"#.to_owned()),
    /// #     ("userAttributes".to_owned(), r#"{"email": "alice@example.com"}"#.to_owned()),
    /// # ];
    /// # let challenge = OtherChallenge::new("NEW_PASSWORD_REQUIRED", "alice").with_parameters(sent);
    /// # let Step::NewPasswordRequired(challenge) = challenge.into_step() else { panic!() };
    /// assert_eq!(challenge.required_attributes(), ["given_name"]);
    /// assert_eq!(challenge.user_attributes()["email"], "alice@example.com");
    /// # async fn answer(client: &cognito_userpools::Client, challenge: NewPasswordChallenge) -> Result<Step, cognito_userpools::Error> {
    /// // Where nothing is required, `answer` takes the password alone.
    /// let step = challenge
    ///     .answer_with_attributes(client, "correct horse", [("given_name", "Alice")])
    ///     .await?;
    /// # Ok(step)
    /// # }
    /// ```
    NewPasswordChallenge

    /// `SELECT_MFA_TYPE`: which second factor it is to be.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SelectMfaTypeChallenge, Step};
    /// use cognito_userpools::operations::ChallengeNameType;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Chooses the app where there is one.
    /// async fn select(client: &Client, challenge: SelectMfaTypeChallenge) -> Result<Step, Error> {
    ///     let app = ChallengeNameType::SoftwareTokenMfa;
    ///     let factor =
    ///         if challenge.available().contains(&app) { app } else { ChallengeNameType::SmsMfa };
    ///     Ok(challenge.select(client, factor).await?)
    /// }
    /// ```
    SelectMfaTypeChallenge

    /// `SELECT_CHALLENGE`: which first factor it is to be.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{FirstFactor, SelectChallenge, Step};
    /// use cognito_userpools::operations::ChallengeNameType;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Chooses a passkey where there is one.
    /// async fn select(client: &Client, challenge: SelectChallenge) -> Result<Step, Error> {
    ///     let factor = match challenge.available().contains(&ChallengeNameType::WebAuthn) {
    ///         true => FirstFactor::web_authn(),
    ///         false => FirstFactor::email_otp(),
    ///     };
    ///     Ok(challenge.select(client, factor).await?)
    /// }
    /// ```
    SelectChallenge

    /// `PASSWORD`: a password, which the service gets to see.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{PasswordChallenge, Step};
    /// # async fn answer(client: &cognito_userpools::Client, challenge: PasswordChallenge) -> Result<Step, cognito_userpools::Error> {
    /// let step = challenge.answer(client, "correct horse").await?;
    /// # Ok(step)
    /// # }
    /// ```
    PasswordChallenge

    /// `PASSWORD_SRP`: a password that does not leave this program.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{PasswordSrpChallenge, Step};
    /// # async fn answer(client: &cognito_userpools::Client, challenge: PasswordSrpChallenge) -> Result<Step, cognito_userpools::Error> {
    /// let step = challenge.answer(client, "eu-west-1_Ab12Cd34", "correct horse").await?;
    /// # Ok(step)
    /// # }
    /// ```
    PasswordSrpChallenge

    /// `WEB_AUTHN`: a passkey.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{Step, WebAuthnChallenge};
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Asks the browser, which gets and gives JSON.
    /// async fn answer(
    ///     client: &Client,
    ///     challenge: WebAuthnChallenge,
    ///     get: impl Fn(&str) -> String,
    /// ) -> Result<Step, Error> {
    ///     let credential = get(challenge.credential_request_options().unwrap_or("{}"));
    ///     Ok(challenge.answer(client, credential).await?)
    /// }
    /// ```
    WebAuthnChallenge

    /// `CUSTOM_CHALLENGE`: what the pool's own Lambda triggers ask.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{CustomChallenge, Step};
    /// # async fn answer(client: &cognito_userpools::Client, challenge: CustomChallenge) -> Result<Step, cognito_userpools::Error> {
    /// println!("{:?}", challenge.parameters().get("question"));
    /// let step = challenge.answer(client, "blue").await?;
    /// # Ok(step)
    /// # }
    /// ```
    CustomChallenge
}

into_other! {
    CodeChallenge NewPasswordChallenge SelectMfaTypeChallenge SelectChallenge PasswordChallenge
    PasswordSrpChallenge WebAuthnChallenge CustomChallenge
}

impl CodeChallenge {
    /// Where the code was sent, mostly masked; none for an authenticator app.
    #[must_use]
    pub fn destination(&self) -> Option<&str> {
        self.0.parameter("CODE_DELIVERY_DESTINATION")
    }

    /// What the user calls the device that the authenticator app is on.
    #[must_use]
    pub fn friendly_device_name(&self) -> Option<&str> {
        self.0.parameter("FRIENDLY_DEVICE_NAME")
    }

    answers! {
        /// Answers with the code.
        answer, answer_blocking(self, code: impl Into<String>) -> Result<Step, Refused<Self>> {
            let key = format!("{}_CODE", self.0.name);
            let request = self.0.respond([(key, code.into())]);
            answered(self, request)
        }
    }
}

impl NewPasswordChallenge {
    /// The attributes that have to be set along with the password, without the prefix `userAttributes.`.
    #[must_use]
    pub fn required_attributes(&self) -> Vec<String> {
        let mut names = self.0.list("requiredAttributes");
        for name in &mut names {
            if let Some(bare) = name.strip_prefix("userAttributes.") {
                *name = bare.to_owned();
            }
        }
        names
    }

    /// The attributes that the user has.
    #[must_use]
    pub fn user_attributes(&self) -> BTreeMap<String, String> {
        let attributes = self.0.parameter("userAttributes").and_then(|text| serde_json::from_str::<Value>(text).ok());
        let Some(Value::Object(attributes)) = attributes else { return BTreeMap::new() };
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        attributes.into_iter().map(|(name, value)| (name, text(value))).collect()
    }

    answers! {
        /// Answers with a new password.
        answer, answer_blocking(self, new_password: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("NEW_PASSWORD", new_password.into())]);
            answered(self, request)
        }
    }

    answers! {
        /// Answers with a new password and with attributes by their names.
        answer_with_attributes, answer_with_attributes_blocking(
            self,
            new_password: impl Into<String>,
            attributes: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>
        ) -> Result<Step, Refused<Self>> {
            let mut request = self.0.respond([("NEW_PASSWORD", new_password.into())]);
            let attributes = attributes
                .into_iter()
                .map(|(name, value)| (format!("userAttributes.{}", name.into()), value.into()));
            request.challenge_responses.get_or_insert_default().extend(attributes);
            answered(self, request)
        }
    }
}

impl SelectMfaTypeChallenge {
    /// The second factors that the user can choose from.
    #[must_use]
    pub fn available(&self) -> Vec<ChallengeNameType> {
        self.0.challenges("MFAS_CAN_CHOOSE")
    }

    answers! {
        /// Chooses one.
        select, select_blocking(self, factor: ChallengeNameType) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("ANSWER", factor.as_str().to_owned())]);
            answered(self, request)
        }
    }
}

impl SelectChallenge {
    /// The first factors that the user can choose from.
    #[must_use]
    pub fn available(&self) -> &[ChallengeNameType] {
        &self.0.available
    }

    answers! {
        /// Chooses one.
        select, select_blocking(self, factor: FirstFactor) -> Result<Step, Refused<Self>> {
            let name = factor.name().as_str().to_owned();
            match factor.entries() {
                Ok((entries, handshake)) => {
                    let request = self.0.respond(entries.into_iter().chain([("ANSWER", name)]));
                    answered_with(self, request, handshake)
                }
                Err(error) => unsent(error, self),
            }
        }
    }
}

impl PasswordChallenge {
    answers! {
        /// Answers with the password.
        answer, answer_blocking(self, password: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("PASSWORD", password.into())]);
            answered(self, request)
        }
    }
}

impl PasswordSrpChallenge {
    answers! {
        /// Proves the password. The user pool's id is like `eu-west-1_Ab12Cd34`.
        answer, answer_blocking(
            self,
            user_pool_id: impl Into<String>,
            password: impl Into<String>
        ) -> Result<Step, Refused<Self>> {
            match Credentials::new(user_pool_id, password).begin() {
                Ok(handshake) => {
                    let request = self.0.respond([("SRP_A", handshake.public())]);
                    answered_with(self, request, Some(handshake))
                }
                Err(error) => unsent(error, self),
            }
        }
    }
}

impl WebAuthnChallenge {
    /// What the browser or the system is to be asked for: the JSON of a
    /// [`PublicKeyCredentialRequestOptions`](https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson).
    #[must_use]
    pub fn credential_request_options(&self) -> Option<&str> {
        self.0.parameter("CREDENTIAL_REQUEST_OPTIONS")
    }

    answers! {
        /// Answers with what it gave: the JSON of an
        /// [`AuthenticationResponse`](https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson).
        answer, answer_blocking(self, credential: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("CREDENTIAL", credential.into())]);
            answered(self, request)
        }
    }
}

impl CustomChallenge {
    /// What the trigger has made public.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.0.parameters
    }

    answers! {
        /// Answers.
        answer, answer_blocking(self, answer: impl Into<String>) -> Result<Step, Refused<Self>> {
            let request = self.0.respond([("ANSWER", answer.into())]);
            answered(self, request)
        }
    }
}
