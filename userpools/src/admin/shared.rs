//! The types that signed operations have in common with the unsigned ones.
// Written by `cargo x admin` from the service model; a test compares them.

pub use crate::operations::{
    AnalyticsMetadataType, AttributeType, AuthFactorType, AuthFlowType, AuthenticationResultType, ChallengeNameType,
    DeliveryMediumType, DeviceRememberedStatusType, DeviceType, EmailMfaSettingsType, FeedbackValueType, MFAOptionType,
    NewDeviceMetadataType, RevokeAssociatedSessionsType, SMSMfaSettingsType, SessionDescriptionType,
    SessionLocationType, SessionTypeType, SoftwareTokenMfaSettingsType, WebAuthnMfaSettingsType,
};
