//! A transport over a tower service.

use super::body::read;
use super::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use crate::codec::Body;
use http::{Request, Response};
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};
use tower_service::Service;

/// A transport over any [tower](https://docs.rs/tower) service from [`http::Request`] to [`http::Response`]: a client
/// of hyper-util (also with HTTP/2), a service with layers around it, or a test double.
///
/// The service must send each request at most once: it must neither retry it nor follow redirects. It must enforce the
/// connect timeout, which is in the request's extensions ([`Timeouts`]). After an error of the service, the request
/// counts as sent, unless [`unsent`](Self::unsent) identifies the error. The client enforces the other timeouts; a
/// timeout of a layer is an error of the service.
///
/// ```
/// use cognito_op::{Body, Client, TowerTransport};
/// use http::{Request, Response};
/// use std::convert::Infallible;
/// use std::future::{Ready, ready};
/// use std::task::{Context, Poll};
///
/// /// Responds to each request with an empty object.
/// #[derive(Clone)]
/// struct Empty;
///
/// impl tower_service::Service<Request<Body>> for Empty {
///     type Response = Response<Body>;
///     type Error = Infallible;
///     type Future = Ready<Result<Response<Body>, Infallible>>;
///
///     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
///         Poll::Ready(Ok(()))
///     }
///     fn call(&mut self, _: Request<Body>) -> Self::Future {
///         ready(Ok(Response::new(Body::from("{}"))))
///     }
/// }
///
/// let transport = TowerTransport::new(Empty, tokio::time::sleep);
/// let client = Client::builder().region("eu-west-1").build_with(transport)?;
/// # Ok::<(), cognito_op::Error>(())
/// ```
pub struct TowerTransport<S: Service<Request<Body>>> {
    /// Cloned for each request, since calling a service needs exclusive access.
    service: Mutex<S>,
    sleep: Box<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>,
    unsent: Option<Box<Predicate<S::Error>>>,
    origin: Instant,
}

type Predicate<E> = dyn Fn(&E) -> bool + Send + Sync;

impl<S: Service<Request<Body>>> TowerTransport<S> {
    /// Returns a transport over a service, with the sleep function of the service's runtime, such as
    /// `tokio::time::sleep`.
    pub fn new<F>(service: S, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let sleep = move |duration| -> BoxFuture<'static, ()> { Box::pin(sleep(duration)) };
        Self { service: Mutex::new(service), sleep: Box::new(sleep), unsent: None, origin: Instant::now() }
    }

    /// Sets which errors prove that the request was not sent, such as `hyper_util::client::legacy::Error::is_connect`.
    ///
    /// ```
    /// use cognito_op::{Body, TowerTransport};
    /// use http::Request;
    /// use std::io;
    /// use tower_service::Service;
    ///
    /// fn transport<S: Service<Request<Body>, Error = io::Error>>(service: S) -> TowerTransport<S> {
    ///     let refused = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    ///     TowerTransport::new(service, tokio::time::sleep).unsent(refused)
    /// }
    /// ```
    #[must_use]
    pub fn unsent(self, proves: impl Fn(&S::Error) -> bool + Send + Sync + 'static) -> Self {
        Self { unsent: Some(Box::new(proves)), ..self }
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Body>, Response = Response<B>, Error: Into<Box<dyn Error + Send + Sync>>> + Clone + Send,
    S::Future: Send,
    B: http_body::Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send,
{
    fn send(
        &self,
        mut request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        request.extensions_mut().insert(timeouts);
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            // Until `call`, the request is not sent.
            let (time, kind) = timeouts.nearest();
            let begun = Instant::now();
            let mut timeout = (self.sleep)(time);
            let ready = poll_fn(|context| match service.poll_ready(context) {
                Poll::Ready(ready) => Poll::Ready(Some(ready)),
                Poll::Pending => timeout.as_mut().poll(context).map(|()| None),
            });
            let ready = ready.await.ok_or_else(|| TransportError::not_connected(kind))?;
            ready.map_err(TransportError::unsent)?;
            // Another task may have blocked the runtime for longer than the timeout.
            if begun.elapsed() >= time {
                return Err(TransportError::not_connected(kind));
            }
            let response = service.call(request).await.map_err(|error| {
                let unsent = self.unsent.as_ref().is_some_and(|proves| proves(&error));
                if unsent { TransportError::unsent(error) } else { TransportError::sent(error) }
            })?;
            let (head, body) = response.into_parts();
            Ok(Response::from_parts(head, read(body).await?))
        })
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        (self.sleep)(duration)
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }
}

impl<S: Service<Request<Body>>> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}
