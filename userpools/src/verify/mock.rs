//! A user pool that mints tokens, for tests.

use super::error::VerifyError;
use super::token::Use;
use super::verifier::Verifier;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cognito_op::http::{Request, Response, StatusCode};
use cognito_op::transport::{BlockingTransport, BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, blocking};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Map, Value, json};
use std::fmt;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

/// A user pool that mints tokens, for tests.
///
/// Its keys are fixed, so no keys are generated at test time. Everyone can sign tokens with them, so enable the feature
/// `mock` in `[dev-dependencies]` only. A verifier accepts these keys if the program passes it the [`client`](Self::client)
/// or the [`keys`](Self::keys) of a pool, and not otherwise.
///
/// ```
/// use cognito_userpools::verify::MockPool;
///
/// # async fn test() -> Result<(), cognito_userpools::verify::VerifyError> {
/// let pool = MockPool::new("eu-west-1_Ab12Cd34E");
/// let verifier = pool.verifier("1example23456789")?;
/// let token = pool.access_token("1example23456789").username("bob").group("admin").mint();
///
/// assert_eq!(verifier.access_token(&token).await?.username(), Some("bob"));
/// # Ok(())
/// # }
/// ```
///
/// If the program builds the verifier, pass it the [`client`](Self::client) of the pool, which serves the keys:
///
/// ```
/// use cognito_userpools::verify::{MockPool, Verifier};
///
/// # async fn test() -> Result<(), Box<dyn std::error::Error>> {
/// let pool = MockPool::new("eu-west-1_Ab12Cd34E");
/// let verifier = Verifier::builder()
///     .user_pool("eu-west-1_Ab12Cd34E")
///     .client_id("1example23456789")
///     .build(&pool.client())?;
/// let token = pool.id_token("1example23456789").claim("email", "alice@example.com").mint();
/// verifier.id_token(&token).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MockPool {
    id: String,
    issuer: String,
}

impl MockPool {
    /// Creates a user pool with an id such as `eu-west-1_Ab12Cd34E`.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        let region = id.split('_').next().unwrap_or_default();
        let config = cognito_op::Config::builder().region(region).build();
        let host = config.as_ref().ok().and_then(|config| config.endpoint().host()).unwrap_or("invalid");
        Self { issuer: format!("https://{host}/{id}"), id }
    }

    /// Sets the claim `iss` of its tokens. By default, it is the issuer of a pool in Amazon Cognito.
    #[must_use]
    pub fn issuer(self, url: impl Into<String>) -> Self {
        Self { issuer: url.into(), ..self }
    }

    /// Returns an access token of the user `alice`, with the scope `aws.cognito.signin.user.admin`. It expires in an hour.
    pub fn access_token(&self, client_id: impl Into<String>) -> MockToken {
        let claims =
            json!({"token_use": "access", "client_id": client_id.into(), "scope": "aws.cognito.signin.user.admin"});
        self.token(claims, "username", Use::Access)
    }

    /// Returns an identity token of the user `alice`. It expires in an hour.
    pub fn id_token(&self, client_id: impl Into<String>) -> MockToken {
        self.token(json!({"token_use": "id", "aud": client_id.into()}), "cognito:username", Use::Id)
    }

    fn token(&self, claims: Value, username: &'static str, usage: Use) -> MockToken {
        let header = json!({"alg": "RS256", "kid": self.kid(usage)});
        let token = MockToken { header: object(header), claims: object(claims), username, key: usage };
        let now = SystemTime::now();
        token
            .claim("iss", self.issuer.as_str())
            .claim("sub", "5d1c1e8a-0000-4000-8000-000000000001")
            .claim("jti", "5d1c1e8a-0000-4000-8000-000000000002")
            .claim("iat", seconds(now))
            .claim("auth_time", seconds(now))
            .expires_at(now + Duration::from_secs(3600))
            .username("alice")
    }

    fn kid(&self, usage: Use) -> String {
        format!("{}-{}", self.id, usage.name())
    }

    /// Returns the key set as JSON, for [`Verifier::cache_keys`] or a server.
    #[must_use]
    pub fn keys(&self) -> String {
        let json_key = |usage: Use| {
            let public = PublicKeyComponents::<Vec<u8>>::from(key(usage).public());
            json!({
                "alg": "RS256", "kty": "RSA", "use": "sig", "kid": self.kid(usage),
                "n": URL_SAFE_NO_PAD.encode(public.n),
                "e": URL_SAFE_NO_PAD.encode(public.e),
            })
        };
        json!({"keys": [json_key(Use::Id), json_key(Use::Access)]}).to_string()
    }

    /// Returns a verifier for the tokens of one app client. Its keys are cached, so both the asynchronous methods and those
    /// without I/O accept the tokens of the pool.
    ///
    /// # Errors
    ///
    /// Returns an error if the id of the pool or of the app client is not valid.
    pub fn verifier(&self, client_id: impl Into<String>) -> Result<Verifier, VerifyError> {
        let builder = Verifier::builder().user_pool(&self.id).client_id(client_id).issuer(&self.issuer);
        let verifier = builder.build(&self.client())?;
        verifier.cache_keys(&self.id, self.keys())?;
        Ok(verifier)
    }

    /// Returns a client whose transport serves the keys of the pool, and responds with status 404 to all other requests.
    #[must_use]
    #[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "the endpoint is fixed")]
    pub fn client(&self) -> Client {
        Client::builder().endpoint(ENDPOINT).build_with(self.transport()).expect("the endpoint is valid")
    }

    /// Returns a blocking client whose transport serves the keys of the pool, and responds with status 404 to all other
    /// requests.
    #[must_use]
    #[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "the endpoint is fixed")]
    pub fn blocking_client(&self) -> blocking::Client {
        blocking::Client::builder().endpoint(ENDPOINT).build_with(self.transport()).expect("the endpoint is valid")
    }

    fn transport(&self) -> KeyServer {
        KeyServer { url: format!("{}/.well-known/jwks.json", self.issuer.trim_end_matches('/')), keys: self.keys() }
    }
}

/// The endpoint of the clients, whose transport does not connect.
const ENDPOINT: &str = "https://mock-pool.invalid";

impl fmt::Debug for MockPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockPool").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A token of a [`MockPool`], before it is signed.
///
/// ```
/// use cognito_userpools::verify::{MockPool, VerifyReason};
///
/// let pool = MockPool::new("eu-west-1_Ab12Cd34E");
/// let verifier = pool.verifier("1example23456789")?;
/// let token = pool.access_token("1example23456789").scope("files/read files/write");
/// assert!(verifier.access_token_cached(&token.mint())?.has_scope("files/read"));
///
/// let error = verifier.access_token_cached(&token.clone().expired().mint()).unwrap_err();
/// assert_eq!(error.reason(), VerifyReason::Expired);
/// let error = verifier.access_token_cached(&token.forged().mint()).unwrap_err();
/// assert_eq!(error.reason(), VerifyReason::Signature);
/// # Ok::<(), cognito_userpools::verify::VerifyError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct MockToken {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    username: &'static str,
    /// The use of the key that signs.
    key: Use,
}

impl MockToken {
    /// Sets the user name: `alice` by default.
    pub fn username(self, name: impl Into<String>) -> Self {
        let claim = self.username;
        self.claim(claim, name.into())
    }

    /// Adds a group.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        let groups = self.claims.entry("cognito:groups").or_insert_with(|| Value::Array(Vec::new()));
        if let Some(groups) = groups.as_array_mut() {
            groups.push(group.into().into());
        }
        self
    }

    /// Sets the scopes, separated by spaces.
    pub fn scope(self, scopes: impl Into<String>) -> Self {
        self.claim("scope", scopes.into())
    }

    /// Sets a claim. A [`Value::Null`] removes it.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        set(&mut self.claims, name.into(), value.into());
        self
    }

    /// Sets a member of the header. A [`Value::Null`] removes it.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        set(&mut self.header, name.into(), value.into());
        self
    }

    /// Sets the time at which the token expires.
    pub fn expires_at(self, time: SystemTime) -> Self {
        self.claim("exp", seconds(time))
    }

    /// Makes the token an expired one: it expired an hour ago.
    pub fn expired(self) -> Self {
        self.expires_at(SystemTime::now() - Duration::from_secs(3600))
    }

    /// Makes the token a forged one: its signature is that of another key.
    pub fn forged(mut self) -> Self {
        self.key = match self.key {
            Use::Access => Use::Id,
            Use::Id => Use::Access,
        };
        self
    }

    /// Signs the token, and returns it in its compact form.
    #[must_use]
    pub fn mint(&self) -> String {
        let part = |object: &Map<String, Value>| URL_SAFE_NO_PAD.encode(Value::Object(object.clone()).to_string());
        let signed = format!("{}.{}", part(&self.header), part(&self.claims));
        let key = key(self.key);
        let mut signature = vec![0; key.public().modulus_len()];
        // It fails only for a signature of another length.
        let outcome = key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature);
        debug_assert!(outcome.is_ok(), "the signature has the length of the key");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl fmt::Debug for MockToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockToken").finish_non_exhaustive()
    }
}

fn set(object: &mut Map<String, Value>, name: String, value: Value) {
    if value.is_null() {
        object.remove(&name);
    } else {
        object.insert(name, value);
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Returns the fixed key for tokens of a use.
#[expect(clippy::expect_used, reason = "the keys are fixed, and tests use both")]
fn key(usage: Use) -> &'static KeyPair {
    static KEYS: OnceLock<[KeyPair; 2]> = OnceLock::new();
    let [access, id] = KEYS.get_or_init(|| {
        [include_str!("mint_keys/access.txt"), include_str!("mint_keys/id.txt")].map(|text| {
            let der = STANDARD.decode(text.replace('\n', "")).expect("a key in Base64");
            KeyPair::from_pkcs8(&der).expect("an RSA key")
        })
    });
    match usage {
        Use::Access => access,
        Use::Id => id,
    }
}

/// The transport that serves keys.
struct KeyServer {
    url: String,
    keys: String,
}

impl KeyServer {
    fn respond(&self, request: &Request<Body>) -> Response<Body> {
        if request.uri() == self.url.as_str() {
            return Response::new(Body::from(self.keys.clone()));
        }
        let mut response = Response::new(Body::default());
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    }
}

impl Transport for KeyServer {
    fn send(&self, request: Request<Body>, _: Timeouts) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(std::future::ready(Ok(self.respond(&request))))
    }

    fn sleep(&self, _: Duration, _: SleepPurpose) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl BlockingTransport for KeyServer {
    fn send(&self, request: Request<Body>, _: Timeouts) -> Result<Response<Body>, TransportError> {
        Ok(self.respond(&request))
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{VerifierBuilder, VerifyReason};

    const ID: &str = "eu-west-1_Ab12Cd34E";
    const CLIENT: &str = "1example23456789";

    fn builder() -> VerifierBuilder {
        Verifier::builder().user_pool(ID).client_id(CLIENT)
    }

    #[tokio::test]
    async fn the_clients_serve_the_keys() {
        let pool = MockPool::new(ID);
        let token = pool.access_token(CLIENT).mint();
        let verifier = builder().build(&pool.client()).expect("a verifier");
        assert_eq!(verifier.access_token(&token).await.expect("it is valid").user_pool(), ID);
        let verifier = builder().build(&pool.blocking_client()).expect("a verifier");
        assert_eq!(verifier.access_token(&token).expect("it is valid").client_id(), CLIENT);
        let identity = pool.id_token(CLIENT).claim("email", "alice@example.com").mint();
        assert_eq!(verifier.id_token(&identity).expect("it is valid").username(), Some("alice"));

        for issuer in ["http://127.0.0.1:9229/local", "https://issuer-cognito-idp.eu-west-1.amazonaws.com/x/"] {
            let pool = MockPool::new(ID).issuer(issuer);
            let verifier = builder().issuer(issuer).build(&pool.client()).expect("a verifier");
            verifier.access_token(&pool.access_token(CLIENT).mint()).await.expect("it is valid");
            assert_eq!(verifier.access_token(&token).await.expect_err("the issuer").reason(), VerifyReason::Issuer);
        }
    }

    #[tokio::test]
    async fn verifiers_have_the_keys() {
        let pool = MockPool::new(ID);
        let verifier = pool.verifier(CLIENT).expect("a verifier");
        let token = pool.access_token(CLIENT);
        for usage in [token.mint(), token.clone().group("a").group("b").scope("x y").username("bob").mint()] {
            verifier.access_token(&usage).await.expect("it is valid");
            verifier.access_token_cached(&usage).expect("it is valid");
        }
        let reason = |token: MockToken| verifier.access_token_cached(&token.mint()).expect_err("not valid").reason();
        assert_eq!(reason(token.clone().expired()), VerifyReason::Expired);
        assert_eq!(reason(token.clone().forged()), VerifyReason::Signature);
        assert_eq!(reason(token.clone().header("kid", "other")), VerifyReason::UnknownKey);
        assert_eq!(reason(token.claim("exp", Value::Null)), VerifyReason::Claim);
        assert_eq!(reason(pool.id_token(CLIENT)), VerifyReason::TokenUse);
        assert_eq!(reason(pool.access_token("other")), VerifyReason::ClientId);
        assert_eq!(reason(MockPool::new("eu-west-1_Other").access_token(CLIENT)), VerifyReason::Issuer);
    }

    #[test]
    fn debug_shows_neither_keys_nor_tokens() {
        let pool = MockPool::new(ID);
        assert_eq!(format!("{pool:?}"), format!("MockPool {{ id: {ID:?}, .. }}"));
        assert_eq!(format!("{:?}", pool.access_token(CLIENT)), "MockToken { .. }");
        assert_eq!(format!("{:?}", builder()), format!("VerifierBuilder {{ user_pools: [{ID:?}], .. }}"));
        let verifier = builder().build(&pool.client()).expect("a verifier");
        assert_eq!(format!("{verifier:?}"), format!("Verifier {{ user_pools: [{ID:?}], requirements: [], .. }}"));
    }

    #[tokio::test]
    async fn tokens_are_valid_from_one_second_to_another() {
        let pool = MockPool::new(ID);
        let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds);
        let token = pool.access_token(CLIENT).expires_at(at(200)).claim("nbf", seconds(at(100))).mint();
        for (skew, first, last) in [(0, 100, 199), (30, 70, 229)] {
            for (now, expected) in [
                (first - 1, Some(VerifyReason::NotYetValid)),
                (first, None),
                (last, None),
                (last + 1, Some(VerifyReason::Expired)),
            ] {
                let builder = builder().clock_skew(Duration::from_secs(skew)).clock(move || at(now));
                let verifier = builder.build(&pool.client()).expect("a verifier");
                let outcome = verifier.access_token(&token).await;
                assert_eq!(outcome.err().map(|error| error.reason()), expected, "{skew} {now}");
            }
        }
    }

    #[tokio::test]
    async fn values_of_tokens_are_those_of_their_claims() {
        let pool = MockPool::new(ID);
        let verifier = builder().build(&pool.client()).expect("a verifier");
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let token =
            pool.access_token(CLIENT).scope("read  write").claim("device_key", "key").claim("iat", 1_700_000_000);
        let token = token.expires_at(at(33_000_000_000)).mint();
        let token = verifier.access_token(&token).await.expect("it is valid");
        assert_eq!(token.scopes().collect::<Vec<_>>(), ["read", "write"]);
        assert!(token.has_scope("write") && !token.has_scope("writ") && !token.has_scope(""));
        assert_eq!(token.device_key(), Some("key"));
        assert_eq!(token.issued_at(), Some(at(1_700_000_000)));
        assert_eq!(token.expires_at(), at(33_000_000_000));
    }

    #[tokio::test]
    async fn the_error_for_an_unknown_issuer_contains_up_to_three_known_ones() {
        let ids = ["eu-west-1_A", "eu-west-1_B", "eu-west-1_C", "eu-west-1_D"];
        let token = MockPool::new(ID).access_token(CLIENT).mint();
        let url = |id: &&str| format!("https://cognito-idp.eu-west-1.amazonaws.com/{id}");
        for count in 1..=ids.len() {
            let known = ids[..count].iter();
            let builder = known.fold(Verifier::builder(), |builder, id| builder.user_pool(*id).client_id(CLIENT));
            let error =
                builder.build_offline().expect("a verifier").access_token_cached(&token).expect_err("the issuer");
            assert_eq!(error.reason(), VerifyReason::Issuer);
            let expected = match count {
                4 => format!("one of {}, …", ids[..3].iter().map(url).collect::<Vec<_>>().join(", ")),
                _ => ids[..count].iter().map(url).collect::<Vec<_>>().join(" or "),
            };
            assert_eq!(error.expected(), Some(expected.as_str()));
        }
    }
}
