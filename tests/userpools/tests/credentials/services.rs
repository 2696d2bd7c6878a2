//! Requests to metadata services and to STS, and services that fail or return invalid responses.

use crate::environment::{CANARY, Environment};
use crate::fake_service::{self, metadata};
use cognito_op_tests::server::{Received, Reply, Server, answer};
use cognito_op_tests_provision::run;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

const WAYS: [&str; 2] = ["waiting", "blocking"];

fn lines(server: &Server) -> Vec<String> {
    server.received().iter().map(|request| request.line.trim_end_matches(" HTTP/1.1").to_owned()).collect()
}

fn instance(server: &Server) -> Environment {
    Environment::new("an instance", &server.url())
        .variables(&[("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "{url}/imds")])
}

fn container(server: &Server) -> Environment {
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{url}/container/task"),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "cAnArY"),
    ];
    Environment::new("a container", &server.url()).variables(&variables)
}

#[test]
fn the_metadata_of_an_instance_begins_with_a_token() {
    for way in WAYS {
        let server = fake_service::start();
        assert_eq!(instance(&server).run(way, "find").id(), "ASIA-instance");
        let roles = "GET /imds/latest/meta-data/iam/security-credentials/";
        assert_eq!(lines(&server), ["PUT /imds/latest/api/token", roles, &format!("{roles}web-server")]);
        let received = server.received();
        assert_eq!(received[0].header("content-length"), "0");
        assert!(
            received[1..]
                .iter()
                .all(|request| request.header("x-aws-ec2-metadata-token") == format!("{CANARY}-metadata-token"))
        );
    }
}

/// The chain ends at the first source that has credentials or fails. Later sources receive no requests.
#[test]
fn services_that_are_not_reached_receive_nothing() {
    let keys = format!("aws_access_key_id = AKIA-file\naws_secret_access_key = {CANARY}\n");
    for way in WAYS {
        let server = fake_service::start();
        let both = || {
            instance(&server).variables(&[
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{url}/container/task"),
                ("AWS_ENDPOINT_URL", "{url}"),
            ])
        };
        let variables = [("AWS_ACCESS_KEY_ID", "AKIA-env"), ("AWS_SECRET_ACCESS_KEY", CANARY)];
        let found = both().variables(&variables).run(way, "find");
        assert_eq!(found.id(), "AKIA-env");
        assert!(
            found.0["shown"]
                .as_str()
                .is_some_and(|shown| shown.contains("found AWS credentials source=\"environment\""))
        );
        assert_eq!(both().config(&format!("[default]\n{keys}")).run(way, "find").id(), "AKIA-file");
        let broken = both().config("[default]\ncredential_process = false\n").run(way, "find");
        assert!(broken.error().ends_with("process: the process failed: exit status: 1"), "{}", broken.error());
        assert_eq!(lines(&server), [""; 0]);
        assert_eq!(server.connections(), 0);
        assert_eq!(both().run(way, "find").id(), "ASIA-container");
        assert_eq!(lines(&server), ["GET /container/task"], "no request to the instance metadata");
    }
}

/// The token file is read for each fetch. Its content becomes the header `Authorization`.
#[test]
fn the_token_of_a_container() {
    let server = fake_service::start();
    let environment = container(&server).variables(&[("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "{home}/token")]);
    for content in ["cAnArY-1", "cAnArY-2"] {
        let environment = Environment::new("a token", &server.url()).file("token", content);
        let path = environment.home().join("token").display().to_string();
        let environment = environment.variables(&[
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{url}/container/task"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", &path),
        ]);
        assert!(environment.run("waiting", "find").token().ends_with(content));
        assert_eq!(server.received().last().expect("a request").header("authorization"), content);
    }
    let missing = environment.run("waiting", "find");
    let expected = "container: the file of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read: entity not found";
    assert!(missing.error().ends_with(expected), "{}", missing.error());
}

/// The credentials endpoint of ECS has a fixed address, and a different path for each task.
#[test]
fn the_path_of_a_container() {
    let container = |path: &str| {
        Environment::new("a path", "").variables(&[
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/other"),
        ])
    };
    for way in WAYS {
        let found = container("/v2/credentials/task?a=b").run(way, "offline");
        assert_eq!(found.0["offline"], "http://169.254.170.2/v2/credentials/task?a=b");
        let found = container("v2/credentials/task").run(way, "offline");
        let expected = "container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI must begin with a slash";
        assert!(found.error().ends_with(expected), "{}", found.error());
        assert!(found.0["offline"].is_null());
    }
}

/// The error contains all sources, in order.
#[test]
fn the_error_without_credentials() {
    let server = fake_service::start();
    let nothing = Environment::new("nothing", "");
    let without = "no AWS credentials: environment: AWS_ACCESS_KEY_ID is not set; web identity: neither \
         AWS_WEB_IDENTITY_TOKEN_FILE nor `web_identity_token_file` is set; profile: no file has the profile \"default\"; \
         container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set; instance \
         metadata: AWS_EC2_METADATA_DISABLED is `true`";
    let profile = "no AWS credentials: assumed role: the profile has no `role_arn`; web identity: the profile has no \
         `web_identity_token_file`; SSO: the profile has no `sso_account_id`; credentials file: the profile has no \
         `aws_access_key_id`; process: the profile has no `credential_process`; config file: the profile has no \
         `aws_access_key_id`; container: the response has the status 403";
    for way in WAYS {
        assert_eq!(nothing.run(way, "find").error(), without);
        let refused = Environment::new("dev", &server.url()).config("[profile dev]\n").profile("dev");
        let refused = refused.variables(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{url}/container/forbidden")]);
        assert_eq!(refused.run(way, "find").error(), profile);
        let unknown = Environment::new("an unknown profile", "").config("[dev]\n").profile("dev");
        let home = unknown.home().display().to_string();
        let files = format!(
            "no AWS credentials: profile: no profile `dev`: {home}/.aws/config has no section `[profile dev]`, and \
             {home}/.aws/credentials has no section `[dev]`"
        );
        assert_eq!(unknown.run(way, "find").error(), files);
        let called = nothing.run(way, "call");
        assert!(called.error().ends_with(without), "{}", called.error());
    }
}

type Respond = fn(&Received) -> Reply;

/// Failures and invalid responses: the name, the response, and a part of the error.
fn answers() -> Vec<(&'static str, Respond, &'static str)> {
    vec![
        ("no answer", |_| Reply::Hang, "no response within"),
        (
            "the end of the connection",
            |_| Reply::Close(Vec::new()),
            "the connection failed before the response was complete",
        ),
        ("a reset", |_| Reply::Reset, "the connection failed before the response was complete"),
        (
            "a part of an answer",
            |_| Reply::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\ncAnArY".to_vec()),
            "the connection failed",
        ),
        (
            "one byte after the other",
            |_| {
                Reply::Endless(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n",
                    b"c".to_vec(),
                    Duration::from_millis(50),
                )
            },
            "no response within",
        ),
        ("another protocol", |_| Reply::Close(b"220 cAnArY ESMTP\r\n".to_vec()), "the connection failed"),
        ("a page", |_| Reply::Keep(answer("200 OK", "", "<html>cAnArY</html>")), "is not"),
        ("ten megabytes", |_| Reply::Close(answer("200 OK", "", &CANARY.repeat(10 << 20 >> 3))), "larger than 1 MiB"),
        (
            "a redirect",
            |_| Reply::Keep(answer("302 Found", "location: http://192.0.2.1/cAnArY\r\n", "cAnArY")),
            "the status 302",
        ),
        ("no space", |_| Reply::Keep(answer("507 Insufficient Storage", "", "cAnArY")), "the status 507"),
        ("nothing", |_| Reply::Keep(answer("200 OK", "", "")), "is not"),
    ]
}

#[test]
fn a_container_with_faulty_responses() {
    for (name, reply, expected) in answers() {
        let server = Server::start(reply);
        let error = container(&server).run("waiting", "find");
        let error = error.error().rsplit_once("; container: ").map(|(_, error)| error.to_owned());
        assert!(error.as_ref().is_some_and(|error| error.contains(expected)), "{name}: {error:?}");
        // Connection failures, too large responses and the status 507 are retried.
        let requests = if matches!(name, "no answer" | "one byte after the other" | "a page" | "a redirect" | "nothing")
        {
            1
        } else {
            3
        };
        assert_eq!(server.received().len(), requests, "{name}");
    }
    for (path, expected) in [
        ("number", "the response has a member `AccessKeyId` that is not a string"),
        ("no-time", "the response has a member `Expiration` that is not a time"),
        ("no-expiry", "the response has no `Expiration`"),
    ] {
        let server = fake_service::start();
        let environment = container(&server)
            .variables(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{{url}}/container/{path}"))]);
        let found = environment.run("blocking", "find");
        assert!(found.error().ends_with(expected), "{}", found.error());
    }
}

#[test]
fn instance_metadata_with_faulty_responses() {
    for (name, reply, expected) in answers() {
        // An HTML page or an empty body is rejected as a token or as the name of a role, with different errors.
        let expected = if expected == "is not" { "" } else { expected };
        for way in WAYS {
            let server = Server::start(reply);
            let error = instance(&server).run(way, "find");
            let error = error.error().rsplit_once("; instance metadata: ").map(|(_, error)| error.to_owned());
            assert!(error.as_ref().is_some_and(|error| error.contains(expected)), "{name}: {error:?}");
        }
    }
}

/// Version 1 of the service, a hop limit that is too low, and failures after the first request.
#[test]
fn instance_metadata_without_a_token() {
    let cases: [(&str, Respond, &str, usize); 6] = [
        ("version 1", |_| Reply::Keep(answer("401 Unauthorized", "", "cAnArY")), "the response has the status 401", 1),
        ("no such path", |_| Reply::Keep(answer("404 Not Found", "", "cAnArY")), "the response has the status 404", 1),
        (
            "a hop too many",
            |request| {
                if request.line.starts_with("PUT") { Reply::Hang } else { Reply::Keep(answer("200 OK", "", "role")) }
            },
            "no response within 1 s",
            1,
        ),
        (
            "no role",
            |request| {
                if request.line.starts_with("PUT") {
                    Reply::Keep(answer("200 OK", "", "t"))
                } else {
                    Reply::Keep(answer("404 Not Found", "", ""))
                }
            },
            "the instance has no role",
            2,
        ),
        (
            "a name that is a path",
            |request| {
                let body = if request.line.starts_with("PUT") { "t" } else { "../../cAnArY" };
                Reply::Keep(answer("200 OK", "", body))
            },
            "the metadata service returned no role name",
            2,
        ),
        (
            "a role that cannot be assumed",
            |request| {
                let body = match request.line.split(' ').nth(1).unwrap_or_default().rsplit('/').next() {
                    Some("token") => "t",
                    Some("") => "role",
                    _ => "{\"Code\":\"AssumeRoleUnauthorizedAccess\",\"Message\":\"cAnArY\"}",
                };
                Reply::Keep(answer("200 OK", "", body))
            },
            "the metadata service has no credentials for the role of the instance",
            3,
        ),
    ];
    for (name, reply, expected, requests) in cases {
        let server = Server::start(reply);
        let found = instance(&server).run("waiting", "find");
        assert!(found.error().ends_with(&format!("; instance metadata: {expected}")), "{name}: {}", found.error());
        assert_eq!(server.received().len(), requests, "{name}");
    }
}

#[test]
fn attempts_and_timeouts_of_instance_metadata() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let failing = Server::start(move |_| match counted.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::Keep(answer("503 Slow Down", "", "")),
        _ => Reply::Hang,
    });
    let attempts = [("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "3"), ("AWS_METADATA_SERVICE_TIMEOUT", "1")];
    let found = instance(&failing).variables(&attempts).run("waiting", "find");
    assert!(found.error().ends_with("no response within 1 s"), "{}", found.error());
    assert_eq!(lines(&failing), ["PUT /imds/latest/api/token"; 3]);
    for (name, value) in [("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0"), ("AWS_METADATA_SERVICE_TIMEOUT", "cAnArY")] {
        let found = instance(&failing).variables(&[(name, value)]).run("waiting", "find");
        assert!(found.error().contains(&format!("instance metadata: {name}, or ")), "{}", found.error());
    }
    let mode = [("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "cAnArY")];
    let found = Environment::new("a mode", "").variables(&mode).run("waiting", "find");
    assert!(
        found.error().ends_with("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be `IPv4` or `IPv6`"),
        "{}",
        found.error()
    );
    for (mode, expected) in
        [("IPv4", "http://169.254.169.254/latest/api/token"), ("IPv6", "http://[fd00:ec2::254]/latest/api/token")]
    {
        let mode = [("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", mode)];
        for way in WAYS {
            assert_eq!(Environment::new("a mode", "").variables(&mode).run(way, "offline").0["offline"], expected);
        }
    }
    let elsewhere = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://cAnArY.example.com")];
    let found = instance(&failing).variables(&elsewhere).run("waiting", "offline");
    assert!(found.error().ends_with("neither a loopback address nor a metadata service"), "{}", found.error());
    assert!(found.0["offline"].is_null());
    assert_eq!(lines(&failing).len(), 3);
}

#[test]
fn an_sts_with_faulty_responses() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/echo\nsource_profile = base\n[profile base]\naws_access_key_id = AKIA\n\
         aws_secret_access_key = {CANARY}\naws_session_token = {CANARY}-token\n"
    );
    let sts = |server: &Server| {
        Environment::new("a role", &server.url()).config(&config).variables(&[("AWS_ENDPOINT_URL_STS", "{url}")])
    };
    for (name, reply, _) in answers() {
        let server = Server::start(reply);
        let found = sts(&server).run("waiting", "find");
        assert!(found.error().contains("; assumed role: "), "{name}: {}", found.error());
        assert!(!found.error().contains("web identity"), "{name}: the chain ends");
    }
    let server = fake_service::start();
    for way in WAYS {
        // The server returns the session token as the error code.
        let found = sts(&server).run(way, "find");
        assert!(
            found.error().ends_with("AWS STS responded with the status 400 and the code [redacted]"),
            "{}",
            found.error()
        );
        let denied = sts(&server).config(&config.replace("echo", "denied")).run(way, "find");
        assert!(
            denied.error().ends_with("AWS STS responded with the status 403 and the code AccessDenied"),
            "{}",
            denied.error()
        );
    }
    let plain = sts(&server).variables(&[("AWS_ENDPOINT_URL_STS", "http://192.0.2.1")]).run("waiting", "offline");
    assert!(plain.error().contains("the endpoint of AWS STS is not valid"), "{}", plain.error());
    assert!(plain.0["offline"].is_null(), "no request is sent");
    let fips = Environment::new("FIPS", "").config(&config).without(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
    let fips = fips.variables(&[("AWS_USE_FIPS_ENDPOINT", "true")]).run("waiting", "offline");
    assert!(fips.error().ends_with("no region for AWS STS: set AWS_REGION"), "{}", fips.error());
    assert!(fips.0["offline"].is_null(), "no request is sent to the global endpoint");
}

/// STS reports throttling and failures of an identity provider with the status 400. Both are retried.
#[test]
fn an_sts_that_is_overloaded() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/denied\nsource_profile = base\n[profile base]\n\
         aws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n"
    );
    for (code, requests) in [("Throttling", 3), ("IDPCommunicationError", 3), ("ExpiredToken", 1)] {
        let body = format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>");
        let server = Server::start(move |_| Reply::Keep(answer("400 Bad Request", "", &body)));
        let sts = Environment::new(code, &server.url()).config(&config);
        let sts = sts.variables(&[("AWS_ENDPOINT_URL_STS", "{url}")]);
        for (at, way) in (1..).zip(WAYS) {
            let found = sts.run(way, "find");
            assert!(found.error().ends_with(&format!("the status 400 and the code {code}")), "{}", found.error());
            assert_eq!(server.received().len(), at * requests, "{code}");
        }
    }
}

/// Requests to STS use the proxy of the environment. Requests to metadata services do not.
#[test]
fn the_proxy_of_services() {
    let proxy = Server::start(|_| Reply::Close(answer("403 Forbidden", "", CANARY)));
    let url = proxy.url().replace("http://", "http://alice:cAnArY@");
    let proxies = [("HTTPS_PROXY", url.as_str()), ("HTTP_PROXY", url.as_str())];
    let pod = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token"),
        ("AWS_ROLE_ARN", "arn:aws:iam::1:role/pod"),
        ("AWS_ENDPOINT_URL_STS", "https://sts.example.com"),
    ];
    let container = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://credentials.invalid/role")];
    for (at, way) in (1..).zip(WAYS) {
        let found = Environment::new("a pod", "").file("token", CANARY).variables(&proxies).variables(&pod);
        let error = found.run(way, "find");
        assert!(error.error().contains("; web identity: "), "{}", error.error());
        assert_eq!(lines(&proxy), vec!["CONNECT sts.example.com:443"; at], "{}", error.error());
        let found = Environment::new("a container", "").variables(&proxies).variables(&container);
        let error = found.run(way, "find");
        assert!(error.error().contains("; container: "), "{}", error.error());
        assert_eq!(lines(&proxy).len(), at, "{}", error.error());
    }
}

/// A token file must be a regular file of at most 64 KiB.
#[test]
fn tokens_that_are_not_read() {
    let folder = Environment::new("a pipe", "").home().with_extension("pipe");
    run(Command::new("mkfifo").arg(&folder));
    let pipe = folder.display().to_string();
    let pod = |file: &str| {
        let environment = Environment::new("a pod", "").file("large", &CANARY.repeat(64 * 1024));
        environment.variables(&[("AWS_WEB_IDENTITY_TOKEN_FILE", file), ("AWS_ROLE_ARN", "arn:aws:iam::1:role/pod")])
    };
    for way in WAYS {
        for (file, why) in [
            (pipe.as_str(), "is not a regular file"),
            ("/dev/zero", "is not a regular file"),
            ("{home}/large", "is larger than 64 KiB"),
            ("{home}", "is not a regular file"),
        ] {
            let found = pod(file).run(way, "find");
            let expected = format!("; web identity: the file of the web identity token {why}");
            assert!(found.error().ends_with(&expected), "{}", found.error());
        }
        let container = [("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", pipe.as_str())];
        let found = Environment::new("a container", "")
            .variables(&container)
            .variables(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9")]);
        let error = found.run(way, "find");
        assert!(error.error().ends_with("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is not a regular file"));
    }
    fs::remove_file(folder).expect("the pipe");
}

/// The timeout of the chain ends a process or a request that hangs.
#[test]
fn sources_that_hang() {
    let hanging = Environment::new("a process", "").config("[default]\ncredential_process = sleep 3607\n");
    for way in WAYS {
        let found = hanging.run(way, "find");
        let why = found.error().rsplit_once("; process: the process did not end within ").map(|(_, why)| why);
        // Earlier sources may have used a part of the nine seconds.
        assert!(why.is_some_and(|time| time == "9 s" || time.starts_with("8.")), "{}", found.error());
    }
    let server = Server::start(|_| Reply::Hang);
    for way in WAYS {
        let found = instance(&server).variables(&[("AWS_METADATA_SERVICE_TIMEOUT", "3600")]).run(way, "find");
        let why = found.error().rsplit_once("; instance metadata: no response within ").map(|(_, why)| why);
        assert!(why.is_some_and(|time| time == "9 s" || time.starts_with("8.")), "{}", found.error());
    }
    let running = fs::read_dir("/proc").expect("the processes").flatten();
    let commands = running.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    assert_eq!(commands.filter(|command| command == b"sleep\x003607\0").count(), 0, "the process is killed");
}

/// The root certificates come from `AWS_CA_BUNDLE`, or from the profile that the program selects.
#[test]
fn the_certificates_of_services() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/reader\nsource_profile = base\n[profile base]\naws_access_key_id = AKIA\n\
         aws_secret_access_key = {CANARY}\n"
    );
    let variables = [
        ("AWS_CA_BUNDLE", "/missing"),
        ("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1"),
        ("AWS_ENDPOINT_URL", "ftp://-"),
    ];
    for way in WAYS {
        let found = Environment::new("certificates", "").config(&config).variables(&variables).run(way, "find");
        assert!(found.error().contains("the environment variable AWS_CA_BUNDLE: "), "{}", found.error());
        let of_profile = config.replace("[profile base]", "ca_bundle = {home}/.aws/config\n[profile base]");
        let found = Environment::new("certificates", "").config(&of_profile).variables(&variables[1..]);
        let error = found.variables(&[("AWS_PROFILE", "base")]).profile("default").run(way, "find");
        assert!(error.error().contains("the key `ca_bundle` of the profile `default` in "), "{}", error.error());
    }
}

/// A proxy can lock an account after several attempts with a wrong password, so a rejected password is not retried.
#[test]
fn a_proxy_that_rejects_the_password_is_asked_once() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/reader\nsource_profile = base\n[profile base]\naws_access_key_id = AKIA\n\
         aws_secret_access_key = {CANARY}\n"
    );
    for way in WAYS {
        let proxy = Server::start(|_| Reply::Keep(answer("407 Proxy Authentication Required", "", "")));
        let variables = [("HTTPS_PROXY", "{url}"), ("AWS_ENDPOINT_URL_STS", "https://sts.invalid")];
        let environment = Environment::new("a proxy", &proxy.url()).config(&config).variables(&variables);
        let found = environment.run(way, "find");
        assert!(found.error().contains("407"), "{}", found.error());
        assert_eq!(lines(&proxy), ["CONNECT sts.invalid:443"]);
    }
}

/// Two batches of 64 concurrent calls. In each batch, one call fetches credentials. The second batch starts a minute
/// before the first credentials expire.
#[test]
fn concurrent_calls_fetch_credentials_once() {
    let expiry = SystemTime::now() + Duration::from_mins(2);
    let seconds = expiry.duration_since(SystemTime::UNIX_EPOCH).expect("a time").as_secs();
    let date = run(Command::new("date").args(["--utc", &format!("--date=@{seconds}"), "+%Y-%m-%dT%H:%M:%SZ"]));
    let expiry = String::from_utf8(date).expect("text").trim().to_owned();
    let count = AtomicUsize::new(0);
    let server = Server::start(move |request| {
        if request.line.starts_with("POST") {
            return Reply::Keep(answer("200 OK", "", "{}"));
        }
        let body = match count.fetch_add(1, Ordering::SeqCst) {
            0 => metadata("ASIA-first", "token", &expiry),
            _ => metadata("ASIA-later", "token", "2099-01-01T00:00:00Z"),
        };
        Reply::Keep(answer("200 OK", "", &body))
    });
    let environment = container(&server).variables(&[("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "{url}")]);
    assert_eq!(environment.run("waiting", "many").0["called"], 128);
    let received = server.received();
    let (asked, signed): (Vec<_>, Vec<_>) = received.iter().partition(|request| request.line.starts_with("GET"));
    assert_eq!((asked.len(), signed.len()), (2, 128));
    for id in ["ASIA-first", "ASIA-later"] {
        assert_eq!(signed.iter().filter(|request| request.header("authorization").contains(id)).count(), 64);
    }
}
