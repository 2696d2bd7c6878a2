//! The callbacks of managed login, and the responses of the OAuth 2.0 endpoints: `cargo fuzz run -s none oauth` in
//! `tests/fuzz`.

#![no_main]

use cognito_op_fuzz::json::{Json, strict_object};
use cognito_op_fuzz::tokens::{CLIENT, ID_KEY, NOW, POOL, signed, verifier};
use cognito_op_fuzz::{Responder, SECRET, assert_redacted, bytes_with_secret, quotes_secret, response, with_secret};
use cognito_userpools::blocking::Client;
use cognito_userpools::oauth::{Login, OAuthClient, OAuthError, OAuthReason, PendingLogin, UserInfo};
use cognito_userpools::verify::MockPool;
use cognito_userpools::{Body, http};
use http::{Request, Response};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const NONCE: &str = "the-nonce-of-the-pending-sign-in-0123456789ab";

/// Returns a pending sign-in whose state and code verifier are the secret.
fn pending() -> PendingLogin {
    let pending = json!({
        "version": 1, "state": SECRET, "nonce": NONCE, "code_verifier": SECRET,
        "redirect_uri": "https://shop.example.com/callback", "client_id": CLIENT, "openid": true,
    });
    serde_json::from_value(pending).expect("a pending sign-in")
}

/// Returns a client that receives the same response to every request, and its last request.
fn client(response: Response<Body>) -> (OAuthClient<Client>, Arc<Mutex<Option<Request<Body>>>>) {
    let last = Arc::new(Mutex::new(None));
    let sent = Arc::clone(&last);
    let respond = move |request| {
        *sent.lock().expect("a request") = Some(request);
        response.clone()
    };
    let client = Client::builder().endpoint("https://unused.invalid").build_with(Responder(respond)).expect("a client");
    let verifier = verifier().build(&client).expect("a verifier");
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    let builder = OAuthClient::builder(&client).domain("shop.example.com").app_client(CLIENT, SECRET);
    (builder.verifier(verifier).build().expect("a client"), last)
}

/// Decodes a value of a query byte by byte. Returns `None` if an escape is invalid.
fn decoded(value: &str) -> Option<String> {
    let mut stack: Vec<u8> = value.bytes().rev().collect();
    let mut bytes = Vec::new();
    while let Some(byte) = stack.pop() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [char::from(stack.pop()?), char::from(stack.pop()?)];
                let [high, low] = digits.map(|digit| "0123456789abcdef".find(digit.to_ascii_lowercase()));
                u8::try_from(16 * high? + low?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Returns the code of a callback, or `None` if the callback must be rejected.
fn code_of(callback: &str) -> Option<String> {
    let before_fragment = &callback[..callback.find('#').unwrap_or(callback.len())];
    let start = before_fragment.find(['?', '=', '&']).unwrap_or(before_fragment.len());
    let is_url = before_fragment.starts_with('/') || before_fragment[..start].contains(':');
    let query = match before_fragment.find('?') {
        Some(at) if is_url => &before_fragment[at + 1..],
        None if is_url => "",
        _ => before_fragment,
    };
    let query = query.strip_prefix('?').unwrap_or(query);
    let values = |wanted: &str| -> Option<Vec<String>> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(name, value)| *name == wanted && !value.is_empty()).map(|(_, value)| decoded(value)).collect()
    };
    let [codes, states, errors, descriptions] = ["code", "state", "error", "error_description"].map(values);
    let (code, state) = (codes?, states?);
    let is_accepted = callback.len() <= 16 * 1024
        && state == [SECRET]
        && code.len() == 1
        && errors?.is_empty()
        && descriptions?.len() <= 1;
    is_accepted.then(|| code[0].clone())
}

fn check_callback(callback: &str) {
    let expected = code_of(callback);
    match pending().accept(callback) {
        Ok(code) => {
            assert!(!quotes_secret(&format!("{code:?}")));
            let (client, last) = client(response(400, b""));
            client.exchange(code).expect_err("the status");
            let request = last.lock().expect("a request").take().expect("a request");
            let form = str::from_utf8(request.body().as_bytes()).expect("a text");
            let sent = form.split('&').find_map(|pair| pair.strip_prefix("code=")).expect("a code");
            assert_eq!(decoded(sent), expected, "{callback}");
        }
        Err(error) => {
            assert_eq!(expected, None, "{error}: {callback}");
            assert_redacted(&error);
            assert!(!error.description().is_some_and(quotes_secret), "{callback}");
            use OAuthReason::{Callback, Denied, State};
            assert!([Callback, Denied, State].contains(&error.reason()) && !error.may_have_executed());
            assert!(error.reason() != Denied || callback.contains(SECRET) || callback.contains('%'), "{callback}");
        }
    }
}

/// Returns whether a response must be accepted as tokens without an identity token.
fn is_tokens(body: &str) -> bool {
    let Some(object) = strict_object(body) else { return false };
    let is_text = |name: &str| matches!(object.get(name), None | Some(Json::Text(_)));
    let lifetime = match object.get("expires_in") {
        None => true,
        Some(Json::Number(seconds)) => Duration::try_from_secs_f64(*seconds).is_ok(),
        Some(_) => false,
    };
    let scope = match object.get("scope") {
        Some(Json::List(scopes)) => scopes.iter().all(|scope| matches!(scope, Json::Text(_))),
        Some(Json::Null) => true,
        _ => is_text("scope"),
    };
    lifetime
        && scope
        && ["access_token", "id_token", "refresh_token", "token_type"].into_iter().all(is_text)
        && object.text("token_type").is_some_and(|kind| kind.to_lowercase() == "bearer")
        && object.text("access_token").is_some_and(|token| !token.is_empty())
        && object.text("id_token").is_none_or(str::is_empty)
}

/// Asserts the properties of the error of a response.
fn check_error(error: &OAuthError, status: u16, body: &[u8]) {
    assert_redacted(error);
    assert!(!error.description().is_some_and(quotes_secret));
    if let Some(found) = error.status() {
        assert_eq!(found.as_u16(), status);
    }
    let _ = (error.fault(), error.may_have_executed());
    if error.reason() == OAuthReason::Rejected {
        let object = str::from_utf8(body).ok().and_then(strict_object).expect("an object without duplicates");
        let code = error.code().expect("a code").as_str();
        assert!(status != 200 && [object.text("error"), Some("[redacted]")].contains(&Some(code)), "{error}");
    } else if status != 200 {
        assert_eq!(error.reason(), OAuthReason::Unreadable, "{error}");
        assert!(str::from_utf8(body).ok().and_then(strict_object).is_none_or(|object| object.text("error").is_none()));
    }
}

fn check_login(login: &Login, body: &str) {
    let object = strict_object(body).expect("an object without duplicates");
    let tokens = &login.tokens;
    assert_eq!(Some(tokens.access_token.as_str()), object.text("access_token"));
    assert_eq!(tokens.refresh_token.as_deref(), object.text("refresh_token").filter(|token| !token.is_empty()));
    assert_eq!(tokens.token_type.as_deref(), Some("Bearer"));
    assert_eq!(tokens.expires_in.is_some(), object.get("expires_in").is_some());
    let scopes: Option<Vec<String>> = match object.get("scope") {
        Some(Json::Text(scopes)) => {
            Some(scopes.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect())
        }
        Some(Json::List(scopes)) => {
            let text = |scope: &Json| if let Json::Text(scope) = scope { Some(scope.clone()) } else { None };
            Some(scopes.iter().filter_map(text).collect())
        }
        _ => None,
    };
    assert_eq!(login.scopes, scopes);
    assert!(!quotes_secret(&format!("{login:?}")));
}

fn check_tokens(status: u16, body: &[u8]) {
    let (client, _) = client(response(status, body));
    let text = str::from_utf8(body).unwrap_or("not UTF-8");
    match client.refresh(SECRET) {
        Ok(login) => {
            assert!(status == 200 && is_tokens(text), "{text}");
            check_login(&login, text);
            assert!(login.id_token.is_none());
        }
        Err(error) => {
            assert!(status != 200 || !is_tokens(text), "{error}: {text}");
            check_error(&error, status, body);
        }
    }
    // The exchange of a code fails without a valid identity token.
    let code = pending().accept(&format!("code={SECRET}&state={SECRET}")).expect("a code");
    let error = client.exchange(code).expect_err("there is no valid identity token");
    check_error(&error, status, body);
}

fn check_user_info(status: u16, body: &[u8]) {
    let (client, _) = client(response(status, body));
    let object = str::from_utf8(body).ok().and_then(strict_object);
    let sub = object.as_ref().and_then(|object| object.text("sub")).filter(|sub| !sub.is_empty() && status == 200);
    match client.user_info(SECRET) {
        Ok(info) => {
            assert_eq!((Some(info.sub()), format!("{info:?}").as_str()), (sub, "UserInfo { .. }"));
            check_attributes(&info, &object.expect("an object"));
            assert_eq!(info.claims::<Value>().ok(), serde_json::from_slice(body).ok());
        }
        Err(error) => {
            assert_eq!(sub, None, "{error}");
            check_error(&error, status, body);
        }
    }
}

fn check_attributes(info: &UserInfo, object: &Json) {
    assert_eq!(info.email(), object.text("email"));
    let expected = match object.get("email_verified") {
        Some(Json::Bool(flag)) => Some(*flag),
        Some(Json::Text(text)) if text == "true" => Some(true),
        Some(Json::Text(text)) if text == "false" => Some(false),
        _ => None,
    };
    assert_eq!(info.email_verified(), expected);
}

/// Checks the exchange of a code for an identity token with a signed payload.
fn check_id_token(payload: &str) {
    let id_token = signed(&ID_KEY, format!(r#"{{"alg":"RS256","kid":"{POOL}-id"}}"#), payload);
    let body = json!({"access_token": "a", "token_type": "Bearer", "id_token": id_token}).to_string();
    let (client, _) = client(response(200, body.as_bytes()));
    let code = pending().accept(&format!("code=1&state={SECRET}")).expect("a code");
    match client.exchange(code) {
        Ok(login) => {
            check_login(&login, &body);
            let claims = strict_object(payload).expect("an object without duplicates");
            assert_eq!((claims.text("nonce"), claims.text("aud")), (Some(NONCE), Some(CLIENT)), "{payload}");
            assert!(matches!(claims.get("exp"), Some(Json::Number(seconds)) if *seconds > NOW as f64), "{payload}");
            assert_eq!(claims.text("sub"), login.id_token.as_ref().map(|token| token.sub()));
        }
        Err(error) => {
            assert_redacted(&error);
            assert!([OAuthReason::IdToken, OAuthReason::Nonce].contains(&error.reason()), "{error}");
        }
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    let with_status = || {
        let (status, body) = rest.split_first().unwrap_or((&0, &[]));
        let statuses = [200, 400, 401, 429, 500, 201, 302, 403];
        (statuses[usize::from(*status) % statuses.len()], bytes_with_secret(body))
    };
    match kind {
        b't' => {
            let (status, body) = with_status();
            check_tokens(status, &body);
        }
        b'u' => {
            let (status, body) = with_status();
            check_user_info(status, &body);
        }
        b'i' => check_id_token(&String::from_utf8_lossy(rest)),
        _ => check_callback(&with_secret(&String::from_utf8_lossy(rest))),
    }
});
