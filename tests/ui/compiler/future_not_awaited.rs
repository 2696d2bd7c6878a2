#![deny(unused_must_use)]

use cognito_op::{cognito_op, Client};

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: String,
}

fn call(client: &Client) {
    GlobalSignOut::new("token").send(client);
}

fn main() {
    let _ = call;
}
