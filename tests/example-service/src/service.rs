//! An emulator of the service in memory, with one user pool and one app client. It shares no code with the crates: it validates
//! requests independently and responds as Cognito does. Codes that Cognito would send to a user are available as [`Message`]s.

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
/// The name of a user who has not confirmed the sign-up.
pub const UNCONFIRMED: &str = "alice";
/// The name of a user who can sign in.
pub const CONFIRMED: &str = "bob";
/// The password of both users.
pub const PASSWORD: &str = "Correct-Horse-7";

/// The emulator, which listens on a free port of the loopback interface.
pub struct Service {
    pub address: SocketAddr,
    pub log: Arc<Log>,
    pub messages: Receiver<Message>,
}

/// The received requests.
#[derive(Default)]
pub struct Log(Mutex<Vec<Request>>);

/// A message to a user with a code.
pub struct Message {
    text: String,
    pub code: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.text, self.code)
    }
}

/// An exception of the service: its type and message.
struct Exception(&'static str, String);

type Response = Result<Value, Exception>;

fn exception(code: &'static str, message: impl Into<String>) -> Exception {
    Exception(code, message.into())
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
                // The client reports a broken connection, so the error is ignored here.
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
