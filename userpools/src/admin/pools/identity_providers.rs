//! Identity providers.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Adds an identity provider to a user pool.
///
/// ```
/// use cognito_userpools::admin::{CreateIdentityProvider, IdentityProviderTypeType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateIdentityProvider::new(
///     "eu-west-1_Ab12Cd34",
///     "Example",
///     IdentityProviderTypeType::Saml,
///     [("client_id", "1234567890"), ("client_secret", "the client secret")],
/// )
///     .attribute_mapping([("email", "email")])
///     .idp_identifiers(["example.com"])
///     .send(client)
///     .await?;
/// println!("{:?}", response.identity_provider);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateIdentityProvider", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateIdentityProvider {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the identity provider.
    #[len]
    #[pattern]
    pub provider_name: String,
    /// The type of the identity provider, such as `OIDC`.
    pub provider_type: IdentityProviderTypeType,
    /// The settings of the identity provider, such as `client_id` or `MetadataURL`. The keys depend on its type.
    #[keys(len)]
    #[values(len)]
    pub provider_details: BTreeMap<String, String>,
    /// The mapping of attributes, with those of the user pool as keys and those of the identity provider as values.
    #[keys(len)]
    #[values(len)]
    pub attribute_mapping: Option<BTreeMap<String, String>>,
    /// The identifiers that select the identity provider in the parameter `idp_identifier` of an authorize request,
    /// such as email domains.
    #[len]
    #[each(len, pattern)]
    pub idp_identifiers: Option<Vec<String>>,
    /// The identity provider's names of the authentication levels, by level from `Level1` to `Level4`. Only providers
    /// of the type `OIDC` support it.
    #[len]
    #[keys(pattern)]
    #[values(len, pattern)]
    pub acr_mapping: Option<BTreeMap<String, String>>,
}

/// The response of [`CreateIdentityProvider`].
///
/// ```
/// use cognito_userpools::admin::{CreateIdentityProviderResponse, IdentityProviderType};
///
/// let response = CreateIdentityProviderResponse::new(IdentityProviderType::new());
/// assert!(response.identity_provider.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateIdentityProviderResponse {
    /// The identity provider.
    pub identity_provider: IdentityProviderType,
}

/// Returns an identity provider by its name. The details can contain the client secret of the provider.
///
/// ```
/// use cognito_userpools::admin::DescribeIdentityProvider;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeIdentityProvider::new("eu-west-1_Ab12Cd34", "Example")
///     .send(client)
///     .await?;
/// println!("{:?}", response.identity_provider);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeIdentityProvider", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeIdentityProvider {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the identity provider.
    #[len]
    #[pattern]
    pub provider_name: String,
}

/// The response of [`DescribeIdentityProvider`].
///
/// ```
/// use cognito_userpools::admin::{DescribeIdentityProviderResponse, IdentityProviderType};
///
/// let response = DescribeIdentityProviderResponse::new(IdentityProviderType::new());
/// assert!(response.identity_provider.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeIdentityProviderResponse {
    /// The identity provider.
    pub identity_provider: IdentityProviderType,
}

/// Returns an identity provider by one of its identifiers. The details can contain the client secret of the provider.
///
/// ```
/// use cognito_userpools::admin::GetIdentityProviderByIdentifier;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetIdentityProviderByIdentifier::new("eu-west-1_Ab12Cd34", "example.com")
///     .send(client)
///     .await?;
/// println!("{:?}", response.identity_provider);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetIdentityProviderByIdentifier", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetIdentityProviderByIdentifier {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// An identifier from the `IdpIdentifiers` of the identity provider, such as an email domain.
    #[len]
    #[pattern]
    pub idp_identifier: String,
}

/// The response of [`GetIdentityProviderByIdentifier`].
///
/// ```
/// use cognito_userpools::admin::{GetIdentityProviderByIdentifierResponse, IdentityProviderType};
///
/// let response = GetIdentityProviderByIdentifierResponse::new(IdentityProviderType::new());
/// assert!(response.identity_provider.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetIdentityProviderByIdentifierResponse {
    /// The identity provider.
    pub identity_provider: IdentityProviderType,
}

/// Lists the identity providers of a user pool.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListIdentityProviders;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListIdentityProviders::new("eu-west-1_Ab12Cd34")
///     .max_results(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.providers);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListIdentityProviders", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListIdentityProviders {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of identity providers to return.
    #[range]
    pub max_results: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListIdentityProviders`].
///
/// ```
/// use cognito_userpools::admin::{ListIdentityProvidersResponse, ProviderDescription};
///
/// let response = ListIdentityProvidersResponse::new([ProviderDescription::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListIdentityProvidersResponse {
    /// The identity providers.
    pub providers: Vec<ProviderDescription>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Changes the configuration of an identity provider.
///
/// ```
/// use cognito_userpools::admin::UpdateIdentityProvider;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateIdentityProvider::new("eu-west-1_Ab12Cd34", "Example")
///     .provider_details([("client_id", "1234567890"), ("client_secret", "the client secret")])
///     .attribute_mapping([("email", "email")])
///     .send(client)
///     .await?;
/// println!("{:?}", response.identity_provider);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateIdentityProvider", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateIdentityProvider {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the identity provider.
    #[len]
    #[pattern]
    pub provider_name: String,
    /// The settings of the identity provider, such as `client_id` or `MetadataURL`. The keys depend on its type.
    #[keys(len)]
    #[values(len)]
    pub provider_details: Option<BTreeMap<String, String>>,
    /// The mapping of attributes, with those of the user pool as keys and those of the identity provider as values.
    #[keys(len)]
    #[values(len)]
    pub attribute_mapping: Option<BTreeMap<String, String>>,
    /// The identifiers that select the identity provider in the parameter `idp_identifier` of an authorize request,
    /// such as email domains.
    #[len]
    #[each(len, pattern)]
    pub idp_identifiers: Option<Vec<String>>,
    /// The identity provider's names of the authentication levels, by level from `Level1` to `Level4`. Only providers
    /// of the type `OIDC` support it.
    #[len]
    #[keys(pattern)]
    #[values(len, pattern)]
    pub acr_mapping: Option<BTreeMap<String, String>>,
}

/// The response of [`UpdateIdentityProvider`].
///
/// ```
/// use cognito_userpools::admin::{IdentityProviderType, UpdateIdentityProviderResponse};
///
/// let response = UpdateIdentityProviderResponse::new(IdentityProviderType::new());
/// assert!(response.identity_provider.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateIdentityProviderResponse {
    /// The identity provider.
    pub identity_provider: IdentityProviderType,
}

/// Deletes an identity provider. Its users cannot sign in through it any more.
///
/// ```
/// use cognito_userpools::admin::DeleteIdentityProvider;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteIdentityProvider::new("eu-west-1_Ab12Cd34", "Example").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteIdentityProvider", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteIdentityProvider {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the identity provider.
    #[len]
    #[pattern]
    pub provider_name: String,
}

/// Returns the certificate with which a user pool signs SAML requests. The service issues a new one each year; the old
/// one stays valid.
///
/// ```
/// use cognito_userpools::admin::GetSigningCertificate;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetSigningCertificate::new("eu-west-1_Ab12Cd34").send(client).await?;
/// println!("{:?}", response);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetSigningCertificate", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetSigningCertificate {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`GetSigningCertificate`].
///
/// ```
/// use cognito_userpools::admin::GetSigningCertificateResponse;
///
/// let response = GetSigningCertificateResponse::new().certificate("example");
/// assert_eq!(response.certificate.as_deref(), Some("example"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetSigningCertificateResponse {
    /// The X.509 certificate for the SAML requests that the user pool signs.
    pub certificate: Option<String>,
}

/// The kind of an identity provider.
///
/// ```
/// use cognito_userpools::admin::IdentityProviderTypeType;
///
/// assert_eq!(IdentityProviderTypeType::Saml.as_str(), "SAML");
/// assert_eq!(IdentityProviderTypeType::from("SAML"), IdentityProviderTypeType::Saml);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityProviderTypeType {
    /// `SAML`.
    Saml,
    /// `Facebook`.
    Facebook,
    /// `Google`.
    Google,
    /// `LoginWithAmazon`.
    LoginWithAmazon,
    /// `SignInWithApple`.
    SignInWithApple,
    /// `OIDC`.
    Oidc,
    /// A value that is not listed here.
    Other(String),
}

/// An identity provider of a user pool. The details can contain the client secret of the provider.
///
/// ```
/// use cognito_userpools::admin::IdentityProviderType;
///
/// let provider = IdentityProviderType::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .provider_name("Example");
/// assert_eq!(provider.provider_name.as_deref(), Some("Example"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct IdentityProviderType {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The name of the identity provider.
    pub provider_name: Option<String>,
    /// The type of the identity provider, such as `OIDC`.
    pub provider_type: Option<IdentityProviderTypeType>,
    /// The settings of the identity provider, such as `client_id` or `MetadataURL`. The keys depend on its type.
    pub provider_details: Option<BTreeMap<String, String>>,
    /// The mapping of attributes, with those of the user pool as keys and those of the identity provider as values.
    pub attribute_mapping: Option<BTreeMap<String, String>>,
    /// The identifiers that select the identity provider in the parameter `idp_identifier` of an authorize request,
    /// such as email domains.
    pub idp_identifiers: Option<Vec<String>>,
    /// The identity provider's names of the authentication levels, by level from `Level1` to `Level4`. Only providers
    /// of the type `OIDC` support it.
    pub acr_mapping: Option<BTreeMap<String, String>>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
}

/// An identity provider in a list.
///
/// ```
/// use cognito_userpools::admin::{IdentityProviderTypeType, ProviderDescription};
///
/// let description = ProviderDescription::new()
///     .provider_name("Example")
///     .provider_type(IdentityProviderTypeType::Saml);
/// assert_eq!(description.provider_type, Some(IdentityProviderTypeType::Saml));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ProviderDescription {
    /// The name of the identity provider.
    pub provider_name: Option<String>,
    /// The type of the identity provider, such as `OIDC`.
    pub provider_type: Option<IdentityProviderTypeType>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateIdentityProviderResponse DescribeIdentityProviderResponse GetIdentityProviderByIdentifierResponse
    ListIdentityProvidersResponse UpdateIdentityProviderResponse GetSigningCertificateResponse IdentityProviderTypeType
    IdentityProviderType ProviderDescription
}
