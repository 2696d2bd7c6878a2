//! The secrets of app clients.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Adds a second secret to an app client, for rotation; two is the maximum. A generated secret is returned only in this
/// response.
///
/// ```
/// use cognito_userpools::admin::AddUserPoolClientSecret;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AddUserPoolClientSecret::new("eu-west-1_Ab12Cd34", "1example23456789")
///     .client_secret("1example23456789example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.client_secret_descriptor);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AddUserPoolClientSecret", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddUserPoolClientSecret {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The new secret. By default, the service generates one.
    #[len]
    #[pattern]
    pub client_secret: Option<String>,
}

/// The response of [`AddUserPoolClientSecret`].
///
/// ```
/// use cognito_userpools::admin::{AddUserPoolClientSecretResponse, ClientSecretDescriptorType};
///
/// let response = AddUserPoolClientSecretResponse::new()
///     .client_secret_descriptor(ClientSecretDescriptorType::new());
/// assert!(response.client_secret_descriptor.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AddUserPoolClientSecretResponse {
    /// The new secret.
    pub client_secret_descriptor: Option<ClientSecretDescriptorType>,
}

/// Lists the secrets of an app client, without their values.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListUserPoolClientSecrets;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUserPoolClientSecrets::new("eu-west-1_Ab12Cd34", "1example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.client_secrets);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUserPoolClientSecrets", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolClientSecrets {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The token from the previous response. It is not needed, because each response contains all secrets.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListUserPoolClientSecrets`].
///
/// ```
/// use cognito_userpools::admin::{ClientSecretDescriptorType, ListUserPoolClientSecretsResponse};
///
/// let response = ListUserPoolClientSecretsResponse::new()
///     .client_secrets([ClientSecretDescriptorType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolClientSecretsResponse {
    /// The secrets, with their ids but without their values.
    pub client_secrets: Option<Vec<ClientSecretDescriptorType>>,
    /// The token of the next page. It is always missing, because each response contains all secrets.
    pub next_token: Option<String>,
}

/// Deletes a secret of an app client. The last secret cannot be deleted.
///
/// ```
/// use cognito_userpools::admin::DeleteUserPoolClientSecret;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUserPoolClientSecret::new(
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
///     "1example23456789--1767225600000",
/// )
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserPoolClientSecret", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserPoolClientSecret {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The id of the secret.
    #[len]
    pub client_secret_id: String,
}

/// A secret of an app client. The value is present only in the response that creates a generated secret.
///
/// ```
/// use cognito_userpools::admin::ClientSecretDescriptorType;
///
/// let descriptor = ClientSecretDescriptorType::new()
///     .client_secret_id("1example23456789--1767225600000")
///     .client_secret_value("1example23456789example23456789");
/// assert_eq!(descriptor.client_secret_value.as_deref(), Some("1example23456789example23456789"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ClientSecretDescriptorType {
    /// The id of the secret.
    pub client_secret_id: Option<String>,
    /// The secret itself. Only the response to the creation contains it, and only if the service generated it.
    pub client_secret_value: Option<String>,
    /// The time at which the secret was created.
    pub client_secret_create_date: Option<SystemTime>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AddUserPoolClientSecretResponse ListUserPoolClientSecretsResponse ClientSecretDescriptorType
}
