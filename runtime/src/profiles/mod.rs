//! The shared config and credentials files of the AWS SDKs.

mod ini;

use crate::error::Error;
use crate::text::single_line;
use ini::Section;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The profiles in the [shared config and credentials
/// files](https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html) of the AWS SDKs.
///
/// [`Builder::from_env`](crate::Builder::from_env) reads the settings of a client from them. A program reads further
/// values, such as those of a source of credentials:
///
/// ```
/// use cognito_op::{Error, Profiles};
///
/// fn role() -> Result<Option<String>, Error> {
///     let profiles = Profiles::load()?;
///     Ok(profiles.selected()?.get("role_arn").map(str::to_owned))
/// }
/// ```
///
/// | file | variable | default | sections of profiles |
/// |---|---|---|---|
/// | config | `AWS_CONFIG_FILE` | `~/.aws/config` | `[default]`, `[profile name]` |
/// | credentials | `AWS_SHARED_CREDENTIALS_FILE` | `~/.aws/credentials` | `[default]`, `[name]` |
///
/// `~` is the home directory: `HOME` on Unix, `USERPROFILE` on Windows. A file that does not exist or that cannot be
/// read counts as empty, so a program without a home directory has no profiles. The format is that of the AWS CLI. The
/// values are zeroized when they are dropped, and `Debug` does not show them.
pub struct Profiles {
    /// The name in the environment.
    selected: Option<String>,
    config: File,
    credentials: File,
}

/// A file. The names of its sections are `profile name`, `services name` and `sso-session name`.
struct File {
    path: Option<PathBuf>,
    sections: BTreeMap<String, Section>,
}

/// A profile: the values of the credentials file take precedence over those of the config file.
///
/// An empty value counts as not set. Keys are in lower case.
#[derive(Clone, Copy)]
pub struct Profile<'p> {
    profiles: &'p Profiles,
    name: &'p str,
}

impl Profiles {
    /// Reads the files that the environment selects.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) with the file and the line if a file is not valid, or
    /// with the name of a variable that is not Unicode.
    pub fn load() -> Result<Self, Error> {
        Self::load_with(|name| std::env::var_os(name), |path| std::fs::read(path))
    }

    /// Reads files with other variables and another file system, for example in a test.
    ///
    /// ```
    /// use cognito_op::Profiles;
    ///
    /// let variables = |name: &str| match name {
    ///     "HOME" | "USERPROFILE" => Some("/home/alice".into()),
    ///     "AWS_PROFILE" => Some("test".into()),
    ///     _ => None,
    /// };
    /// let files = |path: &std::path::Path| match path.ends_with(".aws/config") {
    ///     true => Ok(b"[profile test]\nregion = eu-west-1\n".to_vec()),
    ///     false => Err(std::io::ErrorKind::NotFound.into()),
    /// };
    /// let profiles = Profiles::load_with(variables, files)?;
    /// assert_eq!(profiles.selected()?.get("region"), Some("eu-west-1"));
    /// # Ok::<(), cognito_op::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`load`](Self::load).
    pub fn load_with(
        variable: impl Fn(&str) -> Option<OsString>,
        read: impl Fn(&Path) -> io::Result<Vec<u8>>,
    ) -> Result<Self, Error> {
        todo!()
    }

    /// Returns the names of the profiles.
    ///
    /// ```
    /// # fn list(profiles: &cognito_op::Profiles) {
    /// for name in profiles.names() {
    ///     println!("{name}");
    /// }
    /// # }
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        todo!();
        std::iter::empty()
    }

    /// Returns the profile that `AWS_DEFAULT_PROFILE` or `AWS_PROFILE` names. Without these variables, it is the profile
    /// `default`, which is empty if no file contains it.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if no file contains the named profile.
    pub fn selected(&self) -> Result<Profile<'_>, Error> {
        todo!()
    }

    /// Returns the profile with that name, if a file contains it.
    #[must_use]
    pub fn profile<'p>(&'p self, name: &'p str) -> Option<Profile<'p>> {
        todo!()
    }

    /// Returns the path of the config file, whether or not the file exists. It is `None` without a home directory.
    #[must_use]
    pub fn config_file(&self) -> Option<&Path> {
        self.config.path.as_deref()
    }

    /// Returns the path of the credentials file, whether or not the file exists. It is `None` without a home directory.
    #[must_use]
    pub fn credentials_file(&self) -> Option<&Path> {
        self.credentials.path.as_deref()
    }
}

impl<'p> Profile<'p> {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &'p str {
        self.name
    }

    /// Returns a value of the credentials file or else of the config file.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'p str> {
        self.in_credentials_file(key).or_else(|| self.in_config_file(key))
    }

    /// Returns a value of the config file.
    #[must_use]
    pub fn in_config_file(&self, key: &str) -> Option<&'p str> {
        todo!()
    }

    /// Returns a value of the credentials file.
    #[must_use]
    pub fn in_credentials_file(&self, key: &str) -> Option<&'p str> {
        todo!()
    }

    /// Returns a value of a service, from the section `services` that the profile refers to. `service` is the service's
    /// name, such as `cognito_identity_provider` or `sts`.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the config file lacks the section.
    pub fn service(&self, service: &str, key: &str) -> Result<Option<&'p str>, Error> {
        todo!()
    }

    /// Returns a value of the section `sso-session` that the profile refers to.
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the config file lacks the section.
    pub fn sso_session(&self, key: &str) -> Result<Option<&'p str>, Error> {
        todo!()
    }

    /// Returns an error about a value, with the file, the profile and the key. `why` completes the sentence "… must be
    /// a number" and must not contain a secret.
    #[must_use]
    pub fn invalid(&self, key: &str, why: &str) -> Error {
        todo!()
    }
}
