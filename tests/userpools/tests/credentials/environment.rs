//! An environment with a home folder, in which the program of this package finds credentials.

use cognito_op_tests_provision::{fresh_folder, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A part of every secret, and of everything in files and outputs that is not shown.
pub(crate) const CANARY: &str = "cAnArY";

/// Variables, and files in a home folder of its own. In all texts, `{home}` is the folder and `{url}` the stand-in.
pub(crate) struct Environment {
    pub(crate) name: String,
    home: PathBuf,
    url: String,
    variables: Vec<(String, String)>,
    profile: Option<String>,
}

impl Environment {
    /// Without a metadata service. Variables that are empty are set nevertheless.
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

    /// With a file below the home folder.
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

    /// The same for the script of botocore.
    pub(crate) fn json(&self, offline: bool) -> Value {
        let variables: Value = self.variables.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        json!({"variables": variables, "profile": self.profile, "offline": offline})
    }

    /// Runs the program.
    pub(crate) fn run(&self, way: &str, task: &str) -> Found {
        let program = env!("CARGO_BIN_EXE_credentials_chain");
        self.run_with(Command::new(program).args([way, self.profile.as_deref().unwrap_or("-"), task]))
    }

    /// Runs the program with another command.
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
        // It is in the target folder.
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// The output of the program.
pub(crate) struct Found(pub(crate) Value);

impl Found {
    pub(crate) fn error(&self) -> &str {
        self.0["error"].as_str().unwrap_or_else(|| panic!("{} is no error", self.0["found"]))
    }

    pub(crate) fn id(&self) -> &str {
        self.0["found"][0].as_str().unwrap_or_else(|| panic!("{}", self.0["error"]))
    }

    pub(crate) fn token(&self) -> &str {
        self.0["found"][2].as_str().unwrap_or_else(|| panic!("{}", self.0))
    }
}
