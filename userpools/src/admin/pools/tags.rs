//! The tags of user pools.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

/// Lists the tags of a user pool.
///
/// ```
/// use cognito_userpools::admin::ListTagsForResource;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListTagsForResource::new(
///     "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab12Cd34",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.tags);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListTagsForResource", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListTagsForResource {
    /// The ARN of the user pool.
    #[len]
    #[pattern]
    pub resource_arn: String,
}

/// The response of [`ListTagsForResource`].
///
/// ```
/// use cognito_userpools::admin::ListTagsForResourceResponse;
///
/// let response = ListTagsForResourceResponse::new().tags([("stage", "production")]);
/// assert!(response.tags.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListTagsForResourceResponse {
    /// The tags of the user pool.
    pub tags: Option<BTreeMap<String, String>>,
}

/// Adds tags to a user pool. A user pool has at most 50.
///
/// ```
/// use cognito_userpools::admin::TagResource;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// TagResource::new(
///     "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab12Cd34",
///     [("stage", "production")],
/// )
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "TagResource", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TagResource {
    /// The ARN of the user pool.
    #[len]
    #[pattern]
    pub resource_arn: String,
    /// The tags to add to the user pool.
    #[keys(len)]
    #[values(len)]
    pub tags: BTreeMap<String, String>,
}

/// Removes tags from a user pool.
///
/// ```
/// use cognito_userpools::admin::UntagResource;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// UntagResource::new(
///     "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab12Cd34",
///     ["stage"],
/// )
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UntagResource", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UntagResource {
    /// The ARN of the user pool.
    #[len]
    #[pattern]
    pub resource_arn: String,
    /// The keys of the tags to remove.
    #[each(len)]
    pub tag_keys: Vec<String>,
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    ListTagsForResourceResponse
}
