//! User pools in the emulators.

use crate::peers::Peer;
use crate::resend::ResendConfirmationCode;
use cognito_op::Client;
use cognito_op_tests_provision::boto3;
use serde_json::Value;
use std::sync::Arc;

/// The password of the users that `pool.py` creates.
pub const PASSWORD: &str = "Correct-Horse-7";

/// A user pool and its server.
pub struct Pool {
    server: Arc<Peer>,
    made: Value,
}

impl Pool {
    /// Starts ministack and creates a pool with the unconfirmed users `alice` and `josé`.
    #[must_use]
    pub fn start() -> Self {
        Self::on(Peer::ministack().0, &["alice", "josé"])
    }

    /// Creates a pool in a server. The arguments are those of `pool.py` after the endpoint.
    #[must_use]
    pub fn on(server: Peer, arguments: &[&str]) -> Self {
        Self::make(Arc::new(server), arguments)
    }

    /// Creates another pool in the same server.
    #[must_use]
    pub fn beside(&self, arguments: &[&str]) -> Self {
        Self::make(Arc::clone(&self.server), arguments)
    }

    fn make(server: Arc<Peer>, arguments: &[&str]) -> Self {
        let url = server.url();
        let made = boto3().script("pool.py", &[&[url.as_str()], arguments].concat());
        Self { server, made }
    }

    /// The server's URL.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// The pool's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.made["pool"].as_str().expect("made by pool.py")
    }

    /// The `id` or `secret` of an app client: `confidential`, or `public`, which has no secret.
    #[must_use]
    pub fn text(&self, client: &str, name: &str) -> &str {
        self.made[client][name].as_str().expect("made by pool.py")
    }

    /// A client for the confidential app client, with the given secret.
    #[must_use]
    pub fn confidential(&self, secret: &str) -> Client {
        let builder = Client::builder().endpoint(self.url());
        builder.app_client(self.text("confidential", "id"), secret).build().expect("a client")
    }

    /// A request for a confirmation code for a user.
    #[must_use]
    pub fn resend(&self, username: &str) -> ResendConfirmationCode {
        ResendConfirmationCode::new(self.text("confidential", "id"), username)
    }

    /// The number of messages that ministack has sent.
    #[must_use]
    pub fn messages(&self) -> usize {
        self.sent().len()
    }

    /// The codes that ministack has sent to an address, in order.
    #[must_use]
    pub fn codes_sent_to(&self, address: &str) -> Vec<String> {
        let code = |message: &Value| {
            let text = message["BodyText"].as_str().expect("a text");
            let code = text.split(|other: char| !other.is_ascii_digit()).find(|digits| digits.len() == 6);
            code.expect("a code").to_owned()
        };
        let mut sent = self.sent();
        sent.retain(|message| message["To"].as_array().is_some_and(|to| to.iter().any(|to| to == address)));
        sent.iter().map(code).collect()
    }

    fn sent(&self) -> Vec<Value> {
        let (_, body) = self.server.get("/_ministack/ses/messages").expect("the server runs");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        let accounts = body["messages"].as_object().expect("an object");
        accounts.values().filter_map(Value::as_array).flatten().cloned().collect()
    }
}
