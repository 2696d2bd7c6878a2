//! Until the operations are generated.

use crate::operations::*;
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// The operation `AdminInitiateAuth`, which is signed.
#[cognito_op(target = "AdminInitiateAuth", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminInitiateAuth {
    /// The structure `AnalyticsMetadataType`.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The string enum `AuthFlowType`.
    pub auth_flow: AuthFlowType,
    /// A map (`AuthParametersType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive. The client fills in the secret hash.
    #[keys(len)]
    #[values(len)]
    #[secret_hash]
    pub auth_parameters: Option<BTreeMap<String, String>>,
    /// A string (`ClientIdType`), 1 to 128 characters, matching `[\w+]+`; sensitive. The client
    /// fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// A map (`ClientMetadataType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The structure `ContextDataType`; sensitive.
    pub context_data: Option<ContextDataType>,
    /// A string (`SessionType`), 20 to 8192 characters; sensitive.
    #[len]
    pub session: Option<String>,
    /// A string (`UserPoolIdType`), 1 to 55 characters, matching `[\w-]+_[0-9a-zA-Z]+`.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of `AdminInitiateAuth`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminInitiateAuthResponse {
    /// The structure `AuthenticationResultType`.
    pub authentication_result: Option<AuthenticationResultType>,
    /// A list of `ChallengeNameType` (`AvailableChallengeListType`).
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    /// The string enum `ChallengeNameType`.
    pub challenge_name: Option<ChallengeNameType>,
    /// A map (`ChallengeParametersType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// A string (`SessionType`), 20 to 8192 characters; sensitive.
    pub session: Option<String>,
}

/// The operation `AdminRespondToAuthChallenge`, which is signed.
#[cognito_op(target = "AdminRespondToAuthChallenge", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminRespondToAuthChallenge {
    /// The structure `AnalyticsMetadataType`.
    pub analytics_metadata: Option<AnalyticsMetadataType>,
    /// The string enum `ChallengeNameType`.
    pub challenge_name: ChallengeNameType,
    /// A map (`ChallengeResponsesType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive. The client fills in the secret hash.
    #[keys(len)]
    #[values(len)]
    #[secret_hash]
    pub challenge_responses: Option<BTreeMap<String, String>>,
    /// A string (`ClientIdType`), 1 to 128 characters, matching `[\w+]+`; sensitive. The client
    /// fills it in.
    #[len]
    #[pattern]
    #[client_id]
    pub client_id: Option<String>,
    /// A map (`ClientMetadataType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive.
    #[keys(len)]
    #[values(len)]
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The structure `ContextDataType`; sensitive.
    pub context_data: Option<ContextDataType>,
    /// A string (`SessionType`), 20 to 8192 characters; sensitive.
    #[len]
    pub session: Option<String>,
    /// A string (`UserPoolIdType`), 1 to 55 characters, matching `[\w-]+_[0-9a-zA-Z]+`.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of `AdminRespondToAuthChallenge`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AdminRespondToAuthChallengeResponse {
    /// The structure `AuthenticationResultType`.
    pub authentication_result: Option<AuthenticationResultType>,
    /// A list of `ChallengeNameType` (`AvailableChallengeListType`).
    pub available_challenges: Option<Vec<ChallengeNameType>>,
    /// The string enum `ChallengeNameType`.
    pub challenge_name: Option<ChallengeNameType>,
    /// A map (`ChallengeParametersType`); keys at most 131072 characters; values at most 131072
    /// characters; sensitive.
    pub challenge_parameters: Option<BTreeMap<String, String>>,
    /// A string (`SessionType`), 20 to 8192 characters; sensitive.
    pub session: Option<String>,
}

/// The operation `ListUsers`, which is signed.
///
/// It returns `Users` in pages; `PaginationToken` is the token.
#[cognito_op(target = "ListUsers", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsers {
    /// A list of `AttributeNameType` (`SearchedAttributeNamesListType`); each 1 to 32 characters,
    /// matching `[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+`.
    #[each(len, pattern)]
    pub attributes_to_get: Option<Vec<String>>,
    /// A string (`UserFilterType`), at most 256 characters.
    #[len]
    pub filter: Option<String>,
    /// An integer (`QueryLimitType`), 0 to 60.
    #[range]
    pub limit: Option<i32>,
    /// A string (`SearchPaginationTokenType`), at least 1 character, matching `[\S]+`.
    #[len]
    #[pattern]
    pub pagination_token: Option<String>,
    /// A string (`UserPoolIdType`), 1 to 55 characters, matching `[\w-]+_[0-9a-zA-Z]+`.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of `ListUsers`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListUsersResponse {
    /// A string (`SearchPaginationTokenType`), at least 1 character, matching `[\S]+`.
    pub pagination_token: Option<String>,
    /// A list of `UserType` (`UsersListType`).
    pub users: Option<Vec<UserType>>,
}

/// The structure `ContextDataType`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ContextDataType {
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub encoded_data: Option<String>,
    /// A list of `HttpHeader` (`HttpHeaderList`).
    pub http_headers: Vec<HttpHeader>,
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub ip_address: String,
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub server_name: String,
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub server_path: String,
}

/// The structure `UserType`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UserType {
    /// A list of `AttributeType` (`AttributeListType`).
    pub attributes: Option<Vec<AttributeType>>,
    /// A boolean (`BooleanType`).
    pub enabled: Option<bool>,
    /// A list of `MFAOptionType` (`MFAOptionListType`).
    pub mfa_options: Option<Vec<MFAOptionType>>,
    /// A timestamp (`DateType`).
    pub user_create_date: Option<SystemTime>,
    /// A timestamp (`DateType`).
    pub user_last_modified_date: Option<SystemTime>,
    /// The string enum `UserStatusType`.
    pub user_status: Option<UserStatusType>,
    /// A string (`UsernameType`), 1 to 128 characters, matching `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
    /// sensitive.
    pub username: Option<String>,
}

/// The structure `HttpHeader`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct HttpHeader {
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub header_name: Option<String>,
    /// A string (`StringType`), at most 131072 characters.
    #[len]
    pub header_value: Option<String>,
}

/// The string enum `UserStatusType`.
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum UserStatusType {
    /// `UNCONFIRMED`.
    Unconfirmed,
    /// `CONFIRMED`.
    Confirmed,
    /// `ARCHIVED`.
    Archived,
    /// `COMPROMISED`.
    Compromised,
    /// `UNKNOWN`.
    Unknown,
    /// `RESET_REQUIRED`.
    ResetRequired,
    /// `FORCE_CHANGE_PASSWORD`.
    ForceChangePassword,
    /// `EXTERNAL_PROVIDER`.
    ExternalProvider,
    /// A value that is not listed here.
    Other(String),
}
