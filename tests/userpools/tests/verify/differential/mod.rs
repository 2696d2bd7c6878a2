//! Compares the verification of tokens with aws-jwt-verify. Two tables list every difference, with its reason.

mod chance;
mod claims;
mod encodings;
mod forged;
mod servers;

use crate::forge::{ACCESS, token};
use crate::{CLIENT, OTHER_POOL, POOL};
use cognito_op_tests::peers::Peer;
use cognito_op_tests_provision::{node, npm, spawn, tool};
use cognito_userpools::verify::{MockPool, Offline, Requirements, Verifier, VerifierBuilder, VerifyError};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, UNIX_EPOCH};

/// The current time in all cases except those with tokens of servers, in seconds since 1970.
const NOW: u64 = 1_800_000_000;
const HOUR: u64 = 3600;
const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E";
const OTHER_ISSUER: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Xy98Zw76V";
/// A pool whose keys have no `alg`.
const BARE_POOL: &str = "eu-west-1_Bare";

/// The errors for tokens that this crate rejects and aws-jwt-verify accepts, each with the reason for the difference.
/// All these tokens have a valid signature.
const REJECTED_ONLY_HERE: &[(&str, &str)] = &[
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
    ("`sub` is missing", "every token has it, and a program that identifies users by it must not see an empty one"),
    ("`sub` is not the id of a user", "an empty text; a program that identifies users by it must not see one"),
    ("`exp` is missing", "such a token would never expire"),
    ("`exp` is in the past", "RFC 7519 section 4.1.4: on the second of `exp`, the token must not be accepted"),
    ("`exp` is not a time", "after the year 9999; not every platform can represent such a time"),
    ("`iat` is not a time", "after the year 9999; not every platform can represent such a time"),
    ("`nbf` is not a time", "after the year 9999; not every platform can represent such a time"),
    ("`auth_time` is not a time", "a method returns it, so its type is checked"),
    ("`username` is not a string", "a method returns it; without it, the token would look like one of a machine"),
    ("`cognito:username` is not a string", "a method returns it, so its type is checked"),
    ("`device_key` is not a string", "a method returns it, so its type is checked"),
    ("`cognito:groups` is not a list of strings", "a method returns it; the service issues a list, also for one group"),
    ("`client_id` is missing", "every access token has it, also where any app client is accepted"),
    ("`client_id` is not a string", "its type is checked, also if any app client is accepted, and in identity tokens"),
    ("`aud` is missing", "every identity token has it, also where any app client is accepted"),
    ("`aud` is not a string", "an identity token is for one app client, also where any is accepted"),
];

/// The classes of tokens that aws-jwt-verify rejects and this crate accepts, each with the reason for the difference.
/// All of them concern issuers of the service.
const ACCEPTED_ONLY_HERE: &[(&str, &str)] = &[
    ("issuer of China", "aws-jwt-verify expects amazonaws.com instead of amazonaws.com.cn"),
    ("issuer of the European sovereign cloud", "aws-jwt-verify expects amazonaws.com instead of amazonaws.eu"),
    ("issuer of an isolated partition", "aws-jwt-verify does not know ids of these pools"),
    ("issuer of a replica region", "aws-jwt-verify #282; here, such a region is accepted if it is set"),
];

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Settings {
    /// The user pools, each with its app client. `None` accepts any app client.
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
        builder = self.replicas.iter().fold(builder, VerifierBuilder::replica_region);
        let mut requirements = Requirements::new();
        requirements = self.groups.iter().fold(requirements, Requirements::any_group);
        requirements = self.scope.iter().fold(requirements, Requirements::any_scope);
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
    /// The current time in milliseconds since 1970.
    now: u64,
    token: String,
    /// Whether this crate must accept the token, if the class determines it.
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
        // The keys of this pool have no `alg`.
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

/// Returns the claims of a valid access or identity token.
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

/// Returns claims or a header with another value of a member. `null` removes the member.
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

/// Returns the outcomes of aws-jwt-verify, in the order of the cases.
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
    claims::valid_tokens(&mut cases);
    claims::claim_values(&mut cases);
    claims::other_issuers(&mut cases);
    claims::issuers(&mut cases);
    claims::times(&mut cases);
    claims::numbers(&mut cases);
    forged::algorithms(&mut cases);
    forged::headers(&mut cases);
    forged::signatures(&mut cases);
    encodings::encodings(&mut cases);
    let mut numbers = chance::Numbers(0x5eed_5eed_5eed_5eed);
    chance::signed(&mut cases, &mut numbers);
    chance::changed(&mut cases, &mut numbers);
    servers::add_server_tokens(&mut cases, "ministack", &Peer::ministack().0);
    servers::add_server_tokens(&mut cases, "moto", &Peer::moto());

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
            (Ok(()), _) => ACCEPTED_ONLY_HERE.iter().find(|(known, _)| known == class).map(|(known, _)| *known),
            (Err(error), _) => {
                let message = error.to_string();
                REJECTED_ONLY_HERE
                    .iter()
                    .find(|(known, _)| message == format!("invalid token: {known}"))
                    .map(|(known, _)| *known)
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
    let unused: Vec<_> = REJECTED_ONLY_HERE
        .iter()
        .chain(ACCEPTED_ONLY_HERE)
        .map(|(row, _)| *row)
        .filter(|row| !listed.contains(row))
        .collect();
    assert!(unused.is_empty(), "no token shows these differences: {unused:?}");
    assert!(
        cases.cases.len() >= 5000 && accepted_by_both >= 500,
        "{} tokens, {accepted_by_both} accepted",
        cases.cases.len()
    );
}
