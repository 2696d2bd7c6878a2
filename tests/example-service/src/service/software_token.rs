//! Authenticator apps as a second factor.

use super::pool::{Pool, random};
use super::request::Members;
use super::{Exception, Response, exception, totp};
use serde_json::json;

/// The state of a user's authenticator app.
#[derive(Default)]
pub(super) struct SoftwareToken {
    /// The most recently created secret, until a code confirms it.
    pending: Option<Vec<u8>>,
    secret: Option<Vec<u8>>,
    enabled: bool,
    /// The time step of the last accepted code. Each code is accepted once.
    used: u64,
}

impl SoftwareToken {
    pub(super) fn is_on(&self) -> bool {
        self.enabled
    }

    /// Returns an authenticator app that is set up.
    pub(super) fn set_up() -> Self {
        Self { secret: Some(secret()), enabled: true, ..Self::default() }
    }

    /// Returns the code from the app, if a sign-in requires one.
    pub(super) fn required_code(&self) -> Option<String> {
        let secret = self.secret.as_ref().filter(|_| self.enabled)?;
        // A real app shows the next code after 30 seconds; the emulator does not wait.
        Some(totp::code(secret, totp::step().max(self.used + 1)))
    }

    /// Checks a code of a sign-in.
    pub(super) fn check(&mut self, code: &str) -> Result<(), Exception> {
        match self.secret.as_ref().and_then(|secret| totp::matches(secret, code)) {
            None => Err(exception("CodeMismatchException", "Invalid code received for user")),
            Some(step) if step <= self.used => {
                Err(exception("ExpiredCodeException", "Your software token has already been used once."))
            }
            Some(step) => {
                self.used = step;
                Ok(())
            }
        }
    }
}

impl Pool {
    pub(super) fn associate_software_token(&mut self, members: &Members) -> Response {
        let username = self.bearer(members)?;
        let secret = secret();
        let (text, code) = (totp::base32(&secret), totp::code(&secret, totp::step()));
        self.user(&username)?.software_token.pending = Some(secret);
        self.send("The authenticator app shows".to_owned(), &code);
        Ok(json!({ "SecretCode": text }))
    }

    pub(super) fn verify_software_token(&mut self, members: &Members) -> Response {
        let username = self.bearer(members)?;
        let token = &mut self.user(&username)?.software_token;
        let proved = token.pending.as_ref().and_then(|secret| totp::matches(secret, members.text("UserCode")));
        token.used = proved.ok_or_else(|| exception("EnableSoftwareTokenMFAException", "Code mismatch"))?;
        token.secret = token.pending.take();
        Ok(json!({ "Status": "SUCCESS" }))
    }

    pub(super) fn set_user_mfa_preference(&mut self, members: &Members) -> Response {
        let username = self.bearer(members)?;
        let token = &mut self.user(&username)?.software_token;
        if let Some(enabled) = members.flag("SoftwareTokenMfaSettings", "Enabled") {
            if enabled && token.secret.is_none() {
                return Err(exception("InvalidParameterException", "User has not verified software token mfa"));
            }
            token.enabled = enabled;
        }
        Ok(json!({}))
    }
}

fn secret() -> Vec<u8> {
    random().into_iter().take(20).collect()
}
