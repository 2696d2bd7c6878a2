//! Remembered devices, against a mock service that verifies SRP proofs.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod flows;
mod peers;
mod rounds;
mod secrets;
mod service;

use cognito_op::{Client, Credentials, Error, blocking};
use cognito_op_tests_userpools::{Either, Way, on};
use cognito_userpools::devices::{ConfirmedDevice, Device, NewDevice};
use cognito_userpools::sign_in::{SignIn, Tokens};
use service::{PASSWORD, Service};

const ID: &str = "1example23456789";

/// The async client over hyper and the blocking client over ureq. Both have credentials for signed requests.
fn clients(service: &Service) -> [Either; 2] {
    let url = service.server.url();
    let waiting = Client::builder().region("eu-west-1").endpoint(&url).public_app_client(ID).build();
    let blocking = blocking::Client::builder().region("eu-west-1").endpoint(&url).public_app_client(ID).build();
    let either = |way| Either { id: ID.to_owned(), way }.signing(Credentials::new("id", "secret"));
    [either(Way::Waiting(waiting.expect("a client"))), either(Way::Blocking(blocking.expect("a client")))]
}

async fn confirm(client: &Either, new: NewDevice) -> Result<ConfirmedDevice, Error> {
    on!(client, new.confirm / confirm_blocking())
}

/// Signs in without a device, and confirms the new one.
async fn enroll(client: &Either) -> (Tokens, Device) {
    let tokens = client.sign_in("alice", PASSWORD).await.expect("tokens");
    let confirmed = confirm(client, tokens.new_device().expect("a new device")).await.expect("a device");
    (tokens, confirmed.device)
}

fn with(device: &Device) -> SignIn {
    SignIn::user_password_auth("alice", PASSWORD).device(device.clone())
}
