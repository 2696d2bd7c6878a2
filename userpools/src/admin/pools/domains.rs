//! The domains of user pools.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};

/// Creates the domain for managed login and the OAuth endpoints. A prefix domain works within a minute; a custom domain
/// needs a certificate in `us-east-1` and up to an hour.
///
/// ```
/// use cognito_userpools::admin::CreateUserPoolDomain;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateUserPoolDomain::new("example", "eu-west-1_Ab12Cd34")
///     .managed_login_version(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.managed_login_version);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateUserPoolDomain", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolDomain {
    /// The domain: the full name of a custom domain, such as `auth.example.com`, or only the prefix of a prefix domain.
    #[len]
    #[pattern]
    pub domain: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The version of the sign-in pages: `1` for the classic hosted UI, `2` for managed login. Managed login needs a
    /// branding style for each app client.
    pub managed_login_version: Option<i32>,
    /// The certificate of a custom domain, which also becomes the default relying party for passkeys. Leaving it out
    /// creates a prefix domain.
    pub custom_domain_config: Option<CustomDomainConfigType>,
    /// The failover of the domain to a replica. Only custom domains support it.
    pub routing: Option<RoutingType>,
}

/// The response of [`CreateUserPoolDomain`].
///
/// ```
/// use cognito_userpools::admin::CreateUserPoolDomainResponse;
///
/// let response = CreateUserPoolDomainResponse::new()
///     .managed_login_version(10)
///     .cloud_front_domain("d111111abcdef8");
/// assert_eq!(response.cloud_front_domain.as_deref(), Some("d111111abcdef8"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateUserPoolDomainResponse {
    /// The version of the sign-in pages: `1` for the classic hosted UI, `2` for managed login.
    pub managed_login_version: Option<i32>,
    /// The Amazon `CloudFront` name to which the alias record of a custom domain must point. A prefix domain has none.
    pub cloud_front_domain: Option<String>,
    /// The failover of the domain to a replica. Only custom domains support it.
    pub routing: Option<RoutingType>,
}

/// Returns the configuration and the status of a domain. A prefix domain is found only in the Region in which it was
/// created.
///
/// ```
/// use cognito_userpools::admin::DescribeUserPoolDomain;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeUserPoolDomain::new("example").send(client).await?;
/// println!("{:?}", response.domain_description);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeUserPoolDomain", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserPoolDomain {
    /// The domain: the full name of a custom domain, such as `auth.example.com`, or only the prefix of a prefix domain.
    #[len]
    #[pattern]
    pub domain: String,
}

/// The response of [`DescribeUserPoolDomain`].
///
/// ```
/// use cognito_userpools::admin::{DescribeUserPoolDomainResponse, DomainDescriptionType};
///
/// let response = DescribeUserPoolDomainResponse::new()
///     .domain_description(DomainDescriptionType::new());
/// assert!(response.domain_description.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeUserPoolDomainResponse {
    /// The configuration of the domain.
    pub domain_description: Option<DomainDescriptionType>,
}

/// Sets the version of managed login and the certificate of a domain, not its name. A new version takes up to five
/// minutes, a new certificate up to an hour.
///
/// ```
/// use cognito_userpools::admin::UpdateUserPoolDomain;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateUserPoolDomain::new("example", "eu-west-1_Ab12Cd34")
///     .managed_login_version(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.managed_login_version);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateUserPoolDomain", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPoolDomain {
    /// The domain: the full name of a custom domain, such as `auth.example.com`, or only the prefix of a prefix domain.
    #[len]
    #[pattern]
    pub domain: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The version of the sign-in pages: `1` for the classic hosted UI, `2` for managed login.
    pub managed_login_version: Option<i32>,
    /// The certificate and the TLS policy of the custom domain.
    pub custom_domain_config: Option<CustomDomainConfigType>,
    /// The failover of the domain to a replica. Only custom domains support it.
    pub routing: Option<RoutingType>,
}

/// The response of [`UpdateUserPoolDomain`].
///
/// ```
/// use cognito_userpools::admin::UpdateUserPoolDomainResponse;
///
/// let response = UpdateUserPoolDomainResponse::new()
///     .managed_login_version(10)
///     .cloud_front_domain("d111111abcdef8");
/// assert_eq!(response.cloud_front_domain.as_deref(), Some("d111111abcdef8"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateUserPoolDomainResponse {
    /// The version of the sign-in pages: `1` for the classic hosted UI, `2` for managed login.
    pub managed_login_version: Option<i32>,
    /// The Amazon `CloudFront` name to which the alias record of a custom domain must point. A prefix domain has none.
    pub cloud_front_domain: Option<String>,
    /// The failover of the domain to a replica. Only custom domains support it.
    pub routing: Option<RoutingType>,
}

/// Deletes the domain of a user pool. Managed login and the OAuth endpoints stop working.
///
/// ```
/// use cognito_userpools::admin::DeleteUserPoolDomain;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteUserPoolDomain::new("example", "eu-west-1_Ab12Cd34").send(client).await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteUserPoolDomain", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteUserPoolDomain {
    /// The domain: the full name of a custom domain, such as `auth.example.com`, or only the prefix of a prefix domain.
    #[len]
    #[pattern]
    pub domain: String,
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
}

/// The certificate and the TLS policy of a custom domain. The certificate must be in `us-east-1`.
///
/// ```
/// use cognito_userpools::admin::{CustomDomainConfigType, SecurityPolicyType};
///
/// let config = CustomDomainConfigType::new(
///     "arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d",
/// )
///     .security_policy(SecurityPolicyType::TlsV1);
/// assert_eq!(config.security_policy, Some(SecurityPolicyType::TlsV1));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CustomDomainConfigType {
    /// The ARN of the TLS certificate in AWS Certificate Manager, in the region `us-east-1`.
    #[len]
    #[pattern]
    pub certificate_arn: String,
    /// The TLS policy of the custom domain, such as `TLS_V1_2_2021`.
    pub security_policy: Option<SecurityPolicyType>,
}

/// The routing of a domain between Regions.
///
/// ```
/// use cognito_userpools::admin::{FailoverType, RoutingType};
///
/// let routing = RoutingType::new()
///     .failover(FailoverType::new("eu-central-1", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"));
/// assert!(routing.failover.is_some());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RoutingType {
    /// The secondary region and the health check that triggers the failover.
    pub failover: Option<FailoverType>,
}

/// The domain of a user pool with its status.
///
/// ```
/// use cognito_userpools::admin::DomainDescriptionType;
///
/// let description = DomainDescriptionType::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .aws_account_id("123456789012");
/// assert_eq!(description.aws_account_id.as_deref(), Some("123456789012"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DomainDescriptionType {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The AWS account of the user pool.
    pub aws_account_id: Option<String>,
    /// The domain: the full name of a custom domain, such as `auth.example.com`, or only the prefix of a prefix domain.
    pub domain: Option<String>,
    /// The Amazon S3 bucket with the static files of the domain.
    pub s3_bucket: Option<String>,
    /// The Amazon `CloudFront` endpoint of the custom domain.
    pub cloud_front_distribution: Option<String>,
    /// The version of the domain.
    pub version: Option<String>,
    /// The status of the domain, such as `ACTIVE`.
    pub status: Option<DomainStatusType>,
    /// The certificate and the TLS policy of the custom domain.
    pub custom_domain_config: Option<CustomDomainConfigType>,
    /// The version of the sign-in pages: `1` for the classic hosted UI, `2` for managed login.
    pub managed_login_version: Option<i32>,
    /// The failover of the domain to a replica. Only custom domains support it.
    pub routing: Option<RoutingType>,
}

/// The TLS policy of a custom domain: the lowest version of TLS that it accepts.
///
/// ```
/// use cognito_userpools::admin::SecurityPolicyType;
///
/// assert_eq!(SecurityPolicyType::TlsV1.as_str(), "TLS_V1");
/// assert_eq!(SecurityPolicyType::from("TLS_V1"), SecurityPolicyType::TlsV1);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityPolicyType {
    /// `TLS_V1`.
    TlsV1,
    /// `TLS_V1_2_2021`.
    TlsV122021,
    /// `TLS_V1_3_2025`.
    TlsV132025,
    /// A value that is not listed here.
    Other(String),
}

/// The secondary Region of a domain and the Route 53 health check that switches to it.
///
/// ```
/// use cognito_userpools::admin::FailoverType;
///
/// let failover = FailoverType::new("eu-central-1", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d");
/// assert_eq!(failover.secondary_region, "eu-central-1");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FailoverType {
    /// The region that takes over if the primary region is unavailable.
    #[len]
    pub secondary_region: String,
    /// The id of the Amazon Route 53 health check. While it is unhealthy, requests go to the secondary region.
    #[len]
    pub primary_route53_health_check_id: String,
}

/// The status of a domain.
///
/// ```
/// use cognito_userpools::admin::DomainStatusType;
///
/// assert_eq!(DomainStatusType::Creating.as_str(), "CREATING");
/// assert_eq!(DomainStatusType::from("CREATING"), DomainStatusType::Creating);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DomainStatusType {
    /// `CREATING`.
    Creating,
    /// `DELETING`.
    Deleting,
    /// `UPDATING`.
    Updating,
    /// `ACTIVE`.
    Active,
    /// `FAILED`.
    Failed,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateUserPoolDomainResponse DescribeUserPoolDomainResponse UpdateUserPoolDomainResponse CustomDomainConfigType
    RoutingType DomainDescriptionType SecurityPolicyType FailoverType DomainStatusType
}
