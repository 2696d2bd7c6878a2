//! A fake key server without a network. Tests control its clock and its responses.

use cognito_op::{Body, Client, blocking};
use cognito_op_tests_userpools::fake_service::{FakeService, Outcome, Service};
use http::{Request, Response, StatusCode};
use std::collections::BTreeMap;
use std::time::Duration;

/// The reply to a request for the keys of a pool.
#[derive(Clone)]
pub(crate) enum Reply {
    /// No response until another reply is set.
    Hang,
    Status(u16),
    Keys(String),
    /// These keys after [`KeyServer::release`], even if another reply has been set by then.
    Held(String),
    Panic,
}

#[derive(Default)]
pub(crate) struct State {
    now: Duration,
    /// The replies by the path of the request.
    replies: BTreeMap<String, Reply>,
    /// The URLs of the requests.
    requests: Vec<String>,
    is_releasing: bool,
}

impl State {
    fn reply(&self, request: &Request<Body>) -> Reply {
        self.replies.get(request.uri().path()).cloned().unwrap_or(Reply::Status(403))
    }
}

#[derive(Clone)]
pub(crate) struct KeyServer(FakeService<State>);

impl Default for KeyServer {
    fn default() -> Self {
        Self(FakeService::new(State::default()))
    }
}

impl KeyServer {
    pub(crate) fn transport(&self) -> FakeService<State> {
        self.0.clone()
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder().endpoint("https://cognito.invalid").build_with(self.transport()).expect("a client")
    }

    pub(crate) fn blocking_client(&self) -> blocking::Client {
        blocking::Client::builder().endpoint("https://cognito.invalid").build_with(self.transport()).expect("a client")
    }

    /// Sets the reply to requests for the keys of a pool, including requests that are waiting.
    pub(crate) fn reply(&self, pool: &str, reply: Reply) {
        self.0.change(|state| drop(state.replies.insert(format!("/{pool}/.well-known/jwks.json"), reply)));
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.0.advance(time);
    }

    /// Sends the responses of [`Reply::Held`].
    pub(crate) fn release(&self) {
        self.0.change(|state| state.is_releasing = true);
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.service().requests.clone()
    }

    /// Waits until the server has received this number of requests.
    pub(crate) fn wait_for(&self, requests: usize) {
        self.0.wait_until(|state| state.requests.len() >= requests);
    }
}

impl Service for State {
    /// A request, and the reply at the time of its arrival.
    type Received = (Request<Body>, Reply);

    fn time(&mut self) -> &mut Duration {
        &mut self.now
    }

    fn receive(&mut self, request: Request<Body>) -> Self::Received {
        self.requests.push(request.uri().to_string());
        let reply = self.reply(&request);
        (request, reply)
    }

    fn respond(&mut self, (request, first): &Self::Received) -> Option<Outcome> {
        let status = |status: u16| StatusCode::from_u16(status).expect("a status");
        let reply = if matches!(first, Reply::Held(_)) { first.clone() } else { self.reply(request) };
        let (status, body) = match &reply {
            Reply::Hang => return None,
            Reply::Held(_) if !self.is_releasing => return None,
            Reply::Status(code) => (status(*code), String::new()),
            Reply::Keys(keys) | Reply::Held(keys) => (StatusCode::OK, keys.clone()),
            Reply::Panic => panic!("a transport with a fault"),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        Some(Ok(response))
    }
}
