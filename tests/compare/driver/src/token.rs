//! The shared parts of the programs that verify a token.

use crate::Outcome;
use std::process::exit;

pub const POOL: &str = "eu-west-1_Ab12Cd34E";

/// A user with an access token, and the keys of the pool in JSON. The keys are empty if the program fetches them.
#[derive(Clone, Debug)]
pub struct TokenUser {
    pub endpoint: String,
    pub client_id: String,
    pub secret: String,
    pub username: String,
    pub token: String,
    pub keys: String,
}

impl TokenUser {
    pub fn from_arguments() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let Ok([endpoint, client_id, secret, username, token, keys]) = <[String; 6]>::try_from(arguments) else {
            eprintln!("usage: ENDPOINT CLIENT_ID SECRET USERNAME TOKEN KEYS");
            exit(2)
        };
        Self { endpoint, client_id, secret, username, token, keys }
    }
}

/// Checks the user name of a verified token.
pub fn accept(username: Option<&str>) -> Outcome {
    if username == Some("alice") { Ok(()) } else { Err("the token of another user".into()) }
}
