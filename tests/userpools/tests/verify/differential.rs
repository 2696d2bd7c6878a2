//! Tokens that this crate and aws-jwt-verify verify. Every difference is in a table, with its reason.

use crate::forge::{ACCESS, ID, decode, encode, sign, sign_ps256, sign_rs512, token};
use crate::{CLIENT, OTHER_POOL, POOL};
use cognito_op_tests::peers::{Peer, boto3};
use cognito_op_tests_provision::{node, npm, spawn, tool};
use cognito_userpools::verify::{MockPool, Offline, Requirements, Verifier, VerifyError};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time of all tokens that are not of a server, in seconds.
const NOW: u64 = 1_800_000_000;
const HOUR: u64 = 3600;
const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E";
const OTHER_ISSUER: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Xy98Zw76V";
/// A pool whose keys name no algorithm.
const BARE_POOL: &str = "eu-west-1_Bare";

/// What this crate refuses and aws-jwt-verify accepts: the error of this crate, and why it is stricter. All tokens in it
/// have a right signature.
const STRICTER: &[(&str, &str)] = &[
    ("it is longer than 16 kB", "the service issues far shorter tokens, and the work for a forged one is bounded"),
    ("a JSON object in it contains a key twice", "RFC 7519 section 4; readers differ in which value counts"),
    ("its header is not canonical base64url", "RFC 7515 section 2: no padding; one text for each value"),
    ("its payload is not canonical base64url", "RFC 7515 section 2: no padding; one text for each value"),
    (
        "its signature is not canonical base64url, or too long",
        "RFC 7515 section 2; otherwise one token has several texts",
    ),
    (
        "its header is not a JSON object",
        "RFC 7515 section 4: UTF-8, and JSON without lone surrogates; depth is bounded",
    ),
    (
        "its payload is not a JSON object",
        "RFC 7519 section 7.2: UTF-8, and JSON without lone surrogates; depth is bounded",
    ),
    ("its header contains `crit`", "RFC 7515 section 4.1.11: extensions that are not understood are refused"),
    ("its algorithm is not RS256", "the service uses RS256 only, also where the key names no algorithm"),
    ("`exp` is missing", "such a token would never expire"),
    ("`exp` is in the past", "RFC 7519 section 4.1.4: on the second of `exp`, the token must not be accepted"),
    ("`exp` is not a time", "no platform has the time of a year beyond 2^53 seconds"),
    ("`iat` is not a time", "no platform has the time of a year beyond 2^53 seconds"),
    ("`nbf` is not a time", "no platform has the time of a year beyond 2^53 seconds"),
    ("`auth_time` is not a time", "a method returns it, so it has its type"),
    ("`username` is not a string", "a method returns it, and without it the token would pass for one of a machine"),
    ("`cognito:username` is not a string", "a method returns it, so it has its type"),
    ("`device_key` is not a string", "a method returns it, so it has its type"),
    ("`cognito:groups` is not a list of strings", "a method returns it; the service issues a list, also for one group"),
    ("`client_id` is missing", "every access token has it, also where any app client is accepted"),
    ("`client_id` is not a string", "it has its type, also where any app client is accepted or in an identity token"),
    ("`aud` is missing", "every identity token has it, also where any app client is accepted"),
    ("`aud` is not a string", "an identity token is for one app client, also where any is accepted"),
];

/// What aws-jwt-verify refuses and this crate accepts, by the class of the token. Only issuers of the service.
const WIDER: &[(&str, &str)] = &[
    ("issuer of China", "aws-jwt-verify expects amazonaws.com instead of amazonaws.com.cn"),
    ("issuer of the European sovereign cloud", "aws-jwt-verify expects amazonaws.com instead of amazonaws.eu"),
    ("issuer of an isolated partition", "aws-jwt-verify does not know ids of these pools"),
    ("issuer of a replica region", "aws-jwt-verify #282; here, such a region is accepted if it is set"),
];

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Settings {
    /// User pools, with their app clients unless all are accepted.
    pools: Vec<(String, Option<String>)>,
    is_access: bool,
    grace: u64,
    groups: Option<Vec<String>>,
    scope: Option<Vec<String>>,
    replicas: Vec<String>,
}

impl Settings {
    fn new(is_access: bool) -> Self {
        let pools = vec![(POOL.to_owned(), Some(CLIENT.to_owned())), (OTHER_POOL.to_owned(), None)];
        Self { pools, is_access, grace: 0, groups: None, scope: None, replicas: Vec::new() }
    }

    fn of_pool(pool: &str, client: Option<&str>, is_access: bool) -> Self {
        Self { pools: vec![(pool.to_owned(), client.map(str::to_owned))], ..Self::new(is_access) }
    }

    fn json(&self) -> Value {
        let pools: Vec<_> = self.pools.iter().map(|(pool, client)| json!({"pool": pool, "client": client})).collect();
        json!({
            "pools": pools, "tokenUse": if self.is_access { "access" } else { "id" }, "graceSeconds": self.grace,
            "groups": self.groups, "scope": self.scope,
        })
    }

    fn verifier(&self, keys: &BTreeMap<String, String>, now: u64) -> Verifier<Offline> {
        let mut builder = Verifier::builder();
        for (pool, client) in &self.pools {
            builder = builder.user_pool(pool);
            builder = match client {
                Some(client) => builder.client_id(client),
                None => builder.any_client(),
            };
        }
        builder = self.replicas.iter().fold(builder, |builder, region| builder.replica_region(region));
        let mut requirements = Requirements::new();
        requirements = self.groups.iter().fold(requirements, |requirements, groups| requirements.any_group(groups));
        requirements = self.scope.iter().fold(requirements, |requirements, scope| requirements.any_scope(scope));
        let builder = builder.require(requirements).clock_skew(Duration::from_secs(self.grace));
        let verifier =
            builder.clock(move || UNIX_EPOCH + Duration::from_millis(now)).build_offline().expect("a verifier");
        for (pool, _) in &self.pools {
            verifier.cache_keys(pool, &keys[pool]).expect("keys");
        }
        verifier
    }
}

struct Case {
    class: String,
    settings: Settings,
    /// The time in milliseconds.
    now: u64,
    token: String,
    /// Whether this crate accepts it, where the class says so.
    accepted: Option<bool>,
}

/// Cases and the keys of their pools.
struct Cases {
    cases: Vec<Case>,
    keys: BTreeMap<String, String>,
}

impl Cases {
    fn new() -> Self {
        let pools = [
            POOL,
            OTHER_POOL,
            BARE_POOL,
            "cn-north-1_Ab12",
            "eusc-de-east-1_Ab12",
            "us-iso-east-1_Ab12",
            "us-gov-west-1_Ab12",
        ];
        let mut keys: BTreeMap<_, _> =
            pools.into_iter().map(|pool| (pool.to_owned(), MockPool::new(pool).keys())).collect();
        // The other pool has a key with an id of the first one's, and another key.
        keys.entry(BARE_POOL.to_owned()).and_modify(|keys| *keys = keys.replace(r#""alg":"RS256","#, ""));
        Self { cases: Vec::new(), keys }
    }

    fn add(&mut self, class: &str, settings: &Settings, token: impl Into<String>, accepted: impl Into<Option<bool>>) {
        self.at(class, settings, NOW * 1000, token, accepted);
    }

    fn at(
        &mut self,
        class: &str,
        settings: &Settings,
        now: u64,
        token: impl Into<String>,
        accepted: impl Into<Option<bool>>,
    ) {
        let (settings, token) = (settings.clone(), token.into());
        self.cases.push(Case { class: class.to_owned(), settings, now, token, accepted: accepted.into() });
    }
}

fn header() -> Value {
    json!({"alg": "RS256", "kid": format!("{POOL}-access")})
}

/// The claims of a valid token of either use.
fn claims(is_access: bool) -> Value {
    let mut claims = json!({
        "sub": "5d1c1e8a-0000-4000-8000-000000000001", "iss": ISSUER, "iat": NOW - 60, "auth_time": NOW - 60,
        "exp": NOW + HOUR, "jti": "5d1c1e8a-0000-4000-8000-000000000002", "cognito:groups": ["admin", "staff"],
    });
    let more = if is_access {
        json!({"token_use": "access", "client_id": CLIENT, "scope": "openid files/read", "username": "alice"})
    } else {
        json!({"token_use": "id", "aud": CLIENT, "cognito:username": "alice", "email": "alice@example.com"})
    };
    for (name, value) in more.as_object().expect("an object") {
        claims[name] = value.clone();
    }
    claims
}

/// Returns claims with another value of one; `null` removes it.
fn with(mut claims: Value, name: &str, value: Value) -> Value {
    let members = claims.as_object_mut().expect("an object");
    if value.is_null() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), value);
    }
    claims
}

fn mint(claims: &Value) -> String {
    token(ACCESS, header().to_string(), claims.to_string())
}

fn with_header(name: &str, value: Value) -> String {
    token(ACCESS, with(header(), name, value).to_string(), claims(true).to_string())
}

/// A generator of numbers: xorshift with a fixed seed, so that the cases are the same every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("a small number")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn valid_tokens(cases: &mut Cases) {
    for is_access in [true, false] {
        let settings = Settings::new(is_access);
        cases.add("valid", &settings, mint(&claims(is_access)), true);
        cases.add("of the other use", &Settings::new(!is_access), mint(&claims(is_access)), false);
        let pool = MockPool::new(POOL);
        let minted = if is_access { pool.access_token(CLIENT) } else { pool.id_token(CLIENT) };
        let minted =
            minted.expires_at(UNIX_EPOCH + Duration::from_secs(NOW + HOUR)).claim("iat", NOW).claim("auth_time", NOW);
        cases.add("valid", &settings, minted.mint(), true);
        let key = if is_access { ID } else { ACCESS };
        let kid = if is_access { "id" } else { "access" };
        let by_the_other_key = token(
            key,
            json!({"alg": "RS256", "kid": format!("{POOL}-{kid}")}).to_string(),
            claims(is_access).to_string(),
        );
        cases.add("signed by the other key of the pool", &settings, by_the_other_key, true);
        let of_the_other_pool = with(claims(is_access), "iss", json!(OTHER_ISSUER));
        let kid = json!({"alg": "RS256", "kid": format!("{OTHER_POOL}-access")}).to_string();
        cases.add("of the other pool", &settings, token(ACCESS, kid, of_the_other_pool.to_string()), true);
    }
    let settings = Settings::new(true);
    let groups = |groups: &[&str]| groups.iter().map(|group| (*group).to_owned()).collect::<Vec<_>>();
    for (claim, value, accepted) in [
        ("cognito:groups", json!(["admin"]), true),
        ("cognito:groups", json!(["staff", "admin"]), true),
        ("cognito:groups", json!(["Admin", "admin ", ""]), false),
        ("cognito:groups", json!([]), false),
        ("cognito:groups", Value::Null, false),
        ("cognito:groups", json!("admin"), false),
        ("cognito:groups", json!(["admin", 5]), false),
        ("cognito:groups", json!([5, "admin"]), false),
        ("cognito:groups", json!({"admin": "admin"}), false),
    ] {
        let settings = Settings { groups: Some(groups(&["admin", "owner"])), ..settings.clone() };
        cases.add("a required group", &settings, mint(&with(claims(true), claim, value)), accepted);
    }
    for (value, accepted) in [
        (json!("files/read"), true),
        (json!("openid  files/read"), true),
        (json!(" files/read "), true),
        (json!("files/read/all"), false),
        (json!("FILES/READ"), false),
        (json!("openid\tfiles/read"), false),
        (json!(""), false),
        (Value::Null, false),
        (json!(["files/read"]), false),
        (json!(5), false),
    ] {
        let settings = Settings { scope: Some(groups(&["files/read", "files/write"])), ..settings.clone() };
        cases.add("a required scope", &settings, mint(&with(claims(true), "scope", value)), accepted);
    }
}

fn algorithms(cases: &mut Cases) {
    let settings = Settings::new(true);
    let payload = claims(true).to_string();
    let text = |alg: Value| format!("{}.{}", encode(with(header(), "alg", alg).to_string()), encode(&payload));
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        cases.add("alg none", &settings, format!("{}.", text(json!(alg))), false);
        cases.add("alg none", &settings, format!("{}.e30", text(json!(alg))), false);
        cases.add("alg none", &settings, text(json!(alg)), false);
        cases.add("alg none, signed", &settings, sign(ACCESS, &text(json!(alg))), false);
    }
    let set: Value = serde_json::from_str(&cases.keys[POOL]).expect("JSON");
    let key = &set["keys"][1];
    let secrets = [
        key.to_string().into_bytes(),
        key["n"].as_str().expect("a modulus").as_bytes().to_vec(),
        decode(key["n"].as_str().expect("a modulus")),
        cases.keys[POOL].clone().into_bytes(),
        key["kid"].as_str().expect("an id").as_bytes().to_vec(),
        Vec::new(),
    ];
    for secret in secrets {
        let text = text(json!("HS256"));
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).expect("any key");
        mac.update(text.as_bytes());
        let tag = encode(mac.finalize().into_bytes());
        cases.add("HS256 with a public key", &settings, format!("{text}.{tag}"), false);
    }
    for alg in ["RS512", "RS384", "PS256", "ES256", "EdDSA", "HS256", "rs256", "RS256 ", "RS-256", "RSA"] {
        cases.add("another algorithm, signed with RS256", &settings, sign(ACCESS, &text(json!(alg))), false);
    }
    cases.add("RS512", &settings, sign_rs512(ACCESS, &text(json!("RS512"))), false);
    cases.add("RS512 as RS256", &settings, sign_rs512(ACCESS, &text(json!("RS256"))), false);
    cases.add("PS256", &settings, sign_ps256(ACCESS, &text(json!("PS256"))), false);
    cases.add("PS256 as RS256", &settings, sign_ps256(ACCESS, &text(json!("RS256"))), false);
    for alg in [Value::Null, json!(["RS256"]), json!(256), json!({"RS256": 1}), json!(true)] {
        cases.add("alg of another type", &settings, sign(ACCESS, &text(alg)), false);
    }
    cases.add(
        "alg null",
        &settings,
        token(ACCESS, format!(r#"{{"alg":null,"kid":"{POOL}-access"}}"#), &payload),
        false,
    );

    let bare = Settings::of_pool(BARE_POOL, Some(CLIENT), true);
    let payload = with(claims(true), "iss", json!(ISSUER.replace(POOL, BARE_POOL))).to_string();
    let text = |alg: &str| {
        format!(
            "{}.{}",
            encode(json!({"alg": alg, "kid": format!("{BARE_POOL}-access")}).to_string()),
            encode(&payload)
        )
    };
    cases.add("a key without alg", &bare, sign(ACCESS, &text("RS256")), true);
    cases.add("RS512, a key without alg", &bare, sign_rs512(ACCESS, &text("RS512")), false);
    cases.add("PS256, a key without alg", &bare, sign_ps256(ACCESS, &text("PS256")), false);
    cases.add("none, a key without alg", &bare, sign(ACCESS, &text("none")), false);
}

fn headers(cases: &mut Cases) {
    let settings = Settings::new(true);
    for kid in [
        json!(format!("{OTHER_POOL}-access")),
        json!(""),
        json!("unknown"),
        json!(format!("{POOL}-access ")),
        json!(format!("{POOL}-ACCESS")),
        json!(format!("{POOL}-access\u{0}")),
        json!("../../etc/passwd"),
        json!("__proto__"),
        json!(0),
        json!(5),
        json!(true),
        json!([format!("{POOL}-access")]),
        json!({}),
        Value::Null,
    ] {
        cases.add("another kid", &settings, with_header("kid", kid), false);
    }
    cases.add("the kid of the other key", &settings, with_header("kid", json!(format!("{POOL}-id"))), false);
    let null = format!(r#"{{"alg":"RS256","kid":null}}"#);
    cases.add("another kid", &settings, token(ACCESS, null, claims(true).to_string()), false);
    for (name, value) in [
        ("jku", json!("https://attacker.example/jwks.json")),
        ("x5u", json!("https://attacker.example/key.pem")),
        ("jwk", json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": format!("{POOL}-access")})),
        ("x5c", json!(["MIIB"])),
        ("b64", json!(false)),
        ("typ", json!("JWT")),
        ("typ", json!("jwt")),
        ("typ", json!("at+jwt")),
        ("typ", json!("JOSE")),
        ("typ", json!(5)),
        ("cty", json!("JWT")),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("custom", json!({"a": [1, 2, {"b": null}]})),
    ] {
        cases.add("another member of the header", &settings, with_header(name, value), true);
    }
    for value in [json!([]), json!(["b64"]), json!(["exp"]), json!("b64"), json!({}), json!(5)] {
        cases.add("crit", &settings, with_header("crit", value), false);
    }
    let payload = encode(claims(true).to_string());
    let b64 = with(with(header(), "b64", json!(false)), "crit", json!(["b64"])).to_string();
    cases.add("crit", &settings, sign(ACCESS, &format!("{}.{payload}", encode(b64))), false);
    let own_key = format!("{POOL}-own");
    let own = json!({"alg": "RS256", "kid": own_key, "jwk": {"kty": "RSA", "kid": own_key, "n": "AQAB", "e": "AQAB"}});
    cases.add("a key of its own", &settings, token(ACCESS, own.to_string(), claims(true).to_string()), false);
}

fn claim_values(cases: &mut Cases) {
    let odd = [
        Value::Null,
        json!(""),
        json!("x"),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(true),
        json!([]),
        json!([CLIENT]),
        json!([CLIENT, CLIENT]),
        json!(["other", CLIENT]),
        json!([CLIENT, 5]),
        json!([[CLIENT]]),
        json!({}),
        json!({CLIENT: CLIENT}),
        json!("other"),
        json!(format!("{CLIENT} ")),
        json!(format!(" {CLIENT}")),
        json!(CLIENT.to_uppercase()),
        json!(format!("{CLIENT}\u{0}")),
        json!("access"),
        json!("id"),
        json!("Access"),
        json!("access "),
        json!("access id"),
    ];
    let names = [
        "client_id",
        "aud",
        "token_use",
        "sub",
        "iss",
        "scope",
        "jti",
        "username",
        "cognito:username",
        "cognito:groups",
        "device_key",
        "iat",
        "auth_time",
        "nbf",
        "exp",
        "other",
    ];
    for is_access in [true, false] {
        let settings = Settings::new(is_access);
        let any = Settings::of_pool(POOL, None, is_access);
        for name in names {
            for value in &odd {
                let token = mint(&with(claims(is_access), name, value.clone()));
                cases.add("the value of a claim", &settings, token.clone(), None);
                cases.add("the value of a claim, any app client", &any, token, None);
            }
            let null = claims(is_access).to_string().replacen('{', &format!(r#"{{"{name}":null,"#), 1);
            if claims(is_access).get(name).is_none() {
                cases.add("null", &settings, token(ACCESS, header().to_string(), null), None);
            }
        }
        let wrong_case = with(with(claims(is_access), "client_id", Value::Null), "Client_Id", json!(CLIENT));
        cases.add("client_id in another case", &Settings::new(true), mint(&wrong_case), false);
        // Each claim for the other use.
        let swapped = with(with(claims(is_access), "aud", json!(CLIENT)), "client_id", json!(CLIENT));
        cases.add("both client claims", &settings, mint(&swapped), true);
        cases.add("both client claims", &Settings::new(!is_access), mint(&swapped), false);
        let only_the_other = with(swapped, settings_claim(is_access), Value::Null);
        cases.add("the client claim of the other use", &settings, mint(&only_the_other), false);
    }
    for issuer in [
        format!("{ISSUER}/"),
        ISSUER.replace("eu-west-1.", "eu-west-2."),
        ISSUER.replace("https", "http"),
        ISSUER.replace("https", "HTTPS"),
        ISSUER.to_uppercase(),
        ISSUER.replace("cognito", "Cognito"),
        ISSUER.replace(POOL, &POOL.to_lowercase()),
        ISSUER.replace(POOL, "eu-west-1_Ab12Cd34F"),
        ISSUER.replace("://", "://user@"),
        ISSUER.replace("://", "://user:password@"),
        ISSUER.replace(".com/", ".com:443/"),
        ISSUER.replace(".com/", ".com.attacker.example/"),
        ISSUER.replace(".com/", ".com@attacker.example/"),
        ISSUER.replace(".com/", ".com//"),
        ISSUER.replace("/eu-west", "/./eu-west"),
        ISSUER.replace("_", "%5F"),
        format!("{ISSUER}?x"),
        format!("{ISSUER}#x"),
        format!("{ISSUER}/.well-known/jwks.json"),
        format!(" {ISSUER}"),
        format!("{ISSUER}\n"),
        format!("{ISSUER}\u{0}"),
        ISSUER.replace("cognito-idp", "cognito-idp-fips"),
        ISSUER.replace("https://", "//"),
        ISSUER.replace("https://", ""),
        POOL.to_owned(),
        OTHER_ISSUER.to_owned(),
        "__proto__".to_owned(),
    ] {
        cases.add("another issuer", &Settings::new(true), mint(&with(claims(true), "iss", json!(issuer))), false);
    }
    let updated = ISSUER.replace("cognito-idp", "issuer-cognito-idp");
    cases.add("updated issuer", &Settings::new(true), mint(&with(claims(true), "iss", json!(updated))), true);
}

fn settings_claim(is_access: bool) -> &'static str {
    if is_access { "client_id" } else { "aud" }
}

fn issuers(cases: &mut Cases) {
    let of = |pool: &str, issuer: String| {
        let claims = with(claims(true), "iss", json!(issuer));
        token(ACCESS, json!({"alg": "RS256", "kid": format!("{pool}-access")}).to_string(), claims.to_string())
    };
    for (class, pool, suffix) in [
        ("issuer of GovCloud", "us-gov-west-1_Ab12", "amazonaws.com"),
        ("issuer of China", "cn-north-1_Ab12", "amazonaws.com.cn"),
        ("issuer of the European sovereign cloud", "eusc-de-east-1_Ab12", "amazonaws.eu"),
        ("issuer of an isolated partition", "us-iso-east-1_Ab12", "c2s.ic.gov"),
    ] {
        let settings = Settings::of_pool(pool, Some(CLIENT), true);
        let region = pool.split('_').next().expect("a region");
        for prefix in ["", "issuer-"] {
            let issuer = format!("https://{prefix}cognito-idp.{region}.{suffix}/{pool}");
            cases.add(class, &settings, of(pool, issuer), true);
        }
        let other = if suffix == "amazonaws.com" { "amazonaws.com.cn" } else { "amazonaws.eu.example" };
        let issuer = format!("https://cognito-idp.{region}.{other}/{pool}");
        cases.add("issuer with the suffix of another partition", &settings, of(pool, issuer), false);
    }
    let replicated = Settings { replicas: vec!["us-west-2".to_owned()], ..Settings::of_pool(POOL, Some(CLIENT), true) };
    for prefix in ["", "issuer-"] {
        let issuer = |region: &str| format!("https://{prefix}cognito-idp.{region}.amazonaws.com/{POOL}");
        cases.add("issuer of a replica region", &replicated, of(POOL, issuer("us-west-2")), true);
        cases.add("issuer of the region itself", &replicated, of(POOL, issuer("eu-west-1")), true);
        cases.add("issuer of a region without a replica", &replicated, of(POOL, issuer("us-east-1")), false);
        cases.add("issuer of a region without a replica", &Settings::new(true), of(POOL, issuer("us-west-2")), false);
    }
}

fn times(cases: &mut Cases) {
    for grace in [0, 5] {
        let settings = Settings { grace, ..Settings::new(true) };
        for offset in [-2, -1, 0, 1, 2_i64] {
            let around =
                |edge: i64| (NOW.cast_signed() + edge + offset, NOW.cast_signed() * 1000 + (edge + offset) * 1000);
            let grace = grace.cast_signed();
            let (seconds, _) = around(-grace);
            cases.add(
                "exp about now",
                &settings,
                mint(&with(claims(true), "exp", json!(seconds))),
                seconds + grace > NOW.cast_signed(),
            );
            let (seconds, _) = around(grace);
            cases.add(
                "nbf about now",
                &settings,
                mint(&with(claims(true), "nbf", json!(seconds))),
                seconds - grace <= NOW.cast_signed(),
            );
        }
        // A millisecond and half a second either side, of the clock and of the claim.
        for milliseconds in [-500, -1, 0, 1, 500_i64] {
            let now = (NOW * 1000).saturating_add_signed(milliseconds);
            let edge = NOW - grace;
            cases.at(
                "exp and milliseconds",
                &settings,
                now,
                mint(&with(claims(true), "exp", json!(edge))),
                milliseconds < 0,
            );
            let edge = NOW + grace;
            cases.at(
                "nbf and milliseconds",
                &settings,
                now,
                mint(&with(claims(true), "nbf", json!(edge))),
                milliseconds >= 0,
            );
        }
        for fraction in [0.25, 0.5, 0.75] {
            let edge = json!((NOW - grace) as f64 + fraction);
            cases.at(
                "exp with a fraction",
                &settings,
                NOW * 1000 + 500,
                mint(&with(claims(true), "exp", edge)),
                fraction > 0.5,
            );
            let edge = json!((NOW + grace) as f64 + fraction);
            cases.at(
                "nbf with a fraction",
                &settings,
                NOW * 1000 + 500,
                mint(&with(claims(true), "nbf", edge)),
                fraction <= 0.5,
            );
        }
    }
    for name in ["exp", "nbf", "iat", "auth_time"] {
        for value in [
            "null",
            "\"1900000000\"",
            "1900000000.0",
            "1.9e9",
            "19e8",
            "1900000000.999",
            "-1",
            "-0",
            "0",
            "0.0",
            "-1e300",
            "1e300",
            "1e308",
            "1e309",
            "1e400",
            "-1e400",
            "1e-400",
            "9007199254740991",
            "9007199254740992",
            "9007199254740993",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775809",
            "1800000000000",
            "true",
            "[1900000000]",
            "{}",
            "01900000000",
            "+1900000000",
            "0x714b8fc0",
            "1900000000.",
            ".5",
            "1_900_000_000",
            "NaN",
            "Infinity",
            "1e",
        ] {
            let claims =
                with(claims(true), name, Value::Null).to_string().replacen('{', &format!(r#"{{"{name}":{value},"#), 1);
            cases.add("a number", &Settings::new(true), token(ACCESS, header().to_string(), claims), None);
        }
    }
    cases.add("exp missing", &Settings::new(true), mint(&with(claims(true), "exp", Value::Null)), false);
}

fn signatures(cases: &mut Cases) {
    let settings = Settings::new(true);
    let valid = mint(&claims(true));
    let (text, signature) = valid.rsplit_once('.').expect("a signature");
    let bytes = decode(signature);
    let other = mint(&with(claims(true), "username", json!("bob")));
    let other = other.rsplit_once('.').expect("a signature").1;
    for (class, signature) in [
        ("no signature", String::new()),
        ("signature of another token", other.to_owned()),
        ("truncated signature", encode(&bytes[..255])),
        ("truncated signature", encode(&bytes[1..])),
        ("truncated signature", signature[..340].to_owned()),
        ("truncated signature", signature[..341].to_owned()),
        ("truncated signature", encode(&bytes[..1])),
        ("longer signature", encode([bytes.as_slice(), &[0]].concat())),
        ("longer signature", encode([&[0], bytes.as_slice()].concat())),
        ("longer signature", encode([&[0; 256], bytes.as_slice()].concat())),
        ("longer signature", encode([bytes.as_slice(); 2].concat())),
        ("longer signature", encode(vec![1; 1024])),
        ("longer signature", encode(vec![1; 1025])),
        ("zeros", encode([0; 256])),
        ("ones", encode([255; 256])),
        ("one", encode([&[0; 255][..], &[1]].concat())),
        ("a byte", "AQ".to_owned()),
    ] {
        cases.add(class, &settings, format!("{text}.{signature}"), false);
    }
    for bit in 0..40 {
        let mut bytes = bytes.clone();
        bytes[bit * 13 % 256] ^= 1 << (bit % 8);
        cases.add("a bit of the signature", &settings, format!("{text}.{}", encode(bytes)), false);
    }
    for padding in ["=", "==", "===", "A", "A=", "\n", " ", "%3D", "+", "."] {
        cases.add("after the signature", &settings, format!("{valid}{padding}"), false);
        cases.add("before the header", &settings, format!("{padding}{valid}"), false);
    }
    // The last character has four unused bits.
    let last = signature.chars().last().expect("a character");
    for other in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).filter(|other| *other != last) {
        cases.add("another last character", &settings, format!("{}{other}", &valid[..valid.len() - 1]), false);
    }
    cases.add(
        "the standard alphabet",
        &settings,
        valid.replace('-', "+").replace('_', "/"),
        valid.find(['-', '_']).is_none(),
    );
    let (header, payload) = text.split_once('.').expect("a payload");
    for (index, forged) in [
        format!("{text}"),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{valid}.{signature}"),
        format!("{valid}.{signature}.{signature}"),
        format!("{valid}."),
        format!(".{valid}"),
        format!("{payload}.{header}.{signature}"),
        format!("{header}.{header}.{signature}"),
        format!("{header}.{payload}.{payload}"),
        format!("Bearer {valid}"),
        format!("{header}. {payload}.{signature}"),
        format!("{header}\n.{payload}.{signature}"),
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "\u{0}".to_owned(),
        "é.é.é".to_owned(),
        json!({"payload": payload, "protected": header, "signature": signature}).to_string(),
    ]
    .into_iter()
    .enumerate()
    {
        cases.add(&format!("parts {index}"), &settings, forged, false);
    }
    // Payloads that were changed after the signature.
    for (name, value) in [
        ("username", json!("bob")),
        ("exp", json!(NOW + 2 * HOUR)),
        ("client_id", json!("other")),
        ("iss", json!(OTHER_ISSUER)),
        ("cognito:groups", json!(["admin", "staff", "owner"])),
    ] {
        let payload = encode(with(claims(true), name, value).to_string());
        cases.add("a payload that was changed", &settings, format!("{header}.{payload}.{signature}"), false);
    }
    for index in 0..60 {
        let mut bytes = decode(payload);
        let at = index * 7 % bytes.len();
        bytes[at] ^= 1;
        cases.add("a byte of the payload", &settings, format!("{header}.{}.{signature}", encode(bytes)), false);
    }
}

fn encodings(cases: &mut Cases) {
    let settings = Settings::new(true);
    let (header, payload) = (header().to_string(), claims(true).to_string());
    // Non-canonical base64url, with a right signature of the text as it is.
    for (first, second) in
        [("=", ""), ("==", ""), ("", "="), ("", "=="), ("===", ""), ("A", ""), ("", "A"), ("\n", ""), (" ", "")]
    {
        let text = format!("{}{first}.{}{second}", encode(&header), encode(&payload));
        cases.add("base64url of the parts", &settings, sign(ACCESS, &text), None);
    }
    for spaces in 0..3 {
        // Each length leaves another number of unused bits.
        let (header, payload) = (format!("{header}{}", " ".repeat(spaces)), format!("{payload}{}", " ".repeat(spaces)));
        cases.add("spaces at the end", &settings, token(ACCESS, &header, &payload), true);
        for (is_header, text) in [(true, encode(&header)), (false, encode(&payload))] {
            let last = text.as_bytes()[text.len() - 1];
            let next = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let next =
                next.as_bytes()[(next.bytes().position(|byte| byte == last).expect("base64url") + 1) % 64] as char;
            let changed = format!("{}{next}", &text[..text.len() - 1]);
            let text = if is_header {
                format!("{changed}.{}", encode(&payload))
            } else {
                format!("{}.{changed}", encode(&header))
            };
            cases.add("unused bits", &settings, sign(ACCESS, &text), None);
        }
    }
    let standard = sign(
        ACCESS,
        &format!("{}.{}", encode(&header), encode(format!(r#"{payload} "#)).replace('-', "+").replace('_', "/")),
    );
    cases.add("the standard alphabet in the payload", &settings, standard, None);

    let objects = |text: &str| -> Vec<(&'static str, Vec<u8>)> {
        let inner = &text[1..];
        let bytes = |text: String| text.into_bytes();
        vec![
            ("white space", bytes(format!(" \t\r\n{text} \n"))),
            ("white space", bytes(text.replace(',', " ,\n\t"))),
            ("other white space", bytes(format!("\u{a0}{text}"))),
            ("other white space", bytes(format!("\u{b}{text}"))),
            ("a byte order mark", bytes(format!("\u{feff}{text}"))),
            ("bytes after the JSON", bytes(format!("{text}x"))),
            ("bytes after the JSON", bytes(format!("{text}{text}"))),
            ("bytes after the JSON", bytes(format!("{text}\u{0}"))),
            ("bytes after the JSON", bytes(format!("{text}}}"))),
            ("bytes before the JSON", bytes(format!("x{text}"))),
            ("not an object", bytes(format!("[{text}]"))),
            ("not an object", bytes(json!(text).to_string())),
            ("not an object", bytes("null".to_owned())),
            ("not an object", bytes("5".to_owned())),
            ("not an object", Vec::new()),
            ("a comma too many", bytes(text.replace('}', ",}"))),
            ("comments", bytes(format!("/* */{text}"))),
            ("single quotes", bytes(text.replace('"', "'"))),
            ("other keys", bytes(format!(r#"{{"x":{{"y":[{{"z":1}},{{"z":1}}]}},{inner}"#))),
            ("a key twice", bytes(format!(r#"{{"x":1,"x":1,{inner}"#))),
            ("a key twice", bytes(format!(r#"{{"x":1,"\u0078":2,{inner}"#))),
            ("a key twice", bytes(format!(r#"{{"x":{{"y":1,"y":1}},{inner}"#))),
            ("a key twice", bytes(format!(r#"{{"x":[[{{"y":1,"a":2,"\u0079":1}}]],{inner}"#))),
            ("a key twice", bytes(format!(r#"{{"":1,"":1,{inner}"#))),
            ("a key twice", bytes(format!(r#"{{"é":1,"\u00e9":1,{inner}"#))),
            ("keys that differ", bytes(format!(r#"{{"é":1,"e\u0301":1,"E":1,"e":1,{inner}"#))),
            ("an escaped value", bytes(text.replace("RS256", "RS\\u00325\\u0036").replace("access", "acc\\u0065ss"))),
            ("an escaped key", bytes(text.replace("\"alg\"", "\"\\u0061lg\"").replace("\"iss\"", "\"\\u0069ss\""))),
            ("a special key", bytes(format!(r#"{{"__proto__":{{"exp":1}},"constructor":{{"a":1}},{inner}"#))),
            ("a special key", bytes(format!(r#"{{"$serde_json::private::Number":"5",{inner}"#))),
            ("a special key", bytes(format!(r#"{{"x":{{"$serde_json::private::Number":"5"}},{inner}"#))),
            ("a lone surrogate", bytes(format!(r#"{{"x":"\ud800",{inner}"#))),
            ("a lone surrogate", bytes(format!(r#"{{"\udc00":1,{inner}"#))),
            ("a pair of surrogates", bytes(format!(r#"{{"x":"\ud83d\ude00",{inner}"#))),
            ("a control character", bytes(format!("{{\"x\":\"\u{1}\",{inner}"))),
            ("a control character", bytes(format!("{{\"x\":\"\n\",{inner}"))),
            ("an unknown escape", bytes(format!(r#"{{"x":"\x41",{inner}"#))),
            ("a number", bytes(format!(r#"{{"x":1e400,{inner}"#))),
            ("a number", bytes(format!(r#"{{"x":{},{inner}"#, "9".repeat(400)))),
            ("a number", bytes(format!(r#"{{"x":0.{},{inner}"#, "1".repeat(5000)))),
            ("a number", bytes(format!(r#"{{"x":-0.0e-5,{inner}"#))),
            ("a number", bytes(format!(r#"{{"x":01,{inner}"#))),
            ("a number", bytes(format!(r#"{{"x":1.,{inner}"#))),
            ("a number", bytes(format!(r#"{{"x":NaN,{inner}"#))),
            ("deep", bytes(format!(r#"{{"x":{}{},{inner}"#, "[".repeat(100), "]".repeat(100)))),
            ("deeper", bytes(format!(r#"{{"x":{}{},{inner}"#, "[".repeat(200), "]".repeat(200)))),
            ("deeper", bytes(format!(r#"{{"x":{}1{},{inner}"#, r#"{"a":"#.repeat(200), "}".repeat(200)))),
            ("too deep", bytes(format!(r#"{{"x":{}{},{inner}"#, "[".repeat(5000), "]".repeat(5000)))),
            (
                "many keys",
                bytes({
                    let mut many = String::from("{");
                    for key in 0..400 {
                        write!(many, r#""k{key}":{key},"#).expect("a string");
                    }
                    many + inner
                }),
            ),
            ("not UTF-8", [&br#"{"x":""#[..], &[0xff], br#"","#, inner.as_bytes()].concat()),
            ("not UTF-8", [&br#"{"x":""#[..], &[0xc3, 0x28], br#"","#, inner.as_bytes()].concat()),
            ("not UTF-8", [&br#"{"x":""#[..], &[0xed, 0xa0, 0x80], br#"","#, inner.as_bytes()].concat()),
            ("not UTF-8", [&br#"{"x":""#[..], &[0xc0, 0x80], br#"","#, inner.as_bytes()].concat()),
            ("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("large", bytes(format!(r#"{{"x":"{}",{inner}"#, "x".repeat(20_000)))),
        ]
    };
    for (class, bytes) in objects(&header) {
        cases.add(&format!("header: {class}"), &settings, token(ACCESS, bytes, &payload), None);
    }
    for (class, bytes) in objects(&payload) {
        cases.add(&format!("payload: {class}"), &settings, token(ACCESS, &header, bytes), None);
    }
    // A claim twice: readers that take the first or the last value differ.
    for (name, value) in
        [("exp", json!(1)), ("client_id", json!("other")), ("token_use", json!("id")), ("iss", json!("x"))]
    {
        for twice in [
            payload.replacen('{', &format!(r#"{{"{name}":{value},"#), 1),
            payload.replacen('}', &format!(r#","{name}":{value}}}"#), 1),
        ] {
            cases.add("a claim twice", &settings, token(ACCESS, &header, twice), false);
        }
    }
    for twice in [
        header.replacen('{', r#"{"alg":"none","#, 1),
        header.replacen('}', r#","alg":"none"}"#, 1),
        header.replacen('{', r#"{"kid":"other","#, 1),
    ] {
        cases.add("a member of the header twice", &settings, token(ACCESS, twice, &payload), false);
    }
    let megabyte = format!(r#"{{"x":"{}",{}"#, "x".repeat(1_000_000), &header[1..]);
    cases.add("a header of 1 MB", &settings, token(ACCESS, &megabyte, &payload), false);
    cases.add("a header of 1 MB, not signed", &settings, format!("{}.e30.e30", encode(&megabyte)), false);
    cases.add("1 MB", &settings, "A".repeat(1_000_000), false);
    cases.add("1 MB", &settings, ".".repeat(1_000_000), false);
}

/// Tokens with a right signature and claims and headers by chance.
fn signed_by_chance(cases: &mut Cases, numbers: &mut Numbers) {
    let names = [
        "iss",
        "sub",
        "token_use",
        "exp",
        "nbf",
        "iat",
        "aud",
        "client_id",
        "scope",
        "username",
        "cognito:username",
        "cognito:groups",
        "jti",
        "device_key",
        "auth_time",
        "version",
        "custom:x",
        "__proto__",
        "constructor",
        "",
        "\\u0065xp",
    ];
    let values = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1800000000",
        "1799999999",
        "1800000001",
        "1800000000.5",
        "1e300",
        "-1e300",
        "1e400",
        "9007199254740993",
        "18446744073709551616",
        r#""""#,
        r#""access""#,
        r#""id""#,
        r#""1example23456789""#,
        r#""\u0031example23456789""#,
        r#""1EXAMPLE23456789""#,
        r#"["1example23456789"]"#,
        r#"["1example23456789",5]"#,
        "[]",
        "{}",
        r#""files/read""#,
        r#""files/read openid""#,
        r#"["admin"]"#,
        r#""admin""#,
        r#"["admin",null]"#,
        r#"{"a":{"a":1}}"#,
        r#"{"a":1,"a":2}"#,
        r#""\ud800""#,
        r#""é""#,
        "[[[]]]",
        r#""https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E""#,
        r#""https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Xy98Zw76V""#,
        r#""https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E""#,
    ];
    let members = [
        r#""typ":"JWT""#,
        r#""crit":["exp"]"#,
        r#""jku":"https://x""#,
        r#""alg":"RS256""#,
        r#""alg":"none""#,
        r#""kid":5"#,
        r#""x":{"y":1,"y":2}"#,
        r#""b64":false"#,
        r#""x":"\udfff""#,
        r#""zip":null"#,
    ];
    for _ in 0..2200 {
        let is_access = numbers.below(2) == 0;
        let mut claims: Vec<(String, String)> = claims(is_access)
            .as_object()
            .expect("an object")
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()))
            .collect();
        for _ in 0..=numbers.below(3) {
            let (name, value) = (*numbers.pick(&names), (*numbers.pick(&values)).to_owned());
            match numbers.below(4) {
                0 => claims.retain(|(known, _)| known != name),
                // A key twice, where there is one.
                1 => claims.push((name.to_owned(), value)),
                _ => match claims.iter_mut().find(|(known, _)| known == name) {
                    Some((_, known)) => *known = value,
                    None => claims.push((name.to_owned(), value)),
                },
            }
        }
        for index in (1..claims.len()).rev() {
            claims.swap(index, numbers.below(index + 1));
        }
        let space = *numbers.pick(&["", "", " ", "\n"]);
        let claims: Vec<_> = claims.iter().map(|(name, value)| format!("\"{name}\":{space}{value}")).collect();
        let payload = format!("{{{}}}", claims.join(&format!(",{space}")));
        let mut header = header().to_string();
        if numbers.below(6) == 0 {
            header = header.replacen('{', &format!("{{{},", numbers.pick(&members)), 1);
        }
        let client = (numbers.below(3) != 0).then(|| CLIENT.to_owned());
        let settings = Settings {
            pools: vec![(POOL.to_owned(), client), (OTHER_POOL.to_owned(), None)],
            is_access: if numbers.below(8) == 0 { !is_access } else { is_access },
            grace: *numbers.pick(&[0, 0, 1, 5]),
            groups: (numbers.below(4) == 0).then(|| vec!["admin".to_owned()]),
            scope: (numbers.below(4) == 0).then(|| vec!["files/read".to_owned()]),
            replicas: Vec::new(),
        };
        cases.add("signed, by chance", &settings, token(ACCESS, header, payload), None);
    }
}

/// Valid tokens whose text was changed by chance.
fn changed_by_chance(cases: &mut Cases, numbers: &mut Numbers) {
    const CHARACTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ";
    let tokens: Vec<_> = [true, false].map(|is_access| (Settings::new(is_access), mint(&claims(is_access)))).into();
    for _ in 0..2000 {
        let (settings, token) = numbers.pick(&tokens).clone();
        let mut bytes = token.clone().into_bytes();
        for _ in 0..=numbers.below(2) {
            let (at, character) = (numbers.below(bytes.len()), *numbers.pick(CHARACTERS));
            match numbers.below(6) {
                0..3 => bytes[at] = character,
                3 => bytes.insert(at, character),
                4 => drop(bytes.remove(at)),
                _ => {
                    let end = bytes.len() - numbers.below(8);
                    bytes.truncate(end);
                }
            }
        }
        let changed = String::from_utf8(bytes).expect("ASCII");
        if changed != token {
            cases.add("changed, by chance", &settings, changed, false);
        }
    }
}

/// The tokens of a server, and variations of them.
fn of_a_server(cases: &mut Cases, name: &str, server: &Peer) {
    let made = boto3().script("tokens.py", &[&server.url()]);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (pool, client) = (text(&made["pool"]), text(&made["client"]));
    cases.keys.insert(pool.clone(), made["keys"].to_string());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let tokens = made["tokens"].as_array().expect("tokens");
    for (index, tokens) in tokens.iter().enumerate() {
        for is_access in [true, false] {
            let token = text(&tokens[if is_access { "access" } else { "id" }]);
            let settings = Settings::of_pool(&pool, Some(&client), is_access);
            let mut add = |class: &str, settings: &Settings, now: u64, token: String, accepted: bool| {
                cases.at(&format!("{name}: {class}"), settings, now * 1000, token, accepted);
            };
            add("valid", &settings, now, token.clone(), true);
            add("any app client", &Settings::of_pool(&pool, None, is_access), now, token.clone(), true);
            let groups = Settings { groups: Some(vec!["admin".to_owned()]), ..settings.clone() };
            add("a required group", &groups, now, token.clone(), index < tokens_of_administrators());
            add("the other use", &Settings::of_pool(&pool, Some(&client), !is_access), now, token.clone(), false);
            add("another app client", &Settings::of_pool(&pool, Some("other"), is_access), now, token.clone(), false);
            add("another pool", &Settings::new(is_access), now, token.clone(), false);
            add("expired", &settings, now + 365 * 24 * HOUR, token.clone(), false);
            for at in (0..token.len() - 1).step_by(token.len() / 15) {
                let mut bytes = token.clone().into_bytes();
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
                add("changed", &settings, now, String::from_utf8(bytes).expect("ASCII"), false);
            }
        }
    }
}

/// The number of tokens by `tokens.py` that are of a member of the group.
const fn tokens_of_administrators() -> usize {
    5
}

/// The outcomes of aws-jwt-verify, in order.
fn outcomes_of_aws_jwt_verify(cases: &Cases) -> Vec<String> {
    let mut lines = json!(
        cases
            .keys
            .iter()
            .map(|(pool, keys)| { (pool.clone(), serde_json::from_str::<Value>(keys).expect("JSON")) })
            .collect::<BTreeMap<_, _>>()
    )
    .to_string();
    for Case { settings, now, token, .. } in &cases.cases {
        write!(lines, "\n{}", json!({"settings": settings.json(), "now": now, "token": token})).expect("a string");
    }
    let mut command = Command::new(node());
    command.arg(tool("aws_jwt_verify.mjs")).arg(npm("aws-jwt-verify", "5.2.1"));
    let mut child = spawn(command.stdin(Stdio::piped()).stdout(Stdio::piped()));
    let mut input = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("no panic").expect("it reads its input");
    assert!(output.status.success());
    let outcomes: Vec<_> = String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect();
    assert_eq!(outcomes.len(), cases.cases.len());
    outcomes
}

#[test]
fn tokens_are_verified_as_by_aws_jwt_verify() {
    let mut cases = Cases::new();
    valid_tokens(&mut cases);
    algorithms(&mut cases);
    headers(&mut cases);
    claim_values(&mut cases);
    issuers(&mut cases);
    times(&mut cases);
    signatures(&mut cases);
    encodings(&mut cases);
    let mut numbers = Numbers(0x5eed_5eed_5eed_5eed);
    signed_by_chance(&mut cases, &mut numbers);
    changed_by_chance(&mut cases, &mut numbers);
    of_a_server(&mut cases, "ministack", &Peer::ministack().0);
    of_a_server(&mut cases, "moto", &Peer::moto());

    let theirs = outcomes_of_aws_jwt_verify(&cases);
    let mut verifiers = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut unlisted, mut listed) = (Vec::new(), BTreeSet::new());
    let mut accepted_by_both = 0;
    for (case, theirs) in cases.cases.iter().zip(&theirs) {
        let Case { class, settings, now, token, accepted } = case;
        let verifier = verifiers.entry((settings, now)).or_insert_with(|| settings.verifier(&cases.keys, *now));
        let outcome: Result<(), VerifyError> = if settings.is_access {
            verifier.access_token_cached(token).map(drop)
        } else {
            verifier.id_token_cached(token).map(drop)
        };
        let shown: String = token.chars().take(1200).collect();
        if let Some(accepted) = accepted {
            assert_eq!(outcome.is_ok(), *accepted, "{class}: {outcome:?}\n{shown}");
        }
        let row = match (&outcome, theirs.as_str()) {
            (Ok(()), "accepted") => {
                accepted_by_both += 1;
                continue;
            }
            (Err(_), theirs) if theirs != "accepted" => continue,
            (Ok(()), _) => WIDER.iter().find(|(known, _)| known == class).map(|(known, _)| *known),
            (Err(error), _) => {
                let message = error.to_string();
                STRICTER.iter().find(|(known, _)| message == format!("invalid token: {known}")).map(|(known, _)| *known)
            }
        };
        match row {
            Some(row) => {
                listed.insert(row);
                *counts
                    .entry(format!("{row}{}", if outcome.is_ok() { " (accepted here)" } else { "" }))
                    .or_default() += 1;
            }
            None => unlisted.push(format!("{class}: {outcome:?}, by aws-jwt-verify: {theirs}\n{shown}")),
        }
    }
    println!("{} tokens, {accepted_by_both} accepted by both", cases.cases.len());
    for (row, count) in &counts {
        println!("{count:5} {row}");
    }
    assert!(
        unlisted.is_empty(),
        "{} differences are not listed:\n{}",
        unlisted.len(),
        unlisted[..unlisted.len().min(40)].join("\n")
    );
    let unused: Vec<_> =
        STRICTER.iter().chain(WIDER).map(|(row, _)| *row).filter(|row| !listed.contains(row)).collect();
    assert!(unused.is_empty(), "no token shows these differences: {unused:?}");
    assert!(
        cases.cases.len() >= 5000 && accepted_by_both >= 500,
        "{} tokens, {accepted_by_both} accepted",
        cases.cases.len()
    );
}
