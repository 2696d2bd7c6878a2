//! The tokens that an app client requests with its id and its secret: for itself, or in exchange for another token.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Returns an access token for the app client itself, as the client credentials grant of OAuth 2.0 does.
///
/// The app client needs a secret and the authentication flow `ALLOW_CLIENT_TOKEN_AUTH`, which it cannot combine with
/// the flows of users.
///
/// ```
/// use cognito_userpools::operations::GetClientToken;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = GetClientToken::new()
///     .scopes(["orders/read"])
///     .client_metadata([("tenant", "acme")]);
/// if let Some(token) = operation.send(client).await?.client_authentication_result {
///     println!("the token expires in {:?} seconds", token.expires_in);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetClientToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetClientToken {
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The scopes of the token, such as `orders/read`. By default, the token has all scopes of the app client.
    #[len]
    #[each(len, pattern)]
    pub scopes: Option<Vec<String>>,
    /// The app client's secret. A client with the secret fills it in.
    #[len]
    #[pattern]
    #[client_secret]
    pub secret: Option<String>,
}

/// The response of [`GetClientToken`].
///
/// ```
/// use cognito_userpools::operations::{ClientAuthenticationResultType, GetClientTokenResponse};
///
/// let token = ClientAuthenticationResultType::new().access_token("the access token");
/// let response = GetClientTokenResponse::new().client_authentication_result(token);
/// assert!(response.client_authentication_result.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetClientTokenResponse {
    /// The token.
    pub client_authentication_result: Option<ClientAuthenticationResultType>,
}

/// The access token of an app client.
///
/// ```
/// use cognito_userpools::operations::ClientAuthenticationResultType;
///
/// let result = ClientAuthenticationResultType::new()
///     .access_token("the access token")
///     .token_type("Bearer")
///     .expires_in(3600);
/// assert_eq!(result.expires_in, Some(3600));
/// assert!(!format!("{result:?}").contains("the access token"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ClientAuthenticationResultType {
    /// The access token.
    pub access_token: Option<String>,
    /// The lifetime of the access token in seconds.
    pub expires_in: Option<i32>,
    /// The type of the access token: `Bearer`.
    // The service chooses the text, which may quote a token.
    #[sensitive]
    pub token_type: Option<String>,
}

/// Exchanges a token for a new one with narrower scopes or for another service, as in
/// [RFC 8693](https://www.rfc-editor.org/rfc/rfc8693.html).
///
/// The app client needs the authentication flow `ALLOW_TOKEN_EXCHANGE_IMPERSONATION` or, for a request with an actor
/// token, `ALLOW_TOKEN_EXCHANGE_DELEGATION`.
///
/// ```
/// use cognito_userpools::operations::{GetDerivedToken, TokenTypeIdentifierType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation =
///     GetDerivedToken::new("the user's access token", TokenTypeIdentifierType::AccessToken)
///         .actor_token("the token of this program")
///         .actor_token_type(TokenTypeIdentifierType::AccessToken)
///         .resources(["https://orders.example.com"])
///         .scopes(["orders/read"]);
/// let response = operation.send(client).await?;
/// println!("the token has the scopes {:?}", response.scopes);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetDerivedToken")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetDerivedToken {
    /// The token of the program that acts for the user. The new token names it in the claim `act`.
    #[len]
    #[pattern]
    pub actor_token: Option<String>,
    /// The identity provider that issued the actor token, if it is not the user pool.
    #[len]
    #[pattern]
    pub actor_token_provider_name: Option<String>,
    /// The type of the actor token.
    pub actor_token_type: Option<TokenTypeIdentifierType>,
    /// The service for which the token is intended, by its logical name; not together with `resources`.
    #[len]
    #[each(len, pattern)]
    pub audiences: Option<Vec<String>>,
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The app client's secret. A client with the secret fills it in.
    #[len]
    #[pattern]
    #[client_secret]
    pub client_secret: Option<String>,
    /// The type of the new token.
    pub requested_token_type: Option<IssuedTokenTypeIdentifierType>,
    /// The service for which the token is intended, by the identifier of its resource server; not together with
    /// `audiences`.
    #[len]
    #[each(len, pattern)]
    pub resources: Option<Vec<String>>,
    /// The scopes of the new token. By default, it has those of the subject token.
    #[len]
    #[each(len, pattern)]
    pub scopes: Option<Vec<String>>,
    /// The token to exchange, which represents the user.
    #[len]
    #[pattern]
    pub subject_token: String,
    /// The identity provider that issued the subject token, if it is not the user pool.
    #[len]
    #[pattern]
    pub subject_token_provider_name: Option<String>,
    /// The type of the subject token.
    pub subject_token_type: TokenTypeIdentifierType,
}

/// The response of [`GetDerivedToken`].
///
/// ```
/// use cognito_userpools::operations::{
///     GetDerivedTokenResponse, IssuedTokenTypeIdentifierType, OAuthTokenTypeType,
/// };
///
/// let kind = IssuedTokenTypeIdentifierType::AccessToken;
/// let response =
///     GetDerivedTokenResponse::new("the new token", kind, OAuthTokenTypeType::Bearer)
///         .scopes(["orders/read"])
///         .expires_in(300);
/// assert_eq!(response.issued_token, "the new token");
/// assert!(!format!("{response:?}").contains("the new token"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetDerivedTokenResponse {
    /// The lifetime of the token in seconds.
    pub expires_in: Option<i32>,
    /// The new token.
    pub issued_token: String,
    /// The type of the new token.
    pub issued_token_type: IssuedTokenTypeIdentifierType,
    /// The scopes of the new token.
    pub scopes: Option<Vec<String>>,
    /// The use of the new token.
    pub token_type: OAuthTokenTypeType,
}

/// The type of a token to exchange.
///
/// In the wildcard arm of a `match`, report a type that the program does not support.
///
/// ```
/// use cognito_userpools::operations::TokenTypeIdentifierType;
///
/// assert_eq!(TokenTypeIdentifierType::Saml2.as_str(), "SAML2");
/// assert_eq!(TokenTypeIdentifierType::from("ID_TOKEN"), TokenTypeIdentifierType::IdToken);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenTypeIdentifierType {
    /// An access token.
    AccessToken,
    /// An identity token.
    IdToken,
    /// A SAML 2.0 assertion.
    Saml2,
    /// A value that has no variant.
    Other(String),
}

/// The type of a token that the service issues in exchange for another one.
///
/// In the wildcard arm of a `match`, report a type that the program does not support.
///
/// ```
/// use cognito_userpools::operations::IssuedTokenTypeIdentifierType;
///
/// assert_eq!(IssuedTokenTypeIdentifierType::AccessToken.as_str(), "ACCESS_TOKEN");
/// let new = IssuedTokenTypeIdentifierType::from("TICKET");
/// assert_eq!(new, IssuedTokenTypeIdentifierType::Other("TICKET".to_owned()));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssuedTokenTypeIdentifierType {
    /// An access token.
    AccessToken,
    /// An identity token.
    IdToken,
    /// A value that has no variant.
    Other(String),
}

/// The use of a token, as in
/// [RFC 8693](https://www.rfc-editor.org/rfc/rfc8693.html#section-2.2.1).
///
/// In the wildcard arm of a `match`, report a use that the program does not support.
///
/// ```
/// use cognito_userpools::operations::OAuthTokenTypeType;
///
/// assert_eq!(OAuthTokenTypeType::Bearer.as_str(), "Bearer");
/// assert_eq!(OAuthTokenTypeType::NA.as_str(), "N_A");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OAuthTokenTypeType {
    /// A token for the header `Authorization`.
    Bearer,
    /// A token that does not give access.
    NA,
    /// A value that has no variant.
    Other(String),
}
