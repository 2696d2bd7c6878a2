//! The shared config and credentials files of the AWS SDKs.

mod ini;

use crate::error::Error;
use crate::file;
use crate::text::{comment, single_line};
use ini::Section;
use std::collections::{BTreeMap, BTreeSet};
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
/// read counts as empty, so a program without a home directory has no profiles. A file of more than 16 MiB is an error.
/// The format is that of the AWS CLI. The values are zeroized when they are dropped, and redacted in `Debug`.
pub struct Profiles {
    /// The variable that selects a profile, and its value.
    named: Option<(&'static str, String)>,
    config: File,
    credentials: File,
}

/// A file. The names of its sections are `profile name`, `services name` and `sso-session name`.
#[derive(Default)]
struct File {
    path: Option<PathBuf>,
    sections: BTreeMap<String, Section>,
}

/// A profile of [`Profiles`]. The values of the credentials file take precedence over those of the config file.
///
/// Keys are in lower case. An empty value counts as not set.
///
/// ```
/// use cognito_op::{Error, Profile};
///
/// /// Returns the endpoint of a service.
/// fn endpoint<'p>(profile: Profile<'p>, service: &str) -> Result<Option<&'p str>, Error> {
///     Ok(profile.service(service, "endpoint_url")?.or(profile.get("endpoint_url")))
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Profile<'p> {
    profiles: &'p Profiles,
    name: &'p str,
    config: Option<&'p Section>,
    credentials: Option<&'p Section>,
}

impl Profiles {
    /// Reads the files that the environment selects.
    ///
    /// ```
    /// fn list() -> Result<(), cognito_op::Error> {
    ///     let profiles = cognito_op::Profiles::load()?;
    ///     println!("{} profiles", profiles.names().count());
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) with the file and the line if a file is not valid, or
    /// with the name of a variable that is not Unicode.
    pub fn load() -> Result<Self, Error> {
        Self::load_with(|name| std::env::var_os(name), file::read)
    }

    /// Reads files with other variables and another file system, for example in a test.
    ///
    /// ```
    /// use cognito_op::Profiles;
    /// use std::io::ErrorKind;
    ///
    /// let variables = |name: &str| match name {
    ///     "HOME" | "USERPROFILE" => Some("/home/alice".into()),
    ///     "AWS_PROFILE" => Some("test".into()),
    ///     _ => None,
    /// };
    /// let profiles = Profiles::load_with(variables, |path| {
    ///     let is_config = path.ends_with(".aws/config");
    ///     let text = is_config.then(|| b"[profile test]\nregion = eu-west-1\n".to_vec());
    ///     text.ok_or(ErrorKind::NotFound.into())
    /// })?;
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
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let home = || set(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
        let load = |name: &str, default: &str, section: fn(&str) -> Option<String>| {
            let path = set(name).map_or_else(|| PathBuf::from(default), PathBuf::from);
            let path = match path.strip_prefix("~") {
                Ok(below) => home().map(|home| home.join(below)),
                Err(_) => Some(path),
            };
            match path {
                Some(path) => File::load(path, &read, section),
                None => Ok(File::default()),
            }
        };
        let config = load("AWS_CONFIG_FILE", "~/.aws/config", section_of_config)?;
        let credentials = load("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", |name| Some(profile(name)))?;
        // The order of botocore.
        let named = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"].into_iter().find_map(|name| Some((name, set(name)?)));
        let unicode = |(name, value): (&'static str, OsString)| match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(Error::misconfigured(format!("the environment variable {name} is not Unicode"))),
        };
        Ok(Self { named: named.map(unicode).transpose()?, config, credentials })
    }

    /// Returns the names of the profiles.
    ///
    /// ```
    /// fn list(profiles: &cognito_op::Profiles) {
    ///     for name in profiles.names() {
    ///         println!("{name}");
    ///     }
    /// }
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let sections = self.config.sections.keys().chain(self.credentials.sections.keys());
        sections.filter_map(|name| name.strip_prefix("profile ")).collect::<BTreeSet<_>>().into_iter()
    }

    /// Returns the profile that the variable `AWS_DEFAULT_PROFILE`, or else `AWS_PROFILE`, selects. Without these
    /// variables, it is the profile `default`, which has no values if no file contains it.
    ///
    /// ```
    /// fn region(profiles: &cognito_op::Profiles) -> Result<Option<&str>, cognito_op::Error> {
    ///     Ok(profiles.selected()?.get("region"))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if no file contains the selected profile.
    pub fn selected(&self) -> Result<Profile<'_>, Error> {
        let Some((variable, name)) = &self.named else {
            let none = Profile { profiles: self, name: "default", config: None, credentials: None };
            return Ok(self.profile(none.name).unwrap_or(none));
        };
        self.named(name).map_err(|error| error.about(&format!("the environment variable {variable}")))
    }

    /// Returns the profile with that name, or an error if no file contains it. [`profile`](Self::profile) returns
    /// `None` instead.
    ///
    /// ```
    /// fn region<'p>(profiles: &'p cognito_op::Profiles, name: &str) -> Result<Option<&'p str>, cognito_op::Error> {
    ///     Ok(profiles.named(name)?.get("region"))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if no file contains the profile. The message contains
    /// the paths of the files.
    pub fn named(&self, name: &str) -> Result<Profile<'_>, Error> {
        self.profile(name).ok_or_else(|| {
            let (config, credentials) = (self.config.shown(), self.credentials.shown());
            let prefix = if name == "default" { "" } else { "profile " };
            let name = single_line(name);
            Error::misconfigured(format!(
                "no profile `{name}`: {config} has no section `[{prefix}{name}]`, and {credentials} has no section \
                 `[{name}]`"
            ))
        })
    }

    /// Returns the profile with that name, if a file contains it.
    ///
    /// ```
    /// fn source<'p>(profiles: &'p cognito_op::Profiles, role: &str) -> Option<&'p str> {
    ///     profiles.profile(role)?.get("source_profile")
    /// }
    /// ```
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<Profile<'_>> {
        let section = profile(name);
        let config = self.config.sections.get_key_value(&section);
        let credentials = self.credentials.sections.get_key_value(&section);
        let (section, _) = config.or(credentials)?;
        let values = |(_, values)| values;
        let name = section.strip_prefix("profile ")?;
        Some(Profile { profiles: self, name, config: config.map(values), credentials: credentials.map(values) })
    }

    /// Returns the path of the config file, whether or not the file exists. It is `None` without a home directory.
    ///
    /// ```
    /// fn path(profiles: &cognito_op::Profiles) -> Option<&std::path::Path> {
    ///     profiles.config_file().filter(|path| path.exists())
    /// }
    /// ```
    #[must_use]
    pub fn config_file(&self) -> Option<&Path> {
        self.config.path.as_deref()
    }

    /// Returns the path of the credentials file, whether or not the file exists. It is `None` without a home directory.
    ///
    /// ```
    /// fn path(profiles: &cognito_op::Profiles) -> Option<&std::path::Path> {
    ///     profiles.credentials_file().filter(|path| path.exists())
    /// }
    /// ```
    #[must_use]
    pub fn credentials_file(&self) -> Option<&Path> {
        self.credentials.path.as_deref()
    }
}

impl fmt::Debug for Profiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profiles")
            .field("config_file", &self.config_file())
            .field("credentials_file", &self.credentials_file())
            .field("names", &self.names().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// Returns the name of a profile's section.
fn profile(name: &str) -> String {
    format!("profile {name}")
}

/// Returns the name of a section of the config file, or `None` if the section is not used.
fn section_of_config(name: &str) -> Option<String> {
    if name == "default" {
        return Some(profile(name));
    }
    let kind = ["profile", "services", "sso-session"].into_iter().find(|kind| name.starts_with(kind))?;
    match ini::words(name)?.as_slice() {
        [_, name] => Some(format!("{kind} {name}")),
        _ => None,
    }
}

impl File {
    fn load(
        path: PathBuf,
        read: impl Fn(&Path) -> io::Result<Vec<u8>>,
        section: fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let text = read(&path).map(Zeroizing::new);
        let mut file = Self { path: Some(path), sections: BTreeMap::new() };
        let text = match text {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return Err(Error::misconfigured(format!("{}: {error}", file.shown())));
            }
            text => text.unwrap_or_default(),
        };
        let invalid = |(line, why)| Error::misconfigured(format!("{}, line {line}: {why}", file.shown()));
        let parsed = ini::parse(&text).map_err(invalid)?;
        // Of two names for one section, such as `[default]` and `[profile default]`, the last one applies.
        file.sections = parsed.into_iter().filter_map(|(name, values)| Some((section(&name)?, values))).collect();
        Ok(file)
    }

    /// Returns the path for a message.
    fn shown(&self) -> String {
        self.path.as_ref().map_or("the home directory".to_owned(), |path| single_line(&path.to_string_lossy()))
    }
}

impl<'p> Profile<'p> {
    /// Returns the name.
    ///
    /// ```
    /// fn list(profile: cognito_op::Profile<'_>) {
    ///     println!("{}: {:?}", profile.name(), profile.get("region"));
    /// }
    /// ```
    #[must_use]
    pub fn name(&self) -> &'p str {
        self.name
    }

    /// Returns a value of the credentials file, or else of the config file.
    ///
    /// ```
    /// fn role(profile: cognito_op::Profile<'_>) -> Option<&str> {
    ///     profile.get("role_arn")
    /// }
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'p str> {
        self.in_credentials_file(key).or_else(|| self.in_config_file(key))
    }

    /// Returns a value of the config file.
    ///
    /// ```
    /// fn key_id(profile: cognito_op::Profile<'_>) -> Option<&str> {
    ///     profile.in_config_file("aws_access_key_id")
    /// }
    /// ```
    #[must_use]
    pub fn in_config_file(&self, key: &str) -> Option<&'p str> {
        text(self.config?, key)
    }

    /// Returns a value of the credentials file.
    ///
    /// ```
    /// fn key_id(profile: cognito_op::Profile<'_>) -> Option<&str> {
    ///     profile.in_credentials_file("aws_access_key_id")
    /// }
    /// ```
    #[must_use]
    pub fn in_credentials_file(&self, key: &str) -> Option<&'p str> {
        text(self.credentials?, key)
    }

    /// Returns a setting of a service, from the section `services` of the config file that the profile refers to.
    ///
    /// ```
    /// fn endpoint_of_sts(profile: cognito_op::Profile<'_>) -> Result<Option<&str>, cognito_op::Error> {
    ///     profile.service("sts", "endpoint_url")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the config file has no such section.
    pub fn service(&self, service: &str, key: &str) -> Result<Option<&'p str>, Error> {
        let section = self.section("services", "services")?;
        let nested = section.and_then(|section| ini::nested(section.get(service)?, key));
        Ok(nested.filter(|value| !value.is_empty()))
    }

    /// Returns a value of the section `sso-session` of the config file that the profile refers to.
    ///
    /// ```
    /// fn start_url(profile: cognito_op::Profile<'_>) -> Result<Option<&str>, cognito_op::Error> {
    ///     profile.sso_session("sso_start_url")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Misconfigured`](crate::ErrorKind::Misconfigured) if the config file has no such section.
    pub fn sso_session(&self, key: &str) -> Result<Option<&'p str>, Error> {
        Ok(self.section("sso_session", "sso-session")?.and_then(|section| text(section, key)))
    }

    /// Returns the section of the config file to which the value of a key refers.
    fn section(&self, key: &str, kind: &str) -> Result<Option<&'p Section>, Error> {
        let Some(name) = self.get(key) else { return Ok(None) };
        let file = &self.profiles.config;
        match file.sections.get(&format!("{kind} {name}")) {
            Some(section) => Ok(Some(section)),
            None => Err(self.invalid(key, &format!("refers to a section `{kind}` that {} lacks", file.shown()))),
        }
    }

    /// Returns an error about the value of a key. The message contains the key, the profile and the file, whether the
    /// value contains a comment, and then `why`, such as "must be a number". `why` must not contain a secret.
    ///
    /// ```
    /// use cognito_op::{Error, Profile};
    ///
    /// fn seconds(profile: Profile<'_>) -> Result<Option<u32>, Error> {
    ///     let invalid = |_| profile.invalid("duration_seconds", "must be a number");
    ///     profile.get("duration_seconds").map(str::parse).transpose().map_err(invalid)
    /// }
    /// ```
    #[must_use]
    pub fn invalid(&self, key: &str, why: &str) -> Error {
        Error::misconfigured(format!("{} {why}", self.origin(key)))
    }

    /// Returns the location of a value, for a message.
    pub(crate) fn origin(&self, key: &str) -> String {
        let Profiles { config, credentials, .. } = self.profiles;
        let file = if self.in_credentials_file(key).is_some() { credentials } else { config };
        let note = self.get(key).map(noted).unwrap_or_default();
        format!("the key `{key}` of the profile `{}` in {}{note}", single_line(self.name), file.shown())
    }
}

impl fmt::Debug for Profile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Returns a note for an error message if a value has a comment after it, or else an empty string.
pub(crate) fn noted(value: &str) -> String {
    comment(value).map(|fault| format!(" (its value {fault})")).unwrap_or_default()
}

/// Returns a value that has no nested keys.
fn text<'s>(section: &'s Section, key: &str) -> Option<&'s str> {
    section.get(key).map(|value| value.trim_end()).filter(|value| !value.is_empty() && !value.starts_with('\n'))
}

#[cfg(test)]
mod tests;
