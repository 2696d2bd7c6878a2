//! Passkeys.

use cognito_op::{cognito_op, cognito_shape};
use serde_json::Value;
use std::time::SystemTime;

/// Begins to register a passkey: gives what the browser needs to create one.
///
/// ```
/// use cognito_userpools::operations::StartWebAuthnRegistration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let begun = StartWebAuthnRegistration::new("the access token").send(client).await?;
/// // For `PublicKeyCredential.parseCreationOptionsFromJSON` in the browser.
/// let options = begun.credential_creation_options.map(|options| options.to_string());
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "StartWebAuthnRegistration")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartWebAuthnRegistration {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// The answer to [`StartWebAuthnRegistration`].
///
/// ```
/// use cognito_userpools::operations::StartWebAuthnRegistrationResponse;
///
/// let options = serde_json::json!({"challenge": "c2FsdA", "rp": {"id": "example.com"}});
/// let answer = StartWebAuthnRegistrationResponse::new().credential_creation_options(options);
/// assert_eq!(answer.credential_creation_options.unwrap()["rp"]["id"], "example.com");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartWebAuthnRegistrationResponse {
    /// What `navigator.credentials.create` takes.
    pub credential_creation_options: Option<Value>,
}

/// Registers a passkey that was created.
///
/// ```
/// use cognito_userpools::operations::CompleteWebAuthnRegistration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// // What `PublicKeyCredential.toJSON` has given in the browser.
/// let credential =
///     serde_json::json!({"id": "…", "rawId": "…", "type": "public-key", "response": {}});
/// CompleteWebAuthnRegistration::new("the access token", credential).send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CompleteWebAuthnRegistration", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CompleteWebAuthnRegistration {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// What the browser has answered.
    pub credential: Value,
}

/// The user's passkeys, page by page.
///
/// ```
/// use cognito_userpools::operations::ListWebAuthnCredentials;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = ListWebAuthnCredentials::new("the access token").max_results(10);
/// let first = operation.send(client).await?;
/// if let Some(next) = first.next_token {
///     let second = operation.next_token(next).send(client).await?;
/// }
/// # Ok(())
/// # }
/// ```
///
/// `pages` and `entries` go through all of them.
#[cognito_op(target = "ListWebAuthnCredentials")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
///
/// ```
/// use cognito_userpools::operations::{ListWebAuthnCredentialsResponse, WebAuthnCredentialDescription};
///
/// let page = ListWebAuthnCredentialsResponse::new()
///     .credentials([WebAuthnCredentialDescription::new()])
///     .next_token("the next page");
/// assert_eq!(page.credentials.map(|credentials| credentials.len()), Some(1));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListWebAuthnCredentialsResponse {
    /// The passkeys.
    pub credentials: Option<Vec<WebAuthnCredentialDescription>>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

/// Deletes a passkey.
///
/// ```
/// use cognito_userpools::operations::DeleteWebAuthnCredential;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteWebAuthnCredential::new("the access token", "the id of the passkey").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteWebAuthnCredential", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteWebAuthnCredential {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The id of the passkey.
    #[len]
    pub credential_id: String,
}

/// A passkey.
///
/// ```
/// use cognito_userpools::operations::WebAuthnCredentialDescription;
///
/// let passkey = WebAuthnCredentialDescription::new()
///     .credential_id("c2FsdA")
///     .friendly_credential_name("phone")
///     .relying_party_id("example.com")
///     .authenticator_attachment("platform")
///     .authenticator_transports(["internal".to_owned()])
///     .created_at(std::time::SystemTime::now());
/// assert_eq!(passkey.relying_party_id.as_deref(), Some("example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
