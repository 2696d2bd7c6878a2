//! Packages that a command generates under the target folder, and the programs that commands run.

use anyhow::{Context, Result, bail};
use cognito_op_tests_provision::{target, workspace};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A generated package in its own workspace.
pub(crate) struct Package {
    folder: PathBuf,
    target: PathBuf,
}

impl Package {
    /// Writes the manifest of a package that depends on `cognito-op`. `manifest` is appended to the dependencies. The
    /// packages of a command share a target folder.
    pub(crate) fn new(command: &str, name: &str, manifest: &str) -> Result<Self> {
        let folder = folder(command)?;
        let package = Self { target: folder.join("target"), folder: folder.join(name) };
        let runtime = workspace().join("runtime");
        let text = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
             cognito-op = {{ path = \"{}\", default-features = false }}\n{manifest}",
            runtime.display()
        );
        package.write("Cargo.toml", &text)?;
        package.write("Cargo.lock", &fs::read_to_string(workspace().join("Cargo.lock"))?)?;
        Ok(package)
    }

    /// Writes a file of the package.
    pub(crate) fn write(&self, file: &str, text: &str) -> Result<()> {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().context("a path of a file")?)?;
        fs::write(&path, text).with_context(|| path.display().to_string())
    }

    /// Returns a command that runs cargo in the folder of the package.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo();
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Returns the path of a file in the target folder of the package.
    pub(crate) fn built(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }
}

/// Creates the folder of a command under the target folder.
pub(crate) fn folder(command: &str) -> Result<PathBuf> {
    let folder = target().join(command);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Returns a command that runs cargo in the root of the workspace. The programs that `.ci/lib` installs are in its
/// `PATH`.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    // `cargo run` sets these variables for `xtask`. Build scripts that depend on them would run again.
    let set = std::env::vars_os().map(|(name, _)| name);
    for name in set
        .filter(|name| ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|start| name.to_string_lossy().starts_with(start)))
    {
        command.env_remove(name);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [workspace().join("target/tools/bin")].into_iter().chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
    command.current_dir(workspace());
    command
}

/// Runs a program that must succeed, and returns its output.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(output)
}

/// Runs a program that must succeed. Its output is not captured.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}
