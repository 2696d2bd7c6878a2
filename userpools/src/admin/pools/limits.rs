//! Provisioned limits.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Returns the provisioned request rate for a category of operations.
///
/// ```
/// use cognito_userpools::admin::{GetProvisionedLimit, LimitClass, LimitDefinitionType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetProvisionedLimit::new(
///     LimitDefinitionType::new(LimitClass::ApiCategory, [("OperationCategory", "UserAuthentication")]),
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.limit);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetProvisionedLimit", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetProvisionedLimit {
    /// The limit, by its class and attributes.
    pub limit_definition: LimitDefinitionType,
}

/// The response of [`GetProvisionedLimit`].
///
/// ```
/// use cognito_userpools::admin::{
///     GetProvisionedLimitResponse, LimitClass, LimitDefinitionType, LimitType,
/// };
///
/// let response = GetProvisionedLimitResponse::new(
///     LimitType::new(LimitDefinitionType::new(LimitClass::ApiCategory, [("OperationCategory", "UserAuthentication")]), 200, 120),
/// );
/// assert_eq!(response.limit.limit_definition.limit_class, LimitClass::ApiCategory);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetProvisionedLimitResponse {
    /// The limit.
    pub limit: LimitType,
}

/// Sets the provisioned request rate for a category of operations, between the default and the maximum of the account.
/// Only the default rate is free of charge.
///
/// ```
/// use cognito_userpools::admin::{LimitClass, LimitDefinitionType, UpdateProvisionedLimit};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateProvisionedLimit::new(
///     LimitDefinitionType::new(LimitClass::ApiCategory, [("OperationCategory", "UserAuthentication")]),
///     200,
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.limit);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateProvisionedLimit", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateProvisionedLimit {
    /// The limit, by its class and attributes.
    pub limit_definition: LimitDefinitionType,
    /// The new limit in requests per second, from the default limit to the maximum of the account in Service Quotas.
    pub requested_limit_value: i32,
}

/// The response of [`UpdateProvisionedLimit`].
///
/// ```
/// use cognito_userpools::admin::{
///     LimitClass, LimitDefinitionType, LimitType, UpdateProvisionedLimitResponse,
/// };
///
/// let response = UpdateProvisionedLimitResponse::new(
///     LimitType::new(LimitDefinitionType::new(LimitClass::ApiCategory, [("OperationCategory", "UserAuthentication")]), 200, 120),
/// );
/// assert_eq!(response.limit.limit_definition.limit_class, LimitClass::ApiCategory);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateProvisionedLimitResponse {
    /// The limit after the change.
    pub limit: LimitType,
}

/// The class and the category that identify a limit.
///
/// ```
/// use cognito_userpools::admin::{LimitClass, LimitDefinitionType};
///
/// let definition = LimitDefinitionType::new(
///     LimitClass::ApiCategory,
///     [("OperationCategory", "UserAuthentication")],
/// );
/// assert_eq!(definition.limit_class, LimitClass::ApiCategory);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LimitDefinitionType {
    /// The class of the limit, which is `API_CATEGORY` for API rates.
    pub limit_class: LimitClass,
    /// The attributes that identify the limit. For an API rate, the key is `Category` and the value is, for example,
    /// `UserAuthentication`.
    #[keys(len)]
    #[values(len)]
    pub attributes: BTreeMap<String, String>,
}

/// A limit in requests per second, with the part that is free of charge.
///
/// ```
/// use cognito_userpools::admin::{LimitClass, LimitDefinitionType, LimitType};
///
/// let limit = LimitType::new(
///     LimitDefinitionType::new(LimitClass::ApiCategory, [("OperationCategory", "UserAuthentication")]),
///     200,
///     120,
/// );
/// assert_eq!(limit.limit_definition.limit_class, LimitClass::ApiCategory);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LimitType {
    /// The limit, by its class and attributes.
    pub limit_definition: LimitDefinitionType,
    /// The limit that is in force, in requests per second.
    pub provisioned_limit_value: i32,
    /// The default limit in requests per second, which is free of charge.
    pub free_limit_value: i32,
}

/// The class of a limit.
///
/// ```
/// use cognito_userpools::admin::LimitClass;
///
/// assert_eq!(LimitClass::ApiCategory.as_str(), "API_CATEGORY");
/// assert_eq!(LimitClass::from("API_CATEGORY"), LimitClass::ApiCategory);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitClass {
    /// `API_CATEGORY`.
    ApiCategory,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    GetProvisionedLimitResponse UpdateProvisionedLimitResponse LimitDefinitionType LimitType LimitClass
}
