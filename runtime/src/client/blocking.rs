//! The blocking client.

use super::attempts::{Attempts, Finished};
use super::builder::Builder;
use super::call::{Call, Core};
use super::config::Config;
use super::trace;
use crate::codec::Body;
use crate::error::Error;
use crate::request::{Operation, Prepared};
use crate::response::Reply;
use crate::sign::BlockingSign;
use crate::transport::{BlockingTransport, Timeouts, TransportError};
use http::{Request, Response, Uri};
use std::sync::Arc;
use std::time::Duration;

/// The blocking client, for programs without an async runtime.
///
/// A clone is cheap and shares the connections and the retry budget. A client can live in a `static`.
///
/// ```no_run
/// # #[cfg(feature = "ureq")]
/// # fn build() -> Result<(), cognito_op::Error> {
/// let client = cognito_op::blocking::Client::builder().region("eu-west-1").build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client(Core<dyn BlockingTransport, dyn BlockingSign>);

impl Client {
    /// Returns a builder for a client. It needs a region or an endpoint.
    pub fn builder() -> Builder<Self> {
        Builder::new()
    }

    /// Returns a client for another app client. It shares the connections and the retry budget.
    ///
    /// ```
    /// # fn tenants(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// let blue = client.with_app_client("1blue2345678", "the secret of blue")?;
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
    /// # fn tenants(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
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

    /// Returns a client that can also call signed operations; see [`Sign`](crate::blocking::Sign). It shares the
    /// connections and the retry budget.
    ///
    /// ```
    /// # use cognito_op::{Error, blocking, cognito_op};
    /// # #[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
    /// # struct AdminConfirmSignUp { user_pool_id: String, username: String }
    /// fn confirm(
    ///     client: &blocking::Client,
    ///     signer: impl blocking::Sign + 'static,
    /// ) -> Result<(), Error> {
    ///     let client = client.with_signer(signer);
    ///     AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice").send_blocking(&client)
    /// }
    /// ```
    #[must_use]
    pub fn with_signer(&self, signer: impl BlockingSign + 'static) -> Self {
        Self(self.0.with_signer(Arc::new(signer)))
    }

    /// Returns a client that signs with the credentials of that source. It shares the connections and the retry budget.
    ///
    /// ```
    /// # fn accounts(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
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
    pub fn with_credentials(&self, source: impl crate::blocking::ProvideCredentials + 'static) -> Result<Self, Error> {
        Ok(self.with_signer(crate::sign::Signer::new(self.config().signing_region()?, source)))
    }

    /// Returns the configuration.
    ///
    /// ```
    /// # fn read(client: &cognito_op::blocking::Client) {
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
    /// # fn read(client: &cognito_op::blocking::Client) {
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
    /// # fn read(client: &cognito_op::blocking::Client) {
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
    /// # fn read(client: &cognito_op::blocking::Client) {
    /// println!("requests are sent to {}", client.endpoint());
    /// # }
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> &Uri {
        self.config().endpoint()
    }

    /// Sends an operation. The `send_blocking` method of an operation calls this.
    ///
    /// ```
    /// use cognito_op::{Error, Operation, blocking};
    ///
    /// /// Logs the name of an operation and sends it.
    /// fn logged<O: Operation>(client: &blocking::Client, operation: &O) -> Result<O::Output, Error> {
    ///     println!("{}", O::NAME);
    ///     client.send(operation)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    pub fn send<O: Operation + ?Sized>(&self, operation: &O) -> Result<O::Output, Error> {
        self.call(operation).finish()?.read()
    }

    /// Returns a call whose options can be set. Its result includes the metadata of the response.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// # fn call(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// let operation = GlobalSignOut::new("token");
    /// let reply = client.call(&operation).timeout(std::time::Duration::from_secs(5)).send()?;
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
    /// # fn read(client: &cognito_op::blocking::Client) {
    /// println!("{:?} on the clock of the transport", client.transport().now());
    /// # }
    /// ```
    #[must_use]
    pub fn transport(&self) -> &Arc<dyn BlockingTransport> {
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
    /// use cognito_op::{Body, blocking};
    /// use std::time::Duration;
    ///
    /// /// Returns the public keys of a pool as JSON.
    /// fn keys(client: &blocking::Client) -> Result<Body, TransportError> {
    ///     let mut request = http::Request::new(Body::default());
    ///     *request.uri_mut() = http::Uri::from_static(
    ///         "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34/.well-known/jwks.json",
    ///     );
    ///     Ok(client.send_http(request, Duration::from_secs(3))?.into_body())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if no complete response was received within the timeouts. A response with any status is
    /// returned.
    pub fn send_http(&self, request: Request<Body>, timeout: Duration) -> Result<Response<Body>, TransportError> {
        self.0.transport.send(request, self.0.config.timeouts.within(timeout))
    }
}

impl Builder<Client> {
    /// Sets the AWS credentials, with which signed operations are called: [`Credentials`](crate::Credentials), or a
    /// source such as a closure that returns them.
    ///
    /// The signatures are for the region of the client. A client with an [`endpoint`](Self::endpoint) needs the region
    /// too.
    ///
    /// ```
    /// use cognito_op::blocking::Client;
    /// use cognito_op::{Credentials, Error};
    ///
    /// fn client() -> Result<Client, Error> {
    ///     Client::builder().from_env().credentials(Credentials::from_env()?).build()
    /// }
    /// ```
    #[cfg(feature = "sigv4")]
    pub fn credentials(self, source: impl crate::blocking::ProvideCredentials + 'static) -> Self {
        self.finish(move |client| client.with_credentials(source))
    }

    /// Builds a client with [`UreqTransport`](crate::UreqTransport). Without the feature `ureq`, use
    /// [`build_with`](Self::build_with).
    ///
    /// ```
    /// use cognito_op::blocking::Client;
    ///
    /// let client = Client::builder().region("eu-west-1").build()?;
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) for an invalid setting.
    #[cfg(feature = "ureq")]
    pub fn build(mut self) -> Result<Client, Error> {
        let transport = crate::UreqTransport::with_roots(self.roots()?)?;
        #[cfg(feature = "proxy")]
        let transport = transport.with_proxies(self.apply_proxies()?);
        self.build_with(transport)
    }

    /// Builds a client with any transport.
    ///
    /// **The transport is not changed: `AWS_CA_BUNDLE` and the variables for proxies have no effect, even after
    /// [`from_env`](Self::from_env).** Set the root certificates and the proxies of the transport instead. The
    /// method for the proxies is `UreqTransport::with_proxies`.
    ///
    /// ```
    /// use cognito_op::blocking::{Client, Transport};
    /// use cognito_op::Error;
    ///
    /// fn client(transport: impl Transport + 'static) -> Result<Client, Error> {
    ///     Client::builder().from_env().build_with(transport)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) for an invalid setting.
    pub fn build_with(self, transport: impl BlockingTransport + 'static) -> Result<Client, Error> {
        self.built(|config| Client(Core::new(config, Arc::new(transport))))
    }
}

impl<O: Operation + ?Sized> Call<'_, '_, Client, O> {
    /// Validates, serializes and sends the request, and reads the response.
    ///
    /// # Errors
    ///
    /// Returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    pub fn send(self) -> Result<Reply<O::Output>, Error> {
        self.finish()?.read_reply()
    }

    fn finish(self) -> Result<Finished, Error> {
        let Core { transport, budget, signer, .. } = &self.client.0;
        let prepared = self.prepare(signer.is_some())?;
        let signer = signer.as_deref().filter(|_| O::SIGNED);
        let attempts = self.attempts(budget);
        trace::within_blocking(O::NAME, || drive(transport.as_ref(), signer, attempts, prepared))
    }
}

/// Runs the attempts of a call, with backoff and timeouts.
fn drive(
    transport: &dyn BlockingTransport,
    signer: Option<&dyn BlockingSign>,
    mut attempts: Attempts<'_>,
    mut prepared: Prepared,
) -> Result<Finished, Error> {
    let begun = transport.now();
    let elapsed = || transport.now().saturating_sub(begun);
    let mut timeouts = attempts.timeouts.after(Duration::ZERO);
    loop {
        let request = prepared.request(attempts.endpoint);
        let mut sent = None;
        let outcome = match signer {
            None => send(transport, timeouts, request),
            Some(signer) => {
                let (_, request) = sent.insert((signer, request));
                let outcome = sign_and_send(transport, signer, timeouts, request);
                prepared.signed(request);
                outcome
            }
        };
        let next = match outcome {
            Ok(response) => {
                let rejected = |error: &_| sent.is_some_and(|(signer, sent)| signer.rejected(&sent, &response, error));
                let Some(next) = attempts.responded(&response, &prepared, rejected, elapsed) else {
                    return Ok(attempts.finished(prepared, response));
                };
                next
            }
            Err(error) => attempts.broken(error, &prepared, elapsed()),
        };
        transport.sleep(next?);
        timeouts = attempts.timeouts.after(elapsed());
    }
}

/// Sends a request once.
fn send(
    transport: &dyn BlockingTransport,
    timeouts: Timeouts,
    request: Request<Body>,
) -> Result<Response<Body>, TransportError> {
    let (time, kind) = timeouts.nearest();
    if time.is_zero() { Err(TransportError::not_connected(kind)) } else { transport.send(request, timeouts) }
}

/// Signs a request and sends it once.
fn sign_and_send(
    transport: &dyn BlockingTransport,
    signer: &dyn BlockingSign,
    timeouts: Timeouts,
    request: &mut Request<Body>,
) -> Result<Response<Body>, TransportError> {
    let (time, kind) = timeouts.nearest();
    if time.is_zero() {
        return Err(TransportError::not_connected(kind));
    }
    let begun = transport.now();
    let outcome = signer.sign(request, time);
    let timeouts = timeouts.after(transport.now().saturating_sub(begun));
    if timeouts.nearest().0.is_zero() {
        return Err(TransportError::unsigned_within(kind));
    }
    outcome.map_err(TransportError::unsigned)?;
    // The signer may have to look at the request again.
    transport.send(request.clone(), timeouts)
}
