//! Tokens: issue, refresh and revocation.

use super::app_client::AppClient;
use super::keys::sign;
use super::pool::{Pool, User, random};
use super::request::Members;
use super::{Exception, Response, exception};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

const HOUR: u64 = 3600;

pub(super) struct Grants {
    /// The issuer of the tokens.
    issuer: String,
    /// The sign-ins, by refresh token.
    sign_ins: BTreeMap<String, SignedIn>,
    /// The refresh token and the expiry of each access token.
    access: BTreeMap<String, (String, u64)>,
}

struct SignedIn {
    username: String,
    revoked: bool,
}

impl Grants {
    pub(super) fn new(issuer: String) -> Self {
        Self { issuer, sign_ins: BTreeMap::new(), access: BTreeMap::new() }
    }

    /// Issues tokens after a sign-in.
    pub(super) fn grant(&mut self, username: &str, user: &User, client: AppClient, nonce: Option<&str>) -> Value {
        let refresh = URL_SAFE_NO_PAD.encode([random(), random()].concat());
        self.sign_ins.insert(refresh.clone(), SignedIn { username: username.to_owned(), revoked: false });
        let mut tokens = self.issue(username, user, client, &refresh, nonce);
        tokens["RefreshToken"] = refresh.into();
        tokens
    }

    /// Issues new tokens for a refresh token.
    pub(super) fn refresh(&mut self, token: &str, users: &BTreeMap<String, User>, client: AppClient) -> Option<Value> {
        let username = self.username(token).ok()?.to_owned();
        Some(self.issue(&username, users.get(&username)?, client, token, None))
    }

    pub(super) fn revoke(&mut self, token: &str) {
        if let Some(signed_in) = self.sign_ins.get_mut(token) {
            signed_in.revoked = true;
        }
    }

    fn issue(&mut self, username: &str, user: &User, client: AppClient, refresh: &str, nonce: Option<&str>) -> Value {
        let (issued, sub) = (now(), &user.sub);
        let expires = issued + HOUR;
        let access = sign(&json!({
            "iss": self.issuer, "sub": sub, "username": username, "client_id": client.id, "token_use": "access",
            "scope": "aws.cognito.signin.user.admin", "iat": issued, "exp": expires, "jti": id(),
        }));
        let mut identity = json!({
            "iss": self.issuer, "sub": sub, "cognito:username": username, "email": user.email, "aud": client.id, "token_use": "id",
            "iat": issued, "exp": expires, "jti": id(),
        });
        if let Some(nonce) = nonce {
            identity["nonce"] = nonce.into();
        }
        let identity = sign(&identity);
        self.access.insert(access.clone(), (refresh.to_owned(), expires));
        json!({ "AccessToken": access, "IdToken": identity, "ExpiresIn": HOUR, "TokenType": "Bearer" })
    }

    /// Issues an access token to an app client itself, with the names of OAuth 2.0. Any scope is granted.
    pub(super) fn issue_to(&self, client: AppClient, scope: &str) -> Value {
        let issued = now();
        let token = sign(&json!({
            "iss": self.issuer, "sub": client.id, "client_id": client.id, "token_use": "access", "scope": scope,
            "iat": issued, "exp": issued + HOUR, "jti": id(),
        }));
        json!({ "access_token": token, "expires_in": HOUR, "token_type": "Bearer" })
    }

    /// Returns whether this pool has issued an access token.
    pub(super) fn issued(&self, access: &str) -> bool {
        self.access.contains_key(access)
    }

    /// Returns the user name for an access token.
    pub(super) fn holder(&self, access: &str) -> Result<&str, Exception> {
        let rejected = |message| Err(exception("NotAuthorizedException", message));
        let Some((refresh, expires)) = self.access.get(access) else {
            return rejected("Invalid Access Token");
        };
        match self.username(refresh) {
            Err(_) => rejected("Access Token has been revoked"),
            Ok(_) if *expires <= now() => rejected("Access Token has expired"),
            Ok(username) => Ok(username),
        }
    }

    /// Returns the user name for a refresh token.
    fn username(&self, token: &str) -> Result<&str, Exception> {
        match self.sign_ins.get(token) {
            None => Err(exception("NotAuthorizedException", "Invalid Refresh Token")),
            Some(SignedIn { revoked: true, .. }) => {
                Err(exception("NotAuthorizedException", "Refresh Token has been revoked"))
            }
            Some(SignedIn { username, .. }) => Ok(username),
        }
    }
}

impl Pool {
    pub(super) fn refresh(&mut self, members: &Members) -> Response {
        members.check_client(self.client)?;
        let token = members.entry("AuthParameters", "REFRESH_TOKEN");
        let username = self.grants.username(token)?.to_owned();
        members.check_refresh(&username, self.client)?;
        let user =
            self.users.get(&username).ok_or_else(|| exception("UserNotFoundException", "User does not exist."))?;
        Ok(
            json!({ "AuthenticationResult": self.grants.issue(&username, user, self.client, token, None), "ChallengeParameters": {} }),
        )
    }

    pub(super) fn revoke_token(&mut self, members: &Members) -> Response {
        members.check_client_and_secret(self.client)?;
        let token = members.text("Token");
        if self.grants.issued(token) {
            return Err(exception("UnsupportedTokenTypeException", "Unsupported token type"));
        }
        self.grants.revoke(token);
        Ok(json!({}))
    }

    pub(super) fn get_user(&mut self, members: &Members) -> Response {
        let username = self.bearer(members)?;
        let user = self.user(&username)?;
        let attributes = [("sub", user.sub.as_str()), ("email", &user.email), ("email_verified", "true")];
        let attributes = attributes.map(|(name, value)| json!({ "Name": name, "Value": value }));
        let mut response = json!({ "Username": username, "UserAttributes": attributes });
        if user.software_token.is_on() {
            response["UserMFASettingList"] = json!(["SOFTWARE_TOKEN_MFA"]);
            response["PreferredMfaSetting"] = "SOFTWARE_TOKEN_MFA".into();
        }
        Ok(response)
    }

    /// Returns the user name for the access token of a request.
    pub(super) fn bearer(&self, members: &Members) -> Result<String, Exception> {
        self.grants.holder(members.text("AccessToken")).map(str::to_owned)
    }
}

fn id() -> String {
    URL_SAFE_NO_PAD.encode(random())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
