//! Resource servers and their scopes.
// Written by `cargo x admin` from the service model; a test compares them.

use cognito_op::{cognito_op, cognito_shape};

/// Creates a resource server with its scopes.
///
/// ```
/// use cognito_userpools::admin::CreateResourceServer;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = CreateResourceServer::new(
///     "eu-west-1_Ab12Cd34",
///     "https://orders.example.com",
///     "Orders",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.resource_server);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "CreateResourceServer", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateResourceServer {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The identifier of the resource server, a name or URL. Tokens contain its scopes in the form `identifier/scope`.
    #[len]
    #[pattern]
    pub identifier: String,
    /// The name of the resource server.
    #[len]
    #[pattern]
    pub name: String,
    /// The scopes of the resource server.
    #[len]
    pub scopes: Option<Vec<ResourceServerScopeType>>,
}

/// The response of [`CreateResourceServer`].
///
/// ```
/// use cognito_userpools::admin::{CreateResourceServerResponse, ResourceServerType};
///
/// let response = CreateResourceServerResponse::new(ResourceServerType::new());
/// assert!(response.resource_server.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateResourceServerResponse {
    /// The resource server.
    pub resource_server: ResourceServerType,
}

/// Returns a resource server with its scopes.
///
/// ```
/// use cognito_userpools::admin::DescribeResourceServer;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = DescribeResourceServer::new("eu-west-1_Ab12Cd34", "https://orders.example.com")
///     .send(client)
///     .await?;
/// println!("{:?}", response.resource_server);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DescribeResourceServer", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeResourceServer {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The identifier of the resource server.
    #[len]
    #[pattern]
    pub identifier: String,
}

/// The response of [`DescribeResourceServer`].
///
/// ```
/// use cognito_userpools::admin::{DescribeResourceServerResponse, ResourceServerType};
///
/// let response = DescribeResourceServerResponse::new(ResourceServerType::new());
/// assert!(response.resource_server.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DescribeResourceServerResponse {
    /// The resource server.
    pub resource_server: ResourceServerType,
}

/// Lists the resource servers of a user pool.
///
/// [`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.
///
/// ```
/// use cognito_userpools::admin::ListResourceServers;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = ListResourceServers::new("eu-west-1_Ab12Cd34")
///     .max_results(10)
///     .send(client)
///     .await?;
/// println!("{:?}", response.resource_servers);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "ListResourceServers", signed, paginated)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListResourceServers {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The maximum number of resource servers to return.
    #[range]
    pub max_results: Option<i32>,
    /// The token from the previous response, to continue the list.
    #[len]
    #[pattern]
    pub next_token: Option<String>,
}

/// The response of [`ListResourceServers`].
///
/// ```
/// use cognito_userpools::admin::{ListResourceServersResponse, ResourceServerType};
///
/// let response = ListResourceServersResponse::new([ResourceServerType::new()])
///     .next_token("the-next-page");
/// assert_eq!(response.next_token.as_deref(), Some("the-next-page"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ListResourceServersResponse {
    /// The resource servers.
    pub resource_servers: Vec<ResourceServerType>,
    /// The token of the next page, if there is one.
    pub next_token: Option<String>,
}

/// Sets the name and the scopes of a resource server. Members that are left out are reset: pass all scopes.
///
/// ```
/// use cognito_userpools::admin::UpdateResourceServer;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// let response = UpdateResourceServer::new(
///     "eu-west-1_Ab12Cd34",
///     "https://orders.example.com",
///     "Orders",
/// )
///     .send(client)
///     .await?;
/// println!("{:?}", response.resource_server);
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "UpdateResourceServer", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateResourceServer {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The identifier of the resource server.
    #[len]
    #[pattern]
    pub identifier: String,
    /// The new name of the resource server.
    #[len]
    #[pattern]
    pub name: String,
    /// The scopes of the resource server. Leaving it out resets it to the default.
    #[len]
    pub scopes: Option<Vec<ResourceServerScopeType>>,
}

/// The response of [`UpdateResourceServer`].
///
/// ```
/// use cognito_userpools::admin::{ResourceServerType, UpdateResourceServerResponse};
///
/// let response = UpdateResourceServerResponse::new(ResourceServerType::new());
/// assert!(response.resource_server.user_pool_id.is_none());
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateResourceServerResponse {
    /// The resource server.
    pub resource_server: ResourceServerType,
}

/// Deletes a resource server. Tokens with its scopes can no longer be issued.
///
/// ```
/// use cognito_userpools::admin::DeleteResourceServer;
/// # async fn call(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
///
/// DeleteResourceServer::new("eu-west-1_Ab12Cd34", "https://orders.example.com")
///     .send(client)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[cognito_op(target = "DeleteResourceServer", signed)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct DeleteResourceServer {
    /// The id of the user pool.
    #[len]
    #[pattern]
    pub user_pool_id: String,
    /// The identifier of the resource server.
    #[len]
    #[pattern]
    pub identifier: String,
}

/// A scope of a resource server. Tokens contain it after the identifier of the server and a slash.
///
/// ```
/// use cognito_userpools::admin::ResourceServerScopeType;
///
/// let scope = ResourceServerScopeType::new("read", "Read orders");
/// assert_eq!(scope.scope_name, "read");
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResourceServerScopeType {
    /// The name of the scope. Requests and tokens contain it in the form `identifier/scope`, with the identifier of the
    /// resource server.
    #[len]
    #[pattern]
    pub scope_name: String,
    /// The description of the scope.
    #[len]
    pub scope_description: String,
}

/// A resource server with its scopes.
///
/// ```
/// use cognito_userpools::admin::ResourceServerType;
///
/// let server = ResourceServerType::new()
///     .user_pool_id("eu-west-1_Ab12Cd34")
///     .identifier("https://orders.example.com");
/// assert_eq!(server.identifier.as_deref(), Some("https://orders.example.com"));
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ResourceServerType {
    /// The id of the user pool.
    pub user_pool_id: Option<String>,
    /// The identifier of the resource server, a name or URL. Tokens contain its scopes in the form `identifier/scope`.
    pub identifier: Option<String>,
    /// The name of the resource server.
    pub name: Option<String>,
    /// The scopes of the resource server.
    pub scopes: Option<Vec<ResourceServerScopeType>>,
    /// The manager of the resource server: `COGNITO` if the service manages it, otherwise missing.
    pub managed_by: Option<ResourceServerManagedByType>,
}

/// The manager of a resource server. It is absent for resource servers of the customer.
///
/// ```
/// use cognito_userpools::admin::ResourceServerManagedByType;
///
/// assert_eq!(ResourceServerManagedByType::Cognito.as_str(), "COGNITO");
/// assert_eq!(ResourceServerManagedByType::from("COGNITO"), ResourceServerManagedByType::Cognito);
/// ```
#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceServerManagedByType {
    /// `COGNITO`.
    Cognito,
    /// A value that is not listed here.
    Other(String),
}

#[cfg(feature = "serde")]
crate::serialize::as_on_the_wire! {
    CreateResourceServerResponse DescribeResourceServerResponse ListResourceServersResponse UpdateResourceServerResponse
    ResourceServerScopeType ResourceServerType ResourceServerManagedByType
}
