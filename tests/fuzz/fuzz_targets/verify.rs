//! Tokens and key sets: `cargo fuzz run -s none verify` in `tests/fuzz`.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_op_fuzz::json::{Json, strict_object};
use cognito_op_fuzz::tokens::{ACCESS_KEY, CLIENT, ID_KEY, NOW, POOL, signed, verifier};
use cognito_op_fuzz::{assert_redacted, with_secret};
use cognito_userpools::verify::{
    AccessToken, IdToken, MockPool, Offline, Requirements, Verifier, VerifyError, VerifyReason, bearer_token,
};
use http::Response;
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

fn offline() -> Verifier<Offline> {
    verifier().build_offline().expect("a verifier")
}

static VERIFIER: LazyLock<Verifier<Offline>> = LazyLock::new(|| {
    let verifier = offline();
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    verifier
});

/// A valid token, which is the same in every run.
static TOKEN: LazyLock<String> = LazyLock::new(|| {
    let token = MockPool::new(POOL).access_token(CLIENT).group("admin");
    token.claim("iat", NOW).claim("auth_time", NOW).claim("exp", NOW + 60).mint()
});

/// Verifies a token as an access token and as an identity token.
fn verify(token: &str) -> Result<AccessToken, VerifyError> {
    let id = VERIFIER.id_token_cached(token);
    assert!(token != TOKEN.as_str() || id.is_err(), "an access token is not an identity token");
    let outcome = VERIFIER.access_token_cached(token);
    assert!(outcome.is_err() || id.is_err(), "both kinds: {token}");
    for error in [outcome.as_ref().err(), id.as_ref().err()].into_iter().flatten() {
        assert!(![VerifyReason::Misconfigured, VerifyReason::KeysNotCached].contains(&error.reason()), "{error}");
        assert!(error.to_string().len() < 200, "{error}");
        assert_redacted(error);
    }
    outcome
}

/// Asserts that a token that was not signed with the key is accepted only if it equals the valid token.
fn assert_not_accepted(token: &str) {
    assert_eq!(verify(token).is_ok(), token == TOKEN.as_str(), "{token}");
}

/// Asserts the properties of the claims of an accepted token. Reads them with `strict_object`.
fn check_claims(payload: &str, usage: &str, client_claim: &str) -> Json {
    let claims = strict_object(payload).expect("an object without duplicates");
    let issuers = ["", "issuer-"].map(|prefix| format!("https://{prefix}cognito-idp.eu-west-1.amazonaws.com/{POOL}"));
    assert!(issuers.iter().any(|issuer| claims.text("iss") == Some(issuer)), "{claims:?}");
    assert_eq!((claims.text("token_use"), claims.text(client_claim)), (Some(usage), Some(CLIENT)), "{claims:?}");
    let time = |name: &str| match claims.get(name) {
        Some(Json::Number(seconds)) => Some(*seconds),
        None => None,
        other => panic!("{name} is {other:?}"),
    };
    assert!(time("exp").expect("a time") > NOW as f64, "{claims:?}");
    assert!(time("nbf").is_none_or(|begins| begins <= NOW as f64), "{claims:?}");
    claims
}

/// Returns the strings of a claim, which must be a list of strings or absent.
fn texts<'c>(claims: &'c Json, name: &str) -> Vec<&'c str> {
    let text = |entry: &'c Json| match entry {
        Json::Text(text) => text.as_str(),
        other => panic!("{name} contains {other:?}"),
    };
    match claims.get(name) {
        Some(Json::List(entries)) => entries.iter().map(text).collect(),
        None => Vec::new(),
        other => panic!("{name} is {other:?}"),
    }
}

fn check_access_token(payload: &str, token: &AccessToken) {
    let claims = check_claims(payload, "access", "client_id");
    assert_eq!(token.username(), claims.get("username").map(|_| claims.text("username").expect("a text")));
    assert_eq!(Some(token.sub()), claims.text("sub"));
    assert!(!token.sub().is_empty(), "{claims:?}");
    assert!(token.groups().eq(texts(&claims, "cognito:groups")), "{claims:?}");
    let scopes = claims.text("scope").unwrap_or_default().split(' ').filter(|scope| !scope.is_empty());
    assert!(scopes.clone().all(|scope| token.has_scope(scope)), "{claims:?}");
}

fn check_id_token(payload: &str, token: &IdToken) {
    let claims = check_claims(payload, "id", "aud");
    assert_eq!((Some(token.sub()), Some(token.client_id())), (claims.text("sub"), claims.text("aud")));
    assert_eq!(token.username(), claims.text("cognito:username"));
    let value = token.claims::<Value>().expect("the claims are JSON");
    assert_eq!(value, serde_json::from_str::<Value>(payload).expect("JSON"));
}

/// Returns the ids of the keys in a set that can verify tokens, or `None` if the set must be rejected.
fn usable_keys(json: &[u8]) -> Option<BTreeSet<String>> {
    let set: Value = serde_json::from_slice(json).ok()?;
    let (mut ids, mut count) = (BTreeSet::new(), 0);
    for key in set.get("keys")?.as_array()? {
        let number = |name: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(key.get(name)?.as_str()?).ok()?;
            let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
            Some(bits.skip_while(|bit| *bit == 0).collect::<Vec<_>>())
        };
        let is = |name: &str, value: &str, is_optional: bool| match key.get(name) {
            Some(found) => found == value,
            None => is_optional,
        };
        let (Some(modulus), Some(exponent)) = (number("n"), number("e")) else { continue };
        let Some(kid) = key.get("kid").and_then(Value::as_str).filter(|kid| !kid.is_empty()) else { continue };
        let is_sized = (2048..=8192).contains(&modulus.len()) && (2..=40).contains(&exponent.len());
        if is_sized
            && exponent.last() == Some(&1)
            && is("kty", "RSA", false)
            && is("alg", "RS256", true)
            && is("use", "sig", true)
        {
            ids.insert(kid.to_owned());
            count += 1;
        }
    }
    (json.len() <= 100_000 && count > 0 && ids.len() == count).then_some(ids)
}

/// Reads the parameters of a challenge as in RFC 9110, section 11.2, each a name and a quoted string.
fn parameters(challenge: &str) -> Vec<(String, String)> {
    let mut rest = challenge.strip_prefix("Bearer ").expect("the scheme");
    let mut parameters = Vec::new();
    loop {
        let (name, quoted) = rest.split_once("=\"").expect("a name and a quoted string");
        assert!(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        let (mut value, mut characters) = (String::new(), quoted.char_indices());
        rest = loop {
            match characters.next().expect("the end of the string") {
                (at, '"') => break &quoted[at + 1..],
                (_, '\\') => value.push(characters.next().expect("an escaped character").1),
                (_, c) => value.push(c),
            }
        };
        parameters.push((name.to_owned(), value));
        match rest.strip_prefix(", ") {
            Some(next) => rest = next,
            None => break,
        }
    }
    assert_eq!(rest, "");
    parameters
}

/// Asserts that the response to a rejected request contains only the realm and fixed texts.
fn check_response(error: &VerifyError, realm: &str) {
    let response: Response<()> = error.response(realm);
    assert_eq!(response.status(), error.status());
    assert!(!response.headers().contains_key(RETRY_AFTER), "the keys are cached");
    let challenge = response.headers()[WWW_AUTHENTICATE].to_str().expect("ASCII");
    let parameters = parameters(challenge);
    let realm: String = realm.chars().filter(|c| c.is_ascii() && !c.is_ascii_control()).collect();
    assert_eq!(parameters[0], ("realm".to_owned(), realm));
    let others: Vec<&str> = parameters[1..].iter().map(|(name, _)| name.as_str()).collect();
    let names = ["error", "error_description", "scope"];
    let expected = match error.reason() {
        VerifyReason::MissingToken => 0,
        VerifyReason::Scope => 3,
        _ => 2,
    };
    assert_eq!(others, names[..expected], "{challenge}");
    assert!(parameters[1..].iter().all(|(_, value)| value.len() < 60), "{challenge}");
}

/// Returns the token of a header, read character by character.
fn token_of(header: &[u8]) -> Result<&str, VerifyReason> {
    let text = str::from_utf8(header).map_err(|_| VerifyReason::MalformedHeader)?;
    let scheme = text.chars().take_while(|c| *c != ' ').collect::<String>();
    if scheme.to_ascii_uppercase() != "BEARER" {
        return Err(VerifyReason::MissingToken);
    }
    let token = text[scheme.len()..].trim_start_matches(' ');
    let is_token = token.chars().all(|c| c.is_ascii_alphanumeric() || "-._~+/=".contains(c));
    if is_token && !token.is_empty() { Ok(token) } else { Err(VerifyReason::MalformedHeader) }
}

fuzz_target!(|input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    let lines = || {
        let mut lines = rest.splitn(2, |byte| *byte == b'\n');
        (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
    };
    match kind {
        // Changes of the valid token. Each consists of two bytes for the position, one for the kind of change, and the
        // new byte.
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
        // A header and a payload, signed with the key of access tokens or of identity tokens.
        b's' | b'i' => {
            let (header, payload) = lines();
            let key = if *kind == b's' { &ACCESS_KEY } else { &ID_KEY };
            let payload = str::from_utf8(payload).map(with_secret);
            let token = signed(key, header, payload.as_deref().map_or(&b"\xff"[..], str::as_bytes));
            let access = verify(&token);
            let id = VERIFIER.id_token_cached(&token);
            let Ok(payload) = payload else {
                assert!(access.is_err() && id.is_err(), "not UTF-8");
                return;
            };
            if let Ok(token) = &access {
                check_access_token(&payload, token);
            }
            if let Ok(token) = &id {
                check_id_token(&payload, token);
            }
            let header = str::from_utf8(header).ok().and_then(strict_object);
            let are_strict = header.is_some() && strict_object(&payload).is_some();
            for error in [access.as_ref().err(), id.as_ref().err()].into_iter().flatten() {
                match error.reason() {
                    VerifyReason::DuplicateKey | VerifyReason::Json => assert!(!are_strict, "{error}: {payload}"),
                    // The header is read before the payload.
                    VerifyReason::Algorithm | VerifyReason::CriticalHeader | VerifyReason::MissingKeyId => {}
                    _ => assert!(are_strict, "{error}: {payload}"),
                }
            }
        }
        // A key set. The valid token is accepted only if the set contains its key.
        b'k' => {
            let verifier = offline();
            let cached = verifier.cache_keys(POOL, rest);
            let usable = usable_keys(rest);
            assert_eq!(cached.is_ok(), usable.is_some(), "{cached:?}");
            let verified = verifier.access_token_cached(&TOKEN).map_err(|error| error.reason());
            let modulus: Value = serde_json::from_str(&MockPool::new(POOL).keys()).expect("JSON");
            let modulus = modulus["keys"][1]["n"].as_str().expect("a modulus");
            assert!(
                verified.is_err() || String::from_utf8_lossy(rest).contains(&modulus[..40]) || rest.contains(&b'\\')
            );
            match usable {
                Some(ids) if ids.contains(&format!("{POOL}-access")) => {
                    assert!(matches!(verified, Ok(_) | Err(VerifyReason::Signature)), "{verified:?}");
                }
                Some(_) => assert!(matches!(verified, Err(VerifyReason::UnknownKey)), "{verified:?}"),
                None => assert!(matches!(verified, Err(VerifyReason::KeysNotCached)), "{verified:?}"),
            }
            if let Err(error) = cached {
                assert_redacted(&error);
            }
        }
        // The header of a request, and the realm of the response to it.
        b'b' => {
            let (header, realm) = lines();
            let realm = String::from_utf8_lossy(realm);
            let token = bearer_token([header]);
            assert_eq!(token.as_ref().map(|token| *token).map_err(VerifyError::reason), token_of(header));
            assert_eq!(
                bearer_token([header, header]).err().map(|error| error.reason()),
                Some(VerifyReason::MalformedHeader)
            );
            let verifier = VERIFIER.requiring(Requirements::new().all_scopes(["files/read", "b\" x=\""]));
            let outcome = token.and_then(|token| verifier.access_token_cached(token).map(drop));
            check_response(&outcome.expect_err("no token has the scope"), &realm);
        }
        // The realm of the response to the valid token, which lacks a scope.
        b'w' => {
            let verifier = VERIFIER.requiring(Requirements::new().all_scopes(["files/read", "b\" x=\""]));
            let error = verifier.access_token_cached(&TOKEN).expect_err("it lacks the scope");
            check_response(&error, &String::from_utf8_lossy(rest));
        }
        _ => {
            if let Ok(token) = str::from_utf8(rest) {
                assert_not_accepted(&with_secret(token));
            }
        }
    }
});
