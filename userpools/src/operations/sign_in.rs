//! Signing in.

use super::shapes::{AnalyticsMetadataType, AuthenticationResultType, UserContextDataType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Begins to sign a user in. The answer has tokens, or a challenge to respond to.
///
/// ```
/// use cognito_userpools::operations::{
///     AnalyticsMetadataType, AuthFlowType, InitiateAuth, UserContextDataType,
/// };
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = InitiateAuth::new("1example23456789", AuthFlowType::UserPasswordAuth)
///     .auth_parameters([
///         ("USERNAME".to_owned(), "alice".to_owned()),
///         ("PASSWORD".to_owned(), "correct horse".to_owned()),
///     ])
///     .analytics_metadata(AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint's id"))
///     .user_context_data(UserContextDataType::new().ip_address("203.0.113.7"))
///     .client_metadata([("language".to_owned(), "de".to_owned())]);
/// let answer = operation.send(client).await?;
/// match (answer.authentication_result, answer.challenge_name) {
///     (Some(tokens), _) => println!("good for {:?} seconds", tokens.expires_in),
///     (None, challenge) => println!("the pool asks for {challenge:?}"),
/// }
/// // With the session of `ConfirmSignUp`, the user need not enter another code.
/// let operation = InitiateAuth::new("1example23456789", AuthFlowType::UserAuth)
///     .auth_parameters([("USERNAME".to_owned(), "alice".to_owned())])
///     .session("the session");
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "InitiateAuth")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InitiateAuth {
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// How the user signs in.
    pub auth_flow: AuthFlowType,
    /// What Amazon Pinpoint knows the device as.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// What the flow needs, by name. A client with the secret adds `SECRET_HASH`, over the name in `USERNAME`.
    #[secret_hash]
    pub auth_parameters: Option<BTreeMap<String, String>>,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The session of the sign-in that is under way.
    // The service gives out sessions of up to 8192 characters; the published bound is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// What the threat protection is to know of the device.
    pub user_context_data: Option<UserContextDataType>,
}

/// The answer to [`InitiateAuth`].
///
/// ```
/// use cognito_userpools::operations::{
///     AuthenticationResultType, ChallengeNameType, InitiateAuthResponse,
/// };
///
/// let answer = InitiateAuthResponse::new()
///     .challenge_name(ChallengeNameType::SelectChallenge)
///     .available_challenges([ChallengeNameType::Password, ChallengeNameType::WebAuthn])
///     .challenge_parameters([("USERNAME".to_owned(), "alice".to_owned())])
///     .session("the session");
/// assert!(answer.authentication_result.is_none());
///
/// let tokens = AuthenticationResultType::new().access_token("the access token");
/// let answer = InitiateAuthResponse::new().authentication_result(tokens);
/// assert!(answer.challenge_name.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InitiateAuthResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
    /// The challenges that the user can choose from.
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    /// The challenge.
    pub challenge_name: Option<ChallengeNameType>,
    /// What belongs to the challenge, by name.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// The session of the sign-in that is under way.
    pub session: Option<String>,
}

/// Responds to a challenge. The answer has tokens, or the next challenge.
///
/// ```
/// use cognito_userpools::operations::{ChallengeNameType, RespondToAuthChallenge};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = RespondToAuthChallenge::new("1example23456789", ChallengeNameType::SmsMfa)
///     .session("the session of the challenge")
///     .challenge_responses([
///         ("USERNAME".to_owned(), "alice".to_owned()),
///         ("SMS_MFA_CODE".to_owned(), "123456".to_owned()),
///     ]);
/// let answer = operation.send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "RespondToAuthChallenge")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RespondToAuthChallenge {
    /// The app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The challenge.
    pub challenge_name: ChallengeNameType,
    /// What Amazon Pinpoint knows the device as.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The answers, by name. A client with the secret adds `SECRET_HASH`, over the name in `USERNAME`.
    #[secret_hash]
    pub challenge_responses: Option<BTreeMap<String, String>>,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The session of the sign-in that is under way.
    // The service gives out sessions of up to 8192 characters; the published bound is 4096.
    #[len(20, 8192)]
    pub session: Option<String>,
    /// What the threat protection is to know of the device.
    pub user_context_data: Option<UserContextDataType>,
}

/// The answer to [`RespondToAuthChallenge`].
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
///     .challenge_parameters([("MFAS_CAN_CHOOSE".to_owned(), r#"["SMS_MFA"]"#.to_owned())])
///     .session("the session");
/// assert!(next.authentication_result.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RespondToAuthChallengeResponse {
    /// The tokens.
    pub authentication_result: Option<AuthenticationResultType>,
    /// The challenges that the user can choose from.
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    /// The challenge.
    pub challenge_name: Option<ChallengeNameType>,
    /// What belongs to the challenge, by name.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// The session of the sign-in that is under way.
    pub session: Option<String>,
}

/// How a user signs in.
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
    /// With a password that does not leave this program.
    UserSrpAuth,
    /// With a refresh token.
    RefreshTokenAuth,
    /// With a refresh token, by its older name.
    RefreshToken,
    /// By the pool's own Lambda triggers.
    CustomAuth,
    /// With a password, by a server; the older name.
    AdminNoSrpAuth,
    /// With a password.
    UserPasswordAuth,
    /// With a password, by a server.
    AdminUserPasswordAuth,
    /// With what the user chooses.
    UserAuth,
    /// A value that this version does not know.
    Other(String),
}

/// What is asked of someone who signs in.
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
    /// A code by SMS.
    SmsMfa,
    /// A code by email.
    EmailOtp,
    /// A code of an authenticator app.
    SoftwareTokenMfa,
    /// Which second factor it is to be.
    SelectMfaType,
    /// A second factor has to be set up.
    MfaSetup,
    /// The proof of the password.
    PasswordVerifier,
    /// What the pool's own Lambda triggers ask.
    CustomChallenge,
    /// Which challenge it is to be.
    SelectChallenge,
    /// The device has to prove itself.
    DeviceSrpAuth,
    /// The proof of the device's password.
    DevicePasswordVerifier,
    /// With a password, by a server; the older name.
    AdminNoSrpAuth,
    /// A new password.
    NewPasswordRequired,
    /// A code by SMS.
    SmsOtp,
    /// A password.
    Password,
    /// A passkey.
    WebAuthn,
    /// A password that does not leave this program.
    PasswordSrp,
    /// A value that this version does not know.
    Other(String),
}
