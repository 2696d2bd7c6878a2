//! Sign-in.

use super::shapes::{AnalyticsMetadataType, AuthenticationResultType, UserContextDataType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Starts a sign-in. The response contains tokens or a challenge.
///
/// ```
/// use cognito_userpools::operations::{
///     AnalyticsMetadataType, AuthFlowType, InitiateAuth, UserContextDataType,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = InitiateAuth::new(AuthFlowType::UserPasswordAuth)
///     .auth_parameters([
///         ("USERNAME", "alice"),
///         ("PASSWORD", "correct horse"),
///     ])
///     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint"))
///     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"))
///     .client_metadata([("language", "de")]);
/// let response = operation.send(client).await?;
/// match (response.authentication_result, response.challenge_name) {
///     (Some(tokens), _) => println!("the tokens expire in {:?} seconds", tokens.expires_in),
///     (None, challenge) => println!("the next challenge is {challenge:?}"),
/// }
/// // With the session of `ConfirmSignUp`, the user does not have to enter another code.
/// let operation = InitiateAuth::new(AuthFlowType::UserAuth)
///     .auth_parameters([("USERNAME", "alice")])
///     .session("the session");
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "InitiateAuth")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InitiateAuth {
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The sign-in flow.
    pub auth_flow: AuthFlowType,
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The parameters of the flow. A client with the app client's secret adds `SECRET_HASH`, computed over `USERNAME`.
    #[secret_hash]
    pub auth_parameters: Option<BTreeMap<String, String>>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The session of the sign-in.
    // The service issues sessions of up to 8192 characters; the published maximum is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextDataType>,
}

/// The response of [`InitiateAuth`].
///
/// ```
/// use cognito_userpools::operations::{
///     AuthenticationResultType, ChallengeNameType, InitiateAuthResponse,
/// };
///
/// let response = InitiateAuthResponse::new()
///     .challenge_name(ChallengeNameType::SelectChallenge)
///     .available_challenges([ChallengeNameType::Password, ChallengeNameType::WebAuthn])
///     .challenge_parameters([("USERNAME", "alice")])
///     .session("the session");
/// assert!(response.authentication_result.is_none());
///
/// let tokens = AuthenticationResultType::new().access_token("the access token");
/// let response = InitiateAuthResponse::new().authentication_result(tokens);
/// assert!(response.challenge_name.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InitiateAuthResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
    /// The challenges from which the user can choose.
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    /// The name of the challenge.
    pub challenge_name: Option<ChallengeNameType>,
    /// The parameters of the challenge.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// The session of the sign-in.
    pub session: Option<String>,
}

/// Answers a challenge. The response contains tokens or the next challenge.
///
/// ```
/// use cognito_userpools::operations::{ChallengeNameType, RespondToAuthChallenge};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = RespondToAuthChallenge::new(ChallengeNameType::SmsMfa)
///     .session("the session of the challenge")
///     .challenge_responses([
///         ("USERNAME", "alice"),
///         ("SMS_MFA_CODE", "123456"),
///     ]);
/// let response = operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "RespondToAuthChallenge")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RespondToAuthChallenge {
    /// The id of the app client. A client fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// The name of the challenge.
    pub challenge_name: ChallengeNameType,
    /// The Amazon Pinpoint endpoint of the user's device.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The entries that answer the challenge. A client with the app client's secret adds `SECRET_HASH`, computed over
    /// `USERNAME`.
    #[secret_hash]
    pub challenge_responses: Option<BTreeMap<String, String>>,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The session of the sign-in.
    // The service issues sessions of up to 8192 characters; the published maximum is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// Data about the user's device for threat protection.
    pub user_context_data: Option<UserContextDataType>,
}

/// The response of [`RespondToAuthChallenge`].
///
/// ```
/// use cognito_userpools::operations::{
///     AuthenticationResultType, ChallengeNameType, RespondToAuthChallengeResponse,
/// };
///
/// let tokens = AuthenticationResultType::new().access_token("the access token");
/// let last = RespondToAuthChallengeResponse::new().authentication_result(tokens);
/// assert!(last.challenge_name.is_none() && last.available_challenges.is_none());
///
/// let choice = RespondToAuthChallengeResponse::new()
///     .challenge_name(ChallengeNameType::SelectChallenge)
///     .available_challenges([ChallengeNameType::Password, ChallengeNameType::WebAuthn]);
/// let next = RespondToAuthChallengeResponse::new()
///     .challenge_name(ChallengeNameType::SelectMfaType)
///     .challenge_parameters([("MFAS_CAN_CHOOSE", r#"["SMS_MFA"]"#)])
///     .session("the session");
/// assert!(next.authentication_result.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RespondToAuthChallengeResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
    /// The challenges from which the user can choose.
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    /// The name of the challenge.
    pub challenge_name: Option<ChallengeNameType>,
    /// The parameters of the challenge.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// The session of the sign-in.
    pub session: Option<String>,
}

/// A sign-in flow.
///
/// In the wildcard arm of a `match`, report a flow that the program does not support.
///
/// ```
/// use cognito_userpools::operations::AuthFlowType;
///
/// assert_eq!(AuthFlowType::UserSrpAuth.as_str(), "USER_SRP_AUTH");
/// assert_eq!(AuthFlowType::from("REFRESH_TOKEN_AUTH"), AuthFlowType::RefreshTokenAuth);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthFlowType {
    /// With a password, which is proved with SRP and not sent.
    UserSrpAuth,
    /// With a refresh token.
    RefreshTokenAuth,
    /// With a refresh token: the former name of `REFRESH_TOKEN_AUTH`.
    RefreshToken,
    /// With challenges that Lambda triggers of the pool define.
    CustomAuth,
    /// With a password, from a server: the former name of `ADMIN_USER_PASSWORD_AUTH`.
    AdminNoSrpAuth,
    /// With a password, which is sent to the service.
    UserPasswordAuth,
    /// With a password, from a server.
    AdminUserPasswordAuth,
    /// With a first factor that the user chooses.
    UserAuth,
    /// A value that has no variant.
    Other(String),
}

/// The name of a challenge.
///
/// In the wildcard arm of a `match`, end the sign-in and report a challenge that the program does not support.
///
/// ```
/// use cognito_userpools::operations::ChallengeNameType;
///
/// assert_eq!(ChallengeNameType::SoftwareTokenMfa.as_str(), "SOFTWARE_TOKEN_MFA");
/// assert_eq!(ChallengeNameType::from("RIDDLE"), ChallengeNameType::Other("RIDDLE".to_owned()));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChallengeNameType {
    /// A code sent by SMS, as the second factor.
    SmsMfa,
    /// A code sent by email.
    EmailOtp,
    /// A code from an authenticator app.
    SoftwareTokenMfa,
    /// A choice of the second factor.
    SelectMfaType,
    /// The setup of a second factor.
    MfaSetup,
    /// The proof of a password with SRP.
    PasswordVerifier,
    /// A challenge that a Lambda trigger of the pool defines.
    CustomChallenge,
    /// A choice of the first factor.
    SelectChallenge,
    /// The start of the proof of a device's password with SRP.
    DeviceSrpAuth,
    /// The proof of a device's password with SRP.
    DevicePasswordVerifier,
    /// A user name and a password, from a server.
    AdminNoSrpAuth,
    /// A new password.
    NewPasswordRequired,
    /// A code sent by SMS, as the first factor.
    SmsOtp,
    /// A password, which is sent to the service.
    Password,
    /// A passkey.
    WebAuthn,
    /// A password, which is proved with SRP and not sent.
    PasswordSrp,
    /// A value that has no variant.
    Other(String),
}
