//! Authenticator apps as a second factor.

use super::pool::{Pool, random};
use super::request::Members;
use super::{Answer, Refusal, refusal, totp};
use serde_json::json;

/// The authenticator app of a user, if there is one.
#[derive(Default)]
pub(super) struct SoftwareToken {
    /// The secret that was given out last, until a code proves that it has arrived.
    pending: Option<Vec<u8>>,
    secret: Option<Vec<u8>>,
    enabled: bool,
    /// The time step of the last code, since each is good once.
    used: u64,
}

impl SoftwareToken {
    pub(super) fn is_on(&self) -> bool {
        self.enabled
    }

    /// The code that the app shows, if one is needed to sign in.
    pub(super) fn asked_for(&self) -> Option<String> {
        let secret = self.secret.as_ref().filter(|_| self.enabled)?;
        // Whoever has used up a code waits for the next one; the stand-in is in a hurry.
        Some(totp::code(secret, totp::step().max(self.used + 1)))
    }

    /// Checks a code that someone signs in with.
    pub(super) fn check(&mut self, code: &str) -> Result<(), Refusal> {
        match self.secret.as_ref().and_then(|secret| totp::matches(secret, code)) {
            None => Err(refusal("CodeMismatchException", "Invalid code received for user")),
            Some(step) if step <= self.used => {
                Err(refusal("ExpiredCodeException", "Your software token has already been used once."))
            }
            Some(step) => {
                self.used = step;
                Ok(())
            }
        }
    }
}

impl Pool {
    pub(super) fn associate_software_token(&mut self, members: &Members) -> Answer {
        let username = self.bearer(members)?;
        let secret = random().into_iter().take(20).collect::<Vec<u8>>();
        let (text, code) = (totp::base32(&secret), totp::code(&secret, totp::step()));
        self.user(&username)?.software_token.pending = Some(secret);
        self.send("The authenticator app shows".to_owned(), &code);
        Ok(json!({ "SecretCode": text }))
    }

    pub(super) fn verify_software_token(&mut self, members: &Members) -> Answer {
        let username = self.bearer(members)?;
        let token = &mut self.user(&username)?.software_token;
        let proved = token.pending.as_ref().and_then(|secret| totp::matches(secret, members.text("UserCode")));
        token.used = proved.ok_or_else(|| refusal("EnableSoftwareTokenMFAException", "Code mismatch"))?;
        token.secret = token.pending.take();
        Ok(json!({ "Status": "SUCCESS" }))
    }

    pub(super) fn set_user_mfa_preference(&mut self, members: &Members) -> Answer {
        let username = self.bearer(members)?;
        let token = &mut self.user(&username)?.software_token;
        if let Some(enabled) = members.flag("SoftwareTokenMfaSettings", "Enabled") {
            if enabled && token.secret.is_none() {
                return Err(refusal("InvalidParameterException", "User has not verified software token mfa"));
            }
            token.enabled = enabled;
        }
        Ok(json!({}))
    }
}
