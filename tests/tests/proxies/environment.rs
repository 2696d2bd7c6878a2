//! The proxies that `from_env` reads, tested in processes with their own environment variables.

use crate::fake_proxy::{Behavior, HOST, Proxy, Service, header};
use cognito_op::{Body, Client, ErrorKind, blocking};
use cognito_op_tests::resend::ResendConfirmationCode;
use std::process::Command;
use std::time::Duration;

/// Runs a test of this program with these variables and no others. Returns whether it succeeded, and its output.
fn with_variables(test: &str, variables: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", test, "--ignored", "--nocapture"]).env_clear().envs(variables.iter().copied());
    let output = command.output().expect("this program runs");
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn both_clients_use_the_proxy_of_the_environment() {
    let service = Service::start();
    let proxy = Proxy::to(&service, Behavior::Respond("HTTP/1.1 407 No\r\n\r\n"));
    let endpoint = ("AWS_ENDPOINT_URL", &*format!("https://{HOST}"));
    let url = proxy.url_with("alice:canary");
    let (succeeded, output) = with_variables("environment::calls", &[endpoint, ("HTTPS_PROXY", &url)]);
    assert!(succeeded && output.contains("1 passed"), "{output}");
    assert!(!output.contains("canary"), "{output}");
    let heads = proxy.heads();
    let authorization = Some("Basic YWxpY2U6Y2FuYXJ5");
    assert_eq!(heads.iter().map(|head| header(head, "proxy-authorization")).collect::<Vec<_>>(), [authorization; 2]);
    let (succeeded, _) = with_variables("environment::calls", &[endpoint, ("HTTPS_PROXY", &url), ("NO_PROXY", HOST)]);
    assert!(!succeeded, "it fails without the proxy");
    assert_eq!(proxy.heads().len(), 2);
}

#[test]
#[ignore = "both_clients_use_the_proxy_of_the_environment runs it"]
fn calls() {
    let operation = ResendConfirmationCode::new("1example23456789", "alice");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = Client::builder().from_env().build().expect("a client");
    let error = runtime.block_on(operation.send(&client)).expect_err("the proxy refuses");
    assert!(error.report().to_string().contains("407"), "{error:?}");
    let client = blocking::Client::builder().from_env().build().expect("a client");
    let error = operation.send_blocking(&client).expect_err("the proxy refuses");
    assert!(error.report().to_string().contains("407"), "{error:?}");
}

/// A client with a loopback endpoint can also send requests to other URLs, such as that of a key set.
#[test]
fn an_unsupported_proxy_is_an_error_of_a_request_that_would_use_it() {
    let (succeeded, output) =
        with_variables("environment::requests_are_refused", &[("ALL_PROXY", "socks5h://alice:canary@127.0.0.1:1080")]);
    assert!(succeeded && output.contains("1 passed") && !output.contains("canary"), "{output}");
}

#[test]
#[ignore = "an_unsupported_proxy_is_an_error_of_a_request_that_would_use_it runs it"]
fn requests_are_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let request =
        || http::Request::get("https://cognito.example.com/keys").body(Body::from(String::new())).expect("a request");
    let timeout = Duration::from_secs(5);
    let client = Client::builder().from_env().endpoint("http://127.0.0.1:9229").build().expect("a client");
    let asynchronous = runtime.block_on(client.send_http(request(), timeout));
    let client = blocking::Client::builder().from_env().endpoint("http://127.0.0.1:9229").build().expect("a client");
    for outcome in [asynchronous, client.send_http(request(), timeout)] {
        let error = outcome.expect_err("a SOCKS proxy");
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(!error.is_transient() && !error.may_have_been_sent(), "{error:?}");
        assert!(source.contains("the environment variable ALL_PROXY is a SOCKS proxy"), "{error:?}");
    }
}

#[test]
fn an_unsupported_proxy_is_an_error_with_the_variable() {
    let variables = [("AWS_REGION", "eu-west-1"), ("ALL_PROXY", "socks5h://alice:canary@127.0.0.1:1080")];
    let (succeeded, output) = with_variables("environment::is_refused", &variables);
    assert!(succeeded && output.contains("1 passed") && !output.contains("canary"), "{output}");
}

#[test]
#[ignore = "an_unsupported_proxy_is_an_error_with_the_variable runs it"]
fn is_refused() {
    let asynchronous = Client::builder().from_env().build().map(drop);
    let blocking = blocking::Client::builder().from_env().build().map(drop);
    for error in [asynchronous, blocking].map(|built| built.expect_err("a SOCKS proxy")) {
        assert_eq!(error.kind(), ErrorKind::Misconfigured);
        let text = format!("{error} {error:?}");
        assert!(text.contains("the environment variable ALL_PROXY is a SOCKS proxy, which is not supported"), "{text}");
    }
    // A proxy that would not be used is not an error.
    for endpoint in ["http://127.0.0.1:9229", "http://localhost:9229", "https://[::1]"] {
        assert!(Client::builder().from_env().endpoint(endpoint).build().is_ok(), "{endpoint}");
        assert!(blocking::Client::builder().from_env().endpoint(endpoint).build().is_ok(), "{endpoint}");
    }
    assert!(Client::builder().from_env().no_proxy().build().is_ok());
    assert!(Client::builder().from_env().proxy("http://proxy.example.com:3128").build().is_ok());
}
