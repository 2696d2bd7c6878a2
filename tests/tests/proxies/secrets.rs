//! The password of a proxy is redacted in all output.

use crate::fake_proxy::{Behavior, HOST, Proxy, Service};
use crate::{Settings, TRANSPORTS};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::transport::Proxies;
use cognito_op::{Client, HyperTransport, UreqTransport, blocking};
use cognito_op_tests::written::Written;
use log::{LevelFilter, Log, Metadata, Record};
use std::sync::Mutex;

/// The user name and the password.
const USER_INFO: &str = "canary-user:canary-word";

struct Records(Mutex<Vec<String>>);

static RECORDS: Records = Records(Mutex::new(Vec::new()));

impl Log for Records {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        self.0.lock().expect("no panic").push(record.args().to_string());
    }

    fn flush(&self) {}
}

#[test]
fn the_password_is_shown_nowhere() {
    log::set_logger(&RECORDS).expect("the only logger");
    log::set_max_level(LevelFilter::Trace);
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    let subscriber = subscriber.with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
    let mut shown = Vec::new();
    let encoded = STANDARD.encode(USER_INFO);
    let (echo, garbage) = ("HTTP/1.1 407 canary-word\r\n\r\n", "canary-word\r\n\r\n");
    for act in [Behavior::Tunnel, Behavior::Respond(echo), Behavior::Respond(garbage)] {
        for transport in TRANSPORTS {
            let service = Service::start();
            let proxy = Proxy::to(&service, act);
            let settings = Settings::new(format!("https://{HOST}"), &proxy.url_with(USER_INFO));
            let outcome = transport(&settings).call();
            assert!(proxy.heads()[0].contains(&encoded), "the credentials are sent");
            shown.push(format!("{:?}", settings.proxies));
            let error = outcome.err();
            assert_eq!(error.is_none(), act == Behavior::Tunnel);
            shown.extend(error.map(|error| format!("{error} {error:?} {}", error.report())));
        }
    }
    let url = &format!("http://{USER_INFO}@proxy.example.com:3128");
    let proxies = Proxies::all(url).expect("a proxy");
    let proxy = proxies.find(&"https://example.com".parse().expect("a URL")).expect("it is valid").expect("a proxy");
    shown.push(format!("{proxies:?} {proxy} {proxy:?} {:?}", proxy.authorization()));
    let builder = Client::builder().region("eu-west-1").proxy(url);
    shown.push(format!("{builder:?}"));
    shown.push(format!("{:?}", builder.build().expect("a client")));
    let builder = blocking::Client::builder().region("eu-west-1").proxy(url);
    shown.push(format!("{builder:?}"));
    shown.push(format!("{:?}", builder.build().expect("a client")));
    shown.push(format!("{:?}", HyperTransport::new().expect("a transport").with_proxies(proxies.clone())));
    shown.push(format!("{:?}", UreqTransport::new().expect("a transport").with_proxies(proxies)));
    for bad in ["#@", "http://#@proxy:0", "socks5://#@proxy", "#://proxy", "http://#/@proxy"] {
        let bad = bad.replace('#', USER_INFO);
        let bad = bad.as_str();
        let error = Proxies::all(bad).expect_err("no HTTP proxy");
        shown.push(format!("{error} {error:?} {}", error.report()));
        let error = Client::builder().region("eu-west-1").proxy(bad).build().expect_err("no HTTP proxy");
        shown.push(format!("{error} {error:?} {}", error.report()));
    }
    assert!(written.lines().len() >= 6, "an event for each attempt");
    shown.extend(written.lines());
    shown.extend(RECORDS.0.lock().expect("no panic").iter().cloned());
    let found = shown.iter().find(|text| text.contains("canary-") || text.contains(&encoded));
    assert_eq!(found, None);
}
