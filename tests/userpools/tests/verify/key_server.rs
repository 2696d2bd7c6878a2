//! A server of keys without a network. A test sets its clock, and when and how it responds.

use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, blocking};
use http::{Request, Response, StatusCode};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

/// The reaction to a request for the keys of a pool.
#[derive(Clone)]
pub(crate) enum Reply {
    /// No response, until the reply is another one.
    Hang,
    Status(u16),
    Keys(String),
    /// These keys, once the server releases them, whatever the reply is by then.
    Held(String),
    Panic,
}

#[derive(Default)]
struct State {
    now: Duration,
    /// The replies by the path of the request.
    replies: BTreeMap<String, Reply>,
    /// The URLs of the requests.
    requests: Vec<String>,
    wakers: Vec<Waker>,
    is_releasing: bool,
}

impl State {
    fn reply(&self, request: &Request<Body>) -> Reply {
        self.replies.get(request.uri().path()).cloned().unwrap_or(Reply::Status(403))
    }
}

#[derive(Clone, Default)]
pub(crate) struct KeyServer(Arc<(Mutex<State>, Condvar)>);

impl KeyServer {
    pub(crate) fn client(&self) -> Client {
        Client::builder().endpoint("https://cognito.invalid").build_with(self.clone()).expect("a client")
    }

    pub(crate) fn blocking_client(&self) -> blocking::Client {
        blocking::Client::builder().endpoint("https://cognito.invalid").build_with(self.clone()).expect("a client")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        self.0.1.notify_all();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Sets the reply to requests for the keys of a pool, also to those that wait.
    pub(crate) fn reply(&self, pool: &str, reply: Reply) {
        self.change(|state| drop(state.replies.insert(format!("/{pool}/.well-known/jwks.json"), reply)));
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.change(|state| state.now += time);
    }

    /// Sends the responses that are held.
    pub(crate) fn release(&self) {
        self.change(|state| state.is_releasing = true);
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.state().requests.clone()
    }

    /// Waits until there have been some requests.
    pub(crate) fn wait_for(&self, requests: usize) {
        for _ in 0..1000 {
            if self.requests().len() >= requests {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{:?}", self.requests());
    }

    /// Returns the response; `None` if there is none yet.
    fn respond(state: &State, request: &Request<Body>, first: &Reply) -> Option<Response<Body>> {
        let status = |status: u16| StatusCode::from_u16(status).expect("a status");
        let reply = if matches!(first, Reply::Held(_)) { first.clone() } else { state.reply(request) };
        let (status, body) = match &reply {
            Reply::Hang => return None,
            Reply::Held(_) if !state.is_releasing => return None,
            Reply::Status(code) => (status(*code), String::new()),
            Reply::Keys(keys) | Reply::Held(keys) => (StatusCode::OK, keys.clone()),
            Reply::Panic => panic!("a transport with a fault"),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        Some(response)
    }
}

impl Transport for KeyServer {
    fn send(&self, request: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.state().requests.push(request.uri().to_string());
        let first = self.state().reply(&request);
        Box::pin(poll_fn(move |context| {
            let mut state = self.state();
            if let Some(response) = Self::respond(&state, &request, &first) {
                return Poll::Ready(Ok(response));
            }
            state.wakers.push(context.waker().clone());
            Poll::Pending
        }))
    }

    fn sleep(&self, duration: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        let end = self.state().now + duration;
        Box::pin(poll_fn(move |context| {
            let mut state = self.state();
            if state.now >= end {
                return Poll::Ready(());
            }
            state.wakers.push(context.waker().clone());
            Poll::Pending
        }))
    }

    fn now(&self) -> Duration {
        self.state().now
    }
}

impl blocking::Transport for KeyServer {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        let mut state = self.state();
        state.requests.push(request.uri().to_string());
        let first = state.reply(&request);
        loop {
            match Self::respond(&state, &request, &first) {
                Some(response) => return Ok(response),
                None => state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        self.state().now
    }
}
