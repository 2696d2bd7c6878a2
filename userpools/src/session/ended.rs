//! The sign-ins whose tokens a session no longer uses.

use super::saved::SavedSession;
use serde_json::Value;
use std::collections::VecDeque;
use zeroize::Zeroizing;

/// The maximum number of sign-ins in [`Ended`]. The oldest are removed first.
const LIMIT: usize = 16;

/// The sign-ins whose tokens a session no longer uses, although another process may save them later.
#[derive(Default)]
pub(super) struct Ended {
    /// The claims `origin_jti` of the sign-ins that the program has ended or replaced.
    origins: VecDeque<Value>,
    /// The refresh token that the service has rejected last.
    refused: Option<Zeroizing<String>>,
}

impl Ended {
    /// Adds the sign-in from which the tokens come. Has no effect for tokens without the claim `origin_jti`.
    pub(super) fn add(&mut self, saved: &SavedSession) {
        let origin = saved.origin();
        self.origins.retain(|ended| Some(ended) != origin.as_ref());
        self.origins.extend(origin);
        if self.origins.len() > LIMIT {
            self.origins.pop_front();
        }
    }

    /// Sets the refresh token that the service has rejected. Has no effect for tokens without one.
    pub(super) fn refuse(&mut self, saved: &SavedSession) {
        if let Some(refused) = &saved.tokens().refresh_token {
            self.refused = Some(Zeroizing::new(refused.clone()));
        }
    }

    /// Removes the sign-in and the refresh token of these tokens, since the program uses them again.
    pub(super) fn remove(&mut self, saved: &SavedSession) {
        let origin = saved.origin();
        self.origins.retain(|ended| Some(ended) != origin.as_ref());
        if self.has_refused(saved) {
            self.refused = None;
        }
    }

    pub(super) fn contains(&self, saved: &SavedSession) -> bool {
        self.has_refused(saved) || saved.origin().is_some_and(|origin| self.origins.contains(&origin))
    }

    fn has_refused(&self, saved: &SavedSession) -> bool {
        let refused = self.refused.as_ref().map(|token| token.as_str());
        refused.is_some() && saved.tokens().refresh_token.as_deref() == refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign_in::Tokens;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use std::time::SystemTime;

    /// Returns the tokens of a sign-in.
    fn saved(origin: usize) -> SavedSession {
        let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"origin_jti":{origin}}}"#));
        let mut tokens = Tokens::new(format!("e30.{claims}.c2ln"));
        tokens.refresh_token = Some(format!("refresh {origin}"));
        SavedSession::new(tokens, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn the_latest_sign_ins_are_kept() {
        let mut ended = Ended::default();
        (0..LIMIT).for_each(|origin| ended.add(&saved(origin)));
        ended.add(&saved(0));
        assert!((0..LIMIT).all(|origin| ended.contains(&saved(origin))), "none is there twice");
        ended.add(&saved(LIMIT));
        let forgotten: Vec<_> = (0..=LIMIT).filter(|origin| !ended.contains(&saved(*origin))).collect();
        assert_eq!(forgotten, [1]);
    }

    #[test]
    fn a_rejected_refresh_token_that_ends_is_still_rejected() {
        let mut ended = Ended::default();
        let opaque = || {
            SavedSession::new(
                Tokens { refresh_token: Some("r".into()), ..Tokens::new("opaque") },
                SystemTime::UNIX_EPOCH,
            )
        };
        ended.refuse(&opaque());
        ended.add(&opaque());
        assert!(ended.contains(&opaque()));
    }

    #[test]
    fn tokens_that_are_used_again_are_not_ended() {
        let mut ended = Ended::default();
        ended.add(&saved(1));
        ended.add(&saved(2));
        ended.remove(&saved(1));
        assert!(!ended.contains(&saved(1)) && ended.contains(&saved(2)));
        ended.refuse(&saved(3));
        ended.remove(&saved(2));
        assert!(ended.contains(&saved(3)));
        let without_refresh_token = SavedSession::new(Tokens::new("e30.e30.c2ln"), SystemTime::UNIX_EPOCH);
        ended.refuse(&without_refresh_token);
        assert!(ended.contains(&saved(3)) && !ended.contains(&without_refresh_token));
        ended.remove(&saved(3));
        assert!(!ended.contains(&saved(3)));
    }
}
