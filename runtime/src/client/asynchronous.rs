//! The asynchronous client.

use super::builder::Builder;
use super::call::{Call, Core};
use super::config::Config;
use super::drive::{CallFuture, Drive, SendFuture, Sending};
use super::trace;
use crate::codec::Body;
use crate::error::Error;
use crate::request::Operation;
use crate::sign::Sign;
use crate::transport::{BoxFuture, Transport, TransportError};
use http::{Request, Response, Uri};
use std::sync::Arc;
use std::time::Duration;

/// The asynchronous client.
///
/// A clone is cheap and shares the connections and the retry budget. A client can live in a `static`.
///
/// ```no_run
/// # #[cfg(feature = "hyper")]
/// # fn build() -> Result<(), cognito_op::Error> {
/// let client = cognito_op::Client::builder()
///     .region("eu-west-1")
///     .app_client("1example23456789", "the app client's secret")
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client(Core<dyn Transport, dyn Sign>);

impl Client {
    /// Returns a builder for a client. It needs a region or an endpoint.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// Returns a client for another app client. It shares the connections and the retry budget.
    ///
    /// ```
    /// # fn tenants(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
    /// let blue = client.with_app_client("1blue2345678", "the secret of blue")?;
    /// assert!(client.with_app_client("1red45678901", "").is_err(), "the variable is not set");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the id does not have the published form, or if the
    /// secret is empty, begins or ends with white space, or contains a control character.
    pub fn with_app_client(&self, id: impl Into<String>, secret: impl Into<String>) -> Result<Self, Error> {
        self.0.with_app_client(id.into(), Some(secret.into())).map(Self)
    }

    /// Returns a client for another app client without a secret. It shares the connections and the retry budget.
    ///
    /// ```
    /// # fn tenants(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
    /// let green = client.with_public_app_client("1green345678")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the id does not have the published form.
    pub fn with_public_app_client(&self, id: impl Into<String>) -> Result<Self, Error> {
        self.0.with_app_client(id.into(), None).map(Self)
    }

    /// Returns a client that can also call signed operations; see [`Sign`]. It shares the connections and the retry
    /// budget.
    ///
    /// ```
    /// # use cognito_op::{Client, Error, Sign, cognito_op};
    /// #[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
    /// struct AdminConfirmSignUp {
    ///     user_pool_id: String,
    ///     username: String,
    /// }
    ///
    /// async fn confirm(client: &Client, signer: impl Sign + 'static) -> Result<(), Error> {
    ///     let client = client.with_signer(signer);
    ///     AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice").send(&client).await
    /// }
    /// ```
    #[must_use]
    pub fn with_signer(&self, signer: impl Sign + 'static) -> Self {
        Self(self.0.with_signer(Arc::new(signer)))
    }

    /// Returns a client that signs with the credentials of that source. It shares the connections and the retry budget.
    ///
    /// ```
    /// # fn accounts(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
    /// use cognito_op::Credentials;
    ///
    /// let blue = client.with_credentials(Credentials::new("AKIDBLUE", "the secret access key"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the client has no region.
    #[cfg(feature = "sigv4")]
    pub fn with_credentials(&self, source: impl crate::ProvideCredentials + 'static) -> Result<Self, Error> {
        Ok(self.with_signer(crate::sign::Signer::new(self.config().signing_region()?, source)))
    }

    /// Returns the configuration.
    ///
    /// ```
    /// # fn read(client: &cognito_op::Client) {
    /// println!("validation is {:?}", client.config().validation());
    /// # }
    /// ```
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Returns the id of the app client, if one was set.
    ///
    /// ```
    /// # fn read(client: &cognito_op::Client) {
    /// println!("app client {:?}", client.app_client_id());
    /// # }
    /// ```
    #[must_use]
    pub fn app_client_id(&self) -> Option<&str> {
        self.config().app_client_id()
    }

    /// Returns the region. It is `None` for a custom endpoint, unless the region was set as well.
    ///
    /// ```
    /// # fn read(client: &cognito_op::Client) {
    /// println!("region {}", client.region().unwrap_or("unknown"));
    /// # }
    /// ```
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.config().region()
    }

    /// Returns the URL to which requests are sent.
    ///
    /// ```
    /// # fn read(client: &cognito_op::Client) {
    /// println!("requests are sent to {}", client.endpoint());
    /// # }
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> &Uri {
        self.config().endpoint()
    }

    /// Sends an operation. The `send` method of an operation calls this.
    ///
    /// ```
    /// use cognito_op::{Client, Error, Operation};
    ///
    /// /// Logs the name of an operation and sends it.
    /// async fn logged<O: Operation>(client: &Client, operation: &O) -> Result<O::Output, Error> {
    ///     println!("{}", O::NAME);
    ///     client.send(operation).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    pub fn send<O: Operation + ?Sized>(&self, operation: &O) -> SendFuture<'_, O::Output> {
        SendFuture(self.call(operation).send())
    }

    /// Returns a call whose options can be set. Its result includes the metadata of the response.
    ///
    /// ```no_run
    /// # use cognito_op::{cognito_op, Client};
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// # async fn call(client: &Client) -> Result<(), cognito_op::Error> {
    /// let operation = GlobalSignOut::new("token");
    /// let reply = client.call(&operation).timeout(std::time::Duration::from_secs(5)).send().await?;
    /// println!("request {:?}", reply.meta.request_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<'c, 'o, O: Operation + ?Sized>(&'c self, operation: &'o O) -> Call<'c, 'o, Self, O> {
        Call::new(self, &self.0.config, operation)
    }

    /// Returns the transport. Clients for other app clients share it.
    ///
    /// ```
    /// # fn read(client: &cognito_op::Client) {
    /// println!("{:?} on the clock of the transport", client.transport().now());
    /// # }
    /// ```
    #[must_use]
    pub fn transport(&self) -> &Arc<dyn Transport> {
        &self.0.transport
    }

    /// Sends an HTTP request once, as it is, with the connect and attempt timeouts of the client. It is for resources
    /// of the service that are not operations, such as the public keys of a user pool.
    ///
    /// It does not sign the request, follow redirects or retry. Unlike the endpoint of the client, the URL can be plain
    /// `http`, so do not send secrets to a URL that others can choose.
    ///
    /// ```
    /// use cognito_op::transport::TransportError;
    /// use cognito_op::{Body, Client};
    /// use std::time::Duration;
    ///
    /// /// Returns the public keys of a pool as JSON.
    /// async fn keys(client: &Client) -> Result<Body, TransportError> {
    ///     let mut request = http::Request::new(Body::default());
    ///     *request.uri_mut() = http::Uri::from_static(
    ///         "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34/.well-known/jwks.json",
    ///     );
    ///     Ok(client.send_http(request, Duration::from_secs(3)).await?.into_body())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future returns an error if no complete response was received within the timeouts. A response with any status
    /// is returned.
    pub fn send_http(
        &self,
        request: Request<Body>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let (transport, timeouts) = (self.0.transport.as_ref(), self.0.config.timeouts.within(timeout));
        Box::pin(async move { Sending::new(transport, timeouts, request).await })
    }
}

impl Builder<Client> {
    /// Sets the AWS credentials, with which signed operations are called: [`Credentials`](crate::Credentials), or a
    /// source such as a closure that returns a future of them.
    ///
    /// The signatures are for the region of the client. A client with an [`endpoint`](Self::endpoint) needs the region
    /// too.
    ///
    /// ```
    /// use cognito_op::{Client, Credentials, Error};
    ///
    /// fn client(key: &str, secret: &str) -> Result<Client, Error> {
    ///     Client::builder().region("eu-west-1").credentials(Credentials::new(key, secret)).build()
    /// }
    /// ```
    #[cfg(feature = "sigv4")]
    pub fn credentials(self, source: impl crate::ProvideCredentials + 'static) -> Self {
        self.finish(move |client| client.with_credentials(source))
    }

    /// Builds a client with [`HyperTransport`](crate::HyperTransport), whose calls need a tokio runtime.
    /// Without the feature `hyper`, use [`build_with`](Self::build_with).
    ///
    /// ```
    /// use cognito_op::{Client, ErrorKind};
    ///
    /// let client = Client::builder().region("eu-west-1").build()?;
    /// let error = Client::builder().region("Ireland").build().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Misconfigured);
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) for an invalid setting.
    #[cfg(feature = "hyper")]
    pub fn build(mut self) -> Result<Client, Error> {
        let transport = crate::HyperTransport::with_roots(self.roots()?)?;
        #[cfg(feature = "proxy")]
        let transport = transport.with_proxies(self.apply_proxies()?);
        self.build_with(transport)
    }

    /// Builds a client with any transport.
    ///
    /// **The transport is not changed: `AWS_CA_BUNDLE` and the variables for proxies have no effect, even after
    /// [`from_env`](Self::from_env).** Set the root certificates and the proxies of the transport instead. The
    /// method for the proxies is `HyperTransport::with_proxies`.
    ///
    /// ```
    /// use cognito_op::transport::Transport;
    /// use cognito_op::{Client, Error};
    /// use std::sync::Arc;
    ///
    /// /// Two clients for two regions with one transport.
    /// fn clients(transport: Arc<dyn Transport>) -> Result<[Client; 2], Error> {
    ///     let ireland = Client::builder().region("eu-west-1").build_with(Arc::clone(&transport))?;
    ///     let oregon = Client::builder().region("us-west-2").build_with(transport)?;
    ///     Ok([ireland, oregon])
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) for an invalid setting.
    pub fn build_with(self, transport: impl Transport + 'static) -> Result<Client, Error> {
        self.built(|config| Client(Core::new(config, Arc::new(transport))))
    }
}

impl<'c, O: Operation + ?Sized> Call<'c, '_, Client, O> {
    /// Validates and serializes the request, and returns the future that sends it. The future borrows only the client.
    ///
    /// # Errors
    ///
    /// The future returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    #[inline]
    pub fn send(self) -> CallFuture<'c, O::Output> {
        let Core { transport, budget, signer, .. } = &self.client.0;
        let call = match self.prepare(signer.is_some()) {
            Ok(prepared) => {
                let signer = signer.as_deref().filter(|_| O::SIGNED);
                let drive = Drive::new(transport.as_ref(), signer, prepared, self.attempts(budget));
                Ok(trace::within(O::NAME, drive))
            }
            Err(error) => Err(Some(error)),
        };
        CallFuture::new(call)
    }
}
