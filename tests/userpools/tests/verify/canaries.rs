//! Errors, `Debug` output and events contain no part of a token.

use crate::forge::{ACCESS, encode, sign, token};
use crate::key_server::{KeyServer, Reply};
use crate::{CLIENT, POOL};
use cognito_op_tests::written::Written;
use cognito_userpools::verify::{MockPool, Requirements, Verifier, VerifyError, VerifyReason};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::time::{Duration, UNIX_EPOCH};

const NOW: u64 = 1_800_000_000;

/// Returns the canary for a place in a token: a text that must not be shown.
fn canary(place: &str) -> String {
    format!("canary-{}", place.replace(':', "-"))
}

fn header() -> Value {
    json!({
        "alg": "RS256", "kid": format!("{POOL}-access"), "typ": canary("typ"), "jku": canary("jku"), canary("member"): canary("value"),
    })
}

fn claims(is_access: bool) -> Value {
    let mut claims = json!({
        "iss": format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"), "exp": NOW + 60,
        "nbf": NOW - 60, "iat": NOW - 60, "auth_time": NOW - 60, canary("name"): {canary("inner"): [canary("item")]},
        "cognito:groups": [canary("group"), canary("another-group")],
    });
    for name in ["sub", "jti", "device_key", "scope", "username", "cognito:username", "email", "custom:tenant"] {
        claims[name] = json!(canary(name));
    }
    claims["token_use"] = json!(if is_access { "access" } else { "id" });
    claims[if is_access { "client_id" } else { "aud" }] = json!(CLIENT);
    claims
}

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().expect("an object").remove(name);
    value
}

/// Returns tokens that are rejected, each with the expected reason.
fn refused() -> Vec<(VerifyReason, String)> {
    use VerifyReason as R;
    let valid = claims(true);
    let signed = |header: Value, claims: &Value| token(ACCESS, header.to_string(), claims.to_string());
    let of = |claims: Value| signed(header(), &claims);
    let good = of(valid.clone());
    let (text, signature) = good.rsplit_once('.').expect("a signature");
    let (head, payload) = text.split_once('.').expect("a payload");
    let twice = |json: Value| json.to_string().replacen('{', &format!(r#"{{"{0}":1,"{0}":"{0}","#, canary("twice")), 1);
    let canaries = encode(canary("part"));
    vec![
        (R::TooLarge, of(with(valid.clone(), "x", json!(canary("large").repeat(2000))))),
        (R::Malformed, canary("token")),
        (R::Malformed, format!("{head}.{payload}")),
        (R::Malformed, format!("{good}.x")),
        (R::Encoding, format!("{}.{payload}.{signature}", canary("header"))),
        (R::Json, format!("{canaries}.{payload}.{signature}")),
        (R::Json, format!("{head}.{canaries}.{signature}")),
        (R::Encoding, format!("{head}.{payload}.{signature}{}", canary("signature").repeat(100))),
        (R::Encoding, format!("{head}.{payload}.{signature}=")),
        (R::Json, token(ACCESS, format!("{} {}", header(), canary("after")), valid.to_string())),
        (R::Json, token(ACCESS, header().to_string(), format!("{{\"{}\":\"\\x\"}}", canary("escape")))),
        (R::Json, token(ACCESS, header().to_string(), json!([canary("list")]).to_string())),
        (R::Json, token(ACCESS, header().to_string(), json!(canary("text")).to_string())),
        (R::DuplicateKey, token(ACCESS, twice(header()), valid.to_string())),
        (R::DuplicateKey, token(ACCESS, header().to_string(), twice(valid.clone()))),
        (R::Algorithm, signed(with(header(), "alg", json!(canary("alg"))), &valid)),
        (R::CriticalHeader, signed(with(header(), "crit", json!([canary("crit")])), &valid)),
        (R::MissingKeyId, signed(with(header(), "kid", json!([canary("kid")])), &valid)),
        (R::UnknownKey, signed(with(header(), "kid", json!(canary("kid"))), &valid)),
        (R::Issuer, of(with(valid.clone(), "iss", json!(canary("iss"))))),
        (R::Claim, of(with(valid.clone(), "iss", json!([canary("iss")])))),
        (R::Signature, format!("{text}.{}", encode(canary("signature")))),
        (R::Signature, format!("{text}.{}", encode(canary("signature").repeat(20)))),
        (R::Claim, of(with(valid.clone(), "exp", json!(canary("exp"))))),
        (R::Claim, of(with(valid.clone(), "sub", json!([canary("sub")])))),
        (R::Claim, of(with(valid.clone(), "cognito:groups", json!(canary("group"))))),
        (R::Claim, of(without(valid.clone(), "client_id"))),
        (R::Claim, of(with(valid.clone(), "token_use", json!([canary("token_use")])))),
        (R::Expired, of(with(valid.clone(), "exp", json!(NOW - 987_654_321)))),
        (R::NotYetValid, of(with(valid.clone(), "nbf", json!(NOW + 987_654_321)))),
        (R::TokenUse, of(with(valid.clone(), "token_use", json!(canary("token_use"))))),
        (R::TokenUse, of(claims(false))),
        (R::ClientId, of(with(valid.clone(), "client_id", json!(canary("client_id"))))),
        (R::Group, of(with(valid.clone(), "cognito:groups", json!(["staff", canary("group")])))),
        (R::Scope, of(with(valid.clone(), "cognito:groups", json!(["admin", canary("group")])))),
        (
            R::Check,
            of(with(
                with(valid, "cognito:groups", json!(["admin"])),
                "scope",
                json!(format!("read {}", canary("scope"))),
            )),
        ),
    ]
}

/// Returns the `Display` and `Debug` output of an error and its sources.
fn shown(error: &VerifyError) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n{:?} {:?}\n", error.claim_name(), error.expected());
    let mut source = error.source();
    while let Some(error) = source {
        writeln!(text, "{error} {error:?}").expect("a string");
        source = error.source();
    }
    text
}

/// Asserts that a text contains no canary, no difference between a rejected time and the clock, and no 12 consecutive
/// characters of a part of the token.
fn assert_no_part(token: &str, text: &str) {
    let lower = text.to_lowercase();
    assert!(!lower.contains("canary"), "{text}");
    assert!(!lower.contains("987654321"), "{text}");
    for part in token.split('.').filter(|part| part.len() >= 12) {
        let characters: Vec<char> = part.chars().take(4000).collect();
        for piece in characters.windows(12) {
            let piece: String = piece.iter().collect();
            assert!(!text.contains(&piece), "{piece} in {text}");
        }
    }
}

#[test]
fn no_part_of_a_token_is_shown() {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let mut reasons = BTreeSet::new();
    let mut all = String::new();
    tracing::subscriber::with_default(subscriber, || {
        tracing::info!("the events are written");
        let server = KeyServer::default();
        server.reply(POOL, Reply::Keys(MockPool::new(POOL).keys()));
        let builder = || {
            let requirements = Requirements::new()
                .any_group(["admin"])
                .all_scopes(["read"])
                .check("tenant", |claims| claims["custom:tenant"] == "blue");
            let builder = Verifier::builder().user_pool(POOL).client_id(CLIENT).require(requirements);
            builder.clock(|| UNIX_EPOCH + Duration::from_secs(NOW))
        };
        let verifier = builder().build(&server.client()).expect("a verifier");
        let blocking = builder().build(&server.blocking_client()).expect("a verifier");
        verifier.access_token_cached("").expect_err("not a token");
        // Another test without a subscriber may have reached the event first, which disables it.
        tracing::callsite::rebuild_interest_cache();
        for (reason, token) in refused() {
            for outcome in [
                verifier.access_token(&token).now_or_never().expect("no wait"),
                verifier.access_token_cached(&token),
                blocking.access_token(&token),
            ] {
                let error = outcome.expect_err("a rejected token");
                assert_eq!(error.reason(), reason, "{error}");
                assert_no_part(&token, &shown(&error));
                reasons.insert(format!("{reason:?}"));
                all.push_str(&token);
                all.push('.');
            }
        }

        // Without keys.
        let token = sign(ACCESS, &format!("{}.{}", encode(header().to_string()), encode(claims(true).to_string())));
        let offline = builder().build_offline().expect("a verifier");
        let down = KeyServer::default();
        let unavailable = || {
            let verifier = builder().build(&down.client()).expect("a verifier");
            verifier.access_token(&token).now_or_never().expect("no wait").expect_err("no keys")
        };
        let first = unavailable();
        // Another test without a subscriber may have reached the event first, which disables it.
        tracing::callsite::rebuild_interest_cache();
        for error in [offline.access_token_cached(&token).expect_err("no keys"), first, unavailable()] {
            assert_no_part(&token, &shown(&error));
            reasons.insert(format!("{:?}", error.reason()));
        }
        assert_no_part(&token, &format!("{verifier:?} {verifier:#?} {blocking:?} {offline:?}"));

        // Tokens that are accepted.
        let accepting =
            Verifier::builder().user_pool(POOL).client_id(CLIENT).clock(|| UNIX_EPOCH + Duration::from_secs(NOW));
        let accepting = accepting.build(&server.client()).expect("a verifier");
        let access = accepting.access_token(&token).now_or_never().expect("no wait").expect("a valid token");
        assert_eq!(access.username(), Some(canary("username").as_str()));
        assert_no_part(&token, &format!("{access:?} {access:#?}"));
        let token = crate::forge::token(ACCESS, header().to_string(), claims(false).to_string());
        let id = accepting.id_token(&token).now_or_never().expect("no wait").expect("a valid token");
        assert_no_part(&token, &format!("{id:?} {id:#?}"));
    });
    let written = written.text();
    assert!(written.contains("the events are written"), "{written}");
    // The event of the failed fetch is logged.
    let failed = written.lines().find(|line| line.contains("the keys of a user pool could not be fetched"));
    let failed = failed.expect("an event");
    for part in ["WARN", "cognito_userpools", &format!("amazonaws.com/{POOL}"), "status 403"] {
        assert!(failed.contains(part), "{part}: {failed}");
    }
    assert_no_part(&all, &written);
    // All reasons except `Misconfigured`, and those of a missing or malformed `Authorization` header.
    let known = [
        "Algorithm",
        "Check",
        "Claim",
        "ClientId",
        "CriticalHeader",
        "DuplicateKey",
        "Encoding",
        "Expired",
        "Group",
        "Issuer",
        "Json",
        "KeysNotCached",
        "KeysUnavailable",
        "Malformed",
        "MissingKeyId",
        "NotYetValid",
        "Scope",
        "Signature",
        "TokenUse",
        "TooLarge",
        "UnknownKey",
    ];
    assert_eq!(reasons.iter().map(String::as_str).collect::<Vec<_>>(), known);
    for reason in known {
        let reason = format!("a token was not accepted reason={reason} error=");
        let mut lines = written.lines().filter(|line| line.contains(&reason));
        assert!(lines.next().is_some_and(|line| line.contains("DEBUG cognito_userpools: ")), "{reason}");
    }
}
