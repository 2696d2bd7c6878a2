//! A signed call, and its signature alone.

use crate::call::Canned;
use cognito_op::blocking::{Client, Sign};
use cognito_op::{Body, Config, Credentials, SigV4, SignError, cognito_op};
use http::{HeaderMap, Request};
use std::mem::take;
use std::time::SystemTime;

pub const ID: &str = "AKIDEXAMPLE";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLE";

#[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

struct Unsigned;

impl Sign for Unsigned {
    fn sign(&self, _: &mut Request<Body>, _: std::time::Duration) -> Result<(), SignError> {
        Ok(())
    }
}

pub struct Signing {
    pub request: Request<Body>,
    operation: AdminConfirmSignUp,
    client: Client,
    unsigned: Client,
    signer: SigV4,
    credentials: Credentials,
}

impl Signing {
    #[expect(clippy::new_without_default)]
    pub fn new() -> Self {
        let operation = AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice@example.com");
        let config = Config::builder().region("eu-west-1").build().expect("a configuration");
        let (request, _) = config.prepare(&operation).expect("a request");
        let credentials = Credentials::new(ID, SECRET).session_token(TOKEN);
        let builder = Client::builder().region("eu-west-1").credentials(credentials.clone());
        let client = builder.build_with(Canned::new()).expect("a client");
        let unsigned = client.with_signer(Unsigned);
        Self { request, operation, client, unsigned, signer: SigV4::new("eu-west-1"), credentials }
    }

    pub fn call(&self) {
        self.operation.send_blocking(&self.client).expect("a response");
    }

    pub fn unsigned_call(&self) {
        self.operation.send_blocking(&self.unsigned).expect("a response");
    }

    /// Returns the headers of a signed request.
    pub fn ours(&self) -> HeaderMap {
        let mut request = self.request.clone();
        self.signer.sign(&mut request, &self.credentials, SystemTime::now()).expect("a signature");
        take(request.headers_mut())
    }
}
