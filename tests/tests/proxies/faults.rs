//! Proxies that refuse connections or tunnels, hang, close connections, or send other data.

use crate::fake_proxy::{Behavior, HOST, Proxy, Service};
use crate::{Settings, TRANSPORTS};
use cognito_op::transport::TimeoutKind;
use cognito_op::{ErrorKind, Retries};
use std::net::TcpListener;
use std::time::Duration;

/// The operation is never executed. The call is retried unless the status is permanent.
#[test]
fn tunnels_that_are_not_opened() {
    let permanent = [
        ("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n", "407 Proxy Authentication Required"),
        ("HTTP/1.1 403 No\r\n\r\n", "403 Forbidden"),
    ];
    let transient = [
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 5\r\n\r\nwrong", "502 Bad Gateway"),
        ("HTTP/1.1 504 No\r\n\r\n", "504 Gateway Timeout"),
        ("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}", "before there was a request"),
        ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "its response is not HTTP/1"),
        ("HTTP/1.1 200 OK\r\n", "it closed the connection"),
        ("", "it closed the connection"),
    ];
    let acts = |responses: &[(&'static str, &'static str)], attempts| {
        responses.iter().map(|(response, text)| (Behavior::Respond(response), *text, attempts)).collect::<Vec<_>>()
    };
    let endless = [(Behavior::Endless, "the head of its response is too large", 3)];
    for (act, text, attempts) in [acts(&permanent, 1), acts(&transient, 3), endless.to_vec()].concat() {
        for transport in TRANSPORTS {
            let service = Service::start();
            let proxy = Proxy::to(&service, act);
            let url = proxy.url_with("alice:canary");
            let error = transport(&Settings::new(format!("https://{HOST}"), &url)).call().expect_err("no tunnel");
            let report = error.report().to_string();
            assert!(report.contains(text) && report.contains(&proxy.url()), "{act:?}: {report}");
            assert!(!report.contains("canary"), "{report}");
            assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false), "{act:?}");
            assert_eq!(error.is_transient(), attempts > 1, "{act:?}");
            assert_eq!((proxy.heads().len(), service.received().len()), (attempts, 0), "{act:?}");
        }
    }
}

#[test]
fn a_proxy_that_refuses_connections() {
    let refusing = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    for transport in TRANSPORTS {
        let settings = Settings::new(format!("https://{HOST}"), &format!("http://alice:canary@{refusing}"));
        let error = transport(&settings).call().expect_err("no proxy");
        let report = error.report().to_string();
        assert!(report.contains(&format!("the proxy http://{refusing} failed")), "{report}");
        assert!(report.contains("refused") && !report.contains("canary"), "{report}");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false));
        assert_eq!((error.attempts(), error.is_transient()), (3, true));
    }
}

/// The connect timeout includes the tunnel, and TLS inside it.
#[test]
fn a_proxy_that_hangs() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let service = Service::start();
    let (hanging, swallowing) = (Proxy::to(&service, Behavior::Hang), Proxy::to(&service, Behavior::Swallow));
    let accepting = format!("http://{}", silent.local_addr().expect("a bound socket"));
    for url in [accepting, hanging.url(), swallowing.url()] {
        for transport in TRANSPORTS {
            let mut settings = Settings::new(format!("https://{HOST}"), &url);
            settings.connect_timeout = Duration::from_millis(200);
            settings.retries = Retries::off();
            let error = transport(&settings).call().expect_err("no connection");
            assert_eq!((error.kind(), error.timeout_kind()), (ErrorKind::Timeout, Some(TimeoutKind::Connect)));
            assert!(!error.may_have_executed(), "{url}");
            let report = error.report().to_string();
            assert!(report.contains(&format!("through the proxy {url}")), "{report}");
        }
    }
    assert_eq!((hanging.heads().len(), swallowing.heads().len()), (2, 2));
    assert!(service.received().is_empty());
}

/// The request may have been executed, so the operation, which is not idempotent, is not retried.
#[test]
fn a_tunnel_that_closes_within_a_response() {
    for transport in TRANSPORTS {
        let service = Service::stuck();
        let proxy = Proxy::to(&service, Behavior::Cut);
        let caller = transport(&Settings::new(format!("https://{HOST}"), &proxy.url()));
        let error = caller.call().expect_err("half a response");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, true), "{error:?}");
        assert_eq!((proxy.heads().len(), service.received().len()), (1, 1));
    }
}
