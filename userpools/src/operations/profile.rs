//! The user and their attributes.

use super::shapes::{AttributeType, CodeDeliveryDetailsType, DeliveryMediumType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Returns the user's attributes and settings.
///
/// ```
/// use cognito_userpools::operations::GetUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let user = GetUser::new("the access token").send(client).await?;
/// for attribute in user.user_attributes {
///     println!("{}: {:?}", attribute.name, attribute.value);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUser")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUser {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
}

/// The response of [`GetUser`].
///
/// ```
/// use cognito_userpools::operations::{GetUserResponse, MFAOptionType};
///
/// let user = GetUserResponse::new([("email", "alice@example.com")], "alice")
///     .mfa_options([MFAOptionType::new().attribute_name("phone_number")])
///     .preferred_mfa_setting("SMS_MFA")
///     .user_mfa_setting_list(["SMS_MFA"]);
/// assert_eq!(user.attribute("email"), Some("alice@example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserResponse {
    /// The attributes to which codes are sent by SMS.
    pub mfa_options: Option<Vec<MFAOptionType>>,
    /// The preferred second factor.
    pub preferred_mfa_setting: Option<String>,
    /// The attributes.
    pub user_attributes: Vec<AttributeType>,
    /// The active second factors.
    pub user_mfa_setting_list: Option<Vec<String>>,
    /// The user name in the pool.
    pub username: String,
}

/// Changes attributes of the user. If an attribute has to be verified, a code is sent to the new address.
///
/// ```
/// use cognito_userpools::operations::UpdateUserAttributes;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let attributes = [
///     ("email", "alice@example.com"),
///     ("nickname", "Al"),
/// ];
/// let operation = UpdateUserAttributes::new("the access token", attributes)
///     .client_metadata([("language", "de")]);
/// for details in operation.send(client).await?.code_delivery_details_list.into_iter().flatten() {
///     println!("the code was sent to {:?}", details.destination);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateUserAttributes")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserAttributes {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
    /// The attributes with their new values.
    pub user_attributes: Vec<AttributeType>,
}

/// The response of [`UpdateUserAttributes`].
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, UpdateUserAttributesResponse};
///
/// let response = UpdateUserAttributesResponse::new()
///     .code_delivery_details_list([CodeDeliveryDetailsType::new()]);
/// assert_eq!(response.code_delivery_details_list.map(|list| list.len()), Some(1));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserAttributesResponse {
    /// The destinations of the codes.
    pub code_delivery_details_list: Option<Vec<CodeDeliveryDetailsType>>,
}

/// Deletes attributes of the user.
///
/// ```
/// use cognito_userpools::operations::DeleteUserAttributes;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUserAttributes::new("the access token", ["nickname"]).send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserAttributes", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserAttributes {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The names of the attributes.
    #[each(len, pattern)]
    pub user_attribute_names: Vec<String>,
}

/// Sends a code for verifying an email address or phone number.
///
/// ```
/// use cognito_userpools::operations::GetUserAttributeVerificationCode;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = GetUserAttributeVerificationCode::new("the access token", "email")
///     .client_metadata([("language", "de")]);
/// let sent = operation.send(client).await?;
/// println!("{:?}", sent.code_delivery_details.and_then(|details| details.destination));
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUserAttributeVerificationCode")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserAttributeVerificationCode {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The name of the attribute.
    #[len]
    #[pattern]
    pub attribute_name: String,
    /// Key-value pairs for the Lambda triggers of the pool.
    pub client_metadata: Option<BTreeMap<String, String>>,
}

/// The response of [`GetUserAttributeVerificationCode`].
///
/// ```
/// use cognito_userpools::operations::{
///     CodeDeliveryDetailsType, GetUserAttributeVerificationCodeResponse,
/// };
///
/// let details = CodeDeliveryDetailsType::new().attribute_name("email");
/// let response = GetUserAttributeVerificationCodeResponse::new().code_delivery_details(details);
/// assert!(response.code_delivery_details.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserAttributeVerificationCodeResponse {
    /// The destination of the code.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// Verifies an email address or phone number with the code from [`GetUserAttributeVerificationCode`].
///
/// ```
/// use cognito_userpools::operations::VerifyUserAttribute;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// VerifyUserAttribute::new("the access token", "email", "123456").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "VerifyUserAttribute", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct VerifyUserAttribute {
    /// The user's access token.
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

/// Sets the attribute to which codes are sent by SMS. [`SetUserMFAPreference`](super::SetUserMFAPreference) supersedes
/// it.
///
/// ```
/// use cognito_userpools::operations::{DeliveryMediumType, MFAOptionType, SetUserSettings};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let option = MFAOptionType::new()
///     .attribute_name("phone_number")
///     .delivery_medium(DeliveryMediumType::Sms);
/// SetUserSettings::new("the access token", [option]).send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetUserSettings", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUserSettings {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
    /// The attributes to which codes are sent by SMS.
    pub mfa_options: Vec<MFAOptionType>,
}

/// Deletes the signed-in user.
///
/// ```
/// use cognito_userpools::operations::DeleteUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUser::new("the access token").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUser", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUser {
    /// The user's access token.
    #[pattern]
    pub access_token: String,
}

/// An attribute to which codes are sent by SMS.
///
/// ```
/// use cognito_userpools::operations::{DeliveryMediumType, MFAOptionType};
///
/// let option = MFAOptionType::new()
///     .attribute_name("phone_number")
///     .delivery_medium(DeliveryMediumType::Sms);
/// assert_eq!(option.delivery_medium, Some(DeliveryMediumType::Sms));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MFAOptionType {
    /// The name of the attribute with the phone number.
    #[len]
    #[pattern]
    pub attribute_name: Option<String>,
    /// The medium of the codes.
    pub delivery_medium: Option<DeliveryMediumType>,
}
