//! Tokens with the claims that the service issues, and their verification by this crate and by ring.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_userpools::verify::{Offline, Verifier};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use serde_json::Value;

/// The use of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Access,
    Id,
}

/// A token of each use and the keys of their pool.
#[derive(Clone, Debug, Deserialize)]
pub struct Tokens {
    pub pool: String,
    pub client_id: String,
    pub access: String,
    pub id: String,
    /// The key set.
    pub keys: Value,
}

impl Tokens {
    /// Returns tokens that expire in 2100. They are signed with the keys of `MockPool`.
    #[expect(clippy::new_without_default)]
    pub fn new() -> Self {
        serde_json::from_str(include_str!("../../compare/tokens.json")).expect("tokens")
    }

    pub fn of(&self, usage: Use) -> &str {
        match usage {
            Use::Access => &self.access,
            Use::Id => &self.id,
        }
    }

    /// Returns a verifier that has the keys.
    pub fn verifier(&self) -> Verifier<Offline> {
        let builder = Verifier::builder().user_pool(&self.pool).client_id(&self.client_id);
        let verifier = builder.build_offline().expect("a verifier");
        verifier.cache_keys(&self.pool, self.keys.to_string()).expect("a key set");
        verifier
    }
}

/// The verification of one token.
pub struct Verification {
    usage: Use,
    token: String,
    verifier: Verifier<Offline>,
    /// The length of the signed part.
    signed: usize,
    signature: Vec<u8>,
    key: RsaPublicKeyComponents<Vec<u8>>,
}

impl Verification {
    pub fn new(usage: Use, tokens: &Tokens) -> Self {
        let token = tokens.of(usage).to_owned();
        let (signed, signature) = token.rsplit_once('.').expect("a token");
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let (header, _) = signed.split_once('.').expect("a token");
        let header: Value = serde_json::from_slice(&decode(header)).expect("a header");
        let keys = tokens.keys["keys"].as_array();
        let key = keys.and_then(|keys| keys.iter().find(|key| key["kid"] == header["kid"])).expect("the key");
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

    /// Verifies only the signature, which is already decoded.
    #[inline(never)]
    pub fn ring(&self) -> bool {
        let signed = &self.token.as_bytes()[..self.signed];
        self.key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, &self.signature).is_ok()
    }
}
