//! The look of managed login and of the classic hosted UI.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Creates a managed login style for an app client that has none. A request is limited to 2 MB; add the rest with
/// `UpdateManagedLoginBranding`.
///
/// ```
/// use cognito_userpools::admin::CreateManagedLoginBranding;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateManagedLoginBranding::new("eu-west-1_Ab12Cd34", "1example23456789")
///     .use_cognito_provided_values(true)
///     .send(client)
///     .await?;
/// println!("{:?}", response.managed_login_branding);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateManagedLoginBranding", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateManagedLoginBranding {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// Whether the branding style has the default values of the service. If it is `true`, `Settings` and `Assets` must
    /// be left out.
    pub use_cognito_provided_values: Option<bool>,
    /// The settings of the branding style, as a JSON document; not together with `UseCognitoProvidedValues`.
    pub settings: Option<serde_json::Value>,
    /// The images of the branding style; not together with `UseCognitoProvidedValues`.
    #[len]
    pub assets: Option<Vec<AssetType>>,
}

/// The response of [`CreateManagedLoginBranding`].
///
/// ```
/// use cognito_userpools::admin::{CreateManagedLoginBrandingResponse, ManagedLoginBrandingType};
///
/// let response = CreateManagedLoginBrandingResponse::new()
///     .managed_login_branding(ManagedLoginBrandingType::new());
/// assert!(response.managed_login_branding.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateManagedLoginBrandingResponse {
    /// The branding style.
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// Returns a managed login style. It contains only values that differ from the defaults, unless `ReturnMergedResources`
/// is true.
///
/// ```
/// use cognito_userpools::admin::DescribeManagedLoginBranding;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeManagedLoginBranding::new(
///     "eu-west-1_Ab12Cd34",
///     "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
/// )
///     .return_merged_resources(true)
///     .send(client)
///     .await?;
/// println!("{:?}", response.managed_login_branding);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeManagedLoginBranding", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeManagedLoginBranding {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the branding style.
    #[pattern]
    pub managed_login_branding_id: String,
    /// Whether to also return options with default values. The default is `false`.
    pub return_merged_resources: Option<bool>,
}

/// The response of [`DescribeManagedLoginBranding`].
///
/// ```
/// use cognito_userpools::admin::{DescribeManagedLoginBrandingResponse, ManagedLoginBrandingType};
///
/// let response = DescribeManagedLoginBrandingResponse::new()
///     .managed_login_branding(ManagedLoginBrandingType::new());
/// assert!(response.managed_login_branding.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeManagedLoginBrandingResponse {
    /// The branding style.
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// Returns the managed login style of an app client. It contains only values that differ from the defaults, unless
/// `ReturnMergedResources` is true.
///
/// ```
/// use cognito_userpools::admin::DescribeManagedLoginBrandingByClient;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeManagedLoginBrandingByClient::new(
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
/// )
///     .return_merged_resources(true)
///     .send(client)
///     .await?;
/// println!("{:?}", response.managed_login_branding);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeManagedLoginBrandingByClient", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeManagedLoginBrandingByClient {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// Whether to also return options with default values. The default is `false`.
    pub return_merged_resources: Option<bool>,
}

/// The response of [`DescribeManagedLoginBrandingByClient`].
///
/// ```
/// use cognito_userpools::admin::{
///     DescribeManagedLoginBrandingByClientResponse, ManagedLoginBrandingType,
/// };
///
/// let response = DescribeManagedLoginBrandingByClientResponse::new()
///     .managed_login_branding(ManagedLoginBrandingType::new());
/// assert!(response.managed_login_branding.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeManagedLoginBrandingByClientResponse {
    /// The branding style.
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// Changes a managed login style. Settings that are left out stay as they are; a request is limited to 2 MB.
///
/// ```
/// use cognito_userpools::admin::UpdateManagedLoginBranding;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateManagedLoginBranding::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .managed_login_branding_id("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d")
///     .send(client)
///     .await?;
/// println!("{:?}", response.managed_login_branding);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateManagedLoginBranding", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateManagedLoginBranding {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: Option<String>,
    /// The id of the branding style.
    #[pattern]
    pub managed_login_branding_id: Option<String>,
    /// Whether the branding style returns to the default values of the service. If it is `true`, `Settings` and
    /// `Assets` must be left out.
    pub use_cognito_provided_values: Option<bool>,
    /// The settings to change, as a JSON document, not together with `UseCognitoProvidedValues`. Leaving it out keeps
    /// the existing ones.
    pub settings: Option<serde_json::Value>,
    /// The images to set, not together with `UseCognitoProvidedValues`. Leaving it out keeps the existing ones.
    #[len]
    pub assets: Option<Vec<AssetType>>,
}

/// The response of [`UpdateManagedLoginBranding`].
///
/// ```
/// use cognito_userpools::admin::{ManagedLoginBrandingType, UpdateManagedLoginBrandingResponse};
///
/// let response = UpdateManagedLoginBrandingResponse::new()
///     .managed_login_branding(ManagedLoginBrandingType::new());
/// assert!(response.managed_login_branding.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateManagedLoginBrandingResponse {
    /// The branding style.
    pub managed_login_branding: Option<ManagedLoginBrandingType>,
}

/// Deletes a managed login style. The pages of its app client do not work until the client has a new style or the
/// domain uses the classic version.
///
/// ```
/// use cognito_userpools::admin::DeleteManagedLoginBranding;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteManagedLoginBranding::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34")
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteManagedLoginBranding", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteManagedLoginBranding {
    /// The id of the branding style.
    #[pattern]
    pub managed_login_branding_id: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// Returns the style of the classic hosted UI for an app client or, if it has none, for the user pool. The result is
/// empty if no style is set.
///
/// ```
/// use cognito_userpools::admin::GetUICustomization;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = GetUICustomization::new("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789")
///     .send(client)
///     .await?;
/// println!("{:?}", response.ui_customization);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "GetUICustomization", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUICustomization {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client. Without it, the response contains the customization of the user pool.
    #[len]
    #[pattern]
    pub client_id: Option<String>,
}

/// The response of [`GetUICustomization`].
///
/// ```
/// use cognito_userpools::admin::{GetUICustomizationResponse, UICustomizationType};
///
/// let response = GetUICustomizationResponse::new(UICustomizationType::new());
/// assert!(response.ui_customization.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct GetUICustomizationResponse {
    /// The customization of the classic hosted UI.
    pub ui_customization: UICustomizationType,
}

/// Sets the style of the classic hosted UI for an app client, or for all app clients with the `ClientId` `ALL`. The
/// user pool needs a domain.
///
/// ```
/// use cognito_userpools::admin::SetUICustomization;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = SetUICustomization::new("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789")
///     .css(".banner-customizable { background-color: #1e6091; }")
///     .send(client)
///     .await?;
/// println!("{:?}", response.ui_customization);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "SetUICustomization", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUICustomization {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client, or `ALL` for all app clients that have no customization of their own.
    #[len]
    #[pattern]
    pub client_id: Option<String>,
    /// The CSS for the classic hosted UI.
    #[len]
    pub css: Option<String>,
    /// The image file of the logo for the classic hosted UI.
    #[len]
    pub image_file: Option<Vec<u8>>,
}

/// The response of [`SetUICustomization`].
///
/// ```
/// use cognito_userpools::admin::{SetUICustomizationResponse, UICustomizationType};
///
/// let response = SetUICustomizationResponse::new(UICustomizationType::new());
/// assert!(response.ui_customization.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetUICustomizationResponse {
    /// The customization of the classic hosted UI.
    pub ui_customization: UICustomizationType,
}

/// An image of a managed login style.
///
/// ```
/// use cognito_userpools::admin::{
///     AssetCategoryType, AssetExtensionType, AssetType, ColorSchemeModeType,
/// };
///
/// let asset = AssetType::new(
///     AssetCategoryType::FaviconIco,
///     ColorSchemeModeType::Light,
///     AssetExtensionType::Ico,
/// )
///     .resource_id("1a2b3c4d");
/// assert_eq!(asset.resource_id.as_deref(), Some("1a2b3c4d"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssetType {
    /// The use of the image in managed login, such as `FORM_LOGO`.
    pub category: AssetCategoryType,
    /// The color mode in which the image is displayed: `LIGHT`, `DARK`, or `DYNAMIC` for both.
    pub color_mode: ColorSchemeModeType,
    /// The type of the image file, such as `PNG`.
    pub extension: AssetExtensionType,
    /// The content of the image file.
    #[len]
    pub bytes: Option<Vec<u8>>,
    /// The id of the image.
    #[len]
    #[pattern]
    pub resource_id: Option<String>,
}

/// A managed login style of an app client.
///
/// ```
/// use cognito_userpools::admin::ManagedLoginBrandingType;
///
/// let branding = ManagedLoginBrandingType::new()
///     .managed_login_branding_id("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d")
///     .user_pool_id("eu-west-1_Ab12Cd34");
/// assert_eq!(branding.user_pool_id.as_deref(), Some("eu-west-1_Ab12Cd34"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ManagedLoginBrandingType {
    /// The id of the branding style.
    pub managed_login_branding_id: Option<String>,
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// Whether the branding style has the default values of the service.
    pub use_cognito_provided_values: Option<bool>,
    /// The settings of the branding style, as a JSON document.
    pub settings: Option<serde_json::Value>,
    /// The images of the branding style.
    pub assets: Option<Vec<AssetType>>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
}

/// A style of the classic hosted UI.
///
/// ```
/// use cognito_userpools::admin::UICustomizationType;
///
/// let customization = UICustomizationType::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .client_id("1example23456789");
/// assert_eq!(customization.client_id.as_deref(), Some("1example23456789"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UICustomizationType {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The id of the app client. Without it, the customization applies to all app clients that have none of their own.
    pub client_id: Option<String>,
    /// The URL of the logo.
    pub image_url: Option<String>,
    /// The CSS for the classic hosted UI.
    pub css: Option<String>,
    /// The version of the CSS.
    pub css_version: Option<String>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
}

/// The place of an image in managed login, such as the logo of the page header.
///
/// ```
/// use cognito_userpools::admin::AssetCategoryType;
///
/// assert_eq!(AssetCategoryType::FaviconIco.as_str(), "FAVICON_ICO");
/// assert_eq!(AssetCategoryType::from("FAVICON_ICO"), AssetCategoryType::FaviconIco);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssetCategoryType {
    /// `FAVICON_ICO`.
    FaviconIco,
    /// `FAVICON_SVG`.
    FaviconSvg,
    /// `EMAIL_GRAPHIC`.
    EmailGraphic,
    /// `SMS_GRAPHIC`.
    SmsGraphic,
    /// `AUTH_APP_GRAPHIC`.
    AuthAppGraphic,
    /// `PASSWORD_GRAPHIC`.
    PasswordGraphic,
    /// `PASSKEY_GRAPHIC`.
    PasskeyGraphic,
    /// `PAGE_HEADER_LOGO`.
    PageHeaderLogo,
    /// `PAGE_HEADER_BACKGROUND`.
    PageHeaderBackground,
    /// `PAGE_FOOTER_LOGO`.
    PageFooterLogo,
    /// `PAGE_FOOTER_BACKGROUND`.
    PageFooterBackground,
    /// `PAGE_BACKGROUND`.
    PageBackground,
    /// `FORM_BACKGROUND`.
    FormBackground,
    /// `FORM_LOGO`.
    FormLogo,
    /// `IDP_BUTTON_ICON`.
    IdpButtonIcon,
    /// A value that is not listed here.
    Other(String),
}

/// The color scheme of an image: an image with `DYNAMIC` is shown in light and dark mode.
///
/// ```
/// use cognito_userpools::admin::ColorSchemeModeType;
///
/// assert_eq!(ColorSchemeModeType::Light.as_str(), "LIGHT");
/// assert_eq!(ColorSchemeModeType::from("LIGHT"), ColorSchemeModeType::Light);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColorSchemeModeType {
    /// `LIGHT`.
    Light,
    /// `DARK`.
    Dark,
    /// `DYNAMIC`.
    Dynamic,
    /// A value that is not listed here.
    Other(String),
}

/// The file type of an image.
///
/// ```
/// use cognito_userpools::admin::AssetExtensionType;
///
/// assert_eq!(AssetExtensionType::Ico.as_str(), "ICO");
/// assert_eq!(AssetExtensionType::from("ICO"), AssetExtensionType::Ico);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssetExtensionType {
    /// `ICO`.
    Ico,
    /// `JPEG`.
    Jpeg,
    /// `PNG`.
    Png,
    /// `SVG`.
    Svg,
    /// `WEBP`.
    Webp,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateManagedLoginBrandingResponse DescribeManagedLoginBrandingResponse DescribeManagedLoginBrandingByClientResponse
    UpdateManagedLoginBrandingResponse GetUICustomizationResponse SetUICustomizationResponse AssetType
    ManagedLoginBrandingType UICustomizationType AssetCategoryType ColorSchemeModeType AssetExtensionType
}
