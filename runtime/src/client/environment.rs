//! The settings in the environment: variables, and keys of the selected profile.

use crate::error::Error;
use crate::profiles::{Profile, noted};
use std::ffi::OsString;

/// A setting and its origin.
#[derive(Debug)]
pub(super) struct Setting<T> {
    value: T,
    /// The variable or key, for a message. `None` if the program set the value.
    origin: Option<String>,
}

impl<T> Setting<T> {
    pub(super) fn of_program(value: T) -> Self {
        Self { value, origin: None }
    }

    pub(super) fn map<R>(self, change: impl FnOnce(T) -> R) -> Setting<R> {
        Setting { value: change(self.value), origin: self.origin }
    }

    /// Converts the value. An error contains the origin.
    pub(super) fn resolve<R>(self, make: impl FnOnce(T) -> Result<R, Error>) -> Result<R, Error> {
        make(self.value).map_err(|error| match self.origin {
            Some(origin) => error.about(&origin),
            None => error,
        })
    }
}

/// The variables and the selected profile.
pub(super) struct Environment<'e> {
    pub(super) variable: &'e dyn Fn(&str) -> Option<OsString>,
    pub(super) profile: Profile<'e>,
}

impl Environment<'_> {
    /// Returns the first variable that is set, or else the value of the key in the profile.
    pub(super) fn setting(&self, variables: &[&str], key: &str) -> Result<Option<Setting<String>>, Error> {
        if let Some(setting) = self.variable(variables)? {
            return Ok(Some(setting));
        }
        let setting = |value: &str| Setting { value: value.to_owned(), origin: Some(self.profile.origin(key)) };
        Ok(self.profile.get(key).map(setting))
    }

    fn variable(&self, names: &[&str]) -> Result<Option<Setting<String>>, Error> {
        let set = |name: &str| (self.variable)(name).filter(|value| !value.is_empty());
        let Some((name, value)) = names.iter().find_map(|name| Some((name, set(name)?))) else { return Ok(None) };
        let origin = format!("the environment variable {name}");
        match value.into_string() {
            Ok(value) => Ok(Some(Setting { value, origin: Some(origin) })),
            Err(_) => Err(Error::misconfigured(format!("{origin} is not Unicode"))),
        }
    }

    pub(super) fn switch(&self, variable: &str, key: &str) -> Result<Option<bool>, Error> {
        self.parsed(variable, key, |value| value.to_ascii_lowercase().parse().ok(), "`true` or `false`")
    }

    pub(super) fn count(&self, variable: &str, key: &str) -> Result<Option<u32>, Error> {
        let parse = |value: &str| value.parse().ok().filter(|count| *count > 0);
        self.parsed(variable, key, parse, "a number from 1")
    }

    /// Returns a setting that is not text. An invalid one must be the given `form`.
    fn parsed<R>(
        &self,
        variable: &str,
        key: &str,
        parse: impl FnOnce(&str) -> Option<R>,
        form: &str,
    ) -> Result<Option<R>, Error> {
        let Some(Setting { value, origin }) = self.setting(&[variable], key)? else { return Ok(None) };
        let invalid = || Error::misconfigured(format!("{} must be {form}", origin.unwrap_or_default()));
        parse(value.trim()).map(Some).ok_or_else(invalid)
    }

    /// Returns the URL of the endpoint.
    pub(super) fn endpoint(&self) -> Result<Option<Setting<String>>, Error> {
        const SERVICE: &str = "cognito_identity_provider";
        const KEY: &str = "endpoint_url";
        if let Some(setting) = self.variable(&["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "AWS_ENDPOINT_URL"])? {
            return Ok(Some(setting));
        }
        match self.profile.service(SERVICE, KEY)? {
            Some(url) => {
                let services = self.profile.origin("services");
                let origin = format!("{services}, section `{SERVICE}`, key `{KEY}`{}", noted(url));
                Ok(Some(Setting { value: url.to_owned(), origin: Some(origin) }))
            }
            None => self.setting(&[], KEY),
        }
    }
}
