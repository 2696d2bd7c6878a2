//! Passkeys.

use crate::{cognito_op, cognito_shape};
use serde_json::Value;
use std::time::SystemTime;

/// Begins to register a passkey: gives what the browser needs to create one.
#[cognito_op(target = "StartWebAuthnRegistration")]
#[derive(Clone, PartialEq)]
pub struct StartWebAuthnRegistration {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// The answer to [`StartWebAuthnRegistration`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct StartWebAuthnRegistrationResponse {
    /// What `navigator.credentials.create` takes.
    pub credential_creation_options: Option<Value>,
}

/// Registers a passkey that was created.
#[cognito_op(target = "CompleteWebAuthnRegistration", response = ())]
#[derive(Clone, PartialEq)]
pub struct CompleteWebAuthnRegistration {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// What the browser has answered.
    pub credential: Value,
}

/// The user's passkeys, page by page.
#[cognito_op(target = "ListWebAuthnCredentials")]
#[derive(Clone, PartialEq)]
pub struct ListWebAuthnCredentials {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// How many to give at most.
    #[range]
    pub max_results: Option<i32>,
    /// Where this page begins: what the page before it said.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The answer to [`ListWebAuthnCredentials`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct ListWebAuthnCredentialsResponse {
    /// The passkeys.
    pub credentials: Option<Vec<WebAuthnCredentialDescription>>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

/// Deletes a passkey.
#[cognito_op(target = "DeleteWebAuthnCredential", response = ())]
#[derive(Clone, PartialEq)]
pub struct DeleteWebAuthnCredential {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The id of the passkey.
    #[len]
    pub credential_id: String,
}

/// A passkey.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct WebAuthnCredentialDescription {
    /// Whether the authenticator is part of the device.
    pub authenticator_attachment: Option<String>,
    /// How the authenticator is reached.
    pub authenticator_transports: Option<Vec<String>>,
    /// When it was registered.
    pub created_at: Option<SystemTime>,
    /// The id of the passkey.
    pub credential_id: Option<String>,
    /// Its name.
    pub friendly_credential_name: Option<String>,
    /// The domain that it is for.
    pub relying_party_id: Option<String>,
}
