//! A user pool in ministack.

use crate::peers::Peer;
use crate::resend::ResendConfirmationCode;
use cognito_op::Client;
use serde_json::Value;

/// The server, a user pool in it, and the users `alice` and `josé` who have signed up and not confirmed.
pub struct Pool {
    server: Peer,
    made: Value,
}

impl Pool {
    /// Starts the server and makes the pool.
    #[must_use]
    pub fn start() -> Self {
        let (server, venv) = Peer::ministack();
        let made = venv.script("pool.py", &[&server.url(), "alice", "josé"]);
        Self { server, made }
    }

    /// The server's URL.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The `id` or `secret` of an app client: `confidential`, or `public`, which has no secret.
    #[must_use]
    pub fn text(&self, client: &str, name: &str) -> &str {
        self.made[client][name].as_str().expect("made by pool.py")
    }

    /// The client that has a secret, with that one.
    #[must_use]
    pub fn confidential(&self, secret: &str) -> Client {
        let builder = Client::builder().endpoint(self.url());
        builder.app_client(self.text("confidential", "id"), secret).build().expect("a client")
    }

    /// Asks for a code for that user.
    #[must_use]
    pub fn resend(&self, username: &str) -> ResendConfirmationCode {
        ResendConfirmationCode::new(self.text("confidential", "id"), username)
    }

    /// How many messages the server has sent, to whomever.
    #[must_use]
    pub fn messages(&self) -> usize {
        let (_, body) = self.server.get("/_ministack/ses/messages").expect("the server runs");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        let accounts = body["messages"].as_object().expect("an object");
        accounts.values().filter_map(Value::as_array).map(Vec::len).sum()
    }
}
