//! Tunnels through a proxy to a service.

use crate::fake_proxy::{Behavior, CERTIFICATE, HOST, Proxy, Received, Service, THIS_MACHINE, header};
use crate::{Settings, TRANSPORTS};
use cognito_op::transport::{BlockingTransport, Proxies, Timeouts, Transport};
use cognito_op::{Body, ErrorKind, HyperTransport, Retries, UreqTransport};
use cognito_op_tests::server::{Reply, Server, answer};
use http::Request;
use std::time::Duration;

/// The service receives its own name in the handshake and in the header `Host`, and the connection is reused.
#[test]
fn a_tunnel_leads_to_the_service() {
    for transport in TRANSPORTS {
        for proxy in [|service: &_| Proxy::to(service, Behavior::Tunnel), Proxy::over_tls] {
            let service = Service::start();
            let proxy = proxy(&service);
            let caller = transport(&Settings::new(format!("https://{HOST}"), &proxy.url()));
            for _ in 0..3 {
                caller.call().expect("a response");
            }
            let received = Received { server_name: Some(HOST.to_owned()), host: HOST.to_owned() };
            assert_eq!(service.received(), vec![received; 3], "{}", proxy.url());
            assert_eq!(proxy.heads(), [format!("CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n")]);
        }
    }
}

#[test]
fn credentials_are_sent_to_the_proxy_only() {
    for transport in TRANSPORTS {
        for proxy in [|service: &_| Proxy::to(service, Behavior::Tunnel), Proxy::over_tls] {
            let service = Service::start();
            let proxy = proxy(&service);
            let url = proxy.url_with("Aladdin:open%20sesame");
            transport(&Settings::new(format!("https://{HOST}"), &url)).call().expect("a response");
            let heads = proxy.heads();
            assert_eq!(header(&heads[0], "proxy-authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
            assert_eq!(service.received().len(), 1);
        }
    }
}

#[test]
fn plain_http_uses_a_tunnel_too() {
    let server = Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")));
    for transport in TRANSPORTS {
        let address = server.authority().parse().expect("an address");
        for proxy in [Proxy::start(Behavior::Tunnel, address), Proxy::start_over_tls(address)] {
            let caller = transport(&Settings::new(format!("http://{HOST}:8080"), &proxy.url()));
            caller.call().expect("a response");
            caller.call().expect("a response");
            assert_eq!(proxy.heads(), [format!("CONNECT {HOST}:8080 HTTP/1.1\r\nHost: {HOST}:8080\r\n\r\n")]);
        }
    }
    for received in server.received() {
        assert_eq!((received.line.as_str(), received.header("host")), ("POST / HTTP/1.1", "cognito.example.com:8080"));
        assert!(received.headers.iter().all(|(name, _)| !name.to_ascii_lowercase().starts_with("proxy-")));
    }
    assert_eq!(server.received().len(), 8);
}

/// A connection that was made without a proxy, or through another proxy, is not reused.
#[test]
fn a_transport_with_other_proxies_has_no_connections() {
    let service = Service::start();
    let url = format!("https://{THIS_MACHINE}:{}/", service.port());
    let timeouts = Timeouts::new(Duration::from_secs(10), Duration::from_secs(10), Duration::from_secs(10));
    let request = || Request::post(&url).body(Body::from("{}")).expect("a request");
    let (first, second) = (Proxy::to(&service, Behavior::Tunnel), Proxy::to(&service, Behavior::Tunnel));
    let proxies = || [&first, &second].map(|proxy| Proxies::all(proxy.url()).expect("a proxy"));

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut hyper = HyperTransport::with_root_certificates([&*CERTIFICATE]).expect("a certificate");
    runtime.block_on(Transport::send(&hyper, request(), timeouts)).expect("a response");
    for proxies in proxies() {
        hyper = hyper.with_proxies(proxies);
        runtime.block_on(Transport::send(&hyper, request(), timeouts)).expect("a response");
    }
    assert_eq!((first.heads().len(), second.heads().len(), service.received().len()), (1, 1, 3));

    let mut ureq = UreqTransport::with_root_certificates([&*CERTIFICATE]).expect("a certificate");
    BlockingTransport::send(&ureq, request(), timeouts).expect("a response");
    for proxies in proxies() {
        ureq = ureq.with_proxies(proxies);
        BlockingTransport::send(&ureq, request(), timeouts).expect("a response");
    }
    assert_eq!((first.heads().len(), second.heads().len(), service.received().len()), (2, 2, 6));
}

#[test]
fn loopback_and_exceptions_are_reached_directly() {
    let service = Service::start();
    let proxy = Proxy::to(&service, Behavior::Respond(""));
    for transport in TRANSPORTS {
        let loopback = Settings::new(format!("https://localhost:{}", service.port()), &proxy.url());
        transport(&loopback).call().expect("a response");
        let mut excepted = Settings::new(format!("https://{THIS_MACHINE}:{}", service.port()), &proxy.url());
        assert!(transport(&excepted).call().is_err(), "without an exception, the proxy is used");
        let heads = proxy.heads().len();
        excepted.proxies = excepted.proxies.except("example.com,0.0.0.0/8");
        transport(&excepted).call().expect("a response");
        assert_eq!(proxy.heads().len(), heads);
    }
    assert_eq!(service.received().len(), 4);
}

/// A proxy cannot read a request: no request is sent if the certificate inside the tunnel is not that of the service.
#[test]
fn certificates_are_checked_inside_the_tunnel_and_outside() {
    for transport in TRANSPORTS {
        let service = Service::start();
        let (plain, tls) = (Proxy::to(&service, Behavior::Tunnel), Proxy::over_tls(&service));
        let another = tls.url().replace("localhost", "127.0.0.1");
        for (host, proxy) in [("another.example.com", plain.url()), ("another.example.com", tls.url()), (HOST, another)]
        {
            let mut settings = Settings::new(format!("https://{host}"), &proxy);
            settings.retries = Retries::off();
            let error = transport(&settings).call().expect_err("a certificate of another host");
            let report = error.report().to_string();
            assert!(report.contains("certificate not valid for name"), "{report}");
            assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false));
        }
        assert_eq!((plain.heads().len(), tls.heads().len(), service.received().len()), (1, 1, 0));
    }
}
