//! The credentials that the chain finds in each environment, compared with botocore.

use crate::environment::{CANARY, Environment};
use crate::fake_service;
use cognito_op_tests_provision::{botocore, fresh_folder};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// An environment, and the expected access key id, or `None` for an error.
type Row = (Environment, Option<&'static str>);

/// Runs botocore, and returns the credentials that it finds in each environment.
fn of_botocore(environments: &[Value]) -> Vec<Value> {
    let folder = fresh_folder("credentials-cases");
    let file = folder.join("cases.json");
    fs::write(&file, json!(environments).to_string()).expect("a file");
    let found = botocore().script("credentials.py", &[&file.display().to_string()]);
    fs::remove_dir_all(folder).expect("the folder");
    found.as_array().expect("a list").clone()
}

/// Compares all rows with botocore, and then panics with the list of differences, if there are any.
fn compare(rows: &[Row], at_least: usize) {
    let names: BTreeSet<&str> = rows.iter().map(|(environment, _)| environment.name.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "a name occurs twice");
    assert!(rows.len() >= at_least);
    let cases: Vec<Value> = rows.iter().map(|(environment, _)| environment.json(false)).collect();
    let mut different = Vec::new();
    for ((environment, expected), botocore) in rows.iter().zip(of_botocore(&cases)) {
        for way in ["waiting", "blocking"] {
            let found = environment.run(way, "find").0;
            let id = found["found"][0].as_str();
            if found["found"] != botocore["found"] || id != *expected {
                let error = &found["error"];
                let found = &found["found"];
                different.push(format!(
                    "{} ({way}): {found} {error}, expected {expected:?}, botocore {botocore}",
                    environment.name
                ));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

fn key(id: &str) -> String {
    format!("aws_access_key_id = {id}\naws_secret_access_key = {CANARY}-{id}\n")
}

const ENV: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIA-env"), ("AWS_SECRET_ACCESS_KEY", "cAnArY-env")];

#[test]
fn variables_and_profiles() {
    let named = |name: &str| Environment::new(name, "");
    let default = |id: &str| format!("[default]\n{}", key(id));
    let profile = |name: &str, id: &str| format!("[{name}]\n{}", key(id));
    let rows = vec![
        (named("nothing"), None),
        (named("variables").variables(&ENV), Some("AKIA-env")),
        (named("variables with a token").variables(&ENV).variables(&[("AWS_SESSION_TOKEN", CANARY)]), Some("AKIA-env")),
        (
            named("variables with the old token").variables(&ENV).variables(&[("AWS_SECURITY_TOKEN", CANARY)]),
            Some("AKIA-env"),
        ),
        (named("a variable without secret").variables(&ENV[..1]).credentials(&default("AKIA-file")), None),
        (named("an empty secret").variables(&ENV).variables(&[("AWS_SECRET_ACCESS_KEY", "")]), None),
        (named("a secret without id").variables(&ENV[1..]).credentials(&default("AKIA-file")), Some("AKIA-file")),
        (
            named("an empty id").variables(&ENV).variables(&[("AWS_ACCESS_KEY_ID", "")]).config(&default("AKIA-file")),
            Some("AKIA-file"),
        ),
        (named("variables before files").variables(&ENV).credentials(&default("AKIA-file")), Some("AKIA-env")),
        (named("credentials file").credentials(&default("AKIA-file")), Some("AKIA-file")),
        (named("config file").config(&default("AKIA-file")), Some("AKIA-file")),
        (named("both files").config(&default("AKIA-config")).credentials(&default("AKIA-file")), Some("AKIA-file")),
        (
            named("a token in a file").credentials(&format!("{}aws_session_token = {CANARY}\n", default("AKIA-file"))),
            Some("AKIA-file"),
        ),
        (
            named("the old token in a file")
                .config(&format!("{}aws_security_token = {CANARY}\n", default("AKIA-file"))),
            Some("AKIA-file"),
        ),
        (
            named("a selected profile").variables(&[("AWS_PROFILE", "dev")]).credentials(&profile("dev", "AKIA-dev")),
            Some("AKIA-dev"),
        ),
        (
            named("a selected profile of the config file")
                .variables(&[("AWS_PROFILE", "dev")])
                .config(&profile("profile dev", "AKIA-dev")),
            Some("AKIA-dev"),
        ),
        (
            named("a section that is no profile")
                .variables(&[("AWS_PROFILE", "dev")])
                .config(&profile("dev", "AKIA-dev")),
            None,
        ),
        (
            named("a name with a space")
                .variables(&[("AWS_PROFILE", "a b")])
                .config(&profile("profile \"a b\"", "AKIA-dev")),
            Some("AKIA-dev"),
        ),
        (named("another profile only").credentials(&profile("dev", "AKIA-dev")), None),
        (named("a missing profile").variables(&ENV).variables(&[("AWS_PROFILE", "missing")]), None),
        (
            named("two variables of profiles")
                .variables(&[("AWS_PROFILE", "dev"), ("AWS_DEFAULT_PROFILE", "test")])
                .credentials(&(profile("dev", "AKIA-dev") + &profile("test", "AKIA-test"))),
            Some("AKIA-test"),
        ),
        (
            named("a selected profile after variables")
                .variables(&ENV)
                .variables(&[("AWS_PROFILE", "dev")])
                .credentials(&profile("dev", "AKIA-dev")),
            Some("AKIA-env"),
        ),
        (
            named("a profile of the program").variables(&ENV).profile("dev").credentials(&profile("dev", "AKIA-dev")),
            Some("AKIA-dev"),
        ),
        (
            named("a profile of the program and another")
                .variables(&[("AWS_PROFILE", "test")])
                .profile("dev")
                .credentials(&profile("dev", "AKIA-dev")),
            Some("AKIA-dev"),
        ),
        (named("a missing profile of the program").variables(&ENV).profile("dev"), None),
    ];
    compare(&rows, 20);
}

#[test]
fn files() {
    let named = |name: &str| Environment::new(name, "");
    let default = |id: &str| format!("[default]\n{}", key(id));
    let rows = vec![
        (
            named("files elsewhere")
                .variables(&[("AWS_CONFIG_FILE", "{home}/c"), ("AWS_SHARED_CREDENTIALS_FILE", "~/s")])
                .config(&default("AKIA-wrong"))
                .credentials(&default("AKIA-wrong"))
                .file("c", &default("AKIA-config"))
                .file("s", &default("AKIA-file")),
            Some("AKIA-file"),
        ),
        (named("files that are missing").variables(&[("AWS_CONFIG_FILE", "/missing"), ("AWS_SHARED_CREDENTIALS_FILE", "/missing")]), None),
        (named("no home").without(&["HOME"]).variables(&ENV).variables(&[("HOME", "/missing")]), Some("AKIA-env")),
        (named("a broken config file").variables(&ENV).config(&format!("[default]\n{CANARY}\n")), None),
        (named("a broken credentials file").variables(&ENV).credentials(&format!("{CANARY} = 1\n")), None),
        (named("a section twice").credentials(&(default("AKIA-file") + &default("AKIA-file"))), None),
        (named("an id without secret").credentials(&format!("[default]\naws_access_key_id = {CANARY}\n")), None),
        (
            named("an id without secret before another").credentials("[default]\naws_access_key_id = AKIA-a\n").config(&default("AKIA-b")),
            None,
        ),
        (
            named("a secret in one file and an id in the other")
                .credentials(&format!("[default]\naws_secret_access_key = {CANARY}\n"))
                .config("[default]\naws_access_key_id = AKIA-b\n"),
            None,
        ),
        (
            named("comments, colons and cases").config(&format!(
                "# [default]\n; a\n[default]\nAWS_ACCESS_KEY_ID: AKIA-file\n\n# b\n  aws_secret_access_key={CANARY}#c ; d\n"
            )),
            None,
        ),
        (
            named("comments and colons").config(&format!(
                "# [default]\n; a\n[default] # b\nAWS_ACCESS_KEY_ID: AKIA-file\n\n# b\naws_secret_access_key={CANARY}#c ; d\n"
            )),
            Some("AKIA-file"),
        ),
        (named("a session of `aws login`").config("[default]\nlogin_session = arn:aws:iam::1:user/a\n"), None),
        (
            named("a session of `aws login` after a key").config("[default]\nlogin_session = a\n").credentials(&default("AKIA-file")),
            Some("AKIA-file"),
        ),
    ];
    compare(&rows, 10);
}

#[test]
fn roles() {
    let server = fake_service::start();
    let named = |name: &str| Environment::new(name, &server.url()).variables(&[("AWS_ENDPOINT_URL_STS", "{url}")]);
    let role = |name: &str, rest: &str| format!("role_arn = arn:aws:iam::123456789012:role/{name}\n{rest}");
    let from_base =
        format!("[default]\n{}[profile base]\n{}", role("reader", "source_profile = base\n"), key("AKIA-base"));
    let source = |source: &str| format!("[default]\n{}", role("reader", &format!("credential_source = {source}\n")));
    let container = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{url}/container/task")];
    let instance = [("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "{url}/imds/")];
    let rows = vec![
        (named("a source profile").config(&from_base), Some("ASIA-reader")),
        (
            named("a source profile with a token").config(&format!("{from_base}aws_session_token = {CANARY}/+=\n")),
            Some("ASIA-reader"),
        ),
        (
            named("a source profile in the credentials file")
                .config(&format!("[default]\n{}", role("reader", "source_profile = base\n")))
                .credentials(&format!("[base]\n{}", key("AKIA-base"))),
            Some("ASIA-reader"),
        ),
        (
            named("a role in the credentials file").credentials(&from_base.replace("[profile ", "[")),
            Some("ASIA-reader"),
        ),
        (named("variables before a role").variables(&ENV).config(&from_base), Some("AKIA-env")),
        (named("a role before the key of its profile").config(&from_base).credentials(&format!("[default]\n{}", key("AKIA-file"))), Some("ASIA-reader")),
        (
            named("all parameters of a role").config(&format!(
                "{from_base}[profile a]\n{}",
                role("a", "source_profile = base\nexternal_id = e+/é&=\nrole_session_name = alice@example\nduration_seconds = 900\n")
            )).variables(&[("AWS_PROFILE", "a")]),
            Some("ASIA-a"),
        ),
        (
            named("a duration that is no number").config(&from_base.replace("[profile", "duration_seconds = soon\n[profile")),
            Some("ASIA-reader"),
        ),
        (
            named("three roles").profile("c").config(&format!(
                "[profile a]\n{}[profile b]\n{}[profile c]\n{}[profile base]\n{}",
                role("a", "source_profile = base\n"), role("b", "source_profile = a\n"), role("c", "source_profile = b\n"), key("AKIA-base")
            )),
            Some("ASIA-c"),
        ),
        (
            named("a loop").profile("a").config(&format!(
                "[profile a]\n{}[profile b]\n{}", role("a", "source_profile = b\n"), role("b", "source_profile = a\n")
            )),
            None,
        ),
        (
            named("a loop further on").profile("a").config(&format!(
                "[profile a]\n{}[profile b]\n{}[profile c]\n{}",
                role("a", "source_profile = b\n"), role("b", "source_profile = c\n"), role("c", "source_profile = b\n")
            )),
            None,
        ),
        (named("its own source").config(&format!("[default]\n{}{}", role("reader", "source_profile = default\n"), key("AKIA-own"))), Some("ASIA-reader")),
        (named("its own source without a key").config(&format!("[default]\n{}", role("reader", "source_profile = default\n"))), None),
        (
            named("a source with a role and a key").config(&format!(
                "[default]\n{}[profile base]\n{}{}", role("reader", "source_profile = base\n"), role("other", "source_profile = none\n"), key("AKIA-base")
            )),
            Some("ASIA-reader"),
        ),
        (named("a missing source").config(&format!("[default]\n{}", role("reader", "source_profile = missing\n"))), None),
        (named("a source without credentials").config(&format!("[default]\n{}[profile base]\nregion = us-east-1\n", role("reader", "source_profile = base\n"))), None),
        (named("two sources").config(&from_base.replace("[profile", "credential_source = Environment\n[profile")), None),
        (named("no source").config(&format!("[default]\n{}{}", role("reader", ""), key("AKIA-own"))), None),
        (named("a refused role").config(&from_base.replace("role/reader", "role/denied")).variables(&container), None),
        (named("a page instead of a role").config(&from_base.replace("role/reader", "role/page")), None),
        (named("a source of variables").variables(&ENV).profile("default").config(&source("Environment")), Some("ASIA-reader")),
        (named("a source of missing variables").config(&source("Environment")), None),
        (named("a source of a container").variables(&container).config(&source("EcsContainer")), Some("ASIA-reader")),
        (named("a source of a missing container").config(&source("EcsContainer")), None),
        (named("a source of an instance").variables(&instance).config(&source("Ec2InstanceMetadata")), Some("ASIA-reader")),
        (named("a source of a disabled service").config(&source("Ec2InstanceMetadata")), None),
        (named("a source in another case").variables(&container).config(&source("ecscontainer")), None),
        (named("an unknown source").config(&source("Elsewhere")), None),
        (named("a source with a process").config(&format!(
            "[default]\n{}[profile base]\ncredential_process = cat {{home}}/p\n", role("reader", "source_profile = base\n")
        )).file("p", &format!("{{\"Version\":1,\"AccessKeyId\":\"AKIA-process\",\"SecretAccessKey\":\"{CANARY}\"}}")), Some("ASIA-reader")),
        (named("a source with web identity").config(&format!(
            "[default]\n{}[profile base]\n{}", role("reader", "source_profile = base\n"), role("web", "web_identity_token_file = {home}/t\n")
        )).file("t", CANARY), Some("ASIA-reader")),
        (named("a role and another profile of the environment").variables(&[("AWS_PROFILE", "missing")]).profile("default").config(&from_base), Some("ASIA-reader")),
        (named("the region of the profile").without(&["AWS_REGION", "AWS_DEFAULT_REGION"]).config(&from_base.replace("[profile", "region = us-west-2\n[profile")), Some("ASIA-reader")),
        (named("no region, but an endpoint").without(&["AWS_REGION", "AWS_DEFAULT_REGION"]).config(&from_base), None),
        (named("the endpoint of all services").without(&["AWS_ENDPOINT_URL_STS"]).variables(&[("AWS_ENDPOINT_URL", "{url}/all")]).config(&from_base), Some("ASIA-reader")),
        (named("the endpoint of a service").without(&["AWS_ENDPOINT_URL_STS"]).config(&format!(
            "{}[services local]\nsts =\n  endpoint_url = {{url}}/section\n", from_base.replace("[profile", "services = local\nendpoint_url = {url}/profile\n[profile")
        )), Some("ASIA-reader")),
        (named("the endpoint of a profile").without(&["AWS_ENDPOINT_URL_STS"]).config(&from_base.replace("[profile", "endpoint_url = {url}/profile\n[profile")), Some("ASIA-reader")),
    ];
    compare(&rows, 30);
}

#[test]
fn web_identity_and_sso() {
    let server = fake_service::start();
    let named = |name: &str| {
        let sts = [("AWS_ENDPOINT_URL_STS", "{url}"), ("AWS_ENDPOINT_URL_SSO", "{url}/portal")];
        Environment::new(name, &server.url()).variables(&sts).file("token", &format!("{CANARY}.web.token"))
    };
    let pod = [("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token"), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod")];
    let web = "web_identity_token_file = {home}/token\nrole_arn = arn:aws:iam::123456789012:role/web\n";
    let keys = format!("[default]\n{}", key("AKIA-file"));
    let sso = "sso_account_id = 123456789012\nsso_role_name = Admin+1\nsso_start_url = https://a.awsapps.com/start\nsso_region = eu-west-1\n";
    // The SHA-1 hashes of the start URL and of the name of the session.
    let (by_url, by_name) = ("254784cd8283bad6d3651b7b0e6d75a70cc632ab", "ee0bfd2552fbd840c02cc48b6e823320543c450f");
    let stored = |name: &str, expiry: &str| {
        (
            format!(".aws/sso/cache/{name}.json"),
            format!("{{\"accessToken\":\"{CANARY}-sso\",\"expiresAt\":\"{expiry}\"}}"),
        )
    };
    let login = |environment: Environment, name: &str, expiry: &str| {
        let (path, content) = stored(name, expiry);
        environment.file(&path, &content)
    };
    let valid = "2099-01-01T00:00:00Z";
    let session = "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\n\
                   sso_start_url = https://a.awsapps.com/start\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n";
    let rows = vec![
        (named("a pod").variables(&pod), Some("ASIA-pod")),
        (named("a pod with a session").variables(&pod).variables(&[("AWS_ROLE_SESSION_NAME", "alice")]), Some("ASIA-pod")),
        (named("variables before a pod").variables(&ENV).variables(&pod), Some("AKIA-env")),
        (named("a pod before files").variables(&pod).credentials(&keys), Some("ASIA-pod")),
        (named("a role before a pod").variables(&pod).config(&format!(
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = base\n[profile base]\n{}", key("AKIA-base")
        )), Some("ASIA-reader")),
        (named("a pod without a role").variables(&pod[..1]).credentials(&keys), None),
        (named("a pod without a token file").variables(&pod[1..]).credentials(&keys), Some("AKIA-file")),
        (named("a missing token file").variables(&pod).variables(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/missing")]).credentials(&keys), None),
        (named("a refused pod").variables(&pod).variables(&[("AWS_ROLE_ARN", "arn:aws:iam::1:role/denied")]).credentials(&keys), None),
        (named("web identity of a profile").config(&format!("[default]\n{web}role_session_name = bob\n")), Some("ASIA-web")),
        (named("web identity of variables and a profile").variables(&pod[1..]).config(&format!("[default]\n{web}")), Some("ASIA-pod")),
        (named("a pod and a profile of the program").variables(&pod).profile("dev").credentials(&format!("[dev]\n{}", key("AKIA-dev"))), Some("AKIA-dev")),
        (named("a pod and a profile").variables(&pod).variables(&[("AWS_PROFILE", "dev")]).credentials(&format!("[dev]\n{}", key("AKIA-dev"))), Some("ASIA-pod")),
        (login(named("SSO").config(&format!("[default]\n{sso}")), by_url, valid), Some("ASIA-Admin+1")),
        (login(named("SSO before keys").config(&format!("[default]\n{sso}")).credentials(&keys), by_url, valid), Some("ASIA-Admin+1")),
        (named("SSO without a login").config(&format!("[default]\n{sso}")).credentials(&keys), None),
        (login(named("SSO after its end").config(&format!("[default]\n{sso}")), by_url, "2020-01-01T00:00:00Z"), None),
        (named("a login that is broken").config(&format!("[default]\n{sso}")).file(&stored(by_url, "").0, CANARY), None),
        (login(named("SSO with a refused token").config(&format!("[default]\n{}", sso.replace("Admin+1", "unknown"))), by_url, valid), None),
        (login(named("SSO without a region").config(&format!("[default]\n{}", sso.replace("sso_region", "region"))), by_url, valid), None),
        (login(named("a session of SSO").config(session), by_name, valid), Some("ASIA-Admin")),
        (login(named("a missing session of SSO").config(&session.replace("[sso-session corp]", "[sso-session other]")), by_name, valid), None),
        (login(named("a session that differs").config(&session.replace("[sso-session", "sso_region = us-east-1\n[sso-session")), by_name, valid), None),
        (login(named("a session and a profile with the same region").config(&session.replace("[sso-session", "sso_region = eu-west-1\n[sso-session")), by_name, valid), Some("ASIA-Admin")),
        (login(named("a session of SSO without a URL").config(&session.replace("sso_start_url", "other")), by_name, valid), None),
    ];
    compare(&rows, 20);
}

#[test]
fn processes() {
    let server = fake_service::start();
    let named = |name: &str| Environment::new(name, &server.url());
    let process = |command: &str| format!("[default]\ncredential_process = {command}\n");
    let output = |rest: &str| {
        format!("{{\"Version\":1,\"AccessKeyId\":\"AKIA-process\",\"SecretAccessKey\":\"{CANARY}\"{rest}}}")
    };
    let printing = |name: &str, output: &str| named(name).config(&process("cat {home}/output")).file("output", output);
    let keys = key("AKIA-file");
    let task = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{url}/container/task")];
    let rows = vec![
        (printing("a process", &output("")), Some("AKIA-process")),
        (
            printing(
                "a process with a token",
                &output(&format!(",\"SessionToken\":\"{CANARY}\",\"Expiration\":\"2099-01-01T00:00:00Z\"")),
            ),
            Some("AKIA-process"),
        ),
        (
            printing(
                "a process with an offset",
                &output(",\"SessionToken\":\"t\",\"Expiration\":\"2099-01-01T00:00:00.5+02:00\""),
            ),
            Some("AKIA-process"),
        ),
        (printing("a process with null", &output(",\"SessionToken\":null,\"Expiration\":null")), Some("AKIA-process")),
        (printing("a process of version 2", &output("").replace(":1,", ":2,")), None),
        (printing("a process without a version", &output("").replace("Version", "version")), None),
        (printing("a process without a secret", &output("").replace("Secret", "Other")), None),
        (printing("a process that prints a page", &format!("<html>{CANARY}</html>")).variables(&task), None),
        (printing("a process that prints nothing", ""), None),
        (
            named("a process that fails")
                .config(&process(&format!("sh -c 'echo {CANARY} >&2; exit 1'")))
                .variables(&task),
            None,
        ),
        (named("a process that does not exist").config(&process("{home}/missing")).variables(&task), None),
        (named("an open quote").config(&process("cat '{home}/output")), None),
        (
            named("a quoted command")
                .config(&process("sh -c 'cat \"$0\" \"$1\"' {home}/a\\ b \"{home}/c d\""))
                .file("a b", &output(""))
                .file("c d", ""),
            Some("AKIA-process"),
        ),
        (
            printing("a credentials file before a process", &output("")).credentials(&format!("[default]\n{keys}")),
            Some("AKIA-file"),
        ),
        (
            named("a process before the config file")
                .config(&format!("{}{keys}", process("cat {home}/output")))
                .file("output", &output("")),
            Some("AKIA-process"),
        ),
        (printing("a process before a container", &output("")).variables(&task), Some("AKIA-process")),
    ];
    compare(&rows, 15);
}

#[test]
fn containers_and_instances() {
    let server = fake_service::start();
    let named = |name: &str| Environment::new(name, &server.url());
    let keys = key("AKIA-file");
    let container = |name: &str, path: &str| named(name).variables(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", path)]);
    let token = [("AWS_CONTAINER_AUTHORIZATION_TOKEN", "cAnArY-token")];
    let file = [("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "{home}/token")];
    let instance = [("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "{url}/imds")];
    let rows = vec![
        (container("a container", "{url}/container/task"), Some("ASIA-container")),
        (container("a container with a token", "{url}/container/task?a=b").variables(&token), Some("ASIA-container")),
        (
            container("a token file before a token", "{url}/container/task")
                .variables(&token)
                .variables(&file)
                .file("token", "cAnArY-file"),
            Some("ASIA-container"),
        ),
        (
            container("a token file with a line break", "{url}/container/task")
                .variables(&file)
                .file("token", "cAnArY\nfile"),
            None,
        ),
        (
            container("a missing token file", "{url}/container/task")
                .variables(&token)
                .variables(&file)
                .variables(&instance),
            None,
        ),
        (container("a container elsewhere", "http://192.0.2.1/cAnArY").variables(&instance), None),
        (container("a container that refuses", "{url}/container/forbidden").variables(&instance), None),
        (container("a container with a page", "{url}/container/page").variables(&instance), None),
        (container("a container without an expiry", "{url}/container/no-expiry"), None),
        (
            container("a container before an instance", "{url}/container/task").variables(&instance),
            Some("ASIA-container"),
        ),
        (
            container("files before a container", "{url}/container/task").config(&format!("[default]\n{keys}")),
            Some("AKIA-file"),
        ),
        (named("an instance").variables(&instance), Some("ASIA-instance")),
        (
            named("an instance that is switched off")
                .variables(&instance)
                .variables(&[("AWS_EC2_METADATA_DISABLED", "TRUE")]),
            None,
        ),
        (
            named("an instance without a service")
                .variables(&instance)
                .variables(&[("AWS_EC2_METADATA_SERVICE_ENDPOINT", "{url}/none")]),
            None,
        ),
        (
            named("an instance of a profile")
                .variables(&[("AWS_EC2_METADATA_DISABLED", "no")])
                .config("[default]\nec2_metadata_service_endpoint = {url}/imds\n"),
            Some("ASIA-instance"),
        ),
        (
            named("an instance after a profile without credentials")
                .variables(&instance)
                .config("[default]\nregion = eu-west-1\n"),
            Some("ASIA-instance"),
        ),
    ];
    compare(&rows, 15);
}

/// The endpoint of STS, and the region of the signature.
#[test]
fn endpoints_of_sts() {
    let role = format!(
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = base\n[profile base]\n{}",
        key("AKIA-base")
    );
    let named = |name: &str| Environment::new(name, "").config(&role);
    let region = |region: &str| named(region).without(&["AWS_REGION"]).variables(&[("AWS_DEFAULT_REGION", region)]);
    let with = |name: &str, key: &str| named(name).config(&role.replace("[profile", &format!("{key}\n[profile")));
    let regionless = |environment: Environment| environment.without(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
    let web = Environment::new("web identity", "").file("t", CANARY).variables(&[
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/t"),
        ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/a"),
    ]);
    let sso = |name: &str, variables: &[(&str, &str)]| {
        let token = format!("{{\"accessToken\":\"{CANARY}\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}}");
        let named =
            Environment::new(name, "").file(".aws/sso/cache/254784cd8283bad6d3651b7b0e6d75a70cc632ab.json", &token);
        named.variables(variables).config(
            "[default]\nsso_account_id = 1\nsso_role_name = a\nsso_start_url = https://a.awsapps.com/start\n\
             sso_region = eu-west-1\n",
        )
    };
    let environments = [
        region("eu-west-1"),
        region("us-east-1"),
        region("ap-southeast-5"),
        region("cn-north-1"),
        region("us-gov-west-1"),
        region("eusc-de-east-1"),
        region("us-iso-east-1"),
        region("us-isob-east-1"),
        region("us-isof-south-1"),
        region("eu-isoe-west-1"),
        web,
        regionless(named("no region")),
        regionless(with("the region of a profile", "region = us-west-2")),
        named("legacy").variables(&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy")]),
        with("legacy in a profile", "sts_regional_endpoints = legacy"),
        region("ap-east-1").variables(&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy")]),
        region("aws-global"),
        named("legacy with FIPS")
            .variables(&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy"), ("AWS_USE_FIPS_ENDPOINT", "true")]),
        named("legacy with dual-stack")
            .variables(&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy"), ("AWS_USE_DUALSTACK_ENDPOINT", "true")]),
        named("dual-stack").variables(&[("AWS_USE_DUALSTACK_ENDPOINT", "true")]),
        with("dual-stack in a profile", "use_dualstack_endpoint = True"),
        region("cn-north-1").variables(&[("AWS_USE_DUALSTACK_ENDPOINT", "true")]),
        region("us-gov-west-1").variables(&[("AWS_USE_DUALSTACK_ENDPOINT", "true"), ("AWS_USE_FIPS_ENDPOINT", "true")]),
        sso("SSO", &[]),
        sso("SSO with FIPS", &[("AWS_USE_FIPS_ENDPOINT", "true")]),
        sso("SSO with dual-stack", &[("AWS_USE_DUALSTACK_ENDPOINT", "true")]),
        named("regional").variables(&[("AWS_STS_REGIONAL_ENDPOINTS", "regional")]),
        named("FIPS").variables(&[("AWS_USE_FIPS_ENDPOINT", "true")]),
        with("FIPS in a profile", "use_fips_endpoint = true"),
        region("us-gov-east-1").variables(&[("AWS_USE_FIPS_ENDPOINT", "true")]),
        named("own").variables(&[("AWS_ENDPOINT_URL_STS", "https://sts.example.com")]),
        named("own before all").variables(&[
            ("AWS_ENDPOINT_URL_STS", "https://sts.example.com/a/"),
            ("AWS_ENDPOINT_URL", "https://all.example.com"),
        ]),
        named("all").variables(&[("AWS_ENDPOINT_URL", "https://all.example.com")]),
        named("ignored").variables(&[
            ("AWS_ENDPOINT_URL_STS", "https://sts.example.com"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ]),
        with("ignored in a profile", "endpoint_url = https://all.example.com\nignore_configured_endpoint_urls = true"),
        with("in a profile", "endpoint_url = https://all.example.com"),
        with("a variable before a profile", "endpoint_url = https://profile.example.com")
            .variables(&[("AWS_ENDPOINT_URL", "https://all.example.com")]),
    ];
    let cases: Vec<Value> = environments.iter().map(|environment| environment.json(true)).collect();
    let mut different = Vec::new();
    for (environment, botocore) in environments.iter().zip(of_botocore(&cases)) {
        let botocore = botocore["offline"].as_str().unwrap_or_else(|| panic!("{}: {botocore}", environment.name));
        for way in ["waiting", "blocking"] {
            let found = environment.run(way, "offline").0;
            // A slash at the end of the URL makes no difference.
            if found["offline"].as_str().map(|url| url.replace("/ ", " ")) != Some(botocore.replace("/ ", " ")) {
                different.push(format!("{} ({way}): {}, botocore {botocore}", environment.name, found["offline"]));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
