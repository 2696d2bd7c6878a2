//! A tower layer that verifies the bearer tokens of requests.

use super::bearer::bearer_token;
use super::client::{KeyClient, Offline};
use super::error::VerifyError;
use super::token::{AccessToken, IdToken, Use};
use super::verifier::Verifier;
use cognito_op::Client;
use cognito_op::http::header::{AUTHORIZATION, COOKIE};
use cognito_op::http::{Request, Response, request};
use cognito_op::transport::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// A [tower](https://docs.rs/tower) layer that verifies the bearer token of each request, for axum, tonic and other
/// frameworks. `B` is the type of the body of responses.
///
/// The token is taken from the header `Authorization`, as by [`bearer_token`](super::bearer_token), unless
/// [`token_from`](Self::token_from) finds it elsewhere. The layer puts the verified [`AccessToken`](super::AccessToken)
/// into the extensions of the request, where an extractor such as axum's `Extension` finds it, and marks the headers
/// `Authorization` and `Cookie` as sensitive. If the token is not accepted, the service is not called, and the response is
/// [`VerifyError::response`].
///
/// ```
/// use axum::routing::get;
/// use axum::{Extension, Router};
/// use cognito_userpools::verify::{AccessToken, Requirements, Verifier, VerifyLayer};
///
/// async fn files(Extension(token): Extension<AccessToken>) -> String {
///     format!("the files of {}", token.sub())
/// }
///
/// async fn delete_file() {}
///
/// fn router(verifier: &Verifier) -> Router {
///     let writers = verifier.requiring(Requirements::new().all_scopes(["files/write"]));
///     Router::new()
///         .route("/files", get(files).layer(VerifyLayer::access_token(verifier)))
///         .route("/delete", get(delete_file).layer(VerifyLayer::access_token(&writers)))
/// }
/// ```
///
/// `C` is the client of the verifier: a [`Client`], or [`Offline`] to verify tokens with the cached keys only.
///
/// Browsers send no token in the preflight requests of CORS, so a layer for CORS must be outside of this one.
pub struct VerifyLayer<B, C = Client> {
    verifier: Verifier<C>,
    usage: Use,
    realm: Arc<str>,
    token_from: Arc<TokenFrom>,
    on_error: Arc<OnError<B>>,
}

type TokenFrom = dyn Fn(&request::Parts) -> Option<String> + Send + Sync;

type OnError<B> = dyn Fn(&VerifyError, Response<B>) -> Response<B> + Send + Sync;

/// A client whose verifier does not block.
pub trait LayerClient: KeyClient + Send + Sync + 'static {
    fn access_token(
        verifier: &Verifier<Self>,
        token: &str,
    ) -> impl Future<Output = Result<AccessToken, VerifyError>> + Send;

    fn id_token(verifier: &Verifier<Self>, token: &str) -> impl Future<Output = Result<IdToken, VerifyError>> + Send;
}

impl LayerClient for Client {
    async fn access_token(verifier: &Verifier, token: &str) -> Result<AccessToken, VerifyError> {
        verifier.access_token(token).await
    }

    async fn id_token(verifier: &Verifier, token: &str) -> Result<IdToken, VerifyError> {
        verifier.id_token(token).await
    }
}

impl LayerClient for Offline {
    async fn access_token(verifier: &Verifier<Self>, token: &str) -> Result<AccessToken, VerifyError> {
        verifier.access_token_cached(token)
    }

    async fn id_token(verifier: &Verifier<Self>, token: &str) -> Result<IdToken, VerifyError> {
        verifier.id_token_cached(token)
    }
}

impl<B, C: LayerClient> VerifyLayer<B, C> {
    /// Returns a layer that requires an access token, and provides it as [`AccessToken`](super::AccessToken).
    #[must_use]
    pub fn access_token(verifier: &Verifier<C>) -> Self {
        Self::new(verifier, Use::Access)
    }

    /// Returns a layer that requires an identity token, and provides it as [`IdToken`](super::IdToken). APIs take access
    /// tokens; this is for a service that creates its own session for a user who has signed in.
    #[must_use]
    pub fn id_token(verifier: &Verifier<C>) -> Self {
        Self::new(verifier, Use::Id)
    }

    fn new(verifier: &Verifier<C>, usage: Use) -> Self {
        Self {
            verifier: verifier.clone(),
            usage,
            realm: Arc::from("api"),
            token_from: Arc::new(|_| None),
            on_error: Arc::new(|_, response| response),
        }
    }

    /// Sets the realm in the header `WWW-Authenticate`: `api` by default.
    #[must_use]
    pub fn realm(self, realm: impl Into<Arc<str>>) -> Self {
        Self { realm: realm.into(), ..self }
    }

    /// Sets a function that returns the token of a request, such as the value of a cookie. If it returns `None`, the
    /// token is taken from the header `Authorization`.
    ///
    /// Browsers also send cookies with requests that another site causes: see [what is not
    /// checked](crate::guide::verifying_tokens#what-is-not-checked).
    ///
    /// ```
    /// use cognito_userpools::http::header::COOKIE;
    /// use cognito_userpools::http::request::Parts;
    /// use cognito_userpools::verify::{Verifier, VerifyLayer};
    ///
    /// /// Returns the value of the cookie `token`. Over HTTP/2, browsers can send several headers.
    /// fn cookie(request: &Parts) -> Option<String> {
    ///     let values = request.headers.get_all(COOKIE).into_iter();
    ///     let mut cookies = values.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split("; "));
    ///     cookies.find_map(|cookie| cookie.strip_prefix("token=")).map(str::to_owned)
    /// }
    ///
    /// fn layer<B>(verifier: &Verifier) -> VerifyLayer<B> {
    ///     VerifyLayer::access_token(verifier).token_from(cookie)
    /// }
    /// ```
    #[must_use]
    pub fn token_from(self, find: impl Fn(&request::Parts) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { token_from: Arc::new(find), ..self }
    }

    /// Sets a function that returns the response to a request whose token is not accepted. Its arguments are the error and
    /// the response that is sent otherwise. It can also log the error, which contains no part of the token.
    ///
    /// ```
    /// use axum::body::Body;
    /// use axum::http::{HeaderValue, header};
    /// use cognito_userpools::verify::{Verifier, VerifyLayer};
    ///
    /// fn layer(verifier: &Verifier) -> VerifyLayer<Body> {
    ///     VerifyLayer::access_token(verifier).on_error(|error, mut response| {
    ///         eprintln!("{error}");
    ///         let json = HeaderValue::from_static("application/json");
    ///         response.headers_mut().insert(header::CONTENT_TYPE, json);
    ///         response.map(|_: Body| Body::from(r#"{"message":"Please sign in."}"#))
    ///     })
    /// }
    /// ```
    #[must_use]
    pub fn on_error(self, respond: impl Fn(&VerifyError, Response<B>) -> Response<B> + Send + Sync + 'static) -> Self {
        Self { on_error: Arc::new(respond), ..self }
    }

    /// Verifies the token of a request, and puts it into the extensions.
    async fn verify(&self, request: &mut request::Parts) -> Result<(), VerifyError> {
        let found = (self.token_from)(request);
        let token = match &found {
            Some(token) => token,
            None => bearer_token(request.headers.get_all(AUTHORIZATION)).inspect_err(VerifyError::log)?,
        };
        match self.usage {
            Use::Access => drop(request.extensions.insert(C::access_token(&self.verifier, token).await?)),
            Use::Id => drop(request.extensions.insert(C::id_token(&self.verifier, token).await?)),
        }
        for (name, value) in &mut request.headers {
            if name == AUTHORIZATION || name == COOKIE {
                value.set_sensitive(true);
            }
        }
        Ok(())
    }
}

impl<B, C> Clone for VerifyLayer<B, C> {
    fn clone(&self) -> Self {
        let Self { verifier, usage, realm, token_from, on_error } = self;
        Self {
            verifier: verifier.clone(),
            usage: *usage,
            realm: Arc::clone(realm),
            token_from: Arc::clone(token_from),
            on_error: Arc::clone(on_error),
        }
    }
}

impl<B, C> fmt::Debug for VerifyLayer<B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verifier, realm, .. } = self;
        f.debug_struct("VerifyLayer").field("verifier", verifier).field("realm", realm).finish_non_exhaustive()
    }
}

impl<S, B, C> Layer<S> for VerifyLayer<B, C> {
    type Service = VerifyService<S, B, C>;

    fn layer(&self, inner: S) -> Self::Service {
        VerifyService { inner, layer: Arc::new(self.clone()) }
    }
}

/// The service of a [`VerifyLayer`]. It calls the service `S` for each request whose token is accepted.
///
/// ```
/// use cognito_userpools::verify::{VerifyLayer, VerifyService};
/// use tower_layer::Layer as _;
///
/// fn verified<S, B>(service: S, layer: &VerifyLayer<B>) -> VerifyService<S, B> {
///     layer.layer(service)
/// }
/// ```
pub struct VerifyService<S, B, C = Client> {
    inner: S,
    layer: Arc<VerifyLayer<B, C>>,
}

impl<S: Clone, B, C> Clone for VerifyService<S, B, C> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), layer: Arc::clone(&self.layer) }
    }
}

impl<S: fmt::Debug, B, C> fmt::Debug for VerifyService<S, B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inner, layer } = self;
        f.debug_struct("VerifyService").field("inner", inner).field("layer", layer).finish()
    }
}

impl<S, R, B, C> Service<Request<R>> for VerifyService<S, B, C>
where
    C: LayerClient,
    S: Service<Request<R>, Response = Response<B>, Future: Send> + Clone + Send + 'static,
    R: Send + 'static,
    B: Default + 'static,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response<B>, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<R>) -> Self::Future {
        // The service that is ready handles this request, and its clone the next one.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let layer = Arc::clone(&self.layer);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match layer.verify(&mut parts).await {
                Ok(()) => inner.call(Request::from_parts(parts, body)).await,
                Err(error) => Ok((layer.on_error)(&error, error.response(&layer.realm))),
            }
        })
    }
}
