//! App clients.
// Written by `cargo x admin` from the service model; a test compares them.

use super::settings::OAuthFlowType;
use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Creates an app client; a generated secret is in the response, unless it is kept in Secrets Manager. Managed login
/// also needs a style from `CreateManagedLoginBranding`.
///
/// ```
/// use cognito_userpools::admin::CreateUserPoolClient;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateUserPoolClient::new("eu-west-1_Ab12Cd34", "web")
///     .generate_secret(true)
///     .client_secret("1example23456789example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_client);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateUserPoolClient", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolClient {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the app client.
    #[len]
    #[pattern]
    pub client_name: String,
    /// Whether the app client gets a generated secret; not together with `ClientSecret`.
    pub generate_secret: Option<bool>,
    /// The secret of the app client; not together with `GenerateSecret`.
    #[len]
    #[pattern]
    pub client_secret: Option<String>,
    /// The lifetime of refresh tokens in the unit of `TokenValidityUnits`, days by default. The default is 30 days,
    /// also for the value 0.
    #[range]
    pub refresh_token_validity: Option<i32>,
    /// The lifetime of access tokens in the unit of `TokenValidityUnits`, hours by default. The default is one hour.
    #[range]
    pub access_token_validity: Option<i32>,
    /// The lifetime of identity tokens in the unit of `TokenValidityUnits`, hours by default. The default is one hour.
    #[range]
    pub id_token_validity: Option<i32>,
    /// The units of the lifetimes of tokens. The default is days for refresh tokens, and hours for access tokens and
    /// identity tokens.
    pub token_validity_units: Option<TokenValidityUnitsType>,
    /// The attributes that the app client can read. The default is the standard attributes, `email_verified` and
    /// `phone_number_verified`.
    #[each(len)]
    pub read_attributes: Option<Vec<String>>,
    /// The attributes that the app client can write, including all with values from an identity provider. The default
    /// is the standard attributes.
    #[each(len)]
    pub write_attributes: Option<Vec<String>>,
    /// The sign-in flows of the app client. The default is `ALLOW_USER_SRP_AUTH`, `ALLOW_CUSTOM_AUTH` and
    /// `ALLOW_REFRESH_TOKEN_AUTH`.
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    /// The identity providers that managed login offers, with `COGNITO` for the user pool itself. They do not restrict
    /// sign-in through the API.
    #[each(len, pattern)]
    pub supported_identity_providers: Option<Vec<String>>,
    /// The URLs to which users can return after a sign-in. They need HTTPS, except for `localhost` and the custom
    /// schemes of apps.
    #[len]
    #[each(len, pattern)]
    pub callback_urls: Option<Vec<String>>,
    /// The URLs to which users can return after a sign-out.
    #[len]
    #[each(len, pattern)]
    pub logout_urls: Option<Vec<String>>,
    /// The default redirect URI, which must be one of `CallbackURLs`.
    #[len]
    #[pattern]
    pub default_redirect_uri: Option<String>,
    /// The OAuth grants of the app client; `client_credentials` excludes the others. They require
    /// `AllowedOAuthFlowsUserPoolClient`.
    #[len]
    pub allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    /// The scopes that the app client can request, such as `openid` or `orders/read`. They require
    /// `AllowedOAuthFlowsUserPoolClient`.
    #[len]
    #[each(len, pattern)]
    pub allowed_oauth_scopes: Option<Vec<String>>,
    /// Whether the app client supports OAuth 2.0, which its grants, scopes and URLs need. The default is `false`.
    pub allowed_oauth_flows_user_pool_client: Option<bool>,
    /// The settings for sending events of the app client to Amazon Pinpoint.
    pub analytics_configuration: Option<AnalyticsConfigurationType>,
    /// The response to unknown user names: `ENABLED` hides that there is no such user, `LEGACY` returns
    /// `UserNotFoundException`. The default is `LEGACY`.
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    /// Whether the tokens of the app client can be revoked. The default is `true`.
    pub enable_token_revocation: Option<bool>,
    /// Whether the app client can send the user's IP address in `UserContextData`. It needs an app client with a
    /// secret.
    pub enable_propagate_additional_user_context_data: Option<bool>,
    /// The lifetime in minutes of the session between the steps of a sign-in, in which the user must answer a
    /// challenge.
    #[range]
    pub auth_session_validity: Option<i32>,
    /// The settings for refresh token rotation, in which each refresh also returns a new refresh token.
    pub refresh_token_rotation: Option<RefreshTokenRotationType>,
    /// Whether AWS Secrets Manager stores and rotates the secret of `GenerateSecret`; the response then contains only
    /// its ARN. The default is `false`.
    pub publish_secrets_in_aws_secrets_manager: Option<bool>,
}

/// The response of [`CreateUserPoolClient`].
///
/// ```
/// use cognito_userpools::admin::{CreateUserPoolClientResponse, UserPoolClientType};
///
/// let response = CreateUserPoolClientResponse::new().user_pool_client(UserPoolClientType::new());
/// assert!(response.user_pool_client.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolClientResponse {
    /// The app client.
    pub user_pool_client: Option<UserPoolClientType>,
}

/// Returns the configuration of an app client, with its secret or the ARN of the secret.
///
/// ```
/// use cognito_userpools::admin::DescribeUserPoolClient;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeUserPoolClient::new("eu-west-1_Ab12Cd34", "1example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_client);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeUserPoolClient", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserPoolClient {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
}

/// The response of [`DescribeUserPoolClient`].
///
/// ```
/// use cognito_userpools::admin::{DescribeUserPoolClientResponse, UserPoolClientType};
///
/// let response = DescribeUserPoolClientResponse::new()
///     .user_pool_client(UserPoolClientType::new());
/// assert!(response.user_pool_client.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserPoolClientResponse {
    /// The app client.
    pub user_pool_client: Option<UserPoolClientType>,
}

/// Lists the app clients of a user pool. With a filter, a page can be empty although more pages follow.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::{ClientTypeType, ListUserPoolClients};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListUserPoolClients::new("eu-west-1_Ab12Cd34")
///     .max_results(10)
///     .client_type(ClientTypeType::Regular)
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_clients);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListUserPoolClients", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolClients {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of app clients to return. With `ClientType`, a page can contain fewer although more pages
    /// follow.
    #[range]
    pub max_results: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
    /// The type of the app clients to return, by default all. With it, a page can be empty although more pages follow.
    pub client_type: Option<ClientTypeType>,
}

/// The response of [`ListUserPoolClients`].
///
/// ```
/// use cognito_userpools::admin::{ListUserPoolClientsResponse, UserPoolClientDescription};
///
/// let response = ListUserPoolClientsResponse::new()
///     .user_pool_clients([UserPoolClientDescription::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUserPoolClientsResponse {
    /// The app clients.
    pub user_pool_clients: Option<Vec<UserPoolClientDescription>>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Sets the configuration of an app client. Members that are left out are reset to their defaults: pass all current
/// settings from `DescribeUserPoolClient`.
///
/// ```
/// use cognito_userpools::admin::UpdateUserPoolClient;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateUserPoolClient::new("eu-west-1_Ab12Cd34", "1example23456789")
///     .client_name("web")
///     .refresh_token_validity(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.user_pool_client);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateUserPoolClient", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPoolClient {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The new name of the app client.
    #[len]
    #[pattern]
    pub client_name: Option<String>,
    /// The lifetime of refresh tokens in the unit of `TokenValidityUnits`, days by default. Leaving it out, or 0,
    /// resets it to 30 days.
    #[range]
    pub refresh_token_validity: Option<i32>,
    /// The lifetime of access tokens in the unit of `TokenValidityUnits`, hours by default. Leaving it out resets it to
    /// one hour.
    #[range]
    pub access_token_validity: Option<i32>,
    /// The lifetime of identity tokens in the unit of `TokenValidityUnits`, hours by default. Leaving it out resets it
    /// to one hour.
    #[range]
    pub id_token_validity: Option<i32>,
    /// The units of the lifetimes of tokens. Leaving it out resets them to days for refresh tokens and hours for the
    /// others.
    pub token_validity_units: Option<TokenValidityUnitsType>,
    /// The attributes that the app client can read. Leaving it out resets it to the default.
    #[each(len)]
    pub read_attributes: Option<Vec<String>>,
    /// The attributes that the app client can write, including all with values from an identity provider. Leaving it
    /// out resets it to the default.
    #[each(len)]
    pub write_attributes: Option<Vec<String>>,
    /// The sign-in flows of the app client. Leaving it out resets it to `ALLOW_USER_SRP_AUTH`, `ALLOW_CUSTOM_AUTH` and
    /// `ALLOW_REFRESH_TOKEN_AUTH`.
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    /// The identity providers that managed login offers, with `COGNITO` for the user pool itself. Leaving it out resets
    /// it to the default.
    #[each(len, pattern)]
    pub supported_identity_providers: Option<Vec<String>>,
    /// The URLs to which users can return after a sign-in. Leaving it out resets it to the default.
    #[len]
    #[each(len, pattern)]
    pub callback_urls: Option<Vec<String>>,
    /// The URLs to which users can return after a sign-out. Leaving it out resets it to the default.
    #[len]
    #[each(len, pattern)]
    pub logout_urls: Option<Vec<String>>,
    /// The default redirect URI, which must be one of `CallbackURLs`. Leaving it out resets it to the default.
    #[len]
    #[pattern]
    pub default_redirect_uri: Option<String>,
    /// The OAuth grants of the app client; `client_credentials` excludes the others. Leaving it out resets it to the
    /// default.
    #[len]
    pub allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    /// The scopes that the app client can request, such as `openid` or `orders/read`. Leaving it out resets it to the
    /// default.
    #[len]
    #[each(len, pattern)]
    pub allowed_oauth_scopes: Option<Vec<String>>,
    /// Whether the app client supports OAuth 2.0, which its grants, scopes and URLs need. Leaving it out resets it to
    /// `false`.
    pub allowed_oauth_flows_user_pool_client: Option<bool>,
    /// The settings for sending events of the app client to Amazon Pinpoint. Leaving it out resets it to the default.
    pub analytics_configuration: Option<AnalyticsConfigurationType>,
    /// The response to unknown user names: `ENABLED` hides that there is no such user, `LEGACY` does not. Leaving it
    /// out resets it to `LEGACY`.
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    /// Whether the tokens of the app client can be revoked. Leaving it out resets it to the default.
    pub enable_token_revocation: Option<bool>,
    /// Whether the app client, which needs a secret, can send the user's IP address in `UserContextData`. Leaving it
    /// out resets it to the default.
    pub enable_propagate_additional_user_context_data: Option<bool>,
    /// The lifetime in minutes of the session between the steps of a sign-in. Leaving it out resets it to the default.
    #[range]
    pub auth_session_validity: Option<i32>,
    /// The settings for refresh token rotation, in which each refresh also returns a new refresh token. Leaving it out
    /// resets it to the default.
    pub refresh_token_rotation: Option<RefreshTokenRotationType>,
    /// Whether AWS Secrets Manager stores the generated secret: `true` rotates it at once, `false` deletes it there.
    /// Leaving it out changes nothing.
    pub publish_secrets_in_aws_secrets_manager: Option<bool>,
}

/// The response of [`UpdateUserPoolClient`].
///
/// ```
/// use cognito_userpools::admin::{UpdateUserPoolClientResponse, UserPoolClientType};
///
/// let response = UpdateUserPoolClientResponse::new().user_pool_client(UserPoolClientType::new());
/// assert!(response.user_pool_client.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPoolClientResponse {
    /// The app client.
    pub user_pool_client: Option<UserPoolClientType>,
}

/// Deletes an app client. Its application cannot sign users in any more.
///
/// ```
/// use cognito_userpools::admin::DeleteUserPoolClient;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUserPoolClient::new("eu-west-1_Ab12Cd34", "1example23456789").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserPoolClient", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserPoolClient {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
}

/// The units of the token lifetimes of an app client. The defaults are days for refresh tokens and hours for the
/// others.
///
/// ```
/// use cognito_userpools::admin::{TimeUnitsType, TokenValidityUnitsType};
///
/// let units = TokenValidityUnitsType::new()
///     .access_token(TimeUnitsType::Seconds)
///     .id_token(TimeUnitsType::Seconds);
/// assert_eq!(units.id_token, Some(TimeUnitsType::Seconds));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TokenValidityUnitsType {
    /// The unit of `AccessTokenValidity`. The default is hours.
    pub access_token: Option<TimeUnitsType>,
    /// The unit of `IdTokenValidity`. The default is hours.
    pub id_token: Option<TimeUnitsType>,
    /// The unit of `RefreshTokenValidity`. The default is days.
    pub refresh_token: Option<TimeUnitsType>,
}

/// A sign-in flow that an app client allows.
///
/// ```
/// use cognito_userpools::admin::ExplicitAuthFlowsType;
///
/// assert_eq!(ExplicitAuthFlowsType::AdminNoSrpAuth.as_str(), "ADMIN_NO_SRP_AUTH");
/// assert_eq!(ExplicitAuthFlowsType::from("ADMIN_NO_SRP_AUTH"), ExplicitAuthFlowsType::AdminNoSrpAuth);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExplicitAuthFlowsType {
    /// `ADMIN_NO_SRP_AUTH`.
    AdminNoSrpAuth,
    /// `CUSTOM_AUTH_FLOW_ONLY`.
    CustomAuthFlowOnly,
    /// `USER_PASSWORD_AUTH`.
    UserPasswordAuth,
    /// `ALLOW_ADMIN_USER_PASSWORD_AUTH`.
    AllowAdminUserPasswordAuth,
    /// `ALLOW_CUSTOM_AUTH`.
    AllowCustomAuth,
    /// `ALLOW_USER_PASSWORD_AUTH`.
    AllowUserPasswordAuth,
    /// `ALLOW_USER_SRP_AUTH`.
    AllowUserSrpAuth,
    /// `ALLOW_REFRESH_TOKEN_AUTH`.
    AllowRefreshTokenAuth,
    /// `ALLOW_USER_AUTH`.
    AllowUserAuth,
    /// `ALLOW_TOKEN_EXCHANGE_DELEGATION`.
    AllowTokenExchangeDelegation,
    /// `ALLOW_TOKEN_EXCHANGE_IMPERSONATION`.
    AllowTokenExchangeImpersonation,
    /// A value that is not listed here.
    Other(String),
}

/// The Amazon Pinpoint project to which an app client sends analytics.
///
/// ```
/// use cognito_userpools::admin::AnalyticsConfigurationType;
///
/// let configuration = AnalyticsConfigurationType::new()
///     .application_id("d70b2ba36a8c4dc5a04a0451a31a1e12")
///     .application_arn(
///         "arn:aws:mobiletargeting:eu-west-1:123456789012:apps/d70b2ba36a8c4dc5a04a0451a31a1e12",
///     );
/// assert_eq!(configuration.application_arn.as_deref(), Some("arn:aws:mobiletargeting:eu-west-1:123456789012:apps/d70b2ba36a8c4dc5a04a0451a31a1e12"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AnalyticsConfigurationType {
    /// The id of the Amazon Pinpoint project.
    #[pattern]
    pub application_id: Option<String>,
    /// The ARN of the Amazon Pinpoint project.
    #[len]
    #[pattern]
    pub application_arn: Option<String>,
    /// The ARN of the IAM role with which the service publishes events to Amazon Pinpoint.
    #[len]
    #[pattern]
    pub role_arn: Option<String>,
    /// The external id with which the service assumes the role `RoleArn`.
    #[len]
    pub external_id: Option<String>,
    /// Whether the events for Amazon Pinpoint contain data of the user.
    pub user_data_shared: Option<bool>,
}

/// The visibility of unknown users in errors: `ENABLED` hides whether a user exists, `LEGACY` reveals it.
///
/// ```
/// use cognito_userpools::admin::PreventUserExistenceErrorTypes;
///
/// assert_eq!(PreventUserExistenceErrorTypes::Legacy.as_str(), "LEGACY");
/// assert_eq!(PreventUserExistenceErrorTypes::from("LEGACY"), PreventUserExistenceErrorTypes::Legacy);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PreventUserExistenceErrorTypes {
    /// `LEGACY`.
    Legacy,
    /// `ENABLED`.
    Enabled,
    /// A value that is not listed here.
    Other(String),
}

/// The rotation of refresh tokens: its state and the seconds for which an old token stays valid, at most 60.
///
/// ```
/// use cognito_userpools::admin::{FeatureType, RefreshTokenRotationType};
///
/// let rotation = RefreshTokenRotationType::new(FeatureType::Enabled)
///     .retry_grace_period_seconds(10);
/// assert_eq!(rotation.retry_grace_period_seconds, Some(10));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RefreshTokenRotationType {
    /// The state of refresh token rotation: `ENABLED` or `DISABLED`.
    pub feature: FeatureType,
    /// The time in seconds for which a rotated refresh token stays valid. With 0, it becomes invalid immediately.
    #[range]
    pub retry_grace_period_seconds: Option<i32>,
}

/// An app client, with its secret or the ARN of the secret.
///
/// ```
/// use cognito_userpools::admin::UserPoolClientType;
///
/// let client = UserPoolClientType::new().user_pool_id("eu-west-1_Ab12Cd34").client_name("web");
/// assert_eq!(client.client_name.as_deref(), Some("web"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolClientType {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The name of the app client.
    pub client_name: Option<String>,
    /// The id of the app client.
    pub client_id: Option<String>,
    /// The app client's secret. If AWS Secrets Manager stores it, `ClientSecretArn` takes its place.
    pub client_secret: Option<String>,
    /// The ARN of the app client's secret in AWS Secrets Manager, which the service returns in place of `ClientSecret`.
    pub client_secret_arn: Option<String>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The lifetime of refresh tokens in the unit of `TokenValidityUnits`, days by default. The default is 30 days,
    /// also for the value 0.
    pub refresh_token_validity: Option<i32>,
    /// The lifetime of access tokens in the unit of `TokenValidityUnits`, hours by default. The default is one hour.
    pub access_token_validity: Option<i32>,
    /// The lifetime of identity tokens in the unit of `TokenValidityUnits`, hours by default. The default is one hour.
    pub id_token_validity: Option<i32>,
    /// The units of the lifetimes of tokens. The default is days for refresh tokens, and hours for access tokens and
    /// identity tokens.
    pub token_validity_units: Option<TokenValidityUnitsType>,
    /// The attributes that the app client can read. It is missing while the default applies.
    pub read_attributes: Option<Vec<String>>,
    /// The attributes that the app client can write. It is missing while the default applies.
    pub write_attributes: Option<Vec<String>>,
    /// The sign-in flows of the app client.
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    /// The identity providers that managed login offers, with `COGNITO` for the user pool itself. They do not restrict
    /// sign-in through the API.
    pub supported_identity_providers: Option<Vec<String>>,
    /// The URLs to which users can return after a sign-in. They need HTTPS, except for `localhost` and the custom
    /// schemes of apps.
    pub callback_urls: Option<Vec<String>>,
    /// The URLs to which users can return after a sign-out.
    pub logout_urls: Option<Vec<String>>,
    /// The default redirect URI, which must be one of `CallbackURLs`.
    pub default_redirect_uri: Option<String>,
    /// The OAuth grants of the app client. `client_credentials` cannot be combined with the other grants.
    pub allowed_oauth_flows: Option<Vec<OAuthFlowType>>,
    /// The scopes that the app client can request, such as `openid` or `orders/read`.
    pub allowed_oauth_scopes: Option<Vec<String>>,
    /// Whether the app client supports OAuth 2.0, which its grants, scopes and URLs need. The default is `false`.
    pub allowed_oauth_flows_user_pool_client: Option<bool>,
    /// The settings for sending events of the app client to Amazon Pinpoint.
    pub analytics_configuration: Option<AnalyticsConfigurationType>,
    /// The response to unknown user names: `ENABLED` hides that there is no such user, `LEGACY` returns
    /// `UserNotFoundException`. The default is `LEGACY`.
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    /// Whether the tokens of the app client can be revoked. The default is `true`.
    pub enable_token_revocation: Option<bool>,
    /// Whether the app client can send the user's IP address in `UserContextData`. It needs an app client with a
    /// secret.
    pub enable_propagate_additional_user_context_data: Option<bool>,
    /// The lifetime in minutes of the session between the steps of a sign-in, in which the user must answer a
    /// challenge.
    pub auth_session_validity: Option<i32>,
    /// The settings for refresh token rotation, in which each refresh also returns a new refresh token.
    pub refresh_token_rotation: Option<RefreshTokenRotationType>,
    /// The origin of the app client: `DCR` for dynamic client registration, otherwise `REGULAR`.
    pub client_type: Option<ClientTypeType>,
}

/// The origin of an app client: `DCR` for dynamic client registration, `REGULAR` for any other.
///
/// ```
/// use cognito_userpools::admin::ClientTypeType;
///
/// assert_eq!(ClientTypeType::Regular.as_str(), "REGULAR");
/// assert_eq!(ClientTypeType::from("REGULAR"), ClientTypeType::Regular);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientTypeType {
    /// `REGULAR`.
    Regular,
    /// `DCR`.
    Dcr,
    /// A value that is not listed here.
    Other(String),
}

/// An app client in a list, with only its id and name.
///
/// ```
/// use cognito_userpools::admin::UserPoolClientDescription;
///
/// let description = UserPoolClientDescription::new()
///     .client_id("1example23456789")
///     .user_pool_id("eu-west-1_Ab12Cd34");
/// assert_eq!(description.user_pool_id.as_deref(), Some("eu-west-1_Ab12Cd34"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserPoolClientDescription {
    /// The id of the app client.
    pub client_id: Option<String>,
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The name of the app client.
    pub client_name: Option<String>,
}

/// The unit of the lifetime of a token.
///
/// ```
/// use cognito_userpools::admin::TimeUnitsType;
///
/// assert_eq!(TimeUnitsType::Seconds.as_str(), "seconds");
/// assert_eq!(TimeUnitsType::from("seconds"), TimeUnitsType::Seconds);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeUnitsType {
    /// `seconds`.
    Seconds,
    /// `minutes`.
    Minutes,
    /// `hours`.
    Hours,
    /// `days`.
    Days,
    /// A value that is not listed here.
    Other(String),
}

/// The state of the rotation of refresh tokens.
///
/// ```
/// use cognito_userpools::admin::FeatureType;
///
/// assert_eq!(FeatureType::Enabled.as_str(), "ENABLED");
/// assert_eq!(FeatureType::from("ENABLED"), FeatureType::Enabled);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeatureType {
    /// `ENABLED`.
    Enabled,
    /// `DISABLED`.
    Disabled,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateUserPoolClientResponse DescribeUserPoolClientResponse ListUserPoolClientsResponse UpdateUserPoolClientResponse
    TokenValidityUnitsType ExplicitAuthFlowsType AnalyticsConfigurationType PreventUserExistenceErrorTypes
    RefreshTokenRotationType UserPoolClientType ClientTypeType UserPoolClientDescription TimeUnitsType FeatureType
}
