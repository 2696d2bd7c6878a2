//! The exceptions of a proxy (`NO_PROXY`), compared with those of curl.

use cognito_op::transport::Proxies;
use cognito_op_tests_provision::run;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

/// Host, `NO_PROXY`, and whether a proxy is used.
const CASES: [(&str, &str, bool); 65] = [
    // All hosts.
    ("example.com", "", true),
    ("example.com", "*", false),
    ("10.0.0.1", "*", false),
    ("[2001:db8::1]", "*", false),
    // Only a star alone is a wildcard.
    ("example.com", " * ", true),
    ("example.com", "a,*", true),
    ("10.0.0.1", "a,*", true),
    ("example.com", "*.example.com", true),
    ("www.example.com", "*.example.com", true),
    ("example.com", "example.*", true),
    // Names and subdomains.
    ("example.com", "example.com", false),
    ("www.example.com", "example.com", false),
    ("a.b.c.example.com", "b.c.example.com", false),
    ("xb.c.example.com", "b.c.example.com", true),
    ("notexample.com", "example.com", true),
    ("example.com", "www.example.com", true),
    ("example.com", "com", false),
    ("com", "com", false),
    ("example.com", "e", true),
    ("example.com", "ample.com", true),
    ("example.com.example.org", "example.com", true),
    // Dots.
    ("example.com", ".example.com", false),
    ("www.example.com", ".example.com", false),
    ("notexample.com", ".example.com", true),
    ("example.com", "..example.com", true),
    ("www.example.com", "..example.com", true),
    ("example.com", ".", true),
    ("example.com.", "example.com", false),
    ("example.com", "example.com.", false),
    ("www.example.com.", ".example.com.", false),
    ("example.com", "example.com..", true),
    // Case.
    ("EXAMPLE.com", "example.COM", false),
    ("www.Example.com", ".EXAMPLE.COM", false),
    // Lists.
    ("example.com", "a,example.com", false),
    ("example.com", "a, example.com", false),
    ("example.com", "a , example.com", false),
    ("example.com", "a,,example.com", false),
    ("example.com", " example.com ,b", false),
    ("example.com", "\texample.com", false),
    ("example.com", ",example.com", false),
    ("example.com", "a,b", true),
    ("example.com", "example.com;b", true),
    ("example.com", "\"example.com\"", true),
    // Ports and URLs.
    ("example.com", "example.com:80", true),
    ("example.com", ":80", true),
    ("10.0.0.1", "10.0.0.1:80", true),
    ("example.com", "http://example.com", true),
    // Addresses.
    ("10.0.0.1", "10.0.0.1", false),
    ("10.0.0.2", "10.0.0.1", true),
    ("10.0.0.1", "0.0.0.1", true),
    ("10.0.0.1", ".0.0.1", true),
    ("10.0.0.1", "10.", true),
    ("10.0.0.1", "10.0.0", true),
    ("[2001:db8::1]", "2001:db8::1", false),
    ("[2001:db8::1]", "2001:db8::2", true),
    ("[2001:db8::1]", "[2001:db8::1]", true),
    // An IPv4-mapped IPv6 address does not match the IPv4 address.
    ("[::ffff:10.0.0.1]", "10.0.0.1", true),
    ("[::ffff:10.0.0.1]", "10.0.0.0/8", true),
    ("[::ffff:10.0.0.1]", "::ffff:10.0.0.1", false),
    ("10.0.0.1", "::ffff:10.0.0.1", true),
    // Networks.
    ("10.0.0.2", "10.0.0.0/24", false),
    ("10.0.1.2", "10.0.0.0/24", true),
    ("10.0.0.2", "10.0.0.1/24", false),
    ("10.0.0.1", "10.0.0.1/33", true),
    ("10.0.0.1", "10.0.0.1/32", false),
];

/// Starts a server that is the proxy of curl and, because of `--connect-to`, also each host. Returns its address, and
/// the first line of each request.
fn server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound socket").to_string();
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // With `--connect-to`, curl requests a tunnel from the proxy, and sends its request through the tunnel.
            let mut lines = BufReader::new(stream.try_clone().expect("a clone")).lines().map_while(Result::ok);
            while let Some(first) = lines.next() {
                lines.by_ref().take_while(|line| !line.is_empty()).for_each(drop);
                sender.send(first).expect("the test runs");
                stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("curl reads it");
            }
        }
    });
    (address, lines)
}

#[test]
fn exceptions_are_those_of_curl() {
    let (address, lines) = server();
    for (host, list, expected) in CASES {
        let url = format!("http://{host}/");
        let proxies = Proxies::all(&address).expect("a proxy").except(list);
        let found = proxies.find(&url.parse().expect("a URL")).expect("it is valid");
        assert_eq!(found.is_some(), expected, "{host} {list:?}");
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--max-time", "10", "--connect-to", &format!("::{address}"), &url]);
        curl.env_clear().env("http_proxy", &address).env("no_proxy", list);
        run(&mut curl);
        let first = lines.try_iter().collect::<Vec<_>>().swap_remove(0);
        assert_eq!(first.starts_with("CONNECT "), expected, "curl: {host} {list:?} {first}");
    }
}
