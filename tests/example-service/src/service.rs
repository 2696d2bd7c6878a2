//! An emulator of the service in memory, with two user pools of one app client each. It shares no code with the crates: it
//! validates requests independently and responds as Cognito does. Codes that Cognito would send to a user are available as
//! [`Message`]s.

mod app_client;
mod http;
mod keys;
mod managed_login;
mod passkey;
mod pool;
mod request;
mod sign_in;
mod sign_up;
mod software_token;
pub mod srp;
mod tokens;
mod totp;

use app_client::AppClient;
pub use keys::sign;
use pool::{Pool, Pools};
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
/// The app client of the second user pool. It has no secret.
pub const PUBLIC_CLIENT_ID: &str = "2example34567890";
pub const SECOND_USER_POOL_ID: &str = "eu-west-1_Ef56Gh78";
/// The name of a user who has not confirmed the sign-up.
pub const UNCONFIRMED: &str = "alice";
/// The name of a user who can sign in.
pub const CONFIRMED: &str = "bob";
/// The name of a user of the first pool who signs in with a password and a code of an authenticator app.
pub const WITH_APP: &str = "dave@example.com";
/// The password of these users.
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
        let first = AppClient { id: CLIENT_ID, secret: Some(CLIENT_SECRET) };
        let second = AppClient { id: PUBLIC_CLIENT_ID, secret: None };
        let pool = |id, client| Pool::new(id, client, format!("http://{}/{id}", service.address), outbox.clone());
        let pools = [pool(USER_POOL_ID, first).with_app_user(), pool(SECOND_USER_POOL_ID, second)];
        let pools = Arc::new(Mutex::new(Pools(pools)));
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (log, pools) = (Arc::clone(&log), Arc::clone(&pools));
                // The client reports a broken connection, so the error is ignored here.
                std::thread::spawn(move || http::serve(&connection, &log, &pools));
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
