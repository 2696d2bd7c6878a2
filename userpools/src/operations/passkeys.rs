//! Passkeys.

use cognito_op::{cognito_op, cognito_shape};
use serde_json::Value;
use std::time::SystemTime;

/// Starts the registration of a passkey: returns the options with which a browser creates one.
///
/// ```
/// use cognito_userpools::operations::StartWebAuthnRegistration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let started = StartWebAuthnRegistration::new("the access token").send(client).await?;
/// // For `PublicKeyCredential.parseCreationOptionsFromJSON` in the browser.
/// let options = started.credential_creation_options.to_string();
/// # Ok(())
/// # }
/// ```
///
/// [`CreationOptions`](crate::passkeys::CreationOptions) reads and checks the options.
#[cognito_op(target = "StartWebAuthnRegistration")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartWebAuthnRegistration {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
}

/// The response of [`StartWebAuthnRegistration`].
///
/// ```
/// use cognito_userpools::operations::StartWebAuthnRegistrationResponse;
///
/// let options = serde_json::json!({"challenge": "c2FsdA", "rp": {"id": "example.com"}});
/// let response = StartWebAuthnRegistrationResponse::new(options);
/// assert_eq!(response.credential_creation_options["rp"]["id"], "example.com");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StartWebAuthnRegistrationResponse {
    /// The options for `navigator.credentials.create`.
    pub credential_creation_options: Value,
}

/// Completes the registration of a passkey.
///
/// ```
/// use cognito_userpools::operations::CompleteWebAuthnRegistration;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// // The result of `PublicKeyCredential.toJSON` in the browser.
/// let credential =
///     serde_json::json!({"id": "…", "rawId": "…", "type": "public-key", "response": {}});
/// CompleteWebAuthnRegistration::new("the access token", credential).send(client).await?;
/// # Ok(())
/// # }
/// ```
///
/// A [`RegistrationResponse`](crate::passkeys::RegistrationResponse) is checked before it is sent.
#[cognito_op(target = "CompleteWebAuthnRegistration", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CompleteWebAuthnRegistration {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The credential that the browser returned.
    #[sensitive]
    pub credential: Value,
}

/// Lists the user's passkeys.
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
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
#[cognito_op(target = "ListWebAuthnCredentials", paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListWebAuthnCredentials {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The maximum number of passkeys to return.
    #[range]
    pub max_results: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListWebAuthnCredentials`].
///
/// ```
/// use cognito_userpools::operations::{
///     ListWebAuthnCredentialsResponse, WebAuthnCredentialDescription,
/// };
///
/// let registered = std::time::SystemTime::now();
/// let passkey = WebAuthnCredentialDescription::new(registered, "c2FsdA");
/// let page = ListWebAuthnCredentialsResponse::new([passkey]).next_token("the next page");
/// assert_eq!(page.credentials.len(), 1);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListWebAuthnCredentialsResponse {
    /// The passkeys.
    pub credentials: Vec<WebAuthnCredentialDescription>,
    /// The token of the next page, if there is one.
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
    /// The user's access token.
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
/// let registered = std::time::SystemTime::now();
/// let passkey = WebAuthnCredentialDescription::new(registered, "c2FsdA")
///     .authenticator_transports(["internal"])
///     .friendly_credential_name("phone")
///     .relying_party_id("example.com")
///     .authenticator_attachment("platform");
/// assert_eq!(passkey.relying_party_id.as_deref(), Some("example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebAuthnCredentialDescription {
    /// The attachment of the authenticator: `platform` if it is part of the device, or `cross-platform`.
    pub authenticator_attachment: Option<String>,
    /// The transports of the authenticator, such as `internal` or `usb`.
    // Required by the model, but absent in the example of the AWS CLI reference.
    pub authenticator_transports: Option<Vec<String>>,
    /// The time of the registration.
    pub created_at: SystemTime,
    /// The id of the passkey.
    pub credential_id: String,
    /// The name of the passkey.
    // Required by the model, but cognitox sends null for a passkey without a name. The same applies to the domain.
    pub friendly_credential_name: Option<String>,
    /// The domain of the relying party.
    pub relying_party_id: Option<String>,
}
