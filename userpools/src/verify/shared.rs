//! The state of a verifier, and the checks of a token.

use super::cache::{Cached, Failure, Times};
use super::client::{Fetches, Spawn};
use super::error::{VerifyError, VerifyReason};
use super::jwt::{Claim, Claims, Jwt};
use super::key::{Key, read_set};
use super::pool::Issuer;
use super::requirements::Requirements;
use super::signatures::Signatures;
use super::token::{Use, Verified};
use crate::time::Time;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The state that the clones of a verifier share. It is not generic, so that a program does not compile it anew.
pub(super) struct Shared {
    /// The issuers of all pools.
    pub(super) issuers: Vec<Arc<Issuer>>,
    pub(super) skew: Duration,
    pub(super) clock: Arc<Clock>,
    pub(super) times: Times,
    pub(super) signatures: Signatures,
    /// Runs a fetch apart from the call that begins it.
    pub(super) spawn: Option<Arc<Spawn>>,
    pub(super) client: Option<Arc<dyn Fetches>>,
}

pub(super) type Clock = dyn Fn() -> SystemTime + Send + Sync;

/// A token whose issuer and key id are known, and whose signature has not been checked.
pub(super) struct Pending<'t> {
    jwt: Jwt<'t>,
    claims: Arc<Claims>,
    pub(super) issuer: &'t Arc<Issuer>,
}

impl Pending<'_> {
    pub(super) fn kid(&self) -> &str {
        self.jwt.kid()
    }
}

impl Shared {
    pub(super) fn now(&self) -> Time {
        self.client.as_deref().map_or_else(Time::default, |client| Time::new(client.now(), &*self.clock))
    }

    /// Parses a token, and finds its issuer.
    pub(super) fn pending<'t>(&'t self, token: &'t str) -> Result<Pending<'t>, VerifyError> {
        let jwt = Jwt::parse(token)?;
        let claims = Claims::read(jwt.payload()?)?;
        let url = claims.text(Claim::Iss).ok_or_else(|| absent(&claims, Claim::Iss, "is not a string"))?;
        let Some(issuer) = self.issuers.iter().find(|issuer| issuer.url == url) else {
            let expected = self.issuers.iter().filter(|issuer| issuer.primary);
            let expected: Vec<&str> = expected.map(|issuer| issuer.url.as_str()).collect();
            let error = VerifyError::claim(VerifyReason::Issuer, "iss", "is not a user pool of this verifier");
            // A forged token must not fill the log.
            return Err(match expected.get(..3) {
                Some(few) if expected.len() > 3 => error.expecting(format!("one of {}, …", few.join(", "))),
                _ => error.expecting(expected.join(" or ")),
            });
        };
        Ok(Pending { jwt, claims, issuer })
    }

    /// Checks the signature and the claims of a token.
    pub(super) fn check(
        &self,
        pending: Pending<'_>,
        key: &Arc<Key>,
        usage: Use,
        requirements: &Requirements,
    ) -> Result<Verified, VerifyError> {
        let Pending { jwt, claims, issuer } = pending;
        let Self { signatures, .. } = self;
        let digest = signatures.digest(jwt.token);
        let is_known = digest.is_some_and(|digest| signatures.contains(&digest, key));
        if !is_known {
            jwt.with_signature(|signature| {
                let is_right = key.verifies(jwt.signed.as_bytes(), signature);
                is_right
                    .then_some(())
                    .ok_or_else(|| VerifyError::new(VerifyReason::Signature, "its signature is wrong"))
            })?;
        }
        claims.check_types()?;
        check_use(&claims, usage)?;
        let client_claim = usage.client_claim();
        let client = claims.text(client_claim).ok_or_else(|| absent(&claims, client_claim, "is not a string"))?;
        if issuer.pool.clients.as_ref().is_some_and(|clients| !clients.iter().any(|known| known == client)) {
            return Err(VerifyError::claim(
                VerifyReason::ClientId,
                client_claim.name(),
                "is not an app client of this verifier",
            ));
        }
        if claims.text(Claim::Sub).is_none_or(str::is_empty) {
            return Err(absent(&claims, Claim::Sub, "is not the id of a user"));
        }
        let now = (self.clock)().duration_since(SystemTime::UNIX_EPOCH);
        // An expired token would be accepted otherwise.
        let now = now.map_err(|_| VerifyError::misconfigured("the clock shows a time before 1970"))?.as_secs_f64();
        let skew = self.skew.as_secs_f64();
        let expires = claims.time(Claim::Exp).ok_or_else(|| absent(&claims, Claim::Exp, "is not a number"))?;
        if now >= expires + skew {
            return Err(VerifyError::claim(VerifyReason::Expired, "exp", "is in the past"));
        }
        if claims.time(Claim::Nbf).is_some_and(|begins| begins - skew > now) {
            return Err(VerifyError::claim(VerifyReason::NotYetValid, "nbf", "is in the future"));
        }
        requirements.verify(&claims, usage)?;
        // Only tokens that are accepted take a place.
        if let Some(digest) = digest.filter(|_| !is_known) {
            signatures.insert(digest, key);
        }
        Ok(Verified { claims, pool: Arc::clone(&issuer.pool) })
    }

    /// Verifies a token with the cached keys.
    pub(super) fn verify_cached(
        &self,
        token: &str,
        usage: Use,
        requirements: &Requirements,
    ) -> Result<Verified, VerifyError> {
        let pending = self.pending(token)?;
        let now = self.now();
        let cached = pending.issuer.keys().cached(pending.kid(), now, self.times);
        match cached {
            Cached::Key(key) => self.check(pending, &key, usage, requirements),
            Cached::Unknown => Err(unknown_key()),
            Cached::Absent => Err(keys_not_cached()),
        }
    }

    pub(super) fn cache_keys(&self, user_pool: &str, json: &[u8]) -> Result<(), VerifyError> {
        let issuers: Vec<_> = self.issuers.iter().filter(|issuer| issuer.pool.id == user_pool).collect();
        if issuers.is_empty() {
            return Err(VerifyError::misconfigured("the user pool is not one of this verifier"));
        }
        let keys = read_set(json).map_err(VerifyError::misconfigured)?;
        let now = self.now();
        for issuer in issuers {
            issuer.keys().put(keys.clone(), now);
            issuer.fetch.wake();
        }
        Ok(())
    }

    pub(super) fn last_failure(&self) -> Option<VerifyError> {
        let failure = |issuer: &Arc<Issuer>| issuer.keys().failure().filter(|_| issuer.primary).cloned();
        self.issuers.iter().find_map(failure).map(unavailable)
    }
}

fn check_use(claims: &Claims, usage: Use) -> Result<(), VerifyError> {
    let found = claims.text(Claim::TokenUse).ok_or_else(|| absent(claims, Claim::TokenUse, "is not a string"))?;
    if found == usage.name() {
        return Ok(());
    }
    let detail = match usage {
        Use::Access => "is not that of an access token",
        Use::Id => "is not that of an identity token",
    };
    Err(VerifyError::claim(VerifyReason::TokenUse, "token_use", detail).expecting(usage.name()))
}

fn absent(claims: &Claims, claim: Claim, wrong: &'static str) -> VerifyError {
    let detail = if claims.is_present(claim) { wrong } else { "is missing" };
    VerifyError::claim(VerifyReason::Claim, claim.name(), detail)
}

pub(super) fn unknown_key() -> VerifyError {
    VerifyError::new(VerifyReason::UnknownKey, "the user pool has no key with its key id")
}

pub(super) fn keys_not_cached() -> VerifyError {
    let detail = "the keys of the user pool are not cached; call `hydrate` or `cache_keys` first";
    VerifyError::new(VerifyReason::KeysNotCached, detail)
}

pub(super) fn unavailable(failure: Failure) -> VerifyError {
    VerifyError::new(VerifyReason::KeysUnavailable, "the last attempt to fetch them failed").caused_by(failure)
}

#[cfg(test)]
#[cfg(feature = "mock")]
mod tests {
    use super::*;
    use crate::verify::{MockPool, Verifier};

    /// The cache of signatures contains the tokens that were accepted, and no others.
    #[test]
    fn the_signatures_of_accepted_tokens_are_cached() {
        let (id, client) = ("eu-west-1_Ab12Cd34E", "1example23456789");
        let pool = MockPool::new(id);
        let builder = Verifier::builder().user_pool(id).client_id(client).signature_cache(10);
        let verifier = builder.build_offline().expect("a verifier");
        verifier.cache_keys(id, pool.keys()).expect("a key set");
        let shared = &verifier.shared;
        let is_cached = |token: &str| {
            let pending = shared.pending(token).expect("a token of the pool");
            let Cached::Key(key) = pending.issuer.keys().cached(pending.kid(), shared.now(), shared.times) else {
                panic!("the key is not cached")
            };
            let digest = shared.signatures.digest(token).expect("a digest");
            shared.signatures.contains(&digest, &key)
        };
        let token = pool.access_token(client).mint();
        assert!(!is_cached(&token));
        for _ in 0..2 {
            verifier.access_token_cached(&token).expect("it is valid");
            assert!(is_cached(&token));
        }
        let token = pool.access_token(client);
        for rejected in [token.clone().forged(), token.clone().expired(), pool.id_token(client)] {
            let rejected = rejected.mint();
            verifier.access_token_cached(&rejected).expect_err("it is not valid");
            assert!(!is_cached(&rejected));
        }
    }
}
