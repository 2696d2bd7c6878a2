//! Tokens and key sets: `cargo fuzz run -s none verify` in `tests/fuzz`.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cognito_userpools::verify::{AccessToken, MockPool, Offline, Verifier, VerifyError, VerifyReason};
use libfuzzer_sys::fuzz_target;
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::Value;
use std::sync::LazyLock;
use std::time::{Duration, UNIX_EPOCH};

const POOL: &str = "eu-west-1_Ab12Cd34E";
const CLIENT: &str = "1example23456789";
const NOW: u64 = 1_800_000_000;

fn offline() -> Verifier<Offline> {
    let builder = Verifier::builder().user_pool(POOL).client_id(CLIENT);
    builder.clock(|| UNIX_EPOCH + Duration::from_secs(NOW)).build_offline().expect("a verifier")
}

static VERIFIER: LazyLock<Verifier<Offline>> = LazyLock::new(|| {
    let verifier = offline();
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    verifier
});

/// A valid token, the same every time.
static TOKEN: LazyLock<String> = LazyLock::new(|| {
    let token = MockPool::new(POOL).access_token(CLIENT).group("admin");
    token.claim("iat", NOW).claim("auth_time", NOW).claim("exp", NOW + 60).mint()
});

/// The key of `MockPool` for access tokens.
static KEY: LazyLock<KeyPair> = LazyLock::new(|| {
    let key = include_str!("../../../userpools/src/verify/mint_keys/access.txt").replace('\n', "");
    KeyPair::from_pkcs8(&STANDARD.decode(key).expect("Base64")).expect("a key")
});

fn sign(text: &str) -> String {
    let mut signature = vec![0; KEY.public().modulus_len()];
    KEY.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).expect("a signature");
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Verifies a token as both kinds.
fn verify(token: &str) -> Result<AccessToken, VerifyError> {
    let id = VERIFIER.id_token_cached(token);
    assert!(token != TOKEN.as_str() || id.is_err(), "an access token is not an identity token");
    let outcome = VERIFIER.access_token_cached(token);
    assert!(outcome.is_err() || id.is_err(), "both kinds: {token}");
    if let Err(error) = &outcome {
        assert!(![VerifyReason::Misconfigured, VerifyReason::KeysNotCached].contains(&error.reason()), "{error}");
        assert!(error.to_string().len() < 200, "{error}");
    }
    outcome
}

/// A token that was not signed with the key is accepted only if it is the valid one.
fn assert_not_accepted(token: &str) {
    assert_eq!(verify(token).is_ok(), token == TOKEN.as_str(), "{token}");
}

/// Asserts the properties of the claims of an accepted token, according to serde_json.
fn check_claims(payload: &[u8], token: &AccessToken) {
    let claims: Value = serde_json::from_slice(payload).expect("JSON");
    let issuers = ["", "issuer-"].map(|prefix| format!("https://{prefix}cognito-idp.eu-west-1.amazonaws.com/{POOL}"));
    assert!(issuers.iter().any(|issuer| claims["iss"] == *issuer), "{claims}");
    assert_eq!((&claims["token_use"], &claims["client_id"]), (&"access".into(), &CLIENT.into()), "{claims}");
    assert!(claims["exp"].as_f64().expect("a time") > NOW as f64, "{claims}");
    assert!(claims.get("nbf").is_none_or(|begins| begins.as_f64().expect("a time") <= NOW as f64), "{claims}");
    assert_eq!(token.username(), claims.get("username").map(|name| name.as_str().expect("a text")));
    assert_eq!(Some(token.sub()), claims["sub"].as_str());
    assert!(!token.sub().is_empty(), "{claims}");
    let groups: Vec<_> = claims.get("cognito:groups").and_then(Value::as_array).into_iter().flatten().collect();
    assert!(token.groups().eq(groups.iter().map(|group| group.as_str().expect("a text"))), "{claims}");
}

fuzz_target!(|input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    let lines = || {
        let mut lines = rest.splitn(2, |byte| *byte == b'\n');
        (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
    };
    match kind {
        // Changes of the valid token: two bytes of position, then the change and a byte.
        b'm' => {
            let mut token = TOKEN.clone().into_bytes();
            for change in rest.chunks_exact(4) {
                let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % (token.len() + 1);
                match change[2] % 4 {
                    0 if at < token.len() => token[at] = change[3],
                    1 => token.insert(at, change[3]),
                    2 if at < token.len() => drop(token.remove(at)),
                    _ => token.truncate(at),
                }
            }
            if let Ok(token) = String::from_utf8(token) {
                assert_not_accepted(&token);
            }
        }
        // A header and a payload with the signature of the valid token.
        b'p' => {
            let (header, payload) = lines();
            let signature = TOKEN.rsplit('.').next().expect("a signature");
            let [header, payload] = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part));
            assert_not_accepted(&format!("{header}.{payload}.{signature}"));
        }
        // A header and a payload that are signed.
        b's' => {
            let (header, payload) = lines();
            let token = sign(&format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload)));
            if let Ok(token) = verify(&token) {
                check_claims(payload, &token);
            }
        }
        // A key set. Only one with the right key makes the valid token acceptable.
        b'k' => {
            let verifier = offline();
            let accepted = verifier.cache_keys(POOL, rest).is_ok() && verifier.access_token_cached(&TOKEN).is_ok();
            let modulus: Value = serde_json::from_str(&MockPool::new(POOL).keys()).expect("JSON");
            let modulus = modulus["keys"][1]["n"].as_str().expect("a modulus");
            assert!(!accepted || String::from_utf8_lossy(rest).contains(&modulus[..40]) || rest.contains(&b'\\'));
        }
        _ => {
            if let Ok(token) = str::from_utf8(rest) {
                assert_not_accepted(token);
            }
        }
    }
});
