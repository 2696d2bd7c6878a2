//! The responses of the sources of AWS credentials: `cargo fuzz run -s none credentials` in `tests/fuzz`.
//!
//! The environment selects the sources, and a process cannot change its own environment safely. The target therefore
//! starts itself again with another environment, in which the home directory is a temporary folder.

#![no_main]

use cognito_op::cognito_op;
use cognito_op_fuzz::{Responder, SECRET, assert_redacted, bytes_with_secret, quotes_secret, response};
use cognito_userpools::blocking::{Client, ProvideCredentials as _};
use cognito_userpools::credentials::{Chain, ChainError};
use cognito_userpools::{Body, Credentials, SignError, http};
use http::{HeaderValue, Request};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::ops::Range;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, process};

/// The variable that contains the temporary folder.
const FOLDER: &str = "COGNITO_OP_FUZZ_FOLDER";

/// The URL of a container's credentials.
const CONTAINER: &str = "http://127.0.0.1:1/credentials";

/// The SSO start URL, and its SHA-1 hash.
const START_URL: &str = "https://fuzz.awsapps.com/start";
const START_URL_HASH: &str = "068f1033d3ac3e08bfc9e7976dfcca028586c4ee";

/// Writes the fixed files, and runs the target with another environment.
fn initialize() {
    if env::var_os(FOLDER).is_some() {
        return;
    }
    let folder = env::temp_dir().join(format!("cognito-op-fuzz-{}", process::id()));
    fs::create_dir_all(folder.join(".aws/sso/cache")).expect("a folder");
    let output = folder.join("output");
    let config = format!(
        "[profile container]\nregion = eu-west-1\n\
         [profile instance]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/a\n\
         credential_source = Ec2InstanceMetadata\n\
         [profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = key\n\
         [profile key]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = {SECRET}\n\
         [profile sso]\nsso_account_id = 1\nsso_role_name = a\nsso_region = eu-west-1\nsso_start_url = {START_URL}\n\
         [profile process]\ncredential_process = cat {}\n",
        output.display()
    );
    fs::write(folder.join(".aws/config"), config).expect("a file");
    let status = Command::new(env::current_exe().expect("this program"))
        .args(env::args_os().skip(1))
        .env_clear()
        .envs(env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("AWS_")))
        .env(FOLDER, &folder)
        .env("HOME", &folder)
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", CONTAINER)
        .status();
    fs::remove_dir_all(&folder).expect("the folder");
    process::exit(status.expect("this program").code().unwrap_or(1));
}

fn folder() -> PathBuf {
    env::var_os(FOLDER).expect("the folder").into()
}

/// Loads the credentials of a profile. `respond` returns the response to each request.
fn load(
    profile: &str,
    respond: impl Fn(&Request<Body>) -> (u16, Vec<u8>) + Send + Sync + 'static,
) -> Result<Credentials, SignError> {
    let respond = move |request: Request<Body>| {
        let (status, body) = respond(&request);
        response(status, &body)
    };
    let chain = Chain::from_env().profile(profile).blocking_transport(Responder(respond));
    let credentials = chain.provide();
    match &credentials {
        Ok(credentials) => {
            let shown = format!("{credentials:?}");
            assert!(quotes_secret(credentials.access_key_id()) || !quotes_secret(&shown), "{shown}");
        }
        Err(error) => {
            let error = error.downcast_ref::<ChainError>().expect("the error of a chain");
            assert_redacted(error);
            assert!(error.sources().all(|(_, why)| !quotes_secret(why)), "{error}");
        }
    }
    credentials
}

/// Returns the seconds from 1970 to a time in the format of RFC 3339, computed from the lengths of the years and
/// months.
fn seconds(text: &str) -> Option<i64> {
    let number = |digits: &str, most: i64| {
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<i64>().ok().filter(|number| is_number && *number <= most)
    };
    let (date, time) = text.split_once('T')?;
    let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else { return None };
    let (year, month, day) = (number(year, 9999)?, number(month, 12)?, number(day, 31)?);
    let (time, sign, offset) = match time.strip_suffix('Z') {
        Some(time) => (time, 1, "00:00"),
        None => {
            let at = time.len().checked_sub(6)?;
            let sign = match time.as_bytes().get(at)? {
                b'+' => -1,
                b'-' => 1,
                _ => return None,
            };
            (&time[..at], sign, &time[at + 1..])
        }
    };
    let [hour, minute, second] = time.split('.').next()?.split(':').collect::<Vec<_>>()[..] else { return None };
    let [hours, minutes] = offset.split(':').collect::<Vec<_>>()[..] else { return None };
    let clock = number(hour, 23)? * 3600 + number(minute, 59)? * 60 + number(second, 60)?;
    let offset = sign * (number(hours, 23)? * 3600 + number(minutes, 59)? * 60);
    if year < 1970 || month < 1 || day < 1 {
        return None;
    }
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let years: i64 = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months: i64 = lengths.iter().take(usize::try_from(month - 1).ok()?).sum();
    Some((years + months + day - 1) * 86_400 + clock + offset)
}

fn since_epoch(time: Option<SystemTime>) -> Option<i64> {
    let since = |time: SystemTime| match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).expect("a time"),
        Err(error) => -i64::try_from(error.duration().as_secs()).expect("a time"),
    };
    time.map(since)
}

/// An access key id with its secret, its session token and its expiry.
type Expected = (String, String, Option<String>, Option<i64>);

/// Returns the credentials in an object that serde_json has read.
fn expected(object: &Value, names: [&str; 4]) -> Option<Expected> {
    let text = |name: &str| match object.as_object()?.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) => Some(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(_) => None,
    };
    let expiry = match text(names[3])? {
        Some(expiry) => Some(seconds(&expiry)?),
        None => None,
    };
    Some((text(names[0])??, text(names[1])??, text(names[2])?, expiry))
}

fn found(credentials: Credentials) -> Expected {
    let [id, secret] = [credentials.access_key_id(), credentials.secret_access_key()].map(str::to_owned);
    (id, secret, credentials.token().map(str::to_owned), since_epoch(credentials.expiry()))
}

/// The names in the responses of the metadata services.
const METADATA: [&str; 4] = ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"];

fn check_container(status: u16, body: &[u8]) {
    let answer = body.to_vec();
    let outcome = load("container", move |request| {
        assert_eq!(request.uri(), CONTAINER);
        (status, answer.clone())
    });
    let object = serde_json::from_slice(body).unwrap_or_default();
    let expected = expected(&object, METADATA).filter(|(_, _, token, expiry)| token.is_some() && expiry.is_some());
    assert_eq!(outcome.ok().map(found), expected.filter(|_| status == 200));
}

/// Returns a response of AWS STS with credentials. The arguments must already be escaped.
fn sts(id: &str, secret: &str, token: &str, expiration: &str) -> String {
    format!(
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\n<Credentials>\
         <AccessKeyId>{id}</AccessKeyId>\n <SecretAccessKey>{secret}</SecretAccessKey><SessionToken>{token}\
         </SessionToken><Expiration>{expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
    )
}

/// Returns whether a text can be the value of a header.
fn is_header(text: &[u8]) -> bool {
    text.iter().all(|byte| (b' '..=b'~').contains(byte))
}

/// Checks the three responses of the metadata service of an instance.
fn check_instance(token: &[u8], roles: &[u8], body: &[u8]) {
    let answers = [token, roles, body].map(<[u8]>::to_vec);
    let object: Value = serde_json::from_slice(body).unwrap_or_default();
    let expected = expected(&object, METADATA).filter(|(_, _, token, expiry)| token.is_some() && expiry.is_some());
    let role = str::from_utf8(roles).ok().and_then(|roles| roles.lines().next()).unwrap_or_default().to_owned();
    let is_name = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Not every value can be part of a signature.
    let can_sign = expected
        .as_ref()
        .is_some_and(|(id, secret, token, _)| [id, secret].into_iter().chain(token).all(|value| is_name(value)));
    let is_complete = can_sign && is_header(token) && is_name(&role.replace('-', ""));
    let id_and_token = expected.map(|(id, _, token, _)| (id, token));
    let outcome = load("instance", move |request| {
        let [token, roles, body] = &answers;
        let header = |name: &str| request.headers().get(name).map(|value| value.as_bytes().to_vec());
        match request.uri().path() {
            "/latest/api/token" => (200, token.clone()),
            "/latest/meta-data/iam/security-credentials/" => {
                assert_eq!(header("x-aws-ec2-metadata-token").as_ref(), Some(token));
                (200, roles.clone())
            }
            "/" => {
                // The role is assumed with the credentials of the instance.
                let (id, token) = id_and_token.as_ref().expect("credentials");
                assert_eq!(header("x-amz-security-token"), token.as_ref().map(|token| token.as_bytes().to_vec()));
                let authorization = header("authorization").expect("a signature");
                assert!(authorization.starts_with(format!("AWS4-HMAC-SHA256 Credential={id}/").as_bytes()));
                (200, sts("id", "secret", "token", "2026-11-26T09:00:00Z").into_bytes())
            }
            path => {
                assert_eq!(path, format!("/latest/meta-data/iam/security-credentials/{role}"), "{role:?}");
                (200, body.clone())
            }
        }
    });
    let is_success = object["Code"].as_str().is_none_or(|code| code.is_empty() || code == "Success");
    match outcome {
        Ok(_) => assert!(is_success, "{object}"),
        Err(error) => assert!(!(is_complete && is_success), "{error}"),
    }
}

/// Checks an arbitrary response of AWS STS.
fn check_sts(status: u16, body: &[u8]) {
    let answer = body.to_vec();
    let outcome = load("role", move |_| (status, answer.clone()));
    let text = String::from_utf8_lossy(body);
    match outcome {
        Ok(credentials) => {
            assert_eq!(status, 200);
            let (id, secret, token, expiry) = found(credentials);
            assert!(expiry.is_some() && ![&id, &secret].iter().any(|value| value.is_empty()));
            // A response without escapes contains the values unchanged.
            for (name, value) in
                [("AccessKeyId", &id), ("SecretAccessKey", &secret), ("SessionToken", &token.expect("a token"))]
            {
                assert!(text.contains(&format!("<{name}>{value}</{name}>")) || text.contains('&'), "{name}");
            }
        }
        Err(error) => {
            // The error contains only the code of the response, which is one word.
            let error = error.to_string();
            let code = error.split_once(" and the code ").map_or("", |(_, code)| code);
            assert!(code.len() <= 128 && !code.contains(' '), "{error}");
            assert!(code == "[redacted]" || code.is_empty() || text.contains(code) || text.contains('&'), "{error}");
        }
    }
}

/// Checks that the values of a response of AWS STS are unescaped correctly.
fn check_escaped(lines: &str) {
    let mut lines = lines.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default().to_owned();
    let values = [line(), line(), line()];
    let escapes = line();
    let mut escapes = escapes.bytes().cycle();
    let mut escape = |text: &String| -> String {
        let one = |c: char| match (c, escapes.next().unwrap_or_default() % 4) {
            ('&', 0 | 1) => "&amp;".to_owned(),
            ('<', 0 | 1) => "&lt;".to_owned(),
            ('>', 0) => "&gt;".to_owned(),
            ('"', 0) => "&quot;".to_owned(),
            ('\'', 0) => "&apos;".to_owned(),
            (c, 3) => format!("&#x{:X};", u32::from(c)),
            (c, 2) => format!("&#{:03};", u32::from(c)),
            (c, _) => c.to_string(),
        };
        text.chars().map(one).collect()
    };
    let [id, secret, token] = values.each_ref().map(&mut escape);
    let body = sts(&id, &secret, &token, " 2026-11-26T10:00:00.5+01:00\n");
    let answer = body.clone().into_bytes();
    let outcome = load("role", move |_| (200, answer.clone())).ok().map(found);
    let [id, secret, token] = values;
    let is_complete = [&id, &secret, &token].iter().all(|value| !value.is_empty());
    assert_eq!(outcome, is_complete.then_some((id, secret, Some(token), seconds("2026-11-26T09:00:00Z"))), "{body}");
}

/// Checks the file of an SSO token, and the response of the portal.
fn check_sso(file: &[u8], body: &[u8]) {
    fs::write(folder().join(".aws/sso/cache").join(START_URL_HASH).with_extension("json"), file).expect("a file");
    let stored: Value = serde_json::from_slice(file).unwrap_or_default();
    let token = stored["accessToken"].as_str().unwrap_or_default().to_owned();
    let is_valid = |expiry: i64| expiry > now() + 1 && file.len() < 10_000;
    let is_signed_in = stored["expiresAt"].as_str().and_then(seconds).is_some_and(is_valid);
    let has_token = !token.is_empty() && is_header(token.as_bytes());
    let role = &serde_json::from_slice::<Value>(body).unwrap_or_default()["roleCredentials"];
    let milliseconds = role["expiration"].as_u64();
    let role = expected(role, ["accessKeyId", "secretAccessKey", "sessionToken", ""]);
    let is_complete = milliseconds.is_some() && role.as_ref().is_some_and(|(_, _, token, _)| token.is_some());
    let answer = body.to_vec();
    let outcome = load("sso", move |request| {
        assert_eq!(request.headers()["x-amz-sso_bearer_token"].as_bytes(), token.as_bytes());
        (200, answer.clone())
    });
    match outcome {
        Ok(credentials) => {
            let expiry = stored["expiresAt"].as_str().and_then(seconds).expect("a time");
            assert!(expiry >= now() - 1, "{stored}");
            let expiry = UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds.expect("a time")));
            let (id, secret, token, _) = role.expect("credentials");
            assert_eq!(credentials.expiry(), expiry);
            assert_eq!((credentials.access_key_id(), credentials.secret_access_key()), (id.as_str(), secret.as_str()));
            assert_eq!(credentials.token(), token.as_deref());
        }
        Err(error) => assert!(!(is_signed_in && has_token && is_complete), "{error}"),
    }
}

/// Checks the output of a process.
fn check_process(output: &[u8]) {
    fs::write(folder().join("output"), output).expect("a file");
    let outcome = load("process", |_| panic!("no request is needed"));
    let object: Value = serde_json::from_slice(output).unwrap_or_default();
    let names = ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"];
    let expected = expected(&object, names).filter(|_| object["Version"].as_u64() == Some(1));
    assert_eq!(outcome.ok().map(found), expected);
}

#[cognito_op(target = "AdminDeleteUser", signed, response = ())]
struct AdminDeleteUser {
    user_pool_id: String,
    username: String,
}

/// Returns the seconds from 1970 to a time in the format of the header `Date`.
fn date_seconds(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [day, month, year, time, "GMT"] = text.split_once(", ")?.1.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    // `seconds` also accepts characters that are valid only in RFC 3339.
    let is_time = !time.contains(['.', '-', 'Z']) && !year.contains(['-', 'T']) && !day.contains(['-', 'T']);
    seconds(&format!("{year}-{month}-{day}T{time}Z")).filter(|_| is_time)
}

/// Checks the header `Date` of a response that rejects a signature because of its time. If the clocks differ, the
/// request is retried with the time of the server.
fn check_date(header: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(header) else { return };
    let difference = value.to_str().ok().and_then(date_seconds).map(|date| date - now());
    let times = Arc::new(Mutex::new(Vec::new()));
    let sent = Arc::clone(&times);
    let respond = move |request: Request<Body>| {
        let digits = request.headers()["x-amz-date"].to_str().expect("ASCII").as_bytes().to_vec();
        let part = |range: Range<usize>| String::from_utf8_lossy(&digits[range]).into_owned();
        let (date, clock) =
            ([part(0..4), part(4..6), part(6..8)].join("-"), [part(9..11), part(11..13), part(13..16)].join(":"));
        sent.lock().expect("the times").push(seconds(&format!("{date}T{clock}")).expect("a time"));
        let mut response = response(400, br#"{"__type":"RequestExpired"}"#);
        response.headers_mut().insert("date", value.clone());
        response
    };
    let builder = Client::builder().region("eu-west-1").credentials(Credentials::new("AKIDEXAMPLE", SECRET));
    let client = builder.build_with(Responder(respond)).expect("a client");
    let outcome = AdminDeleteUser::new("eu-west-1_Ab12Cd34E", "alice").send_blocking(&client);
    assert!(!quotes_secret(&format!("{outcome:?}")));
    let times = times.lock().expect("the times");
    assert!((-2..=2).contains(&(times[0] - now())), "{times:?}");
    match (difference, &times[1..]) {
        (Some(difference), [time]) => {
            assert!(difference.abs() >= 230, "{difference}");
            assert!((-3..=3).contains(&(time - now() - difference)), "{times:?} {difference}");
        }
        // A signature cannot have a time after the year 9999.
        (Some(difference), []) => {
            assert!(difference.abs() <= 250 || now() + difference > 253_402_300_790, "{difference}")
        }
        (None, []) => {}
        other => panic!("{other:?}"),
    }
}

/// Returns the current time in seconds.
fn now() -> i64 {
    since_epoch(Some(SystemTime::now())).expect("a time")
}

fuzz_target!(init: initialize(), |input: &[u8]| {
    let Some((kind, rest)) = input.split_first() else { return };
    let rest = bytes_with_secret(rest);
    let with_status = || {
        let (status, body) = rest.split_first().unwrap_or((&0, &[]));
        let statuses = [200, 400, 401, 403, 404, 429, 500, 201];
        (statuses[usize::from(*status) % statuses.len()], body)
    };
    let lines = |count: usize| -> Vec<&[u8]> { rest.splitn(count, |byte| *byte == 0).collect() };
    match kind {
        b'c' => {
            let (status, body) = with_status();
            check_container(status, body);
        }
        b'i' => {
            if let [token, roles, body] = lines(3)[..] {
                check_instance(token, roles, body);
            }
        }
        b's' => {
            let (status, body) = with_status();
            check_sts(status, body);
        }
        b'o' => {
            if let [file, body] = lines(2)[..] {
                check_sso(file, body);
            }
        }
        b'p' => check_process(&rest),
        b'd' => check_date(&rest),
        b'x' => check_escaped(&String::from_utf8_lossy(&rest)),
        _ => {
            let text = String::from_utf8_lossy(&rest);
            let credentials = Credentials::new("id", "secret").expiration(&text);
            let found = credentials.map(|credentials| since_epoch(credentials.expiry()).expect("an expiry"));
            assert_eq!(found.as_ref().ok(), seconds(&text).as_ref(), "{text}");
            assert!(found.err().is_none_or(|error| !quotes_secret(&error.to_string())));
        }
    }
});
