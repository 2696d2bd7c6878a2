//! The error of a chain that finds no credentials.

use cognito_op::Credentials;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The result of one source.
pub(super) type Outcome = Result<Credentials, Miss>;

/// The reason why a source has no credentials, without a secret and without the content of a file.
pub(super) enum Miss {
    /// The source is not configured. The chain asks the next one.
    Passed(String),
    /// The source is configured and failed. The chain ends.
    Failed(String),
}

impl Miss {
    pub(super) fn passed(why: impl Into<String>) -> Self {
        Self::Passed(why.into())
    }

    pub(super) fn failed(why: impl Into<String>) -> Self {
        Self::Failed(why.into())
    }

    pub(super) fn into_reason(self) -> String {
        match self {
            Self::Passed(why) | Self::Failed(why) => why,
        }
    }
}

/// Returns a timeout for a message, in seconds.
pub(super) fn seconds(timeout: Duration) -> String {
    format!("{} s", (timeout.as_secs_f32() * 10.0).round() / 10.0)
}

/// An error of a source that is configured.
impl From<String> for Miss {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

/// The error of a [`Chain`](super::Chain) that finds no credentials. It lists the sources in the order in which they
/// were asked, each with the reason why it has no credentials. A source that is configured and fails is the last one.
///
/// It is the [`source`](Error::source) of the error of a call. It contains no secret, no content of a file and no
/// output of a process.
///
/// ```
/// use cognito_userpools::Error;
/// use cognito_userpools::credentials::ChainError;
/// use std::error::Error as _;
///
/// /// Returns the sources that were asked.
/// fn asked(error: &Error) -> Vec<&str> {
///     let chain = error.source().and_then(|source| source.downcast_ref::<ChainError>());
///     chain.map(|chain| chain.sources().map(|(source, _)| source).collect()).unwrap_or_default()
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct ChainError {
    sources: Vec<(&'static str, String)>,
}

impl ChainError {
    pub(super) fn add(&mut self, source: &'static str, why: String) {
        self.sources.push((source, why));
    }

    /// Returns the sources in the order in which they were asked, each with the reason why it had no credentials.
    ///
    /// ```
    /// # fn print(error: &cognito_userpools::credentials::ChainError) {
    /// for (source, why) in error.sources() {
    ///     println!("{source}: {why}");
    /// }
    /// # }
    /// ```
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sources.iter().map(|(source, why)| (*source, why.as_str()))
    }
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no AWS credentials")?;
        for (at, (source, why)) in self.sources().enumerate() {
            write!(f, "{} {source}: {why}", if at == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl Error for ChainError {}
