//! The access token of an app client for one set of scopes: a state machine without I/O. The time is an argument.

use super::error::OAuthError;
use crate::time::Time;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// The time before the expiry from which one call requests a new token. The others use the current one. It is at most a
/// fifth of the lifetime.
const ADVISORY: Duration = Duration::from_secs(5 * 60);
/// The time before the expiry from which all calls wait for a new token. It is at most a tenth of the lifetime.
const MANDATORY: Duration = Duration::from_secs(60);
/// The time after a failed request in which a usable token is not requested again.
const REST: Duration = Duration::from_secs(30);
/// The time after a failed request in which no other one begins, if there is no usable token. It doubles with each
/// failure that follows, up to [`LONGEST_BACKOFF`].
const BACKOFF: Duration = Duration::from_secs(1);
const LONGEST_BACKOFF: Duration = Duration::from_secs(10);

/// An access token of an app client. A clone is cheap. `Debug` redacts the token.
///
/// ```
/// use cognito_userpools::oauth::ClientToken;
///
/// /// Returns the header `Authorization` of a request to another service.
/// fn authorization(token: &ClientToken) -> String {
///     format!("Bearer {}", token.as_str())
/// }
/// ```
#[derive(Clone)]
pub struct ClientToken {
    token: Arc<Zeroizing<String>>,
    lifetime: Duration,
    scopes: Option<Arc<[String]>>,
}

impl ClientToken {
    pub(super) fn new(token: String, lifetime: Option<Duration>) -> Self {
        Self { token: Arc::new(Zeroizing::new(token)), lifetime: lifetime.unwrap_or_default(), scopes: None }
    }

    pub(super) fn with_scopes(self, scopes: Option<Vec<String>>) -> Self {
        Self { scopes: scopes.map(Arc::from), ..self }
    }

    /// Returns the token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.token
    }

    /// Returns the lifetime of the token when it was issued. It is zero if the server did not return it; such a token
    /// is not cached.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// Returns the scopes of the token, if the response of the token endpoint contains them. They can differ from the
    /// requested scopes. If they are the same, the response may omit them
    /// ([RFC 6749, section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)).
    ///
    /// ```
    /// use cognito_userpools::oauth::ClientToken;
    ///
    /// fn may_write(token: &ClientToken) -> bool {
    ///     token.scopes().is_none_or(|scopes| scopes.iter().any(|scope| scope == "orders/write"))
    /// }
    /// ```
    #[must_use]
    pub fn scopes(&self) -> Option<&[String]> {
        self.scopes.as_deref()
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.token, &other.token)
    }
}

impl fmt::Debug for ClientToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientToken").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// The token for a set of scopes.
#[derive(Default)]
pub(super) struct Cache {
    /// The token, and when it was requested.
    current: Option<(ClientToken, Time)>,
    /// When the request in flight began.
    began: Option<Time>,
    /// The error of the last request and the time, if it failed.
    failure: Option<(OAuthError, Time)>,
    /// The number of failed requests since the last successful one.
    failures: u32,
}

/// The next step of a call.
pub(super) enum Next {
    Use(ClientToken),
    /// Uses this token, and requests a new one, unless a request is in flight.
    Refresh(ClientToken),
    /// Waits for the request in flight, or begins one.
    Wait,
    /// Fails with the error of the last request.
    Fail(OAuthError),
}

impl Cache {
    pub(super) fn next(&self, now: Time) -> Next {
        let rested = |time: Duration| self.failure.as_ref().is_none_or(|(_, ended)| now.since(*ended) >= time);
        let Some((token, left)) = self.usable(now) else {
            let failure = self.failure.as_ref().filter(|_| self.began.is_none() && !rested(self.backoff()));
            return failure.map_or(Next::Wait, |(failure, _)| Next::Fail(failure.clone()));
        };
        if left > ADVISORY.min(token.lifetime / 5) || !rested(REST) {
            Next::Use(token)
        } else if left > MANDATORY.min(token.lifetime / 10) {
            Next::Refresh(token)
        } else {
            Next::Wait
        }
    }

    /// Returns the token and the rest of its lifetime, if it has not expired.
    fn usable(&self, now: Time) -> Option<(ClientToken, Duration)> {
        let (token, requested) = self.current.as_ref()?;
        let left = token.lifetime.saturating_sub(now.since(*requested));
        (!left.is_zero()).then(|| (token.clone(), left))
    }

    fn backoff(&self) -> Duration {
        BACKOFF.saturating_mul(2_u32.saturating_pow(self.failures.saturating_sub(1))).min(LONGEST_BACKOFF)
    }

    /// Returns whether the cache has neither a usable token nor a request in flight.
    pub(super) fn is_unused(&self, now: Time) -> bool {
        self.began.is_none() && self.usable(now).is_none()
    }

    pub(super) fn begin(&mut self, now: Time) {
        self.began = Some(now);
    }

    /// Gives up the request in flight if it takes longer than any request: its future is not polled. Returns whether it
    /// did.
    pub(super) fn give_up(&mut self, now: Time, longest: Duration) -> bool {
        self.began.take_if(|began| now.since(*began) >= longest).is_some()
    }

    /// Ends the request that began at that time. After a failure, the current token stays. A request that was given up
    /// changes nothing, since a later one can have ended before it.
    pub(super) fn end(&mut self, began: Time, outcome: &Result<ClientToken, OAuthError>, now: Time) {
        if self.began.take_if(|current| *current == began).is_none() {
            return;
        }
        match outcome {
            Ok(token) => {
                (self.failure, self.failures) = (None, 0);
                self.current = Some((token.clone(), began));
            }
            Err(failure) => {
                self.failure = Some((failure.clone(), now));
                self.failures = self.failures.saturating_add(1);
            }
        }
    }

    /// Drops a token, if it is the current one.
    pub(super) fn forget(&mut self, token: &ClientToken) {
        self.current.take_if(|(current, _)| current.is(token));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    fn at(seconds: u64) -> Time {
        Time::new(Duration::from_secs(seconds), &|| UNIX_EPOCH + Duration::from_secs(1_790_000_000 + seconds))
    }

    fn next(cache: &Cache, seconds: u64) -> String {
        match cache.next(at(seconds)) {
            Next::Use(token) => token.as_str().to_owned(),
            Next::Refresh(token) => format!("{}, refresh", token.as_str()),
            Next::Wait => "wait".to_owned(),
            Next::Fail(error) => error.to_string(),
        }
    }

    /// Requests a token with a lifetime, or fails without a token.
    fn request(cache: &mut Cache, token: &str, lifetime: u64, began: u64, ended: u64) {
        cache.begin(at(began));
        let outcome = if token.is_empty() {
            Err(OAuthError::misconfigured("down"))
        } else {
            Ok(ClientToken::new(token.to_owned(), Some(Duration::from_secs(lifetime))))
        };
        cache.end(at(began), &outcome, at(ended));
    }

    const DOWN: &str = "cannot use OAuth 2.0: down";

    #[test]
    fn tokens_are_requested_before_they_expire() {
        let mut cache = Cache::default();
        assert_eq!(next(&cache, 0), "wait");
        request(&mut cache, "a", 3600, 10, 12);
        // The lifetime is counted from the request on.
        for (seconds, expected) in
            [(12, "a"), (3309, "a"), (3310, "a, refresh"), (3549, "a, refresh"), (3550, "wait"), (9999, "wait")]
        {
            assert_eq!(next(&cache, seconds), expected, "{seconds}");
        }
        request(&mut cache, "b", 300, 3400, 3400);
        for (seconds, expected) in [(3639, "b"), (3640, "b, refresh"), (3669, "b, refresh"), (3670, "wait")] {
            assert_eq!(next(&cache, seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn a_failed_request_keeps_the_token_until_it_expires() {
        let mut cache = Cache::default();
        request(&mut cache, "a", 3600, 0, 0);
        request(&mut cache, "", 0, 3300, 3301);
        assert_eq!((next(&cache, 3330), next(&cache, 3331)), ("a".to_owned(), "a, refresh".to_owned()));
        request(&mut cache, "", 0, 3580, 3581);
        assert_eq!((next(&cache, 3599), next(&cache, 3600)), ("a".to_owned(), "wait".to_owned()));
        request(&mut cache, "", 0, 3600, 3600);
        assert_eq!(next(&cache, 3601), DOWN);
        request(&mut cache, "b", 3600, 3610, 3610);
        assert_eq!(next(&cache, 3610), "b");
    }

    #[test]
    fn without_a_token_the_intervals_double_up_to_ten_seconds() {
        let (mut cache, mut now) = (Cache::default(), 0);
        for interval in [1, 2, 4, 8, 10, 10] {
            assert_eq!(next(&cache, now), "wait");
            request(&mut cache, "", 0, now, now);
            assert_eq!(next(&cache, now + interval - 1), DOWN, "{interval}");
            now += interval;
        }
        cache.begin(at(now - 1));
        assert_eq!(next(&cache, now - 1), "wait", "there is a request to wait for");
    }

    #[test]
    fn a_request_that_is_not_polled_is_given_up() {
        let (mut cache, longest) = (Cache::default(), Duration::from_secs(20));
        cache.begin(at(0));
        assert!(!cache.give_up(at(19), longest) && cache.give_up(at(20), longest) && !cache.give_up(at(40), longest));
        cache.begin(at(40));
        let late = Ok(ClientToken::new("late".to_owned(), Some(Duration::from_secs(3600))));
        cache.end(at(0), &late, at(41));
        assert_eq!(next(&cache, 41), "wait");
        cache.end(at(40), &late, at(42));
        assert_eq!(next(&cache, 42), "late");
    }

    #[test]
    fn tokens_without_a_lifetime_are_not_kept() {
        let mut cache = Cache::default();
        request(&mut cache, "a", 0, 0, 0);
        assert_eq!(next(&cache, 0), "wait");
        assert!(cache.is_unused(at(0)));
    }

    #[test]
    fn a_cache_is_in_use_with_a_token_or_a_request() {
        let mut cache = Cache::default();
        assert!(cache.is_unused(at(0)));
        cache.begin(at(0));
        assert!(!cache.is_unused(at(0)));
        let token = ClientToken::new("a".to_owned(), Some(Duration::from_secs(60)));
        cache.end(at(0), &Ok(token.clone()), at(1));
        assert!(!cache.is_unused(at(59)) && cache.is_unused(at(60)));
        assert_eq!(token.lifetime(), Duration::from_secs(60));
        assert_eq!(format!("{token:?}"), "ClientToken { lifetime: 60s, .. }");
    }

    #[test]
    fn a_token_that_a_service_rejected_is_forgotten_once() {
        let mut cache = Cache::default();
        request(&mut cache, "a", 3600, 0, 0);
        let Next::Use(first) = cache.next(at(1)) else { panic!("a token") };
        cache.forget(&first);
        assert_eq!(next(&cache, 1), "wait");
        request(&mut cache, "b", 3600, 1, 1);
        cache.forget(&first);
        assert_eq!(next(&cache, 2), "b");
    }

    /// The monotonic clock stands still while the machine is suspended.
    #[test]
    fn tokens_expire_while_the_machine_is_suspended() {
        let mut cache = Cache::default();
        request(&mut cache, "a", 3600, 0, 0);
        let resumed = Time::new(Duration::ZERO, &|| UNIX_EPOCH + Duration::from_secs(1_790_003_600));
        assert!(matches!(cache.next(resumed), Next::Wait));
    }
}
