//! Tokens with the claims that the service issues, and their verification by this crate and by ring.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_userpools::verify::{MockPool, Offline, Verifier};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::Value;
use std::time::{Duration, SystemTime};

pub const POOL: &str = "eu-west-1_Ab12Cd34E";
pub const CLIENT_ID: &str = "1example23456789abcdefghij";
const SUB: &str = "7d8ca528-4931-4254-9273-ea5ee853f271";

/// The use of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Access,
    Id,
}

/// A token of each use, and the key set of the pool.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub id: String,
    pub keys: String,
}

impl Tokens {
    /// Mints tokens that are valid for a day.
    #[expect(clippy::new_without_default)]
    pub fn new() -> Self {
        let pool = MockPool::new(POOL);
        let expiry = SystemTime::now() + Duration::from_secs(24 * 60 * 60);
        let access = pool
            .access_token(CLIENT_ID)
            .username(SUB)
            .group("staff")
            .scope("openid profile email aws.cognito.signin.user.admin files/read")
            .claim("sub", SUB)
            .claim("version", 2)
            .claim("origin_jti", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
            .claim("event_id", "64f513be-32db-42b0-b78e-b02127b4f463")
            .expires_at(expiry);
        let id = pool
            .id_token(CLIENT_ID)
            .username(SUB)
            .group("staff")
            .claim("sub", SUB)
            .claim("origin_jti", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
            .claim("event_id", "64f513be-32db-42b0-b78e-b02127b4f463")
            .claim("email", "alice@example.com")
            .claim("email_verified", true)
            .claim("phone_number", "+491234567890")
            .claim("phone_number_verified", true)
            .claim("given_name", "Alice")
            .claim("family_name", "Müller")
            .claim("custom:tenant", "blue")
            .expires_at(expiry);
        Self { access: access.mint(), id: id.mint(), keys: pool.keys() }
    }

    pub fn of(&self, usage: Use) -> &str {
        match usage {
            Use::Access => &self.access,
            Use::Id => &self.id,
        }
    }

    /// Returns a verifier that has the keys.
    pub fn verifier(&self) -> Verifier<Offline> {
        let verifier = Verifier::builder().user_pool(POOL).client_id(CLIENT_ID).build_offline().expect("a verifier");
        verifier.cache_keys(POOL, &self.keys).expect("a key set");
        verifier
    }
}

/// The verification of one token.
pub struct Verification {
    usage: Use,
    token: String,
    verifier: Verifier<Offline>,
    /// The length of the part that is signed.
    signed: usize,
    signature: Vec<u8>,
    key: RsaPublicKeyComponents<Vec<u8>>,
}

impl Verification {
    pub fn new(usage: Use, tokens: &Tokens) -> Self {
        let token = tokens.of(usage).to_owned();
        let (signed, signature) = token.rsplit_once('.').expect("a token");
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let parse = |json: &[u8]| serde_json::from_slice::<Value>(json).expect("JSON");
        let (header, _) = signed.split_once('.').expect("a token");
        let kid = &parse(&decode(header))["kid"];
        let set = parse(tokens.keys.as_bytes());
        let key = set["keys"].as_array().and_then(|keys| keys.iter().find(|key| &key["kid"] == kid)).expect("the key");
        let number = |name: &str| decode(key[name].as_str().expect("a number"));
        let key = RsaPublicKeyComponents { n: number("n"), e: number("e") };
        let (signed, signature) = (signed.len(), decode(signature));
        let verification = Self { usage, verifier: tokens.verifier(), signed, signature, key, token };
        assert!(verification.ours() && verification.ring());
        verification
    }

    /// Verifies the token and drops its claims.
    #[inline(never)]
    pub fn ours(&self) -> bool {
        match self.usage {
            Use::Access => self.verifier.access_token_cached(&self.token).is_ok(),
            Use::Id => self.verifier.id_token_cached(&self.token).is_ok(),
        }
    }

    /// Verifies only the signature, which is decoded already.
    #[inline(never)]
    pub fn ring(&self) -> bool {
        let signed = &self.token.as_bytes()[..self.signed];
        self.key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, &self.signature).is_ok()
    }
}
