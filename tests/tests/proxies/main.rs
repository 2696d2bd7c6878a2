//! Proxies of both transports: tunnels, faults, exceptions and secrets.

#![allow(missing_docs, clippy::expect_used)]

mod environment;
mod fake_proxy;
mod faults;
mod no_proxy;
mod secrets;
mod tinyproxy;
mod tunnels;

use cognito_op::transport::Proxies;
use cognito_op::{Builder, Client, Error, HyperTransport, Retries, UreqTransport, blocking};
use cognito_op_tests::resend::ResendConfirmationCode;
use std::time::Duration;
use tokio::runtime::Runtime;

/// A client over one of the transports.
enum Caller {
    Hyper(Runtime, Client),
    Ureq(blocking::Client),
}

/// The settings of a client.
#[derive(Clone)]
struct Settings {
    endpoint: String,
    proxies: Proxies,
    retries: Retries,
    connect_timeout: Duration,
}

impl Settings {
    fn new(endpoint: impl Into<String>, proxy: &str) -> Self {
        Self {
            endpoint: endpoint.into(),
            proxies: Proxies::all(proxy).expect("a proxy"),
            retries: Retries::standard(),
            connect_timeout: Duration::from_secs(10),
        }
    }

    fn apply<T>(&self, builder: Builder<T>) -> Builder<T> {
        let builder = builder.endpoint(&self.endpoint).allow_http().retries(self.retries);
        builder.connect_timeout(self.connect_timeout)
    }

    fn hyper(&self) -> Caller {
        let transport = HyperTransport::with_root_certificates([&*fake_proxy::CERTIFICATE]).expect("a certificate");
        let client = self.apply(Client::builder()).build_with(transport.with_proxies(self.proxies.clone()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Caller::Hyper(runtime, client.expect("a client"))
    }

    fn ureq(&self) -> Caller {
        let transport = UreqTransport::with_root_certificates([&*fake_proxy::CERTIFICATE]).expect("a certificate");
        let client = self.apply(blocking::Client::builder()).build_with(transport.with_proxies(self.proxies.clone()));
        Caller::Ureq(client.expect("a client"))
    }
}

/// The functions that create a caller over each transport.
const TRANSPORTS: [fn(&Settings) -> Caller; 2] = [Settings::hyper, Settings::ureq];

impl Caller {
    /// Calls an operation that is not idempotent.
    fn call(&self) -> Result<(), Error> {
        let operation = ResendConfirmationCode::new("1example23456789", "alice");
        match self {
            Self::Hyper(runtime, client) => runtime.block_on(operation.send(client)),
            Self::Ureq(client) => operation.send_blocking(client),
        }
        .map(drop)
    }
}
