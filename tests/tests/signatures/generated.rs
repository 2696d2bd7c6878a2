//! The signatures of generated requests, compared with those of botocore and `aws-sigv4`.

use super::{AdminConfirmSignUp, header};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::{Body, Config, Credentials, SigV4, Validation};
use cognito_op_tests::calls::Random;
use cognito_op_tests_provision::{botocore, fresh_folder};
use http::{HeaderValue, Request};
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

struct Case {
    region: &'static str,
    credentials: Credentials,
    time: SystemTime,
    unsigned: Request<Body>,
    signed: Request<Body>,
}

fn pick<T: Copy>(values: &[T], random: &mut Random) -> T {
    values[usize::try_from(random.below(values.len() as u64)).expect("small")]
}

fn secret(length: u64, random: &mut Random) -> String {
    let characters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    (0..length).map(|_| char::from(pick(characters, random))).collect()
}

fn case(signers: &[(&'static str, SigV4)], random: &mut Random) -> Case {
    let at = usize::try_from(random.below(signers.len() as u64)).expect("small");
    let (region, sigv4) = &signers[at];
    let builder = Config::builder().region(*region).validation(Validation::Off);
    let endpoint = pick(
        &[
            "",
            "http://127.0.0.1:9229",
            "http://localhost:80",
            "http://[::1]:80",
            "http://[::1]:4566/",
            "https://[FD00::0:1]:443",
            "https://Cognito.Example.COM:443/base",
            "https://cognito.example.com:80/a/%41~;v=1/b+c",
            "https://cognito.example.com:8443//a//b/",
            "https://cognito.example.com/a%20b/%C3%A9/a=b&c,d@e:f!$'()*",
        ],
        random,
    );
    let builder = if endpoint.is_empty() { builder.fips(random.below(2) == 0) } else { builder.endpoint(endpoint) };
    let config = builder.build().expect("a configuration");
    let name = pick(&["alice", "josé", "\"quoted\\", "日本語😀", "line\nbreak\u{1}", ""], random);
    let operation = AdminConfirmSignUp::new(secret(random.below(50), random), name);
    let operation = operation.client_metadata((random.below(2) == 0).then(|| [(name, secret(2000, random))]));
    let (mut unsigned, _) = config.prepare(&operation).expect("a request");
    // Headers that a program adds, or that remain from an earlier signature.
    for (name, value) in [
        ("x-amz-meta", "  several   words  "),
        ("x-amz-empty", ""),
        ("x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678"),
        ("authorization", "AWS4-HMAC-SHA256 old"),
        ("x-amz-date", "20000101T000000Z"),
        ("x-amz-security-token", "old"),
    ] {
        if random.below(3) == 0 {
            unsigned.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    let mut credentials = Credentials::new(secret(20, random), secret(40, random));
    if random.below(2) == 0 {
        let length = 100 + random.below(1000);
        credentials = credentials.session_token(secret(length, random));
    } else {
        // Without a session token, botocore keeps the token of an earlier signature.
        unsigned.headers_mut().remove("x-amz-security-token");
    }
    let time = UNIX_EPOCH + Duration::from_secs(random.below(4_102_444_800));
    let mut signed = unsigned.clone();
    sigv4.sign(&mut signed, &credentials, time).expect("a signature");
    Case { region, credentials, time, unsigned, signed }
}

fn cases() -> Vec<Case> {
    let regions = ["eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"];
    let signers = regions.map(|region| (region, SigV4::new(region)));
    let mut random = Random(19);
    (0..200).map(|_| case(&signers, &mut random)).collect()
}

#[test]
fn two_hundred_signatures_are_those_of_botocore() {
    let cases = cases();
    let request = |case: &Case| {
        let headers =
            case.unsigned.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")));
        json!({
            "method": case.unsigned.method().as_str(),
            "url": case.unsigned.uri().to_string(),
            "headers": headers.collect::<Vec<_>>(),
            "body": STANDARD.encode(case.unsigned.body().as_bytes()),
            "id": case.credentials.access_key_id(),
            "secret": case.credentials.secret_access_key(),
            "token": case.credentials.token(),
            "service": "cognito-idp",
            "region": case.region,
            "time": case.time.duration_since(UNIX_EPOCH).expect("after 1970").as_secs(),
        })
    };
    let requests: serde_json::Value = cases.iter().map(request).collect();
    let file = fresh_folder("signatures").join("requests.json");
    std::fs::write(&file, requests.to_string()).expect("target/peers can be written");
    let theirs = botocore().script("sign.py", &[&file.display().to_string()]);
    let theirs = theirs.as_array().expect("a list");
    assert_eq!(theirs.len(), cases.len());
    for (case, theirs) in cases.iter().zip(theirs) {
        let ours = case.signed.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")));
        let ours: serde_json::Value = ours.map(|(name, value)| (name.to_owned(), json!(value))).collect();
        assert_eq!(&ours, theirs, "{}", case.unsigned.uri());
    }
    let mut authorizations: Vec<_> = cases.iter().map(|case| header(&case.signed, "authorization")).collect();
    authorizations.sort_unstable();
    authorizations.dedup();
    assert_eq!(authorizations.len(), 200, "all signatures differ");
}

#[test]
fn two_hundred_signatures_are_those_of_aws_sigv4() {
    for Case { region, credentials, time, unsigned, signed } in cases() {
        let identity = aws_credential_types::Credentials::new(
            credentials.access_key_id(),
            credentials.secret_access_key(),
            credentials.token().map(str::to_owned),
            None,
            "test",
        )
        .into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name("cognito-idp")
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .expect("parameters")
            .into();
        let is_old = |name: &str| ["authorization", "x-amz-date", "x-amz-security-token"].contains(&name);
        let headers = unsigned.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII")));
        let body = SignableBody::Bytes(unsigned.body().as_bytes());
        let url = unsigned.uri().to_string();
        let signable = SignableRequest::new("POST", url, headers.filter(|(name, _)| !is_old(name)), body);
        let (instructions, _) = sign(signable.expect("a request"), &parameters).expect("a signature").into_parts();
        for (name, value) in instructions.headers() {
            assert_eq!(header(&signed, name), value, "{} {name}", unsigned.uri());
        }
    }
}

#[test]
fn requests_that_cannot_be_signed() {
    let signer = SigV4::new("eu-west-1");
    let good = Credentials::new("AKIDEXAMPLE", "canary");
    let sign = |url: &str, credentials: &Credentials| {
        let mut request = Request::post(url).body(Body::default()).expect("a request");
        let error = signer.sign(&mut request, credentials, UNIX_EPOCH).expect_err("no signature").to_string();
        assert!(!error.contains("canary"), "{error}");
        error
    };
    let url = "https://example.com/";
    assert_eq!(sign("https://example.com/?a=b", &good), "a request with a query cannot be signed");
    assert_eq!(sign("/", &good), "the URL of the request has no host");
    assert_eq!(sign("https://canary:canary@example.com/", &good), "the URL of the request contains user information");
    let white_space = "begins or ends with white space, such as the line break of a file; remove it";
    for (credentials, error) in [
        (Credentials::new("", "canary"), "the access key id is empty".to_owned()),
        (Credentials::new("AKID id", "canary"), "the access key id contains white space".to_owned()),
        (
            Credentials::new("AKID # old/2026", "canary"),
            "the access key id contains ` #`; a comment needs a line of its own".to_owned(),
        ),
        (
            Credentials::new("AKID", "canary\t; old"),
            "the secret access key contains a control character or an invisible one, such as a byte order mark; remove it"
                .to_owned(),
        ),
        (
            Credentials::new("AKID", "canary ;old"),
            "the secret access key contains ` ;`; a comment needs a line of its own".to_owned(),
        ),
        (Credentials::new("AKID", " canary"), format!("the secret access key {white_space}")),
        (Credentials::new("AKID", "canary").session_token("canary\n"), format!("the session token {white_space}")),
        (Credentials::new("AKID", "canar\u{fd}"), "the secret access key contains a character that is not ASCII".to_owned()),
        (
            Credentials::new("AKID", "canary\u{200b}"),
            "the secret access key contains a control character or an invisible one, such as a byte order mark; remove it"
                .to_owned(),
        ),
    ] {
        assert_eq!(sign(url, &credentials), error);
    }
    let mut request = Request::post(url).body(Body::default()).expect("a request");
    let before_1970 = UNIX_EPOCH - Duration::from_secs(1);
    assert!(signer.sign(&mut request, &good, before_1970).is_err());
    signer.sign(&mut request, &Credentials::new("AKID", "a b"), UNIX_EPOCH).expect("a signature");
    assert_eq!(format!("{signer:?}"), r#"SigV4 { region: "eu-west-1", service: "cognito-idp", .. }"#);
}

#[test]
fn the_key_follows_the_credentials_and_the_day() {
    let (signer, other) = (SigV4::new("eu-west-1"), SigV4::new("eu-west-1"));
    let noon = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    let day = Duration::from_hours(24);
    let [one, two, three] = ["one", "two", "three"].map(|secret| Credentials::new("A", secret));
    let signature = |signer: &SigV4, credentials, time| {
        let mut request = Request::post("https://example.com/").body(Body::default()).expect("a request");
        signer.sign(&mut request, credentials, time).expect("a signature");
        header(&request, "authorization").to_owned()
    };
    for (credentials, time) in [(&one, noon), (&two, noon), (&two, noon + day), (&one, noon), (&one, noon + day)] {
        let fresh = signature(&SigV4::new("eu-west-1"), credentials, time);
        assert_eq!(signature(&signer, credentials, time), fresh);
        assert_eq!(signature(&signer, credentials, time), fresh, "with the cached key");
        assert_ne!(signature(&other, &three, time), fresh);
    }
}
