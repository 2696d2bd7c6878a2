//! A minimal browser, which follows redirects and keeps cookies.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

#[derive(Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
}

pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn get(&mut self, url: &str) -> Page {
        self.send("GET", url, "")
    }

    /// Sends a form.
    pub(crate) fn send(&mut self, method: &str, url: &str, form: &str) -> Page {
        let (host, path) = url.strip_prefix("http://").and_then(|url| url.split_once('/')).expect("a URL");
        let mut stream = TcpStream::connect(host).expect("a connection");
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (cookies, length) = (cookies.join("; "), form.len());
        write!(
            stream,
            "{method} /{path} HTTP/1.0\r\nhost: {host}\r\ncookie: {cookies}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
        )
        .expect("the request is sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("the response");
        let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
        let mut location = String::new();
        for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(": ")) {
            if name.eq_ignore_ascii_case("set-cookie") {
                let (name, value) = value.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
                self.cookies.insert(name.to_owned(), value.to_owned());
            } else if name.eq_ignore_ascii_case("location") {
                value.clone_into(&mut location);
            }
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Page { status, location, body: body.to_owned() }
    }

    /// Follows redirects until one leads away from the server, and returns its URL.
    pub(crate) fn leave(&mut self, url: &str) -> String {
        let (_, rest) = url.split_once("://").expect("a URL");
        let origin = format!("http://{}", rest.split('/').next().expect("a host"));
        let mut url = url.to_owned();
        for _ in 0..10 {
            let Page { status, location, body } = self.get(&url);
            assert!((300..400).contains(&status), "{url}: {status} {body}");
            if location.starts_with('/') {
                url = format!("{origin}{location}");
            } else if location.starts_with(&origin) {
                url = location;
            } else {
                return location;
            }
        }
        panic!("too many redirects")
    }
}
