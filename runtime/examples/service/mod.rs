//! A stand-in of the service, small enough to read: one operation, one app client, one user who has signed up. It checks a
//! request by itself, in its own words, and answers as Cognito does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) const CLIENT_ID: &str = "1example23456789";
pub(crate) const CLIENT_SECRET: &str = "9example8secret7";
pub(crate) const USERNAME: &str = "alice";

/// The stand-in, listening on a free port of this machine.
pub(crate) struct Service {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

/// A request as it came over the wire.
#[derive(Clone)]
pub(crate) struct Request {
    /// The request line and the headers.
    pub(crate) head: Vec<String>,
    pub(crate) body: String,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.iter().skip(1).filter_map(|line| line.split_once(':'));
        headers.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

/// An error as the service words it.
struct Refusal(&'static str, String);

impl Service {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Mutex::default());
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                // A connection that breaks is the caller's affair.
                std::thread::spawn(move || serve(&connection, &log));
            }
        });
        Ok(Self { address, seen })
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Answers the requests of one connection, one after the other.
fn serve(connection: &TcpStream, log: &Mutex<Vec<Request>>) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut writer = connection;
    while let Some(request) = read(&mut reader)? {
        let (status, error, body) = match answer(&request) {
            Ok(body) => ("200 OK", String::new(), body),
            Err(Refusal(code, message)) => (
                "400 Bad Request",
                format!("x-amzn-errortype: {code}:\r\n"),
                json!({ "__type": code, "message": message }),
            ),
        };
        let count = {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push(request);
            log.len()
        };
        let body = body.to_string();
        let length = body.len();
        write!(
            writer,
            "HTTP/1.1 {status}\r\n\
             content-type: application/x-amz-json-1.1\r\n\
             content-length: {length}\r\n\
             x-amzn-requestid: 00000000-0000-4000-8000-{count:012}\r\n\
             {error}\r\n{body}"
        )?;
    }
    Ok(())
}

fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        head.push(line.to_owned());
    }
    let request = Request { head, body: String::new() };
    let length: u64 = request.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body)?;
    Ok(Some(Request { body, ..request }))
}

/// What the service makes of a request, in the order in which it looks at things.
fn answer(request: &Request) -> Result<Value, Refusal> {
    if request.head.first().map(String::as_str) != Some("POST / HTTP/1.1")
        || request.header("content-type") != Some("application/x-amz-json-1.1")
        || request.header("x-amz-target") != Some("AWSCognitoIdentityProviderService.ResendConfirmationCode")
    {
        return Err(Refusal("UnknownOperationException", String::new()));
    }
    let Ok(Value::Object(members)) = serde_json::from_str::<Value>(&request.body) else {
        return Err(Refusal("SerializationException", "Start of structure or map found where not expected.".into()));
    };
    let member = |name: &str| members.get(name).and_then(Value::as_str);

    let mut errors = Vec::new();
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '+';
    check(&mut errors, "clientId", member("ClientId"), r"[\w+]+", word);
    let username = |c: char| !c.is_whitespace() && !c.is_control();
    check(&mut errors, "username", member("Username"), r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", username);
    if members.contains_key("SecretHash") {
        check(&mut errors, "secretHash", member("SecretHash"), r"[\w+=/]+", |c| word(c) || c == '=' || c == '/');
    }
    if !errors.is_empty() {
        let (count, plural) = (errors.len(), if errors.len() == 1 { "" } else { "s" });
        let message = format!("{count} validation error{plural} detected: {}", errors.join("; "));
        return Err(Refusal("InvalidParameterException", message));
    }

    let (client_id, username) = (member("ClientId").unwrap_or_default(), member("Username").unwrap_or_default());
    if client_id != CLIENT_ID {
        return Err(Refusal("ResourceNotFoundException", format!("User pool client {client_id} does not exist.")));
    }
    match member("SecretHash") {
        None => {
            let message = format!("Client {client_id} is configured with secret but SECRET_HASH was not received");
            return Err(Refusal("NotAuthorizedException", message));
        }
        Some(hash) if hash != secret_hash(username, client_id) => {
            let message = format!("Unable to verify secret hash for client {client_id}");
            return Err(Refusal("NotAuthorizedException", message));
        }
        Some(_) => {}
    }
    if username != USERNAME {
        return Err(Refusal("UserNotFoundException", "Username/client id combination not found.".into()));
    }
    Ok(json!({
        "CodeDeliveryDetails": { "AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***" }
    }))
}

fn check(errors: &mut Vec<String>, path: &str, value: Option<&str>, pattern: &str, allowed: impl Fn(char) -> bool) {
    let Some(value) = value else {
        errors.push(format!("Value null at '{path}' failed to satisfy constraint: Member must not be null"));
        return;
    };
    let mut failed = |constraint: String| {
        errors.push(format!("Value at '{path}' failed to satisfy constraint: Member must {constraint}"));
    };
    if value.is_empty() {
        failed("have length greater than or equal to 1".to_owned());
    }
    if value.chars().count() > 128 {
        failed("have length less than or equal to 128".to_owned());
    }
    if value.is_empty() || !value.chars().all(allowed) {
        failed(format!("satisfy regular expression pattern: {pattern}"));
    }
}

fn secret_hash(username: &str, client_id: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(CLIENT_SECRET.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{username}{client_id}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
