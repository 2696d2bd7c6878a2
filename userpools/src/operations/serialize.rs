//! Serialization of the shapes as on the wire.

use super::{
    AnalyticsMetadataType, AssociateSoftwareTokenResponse, AttributeType, AuthFactorType, AuthFlowType,
    AuthenticationResultType, ChallengeNameType, ClientAuthenticationResultType, CodeDeliveryDetailsType,
    ConfirmDeviceResponse, ConfirmSignUpResponse, DeliveryMediumType, DeviceRememberedStatusType,
    DeviceSecretVerifierConfigType, DeviceType, EmailMfaSettingsType, FeedbackValueType, ForgotPasswordResponse,
    GetClientTokenResponse, GetDerivedTokenResponse, GetDeviceResponse, GetTokensFromRefreshTokenResponse,
    GetUserAttributeVerificationCodeResponse, GetUserAuthFactorsResponse, GetUserResponse, InitiateAuthResponse,
    IssuedTokenTypeIdentifierType, ListDevicesResponse, ListUserSessionsResponse, ListWebAuthnCredentialsResponse,
    MFAOptionType, NewDeviceMetadataType, OAuthTokenTypeType, ResendConfirmationCodeResponse,
    RespondToAuthChallengeResponse, RevokeAssociatedSessionsType, SMSMfaSettingsType, SessionDescriptionType,
    SessionLocationType, SessionTypeType, SignUpResponse, SoftwareTokenMfaSettingsType,
    StartWebAuthnRegistrationResponse, TokenTypeIdentifierType, UpdateUserAttributesResponse, UserContextDataType,
    VerifySoftwareTokenResponse, VerifySoftwareTokenResponseType, WebAuthnCredentialDescription,
    WebAuthnMfaSettingsType,
};
use crate::serialize::as_on_the_wire;

as_on_the_wire! {
    AnalyticsMetadataType AssociateSoftwareTokenResponse AttributeType AuthFactorType AuthFlowType
    AuthenticationResultType ChallengeNameType ClientAuthenticationResultType CodeDeliveryDetailsType
    ConfirmDeviceResponse ConfirmSignUpResponse DeliveryMediumType DeviceRememberedStatusType
    DeviceSecretVerifierConfigType DeviceType EmailMfaSettingsType FeedbackValueType ForgotPasswordResponse
    GetClientTokenResponse GetDerivedTokenResponse GetDeviceResponse GetTokensFromRefreshTokenResponse
    GetUserAttributeVerificationCodeResponse GetUserAuthFactorsResponse GetUserResponse InitiateAuthResponse
    IssuedTokenTypeIdentifierType ListDevicesResponse ListUserSessionsResponse ListWebAuthnCredentialsResponse
    MFAOptionType NewDeviceMetadataType OAuthTokenTypeType ResendConfirmationCodeResponse RespondToAuthChallengeResponse
    RevokeAssociatedSessionsType SMSMfaSettingsType SessionDescriptionType SessionLocationType SessionTypeType
    SignUpResponse SoftwareTokenMfaSettingsType StartWebAuthnRegistrationResponse TokenTypeIdentifierType
    UpdateUserAttributesResponse UserContextDataType VerifySoftwareTokenResponse VerifySoftwareTokenResponseType
    WebAuthnCredentialDescription WebAuthnMfaSettingsType
}
