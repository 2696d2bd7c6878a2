use cognito_op::Body;
use cognito_op::http::{Request, Response};
use cognito_op::transport::{
    BODY_LIMIT, BoxFuture, SleepPurpose, Timeouts, Transport, TransportError,
};
use std::time::{Duration, Instant};

/// A transport over a client of reqwest.
pub struct Reqwest {
    client: reqwest::Client,
    origin: Instant,
}

impl Reqwest {
    pub fn new(client: reqwest::Client) -> Self {
        Self { client, origin: Instant::now() }
    }

    async fn exchange(
        &self,
        request: Request<Body>,
    ) -> Result<Response<Body>, TransportError> {
        let request =
            request.map(Body::into_bytes).try_into().map_err(TransportError::unsent)?;
        // Only a failure to connect proves that the request was not sent.
        let failed = |error: reqwest::Error| {
            if error.is_connect() {
                TransportError::unsent(error)
            } else {
                TransportError::sent(error)
            }
        };
        let mut received = self.client.execute(request).await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = received.chunk().await.map_err(TransportError::sent)? {
            if body.len() + chunk.len() > BODY_LIMIT {
                return Err(TransportError::too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        Ok(response)
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: Request<Body>,
        _: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }
}

/// Returns an HTTP client that sends each request at most once.
///
/// The connect timeout must be shorter than the other timeouts of a call. If a call ends
/// while it connects, its error reports that the request may have been sent.
pub fn http_client(
    connect_timeout: Duration,
) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(Duration::from_secs(10))
        // Another crate in the build may turn these features on.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .build()
}
