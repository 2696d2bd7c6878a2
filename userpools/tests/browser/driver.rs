//! Headless Chromium with a virtual authenticator, over the HTTP interface of chromedriver
//! (<https://www.w3.org/TR/webdriver2/>, <https://www.w3.org/TR/webauthn-3/#sctn-automation>).

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) struct Browser {
    driver: Child,
    /// Kept open, since the driver writes to it.
    _stdout: BufReader<ChildStdout>,
    port: u16,
    /// All files of the driver and the browser.
    folder: PathBuf,
    session: String,
    authenticator: String,
}

impl Browser {
    pub(super) fn start() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("cognito-chromium-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let mut command = Command::new("chromedriver");
        command
            .arg("--port=0")
            .env("TMPDIR", &folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut driver = command.spawn().unwrap_or_else(|error| {
            panic!(
                "`chromedriver` cannot be run ({error}); on Debian, the package `chromium-driver` has it and Chromium"
            )
        });
        let mut stdout = BufReader::new(driver.stdout.take().expect("its output"));
        let port = loop {
            let mut line = String::new();
            assert_ne!(stdout.read_line(&mut line).expect("its output"), 0, "chromedriver ended without a port");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end().trim_end_matches('.').parse().expect("a port");
            }
        };
        let mut browser =
            Self { driver, _stdout: stdout, port, folder, session: String::new(), authenticator: String::new() };
        let profile = format!("--user-data-dir={}", browser.folder.join("profile").display());
        // Chromium has no sandbox for root. It loads only pages of the test.
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &profile];
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } });
        let started = browser.send("POST", "/session", &json!({ "capabilities": { "alwaysMatch": capabilities } }));
        browser.session = text(&started["sessionId"]);
        let authenticator = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserConsenting": true, "isUserVerified": true,
        });
        browser.authenticator = text(&browser.post("webauthn/authenticator", &authenticator));
        browser
    }

    pub(super) fn go(&self, url: &str) {
        self.post("url", &json!({ "url": url }));
    }

    /// Runs the body of an asynchronous function and returns its result.
    pub(super) fn run(&self, script: &str, arguments: &Value) -> Value {
        let script = format!("return (async function () {{ {script} }}).apply(null, arguments)");
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    pub(super) fn forget_cookies(&self) {
        self.command("DELETE", "cookie", &Value::Null);
    }

    /// The passkeys of the authenticator, with their private keys.
    pub(super) fn credentials(&self) -> Vec<Value> {
        let credentials = self.command("GET", &self.authenticator_path("credentials"), &Value::Null);
        credentials.as_array().expect("a list").clone()
    }

    pub(super) fn forget_credentials(&self) {
        self.command("DELETE", &self.authenticator_path("credentials"), &Value::Null);
    }

    fn authenticator_path(&self, rest: &str) -> String {
        format!("webauthn/authenticator/{}/{rest}", self.authenticator)
    }

    fn post(&self, command: &str, parameters: &Value) -> Value {
        self.command("POST", command, parameters)
    }

    fn command(&self, method: &str, command: &str, parameters: &Value) -> Value {
        self.send(method, &format!("/session/{}/{command}", self.session), parameters)
    }

    fn send(&self, method: &str, path: &str, parameters: &Value) -> Value {
        let value = self.try_send(method, path, parameters).expect("a response of chromedriver");
        assert!(value.get("error").is_none(), "{method} {path}: {value}");
        value
    }

    fn try_send(&self, method: &str, path: &str, parameters: &Value) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let body = if parameters.is_null() { String::new() } else { parameters.to_string() };
        let (port, length) = (self.port, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes())?;
        let mut response = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            response.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        let mut body = Vec::new();
        response.take(length).read_to_end(&mut body)?;
        Ok(serde_json::from_slice::<Value>(&body)?["value"].take())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The end of the session ends the browser. Without a session, the driver has started none.
        if !self.session.is_empty() {
            let _ = self.try_send("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
