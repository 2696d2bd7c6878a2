//! Environments with a home folder, for the program `credentials_chain`.

use cognito_op_tests_provision::{fresh_folder, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A part of each secret, and of each other text in files and responses that must not be shown.
pub(crate) const CANARY: &str = "cAnArY";

/// Environment variables, and files in a temporary home folder. In values and files, `{home}` is replaced by the path
/// of the folder, and `{url}` by the URL of the mock server.
pub(crate) struct Environment {
    pub(crate) name: String,
    home: PathBuf,
    url: String,
    variables: Vec<(String, String)>,
    profile: Option<String>,
}

impl Environment {
    /// Creates an environment in which the instance metadata is disabled. Variables with an empty value are set.
    pub(crate) fn new(name: &str, url: &str) -> Self {
        let home = fresh_folder("credentials");
        fs::create_dir_all(home.join(".aws/sso/cache")).expect("a folder");
        let path = std::env::var("PATH").expect("a path");
        let variables = [("HOME", "{home}"), ("PATH", &path), ("AWS_EC2_METADATA_DISABLED", "true")];
        let environment =
            Self { name: name.to_owned(), home, url: url.to_owned(), variables: Vec::new(), profile: None };
        let environment = environment.variables(&variables);
        environment.variables(&[("AWS_REGION", "eu-west-1"), ("AWS_DEFAULT_REGION", "eu-west-1")])
    }

    pub(crate) fn variables(mut self, variables: &[(&str, &str)]) -> Self {
        for (name, value) in variables {
            self.variables.retain(|(known, _)| known != name);
            let value = self.filled(value);
            self.variables.push(((*name).to_owned(), value));
        }
        self
    }

    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        self.variables.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    pub(crate) fn profile(mut self, profile: &str) -> Self {
        self.profile = Some(profile.to_owned());
        self
    }

    /// Adds a file to the home folder.
    pub(crate) fn file(self, path: &str, content: &str) -> Self {
        let path = self.home.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, self.filled(content)).expect("a file");
        self
    }

    pub(crate) fn config(self, content: &str) -> Self {
        self.file(".aws/config", content)
    }

    pub(crate) fn credentials(self, content: &str) -> Self {
        self.file(".aws/credentials", content)
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    fn filled(&self, text: &str) -> String {
        text.replace("{home}", &self.home.display().to_string()).replace("{url}", &self.url)
    }

    /// The environment as input for `credentials.py`.
    pub(crate) fn json(&self, offline: bool) -> Value {
        let variables: Value = self.variables.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        json!({"variables": variables, "profile": self.profile, "offline": offline})
    }

    /// Runs the program.
    pub(crate) fn run(&self, way: &str, task: &str) -> Found {
        let program = env!("CARGO_BIN_EXE_credentials_chain");
        self.run_with(Command::new(program).args([way, self.profile.as_deref().unwrap_or("-"), task]))
    }

    /// Runs the program with that command, and asserts that its output contains no secrets.
    pub(crate) fn run_with(&self, command: &mut Command) -> Found {
        let output = run(command.env_clear().envs(self.variables.iter().map(|(name, value)| (name, value))));
        let printed: Value = serde_json::from_slice(&output).expect("JSON");
        let shown = printed["shown"].as_str().expect("a text");
        assert!(!shown.contains(CANARY), "{}: {shown}", self.name);
        Found(printed)
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        // After an error, the folder remains in the target folder.
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// The output of the program.
pub(crate) struct Found(pub(crate) Value);

impl Found {
    pub(crate) fn error(&self) -> &str {
        self.0["error"].as_str().unwrap_or_else(|| panic!("found {} instead of an error", self.0["found"]))
    }

    pub(crate) fn id(&self) -> &str {
        self.0["found"][0].as_str().unwrap_or_else(|| panic!("{}", self.0["error"]))
    }

    pub(crate) fn token(&self) -> &str {
        self.0["found"][2].as_str().unwrap_or_else(|| panic!("{}", self.0))
    }
}
