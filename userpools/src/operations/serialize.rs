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
use cognito_op::wire;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

macro_rules! as_on_the_wire {
    ($($shape:ident)*) => {$(
        /// Serializes the value in the form that the service uses.
        impl Serialize for $shape {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                wire::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $shape {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                wire::deserialize(deserializer)
            }
        }
    )*};
}

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
