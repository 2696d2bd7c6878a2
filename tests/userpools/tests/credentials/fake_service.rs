//! A mock server for STS, the SSO portal, the credentials endpoint of a container and the instance metadata.
//!
//! The credentials in a response contain the parameters of the request, so that equal credentials prove equal requests.

use crate::environment::CANARY;
use cognito_op_tests::server::{Received, Reply, Server, answer};
use std::collections::BTreeMap;

pub(crate) fn start() -> Server {
    Server::start(|request| Reply::Keep(respond(request)))
}

fn header<'r>(request: &'r Received, name: &str) -> &'r str {
    let found = request.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map_or("", |(_, value)| value.as_str())
}

fn respond(request: &Received) -> Vec<u8> {
    let mut words = request.line.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match (method, path) {
        // A path of an endpoint can end in a slash.
        ("POST", path) => sts(request, path.trim_end_matches('/')),
        ("PUT", "/imds/latest/api/token") if header(request, "x-aws-ec2-metadata-token-ttl-seconds") == "21600" => {
            answer("200 OK", "", &format!("{CANARY}-metadata-token"))
        }
        ("GET", path) if path.contains("/latest/meta-data/") => instance(request, path),
        ("GET", path) if path.starts_with("/container/") => container(request, path),
        ("GET", path) if path.contains("/federation/credentials?") => portal(request, path),
        _ => answer("404 Not Found", "", CANARY),
    }
}

/// Decodes the parameters of a form or a query.
fn values(text: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| {
        let (mut bytes, mut rest) = (Vec::new(), text.bytes());
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'%' => {
                    let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                    u8::from_str_radix(str::from_utf8(&digits).expect("digits"), 16).expect("digits")
                }
                b'+' => b' ',
                byte => byte,
            });
        }
        String::from_utf8(bytes).expect("text")
    };
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// Assumes a role. The name of the role selects the response.
fn sts(request: &Received, path: &str) -> Vec<u8> {
    let form = values(str::from_utf8(&request.body).expect("text"));
    let value = |name: &str| form.get(name).map_or("-", String::as_str);
    let role = value("RoleArn").rsplit('/').next().unwrap_or_default();
    match role {
        "denied" => {
            let body = format!(
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
                 <Code>AccessDenied</Code><Message>{CANARY}</Message></Error></ErrorResponse>"
            );
            return answer("403 Forbidden", "", &body);
        }
        "echo" => {
            let token = header(request, "x-amz-security-token");
            return answer("400 Bad Request", "", &format!("<Error><Code>{token}</Code></Error>"));
        }
        "page" => return answer("200 OK", "", &format!("<html><p>{CANARY}</p></html>")),
        _ => {}
    }
    let session = match value("RoleSessionName") {
        name if name.starts_with("botocore-session-") || name.starts_with("cognito-userpools-") => "default",
        name => name,
    };
    let signature = header(request, "authorization");
    let scope = signature.split_once("Credential=").and_then(|(_, rest)| rest.split_once(','));
    // The access key id and the scope of the signature, without the date.
    let scope: Vec<&str> = scope.map_or(Vec::new(), |(scope, _)| scope.split('/').collect());
    let by = scope.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, part)| *part).collect::<Vec<_>>().join("/");
    let (external, duration) = (value("ExternalId"), value("DurationSeconds"));
    let web = value("WebIdentityToken").trim();
    let token = format!(
        "{CANARY}|{path}|{session}|{external}|{duration}|{web}|{by}|{}",
        header(request, "x-amz-security-token")
    );
    let token = token.replace('&', "&amp;");
    let action = value("Action");
    let body = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
         <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/{role}/s</Arn><AssumedRoleId>a:s</AssumedRoleId>\
         </AssumedRoleUser><Credentials><AccessKeyId>ASIA-{role}</AccessKeyId>\
         <SecretAccessKey>{CANARY}-secret-{role}</SecretAccessKey><SessionToken>{token}</SessionToken>\
         <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></{action}Result>\
         <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>"
    );
    answer("200 OK", "content-type: text/xml\r\n", &body)
}

pub(crate) fn metadata(id: &str, token: &str, expiry: &str) -> String {
    serde_json::json!({
        "Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": id, "SecretAccessKey": format!("{CANARY}-secret-{id}"),
        "Token": format!("{CANARY}-{token}"), "Expiration": expiry,
    })
    .to_string()
}

/// Responds as version 2 of the service, which requires a token.
fn instance(request: &Received, path: &str) -> Vec<u8> {
    if header(request, "x-aws-ec2-metadata-token") != format!("{CANARY}-metadata-token") {
        return answer("401 Unauthorized", "", CANARY);
    }
    match path {
        "/imds/latest/meta-data/iam/security-credentials/" => answer("200 OK", "", "web-server"),
        "/imds/latest/meta-data/iam/security-credentials/web-server" => {
            answer("200 OK", "", &metadata("ASIA-instance", "instance", "2099-01-01T00:00:00Z"))
        }
        _ => answer("404 Not Found", "", CANARY),
    }
}

fn container(request: &Received, path: &str) -> Vec<u8> {
    let authorization = header(request, "authorization");
    match path {
        "/container/page" => answer("200 OK", "", &format!("<html>{CANARY}</html>")),
        "/container/forbidden" => answer("403 Forbidden", "", CANARY),
        "/container/no-expiry" => {
            let body = serde_json::json!({"AccessKeyId": CANARY, "SecretAccessKey": CANARY, "Token": CANARY});
            answer("200 OK", "", &body.to_string())
        }
        "/container/number" => answer("200 OK", "", &format!("{{\"AccessKeyId\":1,\"SecretAccessKey\":\"{CANARY}\"}}")),
        "/container/no-time" => answer("200 OK", "", &metadata("id", "token", CANARY)),
        _ => answer(
            "200 OK",
            "",
            &metadata("ASIA-container", &format!("{path}|{authorization}"), "2099-01-01T00:00:00Z"),
        ),
    }
}

fn portal(request: &Received, path: &str) -> Vec<u8> {
    let query = values(path.split_once('?').map_or("", |(_, query)| query));
    let (role, account) = (query["role_name"].as_str(), query["account_id"].as_str());
    let token = header(request, "x-amz-sso_bearer_token");
    if role == "unknown" {
        return answer("401 Unauthorized", "", &format!("{{\"message\":\"{CANARY}\"}}"));
    }
    let credentials = serde_json::json!({
        "accessKeyId": format!("ASIA-{role}"), "secretAccessKey": format!("{CANARY}-secret"),
        "sessionToken": format!("{CANARY}|{account}|{token}"), "expiration": 4_070_908_800_000_u64,
    });
    answer("200 OK", "", &serde_json::json!({ "roleCredentials": credentials }).to_string())
}
