//! Emulators of the service, and other servers. Each runs until its [`Peer`] is dropped.

use cognito_op_tests_provision::{Venv, boto3, fresh_folder, node, npm, run, spawn, tool};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server. It is stopped when the value is dropped, or when the process of the test ends.
pub struct Peer {
    supervisor: Child,
    scheme: &'static str,
    address: SocketAddr,
    log: PathBuf,
}

impl Peer {
    /// Starts ministack with `AUTH=true`, so that it checks secret hashes and sends codes.
    #[must_use]
    pub fn ministack() -> (Self, Venv) {
        let venv = boto3();
        (Self::ministack_with(supervised(&venv.program("ministack")), "http", &[]), venv)
    }

    /// Starts ministack with a clock that is `seconds` ahead.
    #[must_use]
    pub fn ministack_ahead(seconds: i64) -> Self {
        let mut command = supervised(&boto3().program("python"));
        command.arg(tool("ahead.py")).arg(seconds.to_string());
        Self::ministack_with(command, "http", &[])
    }

    /// Starts ministack over TLS, with the certificate and the key in those files.
    #[must_use]
    pub fn ministack_over_tls(certificate: &Path, key: &Path) -> Self {
        let (certificate, key) = (certificate.display().to_string(), key.display().to_string());
        let tls = [("USE_SSL", "1"), ("MINISTACK_SSL_CERT", &certificate), ("MINISTACK_SSL_KEY", &key)];
        Self::ministack_with(supervised(&boto3().program("ministack")), "https", &tls)
    }

    fn ministack_with(mut command: Command, scheme: &'static str, environment: &[(&str, &str)]) -> Self {
        let address = free_address();
        let state = fresh_folder("ministack");
        command
            .env("AUTH", "true")
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", address.port().to_string())
            .env("SERVICES", "cognito-idp,iam,lambda,sts")
            .env("STATE_DIR", &state)
            .env("S3_DATA_DIR", &state)
            .env("TMPDIR", &state)
            .env("IOT_MTLS_ENABLED", "0")
            .env("SFTP_ENABLED", "0")
            .envs(environment.iter().copied());
        Self::start(command, scheme, address, "/_ministack/ready", &state)
    }

    /// Starts moto. It supports fewer operations, returns HTML error pages and sends `Connection: close`. It checks the
    /// codes of authenticator apps.
    #[must_use]
    pub fn moto() -> Self {
        let venv = Venv::provision("moto-5.2.5", &["moto[cognitoidp]==5.2.5", "flask", "flask-cors"]);
        let address = free_address();
        let mut command = supervised(&venv.program("moto_server"));
        command
            .args(["-H", "127.0.0.1", "-p", &address.port().to_string()])
            .env("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", "true");
        Self::start(command, "http", address, "/moto-api/data.json", &fresh_folder("moto"))
    }

    /// Starts cognito-local. Its errors have no request id, and the code of an error for an unknown operation has a
    /// namespace. The confirmation code is always 123456.
    #[must_use]
    pub fn cognito_local() -> Self {
        let modules = npm("cognito-local", "5.3.0");
        let address = free_address();
        let folder = fresh_folder("cognito-local");
        // User names are not email addresses.
        let config = r#"{"UserPoolDefaults": {"UsernameAttributes": [], "AutoVerifiedAttributes": ["email"]}}"#;
        fs::create_dir(folder.join(".cognito")).expect("target/peers can be written");
        fs::write(folder.join(".cognito/config.json"), config).expect("target/peers can be written");
        // Panics with the name of the program if it is not installed. The supervisor would fail with a traceback.
        run(Command::new("node").arg("--version"));
        let mut command = supervised(Path::new("node"));
        command
            .arg(modules.join("node_modules/cognito-local/lib/bin/start.js"))
            .env("HOST", "127.0.0.1")
            .env("PORT", address.port().to_string())
            .env("CODE", "123456");
        Self::start(command, "http", address, "/health", &folder)
    }

    /// Starts tinyproxy, an HTTP proxy, with these lines in its configuration.
    #[must_use]
    pub fn tinyproxy(lines: &str) -> Self {
        let (address, folder) = (free_address(), fresh_folder("tinyproxy"));
        let config = format!("Listen 127.0.0.1\nPort {}\nLogLevel Connect\n{lines}\n", address.port());
        fs::write(folder.join("tinyproxy.conf"), config).expect("target/peers can be written");
        // Panics with the name of the program if it is not installed. The supervisor would fail with a traceback.
        run(Command::new("tinyproxy").arg("-v"));
        let mut command = supervised(Path::new("tinyproxy"));
        // In the foreground, it writes its log to standard output.
        command.args(["-d", "-c", "tinyproxy.conf"]);
        Self::start(command, "http", address, "", &folder)
    }

    /// Starts oidc-provider with the paths of a user pool's domain, two app clients and the user `alice`. The script
    /// `oidc_provider.mjs` defines them.
    #[must_use]
    pub fn oidc_provider() -> Self {
        let modules = npm("oidc-provider", "9.13.3");
        let address = free_address();
        let mut command = supervised(&node());
        command.arg(tool("oidc_provider.mjs")).arg(modules).arg(address.port().to_string());
        let page = "/.well-known/openid-configuration";
        Self::start(command, "http", address, page, &fresh_folder("oidc-provider"))
    }

    fn start(mut command: Command, scheme: &'static str, address: SocketAddr, ready: &str, folder: &Path) -> Self {
        let log = folder.join("log");
        let output = File::create(&log).expect("target/peers can be written");
        let errors = output.try_clone().expect("an open file");
        command.current_dir(folder).stdin(Stdio::piped()).stdout(output).stderr(errors);
        let supervisor = spawn(&mut command);
        let mut peer = Self { supervisor, scheme, address, log };
        let started = Instant::now();
        while !peer.is_ready(ready) {
            let ended = peer.supervisor.try_wait().is_ok_and(|status| status.is_some());
            if ended || started.elapsed() > Duration::from_mins(1) {
                let log = fs::read_to_string(&peer.log).unwrap_or_default();
                panic!("{command:?} is not ready at {ready}; its log:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        peer
    }

    fn is_ready(&self, page: &str) -> bool {
        // A server with TLS, or without a page, is ready when it accepts connections.
        if self.scheme == "http" && !page.is_empty() {
            matches!(self.get(page), Some((200, _)))
        } else {
            TcpStream::connect(self.address).is_ok()
        }
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// The log so far.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).expect("the log can be read")
    }

    /// Requests a page of the server. Returns the status and the body, or `None` if there is no response.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let host = self.address;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        Some((status, body.to_owned()))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // The supervisor stops the server when its standard input ends.
        drop(self.supervisor.stdin.take());
        let _ = self.supervisor.wait();
    }
}

fn supervised(program: &Path) -> Command {
    let mut command = Command::new("python3");
    command.arg(tool("supervise.py")).arg(program);
    command
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound socket")
}
