//! Tunnels through tinyproxy. Its log contains the requests that it received.

use crate::fake_proxy::{Service, THIS_MACHINE};
use crate::{Settings, TRANSPORTS};
use cognito_op::ErrorKind;
use cognito_op_tests::peers::Peer;

/// Returns the number of tunnels that were requested.
fn tunnels(proxy: &Peer, service: &Service) -> usize {
    let wanted = format!("CONNECT {THIS_MACHINE}:{} HTTP/1.1", service.port());
    proxy.log().lines().filter(|line| line.contains(&wanted)).count()
}

fn endpoint(service: &Service) -> String {
    format!("https://{THIS_MACHINE}:{}", service.port())
}

#[test]
fn tunnels_are_opened_and_reused() {
    for transport in TRANSPORTS {
        let (service, proxy) = (Service::start(), Peer::tinyproxy(""));
        let caller = transport(&Settings::new(endpoint(&service), &proxy.url()));
        for _ in 0..3 {
            caller.call().expect("a response");
        }
        assert_eq!((tunnels(&proxy, &service), service.received().len()), (1, 3), "{}", proxy.log());
    }
}

#[test]
fn basic_authentication() {
    let proxy = Peer::tinyproxy("BasicAuth alice cana.ry");
    let url = |user_info: &str| proxy.url().replace("://", &format!("://{user_info}@"));
    for transport in TRANSPORTS {
        let service = Service::start();
        transport(&Settings::new(endpoint(&service), &url("alice:cana%2Ery"))).call().expect("a response");
        assert_eq!((tunnels(&proxy, &service), service.received().len()), (1, 1), "{}", proxy.log());
        // tinyproxy responds with 401 to a wrong password.
        let (wrong, missing) = (url("alice:canary-wrong"), proxy.url());
        for (status, attempts, url) in
            [("401 Unauthorized", 2, wrong), ("407 Proxy Authentication Required", 3, missing)]
        {
            let error = transport(&Settings::new(endpoint(&service), &url)).call().expect_err("no right password");
            assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Transport, false));
            let text = format!("{error:?} {}", error.report());
            assert!(text.contains(&format!("{status}; check the user name and the password")), "{text}");
            assert!(text.contains(&proxy.url()) && !text.contains("canary"), "{text}");
            // There is no retry, because it could lock the account.
            assert_eq!((tunnels(&proxy, &service), service.received().len()), (attempts, 1), "{}", proxy.log());
        }
    }
}

#[test]
fn ports_that_the_proxy_does_not_permit() {
    let proxy = Peer::tinyproxy("ConnectPort 443");
    for transport in TRANSPORTS {
        let service = Service::start();
        let error = transport(&Settings::new(endpoint(&service), &proxy.url())).call().expect_err("not permitted");
        let report = error.report().to_string();
        assert!(report.contains("403 Forbidden; it does not permit tunnels to this host and port"), "{report}");
        assert!(!error.may_have_executed() && service.received().is_empty());
    }
}
