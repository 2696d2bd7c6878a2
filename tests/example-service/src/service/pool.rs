//! The user pools and the dispatch of requests.

use super::app_client::AppClient;
use super::keys::key_set;
use super::managed_login::Code;
use super::passkey::Passkeys;
use super::request::{Members, Request};
use super::sign_in::Session;
use super::software_token::SoftwareToken;
use super::tokens::Grants;
use super::{CONFIRMED, Exception, Message, PASSWORD, Response, UNCONFIRMED, WITH_APP, exception};
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::mpsc::Sender;

/// The user pools.
pub(super) struct Pools(pub(super) [Pool; 2]);

impl Pools {
    /// Processes a request.
    pub(super) fn respond(&mut self, request: &Request) -> Response {
        if self.0.iter().any(|pool| request.is_for_keys(pool.name)) {
            return Ok(key_set());
        }
        let (operation, members) = request.call()?;
        let is_for =
            |pool: &Pool| pool.client.id == members.text("ClientId") || pool.grants.issued(members.text("AccessToken"));
        // The first pool rejects the requests that are for neither pool.
        let pool = self.0.iter().position(is_for).unwrap_or(0);
        self.0[pool].respond(operation, &members)
    }
}

pub(super) struct Pool {
    /// The part of the pool's id after the region.
    pub(super) name: &'static str,
    pub(super) client: AppClient,
    pub(super) users: BTreeMap<String, User>,
    /// The sign-ins with a pending challenge.
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) grants: Grants,
    /// The authorization codes of managed login.
    pub(super) codes: BTreeMap<String, Code>,
    outbox: Sender<Message>,
}

pub(super) struct User {
    pub(super) sub: String,
    pub(super) email: String,
    pub(super) password: String,
    pub(super) confirmed: bool,
    /// The code that was sent to confirm the sign-up or to set a new password.
    pub(super) code: Option<String>,
    pub(super) software_token: SoftwareToken,
    pub(super) passkeys: Passkeys,
}

impl User {
    pub(super) fn new(email: &str, password: &str) -> Self {
        let id = random().iter().take(16).fold(0, |id, byte| id << 8 | u128::from(*byte));
        let id = format!("{id:032x}");
        Self {
            sub: [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]].join("-"),
            email: email.to_owned(),
            password: password.to_owned(),
            confirmed: false,
            code: None,
            software_token: SoftwareToken::default(),
            passkeys: Passkeys::default(),
        }
    }
}

impl Pool {
    pub(super) fn new(id: &'static str, client: AppClient, issuer: String, outbox: Sender<Message>) -> Self {
        let name = id.split_once('_').map_or("", |(_, name)| name);
        let alice = User::new("alice@example.com", PASSWORD);
        let bob = User { confirmed: true, ..User::new("bob@example.com", PASSWORD) };
        let users = BTreeMap::from([(UNCONFIRMED.to_owned(), alice), (CONFIRMED.to_owned(), bob)]);
        Self {
            name,
            client,
            users,
            sessions: BTreeMap::new(),
            grants: Grants::new(issuer),
            codes: BTreeMap::new(),
            outbox,
        }
    }

    /// Adds a user with an authenticator app.
    pub(super) fn with_app_user(mut self) -> Self {
        let user = User { confirmed: true, software_token: SoftwareToken::set_up(), ..User::new(WITH_APP, PASSWORD) };
        self.users.insert(WITH_APP.to_owned(), user);
        self
    }

    fn respond(&mut self, operation: &str, members: &Members) -> Response {
        match operation {
            "SignUp" => self.sign_up(members),
            "ConfirmSignUp" => self.confirm_sign_up(members),
            "ResendConfirmationCode" => self.resend_confirmation_code(members),
            "ForgotPassword" => self.forgot_password(members),
            "ConfirmForgotPassword" => self.confirm_forgot_password(members),
            "InitiateAuth" => self.initiate_auth(members),
            "RespondToAuthChallenge" => self.respond_to_auth_challenge(members),
            "AssociateSoftwareToken" => self.associate_software_token(members),
            "VerifySoftwareToken" => self.verify_software_token(members),
            "SetUserMFAPreference" => self.set_user_mfa_preference(members),
            "StartWebAuthnRegistration" => self.start_web_authn_registration(members),
            "CompleteWebAuthnRegistration" => self.complete_web_authn_registration(members),
            "GetUser" => self.get_user(members),
            "RevokeToken" => self.revoke_token(members),
            _ => Err(exception("UnknownOperationException", "The emulator does not support the operation.")),
        }
    }

    /// Finds the user of an operation that has a member `Username`.
    pub(super) fn user(&mut self, username: &str) -> Result<&mut User, Exception> {
        let unknown = || exception("UserNotFoundException", "Username/client id combination not found.");
        self.users.get_mut(username).ok_or_else(unknown)
    }

    pub(super) fn send(&self, text: String, code: &str) {
        // The receiver may have been dropped.
        let _ = self.outbox.send(Message { text, code: code.to_owned() });
    }
}

/// Random bytes, sufficient for an emulator but not for cryptography.
pub(super) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    for (index, part) in bytes.chunks_mut(8).enumerate() {
        part.copy_from_slice(&RandomState::new().hash_one(index).to_be_bytes());
    }
    bytes
}
