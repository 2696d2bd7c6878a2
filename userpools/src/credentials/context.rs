//! The context of a fetch: the environment, the profile, the remaining time and the requests.

use super::http::{Http, HttpFailure, Peer};
use cognito_op::http::{Request, Response};
use cognito_op::{Body, Profile, Profiles};
use std::env;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// The pause before a request is sent again.
const PAUSE: Duration = Duration::from_millis(200);

/// The size of the largest token or output of a process. Credentials have about a kilobyte, and tokens a few.
pub(super) const LIMIT: u64 = 64 * 1024;

/// One fetch of credentials.
pub(super) struct Context<'c> {
    pub(super) http: &'c dyn Http,
    pub(super) profiles: &'c Profiles,
    /// The profile that the program or the environment selects.
    pub(super) profile: Profile<'c>,
    /// The name of the profile, if the program selects it.
    pub(super) selected: Option<&'c str>,
    /// The region that the program sets.
    pub(super) region: Option<&'c str>,
    pub(super) begun: Instant,
    /// The timeout of the whole chain.
    pub(super) timeout: Duration,
}

/// The attempts of a request, and the timeout of each one.
#[derive(Clone, Copy)]
pub(super) struct Attempts {
    pub(super) timeout: Duration,
    pub(super) count: u32,
    /// Whether a request without a response is sent again. Otherwise only errors that arrive are followed by another
    /// attempt.
    pub(super) after_timeouts: bool,
    /// Whether the same request can have another response soon.
    pub(super) is_transient: fn(&Response<Body>) -> bool,
}

/// Returns whether a service is overloaded or failed.
pub(super) fn is_unavailable(response: &Response<Body>) -> bool {
    response.status().is_server_error() || response.status().as_u16() == 429
}

impl Context<'_> {
    /// Returns the value of a variable, or else that of a key of the selected profile.
    pub(super) fn setting(&self, variable: &str, key: &str) -> Result<Option<String>, String> {
        Ok(self::variable(variable)?.or_else(|| self.profile.get(key).map(str::to_owned)))
    }

    /// Returns a number that is set with a variable or a key of the selected profile.
    pub(super) fn number(&self, variable: &str, key: &str, default: u32) -> Result<u32, String> {
        let Some(text) = self.setting(variable, key)? else { return Ok(default) };
        let number = text.parse().ok().filter(|number| *number > 0);
        number.ok_or_else(|| format!("{variable}, or `{key}` of the profile, must be a number from 1"))
    }

    /// Returns the time that remains for the chain.
    pub(super) fn remaining(&self) -> Duration {
        self.timeout.saturating_sub(self.begun.elapsed())
    }

    /// Sends a request, again after a failure that can be temporary. A response with any status is returned.
    pub(super) async fn send(
        &self,
        peer: Peer,
        request: Request<Body>,
        attempts: Attempts,
    ) -> Result<Response<Body>, String> {
        let mut left = attempts.count;
        loop {
            let timeout = attempts.timeout.min(self.remaining());
            if timeout.is_zero() {
                return Err("the timeout of the chain expired".to_owned());
            }
            let outcome = self.http.send(peer, self.selected, request.clone(), timeout).await;
            left = left.saturating_sub(1);
            let is_transient = match &outcome {
                Ok(response) => (attempts.is_transient)(response),
                Err(HttpFailure { is_timeout, is_final, .. }) => !is_final && (!is_timeout || attempts.after_timeouts),
            };
            if !is_transient || left == 0 {
                return outcome.map_err(|failure| failure.why);
            }
            self.http.sleep(PAUSE).await;
        }
    }
}

/// Returns the value of an environment variable. An empty one counts as not set.
pub(super) fn variable(name: &str) -> Result<Option<String>, String> {
    let value = env::var_os(name).filter(|value| !value.is_empty());
    let value = value.map(|value| value.into_string().map_err(|_| format!("the variable {name} is not Unicode")));
    value.transpose()
}

/// Reads the file of a token. If it cannot be read, returns the reason as the end of a sentence. A device or a pipe is not
/// read, since it could block or have no end.
pub(super) fn read(path: &Path) -> Result<Zeroizing<String>, String> {
    let unreadable = |error: io::Error| format!("cannot be read: {}", error.kind());
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err("is not a regular file".to_owned());
    }
    let file = File::open(path).map_err(unreadable)?;
    // With its whole capacity, so that no part of it is moved.
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(LIMIT).unwrap_or_default() + 1));
    file.take(LIMIT + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > LIMIT { Err(format!("is larger than {} KiB", LIMIT / 1024)) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_size_of_a_token() {
        let path = env::temp_dir().join(format!("cognito-userpools-token-{}", std::process::id()));
        let outcome = |size: usize| {
            fs::write(&path, "t".repeat(size)).expect("a file");
            read(&path).map(|token| token.len())
        };
        let outcomes = [65_536, 65_537].map(outcome);
        fs::remove_file(&path).expect("the file");
        assert_eq!(outcomes, [Ok(65_536), Err("is larger than 64 KiB".to_owned())]);
    }
}
