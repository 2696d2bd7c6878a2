//! App clients, and the checks of their secrets and secret hashes.

use super::{Exception, exception};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

#[derive(Clone, Copy)]
pub(super) struct AppClient {
    pub(super) id: &'static str,
    /// `None` for a public app client.
    pub(super) secret: Option<&'static str>,
}

impl AppClient {
    pub(super) fn check_id(self, id: &str) -> Result<(), Exception> {
        if id == self.id {
            return Ok(());
        }
        Err(exception("ResourceNotFoundException", format!("User pool client {id} does not exist.")))
    }

    /// Checks the secret, which a request contains in plain text.
    pub(super) fn check_secret(self, secret: Option<&str>) -> Result<(), Exception> {
        if secret == self.secret { Ok(()) } else { Err(exception("UnauthorizedException", "Invalid client secret.")) }
    }

    /// Checks a secret hash. `mismatch` is the start of the message for a wrong hash.
    pub(super) fn check_hash(self, username: &str, hash: Option<&str>, mismatch: &str) -> Result<(), Exception> {
        let id = self.id;
        let (secret, hash) = match (self.secret, hash) {
            (None, None) => return Ok(()),
            (Some(secret), Some(hash)) => (secret, hash),
            (Some(_), None) => {
                let message = format!("Client {id} is configured with secret but SECRET_HASH was not received");
                return Err(exception("NotAuthorizedException", message));
            }
            (None, Some(_)) => {
                let message = format!("App client {id} is not configured for secret but secret hash was received");
                return Err(exception("InvalidParameterException", message));
            }
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
        mac.update(format!("{username}{id}").as_bytes());
        if hash == STANDARD.encode(mac.finalize().into_bytes()) {
            Ok(())
        } else {
            Err(exception("NotAuthorizedException", format!("{mismatch}{id}")))
        }
    }
}
