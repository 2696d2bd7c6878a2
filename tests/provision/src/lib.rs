//! The pinned programs and sources that the tests use. Each is installed once, in a folder under `target/peers`.

#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

use cognito_op_model::SERVICE;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A Python environment under `target/peers`.
pub struct Venv(PathBuf);

impl Venv {
    /// Returns the environment with the given name and packages. The first call installs it.
    #[must_use]
    pub fn provision(name: &str, packages: &[&str]) -> Self {
        Self(once(name, &packages.join("\n"), |folder| {
            run(Command::new("python3").args(["-m", "venv"]).arg(folder));
            run(Command::new(folder.join("bin/pip"))
                // Most of the installed modules are never imported, so they need not be compiled.
                .args(["install", "--quiet", "--disable-pip-version-check", "--no-compile"])
                .args(packages));
        }))
    }

    /// Returns the path of a program of the environment.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(name)
    }

    /// Runs a script of `tests/tools` and returns the JSON that it prints.
    #[must_use]
    pub fn script(&self, name: &str, arguments: &[&str]) -> serde_json::Value {
        let output = run(Command::new(self.program("python")).arg(tool(name)).args(arguments));
        serde_json::from_slice(&output).unwrap_or_else(|error| panic!("{name} printed no JSON: {error}"))
    }
}

/// Returns the environment with ministack and with boto3, which creates user pools in any of the servers.
#[must_use]
pub fn boto3() -> Venv {
    Venv::provision("ministack-1.5.33", &["ministack==1.5.33", "cryptography==50.0.2", "boto3==1.43.106"])
}

/// Returns the path of Node 20 or newer, which supports the flag `v` of regular expressions. If the installed Node is
/// older, installs one from npm.
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

/// Returns the folder whose `node_modules` contains a package of npm. The scripts of the package are not run.
#[must_use]
pub fn npm(name: &str, version: &str) -> PathBuf {
    let package = format!("{name}@{version}");
    once(&format!("{name}-{version}"), &package, |folder| {
        let install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"];
        run(Command::new("npm").args(install).arg(folder).arg(&package));
    })
}

/// The hash of the sources of botocore, which `cargo x model update` writes.
pub const BOTOCORE_SHA256: &str = include_str!("../botocore.sha256");

/// Returns the environment with the version of botocore from which the service table was generated.
#[must_use]
pub fn botocore() -> Venv {
    let version = SERVICE.botocore();
    Venv::provision(&format!("botocore-{version}"), &[&format!("botocore=={version}")])
}

/// Returns the sources of the same version of botocore. They contain AWS's test suites, which the installed package
/// lacks.
#[must_use]
pub fn botocore_sources() -> PathBuf {
    let (venv, name) = (botocore(), format!("botocore-{}", SERVICE.botocore()));
    // pip rejects an archive with another hash.
    let requirement = format!("botocore=={} --hash=sha256:{}", SERVICE.botocore(), BOTOCORE_SHA256.trim());
    let folder = once(&format!("{name}-sources"), &requirement, |folder| {
        fs::create_dir(folder).expect("target/peers can be written");
        let file = folder.join("requirement.txt");
        fs::write(&file, &requirement).expect("target/peers can be written");
        run(Command::new(venv.program("pip"))
            .args(["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", "botocore"])
            .arg("--dest")
            .arg(folder)
            .arg("--requirement")
            .arg(file));
        let archive = folder.join(format!("{name}.tar.gz"));
        run(Command::new(venv.program("python")).args(["-m", "tarfile", "-e"]).arg(archive).arg(folder));
    });
    folder.join(name)
}

/// Returns a folder under `target/peers`. Calls `make` to create it, unless it was already created for the same
/// `wanted`.
pub fn once(name: &str, wanted: &str, make: impl FnOnce(&Path)) -> PathBuf {
    let folder = peers().join(name);
    // Test programs run concurrently. The lock lets one of them install.
    let lock = File::create(peers().join(format!("{name}.lock"))).expect("target/peers can be written");
    lock.lock().expect("the lock of an open file");
    let marker = folder.join("provisioned");
    if fs::read_to_string(&marker).is_ok_and(|found| found == wanted) {
        return folder;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an incomplete folder can be removed");
    }
    make(&folder);
    fs::write(marker, wanted).expect("target/peers can be written");
    folder
}

/// Creates an empty folder under `target/peers`.
#[must_use]
pub fn fresh_folder(name: &str) -> PathBuf {
    // The tests of a program run concurrently.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = peers().join(format!("{name}-run-{}-{count}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("target/peers can be written");
    }
    fs::create_dir_all(&folder).expect("target/peers can be written");
    folder
}

fn peers() -> PathBuf {
    let peers = target().join("peers");
    fs::create_dir_all(&peers).expect("target can be written");
    peers.canonicalize().expect("it was just created")
}

/// Returns the target folder of the workspace.
#[must_use]
pub fn target() -> PathBuf {
    // A relative `CARGO_TARGET_DIR` is relative to the folder in which cargo was called: the root of the workspace.
    workspace().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Returns the root of the workspace.
#[must_use]
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the root")
}

/// Returns the path of a script in `tests/tools`.
#[must_use]
pub fn tool(name: &str) -> PathBuf {
    workspace().join("tests/tools").join(name)
}

/// Runs a program that must succeed, and returns its standard output.
///
/// # Panics
///
/// Panics with the error output if the program fails, and with its name if it is not installed.
pub fn run(command: &mut Command) -> Vec<u8> {
    let child = spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()));
    let output = child.wait_with_output().expect("the output of a program");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {}\n{errors}", output.status);
    output.stdout
}

/// Starts a program.
///
/// # Panics
///
/// Panics with the name of the program if it is not installed.
pub fn spawn(command: &mut Command) -> Child {
    command.spawn().unwrap_or_else(|error| {
        let program = command.get_program().to_string_lossy();
        panic!(
            "`{program}` cannot be run ({error}); tests that fetch something need Python 3 with venv and pip, and Node with npm; those of proxies need curl and tinyproxy"
        )
    })
}
