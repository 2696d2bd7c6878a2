//! The user and their attributes.

use super::shapes::{AttributeType, CodeDeliveryDetailsType, DeliveryMediumType};
use crate::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// The user's attributes and settings.
#[cognito_op(target = "GetUser")]
#[derive(Clone, PartialEq)]
pub struct GetUser {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// The answer to [`GetUser`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct GetUserResponse {
    /// Where codes by SMS go.
    pub mfa_options: Option<Vec<MFAOptionType>>,
    /// The second factor that is preferred.
    pub preferred_mfa_setting: Option<String>,
    /// The attributes.
    pub user_attributes: Option<Vec<AttributeType>>,
    /// The second factors that are on.
    pub user_mfa_setting_list: Option<Vec<String>>,
    /// The user's name in the pool.
    pub username: Option<String>,
}

/// Changes attributes. Where one has to be verified, a code goes to the new address.
#[cognito_op(target = "UpdateUserAttributes")]
#[derive(Clone, PartialEq)]
pub struct UpdateUserAttributes {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The attributes, with their new values.
    pub user_attributes: Vec<AttributeType>,
}

/// The answer to [`UpdateUserAttributes`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct UpdateUserAttributesResponse {
    /// Where codes were sent.
    pub code_delivery_details_list: Option<Vec<CodeDeliveryDetailsType>>,
}

/// Deletes attributes.
#[cognito_op(target = "DeleteUserAttributes", response = ())]
#[derive(Clone, PartialEq)]
pub struct DeleteUserAttributes {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The names of the attributes.
    #[each(len, pattern)]
    pub user_attribute_names: Vec<String>,
}

/// Sends a code that verifies an email address or phone number.
#[cognito_op(target = "GetUserAttributeVerificationCode")]
#[derive(Clone, PartialEq)]
pub struct GetUserAttributeVerificationCode {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The name of the attribute.
    #[len]
    #[pattern]
    pub attribute_name: String,
    /// What the Lambda triggers of the pool are handed.
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// The answer to [`GetUserAttributeVerificationCode`].
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct GetUserAttributeVerificationCodeResponse {
    /// Where the code was sent.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// Verifies an email address or phone number, with the code that was sent.
#[cognito_op(target = "VerifyUserAttribute", response = ())]
#[derive(Clone, PartialEq)]
pub struct VerifyUserAttribute {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The name of the attribute.
    #[len]
    #[pattern]
    pub attribute_name: String,
    /// The code.
    #[len]
    #[pattern]
    pub code: String,
}

/// Sets which attribute SMS codes go to. The service has superseded it: see [`SetUserMFAPreference`](super::SetUserMFAPreference).
#[cognito_op(target = "SetUserSettings", response = ())]
#[derive(Clone, PartialEq)]
pub struct SetUserSettings {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// Where codes by SMS go.
    pub mfa_options: Vec<MFAOptionType>,
}

/// Deletes the user who is signed in.
#[cognito_op(target = "DeleteUser", response = ())]
#[derive(Clone, PartialEq)]
pub struct DeleteUser {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// Where codes by SMS go.
#[cognito_shape]
#[derive(Clone, PartialEq)]
pub struct MFAOptionType {
    /// The attribute with the number.
    #[len]
    #[pattern]
    pub attribute_name: Option<String>,
    /// How they are sent.
    pub delivery_medium: Option<DeliveryMediumType>,
}
