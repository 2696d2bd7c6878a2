//! Signing in: flows, challenges, and what they end with.

use super::pool::{Pool, random};
use super::request::Members;
use super::srp::Challenge;
use super::{Answer, refusal};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// A sign-in that is under way. The first kind is known by its secret block, as Cognito does it, the second by its session.
pub(super) enum Session {
    PasswordVerifier(String, Challenge),
    SoftwareToken(String),
}

impl Pool {
    pub(super) fn initiate_auth(&mut self, members: &Members) -> Answer {
        let flow = members.text("AuthFlow");
        if matches!(flow, "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN") {
            return self.refresh(members);
        }
        let username = members.username_of("AuthParameters")?;
        let unknown = || refusal("UserNotFoundException", "User does not exist.");
        let user = self.users.get(username).ok_or_else(unknown)?;
        if !user.confirmed {
            return Err(refusal("UserNotConfirmedException", "User is not confirmed."));
        }
        match flow {
            "USER_PASSWORD_AUTH" if members.entry("AuthParameters", "PASSWORD") == user.password => {
                self.password_was_right(username)
            }
            "USER_PASSWORD_AUTH" => Err(refusal("NotAuthorizedException", "Incorrect username or password.")),
            "USER_SRP_AUTH" => {
                let challenge = Challenge::new(username, &user.password, members.entry("AuthParameters", "SRP_A"));
                let challenge = challenge
                    .ok_or_else(|| refusal("InvalidParameterException", "Missing required parameter SRP_A"))?;
                let secret_block = STANDARD.encode(challenge.secret_block);
                let parameters = json!({
                    "SALT": challenge.salt(), "SECRET_BLOCK": secret_block, "SRP_B": challenge.public(),
                    "USERNAME": username, "USER_ID_FOR_SRP": username,
                });
                self.sessions.insert(secret_block, Session::PasswordVerifier(username.to_owned(), challenge));
                Ok(json!({ "ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters }))
            }
            _ => Err(refusal("InvalidParameterException", format!("{flow} is not enabled for the client."))),
        }
    }

    pub(super) fn respond_to_auth_challenge(&mut self, members: &Members) -> Answer {
        let username = members.username_of("ChallengeResponses")?.to_owned();
        let response = |name: &str| members.entry("ChallengeResponses", name);
        match members.text("ChallengeName") {
            "PASSWORD_VERIFIER" => {
                let proved = match self.sessions.get(response("PASSWORD_CLAIM_SECRET_BLOCK")) {
                    Some(Session::PasswordVerifier(of, challenge)) if *of == username => {
                        challenge.is_met_by(response("TIMESTAMP"), response("PASSWORD_CLAIM_SIGNATURE"))
                    }
                    _ => false,
                };
                if !proved {
                    return Err(refusal("NotAuthorizedException", "Incorrect username or password."));
                }
                self.sessions.remove(response("PASSWORD_CLAIM_SECRET_BLOCK"));
                self.password_was_right(&username)
            }
            "SOFTWARE_TOKEN_MFA" => {
                let session = members.text("Session");
                if !matches!(self.sessions.get(session), Some(Session::SoftwareToken(of)) if *of == username) {
                    return Err(refusal("NotAuthorizedException", "Invalid session for the user."));
                }
                self.user(&username)?.software_token.check(response("SOFTWARE_TOKEN_MFA_CODE"))?;
                self.sessions.remove(session);
                self.signed_in(&username)
            }
            other => Err(refusal("InvalidParameterException", format!("{other} is no challenge of this pool."))),
        }
    }

    /// Tokens, or the challenge that comes before them.
    fn password_was_right(&mut self, username: &str) -> Answer {
        let Some(code) = self.user(username)?.software_token.asked_for() else {
            return self.signed_in(username);
        };
        self.send("The authenticator app shows".to_owned(), &code);
        let session = STANDARD.encode(random());
        self.sessions.insert(session.clone(), Session::SoftwareToken(username.to_owned()));
        let parameters = json!({ "USER_ID_FOR_SRP": username });
        Ok(json!({ "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": session, "ChallengeParameters": parameters }))
    }

    fn signed_in(&mut self, username: &str) -> Answer {
        let user = self.users.get(username).ok_or_else(|| refusal("UserNotFoundException", "User does not exist."))?;
        Ok(json!({ "AuthenticationResult": self.grants.grant(username, user), "ChallengeParameters": {} }))
    }
}
