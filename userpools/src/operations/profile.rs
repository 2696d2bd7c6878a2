//! The user and their attributes.

use super::shapes::{AttributeType, CodeDeliveryDetailsType, DeliveryMediumType};
use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// The user's attributes and settings.
///
/// ```
/// use cognito_userpools::operations::GetUser;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let user = GetUser::new("the access token").send(client).await?;
/// for attribute in user.user_attributes.into_iter().flatten() {
///     println!("{}: {:?}", attribute.name, attribute.value);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUser")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUser {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// The answer to [`GetUser`].
///
/// ```
/// use cognito_userpools::operations::{AttributeType, GetUserResponse, MFAOptionType};
///
/// let user = GetUserResponse::new()
///     .username("alice")
///     .user_attributes([AttributeType::new("email").value("alice@example.com")])
///     .mfa_options([MFAOptionType::new().attribute_name("phone_number")])
///     .preferred_mfa_setting("SMS_MFA")
///     .user_mfa_setting_list(["SMS_MFA".to_owned()]);
/// let email = user.user_attributes.iter().flatten().find(|attribute| attribute.name == "email");
/// assert_eq!(email.and_then(|email| email.value.as_deref()), Some("alice@example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
///
/// ```
/// use cognito_userpools::operations::{AttributeType, UpdateUserAttributes};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let attributes = [
///     AttributeType::new("email").value("alice@example.com"),
///     AttributeType::new("nickname").value("Al"),
/// ];
/// let operation = UpdateUserAttributes::new("the access token", attributes)
///     .client_metadata([("language".to_owned(), "de".to_owned())]);
/// for details in operation.send(client).await?.code_delivery_details_list.into_iter().flatten() {
///     println!("a code is on its way to {:?}", details.destination);
/// }
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateUserAttributes")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, UpdateUserAttributesResponse};
///
/// let answer = UpdateUserAttributesResponse::new()
///     .code_delivery_details_list([CodeDeliveryDetailsType::new()]);
/// assert_eq!(answer.code_delivery_details_list.map(|list| list.len()), Some(1));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserAttributesResponse {
    /// Where codes were sent.
    pub code_delivery_details_list: Option<Vec<CodeDeliveryDetailsType>>,
}

/// Deletes attributes.
///
/// ```
/// use cognito_userpools::operations::DeleteUserAttributes;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUserAttributes::new("the access token", ["nickname".to_owned()]).send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserAttributes", response = ())]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserAttributes {
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// The names of the attributes.
    #[each(len, pattern)]
    pub user_attribute_names: Vec<String>,
}

/// Sends a code that verifies an email address or phone number.
///
/// ```
/// use cognito_userpools::operations::GetUserAttributeVerificationCode;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let operation = GetUserAttributeVerificationCode::new("the access token", "email")
///     .client_metadata([("language".to_owned(), "de".to_owned())]);
/// let sent = operation.send(client).await?;
/// println!("{:?}", sent.code_delivery_details.and_then(|details| details.destination));
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUserAttributeVerificationCode")]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
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
///
/// ```
/// use cognito_userpools::operations::{CodeDeliveryDetailsType, GetUserAttributeVerificationCodeResponse};
///
/// let details = CodeDeliveryDetailsType::new().attribute_name("email");
/// let answer = GetUserAttributeVerificationCodeResponse::new().code_delivery_details(details);
/// assert!(answer.code_delivery_details.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUserAttributeVerificationCodeResponse {
    /// Where the code was sent.
    pub code_delivery_details: Option<CodeDeliveryDetailsType>,
}

/// Verifies an email address or phone number, with the code that was sent.
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
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
    /// Where codes by SMS go.
    pub mfa_options: Vec<MFAOptionType>,
}

/// Deletes the user who is signed in.
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
    /// The access token of the user.
    #[pattern]
    pub access_token: String,
}

/// Where codes by SMS go.
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
    /// The attribute with the number.
    #[len]
    #[pattern]
    pub attribute_name: Option<String>,
    /// How they are sent.
    pub delivery_medium: Option<DeliveryMediumType>,
}
