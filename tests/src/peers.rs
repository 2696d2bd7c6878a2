//! Real servers to test against. Each is provisioned once under `target/peers`, pinned, and runs as long as its [`Peer`].

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A Python environment of its own under `target/peers`.
pub struct Venv(PathBuf);

impl Venv {
    /// The environment of that name with those packages in it, made if it is not there yet.
    #[must_use]
    pub fn provision(name: &str, packages: &[&str]) -> Self {
        Self(once(name, &packages.join("\n"), |folder| {
            run(Command::new("python3").args(["-m", "venv"]).arg(folder));
            run(Command::new(folder.join("bin/pip"))
                // Python compiles what is imported; most of what is installed is not.
                .args(["install", "--quiet", "--disable-pip-version-check", "--no-compile"])
                .args(packages));
        }))
    }

    /// A program of the environment.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(name)
    }

    /// Runs a script of `tests/tools` and gives what it printed as JSON.
    #[must_use]
    pub fn script(&self, name: &str, arguments: &[&str]) -> serde_json::Value {
        let output = run(Command::new(self.program("python")).arg(tool(name)).args(arguments));
        serde_json::from_slice(&output).unwrap_or_else(|error| panic!("{name} printed no JSON: {error}"))
    }
}

/// A running server. It is stopped when this is dropped, and also when the test's process ends in any other way.
pub struct Peer {
    supervisor: Child,
    scheme: &'static str,
    address: SocketAddr,
    log: PathBuf,
}

impl Peer {
    /// ministack with `AUTH=true`: a user pool that really checks secret hashes and sends codes.
    #[must_use]
    pub fn ministack() -> (Self, Venv) {
        Self::ministack_with("http", &[])
    }

    /// ministack over TLS with the certificate and the key in those files.
    #[must_use]
    pub fn ministack_over_tls(certificate: &Path, key: &Path) -> Self {
        let (certificate, key) = (certificate.display().to_string(), key.display().to_string());
        let tls = [("USE_SSL", "1"), ("MINISTACK_SSL_CERT", &certificate), ("MINISTACK_SSL_KEY", &key)];
        Self::ministack_with("https", &tls).0
    }

    fn ministack_with(scheme: &'static str, environment: &[(&str, &str)]) -> (Self, Venv) {
        let venv = boto3();
        let address = free_address();
        let state = fresh_folder("ministack");
        let mut command = supervised(&venv.program("ministack"));
        command
            .env("AUTH", "true")
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", address.port().to_string())
            .env("SERVICES", "cognito-idp,iam,lambda")
            .env("STATE_DIR", &state)
            .env("S3_DATA_DIR", &state)
            .env("TMPDIR", &state)
            .env("IOT_MTLS_ENABLED", "0")
            .env("SFTP_ENABLED", "0")
            .envs(environment.iter().copied());
        (Self::start(command, scheme, address, "/_ministack/ready", &state), venv)
    }

    /// moto: fewer operations, HTML error pages, `Connection: close`. It checks the codes of authenticator apps.
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

    /// cognito-local: errors without a request id, and with a namespace where it does not know an operation. Its code is always
    /// 123456.
    #[must_use]
    pub fn cognito_local() -> Self {
        let package = "cognito-local@5.3.0";
        let modules = once("cognito-local-5.3.0", package, |folder| {
            let install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"];
            run(Command::new("npm").args(install).arg(folder).arg(package));
        });
        let address = free_address();
        let folder = fresh_folder("cognito-local");
        // Users have names, which are not email addresses.
        let config = r#"{"UserPoolDefaults": {"UsernameAttributes": [], "AutoVerifiedAttributes": ["email"]}}"#;
        fs::create_dir(folder.join(".cognito")).expect("target/peers can be written");
        fs::write(folder.join(".cognito/config.json"), config).expect("target/peers can be written");
        // Beside the supervisor's own failure to start it, one that says what is missing.
        run(Command::new("node").arg("--version"));
        let mut command = supervised(Path::new("node"));
        command
            .arg(modules.join("node_modules/cognito-local/lib/bin/start.js"))
            .env("HOST", "127.0.0.1")
            .env("PORT", address.port().to_string())
            .env("CODE", "123456");
        Self::start(command, "http", address, "/health", &folder)
    }

    fn start(mut command: Command, scheme: &'static str, address: SocketAddr, ready: &str, folder: &Path) -> Self {
        let log = folder.join("log");
        let output = File::create(&log).expect("target/peers can be written");
        let errors = output.try_clone().expect("an open file");
        command.current_dir(folder).stdin(Stdio::piped()).stdout(output).stderr(errors);
        let supervisor = command.spawn().unwrap_or_else(|error| missing(&command, &error));
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
        // Of one that speaks TLS it has to do that it listens.
        if self.scheme == "http" {
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

    /// Status and body of a page of the server's own.
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
        // The end of its standard input is the supervisor's sign to stop the server.
        drop(self.supervisor.stdin.take());
        let _ = self.supervisor.wait();
    }
}

/// boto3, which makes user pools in any of the servers, beside ministack.
#[must_use]
pub fn boto3() -> Venv {
    Venv::provision("ministack-1.5.33", &["ministack==1.5.33", "cryptography==50.0.2", "boto3==1.43.106"])
}

/// Node of version 20 or newer, which compiles regular expressions with the flag `v`: the installed one, or one from npm.
#[must_use]
pub fn node() -> PathBuf {
    let installed = String::from_utf8(run(Command::new("node").arg("--version"))).expect("a version");
    let major = installed.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= 20) {
        return PathBuf::from("node");
    }
    let package = "node@22.21.1";
    let modules = once("node-22.21.1", package, |folder| {
        let install = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"];
        run(Command::new("npm").args(install).arg(folder).arg(package));
    });
    modules.join("node_modules/node/bin/node")
}

/// A script of `tests/tools`.
#[must_use]
pub fn tool(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tools").join(name)
}

/// The pinned botocore.
#[must_use]
pub fn botocore() -> Venv {
    Venv::provision("botocore-1.44.5", &["botocore==1.44.5"])
}

/// The sources of the pinned botocore: AWS's own test suites are in there, and not in what is installed.
#[must_use]
pub fn botocore_sources() -> PathBuf {
    // Of the version that `botocore` installs; pip refuses another archive.
    const PIN: &str = "botocore==1.44.5 --hash=sha256:a988f39e3a4484def0b8010f41128f71157da0515a4804fccce4739aa8f216da";
    let venv = botocore();
    let folder = once("botocore-1.44.5-sources", PIN, |folder| {
        fs::create_dir(folder).expect("target/peers can be written");
        let pin = folder.join("pin.txt");
        fs::write(&pin, PIN).expect("target/peers can be written");
        run(Command::new(venv.program("pip"))
            .args(["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", "botocore"])
            .arg("--dest")
            .arg(folder)
            .arg("--requirement")
            .arg(pin));
        let archive = folder.join("botocore-1.44.5.tar.gz");
        run(Command::new(venv.program("python")).args(["-m", "tarfile", "-e"]).arg(archive).arg(folder));
    });
    folder.join("botocore-1.44.5")
}

/// The service description in the pinned botocore.
#[must_use]
pub fn service_description() -> PathBuf {
    let venv = botocore();
    let find = "import botocore, pathlib; print(pathlib.Path(botocore.__file__).parent)";
    let folder = run(Command::new(venv.program("python")).args(["-c", find]));
    let folder = String::from_utf8(folder).expect("a path");
    Path::new(folder.trim()).join("data/cognito-idp/2016-04-18/service-2.json.gz")
}

/// The output of a program that has to succeed.
///
/// # Panics
///
/// If it does not, with what it printed; if it is not on this machine, with its name.
pub fn run(command: &mut Command) -> Vec<u8> {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| missing(command, &error));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {}\n{errors}", output.status);
    output.stdout
}

fn missing(command: &Command, error: &std::io::Error) -> ! {
    let program = command.get_program().to_string_lossy();
    panic!(
        "`{program}` cannot be run ({error}); tests that fetch something need Python 3 with venv and pip, and Node with npm"
    )
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

/// An empty folder under `target/peers`.
#[must_use]
pub fn fresh_folder(name: &str) -> PathBuf {
    // Tests of one program run beside each other.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = peers().join(format!("{name}-run-{}-{count}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("target/peers can be written");
    }
    fs::create_dir_all(&folder).expect("target/peers can be written");
    folder
}

/// The folder of that name under `target/peers`, made if it is not there yet as it is wanted.
fn once(name: &str, wanted: &str, make: impl FnOnce(&Path)) -> PathBuf {
    let folder = peers().join(name);
    // Test programs run beside each other; one of them provisions.
    let lock = File::create(peers().join(format!("{name}.lock"))).expect("target/peers can be written");
    lock.lock().expect("the lock of an open file");
    let marker = folder.join("provisioned");
    if fs::read_to_string(&marker).is_ok_and(|found| found == wanted) {
        return folder;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("what is half made can be removed");
    }
    make(&folder);
    fs::write(marker, wanted).expect("target/peers can be written");
    folder
}

fn peers() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        // A relative one is relative to where cargo was called, which is the workspace.
        |folder| Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder),
    );
    let peers = target.join("peers");
    fs::create_dir_all(&peers).expect("target can be written");
    peers.canonicalize().expect("it was just made")
}
