//! The terms of app clients.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Creates the terms of use or the privacy policy of an app client as links. Managed login shows them only after both
/// exist.
///
/// ```
/// use cognito_userpools::admin::{CreateTerms, TermsEnforcementType, TermsSourceType};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateTerms::new(
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
///     "terms-of-use",
///     TermsSourceType::Link,
///     TermsEnforcementType::None,
/// )
///     .links([("cognito:default", "https://example.com/terms")])
///     .send(client)
///     .await?;
/// println!("{:?}", response.terms);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateTerms", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateTerms {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The name of the terms document, which starts with `terms-of-use` or `privacy-policy`.
    #[pattern]
    pub terms_name: String,
    /// The source of the terms document, which is always `LINK`.
    pub terms_source: TermsSourceType,
    /// The enforcement of the terms, which is always `NONE`.
    pub enforcement: TermsEnforcementType,
    /// The URLs of the document by language, such as `cognito:french`. `cognito:default` applies to languages without
    /// an entry.
    #[len]
    #[keys(pattern)]
    #[values(len, pattern)]
    pub links: Option<BTreeMap<String, String>>,
}

/// The response of [`CreateTerms`].
///
/// ```
/// use cognito_userpools::admin::{
///     CreateTermsResponse, TermsEnforcementType, TermsSourceType, TermsType,
/// };
/// use std::time::SystemTime;
///
/// let response = CreateTermsResponse::new()
///     .terms(
///         TermsType::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34", "1example23456789", "terms-of-use", TermsSourceType::Link, TermsEnforcementType::None, [("cognito:default", "https://example.com/terms")], SystemTime::now(), SystemTime::now()),
///     );
/// assert!(response.terms.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateTermsResponse {
    /// The terms document.
    pub terms: Option<TermsType>,
}

/// Returns the terms of use or the privacy policy of an app client by the id.
///
/// ```
/// use cognito_userpools::admin::DescribeTerms;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeTerms::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34")
///     .send(client)
///     .await?;
/// println!("{:?}", response.terms);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeTerms", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeTerms {
    /// The id of the terms document.
    #[pattern]
    pub terms_id: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The response of [`DescribeTerms`].
///
/// ```
/// use cognito_userpools::admin::{
///     DescribeTermsResponse, TermsEnforcementType, TermsSourceType, TermsType,
/// };
/// use std::time::SystemTime;
///
/// let response = DescribeTermsResponse::new()
///     .terms(
///         TermsType::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34", "1example23456789", "terms-of-use", TermsSourceType::Link, TermsEnforcementType::None, [("cognito:default", "https://example.com/terms")], SystemTime::now(), SystemTime::now()),
///     );
/// assert!(response.terms.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeTermsResponse {
    /// The terms document.
    pub terms: Option<TermsType>,
}

/// Returns the terms of use or the privacy policy of an app client by the name. An IAM policy that denies
/// `DescribeTerms` also denies this call.
///
/// ```
/// use cognito_userpools::admin::DescribeTermsByClient;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeTermsByClient::new(
///     "1example23456789",
///     "eu-west-1_Ab12Cd34",
///     "terms-of-use",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.terms);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeTermsByClient", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeTermsByClient {
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The name of the terms document, which starts with `terms-of-use` or `privacy-policy`.
    #[pattern]
    pub terms_name: String,
}

/// The response of [`DescribeTermsByClient`].
///
/// ```
/// use cognito_userpools::admin::{
///     DescribeTermsByClientResponse, TermsEnforcementType, TermsSourceType, TermsType,
/// };
/// use std::time::SystemTime;
///
/// let response = DescribeTermsByClientResponse::new()
///     .terms(
///         TermsType::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34", "1example23456789", "terms-of-use", TermsSourceType::Link, TermsEnforcementType::None, [("cognito:default", "https://example.com/terms")], SystemTime::now(), SystemTime::now()),
///     );
/// assert!(response.terms.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeTermsByClientResponse {
    /// The terms document.
    pub terms: Option<TermsType>,
}

/// Lists the terms of use and privacy policies of a user pool.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListTerms;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListTerms::new("eu-west-1_Ab12Cd34").max_results(10).send(client).await?;
/// println!("{:?}", response.terms);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListTerms", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListTerms {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of terms documents to return.
    #[range]
    pub max_results: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    pub next_token: Option<String>,
}

/// The response of [`ListTerms`].
///
/// ```
/// use cognito_userpools::admin::{ListTermsResponse, TermsDescriptionType, TermsEnforcementType};
/// use std::time::SystemTime;
///
/// let response = ListTermsResponse::new(
///     [TermsDescriptionType::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "terms-of-use", TermsEnforcementType::None, SystemTime::now(), SystemTime::now())],
/// )
///     .next_token("example");
/// assert_eq!(response.next_token.as_deref(), Some("example"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListTermsResponse {
    /// The terms documents.
    pub terms: Vec<TermsDescriptionType>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Changes the terms of use or the privacy policy of an app client.
///
/// ```
/// use cognito_userpools::admin::{TermsSourceType, UpdateTerms};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateTerms::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34")
///     .terms_name("terms-of-use")
///     .terms_source(TermsSourceType::Link)
///     .send(client)
///     .await?;
/// println!("{:?}", response.terms);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateTerms", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateTerms {
    /// The id of the terms document.
    #[pattern]
    pub terms_id: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The new name of the terms document, which starts with `terms-of-use` or `privacy-policy`.
    #[pattern]
    pub terms_name: Option<String>,
    /// The source of the terms document, which is always `LINK`.
    pub terms_source: Option<TermsSourceType>,
    /// The enforcement of the terms, which is always `NONE`.
    pub enforcement: Option<TermsEnforcementType>,
    /// The URLs of the document by language, such as `cognito:french`. `cognito:default` applies to languages without
    /// an entry.
    #[len]
    #[keys(pattern)]
    #[values(len, pattern)]
    pub links: Option<BTreeMap<String, String>>,
}

/// The response of [`UpdateTerms`].
///
/// ```
/// use cognito_userpools::admin::{
///     TermsEnforcementType, TermsSourceType, TermsType, UpdateTermsResponse,
/// };
/// use std::time::SystemTime;
///
/// let response = UpdateTermsResponse::new()
///     .terms(
///         TermsType::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34", "1example23456789", "terms-of-use", TermsSourceType::Link, TermsEnforcementType::None, [("cognito:default", "https://example.com/terms")], SystemTime::now(), SystemTime::now()),
///     );
/// assert!(response.terms.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateTermsResponse {
    /// The terms document.
    pub terms: Option<TermsType>,
}

/// Deletes the terms of use or the privacy policy of an app client.
///
/// ```
/// use cognito_userpools::admin::DeleteTerms;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteTerms::new("1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d", "eu-west-1_Ab12Cd34")
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteTerms", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteTerms {
    /// The id of the terms document.
    #[pattern]
    pub terms_id: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The source of terms. The only value is `LINK`.
///
/// ```
/// use cognito_userpools::admin::TermsSourceType;
///
/// assert_eq!(TermsSourceType::Link.as_str(), "LINK");
/// assert_eq!(TermsSourceType::from("LINK"), TermsSourceType::Link);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TermsSourceType {
    /// `LINK`.
    Link,
    /// A value that is not listed here.
    Other(String),
}

/// The enforcement of terms. The only value is `NONE`.
///
/// ```
/// use cognito_userpools::admin::TermsEnforcementType;
///
/// assert_eq!(TermsEnforcementType::None.as_str(), "NONE");
/// assert_eq!(TermsEnforcementType::from("NONE"), TermsEnforcementType::None);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TermsEnforcementType {
    /// `NONE`.
    None,
    /// A value that is not listed here.
    Other(String),
}

/// The terms of use or the privacy policy of an app client, as a link for each language.
///
/// ```
/// use cognito_userpools::admin::{TermsEnforcementType, TermsSourceType, TermsType};
/// use std::time::SystemTime;
///
/// let terms = TermsType::new(
///     "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
///     "terms-of-use",
///     TermsSourceType::Link,
///     TermsEnforcementType::None,
///     [("cognito:default", "https://example.com/terms")],
///     SystemTime::now(),
///     SystemTime::now(),
/// );
/// assert_eq!(terms.terms_id, "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TermsType {
    /// The id of the terms document.
    pub terms_id: String,
    /// The id of the user pool.
    pub user_pool_id: String,
    /// The id of the app client.
    pub client_id: String,
    /// The name of the terms document, which starts with `terms-of-use` or `privacy-policy`.
    pub terms_name: String,
    /// The source of the terms document, which is always `LINK`.
    pub terms_source: TermsSourceType,
    /// The enforcement of the terms, which is always `NONE`.
    pub enforcement: TermsEnforcementType,
    /// The URLs of the document by language, such as `cognito:french`. `cognito:default` applies to languages without
    /// an entry.
    pub links: BTreeMap<String, String>,
    /// The time of the creation.
    pub creation_date: SystemTime,
    /// The time of the last change.
    pub last_modified_date: SystemTime,
}

/// The terms of use or the privacy policy of an app client in a list, without its links.
///
/// ```
/// use cognito_userpools::admin::{TermsDescriptionType, TermsEnforcementType};
/// use std::time::SystemTime;
///
/// let description = TermsDescriptionType::new(
///     "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d",
///     "terms-of-use",
///     TermsEnforcementType::None,
///     SystemTime::now(),
///     SystemTime::now(),
/// );
/// assert_eq!(description.terms_id, "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TermsDescriptionType {
    /// The id of the terms document.
    pub terms_id: String,
    /// The name of the terms document, which starts with `terms-of-use` or `privacy-policy`.
    pub terms_name: String,
    /// The enforcement of the terms, which is always `NONE`.
    pub enforcement: TermsEnforcementType,
    /// The time of the creation.
    pub creation_date: SystemTime,
    /// The time of the last change.
    pub last_modified_date: SystemTime,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateTermsResponse DescribeTermsResponse DescribeTermsByClientResponse ListTermsResponse UpdateTermsResponse
    TermsSourceType TermsEnforcementType TermsType TermsDescriptionType
}
