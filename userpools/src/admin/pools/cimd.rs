//! Client ID metadata documents.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::time::SystemTime;

/// Creates a policy for client ID metadata documents: OAuth clients can then use an HTTPS URL that matches one of its
/// patterns as their client id.
///
/// ```
/// use cognito_userpools::admin::CreateCIMDPolicy;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateCIMDPolicy::new(
///     "eu-west-1_Ab12Cd34",
///     "1example23456789",
///     "partners",
///     ["https://partner.example.com/client.json"],
/// )
///     .cache_duration(86400)
///     .send(client)
///     .await?;
/// println!("{:?}", response.cimd_policy);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateCIMDPolicy", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateCIMDPolicy {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The name of the CIMD policy.
    #[len]
    #[pattern]
    pub policy_name: String,
    /// The time in seconds for which the service caches a client metadata document.
    #[range]
    pub cache_duration: Option<i32>,
    /// The patterns with which the service compares the URLs of client metadata documents, with `*` as wildcard. One of
    /// them must match.
    #[len]
    #[each(len, pattern)]
    pub url_patterns: Vec<String>,
}

/// The response of [`CreateCIMDPolicy`].
///
/// ```
/// use cognito_userpools::admin::{CIMDPolicyType, CreateCIMDPolicyResponse};
///
/// let response = CreateCIMDPolicyResponse::new(
///     CIMDPolicyType::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f", "partners"),
/// );
/// assert_eq!(response.cimd_policy.user_pool_id, "eu-west-1_Ab12Cd34");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateCIMDPolicyResponse {
    /// The policy for client id metadata documents (CIMD).
    pub cimd_policy: CIMDPolicyType,
}

/// Returns a policy for client ID metadata documents.
///
/// ```
/// use cognito_userpools::admin::DescribeCIMDPolicy;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeCIMDPolicy::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f")
///     .send(client)
///     .await?;
/// println!("{:?}", response.cimd_policy);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeCIMDPolicy", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeCIMDPolicy {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the CIMD policy.
    #[len]
    #[pattern]
    pub cimd_policy_id: String,
}

/// The response of [`DescribeCIMDPolicy`].
///
/// ```
/// use cognito_userpools::admin::{CIMDPolicyType, DescribeCIMDPolicyResponse};
///
/// let response = DescribeCIMDPolicyResponse::new(
///     CIMDPolicyType::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f", "partners"),
/// );
/// assert_eq!(response.cimd_policy.user_pool_id, "eu-west-1_Ab12Cd34");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeCIMDPolicyResponse {
    /// The policy for client id metadata documents (CIMD).
    pub cimd_policy: CIMDPolicyType,
}

/// Lists the policies for client ID metadata documents of a user pool.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListCIMDPolicies;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListCIMDPolicies::new("eu-west-1_Ab12Cd34").max_results(10).send(client).await?;
/// println!("{:?}", response.cimd_policies);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListCIMDPolicies", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListCIMDPolicies {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
    /// The maximum number of CIMD policies to return.
    #[range]
    pub max_results: Option<i32>,
}

/// The response of [`ListCIMDPolicies`].
///
/// ```
/// use cognito_userpools::admin::{CIMDPolicySummaryType, ListCIMDPoliciesResponse};
///
/// let response = ListCIMDPoliciesResponse::new(
///     [CIMDPolicySummaryType::new("1a2b3c4d5e6f", "partners")],
/// )
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListCIMDPoliciesResponse {
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
    /// The policies for client id metadata documents (CIMD).
    pub cimd_policies: Vec<CIMDPolicySummaryType>,
}

/// Changes a policy for client ID metadata documents. The URL patterns and the app client are required even if they
/// stay the same.
///
/// ```
/// use cognito_userpools::admin::UpdateCIMDPolicy;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateCIMDPolicy::new(
///     "eu-west-1_Ab12Cd34",
///     "1a2b3c4d5e6f",
///     "1example23456789",
///     ["https://partner.example.com/client.json"],
/// )
///     .policy_name("partners")
///     .cache_duration(86400)
///     .send(client)
///     .await?;
/// println!("{:?}", response.cimd_policy);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateCIMDPolicy", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateCIMDPolicy {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the CIMD policy.
    #[len]
    #[pattern]
    pub cimd_policy_id: String,
    /// The id of the app client.
    #[len]
    #[pattern]
    pub client_id: String,
    /// The new name of the CIMD policy.
    #[len]
    #[pattern]
    pub policy_name: Option<String>,
    /// The time in seconds for which the service caches a client metadata document.
    #[range]
    pub cache_duration: Option<i32>,
    /// The patterns with which the service compares the URLs of client metadata documents, with `*` as wildcard. One of
    /// them must match.
    #[len]
    #[each(len, pattern)]
    pub url_patterns: Vec<String>,
}

/// The response of [`UpdateCIMDPolicy`].
///
/// ```
/// use cognito_userpools::admin::{CIMDPolicyType, UpdateCIMDPolicyResponse};
///
/// let response = UpdateCIMDPolicyResponse::new(
///     CIMDPolicyType::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f", "partners"),
/// );
/// assert_eq!(response.cimd_policy.user_pool_id, "eu-west-1_Ab12Cd34");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateCIMDPolicyResponse {
    /// The policy for client id metadata documents (CIMD).
    pub cimd_policy: CIMDPolicyType,
}

/// Deletes a policy for client ID metadata documents.
///
/// ```
/// use cognito_userpools::admin::DeleteCIMDPolicy;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteCIMDPolicy::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteCIMDPolicy", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteCIMDPolicy {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the CIMD policy.
    #[len]
    #[pattern]
    pub cimd_policy_id: String,
}

/// Lists the URLs of client ID metadata documents that were presented under a policy, with their cache times.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListClientMetadataURLs;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListClientMetadataURLs::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f")
///     .max_results(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.client_metadata_urls);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListClientMetadataURLs", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListClientMetadataURLs {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the CIMD policy.
    #[len]
    #[pattern]
    pub cimd_policy_id: String,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
    /// The maximum number of URLs to return.
    #[range]
    pub max_results: Option<i32>,
}

/// The response of [`ListClientMetadataURLs`].
///
/// ```
/// use cognito_userpools::admin::{ClientMetadataURLType, ListClientMetadataURLsResponse};
///
/// let response = ListClientMetadataURLsResponse::new(
///     [ClientMetadataURLType::new("https://partner.example.com/client.json")],
/// )
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListClientMetadataURLsResponse {
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
    /// The URLs of the client metadata documents, with the state of the cache.
    pub client_metadata_urls: Vec<ClientMetadataURLType>,
}

/// Retrieves a cached client ID metadata document again or removes it from the cache.
///
/// ```
/// use cognito_userpools::admin::{CIMDCacheActionType, UpdateClientMetadataURLState};
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// UpdateClientMetadataURLState::new(
///     "eu-west-1_Ab12Cd34",
///     "1a2b3c4d5e6f",
///     "https://partner.example.com/client.json",
///     CIMDCacheActionType::Refresh,
/// )
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateClientMetadataURLState", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateClientMetadataURLState {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The id of the CIMD policy.
    #[len]
    #[pattern]
    pub cimd_policy_id: String,
    /// The URL of the client metadata document.
    #[len]
    #[pattern]
    pub url: String,
    /// The change of the cache: `REFRESH` retrieves the document again, `INVALIDATE` removes it.
    pub action: CIMDCacheActionType,
}

/// A policy for client ID metadata documents. The `ClientId` is absent if the app client was deleted.
///
/// ```
/// use cognito_userpools::admin::CIMDPolicyType;
///
/// let policy = CIMDPolicyType::new("eu-west-1_Ab12Cd34", "1a2b3c4d5e6f", "partners")
///     .client_id("1example23456789")
///     .cache_duration(86400);
/// assert_eq!(policy.cache_duration, Some(86400));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CIMDPolicyType {
    /// The id of the user pool.
    pub user_pool_id: String,
    /// The id of the CIMD policy.
    pub cimd_policy_id: String,
    /// The id of the app client. It is missing if the app client no longer exists.
    pub client_id: Option<String>,
    /// The name of the CIMD policy.
    pub policy_name: String,
    /// The time in seconds for which the service caches a client metadata document.
    pub cache_duration: Option<i32>,
    /// The patterns with which the service compares the URLs of client metadata documents, with `*` as wildcard. One of
    /// them must match.
    pub url_patterns: Option<Vec<String>>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
}

/// A policy for client ID metadata documents in a list, without its URL patterns.
///
/// ```
/// use cognito_userpools::admin::CIMDPolicySummaryType;
///
/// let summary = CIMDPolicySummaryType::new("1a2b3c4d5e6f", "partners")
///     .client_id("1example23456789")
///     .cache_duration(86400);
/// assert_eq!(summary.cache_duration, Some(86400));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CIMDPolicySummaryType {
    /// The id of the CIMD policy.
    pub cimd_policy_id: String,
    /// The id of the app client. It is missing if the app client no longer exists.
    pub client_id: Option<String>,
    /// The name of the CIMD policy.
    pub policy_name: String,
    /// The time in seconds for which the service caches a client metadata document.
    pub cache_duration: Option<i32>,
    /// The time of the creation.
    pub creation_date: Option<SystemTime>,
    /// The time of the last change.
    pub last_modified_date: Option<SystemTime>,
}

/// The URL of a cached client ID metadata document, with the time of caching and of expiry.
///
/// ```
/// use cognito_userpools::admin::ClientMetadataURLType;
/// use std::time::SystemTime;
///
/// let url = ClientMetadataURLType::new("https://partner.example.com/client.json")
///     .cached_date(SystemTime::now())
///     .expiration_date(SystemTime::now());
/// assert!(url.expiration_date.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ClientMetadataURLType {
    /// The URL of the client metadata document.
    pub url: String,
    /// The time at which the service cached the document.
    pub cached_date: Option<SystemTime>,
    /// The time at which the cached document expires.
    pub expiration_date: Option<SystemTime>,
}

/// An action on a cached client ID metadata document: `REFRESH` retrieves it again, `INVALIDATE` removes it.
///
/// ```
/// use cognito_userpools::admin::CIMDCacheActionType;
///
/// assert_eq!(CIMDCacheActionType::Refresh.as_str(), "REFRESH");
/// assert_eq!(CIMDCacheActionType::from("REFRESH"), CIMDCacheActionType::Refresh);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CIMDCacheActionType {
    /// `REFRESH`.
    Refresh,
    /// `INVALIDATE`.
    Invalidate,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateCIMDPolicyResponse DescribeCIMDPolicyResponse ListCIMDPoliciesResponse UpdateCIMDPolicyResponse
    ListClientMetadataURLsResponse CIMDPolicyType CIMDPolicySummaryType ClientMetadataURLType CIMDCacheActionType
}
