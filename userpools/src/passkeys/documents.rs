//! The documents.

use super::check::{
    authentication_response, check_value_length, creation_options, decode, find, parse, registration_response,
    request_options,
};
use super::malformed::{MalformedDocument, Problem};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Declares documents, each a wrapper of a [`Value`] that a function has checked.
macro_rules! documents {
    ($($(#[$doc:meta])+ $name:ident: $check:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, PartialEq)]
        pub struct $name(Value);

        impl FromStr for $name {
            type Err = MalformedDocument;

            fn from_str(text: &str) -> Result<Self, MalformedDocument> {
                let document = parse(text)?;
                $check(&document)?;
                Ok(Self(document))
            }
        }

        impl TryFrom<Value> for $name {
            type Error = MalformedDocument;

            fn try_from(document: Value) -> Result<Self, MalformedDocument> {
                $check(&document)?;
                check_value_length(&document)?;
                Ok(Self(document))
            }
        }

        impl From<$name> for Value {
            fn from(document: $name) -> Self {
                document.0
            }
        }

        /// Returns the JSON.
        impl From<$name> for String {
            fn from(document: $name) -> Self {
                document.0.to_string()
            }
        }

        impl AsRef<Value> for $name {
            fn as_ref(&self) -> &Value {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }

        #[cfg(feature = "serde")]
        impl serde::ser::Serialize for $name {
            fn serialize<S: serde::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::de::Deserialize<'de> for $name {
            fn deserialize<D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    )+};
}

documents! {
    /// The options with which a browser creates a passkey, made by
    /// [`StartWebAuthnRegistration`](crate::operations::StartWebAuthnRegistration): a
    /// [`PublicKeyCredentialCreationOptionsJSON`](https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptionsjson)
    /// for `PublicKeyCredential.parseCreationOptionsFromJSON`.
    ///
    /// ```
    /// use cognito_userpools::passkeys::{CreationOptions, MalformedDocument};
    /// use serde_json::json;
    ///
    /// # fn main() -> Result<(), MalformedDocument> {
    /// let options = CreationOptions::try_from(json!({
    ///     "challenge": "c2FsdA",
    ///     "rp": {"id": "example.com", "name": "Example"},
    ///     "user": {"id": "YWxpY2U", "name": "alice", "displayName": "Alice"},
    ///     "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    ///     "excludeCredentials": [{"type": "public-key", "id": "b2xk"}],
    ///     "hints": ["client-device"],
    /// }))?;
    /// assert_eq!(options.rp_id(), Some("example.com"));
    /// assert_eq!((options.user_id(), options.user_name()), ("YWxpY2U", "alice"));
    /// assert_eq!(options.exclude_credentials(), ["b2xk"]);
    /// assert_eq!((options.challenge(), options.timeout()), ("c2FsdA", None));
    /// assert_eq!(options.as_ref()["hints"][0], "client-device");
    /// let for_the_page = String::from(options);
    /// # Ok(())
    /// # }
    /// ```
    CreationOptions: creation_options;

    /// The options with which a browser signs in with a passkey, made by the challenge
    /// [`WEB_AUTHN`](crate::sign_in::WebAuthnChallenge::request_options): a
    /// [`PublicKeyCredentialRequestOptionsJSON`](https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson)
    /// for `PublicKeyCredential.parseRequestOptionsFromJSON`.
    ///
    /// ```
    /// use cognito_userpools::passkeys::{MalformedDocument, RequestOptions};
    /// use std::time::Duration;
    ///
    /// # fn main() -> Result<(), MalformedDocument> {
    /// let options: RequestOptions = r#"{
    ///     "challenge": "c2FsdA", "rpId": "example.com", "timeout": 60000,
    ///     "allowCredentials": [{"type": "public-key", "id": "b25l"}]
    /// }"#.parse()?;
    /// assert_eq!((options.challenge(), options.rp_id()), ("c2FsdA", Some("example.com")));
    /// assert_eq!(options.allow_credentials(), ["b25l"]);
    /// assert_eq!(options.timeout(), Some(Duration::from_secs(60)));
    /// # Ok(())
    /// # }
    /// ```
    RequestOptions: request_options;

    /// A passkey that a browser created, for
    /// [`CompleteWebAuthnRegistration`](crate::operations::CompleteWebAuthnRegistration): the
    /// [`RegistrationResponseJSON`](https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson) of
    /// `PublicKeyCredential.toJSON`.
    ///
    /// ```
    /// use cognito_userpools::operations::CompleteWebAuthnRegistration;
    /// use cognito_userpools::passkeys::{MalformedDocument, RegistrationResponse};
    ///
    /// # fn main() -> Result<(), MalformedDocument> {
    /// let passkey: RegistrationResponse = r#"{
    ///     "id": "b25l", "rawId": "b25l", "type": "public-key", "clientExtensionResults": {},
    ///     "authenticatorAttachment": "platform",
    ///     "response": {
    ///         "clientDataJSON": "eyJvcmlnaW4iOiJodHRwczovL2V4YW1wbGUuY29tIn0",
    ///         "attestationObject": "oA", "transports": ["internal"]
    ///     }
    /// }"#.parse()?;
    /// assert_eq!((passkey.id(), passkey.transports()), ("b25l", vec!["internal"]));
    /// assert_eq!(passkey.authenticator_attachment(), Some("platform"));
    /// assert_eq!(passkey.origin().as_deref(), Some("https://example.com"));
    /// let operation = CompleteWebAuthnRegistration::new("the access token", passkey);
    /// # Ok(())
    /// # }
    /// ```
    RegistrationResponse: registration_response;

    /// The proof of a passkey, for [`WebAuthnChallenge::answer`](crate::sign_in::WebAuthnChallenge::answer): the
    /// [`AuthenticationResponseJSON`](https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson) of
    /// `PublicKeyCredential.toJSON`.
    ///
    /// ```
    /// use cognito_userpools::passkeys::{AuthenticationResponse, MalformedDocument};
    ///
    /// # fn main() -> Result<(), MalformedDocument> {
    /// let proof: AuthenticationResponse = r#"{
    ///     "id": "b25l", "rawId": "b25l", "type": "public-key", "clientExtensionResults": {},
    ///     "response": {
    ///         "clientDataJSON": "eyJvcmlnaW4iOiJodHRwczovL2V4YW1wbGUuY29tIn0",
    ///         "authenticatorData": "ZGF0YQ", "signature": "c2ln", "userHandle": "YWxpY2U"
    ///     }
    /// }"#.parse()?;
    /// assert_eq!((proof.id(), proof.user_handle()), ("b25l", Some("YWxpY2U")));
    /// assert_eq!(proof.authenticator_attachment(), None);
    /// assert_eq!(proof.origin().as_deref(), Some("https://example.com"));
    /// # Ok(())
    /// # }
    /// ```
    AuthenticationResponse: authentication_response;
}

impl CreationOptions {
    /// Returns the challenge, in base64url.
    #[must_use]
    pub fn challenge(&self) -> &str {
        text(&self.0, "challenge").unwrap_or_default()
    }

    /// Returns the id of the relying party, a domain. Without it, browsers take the domain of the page.
    #[must_use]
    pub fn rp_id(&self) -> Option<&str> {
        text(&self.0, "rp.id")
    }

    /// Returns the id of the user, in base64url. It is the user handle of the passkey.
    #[must_use]
    pub fn user_id(&self) -> &str {
        text(&self.0, "user.id").unwrap_or_default()
    }

    /// Returns the name of the user, which browsers show with the passkey.
    #[must_use]
    pub fn user_name(&self) -> &str {
        text(&self.0, "user.name").unwrap_or_default()
    }

    /// Returns the ids of the passkeys that the user has already, in base64url. An authenticator with one of them does
    /// not create another.
    #[must_use]
    pub fn exclude_credentials(&self) -> Vec<&str> {
        ids(&self.0, "excludeCredentials")
    }

    /// Returns the time that the browser has to create the passkey.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        timeout(&self.0)
    }
}

impl RequestOptions {
    /// Reads the parameter of a challenge.
    pub(crate) fn from_parameter(json: Option<&str>) -> Result<Self, MalformedDocument> {
        json.ok_or(MalformedDocument::new("", Problem::Missing))?.parse()
    }

    /// Returns the challenge, in base64url.
    #[must_use]
    pub fn challenge(&self) -> &str {
        text(&self.0, "challenge").unwrap_or_default()
    }

    /// Returns the id of the relying party, a domain. Without it, browsers take the domain of the page.
    #[must_use]
    pub fn rp_id(&self) -> Option<&str> {
        text(&self.0, "rpId")
    }

    /// Returns the ids of the accepted passkeys, in base64url. If there are none, the browser offers every passkey that
    /// it has for the relying party.
    #[must_use]
    pub fn allow_credentials(&self) -> Vec<&str> {
        ids(&self.0, "allowCredentials")
    }

    /// Returns the time that the browser has for the proof.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        timeout(&self.0)
    }
}

impl RegistrationResponse {
    /// Returns the id of the passkey, in base64url.
    #[must_use]
    pub fn id(&self) -> &str {
        text(&self.0, "id").unwrap_or_default()
    }

    /// Returns the attachment of the authenticator: `platform` if it is part of the device, or `cross-platform`.
    #[must_use]
    pub fn authenticator_attachment(&self) -> Option<&str> {
        text(&self.0, "authenticatorAttachment")
    }

    /// Returns the transports of the authenticator, such as `internal` or `usb`.
    #[must_use]
    pub fn transports(&self) -> Vec<&str> {
        list(&self.0, "response.transports").filter_map(Value::as_str).collect()
    }

    /// Returns the origin of the page, as the browser reports it. The service verifies it; a program can compare it
    /// before, or log it if the service rejects it.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        origin(&self.0)
    }
}

impl AuthenticationResponse {
    /// Returns the id of the passkey, in base64url.
    #[must_use]
    pub fn id(&self) -> &str {
        text(&self.0, "id").unwrap_or_default()
    }

    /// Returns the attachment of the authenticator: `platform` if it is part of the device, or `cross-platform`.
    #[must_use]
    pub fn authenticator_attachment(&self) -> Option<&str> {
        text(&self.0, "authenticatorAttachment")
    }

    /// Returns the id of the user from the registration, in base64url, if the authenticator stored it.
    #[must_use]
    pub fn user_handle(&self) -> Option<&str> {
        text(&self.0, "response.userHandle").filter(|handle| !handle.is_empty())
    }

    /// Returns the origin of the page, as the browser reports it. The service verifies it; a program can compare it
    /// before, or log it if the service rejects it.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        origin(&self.0)
    }
}

fn text<'v>(document: &'v Value, path: &str) -> Option<&'v str> {
    find(document, path)?.as_str()
}

fn list<'v>(document: &'v Value, path: &str) -> impl Iterator<Item = &'v Value> {
    find(document, path).and_then(Value::as_array).into_iter().flatten()
}

fn ids<'v>(document: &'v Value, path: &str) -> Vec<&'v str> {
    list(document, path).filter_map(|credential| text(credential, "id")).collect()
}

fn timeout(document: &Value) -> Option<Duration> {
    find(document, "timeout")?.as_u64().map(Duration::from_millis)
}

fn origin(document: &Value) -> Option<String> {
    let client_data = decode(text(document, "response.clientDataJSON")?)?;
    let client_data: Value = serde_json::from_slice(&client_data).ok()?;
    text(&client_data, "origin").map(str::to_owned)
}
