//! A fake service that issues, rotates and revokes tokens, with a virtual clock. With rotation, it detects the reuse of
//! a refresh token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_op::transport::TransportError;
use cognito_op::{Body, Client, Retries, blocking};
use cognito_op_tests_userpools::fake_service::{self, Outcome, Service};
use cognito_userpools::sign_in::Tokens;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) const ID: &str = "1example23456789";
pub(crate) const SECRET: &str = "9example8secret7";
pub(crate) const DEVICE: &str = "eu-west-1_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const START: u64 = 1_800_000_000;

/// The behavior of the network and the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Behavior {
    Normal,
    /// No connection can be made.
    Down,
    /// The next requests are executed, and their responses are lost.
    Lost(u32),
    /// Requests wait until the behavior changes.
    Hang,
    /// Requests fail with this exception.
    Fails(&'static str, &'static str),
    Panics,
}

/// A refresh token.
#[derive(Clone)]
struct Grant {
    /// The sign-in from which it comes.
    family: u32,
    replaced: Option<Duration>,
}

struct State {
    behavior: Behavior,
    now: Duration,
    /// The duration by which the system clock is set back.
    set_back: Duration,
    /// The grace period, if the app client rotates refresh tokens.
    rotation: Option<Duration>,
    lifetime: Duration,
    id_lifetime: Duration,
    grants: BTreeMap<String, Grant>,
    revoked: Vec<u32>,
    /// The sign-in and the expiry of each access token.
    access: BTreeMap<String, (u32, Duration)>,
    requests: Vec<(String, Value)>,
    issued: u32,
    families: u32,
}

type Exception = (&'static str, &'static str);

impl State {
    fn issue(&mut self, family: u32) -> Value {
        self.issued += 1;
        let issued = START + self.now.as_secs();
        let token = |usage: &str, lifetime: Duration| {
            let claims = json!({
                "jti": self.issued, "origin_jti": family, "token_use": usage, "username": "alice", "device_key": DEVICE, "iat": issued,
                "exp": issued + lifetime.as_secs(),
            });
            format!("e30.{}.canary-{usage}-{}", URL_SAFE_NO_PAD.encode(claims.to_string()), self.issued)
        };
        let (access, id) = (token("access", self.lifetime), token("id", self.id_lifetime));
        self.access.insert(access.clone(), (family, self.now + self.lifetime));
        let expires_in = self.lifetime.as_secs();
        json!({"AccessToken": access, "IdToken": id, "ExpiresIn": expires_in, "TokenType": "Bearer"})
    }

    fn refresh_token(&mut self, family: u32) -> String {
        let token = format!("canary-refresh-{}", self.issued);
        self.grants.insert(token.clone(), Grant { family, replaced: None });
        token
    }

    fn refresh(&mut self, token: &str) -> Result<Value, Exception> {
        let grant = self.grants.get(token).cloned().ok_or(("NotAuthorizedException", "Invalid Refresh Token"))?;
        if self.revoked.contains(&grant.family) {
            return Err(("NotAuthorizedException", "Refresh Token has been revoked"));
        }
        let Some(grace) = self.rotation else { return Ok(self.issue(grant.family)) };
        if grant.replaced.is_some_and(|replaced| self.now >= replaced + grace) {
            // Another party may have the token.
            self.revoked.push(grant.family);
            return Err(("RefreshTokenReuseException", "Refresh token reuse detected"));
        }
        let now = self.now;
        if let Some(grant) = self.grants.get_mut(token) {
            grant.replaced.get_or_insert(now);
        }
        let mut tokens = self.issue(grant.family);
        tokens["RefreshToken"] = self.refresh_token(grant.family).into();
        Ok(tokens)
    }

    fn execute(&mut self, operation: &str, request: &Value) -> Result<Value, Exception> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let result = |tokens| json!({"AuthenticationResult": tokens});
        match operation {
            "InitiateAuth" if self.rotation.is_some() => {
                Err(("InvalidParameterException", "REFRESH_TOKEN_AUTH flow not enabled for this client"))
            }
            "InitiateAuth" => self.refresh(&text(&request["AuthParameters"]["REFRESH_TOKEN"])).map(result),
            "GetTokensFromRefreshToken" => self.refresh(&text(&request["RefreshToken"])).map(result),
            "RevokeToken" => {
                let family = self.grants.get(&text(&request["Token"])).map(|grant| grant.family);
                self.revoked.extend(family);
                Ok(json!({}))
            }
            "GlobalSignOut" => match self.access.get(&text(&request["AccessToken"])) {
                Some((family, _)) if self.revoked.contains(family) => {
                    Err(("NotAuthorizedException", "Access Token has been revoked"))
                }
                Some((_, expiry)) if *expiry <= self.now => Err(("NotAuthorizedException", "Access Token has expired")),
                Some(_) => {
                    self.revoked = (1..=self.families).collect();
                    Ok(json!({}))
                }
                None => Err(("NotAuthorizedException", "Invalid Access Token")),
            },
            other => panic!("unexpected operation {other}"),
        }
    }
}

impl Service for State {
    /// The operation and the body of a request.
    type Received = (String, Value);

    fn time(&mut self) -> &mut Duration {
        &mut self.now
    }

    fn receive(&mut self, request: Request<Body>) -> Self::Received {
        let target = request.headers()["x-amz-target"].to_str().expect("a name");
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let received = (operation, serde_json::from_slice(request.body().as_bytes()).expect("JSON"));
        self.requests.push(received.clone());
        received
    }

    fn respond(&mut self, (operation, request): &Self::Received) -> Option<Outcome> {
        let outcome = match self.behavior.clone() {
            Behavior::Hang => return None,
            Behavior::Down => return Some(Err(TransportError::unsent("the network is down"))),
            Behavior::Panics => panic!("a transport with a fault"),
            Behavior::Fails(code, message) => Err((code, message)),
            Behavior::Lost(0) | Behavior::Normal => self.execute(operation, request),
            Behavior::Lost(count) => {
                self.behavior = Behavior::Lost(count - 1);
                drop(self.execute(operation, request));
                return Some(Err(TransportError::sent("connection reset by peer")));
            }
        };
        let (status, body) = match outcome {
            Ok(body) => (StatusCode::OK, body),
            Err((code, message)) => (StatusCode::BAD_REQUEST, json!({"__type": code, "message": message})),
        };
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = status;
        Some(Ok(response))
    }
}

#[derive(Clone)]
pub(crate) struct FakeService(fake_service::FakeService<State>);

impl FakeService {
    fn with_rotation(rotation: Option<Duration>) -> Self {
        let state = State {
            behavior: Behavior::Normal,
            now: Duration::ZERO,
            set_back: Duration::ZERO,
            rotation,
            lifetime: Duration::from_hours(1),
            id_lifetime: Duration::from_hours(1),
            grants: BTreeMap::new(),
            revoked: Vec::new(),
            access: BTreeMap::new(),
            requests: Vec::new(),
            issued: 0,
            families: 0,
        };
        Self(fake_service::FakeService::new(state))
    }

    /// Creates a service whose app client does not rotate refresh tokens.
    pub(crate) fn without_rotation() -> Self {
        Self::with_rotation(None)
    }

    /// Creates a service whose app client rotates refresh tokens, with a grace period in seconds.
    pub(crate) fn rotating(grace: u64) -> Self {
        Self::with_rotation(Some(Duration::from_secs(grace)))
    }

    pub(crate) fn client(&self) -> Client {
        let builder = Client::builder().endpoint("https://cognito.invalid").app_client(ID, SECRET);
        builder.retries(Retries::off()).build_with(self.0.clone()).expect("a client")
    }

    pub(crate) fn blocking_client(&self) -> blocking::Client {
        let builder = blocking::Client::builder().endpoint("https://cognito.invalid").app_client(ID, SECRET);
        builder.retries(Retries::off()).build_with(self.0.clone()).expect("a client")
    }

    /// Returns the system clock, which can be set back.
    pub(crate) fn clock(&self) -> impl Fn() -> SystemTime + Send + Sync + use<> {
        let this = self.0.clone();
        move || {
            let state = this.service();
            UNIX_EPOCH + Duration::from_secs(START) + state.now - state.set_back
        }
    }

    pub(crate) fn is_rotating(&self) -> bool {
        self.0.service().rotation.is_some()
    }

    pub(crate) fn has_no_grace_period(&self) -> bool {
        self.0.service().rotation == Some(Duration::ZERO)
    }

    pub(crate) fn behavior(&self, behavior: Behavior) {
        self.0.change(|state| state.behavior = behavior);
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.0.advance(time);
    }

    pub(crate) fn set_back(&self, time: Duration) {
        self.0.change(|state| state.set_back = time);
    }

    pub(crate) fn lifetimes(&self, access: Duration, id: Duration) {
        self.0.change(|state| (state.lifetime, state.id_lifetime) = (access, id));
    }

    /// Returns the tokens of a new sign-in.
    pub(crate) fn sign_in(&self) -> Tokens {
        let mut state = self.0.service();
        state.families += 1;
        let family = state.families;
        let issued = state.issue(family);
        let refresh_token = state.refresh_token(family);
        let text = |name: &str| issued[name].as_str().expect("a token").to_owned();
        let mut tokens = Tokens::new(text("AccessToken"));
        tokens.id_token = Some(text("IdToken"));
        tokens.refresh_token = Some(refresh_token);
        tokens.expires_in = Some(state.lifetime);
        tokens.token_type = Some("Bearer".to_owned());
        tokens
    }

    /// Revokes all tokens, as a sign-out on another device does.
    pub(crate) fn revoke_all(&self) {
        self.0.change(|state| state.revoked = (1..=state.families).collect());
    }

    /// Returns whether an API accepts an access token.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        let state = self.0.service();
        state.access.get(token).is_some_and(|(family, expiry)| *expiry > state.now && !state.revoked.contains(family))
    }

    /// Returns whether the service rejects a refresh token as revoked or unknown.
    pub(crate) fn is_revoked(&self, refresh_token: &str) -> bool {
        let state = self.0.service();
        state.grants.get(refresh_token).is_none_or(|grant| state.revoked.contains(&grant.family))
    }

    /// Returns the operations and the bodies of the requests.
    pub(crate) fn requests(&self) -> Vec<(String, Value)> {
        self.0.service().requests.clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.service().requests.len()
    }

    /// Waits until the service has received this number of requests.
    pub(crate) fn wait_for(&self, requests: usize) {
        self.0.wait_until(|state| state.requests.len() >= requests);
    }

    /// Executes a request that came over a real connection. Returns `None` if the connection is lost.
    pub(crate) fn serve(&self, target: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
        let request = Request::post("/").header("x-amz-target", target).body(Body::from(body.to_vec()));
        let response = self.0.answer(request.expect("a request")).ok()?;
        Some((response.status().as_u16(), response.body().as_bytes().to_vec()))
    }
}
