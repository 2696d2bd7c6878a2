//! Signs a user of a command-line program in with a browser, as in [RFC 8252](https://www.rfc-editor.org/rfc/rfc8252):
//! the callback goes to a listener on the loopback interface. Run `cargo run -p cognito-userpools --example login
//! --features oauth`.
//!
//! By default, an emulator of the service runs in this process; sign in as `bob` with the password `Correct-Horse-7`.
//! To use a user pool instead, set `LOGIN_POOL_ID`, `LOGIN_DOMAIN` and `LOGIN_CLIENT_ID`, the id of an app client
//! without a secret. The app client needs the callback URL `http://127.0.0.1:8400/callback`; `LOGIN_PORT` sets another
//! port.

#![allow(missing_docs)]

use cognito_op_example_service::service::{self, Service};
use cognito_userpools::Client;
use cognito_userpools::oauth::{AuthorizationCode, OAuthClient, OAuthReason, PendingLogin};
use cognito_userpools::verify::Verifier;
use std::error::Error;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let id = setting("LOGIN_CLIENT_ID", service::PUBLIC_CLIENT_ID);
    let pool = setting("LOGIN_POOL_ID", service::SECOND_USER_POOL_ID);
    let (endpoint, domain) = if let Ok(domain) = std::env::var("LOGIN_DOMAIN") {
        (None, domain)
    } else {
        let endpoint = format!("http://{}", Service::start()?.address);
        (Some(endpoint.clone()), endpoint)
    };
    let mut verifier = Verifier::builder().user_pool(&pool).client_id(&id);
    if let Some(endpoint) = &endpoint {
        // The issuer of the emulator.
        verifier = verifier.issuer(format!("{endpoint}/{pool}"));
    }
    // The region does not matter: no operation is called.
    let client = Client::builder().region(pool.split('_').next().unwrap_or_default()).build()?;
    let oauth = OAuthClient::builder(&client)
        .domain(domain)
        .public_app_client(id)
        .verifier(verifier.build(&client)?)
        .scopes(["openid", "email"])
        .build()?;

    // The emulator accepts any port.
    let port = setting("LOGIN_PORT", if endpoint.is_some() { "0" } else { "8400" });
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?))?;
    let (url, pending) =
        oauth.authorize().redirect_uri(format!("http://{}/callback", listener.local_addr()?)).start()?;
    println!("Open this page in a browser:\n{url}");
    let code = wait_for_callback(&listener, &pending)?;
    let login = oauth.exchange(code).await?;
    let user = login.id_token.as_ref().and_then(|token| token.username()).unwrap_or_default();
    println!("{user} has signed in.");

    // A program would keep the refresh token in the keychain. This one ends the session.
    if let Some(refresh_token) = &login.tokens.refresh_token {
        oauth.revoke(refresh_token).await?;
        println!("The refresh token was revoked.");
    }
    Ok(())
}

/// Waits for the callback of a sign-in. Other programs and pages can send requests to the listener, so those without the
/// right state are only shown: the service does not return the state with each error.
fn wait_for_callback(listener: &TcpListener, pending: &PendingLogin) -> Result<AuthorizationCode, Box<dyn Error>> {
    loop {
        let (mut stream, _) = listener.accept()?;
        // Browsers open connections without a request.
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let Ok(target) = read_target(&stream) else { continue };
        let path = target.split('?').next();
        let outcome = (path == Some("/callback")).then(|| pending.clone().accept(&target));
        let (status, text) = match &outcome {
            None => ("404 Not Found", "There is no such page."),
            Some(Ok(_)) => ("200 OK", "You can close this page and return to the program."),
            Some(Err(_)) => ("400 Bad Request", "The sign-in has failed. Return to the program."),
        };
        // The browser may be gone. The code is in its address bar and history, so the page is not cached.
        let _ = respond(&mut stream, status, text);
        match outcome {
            Some(Ok(code)) => return Ok(code),
            Some(Err(error)) if error.reason() == OAuthReason::Denied => return Err(error.into()),
            Some(Err(error)) => eprintln!("{error}"),
            None => {}
        }
    }
}

/// Reads a request, and returns its path and query.
fn read_target(stream: &TcpStream) -> io::Result<String> {
    let mut lines = BufReader::new(stream).take(64 * 1024).lines();
    let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let target = line.strip_prefix("GET ").and_then(|line| line.split(' ').next());
    Ok(target.ok_or(io::ErrorKind::InvalidData)?.to_owned())
}

fn respond(stream: &mut TcpStream, status: &str, text: &str) -> io::Result<()> {
    let length = text.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\ncache-control: no-store\r\n\
         connection: close\r\n\r\n{text}"
    )
}
