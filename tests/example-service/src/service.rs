//! A stand-in of the service, small enough to read: one user pool with one app client, in memory. It checks requests by itself, in
//! its own words, and answers as Cognito does. What Cognito would send to a user comes out as a [`Message`].

mod http;
mod pool;
mod request;
mod sign_in;
mod sign_up;
mod software_token;
mod srp;
mod tokens;
mod totp;

use pool::Pool;
use request::Request;
use serde_json::Value;
use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub const CLIENT_ID: &str = "1example23456789";
pub const CLIENT_SECRET: &str = "9example8secret7";
pub const USER_POOL_ID: &str = "eu-west-1_Ab12Cd34";
/// Has signed up, and has not confirmed it.
pub const UNCONFIRMED: &str = "alice";
/// Can sign in.
pub const CONFIRMED: &str = "bob";
/// The password of both.
pub const PASSWORD: &str = "Correct-Horse-7";

/// The stand-in, listening on a free port of this machine.
pub struct Service {
    pub address: SocketAddr,
    pub log: Arc<Log>,
    pub messages: Receiver<Message>,
}

/// The requests so far, as they came over the wire.
#[derive(Default)]
pub struct Log(Mutex<Vec<Request>>);

/// Something that reaches a user on another way than through the program.
pub struct Message {
    text: String,
    pub code: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.text, self.code)
    }
}

/// An error as the service words it.
struct Refusal(&'static str, String);

type Answer = Result<Value, Refusal>;

fn refusal(code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal(code, message.into())
}

impl Service {
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let (outbox, messages) = mpsc::channel();
        let service = Self { address: listener.local_addr()?, log: Arc::default(), messages };
        let log = Arc::clone(&service.log);
        let pool = Arc::new(Mutex::new(Pool::new(outbox)));
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (log, pool) = (Arc::clone(&log), Arc::clone(&pool));
                // A connection that breaks is the caller's affair.
                std::thread::spawn(move || http::serve(&connection, &log, &pool));
            }
        });
        Ok(service)
    }
}

impl Log {
    pub fn requests(&self) -> MutexGuard<'_, Vec<Request>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
