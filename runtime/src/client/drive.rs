//! The futures of a call, which run its attempts.

use super::attempts::{Attempts, Finished};
use super::trace;
use crate::codec::{Body, OutputValue};
use crate::error::Error;
use crate::request::Prepared;
use crate::response::Reply;
use crate::sign::Sign;
use crate::transport::{BoxFuture, SleepPurpose, TimeoutKind, Timeouts, Transport, TransportError};
use http::{Request, Response};
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The time by which the client's timeout exceeds the transport's. The transport, which knows whether the request was
/// sent, thus reports the timeout first.
const GRACE: Duration = Duration::from_millis(10);

/// The attempts of a call, with backoff and timeouts. It is not an `async fn`, so that a call is not boxed.
pub(super) struct Drive<'c> {
    transport: &'c dyn Transport,
    signer: Option<&'c dyn Sign>,
    attempts: Attempts<'c>,
    /// `None` after the end of the call.
    prepared: Option<Prepared>,
    /// The time at which the call was first polled.
    begun: Option<Duration>,
    step: Step<'c>,
}

impl<'c> Drive<'c> {
    #[inline]
    pub(super) fn new(
        transport: &'c dyn Transport,
        signer: Option<&'c dyn Sign>,
        prepared: Prepared,
        attempts: Attempts<'c>,
    ) -> Self {
        let step = Step::Begin(attempts.timeouts.after(Duration::ZERO));
        Self { transport, signer, attempts, prepared: Some(prepared), begun: None, step }
    }
}

/// The outcome of an attempt.
type Outcome = Result<Response<Body>, TransportError>;

enum Step<'c> {
    /// An attempt begins.
    Begin(Timeouts),
    /// The request is sent.
    Send(Sending<'c>),
    /// The request of a signed operation is signed and sent.
    Sign(BoxFuture<'c, (Outcome, Request<Body>)>),
    /// The call waits for the next attempt.
    Wait(BoxFuture<'c, ()>),
}

impl Future for Drive<'_> {
    type Output = Result<Finished, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { transport, signer, attempts, prepared, begun, step } = &mut *self;
        let (transport, signer) = (*transport, *signer);
        let begun = *begun.get_or_insert_with(|| transport.now());
        let elapsed = || transport.now().saturating_sub(begun);
        while let Some(request) = prepared {
            let mut sent = None;
            let outcome = match step {
                Step::Begin(timeouts) => {
                    *step = begin(transport, signer, *timeouts, request.request(attempts.endpoint));
                    continue;
                }
                Step::Wait(delay) => {
                    ready!(delay.as_mut().poll(context));
                    *step = Step::Begin(attempts.timeouts.after(elapsed()));
                    continue;
                }
                Step::Send(sending) => ready!(Pin::new(sending).poll(context)),
                Step::Sign(sending) => {
                    let (outcome, attempted) = ready!(sending.as_mut().poll(context));
                    request.signed(&attempted);
                    sent = signer.map(|signer| (signer, attempted));
                    outcome
                }
            };
            let next = match outcome {
                Ok(response) => {
                    let rejected =
                        |error: &_| sent.is_some_and(|(signer, sent)| signer.rejected(&sent, &response, error));
                    let Some(next) = attempts.responded(&response, request, rejected, elapsed) else {
                        let Some(prepared) = prepared.take() else { break };
                        return Poll::Ready(Ok(attempts.finished(prepared, response)));
                    };
                    next
                }
                Err(error) => attempts.broken(error, request, elapsed()),
            };
            match next {
                Ok(delay) => *step = Step::Wait(transport.sleep(delay, SleepPurpose::Backoff)),
                Err(error) => {
                    *prepared = None;
                    return Poll::Ready(Err(error));
                }
            }
        }
        Poll::Pending
    }
}

#[inline]
fn begin<'c>(
    transport: &'c dyn Transport,
    signer: Option<&'c dyn Sign>,
    timeouts: Timeouts,
    mut request: Request<Body>,
) -> Step<'c> {
    match signer {
        None => Step::Send(Sending::new(transport, timeouts, request)),
        Some(signer) => Step::Sign(Box::pin(async move {
            let outcome = sign_and_send(transport, signer, timeouts, &mut request).await;
            (outcome, request)
        })),
    }
}

/// A request that is sent once.
pub(super) struct Sending<'a> {
    response: BoxFuture<'a, Outcome>,
    timeout: Timeout<'a>,
    kind: TimeoutKind,
}

impl<'a> Sending<'a> {
    #[inline]
    pub(super) fn new(transport: &'a dyn Transport, timeouts: Timeouts, request: Request<Body>) -> Self {
        let (time, kind) = timeouts.nearest();
        let response = if time.is_zero() {
            Box::pin(std::future::ready(Err(TransportError::not_connected(kind))))
        } else {
            transport.send(request, timeouts)
        };
        Self { response, timeout: Timeout::new(transport, time), kind }
    }
}

impl Future for Sending<'_> {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { response, timeout, kind } = &mut *self;
        let response = timeout.poll(response, context);
        response.map(|response| response.unwrap_or_else(|| Err(TransportError::timeout(*kind))))
    }
}

/// Signs a request and sends it once.
async fn sign_and_send(
    transport: &dyn Transport,
    signer: &dyn Sign,
    timeouts: Timeouts,
    request: &mut Request<Body>,
) -> Outcome {
    let (time, kind) = timeouts.nearest();
    if time.is_zero() {
        return Err(TransportError::not_connected(kind));
    }
    let mut timeout = Timeout::new(transport, time);
    let begun = transport.now();
    let outcome = timeout.or(each_second(transport, signer.sign(request))).await;
    outcome.ok_or_else(|| TransportError::unsigned_within(kind))?.map_err(TransportError::unsigned)?;
    let timeouts = timeouts.after(transport.now().saturating_sub(begun));
    if timeouts.nearest().0.is_zero() {
        return Err(TransportError::unsigned_within(kind));
    }
    // The signer may have to look at the request again.
    Sending { response: transport.send(request.clone(), timeouts), timeout, kind }.await
}

/// Polls a future at least once a second, so that it can look at a clock.
fn each_second<'a, T: 'a>(transport: &'a dyn Transport, mut future: BoxFuture<'a, T>) -> BoxFuture<'a, T> {
    let mut second = None;
    Box::pin(poll_fn(move |context| {
        let outcome = future.as_mut().poll(context);
        if outcome.is_pending() {
            let sleep = || transport.sleep(Duration::from_secs(1), SleepPurpose::Timeout);
            if second.get_or_insert_with(sleep).as_mut().poll(context).is_ready() {
                second = None;
                context.waker().wake_by_ref();
            }
        }
        outcome
    }))
}

/// A timeout that exceeds that of the transport by [`GRACE`]. Its timer starts when a future is pending for the first
/// time.
struct Timeout<'a> {
    transport: &'a dyn Transport,
    time: Duration,
    timer: Option<BoxFuture<'a, ()>>,
}

impl<'a> Timeout<'a> {
    fn new(transport: &'a dyn Transport, time: Duration) -> Self {
        Self { transport, time: time.saturating_add(GRACE), timer: None }
    }

    /// Returns the output of a future, or `None` if the time ends first.
    async fn or<T>(&mut self, mut future: BoxFuture<'_, T>) -> Option<T> {
        poll_fn(|context| self.poll(&mut future, context)).await
    }

    /// Polls a future. Returns its output, or `None` if the time ends first.
    fn poll<T>(&mut self, future: &mut BoxFuture<'_, T>, context: &mut Context<'_>) -> Poll<Option<T>> {
        // The future is polled first, so that a response that arrives with the timeout is not lost.
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let start = || self.transport.sleep(self.time, SleepPurpose::Timeout);
        self.timer.get_or_insert_with(start).as_mut().poll(context).map(|()| None)
    }
}

/// The future of a call. It returns the output.
///
/// Dropping it cancels the call. The operation may have executed nevertheless.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::{Client, Error};
///
/// async fn sign_out(client: &Client) -> Result<(), Error> {
///     // `send` validates and serializes the operation, and does not keep it.
///     let call = GlobalSignOut::new("token").send(client);
///     call.await
/// }
/// ```
#[must_use = "the request is not sent before the future is awaited"]
pub struct SendFuture<'c, R>(pub(super) CallFuture<'c, R>);

/// The future of a call. It returns the output and the metadata of the response.
///
/// Dropping it cancels the call. The operation may have executed nevertheless.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "GlobalSignOut")]
/// # struct GlobalSignOut { access_token: String }
/// use cognito_op::{Client, Error};
///
/// async fn sign_out(client: &Client) -> Result<Option<String>, Error> {
///     let call = client.call(&GlobalSignOut::new("token")).send();
///     Ok(call.await?.meta.request_id)
/// }
/// ```
#[must_use = "the request is not sent before the future is awaited"]
pub struct CallFuture<'c, R> {
    /// The attempts, or the error of a request that is not sent.
    call: Result<trace::Within<Drive<'c>>, Option<Error>>,
    output: PhantomData<fn() -> R>,
}

impl<'c, R> CallFuture<'c, R> {
    #[inline]
    pub(super) fn new(call: Result<trace::Within<Drive<'c>>, Option<Error>>) -> Self {
        Self { call, output: PhantomData }
    }

    fn poll_finished(&mut self, context: &mut Context<'_>) -> Poll<Result<Finished, Error>> {
        match &mut self.call {
            Ok(call) => Pin::new(call).poll(context),
            Err(error) => error.take().map_or(Poll::Pending, |error| Poll::Ready(Err(error))),
        }
    }
}

impl<R: OutputValue> Future for CallFuture<'_, R> {
    type Output = Result<Reply<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_finished(context).map(|finished| finished?.read_reply())
    }
}

impl<R: OutputValue> Future for SendFuture<'_, R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_finished(context).map(|finished| finished?.read())
    }
}

impl<R> fmt::Debug for SendFuture<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

impl<R> fmt::Debug for CallFuture<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
