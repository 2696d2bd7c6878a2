//! Tokens with a valid signature and all kinds of claims.

use super::{Cases, HOUR, ISSUER, NOW, OTHER_ISSUER, Settings, claims, header, mint, with};
use crate::forge::{ACCESS, ID, token};
use crate::{CLIENT, OTHER_POOL, POOL};
use cognito_userpools::verify::MockPool;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

pub(super) fn valid_tokens(cases: &mut Cases) {
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

pub(super) fn claim_values(cases: &mut Cases) {
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
        // Tokens with `client_id` and `aud`, and tokens with only the claim of the other use.
        let swapped = with(with(claims(is_access), "aud", json!(CLIENT)), "client_id", json!(CLIENT));
        cases.add("both client claims", &settings, mint(&swapped), true);
        cases.add("both client claims", &Settings::new(!is_access), mint(&swapped), false);
        let only_the_other = with(swapped, settings_claim(is_access), Value::Null);
        cases.add("the client claim of the other use", &settings, mint(&only_the_other), false);
    }
}

fn settings_claim(is_access: bool) -> &'static str {
    if is_access { "client_id" } else { "aud" }
}

pub(super) fn other_issuers(cases: &mut Cases) {
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
        ISSUER.replace('_', "%5F"),
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

pub(super) fn issuers(cases: &mut Cases) {
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

pub(super) fn times(cases: &mut Cases) {
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
        // The clock is at the limit, or a millisecond or half a second before or after it.
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
            let time = |seconds: u64| json!(Duration::from_secs(seconds).as_secs_f64() + fraction);
            let edge = time(NOW - grace);
            cases.at(
                "exp with a fraction",
                &settings,
                NOW * 1000 + 500,
                mint(&with(claims(true), "exp", edge)),
                fraction > 0.5,
            );
            let edge = time(NOW + grace);
            cases.at(
                "nbf with a fraction",
                &settings,
                NOW * 1000 + 500,
                mint(&with(claims(true), "nbf", edge)),
                fraction <= 0.5,
            );
        }
    }
}

pub(super) fn numbers(cases: &mut Cases) {
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
