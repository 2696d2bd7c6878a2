//! Sign-in by a server.
// Written by `cargo x admin` from the service model; a test compares them.

use crate::operations::{AnalyticsMetadataType, AuthFlowType, AuthenticationResultType, ChallengeNameType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Starts a sign-in from a server. The response contains tokens or a challenge; some challenges send a code.
///
/// ```
/// use cognito_userpools::admin::{AdminInitiateAuth, AuthFlowType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminInitiateAuth::new("eu-west-1_Ab12Cd34", AuthFlowType::AdminUserPasswordAuth)
///     .auth_parameters([("USERNAME", "alice"), ("PASSWORD", "correct horse")])
///     .send(client)
///     .await?;
/// println!("{:?}", response.challenge_name);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminInitiateAuth", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminInitiateAuth {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client. The client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The sign-in flow, such as `ADMIN_USER_PASSWORD_AUTH`. It determines the entries of `AuthParameters`.
    pub auth_flow: AuthFlowType,
    /// The parameters of the flow, such as `USERNAME`. An app client with a secret also needs `SECRET_HASH`. The client
    /// fills in the secret hash.
    #[keys(len)]
    #[values(len)]
    #[secret_hash]
    pub auth_parameters: Option<BTreeMap<String, String>>,
    /// Key-value pairs for three Lambda triggers: pre sign-up, pre authentication and user migration. The other
    /// triggers do not receive them.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// Data about the user's device for threat protection.
    pub context_data: Option<ContextDataType>,
    /// The session from the response of `ConfirmSignUp`, to continue with a sign-in by the flow `USER_AUTH`.
    #[len]
    pub session: Option<String>,
}

/// The response of [`AdminInitiateAuth`].
///
/// ```
/// use cognito_userpools::admin::{AdminInitiateAuthResponse, ChallengeNameType};
///
/// let response = AdminInitiateAuthResponse::new()
///     .challenge_name(ChallengeNameType::SmsMfa)
///     .session("the session of the challenge");
/// assert_eq!(response.session.as_deref(), Some("the session of the challenge"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminInitiateAuthResponse {
    /// The name of the next challenge, if there is one.
    pub challenge_name: Option<ChallengeNameType>,
    /// The session for the answer to the next challenge.
    pub session: Option<String>,
    /// The parameters of the challenge. Answers to SRP challenges need the user name in `USER_ID_FOR_SRP`, not an
    /// alias.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// The tokens, unless another challenge follows.
    pub authentication_result: Option<AuthenticationResultType>,
    /// The challenges from which the user can choose.
    pub available_challenges: Option<Vec<ChallengeNameType>>,
}

/// Answers a challenge from a server. The response contains tokens or the next challenge; some challenges send a code.
///
/// ```
/// use cognito_userpools::admin::{AdminRespondToAuthChallenge, ChallengeNameType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = AdminRespondToAuthChallenge::new("eu-west-1_Ab12Cd34", ChallengeNameType::SmsMfa)
///     .challenge_responses([("USERNAME", "alice"), ("SMS_MFA_CODE", "123456")])
///     .session("the session of the challenge")
///     .send(client)
///     .await?;
/// println!("{:?}", response.challenge_name);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "AdminRespondToAuthChallenge", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminRespondToAuthChallenge {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client. The client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The name of the challenge to answer.
    pub challenge_name: ChallengeNameType,
    /// The entries that answer the challenge, such as `USERNAME`. An app client with a secret also needs `SECRET_HASH`.
    /// The client fills in the secret hash.
    #[keys(len)]
    #[values(len)]
    #[secret_hash]
    pub challenge_responses: Option<BTreeMap<String, String>>,
    /// The session from the previous response.
    #[len]
    pub session: Option<String>,
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// Data about the user's device for threat protection.
    pub context_data: Option<ContextDataType>,
    /// Key-value pairs for the Lambda triggers of the user pool. They must not contain confidential data.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// The response of [`AdminRespondToAuthChallenge`].
///
/// ```
/// use cognito_userpools::admin::{AdminRespondToAuthChallengeResponse, ChallengeNameType};
///
/// let response = AdminRespondToAuthChallengeResponse::new()
///     .challenge_name(ChallengeNameType::SmsMfa)
///     .session("the session of the challenge");
/// assert_eq!(response.session.as_deref(), Some("the session of the challenge"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminRespondToAuthChallengeResponse {
    /// The name of the next challenge, if there is one.
    pub challenge_name: Option<ChallengeNameType>,
    /// The session for the answer to the next challenge.
    pub session: Option<String>,
    /// The parameters of the next challenge.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// The tokens, unless another challenge follows.
    pub authentication_result: Option<AuthenticationResultType>,
    /// The challenges from which the user can choose.
    pub available_challenges: Option<Vec<ChallengeNameType>>,
}

/// Data about the user's device and the server for the threat protection of the pool. A server passes it with an admin
/// sign-in.
///
/// ```
/// use cognito_userpools::admin::{ContextDataType, HttpHeader};
///
/// let data = ContextDataType::new("203.0.113.7", "example", "example", [HttpHeader::new()])
///     .encoded_data("the data that the script collected");
/// assert_eq!(data.encoded_data.as_deref(), Some("the data that the script collected"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContextDataType {
    /// The user's IP address.
    #[len]
    pub ip_address: String,
    /// The host name of the application's endpoint.
    #[len]
    pub server_name: String,
    /// The path of the application's endpoint.
    #[len]
    pub server_path: String,
    /// The HTTP headers of the user's request.
    pub http_headers: Vec<HttpHeader>,
    /// The data that the service's script collected on the device.
    #[len]
    pub encoded_data: Option<String>,
}

/// An HTTP header of the user's request.
///
/// ```
/// use cognito_userpools::admin::HttpHeader;
///
/// let header = HttpHeader::new().header_name("User-Agent").header_value("Mozilla/5.0");
/// assert_eq!(header.header_value.as_deref(), Some("Mozilla/5.0"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct HttpHeader {
    /// The name of the header.
    #[len]
    pub header_name: Option<String>,
    /// The value of the header.
    #[len]
    pub header_value: Option<String>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    AdminInitiateAuthResponse AdminRespondToAuthChallengeResponse ContextDataType HttpHeader
}
