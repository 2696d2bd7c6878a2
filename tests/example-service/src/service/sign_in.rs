//! The sign-in flows and their challenges.

use super::pool::{Pool, random};
use super::request::Members;
use super::srp::{Challenge, Verifier};
use super::{Response, exception};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// A sign-in with a pending challenge. As in Cognito, `PASSWORD_VERIFIER` is identified by its secret block and has no session.
pub(super) enum Session {
    PasswordVerifier(String, Challenge),
    SoftwareToken(String),
    /// The user name and the challenge.
    Passkey(String, String),
}

impl Pool {
    pub(super) fn initiate_auth(&mut self, members: &Members) -> Response {
        let flow = members.text("AuthFlow");
        if matches!(flow, "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN") {
            return self.refresh(members);
        }
        let username = members.username_of("AuthParameters", self.client)?;
        let unknown = || exception("UserNotFoundException", "User does not exist.");
        let user = self.users.get(username).ok_or_else(unknown)?;
        if !user.confirmed {
            return Err(exception("UserNotConfirmedException", "User is not confirmed."));
        }
        match flow {
            "USER_PASSWORD_AUTH" if members.entry("AuthParameters", "PASSWORD") == user.password => {
                self.after_password(username)
            }
            "USER_PASSWORD_AUTH" => Err(exception("NotAuthorizedException", "Incorrect username or password.")),
            "USER_SRP_AUTH" => {
                let public = members.entry("AuthParameters", "SRP_A");
                // Cognito stores the verifier; the emulator stores the password.
                let verifier = Verifier::new(self.name, username, &user.password, &random()[..16]);
                let challenge = verifier
                    .challenge(public)
                    .ok_or_else(|| exception("InvalidParameterException", "Missing required parameter SRP_A"))?;
                let secret_block = challenge.secret_block();
                let parameters = json!({
                    "SALT": challenge.salt(), "SECRET_BLOCK": secret_block, "SRP_B": challenge.public(),
                    "USERNAME": username, "USER_ID_FOR_SRP": username,
                });
                self.sessions.insert(secret_block, Session::PasswordVerifier(username.to_owned(), challenge));
                Ok(json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters }))
            }
            "USER_AUTH" if members.entry("AuthParameters", "PREFERRED_CHALLENGE") == "WEB_AUTHN" => {
                // The emulator does not accept the password of a user without a passkey in this flow.
                let select = || json!({ "ChallengeName": "SELECT_CHALLENGE", "AvailableChallenges": ["PASSWORD"] });
                Ok(self.passkey_challenge(username).unwrap_or_else(select))
            }
            _ => Err(exception("InvalidParameterException", format!("{flow} is not enabled for the client."))),
        }
    }

    pub(super) fn respond_to_auth_challenge(&mut self, members: &Members) -> Response {
        let username = members.username_of("ChallengeResponses", self.client)?.to_owned();
        let response = |name: &str| members.entry("ChallengeResponses", name);
        match members.text("ChallengeName") {
            "PASSWORD_VERIFIER" => {
                let proved = match self.sessions.get(response("PASSWORD_CLAIM_SECRET_BLOCK")) {
                    Some(Session::PasswordVerifier(of, challenge)) if *of == username => {
                        challenge.verify(response("TIMESTAMP"), response("PASSWORD_CLAIM_SIGNATURE"))
                    }
                    _ => false,
                };
                if !proved {
                    return Err(exception("NotAuthorizedException", "Incorrect username or password."));
                }
                self.sessions.remove(response("PASSWORD_CLAIM_SECRET_BLOCK"));
                self.after_password(&username)
            }
            "SOFTWARE_TOKEN_MFA" => {
                let session = members.text("Session");
                if !matches!(self.sessions.get(session), Some(Session::SoftwareToken(of)) if *of == username) {
                    return Err(exception("NotAuthorizedException", "Invalid session for the user."));
                }
                self.user(&username)?.software_token.check(response("SOFTWARE_TOKEN_MFA_CODE"))?;
                self.sessions.remove(session);
                self.signed_in(&username)
            }
            "WEB_AUTHN" => {
                self.check_passkey(&username, members.text("Session"), response("CREDENTIAL"))?;
                self.signed_in(&username)
            }
            other => Err(exception("InvalidParameterException", format!("{other} is not supported."))),
        }
    }

    /// Returns tokens, or the challenge for the second factor.
    fn after_password(&mut self, username: &str) -> Response {
        let Some(code) = self.user(username)?.software_token.required_code() else {
            return self.signed_in(username);
        };
        self.send("The authenticator app shows".to_owned(), &code);
        let session = STANDARD.encode(random());
        self.sessions.insert(session.clone(), Session::SoftwareToken(username.to_owned()));
        let parameters = json!({ "USER_ID_FOR_SRP": username });
        Ok(json!({ "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": session, "ChallengeParameters": parameters }))
    }

    fn signed_in(&mut self, username: &str) -> Response {
        let user =
            self.users.get(username).ok_or_else(|| exception("UserNotFoundException", "User does not exist."))?;
        Ok(
            json!({ "AuthenticationResult": self.grants.grant(username, user, self.client, None), "ChallengeParameters": {} }),
        )
    }
}
