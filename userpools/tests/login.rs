//! Runs the example `login` against the emulator of the service, in the place of a browser.

#![allow(clippy::expect_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// The example in a process of its own.
struct Login {
    process: Child,
    output: BufReader<ChildStdout>,
    /// The URL of the login page.
    url: String,
}

impl Login {
    fn start() -> Self {
        let tests = std::env::current_exe().expect("the path of the test");
        let folder = tests.parent().and_then(|deps| deps.parent()).expect("a path in target/*/deps");
        let program = folder.join("examples/login").with_extension(std::env::consts::EXE_EXTENSION);
        assert!(program.exists(), "login is not built: `cargo test` builds the examples, `cargo test --test` does not");
        let mut command = Command::new(program);
        for name in ["LOGIN_CLIENT_ID", "LOGIN_POOL_ID", "LOGIN_DOMAIN", "LOGIN_PORT"] {
            command.env_remove(name);
        }
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the example");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let mut line = || {
            let mut line = String::new();
            output.read_line(&mut line).expect("a line");
            line.trim().to_owned()
        };
        assert_eq!(line(), "Open this page in a browser:");
        let url = line();
        Self { process, output, url }
    }

    /// Fills in the form of the login page. Returns the URL of the callback.
    fn fill_in(&self) -> String {
        assert_eq!(get(&self.url).0, 200);
        let page = self.url.replace("/oauth2/authorize?", "/login?");
        let (status, callback, _) = send("POST", &page, "username=bob&password=Correct-Horse-7");
        assert_eq!(status, 302);
        callback
    }

    /// Returns the rest of the output, the errors and the status of the example.
    fn end(mut self) -> (String, String, ExitStatus) {
        let (mut output, mut errors) = (String::new(), String::new());
        self.output.read_to_string(&mut output).expect("its output");
        self.process.stderr.take().expect("its errors").read_to_string(&mut errors).expect("its errors");
        (output, errors, self.process.wait().expect("its status"))
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        // It has ended, unless the test fails.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn get(url: &str) -> (u16, String, String) {
    send("GET", url, "")
}

/// Returns the status of the response, the header `Location` and the body.
fn send(method: &str, url: &str, body: &str) -> (u16, String, String) {
    let (host, path) = url.strip_prefix("http://").and_then(|url| url.split_once('/')).expect("a URL");
    let mut stream = TcpStream::connect(host).expect("a connection");
    let length = body.len();
    write!(
        stream,
        "{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .expect("the request is sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("the response");
    let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let location = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
    (status, location.to_owned(), body.to_owned())
}

#[test]
fn a_browser_signs_in() {
    let login = Login::start();
    let callback = login.fill_in();
    // A connection without a request, another page, and callbacks that someone else sends.
    let (origin, _) = callback.split_once("/callback?").expect("the callback");
    drop(TcpStream::connect(origin.trim_start_matches("http://")).expect("a connection"));
    assert_eq!(get(&format!("{origin}/favicon.ico")).0, 404);
    for forged in ["code=forged&state=forged", "error=access_denied&state=forged", "error=access_denied"] {
        assert_eq!(get(&format!("{origin}/callback?{forged}")).0, 400);
    }
    let (status, _, body) = get(&callback);
    assert_eq!((status, body.as_str()), (200, "You can close this page and return to the program."));
    let (output, errors, status) = login.end();
    assert!(status.success(), "{output}{errors}");
    assert_eq!(output, "bob has signed in.\nThe refresh token was revoked.\n");
}

#[test]
fn a_browser_cancels() {
    let login = Login::start();
    let callback = login.fill_in();
    let (path, query) = callback.split_once('?').expect("a query");
    let state = query.split('&').find(|pair| pair.starts_with("state=")).expect("a state");
    assert_eq!(get(&format!("{path}?error=access_denied&error_description=The+user+said+no&{state}")).0, 400);
    let (output, errors, status) = login.end();
    assert!(!status.success() && output.is_empty(), "{output}");
    assert!(errors.contains("the user was not signed in: access_denied: The user said no"), "{errors}");
}
