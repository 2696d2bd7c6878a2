//! The challenges and their parameters. They are answered in `answer.rs`.

use super::context::Context;
use crate::operations::ChallengeNameType;
use crate::passkeys::{MalformedDocument, RequestOptions};
use cognito_op::Redactor;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The maximum number of parameters whose names are in the `Debug` output of a challenge.
const MAX_DEBUG_PARAMETERS: usize = 16;

/// The names of the parameters of the challenges that this crate knows. Other names may contain any text.
const PARAMETERS: [&str; 14] = [
    "CODE_DELIVERY_DELIVERY_MEDIUM",
    "CODE_DELIVERY_DESTINATION",
    "CREDENTIAL_REQUEST_OPTIONS",
    "DEVICE_KEY",
    "FRIENDLY_DEVICE_NAME",
    "MFAS_CAN_CHOOSE",
    "MFAS_CAN_SETUP",
    "SALT",
    "SECRET_BLOCK",
    "SRP_B",
    "USERNAME",
    "USER_ID_FOR_SRP",
    "requiredAttributes",
    "userAttributes",
];

/// The names in the `Debug` output of a challenge. The service chooses them.
#[derive(Default)]
pub(super) struct DebugNames {
    pub(super) challenge: String,
    parameters: Vec<String>,
}

impl DebugNames {
    pub(super) fn new(
        challenge: &ChallengeNameType,
        parameters: &BTreeMap<String, String>,
        redactor: &Redactor,
    ) -> Self {
        let for_log = |name: &str, known: bool| if known { name } else { redactor.for_log(name) }.to_owned();
        let parameters = parameters.keys().take(MAX_DEBUG_PARAMETERS);
        Self {
            challenge: for_log(challenge.as_str(), !matches!(challenge, ChallengeNameType::Other(_))),
            parameters: parameters.map(|name| for_log(name, PARAMETERS.contains(&name.as_str()))).collect(),
        }
    }
}

/// A challenge as the service sent it, and the context of its sign-in.
pub(super) struct ChallengeData {
    pub(super) name: ChallengeNameType,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) available: Vec<ChallengeNameType>,
    pub(super) session: Option<String>,
    pub(super) context: Context,
    pub(super) debug_names: DebugNames,
}

impl ChallengeData {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// Returns the strings in a parameter that is a JSON array. Entries of other types are skipped.
    fn list(&self, name: &str) -> Vec<String> {
        let list: Option<Vec<Value>> = self.parameter(name).and_then(|list| serde_json::from_str(list).ok());
        list.into_iter().flatten().filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
    }

    fn challenges(&self, name: &str) -> Vec<ChallengeNameType> {
        self.list(name).into_iter().map(ChallengeNameType::from).collect()
    }

    /// Writes the name of the challenge and the names of its parameters, without values.
    pub(super) fn debug(&self, type_name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(type_name)
            .field("name", &self.debug_names.challenge)
            .field("parameters", &self.debug_names.parameters)
            .finish_non_exhaustive()
    }
}

/// Declares challenge types, each a wrapper of [`ChallengeData`].
macro_rules! challenges {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[must_use = "the sign-in continues when the challenge is answered"]
        pub struct $name(pub(super) Box<ChallengeData>);

        impl From<Box<ChallengeData>> for $name {
            fn from(data: Box<ChallengeData>) -> Self {
                Self(data)
            }
        }

        impl From<$name> for Context {
            fn from(challenge: $name) -> Self {
                challenge.0.context
            }
        }

        impl AsMut<Context> for $name {
            fn as_mut(&mut self) -> &mut Context {
                &mut self.0.context
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.debug(stringify!($name), f)
            }
        }
    )+};
}
pub(super) use challenges;

challenges! {
    /// A challenge for a code: `SMS_MFA`, `EMAIL_OTP`, `SMS_OTP` or `SOFTWARE_TOKEN_MFA`.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{KeptChallenge, Step};
    /// # let parameters = [("CODE_DELIVERY_DESTINATION", "+*******0123")];
    /// # let challenge = KeptChallenge::new("SMS_MFA", "alice").with_parameters(parameters);
    /// # let Step::SmsMfa(challenge) = challenge.into_step() else { panic!() };
    /// assert_eq!(challenge.destination(), Some("+*******0123"));
    /// assert_eq!(challenge.friendly_device_name(), None, "not an authenticator app");
    /// # async fn answer(client: &cognito_userpools::Client, challenge: cognito_userpools::sign_in::CodeChallenge) -> Result<Step, cognito_userpools::Error> {
    /// let step = challenge.answer(client, "123456").await?;
    /// # Ok(step)
    /// # }
    /// ```
    CodeChallenge

    /// The challenge `NEW_PASSWORD_REQUIRED`: a new password, and values for the attributes that the pool requires.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{NewPasswordChallenge, KeptChallenge, Step};
    /// # let parameters = [
    /// #     ("requiredAttributes", r#"["userAttributes.given_name"]"#),
    /// #     ("userAttributes", r#"{"email": "alice@example.com"}"#),
    /// # ];
    /// # let challenge = KeptChallenge::new("NEW_PASSWORD_REQUIRED", "alice").with_parameters(parameters);
    /// # let Step::NewPasswordRequired(challenge) = challenge.into_step() else { panic!() };
    /// assert_eq!(challenge.required_attributes(), ["given_name"]);
    /// assert_eq!(challenge.user_attributes()["email"], "alice@example.com");
    /// # async fn answer(client: &cognito_userpools::Client, challenge: NewPasswordChallenge) -> Result<Step, cognito_userpools::Error> {
    /// // If no attributes are required, `answer` takes only the password.
    /// let step = challenge
    ///     .answer_with_attributes(client, "correct horse", [("given_name", "Alice")])
    ///     .await?;
    /// # Ok(step)
    /// # }
    /// ```
    NewPasswordChallenge

    /// The challenge `MFA_SETUP`: the user has to set up a second factor.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{MfaSetupChallenge, Step};
    /// # async fn set_up(client: &cognito_userpools::Client, challenge: MfaSetupChallenge) -> Result<Step, cognito_userpools::Error> {
    /// println!("the pool allows {:?}", challenge.available());
    /// let setup = challenge.software_token(client).await?;
    /// println!("enter this key in the authenticator app: {}", setup.secret_code());
    /// let step = setup.verify(client, "123456").await?;
    /// # Ok(step)
    /// # }
    /// ```
    MfaSetupChallenge

    /// The challenge `SELECT_MFA_TYPE`: a choice of the second factor.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{SelectMfaTypeChallenge, Step};
    /// use cognito_userpools::operations::ChallengeNameType;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Selects the authenticator app if available.
    /// async fn select(client: &Client, challenge: SelectMfaTypeChallenge) -> Result<Step, Error> {
    ///     let app = ChallengeNameType::SoftwareTokenMfa;
    ///     let factor =
    ///         if challenge.available().contains(&app) { app } else { ChallengeNameType::SmsMfa };
    ///     Ok(challenge.select(client, factor).await?)
    /// }
    /// ```
    SelectMfaTypeChallenge

    /// The challenge `SELECT_CHALLENGE`: a choice of the first factor.
    ///
    /// ```
    /// use cognito_userpools::sign_in::{FirstFactor, SelectChallenge, Step};
    /// use cognito_userpools::operations::ChallengeNameType;
    /// use cognito_userpools::{Client, Error};
    ///
    /// /// Selects a passkey if available.
    /// async fn select(client: &Client, challenge: SelectChallenge) -> Result<Step, Error> {
    ///     let factor = match challenge.available().contains(&ChallengeNameType::WebAuthn) {
    ///         true => FirstFactor::web_authn(),
    ///         false => FirstFactor::email_otp(),
    ///     };
    ///     Ok(challenge.select(client, factor).await?)
    /// }
    /// ```
    SelectChallenge

    /// The challenge `PASSWORD`: a password, which is sent to the service.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{PasswordChallenge, Step};
    /// # async fn answer(client: &cognito_userpools::Client, challenge: PasswordChallenge) -> Result<Step, cognito_userpools::Error> {
    /// let step = challenge.answer(client, "correct horse").await?;
    /// # Ok(step)
    /// # }
    /// ```
    PasswordChallenge

    /// The challenge `PASSWORD_SRP`: a password, which is proved with SRP and not sent.
    ///
    /// ```
    /// # use cognito_userpools::sign_in::{PasswordSrpChallenge, Step};
    /// # async fn answer(client: &cognito_userpools::Client, challenge: PasswordSrpChallenge) -> Result<Step, cognito_userpools::Error> {
    /// let step = challenge.answer(client, "eu-west-1_Ab12Cd34", "correct horse").await?;
    /// # Ok(step)
    /// # }
    /// ```
    PasswordSrpChallenge

    /// The challenge `WEB_AUTHN`: a passkey.
    ///
    /// ```
    /// use cognito_userpools::Client;
    /// use cognito_userpools::passkeys::AuthenticationResponse;
    /// use cognito_userpools::sign_in::{Step, WebAuthnChallenge};
    /// use std::error::Error;
    ///
    /// /// Answers with the proof of the browser. Both directions are JSON.
    /// async fn answer(
    ///     client: &Client,
    ///     challenge: WebAuthnChallenge,
    ///     ask_browser: impl Fn(String) -> String,
    /// ) -> Result<Step, Box<dyn Error>> {
    ///     let json = ask_browser(challenge.request_options()?.into());
    ///     let proof: AuthenticationResponse = json.parse()?;
    ///     Ok(challenge.answer(client, proof).await?)
    /// }
    /// ```
    WebAuthnChallenge

    /// The challenge `CUSTOM_CHALLENGE`, which a Lambda trigger of the pool defines.
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

impl CodeChallenge {
    /// Returns the address to which the code was sent, partly masked. `None` for an authenticator app.
    #[must_use]
    pub fn destination(&self) -> Option<&str> {
        self.0.parameter("CODE_DELIVERY_DESTINATION")
    }

    /// Returns the user's name for the device with the authenticator app.
    #[must_use]
    pub fn friendly_device_name(&self) -> Option<&str> {
        self.0.parameter("FRIENDLY_DEVICE_NAME")
    }
}

impl NewPasswordChallenge {
    /// Returns the names of the attributes that must be set with the password, without the prefix `userAttributes.`.
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

    /// Returns the user's current attributes.
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
}

impl MfaSetupChallenge {
    /// Returns the second factors that the pool allows.
    #[must_use]
    pub fn available(&self) -> Vec<ChallengeNameType> {
        self.0.challenges("MFAS_CAN_SETUP")
    }
}

impl SelectMfaTypeChallenge {
    /// Returns the second factors from which the user can choose.
    #[must_use]
    pub fn available(&self) -> Vec<ChallengeNameType> {
        self.0.challenges("MFAS_CAN_CHOOSE")
    }
}

impl SelectChallenge {
    /// Returns the first factors from which the user can choose.
    #[must_use]
    pub fn available(&self) -> &[ChallengeNameType] {
        &self.0.available
    }
}

impl WebAuthnChallenge {
    /// Returns the options for the browser or operating system: the JSON of a
    /// [`PublicKeyCredentialRequestOptions`](https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson).
    #[must_use]
    pub fn credential_request_options(&self) -> Option<&str> {
        self.0.parameter("CREDENTIAL_REQUEST_OPTIONS")
    }

    /// Reads the [options](Self::credential_request_options) and checks them.
    ///
    /// # Errors
    ///
    /// Returns an error if the options are missing or lack a member.
    pub fn request_options(&self) -> Result<RequestOptions, MalformedDocument> {
        RequestOptions::from_parameter(self.credential_request_options())
    }
}

impl CustomChallenge {
    /// Returns the public parameters that the Lambda trigger set.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.0.parameters
    }
}
